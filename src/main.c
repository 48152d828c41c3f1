/* main.c -- argv in, exit status out. Wires the rooms and decides nothing: args.c reads the command line, run/ does the work. */
#include "cli/args.h"
#include "cli/message.h"
#include "cli/target.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "run/run.h"

#include <errno.h>
#include <unistd.h>

/* Exit statuses; a run's only ever rises. */
enum { EXIT_ALL_OK = 0, EXIT_NOT_ALL = 1, EXIT_FAILED = 2, EXIT_RULES = 3, EXIT_PIPE = 128 + 13 };

static int failed(const char *who, cd_status status, const cd_error *err)
{
    cd_message(who, err->text);
    return status == CD_ERULES ? EXIT_RULES : EXIT_FAILED;
}

/* A reader that has seen enough closes the pipe: nothing to complain about. */
static int output_failed(const cd_args *args, cd_status status, int why, const cd_error *err)
{
    if (status == CD_EWRITE && why == EPIPE) return EXIT_PIPE;
    return failed(status == CD_EWRITE ? (args->output ? args->output : "standard output") : NULL, status, err);
}

static void tell_problem(void *context, const char *input, const char *text)
{
    (void)context;
    cd_message(input, text);
}

static cd_status run_pages(const cd_args *args, const cd_desk *desk, FILE *out, int *exit_status, cd_error *err)
{
    cd_source *source = NULL;
    cd_tally   tally;
    CD_TRY(cd_source_open(args->given, args->ngiven, &args->input, &source, err));
    cd_run    run = {.desk = desk, .source = source, .jobs = cd_args_jobs(args), .flags = cd_terminal_flags(args), .url = args->url,
                     .encoding = args->encoding, .out = out, .problem = tell_problem,
                     .view = args->verb == CD_VERB_EXPLAIN ? CD_VIEW_EXPLAIN : args->dump ? CD_VIEW_FEATURES : args->text_of ? CD_VIEW_PLAIN : CD_VIEW_RECORD};
    cd_status st = cd_run_all(&run, &tally, err);
    int       why = errno;
    *exit_status = tally.error ? EXIT_FAILED : tally.partial || tally.empty ? EXIT_NOT_ALL : EXIT_ALL_OK;
    cd_source_close(source);
    errno = why;
    return st;
}

static cd_status run_verb(const cd_args *args, const cd_desk *desk, FILE *out, int *exit_status, cd_error *err)
{
    bool found = false;
    if (args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE) return cd_verb_fixtures(args, desk, out, exit_status, err);
    if (args->verb < CD_VERB_RULES_LIST) return run_pages(args, desk, out, exit_status, err);
    cd_run    run = {.desk = desk, .jobs = cd_args_jobs(args), .url = args->url, .encoding = args->encoding, .out = out, .problem = tell_problem};
    cd_status st = cd_verb_rules(args, &run, &found, err);
    *exit_status = found ? EXIT_NOT_ALL : EXIT_ALL_OK;
    return st;
}

/* Opens the desk, then the output, so that a wrong rule leaves no file behind. */
static int run_desk(const cd_args *args)
{
    cd_error  err = {0};
    cd_desk  *desk = NULL;
    cd_target target;
    int       exit_status = EXIT_ALL_OK;
    cd_status st = cd_desk_open(&args->desk, &desk, &err);
    if (st != CD_OK) return failed(st == CD_EUSAGE ? "option '--no-rule'" : NULL, st, &err); /* args.c has checked --now */
    st = cd_target_open(&target, args->output, &err);
    if (st == CD_OK) {
        st = run_verb(args, desk, target.out, &exit_status, &err);
        int       why = errno;
        cd_error  late = {0};
        cd_status closed = cd_target_close(&target, st == CD_OK, &late);
        if (st == CD_OK && closed != CD_OK) st = closed, err = late;
        else errno = why;
    }
    if (st != CD_OK) exit_status = output_failed(args, st, errno, &err);
    cd_desk_close(desk);
    return exit_status;
}

static int print_and_leave(const cd_args *args)
{
    if (args->verb == CD_VERB_HELP) cd_args_help(stdout);
    else (void)printf("copydesk %s\n", cd_version());
    if (fflush(stdout) == 0 && !ferror(stdout)) return EXIT_ALL_OK;
    cd_error err;
    return output_failed(args, cd_fail(&err, CD_EWRITE, "%s", strerror(errno)), errno, &err);
}

int main(int argc, char **argv)
{
    cd_args   args;
    cd_error  err = {0};
    cd_status st = cd_args_read(argc, argv, isatty(STDIN_FILENO), &args, &err);
    int       exit_status;
    if (st != CD_OK) exit_status = failed(NULL, st, &err);
    else if (args.verb == CD_VERB_HELP || args.verb == CD_VERB_VERSION) exit_status = print_and_leave(&args);
    else exit_status = run_desk(&args);
    cd_args_free(&args);
    return exit_status;
}
