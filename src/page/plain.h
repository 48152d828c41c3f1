/* plain.h -- inside page/: a value out of a tag or a script -> plain words. */
#ifndef CD_PAGE_PLAIN_H
#define CD_PAGE_PLAIN_H

#include "page/page.h"

/* A copy of `text` in the page's arena without mark-up and character references, in NFC, with single blanks and none at its ends;
 * *out is empty (ptr not NULL) where nothing is left. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_plain_words(cd_page *page, cd_span text, cd_span *out, cd_error *err);

/* The same without looking for mark-up: character references only, once, blanks as they are. For addresses and for JSON whose every
 * quotation mark is written as a reference. */
CD_MUST_USE cd_status cd_plain_references(cd_page *page, cd_span text, cd_span *out, cd_error *err);

/* Puts what they stand for in the place of character references in the text of a text page's block: a program that took the page apart
 * left them ("won&#39;t"). One between quotation marks stays, since the page speaks of it. *text becomes a copy in the page's arena where
 * something changes; it may be empty then. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_plain_block(cd_page *page, cd_span *text, cd_error *err);

#endif
