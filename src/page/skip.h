/* skip.h -- inside page/: where elements end whose content nobody reads. All bytes from `p` to `end` are a page's markup. */
#ifndef CD_PAGE_SKIP_H
#define CD_PAGE_SKIP_H

#include "base/span.h"

#include <stdbool.h>

static inline bool cd_is_tag_end(char c) { return cd_is_blank(c) || c == '/' || c == '>'; }

/* Whether `name` in lower case begins at `p` and ends there. */
bool cd_is_tag_name(const char *p, const char *end, cd_span name);

/* Where the end tag "</name" begins at or behind `p`; `end` where there is none. */
const char *cd_skip_to_end_tag(const char *p, const char *end, cd_span name);

/* The same for the script whose text begins at `p`, in which "<!--" may hide an end tag. */
const char *cd_skip_to_script_end(const char *p, const char *end);

/* Behind the comment or declaration that begins with "<!", "<?" or "</" and no letter. */
const char *cd_skip_comment(const char *p, const char *end);

/* Behind the element whose content begins at `p`, with elements of its name in it; NULL where it has no end. A drawing or formula without
 * an end of its own ends where HTML goes on. */
const char *cd_skip_element(const char *p, const char *end, cd_span name);

#endif
