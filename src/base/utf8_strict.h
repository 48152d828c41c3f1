/* utf8_strict.h -- one code point off bytes that nobody has checked yet. Text that has left decode/ is read with utf8.h, which
 * trusts it; this is for the bytes before that and for file names. */
#ifndef CD_BASE_UTF8_STRICT_H
#define CD_BASE_UTF8_STRICT_H

#include "base/utf8.h"

enum { CD_RUNE_BAD = 0xFFFFFFFEu };

/* Reads one code point at `p`, which has `left` > 0 bytes, into *rune and gives how many bytes it takes. Where they are no
 * UTF-8, *rune is CD_RUNE_BAD and the bytes are a maximal subpart: as much as could still have begun a sequence, at least 1. */
static inline size_t cd_utf8_strict(const char *text, size_t left, cd_rune *rune)
{
    const unsigned char *p = (const unsigned char *)text;
    cd_rune              lead = p[0];
    if (lead < 0x80) {
        *rune = lead;
        return 1;
    }
    *rune = CD_RUNE_BAD;
    if (lead < 0xC2 || lead > 0xF4) return 1;
    size_t        size = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    unsigned char low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80; /* no longer than need be */
    unsigned char high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF; /* no surrogates, nothing past U+10FFFF */
    cd_rune       r = lead & (0x7Fu >> size);
    for (size_t n = 1; n < size; n++) {
        if (n >= left || p[n] < low || p[n] > high) return n;
        r = r << 6 | (p[n] & 0x3Fu);
        low = 0x80, high = 0xBF;
    }
    *rune = r;
    return size;
}

#endif
