/* lint.c -- `copydesk rules lint`: what may be wrong with rules that compile. In: compiled rules. Out: a line for each problem. A
 * rule is looked at for a `no` example, for an earlier rule that leaves it nothing to do, and for texts on which its pattern
 * gives up (backtrack.c). Which rules never fire is for run/ to say, which sees pages. */
#include "rules/lint.h"

#include "base/utf8.h"

/* ---- shadows ---- */

/* Whether all of `inner` are among `outer`; an empty list is all there are. */
static bool covers(const cd_spans *outer, const cd_spans *inner)
{
    if (outer->n == 0) return true;
    if (inner->n == 0) return false;
    for (size_t i = 0; i < inner->n; i++) {
        size_t k = 0;
        while (k < outer->n && !cd_span_is_nocase(outer->at[k], inner->at[i])) k++;
        if (k == outer->n) return false;
    }
    return true;
}

/* Whether `first` speaks wherever `rule` does, and does what `rule` would do. */
static bool may_shadow(const cd_rule *first, const cd_rule *rule)
{
    bool place = (first->where & rule->where) == rule->where && first->words_min <= rule->words_min && first->words_max >= rule->words_max;
    bool drops = first->label.action == CD_ACTION_DROP || first->label.action == CD_ACTION_KEEP;
    bool same = first->label.action == rule->label.action && (drops || first->label.family == rule->label.family);
    return place && same && covers(&first->langs, &rule->langs) && covers(&first->hosts, &rule->hosts);
}

/* What a match says: its field and the place of its value, else of the match. */
typedef struct finding {
    cd_role field;
    size_t  from, to;
} finding;

/* What the rule finds in a text; false: nothing. */
static bool find(const cd_rules *list, cd_matcher *m, cd_rule *rule, cd_span text, finding *f, cd_error *err)
{
    cd_subject subject = {text, 0, 0};
    if (cd_match_need(m, list, rule, err) != CD_OK || cd_match(m, rule, &subject) != CD_MATCH_FOUND) return false;
    f->field = rule->label.family;
    (void)cd_match_group(m, 0, &f->from, &f->to);
    if (rule->label.action == CD_ACTION_DROP || rule->label.action == CD_ACTION_KEEP || rule->label.action == CD_ACTION_CUT) return true;
    if (!rule->named) (void)cd_match_group(m, 1, &f->from, &f->to);
    for (size_t i = 1; i <= rule->ngroups && rule->named; i++)
        if (rule->fields[i] != CD_ROLE_COUNT && cd_match_group(m, i, &f->from, &f->to)) {
            f->field = rule->fields[i];
            break;
        }
    return true;
}

static bool decides(const cd_rules *list, cd_matcher *m, cd_rule *first, cd_rule *rule, cd_error *err)
{
    bool any = false, exact = rule->label.action != CD_ACTION_DROP && rule->label.action != CD_ACTION_KEEP && rule->label.action != CD_ACTION_HINT;
    for (const cd_example *e = rule->examples; e; e = e->next) {
        finding a, b;
        if (!e->yes) continue;
        if (!find(list, m, first, e->text, &a, err)) return false;
        if (exact && (!find(list, m, rule, e->text, &b, err) || a.field != b.field || a.from != b.from || a.to != b.to)) return false;
        any = true;
    }
    return any;
}

cd_status cd_lint_shadow(const cd_rules *list, cd_matcher *m, cd_rule *rule, const cd_rule **shadow, cd_error *err)
{
    *shadow = NULL;
    CD_TRY(cd_match_need(m, list, rule, err));
    for (size_t i = 0; i < rule->index && !*shadow; i++) {
        cd_rule *first = list->at[i];
        if (!may_shadow(first, rule)) continue;
        CD_TRY(cd_match_need(m, list, first, err));
        if (decides(list, m, first, rule, err)) *shadow = first;
    }
    return CD_OK;
}

/* ---- lint ---- */

static bool is_asked(const cd_rule *rule, const char *const *paths, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(paths[i]);
        if (len && paths[i][len - 1] == '/') len--;
        if (strncmp(rule->head.file, paths[i], len) == 0 && (rule->head.file[len] == '/' || !rule->head.file[len])) return true;
    }
    return n == 0;
}

static cd_status add_problem(cd_buf *out, const cd_rule *rule, const cd_spot *spot, const char *what)
{
    CD_TRY(cd_buf_format(out, "%s:%zu: rule %s: %s\n", rule->head.file, spot->line, rule->label.name, what));
    return cd_spot_show(spot, out);
}

static cd_status lint_examples(const cd_rule *rule, cd_buf *out, size_t *problems)
{
    for (const cd_example *e = rule->examples; e; e = e->next)
        if (!e->yes) return CD_OK;
    ++*problems;
    return add_problem(out, rule, &rule->head, "it has no 'no' example: a line of a story that comes near to it and must stay");
}

static cd_status lint_shadow(const cd_rules *list, cd_matcher *m, cd_rule *rule, cd_buf *out, size_t *problems, cd_error *err)
{
    const cd_rule *first;
    cd_buf         what = {0};
    CD_TRY(cd_lint_shadow(list, m, rule, &first, err));
    if (!first) return CD_OK;
    ++*problems;
    cd_status st = cd_buf_format(&what, "all its yes examples are decided already by rule %s (%s:%zu)", first->label.name, first->head.file, first->head.line);
    if (st == CD_OK) st = add_problem(out, rule, &rule->head, what.ptr);
    cd_buf_free(&what);
    return st == CD_OK ? st : cd_fail_memory(err);
}

/* Bytes of the text that is shown. */
enum { SHOWN = 48 };

static cd_status lint_pattern(const cd_rules *list, cd_matcher *m, cd_rule *rule, cd_buf *out, size_t *problems, cd_error *err)
{
    cd_buf    text = {0}, what = {0};
    bool      found;
    size_t    at, shown = 0;
    cd_status st = cd_lint_backtracks(list, m, rule, &found, &text, &at, err);
    if (st == CD_OK && found) {
        cd_spot spot = rule->find;
        spot.at += at;
        while (shown < text.len && (shown < SHOWN || (text.ptr[shown] & 0xC0) == 0x80)) shown++;
        ++*problems;
        st = cd_buf_format(&what, "its pattern passes the match limit on a text of %zu bytes that begins \"%.*s\"", text.len, (int)shown, text.ptr);
        if (st == CD_OK) st = add_problem(out, rule, &spot, what.ptr);
        if (st != CD_OK) st = cd_fail_memory(err);
    }
    cd_buf_free(&text);
    cd_buf_free(&what);
    return st;
}

cd_status cd_rules_lint(const cd_rules *rules, cd_matcher *m, const char *const *paths, size_t npaths, cd_buf *out, cd_lint_count *count, cd_error *err)
{
    cd_rule *const *all;
    size_t          n;
    *count = (cd_lint_count){0};
    CD_TRY(cd_rules_every(rules, &all, &n, err));
    for (size_t i = 0; i < n; i++) {
        const cd_rules *list = cd_rules_home_of(rules, all[i]);
        if (!is_asked(all[i], paths, npaths)) continue;
        count->rules++;
        if (lint_examples(all[i], out, &count->problems) != CD_OK) return cd_fail_memory(err);
        CD_TRY(lint_shadow(list, m, all[i], out, &count->problems, err));
        CD_TRY(lint_pattern(list, m, all[i], out, &count->problems, err));
    }
    return CD_OK;
}

cd_status cd_rules_lint_idle(const cd_rules *rules, const char *const *paths, size_t npaths, const uint64_t *hits, cd_buf *out, cd_lint_count *count, cd_error *err)
{
    cd_rule *const *all;
    size_t          n;
    CD_TRY(cd_rules_every(rules, &all, &n, err));
    for (size_t i = 0; i < n; i++) {
        if (hits[i] || !is_asked(all[i], paths, npaths)) continue;
        count->problems++;
        if (add_problem(out, all[i], &all[i]->head, "it matched nothing on these pages") != CD_OK) return cd_fail_memory(err);
    }
    return CD_OK;
}
