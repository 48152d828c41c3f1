/* measure.h -- what measure.c and language.c share: votes for a language. */
#ifndef CD_PAGE_MEASURE_H
#define CD_PAGE_MEASURE_H

#include "base/data.h"
#include "base/utf8.h"
#include "page/page.h"

/* Letters of scripts that one language owns, or two; of Latin ones those of Turkish, and the one that Azerbaijani has beside them. */
enum { CD_TURKISH, CD_SCHWA, CD_HAN, CD_KANA, CD_HANGUL, CD_THAI, CD_HEBREW, CD_BENGALI, CD_TAMIL, CD_TELUGU, CD_GEORGIAN, CD_ARMENIAN, CD_SCRIPTS };
typedef struct cd_scripts {
    uint64_t letters[CD_SCRIPTS];
} cd_scripts;

/* Votes for languages. `weight`: twelfths of a vote; a word that n languages share gives each 12/n. */
typedef struct cd_votes {
    uint32_t   weight[64], words[64];
    uint64_t   words_seen;
    cd_scripts scripts;
} cd_votes;

/* The place in cd_function_words (base/data.h) of the word of this cd_fold_hash(); CD_WORD_SLOTS: it is no function word. */
size_t      cd_function_word(uint64_t hash);
void        cd_votes_add(cd_votes *votes, size_t word); /* a word's place there */
void        cd_scripts_add(cd_scripts *scripts, cd_rune letter); /* counts only scripts that one language owns */
const char *cd_votes_result(const cd_votes *votes);            /* a literal, or NULL */

#endif
