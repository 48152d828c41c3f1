/* span.h -- a look at bytes that somebody else owns.
 *
 * Conventions of the whole program, stated once: ranges are half-open [from, to) and count bytes; blocks count from 0,
 * lines from 1; text is valid UTF-8 without NUL once it has left decode/; a span is not NUL-ended. */
#ifndef CD_BASE_SPAN_H
#define CD_BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct cd_span {
    const char *ptr; /* may be NULL only when len is 0 */
    size_t      len; /* in bytes */
} cd_span;

/* A literal as a span, also in static tables. */
#define CD_SPAN(literal) ((cd_span){("" literal), sizeof(literal) - 1})

static inline cd_span cd_span_of(const char *text) { return (cd_span){text, text ? strlen(text) : 0}; }
static inline cd_span cd_span_sub(cd_span s, size_t from, size_t to) { return (cd_span){s.ptr + from, to - from}; }
static inline bool    cd_span_is(cd_span a, cd_span b) { return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0); }
static inline bool    cd_span_starts(cd_span s, cd_span with) { return s.len >= with.len && memcmp(s.ptr, with.ptr, with.len) == 0; }
static inline bool    cd_span_ends(cd_span s, cd_span with)
{
    return s.len >= with.len && memcmp(s.ptr + s.len - with.len, with.ptr, with.len) == 0;
}
static inline bool cd_is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/* Without the ASCII blanks at both ends (decode/ has turned every other kind of space into these). */
static inline cd_span cd_span_trim(cd_span s)
{
    while (s.len && cd_is_blank(*s.ptr)) s.ptr++, s.len--;
    while (s.len && cd_is_blank(s.ptr[s.len - 1])) s.len--;
    return s;
}
static inline bool cd_span_is_blank(cd_span s) { return cd_span_trim(s).len == 0; }

/* Where `needle` begins in `s`, or s.len if it is not there. */
static inline size_t cd_span_find(cd_span s, cd_span needle)
{
    if (needle.len == 0) return 0;
    for (size_t i = 0; i + needle.len <= s.len; i++) {
        const char *at = memchr(s.ptr + i, needle.ptr[0], s.len - needle.len - i + 1);
        if (!at) break;
        i = (size_t)(at - s.ptr);
        if (memcmp(at, needle.ptr, needle.len) == 0) return i;
    }
    return s.len;
}

/* The same bytes but for ASCII case. */
static inline bool cd_span_is_nocase(cd_span a, cd_span b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        unsigned char x = (unsigned char)a.ptr[i], y = (unsigned char)b.ptr[i];
        if (x >= 'A' && x <= 'Z') x = (unsigned char)(x + 32);
        if (y >= 'A' && y <= 'Z') y = (unsigned char)(y + 32);
        if (x != y) return false;
    }
    return true;
}

/* Takes the next line (without its '\n') off the front of *rest; false when there is none left. */
static inline bool cd_span_line(cd_span *rest, cd_span *line)
{
    if (rest->len == 0) return false;
    const char *nl = memchr(rest->ptr, '\n', rest->len);
    line->ptr = rest->ptr;
    line->len = nl ? (size_t)(nl - rest->ptr) : rest->len;
    size_t used = line->len + (nl ? 1 : 0);
    rest->ptr += used;
    rest->len -= used;
    return true;
}

#endif
