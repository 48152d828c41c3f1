/* wrap.h -- inside page/: at which column the lines of a plain-text page were hard-wrapped. */
#ifndef CD_PAGE_WRAP_H
#define CD_PAGE_WRAP_H

#include "page/lines.h"

/* Right edges that count as a hard wrap: narrower ones are poems and tables, wider ones are written by no program. */
enum { CD_EDGE_MIN = 38, CD_EDGE_MAX = CD_COLUMNS_MOST, CD_EDGE_SLACK = 16 };

/* The column that the lines were filled to, 0 where they were not wrapped. `pairs`: so many lines near it that are followed by another must
 * be there at least. Counts the first words that it looks at. */
size_t cd_wrap_column(cd_text_line *lines, size_t n, size_t pairs);

/* The same where the program took a wide letter of Chinese, Japanese or Korean for one column. On a page with such lines their columns are
 * counted so from then on. */
size_t cd_wrap_letters(cd_text_line *lines, size_t n, size_t pairs);

/* The same where blank lines were taken out, so that paragraphs of a line each may stand together. */
size_t cd_wrap_column_surely(cd_text_line *lines, size_t n);

/* Columns of the first word of a text. */
uint32_t cd_wrap_first_word(cd_span text);

/* Whether the first word of `next` would have fitted behind `l`: then the break between them was meant. Counts that word. */
bool cd_wrap_fits(const cd_text_line *l, cd_text_line *next, size_t edge);

/* Whether `next` goes on `l`, of the paragraph that begins with `head`, though its first word would have fitted: a no-break space, which
 * decode/ made a blank, held it to the second. */
bool cd_wrap_held(const cd_text_line *head, const cd_text_line *l, const cd_text_line *next, size_t edge);

#endif
