/* meta.h -- what an HTML page states about itself outside its text: head tags, JSON-LD, embedded state, microdata. html.c tells what
 * it meets through these calls, in page order; meta.c reads it and leaves candidates with their origin on the page (page.h). All
 * spans are clean UTF-8 with character references resolved, but a script's, which is as it stood; they need to live only until the
 * call returns. Nothing here is a reason to fail: what is broken is warned of with cd_page_warn() and left out. CD_ENOMEM alone goes up. */
#ifndef CD_PAGE_META_H
#define CD_PAGE_META_H

#include "page/page.h"

/* <title>, the first one outside <svg>. */
CD_MUST_USE cd_status cd_meta_title(cd_page *page, cd_span text, cd_error *err);

/* <meta>: `key` is its property, name, itemprop or http-equiv, whichever stands there (in this order). */
CD_MUST_USE cd_status cd_meta_tag(cd_page *page, cd_span key, cd_span content, cd_error *err);

/* <link rel href>. */
CD_MUST_USE cd_status cd_meta_link(cd_page *page, cd_span rel, cd_span href, cd_error *err);

/* <html lang>. */
CD_MUST_USE cd_status cd_meta_language(cd_page *page, cd_span tag, cd_error *err);

/* <script>: `type` and `id` as they stand or empty; asked only for scripts that cd_meta_wants_script() wants. */
bool                  cd_meta_wants_script(cd_span type, cd_span id);
CD_MUST_USE cd_status cd_meta_script(cd_page *page, cd_span type, cd_span id, cd_span text, cd_error *err);

/* An element of the body that says what it holds: microdata, RDFa, rel=author, <time>. `block` is the block that its text begins in,
 * or page->nblocks at that moment where it begins none. Called when the element ends. */
typedef struct cd_meta_element {
    cd_span tag;      /* "time", "a", "span", ... */
    cd_span property; /* itemprop, or RDFa's property; empty: none */
    cd_span type;     /* itemtype of the nearest element with itemscope; empty: none */
    cd_span rel;      /* "author" */
    cd_span class_id; /* class and id, a blank between */
    cd_span value;    /* datetime, content or href where there is one, else empty */
    cd_span text;     /* its text, blanks folded */
    size_t  block;
} cd_meta_element;

/* Whether it may say anything that is read, whatever its text is. */
bool cd_meta_wants_element(const cd_page *page, const cd_meta_element *element);

CD_MUST_USE cd_status cd_meta_element_is(cd_page *page, const cd_meta_element *element, cd_error *err);

/* Once the whole page has been seen: reads the JSON-LD, whose objects are told from each other by the page's own address and titles.
 * Called once a page, before rules/; does nothing where there is none. */
CD_MUST_USE cd_status cd_meta_settle(cd_page *page, cd_error *err);

#endif
