/* origin.h -- inside output/: where a block stands in its input. Text has lines; markup has elements. */
#ifndef CD_OUTPUT_ORIGIN_H
#define CD_OUTPUT_ORIGIN_H

#include "page/page.h"

/* Short, for a column of eleven: "18" or "18-20", lines from 1. */
enum { CD_ORIGIN_BYTES = 32 };
void cd_origin_write(const cd_page *page, const cd_block *block, char out[CD_ORIGIN_BYTES]);

/* What to say in front of it: "line " or, where it is the name of an element, "". */
const char *cd_origin_word(const cd_block *block);

/* Whether the block has lines. Where it has none, its whole path is added to `path`; else nothing is. CD_ENOMEM is the only failure. */
bool                  cd_origin_has_lines(const cd_block *block);
CD_MUST_USE cd_status cd_origin_path(const cd_page *page, const cd_block *block, cd_buf *path);

#endif
