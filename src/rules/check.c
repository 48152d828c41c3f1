/* check.c -- `copydesk rules list` and `copydesk rules test`. In: compiled rules. Out: lines of text. Examples go the same way as
 * blocks, scan included, so that a needle that is wrong would show here. */
#include "base/utf8.h"
#include "rules/match.h"

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
    return add_names(out, " host ", &rule->hosts);
}

static cd_status list_rule(cd_buf *out, const cd_rule *rule)
{
    CD_TRY(cd_buf_format(out, "%s\t%s\t", rule->label.name, cd_action_name(rule->label.action)));
    CD_TRY(add_where(out, rule));
    return cd_buf_format(out, "\t%s\n", rule->label.why);
}

cd_status cd_rules_list(const cd_rules *rules, cd_buf *out, cd_error *err)
{
    for (size_t i = 0; i < rules->n; i++)
        if (list_rule(out, rules->at[i]) != CD_OK) return cd_fail_memory(err);
    return CD_OK;
}

/* ---- test ---- */

/* What is wrong with an example of a rule that is ready, or NULL. */
static const char *judge(const cd_rules *rules, cd_matcher *m, const cd_rule *rule, const cd_example *example)
{
    cd_subject subjects[2];
    size_t     nsubjects = cd_subjects(example->text, subjects), words = cd_word_count(example->text);
    cd_outcome outcome = CD_MATCH_NONE;
    bool       maybe = true, fits = words >= rule->words_min && words <= rule->words_max;
    if (fits) {
        cd_match_maybe(m, rules, subjects, nsubjects, words);
        maybe = cd_bit_is_set(m->maybe, rule->index);
        memset(m->maybe, 0, rules->nwords * sizeof *m->maybe);
    }
    for (size_t i = 0; i < nsubjects && maybe && outcome == CD_MATCH_NONE; i++) outcome = cd_match(m, rule, &subjects[i]);
    if (outcome == CD_MATCH_LIMIT) return "example passes the match limit";
    if (!example->yes) return outcome == CD_MATCH_FOUND && fits ? "example matches" : NULL;
    if (outcome != CD_MATCH_FOUND) return "example does not match";
    return fits ? NULL : "example matches, but its number of words is out of bounds";
}

static cd_status add_wrong(cd_buf *out, const cd_rule *rule, const cd_example *example, const char *wrong)
{
    return cd_buf_format(out, "%s:%zu: rule %s: this %s %s:\n  %.*s\n", rule->head.file, example->line, rule->label.name,
                         example->yes ? "yes" : "no", wrong, (int)example->text.len, example->text.ptr);
}

cd_status cd_rules_test(const cd_rules *rules, cd_matcher *matcher, cd_buf *out, size_t *run, size_t *failed, cd_error *err)
{
    *run = *failed = 0;
    for (size_t i = 0; i < rules->n; i++) {
        cd_rule *rule = rules->at[i];
        CD_TRY(cd_match_begin(matcher, rules, rule->langs.n ? rule->langs.at[0] : CD_SPAN(""), err));
        CD_TRY(cd_pattern_need(rules, rule, err));
        for (const cd_example *e = rule->examples; e; e = e->next, ++*run) {
            const char *wrong = judge(rules, matcher, rule, e);
            if (!wrong) continue;
            ++*failed;
            if (add_wrong(out, rule, e, wrong) != CD_OK) return cd_fail_memory(err);
        }
    }
    return CD_OK;
}
