/* fixtures.h -- `copydesk check` and `copydesk update`: pages with the records that are expected of them. */
#ifndef CD_RUN_FIXTURES_H
#define CD_RUN_FIXTURES_H

#include "base/buf.h"
#include "base/status.h"

#include <stdio.h>

typedef enum cd_diff_view { CD_DIFF_SHORT, CD_DIFF_FULL, CD_DIFF_JSON } cd_diff_view;

typedef struct cd_fixture_run {
    const cd_desk     *desk;
    const char *const *paths; /* folders, and single fixtures */
    size_t             npaths;
    size_t             jobs;
    bool               update, prune, dry_run; /* not update: check, which writes nothing */
    const char *const *only;  /* update: these keys alone are taken over; none: all */
    size_t             nonly;
    cd_diff_view       view;
    bool               color;
    FILE              *out;
    cd_buf            *junit; /* test cases are added here as XML, or NULL */
    void (*problem)(void *context, const char *path, const char *text);
    void (*annotate)(void *context, const char *path, size_t line, const char *text); /* a fixture that differs or fails; or NULL */
    cd_status (*write)(void *context, const char *path, cd_span bytes, cd_error *err); /* all of it or nothing */
    void              *context;
} cd_fixture_run;

typedef struct cd_fixture_tally {
    size_t same, changed, missing, orphans, failed; /* fixtures, by what was found */
    size_t written, removed;                        /* files, or with dry_run those that would be */
    size_t partly;                                  /* of those written: only single keys were asked for, and others differ */
    size_t left;                                    /* fixtures that differ and that update left as they were */
} cd_fixture_tally;

/* Takes every fixture through the desk, compares it with its expected file, and reports in order: the same bytes for every `jobs`.
 * CD_EWRITE: `out` takes no more (errno tells why); CD_EUSAGE: a name in `only` is no key of a record. What is wrong with one fixture is
 * told as a problem and counted as failed. */
CD_MUST_USE cd_status cd_fixtures_run(const cd_fixture_run *run, cd_fixture_tally *tally, cd_error *err);

#endif
