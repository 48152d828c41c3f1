/* unzstd.c -- zstd: the program's door to libzstd, which gives a block (up to 128 KiB of what was packed) as soon as all of it is there. */
#include "input/unpack.h"

#include <zstd.h>
#include <zstd_errors.h>

/* Bytes that libzstd sees at once: a frame that it sees whole it gives whole or, where a bit of it is wrong, not at all. */
enum { STEP_BYTES = 4096 };

static void *open_zstd(void) { return ZSTD_createDStream(); }

static cd_status step(void *self, cd_piece *p, cd_stream *s, bool *end)
{
    ZSTD_inBuffer  in = {p->in, p->nin < STEP_BYTES ? p->nin : STEP_BYTES, 0};
    ZSTD_outBuffer out = {p->out, p->nout, 0};
    size_t         rc = ZSTD_decompressStream(self, &out, &in);
    p->nin -= in.pos;
    p->nout -= out.pos;
    *end = rc == 0;
    if (!ZSTD_isError(rc)) return CD_OK;
    if (ZSTD_getErrorCode(rc) == ZSTD_error_memory_allocation) return CD_ENOMEM;
    if (ZSTD_getErrorCode(rc) == ZSTD_error_frameParameter_windowTooLarge)
        return cd_stream_break(s, "too_large", "to unpack it takes more than the 128 MiB of memory that zstd allows");
    return cd_stream_break(s, "damaged_archive", "the packed data is damaged: %s", ZSTD_getErrorName(rc));
}

/* A frame, or one to be skipped, which libzstd does. */
static bool begins(cd_span next)
{
    if (next.len < 4) return false;
    return memcmp(next.ptr, "\x28\xB5\x2F\xFD", 4) == 0 || (((unsigned char)next.ptr[0] & 0xF0) == 0x50 && memcmp(next.ptr + 1, "\x2A\x4D\x18", 3) == 0);
}

static cd_status again(void *self)
{
    (void)self; /* after a frame's end it is ready for the next */
    return CD_OK;
}

static void close_zstd(void *self) { (void)ZSTD_freeDStream(self); }

const cd_codec cd_codec_zstd = {open_zstd, step, begins, again, close_zstd, false};
