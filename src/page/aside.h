/* aside.h -- inside page/: what the parser need not read is set aside before it comes, and given back when it passes the place. */
#ifndef CD_PAGE_ASIDE_H
#define CD_PAGE_ASIDE_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"

/* X(NAME, text): attributes that some room reads. */
#define CD_ATTRIBUTES(X)                                                                                               \
    X(ARIA_HIDDEN, "aria-hidden") X(CHARSET, "charset") X(CLASS, "class") X(COLSPAN, "colspan") X(CONTENT, "content")    \
    X(DATETIME, "datetime") X(HIDDEN, "hidden") X(HREF, "href") X(HTTP_EQUIV, "http-equiv") X(ID, "id")                 \
    X(ITEMPROP, "itemprop") X(ITEMSCOPE, "itemscope") X(ITEMTYPE, "itemtype") X(LANG, "lang") X(NAME, "name")           \
    X(PROPERTY, "property") X(REL, "rel") X(ROLE, "role") X(STYLE, "style") X(TYPE, "type") X(XML_LANG, "xml:lang")

typedef enum cd_attribute {
#define X(name, text) CD_ATTRIBUTE_##name,
    CD_ATTRIBUTES(X)
#undef X
    CD_ATTRIBUTE_COUNT
} cd_attribute;

/* The attribute of that name in any case; CD_ATTRIBUTE_COUNT: nobody reads it. */
cd_attribute cd_attribute_find(cd_span name);

typedef struct cd_aside_value {
    cd_attribute attribute;
    cd_span      value; /* its ptr is never NULL */
} cd_aside_value;

/* A start tag without its attributes: "<div>". */
typedef struct cd_aside_tag {
    size_t at; /* of its ">" in the markup */
    size_t first, n; /* its values */
} cd_aside_tag;

/* A run of text of which one letter is left, right behind a tag. */
typedef struct cd_aside_text {
    size_t  at;
    cd_span text;
} cd_aside_text;

/* In the order of the markup. Spans look into the page's text. Zero-initialise it, free it with cd_asides_free(). */
typedef struct cd_asides {
    cd_buf tags_, texts_, values_; /* arrays of the three above */
    size_t tag, text;              /* those that come next */
} cd_asides;

/* CD_ENOMEM is the only failure. Values are added behind their tag, which counts them. */
CD_MUST_USE cd_status cd_aside_add_tag(cd_asides *asides, size_t at);
CD_MUST_USE cd_status cd_aside_add_value(cd_asides *asides, cd_aside_value value);
CD_MUST_USE cd_status cd_aside_add_text(cd_asides *asides, size_t at, cd_span text);

/* A part of the markup. */
typedef struct cd_stretch {
    size_t from, to;
} cd_stretch;

/* These parts of the markup are taken out, in one go; what stood there is forgotten. */
void cd_asides_cut(cd_asides *asides, const cd_stretch *cuts, size_t n);

/* Gives back what was set aside at `at`, or in [from, to); NULL: nothing was. Places are asked for in order: what was passed is gone. */
const cd_aside_tag  *cd_aside_take_tag(cd_asides *asides, size_t at);
const cd_aside_text *cd_aside_take_text(cd_asides *asides, size_t from, size_t to);
const cd_aside_value      *cd_aside_values(const cd_asides *asides, const cd_aside_tag *tag);

void cd_asides_free(cd_asides *asides);

#endif
