/* diff.h -- how two readings of a page differ, key by key. */
#ifndef CD_OUTPUT_DIFF_H
#define CD_OUTPUT_DIFF_H

#include "output/reread.h"

/* One key that differs, or a whole record that only one side has. */
typedef struct cd_change {
    long long       record;    /* its number in a list of records; -1: there is only one */
    const cd_reread_value *old, *new; /* NULL: that side has no such key; both NULL: no such record */
    bool            comes;     /* both NULL: the record is new, else it is gone */
} cd_change;

typedef struct cd_changes {
    cd_change *at;
    size_t     n;
    bool       list; /* one side is a single record and the other a list */
} cd_changes;

/* Compares record by record and key by key, in the order of `new`, then what only `old` has. *changes lives in `arena`. CD_ENOMEM is
 * the only failure, here and below. */
CD_MUST_USE cd_status cd_changes_find(const cd_rereads *old, const cd_rereads *new, cd_arena *arena, cd_changes *changes);

/* The keys alone: "headline, body", or "record 3: headline; record 5 is new". */
CD_MUST_USE cd_status cd_changes_names(const cd_changes *changes, cd_buf *out);

/* Each key with what was expected (-) and what is (+), four columns in; texts of more than a few words with the words that differ,
 * [-gone-] and {+new+}, and some around them. flags: CD_COLOR. */
CD_MUST_USE cd_status cd_changes_text(const cd_changes *changes, unsigned flags, cd_buf *out);

/* The same as a JSON list: [{"record":null,"key":"headline","expected":"...","actual":"..."}]; a side that has no such key (or no such
 * record, where "key" is null) is left out. */
CD_MUST_USE cd_status cd_changes_json(const cd_changes *changes, cd_buf *out);

#endif
