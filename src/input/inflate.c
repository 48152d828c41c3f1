/* inflate.c -- gzip and deflate: the program's door to zlib. */
#include "input/unpack.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

static cd_status step(void *self, cd_piece *p, cd_stream *s, bool *end)
{
    z_stream *z = self;
    z->next_in = (Bytef *)(size_t)p->in; /* zlib does not write there */
    z->avail_in = p->nin > UINT_MAX ? UINT_MAX : (uInt)p->nin;
    z->next_out = (Bytef *)p->out;
    z->avail_out = p->nout > UINT_MAX ? UINT_MAX : (uInt)p->nout;
    uInt in = z->avail_in, out = z->avail_out;
    int  rc = inflate(z, Z_NO_FLUSH);
    p->nin -= in - z->avail_in;
    p->nout -= out - z->avail_out;
    *end = rc == Z_STREAM_END;
    if (rc == Z_MEM_ERROR) return CD_ENOMEM;
    if (rc == Z_OK || rc == Z_BUF_ERROR || rc == Z_STREAM_END) return CD_OK;
    return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", z->msg ? z->msg : "no known form");
}

static bool begins(cd_span next) { return next.len >= 2 && memcmp(next.ptr, "\x1F\x8B", 2) == 0; }

static cd_status again(void *self) { return inflateReset(self) == Z_OK ? CD_OK : CD_ENOMEM; }

static void close_inflater(void *self)
{
    (void)inflateEnd(self);
    free(self);
}

cd_status cd_inflate(cd_stream *under, cd_wrapping wrapping, cd_stream **stream)
{
    static const cd_codec members = {NULL, step, begins, again, close_inflater, false}, alone = {NULL, step, begins, again, close_inflater, true};
    static const int      bits[] = {[CD_GZIP] = 15 + 16, [CD_GZIP_ALONE] = 15 + 16, [CD_ZLIB] = 15, [CD_BARE] = -15};
    z_stream *z = calloc(1, sizeof *z);
    if (!z || inflateInit2(z, bits[wrapping]) != Z_OK) {
        free(z);
        return CD_ENOMEM;
    }
    cd_status st = cd_unpack_with(wrapping == CD_GZIP ? &members : &alone, z, under, stream);
    if (st != CD_OK) close_inflater(z);
    return st;
}
