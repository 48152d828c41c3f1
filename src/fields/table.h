/* table.h -- inside fields/: a table of the story as rows between bars. */
#ifndef CD_FIELDS_TABLE_H
#define CD_FIELDS_TABLE_H

#include "fields/line.h"
#include "fields/nest.h"

/* The innermost table around a block, or CD_NO_ELEMENT. */
uint32_t cd_table_of(const cd_page *page, const cd_block *block);

/* Whether its blocks make a table that Markdown can write: two rows or more, two columns or more, short cells that hold nothing but words. A
 * table that only lays the page out is none. `headline` is as for cd_body_has(). */
bool cd_table_is_plain(const cd_page *page, uint32_t table, uint64_t headline);

/* Whether the block stands in a row; else it is the table's caption. */
bool cd_table_has_row(const cd_page *page, const cd_block *block);

/* Adds the rows of blocks [from, to) of one plain table; the first line's beginning has been written. */
CD_MUST_USE cd_status cd_table_put(const cd_page *page, size_t from, size_t to, uint64_t headline, const cd_nest *nest, cd_buf *out);

#endif
