/* fixtures.c -- `check` and `update`. In: what the user asked for, and the environment of a CI server. Out: the report, JUnit XML, and
 * expected files, each written beside and renamed. What is compared with what is decided in run/fixtures.c. */
#include "cli/verbs.h"

#include "cli/message.h"
#include "cli/target.h"
#include "cli/terminal.h"
#include "output/junit.h"
#include "run/fixtures.h"

#include <errno.h>
#include <stdlib.h>

/* CI servers set CI to true or 1. */
static bool on_ci_server(void)
{
    const char *ci = getenv("CI");
    return ci && *ci && strcmp(ci, "0") != 0 && strcmp(ci, "false") != 0;
}

static bool on_github(void)
{
    const char *actions = getenv("GITHUB_ACTIONS");
    return actions && strcmp(actions, "true") == 0;
}

static void tell_problem(void *context, const char *path, const char *text)
{
    (void)context;
    cd_message(path, text);
}

static void annotate(void *context, const char *path, size_t line, const char *text)
{
    (void)context;
    cd_message_annotation(path, line, text);
}

/* All of `bytes`, or the old file. */
static cd_status write_file(void *context, const char *path, cd_span bytes, cd_error *err)
{
    cd_target target;
    (void)context;
    CD_TRY(cd_target_open(&target, path, false, err));
    bool written = fwrite(bytes.ptr, 1, bytes.len, target.out) == bytes.len;
    return cd_target_close(&target, written ? CD_TARGET_KEEP : CD_TARGET_DROP, false, err);
}

/* A file that cannot be written does not take the report away: the message stands behind it. */
static cd_status write_junit(const char *path, const cd_buf *cases, const cd_fixture_tally *t, int *exit_status, cd_error *err)
{
    cd_buf   xml = {0};
    cd_error why = {0};
    size_t   failures = t->changed + t->missing + t->orphans, tests = failures + t->same + t->failed;
    if (cd_junit_finish(cases, tests, failures, t->failed, &xml) != CD_OK) {
        cd_buf_free(&xml);
        return cd_fail_memory(err);
    }
    if (write_file(NULL, path, cd_buf_span(&xml), &why) != CD_OK) {
        cd_message(path, why.text);
        *exit_status = 2;
    }
    cd_buf_free(&xml);
    return CD_OK;
}

static int status_of(const cd_args *args, const cd_fixture_tally *t)
{
    bool differs = args->verb == CD_VERB_CHECK ? t->changed || t->missing || t->orphans : args->fixtures.dry_run && (t->written || t->removed);
    return t->failed ? 2 : differs ? 1 : 0;
}

static cd_diff_view view_of(const cd_args *args)
{
    if (args->fixtures.show == CD_SHOW_DEFAULT) return args->verb == CD_VERB_CHECK ? CD_DIFF_FULL : CD_DIFF_SHORT;
    return args->fixtures.show == CD_SHOW_SHORT ? CD_DIFF_SHORT : args->fixtures.show == CD_SHOW_FULL ? CD_DIFF_FULL : CD_DIFF_JSON;
}

cd_status cd_verb_fixtures(const cd_args *args, const cd_desk *desk, FILE *out, int *exit_status, cd_error *err)
{
    const cd_fixture_args *f = &args->fixtures;
    bool                   update = args->verb == CD_VERB_UPDATE;
    if (update && !f->force && !f->dry_run && on_ci_server())
        return cd_fail(err, CD_EUSAGE, "'update' would make any result the expected one, and CI is set in the environment: use 'check', or --force");
    cd_buf           cases = {0};
    cd_fixture_tally tally;
    cd_fixture_run   run = {.desk = desk, .paths = f->paths, .npaths = f->npaths, .jobs = cd_args_jobs(args), .update = update, .prune = f->prune,
                            .dry_run = f->dry_run, .only = f->only, .nonly = f->nonly, .view = view_of(args), .color = cd_terminal_color(args), .out = out,
                            .junit = f->junit ? &cases : NULL, .problem = tell_problem, .annotate = !update && on_github() ? annotate : NULL,
                            .write = write_file};
    cd_status st = cd_fixtures_run(&run, &tally, err);
    int       why = errno;
    if (st == CD_OK) *exit_status = status_of(args, &tally);
    if (st == CD_OK && f->junit) st = write_junit(f->junit, &cases, &tally, exit_status, err);
    cd_buf_free(&cases);
    errno = why;
    return st;
}
