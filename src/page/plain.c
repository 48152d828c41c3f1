/* plain.c -- a value out of a tag or a script -> plain words. In: text in which character references ("&amp;", "&#8217;") may stand,
 * often twice over, and tags ("<b>"). Out: a copy that reads as a person would see it. What is no reference (entities.h)
 * stays as it stands. Of a page's own text only blocks of a text page come here, in which
 * references were left standing: html.c's parser has read those of HTML. */
#include "page/plain.h"

#include "base/nfc.h"
#include "page/entities.h"

/* Bytes of the longest tag that is taken out of a value: "a < b" is none, and neither is a text behind it. */
enum { TAG_BYTES = 300 };

/* Room for a text without its references: one of five bytes ("&nGt;") may stand for six, and no other grows. */
static size_t room_for(cd_span text) { return text.len + text.len / 5 + CD_SIGNS_BYTES; }

cd_status cd_plain_references(cd_page *page, cd_span text, cd_span *out, cd_error *err)
{
    if (!text.len || !memchr(text.ptr, '&', text.len)) {
        *out = text.len ? text : CD_SPAN("");
        return CD_OK;
    }
    const cd_data_file *table = cd_data_table("/entities.tsv");
    char               *to = cd_arena_take(page->arena, room_for(text));
    if (!to) return cd_fail_memory(err);
    *out = (cd_span){to, 0};
    while (text.len) {
        size_t len = 0, bytes = *text.ptr == '&' ? cd_entity_read(table, text, to + out->len, &len) : 0;
        if (!bytes) to[out->len] = *text.ptr, len = bytes = 1;
        out->len += len;
        text = cd_span_sub(text, bytes, text.len);
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
        const char *from = rest.ptr;
        cd_rune     r = cd_utf8_take(&rest);
        if (is_invisible(r) || (r == 0xFFFD && rest.ptr - from < 3)) continue; /* a piece of a letter: there is no room for U+FFFD */
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

/* Writes what a reference stands for as decode/ would have left it: no line ends, nothing invisible. */
static size_t put_clean(char *to, cd_span signs)
{
    size_t len = 0;
    while (signs.len) {
        cd_rune rune = cd_utf8_take(&signs);
        len += is_invisible(rune) ? 0 : cd_utf8_put(to + len, is_space(rune) ? ' ' : rune);
    }
    return len;
}

/* The bytes of the reference that `text` begins with; 0: none, or one that the page speaks of, which stands between quotation marks. */
static size_t left_standing(const cd_data_file *table, cd_span before, cd_span text, char signs[CD_SIGNS_BYTES], size_t *len)
{
    size_t bytes = cd_entity_read(table, text, signs, len);
    if (!bytes || text.ptr[bytes - 1] != ';') return 0;
    return is_quote(before, false) && is_quote(cd_span_sub(text, bytes, text.len), true) ? 0 : bytes;
}

cd_status cd_plain_block(cd_page *page, cd_span *text, cd_error *err)
{
    const cd_data_file *table = NULL;
    const char *const   end = text->ptr + text->len, *done = text->ptr, *at = text->ptr;
    char               *start = NULL, *to = NULL;
    while ((at = memchr(at, '&', (size_t)(end - at)))) {
        char   signs[CD_SIGNS_BYTES];
        size_t len;
        if (!table) table = cd_data_table("/entities.tsv");
        size_t bytes = left_standing(table, (cd_span){text->ptr, (size_t)(at - text->ptr)}, (cd_span){at, (size_t)(end - at)}, signs, &len);
        if (bytes) {
            if (!start && !(start = to = cd_arena_take(page->arena, room_for(*text)))) return cd_fail_memory(err);
            memcpy(to, done, (size_t)(at - done));
            to += at - done;
            to += put_clean(to, (cd_span){signs, len});
            done = at + bytes;
        }
        at += bytes ? bytes : 1;
    }
    if (!start) return CD_OK;
    memcpy(to, done, (size_t)(end - done));
    *text = cd_span_trim((cd_span){start, (size_t)(to - start) + (size_t)(end - done)});
    return cd_nfc(page->arena, text) == CD_OK ? CD_OK : cd_fail_memory(err);
}
