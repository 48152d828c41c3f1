/* file.h -- a small file, whole. */
#ifndef CD_BASE_FILE_H
#define CD_BASE_FILE_H

#include "base/buf.h"
#include "base/status.h"

#include <stdbool.h>

/* Adds the bytes of the file at `path` to `out`. Without `wait` a pipe that nobody writes to gives nothing, where reading it would wait.
 * CD_EINPUT with errno set: it cannot be read; CD_ELIMIT: it has over `limit` bytes; CD_ENOMEM. */
CD_MUST_USE cd_status cd_file_read(const char *path, size_t limit, bool wait, cd_buf *out);

#endif
