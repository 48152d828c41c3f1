/* walk.h -- inside input/: the files below a folder, by their paths. */
#ifndef CD_INPUT_WALK_H
#define CD_INPUT_WALK_H

#include "base/buf.h"
#include "base/status.h"
#include "input/input.h"

#include <sys/stat.h>

/* A folder that is being walked. Zero-initialise it, free it with cd_walk_free(); it may be begun anew once it has ended. */
typedef struct cd_walk {
    cd_buf            path;    /* of what comes next, or came last */
    size_t            root;    /* bytes of `path` that the walk began with; 0: there is none */
    size_t            found;   /* paths that were given since */
    const cd_file_id *own;     /* files and folders that are passed over; the caller's */
    size_t            nown;
    struct cd_folder *folders; /* a stack */
    size_t            nfolders, cap;
} cd_walk;

/* Begins at the folder `path`, which is open as `fd`; that is closed here. CD_EINPUT with errno set: it cannot be read, and there is no
 * walk; CD_ENOMEM. */
CD_MUST_USE cd_status cd_walk_begin(cd_walk *w, const char *path, int fd);

/* Whether the walk has begun and not ended. */
static inline bool cd_walk_is_on(const cd_walk *w) { return w->root != 0; }

/* Gives the path of the next file, in byte order of the full paths; it lives until the next call. CD_EINPUT with errno set: *path is a
 * folder that cannot be read, and the next call goes on behind it. CD_END: the walk has ended, and *path is what it began with.
 * CD_ENOMEM. */
CD_MUST_USE cd_status cd_walk_next(cd_walk *w, const char **path);

void cd_walk_free(cd_walk *w);

/* Whether it is one of those that are passed over: the run itself writes it. */
bool cd_walk_is_own(const cd_walk *w, const struct stat *st);

/* count.c: how many files are given, as cd_source_count() says. */
size_t cd_count_given(const cd_given *given, size_t n, const cd_input_options *options);

#endif
