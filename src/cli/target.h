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
    char *temp; /* where it is written until it is complete; NULL: it is written in place (a device, a pipe) */
} cd_target;

/* Opens `path`, or standard output for NULL. A regular file is written beside and renamed by cd_target_close(); a link is
 * followed, an old file keeps its permissions and, until then, its bytes. A signal that ends the program removes what was
 * written beside. CD_EWRITE: it cannot be created, and `err` says why. One target at a time. */
CD_MUST_USE cd_status cd_target_open(cd_target *target, const char *path, cd_error *err);

/* Closes the target: the one call that tells whether all bytes have arrived. Without `keep` an old file stays as it was. CD_EWRITE
 * with errno set: they have not; nothing is left beside. */
CD_MUST_USE cd_status cd_target_close(cd_target *target, bool keep, cd_error *err);

#endif
