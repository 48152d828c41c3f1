/* wrap.c -- whether the lines of a plain-text page were hard-wrapped, and at which column. In: measured lines. Out: the column.
 * Programs fill a line until the next word does not fit (fmt, fold -s, lynx -dump, mail programs and textwrap all do), so on a wrapped
 * page nearly every long line is that full. */
#include "page/wrap.h"

#include "base/utf8.h"

/* Lines near the edge that a wrapped page has at least, and pairs of them that make a page with code or tables sure. */
enum { EDGE_LINES = 4, SURE_PAIRS = 15 };

/* Lines that go on in lower case by which a page is known however many others there are; columns to the right that are tried. */
enum { LOWER_SURE = 8, INNER_TRIES = 4 };

/* Lines of a page that is so short that the third-widest of them may stop well before the edge; columns to the right that are tried there;
 * lines near it that are enough where all are full, none ends a sentence and most go on in lower case. */
enum { SHORT_LINES = 60, SHORT_TRIES = 8, SURE_LINES = 3 };

/* Columns up to the first blank, and for scripts without spaces one letter. */
uint32_t cd_wrap_first_word(cd_span text)
{
    uint32_t n = 0;
    while (text.len) {
        cd_rune r = cd_utf8_take(&text);
        if (r == ' ' || r == '\t' || n > CD_EDGE_MAX) break;
        if (r >= 0x80 && cd_is_cjk(r)) return n ? n : 2;
        n += cd_is_wide(r) ? 2 : 1;
    }
    return n;
}

/* How many lines there are of each width up to CD_EDGE_MAX; those above count in the last place. */
typedef struct widths {
    size_t count[CD_EDGE_MAX + 2];
    size_t lines; /* that are not blank */
} widths;

static widths count_widths(const cd_text_line *lines, size_t n)
{
    widths w = {0};
    for (size_t i = 0; i < n; i++) {
        if (lines[i].text.len == 0) continue;
        w.lines++;
        w.count[lines[i].columns > CD_EDGE_MAX ? CD_EDGE_MAX + 1 : lines[i].columns]++;
    }
    return w;
}

static size_t lines_between(const widths *w, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = from; i <= to && i <= CD_EDGE_MAX + 1; i++) n += w->count[i];
    return n;
}

/* The widest column that all but `allowed` lines keep to, less two stragglers; 0 if there is none. */
static size_t right_edge(const widths *w, size_t allowed)
{
    size_t over = w->count[CD_EDGE_MAX + 1];
    if (over > allowed) return 0;
    size_t edge = CD_EDGE_MAX;
    for (; edge >= CD_EDGE_MIN && over + w->count[edge] <= allowed; edge--) over += w->count[edge];
    size_t reached = 0;
    for (; edge >= CD_EDGE_MIN; edge--) /* the third-widest line of the rest: one or two may hang over */
        if ((reached += w->count[edge]) >= 3) return edge;
    return 0;
}

/* The edge may be a column short of what the program filled to; behind a sentence's end that doubt speaks for a new paragraph. */
bool cd_wrap_fits(const cd_text_line *l, cd_text_line *next, size_t edge)
{
    if (!next->first_word) next->first_word = cd_wrap_first_word(next->text);
    return l->columns + 1 + next->first_word < edge + (cd_ends_clause(l->text) ? 1 : 0);
}

static bool starts_lower(cd_span text) { return cd_is_lower(cd_utf8_take(&text)); }

/* Only where the sentence is plainly open: a title behind a line is a new one, as likely as not; code and lists of such lines begin in lower
 * case from the first, or with a comment. */
bool cd_wrap_held(const cd_text_line *head, const cd_text_line *l, const cd_text_line *next, size_t edge)
{
    cd_span text = next->text;
    if (cd_ends_clause(l->text) || next->item || starts_lower(head->text) || strchr("#/-", *head->text.ptr)) return false;
    if (!starts_lower(text) && !(*text.ptr == '(' && starts_lower(cd_span_sub(text, 1, text.len)))) return false;
    const char *blank = memchr(text.ptr, ' ', text.len);
    cd_span     second = blank ? cd_span_sub(text, (size_t)(blank - text.ptr) + 1, text.len) : (cd_span){NULL, 0};
    return second.len && l->columns + 2 + cd_wrap_first_word(text) + cd_wrap_first_word(second) >= edge;
}

/* Lines near the edge that are followed at once by another line, and how many of them are so full that the next word would not
 * have fitted; of the full ones, those that end no sentence; of all, those whose next line begins in lower case. */
typedef struct fullness {
    size_t pairs, full, open, lower, lower_full;
} fullness;

static fullness count_full(cd_text_line *lines, size_t n, size_t edge)
{
    fullness f = {0};
    for (size_t i = 0; i + 1 < n; i++) {
        cd_text_line *l = &lines[i], *next = &lines[i + 1];
        if (l->columns > edge || l->columns + CD_EDGE_SLACK < edge || next->text.len == 0 || next->item) continue;
        bool full = !cd_wrap_fits(l, next, edge), open = !cd_ends_clause(l->text), lower = open && starts_lower(next->text);
        f.pairs++;
        f.full += full;
        f.open += full && open;
        f.lower += lower;
        f.lower_full += lower && full;
    }
    return f;
}

/* Many lines go on in lower case, and nearly all lines before them are full: then lists of titles on the page say nothing. */
static bool goes_on_lower(fullness f)
{
    if (f.lower >= LOWER_SURE && f.lower_full * 20 >= f.lower * 19) return true;
    return f.lower >= 4 && f.lower_full * 10 >= f.lower * 9 && f.lower * 5 >= f.pairs * 2;
}

/* Three ways to know a wrapped page. Most long lines end near the edge and three in four of these are full: in a page of one line a
 * paragraph, where a line ends has nothing to do with the next line's first word (less than half are full by chance), but it is nearly
 * always the end of a sentence. Or lines go on in lower case. Or both, if not quite. */
static bool is_edge(cd_text_line *lines, size_t n, const widths *w, size_t edge, size_t pairs)
{
    size_t near = lines_between(w, edge > CD_EDGE_SLACK ? edge - CD_EDGE_SLACK : 0, edge), wide = lines_between(w, edge * 3 / 4, CD_EDGE_MAX + 1);
    if (near < SURE_LINES) return false;
    fullness f = count_full(lines, n, edge);
    if (near < EDGE_LINES) return w->lines <= SHORT_LINES && f.pairs >= pairs && f.open == f.pairs && f.lower * 2 > f.pairs;
    bool     full = f.pairs >= pairs && f.full * 4 >= f.pairs * 3 && f.open * 2 >= f.full;
    return (full && near * 2 >= wide) || goes_on_lower(f) || (full && f.lower >= LOWER_SURE && f.lower_full * 8 >= f.lower * 7);
}

static bool nearly_all_full(fullness f) { return f.pairs >= SURE_PAIRS && f.full * 10 >= f.pairs * 9; }

size_t cd_wrap_column(cd_text_line *lines, size_t n, size_t pairs)
{
    widths w = count_widths(lines, n);
    size_t edge = right_edge(&w, w.lines / 50 + 1), inner = right_edge(&w, w.lines / 6);
    size_t tries = w.lines <= SHORT_LINES ? SHORT_TRIES : 0;
    for (size_t e = edge; edge && e <= edge + tries; e++)
        if (is_edge(lines, n, &w, e, pairs)) return e;
    /* Code and tables may stand over the edge: then more lines must be near it and nearly all of them full. */
    for (size_t e = inner; inner && e <= inner + INNER_TRIES; e++) {
        fullness f = count_full(lines, n, e);
        if (e == inner && nearly_all_full(f)) return e;
        if (f.lower < SURE_PAIRS) break;
        if (goes_on_lower(f)) return e;
    }
    return 0;
}

size_t cd_wrap_column_surely(cd_text_line *lines, size_t n)
{
    widths w = count_widths(lines, n);
    size_t edge = right_edge(&w, w.lines / 50 + 1);
    if (!edge) return 0;
    return goes_on_lower(count_full(lines, n, edge)) ? edge : 0; /* lines of a list may all be of one width */
}

/* Letters of a line, and no more of them than EDGE_MAX and one. */
static uint32_t count_letters(cd_span text)
{
    uint32_t n = 0;
    for (size_t i = 0; i < text.len && n <= CD_EDGE_MAX; i++) n += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return n;
}

size_t cd_wrap_letters(cd_text_line *lines, size_t n, size_t pairs)
{
    size_t wide = 0;
    for (size_t i = 0; i < n && wide < EDGE_LINES; i++)
        wide += lines[i].columns > CD_EDGE_MAX && cd_is_cjk(cd_utf8_take(&(cd_span){lines[i].text.ptr, lines[i].text.len}));
    if (wide < EDGE_LINES) return 0;
    for (size_t i = 0; i < n; i++) {
        cd_text_line *l = &lines[i];
        if (l->text.len == 0) continue;
        l->columns = l->indent + count_letters(l->text);
        l->first_word = cd_wrap_first_word(l->text);
        if (l->first_word == 2 && cd_is_wide(cd_utf8_take(&(cd_span){l->text.ptr, l->text.len}))) l->first_word = 1;
    }
    return cd_wrap_column(lines, n, pairs);
}
