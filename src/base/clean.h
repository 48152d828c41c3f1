/* clean.h -- UTF-8 of any quality -> the clean text that all rooms rely on. decode/ does it once for a page's bytes, page/ for what
 * character references stand for. */
#ifndef CD_BASE_CLEAN_H
#define CD_BASE_CLEAN_H

#include "base/arena.h"
#include "base/status.h"

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

/* Sets *text to the clean form of `bytes`, of which `look` tells, in the arena; adds to *replaced what became U+FFFD. Where nothing
 * has to change the text is `bytes` itself, not a copy. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_clean(cd_arena *arena, cd_span bytes, cd_look look, cd_span *text, size_t *replaced);

#endif
