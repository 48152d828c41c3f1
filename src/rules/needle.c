/* needle.c -- pattern -> the literals that a match must hold. In: a pattern that PCRE2 has taken. Out: its needles, or none.
 *
 * A small reader of PCRE2's syntax goes through the pattern once and hands its parts to factor.c, which does the sums. Case
 * plays no part: needles and text are folded alike, all blanks are one and so are all digits. Syntax that could make the
 * sums wrong (verbs, calls, conditions, \Q, extended mode) gives the whole pattern up: it has no needles and is then tried
 * on every text, slow and right. */
#include "rules/factor.h"

#include <stdint.h>

enum {
    DEPTH_MAX = 60,   /* groups in groups; users write patterns, and each level is a C frame */
    CLASS_MAX = 8,    /* members of [...] that are told apart */
    RANGE_MAX = 64,   /* code points of a-z in [...] that are looked at */
    SECOND_MAX = 100, /* second needles: more, or commoner ones than these bits say, cost the scan more than they spare patterns */
    SECOND_BITS = 14,
    COVER_MAX = 100,  /* needles that are compared with each other: of more, some may be there in vain */
    UNBOUNDED = 65536 /* PCRE2's own top is 65535 */
};

typedef struct reader {
    cd_span    rest;
    cd_factory f;
    unsigned   depth;
    bool       unknown; /* syntax that is not understood: no needles at all */
} reader;

static bool give_up(reader *r)
{
    r->unknown = true;
    r->rest.len = 0; /* so that every loop ends */
    return false;
}

/* What is known of a place in a pattern: that it is the block's front, or an edge; and of the text behind what is read there, as
 * look_ahead() has it. */
typedef struct place {
    bool     front, edge;
    unsigned behind;
} place;

static cd_part read_alternatives(reader *r, place at);

static bool take(reader *r, const char *token)
{
    cd_span t = cd_span_of(token);
    if (!cd_span_starts(r->rest, t)) return false;
    r->rest = cd_span_sub(r->rest, t.len, r->rest.len);
    return true;
}

static char peek(const reader *r, size_t at) { return at < r->rest.len ? r->rest.ptr[at] : '\0'; }
static void skip(reader *r, size_t n) { r->rest = cd_span_sub(r->rest, n < r->rest.len ? n : r->rest.len, r->rest.len); }

static bool is_number(char c) { return c >= '0' && c <= '9'; }
static bool is_ascii_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static size_t take_number(reader *r)
{
    size_t n = 0;
    for (; is_number(peek(r, 0)); skip(r, 1))
        if (n < UNBOUNDED) n = n * 10 + (size_t)(peek(r, 0) - '0');
    return n;
}

/* Reads ? * + {n} {n,} {n,m} and what makes them lazy or possessive; without any, once. */
static void take_quantifier(reader *r, size_t *min, size_t *max)
{
    *min = *max = 1;
    if (take(r, "?")) {
        *min = 0;
    } else if (take(r, "*")) {
        *min = 0, *max = UNBOUNDED;
    } else if (take(r, "+")) {
        *max = UNBOUNDED;
    } else if (peek(r, 0) == '{') {
        skip(r, 1);
        if (!is_number(peek(r, 0))) { /* a literal brace in some versions of PCRE2, a quantifier in others */
            (void)give_up(r);
            return;
        }
        *min = *max = take_number(r);
        if (take(r, ",")) *max = is_number(peek(r, 0)) ? take_number(r) : UNBOUNDED;
        if (!take(r, "}")) (void)give_up(r);
    } else {
        return;
    }
    if (!take(r, "+")) (void)take(r, "?");
}

/* \xhh and \x{hhh}, behind the x. */
static cd_rune take_hex(reader *r)
{
    bool    braced = take(r, "{");
    cd_rune rune = 0;
    size_t  n = 0;
    for (; n < (braced ? 6u : 2u); n++, skip(r, 1)) {
        char c = peek(r, 0);
        if (is_number(c)) rune = rune * 16 + (cd_rune)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f') rune = rune * 16 + (cd_rune)((c | 32) - 'a' + 10);
        else break;
    }
    if (n == 0 || (braced && !take(r, "}")) || rune > 0x10FFFF) (void)give_up(r);
    return rune;
}

/* What stands behind a backslash: *rune is a code point (one for all blanks, one for all digits), or CD_RUNE_END for another
 * class or an assertion, of which *kind is the letter. */
static void take_escape(reader *r, cd_rune *rune, char *kind)
{
    *rune = CD_RUNE_END;
    *kind = peek(r, 0);
    if (!is_ascii_letter(*kind) && !is_number(*kind)) {
        *rune = cd_utf8_take(&r->rest);
        if (*rune == CD_RUNE_END) (void)give_up(r);
        return;
    }
    skip(r, 1);
    if (*kind == 'x') {
        *rune = take_hex(r);
    } else if (*kind == 's' || *kind == 'h' || *kind == 't') {
        *rune = ' '; /* as they are folded */
    } else if (*kind == 'd') {
        *rune = '0';
    } else if (*kind == 'p' || *kind == 'P') {
        bool braced = take(r, "{");
        if (!braced) skip(r, 1);
        while (braced && r->rest.len && !take(r, "}")) skip(r, 1);
    } else if (is_number(*kind)) {
        if (*kind == '0' || is_number(peek(r, 0))) (void)give_up(r); /* octal, or not: it depends on the groups */
    } else if (!strchr("DwWSHvVRXbBAzZGKN", *kind) || (*kind == 'N' && peek(r, 0) == '{')) {
        (void)give_up(r);
    }
}

static cd_part read_escape(reader *r)
{
    cd_rune rune;
    char    kind;
    take_escape(r, &rune, &kind);
    if (r->unknown) return (cd_part){0};
    if (rune != CD_RUNE_END) {
        cd_part p = cd_part_rune(&r->f, rune);
        p.nonword = rune == ' ';
        p.letterless = rune == ' ' || rune == '0';
        return p;
    }
    if (strchr("bAzZ", kind)) return cd_part_edge(&r->f, CD_EDGE_LEFT | (kind == 'z' || kind == 'Z' ? CD_EDGE_BACK : 0), kind == 'A');
    if (strchr("BGK", kind)) return cd_part_empty(&r->f);
    return (cd_part){.nonword = kind == 'W', .letterless = kind == 'W'};
}

/* A sign that is no letter and no digit, nor the same as one without case. Where in doubt, it is not. */
static bool is_sign(cd_rune r)
{
    if (r < 0x80) return !is_number((char)r) && !is_ascii_letter((char)r);
    return (r >= 0xA1 && r <= 0xBF && r != 0xAA && r != 0xB5 && r != 0xBA) || (r >= 0x2010 && r <= 0x205E) ||
           (r >= 0x2190 && r <= 0x23FF) || (r >= 0x2500 && r <= 0x2BFF) || (r >= 0x3001 && r <= 0x3003);
}

/* [...] while it is read: its members as long as they are few, and whether all are signs, or signs and digits; behind [^ whether
 * all letters and all digits are among them. */
typedef struct members {
    cd_rune at[CLASS_MAX];
    size_t  n;
    bool    many, signs, letterless;
    bool    letters, digits;
} members;

static void add_members(members *m, cd_rune from, cd_rune to)
{
    if (to < from || to - from > RANGE_MAX) {
        m->many = true;
        m->signs = m->letterless = false;
        return;
    }
    for (cd_rune rune = from; rune <= to; rune++) {
        cd_rune folded = cd_needle_fold(rune);
        size_t  i = 0;
        m->signs = m->signs && is_sign(rune);
        m->letterless = m->letterless && (is_sign(rune) || (rune < 0x80 && is_number((char)rune)));
        while (i < m->n && m->at[i] != folded) i++;
        if (i < m->n) continue;
        if (m->n == CLASS_MAX) m->many = true;
        else m->at[m->n++] = folded;
    }
}

/* A member of [...]. *kind: the letter of a class such as \d or '[', else NUL; of a class \d and \s have a code point to stand
 * for it, others CD_RUNE_END. */
static cd_rune take_member(reader *r, char *kind)
{
    cd_rune rune;
    *kind = '\0';
    if (take(r, "[:")) {
        *kind = '[';
        (void)take(r, "^");
        while (is_ascii_letter(peek(r, 0))) skip(r, 1);
        if (!take(r, ":]")) (void)give_up(r);
        return CD_RUNE_END;
    }
    if (peek(r, 0) == '[' && (peek(r, 1) == '.' || peek(r, 1) == '=')) (void)give_up(r);
    if (!take(r, "\\")) return cd_utf8_take(&r->rest);
    if (take(r, "b")) return '\b';
    take_escape(r, &rune, kind);
    if (*kind == 'x' || *kind == 't' || !is_ascii_letter(*kind)) *kind = '\0';
    return rune;
}

/* Classes that hold all letters, all digits, or both. */
static void note_kinds(members *m, cd_span rest)
{
    bool words = cd_span_starts(rest, CD_SPAN("\\w"));
    m->letters = m->letters || words || cd_span_starts(rest, CD_SPAN("\\p{L}"));
    m->digits = m->digits || words || cd_span_starts(rest, CD_SPAN("\\p{N}"));
}

static cd_part read_class(reader *r)
{
    bool    negated = take(r, "^"), first = true;
    members m = {.signs = true, .letterless = true};
    char    kind, to_kind;
    for (; !r->unknown && (first || !take(r, "]")); first = false) {
        if (r->rest.len == 0) return give_up(r), (cd_part){0};
        note_kinds(&m, r->rest);
        cd_rune from = take_member(r, &kind), to = from;
        if (from == CD_RUNE_END) {
            m.many = true;
            m.signs = m.signs && kind == 'W';
            m.letterless = m.letterless && kind == 'W';
            continue;
        }
        if (!kind && peek(r, 0) == '-' && peek(r, 1) != ']') {
            skip(r, 1);
            to = take_member(r, &to_kind);
            if (to_kind) to = CD_RUNE_END; /* no range: too many to tell */
        }
        add_members(&m, from, to);
    }
    if (r->unknown || negated) return (cd_part){.nonword = negated && m.letters && m.digits, .letterless = negated && m.letters};
    cd_part p = m.many ? (cd_part){0} : cd_part_runes(&r->f, m.at, m.n);
    p.nonword = m.signs;
    p.letterless = m.letterless;
    return p;
}

/* Behind "(?": option letters up to ')' or ':'; x changes what blanks mean, m what ^ means: neither is followed. */
static bool take_options(reader *r)
{
    while (r->rest.len && peek(r, 0) != ')' && peek(r, 0) != ':') {
        if (!strchr("isnJU-", peek(r, 0))) return give_up(r);
        skip(r, 1);
    }
    return r->rest.len > 0 || give_up(r);
}

static bool take_group_name(reader *r, char end)
{
    while (r->rest.len && peek(r, 0) != end) skip(r, 1);
    skip(r, 1);
    return r->rest.len > 0 || give_up(r);
}

static cd_part read_atom(reader *r, place at);

/* What is known of the text that follows this place of the pattern: no letter and no digit at once (CD_EDGE_RIGHT), no letter at all
 * up to the end (CD_EDGE_BACK). behind: the same of the place behind the row. Only plain atoms are looked at, not groups. */
static unsigned look_ahead(const reader *r, unsigned behind)
{
    reader   ahead = *r;
    unsigned known = 0;
    for (bool nonword = true; ahead.rest.len && peek(&ahead, 0) != '|' && peek(&ahead, 0) != ')';) {
        size_t  min, max;
        if (peek(&ahead, 0) == '(') return known;
        cd_part part = read_atom(&ahead, (place){0});
        unsigned edges = part.exact && part.texts.n == 1 && part.texts.at->len == 0 ? part.texts.at->edges : 0;
        take_quantifier(&ahead, &min, &max);
        if (ahead.unknown) return 0;
        if (edges && !part.anchor && min > 0) known |= (nonword ? CD_EDGE_RIGHT : 0) | (edges & CD_EDGE_BACK);
        if (known & CD_EDGE_BACK || !part.letterless) return known;
        nonword = nonword && part.nonword;
        if (nonword && min > 0) known |= CD_EDGE_RIGHT;
        behind &= ~(nonword ? 0u : (unsigned)CD_EDGE_RIGHT);
    }
    return known | behind;
}

/* The same of the place behind the group whose inside begins here. */
static unsigned look_behind_group(const reader *r, unsigned behind)
{
    reader ahead = *r;
    for (size_t depth = 1; depth; skip(&ahead, 1)) {
        char c = peek(&ahead, 0);
        if (ahead.rest.len == 0 || cd_span_starts(ahead.rest, CD_SPAN("(?#"))) return 0;
        if (c == '[') {
            skip(&ahead, 1);
            (void)read_class(&ahead);
            if (ahead.unknown) return 0;
            ahead.rest = (cd_span){ahead.rest.ptr - 1, ahead.rest.len + 1}; /* the loop takes the bracket */
        }
        if (c == '\\') skip(&ahead, 1);
        depth = c == '(' ? depth + 1 : c == ')' ? depth - 1 : depth;
    }
    if (strchr("*+{", peek(&ahead, 0)) && ahead.rest.len) return 0; /* it may be followed by itself */
    size_t min, max;
    take_quantifier(&ahead, &min, &max);
    return look_ahead(&ahead, behind);
}

/* Behind "(". Looks around give nothing: what they see may lie outside the match, or must not be there. */
static cd_part read_group(reader *r, place at)
{
    bool look = false, button = cd_span_starts(r->rest, CD_SPAN("?:button[\\W_]+)")) || cd_span_starts(r->rest, CD_SPAN("?:button\\W+)"));
    if (peek(r, 0) == '*') return give_up(r), (cd_part){0};
    if (take(r, "?#")) {
        while (r->rest.len && !take(r, ")")) skip(r, 1);
        return cd_part_empty(&r->f);
    }
    if (take(r, "?=") || take(r, "?!") || take(r, "?<=") || take(r, "?<!")) {
        look = true;
    } else if (take(r, "?:") || take(r, "?>") || take(r, "?|")) {
        /* plain groups as far as texts go */
    } else if (take(r, "?<") || take(r, "?P<")) {
        (void)take_group_name(r, '>');
    } else if (take(r, "?'")) {
        (void)take_group_name(r, '\'');
    } else if (take(r, "?")) {
        if (take_options(r) && take(r, ")")) return cd_part_empty(&r->f);
        (void)take(r, ":");
    }
    at.behind = look || r->unknown ? 0 : look_behind_group(r, at.behind);
    cd_part p = read_alternatives(r, look ? (place){0} : at);
    if (!r->unknown && !take(r, ")")) (void)give_up(r);
    p.button = button;
    return look && !r->unknown ? cd_part_empty(&r->f) : p;
}

static cd_part read_atom(reader *r, place at)
{
    cd_rune rune = cd_utf8_take(&r->rest);
    switch (rune) {
    case '\\': return read_escape(r);
    case '[': return read_class(r);
    case '(': return read_group(r, at);
    case '.': return (cd_part){0};
    case '{': case '*': case '+': case '?': return give_up(r), (cd_part){0}; /* of a repeated repetition, for one */
    case '$': return cd_part_edge(&r->f, CD_EDGE_LEFT | CD_EDGE_BACK, false);
    case '^': return cd_part_edge(&r->f, CD_EDGE_LEFT, true);
    default: return cd_part_rune(&r->f, rune);
    }
}

/* Adds what is known of the text that follows. */
static void add_knowledge(reader *r, cd_row *row, unsigned known)
{
    cd_part edge = cd_part_edge(&r->f, known, false);
    if (known) cd_row_add(&r->f, row, &edge, 1, 1);
}

/* Parts up to the next | or ). */
static cd_part read_row(reader *r, place at)
{
    cd_row row = cd_row_begin(&r->f, at.front, at.edge);
    while (r->rest.len && peek(r, 0) != '|' && peek(r, 0) != ')') {
        size_t  min, max;
        if (peek(r, 0) == '[' || peek(r, 0) == '\\') add_knowledge(r, &row, look_ahead(r, at.behind));
        cd_part part = read_atom(r, (place){cd_row_at_front(&row), cd_row_at_edge(&row), at.behind});
        take_quantifier(r, &min, &max);
        if (r->unknown) return (cd_part){0};
        cd_row_add(&r->f, &row, &part, min, max);
    }
    add_knowledge(r, &row, at.behind);
    return cd_row_end(&r->f, &row);
}

static cd_part read_alternatives(reader *r, place at)
{
    if (++r->depth > DEPTH_MAX) return give_up(r), (cd_part){0};
    cd_part all = read_row(r, at);
    while (take(r, "|")) {
        cd_part one = read_row(r, at);
        if (r->unknown) return (cd_part){0};
        all = cd_part_either(&r->f, &all, &one);
    }
    r->depth--;
    return all;
}

/* ---- the answer ---- */

/* A needle that holds another finds nothing that the other does not: at the front if it begins with it, at the back if it ends with
 * it, at edges if they meet. */
static bool is_covered(const cd_needles *set, size_t i)
{
    const cd_needle *needle = &set->at[i];
    cd_span          text = {needle->text, needle->len};
    for (size_t k = 0; k < set->n; k++) {
        const cd_needle *by = &set->at[k];
        cd_span          other = {by->text, by->len};
        if (k == i || other.len > text.len || (other.len == text.len && by->edges == needle->edges && k > i)) continue;
        bool starts = cd_span_starts(text, other), ends = cd_span_ends(text, other);
        if (!starts && cd_span_find(text, other) == text.len) continue;
        if (by->edges & CD_EDGE_FRONT && !(starts && needle->edges & CD_EDGE_FRONT)) continue;
        if (by->edges & CD_EDGE_BACK && !(ends && needle->edges & CD_EDGE_BACK)) continue;
        if (by->edges & CD_EDGE_LEFT && !(starts && needle->edges & CD_EDGE_LEFT)) continue;
        if (by->edges & CD_EDGE_RIGHT && !(ends && needle->edges & CD_EDGE_RIGHT)) continue;
        return true;
    }
    return false;
}

/* Only beside a letter or digit does an edge mean that there is no other one. */
static void settle_edges(cd_needle *needle)
{
    needle->edges &= CD_EDGE_LEFT | CD_EDGE_RIGHT | CD_EDGE_FRONT | CD_EDGE_BACK;
    if (needle->edges & CD_EDGE_FRONT) needle->edges |= CD_EDGE_LEFT;
    if (!is_ascii_letter(needle->text[0]) && !is_number(needle->text[0])) needle->edges &= (uint8_t)~CD_EDGE_LEFT;
    char last = needle->text[needle->len - 1];
    if (!is_ascii_letter(last) && !is_number(last)) needle->edges &= (uint8_t)~CD_EDGE_RIGHT;
}

/* The needles of a set that are not covered by others. */
static cd_status keep_needed(cd_needles *set, cd_arena *arena, cd_needles *needles)
{
    for (size_t i = 0; i < set->n; i++) {
        if (set->front) set->at[i].edges |= CD_EDGE_FRONT;
        settle_edges(&set->at[i]);
    }
    needles->front = set->front;
    needles->at = cd_arena_array(arena, set->n + 1, sizeof *needles->at);
    if (!needles->at) return CD_ENOMEM;
    for (size_t i = 0; i < set->n; i++)
        if (set->n > COVER_MAX || !is_covered(set, i)) needles->at[needles->n++] = set->at[i];
    return CD_OK;
}

cd_status cd_needles_find(cd_span pattern, cd_arena *arena, cd_needles *needles, cd_needles *second)
{
    reader r = {.rest = pattern, .f.arena = arena};
    *needles = *second = (cd_needles){0};
    cd_part p = read_alternatives(&r, (place){0});
    if (r.f.no_memory) return CD_ENOMEM;
    if (r.unknown || r.rest.len || cd_needles_score(&p.texts) == 0) return CD_OK;
    if (p.second.n <= SECOND_MAX && cd_needles_score(&p.second) > SECOND_BITS) CD_TRY(keep_needed(&p.second, arena, second));
    return keep_needed(&p.texts, arena, needles);
}
