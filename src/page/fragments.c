/* fragments.c -- paragraphs that a program cut at each link and each mark (`get_text("\n")` of Beautiful Soup does) -> which lines belong
 * together. In: lines. Out: their `glued`. A page is one of these where several lines begin with the stop, the comma or the "'s" that
 * belongs to the line before: other pages have hardly ever more than two. There lines go on where a sentence is open, and are taken
 * together only as far as one ends. */
#include "page/fragments.h"

#include "base/data.h"
#include "base/utf8.h"
#include "page/measure.h"

/* Lines that begin with a stop on a page that was cut; columns of a line that may be open, of one that is no headline, of a link's words and
 * of a paragraph; lines of one at most. */
enum { CUTS = 3, OPEN_COLUMNS = 25, PROSE_COLUMNS = 110, LINK_COLUMNS = 60, PARAGRAPH_COLUMNS = 60, LINES_MAX = 60 };

static bool is_closing(char c) { return c && strchr(".,;:!?)]", c) != NULL; }

/* ", which": a stop and then no more of a word than a blank away (".5" and ":-)" are words). */
static bool starts_with_stop(cd_span text) { return text.len && is_closing(*text.ptr) && (text.len == 1 || cd_is_blank(text.ptr[1]) || is_closing(text.ptr[1])); }

/* "'s plan" and what else English has of the kind. */
static bool starts_with_clitic(cd_span text)
{
    static const char *const clitics[] = {"s", "t", "re", "ve", "ll", "d", "m"};
    size_t sign = cd_span_starts(text, CD_SPAN("'")) ? 1 : cd_span_starts(text, CD_SPAN("\xE2\x80\x99")) ? 3 : 0;
    if (!sign) return false;
    cd_span rest = cd_span_sub(text, sign, text.len);
    size_t  len = 0;
    while (len < rest.len && cd_is_letter((unsigned char)rest.ptr[len])) len++;
    if (len < rest.len && !cd_is_blank(rest.ptr[len]) && !is_closing(rest.ptr[len])) return false;
    for (size_t i = 0; i < sizeof clitics / sizeof *clitics; i++)
        if (cd_span_is(cd_span_sub(rest, 0, len), cd_span_of(clitics[i]))) return true;
    return false;
}

static bool is_cut(cd_span text) { return starts_with_stop(text) || starts_with_clitic(text); }

/* A cut of which code has none: a word, and then a stop with nothing or a word behind it. */
static bool is_sure_cut(cd_span before, cd_span text)
{
    size_t len;
    if (!before.len || !cd_is_letter(cd_utf8_last(before, &len))) return false;
    if (starts_with_clitic(text)) return true;
    if (!text.len || !strchr(".,", *text.ptr)) return false;
    cd_span rest = cd_span_sub(text, 1, text.len), word = cd_span_trim(rest);
    return rest.len == 0 || (word.len < rest.len && cd_is_letter(cd_utf8_take(&word)));
}

static bool starts_lower(cd_span text) { return text.len && cd_is_lower(cd_utf8_take(&text)); }

/* "... the final episode of": neither a sentence nor a headline ends with a function word. */
static bool ends_open(cd_span text)
{
    size_t from = text.len;
    while (from && text.ptr[from - 1] != ' ') from--;
    cd_span last = cd_span_sub(text, from, text.len);
    return from && starts_lower(last) && cd_function_word(cd_fold_hash(last)) < CD_WORD_SLOTS;
}

/* Longer than a headline, or with the end of a sentence in it. */
static bool is_prose(const cd_text_line *l)
{
    if (l->columns >= PROSE_COLUMNS) return true;
    for (size_t i = 1; i + 2 < l->text.len; i++) {
        const char *at = l->text.ptr + i;
        if (strchr(".?!", *at) && at[-1] >= 'a' && at[-1] <= 'z' && at[1] == ' ' && at[2] >= 'A' && at[2] <= 'Z') return true;
    }
    return false;
}

static bool follows_prose(const cd_text_line *lines, size_t at)
{
    return at && cd_ends_clause(lines[at - 1].text) && (lines[at - 1].glued || lines[at - 1].columns >= PARAGRAPH_COLUMNS);
}

static bool goes_on(const cd_text_line *lines, size_t n, size_t from, size_t at)
{
    const cd_text_line *prev = &lines[at - 1], *l = &lines[at];
    if (l->text.len == 0 || l->item || at - from >= LINES_MAX) return false;
    if (is_cut(l->text)) return true;
    if (cd_ends_clause(prev->text)) return false;
    if (starts_lower(l->text)) return true;
    if (ends_open(prev->text) && prev->columns >= OPEN_COLUMNS) return true;
    bool between = at + 1 < n && (is_cut(lines[at + 1].text) || starts_lower(lines[at + 1].text));
    return between && l->columns < LINK_COLUMNS && (at - 1 > from || is_prose(prev) || follows_prose(lines, from));
}

/* The line behind the paragraph that begins at `from`: its own next one where none was cut. */
static size_t paragraph_end(const cd_text_line *lines, size_t n, size_t from)
{
    size_t end = from + 1, columns = lines[from].columns;
    for (size_t at = from + 1; at < n && goes_on(lines, n, from, at); at++) {
        columns += lines[at].columns;
        if (cd_ends_clause(lines[at].text) && columns >= PARAGRAPH_COLUMNS) end = at + 1;
    }
    return end;
}

void cd_fragments_glue(cd_text_line *lines, size_t n)
{
    size_t cuts = 0;
    for (size_t i = 1; i < n && cuts < CUTS; i++) cuts += is_sure_cut(lines[i - 1].text, lines[i].text);
    if (cuts < CUTS) return;
    for (size_t i = 0; i < n;) {
        size_t end = lines[i].text.len ? paragraph_end(lines, n, i) : i + 1;
        for (i++; i < end; i++) lines[i].glued = true;
    }
}

bool cd_fragments_meet(cd_span before, cd_span after)
{
    return is_cut(after) || (before.len && (before.ptr[before.len - 1] == '(' || before.ptr[before.len - 1] == '['));
}
