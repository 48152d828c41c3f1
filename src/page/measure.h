/* measure.h -- what measure.c and language.c share: votes for a language. */
#ifndef CD_PAGE_MEASURE_H
#define CD_PAGE_MEASURE_H

#include "base/data.h"
#include "base/utf8.h"
#include "page/page.h"

/* Votes for languages. `weight`: twelfths of a vote; a word that n languages share gives each 12/n. */
typedef struct cd_votes {
    uint32_t weight[64], words[64];
    uint64_t words_seen;
    uint64_t han, kana, hangul, thai, hebrew, bengali, tamil, georgian, armenian; /* letters */
} cd_votes;

/* The languages in which the word of this cd_fold_hash() is a function word, one bit each (base/data.h); 0: none. */
uint64_t    cd_function_word(uint64_t hash);
void        cd_votes_add(cd_votes *votes, uint64_t languages);
void        cd_votes_letter(cd_votes *votes, cd_rune letter); /* counts only scripts that one language owns */
const char *cd_votes_result(const cd_votes *votes);            /* a literal, or NULL */

#endif
