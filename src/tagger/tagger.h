/* tagger.h -- one role for each block. Reads base/ and page/page.h only. */
#ifndef CD_TAGGER_TAGGER_H
#define CD_TAGGER_TAGGER_H

#include "page/page.h"

/* Gives every block of a marked page its role and reason, and sets page->head, body_from and body_to. Never fails but for
 * memory. */
CD_MUST_USE cd_status cd_tagger_run(cd_page *page, cd_error *err);

#endif
