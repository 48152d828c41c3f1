/* origin.h -- inside output/: where a block stands in its input. Text has lines; markup has elements. */
#ifndef CD_OUTPUT_ORIGIN_H
#define CD_OUTPUT_ORIGIN_H

#include "page/page.h"

/* Whether the block has lines. Where it has none, cd_origin_path() says where it stands. */
static inline bool cd_origin_has_lines(const cd_block *block) { return block->line > 0; }

/* Short, for a column of eleven: "18" or "18-20", lines from 1. */
enum { CD_ORIGIN_BYTES = 32 };
void cd_origin_write(const cd_page *page, const cd_block *block, char out[CD_ORIGIN_BYTES]);

/* The whole way to a block without lines, added to `path`. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_origin_path(const cd_page *page, const cd_block *block, cd_buf *path);

/* How one block is pointed at from another, added to `name`: "line 18" or its path. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_origin_name(const cd_page *page, const cd_block *block, cd_buf *name);

#endif
