/* fixture_report.h -- inside run/: what was found of a fixture, told in every form that is wanted. */
#ifndef CD_RUN_FIXTURE_REPORT_H
#define CD_RUN_FIXTURE_REPORT_H

#include "output/diff.h"
#include "run/fixture.h"
#include "run/fixtures.h"

/* What a fixture was found to be, the word for it, and that for what update did about it. */
#define CD_VERDICTS(X)                                                                                                 \
    X(SAME, "same", "same")                                                                                            \
    X(CHANGED, "changed", "updated")                                                                                   \
    X(MISSING, "missing", "new")                                                                                       \
    X(ORPHAN, "orphan", "removed")                                                                                     \
    X(FAILED, "error", "error")

typedef enum cd_verdict {
#define X(id, word, done) CD_VERDICT_##id,
    CD_VERDICTS(X)
#undef X
} cd_verdict;

typedef struct cd_finding {
    const cd_fixture *fixture;
    cd_verdict        verdict;
    const char       *why;     /* what no key says, or NULL */
    bool              done;    /* update has done something about it */
    const cd_changes *changes; /* the keys that differ; NULL: it is not about keys */
    cd_span           found;   /* the expected file as it is */
} cd_finding;

/* Zero-initialise it but for the first two; its buffers are reused from one finding to the next. */
typedef struct cd_reporter {
    const cd_fixture_run *run;
    cd_fixture_tally     *tally;
    cd_buf                names, line, detail;
} cd_reporter;

/* Counts a finding, prints it, adds it to the JUnit cases, and tells errors as problems. CD_EWRITE with errno set: the report cannot be
 * written. */
CD_MUST_USE cd_status cd_report(cd_reporter *reporter, const cd_finding *finding, cd_error *err);

/* Prints the last line: how many of the `n` fixtures were found to be what. */
CD_MUST_USE cd_status cd_report_sum(cd_reporter *reporter, size_t n, cd_error *err);

const char *cd_base_name(const char *path); /* behind its last '/' */
void        cd_reporter_free(cd_reporter *reporter);

#endif
