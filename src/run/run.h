/* run.h -- pipeline.c takes ONE page through all rooms; pool.c takes MANY pages, written in input order. Only run/ sees all
 * rooms. */
#ifndef CD_RUN_RUN_H
#define CD_RUN_RUN_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"
#include "input/input.h"
#include "run/counts.h"
#include "run/dedup.h"
#include "run/mirror.h"

#include <signal.h>
#include <stdio.h>

/* How a run prints a page. */
typedef enum cd_view { CD_VIEW_RECORD, CD_VIEW_EXPLAIN, CD_VIEW_FEATURES, CD_VIEW_PLAIN, CD_VIEW_USE, CD_VIEW_DIFF } cd_view; /* the last two: workbench.h */

/* What a run came to, for the exit status, the progress line and --stats. */
typedef struct cd_tally {
    size_t   ok, partial, empty, error; /* pages by status */
    size_t   pages, inputs;             /* a container is one input and many pages */
    size_t   resumed;                   /* of the pages: those that an earlier run had done */
    size_t   duplicates, warnings;
    uint64_t bytes; /* of the pages as they were read */
    bool     stopped; /* somebody asked the run to end, and it did so before its last page */
} cd_tally;

/* What is to be done. Everything but the first five may be zero. */
typedef struct cd_run {
    const cd_desk *desk;
    const cd_desk *second;    /* for CD_VIEW_DIFF, else NULL */
    cd_source     *source;
    size_t         jobs;      /* workers; 1: no thread is started */
    cd_view        view;
    unsigned       flags;     /* CD_PRETTY, CD_COLOR; CD_EXPLAIN_*, where HTML_PART makes one HTML page of the whole run */
    const char    *url;       /* for every page, or NULL */
    const char    *encoding;  /* for every page, or NULL */
    FILE          *out;       /* where records go (NULL: `take` takes them), without a buffer of its own: one write a record */
    const char    *out_name;  /* for messages */
    cd_mirror     *mirror;    /* where records go in place of `out` */
    FILE          *errors;    /* where records with status `error` go as well; no buffer either */
    const char    *errors_name;
    cd_dedup      *dedup;     /* records say which told their story first */
    cd_counts     *counts;    /* is added to */
    cd_span        expect;    /* the run goes on with an earlier one: what its first record must be (resume.h) */
    const volatile sig_atomic_t *stop; /* nonzero: end the run as soon as the pages at work are done and written */
    void (*problem)(void *context, const char *input, const char *text); /* a warning or failure, in input order; `input` may be NULL */
    void (*progress)(void *context, const cd_tally *tally);              /* a page is written */
    void          *context;
    /* Where these are set they stand in place of `source` and of `out` with `problem`; each is called by the thread that called
     * cd_run_all(), in input order. `next` is as cd_source_next(); `take` gets what became of an item. */
    cd_status (*next)(void *context, cd_item *item, cd_error *err);
    cd_status (*take)(void *context, const cd_item *item, cd_span text, const char *warnings, cd_error *err);
    /* In place of `out` alone: takes what is said of each page. */
    cd_status (*sink)(void *sink_context, const char *input, cd_span text, cd_error *err);
    void          *sink_context;
} cd_run;

/* Takes every page of run->source through the desk and writes them in input order: the same bytes for every `jobs`. Counts into
 * *tally, which the caller has zeroed or has from cd_resume(). CD_EWRITE when an output takes no more (errno tells why); CD_EUSAGE when
 * the first record is not as expected. The pages so far are in *tally. One bad page never stops a run. */
CD_MUST_USE cd_status cd_run_all(const cd_run *run, cd_tally *tally, cd_error *err);

/* For `copydesk rules`: the compiled rules of a desk. */
const struct cd_rules *cd_desk_rules(const cd_desk *desk);

/* The page that cd_reader_read() has read last, or NULL, and the texts of a key. Both live until the reader's next page. */
const struct cd_page *cd_reader_page(const cd_reader *reader);
cd_buf               *cd_reader_out(cd_reader *reader); /* where a page's text may be put; the next page empties it */
const cd_value       *cd_reader_values(const cd_reader *reader, cd_key key);

#endif
