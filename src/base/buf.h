/* buf.h -- bytes that grow at the end. */
#ifndef CD_BASE_BUF_H
#define CD_BASE_BUF_H

#include "base/span.h"
#include "base/status.h"

#include <stdbool.h>

/* Zero-initialise it; free it with cd_buf_free(). `ptr` is NUL-ended behind `len` once anything was added. */
typedef struct cd_buf {
    char  *ptr;
    size_t len, cap; /* bytes used, bytes allocated */
} cd_buf;

/* Each gives CD_ENOMEM (and leaves the buffer as it was) when memory could not be had; growth is geometric. */
CD_MUST_USE cd_status cd_buf_reserve(cd_buf *buf, size_t add);
CD_MUST_USE cd_status cd_buf_add(cd_buf *buf, cd_span text);
CD_MUST_USE cd_status cd_buf_char(cd_buf *buf, char c);
CD_MUST_USE cd_status cd_buf_format(cd_buf *buf, const char *format, ...) CD_PRINTF(2, 3);

/* Empties it and keeps the memory, unless that is more than `keep` bytes. */
void cd_buf_clear(cd_buf *buf, size_t keep);
void cd_buf_free(cd_buf *buf);

static inline cd_span cd_buf_span(const cd_buf *buf) { return (cd_span){buf->ptr, buf->len}; }

#endif
