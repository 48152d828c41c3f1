/* origin.c -- where a block stands in its input. In: a block. Out: its lines, and for input without lines its place by other means. */
#include "output/origin.h"

#include <stdio.h>

void cd_origin_write(const cd_page *page, const cd_block *b, char out[CD_ORIGIN_BYTES])
{
    if (!cd_origin_has_lines(b)) (void)snprintf(out, CD_ORIGIN_BYTES, "#%zu", (size_t)(b - page->blocks));
    else if (b->line_to > b->line) (void)snprintf(out, CD_ORIGIN_BYTES, "%lu-%lu", (unsigned long)b->line, (unsigned long)b->line_to);
    else (void)snprintf(out, CD_ORIGIN_BYTES, "%lu", (unsigned long)b->line);
}

cd_status cd_origin_path(const cd_page *page, const cd_block *b, cd_buf *path) { return cd_buf_format(path, "block %zu", (size_t)(b - page->blocks)); }

cd_status cd_origin_name(const cd_page *page, const cd_block *b, cd_buf *name)
{
    char origin[CD_ORIGIN_BYTES];
    if (!cd_origin_has_lines(b)) return cd_origin_path(page, b, name);
    cd_origin_write(page, b, origin);
    return cd_buf_format(name, "line %s", origin);
}
