/* compile.c -- list of rules -> PCRE2 code, gates and the scan. In: rules as file.c read them. Out: those in force, in the order
 * in which they are tried: users' rules first, then ours, less ours that a user's of the same name replaces, less those that
 * are switched off. After this the list is read-only. */
#include "base/limits.h"
#include "rules/rule.h"
#include "rules/scan.h"

#include <stdlib.h>

cd_status cd_rules_new(cd_rules **rules, cd_error *err)
{
    cd_rules *r = calloc(1, sizeof *r);
    if (!r) return cd_fail_memory(err);
    r->arena = cd_arena_new();
    if (!r->arena) {
        free(r);
        return cd_fail_memory(err);
    }
    *rules = r;
    return CD_OK;
}

void cd_rules_free(cd_rules *rules)
{
    if (!rules) return;
    for (size_t i = 0; i < rules->n; i++) pcre2_code_free(rules->at[i]->code);
    cd_scan_free(rules->scan);
    cd_arena_free(rules->arena);
    free(rules);
}

size_t               cd_rules_count(const cd_rules *rules) { return rules->n; }
const cd_rule_label *cd_rules_label(const cd_rules *rules, size_t index) { return &rules->at[index]->label; }

cd_status cd_rules_disable(cd_rules *rules, const char *name, cd_error *err)
{
    bool found = false;
    for (size_t i = 0; i < rules->n; i++) {
        if (strcmp(rules->at[i]->label.name, name) != 0) continue;
        rules->at[i]->off = found = true; /* goes on: a user's rule and ours may share the name */
    }
    return found ? CD_OK : cd_fail(err, CD_EUSAGE, "no rule is called '%s'", name);
}

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

/* ---- one pattern ---- */

/* Where the last `open` stands that `close` does not answer, outside of [...] if it is a parenthesis; `fallback` if nowhere. */
static size_t find_open(cd_span pattern, char open, size_t fallback)
{
    size_t class = SIZE_MAX, depth = 0, *stack = NULL, found = fallback;
    stack = malloc((pattern.len + 1) * sizeof *stack);
    if (!stack) return fallback; /* the caret stands at the end, then */
    for (size_t i = 0; i < pattern.len; i++) {
        char c = pattern.ptr[i];
        if (c == '\\') i++;
        else if (class != SIZE_MAX) class = c == ']' && i > class + 1 ? SIZE_MAX : class;
        else if (c == '[') class = i;
        else if (c == '(') stack[depth++] = i;
        else if (c == ')' && depth) depth--;
    }
    if (open == '[' && class != SIZE_MAX) found = class;
    if (open == '(' && depth) found = stack[depth - 1];
    free(stack);
    return found;
}

/* PCRE2's words and offset, but for two slips that are so common that they get better ones. */
static cd_status fail_pattern(const cd_rule *rule, int code, size_t at, cd_error *err)
{
    char    words[200];
    cd_spot spot = rule->find;
    if (at > rule->pattern.len) at = rule->pattern.len;
    if (code == PCRE2_ERROR_MISSING_SQUARE_BRACKET) {
        spot.at += find_open(rule->pattern, '[', at);
        return cd_rules_fail_at(err, &spot, "bracket is never closed");
    }
    if (code == PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS) {
        spot.at += find_open(rule->pattern, '(', at);
        return cd_rules_fail_at(err, &spot, "parenthesis is never closed");
    }
    if (pcre2_get_error_message(code, (PCRE2_UCHAR *)words, sizeof words) < 0) strcpy(words, "the pattern is wrong");
    spot.at += at;
    return cd_rules_fail_at(err, &spot, "%s", words);
}

/* Group names -> fields. PCRE2's table: entries of `size` bytes, two of them the group's number, then the name. */
static cd_status read_groups(cd_rules *rules, cd_rule *rule, cd_error *err)
{
    PCRE2_SPTR table;
    uint32_t   names, size;
    pcre2_pattern_info(rule->code, PCRE2_INFO_CAPTURECOUNT, &rule->ngroups);
    pcre2_pattern_info(rule->code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(rule->code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(rule->code, PCRE2_INFO_NAMETABLE, &table);
    rule->named = names > 0;
    rule->fields = cd_arena_array(rules->arena, (size_t)rule->ngroups + 1, sizeof *rule->fields);
    if (!rule->fields) return cd_fail_memory(err);
    for (uint32_t i = 0; i <= rule->ngroups; i++) rule->fields[i] = CD_ROLE_COUNT;
    for (uint32_t i = 0; i < names; i++, table += size) {
        cd_span name = cd_span_of((const char *)table + 2);
        cd_role field = cd_role_find(name);
        if (field == CD_ROLE_COUNT || field == CD_ROLE_NONE || field == CD_ROLE_BODY) {
            cd_spot spot = rule->find;
            spot.at += cd_span_find(rule->pattern, name);
            return cd_rules_fail_at(err, &spot, "no field is called '%s': a group's name must be a field's", name.ptr);
        }
        rule->fields[table[0] << 8 | table[1]] = field;
    }
    if (rule->ngroups > rules->max_groups) rules->max_groups = rule->ngroups;
    return CD_OK;
}

static cd_status compile_pattern(cd_rules *rules, cd_rule *rule, cd_error *err)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    int      code;
    size_t   at, jit = 0;
    if (!cd_span_starts(rule->pattern, CD_SPAN("(?-i)"))) options |= PCRE2_CASELESS;
    rule->code = pcre2_compile((PCRE2_SPTR)rule->pattern.ptr, rule->pattern.len, options, &code, &at, NULL);
    if (!rule->code) return code == PCRE2_ERROR_HEAP_FAILED ? cd_fail_memory(err) : fail_pattern(rule, code, at, err);
    if (pcre2_jit_compile(rule->code, PCRE2_JIT_COMPLETE) == 0) /* else the interpreter does it */
        pcre2_pattern_info(rule->code, PCRE2_INFO_JITSIZE, &jit);
    rule->jit = jit > 0;
    return read_groups(rules, rule, err);
}

/* ---- all patterns ---- */

static cd_status make_gates(cd_rules *rules, cd_error *err)
{
    rules->nwords = (rules->n + 63) / 64;
    rules->gates = cd_arena_array(rules->arena, rules->n + 1, sizeof *rules->gates);
    rules->always = cd_arena_array(rules->arena, rules->nwords + 1, sizeof *rules->always);
    if (!rules->gates || !rules->always) return cd_fail_memory(err);
    for (size_t i = 0; i < rules->n; i++) {
        const cd_rule *rule = rules->at[i];
        rules->gates[i] = (cd_gate){rule->words_min, rule->words_max, 0, rule->where};
        pcre2_pattern_info(rule->code, PCRE2_INFO_MINLENGTH, &rules->gates[i].bytes_min); /* in letters: none is under a byte */
        if (rule->needles.n == 0) cd_bit_set(rules->always, i);
    }
    return CD_OK;
}

static cd_status make_scan(cd_rules *rules, cd_arena *arena, cd_error *err)
{
    cd_scan_rule *list = cd_arena_array(arena, rules->n + 1, sizeof *list);
    if (!list) return cd_fail_memory(err);
    for (size_t i = 0; i < rules->n; i++) {
        cd_rule *rule = rules->at[i];
        if (cd_needles_find(rule->pattern, arena, &rule->needles) != CD_OK) return cd_fail_memory(err);
        list[i] = (cd_scan_rule){&rule->needles, rule->words_min, rule->words_max};
    }
    if (cd_scan_new(list, rules->n, &rules->scan) != CD_OK) return cd_fail_memory(err);
    CD_TRY(make_gates(rules, err));
    for (size_t i = 0; i < rules->n; i++) rules->at[i]->needles.at = NULL; /* they go with the arena */
    return CD_OK;
}

cd_status cd_rules_compile(cd_rules *rules, cd_error *err)
{
    CD_TRY(settle_names(rules, err));
    CD_TRY(order_rules(rules, err));
    for (size_t i = 0; i < rules->n; i++) CD_TRY(compile_pattern(rules, rules->at[i], err));
    cd_arena *arena = cd_arena_new();
    if (!arena) return cd_fail_memory(err);
    cd_status st = make_scan(rules, arena, err);
    cd_arena_free(arena);
    return st;
}
