/* verbs.h -- what the verbs do that make no records. */
#ifndef CD_CLI_VERBS_H
#define CD_CLI_VERBS_H

#include "cli/args.h"
#include "copydesk.h"

#include <stdbool.h>
#include <stdio.h>

/* `rules list`: one line a rule on `out`. */
CD_MUST_USE cd_status cd_verb_rules_list(const cd_desk *desk, FILE *out, cd_error *err);

/* `rules test`: runs every example; those that go wrong and a count are printed on `out`. *passed: none went wrong. */
CD_MUST_USE cd_status cd_verb_rules_test(const cd_desk *desk, FILE *out, bool *passed, cd_error *err);

/* `check` and `update`: the report on `out`. *exit_status is 0 where nothing differs, 1 where something does, 2 where a fixture is in
 * error; for update 0 where what was asked for is done. Reads CI and GITHUB_ACTIONS from the environment. CD_EUSAGE: update is refused. */
CD_MUST_USE cd_status cd_verb_fixtures(const cd_args *args, const cd_desk *desk, FILE *out, int *exit_status, cd_error *err);

#endif
