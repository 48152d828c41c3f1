/* magic.h -- inside decode/: what the first bytes of a page tell. */
#ifndef CD_DECODE_MAGIC_H
#define CD_DECODE_MAGIC_H

#include "base/span.h"

/* What kind of file begins like this, with its article ("a PNG image"), or NULL: no known one. */
const char *cd_magic_find(cd_span bytes);

/* How many NULs and other controls, that no text has, stand in `bytes`. */
size_t cd_magic_controls(cd_span bytes);

/* "UTF-16LE", "UTF-16BE", "UTF-32LE" or "UTF-32BE" where `bytes` are such text without a byte order mark, else NULL. */
const char *cd_magic_wide(cd_span bytes);

#endif
