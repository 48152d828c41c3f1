/* needle.c -- pattern -> the literals that a match must hold. In: a pattern that PCRE2 has taken. Out: its needles, or none.
 *
 * A small reader of PCRE2's syntax (syntax.c) goes through the pattern once and hands its parts to factor.c, which does the sums. Case
 * plays no part: needles and text are folded alike, all blanks are one and so are all digits. Syntax that could make the
 * sums wrong (verbs, calls, conditions, \Q, extended mode) gives the whole pattern up: it has no needles and is then tried
 * on every text, slow and right. */
#include "rules/syntax.h"

#include <stdint.h>

enum {
    DEPTH_MAX = 60,   /* groups in groups; users write patterns, and each level is a C frame */
    SECOND_MAX = 100, /* second needles: more, or commoner ones than these bits say, cost the scan more than they spare patterns */
    SECOND_BITS = 14,
    COVER_MAX = 100   /* needles that are compared with each other: of more, some may be there in vain */
};

/* What is known of a place in a pattern: that it is the block's front, or an edge; and of the text behind what is read there, as
 * look_ahead() has it. */
typedef struct place {
    bool     front, edge;
    unsigned behind;
} place;

static cd_part read_alternatives(cd_syntax *r, place at);
static cd_part read_atom(cd_syntax *r, place at);

/* What is known of the text that follows this place of the pattern: no letter and no digit at once (CD_EDGE_RIGHT), no letter at all
 * up to the end (CD_EDGE_BACK). behind: the same of the place behind the row. Only plain atoms are looked at, not groups. */
static unsigned look_ahead(const cd_syntax *r, unsigned behind)
{
    cd_syntax   ahead = *r;
    unsigned known = 0;
    for (bool nonword = true; ahead.rest.len && cd_syntax_peek(&ahead, 0) != '|' && cd_syntax_peek(&ahead, 0) != ')';) {
        size_t  min, max;
        if (cd_syntax_peek(&ahead, 0) == '(') return known;
        cd_part part = read_atom(&ahead, (place){0});
        unsigned edges = part.exact && part.texts.n == 1 && part.texts.at->len == 0 ? part.texts.at->edges : 0;
        cd_syntax_quantifier(&ahead, &min, &max);
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
static unsigned look_behind_group(const cd_syntax *r, unsigned behind)
{
    cd_syntax ahead = *r;
    for (size_t depth = 1; depth; cd_syntax_skip(&ahead, 1)) {
        char c = cd_syntax_peek(&ahead, 0);
        if (ahead.rest.len == 0 || cd_span_starts(ahead.rest, CD_SPAN("(?#"))) return 0;
        if (c == '[') {
            cd_syntax_skip(&ahead, 1);
            (void)cd_syntax_class(&ahead);
            if (ahead.unknown) return 0;
            ahead.rest = (cd_span){ahead.rest.ptr - 1, ahead.rest.len + 1}; /* the loop takes the bracket */
        }
        if (c == '\\') cd_syntax_skip(&ahead, 1);
        depth = c == '(' ? depth + 1 : c == ')' ? depth - 1 : depth;
    }
    if (strchr("*+{", cd_syntax_peek(&ahead, 0)) && ahead.rest.len) return 0; /* it may be followed by itself */
    size_t min, max;
    cd_syntax_quantifier(&ahead, &min, &max);
    return look_ahead(&ahead, behind);
}

/* Behind "(". Looks around give nothing: what they see may lie outside the match, or must not be there. */
static cd_part read_group(cd_syntax *r, place at)
{
    bool look = false, button = cd_span_starts(r->rest, CD_SPAN("?:button[\\W_]+)")) || cd_span_starts(r->rest, CD_SPAN("?:button\\W+)"));
    if (cd_syntax_peek(r, 0) == '*') return cd_syntax_give_up(r), (cd_part){0};
    if (cd_syntax_take(r, "?#")) {
        while (r->rest.len && !cd_syntax_take(r, ")")) cd_syntax_skip(r, 1);
        return cd_part_empty(&r->f);
    }
    if (cd_syntax_take(r, "?=") || cd_syntax_take(r, "?!") || cd_syntax_take(r, "?<=") || cd_syntax_take(r, "?<!")) {
        look = true;
    } else if (cd_syntax_take(r, "?:") || cd_syntax_take(r, "?>") || cd_syntax_take(r, "?|")) {
        /* plain groups as far as texts go */
    } else if (cd_syntax_take(r, "?<") || cd_syntax_take(r, "?P<")) {
        (void)cd_syntax_group_name(r, '>');
    } else if (cd_syntax_take(r, "?'")) {
        (void)cd_syntax_group_name(r, '\'');
    } else if (cd_syntax_take(r, "?")) {
        if (cd_syntax_options(r) && cd_syntax_take(r, ")")) return cd_part_empty(&r->f);
        (void)cd_syntax_take(r, ":");
    }
    at.behind = look || r->unknown ? 0 : look_behind_group(r, at.behind);
    cd_part p = read_alternatives(r, look ? (place){0} : at);
    if (!r->unknown && !cd_syntax_take(r, ")")) (void)cd_syntax_give_up(r);
    p.button = button;
    return look && !r->unknown ? cd_part_empty(&r->f) : p;
}

static cd_part read_atom(cd_syntax *r, place at)
{
    cd_rune rune = cd_utf8_take(&r->rest);
    switch (rune) {
    case '\\': return cd_syntax_escape(r);
    case '[': return cd_syntax_class(r);
    case '(': return read_group(r, at);
    case '.': return (cd_part){0};
    case '{': case '*': case '+': case '?': return cd_syntax_give_up(r), (cd_part){0}; /* of a repeated repetition, for one */
    case '$': return cd_part_edge(&r->f, CD_EDGE_LEFT | CD_EDGE_BACK, false);
    case '^': return cd_part_edge(&r->f, CD_EDGE_LEFT, true);
    default: return cd_part_rune(&r->f, rune);
    }
}

/* Adds what is known of the text that follows. */
static void add_knowledge(cd_syntax *r, cd_row *row, unsigned known)
{
    cd_part edge = cd_part_edge(&r->f, known, false);
    if (known) cd_row_add(&r->f, row, &edge, 1, 1);
}

/* Parts up to the next | or ). */
static cd_part read_row(cd_syntax *r, place at)
{
    cd_row row = cd_row_begin(&r->f, at.front, at.edge);
    while (r->rest.len && cd_syntax_peek(r, 0) != '|' && cd_syntax_peek(r, 0) != ')') {
        size_t  min, max;
        if (cd_syntax_peek(r, 0) == '[' || cd_syntax_peek(r, 0) == '\\') add_knowledge(r, &row, look_ahead(r, at.behind));
        cd_part part = read_atom(r, (place){cd_row_at_front(&row), cd_row_at_edge(&row), at.behind});
        cd_syntax_quantifier(r, &min, &max);
        if (r->unknown) return (cd_part){0};
        cd_row_add(&r->f, &row, &part, min, max);
    }
    add_knowledge(r, &row, at.behind);
    return cd_row_end(&r->f, &row);
}

static cd_part read_alternatives(cd_syntax *r, place at)
{
    if (++r->depth > DEPTH_MAX) return cd_syntax_give_up(r), (cd_part){0};
    cd_part all = read_row(r, at);
    while (cd_syntax_take(r, "|")) {
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
    if (!cd_is_ascii_letter(needle->text[0]) && !cd_is_number(needle->text[0])) needle->edges &= (uint8_t)~CD_EDGE_LEFT;
    char last = needle->text[needle->len - 1];
    if (!cd_is_ascii_letter(last) && !cd_is_number(last)) needle->edges &= (uint8_t)~CD_EDGE_RIGHT;
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
    cd_syntax r = {.rest = pattern, .f.arena = arena};
    *needles = *second = (cd_needles){0};
    cd_part p = read_alternatives(&r, (place){0});
    if (r.f.no_memory) return CD_ENOMEM;
    if (r.unknown || r.rest.len || cd_needles_score(&p.texts) == 0) return CD_OK;
    if (p.second.n <= SECOND_MAX && cd_needles_score(&p.second) > SECOND_BITS) CD_TRY(keep_needed(&p.second, arena, second));
    return keep_needed(&p.texts, arena, needles);
}
