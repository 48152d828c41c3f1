/* inflate.c -- gzip and deflate. In: a stream. Out: a stream of what it unpacks to. The program's door to zlib.
 *
 * Why not libarchive, which unpacks everything else: it gives gzip away in blocks of 64 KiB and, where the file is cut off, drops the
 * last one with up to a dozen complete pages. zlib, on which it stands, gives every byte up to the cut. */
#include "input/inflate.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

typedef struct inflater {
    z_stream    z;
    cd_wrapping wrapping;
    bool        inside; /* of a member: more must come */
    bool        any;    /* a member was complete */
} inflater;

/* Between two members: whether a further one begins. What is none is padding, or was added by hand; gzip(1) leaves it out, too. */
static cd_status next_member(cd_stream *s, inflater *f, bool *more)
{
    cd_span seen;
    CD_TRY(cd_stream_peek(s->under, 2, &seen));
    *more = !f->any || (f->wrapping == CD_GZIP && seen.len >= 2 && memcmp(seen.ptr, "\x1F\x8B", 2) == 0);
    if (*more && f->any && inflateReset(&f->z) != Z_OK) return CD_ENOMEM;
    f->inside = *more;
    return CD_OK;
}

/* Unpacks as much of what `under` shows as fits; *got stays 0 where that gives no byte yet. */
static cd_status unpack(cd_stream *s, inflater *f, char *to, size_t room, size_t *got)
{
    cd_span seen;
    CD_TRY(cd_stream_peek(s->under, 1, &seen));
    if (seen.len == 0 && s->under->reason) return cd_stream_break(s, s->under->reason, "%s", s->under->why);
    if (seen.len == 0) return cd_stream_break(s, "damaged_archive", "the packed data is cut off");
    f->z.next_in = (Bytef *)(size_t)seen.ptr; /* zlib does not write there */
    f->z.avail_in = seen.len > UINT_MAX ? UINT_MAX : (uInt)seen.len;
    f->z.next_out = (Bytef *)to;
    f->z.avail_out = room > UINT_MAX ? UINT_MAX : (uInt)room;
    uInt in = f->z.avail_in, out = f->z.avail_out;
    int  rc = inflate(&f->z, Z_NO_FLUSH);
    cd_stream_skip(s->under, in - f->z.avail_in);
    *got = out - f->z.avail_out;
    if (rc == Z_STREAM_END) f->inside = false, f->any = true;
    else if (rc == Z_MEM_ERROR) return CD_ENOMEM;
    if (rc == Z_OK || rc == Z_BUF_ERROR || rc == Z_STREAM_END) return CD_OK;
    return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", f->z.msg ? f->z.msg : "no known form");
}

static cd_status fill(cd_stream *s, char *to, size_t room, size_t *got)
{
    inflater *f = s->self;
    bool      more = true;
    *got = 0;
    while (*got == 0) {
        if (!f->inside) CD_TRY(next_member(s, f, &more));
        if (!more) return CD_OK;
        CD_TRY(unpack(s, f, to, room, got));
    }
    return CD_OK;
}

static void close_inflater(cd_stream *s)
{
    inflater *f = s->self;
    (void)inflateEnd(&f->z);
    free(f);
    cd_stream_close(s->under);
}

cd_status cd_inflate(cd_stream *under, cd_wrapping wrapping, cd_stream **stream)
{
    static const cd_stream_kind kind = {fill, close_inflater};
    static const int            bits[] = {[CD_GZIP] = 15 + 16, [CD_ZLIB] = 15, [CD_BARE] = -15};
    inflater *f = calloc(1, sizeof *f);
    if (!f) return CD_ENOMEM;
    f->wrapping = wrapping;
    cd_status st = inflateInit2(&f->z, bits[wrapping]) == Z_OK ? cd_stream_new(&kind, f, under, stream) : CD_ENOMEM;
    if (st == CD_OK) return CD_OK;
    (void)inflateEnd(&f->z);
    free(f);
    return st;
}
