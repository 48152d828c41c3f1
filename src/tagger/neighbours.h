/* neighbours.h -- inside tagger/: what the first look made of the blocks around a block, for the second look at an HTML page. */
#ifndef CD_TAGGER_NEIGHBOURS_H
#define CD_TAGGER_NEIGHBOURS_H

#include "tagger/features.h"

/* Sums over blocks: units times odds (per thousand); units. */
typedef struct cd_part {
    uint64_t expected, units;
} cd_part;

/* Lives in the page's arena. */
typedef struct cd_neighbours {
    const cd_page  *page;
    const int32_t  *scores; /* the first ones, in thousandths of log-odds */
    const uint16_t *odds;   /* what they are as probabilities, per thousand */
    cd_part *before;        /* of the blocks before i; nblocks + 1 places */
    size_t  *above, *below; /* the nearest sure block on either side, or nblocks */
    size_t   first, last;   /* sure blocks; nblocks: there is none */
    uint64_t all;           /* expected of the whole page */
} cd_neighbours;

/* CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_neighbours_new(const cd_page *page, const int32_t *scores, const uint16_t *odds, cd_neighbours *made, cd_error *err);

cd_part cd_part_of(const cd_neighbours *w, size_t block);
cd_part cd_part_between(const cd_neighbours *w, size_t from, size_t to);

/* Adds to the columns of block i what its neighbours and sure blocks say, up to STORY_WORDS. */
void cd_neighbours_look(const cd_neighbours *w, size_t i, cd_columns_of *columns);

/* Adds to the columns of the blocks that are `asked` about the first scores of the nearest longer blocks on both sides. */
void cd_neighbours_look_far(const cd_neighbours *w, const uint8_t *asked, cd_columns_of *columns);

/* Places of the groups that tell of odds, shares and scores. */
#define CD_MEAN(value) CD_BUCKET(value, 20, 80, 200, 400, 600, 800, 920, 980)
#define CD_PART(value) CD_BUCKET(value, 1, 10, 50, 150, 300, 500, 700, 850, 950, 990, 999)
#define CD_SCORE(value) CD_BUCKET((value) + 10000 > 0 ? (value) + 10000 : 0, 6000, 8000, 9300, 10700, 12000, 14000)

/* The same in fourteen steps. */
unsigned cd_score_place(int32_t score);

/* Mean odds of a sum, as a place of the MEAN groups; the last two are for no others at all. */
unsigned cd_mean_of(cd_part sum);
unsigned cd_share_of(const cd_neighbours *w, uint64_t expected);

#endif
