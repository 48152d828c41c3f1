/* item.c -- one page's bytes, or why there are none. */
#include "input/item.h"

#include "base/limits.h"

#include <stdio.h>

/* Bytes of a buffer that is kept for the next item. */
static const size_t KEPT_BYTES = (size_t)1024 * 1024;

cd_status cd_item_begin(cd_item *item, const char *name)
{
    cd_buf *const buffers[] = {&item->name, &item->bytes, &item->url, &item->encoding, &item->now, &item->id, &item->kept, &item->label};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) cd_buf_clear(buffers[i], KEPT_BYTES);
    item->record = -1;
    item->reason = NULL;
    item->member = NULL;
    item->failure[0] = '\0';
    item->format = CD_FORMAT_AUTO;
    return cd_buf_add(&item->name, cd_span_of(name));
}

cd_status cd_item_without(cd_item *item, const char *reason, const char *why)
{
    cd_buf_clear(&item->bytes, KEPT_BYTES);
    item->reason = reason;
    (void)snprintf(item->failure, sizeof item->failure, "%s", why);
    return CD_OK;
}

cd_status cd_item_too_large(cd_item *item, long long size)
{
    char   why[160];
    size_t limit = CD_LIMIT_PAGE_BYTES;
    if (size < 0) (void)snprintf(why, sizeof why, "more bytes than the limit CD_LIMIT_PAGE_BYTES, %zu", limit);
    else (void)snprintf(why, sizeof why, "%lld bytes are over the limit CD_LIMIT_PAGE_BYTES, %zu", size, limit);
    return cd_item_without(item, "too_large", why);
}

void cd_item_free(cd_item *item)
{
    cd_buf *const buffers[] = {&item->name, &item->bytes, &item->url, &item->encoding, &item->now, &item->id, &item->kept, &item->label};
    for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++) cd_buf_free(buffers[i]);
}
