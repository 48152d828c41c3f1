/* nametoken.h -- inside fields/: the words and signs of a byline, for names.c. */
#ifndef CD_FIELDS_NAMETOKEN_H
#define CD_FIELDS_NAMETOKEN_H

#include "fields/words.h"

typedef enum cd_name_token_kind { CD_TOKEN_END, CD_TOKEN_WORD, CD_TOKEN_COMMA, CD_TOKEN_STRONG, CD_TOKEN_OPEN, CD_TOKEN_CLOSE, CD_TOKEN_OTHER } cd_name_token_kind;

typedef struct cd_name_token {
    cd_name_token_kind kind;
    cd_span    text;
    unsigned   bits;     /* CD_NAME_* */
    bool       upper;    /* begins with a capital */
    bool       capitals; /* three capitals or more and no small letter, or more in front of small ones */
    bool       glued;    /* several words without a blank between them */
    bool       caseless; /* a script without case */
    bool       cjk;      /* and one that writes names without blanks */
    bool       initial;  /* one capital, as in "J. R." */
    bool       address;  /* a mail or a handle */
    bool       domain;
    bool       digits;
    bool       owner; /* "Ann's" */
} cd_name_token;

/* Takes the next token off *rest; CD_TOKEN_END at its end. Blanks and marks of footnotes are passed over. */
cd_name_token cd_name_token_take(const cd_tables *tables, cd_span *rest);

#endif
