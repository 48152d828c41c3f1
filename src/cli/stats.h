/* stats.h -- what a run came to, as JSON. */
#ifndef CD_CLI_STATS_H
#define CD_CLI_STATS_H

#include "rules/rules.h"
#include "run/run.h"

/* One object on one line, on stderr or in the file `path`. All but `seconds` depends on inputs, rules and options alone. CD_EWRITE: it cannot
 * be written. */
CD_MUST_USE cd_status cd_stats_write(const char *path, const cd_tally *tally, const cd_counts *counts, const cd_rules *rules, double seconds,
                                     cd_error *err);

#endif
