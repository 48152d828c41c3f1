/* target.h -- where the output goes. */
#ifndef CD_CLI_TARGET_H
#define CD_CLI_TARGET_H

#include "base/status.h"

#include <stdbool.h>
#include <stdio.h>

/* Standard output, or a file that appears under its name only when it is complete. */
typedef struct cd_target {
    FILE *out;
    char *path; /* NULL: standard output */
    char *part; /* path.part, where it is written until it is complete; NULL: it is written in place (a device, a pipe) */
} cd_target;

/* What becomes of the file at the end. */
typedef enum cd_ending_of {
    CD_TARGET_KEEP,  /* it is complete: the part gets its name */
    CD_TARGET_LATER, /* the part stays, for a run that goes on with it; an empty one is taken away */
    CD_TARGET_DROP   /* the part is taken away */
} cd_ending_of;

/* Opens `path`, or standard output for NULL. A regular file is written as path.part beside and renamed by cd_target_close(); a link is
 * followed, an old file keeps its permissions and, until then, its bytes. With `resume` a part that is there is opened to be read
 * and gone on with, else it is begun anew. CD_EWRITE: it cannot be created, or another program writes it; `err` says why. */
CD_MUST_USE cd_status cd_target_open(cd_target *target, const char *path, bool resume, cd_error *err);

/* Closes the target: the one call that tells whether all bytes have arrived. CD_EWRITE with errno set: they have not; then CD_TARGET_KEEP
 * counts as CD_TARGET_LATER where `later`, else as CD_TARGET_DROP. */
CD_MUST_USE cd_status cd_target_close(cd_target *target, cd_ending_of ending, bool later, cd_error *err);

#endif
