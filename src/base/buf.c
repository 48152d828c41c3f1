/* buf.c -- a growing byte buffer. In: pieces. Out: one run of bytes, NUL-ended. Sizes are checked before they are added. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

cd_status cd_buf_reserve(cd_buf *buf, size_t add)
{
    if (add >= SIZE_MAX - buf->len) return CD_ENOMEM;
    size_t need = buf->len + add + 1; /* one for the NUL */
    if (need <= buf->cap) return CD_OK;
    size_t cap = buf->cap ? buf->cap : 256;
    while (cap < need) cap = cap > SIZE_MAX / 2 ? need : cap * 2;
    char *p = realloc(buf->ptr, cap);
    if (!p) return CD_ENOMEM;
    buf->ptr = p;
    buf->cap = cap;
    buf->ptr[buf->len] = '\0';
    return CD_OK;
}

cd_status cd_buf_add(cd_buf *buf, cd_span text)
{
    CD_TRY(cd_buf_reserve(buf, text.len));
    if (text.len) memcpy(buf->ptr + buf->len, text.ptr, text.len);
    buf->len += text.len;
    buf->ptr[buf->len] = '\0';
    return CD_OK;
}

cd_status cd_buf_char(cd_buf *buf, char c) { return cd_buf_add(buf, (cd_span){&c, 1}); }

cd_status cd_buf_format(cd_buf *buf, const char *format, ...)
{
    va_list values, again;
    va_start(values, format);
    va_copy(again, values);
    int       n = vsnprintf(NULL, 0, format, values);
    cd_status st = n < 0 ? CD_ENOMEM : cd_buf_reserve(buf, (size_t)n);
    if (st == CD_OK) {
        (void)vsnprintf(buf->ptr + buf->len, (size_t)n + 1, format, again);
        buf->len += (size_t)n;
    }
    va_end(again);
    va_end(values);
    return st;
}

void cd_buf_clear(cd_buf *buf, size_t keep)
{
    if (buf->cap > keep) cd_buf_free(buf);
    buf->len = 0;
    if (buf->ptr) buf->ptr[0] = '\0';
}

void cd_buf_free(cd_buf *buf)
{
    free(buf->ptr);
    *buf = (cd_buf){0};
}
