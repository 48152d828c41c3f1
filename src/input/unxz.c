/* unxz.c -- xz: the program's door to liblzma. */
#include "base/limits.h"
#include "input/unpack.h"

#include <lzma.h>
#include <stdlib.h>

static bool init(lzma_stream *z) { return lzma_stream_decoder(z, CD_LIMIT_UNPACK_BYTES, 0) == LZMA_OK; }

static void *open_xz(void)
{
    lzma_stream *z = calloc(1, sizeof *z); /* zeros are LZMA_STREAM_INIT */
    if (z && init(z)) return z;
    free(z);
    return NULL;
}

static cd_status step(void *self, cd_piece *p, cd_stream *s, bool *end)
{
    lzma_stream *z = self;
    z->next_in = (const uint8_t *)p->in;
    z->avail_in = p->nin;
    z->next_out = (uint8_t *)p->out;
    z->avail_out = p->nout;
    lzma_ret rc = lzma_code(z, LZMA_RUN);
    p->nin = z->avail_in;
    p->nout = z->avail_out;
    *end = rc == LZMA_STREAM_END;
    if (rc == LZMA_MEM_ERROR) return CD_ENOMEM;
    if (rc == LZMA_MEMLIMIT_ERROR) return cd_stream_break(s, "too_large", "to unpack it takes more memory than the limit CD_LIMIT_UNPACK_BYTES");
    if (rc == LZMA_OK || rc == LZMA_BUF_ERROR || rc == LZMA_STREAM_END) return CD_OK;
    return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", rc == LZMA_DATA_ERROR ? "a sum or a block is wrong" : "no known form");
}

static bool begins(cd_span next) { return next.len >= 6 && memcmp(next.ptr, "\xFD" "7zXZ\0", 6) == 0; }

static cd_status again(void *self) { return init(self) ? CD_OK : CD_ENOMEM; }

static void close_xz(void *self)
{
    lzma_end(self);
    free(self);
}

const cd_codec cd_codec_xz = {open_xz, step, begins, again, close_xz, false};
