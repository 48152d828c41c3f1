/* counts.h -- what --stats counts of pages beyond their status. Each worker counts for itself; sums do not depend on who did which page. */
#ifndef CD_RUN_COUNTS_H
#define CD_RUN_COUNTS_H

#include "base/limits.h"
#include "page/page.h"

enum { CD_REASON_BYTES = 40 };

typedef struct cd_reason_count {
    char     name[CD_REASON_BYTES];
    uint64_t n;
} cd_reason_count;

typedef struct cd_counts {
    uint64_t        removed[CD_ROLE_COUNT]; /* blocks and cuts, as in the records */
    cd_reason_count reasons[CD_LIMIT_REASONS];
    size_t          nreasons;
    uint64_t       *hits; /* by a rule's number: blocks and passages that it matched */
    size_t          nrules;
} cd_counts;

/* Zeroed, for a desk of `nrules` rules, as many as cd_rules_count_all(). The caller frees it. */
CD_MUST_USE cd_status cd_counts_new(size_t nrules, cd_counts **made, cd_error *err);
void                  cd_counts_free(cd_counts *counts); /* NULL is fine */

/* Counts one page. */
void cd_counts_page(cd_counts *counts, const cd_page *page);

/* Counts a reason `n` times; NULL is none. */
void cd_counts_reason(cd_counts *counts, const char *reason, uint64_t n);

/* Adds what another one has counted. */
void cd_counts_add(cd_counts *sum, const cd_counts *part);

#endif
