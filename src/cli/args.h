/* args.h -- what the user asked for. */
#ifndef CD_CLI_ARGS_H
#define CD_CLI_ARGS_H

#include "copydesk.h"
#include "input/input.h"
#include "run/dedup.h"

#include <stdio.h>

/* What stands behind `rules`: name, operands as the usage shows them. */
#define CD_RULES_VERBS(X)                                                                                              \
    X(LIST, "list", "")                                                                                                \
    X(TEST, "test", " [PATH...]")                                                                                      \
    X(LINT, "lint", " [PATH...] [FILE...]")                                                                            \
    X(DIFF, "diff", " --old PATH --new PATH [FILE...]")                                                                \
    X(STATS, "stats", " [FILE...]")                                                                                    \
    X(NEW, "new", " --drop LINE | --cut LINE")

typedef enum cd_verb {
    CD_VERB_RECORDS,
    CD_VERB_EXPLAIN,
    CD_VERB_CHECK,
    CD_VERB_UPDATE,
    CD_VERB_HELP,
    CD_VERB_VERSION,
#define X(id, name, operands) CD_VERB_RULES_##id,
    CD_RULES_VERBS(X)
#undef X
} cd_verb;

typedef enum cd_when { CD_WHEN_AUTO, CD_WHEN_ALWAYS, CD_WHEN_NEVER } cd_when;

/* How `check` and `update` show what differs. */
typedef enum cd_show { CD_SHOW_DEFAULT, CD_SHOW_SHORT, CD_SHOW_FULL, CD_SHOW_JSON } cd_show;

/* What only `check` and `update` take. */
typedef struct cd_fixture_args {
    const char **paths;
    size_t       npaths;
    const char **only; /* keys of --only-field */
    size_t       nonly;
    cd_show      show;
    const char  *junit; /* a file, or NULL */
    bool         prune, force, dry_run;
} cd_fixture_args;

/* Strings belong to argv, lists to the struct. */
typedef struct cd_args {
    cd_verb         verb;
    cd_given       *given; /* what to read, in the order given */
    size_t          ngiven;
    cd_desk_options desk;  /* its lists are the two below */
    const char    **rules;
    const char    **off;
    const char    **checked; /* rule files and folders that `rules test` and `rules lint` are to look at; they are among `rules` too */
    size_t          nchecked;
    const char     *old, *new;   /* of `rules diff`; NULL: none but the others */
    const char     *drop, *cut;  /* of `rules new`, one of them */
    char           *home;        /* the folder of the user's own rules, or NULL */
    bool            no_home;
    size_t          jobs;  /* 0: as many as there are cores */
    cd_input_options input; /* its list is the next */
    const char    **keep;
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
    bool            text_of; /* the pages as plain text, in place of records */
    bool            dump; /* what the model sees, in place of records */
    bool            json; /* explain, rules list, rules stats as JSON */
    const char     *html; /* explain as HTML, to here (`output` says the same, but for "-"); NULL: not */
    cd_when         color;
    cd_fixture_args fixtures;
} cd_args;

/* Reads the command line into *args, which the caller frees in any case. Where nothing is given to read, standard input is.
 * CD_EUSAGE: it is wrong, and `err` names the option; or standard input is to be read and `terminal`, which would seem to hang. */
CD_MUST_USE cd_status cd_args_read(int argc, char **argv, bool terminal, cd_args *args, cd_error *err);
void                  cd_args_free(cd_args *args);

/* Workers that the user wants: a number, or one for each core. */
size_t cd_args_jobs(const cd_args *args);

/* Prints the help, made of the same table as the parser; a failure shows in ferror(out). */
void cd_args_help(FILE *out);

#endif
