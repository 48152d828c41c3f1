/* clean.h -- inside decode/: UTF-8 of any quality -> the clean text that all other rooms rely on. */
#ifndef CD_DECODE_CLEAN_H
#define CD_DECODE_CLEAN_H

#include "page/page.h"

/* What a quick look saw: how many bytes from the front may stay as they are, and whether NFC must look at them. */
typedef struct cd_look {
    size_t clean;
    bool   marks;
} cd_look;

cd_look cd_clean_look(cd_span bytes);

/* What UTF-8 (or what claims to be) consists of. A sequence that the end of the page cuts is neither good nor bad. */
typedef struct cd_census {
    size_t good;    /* sequences of two bytes and more */
    size_t bad;     /* maximal subparts that are no UTF-8 */
    size_t nul;
    size_t grown;   /* bytes by which replacements may make the text longer */
} cd_census;

cd_census cd_clean_census(cd_span bytes);

/* Sets page->text to the clean form of `bytes`, of which `look` tells; adds to page->replaced. Where nothing has to change the
 * text is `bytes` itself, not a copy. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_clean(cd_page *page, cd_span bytes, cd_look look, cd_error *err);

#endif
