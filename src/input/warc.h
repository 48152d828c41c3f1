/* warc.h -- inside input/: WARC files, a page a record. */
#ifndef CD_INPUT_WARC_H
#define CD_INPUT_WARC_H

#include "input/item.h"
#include "input/stream.h"

typedef struct cd_warc cd_warc;

/* Reads records from `under`, which stays the caller's; `options` and it must outlive the reader. */
CD_MUST_USE cd_status cd_warc_open(cd_stream *under, const cd_input_options *options, cd_warc **warc);
void                  cd_warc_close(cd_warc *w); /* NULL is fine */

/* The next record that is a page, into `item`, which has begun; *number counts the records of the file from 1, those passed over too. A
 * record that is a page and cannot be had is an item with its reason. CD_END: there are no more; *why is not NULL where the file breaks
 * off in a record or is none. */
CD_MUST_USE cd_status cd_warc_next(cd_warc *w, cd_item *item, unsigned long long *number, const char **why);

#endif
