/* story.h -- what the files of this room share: the page seen as a story and what is around it. */
#ifndef CD_TAGGER_STORY_H
#define CD_TAGGER_STORY_H

#include "base/hash.h"
#include "tagger/tagger.h"

/* Whose words are counted: the densest run's, those of its first paragraphs, those of all prose. */
enum { CD_TOPIC_RUN, CD_TOPIC_LEAD, CD_TOPIC_ALL, CD_TOPICS };

/* How much of a block is in the words of each topic. */
typedef struct cd_overlap {
    int     dense;            /* how often the run has them, each at most three times */
    int16_t share[CD_TOPICS]; /* of its content words, per thousand */
    bool    known;            /* it has been counted */
} cd_overlap;

/* Words by their stems. */
typedef struct cd_topic {
    cd_slots                slots;
    struct cd_topic_counts *counts; /* of each slot; NULL: not filled yet */
    cd_overlap             *overlaps; /* of each block, its own words taken off */
} cd_topic;

typedef struct cd_story {
    cd_page  *page;
    uint32_t *weight;  /* of each block as prose of the story: 0 where a rule dropped it, less where rules hint */
    uint8_t  *signs;   /* cd_story_signed() keeps here what it has found out of each block */
    uint64_t *sum;     /* sum[i]: weights of the blocks before i; nblocks + 1 places */
    size_t    from, to; /* densest run by these weights; equal: none */
    size_t    head;     /* the headline's block, or nblocks */
    bool      article;  /* position.c has found a run that may be a story */
    cd_topic  topic;
    const cd_model *model; /* NULL: none */
    const struct cd_statements *statements; /* what an HTML page states about itself; NULL: plain text */
} cd_story;

/* Units: longer blocks are no headings inside the story. */
enum { CD_HEADING_MAX = 800 };

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

/* The boilerplate family that rules hint at, the first in the list of roles. Inside the story people are writers and
 * professors, too: there a biography's words are no hint. */
cd_role cd_block_hinted(const cd_block *block, bool inside);

/* Whether a rule takes the block as a whole for a field other than the dateline. */
bool cd_block_has_field(const cd_block *block);

/* position.c: fills the story, gives every block a role and sets page->head, body_from and body_to. */
CD_MUST_USE cd_status cd_story_place(cd_story *story, cd_error *err);

/* Whether the blocks with the role body are lone summaries among much else; and takes all that back: the page has no story. */
bool cd_story_is_listing(const cd_story *story);
void cd_story_clear(cd_story *story);

/* Whether the block's words are among those of the densest run. */
static inline bool cd_story_counts(const cd_story *s, size_t i) { return s->weight[i] && i >= s->from && i < s->to; }

/* topic.c: fills story->topic once the densest run is known. */
CD_MUST_USE cd_status cd_topic_fill(cd_story *story, cd_error *err);

/* Compares block i with the topics; own: where its own words are counted in a topic, they are taken off once. */
cd_overlap cd_topic_overlap(const cd_story *story, size_t i, bool own);

/* Whether a byline or a date stands among blocks [from, to). */
bool cd_story_signed(const cd_story *story, size_t from, size_t to);

/* head.c: fills story->topic and story->head. */
CD_MUST_USE cd_status cd_story_head(cd_story *story, cd_error *err);

#endif
