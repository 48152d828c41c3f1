/* netsum.h -- inside tagger/: sums of 16-bit integers, many at once, for net.c. They are the same on every machine: what SSE2 does eight at
 * a time, plain C does one by one. */
#ifndef CD_TAGGER_NETSUM_H
#define CD_TAGGER_NETSUM_H

#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* ---- one by one ------------------------------------------------------------------------------------------------------ */

static inline void cd_net_add_rows_plain(const int16_t *table, unsigned width, const uint16_t *rows, unsigned n, int16_t *sums)
{
    for (unsigned i = 0; i < n; i++)
        for (unsigned k = 0; k < width; k++) sums[k] = (int16_t)(sums[k] + table[rows[i] * width + k]);
}

static inline void cd_net_sum_plain(const int16_t *values, unsigned pairs, const int16_t (*weights)[2], unsigned n, int32_t *sums)
{
    for (unsigned p = 0; p < pairs; p++)
        for (unsigned k = 0; k < n; k++) sums[k] += values[2 * p] * weights[p * n + k][0] + values[2 * p + 1] * weights[p * n + k][1];
}

static inline void cd_net_narrow_plain(const int32_t *sums, unsigned n, int shift, int16_t *to)
{
    for (unsigned k = 0; k < n; k++) {
        const int32_t value = sums[k] >> shift;
        to[k] = (int16_t)(value < INT16_MIN ? INT16_MIN : value > INT16_MAX ? INT16_MAX : value);
    }
}

static inline void cd_net_bound_plain(int16_t *values, unsigned n, int shift, int16_t more, int16_t least, int16_t most)
{
    for (unsigned k = 0; k < n; k++) {
        const int value = (values[k] >> shift) + more;
        values[k] = (int16_t)(value < least ? least : value > most ? most : value);
    }
}

static inline void cd_net_mix_plain(const int16_t *one, const int16_t *other, const int16_t *share, unsigned n, int bits, int16_t *to)
{
    for (unsigned k = 0; k < n; k++) to[k] = (int16_t)((one[k] * share[k] + other[k] * ((1 << bits) - share[k]) + (1 << (bits - 1))) >> bits);
}

/* ---- many at once ---------------------------------------------------------------------------------------------------- */

/* Adds the rows of a table, `width` numbers each, to as many sums. `width` is a multiple of 24; no sum leaves 16 bits. */
static inline void cd_net_add_rows(const int16_t *table, unsigned width, const uint16_t *rows, unsigned n, int16_t *sums)
{
#ifdef __SSE2__
    for (unsigned k = 0; k < width; k += 24) {
        __m128i *to = (__m128i *)(void *)(sums + k), a = _mm_loadu_si128(to), b = _mm_loadu_si128(to + 1), c = _mm_loadu_si128(to + 2);
        for (unsigned i = 0; i < n; i++) {
            const __m128i *row = (const __m128i *)(const void *)(table + rows[i] * width + k);
            a = _mm_add_epi16(a, _mm_loadu_si128(row));
            b = _mm_add_epi16(b, _mm_loadu_si128(row + 1));
            c = _mm_add_epi16(c, _mm_loadu_si128(row + 2));
        }
        _mm_storeu_si128(to, a);
        _mm_storeu_si128(to + 1, b);
        _mm_storeu_si128(to + 2, c);
    }
#else
    cd_net_add_rows_plain(table, width, rows, n, sums);
#endif
}

/* Adds to n sums, a multiple of 16, the products of values with their weights: those of a pair of values in sum k are weights[pair * n + k].
 * No sum leaves 32 bits. */
static inline void cd_net_sum(const int16_t *values, unsigned pairs, const int16_t (*weights)[2], unsigned n, int32_t *sums)
{
#ifdef __SSE2__
    for (unsigned k = 0; k < n; k += 16) {
        __m128i *to = (__m128i *)(void *)(sums + k), a = _mm_loadu_si128(to), b = _mm_loadu_si128(to + 1), c = _mm_loadu_si128(to + 2), d = _mm_loadu_si128(to + 3);
#pragma GCC unroll 4
        for (unsigned p = 0; p < pairs; p++) {
            int32_t pair;
            memcpy(&pair, values + 2 * p, sizeof pair);
            const __m128i  both = _mm_set1_epi32(pair);
            const __m128i *w = (const __m128i *)(const void *)weights[p * n + k];
            a = _mm_add_epi32(a, _mm_madd_epi16(both, _mm_loadu_si128(w)));
            b = _mm_add_epi32(b, _mm_madd_epi16(both, _mm_loadu_si128(w + 1)));
            c = _mm_add_epi32(c, _mm_madd_epi16(both, _mm_loadu_si128(w + 2)));
            d = _mm_add_epi32(d, _mm_madd_epi16(both, _mm_loadu_si128(w + 3)));
        }
        _mm_storeu_si128(to, a);
        _mm_storeu_si128(to + 1, b);
        _mm_storeu_si128(to + 2, c);
        _mm_storeu_si128(to + 3, d);
    }
#else
    cd_net_sum_plain(values, pairs, weights, n, sums);
#endif
}

/* Of each of two values, n of each, a multiple of 8, a share: 2 to the power of `bits` is all of the first. `bits` is 14 at most, and a
 * share is from 0 to that. */
static inline void cd_net_mix(const int16_t *one, const int16_t *other, const int16_t *share, unsigned n, int bits, int16_t *to)
{
#ifdef __SSE2__
    const __m128i all = _mm_set1_epi16((int16_t)(1 << bits)), half = _mm_set1_epi32(1 << (bits - 1));
    for (unsigned k = 0; k < n; k += 8) {
        const __m128i a = _mm_loadu_si128((const __m128i *)(const void *)(one + k)), b = _mm_loadu_si128((const __m128i *)(const void *)(other + k));
        const __m128i of_a = _mm_loadu_si128((const __m128i *)(const void *)(share + k)), of_b = _mm_sub_epi16(all, of_a);
        const __m128i low = _mm_madd_epi16(_mm_unpacklo_epi16(a, b), _mm_unpacklo_epi16(of_a, of_b));
        const __m128i high = _mm_madd_epi16(_mm_unpackhi_epi16(a, b), _mm_unpackhi_epi16(of_a, of_b));
        _mm_storeu_si128((__m128i *)(void *)(to + k), _mm_packs_epi32(_mm_srai_epi32(_mm_add_epi32(low, half), bits), _mm_srai_epi32(_mm_add_epi32(high, half), bits)));
    }
#else
    cd_net_mix_plain(one, other, share, n, bits, to);
#endif
}

/* The sums, n of them, a multiple of 8, without their last `shift` bits; what 16 bits cannot hold is their greatest or least. */
static inline void cd_net_narrow(const int32_t *sums, unsigned n, int shift, int16_t *to)
{
#ifdef __SSE2__
    for (unsigned k = 0; k < n; k += 8) {
        const __m128i *from = (const __m128i *)(const void *)(sums + k);
        const __m128i  low = _mm_srai_epi32(_mm_loadu_si128(from), shift), high = _mm_srai_epi32(_mm_loadu_si128(from + 1), shift);
        _mm_storeu_si128((__m128i *)(void *)(to + k), _mm_packs_epi32(low, high));
    }
#else
    cd_net_narrow_plain(sums, n, shift, to);
#endif
}

/* Takes `shift` bits from values, n of them, a multiple of 8, adds `more`, and bounds them. Nothing leaves 16 bits in between. */
static inline void cd_net_bound(int16_t *values, unsigned n, int shift, int16_t more, int16_t least, int16_t most)
{
#ifdef __SSE2__
    const __m128i add = _mm_set1_epi16(more), low = _mm_set1_epi16(least), high = _mm_set1_epi16(most);
    for (unsigned k = 0; k < n; k += 8) {
        __m128i      *to = (__m128i *)(void *)(values + k);
        const __m128i value = _mm_add_epi16(_mm_srai_epi16(_mm_loadu_si128(to), shift), add);
        _mm_storeu_si128(to, _mm_min_epi16(_mm_max_epi16(value, low), high));
    }
#else
    cd_net_bound_plain(values, n, shift, more, least, most);
#endif
}

#endif
