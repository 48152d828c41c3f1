/* workbench.h -- what `copydesk rules stats`, `diff` and `lint` learn of pages. Pages are read by the pool; what is said of one is
 * made by its worker and comes back in input order, so that the sums and the output are the same for any number of workers. */
#ifndef CD_RUN_WORKBENCH_H
#define CD_RUN_WORKBENCH_H

#include "run/run.h"

/* What a rule did on some pages. */
typedef struct cd_rule_use {
    uint64_t pages, hits; /* pages with a hit */
    uint64_t words;       /* of blocks that it dropped, and of what it cut out of those that stay */
} cd_rule_use;

/* For the pool: what each rule did on one page, or how the records of one page differ under two desks, as bytes of `text`. */
CD_MUST_USE cd_status cd_workbench_use(cd_reader *reader, const cd_input *in, cd_text *text, cd_error *err);
CD_MUST_USE cd_status cd_workbench_diff(cd_reader *old, cd_reader *new, const cd_input *in, cd_text *text, cd_error *err);

/* Counts what every rule of run->desk does on all pages: use[label.number], as many as cd_rules_count_all(). */
CD_MUST_USE cd_status cd_workbench_count(const cd_run *run, cd_rule_use *use, cd_tally *tally, cd_error *err);

/* `rules stats`: a line a rule that matched, those that removed most words first, on run->out; json: an object a line. */
CD_MUST_USE cd_status cd_workbench_stats(const cd_run *run, bool json, cd_tally *tally, cd_error *err);

/* `rules diff`: every page whose record is another one under `new` than under run->desk, field by field, and the rules whose
 * matches differ; then how many pages each rule changed. *changed counts the pages. */
CD_MUST_USE cd_status cd_workbench_compare(const cd_run *run, const cd_desk *new, size_t *changed, cd_tally *tally, cd_error *err);

#endif
