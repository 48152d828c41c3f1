/* line.h -- inside fields/: a block of the body as a line of Markdown. */
#ifndef CD_FIELDS_LINE_H
#define CD_FIELDS_LINE_H

#include "fields/escape.h"
#include "fields/internal.h"

/* The block's words as the body has them, with what stands where in them; in the page's arena. */
typedef struct cd_line {
    cd_span  text; /* empty: rules left nothing of it */
    cd_span  raw;  /* of <pre>: the same with all its blanks; ptr NULL: not known */
    cd_link *links;
    size_t   nlinks;
    cd_cell *cells;
    size_t   ncells;
} cd_line;

CD_MUST_USE cd_status cd_line_read(const cd_page *page, const cd_block *block, cd_line *line);

/* Adds text[from, to) of the line, escaped, with its links. */
CD_MUST_USE cd_status cd_line_put(const cd_page *page, const cd_line *line, size_t from, size_t to, unsigned where, cd_buf *out);

/* The cell `n` of the line: [*from, *to) without blanks at its ends. */
void cd_line_cell(const cd_line *line, size_t n, size_t *from, size_t *to);

#endif
