/* table.c -- the blocks of a table -> rows between bars, as GitHub's Markdown has them. In: blocks with their cells. Out: a row a line, with
 * empty cells where the page has none. The first row is the head where all its cells are <th>; else the head is empty, because Markdown has no
 * table without one. A cell that spans columns has empty ones behind it; one that spans rows counts as one. */
#include "fields/table.h"

enum { CELL_BYTES = 200 }; /* a longer text is a paragraph; a block of short cells is longer only in wide tables */

static uint32_t find_up(const cd_page *page, const cd_block *block, cd_tag tag, cd_tag stop)
{
    uint32_t at = block->markup ? block->markup->element : CD_NO_ELEMENT;
    while (at != CD_NO_ELEMENT && page->elements[at].tag != tag && page->elements[at].tag != stop) at = page->elements[at].parent;
    return at != CD_NO_ELEMENT && page->elements[at].tag == tag ? at : CD_NO_ELEMENT;
}

uint32_t cd_table_of(const cd_page *page, const cd_block *block) { return find_up(page, block, CD_TAG_TABLE, CD_TAG_TABLE); }

static uint32_t row_of(const cd_page *page, const cd_block *block) { return find_up(page, block, CD_TAG_TR, CD_TAG_TABLE); }

bool cd_table_has_row(const cd_page *page, const cd_block *block) { return row_of(page, block) != CD_NO_ELEMENT; }

/* Whether the table holds more than words around the block. */
static bool is_rich(const cd_page *page, const cd_block *block, uint32_t table)
{
    const uint64_t rich = CD_TAG_BIT(CD_TAG_LI) | CD_TAG_BIT(CD_TAG_BLOCKQUOTE) | CD_TAG_BIT(CD_TAG_PRE) | CD_TAG_BIT(CD_TAG_TABLE);
    for (uint32_t at = block->markup->element; at != table; at = page->elements[at].parent)
        if (at == CD_NO_ELEMENT || CD_TAG_BIT(page->elements[at].tag) & rich) return true;
    return block->markup->heading > 0;
}

static bool has_short_cells(const cd_block *block)
{
    const cd_outline *o = block->markup->outline;
    if (!o || !o->ncells) return false;
    for (size_t i = 0; i < o->ncells; i++) {
        size_t to = i + 1 < o->ncells ? o->cells[i + 1].from : block->text.len;
        if (o->cells[i].column >= CD_LIMIT_TABLE_COLUMNS || to > o->cells[i].from + CELL_BYTES) return false;
        if (i && o->cells[i].column < o->cells[i - 1].column) return false;
    }
    return true;
}

static bool has_words(const cd_block *block, size_t cell)
{
    const cd_outline *o = block->markup->outline;
    size_t            to = cell + 1 < o->ncells ? o->cells[cell + 1].from : block->text.len;
    return to > o->cells[cell].from && !cd_span_is_blank(cd_span_sub(block->text, o->cells[cell].from, to));
}

bool cd_table_is_plain(const cd_page *page, uint32_t table, uint64_t headline)
{
    const cd_element *e = &page->elements[table];
    uint32_t          row = CD_NO_ELEMENT, column = 0;
    size_t            rows = 0, columns = 0;
    for (size_t i = e->from; i < e->to && i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        if (i < page->body_from || i >= page->body_to || !cd_body_has(b, headline)) continue;
        if (is_rich(page, b, table)) return false;
        uint32_t here = row_of(page, b);
        if (here == CD_NO_ELEMENT && rows == 0) continue; /* its caption */
        if (here == CD_NO_ELEMENT || !has_short_cells(b)) return false;
        const cd_outline *o = b->markup->outline;
        if (here == row && o->cells[0].column < column) return false;
        rows += here != row;
        row = here;
        column = o->cells[o->ncells - 1].column;
        for (size_t c = 0; c < o->ncells; c++)
            if (o->cells[c].column >= columns && has_words(b, c)) columns = o->cells[c].column + 1;
    }
    return rows >= 2 && columns >= 2;
}

/* ---- writing ----------------------------------------------------------------------------------------------------------- */

/* Where the writing of a table is. */
typedef struct rows {
    const cd_page *page;
    const cd_nest *nest;
    cd_buf        *out;
    size_t         columns;
    size_t         column; /* cells of this row that were begun */
    size_t         written; /* rows */
} rows;

/* Ends the row with the cells that it has not. */
static cd_status end_row(rows *r)
{
    if (r->column == 0) return CD_OK;
    for (; r->column < r->columns; r->column++) CD_TRY(cd_buf_add(r->out, CD_SPAN(" | ")));
    r->column = 0;
    return cd_buf_add(r->out, CD_SPAN(" |"));
}

static cd_status begin_row(rows *r)
{
    CD_TRY(end_row(r));
    return r->written++ ? cd_nest_next_line(r->out, r->nest) : CD_OK;
}

static cd_status put_block(rows *r, const cd_line *line)
{
    for (size_t i = 0; i < line->ncells; i++) {
        size_t from, to, column = line->cells[i].column;
        cd_line_cell(line, i, &from, &to);
        if (from == to) continue;
        if (column < r->column) CD_TRY(cd_buf_add(r->out, CD_SPAN("<br>"))); /* one more line of the same cell */
        for (; r->column <= column; r->column++) CD_TRY(cd_buf_add(r->out, r->column ? CD_SPAN(" | ") : CD_SPAN("| ")));
        CD_TRY(cd_line_put(r->page, line, from, to, CD_IN_TABLE, r->out));
    }
    return CD_OK;
}

/* The empty head, if `all`, and the line below a head. */
static cd_status put_rule(rows *r, bool all)
{
    if (all) {
        CD_TRY(begin_row(r));
        CD_TRY(cd_buf_char(r->out, '|'));
        for (size_t i = 0; i < r->columns; i++) CD_TRY(cd_buf_add(r->out, CD_SPAN("  |")));
    }
    CD_TRY(begin_row(r));
    CD_TRY(cd_buf_char(r->out, '|'));
    for (size_t i = 0; i < r->columns; i++) CD_TRY(cd_buf_add(r->out, CD_SPAN(" --- |")));
    return CD_OK;
}

/* Whether all cells of the first row are heads; in *columns, how many columns there are. */
static bool look(const cd_page *page, size_t from, size_t to, uint64_t headline, size_t *columns)
{
    uint32_t first = CD_NO_ELEMENT;
    bool     heads = true;
    for (size_t i = from; i < to; i++) {
        const cd_block *b = &page->blocks[i];
        if (!cd_body_has(b, headline)) continue;
        const cd_outline *o = b->markup->outline;
        if (first == CD_NO_ELEMENT) first = row_of(page, b);
        for (size_t c = 0; c < o->ncells; c++) {
            heads = heads && (row_of(page, b) != first || o->cells[c].head || !has_words(b, c));
            if (o->cells[c].column >= *columns && has_words(b, c)) *columns = o->cells[c].column + 1;
        }
    }
    return heads;
}

cd_status cd_table_put(const cd_page *page, size_t from, size_t to, uint64_t headline, const cd_nest *nest, cd_buf *out)
{
    rows     r = {.page = page, .nest = nest, .out = out};
    bool     heads = look(page, from, to, headline, &r.columns), ruled = false;
    uint32_t row = CD_NO_ELEMENT;
    if (!heads) CD_TRY(put_rule(&r, true));
    ruled = !heads;
    for (size_t i = from; i < to; i++) {
        const cd_block *b = &page->blocks[i];
        if (!cd_body_has(b, headline)) continue;
        cd_line  line;
        uint32_t here = row_of(page, b);
        CD_TRY(cd_line_read(page, b, &line));
        if (line.text.len == 0) continue;
        if (here != row && row != CD_NO_ELEMENT && !ruled) {
            CD_TRY(put_rule(&r, false));
            ruled = true;
        }
        if (here != row) CD_TRY(begin_row(&r));
        row = here;
        CD_TRY(put_block(&r, &line));
    }
    CD_TRY(end_row(&r));
    return ruled ? CD_OK : put_rule(&r, false);
}
