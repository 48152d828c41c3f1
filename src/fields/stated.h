/* stated.h -- what a page states about itself (page.h: cd_meta), as the fields look at it. Nothing here does anything for plain text:
 * a page without tags states nothing. */
#ifndef CD_FIELDS_STATED_H
#define CD_FIELDS_STATED_H

#include "fields/internal.h"

/* A walk over the statements of one field, the surest first: in the order of `origins` (ended by CD_FROM_COUNT), then by rank, then as
 * they stand on the page. `after` is the one before, or NULL for the first; NULL: no more. */
const cd_meta *cd_stated_next(const cd_page *page, cd_meta_field field, const cd_meta_origin *origins, const cd_meta *after);

/* titles.c: a title without the site's name and what stands in front of it or behind it apart by a bar or a dash. `window`: it is the
 * <title>, in which sites put more of their own. */
cd_span cd_title_story(const cd_page *page, cd_span title, bool window);

/* Whether `text` is the name of the site: of its publisher, its "site name" or its host. */
bool cd_is_site_name(const cd_page *page, cd_span text);

/* Whether two texts have the same letters and digits in a row, whatever stands between them. */
bool cd_same_letters(cd_span a, cd_span b);

/* A title's words by their hashes; of a longer one the first ones. */
enum { CD_TITLE_WORDS = 96 };
typedef struct cd_title_words {
    uint64_t at[CD_TITLE_WORDS];
    size_t   n;
} cd_title_words;
cd_title_words cd_words_of_title(cd_span text);

/* Words that two texts share, in hundredths of all the words of both. */
unsigned cd_words_shared(const cd_title_words *a, const cd_title_words *b);

/* The host of the page's address without "www.", empty where there is none. */
cd_span cd_host_of(const cd_page *page);

/* datestated.c: reads the value of a statement ("2025-04-11 16:40:05 +0000", "20250411", "1744382400", words). */
bool cd_stated_instant(const cd_frame *frame, cd_span value, cd_instant *at);

/* datestated.c: date and change as stated, held against what date.c found in the text and has put into the page's fields. `labelled`:
 * the text's date stands behind a word such as "Published". */
CD_MUST_USE cd_status cd_field_date_stated(const cd_frame *frame, bool labelled, cd_error *err);

/* writers.c: the authors as stated, held against those of the byline, which byline.c has put into the page's fields. */
CD_MUST_USE cd_status cd_field_authors_stated(const cd_frame *frame, cd_error *err);

/* stated.c: source, section, tags, where the text has named none; language, free to read and picture. */
CD_MUST_USE cd_status cd_field_rest_stated(cd_page *page, cd_error *err);

/* tags.c: adds a tag, cleaned, where it is new; MOST of tags.c is the limit. */
CD_MUST_USE cd_status cd_tags_add(cd_page *page, cd_span tag, cd_error *err);

#endif
