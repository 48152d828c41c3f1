/* scan.h -- one pass over a text finds the needles of all rules. */
#ifndef CD_RULES_SCAN_H
#define CD_RULES_SCAN_H

#include "rules/needle.h"

typedef struct cd_scan cd_scan;

/* What the scan is told of a rule: needles, the bit that they set, and the number of words of texts that it is for. */
typedef struct cd_scan_rule {
    cd_needle_list needles;
    uint32_t   bit;
    uint32_t   words_min, words_max;
} cd_scan_rule;

/* Builds the tables for `n` sets of needles; the needles may go afterwards. */
CD_MUST_USE cd_status cd_scan_new(const cd_scan_rule *rules, size_t n, cd_scan **scan);
void                  cd_scan_free(cd_scan *scan); /* NULL is fine */

enum { CD_SCAN_ROOM = 16 };

/* A look at a text. */
typedef struct cd_scan_text {
    cd_span  text;
    size_t   words;  /* rules for texts of other numbers of words need not be found */
    bool     begins; /* the text is a block's front, where `front` needles count */
    uint8_t *scratch; /* text.len + CD_SCAN_ROOM bytes */
} cd_scan_text;

/* Sets the bit of every set that has a needle in the text. */
void cd_scan_run(const cd_scan *scan, const cd_scan_text *text, uint64_t *found);

#endif
