/* undo.h -- inside page/: what a program did to the whole of a plain text. */
#ifndef CD_PAGE_UNDO_H
#define CD_PAGE_UNDO_H

#include "page/page.h"

/* Makes page->text what it was before a program wrote it as a string of code, numbered its lines or quoted it, where the whole page shows
 * that; page->shape.marks says which. The text is a copy in the page's arena then. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_undo_all(cd_page *page, cd_error *err);

#endif
