/* rule.h -- a rule as this room sees it: first as file.c read it, then as compile.c made it ready. The other rooms see its
 * label only. */
#ifndef CD_RULES_RULE_H
#define CD_RULES_RULE_H

#include "base/arena.h"
#include "base/lock.h"
#include "rules/needle.h"
#include "rules/rules.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdatomic.h>

/* A place in a rule file, for messages: byte `at` of the line `text`. */
typedef struct cd_spot {
    const char *file;
    size_t      line;
    cd_span     text;
    size_t      at;
} cd_spot;

/* A yes or no example of a rule. */
typedef struct cd_example {
    struct cd_example *next; /* in file order */
    cd_span            text;
    cd_spot            spot; /* its line, at the text */
    bool               yes;
} cd_example;

/* Machine code of a pattern, which is made once it has been tried on so much text that it pays: making it takes as long as
 * trying the pattern a hundred times without, and a run of one page tries most patterns a few times. */
typedef struct cd_quick {
    atomic_uint           read; /* bytes that the pattern was tried on */
    _Atomic(pcre2_code *) code; /* NULL: not made yet */
    atomic_bool           never; /* it could not be made */
} cd_quick;

typedef struct cd_rule {
    cd_rule_label label; /* stands first: a hit's label leads back to its rule */
    size_t        index; /* in cd_rules.at, once compiled */
    cd_spot       head;  /* the line "rule NAME ACTION", at the name */
    cd_spot       find;  /* the line "  find PATTERN", at the pattern */
    cd_span       pattern;
    unsigned      where; /* cd_place bits */
    uint32_t      words_min, words_max;
    cd_spans      langs, hosts; /* n 0: all */
    cd_example   *examples;
    bool          off;

    atomic_bool ready; /* what follows is there: pattern.c */
    pcre2_code *code; /* for the interpreter */
    cd_quick   *quick; /* NULL: the interpreter alone runs it */
    uint32_t    ngroups; /* group numbers run from 1 to this */
    cd_role    *fields;  /* the field that a group's name is, by group number; CD_ROLE_COUNT for a group without name */
    bool        named;   /* has a named group */
} cd_rule;

/* What decides cheaply that a rule need not be tried on a block: small, so that a page's walk stays in the cache. */
typedef struct cd_gate {
    uint32_t words_min, words_max;
    uint32_t where;
} cd_gate;

typedef struct cd_sites cd_sites;

struct cd_rules {
    cd_arena *arena;      /* owns all text, labels and lists of rules */
    cd_rule **at;         /* as added; once compiled: those in force, in the order in which they are tried */
    size_t    n, cap;

    cd_gate  *gates;      /* by rule index */
    size_t    nwords;     /* 64-bit words of a set of rules */
    uint32_t *hosted;     /* indexes of the rules that are for some hosts only */
    size_t    nhosted;
    uint32_t  max_groups; /* of a pattern, or more */
    cd_lock  *lock;       /* for what is made when it is first needed: packs, code, and what the arena gives for them */
    struct cd_pack **packs; /* the head of their list */

    cd_sites *sites; /* files that are for one host only: site.c */
    bool             plain; /* patterns are run without JIT: a site's few rules, of which most runs need none */
};

/* Whether a `fix` rule may be about this field: a record has one value of it. */
bool cd_rules_can_fix(cd_role field);

/* Adds the line of the spot and, below it, a caret. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_spot_show(const cd_spot *spot, cd_buf *out);

/* CD_ERULES with "file:line: what", the line, and a caret under the spot. Of a long line only the part around it is shown. */
cd_status cd_rules_fail_at(cd_error *err, const cd_spot *spot, const char *format, ...) CD_PRINTF(3, 4);

static inline bool cd_bit_is_set(const uint64_t *set, size_t i) { return set[i / 64] >> (i % 64) & 1; }
static inline void cd_bit_set(uint64_t *set, size_t i) { set[i / 64] |= (uint64_t)1 << (i % 64); }

#endif
