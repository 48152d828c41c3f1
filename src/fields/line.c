/* line.c -- a block of the body -> a line of Markdown. In: a block, what rules cut out of it, its links and cells. Out: its words escaped,
 * links as [words](address). What is cut out of a link's words shortens the link; a link without words is none. */
#include "fields/line.h"

static bool has_cuts(const cd_block *b)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->rule->action == CD_ACTION_CUT) return true;
    return false;
}

/* Where a place of the block's text is in the line that has `len` bytes in front of a piece of it, which begins at `from`. */
static void move(size_t at, size_t from, size_t size, size_t len, size_t *out)
{
    if (at >= from) *out = len + (at > from + size ? size : at - from);
}

/* The pieces that rules have left, and where links and cells are in them. */
static cd_status join_pieces(const cd_page *page, const cd_block *b, cd_line *line)
{
    const cd_outline *o = b->markup ? b->markup->outline : NULL;
    cd_buf            text = {0};
    cd_left         pieces = {.block = b, .at = b->core};
    cd_status         st = CD_OK;
    for (cd_span piece; st == CD_OK && cd_left_next(&pieces, &piece);) {
        if (text.len == 0)
            while (piece.len && *piece.ptr == ' ') piece = cd_span_sub(piece, 1, piece.len);
        size_t from = (size_t)(piece.ptr - b->text.ptr);
        for (size_t i = 0; i < line->nlinks; i++) {
            move(o->links[i].from, from, piece.len, text.len, &line->links[i].from);
            move(o->links[i].to, from, piece.len, text.len, &line->links[i].to);
        }
        for (size_t i = 0; i < line->ncells; i++) move(o->cells[i].from, from, piece.len, text.len, &line->cells[i].from);
        st = cd_buf_add(&text, piece);
    }
    line->text = cd_arena_copy(page->arena, text.len ? cd_span_trim(cd_buf_span(&text)) : CD_SPAN(""));
    cd_buf_free(&text);
    return st == CD_OK && line->text.ptr ? CD_OK : CD_ENOMEM;
}

cd_status cd_line_read(const cd_page *page, const cd_block *b, cd_line *line)
{
    const cd_outline *o = b->markup ? b->markup->outline : NULL;
    bool              cuts = has_cuts(b);
    *line = (cd_line){.text = cd_span_trim(cd_span_sub(b->text, b->core, b->text.len))};
    if (o && o->raw.len && !cuts) line->raw = o->raw;
    if (o && o->nlinks) line->links = cd_arena_array(page->arena, o->nlinks, sizeof *line->links);
    if (o && o->ncells) line->cells = cd_arena_array(page->arena, o->ncells, sizeof *line->cells);
    if (o && ((o->nlinks && !line->links) || (o->ncells && !line->cells))) return CD_ENOMEM;
    line->nlinks = o ? o->nlinks : 0;
    line->ncells = o ? o->ncells : 0;
    if (line->nlinks) memcpy(line->links, o->links, line->nlinks * sizeof *line->links);
    if (line->ncells) memcpy(line->cells, o->cells, line->ncells * sizeof *line->cells);
    if (!cuts) return CD_OK;
    for (size_t i = 0; i < line->nlinks; i++) line->links[i].from = line->links[i].to = 0;
    for (size_t i = 0; i < line->ncells; i++) line->cells[i].from = 0;
    return join_pieces(page, b, line);
}

static cd_status put_link(const cd_page *page, const cd_line *line, const cd_link *link, size_t from, size_t to, unsigned where, cd_buf *out)
{
    cd_error err;
    cd_span  target;
    if (from == to || !cd_is_target(link->href)) return cd_escape_text(out, line->text, from, to, where);
    CD_TRY(cd_page_link(page, link->href, &target, &err));
    if (out->len && out->ptr[out->len - 1] == '!') { /* "![" would begin a picture */
        out->len--;
        CD_TRY(cd_buf_add(out, CD_SPAN("\\!")));
    }
    CD_TRY(cd_buf_char(out, '['));
    CD_TRY(cd_escape_text(out, line->text, from, to, where));
    CD_TRY(cd_buf_add(out, CD_SPAN("](")));
    CD_TRY(cd_escape_target(out, target));
    return cd_buf_char(out, ')');
}

cd_status cd_line_put(const cd_page *page, const cd_line *line, size_t from, size_t to, unsigned where, cd_buf *out)
{
    for (size_t i = 0; i < line->nlinks && from < to; i++) {
        const cd_link *link = &line->links[i];
        size_t         begin = link->from > from ? link->from : from, end = link->to < to ? link->to : to;
        if (begin >= end) continue;
        while (begin < end && line->text.ptr[begin] == ' ') begin++;
        while (end > begin && line->text.ptr[end - 1] == ' ') end--;
        CD_TRY(cd_escape_text(out, line->text, from, begin, where));
        CD_TRY(put_link(page, line, link, begin, end, where, out));
        from = end;
    }
    return from < to ? cd_escape_text(out, line->text, from, to, where) : CD_OK;
}

void cd_line_cell(const cd_line *line, size_t n, size_t *from, size_t *to)
{
    size_t len = line->text.len;
    *from = line->cells[n].from;
    *to = n + 1 < line->ncells ? line->cells[n + 1].from : len;
    if (n == 0) *from = 0; /* words in front of the first cell are read with it */
    if (*to > len) *to = len;
    while (*from < *to && line->text.ptr[*from] == ' ') ++*from;
    while (*from < *to && line->text.ptr[*to - 1] == ' ') --*to;
}
