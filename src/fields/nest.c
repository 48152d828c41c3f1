/* nest.c -- what is around a block -> how its lines begin. In: the elements around it, or its bullet's indent. Out: "> ", "- ", "12. ", and
 * for further lines blanks of the same width; the blank line between two blocks, or none between the items of a list. What is nested deeper
 * than CD_LIMIT_STRUCTURE is written at that depth. */
#include "fields/nest.h"

/* ---- what is around ---------------------------------------------------------------------------------------------------- */

/* The list of an item: the nearest list around it. Items without one stand in what is around them. */
static uint32_t list_of(const cd_page *page, uint32_t item)
{
    uint32_t e = page->elements[item].parent;
    while (e != CD_NO_ELEMENT && !(CD_TAG_BIT(page->elements[e].tag) & (CD_TAG_BIT(CD_TAG_UL) | CD_TAG_BIT(CD_TAG_OL) | CD_TAG_BIT(CD_TAG_MENU))))
        e = page->elements[e].parent;
    return e == CD_NO_ELEMENT ? page->elements[item].parent : e;
}

void cd_nest_of_markup(const cd_page *page, const cd_block *block, size_t from, size_t to, cd_nest *nest)
{
    uint32_t found[CD_LIMIT_NESTING + 1];
    size_t   n = 0;
    for (uint32_t at = block->markup->element; at != CD_NO_ELEMENT && n < CD_LIMIT_NESTING; at = page->elements[at].parent) {
        const cd_element *e = &page->elements[at];
        if (e->tag != CD_TAG_LI && e->tag != CD_TAG_BLOCKQUOTE) continue;
        if (e->from > from || e->to < to) found[n++] = at;
    }
    nest->n = 0;
    while (n && nest->n < CD_LIMIT_STRUCTURE) {
        uint32_t at = found[--n], list = page->elements[at].tag == CD_TAG_LI ? list_of(page, at) : CD_NO_ELEMENT;
        bool     item = page->elements[at].tag == CD_TAG_LI, numbers = item && list != CD_NO_ELEMENT && page->elements[list].tag == CD_TAG_OL;
        nest->rings[nest->n++] = (cd_ring){.id = at, .list = list, .item = item, .number = numbers ? page->elements[at].nth : 0};
    }
}

void cd_nest_of_text(const cd_page *page, size_t block, cd_nest *nest, uint16_t indents[CD_LIMIT_STRUCTURE])
{
    const cd_block *b = &page->blocks[block];
    if (!b->core || !page->shape.bullets) {
        nest->n = 0;
        return;
    }
    while (nest->n && indents[nest->n - 1] > b->indent) nest->n--;
    bool deeper = nest->n == 0 || indents[nest->n - 1] + 1 < b->indent; /* by two columns: one is untidiness */
    if (deeper && nest->n < CD_LIMIT_STRUCTURE) {
        indents[nest->n] = b->indent;
        nest->rings[nest->n++].list = block;
    }
    nest->rings[nest->n - 1] = (cd_ring){.id = block, .list = nest->rings[nest->n - 1].list, .item = true};
}

bool cd_nest_is(const cd_nest *a, const cd_nest *b)
{
    for (size_t i = 0; i < a->n && a->n == b->n; i++)
        if (a->rings[i].id != b->rings[i].id) return false;
    return a->n == b->n;
}

/* ---- how lines begin --------------------------------------------------------------------------------------------------- */

static void choose_sign(const cd_ring *before, cd_ring *ring)
{
    char usual = ring->number ? '.' : '-', other = ring->number ? ')' : '*';
    bool alike = before && before->item && !before->number == !ring->number;
    ring->sign = !alike ? usual : before->list == ring->list ? before->sign : before->sign == usual ? other : usual;
}

static cd_status put_first(cd_buf *out, const cd_ring *ring)
{
    if (!ring->item) return cd_buf_add(out, CD_SPAN("> "));
    return ring->number ? cd_buf_format(out, "%u%c ", (unsigned)ring->number, ring->sign) : cd_buf_format(out, "%c ", ring->sign);
}

static cd_status put_further(cd_buf *out, const cd_nest *nest, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const cd_ring *ring = &nest->rings[i];
        int            width = 2;
        for (uint32_t x = ring->number; x; x /= 10) width += 1;
        CD_TRY(ring->item ? cd_buf_format(out, "%*s", width, "") : cd_buf_add(out, CD_SPAN("> ")));
    }
    return CD_OK;
}

/* Whether an item may stand right below the line before: it is the next of its list, or begins one inside an item. A list inside an item
 * that begins with another number than 1 would be read as words of that item. */
static bool is_tight(const cd_nest *before, const cd_nest *nest, size_t same)
{
    const cd_ring *ring = &nest->rings[same];
    if (nest->n != same + 1 || !ring->item) return false;
    if (before->n > same) return before->rings[same].item && before->rings[same].list == ring->list;
    return same > 0 && nest->rings[same - 1].item && ring->number <= 1;
}

cd_status cd_nest_begin(cd_buf *out, const cd_nest *before, cd_nest *nest, bool flow)
{
    size_t same = 0;
    for (; same < nest->n && same < before->n && nest->rings[same].id == before->rings[same].id; same++) nest->rings[same].sign = before->rings[same].sign;
    for (size_t i = same; i < nest->n; i++) choose_sign(i == same && i < before->n ? &before->rings[i] : NULL, &nest->rings[i]);
    if (out->len) {
        CD_TRY(cd_buf_char(out, '\n'));
        if (!flow || !is_tight(before, nest, same)) {
            CD_TRY(put_further(out, nest, same));
            while (out->ptr[out->len - 1] == ' ') out->len--;
            CD_TRY(cd_buf_char(out, '\n'));
        }
        CD_TRY(put_further(out, nest, same));
    }
    for (size_t i = out->len ? same : 0; i < nest->n; i++) CD_TRY(put_first(out, &nest->rings[i]));
    return CD_OK;
}

cd_status cd_nest_next_line(cd_buf *out, const cd_nest *nest)
{
    CD_TRY(cd_buf_char(out, '\n'));
    return put_further(out, nest, nest->n);
}
