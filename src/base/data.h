/* data.h -- files of data/ as src/embed/embed.c compiles them into the binary. */
#ifndef CD_BASE_DATA_H
#define CD_BASE_DATA_H

#include "base/eight.h"

#include <stdint.h>

/* One embedded file; `name` is its path in the source tree ("data/rules/cookie.rules"), `text` its bytes, NUL-ended behind them. */
typedef struct cd_data_file {
    const char     *name;
    cd_span         text;
    const uint32_t *slots;  /* of a .tsv: cd_slot_tag() of its first column's cd_hash_bytes() and where its line begins, +1, in
                               the lower bits; found from the hash by open addressing; 0 is an empty slot */
    size_t          nslots; /* a power of two. NULL and 0 for other files. */
} cd_data_file;

enum { CD_SLOT_BITS = 20 }; /* for the place of a line: tables are smaller than a MiB */

static inline uint32_t cd_slot_tag(uint64_t hash) { return (uint32_t)(hash >> 52) << CD_SLOT_BITS; }
static inline uint32_t cd_slot_line(uint32_t slot) { return (slot & ((1u << CD_SLOT_BITS) - 1)) - 1; }

/* data/rules and data/tables, in byte order of their paths; ended by a file without a name. */
extern const cd_data_file cd_data_rules[];
extern const cd_data_file cd_data_tables[];

/* The table whose path ends with `name` ("/months.tsv"); one without a name and without slots where there is none. */
const cd_data_file *cd_data_table(const char *name);

/* For cd_data_find(): whether the line of a slot begins with `key`, and what stands behind it. */
bool cd_data_read(const cd_data_file *file, uint32_t slot, cd_span key, cd_span *value);

/* Looks `key` up in the first column of a table; `hash` is its cd_hash_bytes(). *value is
 * what stands behind it on its line, trimmed. Inline, since most keys are in no table and end at an empty slot. */
static inline bool cd_data_find(const cd_data_file *file, cd_span key, uint64_t hash, cd_span *value)
{
    const uint32_t tag = cd_slot_tag(hash), tag_bits = ~((1u << CD_SLOT_BITS) - 1);
    if (key.len == 0 || file->nslots == 0) return false;
    for (size_t at = hash & (file->nslots - 1); file->slots[at]; at = (at + 1) & (file->nslots - 1))
        if ((file->slots[at] & tag_bits) == tag && cd_data_read(file, file->slots[at], key, value)) return true;
    return false;
}

/* data/tables/stopwords.tsv as a hash table with open addressing: a slot is found from `hash` (cd_hash_bytes() of the
 * folded word) and holds one bit for each language that the word belongs to. Each slot's tag, cd_word_tag() of the
 * hash or 0 for an empty slot, stands in a list of its own, which stays in the cache. */
typedef struct cd_word_slot {
    uint64_t hash, languages;
    uint32_t shared; /* how many languages these are */
} cd_word_slot;

enum { CD_WORD_SLOTS = 4096 };

static inline uint8_t cd_word_tag(uint64_t hash) { return (uint8_t)(hash >> 56 | 1); }

extern const cd_word_slot cd_function_words[CD_WORD_SLOTS];
extern const uint8_t      cd_function_tags[CD_WORD_SLOTS];
extern const char *const  cd_function_languages[]; /* BCP 47, in the order of the bits; ended by NULL */

#endif
