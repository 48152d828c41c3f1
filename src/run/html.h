/* html.h -- inside run/: the explanations of a run as one HTML page. */
#ifndef CD_RUN_HTML_H
#define CD_RUN_HTML_H

#include "run/run.h"

/* cd_run_all() for a run with CD_EXPLAIN_HTML_PART: the page is written to run->out when its last section is known. */
CD_MUST_USE cd_status cd_run_html(const cd_run *run, cd_tally *tally, cd_error *err);

#endif
