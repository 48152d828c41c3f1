/* text.c -- the lines of a plain-text page -> its blocks. In: page->text. Out: page->blocks with text, lines, indent, bullet.
 * Steps: undo what a program did to the whole text (undo.c); measure every line once (lines.c); take off what a program wrote in front (front.c) and the
 * numbers that a text browser gave to links (linkmarks.c); decide for the whole page whether it is
 * Markdown (unmark.c), whether its lines are hard-wrapped, and at which column (wrap.c), or cut at links (fragments.c); then make a
 * block of every line, or of every run of lines that one paragraph was wrapped into.
 *
 * A page whose paragraphs are one line each, with or without blank lines between, needs no joining: the line is the block. On a
 * wrapped page a line goes on where the one before it is so full that the next word would not have fitted, no blank line lies
 * between, no bullet follows, and the indents agree or both are centred. It does NOT decide what a block is to the story. */
#include "base/limits.h"
#include "base/utf8.h"
#include "page/fragments.h"
#include "page/front.h"
#include "page/linkmarks.h"
#include "page/page.h"
#include "page/plain.h"
#include "page/undo.h"
#include "page/unmark.h"
#include "page/wrap.h"

/* Pairs of lines that show a page to be wrapped; of one in Markdown more, since there all lines that follow each other become one. */
enum { WRAP_PAIRS = 3, WRAP_PAIRS_MARKDOWN = 8 };

/* Columns by which the middles of two centred lines differ at most, twice over. */
enum { CENTRE_OFF = 2 };

/* ---- lines -> blocks ------------------------------------------------------------------------------------------------ */

static bool is_break_word(cd_span text) /* "pre- and post-war": the hyphen belongs to no split word */
{
    static const cd_span words[] = {CD_SPAN("and "), CD_SPAN("or "), CD_SPAN("und "), CD_SPAN("oder "), CD_SPAN("bis "), CD_SPAN("et "),
                                    CD_SPAN("to "), CD_SPAN("och "), CD_SPAN("og "), CD_SPAN("en ")};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (cd_span_starts(text, words[i])) return true;
    return false;
}

/* What stands between two joined lines: nothing in scripts without spaces, beside their digits too, and behind a hyphen inside
 * a word, else a space. */
static bool joins_tight(cd_span before, cd_span after)
{
    size_t  len;
    cd_span rest = after;
    cd_rune last = cd_utf8_last(before, &len), first = cd_utf8_take(&rest);
    if ((cd_is_cjk(last) && (cd_is_cjk(first) || cd_is_digit(first))) || (cd_is_digit(last) && cd_is_cjk(first))) return true;
    if (last != '-' || before.len < 2 || is_break_word(after)) return false;
    cd_rune inner = cd_utf8_last(cd_span_sub(before, 0, before.len - 1), &len);
    return (cd_is_letter(inner) || cd_is_digit(inner)) && (cd_is_letter(first) || cd_is_digit(first));
}

/* Whether a line stands in the middle of the page as the one before it does: a heading by text browsers that centre them. */
static bool is_centred(const cd_text_line *prev, const cd_text_line *l)
{
    size_t before = prev->indent + prev->columns, here = l->indent + l->columns;
    return (before > here ? before - here : here - before) <= CENTRE_OFF;
}

/* A wrapped page of Markdown says what a paragraph is, and its addresses make lines of any length. */
static bool goes_on_markdown(const cd_text_line *prev, const cd_text_line *l) { return !prev->broken && !l->item && !l->code && !cd_unmark_is_new(l->text); }

/* Whether `l` goes on the paragraph whose first line is `head` and whose last line is `prev`. */
static bool goes_on(const cd_page *page, const cd_text_line *head, const cd_text_line *prev, cd_text_line *l)
{
    size_t edge = page->shape.wrap;
    if (edge && page->shape.markdown) return goes_on_markdown(prev, l);
    bool new_item = l->bullet || (l->item && (head->item || cd_ends_clause(prev->text)));
    if (edge == 0 || new_item || prev->text.len == 0 || prev->columns + CD_EDGE_SLACK * 3 < edge) return false;
    bool lone_word = !memchr(l->text.ptr, ' ', l->text.len) && cd_is_digit(cd_utf8_take(&(cd_span){l->text.ptr, l->text.len}));
    if (lone_word && cd_ends_clause(prev->text)) return false; /* "00:00" behind a sentence */
    size_t indent = prev == head && head->item ? head->indent + 2u : prev->indent;
    size_t apart = indent > l->indent ? indent - l->indent : l->indent - indent;
    bool   first_line_indent = prev == head && l->indent < head->indent && head->indent <= 10 && !head->item;
    return (apart <= 3 || first_line_indent || is_centred(prev, l)) && (!cd_wrap_fits(prev, l, edge) || cd_wrap_held(head, prev, l, edge));
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
static cd_span join_lines(cd_arena *arena, const cd_text_line *lines, size_t from, size_t to)
{
    if (to == from + 1 && !needs_folding(lines[from].text)) return lines[from].text;
    size_t size = 2;
    for (size_t i = from; i < to; i++) size += lines[i].text.len + 1;
    char *start = cd_arena_raw(arena, size, 1);
    if (!start) return (cd_span){NULL, 0};
    *start = ' '; /* so that fold_blanks() may look one back */
    char *begin = start + 1, *at = begin;
    for (size_t i = from; i < to; i++) {
        const cd_span before = {begin, (size_t)(at - begin)};
        if (i > from && !(lines[i].glued ? cd_fragments_meet(before, lines[i].text) : joins_tight(before, lines[i].text))) *at++ = ' ';
        at = fold_blanks(at, lines[i].text);
    }
    return (cd_span){begin, (size_t)(at - begin)};
}

static cd_status add_block(cd_page *page, const cd_text_line *lines, size_t from, size_t to, size_t blank, cd_error *err)
{
    if (page->nblocks == CD_LIMIT_BLOCKS)
        return cd_fail_page(err, CD_ELIMIT, "too_many_blocks", "line %u: more blocks than the limit CD_LIMIT_BLOCKS, %zu", lines[from].number,
                            CD_LIMIT_BLOCKS);
    cd_span text = join_lines(page->arena, lines, from, to);
    if (!text.ptr) return cd_fail_memory(err);
    const bool signs = page->shape.markdown && !lines[from].code;
    unsigned   heading = signs ? cd_unmark_heading(text) : 0;
    if (signs && cd_unmark_block(page->arena, &text) != CD_OK) return cd_fail_memory(err);
    CD_TRY(cd_plain_block(page, &text, err));
    if (!text.len) return CD_OK;
    size_t core = lines[from].bullet ? cd_bullet_length(text) : 0;
    if (core == text.len && to == from + 1 && core < 4) return CD_OK; /* a bullet without an item is no block */
    page->blocks[page->nblocks++] =
        (cd_block){.text = text, .core = core, .line = lines[from].number, .line_to = lines[to - 1].number, .indent = lines[from].indent,
                   .blank = (uint16_t)(blank > 1000 ? 1000 : blank), .kind = lines[from].item ? CD_KIND_ITEM : CD_KIND_PARA,
                   .heading = (uint8_t)heading};
    return CD_OK;
}

static cd_status make_blocks(cd_page *page, cd_text_line *lines, size_t n, cd_error *err)
{
    size_t blank = 1;
    for (size_t i = 0; i < n;) {
        if (lines[i].text.len == 0) {
            blank++, i++;
            continue;
        }
        size_t to = i + 1;
        while (to < n && lines[to].text.len && (lines[to].glued || goes_on(page, &lines[i], &lines[to - 1], &lines[to]))) to++;
        CD_TRY(add_block(page, lines, i, to, blank, err));
        blank = 0;
        i = to;
    }
    return CD_OK;
}

/* Columns of a line with a link that was not wrapped, since addresses have no blanks: it tells nothing of the page's edge. */
enum { LINK_COLUMNS = 100 };

/* Quotations and blocks of code: what Markdown says with the beginnings of lines. */
static void read_markdown_lines(cd_text_line *lines, size_t n)
{
    bool code = false;
    for (size_t i = 0; i < n; i++) {
        bool fence = cd_unmark_is_fence(lines[i].text);
        lines[i].code = code && !fence;
        if (fence) code = !code;
        if (fence) lines[i].text.len = 0;
        else if (!code) lines[i].text = cd_unmark_quote(lines[i].text);
        if (cd_unmark_heading(lines[i].text)) lines[i].bullet = 0, lines[i].item = false; /* '#' is a bullet elsewhere */
        bool link = cd_span_find(lines[i].text, CD_SPAN("](")) < lines[i].text.len;
        if (link && (lines[i].item || lines[i].columns > LINK_COLUMNS)) lines[i].columns = 0;
    }
}

/* The column that the lines were wrapped at, 0: none. */
static size_t find_wrap(const cd_page *page, cd_text_line *lines, size_t n)
{
    const size_t pairs = page->shape.markdown ? WRAP_PAIRS_MARKDOWN : WRAP_PAIRS;
    size_t       edge = cd_wrap_column(lines, n, pairs);
    return edge ? edge : cd_wrap_letters(lines, n, pairs);
}

static cd_status make_room(cd_page *page, const cd_text_line *lines, size_t n, cd_error *err)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) used += lines[i].text.len > 0;
    page->blocks = cd_arena_raw(page->arena, (used < CD_LIMIT_BLOCKS ? used : CD_LIMIT_BLOCKS) + 1, sizeof *page->blocks);
    return page->blocks ? CD_OK : cd_fail_memory(err);
}

cd_status cd_page_split(cd_page *page, cd_error *err)
{
    cd_text_line *lines;
    size_t   n, front;
    CD_TRY(cd_undo_all(page, err));
    CD_TRY(cd_lines_measure(page, &lines, &n, err));
    CD_TRY(cd_front_read(page, lines, n, &front, err));
    lines += front, n -= front;
    CD_TRY(cd_linkmarks_take(page, lines, &n, err));
    page->shape.markdown = cd_unmark_is_wanted(page->text);
    if (page->shape.markdown) read_markdown_lines(lines, n);
    CD_TRY(cd_lines_close_up(page, &lines, &n, err));
    page->shape.wrap = find_wrap(page, lines, n);
    if (!page->shape.wrap) cd_fragments_glue(lines, n);
    CD_TRY(make_room(page, lines, n, err));
    return make_blocks(page, lines, n, err);
}
