/* data.h -- files of data/ as src/embed/embed.c compiles them into the binary. */
#ifndef CD_BASE_DATA_H
#define CD_BASE_DATA_H

#include "base/span.h"

#include <stdint.h>

/* One embedded file; `name` is its path in the source tree ("data/rules/cookie.rules"), `text` its bytes, NUL-ended behind them. */
typedef struct cd_data_file {
    const char     *name;
    cd_span         text;
    const uint32_t *slots;  /* of a .tsv: where a line begins, +1, found from the FNV-1a hash (64 bits) of its first column by open */
    size_t          nslots; /* addressing; 0 is an empty slot. NULL and 0 for other files. */
} cd_data_file;

/* data/rules and data/tables, in byte order of their paths; ended by a file without a name. */
extern const cd_data_file cd_data_rules[];
extern const cd_data_file cd_data_tables[];

/* data/tables/stopwords.tsv as a hash table with open addressing: a slot is found from `hash` (FNV-1a, 64 bits, over the bytes
 * of the folded word) and holds one bit for each language that the word belongs to; hash 0 is an empty slot. */
typedef struct cd_word_slot {
    uint64_t hash, languages;
} cd_word_slot;

enum { CD_WORD_SLOTS = 4096 };

extern const cd_word_slot cd_function_words[CD_WORD_SLOTS];
extern const char *const  cd_function_languages[]; /* BCP 47, in the order of the bits; ended by NULL */

#endif
