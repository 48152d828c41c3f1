/* jsonl.h -- inside input/: JSON Lines, a page a line. */
#ifndef CD_INPUT_JSONL_H
#define CD_INPUT_JSONL_H

#include "input/item.h"
#include "input/stream.h"

typedef struct cd_jsonl cd_jsonl;

/* Reads lines from `under`, which stays the caller's, as `options` ask; both must outlive it. */
CD_MUST_USE cd_status cd_jsonl_open(cd_stream *under, const cd_input_options *options, cd_jsonl **jsonl);
void                  cd_jsonl_close(cd_jsonl *j); /* NULL is fine */

/* Whether what lies before it is JSON Lines: the first line that is not blank is an object with the key of a text or an HTML page. Uses
 * nothing of `under`. */
CD_MUST_USE cd_status cd_jsonl_is(cd_jsonl *j, bool *is);

/* The page of the next line that is not blank, into `item`, which has begun; *line is its number, from 1. A line that is none gives an
 * item with reason "bad_line" or "too_large". CD_END: there are no more; a last line that is cut off by damage gives nothing. */
CD_MUST_USE cd_status cd_jsonl_next(cd_jsonl *j, cd_item *item, unsigned long long *line);

#endif
