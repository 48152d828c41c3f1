/* outline.h -- inside page/: the links, cells and raw lines of the block that is being gathered, for a body with its structure. Every call
 * does nothing where `on` is false, which is what nobody pays for who does not ask. Offsets are into the text as it is gathered. */
#ifndef CD_PAGE_OUTLINE_H
#define CD_PAGE_OUTLINE_H

#include "page/page.h"

/* Zero-initialise it, set `on` and `links`; free it with cd_outliner_free(). */
typedef struct cd_outliner {
    bool    on, links;
    bool    apart;        /* the next block is; see cd_outline */
    bool    open;         /* a link has begun and not ended: it goes on in the next block */
    cd_span href;         /* where that one leads */
    bool    long_link;    /* one was over CD_LIMIT_LINK_BYTES: warned of once */
    cd_buf  marks, cells; /* arrays of cd_link and cd_cell */
    size_t  marks_used, cells_used; /* bytes of them that earlier blocks of the same text have taken */
    cd_buf  raw;
} cd_outliner;

void cd_outliner_free(cd_outliner *o);

/* A link begins, or ends; where one begins inside another, that other has ended. CD_ENOMEM is the only failure of all calls. */
CD_MUST_USE cd_status cd_outliner_link(cd_outliner *o, cd_page *page, cd_span href, size_t at);
void                  cd_outliner_unlink(cd_outliner *o, size_t at);

/* A cell of a table begins. */
CD_MUST_USE cd_status cd_outliner_cell(cd_outliner *o, cd_cell cell);

/* Text of a line of <pre>, as it stands. */
CD_MUST_USE cd_status cd_outliner_raw(cd_outliner *o, cd_span text, bool feed);

/* The bytes [from, to) of what was gathered become a block whose text is `text`; `around`, if not NULL, is the cell that the block's
 * element stands in. *outline is NULL where there is nothing to say. */
CD_MUST_USE cd_status cd_outliner_take(cd_outliner *o, cd_page *page, cd_span gathered, size_t from, size_t to, cd_span text,
                                       const cd_cell *around, const cd_outline **outline);

/* All that was gathered has become blocks, the text begins anew; raw lines without a word stay for the next block. */
void cd_outliner_clear(cd_outliner *o, size_t gathered);

#endif
