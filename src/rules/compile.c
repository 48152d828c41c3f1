/* compile.c -- list of rules -> list in force. In: rules as file.c read them. Out: those in force, in the order in which they are
 * tried: users' rules first, then ours, less ours that a user's of the same name replaces, less those that are switched off;
 * and their gates. After this the list is read-only, but for what pattern.c and pack.c make when it is first needed. Users'
 * patterns are compiled here, so that a mistake shows before the first page. */
#include "rules/pack.h"
#include "rules/site.h"

#include <stdlib.h>

cd_status cd_rules_new(cd_rules **rules, cd_error *err)
{
    cd_rules *r = calloc(1, sizeof *r);
    if (!r) return cd_fail_memory(err);
    r->arena = cd_arena_new();
    r->lock = cd_lock_new();
    r->packs = r->arena ? cd_arena_take(r->arena, sizeof(cd_pack *)) : NULL;
    if (!r->lock || !r->packs || cd_sites_new(r) != CD_OK) {
        cd_rules_free(r);
        return cd_fail_memory(err);
    }
    *rules = r;
    return CD_OK;
}

void cd_rules_free(cd_rules *rules)
{
    if (!rules) return;
    for (size_t i = 0; i < rules->n; i++) {
        if (rules->at[i]->quick) pcre2_code_free(atomic_load(&rules->at[i]->quick->code));
        pcre2_code_free(rules->at[i]->code);
    }
    cd_packs_free(rules);
    cd_sites_free(rules);
    cd_lock_free(rules->lock);
    cd_arena_free(rules->arena);
    free(rules);
}

size_t               cd_rules_count(const cd_rules *rules) { return rules->n; }
const cd_rule_label *cd_rules_label(const cd_rules *rules, size_t index) { return &rules->at[index]->label; }

/* ---- which rules are in force ---- */

/* By name, then in the order in which they were added (cd_rule.index, for now). */
static int by_name(const void *a, const void *b)
{
    const cd_rule *x = *(cd_rule *const *)a, *y = *(cd_rule *const *)b;
    int            order = strcmp(x->label.name, y->label.name);
    return order ? order : (x->index > y->index) - (x->index < y->index);
}

/* A user's rule replaces ours of the same name; two of one origin are a mistake. */
static cd_status settle_names(cd_rules *rules, cd_error *err)
{
    cd_rule **sorted = malloc((rules->n + 1) * sizeof *sorted);
    if (!sorted) return cd_fail_memory(err);
    for (size_t i = 0; i < rules->n; i++) {
        rules->at[i]->index = i;
        sorted[i] = rules->at[i];
    }
    qsort(sorted, rules->n, sizeof *sorted, by_name);
    cd_status st = CD_OK;
    for (size_t i = 0, k; i < rules->n && st == CD_OK; i = k) {
        cd_rule *ours = NULL, *users = NULL;
        for (k = i; k < rules->n && strcmp(sorted[k]->label.name, sorted[i]->label.name) == 0 && st == CD_OK; k++) {
            cd_rule **one = sorted[k]->label.users ? &users : &ours;
            if (*one && (*one)->label.host != sorted[k]->label.host) {
                sorted[k]->off = true; /* a nearer host's stands before it in the list */
                continue;
            }
            if (*one)
                st = cd_rules_fail_at(err, &sorted[k]->head, "rule %s stands already in %s:%zu", sorted[k]->label.name,
                                      (*one)->head.file, (*one)->head.line);
            *one = sorted[k];
        }
        if (ours && users) ours->off = true;
    }
    free(sorted);
    return st;
}

/* Puts the rules in force into their order. */
static cd_status order_rules(cd_rules *rules, cd_error *err)
{
    cd_rule **at = cd_arena_array(rules->arena, rules->n + 1, sizeof *at);
    size_t    n = 0;
    if (!at) return cd_fail_memory(err);
    for (int users = 1; users >= 0; users--)
        for (size_t i = 0; i < rules->n; i++)
            if (!rules->at[i]->off && rules->at[i]->label.users == (users == 1)) at[n++] = rules->at[i];
    for (size_t i = 0; i < n; i++) at[i]->index = i;
    rules->at = at;
    rules->n = rules->cap = n;
    return CD_OK;
}

/* ---- all patterns ---- */

/* What a page's walk asks of every rule, apart from the rules so that it stays in the cache. */
static cd_status make_gates(cd_rules *rules, cd_error *err)
{
    rules->nwords = (rules->n + 63) / 64;
    rules->gates = cd_arena_array(rules->arena, rules->n + 1, sizeof *rules->gates);
    rules->hosted = cd_arena_array(rules->arena, rules->n + 1, sizeof *rules->hosted);
    if (!rules->gates || !rules->hosted) return cd_fail_memory(err);
    for (size_t i = 0; i < rules->n; i++) {
        const cd_rule *rule = rules->at[i];
        rules->gates[i] = (cd_gate){rule->words_min, rule->words_max, rule->where};
        if (rule->hosts.n) rules->hosted[rules->nhosted++] = (uint32_t)i;
    }
    return CD_OK;
}

/* How many groups a pattern has at most, whatever its syntax. */
static uint32_t bound_groups(cd_span pattern)
{
    uint32_t n = 0;
    for (size_t i = 0; i < pattern.len; i++) n += pattern.ptr[i] == '(';
    return n;
}

/* Marks as off what the user has switched off by name. */
static cd_status switch_off(cd_rules *rules, cd_error *err)
{
    size_t n;
    for (const char *const *off = cd_sites_off(rules, &n); n > 0; off++, n--) {
        bool found = false;
        for (size_t i = 0; i < rules->n; i++)
            if (strcmp(rules->at[i]->label.name, *off) == 0) rules->at[i]->off = found = true; /* a user's rule and ours may share it */
        if (!found) CD_TRY(cd_sites_know(rules, *off, err));
    }
    return CD_OK;
}

cd_status cd_rules_compile_few(cd_rules *rules, cd_error *err)
{
    CD_TRY(settle_names(rules, err));
    CD_TRY(order_rules(rules, err));
    CD_TRY(make_gates(rules, err));
    for (size_t i = 0; i < rules->n; i++) {
        CD_TRY(cd_pattern_need(rules, rules->at[i], err));
        if (rules->at[i]->ngroups > rules->max_groups) rules->max_groups = rules->at[i]->ngroups;
    }
    return CD_OK;
}

cd_status cd_rules_compile(cd_rules *rules, cd_error *err)
{
    const cd_pack *general;
    cd_sites_settle(rules);
    CD_TRY(switch_off(rules, err));
    CD_TRY(settle_names(rules, err));
    CD_TRY(order_rules(rules, err));
    CD_TRY(make_gates(rules, err));
    for (size_t i = 0; i < rules->n; i++) {
        uint32_t groups = bound_groups(rules->at[i]->pattern);
        if (groups > rules->max_groups) rules->max_groups = groups;
        if (rules->at[i]->label.users) CD_TRY(cd_pattern_need(rules, rules->at[i], err));
    }
    return cd_pack_find(rules, CD_SPAN(""), &general, err);
}
