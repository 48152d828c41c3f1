/* place.c -- where a block stands in an HTML page. In: elements and measured blocks. Out: the share of the page's prose that each
 * element holds, and what the elements around a block say of it. Class words of wrappers are poison: a page whose <body> is called
 * "has-sidebar no-comments" is neither; so those that hold most of the prose are not asked. */
#include "page/page.h"

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

/* Elements are written from the innermost on and turned round in the end: there is no recursion on depth. */
cd_status cd_element_path(const cd_page *page, uint32_t element, cd_buf *path)
{
    size_t depth = 0;
    for (uint32_t e = element; e != CD_NO_ELEMENT; e = page->elements[e].parent) depth++;
    for (size_t level = depth; level > 0; level--) {
        uint32_t e = element;
        for (size_t up = 1; up < level; up++) e = page->elements[e].parent;
        const cd_element *at = &page->elements[e];
        CD_TRY(cd_buf_format(path, "/%.*s", (int)at->name.len, at->name.ptr));
        if (at->tag != CD_TAG_BODY && (at->nth > 1 || at->tag == CD_TAG_P || at->tag == CD_TAG_DIV || at->tag == CD_TAG_LI))
            CD_TRY(cd_buf_format(path, "[%u]", (unsigned)at->nth));
    }
    return CD_OK;
}
