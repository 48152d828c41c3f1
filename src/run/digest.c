/* digest.c -- a story's body as numbers that can be compared. In: the body. Out: a hash of all its words, and a MinHash sketch of its
 * shingles: for each of CD_SKETCH hash functions the least value that a shingle has, of which one byte is kept. */
#include "run/digest.h"

#include "base/hash.h"
#include "base/utf8.h"

#include <string.h>

/* The multipliers of the hash functions, odd, from one seed. */
static void make_multipliers(uint64_t by[CD_SKETCH])
{
    for (size_t i = 0; i < CD_SKETCH; i++) by[i] = cd_mix((i + 1) * 0x9E3779B97F4A7C15u) | 1;
}

static void take_shingle(uint32_t least[CD_SKETCH], const uint64_t by[CD_SKETCH], const uint64_t words[CD_SHINGLE], size_t at)
{
    uint64_t h = 0;
    for (size_t i = 0; i < CD_SHINGLE; i++) h = cd_mix(h ^ words[(at + i) % CD_SHINGLE]);
    for (size_t i = 0; i < CD_SKETCH; i++) {
        uint32_t v = (uint32_t)(h * by[i] >> 32);
        if (v < least[i]) least[i] = v;
    }
}

static void finish(cd_digest *d, const uint32_t least[CD_SKETCH])
{
    for (size_t i = 0; i < CD_SKETCH; i++) d->sketch[i] = (uint8_t)cd_mix(least[i]);
    for (size_t b = 0; b < CD_BANDS; b++) {
        uint64_t h = b;
        for (size_t r = 0; r < CD_BAND_ROWS; r++) h = cd_mix(h ^ least[b * CD_BAND_ROWS + r]);
        d->bands[b] = (uint32_t)h;
    }
}

void cd_digest_make(cd_digest *d, cd_span body, bool near)
{
    uint64_t by[CD_SKETCH], last[CD_SHINGLE] = {0};
    uint32_t least[CD_SKETCH];
    cd_span  word;
    size_t   n = 0;
    *d = (cd_digest){.exact = {1, 2}};
    memset(least, 0xFF, sizeof least);
    if (near) make_multipliers(by);
    while (cd_word_take(&body, &word)) {
        uint64_t h = cd_fold_hash(word);
        d->exact[0] = cd_mix(d->exact[0] ^ h);
        d->exact[1] = cd_mix(d->exact[1] + h);
        last[n++ % CD_SHINGLE] = h;
        if (near && n >= CD_SHINGLE) take_shingle(least, by, last, n % CD_SHINGLE);
    }
    d->any = n > 0;
    d->near = near && n >= CD_NEAR_WORDS;
    if (d->near) finish(d, least);
}

bool cd_digest_is_near(const uint8_t a[CD_SKETCH], const uint8_t b[CD_SKETCH])
{
    size_t agree = 0;
    for (size_t i = 0; i < CD_SKETCH; i++) agree += a[i] == b[i];
    return agree >= CD_NEAR_AGREE;
}
