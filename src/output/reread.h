/* reread.h -- records read back from their JSON, compared, and written again. */
#ifndef CD_OUTPUT_REREAD_H
#define CD_OUTPUT_REREAD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/status.h"

struct cJSON;

/* One key of a record. All spans live in the arena given to cd_reread(). */
typedef struct cd_reread_value {
    cd_span             key;
    cd_span             json;   /* the value, compact: two values are the same where these bytes are */
    cd_span             text;   /* of a string: its characters; ptr NULL for all else */
    cd_span            *items;  /* of a list: its elements, compact; of an object: its members, "name": value */
    size_t              nitems;
    bool                many;   /* a list or an object */
    const struct cJSON *node;
} cd_reread_value;

typedef struct cd_reread_record {
    cd_reread_value *at;
    size_t    n;
} cd_reread_record;

/* What a file of expected records holds: one object, or a list of them. */
typedef struct cd_rereads {
    cd_reread_record *at;
    size_t            n;
    bool              list;
    struct cJSON     *tree;
} cd_rereads;

/* Reads `json` into *records, which lives as long as `arena` and is freed with cd_rereads_free() in any case. CD_EINPUT: this is no
 * JSON, or no records, and `err` says in which line. */
CD_MUST_USE cd_status cd_reread(cd_span json, cd_arena *arena, cd_rereads *records, cd_error *err);
void                  cd_rereads_free(cd_rereads *records);

/* The value at `key`, or NULL. */
const cd_reread_value *cd_reread_find(const cd_reread_record *record, cd_span key);

/* Appends `old` in the layout of cd_output_json() with CD_PRETTY, but each key of which `taken` is true with its value in `new`; a key
 * that `new` has not goes, one that `old` has not comes in the place that it has in `new`. Both have as many records. */
CD_MUST_USE cd_status cd_reread_merge(const cd_rereads *old, const cd_rereads *new, bool (*taken)(const void *context, cd_span key),
                                      const void *context, cd_buf *out);

/* Appends `text` as a JSON string; bytes that are no UTF-8 as U+FFFD. */
CD_MUST_USE cd_status cd_json_quote(cd_span text, cd_buf *out);

/* Whether all of it is UTF-8. */
bool cd_text_is_utf8(cd_span text);

#endif
