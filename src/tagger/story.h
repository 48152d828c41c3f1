/* story.h -- what the files of this room share: the page seen as a story and what is around it. */
#ifndef CD_TAGGER_STORY_H
#define CD_TAGGER_STORY_H

#include "tagger/tagger.h"

/* The words of the story by their hashes; a set with open addressing in the page's arena. */
typedef struct cd_topic {
    uint64_t *slots;
    uint32_t *counts;
    size_t    mask;
} cd_topic;

typedef struct cd_story {
    cd_page  *page;
    uint32_t *weight;  /* of each block as prose of the story: 0 where a rule dropped it, less where rules hint */
    uint64_t *sum;     /* sum[i]: weights of the blocks before i; nblocks + 1 places */
    size_t    from, to; /* densest run by these weights; equal: none */
    size_t    head;     /* the headline's block, or nblocks */
    cd_topic  topic;
} cd_story;

/* Families that mark a short line as furniture of the page. */
#define CD_FURNITURE                                                                                                   \
    (CD_BIT(CD_ROLE_COOKIE) | CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_NEWSLETTER) | CD_BIT(CD_ROLE_PROMO) | CD_BIT(CD_ROLE_MEMBERSHIP) |   \
     CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_NAV) | CD_BIT(CD_ROLE_ADVERT) |        \
     CD_BIT(CD_ROLE_PLAYER) | CD_BIT(CD_ROLE_COPYRIGHT) | CD_BIT(CD_ROLE_BIO) | CD_BIT(CD_ROLE_LEGAL) | CD_BIT(CD_ROLE_TECHNICAL) |      \
     CD_BIT(CD_ROLE_SIGNOFF))

static inline uint64_t cd_story_prose(const cd_story *s, size_t from, size_t to)
{
    if (to > s->page->nblocks) to = s->page->nblocks;
    return from < to ? s->sum[to] - s->sum[from] : 0;
}

/* The family of the first rule of this action in the block, or CD_ROLE_NONE. */
cd_role cd_block_action(const cd_block *block, cd_action action);

/* headline.c: fills story->topic and story->head. */
CD_MUST_USE cd_status cd_story_head(cd_story *story, cd_error *err);

#endif
