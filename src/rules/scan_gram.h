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

/* A needle while the list is made. */
typedef struct cd_scan_draft {
    cd_scan_entry entry;
    uint32_t hash;   /* of its gram */
    uint8_t  gram;   /* its length, or SIGN_GRAM */
    uint8_t  probe;  /* the lower bits of a letter behind the gram, before it, or its last, and PROBE_BEHIND, _BEFORE, or _LAST; or 0 */
    uint8_t  places; /* where it counts: bits of cd_scan_place() */
} cd_scan_draft;

/* Sets gram, behind, hash and probe of a needle's draft, which has its letters, len and edges, and gives the window of the kinds
 * up to where the gram ends. `g`: the bits among which most of the text is read that the needle is for. The needle is counted in costs->load. */
uint64_t cd_scan_choose(const cd_scan *scan, const cd_grams *g, const cd_gram_costs *costs, const cd_needle *needle, cd_scan_draft *d);

#endif
