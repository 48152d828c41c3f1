/* columns.h -- what features.c and candidates.c put their columns together with. */
#ifndef CD_TAGGER_COLUMNS_H
#define CD_TAGGER_COLUMNS_H

#include "page/page.h"

/* How many of the cuts are at or below `value`: all are looked at, which is cheaper than branches that nobody can foretell. */
static inline unsigned cd_bucket(uint64_t value, const uint32_t *cuts, unsigned n)
{
    uint32_t small = value < UINT32_MAX ? (uint32_t)value : UINT32_MAX;
    unsigned bucket = 0;
    for (unsigned i = 0; i < n; i++) bucket += small >= cuts[i];
    return bucket;
}
#define CD_BUCKET(value, ...)                                                                                          \
    cd_bucket((uint64_t)(value), (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* The same of part / whole, rounded down; whole must not be 0. */
static inline unsigned cd_bucket_of(uint64_t part, uint64_t whole, const uint32_t *cuts, unsigned n)
{
    unsigned bucket = 0;
    for (unsigned i = 0; i < n; i++) bucket += part >= whole * cuts[i];
    return bucket;
}
#define CD_BUCKET_OF(part, whole, ...)                                                                                 \
    cd_bucket_of((uint64_t)(part), (uint64_t)(whole), (const uint32_t[]){__VA_ARGS__}, sizeof((const uint32_t[]){__VA_ARGS__}) / sizeof(uint32_t))

/* Adds the column at `place` of the group from `first` to `last`, where what is beyond the group counts as its last place. */
static inline void cd_column_add(cd_columns_of *c, unsigned first, unsigned last, unsigned place)
{
    if (c->n < CD_COLUMNS_MAX) c->at[c->n++] = (uint16_t)(first + place <= last ? first + place : last);
}
#define CD_ADD(columns, name, place) cd_column_add(columns, CD_COL_##name, CD_COL_END_##name, (place))

/* Adds a column for each bit of `signs`. */
static inline void cd_column_add_signs(cd_columns_of *c, uint64_t signs, unsigned first, unsigned last)
{
    for (; signs; signs &= signs - 1) cd_column_add(c, first, last, (unsigned)__builtin_ctzll(signs));
}

/* A block's length in six steps. */
static inline unsigned cd_coarse_length(const cd_block *b) { return CD_BUCKET(b->m.units, 200, 500, 1200, 2500, 5000); }

#endif
