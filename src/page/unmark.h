/* unmark.h -- inside page/: Markdown's signs out of the text of a text page. */
#ifndef CD_PAGE_UNMARK_H
#define CD_PAGE_UNMARK_H

#include "base/arena.h"
#include "base/status.h"

/* Whether a text is Markdown: it has several links or headings as only Markdown writes them. */
bool cd_unmark_is_wanted(cd_span text);

/* Whether a line opens or closes a block of code, whose lines have no signs in them. */
bool cd_unmark_is_fence(cd_span line);

/* The level of the heading that a line, trimmed, begins, 1 to 6; 0: none. */
unsigned cd_unmark_heading(cd_span line);

/* Whether a line, trimmed, begins a heading, a row of a table or is a rule: it goes on nothing. */
bool cd_unmark_is_new(cd_span line);

/* A line, trimmed, without the signs of a quotation in front. */
cd_span cd_unmark_quote(cd_span line);

/* Takes the signs of headings, rules, tables, links, pictures and emphasis out of a block, as CommonMark reads them (spec.commonmark.org)
 * with GitHub's tables; what they stand around stays, pictures and addresses go. *text becomes a copy in `arena` where something
 * changes; it is empty where nothing is left. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_unmark_block(cd_arena *arena, cd_span *text);

#endif
