/* bunzip.c -- bzip2: the program's door to libbz2, which gives a block (up to 900 KB of what was packed) as soon as all of it is there. */
#include "input/unpack.h"

#include <bzlib.h>
#include <limits.h>
#include <stdlib.h>

static void *open_bzip2(void)
{
    bz_stream *z = calloc(1, sizeof *z);
    if (z && BZ2_bzDecompressInit(z, 0, 0) == BZ_OK) return z;
    free(z);
    return NULL;
}

static cd_status step(void *self, cd_piece *p, cd_stream *s, bool *end)
{
    bz_stream *z = self;
    z->next_in = (char *)(size_t)p->in; /* libbz2 does not write there */
    z->avail_in = p->nin > UINT_MAX ? UINT_MAX : (unsigned)p->nin;
    z->next_out = p->out;
    z->avail_out = p->nout > UINT_MAX ? UINT_MAX : (unsigned)p->nout;
    unsigned in = z->avail_in, out = z->avail_out;
    int      rc = BZ2_bzDecompress(z);
    p->nin -= in - z->avail_in;
    p->nout -= out - z->avail_out;
    *end = rc == BZ_STREAM_END;
    if (rc == BZ_MEM_ERROR) return CD_ENOMEM;
    if (rc == BZ_OK || rc == BZ_STREAM_END) return CD_OK;
    return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", rc == BZ_DATA_ERROR ? "a block's sum is wrong" : "no block of bzip2");
}

static bool begins(cd_span next) { return next.len >= 4 && memcmp(next.ptr, "BZh", 3) == 0 && next.ptr[3] >= '1' && next.ptr[3] <= '9'; }

static cd_status again(void *self)
{
    bz_stream *z = self;
    (void)BZ2_bzDecompressEnd(z);
    *z = (bz_stream){0};
    return BZ2_bzDecompressInit(z, 0, 0) == BZ_OK ? CD_OK : CD_ENOMEM;
}

static void close_bzip2(void *self)
{
    (void)BZ2_bzDecompressEnd(self);
    free(self);
}

const cd_codec cd_codec_bzip2 = {open_bzip2, step, begins, again, close_bzip2, false};
