/* rawtag.h -- inside page/: a tag as it stands in a page's markup. */
#ifndef CD_PAGE_RAWTAG_H
#define CD_PAGE_RAWTAG_H

#include "base/span.h"
#include "page/aside.h"

#include <stdbool.h>

/* Attributes of one tag that are kept; what passes that number is of no page. */
enum { CD_RAW_ATTRIBUTES = 24 };

typedef struct cd_raw_attribute {
    cd_attribute which;
    cd_span      name, value; /* value: without its quotes */
    char         quote;       /* 0: none */
    bool         has_value;
} cd_raw_attribute;

/* Spans look into the page's text. */
typedef struct cd_raw_tag {
    cd_span          name;
    bool             self; /* ends in "/>" */
    size_t           n;
    cd_raw_attribute at[CD_RAW_ATTRIBUTES]; /* those that some room reads, in the order of the tag; one may be there twice */
} cd_raw_tag;

/* Takes the tag whose name begins at `p`; gives what is behind its ">", or NULL where the page ends inside it. */
const char *cd_raw_tag_take(const char *p, const char *end, cd_raw_tag *t);

/* The value of the first attribute of that kind; empty where there is none. */
cd_span cd_raw_value(const cd_raw_tag *t, cd_attribute which);

#endif
