/* eight.h -- eight bytes of text looked at together, in one machine word (Lamport 1975, "Multiple byte processing with full-word
 * instructions"). The first byte is the lowest, whatever the machine: so hashes are the same everywhere. */
#ifndef CD_BASE_EIGHT_H
#define CD_BASE_EIGHT_H

#include "base/span.h"

#include <stdint.h>

#define CD_EIGHT(byte) (UINT64_MAX / 255 * (byte)) /* a byte eight times */

#if defined __BYTE_ORDER__ && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define CD_LOWEST_FIRST(word, swap) swap(word)
#else
#define CD_LOWEST_FIRST(word, swap) (word)
#endif

static inline uint64_t cd_four(const char *p)
{
    uint32_t four;
    memcpy(&four, p, sizeof four);
    return CD_LOWEST_FIRST(four, __builtin_bswap32);
}

/* The first eight of `n` bytes; zeros stand for those that are missing. Fewer than eight are read in parts that overlap. */
static inline uint64_t cd_eight(const char *p, size_t n)
{
    uint64_t eight = 0;
    if (n >= sizeof eight) {
        memcpy(&eight, p, sizeof eight);
        return CD_LOWEST_FIRST(eight, __builtin_bswap64);
    }
    if (n >= 4) return cd_four(p) | cd_four(p + n - 4) << 8 * (n - 4);
    if (n == 0) return 0;
    return (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 * (n / 2) | (uint64_t)(unsigned char)p[n - 1] << 8 * (n - 1);
}

static inline void cd_eight_put(char *p, uint64_t eight)
{
    const uint64_t lowest_first = CD_LOWEST_FIRST(eight, __builtin_bswap64);
    memcpy(p, &lowest_first, sizeof lowest_first);
}

/* The top bit of each byte that lies between two ASCII characters; bytes beyond ASCII do not. */
static inline uint64_t cd_eight_between(uint64_t eight, unsigned char from, unsigned char to)
{
    uint64_t low = eight & CD_EIGHT(0x7F);
    return (low + CD_EIGHT(0x80 - from)) & ~(low + CD_EIGHT(0x7F - to)) & ~eight & CD_EIGHT(0x80);
}

/* How many of the first bytes are ASCII letters or digits. */
static inline size_t cd_eight_word(uint64_t eight)
{
    uint64_t others = ~(cd_eight_between(eight | CD_EIGHT(0x20), 'a', 'z') | cd_eight_between(eight, '0', '9')) & CD_EIGHT(0x80);
    return others ? (size_t)__builtin_ctzll(others) / 8 : 8;
}

/* How many bytes from `p` on are small letters of ASCII. */
static inline size_t cd_small_letters(const char *p, const char *end)
{
    size_t n = 0;
    for (;;) {
        uint64_t others = ~cd_eight_between(cd_eight(p + n, (size_t)(end - p) - n), 'a', 'z') & CD_EIGHT(0x80);
        if (others) return n + (size_t)__builtin_ctzll(others) / 8;
        n += 8;
    }
}

/* The first `n` of the bytes, 0 to 8; zeros stand for the others. */
static inline uint64_t cd_eight_first(uint64_t eight, size_t n) { return n < 8 ? eight & (((uint64_t)1 << 8 * n) - 1) : eight; }

/* ASCII capitals as small letters. */
static inline uint64_t cd_eight_fold(uint64_t eight) { return eight | cd_eight_between(eight, 'A', 'Z') >> 2; }

/* How many bytes have their top bit, and no other one. */
static inline size_t cd_eight_count(uint64_t tops) { return (size_t)((tops >> 7) * CD_EIGHT(1) >> 56); }

/* ---- hashes ---- */

#define CD_HASH_BYTES_SEED ((uint64_t)0xCBF29CE484222325u)

/* The hash of what is hashed so far with eight more bytes, or the last few. Multiplications spread bits upwards, shifts back down; one
 * to one for texts of up to eight bytes. */
static inline uint64_t cd_hash_eight(uint64_t hash, uint64_t eight)
{
    hash = (hash ^ eight) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 32;
}

/* The hash of a text's bytes behind those that `hash` has. */
static inline uint64_t cd_hash_more(uint64_t hash, cd_span text)
{
    for (; text.len >= 8; text.ptr += 8, text.len -= 8) hash = cd_hash_eight(hash, cd_eight(text.ptr, 8));
    return text.len ? cd_hash_eight(hash, cd_eight(text.ptr, text.len)) : hash;
}

static inline uint64_t cd_hash_bytes(cd_span text) { return cd_hash_more(CD_HASH_BYTES_SEED, text); }

#endif
