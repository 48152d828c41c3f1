/* builder.h -- inside page/: what is known of a page while its blocks are made. blocks.c keeps the stack of open elements, gather.c
 * makes blocks of the text in them; no other file looks in here. */
#ifndef CD_PAGE_BUILDER_H
#define CD_PAGE_BUILDER_H

#include "page/blocks.h"
#include "page/family.h"
#include "page/meta.h"
#include "page/outline.h"
#include "page/tags.h"

/* An open element. */
typedef struct cd_frame {
    const cd_tag_info *info;
    uint32_t element;   /* CD_NO_ELEMENT until it holds a block */
    uint32_t up;        /* frame of the nearest block-level element around; 0: none */
    uint32_t nth;       /* among its parent's children of that tag */
    bool     hidden, link, bold;
    bool     silent;    /* its text is not shown */
    bool     muted;     /* the same, but for blocks in it: a hidden block may be the story behind a paywall */
    bool     item;      /* an <li> of which no block was made yet */
    cd_cell  cell;      /* of a cell, where the structure is asked for */
    uint32_t spanned;   /* columns of its cells beyond one each */
    uint64_t families;
    cd_span  name, prop, signature; /* in the arena, but for the name of a known element */
    size_t   watch;     /* number of its watch, from 1; 0: none */
    uint16_t children[CD_TAG_COUNT];
} cd_frame;

/* An open element that says what it holds: meta.c wants its text. */
typedef struct cd_watch {
    cd_meta_element element;
    size_t          from; /* in b->said */
} cd_watch;

struct cd_builder {
    cd_page    *page;
    cd_families families;
    cd_tag_index index;
    cd_frame   *frames; /* frames[0] stands for the page */
    size_t      nframes, room;
    uint32_t    block; /* the innermost block-level frame */
    size_t      blocks_room, elements_room;

    /* the block that is being gathered */
    cd_buf   text;
    bool     space, image, first_bold;
    size_t   links, bold, nlinks, breaks, cell; /* cell: where in the text the last cell began, 0: none */
    uint64_t inside;
    bool     broken; /* a <br> was the last thing */
    bool     behind_link; /* </a> was */
    bool     gap;    /* room for a line in front */

    cd_buf  title;
    bool    in_title, has_title;
    cd_buf  said; /* text of the elements that are watched */
    cd_buf  watches; /* an array of cd_watch */
    size_t  nwatches;
    cd_arena *scratch; /* for what is looked at once */
    cd_outliner outliner;
};

static inline cd_frame *cd_builder_top(cd_builder *b) { return &b->frames[b->nframes - 1]; }
static inline cd_watch *cd_builder_watch(cd_builder *b, size_t number) { return (cd_watch *)(void *)b->watches.ptr + number - 1; }

/* gather.c, for blocks.c. CD_ELIMIT: too many blocks, too long a paragraph, too much work; CD_ENOMEM. */

/* Text of the innermost element, which shows it. */
CD_MUST_USE cd_status cd_gather_text(cd_builder *b, cd_span text, cd_error *err);

/* What was gathered becomes a block, if it has a word; the next one begins. */
CD_MUST_USE cd_status cd_gather_flush(cd_builder *b, cd_error *err);

/* A cell of a table begins or ends; a <br>; a rule, which leaves room for a line. */
CD_MUST_USE cd_status cd_gather_cell(cd_builder *b, cd_error *err);
CD_MUST_USE cd_status cd_gather_break(cd_builder *b, cd_error *err);
CD_MUST_USE cd_status cd_gather_rule(cd_builder *b, cd_error *err);

/* A copy of `text` in the arena as all other rooms expect text to be. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_gather_tidy(cd_page *page, cd_arena *arena, cd_span text, cd_span *out);

#endif
