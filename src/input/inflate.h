/* inflate.h -- inside input/: gzip and deflate. */
#ifndef CD_INPUT_INFLATE_H
#define CD_INPUT_INFLATE_H

#include "input/stream.h"

/* How the bytes are wrapped: gzip's members one behind the other; zlib's header ("deflate" in HTTP); nothing at all. */
typedef enum cd_wrapping { CD_GZIP, CD_ZLIB, CD_BARE } cd_wrapping;

/* A stream of what `under` unpacks to; closes `under` with itself. On failure (CD_ENOMEM) `under` stays the caller's. Damage
 * breaks the stream off with reason "damaged_archive" behind the last byte that could be had. */
CD_MUST_USE cd_status cd_inflate(cd_stream *under, cd_wrapping wrapping, cd_stream **stream);

#endif
