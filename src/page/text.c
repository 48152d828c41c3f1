/* text.c -- the lines of a plain-text page -> its blocks. In: page->text. Out: page->blocks with text, lines, indent, bullet.
 * Steps: measure every line once; decide for the whole page whether its lines are hard-wrapped, and at which column; then
 * make a block of every line, or of every run of lines that one paragraph was wrapped into.
 *
 * A page whose paragraphs are one line each, with or without blank lines between, needs no joining: the line is the block. On a
 * wrapped page a line goes on where the one before it is so full that the next word would not have fitted (the greedy
 * filling that fmt, fold -s, lynx -dump, mail programs and textwrap all use), no blank line lies between, no bullet
 * follows, and the indents agree. It does NOT decide what a block is to the story. */
#include "base/limits.h"
#include "base/utf8.h"
#include "page/page.h"

/* Right edges that count as a hard wrap: narrower ones are poems and tables, wider ones are written by no program. */
enum { EDGE_MIN = 38, EDGE_MAX = 140, EDGE_SLACK = 16, EDGE_LINES = 4, SURE_PAIRS = 15 };

typedef struct line {
    cd_span  text;    /* trimmed; empty: a blank line */
    uint32_t columns; /* indent and text; above EDGE_MAX any number */
    uint32_t first_word; /* columns of the first word */
    uint16_t indent;
    uint8_t  bullet;  /* bytes of a bullet sign and its blanks in front, 0: none */
    bool     item;    /* behind a bullet or a number */
} line;

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
static size_t bullet_length(cd_span text)
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

/* Columns up to the first blank, and for scripts without spaces one letter. */
static uint32_t first_word_columns(cd_span text)
{
    uint32_t n = 0;
    while (text.len) {
        cd_rune r = cd_utf8_take(&text);
        if (r == ' ' || r == '\t' || n > EDGE_MAX) break;
        if (r >= 0x80 && cd_is_cjk(r)) return n ? n : 2;
        n += cd_is_wide(r) ? 2 : 1;
    }
    return n;
}

static line measure_line(cd_span raw)
{
    size_t   i = 0;
    uint32_t indent = 0;
    for (; i < raw.len && (raw.ptr[i] == ' ' || raw.ptr[i] == '\t'); i++) indent += raw.ptr[i] == '\t' ? 8 - indent % 8 : 1;
    line l = {.text = cd_span_trim(cd_span_sub(raw, i, raw.len))};
    if (l.text.len == 0) return l;
    l.indent = (uint16_t)(indent > UINT16_MAX ? UINT16_MAX : indent);
    l.columns = l.indent + (uint32_t)cd_columns_to(l.text, EDGE_MAX);
    l.bullet = (uint8_t)bullet_length(l.text);
    l.item = l.bullet || starts_number(l.text);
    return l;
}

/* ---- is the page wrapped? ------------------------------------------------------------------------------------------- */

/* How many lines there are of each width up to EDGE_MAX; those above count in the last place. */
typedef struct widths {
    size_t count[EDGE_MAX + 2];
    size_t lines; /* that are not blank */
} widths;

static widths count_widths(const line *lines, size_t n)
{
    widths w = {0};
    for (size_t i = 0; i < n; i++) {
        if (lines[i].text.len == 0) continue;
        w.lines++;
        w.count[lines[i].columns > EDGE_MAX ? EDGE_MAX + 1 : lines[i].columns]++;
    }
    return w;
}

static size_t lines_between(const widths *w, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i <= to && i <= EDGE_MAX + 1; i++) n += w->count[i];
    return n;
}

/* The widest column that all but `allowed` lines keep to, less two stragglers; 0 if there is none. */
static size_t right_edge(const widths *w, size_t allowed)
{
    size_t over = w->count[EDGE_MAX + 1];
    if (over > allowed) return 0;
    size_t edge = EDGE_MAX;
    for (; edge >= EDGE_MIN && over + w->count[edge] <= allowed; edge--) over += w->count[edge];
    size_t reached = 0;
    for (; edge >= EDGE_MIN; edge--) /* the third-widest line of the rest: one or two may hang over */
        if ((reached += w->count[edge]) >= 3) return edge;
    return 0;
}

/* Behind a sentence or a colon a number begins a new item, and inside one it belongs to it ("aged\n72. She ..."). */
static bool ends_clause(cd_span text)
{
    size_t  len;
    cd_rune last = cd_utf8_last(text, &len);
    return last == '.' || last == ':' || last == '!' || last == '?' || last == 0x201D || last == '"';
}

/* The edge may be a column short of what the program filled to; behind a sentence's end that doubt speaks for a new paragraph. */
static bool word_fits(const line *l, const line *next, size_t edge)
{
    return l->columns + 1 + next->first_word < edge + (ends_clause(l->text) ? 1 : 0);
}

/* Lines near the edge that are followed at once by another line, and how many of them are so full that the next word would not
 * have fitted; of these, those whose next line begins in lower case. */
typedef struct fullness {
    size_t pairs, full, lower, lower_full;
} fullness;

static fullness count_full(line *lines, size_t n, size_t edge)
{
    fullness f = {0};
    for (size_t i = 0; i + 1 < n; i++) {
        line *l = &lines[i], *next = &lines[i + 1];
        if (l->columns > edge || l->columns + EDGE_SLACK < edge || next->text.len == 0 || next->item) continue;
        if (!next->first_word) next->first_word = first_word_columns(next->text);
        bool full = !word_fits(l, next, edge), lower = cd_is_lower(cd_utf8_take(&(cd_span){next->text.ptr, next->text.len}));
        f.pairs++;
        f.full += full;
        f.lower += lower;
        f.lower_full += lower && full;
    }
    return f;
}

/* Two ways to know a wrapped page. Most long lines end near the edge and three in four of these are full: in a page of one line a
 * paragraph, where a line ends has nothing to do with the next line's first word (less than half are full by chance). Or many
 * lines go on in lower case and nearly all lines before them are full: then lists of titles on the page say nothing. */
static bool is_edge(line *lines, size_t n, const widths *w, size_t edge)
{
    size_t near = lines_between(w, edge > EDGE_SLACK ? edge - EDGE_SLACK : 0, edge), wide = lines_between(w, edge * 3 / 4, EDGE_MAX + 1);
    if (near < EDGE_LINES) return false;
    fullness f = count_full(lines, n, edge);
    if (near * 2 >= wide && f.pairs >= 3 && f.full * 4 >= f.pairs * 3) return true;
    return f.lower >= 4 && f.lower_full * 10 >= f.lower * 9 && f.lower * 5 >= f.pairs * 2;
}

/* Code and tables may stand over the edge: then more lines must be near it and nearly all of them full. */
static bool is_sure_edge(line *lines, size_t n, size_t edge)
{
    fullness f = count_full(lines, n, edge);
    return f.pairs >= SURE_PAIRS && f.full * 10 >= f.pairs * 9;
}

static size_t wrap_column(line *lines, size_t n)
{
    widths w = count_widths(lines, n);
    size_t edge = right_edge(&w, w.lines / 50 + 1), inner = right_edge(&w, w.lines / 6);
    if (edge && is_edge(lines, n, &w, edge)) return edge;
    return inner && is_sure_edge(lines, n, inner) ? inner : 0;
}

/* ---- lines -> blocks ------------------------------------------------------------------------------------------------ */

static bool is_break_word(cd_span text) /* "pre- and post-war": the hyphen belongs to no split word */
{
    static const cd_span words[] = {CD_SPAN("and "), CD_SPAN("or "), CD_SPAN("und "), CD_SPAN("oder "), CD_SPAN("bis "), CD_SPAN("et "),
                                    CD_SPAN("to "), CD_SPAN("och "), CD_SPAN("og "), CD_SPAN("en ")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cd_span_starts(text, words[i])) return true;
    return false;
}

/* What stands between two joined lines: nothing in scripts without spaces and behind a hyphen inside a word, else a space. */
static bool joins_tight(cd_span before, cd_span after)
{
    size_t  len;
    cd_span rest = after;
    cd_rune last = cd_utf8_last(before, &len), first = cd_utf8_take(&rest);
    if (cd_is_cjk(last) && cd_is_cjk(first)) return true;
    if (last != '-' || before.len < 2 || is_break_word(after)) return false;
    cd_rune inner = cd_utf8_last(cd_span_sub(before, 0, before.len - 1), &len);
    return (cd_is_letter(inner) || cd_is_digit(inner)) && (cd_is_letter(first) || cd_is_digit(first));
}

/* Whether `l` goes on the paragraph whose first line is `head` and whose last line is `prev`. */
static bool goes_on(const line *head, const line *prev, line *l, size_t edge)
{
    bool new_item = l->bullet || (l->item && (head->item || ends_clause(prev->text)));
    if (edge == 0 || new_item || prev->text.len == 0 || prev->columns + EDGE_SLACK * 3 < edge) return false;
    if (!l->first_word) l->first_word = first_word_columns(l->text);
    bool lone_word = !memchr(l->text.ptr, ' ', l->text.len) && cd_is_digit(cd_utf8_take(&(cd_span){l->text.ptr, l->text.len}));
    if (lone_word && ends_clause(prev->text)) return false; /* "00:00" behind a sentence */
    size_t indent = prev == head && head->item ? head->indent + 2u : prev->indent;
    size_t apart = indent > l->indent ? indent - l->indent : l->indent - indent;
    bool   first_line_indent = prev == head && l->indent < head->indent && head->indent <= 10 && !head->item;
    return (apart <= 3 || first_line_indent) && !word_fits(prev, l, edge);
}

/* Copies `text` behind *to, each run of blanks as one space. */
static char *fold_blanks(char *to, cd_span text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == ' ' || c == '\t') {
            if (to[-1] != ' ') *to++ = ' ';
        } else {
            *to++ = c;
        }
    }
    return to;
}

static bool needs_folding(cd_span text)
{
    for (size_t i = 0; i < text.len; i += 7) { /* the eighth byte is the first of the next look */
        uint64_t eight = cd_eight(text.ptr + i, text.len - i), blanks = cd_eight_between(eight, ' ', ' ');
        if (cd_eight_between(eight, '\t', '\t') | (blanks & blanks >> 8)) return true;
    }
    return false;
}

/* The text of lines[from, to) as one span: of a single plain line the page's own bytes, else a copy. */
static cd_span join_lines(cd_arena *arena, const line *lines, size_t from, size_t to)
{
    if (to == from + 1 && !needs_folding(lines[from].text)) return lines[from].text;
    size_t size = 2;
    for (size_t i = from; i < to; i++) size += lines[i].text.len + 1;
    char *start = cd_arena_raw(arena, size, 1);
    if (!start) return (cd_span){NULL, 0};
    *start = ' '; /* so that fold_blanks() may look one back */
    char *begin = start + 1, *at = begin;
    for (size_t i = from; i < to; i++) {
        if (i > from && !joins_tight((cd_span){begin, (size_t)(at - begin)}, lines[i].text)) *at++ = ' ';
        at = fold_blanks(at, lines[i].text);
    }
    return (cd_span){begin, (size_t)(at - begin)};
}

static cd_status add_block(cd_page *page, const line *lines, size_t from, size_t to, size_t blank, cd_error *err)
{
    if (page->nblocks == CD_LIMIT_BLOCKS)
        return cd_fail_page(err, CD_ELIMIT, "too_many_blocks", "line %zu: more blocks than the limit CD_LIMIT_BLOCKS, %zu", from + 1,
                            CD_LIMIT_BLOCKS);
    cd_span text = join_lines(page->arena, lines, from, to);
    if (!text.ptr) return cd_fail_memory(err);
    size_t core = lines[from].bullet ? bullet_length(text) : 0;
    if (core == text.len && to == from + 1 && core < 4) return CD_OK; /* a bullet without an item is no block */
    page->blocks[page->nblocks++] =
        (cd_block){.text = text, .core = core, .line = (uint32_t)from + 1, .line_to = (uint32_t)to, .indent = lines[from].indent,
                   .blank = (uint16_t)(blank > 1000 ? 1000 : blank), .kind = lines[from].item ? CD_KIND_ITEM : CD_KIND_PARA};
    return CD_OK;
}

static cd_status make_blocks(cd_page *page, line *lines, size_t n, cd_error *err)
{
    size_t blank = 1;
    for (size_t i = 0; i < n;) {
        if (lines[i].text.len == 0) {
            blank++, i++;
            continue;
        }
        size_t to = i + 1;
        while (to < n && lines[to].text.len && goes_on(&lines[i], &lines[to - 1], &lines[to], page->shape.wrap)) to++;
        CD_TRY(add_block(page, lines, i, to, blank, err));
        blank = 0;
        i = to;
    }
    return CD_OK;
}

cd_status cd_page_split(cd_page *page, cd_error *err)
{
    size_t  n = 0, used = 0;
    cd_span rest = page->text, raw;
    while (cd_span_line(&rest, &raw)) n++;
    line *lines = cd_arena_raw(page->arena, n + 1, sizeof *lines);
    if (!lines) return cd_fail_memory(err);
    size_t i = 0;
    for (rest = page->text; cd_span_line(&rest, &raw); i++) {
        if (raw.len > CD_LIMIT_LINE_BYTES)
            return cd_fail_page(err, CD_ELIMIT, "line_too_long", "line %zu has %zu bytes, over the limit CD_LIMIT_LINE_BYTES, %zu", i + 1,
                                raw.len, CD_LIMIT_LINE_BYTES);
        lines[i] = measure_line(raw);
        used += lines[i].text.len > 0;
    }
    size_t room = used < CD_LIMIT_BLOCKS ? used : CD_LIMIT_BLOCKS;
    page->blocks = cd_arena_raw(page->arena, room + 1, sizeof *page->blocks);
    if (!page->blocks) return cd_fail_memory(err);
    page->shape.wrap = wrap_column(lines, n);
    return make_blocks(page, lines, n, err);
}
