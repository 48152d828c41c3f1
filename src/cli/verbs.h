/* verbs.h -- `copydesk rules ...`: the verbs that make no records. */
#ifndef CD_CLI_VERBS_H
#define CD_CLI_VERBS_H

#include "cli/args.h"
#include "run/run.h"

/* Does what args->verb, one of CD_RULES_VERBS, asks for: with the rules of run->desk, the pages of args->given, and its text on
 * run->out. *exit_status is 1 where an example went wrong, lint has found something, or a record has changed; 2 where a page could not be
 * read. CD_EUSAGE: a line is no line for a rule; CD_ERULES: a rule file that is not read before is wrong. */
CD_MUST_USE cd_status cd_verb_rules(const cd_args *args, cd_run *run, int *exit_status, cd_error *err);

/* `check` and `update`: the report on `out`. *exit_status is 0 where nothing differs, 1 where something does, 2 where a fixture is in
 * error; for update 0 where what was asked for is done. Reads CI and GITHUB_ACTIONS from the environment. CD_EUSAGE: update is refused. */
CD_MUST_USE cd_status cd_verb_fixtures(const cd_args *args, const cd_desk *desk, FILE *out, int *exit_status, cd_error *err);

#endif
