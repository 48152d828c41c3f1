/* linkmarks.c -- "The bridge, which was [10]built in 1911" -> the same without the number. In: the lines of a text page. Out: lines without the
 * numbers that lynx -dump, elinks -dump and w3m set in front of links, and without the list of addresses at the page's end.
 *
 * A page is one of these where such numbers rise from link to link, in front of words; with the list at its end one is enough. A footnote's
 * number stands behind a word ("built[12]"), and a list of notes has a blank behind it ("[1] Lee, p. 4"): neither is one. */
#include "page/linkmarks.h"

#include "base/utf8.h"
#include "page/wrap.h"

/* Numbers of a page without a list, and how many of them there must be for each other one in brackets; by how much one may be over the one
 * before it (links of pictures are not shown), and where it stands inside a word; the digits of one. */
enum { LINKS = 4, OTHERS = 8, GAP = 60, GAP_INSIDE = 3, DIGITS = 4 };

/* The number in brackets that begins at `at`, and the bytes of it all; 0: there is none. */
static size_t number_at(cd_span text, size_t at, size_t *bytes)
{
    size_t i = at + 1, number = 0;
    for (; i < text.len && i <= at + DIGITS && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) number = number * 10 + (size_t)(text.ptr[i] - '0');
    if (i == text.len || text.ptr[i] != ']') return 0;
    *bytes = i + 1 - at;
    return number;
}

static bool stands_apart(cd_span text, size_t at)
{
    size_t  len;
    cd_rune before = at ? cd_utf8_last(cd_span_sub(text, 0, at), &len) : ' ';
    return !cd_is_letter(before) && !cd_is_digit(before);
}

static bool has_word_behind(cd_span text, size_t behind) { return behind < text.len && !strchr(" \t.,;:!?)]", text.ptr[behind]); }

/* What a page's numbers in brackets look like. */
typedef struct census {
    bool   listed; /* the list of addresses is there: then a number may stand inside a word */
    size_t last, links, others;
} census;

static bool rises(const census *c, size_t number, size_t gap) { return number > c->last && (c->last == 0 || number <= c->last + gap); }

static void count_line(census *c, cd_span text)
{
    const char *end = text.ptr + text.len;
    for (const char *p = text.ptr; p < end && (p = memchr(p, '[', (size_t)(end - p))); p++) {
        size_t at = (size_t)(p - text.ptr), bytes, number = number_at(text, at, &bytes);
        if (!number) continue;
        bool link = rises(c, number, GAP) && (c->listed || stands_apart(text, at)) && has_word_behind(text, at + bytes);
        if (link) c->links++, c->last = number;
        else c->others++;
    }
}

/* ---- the list ------------------------------------------------------------------------------------------------------- */

/* "https://...", "mailto:...", "/news": lynx leaves blanks in addresses that have some. */
static bool is_address(cd_span text)
{
    const char *colon = text.len ? memchr(text.ptr, ':', text.len) : NULL, *blank = text.len ? memchr(text.ptr, ' ', text.len) : NULL;
    if (text.len && strchr("/#", *text.ptr)) return !blank;
    return colon && colon > text.ptr && colon + 1 < text.ptr + text.len && colon[1] != ' ' && (!blank || blank > colon);
}

/* "12. https://...", "[12] https://..." */
static bool is_entry(cd_span text)
{
    size_t i = *text.ptr == '[', digits = i;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') i++;
    digits = i - digits;
    if (!digits || digits > DIGITS || i + 2 > text.len || text.ptr[i] != (*text.ptr == '[' ? ']' : '.') || text.ptr[i + 1] != ' ') return false;
    return is_address(cd_span_trim(cd_span_sub(text, i + 1, text.len)));
}

static bool is_one_of(cd_span text, const cd_span *words, size_t n)
{
    if (text.len && text.ptr[text.len - 1] == ':') text.len--;
    for (size_t i = 0; i < n; i++)
        if (cd_span_is_nocase(text, words[i])) return true;
    return false;
}

/* The line that the list begins with, or n. */
static size_t find_list(const cd_text_line *lines, size_t n)
{
    static const cd_span heads[] = {CD_SPAN("references")}, parts[] = {CD_SPAN("visible links"), CD_SPAN("hidden links")};
    size_t               i = n, entries = 0;
    for (; i > 0; i--) {
        cd_span text = lines[i - 1].text;
        bool    entry = text.len && is_entry(text);
        if (text.len && !entry && !is_one_of(text, parts, 2)) break;
        entries += entry;
    }
    return entries && i > 0 && is_one_of(lines[i - 1].text, heads, 1) ? i - 1 : n;
}

/* ---- taking them out ------------------------------------------------------------------------------------------------ */

/* Writes the line without its numbers behind *to. The first word keeps the columns that it had, since the line was filled with them. */
static void strip_line(census *c, cd_text_line *l, char **to)
{
    const cd_span text = l->text;
    char *const   start = *to;
    size_t        first = 0;
    bool          in_first = true;
    for (size_t i = 0; i < text.len;) {
        size_t bytes, number = text.ptr[i] == '[' ? number_at(text, i, &bytes) : 0;
        bool   apart = number && stands_apart(text, i);
        if (number && rises(c, number, apart ? GAP : GAP_INSIDE) && (apart || has_word_behind(text, i + bytes))) {
            c->last = number;
            if (in_first) first += bytes;
            i += bytes;
            continue;
        }
        if (text.ptr[i] == ' ' && *to > start) in_first = false;
        *(*to)++ = text.ptr[i++];
    }
    if (*to == start + text.len) return;
    cd_line_retext(l, cd_span_trim((cd_span){start, (size_t)(*to - start)}));
    if (l->text.len) l->first_word = (uint32_t)first + cd_wrap_first_word(l->text);
}

cd_status cd_linkmarks_take(cd_page *page, cd_text_line *lines, size_t *n, cd_error *err)
{
    if (!page->text.len || !memchr(page->text.ptr, '[', page->text.len)) return CD_OK;
    const size_t list = find_list(lines, *n);
    census       c = {.listed = list < *n};
    for (size_t i = 0; i < list; i++) count_line(&c, lines[i].text);
    if (c.listed ? c.links <= c.others : c.links < LINKS || c.others * OTHERS > c.links) return CD_OK;
    char *to = cd_arena_raw(page->arena, page->text.len + 1, 1);
    if (!to) return cd_fail_memory(err);
    *n = list;
    c = (census){.listed = c.listed};
    for (size_t i = 0; i < list; i++)
        if (lines[i].text.len && memchr(lines[i].text.ptr, '[', lines[i].text.len)) strip_line(&c, &lines[i], &to);
    page->shape.marks |= CD_BIT(CD_MARKS_LINK_NUMBERS);
    return CD_OK;
}
