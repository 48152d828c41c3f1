/* memo.h -- short lines that came before, and the rules that matched them. */
#ifndef CD_RULES_MEMO_H
#define CD_RULES_MEMO_H

#include "rules/rule.h"

typedef struct cd_memo cd_memo;

enum { CD_MEMO_BYTES = 50 }; /* longer lines are not kept: they seldom come again */

/* What is known of a line. */
typedef struct cd_memo_line {
    const uint16_t *rules; /* indexes of the rules that matched it, in their order */
    size_t          n;
    size_t          tries; /* rules that were tried on it */
} cd_memo_line;

cd_memo *cd_memo_new(const cd_rules *rules); /* NULL: no memory */
void     cd_memo_free(cd_memo *memo);        /* NULL is fine */

/* Says which rules may be tried from now on: lines that were seen under others are not known. */
void cd_memo_begin(cd_memo *memo, const uint64_t *live);

/* Whether the text stood at such a place before; false for long texts. */
bool cd_memo_find(const cd_memo *memo, cd_span text, unsigned place, cd_memo_line *line);

/* Keeps the rules of the block's hits as all those of `tries` that matched its text, as rules see it, where these are few and it is short. */
void cd_memo_keep(cd_memo *memo, cd_span text, const cd_block *block, size_t tries);

#endif
