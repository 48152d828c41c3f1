/* unpack.c -- undoes packing. In: a stream. Out: a stream of what it unpacks to, to the last byte before any damage.
 *
 * Why not libarchive, which unpacks all this too: it gives bytes away in blocks of 64 KiB and more and, where the file is cut off, drops
 * the last one with up to a dozen complete pages. zlib, libbz2, liblzma and libzstd, on which it stands, give every byte up to the cut.
 * Its lz4 gives every block, so lz4 is left to it. */
#include "input/unpack.h"

#include <stdlib.h>

typedef struct unpacker {
    const cd_codec *codec;
    void           *self;
    bool            inside; /* of a member: more must come */
    bool            any;    /* a member was complete */
} unpacker;

/* Uses zeros: what tapes and block devices leave behind a file. */
static cd_status pass_zeros(cd_stream *under, cd_span *seen)
{
    for (;;) {
        size_t n = 0;
        CD_TRY(cd_stream_peek(under, 8, seen));
        while (n < seen->len && seen->ptr[n] == '\0') n++;
        if (n == 0) return CD_OK;
        cd_stream_skip(under, n);
    }
}

/* Between two members: whether a further one begins. */
static cd_status next_member(cd_stream *s, unpacker *u, bool *more)
{
    cd_span seen;
    *more = !u->any;
    if (!u->any) {
        u->inside = true;
        return CD_OK;
    }
    if (u->codec->alone) return CD_OK;
    CD_TRY(pass_zeros(s->under, &seen));
    if (seen.len == 0) return s->under->reason ? cd_stream_break(s, s->under->reason, "%s", s->under->why) : CD_OK;
    *more = u->inside = u->codec->begins(seen);
    if (!*more) return cd_stream_break(s, "damaged_archive", "bytes behind the packed data are no more of it");
    return u->codec->again(u->self);
}

/* Unpacks as much of what `under` shows as fits; *got stays 0 where that gives no byte yet. */
static cd_status unpack(cd_stream *s, unpacker *u, char *to, size_t room, size_t *got)
{
    cd_span seen;
    bool    end = false;
    CD_TRY(cd_stream_peek(s->under, 1, &seen));
    if (seen.len == 0 && s->under->reason) return cd_stream_break(s, s->under->reason, "%s", s->under->why);
    if (seen.len == 0) return cd_stream_break(s, "damaged_archive", "the packed data is cut off");
    cd_piece  piece = {seen.ptr, seen.len, to, room};
    cd_status st = u->codec->step(u->self, &piece, s, &end);
    cd_stream_skip(s->under, seen.len - piece.nin);
    *got = room - piece.nout;
    if (end) u->inside = false, u->any = true;
    return st;
}

static cd_status fill(cd_stream *s, char *to, size_t room, size_t *got)
{
    unpacker *u = s->self;
    bool      more = true;
    *got = 0;
    while (*got == 0) {
        if (!u->inside) CD_TRY(next_member(s, u, &more));
        if (!more) return CD_OK;
        CD_TRY(unpack(s, u, to, room, got));
    }
    return CD_OK;
}

static void close_unpacker(cd_stream *s)
{
    unpacker *u = s->self;
    u->codec->close(u->self);
    free(u);
    cd_stream_close(s->under);
}

cd_status cd_unpack_with(const cd_codec *codec, void *self, cd_stream *under, cd_stream **stream)
{
    static const cd_stream_kind kind = {fill, close_unpacker};
    unpacker *u = calloc(1, sizeof *u);
    if (!u) return CD_ENOMEM;
    u->codec = codec;
    u->self = self;
    cd_status st = cd_stream_new(&kind, u, under, stream);
    if (st != CD_OK) free(u);
    return st;
}

/* zstd and lz4 may have frames in front that say something to others. They begin with 0x184D2A50 to 5F and their length, both with the
 * lowest byte first. */
static cd_status pass_notes(cd_stream *under, cd_span *seen)
{
    for (;;) {
        unsigned long long length = 8, skipped;
        CD_TRY(cd_stream_peek(under, 8, seen));
        if (seen->len < 8 || ((unsigned char)seen->ptr[0] & 0xF0) != 0x50 || memcmp(seen->ptr + 1, "\x2A\x4D\x18", 3) != 0) return CD_OK;
        for (size_t i = 0; i < 4; i++) length += (unsigned long long)(unsigned char)seen->ptr[4 + i] << 8 * i;
        CD_TRY(cd_stream_pass(under, length, &skipped));
    }
}

cd_status cd_unpack(cd_stream *under, cd_stream **stream)
{
    static const cd_codec *const codecs[] = {&cd_codec_bzip2, &cd_codec_xz, &cd_codec_zstd, &cd_codec_lz4};
    cd_span seen;
    CD_TRY(pass_notes(under, &seen));
    for (size_t i = 0; i < sizeof codecs / sizeof *codecs; i++) {
        if (!codecs[i]->begins(seen)) continue;
        void *self = codecs[i]->open();
        if (!self) return CD_ENOMEM;
        cd_status st = cd_unpack_with(codecs[i], self, under, stream);
        if (st != CD_OK) codecs[i]->close(self);
        return st;
    }
    return cd_unpack_old_lz4(under, stream);
}
