/* plain.c -- a value out of a tag or a script -> plain words. In: text in which character references ("&amp;", "&#8217;") may stand,
 * often twice over, and tags ("<b>"). Out: a copy that reads as a person would see it. The names of references are libxml2's;
 * what is no reference stays as it stands. Of a page's own text only blocks of a text page come here, in which
 * references were left standing: html.c's parser has read those of HTML. */
#include "page/plain.h"

#include "base/nfc.h"

#include <libxml/HTMLparser.h>

/* Bytes of the longest tag that is taken out of a value: "a < b" is none, and neither is a text behind it. */
enum { TAG_BYTES = 300 };

/* Letters of the longest name of a reference that HTML 4 has ("thetasym"), and digits of the longest number. */
enum { NAME_LETTERS = 8, NUMBER_DIGITS = 7 };

/* "windows-1252" for numbers that HTML forbids and pages use: 128 to 159. */
static cd_rune from_windows(unsigned number)
{
    static const uint16_t runes[32] = {0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
                                       0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178};
    return runes[number - 128] ? runes[number - 128] : 0xFFFD;
}

/* "#8217" or "#x2019", up to the semicolon or what is no digit; 0: no number. */
static cd_rune read_number(cd_span *rest)
{
    cd_span  s = cd_span_sub(*rest, 1, rest->len);
    unsigned base = s.len && (*s.ptr == 'x' || *s.ptr == 'X') ? 16 : 10, number = 0, digits = 0;
    if (base == 16) s = cd_span_sub(s, 1, s.len);
    for (; s.len && digits <= NUMBER_DIGITS; digits++, s = cd_span_sub(s, 1, s.len)) {
        char     c = *s.ptr;
        unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0') : c >= 'a' && c <= 'f' ? (unsigned)(c - 'a') + 10
                       : c >= 'A' && c <= 'F' ? (unsigned)(c - 'A') + 10 : 99;
        if (digit >= base) break;
        number = number * base + digit;
    }
    if (digits == 0 || digits > NUMBER_DIGITS) return 0;
    if (s.len && *s.ptr == ';') s = cd_span_sub(s, 1, s.len);
    *rest = s;
    if (number >= 128 && number < 160) return from_windows(number);
    return number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000) ? 0xFFFD : number;
}

static cd_rune read_name(cd_span *rest)
{
    char   name[NAME_LETTERS + 1];
    size_t n = 0;
    while (n < rest->len && n < NAME_LETTERS && ((rest->ptr[n] | 32) >= 'a' ? (rest->ptr[n] | 32) <= 'z' : rest->ptr[n] >= '0' && rest->ptr[n] <= '9')) {
        name[n] = rest->ptr[n];
        n++;
    }
    name[n] = 0;
    if (n < 2 || n == rest->len || rest->ptr[n] != ';') return 0;
    const htmlEntityDesc *found = strcmp(name, "apos") == 0 ? NULL : htmlEntityLookup((const xmlChar *)name);
    cd_rune               rune = found ? found->value : strcmp(name, "apos") == 0 ? '\'' : 0;
    if (rune) *rest = cd_span_sub(*rest, n + 1, rest->len);
    return rune;
}

/* The reference behind an '&' that has been taken off *rest; 0, and nothing taken, where there is none. */
static cd_rune read_reference(cd_span *rest) { return rest->len && *rest->ptr == '#' ? read_number(rest) : read_name(rest); }

cd_status cd_plain_references(cd_page *page, cd_span text, cd_span *out, cd_error *err)
{
    if (!text.len || !memchr(text.ptr, '&', text.len)) {
        *out = text.len ? text : CD_SPAN("");
        return CD_OK;
    }
    char *to = cd_arena_take(page->arena, text.len + 4); /* no reference is shorter than what it stands for */
    if (!to) return cd_fail_memory(err);
    *out = (cd_span){to, 0};
    while (text.len) {
        char c = *text.ptr;
        text = cd_span_sub(text, 1, text.len);
        cd_rune rune = c == '&' ? read_reference(&text) : 0;
        if (rune) out->len += cd_utf8_put(to + out->len, rune);
        else to[out->len++] = c;
    }
    return CD_OK;
}

/* Bytes of the tag that `text`, which begins with '<', begins with; 0: it is none. */
static size_t tag_bytes(cd_span text)
{
    if (text.len < 3) return 0;
    char first = text.ptr[1] == '/' ? text.ptr[2] : text.ptr[1];
    if (!((first | 32) >= 'a' && (first | 32) <= 'z') && first != '!') return 0;
    const char *end = memchr(text.ptr, '>', text.len < TAG_BYTES ? text.len : TAG_BYTES);
    return end ? (size_t)(end - text.ptr) + 1 : 0;
}

/* What decode/ takes out of a page, and what it makes a blank: here it came out of a reference or an escape. */
static bool is_invisible(cd_rune r)
{
    return r == 0xAD || r == 0x200B || (r >= 0x200E && r <= 0x200F) || (r >= 0x202A && r <= 0x202E) || (r >= 0x2060 && r <= 0x2069) || r == 0xFEFF ||
           r == 0x61C || (r >= 0xFFF9 && r <= 0xFFFB);
}

static bool is_space(cd_rune r)
{
    return r <= 0x20 || (r >= 0x7F && r <= 0xA0) || r == 0x1680 || (r >= 0x2000 && r <= 0x200A) || r == 0x2028 || r == 0x2029 || r == 0x202F ||
           r == 0x205F || r == 0x3000;
}

/* Without tags, with single blanks; in place. */
static void fold(char *at, cd_span *text)
{
    cd_span rest = *text;
    size_t  len = 0;
    bool    blank = false;
    while (rest.len) {
        size_t tag = *rest.ptr == '<' ? tag_bytes(rest) : 0;
        if (tag) {
            bool seam = tag > 3 && (cd_span_starts(rest, CD_SPAN("<br")) || cd_span_starts(rest, CD_SPAN("</p")) || cd_span_starts(rest, CD_SPAN("<p")));
            blank = blank || seam;
            rest = cd_span_sub(rest, tag, rest.len);
            continue;
        }
        cd_rune r = cd_utf8_take(&rest);
        if (is_invisible(r)) continue;
        if (is_space(r)) {
            blank = true;
            continue;
        }
        if (blank && len) at[len++] = ' ';
        blank = false;
        len += cd_utf8_put(at + len, r);
    }
    text->len = len;
}

cd_status cd_plain_words(cd_page *page, cd_span text, cd_span *out, cd_error *err)
{
    cd_span once, twice;
    text = cd_span_trim(text);
    CD_TRY(cd_plain_references(page, text, &once, err));
    CD_TRY(cd_plain_references(page, once, &twice, err));
    /* A blank is put in front of a letter only where one byte at least was left out. */
    char *at = cd_arena_take(page->arena, twice.len + 1);
    if (!at) return cd_fail_memory(err);
    memcpy(at, twice.ptr, twice.len);
    *out = (cd_span){at, twice.len};
    fold(at, out);
    return cd_nfc(page->arena, out) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* ---- a block of a text page ----------------------------------------------------------------------------------------- */

static bool is_quote(cd_span rest, bool closing)
{
    static const cd_span opens[] = {CD_SPAN("\""), CD_SPAN("'"), CD_SPAN("`"), CD_SPAN("\xE2\x80\x9C"), CD_SPAN("\xE2\x80\x98")},
                         closes[] = {CD_SPAN("\""), CD_SPAN("'"), CD_SPAN("`"), CD_SPAN("\xE2\x80\x9D"), CD_SPAN("\xE2\x80\x99")};
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++)
        if (closing ? cd_span_starts(rest, closes[i]) : cd_span_ends(rest, opens[i])) return true;
    return false;
}

/* The reference that `text` begins with, behind its '&', and its bytes up to the semicolon; 0: none, or one that the page speaks of, which
 * stands between quotation marks. */
static cd_rune left_standing(cd_span before, cd_span text, size_t *bytes)
{
    cd_span rest = text;
    cd_rune rune = read_reference(&rest);
    *bytes = text.len - rest.len;
    if (!rune || text.ptr[*bytes - 1] != ';') return 0;
    return is_quote(before, false) && is_quote(rest, true) ? 0 : rune;
}

/* Writes what a reference stands for as decode/ would have left it: no line ends, nothing invisible. */
static size_t put_clean(char *to, cd_rune rune) { return is_invisible(rune) ? 0 : cd_utf8_put(to, is_space(rune) ? ' ' : rune); }

cd_status cd_plain_block(cd_page *page, cd_span *text, cd_error *err)
{
    const char *const end = text->ptr + text->len, *done = text->ptr, *at = text->ptr;
    char             *start = NULL, *to = NULL;
    while ((at = memchr(at, '&', (size_t)(end - at)))) {
        size_t  bytes;
        cd_rune rune = left_standing((cd_span){text->ptr, (size_t)(at - text->ptr)}, (cd_span){at + 1, (size_t)(end - at - 1)}, &bytes);
        at++;
        if (!rune) continue;
        if (!start && !(start = to = cd_arena_take(page->arena, text->len))) return cd_fail_memory(err);
        memcpy(to, done, (size_t)(at - 1 - done));
        to += at - 1 - done;
        to += put_clean(to, rune);
        done = at += bytes;
    }
    if (!start) return CD_OK;
    memcpy(to, done, (size_t)(end - done));
    *text = cd_span_trim((cd_span){start, (size_t)(to - start) + (size_t)(end - done)});
    return cd_nfc(page->arena, text) == CD_OK ? CD_OK : cd_fail_memory(err);
}
