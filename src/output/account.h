/* account.h -- inside output/: what `explain` says of each block, gathered once for its three printers (text, JSON, HTML). */
#ifndef CD_OUTPUT_ACCOUNT_H
#define CD_OUTPUT_ACCOUNT_H

#include "page/page.h"

/* X(id, key): the record's keys that take words from blocks or from what the page states about itself, in the record's order. */
#define CD_ACCOUNT_KEYS(X)                                                                                                     \
    X(URL, "url") X(HEADLINE, "headline") X(STANDFIRST, "standfirst") X(DATE, "date") X(MODIFIED, "modified")          \
    X(BYLINE, "byline") X(AUTHORS, "authors") X(DATELINE, "dateline") X(SOURCE, "source") X(SECTION, "section")        \
    X(FREE_TO_READ, "free_to_read") X(TAGS, "tags") X(LANGUAGE, "language") X(BODY, "body") X(IMAGE, "image")                  \
    X(CAPTIONS, "captions") X(NOTES, "notes")

typedef enum cd_account_key {
#define X(id, text) CD_ACCOUNT_##id,
    CD_ACCOUNT_KEYS(X)
#undef X
        CD_ACCOUNT_COUNT
} cd_account_key;

const char *cd_account_key_name(cd_account_key key);

/* The keys, or none where there is one alone and the role says the same: "body -> body" tells nothing. */
unsigned cd_keys_beside(unsigned keys, cd_role role);

/* X(id, name, what): who had the last word about a block's role. */
#define CD_DECIDERS(X)                                                                                                 \
    X(RULE, "rule", "a rule that is certain by itself")                                                                \
    X(HINT, "hint", "a rule's hint, and where the block stands")                                                       \
    X(REGION, "region", "a heading further up that opens a region")                                                    \
    X(FIELD, "field", "the field that took it")                                                                        \
    X(MODEL, "model", "the learned weights")                                                                           \
    X(POSITION, "position", "where it stands and what it looks like")

typedef enum cd_decider {
#define X(id, text, what) CD_BY_##id,
    CD_DECIDERS(X)
#undef X
} cd_decider;

const char *cd_decider_name(cd_decider by);
const char *cd_decider_what(cd_decider by);

typedef struct cd_account {
    bool                 kept;
    cd_decider           by;
    const cd_rule_label *rule;   /* the rule behind role or value, or NULL */
    size_t               opened; /* by REGION: the block of the heading that opened it, else nblocks */
    const char          *why;    /* the rule's or the tagger's reason, or NULL */
    unsigned             keys;   /* bits: 1 << cd_account_key */
    const cd_judgement  *judged; /* what the model says of it, or NULL: it had no say */
} cd_account;

/* One value of the record, and where it was read. */
typedef struct cd_account_value {
    cd_account_key      key;
    const char *label; /* as the key, but of one value: "author" */
    cd_span     text;
    size_t      block; /* the block that prints it; nblocks: none does */
    const cd_meta *stated; /* the statement of the page that it was taken from, or NULL: from the text, or given with the input */
} cd_account_value;

typedef struct cd_accounts {
    cd_account *blocks; /* one a block */
    cd_account_value   *values; /* in the record's order; the body is left out */
    size_t      nvalues, kept;
} cd_accounts;

/* Fills *all in the page's arena. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_accounts_of(const cd_page *page, cd_accounts *all, cd_error *err);

/* A part of a block's text. `cut`: the rule's hit that strikes it out of a block that stays, or NULL. */
typedef struct cd_piece {
    cd_span       text;
    const cd_hit *cut;
} cd_piece;

/* Takes the next part of the block from *at on, false behind the last: together they are the block's whole text. Only the story's
 * own blocks have words cut out, just as fields/body.c cuts them. */
bool cd_piece_next(const cd_block *block, size_t *at, cd_piece *piece);

#endif
