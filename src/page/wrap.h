/* wrap.h -- inside page/: the lines of a plain-text page, and at which column they were hard-wrapped. */
#ifndef CD_PAGE_WRAP_H
#define CD_PAGE_WRAP_H

#include "base/span.h"

#include <stdbool.h>
#include <stdint.h>

/* Right edges that count as a hard wrap: narrower ones are poems and tables, wider ones are written by no program. */
enum { CD_EDGE_MIN = 38, CD_EDGE_MAX = 140, CD_EDGE_SLACK = 16 };

typedef struct cd_line {
    cd_span  text;       /* trimmed; empty: a blank line */
    uint32_t number;     /* in the page, from 1 */
    uint32_t columns;    /* indent and text; above CD_EDGE_MAX any number */
    uint32_t first_word; /* columns of the first word; 0: not counted yet */
    uint16_t indent;
    uint8_t  bullet; /* bytes of a bullet sign and its blanks in front, 0: none */
    bool     item;   /* behind a bullet or a number */
    bool     glued;  /* it was cut off the line before it */
    bool     broken; /* two blanks at its end: Markdown's line break */
    bool     code;   /* of a Markdown page: its signs mean nothing */
} cd_line;

/* The column that the lines were filled to, 0 where they were not wrapped. `pairs`: so many lines near it that are followed by another must
 * be there at least. Counts the first words that it looks at. */
size_t cd_wrap_column(cd_line *lines, size_t n, size_t pairs);

/* The same where the program took a wide letter of Chinese, Japanese or Korean for one column. On a page with such lines their columns are
 * counted so from then on. */
size_t cd_wrap_letters(cd_line *lines, size_t n, size_t pairs);

/* The same where blank lines were taken out, so that paragraphs of a line each may stand together. */
size_t cd_wrap_column_surely(cd_line *lines, size_t n);

/* Whether the first word of `next` would have fitted behind `l`: then the break between them was meant. Counts that word. */
bool cd_wrap_fits(const cd_line *l, cd_line *next, size_t edge);

/* Behind a sentence or a colon a number begins a new item, and inside one it belongs to it ("aged\n72. She ..."). */
bool cd_ends_clause(cd_span text);

#endif
