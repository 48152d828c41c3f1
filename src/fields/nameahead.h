/* nameahead.h -- inside fields/: what stands behind a word of a byline, for names.c. */
#ifndef CD_FIELDS_NAMEAHEAD_H
#define CD_FIELDS_NAMEAHEAD_H

#include "fields/nametoken.h"

/* What is still to be read of a line; given by value, so that looking takes nothing away. */
typedef struct cd_name_ahead {
    const cd_tables *tables;
    cd_span          rest;
} cd_name_ahead;

/* Whether a role or an outlet comes before the next sign: "Print Managing Editor". */
bool cd_ahead_role(cd_name_ahead a);

/* Whether a by-word or a colon follows a word such as "Column" or "Text", perhaps behind another one. */
bool cd_ahead_label(cd_name_ahead a);

/* Whether a name follows the word for reporter: always in simplified characters, where that word is a by-word too, else without a blank. */
bool cd_ahead_reporter(cd_name_ahead a, const cd_name_token *role);

/* Whether a small word that is no by-word follows: "contributors to the project". */
bool cd_ahead_small(cd_name_ahead a);

/* Whether what follows begins with a known given name, behind roles: "By staff writer Ann Lee". */
bool cd_ahead_given(cd_name_ahead a);

/* "A column by", "a cura di": a word such as "column" follows, and a by-word or a colon behind it. */
bool cd_ahead_genre(cd_name_ahead a);

/* Whether a word at the head of a line stands for "by" there: "a cura di Anna Rossi", "de Ana Popescu", "Της Μαρίας Παππά". */
bool cd_ahead_by(cd_name_ahead a, const cd_name_token *t);

/* "Door onze redacteur Jan Jansen", "Γράφει ο Νίκος Παππάς": small words between by-word and name. */
bool cd_ahead_between(cd_name_ahead a, const cd_name_token *t);

#endif
