/* internal.h -- what the files of this room share. Each field is one file; fields.c calls them in order. A field looks at the
 * blocks' hits and roles, fills its part of page->fields, and gives the blocks that it took a value from that field's role. */
#ifndef CD_FIELDS_INTERNAL_H
#define CD_FIELDS_INTERNAL_H

#include "fields/datescan.h"
#include "fields/fields.h"
#include "fields/words.h"

/* Where the story stands, as the field files see it; made once a page, after the headline is known. */
typedef struct cd_frame {
    cd_page  *page;
    cd_tables tables;
    size_t    top;       /* first block of the head area: a little above the headline */
    size_t    head;      /* the headline's block, or the one where it would stand */
    size_t    from, to;  /* first body block, the one after the last */
    size_t    foot;      /* one after the last block of the area below the story */
    bool      has_head;
} cd_frame;

cd_frame cd_frame_of(cd_page *page);

/* Between headline and story, just above, below: nearer is better. 0: not near. */
bool cd_frame_in_head(const cd_frame *frame, size_t block); /* behind the headline and before the first body block */

/* Whether fields may look into a block: it is short, no body text, and nothing says that it belongs to other stories. */
bool cd_block_is_open(const cd_block *block);

/* A block that only repeats another one next to it, or holds no word. */
bool cd_block_is_empty(const cd_block *block);

/* 1 to 6 for a heading of an HTML page, else 0. */
int cd_block_heading(const cd_page *page, size_t block);

/* What the markup around a block of an HTML page says of it: the families of its own element, of `up` elements around that one and of
 * what stands inside it; and of every element around it that is no wrapper of the story. 0 for plain text. */
uint64_t cd_block_families(const cd_page *page, size_t block, unsigned up);
uint64_t cd_block_around(const cd_page *page, size_t block);

/* Whether the markup says that a block belongs to other stories, to comments, or to the site. */
bool cd_block_is_foreign(const cd_page *page, size_t block);

/* The block's text behind its bullet. */
cd_span cd_block_text(const cd_block *block);

/* The first hit of `field` in the block that satisfies what is asked, or NULL. */
const cd_hit *cd_hit_of(const cd_block *block, cd_role field);

void cd_give_role(cd_block *block, cd_role role, const char *reason);

/* Trims blanks, commas, dashes, bars, bullets and colons at both ends. */
cd_span cd_trim_signs(cd_span text);

/* How many of block `a`'s words say something, and how many of these stand in blocks from..to-1, itself left out. */
size_t cd_told(const cd_page *page, size_t a, size_t from, size_t to, size_t *shared);

/* Whether no more than a word such as "on" stands between a label that ends at `label` and a date that begins at `date`: in "Posted by
 * Ann Lee on May 4" the name does. */
bool cd_is_beside(cd_span text, size_t label, size_t date);

/* Whether the words of `a` are the words of `b`. */
bool cd_same_words(cd_span a, cd_span b);

/* Whether the words of `text` begin with the words of `front`. */
bool cd_starts_with_words(cd_span text, cd_span front);

/* Adds to a list in the page's arena; room for `room` is taken with the first one. */
CD_MUST_USE cd_status cd_spans_add(cd_page *page, cd_spans *list, size_t room, cd_span text, cd_error *err);

/* Two spans with `between` in the middle, as a new span of the page. */
CD_MUST_USE cd_status cd_span_join(cd_page *page, cd_span a, const char *between, cd_span b, cd_span *out, cd_error *err);

/* The first hit of a rule that fixes `field`, and its block; NULL where no rule does. */
const cd_hit *cd_fixed_hit(const cd_page *page, cd_role field, size_t *block);

/* Whether a rule fixes the field: then *value is what it found, and its block has that role. */
bool cd_field_is_fixed(cd_page *page, cd_role field, cd_span *value);

/* Gives the instant the offset that times of this site have, where it tells the time of day and states none. */
void cd_manner_give_offset(const cd_manner *manner, cd_instant *at);

/* What of a short line would be the byline: without date, labels of the date and furniture. *dated: a date stands in it. */
cd_span cd_byline_text(const cd_frame *frame, const cd_block *block, bool *dated);

/* The fields, in the order in which fields.c fills them. */
CD_MUST_USE cd_status cd_field_headline(cd_page *page, cd_error *err);
CD_MUST_USE cd_status cd_field_captions(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_notes(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_date(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_byline(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_authors(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_source(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_section(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_standfirst(cd_page *page, cd_error *err);
CD_MUST_USE cd_status cd_field_tags(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_dateline(const cd_frame *frame, cd_error *err);
CD_MUST_USE cd_status cd_field_body(cd_page *page, cd_error *err);
CD_MUST_USE cd_status cd_field_markdown(cd_page *page, cd_error *err);

/* Whether a block is one of the body's paragraphs; `headline` is the cd_word_hash() of the headline, which is not printed twice. */
bool cd_body_has(const cd_block *block, uint64_t headline);

/* The pieces of a block's text behind its bullet that rules have not cut out, one after the other: what a paragraph is made of. Begin with
 * {.block = b, .at = b->core}; blanks at the end of the last piece do not count. */
typedef struct cd_left {
    const cd_block *block;
    size_t          at;
    bool            blank; /* the piece before ended with one */
} cd_left;

bool cd_left_next(cd_left *pieces, cd_span *piece);

#endif
