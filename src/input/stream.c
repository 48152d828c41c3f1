/* stream.c -- the window through which every container is read. In: whatever a stream's kind gives. Out: a look at the next bytes.
 * The window slides: what was used makes room, and it grows only as far as somebody looks ahead. */
#include "input/stream.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Bytes that are asked for at once: large enough that a call costs nothing beside its bytes, small enough to stay in the cache. And
 * what a window keeps when it has been used up. */
static const size_t BLOCK_BYTES = (size_t)256 * 1024, KEPT_BYTES = (size_t)1024 * 1024;

cd_status cd_stream_new(const cd_stream_kind *kind, void *self, cd_stream *under, cd_stream **stream)
{
    cd_stream *s = calloc(1, sizeof *s);
    if (!s) return CD_ENOMEM;
    s->kind = kind;
    s->self = self;
    s->under = under;
    *stream = s;
    return CD_OK;
}

void cd_stream_close(cd_stream *s)
{
    if (!s || s->lent) return;
    s->kind->close(s);
    cd_buf_free(&s->window);
    free(s);
}

cd_status cd_stream_break(cd_stream *s, const char *reason, const char *format, ...)
{
    va_list values;
    if (s->reason) return CD_EINPUT;
    s->reason = reason;
    va_start(values, format);
    (void)vsnprintf(s->why, sizeof s->why, format, values);
    va_end(values);
    return CD_EINPUT;
}

/* --- looking ---------------------------------------------------------------------------------------------------------- */

/* Moves what is not yet used to the front of the window, where that makes room. */
static void slide(cd_stream *s)
{
    size_t left = s->window.len - s->at;
    if (s->at == 0) return;
    if (left) memmove(s->window.ptr, s->window.ptr + s->at, left);
    s->window.len = left;
    s->at = 0;
    if (left == 0) cd_buf_clear(&s->window, KEPT_BYTES);
}

/* Asks for one piece more; its end or its damage ends the stream. */
static cd_status fill(cd_stream *s, size_t room)
{
    size_t got = 0;
    if (room < BLOCK_BYTES) room = BLOCK_BYTES;
    CD_TRY(cd_buf_reserve(&s->window, room));
    cd_status st = s->kind->fill(s, s->window.ptr + s->window.len, room, &got);
    if (st == CD_ENOMEM) return st;
    s->window.len += got;
    s->window.ptr[s->window.len] = '\0';
    if (st != CD_OK || got == 0) s->ended = true;
    return CD_OK;
}

cd_status cd_stream_peek(cd_stream *s, size_t want, cd_span *seen)
{
    if (!s->ended && s->window.len - s->at < want) slide(s);
    while (!s->ended && s->window.len - s->at < want) CD_TRY(fill(s, want - (s->window.len - s->at)));
    *seen = (cd_span){s->window.ptr ? s->window.ptr + s->at : "", s->window.len - s->at};
    return CD_OK;
}

void cd_stream_skip(cd_stream *s, size_t n) { s->at += n; }

cd_status cd_stream_pass(cd_stream *s, unsigned long long n, unsigned long long *skipped)
{
    cd_span seen;
    *skipped = 0;
    while (*skipped < n) {
        CD_TRY(cd_stream_peek(s, 1, &seen));
        if (seen.len == 0) break;
        unsigned long long left = n - *skipped;
        size_t             piece = seen.len < left ? seen.len : (size_t)left;
        cd_stream_skip(s, piece);
        *skipped += piece;
    }
    return CD_OK;
}

cd_status cd_stream_read(cd_stream *s, size_t limit, cd_buf *bytes)
{
    cd_span seen;
    for (size_t used = 0;;) {
        CD_TRY(cd_stream_peek(s, 1, &seen));
        if (seen.len == 0) return CD_OK;
        if (seen.len > limit - used) return CD_ELIMIT;
        CD_TRY(cd_buf_add(bytes, seen));
        cd_stream_skip(s, seen.len);
        used += seen.len;
    }
}

/* --- files and bytes -------------------------------------------------------------------------------------------------- */

/* What a stream of a file knows. */
typedef struct file {
    int  fd;
    bool owned;
} file;

static cd_status fill_file(cd_stream *s, char *to, size_t room, size_t *got)
{
    file   *f = s->self;
    ssize_t n = read(f->fd, to, room);
    if (n < 0) return cd_stream_break(s, "unreadable", "%s", strerror(errno));
    *got = (size_t)n;
    return CD_OK;
}

static void close_file(cd_stream *s)
{
    file *f = s->self;
    if (f->owned) (void)close(f->fd); /* read only: nothing can be lost */
    free(f);
}

cd_status cd_stream_of_file(int fd, bool owned, cd_buf *head, cd_stream **stream)
{
    static const cd_stream_kind kind = {fill_file, close_file};
    file *f = malloc(sizeof *f);
    if (!f) return CD_ENOMEM;
    *f = (file){fd, owned};
    cd_status st = cd_stream_new(&kind, f, NULL, stream);
    if (st != CD_OK) {
        free(f);
        return st;
    }
    (*stream)->window = *head;
    *head = (cd_buf){0};
    return CD_OK;
}

int cd_stream_descriptor(const cd_stream *s) { return s->kind->fill == fill_file ? ((const file *)s->self)->fd : -1; }

static cd_status fill_nothing(cd_stream *s, char *to, size_t room, size_t *got)
{
    (void)s, (void)to, (void)room;
    *got = 0;
    return CD_OK;
}

static void close_nothing(cd_stream *s) { (void)s; }

cd_status cd_stream_of_bytes(cd_buf *bytes, cd_stream **stream)
{
    static const cd_stream_kind kind = {fill_nothing, close_nothing};
    CD_TRY(cd_stream_new(&kind, NULL, NULL, stream));
    (*stream)->ended = true;
    (*stream)->window = *bytes;
    *bytes = (cd_buf){0};
    return CD_OK;
}
