/* nest.h -- inside fields/: the quotes and list items around a line of Markdown, and the lines' beginnings that they make. */
#ifndef CD_FIELDS_NEST_H
#define CD_FIELDS_NEST_H

#include "base/limits.h"
#include "fields/internal.h"

/* One quote or list item. */
typedef struct cd_ring {
    size_t   id;     /* no two have the same */
    size_t   list;   /* of an item: its list */
    uint32_t number; /* of an item of a numbered list; 0: it has a bullet */
    bool     item;   /* else a quote */
    char     sign;   /* '-' or '*', '.' or ')': two lists with nothing between them differ */
} cd_ring;

typedef struct cd_nest {
    cd_ring rings[CD_LIMIT_STRUCTURE]; /* the outermost first */
    size_t  n;
} cd_nest;

/* What is around a block of an HTML page; elements that hold all of the blocks [from, to) are the page's, not the story's. */
void cd_nest_of_markup(const cd_page *page, const cd_block *block, size_t from, size_t to, cd_nest *nest);

/* The same for the next block of a plain text, whose bullets tell it by their indents. `nest` is that of the block before. */
void cd_nest_of_text(const cd_page *page, size_t block, cd_nest *nest, uint16_t indents[CD_LIMIT_STRUCTURE]);

/* Whether both are the same rings. */
bool cd_nest_is(const cd_nest *a, const cd_nest *b);

/* Ends the line before and begins the next: `before` is its nest, `flow` says that it was a paragraph or a heading. Chooses the signs of
 * `nest`. Where nothing was written yet only the line's beginning is added. */
CD_MUST_USE cd_status cd_nest_begin(cd_buf *out, const cd_nest *before, cd_nest *nest, bool flow);

/* Goes on in the next line of the same block. */
CD_MUST_USE cd_status cd_nest_next_line(cd_buf *out, const cd_nest *nest);

#endif
