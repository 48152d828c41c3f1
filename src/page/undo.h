/* undo.h -- inside page/: what a program did to the whole of a plain text. */
#ifndef CD_PAGE_UNDO_H
#define CD_PAGE_UNDO_H

#include "base/utf8.h"
#include "page/page.h"

/* Makes page->text what it was before a program wrote it as a string of code, numbered its lines or quoted it, where the whole page shows
 * that; page->shape.marks says which. The text is a copy in the page's arena then. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_undo_all(cd_page *page, cd_error *err);

/* The code point of an escape, of which `text` is what follows the backslash: "u2019", "ud83d\udea2", "U0001f6a2", "xe9"; U+FFFD for half of a
 * pair. Gives its bytes, 0: it is none of these. */
size_t cd_undo_rune(cd_span text, cd_rune *rune);

#endif
