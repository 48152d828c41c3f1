/* scan_gram.h -- inside rules/: the letters by which a needle is known; scan_make.c asks for them. */
#ifndef CD_RULES_SCAN_GRAM_H
#define CD_RULES_SCAN_GRAM_H

#include "rules/scan_tables.h"

/* Sets gram, behind, hash and probe of the entry of a needle, which has its letters, len and edges, and gives the window of the gram's
 * kinds, 0 for a sign. `g`: the bits among which most of the text is read that the needle is for; `load` has 1 << LOAD_BITS numbers
 * of needles by the upper bits of their hash, in which this one is counted. */
uint64_t cd_scan_choose(const cd_scan *scan, const cd_grams *g, uint8_t *load, const cd_needle *needle, cd_scan_entry *e);

#endif
