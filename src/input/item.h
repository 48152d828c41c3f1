/* item.h -- inside input/: filling in an item. */
#ifndef CD_INPUT_ITEM_H
#define CD_INPUT_ITEM_H

#include "input/input.h"

/* Empties `item` for the next page, whose name is `name`. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_item_begin(cd_item *item, const char *name);

/* The item has no bytes, and this is why; gives CD_OK. An empty `why`: the page is empty for `reason`. */
cd_status cd_item_without(cd_item *item, const char *reason, const char *why);

/* The same for a page of `size` bytes (or, where `size` is negative, nobody knows how many) over the limit. */
cd_status cd_item_too_large(cd_item *item, long long size);

#endif
