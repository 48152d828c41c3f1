/* main.c -- argv in, exit status out. Wires the rooms and decides nothing: args.c reads the command line, run/ does the work. */
#include "cli/args.h"
#include "cli/exit.h"
#include "cli/message.h"
#include "cli/outputs.h"
#include "cli/pages.h"
#include "cli/target.h"
#include "cli/verbs.h"

#include <errno.h>
#include <unistd.h>

static int failed(const char *who, cd_status status, const cd_error *err)
{
    cd_message(who, err->text);
    return status == CD_ERULES ? CD_EXIT_RULES : CD_EXIT_FAILED;
}

/* A reader that has seen enough closes the pipe: nothing to complain about. */
static int output_failed(const cd_args *args, cd_status status, int why, const cd_error *err)
{
    if (status == CD_EWRITE && why == EPIPE) return CD_EXIT_PIPE;
    return failed(status == CD_EWRITE ? (args->output ? args->output : "standard output") : NULL, status, err);
}

static void tell_problem(void *context, const char *input, const char *text)
{
    (void)context;
    cd_message(input, text);
}

/* `rules ...` */
static int run_rules(const cd_args *args, const cd_desk *desk)
{
    cd_error  err = {0}, late = {0};
    cd_target target;
    int       exit_status = CD_EXIT_OK;
    cd_status st = cd_target_open(&target, args->output, false, &err);
    if (st == CD_OK) {
        cd_run run = {.desk = desk, .jobs = cd_args_jobs(args), .url = args->url, .encoding = args->encoding, .out = target.out, .problem = tell_problem};
        st = cd_verb_rules(args, &run, &exit_status, &err);
        int       why = errno;
        cd_status closed = cd_target_close(&target, st == CD_OK ? CD_TARGET_KEEP : CD_TARGET_DROP, false, &late);
        if (st == CD_OK && closed != CD_OK) st = closed, err = late;
        else errno = why;
    }
    if (st != CD_OK) return output_failed(args, st, errno, &err);
    return exit_status;
}

/* `check` and `update`: they say themselves where things go. */
static int run_fixtures(const cd_args *args, const cd_desk *desk)
{
    cd_error  err = {0};
    int       exit_status = CD_EXIT_OK;
    cd_status st = cd_verb_fixtures(args, desk, stdout, &exit_status, &err);
    return st == CD_OK ? exit_status : output_failed(args, st, errno, &err);
}

/* Opens the desk before any output, so that a wrong rule leaves no file behind. */
static int run_desk(const cd_args *args)
{
    cd_error  err = {0};
    cd_desk  *desk = NULL;
    cd_status st = cd_desk_open(&args->desk, &desk, &err);
    if (st != CD_OK) return failed(st == CD_EUSAGE ? "option '--no-rule'" : NULL, st, &err); /* args.c has checked --now */
    bool rules = args->verb >= CD_VERB_RULES_LIST;
    bool fixtures = args->verb == CD_VERB_CHECK || args->verb == CD_VERB_UPDATE;
    int  exit_status = fixtures ? run_fixtures(args, desk) : rules ? run_rules(args, desk) : cd_pages_run(args, desk);
    cd_desk_close(desk);
    return exit_status;
}

static int print_and_leave(const cd_args *args)
{
    if (args->verb == CD_VERB_HELP) cd_args_help(stdout);
    else (void)printf("copydesk %s\n", cd_version());
    if (fflush(stdout) == 0 && !ferror(stdout)) return CD_EXIT_OK;
    cd_error err;
    return output_failed(args, cd_fail(&err, CD_EWRITE, "%s", strerror(errno)), errno, &err);
}

int main(int argc, char **argv)
{
    cd_args   args;
    cd_error  err = {0};
    cd_status st = cd_args_read(argc, argv, isatty(STDIN_FILENO), &args, &err);
    if (st == CD_OK) st = cd_outputs_check(&args, &err);
    int       exit_status;
    if (st != CD_OK) exit_status = failed(NULL, st, &err);
    else if (args.verb == CD_VERB_HELP || args.verb == CD_VERB_VERSION) exit_status = print_and_leave(&args);
    else exit_status = run_desk(&args);
    cd_args_free(&args);
    return exit_status;
}
