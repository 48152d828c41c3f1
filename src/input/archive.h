/* archive.h -- inside input/: archives. */
#ifndef CD_INPUT_ARCHIVE_H
#define CD_INPUT_ARCHIVE_H

#include "input/stream.h"

typedef struct cd_archive cd_archive;

/* Opens the tar or zip that begins at `under`, which stays the caller's. `fd` is its file where that can be read at any place, else -1: a
 * zip has its list of members at the end. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_archive_open(cd_stream *under, int fd, bool zip, cd_archive **archive);
void                  cd_archive_close(cd_archive *a); /* NULL is fine */

/* Goes to the next member that may be a page: a regular file that is not hidden. *path and *member are valid until the next call; the stream
 * need not be read to its end. CD_END: there are no more, and `under` or the archive's own *reason (a record's reason, with `why`) tells
 * if that is too early. CD_EINPUT: this member cannot be read, as *reason and *why say. */
CD_MUST_USE cd_status cd_archive_next(cd_archive *a, cd_span *path, cd_stream **member, const char **reason, const char **why);

#endif
