/* stream.h -- inside input/: bytes that are read once, front to back, through a window. A stream may stand on another one, so that a
 * packed file, a member of an archive and a plain file are read alike. */
#ifndef CD_INPUT_STREAM_H
#define CD_INPUT_STREAM_H

#include "base/buf.h"
#include "base/status.h"

#include <stdbool.h>

typedef struct cd_stream cd_stream;

/* Where a stream's bytes come from. */
typedef struct cd_stream_kind {
    /* Writes 1 to `room` bytes at `to` and gives how many in *got; 0 is the end. CD_EINPUT: there is no more to be had, and
     * cd_stream_break() was told why; CD_ENOMEM. */
    cd_status (*fill)(cd_stream *s, char *to, size_t room, size_t *got);
    void (*close)(cd_stream *s); /* frees s->self and closes s->under */
} cd_stream_kind;

struct cd_stream {
    const cd_stream_kind *kind;
    void       *self;   /* belongs to the kind */
    cd_stream  *under;  /* the stream below, or NULL; closed with this one */
    cd_buf      window; /* bytes from `at` on are not yet used */
    size_t      at;
    bool        ended;  /* nothing more will come */
    bool        lent;   /* cd_stream_close() leaves it to its owner */
    const char *reason; /* why it ended too early, a record's reason; NULL: it did not */
    char        why[256];
};

/* A stream of a descriptor, which is closed with it where `owned`; `head`, which was read from it before, is moved into it. */
CD_MUST_USE cd_status cd_stream_of_file(int fd, bool owned, cd_buf *head, cd_stream **stream);

/* What such a stream reads from; -1: it is of another kind. */
int cd_stream_descriptor(const cd_stream *s);

/* A stream of bytes in memory, which are moved into it. */
CD_MUST_USE cd_status cd_stream_of_bytes(cd_buf *bytes, cd_stream **stream);

/* A stream of a new kind on top of `under`. On failure `under` stays the caller's. */
CD_MUST_USE cd_status cd_stream_new(const cd_stream_kind *kind, void *self, cd_stream *under, cd_stream **stream);
void                  cd_stream_close(cd_stream *s); /* NULL is fine */

/* Looks at the next bytes without using them: at least `want` of them in *seen, fewer only where the stream ends, as many as the window
 * has. They stay valid until the next call. CD_ENOMEM is the only failure: damage is an end with s->reason. */
CD_MUST_USE cd_status cd_stream_peek(cd_stream *s, size_t want, cd_span *seen);

/* Uses bytes that cd_stream_peek() has shown. */
void cd_stream_skip(cd_stream *s, size_t n);

/* Uses up to `n` bytes, of which *skipped were there. */
CD_MUST_USE cd_status cd_stream_pass(cd_stream *s, unsigned long long n, unsigned long long *skipped);

/* Appends what is left, up to `limit` bytes, to `bytes`. CD_ELIMIT: there is more. */
CD_MUST_USE cd_status cd_stream_read(cd_stream *s, size_t limit, cd_buf *bytes);

/* Says why a stream breaks off and gives CD_EINPUT; the first word stands. */
cd_status cd_stream_break(cd_stream *s, const char *reason, const char *format, ...) CD_PRINTF(3, 4);

#endif
