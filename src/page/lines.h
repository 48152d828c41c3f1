/* lines.h -- inside page/: the lines of a plain-text page. */
#ifndef CD_PAGE_LINES_H
#define CD_PAGE_LINES_H

#include "page/page.h"

/* Columns are counted up to here: no program wraps wider. */
enum { CD_COLUMNS_MOST = 140 };

typedef struct cd_text_line {
    cd_span  text;       /* trimmed; empty: a blank line */
    uint32_t number;     /* in the page, from 1 */
    uint32_t columns;    /* indent and text; above CD_COLUMNS_MOST any number */
    uint32_t first_word; /* columns of the first word; 0: not counted yet */
    uint16_t indent;
    uint8_t  bullet; /* bytes of a bullet sign and its blanks in front, 0: none */
    bool     item;   /* behind a bullet or a number */
    bool     glued;  /* it was cut off the line before it */
    bool     broken; /* two blanks at its end: Markdown's line break */
    bool     code;   /* of a Markdown page: its signs mean nothing */
} cd_text_line;

/* Bytes of a bullet sign that `text` begins with and of the blanks behind it; 0: it begins with none. */
size_t cd_bullet_length(cd_span text);

/* Behind a sentence or a colon a number begins a new item, and inside one it belongs to it ("aged\n72. She ..."). */
bool cd_ends_clause(cd_span text);

/* Gives a line another text, trimmed, of its own, at the same place: its columns stay, and what it begins with is looked at anew. */
void cd_line_retext(cd_text_line *line, cd_span text);

/* All lines of page->text, measured, in the page's arena. Fails where one is over CD_LIMIT_LINE_BYTES, or more than CD_LIMIT_LINES have
 * text; CD_ENOMEM. */
CD_MUST_USE cd_status cd_lines_measure(cd_page *page, cd_text_line **lines, size_t *n, cd_error *err);

/* Where every line end stands twice or more, as CR and LF do that were taken for two, they become one: *lines and *n are others then. But
 * where all lines are as far apart, only if they were wrapped: else these are paragraphs with blank lines between. CD_ENOMEM. */
CD_MUST_USE cd_status cd_lines_close_up(cd_page *page, cd_text_line **lines, size_t *n, cd_error *err);

#endif
