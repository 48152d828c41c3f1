/* fragments.h -- inside page/: paragraphs that were cut at each of their links. */
#ifndef CD_PAGE_FRAGMENTS_H
#define CD_PAGE_FRAGMENTS_H

#include "page/wrap.h"

/* Marks, on a page whose paragraphs were cut at their links and other marks, each line that goes on the one before it; elsewhere none. */
void cd_fragments_glue(cd_text_line *lines, size_t n);

/* Whether no blank stands between two lines that were one: a stop or a bracket is where they meet. */
bool cd_fragments_meet(cd_span before, cd_span after);

#endif
