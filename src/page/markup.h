/* markup.h -- what tags add to a block of an HTML page. Part of page.h, which all rooms read. In the end every number here can be
 * derived from the page's markup alone: nothing of it is a judgement. */
#ifndef CD_PAGE_MARKUP_H
#define CD_PAGE_MARKUP_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"

#include <stdint.h>

/* Elements that part blocks. Those that HTML does not know, such as <amp-story>, are OTHER. */
#define CD_TAGS(X)                                                                                                     \
    X(OTHER, "*") X(BODY, "body") X(MAIN, "main") X(ARTICLE, "article") X(SECTION, "section") X(HEADER, "header")       \
    X(FOOTER, "footer") X(NAV, "nav") X(ASIDE, "aside") X(DIV, "div") X(P, "p") X(H1, "h1") X(H2, "h2") X(H3, "h3")      \
    X(H4, "h4") X(H5, "h5") X(H6, "h6") X(UL, "ul") X(OL, "ol") X(LI, "li") X(DL, "dl") X(DT, "dt") X(DD, "dd")          \
    X(TABLE, "table") X(TBODY, "tbody") X(TR, "tr") X(TD, "td") X(TH, "th") X(TABLE_CAPTION, "caption")                 \
    X(FIGURE, "figure") X(FIGCAPTION, "figcaption") X(BLOCKQUOTE, "blockquote") X(PRE, "pre") X(FORM, "form")           \
    X(FIELDSET, "fieldset") X(LEGEND, "legend") X(DETAILS, "details") X(SUMMARY, "summary") X(ADDRESS, "address")       \
    X(HGROUP, "hgroup") X(DIALOG, "dialog") X(MENU, "menu") X(CENTER, "center") X(BUTTON, "button")                     \
    X(NOSCRIPT, "noscript") X(OBJECT, "object")

typedef enum cd_tag {
#define X(name, text) CD_TAG_##name,
    CD_TAGS(X)
#undef X
        CD_TAG_COUNT
} cd_tag;

/* What the words of a class or id say that an element holds; data/tables/classwords.tsv has the words. */
#define CD_FAMILIES(X)                                                                                                 \
    X(BODY, "body") X(PARA, "para") X(CONTENT, "content") X(COMMENT, "comment") X(RELATED, "related")                   \
    X(POPULAR, "popular") X(SHARE, "share") X(NAV, "nav") X(TOC, "toc") X(SIDE, "side") X(WIDGET, "widget")             \
    X(FOOTER, "footer") X(HEADER, "header") X(AD, "ad") X(NEWSLETTER, "newsletter") X(PAYWALL, "paywall")               \
    X(AUTHOR, "author") X(DATE, "date") X(META, "meta") X(CAPTION, "caption") X(CREDIT, "credit") X(IMAGE, "image")     \
    X(GALLERY, "gallery") X(VIDEO, "video") X(TOPIC, "topic") X(COOKIE, "cookie") X(MODAL, "modal")                     \
    X(STANDFIRST, "standfirst") X(TITLE, "title") X(CARD, "card") X(QUOTE, "quote") X(EMBED, "embed")                   \
    X(HIDDEN, "hidden") X(PRINT, "print") X(FAQ, "faq") X(CTA, "cta") X(LOGIN, "login") X(NOTE, "note") X(BOX, "box")   \
    X(SEARCH, "search") X(FORM, "form") X(EVENT, "event") X(LEGAL, "legal")

typedef enum cd_family {
#define X(name, text) CD_FAMILY_##name,
    CD_FAMILIES(X)
#undef X
        CD_FAMILY_COUNT
} cd_family;

/* Sets of either, one bit each. */
#define CD_TAG_BIT(tag) ((uint64_t)1 << (tag))
#define CD_FAMILY_BIT(family) ((uint64_t)1 << (family))

const char *cd_tag_name(cd_tag tag);
const char *cd_family_name(cd_family family);

enum { CD_NO_ELEMENT = UINT32_MAX };

/* A block-level element with at least one block in it. Elements stand in the order in which they begin: a parent before its
 * children. */
typedef struct cd_element {
    uint32_t parent;   /* index into page->elements; CD_NO_ELEMENT at the top */
    uint32_t nth;      /* among its parent's children of the same name in the markup, from 1 */
    uint32_t from, to; /* the blocks in it, those of its children included */
    uint32_t prose;    /* share of the page's prose in it, per thousand */
    uint16_t depth;    /* block-level elements around it */
    uint8_t  tag;      /* cd_tag */
    bool     hidden;   /* it or one around it: display:none, visibility:hidden, hidden, aria-hidden=true */
    cd_span  name;     /* as it stands, lower case: "div", "amp-story" */
    cd_span  prop;     /* itemprop, empty: none */
    cd_span  signature; /* its class, to compare elements by; empty: none */
    uint64_t tags;     /* CD_TAG_BIT of itself and all around it */
    uint64_t near_tags; /* the same without those that hold 60 % of the page's prose or more: page->measure */
    uint64_t families; /* CD_FAMILY_BIT of the words of its own class, id and role */
    uint64_t around;   /* of itself and the elements around it that hold less than 60 % of the page's prose */
} cd_element;

/* Where a link stands in a block's text, and where it leads, as the page writes it. */
typedef struct cd_link {
    size_t  from, to;
    cd_span href;
} cd_link;

/* Where a cell of a table's row begins in a block's text; it ends where the next one does. Columns count from 0. */
typedef struct cd_cell {
    size_t   from;
    uint32_t column;
    bool     head; /* <th> */
} cd_cell;

/* What a body with its structure needs of a block beyond cd_markup: kept only where somebody asks (cd_page.wants_structure). Links and
 * cells stand in the order of the text; links do not overlap. */
typedef struct cd_outline {
    const cd_link *links;
    size_t         nlinks;
    const cd_cell *cells;
    size_t         ncells;
    bool           apart; /* more than a <br> stands before it: two of them, or a rule */
    cd_span        raw; /* inside <pre>: the line with all its blanks, behind a line feed for each empty line before it */
} cd_outline;

/* What its tags say about one block; all counts are in bytes per thousand of the block's text. */
typedef struct cd_markup {
    uint32_t element;  /* the innermost block-level element, index into page->elements */
    uint16_t links;    /* text inside <a> */
    uint16_t bold;     /* text inside <b>, <strong> */
    uint16_t nlinks;   /* how many <a>, at most 1000 */
    uint8_t  heading;  /* 1 to 6 inside <h1> to <h6>, 0: none */
    bool     hidden;   /* as the element's */
    bool     first_bold; /* its first letter is inside <b>, <strong> */
    bool     image;    /* a picture stands in it, or between it and the block before */
    uint8_t  breaks;   /* <br> inside the block, at most 255 */
    uint64_t inside;   /* families of the inline elements in it */
    const cd_outline *outline; /* NULL where nobody has asked, or there is nothing to say */
} cd_markup;

/* Families that hold this much of the page's prose stand on wrappers ("has-sidebar") and say nothing of a block; per thousand. */
enum { CD_WRAPPER_PROSE = 600 };

#endif
