/* mirror.h -- a folder with a file for each input. */
#ifndef CD_RUN_MIRROR_H
#define CD_RUN_MIRROR_H

#include "base/buf.h"
#include "base/status.h"

typedef struct cd_mirror cd_mirror;

/* Below the folder `dir`, which is made where it is missing. The caller closes it. */
CD_MUST_USE cd_status cd_mirror_open(const char *dir, cd_mirror **made, cd_error *err);

/* Writes the record of an input, or a further one of the container `input` where `record` is not negative: records of a container must
 * come one after the other. A file is written beside and renamed when it is complete, and stays untouched where it has these bytes
 * already. CD_EWRITE: it cannot be written; errno tells why. */
CD_MUST_USE cd_status cd_mirror_put(cd_mirror *mirror, const char *input, long long record, cd_span text, cd_error *err);

/* Completes the last file, or with `drop` takes away what is there of a container that did not come to its end. NULL is fine. */
CD_MUST_USE cd_status cd_mirror_close(cd_mirror *mirror, bool drop, cd_error *err);

/* Where below the folder the records of `input` go: its path without leading slashes, empty parts and ".", each ".." as "_up", and a
 * long name cut and ended by a hash. Adds to `path`. */
CD_MUST_USE cd_status cd_mirror_path(const char *input, bool container, cd_buf *path);

#endif
