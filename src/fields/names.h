/* names.h -- finds names of people in a line. */
#ifndef CD_FIELDS_NAMES_H
#define CD_FIELDS_NAMES_H

#include "base/limits.h"
#include "fields/words.h"

/* What a line of names holds. All spans look into the line. */
typedef struct cd_names {
    cd_span at[CD_LIMIT_AUTHORS]; /* people in text order, each once */
    size_t  n;
    size_t  words;   /* of the longest name; a name known by its family name, which is written without blanks, has two */
    size_t  given;   /* how many names begin with a known given name */
    size_t  strange; /* words and signs that belong to no name, role, place or outlet */
    size_t  roles;   /* words such as "reporter" or "MD" */
    bool    by;      /* a by-word or label stands in front ("By", "Text:") */
    bool    caseless; /* a name is written in a script without case, where any word may look like one */
    bool    other;   /* an organisation stands where a name would ("Harbour Media", "Field staff") */
    bool    agency;  /* a word of the line is an agency */
    cd_span outlet;  /* an outlet or agency behind a name, or ptr NULL */
} cd_names;

/* Reads `line`, a byline without its date. Handles, addresses, roles, places behind "in" and credentials are left out. */
void cd_names_read(const cd_tables *tables, cd_span line, cd_names *out);

/* Where no person is named: the organisations or initials that stand for the author ("AFP", "kaw, dan"). Fills out->at. */
void cd_names_read_others(const cd_tables *tables, cd_span line, cd_names *out);

/* The line without its by-words ("Von: Anna Ost" -> "Anna Ost"). */
cd_span cd_names_skip_by(const cd_tables *tables, cd_span line);

#endif
