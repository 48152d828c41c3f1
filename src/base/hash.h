/* hash.h -- hashes of numbers, and a table that a page cannot flood. Hashes of texts are in eight.h and utf8.h: whoever writes a page can
 * choose words whose hashes lie where he wants them, so that a table would look through all of them for each. So a
 * random key decides where they lie. Nothing may depend on which slot something has, and searching is not counted as work on the page:
 * records are the same with every key. */
#ifndef CD_BASE_HASH_H
#define CD_BASE_HASH_H

#include "base/arena.h"

#include <stdint.h>

/* The finaliser of SplitMix64 (Steele, Lea and Flood 2014): one to one, and every bit of the input moves every bit of the result. */
static inline uint64_t cd_mix(uint64_t x)
{
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9u;
    x = (x ^ x >> 27) * 0x94D049BB133111EBu;
    return x ^ x >> 31;
}

/* A key that nobody knows beforehand; another one at each call. */
uint64_t cd_hash_key(void);

/* A hash table with open addressing: it says which slot a hash has, and what belongs to the hash stands in an array of the caller's. It
 * does not grow: make it twice as large as it will be full. */
typedef struct cd_slots {
    uint64_t *hashes; /* 0: empty */
    size_t    mask;   /* their number, a power of two, less 1 */
    uint64_t  factor; /* odd */
    unsigned  shift;
} cd_slots;

/* At least `n` empty slots, in the arena; false when memory could not be had. */
bool cd_slots_make(cd_slots *slots, cd_arena *arena, size_t n, uint64_t key);

/* Where the search for a hash begins. A product with a random odd number alone would leave hashes that are equally far apart so. */
static inline size_t cd_slots_home(const cd_slots *slots, uint64_t hash)
{
    hash *= slots->factor;
    return (size_t)((hash ^ hash >> 32) * 0x9E3779B97F4A7C15u >> slots->shift);
}

/* The slot of a hash that is not 0; where it has none yet, the empty one that it would have: hashes[] of it is 0, and the caller's to fill. */
static inline size_t cd_slots_find(const cd_slots *slots, uint64_t hash)
{
    size_t at = cd_slots_home(slots, hash);
    while (slots->hashes[at] && slots->hashes[at] != hash) at = (at + 1) & slots->mask;
    return at;
}

#endif
