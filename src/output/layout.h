/* layout.h -- inside output/: how a pretty record is laid out, for json.c, which prints one, and reread.c, which prints it again. */
#ifndef CD_OUTPUT_LAYOUT_H
#define CD_OUTPUT_LAYOUT_H

#include "base/utf8.h"

/* A pretty list of strings stays on one line up to this width; what stands around the items, and around each of them. */
enum { CD_PRETTY_COLUMNS = 100, CD_PRETTY_FRAME = 8, CD_PRETTY_ITEM = 4 };

static inline size_t cd_list_columns(size_t columns, cd_span item) { return columns + cd_columns(item) + CD_PRETTY_ITEM; }

#endif
