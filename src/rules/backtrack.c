/* backtrack.c -- finds texts on which a pattern gives up. In: a rule that is ready. Out: a text, or none was found. PCRE2 counts the
 * steps of a match; a pattern whose repeats can share the same letters in many ways passes the limit on a text that is long and
 * almost matches. Such texts are made of the rule's own yes examples: what stands in front of a word of it, then something
 * that a repeat may take over and over (a letter, a word, what stood there last), then a sign that belongs to nothing, and the
 * rest of the example, so that no letter is missing without which PCRE2 would not even begin. It is a search, not a proof: a
 * pattern for which no text is found may still have one. */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/lint.h"

/* Examples and places in them that are tried, and the length of a text: a long paragraph of news. */
enum { EXAMPLES = 3, PLACES = 10, TEXT_BYTES = 1200 };

/* What is repeated besides the example's own words; blocks have no two blanks in a row. */
static const char *const units[] = {"a", "A", "1", ".", ",", "-", "a ", "A ", "1 ", "Aa ", "a-", "A. "};
enum { NUNITS = sizeof units / sizeof *units };

/* Makes `text`: the front, the unit as often as there is room and as the rule's number of words allows, an odd sign, the rest. */
static cd_status make_text(const cd_rule *rule, cd_span front, cd_span unit, cd_span rest, cd_buf *text)
{
    size_t words = cd_word_count(front) + cd_word_count(rest), each = cd_word_count(unit);
    text->len = 0;
    CD_TRY(cd_buf_add(text, front));
    while (text->len < TEXT_BYTES && (each == 0 || words + each <= rule->words_max)) {
        CD_TRY(cd_buf_add(text, unit));
        words += each;
        if (cd_is_letter((cd_rune)(unsigned char)unit.ptr[unit.len - 1])) each = 0; /* letters grow into one word */
    }
    CD_TRY(cd_buf_add(text, CD_SPAN("\x01")));
    return cd_buf_add(text, rest);
}

/* Whether PCRE2's interpreter, whose steps are counted on every machine alike, gives up. */
static bool gives_up(cd_matcher *m, const cd_rule *rule, const cd_buf *text)
{
    int n = pcre2_match(rule->code, (PCRE2_SPTR)text->ptr, text->len, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, m->data, m->context);
    return n == PCRE2_ERROR_MATCHLIMIT || n == PCRE2_ERROR_DEPTHLIMIT || n == PCRE2_ERROR_HEAPLIMIT;
}

static cd_status try_front(cd_matcher *m, const cd_rule *rule, cd_span front, cd_span rest, cd_buf *text, bool *found)
{
    size_t last;
    (void)cd_utf8_last(front, &last);
    size_t word = front.len;
    while (word > 0 && front.ptr[word - 1] == ' ') word--;
    while (word > 0 && front.ptr[word - 1] != ' ') word--;
    const cd_span own[] = {cd_span_sub(front, front.len - last, front.len), cd_span_sub(front, word, front.len), front};
    for (size_t i = 0; i < NUNITS + 3 && !*found; i++) {
        cd_span unit = i < NUNITS ? cd_span_of(units[i]) : own[i - NUNITS];
        if (unit.len == 0 || cd_span_is_blank(unit) || (unit.ptr[0] == ' ' && cd_span_ends(unit, CD_SPAN(" ")))) continue;
        CD_TRY(make_text(rule, front, unit, rest, text));
        *found = gives_up(m, rule, text);
    }
    return CD_OK;
}

/* Every place behind a word or a blank of the example, and its first letters: short repeats begin there. */
static cd_status try_example(cd_matcher *m, const cd_rule *rule, cd_span example, cd_buf *text, bool *found)
{
    size_t tried = 0;
    for (size_t i = 1; i <= example.len && tried < PLACES && !*found; i++) {
        bool edge = i == example.len || i <= 2 || example.ptr[i] == ' ' || example.ptr[i - 1] == ' ';
        if (!edge || (i < example.len && (example.ptr[i] & 0xC0) == 0x80)) continue;
        tried++;
        CD_TRY(try_front(m, rule, cd_span_sub(example, 0, i), cd_span_sub(example, i, example.len), text, found));
    }
    return CD_OK;
}

/* ---- where ---- */

/* Whether an unbounded repeat stands at `i`: * + or {n,}. */
static bool is_unbounded(cd_span p, size_t i)
{
    if (i >= p.len) return false;
    if (p.ptr[i] == '*' || p.ptr[i] == '+') return i + 1 == p.len || p.ptr[i + 1] != '+'; /* a possessive one does not go back */
    if (p.ptr[i] != '{') return false;
    size_t k = i + 1;
    while (k < p.len && p.ptr[k] >= '0' && p.ptr[k] <= '9') k++;
    return k > i + 1 && k + 1 < p.len && p.ptr[k] == ',' && p.ptr[k + 1] == '}';
}

/* The first group that is repeated without bound and has such a repeat in it; 0 where there is none. */
static cd_status find_nested(cd_span p, size_t *at)
{
    cd_arena *arena = cd_arena_new();
    size_t   *open = arena ? cd_arena_array(arena, p.len + 1, sizeof *open) : NULL, depth = 0;
    bool     *repeats = arena ? cd_arena_array(arena, p.len + 2, sizeof *repeats) : NULL, class = false;
    *at = 0;
    for (size_t i = 0; open && repeats && i < p.len && !*at; i++) {
        char c = p.ptr[i];
        if (c == '\\') i++;
        else if (class) class = c != ']';
        else if (c == '[') class = true, i += i + 1 < p.len && p.ptr[i + 1] == ']';
        else if (c == '(') open[depth++] = i, repeats[depth] = false;
        else if (c == ')' && depth) {
            depth--;
            if (is_unbounded(p, i + 1) && repeats[depth + 1]) *at = open[depth];
            repeats[depth] = repeats[depth] || repeats[depth + 1];
        } else if (is_unbounded(p, i)) repeats[depth] = true;
    }
    cd_status st = open && repeats ? CD_OK : CD_ENOMEM;
    cd_arena_free(arena);
    return st;
}

cd_status cd_lint_backtracks(const cd_rules *list, cd_matcher *m, cd_rule *rule, bool *found, cd_buf *text, size_t *at, cd_error *err)
{
    size_t    tried = 0;
    cd_status st = CD_OK;
    *found = false;
    CD_TRY(cd_match_need(m, list, rule, err));
    for (const cd_example *e = rule->examples; e && tried < EXAMPLES && !*found && st == CD_OK; e = e->next) {
        if (!e->yes) continue;
        tried++;
        st = try_example(m, rule, e->text, text, found);
    }
    if (st == CD_OK && *found) st = find_nested(rule->pattern, at);
    return st == CD_OK ? st : cd_fail_memory(err);
}
