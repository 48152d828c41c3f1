/* doubts.h -- inside tagger/: the second look at blocks of plain text. */
#ifndef CD_TAGGER_DOUBTS_H
#define CD_TAGGER_DOUBTS_H

#include "tagger/features.h"

/* What the chain made of a page: one of each a block. */
typedef struct cd_first {
    const cd_story *story;
    const cd_look  *look;
    const int32_t  *sums;   /* of the weights of its columns */
    const int32_t  *scores; /* the odds by all paths, in thousandths of log-odds */
    const uint16_t *odds;   /* the same as probabilities, per thousand */
    const uint8_t  *asked;  /* whether it is to be looked at again */
} cd_first;

/* Adds the columns of the second look to those of the blocks that are asked about. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_doubts_look(const cd_first *first, cd_columns_of *columns, cd_error *err);

#endif
