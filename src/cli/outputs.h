/* outputs.h -- the files that a run writes: each of them once, and none of them read. */
#ifndef CD_CLI_OUTPUTS_H
#define CD_CLI_OUTPUTS_H

#include "cli/args.h"

/* Holds what args write against one another and against what they read, before anything is written. CD_EUSAGE: two outputs are one file, an
 * output is an input as well (one that is named, or stands in a list that is a regular file), or a folder to be read lies in that of
 * --output-dir. */
CD_MUST_USE cd_status cd_outputs_check(const cd_args *args, cd_error *err);

/* Opens what args give to read. Below folders all is passed over that the run writes, or has written under the same names: `out` and
 * `errors`, which may be NULL, the files of all options, the folder of --output-dir, and standard output and error where they are files. */
CD_MUST_USE cd_status cd_outputs_open_source(const cd_args *args, FILE *out, FILE *errors, cd_source **source, cd_error *err);

#endif
