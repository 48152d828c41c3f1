/* words.h -- looks words up in data/tables. The tables are text as they were compiled in, with an index over their
 * first column (base/data.h): nothing is parsed, allocated or kept. */
#ifndef CD_FIELDS_WORDS_H
#define CD_FIELDS_WORDS_H

#include "base/data.h"
#include "base/span.h"
#include "base/utf8.h"

#include <stdint.h>

/* The tables of one page's walk; cheap to make, read-only. */
typedef struct cd_tables {
    const cd_data_file *months, *zones, *datewords, *namewords, *givennames, *commonwords;
} cd_tables;

cd_tables cd_tables_open(void);

/* A word in lower case; longer words are in no table and come out empty. */
enum { CD_FOLDED_BYTES = 48 };
typedef struct cd_folded {
    char     bytes[CD_FOLDED_BYTES]; /* `len` of them are set */
    size_t   len;
    uint64_t hash; /* cd_hash_bytes() of them: where the word stands in a table's index */
} cd_folded;

/* The same of words that cd_fold_word() does not fold by itself. */
void cd_fold_long(cd_span word, cd_folded *out);

static inline void cd_fold_word(cd_span word, cd_folded *out)
{
    uint64_t eight = cd_eight_fold(cd_eight(word.ptr, word.len));
    if (word.len == 0 || word.len > 8 || eight & CD_EIGHT(0x80)) {
        cd_fold_long(word, out);
        return;
    }
    cd_eight_put(out->bytes, eight);
    out->len = word.len;
    out->hash = cd_hash_eight(CD_HASH_BYTES_SEED, eight);
}

/* The value behind `word` in a table, empty where it has none; false: the word is not in the table. */
static inline bool cd_table_find(const cd_data_file *table, const cd_folded *word, cd_span *value)
{
    return cd_data_find(table, (cd_span){word->bytes, word->len}, word->hash, value);
}

/* Whether `kind` is among the kinds of a value ("unit h, at"); *argument is what stands behind it ("h"). */
bool cd_value_has(cd_span value, cd_span kind, cd_span *argument);

/* The kinds of data/tables/namewords.tsv as bits. */
#define CD_NAME_KINDS(X)                                                                                               \
    X(BY, "by") X(AND, "and") X(PART, "part") X(TITLE, "title") X(POST, "post") X(SUFFIX, "suffix") X(ROLE, "role")      \
    X(OUTLET, "outlet") X(AGENCY, "agency") X(GENRE, "genre") X(CHECK, "check") X(PREP, "prep") X(NOT, "not")                  \
    X(GROUP, "group") X(SURNAME, "surname") X(GENITIVE, "genitive")
enum {
#define X(name, text) CD_NAME_INDEX_##name,
    CD_NAME_KINDS(X)
#undef X
    CD_NAME_KIND_COUNT,
#define X(name, text) CD_NAME_##name = 1 << CD_NAME_INDEX_##name,
    CD_NAME_KINDS(X)
#undef X
    CD_NAME_GIVEN = 1 << CD_NAME_KIND_COUNT,       /* in data/tables/givennames.tsv */
    CD_NAME_COMMON = 1 << (CD_NAME_KIND_COUNT + 1) /* in data/tables/commonwords.tsv */
};

/* What is known of a word in and around names: bits CD_NAME_*, 0 for most words. */
unsigned cd_name_word(const cd_tables *tables, cd_span word);

#endif
