/* linkmarks.h -- inside page/: the numbers that a text browser sets in front of links. */
#ifndef CD_PAGE_LINKMARKS_H
#define CD_PAGE_LINKMARKS_H

#include "page/lines.h"

/* Takes "[12]" out of the lines where a text browser has numbered the page's links so, and the list of their addresses off its end: then *n
 * is less, and CD_MARKS_LINK_NUMBERS is set in page->shape.marks. What a line was filled to stays. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_linkmarks_take(cd_page *page, cd_text_line *lines, size_t *n, cd_error *err);

#endif
