/* markdown.c -- the body with its structure, in CommonMark with GitHub's tables. In: the same blocks as body.c's, and what is around each.
 * Out: fields.markdown: every block a paragraph, a heading, a list item, a line of code or a row of a table; nothing more and nothing less than
 * the text has, and in the same order. HTML says what a block is; of a plain text only bullets are certain, the rest are paragraphs. */
#include "fields/line.h"
#include "fields/nest.h"
#include "fields/table.h"

typedef struct writer {
    cd_page *page;
    cd_buf   out;
    uint64_t headline;
    size_t   first, last; /* blocks of the body */
    cd_nest  nest;        /* of the block before */
    uint16_t indents[CD_LIMIT_STRUCTURE];
    bool     flow;        /* the block before is a paragraph or a heading */
    size_t   before;      /* its number; nblocks: there is none, or it cannot go on */
    uint8_t *tables;      /* by element: 0 not looked at, 1 a plain table, 2 none */
} writer;

static bool has(const writer *w, size_t block) { return cd_body_has(&w->page->blocks[block], w->headline); }

static void nest_of(writer *w, size_t block, cd_nest *nest)
{
    const cd_block *b = &w->page->blocks[block];
    *nest = w->nest;
    if (b->markup) cd_nest_of_markup(w->page, b, w->first, w->last + 1, nest);
    else cd_nest_of_text(w->page, block, nest, w->indents);
}

static cd_status begin(writer *w, size_t block, bool flow)
{
    cd_nest nest;
    nest_of(w, block, &nest);
    CD_TRY(cd_nest_begin(&w->out, &w->nest, &nest, w->flow));
    w->nest = nest;
    w->flow = flow;
    w->before = w->page->nblocks;
    return CD_OK;
}

/* ---- paragraphs and headings ------------------------------------------------------------------------------------------- */

/* Whether only a <br> stands between the block and the one written before it. */
static bool goes_on(writer *w, size_t block)
{
    const cd_block *b = &w->page->blocks[block], *before = b - 1;
    cd_nest         nest;
    if (w->before + 1 != block || !b->markup || b->blank || b->kind == CD_KIND_ITEM || b->markup->heading) return false;
    if (b->markup->element == CD_NO_ELEMENT || b->markup->element != before->markup->element) return false;
    if (b->markup->outline && b->markup->outline->apart) return false;
    nest_of(w, block, &nest);
    return cd_nest_is(&nest, &w->nest);
}

static cd_status put_words(writer *w, size_t block)
{
    const cd_block *b = &w->page->blocks[block];
    unsigned        level = b->markup ? b->markup->heading : b->heading, where = CD_AT_START;
    cd_line         line;
    CD_TRY(cd_line_read(w->page, b, &line));
    if (line.text.len == 0) return CD_OK;
    if (goes_on(w, block)) {
        CD_TRY(cd_buf_char(&w->out, '\\'));
        CD_TRY(cd_nest_next_line(&w->out, &w->nest));
        where |= CD_IN_TABLE;
    } else {
        CD_TRY(begin(w, block, true));
        for (unsigned i = 0; i < level; i++) CD_TRY(cd_buf_char(&w->out, '#'));
        if (level) CD_TRY(cd_buf_char(&w->out, ' '));
    }
    if (!level) w->before = block;
    return cd_line_put(w->page, &line, 0, line.text.len, level ? CD_IN_HEADING : where, &w->out);
}

/* ---- code -------------------------------------------------------------------------------------------------------------- */

/* The <pre> that the block is a line of, unless all of the body is in it: then it is a text with its own line ends. */
static uint32_t code_of(const writer *w, const cd_block *b)
{
    uint32_t at = b->markup ? b->markup->element : CD_NO_ELEMENT;
    if (at == CD_NO_ELEMENT || w->page->elements[at].tag != CD_TAG_PRE) return CD_NO_ELEMENT;
    return w->page->elements[at].from <= w->first && w->page->elements[at].to > w->last ? CD_NO_ELEMENT : at;
}

/* One more than the longest run of backticks in the lines, and three at least. */
static size_t fence_of(const writer *w, size_t from, size_t to)
{
    size_t longest = 2;
    for (size_t i = from; i < to; i++) {
        cd_span text = w->page->blocks[i].text;
        for (size_t at = 0, run = 0; at < text.len; at++) {
            run = text.ptr[at] == '`' ? run + 1 : 0;
            if (run > longest) longest = run;
        }
    }
    return longest + 1;
}

static cd_status put_fence(writer *w, size_t length)
{
    for (size_t i = 0; i < length; i++) CD_TRY(cd_buf_char(&w->out, '`'));
    return CD_OK;
}

/* A line with the empty ones before it. */
static cd_status put_code_line(writer *w, const cd_line *line, bool first)
{
    cd_span raw = line->raw.len ? line->raw : line->text, part;
    while (raw.len && cd_is_blank(raw.ptr[raw.len - 1])) raw.len--;
    while (cd_span_line(&raw, &part)) {
        if (first && cd_span_is_blank(part)) continue;
        CD_TRY(cd_nest_next_line(&w->out, &w->nest));
        CD_TRY(cd_buf_add(&w->out, cd_span_is_blank(part) ? CD_SPAN("") : part));
        first = false;
    }
    return CD_OK;
}

/* The lines of one <pre>, of which `block` is the first; *next is the block behind them. */
static cd_status put_code(writer *w, size_t block, uint32_t pre, size_t *next)
{
    size_t to = block;
    bool   begun = false;
    while (to <= w->last && (!has(w, to) || code_of(w, &w->page->blocks[to]) == pre)) to++;
    size_t fence = fence_of(w, block, to);
    for (size_t i = block; i < to; i++) {
        cd_line line;
        if (!has(w, i)) continue;
        CD_TRY(cd_line_read(w->page, &w->page->blocks[i], &line));
        if (line.text.len == 0) continue;
        if (!begun) {
            CD_TRY(begin(w, i, false));
            CD_TRY(put_fence(w, fence));
        }
        CD_TRY(put_code_line(w, &line, !begun));
        begun = true;
    }
    *next = to;
    if (!begun) return CD_OK;
    CD_TRY(cd_nest_next_line(&w->out, &w->nest));
    return put_fence(w, fence);
}

/* ---- tables ------------------------------------------------------------------------------------------------------------ */

static bool is_table(writer *w, uint32_t table)
{
    if (table == CD_NO_ELEMENT) return false;
    if (!w->tables[table]) w->tables[table] = cd_table_is_plain(w->page, table, w->headline) ? 1 : 2;
    return w->tables[table] == 1;
}

static cd_status put_table(writer *w, size_t block, uint32_t table, size_t *next)
{
    size_t to = w->page->elements[table].to;
    *next = to > w->last ? w->last + 1 : to;
    for (; block < *next && (!has(w, block) || !cd_table_has_row(w->page, &w->page->blocks[block])); block++)
        if (has(w, block)) CD_TRY(put_words(w, block));
    CD_TRY(begin(w, block, false));
    return cd_table_put(w->page, block, *next, w->headline, &w->nest, &w->out);
}

/* ---- the body ---------------------------------------------------------------------------------------------------------- */

static cd_status put_all(writer *w)
{
    for (size_t i = w->first, next; i <= w->last; i = next) {
        const cd_block *b = &w->page->blocks[i];
        uint32_t        table = has(w, i) ? cd_table_of(w->page, b) : CD_NO_ELEMENT, pre = has(w, i) ? code_of(w, b) : CD_NO_ELEMENT;
        next = i + 1;
        if (pre != CD_NO_ELEMENT) CD_TRY(put_code(w, i, pre, &next));
        else if (is_table(w, table)) CD_TRY(put_table(w, i, table, &next));
        else if (has(w, i)) CD_TRY(put_words(w, i));
    }
    return CD_OK;
}

cd_status cd_field_markdown(cd_page *page, cd_error *err)
{
    writer w = {.page = page, .headline = cd_word_hash(page->fields.headline), .first = page->body_from, .last = page->body_to - 1,
                .before = page->nblocks};
    if (!page->fields.body.len) return CD_OK;
    while (w.first < w.last && !has(&w, w.first)) w.first++;
    while (w.last > w.first && !has(&w, w.last)) w.last--;
    w.tables = cd_arena_take(page->arena, page->nelements + 1);
    cd_status st = w.tables ? put_all(&w) : CD_ENOMEM;
    if (st == CD_OK && w.out.len) {
        page->fields.markdown = cd_arena_copy(page->arena, cd_buf_span(&w.out));
        if (!page->fields.markdown.ptr) st = CD_ENOMEM;
    }
    cd_buf_free(&w.out);
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}
