/* pages.c -- wires one run: where pages come from, where records go, who is told. In: the command line and a desk. Out: an exit status. What
 * a signal or a failure leaves of -o FILE is FILE.part, with which --resume goes on. */
#include "cli/pages.h"

#include "base/limits.h"
#include "cli/exit.h"
#include "cli/message.h"
#include "cli/outputs.h"
#include "cli/progress.h"
#include "cli/signals.h"
#include "cli/stats.h"
#include "cli/target.h"
#include "cli/terminal.h"
#include "rules/rules.h"
#include "run/resume.h"

#include <errno.h>
#include <unistd.h>

typedef struct job {
    const cd_args *args;
    cd_run         run;
    cd_tally       tally;
    cd_target      out, errors;
    cd_progress   *progress;
    cd_buf         part; /* the name of -o's part, for messages */
    cd_buf         last; /* the record with which --resume begins */
} job;

/* Problems do not run into the progress line. */
static void tell_problem(void *context, const char *input, const char *text)
{
    job *j = context;
    cd_progress_hide(j->progress);
    if (!j->args->quiet || !input) cd_message(input, text);
}

static void show_progress(void *context, const cd_tally *tally)
{
    job *j = context;
    cd_progress_show(j->progress, tally);
}

/* A target's own messages do not name it. */
static cd_status named(const char *name, cd_status st, cd_error *err)
{
    cd_error bare = *err;
    return st == CD_EWRITE ? cd_fail(err, st, "%.300s: %.600s", name, bare.text) : st;
}

/* --- opening ---------------------------------------------------------------------------------------------------------- */

static cd_status open_outputs(job *j, cd_error *err)
{
    const cd_args *args = j->args;
    j->run.out_name = args->output ? args->output : "standard output";
    j->run.errors_name = args->errors;
    if (args->output_dir) {
        CD_TRY(cd_mirror_open(args->output_dir, &j->run.mirror, err));
    } else {
        CD_TRY(named(j->run.out_name, cd_target_open(&j->out, args->output, args->resume, err), err));
        j->run.out = j->out.out;
        (void)setvbuf(j->run.out, NULL, _IONBF, 0);
        if (j->out.part && cd_buf_add(&j->part, cd_span_of(j->out.part)) != CD_OK) return cd_fail_memory(err);
    }
    if (!args->errors) return CD_OK;
    CD_TRY(named(args->errors, cd_target_open(&j->errors, args->errors, false, err), err));
    j->run.errors = j->errors.out;
    (void)setvbuf(j->run.errors, NULL, _IONBF, 0);
    return CD_OK;
}

static cd_status open_all(job *j, const cd_desk *desk, cd_error *err)
{
    const cd_args *args = j->args;
    j->run = (cd_run){.desk = desk, .jobs = cd_args_jobs(args), .url = args->url, .encoding = args->encoding, .problem = tell_problem,
                      .context = j, .flags = cd_terminal_flags(args),
                      .view = args->verb == CD_VERB_EXPLAIN ? CD_VIEW_EXPLAIN : args->dump ? CD_VIEW_FEATURES : args->text_of ? CD_VIEW_PLAIN : CD_VIEW_RECORD};
    if (args->dedup) CD_TRY(cd_dedup_new(args->dedup, CD_LIMIT_DEDUP_BYTES, &j->run.dedup, err));
    size_t nrules;
    if (args->stats) CD_TRY(cd_rules_count_all(cd_desk_rules(desk), &nrules, err));
    if (args->stats) CD_TRY(cd_counts_new(nrules, &j->run.counts, err));
    CD_TRY(open_outputs(j, err));
    CD_TRY(cd_outputs_open_source(args, j->run.out, j->run.errors, &j->run.source, err));
    if (cd_progress_wanted(args, args->output || args->output_dir)) {
        CD_TRY(cd_progress_new(args, j->run.source, &j->progress, err));
        j->run.progress = show_progress;
    }
    return CD_OK;
}

/* --- running and closing ---------------------------------------------------------------------------------------------- */

/* A refusal of --resume names the part, which the run knows under its later name. */
static cd_status resume(job *j, cd_error *err)
{
    if (!j->args->resume) return CD_OK;
    j->run.out_name = j->part.ptr;
    return cd_resume(&j->run, &j->tally, &j->last, err);
}

static cd_status run(job *j, cd_error *err)
{
    CD_TRY(resume(j, err));
    return j->tally.stopped ? CD_OK : cd_run_all(&j->run, &j->tally, err);
}

/* Closes what is written, in the order that leaves the main output complete last. */
static cd_status close_outputs(job *j, cd_status st, cd_error *err)
{
    cd_error  late = {0};
    bool      done = st == CD_OK && !j->tally.stopped, records = j->run.view == CD_VIEW_RECORD && !j->args->pretty;
    int       why = errno;
    cd_status closed = cd_mirror_close(j->run.mirror, !done, &late);
    if (st == CD_OK && closed != CD_OK) st = closed, *err = late, why = errno;
    closed = j->args->errors ? named(j->args->errors, cd_target_close(&j->errors, done ? CD_TARGET_KEEP : CD_TARGET_DROP, false, &late), &late) : CD_OK;
    if (st == CD_OK && closed != CD_OK) st = closed, *err = late, why = errno;
    cd_ending_of ending = done && st == CD_OK ? CD_TARGET_KEEP : records ? CD_TARGET_LATER : CD_TARGET_DROP;
    closed = named(j->run.out_name, cd_target_close(&j->out, ending, records, &late), &late);
    if (st == CD_OK && closed != CD_OK) st = closed, *err = late, why = errno;
    errno = why;
    return st;
}

/* How to go on with a run that did not come to its end; `refused`: its part was one that does not fit. */
static void tell_how_to_resume(const job *j, bool refused)
{
    char text[400];
    if (j->tally.stopped) {
        (void)snprintf(text, sizeof text, "interrupted; %zu pages are done", j->tally.pages);
        cd_message(NULL, text);
    }
    if (j->args->output_dir && j->tally.stopped) {
        cd_message(NULL, "the same command again leaves files that are done as they are");
    } else if (j->part.len && access(j->part.ptr, F_OK) == 0) {
        cd_message(j->part.ptr, refused ? "is left as it was; without --resume the run begins anew" : "has the records so far; the same command with --resume goes on with it");
    }
}

static int exit_status_of(const cd_tally *tally)
{
    if (tally->stopped) return CD_EXIT_STOPPED;
    return tally->error ? CD_EXIT_FAILED : tally->partial || tally->empty ? CD_EXIT_NOT_ALL : CD_EXIT_OK;
}

static void free_all(job *j)
{
    cd_source_close(j->run.source);
    cd_dedup_free(j->run.dedup);
    cd_counts_free(j->run.counts);
    cd_progress_free(j->progress);
    cd_buf_free(&j->part);
    cd_buf_free(&j->last);
}

int cd_pages_run(const cd_args *args, const cd_desk *desk)
{
    job       j = {.args = args};
    cd_error  err = {0};
    double    begun = cd_clock_seconds();
    const volatile sig_atomic_t *stop = cd_signals_catch(); /* before there is a file that a signal would leave behind */
    cd_status                    st = open_all(&j, desk, &err);
    j.run.stop = stop;
    if (st == CD_OK) st = run(&j, &err);
    st = close_outputs(&j, st, &err);
    int why = errno;
    cd_progress_end(j.progress, &j.tally);
    int exit_status = exit_status_of(&j.tally);
    if (st == CD_EWRITE && why == EPIPE) {
        exit_status = CD_EXIT_PIPE; /* a reader that has seen enough closes the pipe: nothing to complain about */
    } else if (st != CD_OK) {
        cd_message(NULL, err.text);
        exit_status = st == CD_ERULES ? CD_EXIT_RULES : CD_EXIT_FAILED;
    }
    if (exit_status != CD_EXIT_PIPE) tell_how_to_resume(&j, st == CD_EUSAGE);
    if (j.run.counts && cd_stats_write(args->stats_file, &j.tally, j.run.counts, cd_desk_rules(desk), cd_clock_seconds() - begun, &err) != CD_OK) {
        cd_message(args->stats_file, err.text);
        if (exit_status < CD_EXIT_FAILED) exit_status = CD_EXIT_FAILED;
    }
    free_all(&j);
    return exit_status;
}
