/* digest.h -- what of a story's body decides whether it is told twice. Made by the worker that made the record. */
#ifndef CD_RUN_DIGEST_H
#define CD_RUN_DIGEST_H

#include "base/span.h"

#include <stdint.h>

/* A sketch has CD_SKETCH numbers; two bodies agree in as many of them, on average, as the share of their shingles (runs of CD_SHINGLE
 * words) that they have in common. CD_BANDS groups of CD_BAND_ROWS of them are searched for, which misses one pair of 5,000 at the
 * threshold of 0.8; CD_NEAR_AGREE numbers of 128 are that threshold, less the one in 256 that agrees by chance. */
enum { CD_SHINGLE = 4, CD_SKETCH = 128, CD_BANDS = 16, CD_BAND_ROWS = 4, CD_NEAR_AGREE = 103 };

/* Words that a body needs to be held for nearly another: shorter ones are stock phrases. */
enum { CD_NEAR_WORDS = 20 };

typedef struct cd_digest {
    bool     any;                /* there is a body */
    bool     near;               /* it is long enough for a sketch */
    uint64_t exact[2];           /* of all words without case, in their order; blanks and punctuation do not count */
    uint8_t  sketch[CD_SKETCH];
    uint32_t bands[CD_BANDS];
} cd_digest;

/* The same body gives the same digest on every machine. Without `near` there is no sketch. */
void cd_digest_make(cd_digest *digest, cd_span body, bool near);

/* Whether two sketches agree as the threshold asks. */
bool cd_digest_is_near(const uint8_t a[CD_SKETCH], const uint8_t b[CD_SKETCH]);

#endif
