/* htmlcolumns.h -- what the model sees of a block of an HTML page besides the columns of plain text (features.h). */
#ifndef CD_TAGGER_HTMLCOLUMNS_H
#define CD_TAGGER_HTMLCOLUMNS_H

/* X(name, columns): from the page's markup, by markup.c. */
#define CD_MARKUP_COLUMNS(X)                                                                                           \
    X(TAG, 46) X(TAG_PARENT, 46) X(TAG_GRAND, 46) X(TAG_NEAR, 46) X(TAG_FAR, 46)                                        \
    X(FAMILY_OWN, 43) X(FAMILY_NEAR, 43) X(FAMILY_AROUND, 43) X(BODY_LEVEL, 8) X(PROP, 9) X(PROP_BODY, 2)               \
    X(SIGNS, 8) X(END, 5) X(WORDS, 11) X(STOP_SHARE, 8) X(CAP_SHARE, 8) X(WORD_BYTES, 7) X(LINK_SHARE, 7)              \
    X(LINKS, 6) X(LINKS_PARENT, 7) X(LINKS_GRAND, 7) X(BLOCKS_PARENT, 7) X(HEADING, 7)                                 \
    X(SHARE_0, 12) X(SHARE_1, 12) X(SHARE_2, 12) X(SHARE_3, 12) X(SHARE_4, 12) X(SHARE_OWN, 12) X(HOLDER, 5)           \
    X(OFF_PATH, 8) X(PATH_SHARE, 12) X(OFF_TOP, 9) X(DEPTH_TOP, 10) X(LIKE, 12) X(LIKE_PARENT, 12)                     \
    X(TITLE_SIDE, 3) X(TITLE_UP, 9) X(TITLE_DOWN, 9) X(TITLE_SHARE, 12) X(TITLE_WORDS, 6)                              \
    X(ARTICLES, 5) X(ARTICLE, 6) X(ARTICLE_TITLE, 4) X(SECTION, 32) X(SINCE_HEADING, 9)                                \
    X(KIND, 7) X(KIND_ABOVE, 7) X(KIND_ABOVE_2, 7) X(KIND_ABOVE_3, 7) X(KIND_BELOW, 7) X(KIND_BELOW_2, 7)              \
    X(KIND_BELOW_3, 7) X(SIBLING, 4) X(PAGE_WORDS, 7)                                              \
    X(STATED_TEXT, 6) X(STATED_SUMMARY, 6) X(STATED_ARTICLE, 2)

/* The same of the neighbours' first scores, by second.c. */
#define CD_SECOND_COLUMNS(X)                                                                                           \
    X(FIRST, 14) X(FIRST_ABOVE, 8) X(FIRST_ABOVE_2, 8) X(FIRST_BELOW, 8) X(FIRST_BELOW_2, 8) X(NEAR_ABOVE, 11)          \
    X(NEAR_BELOW, 11) X(MEAN_0, 11) X(MEAN_1, 11) X(MEAN_2, 11) X(MEAN_3, 11) X(MEAN_LIKE, 11) X(MEAN_LIKE_2, 11)      \
    X(MEAN_SECTION, 11) X(PART_0, 12) X(PART_1, 12) X(PART_2, 12) X(PART_3, 12) X(PART_ABOVE, 12) X(PART_BELOW, 12)    \
    X(GAP_ABOVE, 7) X(GAP_BELOW, 7) X(SURE_SIDE, 4) X(STORY_WORDS, 7) X(FIRST_HEADING, 8) X(PROSE_FIRST_ABOVE, 8)      \
    X(PROSE_FIRST_BELOW, 8) X(STORY_HOLDER, 3) X(STORY_DEPTH, 10)

#define CD_HTML_COLUMNS(X) CD_MARKUP_COLUMNS(X) CD_SECOND_COLUMNS(X)

/* X(name): groups of which a block may have several columns, or whose columns have no order: trees ask for each by itself. Of every other
 * group it has one at most, and they ask whether that is one from some place on. */
#define CD_SETS(X)                                                                                                     \
    X(FORM) X(DROP) X(HINT) X(HINT_LONG) X(HINT_BEFORE) X(HINT_AFTER) X(ACTION) X(ROLE) X(ROLE_BEFORE) X(ROLE_AFTER)   \
    X(TAG) X(TAG_PARENT) X(TAG_GRAND) X(TAG_NEAR) X(TAG_FAR) X(FAMILY_OWN) X(FAMILY_NEAR) X(FAMILY_AROUND) X(PROP)     \
    X(SIGNS) X(END) X(HOLDER) X(SECTION) X(SIBLING)

#endif
