/* args.h -- what the user asked for. */
#ifndef CD_CLI_ARGS_H
#define CD_CLI_ARGS_H

#include "copydesk.h"
#include "input/input.h"
#include "run/dedup.h"

#include <stdio.h>

typedef enum cd_verb { CD_VERB_RECORDS, CD_VERB_EXPLAIN, CD_VERB_RULES_LIST, CD_VERB_RULES_TEST, CD_VERB_HELP, CD_VERB_VERSION } cd_verb;

typedef enum cd_when { CD_WHEN_AUTO, CD_WHEN_ALWAYS, CD_WHEN_NEVER } cd_when;

/* Strings belong to argv, lists to the struct. */
typedef struct cd_args {
    cd_verb         verb;
    cd_given       *given; /* what to read, in the order given; for `rules test` the rule files */
    size_t          ngiven;
    cd_desk_options desk;  /* its lists are the two below */
    const char    **rules;
    const char    **off;
    size_t          jobs;  /* 0: as many as there are cores */
    const char     *output; /* NULL: standard output */
    const char     *output_dir;
    const char     *errors;
    bool            resume;
    cd_dedup_how    dedup;
    bool            progress, quiet;
    bool            stats;
    const char     *stats_file; /* NULL: standard error */
    const char     *url;
    const char     *encoding;
    bool            pretty;
    bool            dump; /* what the model sees, in place of records */
    cd_when         color;
} cd_args;

/* Reads the command line into *args, which the caller frees in any case. Where nothing is given to read, standard input is.
 * CD_EUSAGE: it is wrong, and `err` names the option; or standard input is to be read and `terminal`, which would seem to hang. */
CD_MUST_USE cd_status cd_args_read(int argc, char **argv, bool terminal, cd_args *args, cd_error *err);
void                  cd_args_free(cd_args *args);

/* Prints the help, made of the same table as the parser; a failure shows in ferror(out). */
void cd_args_help(FILE *out);

#endif
