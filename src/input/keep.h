/* keep.h -- inside input/: what a container says of a page, looked up by key and passed through to the record as JSON. */
#ifndef CD_INPUT_KEEP_H
#define CD_INPUT_KEEP_H

#include "input/input.h"

/* Finds what `key` is called in `from`: *value is its JSON as it stands there. false: it is not there. */
typedef bool (*cd_lookup)(const void *from, cd_span key, cd_buf *value, cd_status *st);

/* Fills item->id and item->kept as `options` ask, by `lookup` (NULL: it knows nothing) and item->member; a key that is not there is null. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_keep(cd_item *item, const cd_input_options *options, cd_lookup lookup, const void *from);

/* Appends `text` as a string of JSON. */
CD_MUST_USE cd_status cd_json_string(cd_buf *out, cd_span text);

#endif
