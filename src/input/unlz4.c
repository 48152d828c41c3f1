/* unlz4.c -- lz4: the program's door to liblz4, which gives a block (up to 4 MiB) as soon as all of it is there. */
#include "input/unpack.h"

#include <lz4frame.h>

static void *open_lz4(void)
{
    LZ4F_dctx *lz4 = NULL;
    return LZ4F_isError(LZ4F_createDecompressionContext(&lz4, LZ4F_VERSION)) ? NULL : lz4;
}

static cd_status step(void *self, cd_piece *p, cd_stream *s, bool *end)
{
    size_t in = p->nin, out = p->nout;
    size_t rc = LZ4F_decompress(self, p->out, &out, p->in, &in, NULL);
    if (LZ4F_isError(rc)) return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", LZ4F_getErrorName(rc));
    p->nin -= in;
    p->nout -= out;
    *end = rc == 0;
    return CD_OK;
}

/* A frame, or one to be skipped, which liblz4 does. */
static bool begins(cd_span next)
{
    return next.len >= 4 && (memcmp(next.ptr, "\x04\x22\x4D\x18", 4) == 0 ||
                             (((unsigned char)next.ptr[0] & 0xF0) == 0x50 && memcmp(next.ptr + 1, "\x2A\x4D\x18", 3) == 0));
}

static cd_status again(void *self)
{
    (void)self; /* after a frame's end it is ready for the next */
    return CD_OK;
}

static void close_lz4(void *self) { (void)LZ4F_freeDecompressionContext(self); }

const cd_codec cd_codec_lz4 = {open_lz4, step, begins, again, close_lz4, false};
