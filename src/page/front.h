/* front.h -- inside page/: what a program wrote about a page in front of its text. */
#ifndef CD_PAGE_FRONT_H
#define CD_PAGE_FRONT_H

#include "page/page.h"
#include "page/wrap.h"

/* Adds what the first lines of a text page state of it to its statements, and sets *behind to the first line that is the page's own: 0
 * where nothing is stated so. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_front_read(cd_page *page, const cd_text_line *lines, size_t n, size_t *behind, cd_error *err);

#endif
