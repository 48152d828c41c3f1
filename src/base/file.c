/* file.c -- reads a small file. In: a path. Out: its bytes; a read that a signal interrupts is begun again. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

cd_status cd_file_read(const char *path, size_t limit, bool wait, cd_buf *out)
{
    enum { PIECE = 64 * 1024 };
    cd_status st = CD_OK;
    int       fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (wait ? 0 : O_NONBLOCK));
    if (fd < 0) return CD_EINPUT;
    for (size_t had = out->len; st == CD_OK;) {
        st = cd_buf_reserve(out, PIECE);
        ssize_t got = st == CD_OK ? read(fd, out->ptr + out->len, PIECE) : 0;
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) st = CD_EINPUT;
        if (got <= 0) break;
        out->len += (size_t)got;
        out->ptr[out->len] = '\0';
        if (out->len - had > limit) st = CD_ELIMIT;
    }
    int why = errno;
    (void)close(fd);
    errno = why;
    return st;
}
