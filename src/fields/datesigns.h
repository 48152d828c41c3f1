/* datesigns.h -- inside fields/: what the words and the place around a date say of it. */
#ifndef CD_FIELDS_DATESIGNS_H
#define CD_FIELDS_DATESIGNS_H

#include "fields/datescan.h"
#include "fields/internal.h"

/* Blocks around the headline that are its own whatever list they seem to be of. */
enum { CD_DATE_NEAR = 6 };

/* CD_ROLE_DATE or CD_ROLE_MODIFIED, where a label in front of the date at `from`, behind it, or on the line above block i, says which; else
 * CD_ROLE_NONE. */
cd_role cd_date_label(const cd_block *block, size_t from);
cd_role cd_date_label_behind(const cd_block *block, const cd_date *date);
cd_role cd_date_label_above(const cd_page *page, size_t i);

/* Whether the date fills most of its block. */
bool cd_date_is_alone(const cd_block *block, const cd_date *date);

bool cd_date_is_vague(const cd_date *date);

/* Whether a date at `from` is none of the story, whatever its place. */
bool cd_date_is_foreign(const cd_frame *frame, const cd_block *block, size_t from);

/* Whether block i may hold the story's date: by its class, at the front of an HTML page's story, or as lines around a story do. */
bool cd_date_in_element(const cd_frame *frame, size_t i);
bool cd_date_is_front(const cd_frame *frame, size_t i);
bool cd_date_may_stand(const cd_frame *frame, size_t i);
bool cd_date_opens_story(const cd_frame *frame, const cd_block *block, size_t i, const cd_date *date);
bool cd_date_on_top_line(const cd_frame *frame, const cd_block *block, size_t i, const cd_date *date);
bool cd_date_opens_with_label(const cd_frame *frame, const cd_block *block, size_t i);

/* Whether the block's first date is followed by that of the last change. */
bool cd_date_is_pair(const cd_frame *frame, const cd_block *block);

bool cd_date_names_weekday(const cd_frame *frame, const cd_block *block, const cd_date *date);

/* Whether the block is a note about the first publication; *date is that. */
bool cd_date_is_noted(const cd_frame *frame, const cd_block *block, cd_date *date);

#endif
