/* statements.h -- inside tagger/: an HTML page's blocks held against what the page states about itself. */
#ifndef CD_TAGGER_STATEMENTS_H
#define CD_TAGGER_STATEMENTS_H

#include "tagger/story.h"

enum { CD_STATED_TITLES = 3 };

/* Pairs of words that follow each other, by their stems; a table with open addressing, 0: free. */
typedef struct cd_pairs {
    uint32_t *slots; /* NULL: nothing is stated */
    size_t    mask;
} cd_pairs;

/* Lives in the page's arena. */
typedef struct cd_statements {
    uint32_t *titles[CD_STATED_TITLES]; /* stems of the titles */
    size_t    ntitle[CD_STATED_TITLES];
    cd_pairs  summary, text;
    size_t    title;                    /* the block of the heading that is most like a title, or nblocks */
    bool      article;                  /* the page says that it is one */
    bool      home;                     /* its address is a site's front door */
} cd_statements;

/* Reads what the page states. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_statements_new(const cd_page *page, cd_statements **statements, cd_error *err);

/* How many of its words block i and the title most like it share, per thousand of the longer one. */
unsigned cd_title_likeness(const cd_statements *s, const cd_page *page, size_t i);

/* How many of the block's pairs of words are among these, per thousand; -1: nothing is stated, or the block has no pair. */
int cd_pairs_share(const cd_pairs *pairs, const cd_page *page, size_t i);

#endif
