/* dedup.h -- which story was told before, and by which record. One writer asks in input order, so that the answer is the same for every
 * number of workers. */
#ifndef CD_RUN_DEDUP_H
#define CD_RUN_DEDUP_H

#include "base/status.h"
#include "run/digest.h"

typedef enum cd_dedup_how { CD_DEDUP_NONE, CD_DEDUP_EXACT, CD_DEDUP_NEAR } cd_dedup_how;

typedef struct cd_dedup cd_dedup;

/* The record that told a story first; `input` belongs to the cd_dedup and lives until the next story is shown. */
typedef struct cd_first {
    const char *input; /* NULL: no story like this came before */
    long long   record;
} cd_first;

/* Remembers stories in at most `bytes` bytes (CD_LIMIT_DEDUP_BYTES; tests take less). The caller frees it. */
CD_MUST_USE cd_status cd_dedup_new(cd_dedup_how how, size_t bytes, cd_dedup **made, cd_error *err);
void                  cd_dedup_free(cd_dedup *dedup); /* NULL is fine */

/* Whether bodies are to be sketched as well. */
bool cd_dedup_wants_near(const cd_dedup *dedup);

/* Shows the next record's story. *first is the earliest one that is the same, or (near) of which as large a part is the same as the
 * threshold asks; a story without one is remembered as a first itself, as long as there is room. So a first is never a copy. */
CD_MUST_USE cd_status cd_dedup_show(cd_dedup *dedup, const cd_digest *digest, const char *input, long long record, cd_first *first,
                                    cd_error *err);

/* How many stories are remembered where there is no room for more, else 0. */
size_t cd_dedup_full(const cd_dedup *dedup);

#endif
