/* blocks.h -- inside page/: tags and text, as they come, -> blocks. Knows no parser. */
#ifndef CD_PAGE_BLOCKS_H
#define CD_PAGE_BLOCKS_H

#include "page/page.h"

/* Attributes of a start tag that the builder reads; empty where there are none. */
typedef struct cd_attributes {
    cd_span class_, id, role, style, aria_hidden;
    cd_span itemprop, itemtype, property, rel, href, content, datetime, colspan;
    bool    hidden, itemscope;
} cd_attributes;

typedef struct cd_builder cd_builder;

/* What it needs besides the page's arena is freed by cd_builder_free(). CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_builder_new(cd_page *page, cd_builder **builder, cd_error *err);
void                  cd_builder_free(cd_builder *builder); /* NULL is fine */

/* An element begins or ends, by its name in lower case; elements that do not nest are closed as needed. Names and attributes need to
 * live only until the call returns. CD_ELIMIT: too deep, or too many blocks; CD_ENOMEM. */
CD_MUST_USE cd_status cd_builder_start(cd_builder *b, cd_span name, const cd_attributes *attributes, cd_error *err);
CD_MUST_USE cd_status cd_builder_end(cd_builder *b, cd_span name, cd_error *err);

/* Text, in pieces of any size; character references are resolved. */
CD_MUST_USE cd_status cd_builder_text(cd_builder *b, cd_span text, cd_error *err);

/* The page ends: page->blocks and page->elements are complete. */
CD_MUST_USE cd_status cd_builder_finish(cd_builder *b, cd_error *err);

#endif
