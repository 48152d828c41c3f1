/* place.c -- where a block stands in an HTML page. In: elements and measured blocks. Out: the share of the page's prose that each
 * element holds, and what the elements around a block say of it. Class words of wrappers are poison: a page whose <body> is called
 * "has-sidebar no-comments" is neither; so those that hold most of the prose are not asked. */
#include "page/page.h"

#include "base/limits.h"

void cd_page_weigh_elements(cd_page *page)
{
    uint64_t all = page->shape.prose, sum = 0;
    size_t   block = 0;
    if (page->nelements == 0) return;
    uint64_t *before = cd_arena_array(page->arena, page->nblocks + 1, sizeof *before);
    for (; before && block < page->nblocks; block++) {
        before[block] = sum;
        sum += page->blocks[block].m.prose;
    }
    if (before) before[block] = sum;
    for (size_t i = 0; i < page->nelements; i++) {
        cd_element       *e = &page->elements[i];
        const cd_element *around = e->parent == CD_NO_ELEMENT ? NULL : &page->elements[e->parent];
        if (e->to > page->nblocks) e->to = (uint32_t)page->nblocks;
        e->prose = all && before ? (uint32_t)((before[e->to] - before[e->from]) * 1000 / all) : 0;
        bool wrapper = e->prose >= CD_WRAPPER_PROSE;
        e->around = (around ? around->around : 0) | (wrapper ? 0 : e->families);
        e->near_tags = (around ? around->near_tags : 0) | (wrapper ? 0 : CD_TAG_BIT(e->tag));
    }
}

static cd_status add_step(const cd_element *at, cd_buf *path)
{
    CD_TRY(cd_buf_format(path, "/%.*s", (int)at->name.len, at->name.ptr));
    if (at->tag == CD_TAG_BODY || (at->nth == 1 && at->tag != CD_TAG_P && at->tag != CD_TAG_DIV && at->tag != CD_TAG_LI)) return CD_OK;
    return cd_buf_format(path, "[%u]", (unsigned)at->nth);
}

/* Goes up from the element, once. Of a long way the ends are kept: the steps that are next to the block, and, in a ring, the last ones seen. */
cd_status cd_element_path(const cd_page *page, uint32_t element, cd_buf *path)
{
    enum { END = CD_LIMIT_PATH_STEPS / 2 };
    uint32_t low[END], top[END];
    size_t   n = 0;
    for (uint32_t e = element; e != CD_NO_ELEMENT; e = page->elements[e].parent, n++) {
        if (n < END) low[n] = e;
        else top[n % END] = e;
    }
    size_t above = n > END ? n - END : 0;
    for (size_t i = 0; i < above && i < END; i++) CD_TRY(add_step(&page->elements[top[(n - 1 - i) % END]], path));
    if (above > END) CD_TRY(cd_buf_add(path, CD_SPAN("/\u2026")));
    for (size_t i = n - above; i > 0; i--) CD_TRY(add_step(&page->elements[low[i - 1]], path));
    return CD_OK;
}
