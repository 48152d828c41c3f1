/* scan_gram.h -- inside rules/: the letters by which a needle is known; scan_make.c asks for them. */
#ifndef CD_RULES_SCAN_GRAM_H
#define CD_RULES_SCAN_GRAM_H

#include "base/data.h"
#include "rules/scan_tables.h"

/* What grams cost. */
typedef struct cd_gram_costs {
    const cd_data_file *counted; /* data/tables/grams.tsv */
    uint8_t            *load;    /* 1 << LOAD_BITS numbers of needles by the upper bits of their hash */
} cd_gram_costs;

/* Sets gram, behind, hash and probe of the entry of a needle, which has its letters, len and edges, and gives the window of the kinds
 * up to where the gram ends. `g`: the bits among which most of the text is read that the needle is for. The needle is counted in costs->load. */
uint64_t cd_scan_choose(const cd_scan *scan, const cd_grams *g, const cd_gram_costs *costs, const cd_needle *needle, cd_scan_entry *e);

#endif
