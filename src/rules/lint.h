/* lint.h -- what may be wrong with a rule that is well formed. */
#ifndef CD_RULES_LINT_H
#define CD_RULES_LINT_H

#include "rules/match.h"
#include "rules/site.h"

/* An earlier rule of the same list that has decided already about every yes example of `rule`, or NULL. */
CD_MUST_USE cd_status cd_lint_shadow(const cd_rules *list, cd_matcher *matcher, cd_rule *rule, const cd_rule **shadow, cd_error *err);

/* Looks for a text on which the rule's pattern passes a match limit. False: none was found. Else `text` is it, and *at is the place in
 * the pattern of the repeat that is repeated, or 0. */
CD_MUST_USE cd_status cd_lint_backtracks(const cd_rules *list, cd_matcher *matcher, cd_rule *rule, bool *found, cd_buf *text, size_t *at, cd_error *err);

#endif
