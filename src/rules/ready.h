/* ready.h -- what the build has found out about the patterns of data/rules, so that no start of the program does it again. */
#ifndef CD_RULES_READY_H
#define CD_RULES_READY_H

#include "base/data.h"
#include "rules/pack.h"

typedef struct cd_ready {
    uint64_t       hash; /* cd_hash_bytes() of the pattern */
    uint32_t       file, from, len; /* where the pattern stands in cd_data_rules */
    cd_span        grouped; /* as cd_pattern_group() writes it */
    cd_needle_list needles, second; /* as cd_needles_find() finds them */
} cd_ready;

/* Made by src/embed/prepare.c; in order of their hashes. */
extern const cd_ready cd_ready_patterns[];
extern const size_t   cd_ready_count;

/* The pack for all languages, where the rules in force are just those of data/rules: that many (0: it is not there). */
extern const cd_pack cd_ready_pack;
extern const size_t  cd_ready_rules;

/* What is known of a pattern; NULL where it is none of data/rules. */
const cd_ready *cd_ready_find(cd_span pattern);

#endif
