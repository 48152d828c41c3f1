/* check.c -- `copydesk rules list` and `copydesk rules test`. In: compiled rules. Out: facts about rules, and lines of text.
 * Examples go the same way as blocks, scan included, so that a needle that is wrong would show here. */
#include "base/utf8.h"
#include "rules/match.h"
#include "rules/site.h"

/* ---- list ---- */

static cd_status add_names(cd_buf *out, const char *what, const cd_spans *list)
{
    for (size_t i = 0; i < list->n; i++)
        CD_TRY(cd_buf_format(out, "%s%.*s", i ? "," : what, (int)list->at[i].len, list->at[i].ptr));
    return CD_OK;
}

static cd_status add_where(cd_buf *out, const cd_rule *rule)
{
    static const struct {
        const char *name;
        cd_place    place;
    } places[] = {{"head", CD_PLACE_HEAD}, {"body", CD_PLACE_BODY}, {"tail", CD_PLACE_TAIL}};
    if (rule->where == CD_PLACE_ANY) CD_TRY(cd_buf_add(out, CD_SPAN("any")));
    for (size_t i = 0, n = 0; i < 3 && rule->where != CD_PLACE_ANY; i++)
        if (rule->where & places[i].place) CD_TRY(cd_buf_format(out, "%s%s", n++ ? "," : "", places[i].name));
    if (rule->words_min > 0 || rule->words_max < UINT32_MAX) {
        CD_TRY(cd_buf_add(out, CD_SPAN(" words ")));
        if (rule->words_min > 0) CD_TRY(cd_buf_format(out, "%u", rule->words_min));
        CD_TRY(cd_buf_add(out, CD_SPAN("..")));
        if (rule->words_max < UINT32_MAX) CD_TRY(cd_buf_format(out, "%u", rule->words_max));
    }
    CD_TRY(add_names(out, " lang ", &rule->langs));
    if (rule->label.host) CD_TRY(cd_buf_format(out, " host %s", rule->label.host));
    return add_names(out, rule->label.host ? "," : " host ", &rule->hosts);
}

/* A fifth column tells where a rule stands that is not built in. */
static cd_status list_rule(cd_buf *out, const cd_rule *rule)
{
    CD_TRY(cd_buf_format(out, "%s\t%s\t", rule->label.name, cd_action_name(rule->label.action)));
    CD_TRY(add_where(out, rule));
    CD_TRY(cd_buf_format(out, "\t%s", rule->label.why));
    if (rule->label.users) CD_TRY(cd_buf_format(out, "\t%s:%zu", rule->head.file, rule->head.line));
    return cd_buf_char(out, '\n');
}

cd_status cd_rules_list(const cd_rules *rules, cd_buf *out, cd_error *err)
{
    cd_rule *const *all;
    size_t          n;
    CD_TRY(cd_rules_every(rules, &all, &n, err));
    for (size_t i = 0; i < n; i++)
        if (list_rule(out, all[i]) != CD_OK) return cd_fail_memory(err);
    return CD_OK;
}

cd_status cd_rules_count_all(const cd_rules *rules, size_t *n, cd_error *err)
{
    cd_rule *const *all;
    return cd_rules_every(rules, &all, n, err);
}

cd_status cd_rules_facts(const cd_rules *rules, size_t number, cd_rule_facts *facts, cd_buf *where, cd_error *err)
{
    cd_rule *const *all;
    size_t          n;
    CD_TRY(cd_rules_every(rules, &all, &n, err));
    const cd_rule *rule = all[number];
    *facts = (cd_rule_facts){.label = &rule->label, .file = rule->head.file, .line = rule->head.line, .pattern = rule->pattern};
    for (const cd_example *e = rule->examples; e; e = e->next) *(e->yes ? &facts->yes : &facts->no) += 1;
    where->len = 0;
    return add_where(where, rule) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* ---- test ---- */

/* Whether a rule that is ready matches a text of an example, by pattern and words; where the match stands is asked of `m`. */
static cd_outcome match_example(const cd_rules *rules, cd_matcher *m, const cd_rule *rule, cd_span text, bool *fits)
{
    cd_subject subjects[2];
    size_t     nsubjects = cd_subjects(text, subjects), words = cd_word_count(text);
    cd_outcome outcome = CD_MATCH_NONE;
    bool       maybe = true;
    *fits = words >= rule->words_min && words <= rule->words_max;
    if (*fits && !rule->label.host) {
        cd_match_maybe(m, rules, subjects, nsubjects, words);
        maybe = cd_bit_is_set(m->maybe, rule->index);
        memset(m->maybe, 0, rules->nwords * sizeof *m->maybe);
    }
    for (size_t i = 0; i < nsubjects && maybe && outcome == CD_MATCH_NONE; i++) outcome = cd_match(m, rule, &subjects[i]);
    return outcome;
}

/* What is wrong with an example, or NULL; *spot: where in its line, and which line to show. */
static const char *judge(const cd_rules *rules, cd_matcher *m, const cd_rule *rule, const cd_example *example, cd_spot *spot)
{
    bool       fits;
    size_t     from, to;
    cd_outcome outcome = match_example(rules, m, rule, example->text, &fits);
    *spot = example->spot;
    if (outcome == CD_MATCH_LIMIT) return "example passes the match limit";
    if (!example->yes) {
        if (outcome != CD_MATCH_FOUND || !fits) return NULL;
        if (cd_match_group(m, 0, &from, &to)) spot->at += from;
        return "example matches from here on";
    }
    if (outcome == CD_MATCH_FOUND) return fits ? NULL : "example matches, but its number of words is out of bounds";
    spot->at += cd_trace_match(rule, example->text);
    return "example does not match; the pattern fits up to here";
}

static cd_status add_wrong(cd_buf *out, const cd_rule *rule, const cd_example *example, const char *wrong, const cd_spot *spot)
{
    CD_TRY(cd_buf_format(out, "%s:%zu: rule %s: this %s %s:\n", rule->head.file, spot->line, rule->label.name,
                         example->yes ? "yes" : "no", wrong));
    return cd_spot_show(spot, out);
}

cd_status cd_rules_test(const cd_rules *rules, cd_matcher *matcher, cd_buf *out, size_t *run, size_t *failed, cd_error *err)
{
    cd_rule *const *all;
    size_t          n;
    cd_spot         spot;
    *run = *failed = 0;
    CD_TRY(cd_rules_every(rules, &all, &n, err));
    for (size_t i = 0; i < n; i++) {
        CD_TRY(cd_match_begin(matcher, rules, all[i]->langs.n ? all[i]->langs.at[0] : CD_SPAN(""), err));
        CD_TRY(cd_match_need(matcher, cd_rules_home_of(rules, all[i]), all[i], err));
        for (const cd_example *e = all[i]->examples; e; e = e->next, ++*run) {
            const char *wrong = judge(rules, matcher, all[i], e, &spot);
            if (!wrong) continue;
            ++*failed;
            if (add_wrong(out, all[i], e, wrong, &spot) != CD_OK) return cd_fail_memory(err);
        }
    }
    return CD_OK;
}
