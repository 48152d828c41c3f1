/* lines.c -- the text of a plain-text page -> its lines. In: page->text. Out: each with its indent, its width and its bullet; and where line
 * ends were doubled, without what is too much. What belongs together is not decided here. */
#include "page/lines.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "page/wrap.h"

/* ---- one line ------------------------------------------------------------------------------------------------------- */

static const cd_span bullets[] = {
    CD_SPAN("*"), CD_SPAN("+"), CD_SPAN("-"), CD_SPAN("#"), CD_SPAN("o"), CD_SPAN("\xC2\xB7"), CD_SPAN("\xE2\x80\xA2"),
    CD_SPAN("\xE2\x80\xA3"), CD_SPAN("\xE2\x81\x83"), CD_SPAN("\xE2\x88\x99"), CD_SPAN("\xE2\x96\xA0"), CD_SPAN("\xE2\x96\xA1"),
    CD_SPAN("\xE2\x96\xAA"), CD_SPAN("\xE2\x96\xAB"), CD_SPAN("\xE2\x96\xB6"), CD_SPAN("\xE2\x96\xBA"), CD_SPAN("\xE2\x97\x8B"),
    CD_SPAN("\xE2\x97\x8F"), CD_SPAN("\xE2\x97\xA6"), CD_SPAN("\xE2\x97\xBE"), CD_SPAN("\xE2\x9E\xA4"), CD_SPAN("\xE2\x9C\x93"),
    CD_SPAN("\xE2\x9C\x94"), CD_SPAN("\xEF\x82\xB7"),
};

static size_t skip_blanks(cd_span text, size_t at)
{
    while (at < text.len && cd_is_blank(text.ptr[at])) at++;
    return at;
}

/* Bytes of a bullet sign and the blanks behind it. An ASCII sign needs such a blank ("-5 degrees" is no item). */
size_t cd_bullet_length(cd_span text)
{
    unsigned char c = text.len ? (unsigned char)*text.ptr : 'x';
    if (c < 0x80 && c != '*' && c != '+' && c != '-' && c != '#' && c != 'o') return 0;
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++) {
        if (!cd_span_starts(text, bullets[i])) continue;
        size_t len = bullets[i].len, to = skip_blanks(text, len);
        if (c < 0x80 && to == len && len < text.len) return 0;
        if (c == 'o' && to >= text.len) return 0;
        return to < 200 ? to : 0;
    }
    return 0;
}

/* "1." "12)" "(a)" and a blank: an item, but the number stays part of the text. */
static bool starts_number(cd_span text)
{
    size_t i = 0, digits = 0;
    while (i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9') i++, digits++;
    return digits >= 1 && digits <= 2 && i + 1 < text.len && (text.ptr[i] == '.' || text.ptr[i] == ')') && text.ptr[i + 1] == ' ';
}

void cd_line_retext(cd_text_line *line, cd_span text)
{
    line->text = text;
    line->bullet = (uint8_t)cd_bullet_length(text);
    line->item = line->bullet || starts_number(text);
}

static cd_text_line measure_line(cd_span raw)
{
    size_t   i = 0;
    uint32_t indent = 0;
    for (; i < raw.len && (raw.ptr[i] == ' ' || raw.ptr[i] == '\t'); i++) indent += raw.ptr[i] == '\t' ? 8 - indent % 8 : 1;
    cd_text_line l = {.text = cd_span_trim(cd_span_sub(raw, i, raw.len))};
    if (l.text.len == 0) return l;
    l.indent = (uint16_t)(indent > UINT16_MAX ? UINT16_MAX : indent);
    l.columns = l.indent + (uint32_t)cd_columns_to(l.text, CD_COLUMNS_MOST);
    l.broken = cd_span_ends(raw, CD_SPAN("  "));
    cd_line_retext(&l, l.text);
    return l;
}

bool cd_ends_clause(cd_span text)
{
    size_t  len;
    cd_rune last = cd_utf8_last(text, &len);
    return last == '.' || last == ':' || last == '!' || last == '?' || last == 0x201D || last == '"';
}

/* Of more than CD_LIMIT_LINES the first blank ones of each run count. */
static bool counts(cd_span raw, size_t *blanks)
{
    enum { BLANKS = 3 };
    *blanks = cd_span_is_blank(raw) ? *blanks + 1 : 0;
    return *blanks <= BLANKS;
}

/* How many lines there are; where they are too many, how many count, in all and with text. */
static size_t count_lines(cd_span text, bool *crowded, size_t *texts)
{
    cd_span rest = text, raw;
    size_t  n = 0, blanks = 0;
    while (cd_span_line(&rest, &raw)) n++;
    *crowded = n > CD_LIMIT_LINES;
    *texts = 0;
    if (!*crowded) return n;
    for (n = 0, rest = text; cd_span_line(&rest, &raw);) {
        n += counts(raw, &blanks);
        *texts += blanks == 0;
    }
    return n;
}

cd_status cd_lines_measure(cd_page *page, cd_text_line **lines, size_t *n, cd_error *err)
{
    size_t i = 0, texts, blanks = 0;
    bool   crowded;
    size_t all = count_lines(page->text, &crowded, &texts);
    if (texts > CD_LIMIT_LINES)
        return cd_fail_page(err, CD_ELIMIT, "too_many_blocks", "more lines than the limit CD_LIMIT_LINES, %zu", CD_LIMIT_LINES);
    *lines = cd_arena_raw(page->arena, all + 1, sizeof **lines);
    if (!*lines) return cd_fail_memory(err);
    *n = 0;
    for (cd_span rest = page->text, raw; cd_span_line(&rest, &raw); i++) {
        if (raw.len > CD_LIMIT_LINE_BYTES)
            return cd_fail_page(err, CD_ELIMIT, "line_too_long", "line %zu has %zu bytes, over the limit CD_LIMIT_LINE_BYTES, %zu", i + 1,
                                raw.len, CD_LIMIT_LINE_BYTES);
        if (crowded && !counts(raw, &blanks)) continue;
        (*lines)[*n] = measure_line(raw);
        (*lines)[*n].number = (uint32_t)i + 1;
        ++*n;
    }
    return CD_OK;
}

/* ---- line ends that stand several times ----------------------------------------------------------------------------- */

/* Line ends between two lines with text: what all of their numbers can be divided by, and whether the numbers differ. */
typedef struct spacing {
    size_t ends, first;
    bool   differ;
} spacing;

static size_t common_divisor(size_t a, size_t b)
{
    while (b) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static spacing measure_spacing(const cd_text_line *lines, size_t n)
{
    spacing s = {0};
    size_t  ends = 0;
    for (size_t i = 0; i < n && s.ends != 1; i++, ends++) {
        if (lines[i].text.len == 0) continue;
        if (i > ends) { /* not the first line with text */
            s.ends = common_divisor(s.ends, ends);
            s.differ = s.differ || (s.first && ends != s.first);
            s.first = s.first ? s.first : ends;
        }
        ends = 0;
    }
    return s;
}

/* `lines` with every `ends` line ends as one, behind *n as before. */
static cd_text_line *close_up(cd_arena *arena, const cd_text_line *lines, size_t *n, size_t ends)
{
    cd_text_line *closed = cd_arena_raw(arena, *n, sizeof *closed);
    size_t   to = 0, blank = 0;
    if (!closed) return NULL;
    for (size_t i = 0; i < *n; i++) {
        blank = lines[i].text.len ? 0 : blank + 1;
        if (blank % ends == 0) closed[to++] = lines[i];
    }
    *n = to;
    return closed;
}

cd_status cd_lines_close_up(cd_page *page, cd_text_line **lines, size_t *n, cd_error *err)
{
    spacing s = measure_spacing(*lines, *n);
    if (s.ends < 2) return CD_OK;
    size_t   left = *n;
    cd_text_line *closed = close_up(page->arena, *lines, &left, s.ends);
    if (!closed) return cd_fail_memory(err);
    if (s.differ || cd_wrap_column_surely(closed, left)) *lines = closed, *n = left;
    return CD_OK;
}
