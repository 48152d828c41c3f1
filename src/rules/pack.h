/* pack.h -- what is made of rules when it is first needed, under the lock of the list: the scan for the rules of a language, and
 * the code of a pattern. */
#ifndef CD_RULES_PACK_H
#define CD_RULES_PACK_H

#include "rules/rule.h"
#include "rules/scan.h"

/* The rules for pages of one language. */
typedef struct cd_pack {
    struct cd_pack *next;
    cd_span         language; /* empty: the rules without a language, which are for all pages */
    const cd_scan  *scan; /* NULL: there are no such rules */
    const uint64_t *speaks; /* a bit a rule: is one of them */
    const uint64_t *always; /* a bit a rule: has no needles, so that it is tried wherever its gate is open */
    const uint64_t *single; /* a bit a rule: has no second needles */
    cd_scan        *made; /* the scan, if it is not compiled in */
} cd_pack;

/* Finds the pack of a language as a tag names it (of "pt-BR" that of pt). It lives as long as the rules. CD_ENOMEM is the only
 * failure. */
CD_MUST_USE cd_status cd_pack_find(const cd_rules *rules, cd_span language, const cd_pack **pack, cd_error *err);
void                  cd_packs_free(cd_rules *rules);

/* Whether a rule is for pages of that language. */
bool cd_pack_speaks(const cd_rule *rule, cd_span language);

/* Sees to it that the rule can be run. CD_ERULES: its pattern is wrong. May be called by many threads. */
CD_MUST_USE cd_status cd_pattern_need(const cd_rules *rules, cd_rule *rule, cd_error *err);

#endif
