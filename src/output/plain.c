/* plain.c -- the page as plain text. In: a page with blocks. Out: each block on one line, a blank line where the page leaves room, a
 * bullet before each list item: what the text path reads as the same blocks. Nothing is left out. */
#include "output/output.h"

static cd_status put_block(cd_buf *out, const cd_block *b)
{
    if (b->blank && out->len) CD_TRY(cd_buf_char(out, '\n'));
    if (b->kind == CD_KIND_ITEM && b->markup) CD_TRY(cd_buf_add(out, CD_SPAN("\xE2\x80\xA2 ")));
    CD_TRY(cd_buf_add(out, b->text));
    return cd_buf_char(out, '\n');
}

cd_status cd_output_plain(const cd_page *page, cd_buf *out, cd_error *err)
{
    cd_status st = CD_OK;
    for (size_t i = 0; i < page->nblocks && st == CD_OK; i++) st = put_block(out, &page->blocks[i]);
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}
