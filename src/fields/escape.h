/* escape.h -- inside fields/: text and addresses as Markdown writes them. */
#ifndef CD_FIELDS_ESCAPE_H
#define CD_FIELDS_ESCAPE_H

#include "base/buf.h"

/* Where a text stands, as bits. */
enum {
    CD_AT_START = 1,   /* its first byte begins a line (but for the signs of quotes and lists) */
    CD_IN_HEADING = 2,
    CD_IN_TABLE = 4,   /* in a cell, or in a line of a paragraph that could be taken for a row */
};

/* Adds text[from, to), which is one line, so that a renderer of CommonMark or GitHub's Markdown shows the same letters. `where` is about the
 * first byte of `text`. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_escape_text(cd_buf *out, cd_span text, size_t from, size_t to, unsigned where);

/* Adds an address for the round brackets of a link. */
CD_MUST_USE cd_status cd_escape_target(cd_buf *out, cd_span target);

/* Whether it is one that a reader may follow: no script, no picture written out. */
bool cd_is_target(cd_span target);

#endif
