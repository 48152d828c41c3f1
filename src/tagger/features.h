/* features.h -- what the model sees of a block: numbers of columns, each of which is there or not. */
#ifndef CD_TAGGER_FEATURES_H
#define CD_TAGGER_FEATURES_H

#include "tagger/htmlcolumns.h"
#include "tagger/story.h"

/* X(name, columns): groups of columns, in the order of their numbers. A model names its weights by group and place in it, so
 * that the list may grow; a group of which the meaning changes gets a new name. */
#define CD_COLUMNS(X)                                                                                                  \
    X(BIAS, 1) X(LENGTH, 12) X(LENGTH_END, 60) X(STOP, 18) X(CAPS, 18) X(DIGITS, 5) X(COMMAS, 4) X(SENTENCES, 5)         \
    X(FORM, 7) X(ITEM_LENGTH, 6) X(TIMES, 12)                                \
    X(DROP, 32) X(HINT, 32) X(HINT_LONG, 32) X(HINT_BEFORE, 32) X(HINT_AFTER, 32) X(ACTION, 7)                           \
    X(SINCE_OPEN, 27) X(OPENS, 4) X(RUN, 14) X(RUN_PLACE, 6) X(RUN_LENGTH, 72) X(SHARE_BEFORE, 8) X(SHARE_AFTER, 8)      \
    X(DENSITY_2, 6) X(DENSITY_6, 6) X(DENSITY_15, 6) X(LEFT_RIGHT, 36) X(LEFT_RIGHT_LENGTH, 54)                          \
    X(HEAD, 14) X(HEAD_OVERLAP, 15) X(HEAD_AGAIN, 1) X(ROLE, 64) X(ROLES, 48) X(ROLE_LENGTH, 120)                        \
    X(PAGE_SHARE, 10) X(PAGE_PROSE, 10) X(PAGE_SHORT, 8) X(PAGE_BLOCKS, 10) X(BEFORE, 30) X(AFTER, 30)                   \
    X(DROPS_NEAR, 7) X(HINTS_NEAR, 6) X(PLACE, 10) X(TOPIC, 18) X(BODY_BEFORE, 7) X(BODY_AFTER, 7)                       \
    X(PROSE_BEFORE, 7) X(PROSE_AFTER, 7) X(DATED_NEAR, 12) X(DATES_NEAR, 6) X(TITLES_NEAR, 12)      \
    X(ROLE_BEFORE, 32) X(ROLE_AFTER, 32) X(SEGMENT, 12) X(MEAN_BEFORE, 30) X(MEAN_AFTER, 30)    \
    X(DATES_SINCE, 10) X(DROPS_SINCE, 10) X(HINTS_SINCE, 10)

typedef enum cd_column {
#define X(name, n) CD_COL_##name, CD_COL_END_##name = CD_COL_##name + (n) - 1,
    CD_COLUMNS(X)
    CD_COL_TEXT_COUNT, /* plain text has no others */
    CD_COL_TEXT_LAST = CD_COL_TEXT_COUNT - 1,
    CD_HTML_COLUMNS(X)
#undef X
        CD_COL_COUNT
} cd_column;

/* The same for lines that may be the headline. */
#define CD_HEAD_COLUMNS(X)                                                                                             \
    X(H_LENGTH, 12) X(H_END, 5) X(H_STORY, 8) X(H_DENSE, 10) X(H_LEAD, 8) X(H_TIMES, 4) X(H_EARLIER, 1) X(H_ITEM, 1)      \
    X(H_HINT, 32) X(H_HINT_BEFORE, 32) X(H_HINT_AFTER, 32) X(H_FAR, 14) X(H_TOP, 8) X(H_BLANK, 3) X(H_PROSE, 2)           \
    X(H_SIGNED_BELOW, 4) X(H_SIGNED_ABOVE, 4) X(H_CAPS, 6) X(H_FORM, 7) X(H_DIGITS, 4) X(H_NEXT, 30) X(H_BEFORE, 30)      \
    X(H_BAR, 2) X(H_STORY_RANK, 5) X(H_DENSE_RANK, 5) X(H_LENGTH_RANK, 5) X(H_BELOW, 5) X(H_ABOVE, 5) X(H_FIRST, 2)        \
    X(H_STORY_LENGTH, 48) X(H_REPEATED_BELOW, 1) X(H_PAGE, 8)

typedef enum cd_head_column {
#define X(name, n) CD_COL_##name, CD_COL_END_##name = CD_COL_##name + (n) - 1,
    CD_HEAD_COLUMNS(X)
#undef X
        CD_HEAD_COL_COUNT
} cd_head_column;

/* Fills the columns of all candidates of a story whose topics are known. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_candidates_look(const cd_story *story, cd_candidates *list, cd_error *err);

/* What is known of a page as a whole before its blocks are looked at one by one; lives in the page's arena. */
typedef struct cd_look cd_look;

/* Prepares to look at the blocks of a story that position.c has given roles. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_look_new(const cd_story *story, cd_look **look, cd_error *err);

/* Fills *columns for block i. Blocks are looked at in their order, each once. */
void cd_look_at(cd_look *look, size_t i, cd_columns_of *columns);

/* Which group a column is in, and its place there. */
const char *cd_column_group(unsigned column, unsigned *place);

#endif
