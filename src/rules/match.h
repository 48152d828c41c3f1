/* match.h -- what one thread needs to match, and the one call that runs a pattern. */
#ifndef CD_RULES_MATCH_H
#define CD_RULES_MATCH_H

#include "rules/memo.h"
#include "rules/pack.h"

/* What is known of a rule on the page at hand. */
typedef struct cd_rule_state {
    uint64_t dropped; /* prose of the blocks that it drops */
    uint32_t strikes; /* matches that passed a limit */
    bool     held;    /* held back: its drops do not count */
} cd_rule_state;

struct cd_matcher {
    cd_arena            *arena; /* owns the lists below */
    pcre2_match_data    *data;
    pcre2_match_context *context;
    pcre2_match_context *brief; /* with the limits of a first try; NULL in a matcher for rules without JIT */
    pcre2_jit_stack     *stack;
    size_t               pairs; /* groups that the last match may have set, with the match itself */
    const cd_pack       *packs[2]; /* for the page's language: the general one, its own */
    uint64_t            *live;  /* a bit a rule: may be tried on this page */
    uint64_t            *maybe; /* a bit a rule: its needles stand in the block at hand; then a bit a rule for its second needles
                                   while they are looked for; unset between blocks */
    uint8_t             *scratch; /* room for the longest subject, for the scan */
    cd_memo             *memo;
    cd_rule_state       *state;  /* by rule index */
};

/* A look at a part of a block: the match begins at `from` or later and sees `text`. */
typedef struct cd_subject {
    cd_span  text;
    size_t   from;
    uint32_t options; /* of PCRE2 */
} cd_subject;

/* Gives the one or two subjects that rules look at in a block's text: both begin at its first byte, so that offsets hold for the
 * block. CD_LIMIT_RULE_BLOCK_BYTES says how much of a long one they are. */
size_t cd_subjects(cd_span text, cd_subject subjects[2]);

/* Makes ready for texts in a language (empty: not known). CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_match_begin(cd_matcher *matcher, const cd_rules *rules, cd_span language, cd_error *err);

/* Sets the bits in matcher->maybe of all rules for blocks of `words` words of which a needle and a second needle, as far as they
 * have any, stand in the subjects. */
void cd_match_maybe(cd_matcher *matcher, const cd_rules *rules, const cd_subject *subjects, size_t n, size_t words);

typedef enum cd_outcome { CD_MATCH_NONE, CD_MATCH_FOUND, CD_MATCH_LIMIT } cd_outcome;

/* Runs the rule's pattern, which cd_pattern_need has made ready, on one subject. */
cd_outcome cd_match(cd_matcher *matcher, const cd_rule *rule, const cd_subject *subject);

/* Sees to it that a rule of `list` can be run, and that the matcher, which may be for another list, has room for its groups. */
CD_MUST_USE cd_status cd_match_need(cd_matcher *matcher, const cd_rules *list, cd_rule *rule, cd_error *err);

/* trace.c: how far into the text a pattern fits that does not match it. */
size_t cd_trace_match(const cd_rule *rule, cd_span text);

/* Where a group of the last match that was found stands; 0 is the match itself. False: the group took no part. */
bool cd_match_group(const cd_matcher *matcher, size_t group, size_t *from, size_t *to);

#endif
