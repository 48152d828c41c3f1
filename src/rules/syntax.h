/* syntax.h -- inside rules/: reading a pattern part by part, for needle.c. */
#ifndef CD_RULES_SYNTAX_H
#define CD_RULES_SYNTAX_H

#include "rules/factor.h"

/* A place in a pattern. */
typedef struct cd_syntax {
    cd_span    rest; /* of the pattern */
    cd_factory f;
    unsigned   depth;   /* groups around */
    bool       unknown; /* syntax that is not understood: no needles at all */
} cd_syntax;

static inline bool cd_is_number(char c) { return c >= '0' && c <= '9'; }
static inline bool cd_is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* The character `at` bytes on; NUL behind the end. */
static inline char cd_syntax_peek(const cd_syntax *r, size_t at) { return at < r->rest.len ? r->rest.ptr[at] : '\0'; }
static inline void cd_syntax_skip(cd_syntax *r, size_t n) { r->rest = cd_span_sub(r->rest, n < r->rest.len ? n : r->rest.len, r->rest.len); }

bool cd_syntax_take(cd_syntax *r, const char *token); /* false, and nothing taken: it is not there */
bool cd_syntax_give_up(cd_syntax *r);                 /* false, always */

/* Takes ? * + {n} {n,} {n,m} and what makes them lazy or possessive; without any, once. */
void cd_syntax_quantifier(cd_syntax *r, size_t *min, size_t *max);

cd_part cd_syntax_escape(cd_syntax *r); /* behind a backslash */
cd_part cd_syntax_class(cd_syntax *r);  /* behind [ */
bool    cd_syntax_options(cd_syntax *r); /* behind (? , up to : or ); false: they are not followed */
bool    cd_syntax_group_name(cd_syntax *r, char end); /* up to and with `end`; false: it has none */

#endif
