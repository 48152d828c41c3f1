/* words.h -- what the model's columns are called when a person asks. Inside tagger/, read by reasons.c alone.
 *
 * A group's place is a number put together of one or two or three scales, the last of which runs fastest, as features.c and
 * candidates.c put it together: place = length * 5 + ending is (LENGTH, ENDING). In a group's phrase each % stands for the word
 * of its scale, in that order. CD_COLUMNS and CD_HEAD_COLUMNS (features.h) must have a line here for each of their groups with
 * as many places: reasons.c does not compile otherwise. */
#ifndef CD_TAGGER_WORDS_H
#define CD_TAGGER_WORDS_H

/* X(name, words in ascending order). FAMILY, whose words are the names of the roles, is filled by reasons.c. */
#define CD_SCALES(X)                                                                                                                       \
    X(ONE, "")                                                                                                                             \
    X(LENGTH, "less than a word", "1 word", "2 words", "3-4 words", "5-7 words", "8-11 words", "12-17 words", "18-24 words", "25-39 words",\
      "40-59 words", "60-99 words", "100 or more words")                                                                                   \
    X(COARSE, "0-1 words", "2-4 words", "5-11 words", "12-24 words", "25-49 words", "50 or more words")                                    \
    X(THIRD, "under 5 words", "5-14 words", "15 or more words")                                                                            \
    X(ENDING, "no sign at the end", "ends like a sentence", "ends with a colon", "ends with an ellipsis", "ends with a comma")             \
    X(STOPS, "no function words", "few function words", "some function words", "function words as in prose", "many function words",        \
      "nearly all function words")                                                                                                         \
    X(CAPITALS, "no capitals", "hardly any capitals", "some capitals", "many capitals", "mostly capitals", "all words capitalised")        \
    X(DIGITS, "no digits", "hardly any digits", "some digits", "many digits", "mostly digits")                                             \
    X(COMMAS, "no comma", "one comma", "2-3 commas", "4 or more commas")                                                                   \
    X(SENTENCES, "no whole sentence", "one sentence", "2 sentences", "3-4 sentences", "5 or more sentences")                               \
    X(FORMS, "all in capitals", "begins with a capital", "begins with a quotation mark", "a script without spaces", "a list item",         \
      "reads like prose", "no words at all")                                                                                               \
    X(AGAIN, "its words stand on the page more than once", "its words stood further up already")                                           \
    X(ACTIONS, "a rule drops it", "a rule cuts words out of it", "a rule takes a field from it", "a rule hints at something",              \
      "a rule opens a region here", "a rule closes a region here", "a rule keeps it")                                                      \
    X(REGIONS, "a heading such as Related", "a heading such as Comments", "another region's heading")                                      \
    X(SINCE, "right here", "1 line", "2 lines", "3-4 lines", "5-9 lines", "10-19 lines", "20-49 lines", "50-99 lines", "100 or more lines")\
    X(OPENED, "none", "one", "2-3", "4 or more")                                                                                           \
    X(RUNS, "inside the densest run", "1 line above the densest run", "2 lines above the densest run",                                     \
      "3-4 lines above the densest run", "5-8 lines above the densest run", "9-19 lines above the densest run",                            \
      "far above the densest run", "1 line below the densest run", "2 lines below the densest run", "3-4 lines below the densest run",     \
      "5-8 lines below the densest run", "9-19 lines below the densest run", "far below the densest run", "no densest run")                \
    X(PARTS, "at the very start", "near the start", "in the first half", "in the second half", "near the end", "at the very end")          \
    X(ZONES, "above the densest run", "inside the densest run", "below the densest run")                                                   \
    X(CLOSED, "no sentence's end", "ends like a sentence")                                                                                 \
    X(SHARES, "none", "hardly any", "under a fifth", "under a half", "over a half", "over four fifths", "nearly all", "all")               \
    X(DENSE, "no prose", "little prose", "some prose", "half prose", "mostly prose", "all prose")                                          \
    X(HALVES, "little prose", "some prose", "mostly prose")                                                                                \
    X(HEADS, "the headline itself", "1 line above the headline", "2 lines above the headline", "3-4 lines above the headline",             \
      "5-8 lines above the headline", "9-19 lines above the headline", "far above the headline", "right below the headline",               \
      "2 lines below the headline", "3-4 lines below the headline", "5-8 lines below the headline", "9-19 lines below the headline",       \
      "far below the headline", "no headline found")                                                                                       \
    X(OVERLAPS, "a few", "some", "many", "most", "all")                                                                                    \
    X(INSIDE, "outside the story's bounds", "inside the story's bounds")                                                                   \
    X(AROUND, "no body here or close", "body below, not here", "body here alone", "body here and below", "body above, not here",           \
      "body above and below, not here", "body here and above", "body here, above and below")                                               \
    X(HERE, "not body by position", "body by position")                                                                                    \
    X(BODYS, "hardly any of the page is story", "little of the page is story", "half of the page is story", "most of the page is story",   \
      "nearly all of the page is story")                                                                                                   \
    X(STORIES, "a very short story", "a short story", "a story of usual length", "a long story", "a very long story")                      \
    X(SHORTS, "few short lines on the page", "some short lines on the page", "many short lines on the page",                               \
      "mostly short lines on the page")                                                                                                    \
    X(PAGES, "a tiny page", "a small page", "a page of usual size", "a large page", "a very large page")                                   \
    X(COUNT7, "none", "1", "2", "3", "4", "5", "6 or more")                                                                                \
    X(COUNT6, "none", "1", "2", "3", "4", "5 or more")                                                                                     \
    X(TENTHS, "first tenth", "second tenth", "third tenth", "fourth tenth", "fifth tenth", "sixth tenth", "seventh tenth", "eighth tenth", \
      "ninth tenth", "last tenth")                                                                                                         \
    X(TOPICS, "hardly any", "a few", "some", "many", "most", "nearly all")                                                                 \
    X(FAR, "none", "right there", "2 lines away", "3-4 lines away", "5-8 lines away", "9-19 lines away", "far away")                       \
    X(DATED_BELOW, "no date close below", "a date or byline close below")                                                                  \
    X(DATED_ABOVE, "no date close above", "a date or byline close above")                                                                  \
    X(TITLES, "none", "1", "2-3", "4-5", "6-8", "9 or more")                                                                               \
    X(SEGMENTS, "no part", "a sliver", "a small part", "a third or more", "most", "nearly all")                                            \
    X(MEANS, "no", "very short", "short", "middling", "long")                                                                              \
    X(DATES_SINCE, "no date", "1 date", "2 dates", "3-5 dates", "6 or more dates")                                                         \
    X(DROPS_SINCE, "no", "1-2", "3-7", "8-19", "20 or more")                                                                               \
    X(HINTS_SINCE, "at most one", "2-4", "5-11", "12-29", "30 or more")                                                                    \
    X(H_LENGTHS, "1 word", "2 words", "3 words", "4 words", "5 words", "6-7 words", "8-9 words", "10-11 words", "12-14 words",             \
      "15-17 words", "18-22 words", "23 or more words")                                                                                    \
    X(EIGHTHS, "none", "hardly any", "a fifth", "a third", "half", "two thirds", "most", "all")                                            \
    X(OFTEN10, "never", "once or twice", "3-4 times", "5-6 times", "7-9 times", "10-12 times", "13-16 times", "17-21 times",               \
      "22-29 times", "30 or more times")                                                                                                   \
    X(PRINTED, "once", "twice", "three times", "four or more times")                                                                       \
    X(H_FARS, "the first line of the prose", "just inside the prose", "inside the prose", "right above the prose",                         \
      "2 lines above the prose", "3 lines above the prose", "4-5 lines above the prose", "6-8 lines above the prose",                      \
      "9-13 lines above the prose", "14-24 lines above the prose", "25-49 lines above the prose", "50-99 lines above the prose",           \
      "100-199 lines above the prose", "200 or more lines above the prose")                                                                \
    X(TOPS, "the page's first line", "lines 2-3 of the page", "lines 4-8 of the page", "lines 9-20 of the page",                           \
      "lines 21-50 of the page", "lines 51-100 of the page", "lines 101-200 of the page", "beyond line 200 of the page")                   \
    X(BLANKS, "no blank line above", "a blank line above", "several blank lines above")                                                    \
    X(WEIGHTS, "no prose itself, inside the prose", "prose itself, inside the prose")                                                      \
    X(SIGNED, "right", "close", "a few lines", "nowhere")                                                                                  \
    X(H_FORMS, "all in capitals", "begins with a capital", "begins with a quotation mark", "a script without spaces",                      \
      "ends with a question mark", "several commas", "several sentences")                                                                  \
    X(H_DIGITS_OF, "no digits", "hardly any digits", "some digits", "many digits")                                                         \
    X(BARS, "a bar in it", "a dash in it")                                                                                                 \
    X(RANKS, "none", "one", "2-3", "4-7", "8 or more")                                                                                     \
    X(FIRSTS, "the first candidate", "not the first candidate")

/* X(group, phrase, scales) for the columns of a block. */
#define CD_COLUMN_WORDS(X)                                                                                                                 \
    X(BIAS, "before anything is known%", ONE) X(LENGTH, "%", LENGTH) X(LENGTH_END, "%, %", LENGTH, ENDING)                                 \
    X(STOP, "%: %", THIRD, STOPS) X(CAPS, "%: %", THIRD, CAPITALS) X(DIGITS, "%", DIGITS) X(COMMAS, "%", COMMAS)                           \
    X(SENTENCES, "%", SENTENCES) X(FORM, "%", FORMS) X(ITEM_LENGTH, "a list item of %", COARSE) X(TIMES, "% (%)", AGAIN, COARSE)           \
    X(DROP, "a rule drops it as %", FAMILY) X(HINT, "a hint of %", FAMILY) X(HINT_LONG, "a hint of % in running text", FAMILY)             \
    X(HINT_BEFORE, "line above has a hint of %", FAMILY) X(HINT_AFTER, "line below has a hint of %", FAMILY) X(ACTION, "%", ACTIONS)       \
    X(SINCE_OPEN, "behind %: %", REGIONS, SINCE) X(OPENS, "headings such as Related so far: %", OPENED) X(RUN, "%", RUNS)                  \
    X(RUN_PLACE, "% of the densest run", PARTS) X(RUN_LENGTH, "%, %, %", ZONES, LENGTH, CLOSED)                                            \
    X(SHARE_BEFORE, "% of the page's prose is above it", SHARES) X(SHARE_AFTER, "% of the page's prose is below it", SHARES)               \
    X(DENSITY_2, "% in the 2 lines around", DENSE) X(DENSITY_6, "% in the 6 lines around", DENSE)                                          \
    X(DENSITY_15, "% in the 15 lines around", DENSE) X(LEFT_RIGHT, "% above, % below", DENSE, DENSE)                                       \
    X(LEFT_RIGHT_LENGTH, "% above, % below, %", HALVES, HALVES, COARSE) X(HEAD, "%", HEADS)                                                \
    X(HEAD_OVERLAP, "% of the headline's words (%)", OVERLAPS, THIRD) X(HEAD_AGAIN, "the headline's words again%", ONE)                    \
    X(ROLE, "%, % by rules and position", INSIDE, FAMILY) X(ROLES, "%, %", AROUND, COARSE)                                                 \
    X(ROLE_LENGTH, "%, %, %", HERE, LENGTH, ENDING) X(PAGE_SHARE, "%, %", HERE, BODYS) X(PAGE_PROSE, "%, %", HERE, STORIES)                \
    X(PAGE_SHORT, "%, %", HERE, SHORTS) X(PAGE_BLOCKS, "%, %", HERE, PAGES) X(BEFORE, "line above: %, %", COARSE, ENDING)                  \
    X(AFTER, "line below: %, %", COARSE, ENDING) X(DROPS_NEAR, "dropped lines close by: %", COUNT7)                                        \
    X(HINTS_NEAR, "lines close by with a hint of boilerplate: %", COUNT6) X(PLACE, "% of the page", TENTHS)                                \
    X(TOPIC, "% of its words are the story's (%)", TOPICS, THIRD) X(BODY_BEFORE, "nearest body line above: %", FAR)                        \
    X(BODY_AFTER, "nearest body line below: %", FAR) X(PROSE_BEFORE, "nearest prose above: %", FAR)                                        \
    X(PROSE_AFTER, "nearest prose below: %", FAR) X(DATED_NEAR, "%, %, %", DATED_BELOW, DATED_ABOVE, THIRD)                                \
    X(DATES_NEAR, "dates around: %", COUNT6) X(TITLES_NEAR, "%, lines like titles around: %", HERE, TITLES)                                \
    X(ROLE_BEFORE, "line above is %", FAMILY) X(ROLE_AFTER, "line below is %", FAMILY)                                                     \
    X(SEGMENT, "%, its stretch has % of the story", HERE, SEGMENTS) X(MEAN_BEFORE, "% prose above, %", MEANS, COARSE)                      \
    X(MEAN_AFTER, "% prose below, %", MEANS, COARSE) X(DATES_SINCE, "%, % since the headline", HERE, DATES_SINCE)                          \
    X(DROPS_SINCE, "%, % dropped lines since the headline", HERE, DROPS_SINCE)                                                             \
    X(HINTS_SINCE, "%, % hints of boilerplate since the headline", HERE, HINTS_SINCE)

/* The same for the columns of a line that may be the headline. */
#define CD_HEAD_COLUMN_WORDS(X)                                                                                                            \
    X(H_LENGTH, "%", H_LENGTHS) X(H_END, "%", ENDING) X(H_STORY, "% of its words are in the story", EIGHTHS)                               \
    X(H_DENSE, "the story uses its words %", OFTEN10) X(H_LEAD, "% of its words are in the first paragraphs", EIGHTHS)                     \
    X(H_TIMES, "printed %", PRINTED) X(H_EARLIER, "its words stood further up already%", ONE) X(H_ITEM, "a list item%", ONE)               \
    X(H_HINT, "a hint of %", FAMILY) X(H_HINT_BEFORE, "line above has a hint of %", FAMILY)                                                \
    X(H_HINT_AFTER, "line below has a hint of %", FAMILY) X(H_FAR, "%", H_FARS) X(H_TOP, "%", TOPS) X(H_BLANK, "%", BLANKS)                \
    X(H_PROSE, "%", WEIGHTS) X(H_SIGNED_BELOW, "a byline or date below: %", SIGNED) X(H_SIGNED_ABOVE, "a byline or date above: %", SIGNED) \
    X(H_CAPS, "%", CAPITALS) X(H_FORM, "%", H_FORMS) X(H_DIGITS, "%", H_DIGITS_OF) X(H_NEXT, "line below: %, %", COARSE, ENDING)           \
    X(H_BEFORE, "line above: %, %", COARSE, ENDING) X(H_BAR, "%", BARS) X(H_STORY_RANK, "rivals with more of the story's words: %", RANKS) \
    X(H_DENSE_RANK, "rivals whose words the story uses more: %", RANKS) X(H_LENGTH_RANK, "longer rivals: %", RANKS)                        \
    X(H_BELOW, "telling rivals below: %", RANKS) X(H_ABOVE, "telling rivals above: %", RANKS) X(H_FIRST, "%", FIRSTS)                      \
    X(H_STORY_LENGTH, "% of its words are in the story, %", EIGHTHS, COARSE) X(H_REPEATED_BELOW, "printed again further down%", ONE)       \
    X(H_PAGE, "% of its words are in the page's prose", EIGHTHS)

#endif
