/* markup.h -- inside tagger/: what tags say of a block, as columns. */
#ifndef CD_TAGGER_MARKUP_H
#define CD_TAGGER_MARKUP_H

#include "tagger/features.h"

enum { CD_SIGHT_FAR = 20 }; /* levels: so many or more, or there is none */

/* What is known of one element of an HTML page. Levels count elements upwards. */
typedef struct cd_spot {
    uint64_t near;         /* families of itself and the one around it, but of wrappers */
    uint64_t like;         /* a hash of its tag and class, and of that of those around it: elements that look alike */
    uint64_t like_parent;
    uint32_t share;        /* of the page's prose, per thousand: rules have their say in it */
    uint32_t own;          /* the same of the blocks that are in no other element inside it */
    uint32_t links;        /* of its text, per thousand */
    uint32_t path_share;   /* share of the nearest element around it that is on the way to the most prose */
    uint32_t title_share;  /* share of the nearest element around it that holds the title, too */
    uint32_t alike, alike_parent; /* share of the prose in elements that look like it */
    uint8_t  off_path, off_top, body_level, title_up, title_down; /* levels */
    uint8_t  holders;      /* bits: it is in the innermost element that holds half, ... of the prose */
    uint8_t  prop;         /* the nearest itemprop, as a place of PROP */
    bool     prop_body;
    int32_t  article;      /* number of the <article> with prose around it; -1: none */
    uint32_t depth;
} cd_spot;

/* The page's markup, looked at once; lives in the page's arena. */
typedef struct cd_sights {
    const cd_story *story;
    const cd_page  *page;
    cd_spot  *spots;       /* one an element, and one behind them for blocks that are in none */
    uint64_t *links;       /* links[i]: units of linked text in the blocks before i */
    uint64_t *units;       /* units of the blocks before i */
    size_t    title;       /* the block that is the title most likely, or nblocks */
    uint32_t  top;         /* the element that holds the most paragraphs, as Readability counts */
    int32_t   narticles;
    size_t    heading;     /* the last heading so far, or nblocks */
} cd_sights;

/* sights.c: prepares to look at a page's blocks. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_sights_new(const cd_story *story, cd_sights **sights, cd_error *err);

/* markup.c: adds the columns of CD_MARKUP_COLUMNS to those of block i. Blocks are looked at in their order, each once. */
void cd_sights_look(cd_sights *s, size_t i, cd_columns_of *columns);

/* The spot of a block. */
const cd_spot *cd_sights_spot(const cd_sights *s, size_t block);

/* second.c: adds the columns of CD_SECOND_COLUMNS to those of the blocks that are `asked` about; `scores` are the first ones, in
 * thousandths of log-odds, `odds` what they are as probabilities, per thousand. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_second_look(const cd_sights *s, const int32_t *scores, const uint16_t *odds, const uint8_t *asked, cd_columns_of *columns, cd_error *err);

#endif
