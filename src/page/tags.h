/* tags.h -- inside page/: what each element of HTML does to the text around it. */
#ifndef CD_PAGE_TAGS_H
#define CD_PAGE_TAGS_H

#include "page/markup.h"

typedef enum cd_tag_kind {
    CD_TAG_INLINE, /* text runs on */
    CD_TAG_BLOCK,  /* parts blocks at both ends */
    CD_TAG_CELL,   /* parts them only where its text is long: short cells of a row make one block */
    CD_TAG_BREAK,  /* <br> */
    CD_TAG_RULE,   /* <hr>: parts blocks, holds nothing */
    CD_TAG_IMAGE,
    CD_TAG_NOTHING, /* holds nothing and parts nothing */
    CD_TAG_SILENT, /* its text is not shown */
    CD_TAG_TITLE,
    CD_TAG_META,
    CD_TAG_LINK,
    CD_TAG_SCRIPT
} cd_tag_kind;

typedef struct cd_tag_info {
    cd_span     name;
    cd_tag_kind kind;
    cd_tag      tag;    /* of a block or a cell */
    bool        margin; /* a browser leaves a line's room before and behind it */
} cd_tag_info;

/* Where the entries of each first letter begin, so that a name is compared with few. */
typedef struct cd_tag_index {
    uint8_t from[27];
} cd_tag_index;

cd_tag_index cd_tag_index_make(void);

/* The entry for a name in lower case; custom elements ("amp-story") are OTHER blocks, other unknown names inline. */
const cd_tag_info *cd_tag_find(const cd_tag_index *index, cd_span name);

#endif
