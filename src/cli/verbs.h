/* verbs.h -- what the verbs do that make no records. */
#ifndef CD_CLI_VERBS_H
#define CD_CLI_VERBS_H

#include "copydesk.h"

#include <stdbool.h>
#include <stdio.h>

/* `rules list`: one line a rule on `out`. */
CD_MUST_USE cd_status cd_verb_rules_list(const cd_desk *desk, FILE *out, cd_error *err);

/* `rules test`: runs every example; those that go wrong and a count are printed on `out`. *passed: none went wrong. */
CD_MUST_USE cd_status cd_verb_rules_test(const cd_desk *desk, FILE *out, bool *passed, cd_error *err);

#endif
