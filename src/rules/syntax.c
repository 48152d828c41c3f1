/* syntax.c -- the small parts of a pattern's syntax. In: a pattern that PCRE2 has taken, from some place on. Out: what an escape, a class
 * or a quantifier there matches. Syntax that could make the sums wrong gives the whole pattern up. */
#include "rules/syntax.h"

enum {
    CLASS_MAX = 8,    /* members of [...] that are told apart */
    RANGE_MAX = 64,   /* code points of a-z in [...] that are looked at */
    UNBOUNDED = 65536 /* PCRE2's own top is 65535 */
};

bool cd_syntax_give_up(cd_syntax *r)
{
    r->unknown = true;
    r->rest.len = 0; /* so that every loop ends */
    return false;
}

bool cd_syntax_take(cd_syntax *r, const char *token)
{
    cd_span t = cd_span_of(token);
    if (!cd_span_starts(r->rest, t)) return false;
    r->rest = cd_span_sub(r->rest, t.len, r->rest.len);
    return true;
}

static size_t take_number(cd_syntax *r)
{
    size_t n = 0;
    for (; cd_is_number(cd_syntax_peek(r, 0)); cd_syntax_skip(r, 1))
        if (n < UNBOUNDED) n = n * 10 + (size_t)(cd_syntax_peek(r, 0) - '0');
    return n;
}

void cd_syntax_quantifier(cd_syntax *r, size_t *min, size_t *max)
{
    *min = *max = 1;
    if (cd_syntax_take(r, "?")) {
        *min = 0;
    } else if (cd_syntax_take(r, "*")) {
        *min = 0, *max = UNBOUNDED;
    } else if (cd_syntax_take(r, "+")) {
        *max = UNBOUNDED;
    } else if (cd_syntax_peek(r, 0) == '{') {
        cd_syntax_skip(r, 1);
        if (!cd_is_number(cd_syntax_peek(r, 0))) { /* a literal brace in some versions of PCRE2, a quantifier in others */
            (void)cd_syntax_give_up(r);
            return;
        }
        *min = *max = take_number(r);
        if (cd_syntax_take(r, ",")) *max = cd_is_number(cd_syntax_peek(r, 0)) ? take_number(r) : UNBOUNDED;
        if (!cd_syntax_take(r, "}")) (void)cd_syntax_give_up(r);
    } else {
        return;
    }
    if (!cd_syntax_take(r, "+")) (void)cd_syntax_take(r, "?");
}

/* \xhh and \x{hhh}, behind the x. */
static cd_rune take_hex(cd_syntax *r)
{
    bool    braced = cd_syntax_take(r, "{");
    cd_rune rune = 0;
    size_t  n = 0;
    for (; n < (braced ? 6u : 2u); n++, cd_syntax_skip(r, 1)) {
        char c = cd_syntax_peek(r, 0);
        if (cd_is_number(c)) rune = rune * 16 + (cd_rune)(c - '0');
        else if ((c | 32) >= 'a' && (c | 32) <= 'f') rune = rune * 16 + (cd_rune)((c | 32) - 'a' + 10);
        else break;
    }
    if (n == 0 || (braced && !cd_syntax_take(r, "}")) || rune > 0x10FFFF) (void)cd_syntax_give_up(r);
    return rune;
}

/* What stands behind a backslash: *rune is a code point (one for all blanks, one for all digits), or CD_RUNE_END for another
 * class or an assertion, of which *kind is the letter. */
static void take_escape(cd_syntax *r, cd_rune *rune, char *kind)
{
    *rune = CD_RUNE_END;
    *kind = cd_syntax_peek(r, 0);
    if (!cd_is_ascii_letter(*kind) && !cd_is_number(*kind)) {
        *rune = cd_utf8_take(&r->rest);
        if (*rune == CD_RUNE_END) (void)cd_syntax_give_up(r);
        return;
    }
    cd_syntax_skip(r, 1);
    if (*kind == 'x') {
        *rune = take_hex(r);
    } else if (*kind == 's' || *kind == 'h' || *kind == 't') {
        *rune = ' '; /* as they are folded */
    } else if (*kind == 'd') {
        *rune = '0';
    } else if (*kind == 'p' || *kind == 'P') {
        bool braced = cd_syntax_take(r, "{");
        if (!braced) cd_syntax_skip(r, 1);
        while (braced && r->rest.len && !cd_syntax_take(r, "}")) cd_syntax_skip(r, 1);
    } else if (cd_is_number(*kind)) {
        if (*kind == '0' || cd_is_number(cd_syntax_peek(r, 0))) (void)cd_syntax_give_up(r); /* octal, or not: it depends on the groups */
    } else if (!strchr("DwWSHvVRXbBAzZGKN", *kind) || (*kind == 'N' && cd_syntax_peek(r, 0) == '{')) {
        (void)cd_syntax_give_up(r);
    }
}

cd_part cd_syntax_escape(cd_syntax *r)
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
    if (r < 0x80) return !cd_is_number((char)r) && !cd_is_ascii_letter((char)r);
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
        m->letterless = m->letterless && (is_sign(rune) || (rune < 0x80 && cd_is_number((char)rune)));
        while (i < m->n && m->at[i] != folded) i++;
        if (i < m->n) continue;
        if (m->n == CLASS_MAX) m->many = true;
        else m->at[m->n++] = folded;
    }
}

/* A member of [...]. *kind: the letter of a class such as \d or '[', else NUL; of a class \d and \s have a code point to stand
 * for it, others CD_RUNE_END. */
static cd_rune take_member(cd_syntax *r, char *kind)
{
    cd_rune rune;
    *kind = '\0';
    if (cd_syntax_take(r, "[:")) {
        *kind = '[';
        (void)cd_syntax_take(r, "^");
        while (cd_is_ascii_letter(cd_syntax_peek(r, 0))) cd_syntax_skip(r, 1);
        if (!cd_syntax_take(r, ":]")) (void)cd_syntax_give_up(r);
        return CD_RUNE_END;
    }
    if (cd_syntax_peek(r, 0) == '[' && (cd_syntax_peek(r, 1) == '.' || cd_syntax_peek(r, 1) == '=')) (void)cd_syntax_give_up(r);
    if (!cd_syntax_take(r, "\\")) return cd_utf8_take(&r->rest);
    if (cd_syntax_take(r, "b")) return '\b';
    take_escape(r, &rune, kind);
    if (*kind == 'x' || *kind == 't' || !cd_is_ascii_letter(*kind)) *kind = '\0';
    return rune;
}

/* Classes that hold all letters, all digits, or both. */
static void note_kinds(members *m, cd_span rest)
{
    bool words = cd_span_starts(rest, CD_SPAN("\\w"));
    m->letters = m->letters || words || cd_span_starts(rest, CD_SPAN("\\p{L}"));
    m->digits = m->digits || words || cd_span_starts(rest, CD_SPAN("\\p{N}"));
}

cd_part cd_syntax_class(cd_syntax *r)
{
    bool    negated = cd_syntax_take(r, "^"), first = true;
    members m = {.signs = true, .letterless = true};
    char    kind, to_kind;
    for (; !r->unknown && (first || !cd_syntax_take(r, "]")); first = false) {
        if (r->rest.len == 0) return cd_syntax_give_up(r), (cd_part){0};
        note_kinds(&m, r->rest);
        cd_rune from = take_member(r, &kind), to = from;
        if (from == CD_RUNE_END) {
            m.many = true;
            m.signs = m.signs && kind == 'W';
            m.letterless = m.letterless && kind == 'W';
            continue;
        }
        if (!kind && cd_syntax_peek(r, 0) == '-' && cd_syntax_peek(r, 1) != ']') {
            cd_syntax_skip(r, 1);
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
bool cd_syntax_options(cd_syntax *r)
{
    while (r->rest.len && cd_syntax_peek(r, 0) != ')' && cd_syntax_peek(r, 0) != ':') {
        if (!strchr("isnJU-", cd_syntax_peek(r, 0))) return cd_syntax_give_up(r);
        cd_syntax_skip(r, 1);
    }
    return r->rest.len > 0 || cd_syntax_give_up(r);
}

bool cd_syntax_group_name(cd_syntax *r, char end)
{
    while (r->rest.len && cd_syntax_peek(r, 0) != end) cd_syntax_skip(r, 1);
    cd_syntax_skip(r, 1);
    return r->rest.len > 0 || cd_syntax_give_up(r);
}
