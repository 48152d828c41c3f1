/* factor.h -- what is known of the parts of a pattern, and how the parts of a row and of alternatives add up. needle.c reads the
 * syntax and builds rows; factor.c does the sums. All sets live in the arena. */
#ifndef CD_RULES_FACTOR_H
#define CD_RULES_FACTOR_H

#include "rules/needle.h"

/* Where sets are made. no_memory is set once memory could not be had; the sums then mean nothing, but do no harm. */
typedef struct cd_factory {
    cd_arena *arena;
    bool      no_memory;
} cd_factory;

typedef struct cd_part {
    bool       exact;   /* texts: all that it matches; else one of them stands in each match, n 0: nothing known */
    bool       nonword; /* matches no letter and no digit: \W, blanks, [\W_] */
    bool       letterless; /* matches no letter: these, and digits */
    bool       anchor;  /* ^ and \A */
    bool       button;  /* matches the word of CD_EDGE_FRONT and signs behind it */
    cd_needles texts;
    cd_needles second; /* not exact: one of these stands in each match as well; n 0: nothing more is known */
} cd_part;

cd_part cd_part_rune(cd_factory *f, cd_rune rune);                     /* one letter */
cd_part cd_part_runes(cd_factory *f, const cd_rune *runes, size_t n);  /* one of them */
cd_part cd_part_empty(cd_factory *f);                                  /* takes no text */
cd_part cd_part_edge(cd_factory *f, unsigned edges, bool anchor);      /* the same where a word ends (CD_EDGE_RIGHT), or begins or ends (_LEFT), or the text has no more letters (_BACK) */
cd_part cd_part_either(cd_factory *f, const cd_part *a, const cd_part *b); /* a|b; both are used up */

/* Parts one behind the other. */
typedef struct cd_row {
    cd_needles run;     /* exact texts of the parts since the last break; run.front: since the block's first word */
    cd_needles best, second; /* the best sets so far of which every match holds one */
    cd_needles instead; /* texts of optional parts at the front: where one stands, run.front does not hold */
    bool       broken;  /* a part was not exact */
} cd_row;

/* front: the row begins at the block's front; edge: where a word begins or ends. */
cd_row  cd_row_begin(cd_factory *f, bool front, bool edge);
bool    cd_row_at_front(const cd_row *row); /* whether the next part begins at the block's front */
bool    cd_row_at_edge(const cd_row *row);  /* the same of an edge */
void    cd_row_add(cd_factory *f, cd_row *row, cd_part *part, size_t min, size_t max); /* part{min,max}; it is used up */
cd_part cd_row_end(cd_factory *f, cd_row *row);

/* How good a set is; 0: it says nothing. */
unsigned cd_needles_score(const cd_needles *set);

#endif
