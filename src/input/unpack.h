/* unpack.h -- inside input/: packed bytes -> what they unpack to. */
#ifndef CD_INPUT_UNPACK_H
#define CD_INPUT_UNPACK_H

#include "input/stream.h"

/* How gzip's and zlib's bytes are wrapped: gzip's members one behind the other; one member of gzip, whatever stands behind it; zlib's
 * header ("deflate" in HTTP); nothing at all. */
typedef enum cd_wrapping { CD_GZIP, CD_GZIP_ALONE, CD_ZLIB, CD_BARE } cd_wrapping;

/* Streams of what `under` unpacks to; they close `under` with themselves. On failure (CD_ENOMEM) `under` stays the caller's. Damage
 * breaks a stream off with reason "damaged_archive" behind the last byte that could be had. So does what stands behind the packed data and
 * is neither a further member nor zeros: it may be a member whose first bytes are damaged. */
CD_MUST_USE cd_status cd_inflate(cd_stream *under, cd_wrapping wrapping, cd_stream **stream);

/* The same for bzip2, xz, zstd and lz4 (sniff.h says so). */
CD_MUST_USE cd_status cd_unpack(cd_stream *under, cd_stream **stream);

/* --- one library each: inflate.c, bunzip.c, unxz.c, unzstd.c, unlz4.c -------------------------------------------------------- */

/* What is still to be read and where to write; a step moves both on. */
typedef struct cd_piece {
    const char *in;
    size_t      nin;
    char       *out;
    size_t      nout;
} cd_piece;

/* How a packing is undone. `self` is what open() gave. */
typedef struct cd_codec {
    void *(*open)(void); /* NULL: no memory */
    /* Unpacks as much as fits; *end: the member is complete. CD_EINPUT: damage, of which cd_stream_break() was told; CD_ENOMEM. */
    cd_status (*step)(void *self, cd_piece *piece, cd_stream *s, bool *end);
    bool (*begins)(cd_span next);   /* whether a further member begins there */
    cd_status (*again)(void *self); /* makes ready for it */
    void (*close)(void *self);
    bool alone; /* nothing behind the first member matters */
} cd_codec;

extern const cd_codec cd_codec_bzip2, cd_codec_xz, cd_codec_zstd, cd_codec_lz4;

/* `self` is closed with the stream; on failure it and `under` stay the caller's. */
CD_MUST_USE cd_status cd_unpack_with(const cd_codec *codec, void *self, cd_stream *under, cd_stream **stream);

/* archive.c: the first form of lz4, which liblz4 leaves to its callers. */
CD_MUST_USE cd_status cd_unpack_old_lz4(cd_stream *under, cd_stream **stream);

#endif
