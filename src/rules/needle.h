/* needle.h -- the literals that a pattern cannot match without. A text that matches holds at least one of a pattern's
 * needles, once both are folded by cd_needle_fold(), and one of its second needles if it has any; so PCRE2 need not see any
 * other text. */
#ifndef CD_RULES_NEEDLE_H
#define CD_RULES_NEEDLE_H

#include "base/arena.h"
#include "base/status.h"
#include "base/utf8.h"

/* Bytes and letters of one needle: longer ones find hardly less. */
enum { CD_NEEDLE_BYTES = 40, CD_NEEDLE_RUNES = 20 };

/* Where a needle must stand: at an edge of a word, so that no letter or digit of ASCII is next to it there; at the front of the
 * block, so that no word character stands before it but "button", which text browsers print in front of one; at its back, so that
 * no letter stands behind it. */
enum { CD_EDGE_LEFT = 1, CD_EDGE_RIGHT = 2, CD_EDGE_FRONT = 4, CD_EDGE_BACK = 16 };

typedef struct cd_needle {
    uint8_t  len, runes;
    uint8_t  edges;
    uint16_t bits;                  /* how rare it is: each letter makes it rarer */
    char     text[CD_NEEDLE_BYTES]; /* folded, UTF-8, whole code points */
} cd_needle;

/* n 0: nothing is known, the pattern must be tried on every text. front: all of them must stand at the front. */
typedef struct cd_needles {
    cd_needle *at;
    size_t     n;
    bool       front;
} cd_needles;

/* The same where it is only read. */
typedef struct cd_needle_list {
    const cd_needle *at;
    size_t           n;
} cd_needle_list;

/* Finds a pattern's needles, and second ones (n 0: none are worth it); they live in `arena`. A pattern with syntax that this
 * reader does not know has none. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_needles_find(cd_span pattern, cd_arena *arena, cd_needles *needles, cd_needles *second);

/* Joins all code points that PCRE2 may take for each other without case, all blanks, and all digits. One code point gives one. */
cd_rune cd_needle_fold(cd_rune rune);

/* The first code point from `rune` on that may fold to another one, so that not every code point needs to be asked; CD_RUNE_END
 * behind the last one. */
cd_rune cd_needle_next_folded(cd_rune rune);

/* How rare a folded code point is in news, in bits. */
uint16_t cd_needle_rarity(cd_rune rune);

#endif
