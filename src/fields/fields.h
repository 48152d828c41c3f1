/* fields.h -- chooses the record's values among what rules and tagger found. Reads base/ and page/page.h only. */
#ifndef CD_FIELDS_FIELDS_H
#define CD_FIELDS_FIELDS_H

#include "page/page.h"

/* Fills page->fields, state and reason of a tagged page; gives the blocks that it took a value from that field's role. */
CD_MUST_USE cd_status cd_fields_fill(cd_page *page, cd_error *err);

/* An instant as precise as it is stated. A field that is not stated is -1. */
typedef struct cd_instant {
    int  year, month, day, hour, minute, second;
    int  offset; /* minutes east of UTC, if has_offset */
    bool has_offset;
} cd_instant;

/* Reads ISO 8601 ("2025", "2025-04", "2025-04-11", "2025-04-11T16:40", "...:05+05:00", "...Z"); false when it is not that. */
bool cd_instant_read(cd_span text, cd_instant *out);

#endif
