/* outline.c -- where links, cells and raw lines stand in a block. In: offsets into the text as it is gathered. Out: the block's cd_outline,
 * whose offsets are into the block's text. The two texts differ only where a page has signs that no block keeps (soft hyphens, letters to be
 * composed): then the offsets are carried over piece by piece. */
#include "page/outline.h"

#include "base/clean.h"
#include "base/limits.h"

void cd_outliner_free(cd_outliner *o)
{
    cd_buf_free(&o->marks);
    cd_buf_free(&o->cells);
    cd_buf_free(&o->raw);
}

static cd_link *open_link(cd_outliner *o) { return o->open && o->marks.len ? (cd_link *)(void *)(o->marks.ptr + o->marks.len) - 1 : NULL; }

cd_status cd_outliner_link(cd_outliner *o, cd_page *page, cd_span href, size_t at)
{
    if (!o->on || !o->links) return CD_OK;
    cd_outliner_unlink(o, at);
    href = cd_span_trim(href);
    if (href.len == 0 || *href.ptr == '#') return CD_OK; /* to a place of the page that the record does not have */
    if (href.len > CD_LIMIT_LINK_BYTES) {
        if (!o->long_link) cd_page_warn(page, "a link of %zu bytes is over the limit CD_LIMIT_LINK_BYTES, %zu: such links are words alone", href.len, CD_LIMIT_LINK_BYTES);
        o->long_link = true;
        return CD_OK;
    }
    cd_link link = {.from = at, .to = SIZE_MAX, .href = cd_arena_copy(page->arena, href)};
    if (!link.href.ptr || cd_buf_add(&o->marks, (cd_span){(const char *)&link, sizeof link}) != CD_OK) return CD_ENOMEM;
    o->open = true;
    o->href = link.href;
    return CD_OK;
}

void cd_outliner_unlink(cd_outliner *o, size_t at)
{
    cd_link *link = open_link(o);
    if (link) link->to = at;
    o->open = false;
}

cd_status cd_outliner_cell(cd_outliner *o, cd_cell cell)
{
    return o->on ? cd_buf_add(&o->cells, (cd_span){(const char *)&cell, sizeof cell}) : CD_OK;
}

cd_status cd_outliner_raw(cd_outliner *o, cd_span text, bool feed)
{
    if (!o->on) return CD_OK;
    CD_TRY(cd_buf_add(&o->raw, text));
    return feed ? cd_buf_char(&o->raw, '\n') : CD_OK;
}

/* ---- offsets ----------------------------------------------------------------------------------------------------------- */

/* How far the walk along both texts is. */
typedef struct walk {
    cd_page *page;
    cd_span  gathered;
    cd_span  text;
    size_t   at, out; /* in the one, in the other */
    bool     same;    /* the texts are the same bytes */
    bool     blank;
} walk;

/* Where the byte `to` of the gathered text, which is not before the last one asked for, stands in the block's text. */
static cd_status carry(walk *w, size_t to, size_t *out)
{
    size_t none = 0;
    if (to > w->gathered.len) to = w->gathered.len;
    if (w->same) {
        *out = to < w->text.len ? to : w->text.len;
        return CD_OK;
    }
    cd_span piece = cd_span_sub(w->gathered, w->at, to > w->at ? to : w->at);
    CD_TRY(cd_clean(w->page->arena, piece, cd_clean_look(piece), &piece, &none));
    for (size_t i = 0; i < piece.len; i++) {
        bool blank = cd_is_blank(piece.ptr[i]);
        if (!blank || (!w->blank && w->out)) w->out++;
        w->blank = blank;
    }
    w->at = to > w->at ? to : w->at;
    if (w->out > w->text.len) w->out = w->text.len;
    *out = w->out;
    while (*out && *out < w->text.len && ((unsigned char)w->text.ptr[*out] & 0xC0) == 0x80) --*out;
    return CD_OK;
}

/* ---- blocks ------------------------------------------------------------------------------------------------------------ */

static size_t within(size_t at, size_t from, size_t to) { return at < from ? 0 : (at > to ? to : at) - from; }

/* The links that begin before `to` and were not taken yet. One that goes on behind the block is taken by the next one again. */
static cd_status take_links(cd_outliner *o, walk *w, size_t from, size_t to, cd_outline *out)
{
    size_t         n = 0, all = (o->marks.len - o->marks_used) / sizeof(cd_link);
    const cd_link *marks = (const cd_link *)(const void *)(o->marks.ptr + o->marks_used);
    if (all == 0) return CD_OK;
    cd_link *links = cd_arena_array(w->page->arena, all, sizeof *links);
    if (!links) return CD_ENOMEM;
    for (size_t i = 0; i < all && marks[i].from < to; i++) {
        cd_link *link = &links[n];
        link->href = marks[i].href;
        CD_TRY(carry(w, within(marks[i].from, from, to), &link->from));
        CD_TRY(carry(w, within(marks[i].to, from, to), &link->to));
        while (link->from < link->to && w->text.ptr[link->from] == ' ') link->from++;
        while (link->from < link->to && w->text.ptr[link->to - 1] == ' ') link->to--;
        n += link->from < link->to;
        if (marks[i].to <= to) o->marks_used += sizeof(cd_link);
    }
    out->links = links;
    out->nlinks = n;
    return CD_OK;
}

static cd_status take_cells(cd_outliner *o, walk *w, size_t from, size_t to, const cd_cell *around, cd_outline *out)
{
    size_t         n = 0, all = (o->cells.len - o->cells_used) / sizeof(cd_cell);
    const cd_cell *marks = (const cd_cell *)(const void *)(o->cells.ptr + o->cells_used);
    if (all == 0 && !around) return CD_OK;
    cd_cell *cells = cd_arena_array(w->page->arena, all + 1, sizeof *cells);
    if (!cells) return CD_ENOMEM;
    if (around && (all == 0 || marks[0].from > from)) cells[n++] = (cd_cell){0, around->column, around->head};
    for (size_t i = 0; i < all && marks[i].from < to; i++, n++) {
        cells[n] = marks[i];
        CD_TRY(carry(w, within(marks[i].from, from, to), &cells[n].from));
        o->cells_used += sizeof(cd_cell);
    }
    out->cells = cells;
    out->ncells = n;
    return CD_OK;
}

static cd_status take_raw(cd_outliner *o, cd_page *page, cd_span *raw)
{
    size_t  none = 0;
    cd_span line = cd_buf_span(&o->raw);
    if (line.len == 0) return CD_OK;
    CD_TRY(cd_clean(page->arena, line, cd_clean_look(line), &line, &none));
    *raw = cd_arena_copy(page->arena, line);
    o->raw.len = 0;
    return raw->ptr ? CD_OK : CD_ENOMEM;
}

cd_status cd_outliner_take(cd_outliner *o, cd_page *page, cd_span gathered, size_t from, size_t to, cd_span text, const cd_cell *around,
                           const cd_outline **outline)
{
    if (!o->on || (!o->marks.len && !o->cells.len && !o->raw.len && !o->apart && !around)) return CD_OK;
    cd_outline *out = cd_arena_take(page->arena, sizeof *out);
    if (!out) return CD_ENOMEM;
    out->apart = o->apart;
    o->apart = false;
    walk links = {.page = page, .gathered = cd_span_sub(gathered, from, to), .text = text}, cells;
    links.same = cd_span_is(links.gathered, text);
    cells = links;
    CD_TRY(take_links(o, &links, from, to, out));
    CD_TRY(take_cells(o, &cells, from, to, around, out));
    CD_TRY(take_raw(o, page, &out->raw));
    *outline = out;
    return CD_OK;
}

void cd_outliner_clear(cd_outliner *o, size_t gathered)
{
    if (!o->on) return;
    o->marks.len = o->cells.len = o->marks_used = o->cells_used = 0;
    if (gathered) o->raw.len = 0;
    if (!o->open) return;
    const cd_link link = {.from = 0, .to = SIZE_MAX, .href = o->href};
    memcpy(o->marks.ptr, &link, sizeof link); /* there is room: it was among those that were taken out */
    o->marks.len = sizeof link;
}
