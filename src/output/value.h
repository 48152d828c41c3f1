/* value.h -- a finished page's values by the record's keys, for programs that ask for them one by one. */
#ifndef CD_OUTPUT_VALUE_H
#define CD_OUTPUT_VALUE_H

#include "page/page.h"

/* Counts by family, into zeros, what is left out of the record: blocks, and what cutting rules strike out of those that stay. */
void cd_output_count_removed(const cd_page *page, size_t counts[CD_ROLE_COUNT]);

/* Copies all texts of a page, NUL-ended, into its arena: values[key] is a list of cd_output_count() of them. */
CD_MUST_USE cd_status cd_output_copy_values(const cd_page *page, cd_value *values[CD_KEY_COUNT], cd_error *err);

/* How many texts the page has under a key: 0 or 1 but for lists. */
size_t cd_output_count(const cd_page *page, cd_key key);

/* One of them as it is in the record; ptr NULL where there is none, as of a picture without credit. */
cd_span cd_output_value(const cd_page *page, cd_key key, size_t index);

/* The same where it was printed, which is how the block that it comes from is found: the words of a date, for one. */
cd_span cd_output_printed(const cd_page *page, cd_key key, size_t index);

/* WORDS, CONFIDENCE in hundredths (-1: none), blocks of the family REMOVED `index`. */
long long cd_output_number(const cd_page *page, cd_key key, size_t index);

/* The statement of the page that a text of this key was taken from, or NULL: it is from the text, or was given with the input. */
const cd_meta *cd_output_stated(const cd_page *page, cd_key key, cd_span text);

/* What decided about a value; false where that is not known. */
bool cd_output_why(const cd_page *page, cd_key key, size_t index, cd_why *why);

#endif
