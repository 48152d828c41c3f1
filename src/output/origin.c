/* origin.c -- where a block stands in its input. In: a block. Out: its lines, or in HTML its element, a hidden one with "~" behind
 * it, and the path to it. */
#include "output/origin.h"

#include <stdio.h>

void cd_origin_write(const cd_page *page, const cd_block *b, char out[CD_ORIGIN_BYTES])
{
    const cd_element *e = b->markup && b->markup->element != CD_NO_ELEMENT ? &page->elements[b->markup->element] : NULL;
    const cd_span     name = e ? e->name : CD_SPAN("");
    if (b->markup) (void)snprintf(out, CD_ORIGIN_BYTES, "%.*s%s", name.len < 10 ? (int)name.len : 10, name.ptr, b->markup->hidden ? "~" : "");
    else if (b->line_to > b->line) (void)snprintf(out, CD_ORIGIN_BYTES, "%lu-%lu", (unsigned long)b->line, (unsigned long)b->line_to);
    else (void)snprintf(out, CD_ORIGIN_BYTES, "%lu", (unsigned long)b->line);
}

cd_status cd_origin_path(const cd_page *page, const cd_block *b, cd_buf *path)
{
    if (!b->markup || b->markup->element == CD_NO_ELEMENT) return cd_buf_char(path, '/');
    return cd_element_path(page, b->markup->element, path);
}

cd_status cd_origin_name(const cd_page *page, const cd_block *b, cd_buf *name)
{
    char origin[CD_ORIGIN_BYTES];
    if (!cd_origin_has_lines(b)) return cd_origin_path(page, b, name);
    cd_origin_write(page, b, origin);
    return cd_buf_format(name, "line %s", origin);
}
