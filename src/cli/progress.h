/* progress.h -- one line on stderr for a person who waits. The one place that reads a clock; no record depends on it. */
#ifndef CD_CLI_PROGRESS_H
#define CD_CLI_PROGRESS_H

#include "cli/args.h"
#include "run/run.h"

typedef struct cd_progress cd_progress;

/* Seconds since some moment in the past. */
double cd_clock_seconds(void);

/* Whether to show progress: where it is asked for; or on a terminal that standard output does not write to, too, unless --quiet. `file`: the
 * output goes into files. */
bool cd_progress_wanted(const cd_args *args, bool file);

/* Counts the inputs of `source`, as far as that is cheap, without reading any of them. The caller frees it. */
CD_MUST_USE cd_status cd_progress_new(const cd_args *args, const cd_source *source, cd_progress **made, cd_error *err);
void                  cd_progress_free(cd_progress *progress); /* NULL is fine, here and below */

/* Shows how far the run is, if the line that is shown is old: ten times a second on a terminal, elsewhere every ten seconds. */
void cd_progress_show(cd_progress *progress, const cd_tally *tally);

/* Takes the line away, so that another can be written. */
void cd_progress_hide(cd_progress *progress);

/* Leaves the last line, where any was shown or it was asked for. */
void cd_progress_end(cd_progress *progress, const cd_tally *tally);

#endif
