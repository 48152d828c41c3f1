/* htmlwords.h -- what the columns of HTML pages are called when a person asks: as words.h, for CD_HTML_COLUMNS (htmlcolumns.h). */
#ifndef CD_TAGGER_HTMLWORDS_H
#define CD_TAGGER_HTMLWORDS_H

/* X(name, words in ascending order). TAG and CLASS, whose words are the names of tags and of class families, are filled by reasons.c. */
#define CD_HTML_SCALES(X)                                                                                                                  \
    X(BODY_LEVELS, "right here", "1 level up", "2 levels up", "3 levels up", "4 levels up", "5-6 levels up", "7-9 levels up", "nowhere")   \
    X(PROPS, "no itemprop", "itemprop articleBody", "itemprop description", "itemprop headline", "itemprop author", "itemprop name",       \
      "itemprop datePublished", "itemprop caption", "another itemprop")                                                                    \
    X(PROP_BODIES, "not inside an itemprop articleBody", "inside an itemprop articleBody")                                                 \
    X(HTML_SIGNS, "hidden by the page", "a picture in front of it", "begins in bold", "all in bold", "line breaks in it",                  \
      "begins in lower case", "a bar in it", "words in bold")                                                                              \
    X(HTML_WORDS, "0-1 words", "2 words", "3 words", "4-5 words", "6-9 words", "10-14 words", "15-24 words", "25-39 words", "40-69 words", \
      "70-119 words", "120 or more words")                                                                                                 \
    X(STOP_SHARES, "no function words", "hardly any function words", "few function words", "some function words",                          \
      "a quarter function words", "a third function words", "half function words", "mostly function words")                                \
    X(CAP_SHARES, "no capitals", "hardly any capitals", "a few capitals", "some capitals", "a quarter capitals", "many capitals",          \
      "mostly capitals", "all words capitalised")                                                                                          \
    X(WORD_LENGTHS, "very short words", "short words", "rather short words", "words of usual length", "rather long words", "long words",   \
      "very long words")                                                                                                                   \
    X(LINKED, "no link", "hardly any text in links", "some text in links", "much text in links", "most text in links",                     \
      "nearly all text in links", "all text in links")                                                                                     \
    X(LINK_COUNTS, "no link", "1 link", "2 links", "3-5 links", "6-9 links", "10 or more links")                                           \
    X(BLOCK_COUNTS, "1 block", "2 blocks", "3-4 blocks", "5-9 blocks", "10-19 blocks", "20-49 blocks", "50 or more blocks")                \
    X(HEADINGS, "no heading", "an h1", "an h2", "an h3", "an h4", "an h5", "an h6")                                                        \
    X(PROSE_SHARES, "none", "under 2 percent", "2-4 percent", "5-9 percent", "10-19 percent", "20-34 percent", "35-49 percent", "50-64 percent", "65-79 percent", "80-89 percent", "90-96 percent",\
      "97 percent or more")                                                                                                                \
    X(HOLDERS, "half of the prose", "70 percent of the prose", "85 percent of the prose", "95 percent of the prose", "the most paragraphs")\
    X(STEPS_OFF, "none", "1", "2", "3", "4", "5-6", "7-9", "10 or more")                                                                   \
    X(LEVELS_UP, "0", "1", "2", "3", "4", "5-6", "7-9", "10 or more", "no")                                                                \
    X(DEPTHS, "far less deep than", "3-5 levels less deep than", "2 levels less deep than", "1 level less deep than", "as deep as",        \
      "1 level deeper than", "2 levels deeper than", "3-4 levels deeper than", "5-7 levels deeper than", "far deeper than")                \
    X(SIDES, "above the title", "the title itself", "below the title")                                                                     \
    X(TITLE_LEVELS, "?", "0", "1", "2", "3", "4", "5-6", "7-9", "10 or more")                                                              \
    X(TITLE_LIKES, "hardly any", "a few", "some", "half", "most", "nearly all")                                                            \
    X(ARTICLE_COUNTS, "no article element", "1 article element", "2 article elements", "3-5 article elements", "6 or more article elements")\
    X(ARTICLE_NUMBERS, "in no article element", "in the first article element", "in the second article element",                           \
      "in the 3rd or 4th article element", "in the 5th to 8th article element", "in a later article element")                              \
    X(ARTICLE_TITLES, "title inside, block outside of an article element", "title and block outside of article elements",                  \
      "block in another article element than the title", "block and title in one article element")                                         \
    X(SINCE_HEADINGS, "right here", "1 block above", "2 blocks above", "3-4 blocks above", "5-9 blocks above", "10-19 blocks above",       \
      "20-44 blocks above", "far above", "nowhere above")                                                                                  \
    X(HTML_KINDS, "the page's edge", "links", "a few words", "a short line", "a longer line", "prose", "a heading")                        \
    X(SIBLINGS, "same parent as the block above", "same parent as the block below", "same class as the block above",                       \
      "same class as the block below")                                                                                                     \
    X(PAGE_PROSES, "under 60 words", "60-149 words", "150-299 words", "300-599 words", "600-1199 words", "1200-2499 words",                \
      "2500 or more words")                                                                                                                \
    X(STATED_SHARES, "nothing that could be compared", "hardly any", "some", "half", "most", "nearly all")                                 \
    X(STATED_KINDS, "the page does not say that it is an article", "the page says that it is an article")                                  \
    X(FIRST_SUMS, "below -6", "-6 to -4.5", "-4.5 to -3.5", "-3.5 to -2.5", "-2.5 to -1.5", "-1.5 to -0.75", "-0.75 to 0", "0 to 0.75",    \
      "0.75 to 1.5", "1.5 to 2.5", "2.5 to 3.5", "3.5 to 4.5", "4.5 to 6", "over 6")                                                       \
    X(SUMS, "there is none", "surely no story", "hardly story", "rather no story", "in doubt", "rather story", "likely story",             \
      "surely story")                                                                                                                      \
    X(ODDS, "no story", "hardly any story", "little story", "some story", "nearly half story", "over half story", "mostly story",          \
      "nearly all story", "all but all story", "all story", "no other text")                                                               \
    X(STORY_PARTS, "none", "hardly any", "1-4 percent", "5-14 percent", "15-29 percent", "30-49 percent", "50-69 percent", "70-84 percent", "85-94 percent", "95-98 percent", "99 percent",\
      "all")                                                                                                                               \
    X(GAPS, "no text between", "under 10 words between", "10-29 words between", "30-79 words between", "80-199 words between",             \
      "200 or more words between", "there is none")                                                                                        \
    X(SURE_SIDES, "above the first sure paragraph", "among the sure paragraphs", "below the last sure paragraph", "no sure paragraph")     \
    X(STORY_LENGTHS, "under 40 words", "40-99 words", "100-199 words", "200-399 words", "400-799 words", "800-1599 words",                 \
      "1600 or more words")                                                                                                                \
    X(IN_HOLDER, "outside of the element that holds the story", "in the element that holds the story", "no element holds the story")

/* X(group, phrase, scales): from the page's markup. */
#define CD_MARKUP_COLUMN_WORDS(X)                                                                                                          \
    X(TAG, "in <%>", TAG) X(TAG_PARENT, "its parent is <%>", TAG) X(TAG_GRAND, "its parent's parent is <%>", TAG)                          \
    X(TAG_NEAR, "inside <%>", TAG) X(TAG_FAR, "inside a <%> that holds most of the prose", TAG)                                            \
    X(FAMILY_OWN, "its own class says %", CLASS) X(FAMILY_NEAR, "a class right around it says %", CLASS)                                   \
    X(FAMILY_AROUND, "a class further around it says %", CLASS) X(BODY_LEVEL, "a class that says body: %", BODY_LEVELS)                    \
    X(PROP, "%", PROPS) X(PROP_BODY, "%", PROP_BODIES) X(SIGNS, "%", HTML_SIGNS) X(END, "%", ENDING) X(WORDS, "%", HTML_WORDS)             \
    X(STOP_SHARE, "%", STOP_SHARES) X(CAP_SHARE, "%", CAP_SHARES) X(WORD_BYTES, "%", WORD_LENGTHS) X(LINK_SHARE, "%", LINKED)              \
    X(LINKS, "%", LINK_COUNTS) X(LINKS_PARENT, "% in its parent", LINKED) X(LINKS_GRAND, "% in its parent's parent", LINKED)               \
    X(BLOCKS_PARENT, "% in its parent", BLOCK_COUNTS) X(HEADING, "%", HEADINGS)                                                            \
    X(SHARE_0, "share of the prose in its element: %", PROSE_SHARES) X(SHARE_1, "share of the prose in its parent: %", PROSE_SHARES)       \
    X(SHARE_2, "share of the prose 2 levels up: %", PROSE_SHARES) X(SHARE_3, "share of the prose 3 levels up: %", PROSE_SHARES)            \
    X(SHARE_4, "share of the prose 4 levels up: %", PROSE_SHARES) X(SHARE_OWN, "share of the prose in its element alone: %", PROSE_SHARES) \
    X(HOLDER, "in the innermost element with %", HOLDERS) X(OFF_PATH, "levels off the way to most of the prose: %", STEPS_OFF)             \
    X(PATH_SHARE, "share of the prose where it leaves that way: %", PROSE_SHARES)                                                          \
    X(OFF_TOP, "% levels below the element with the most paragraphs", LEVELS_UP)                                                           \
    X(DEPTH_TOP, "% the element with the most paragraphs", DEPTHS) X(LIKE, "share of the prose in elements of its class: %", PROSE_SHARES) \
    X(LIKE_PARENT, "share of the prose in elements of its and its parent's class: %", PROSE_SHARES)                                        \
    X(TITLE_SIDE, "%", SIDES) X(TITLE_UP, "levels from the title up to what holds both: %", TITLE_LEVELS)                                  \
    X(TITLE_DOWN, "levels from the block up to what holds the title: %", TITLE_LEVELS)                                                     \
    X(TITLE_SHARE, "share of the prose in what holds it and the title: %", PROSE_SHARES)                                                   \
    X(TITLE_WORDS, "% of a title's words", TITLE_LIKES) X(ARTICLES, "the page has %", ARTICLE_COUNTS) X(ARTICLE, "%", ARTICLE_NUMBERS)     \
    X(ARTICLE_TITLE, "%", ARTICLE_TITLES) X(SECTION, "under a heading with a hint of %", FAMILY)                                           \
    X(SINCE_HEADING, "nearest heading: %", SINCE_HEADINGS) X(KIND, "is %", HTML_KINDS) X(KIND_ABOVE, "above it: %", HTML_KINDS)            \
    X(KIND_ABOVE_2, "2 blocks above: %", HTML_KINDS) X(KIND_ABOVE_3, "3 blocks above: %", HTML_KINDS)                                      \
    X(KIND_BELOW, "below it: %", HTML_KINDS) X(KIND_BELOW_2, "2 blocks below: %", HTML_KINDS)                                              \
    X(KIND_BELOW_3, "3 blocks below: %", HTML_KINDS) X(SIBLING, "%", SIBLINGS) X(PAGE_WORDS, "the page has prose of %", PAGE_PROSES)       \
    X(STATED_TEXT, "of it in the text that the page states: %", STATED_SHARES)                                                             \
    X(STATED_SUMMARY, "of it in the summary that the page states: %", STATED_SHARES) X(STATED_ARTICLE, "%", STATED_KINDS)

/* The same: from the first scores. */
#define CD_SECOND_COLUMN_WORDS(X)                                                                                                          \
    X(FIRST, "at first sight %", FIRST_SUMS) X(FIRST_ABOVE, "block above at first sight: %", SUMS)                                         \
    X(FIRST_ABOVE_2, "2 blocks above at first sight: %", SUMS) X(FIRST_BELOW, "block below at first sight: %", SUMS)                       \
    X(FIRST_BELOW_2, "2 blocks below at first sight: %", SUMS) X(NEAR_ABOVE, "the 5 blocks above: %", ODDS)                                \
    X(NEAR_BELOW, "the 5 blocks below: %", ODDS) X(MEAN_0, "others in its element: %", ODDS) X(MEAN_1, "others in its parent: %", ODDS)    \
    X(MEAN_2, "others 2 levels up: %", ODDS) X(MEAN_3, "others 3 levels up: %", ODDS) X(MEAN_LIKE, "others of its class: %", ODDS)         \
    X(MEAN_LIKE_2, "others of its and its parent's class: %", ODDS) X(MEAN_SECTION, "others under the same heading: %", ODDS)              \
    X(PART_0, "its element's part of the story: %", STORY_PARTS) X(PART_1, "its parent's part of the story: %", STORY_PARTS)               \
    X(PART_2, "part of the story 2 levels up: %", STORY_PARTS) X(PART_3, "part of the story 3 levels up: %", STORY_PARTS)                  \
    X(PART_ABOVE, "part of the story above it: %", STORY_PARTS) X(PART_BELOW, "part of the story below it: %", STORY_PARTS)                \
    X(GAP_ABOVE, "nearest sure paragraph above: %", GAPS) X(GAP_BELOW, "nearest sure paragraph below: %", GAPS)                            \
    X(SURE_SIDE, "%", SURE_SIDES) X(STORY_WORDS, "a story of %", STORY_LENGTHS) X(FIRST_HEADING, "its heading at first sight: %", SUMS)    \
    X(PROSE_FIRST_ABOVE, "nearest longer block above at first sight: %", SUMS)                                                             \
    X(PROSE_FIRST_BELOW, "nearest longer block below at first sight: %", SUMS) X(STORY_HOLDER, "%", IN_HOLDER)                             \
    X(STORY_DEPTH, "% where most of the story stands", DEPTHS)

#define CD_HTML_COLUMN_WORDS(X) CD_MARKUP_COLUMN_WORDS(X) CD_SECOND_COLUMN_WORDS(X)

#endif
