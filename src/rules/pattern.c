/* pattern.c -- one pattern -> PCRE2 code and the fields of its groups. In: a rule's pattern. Out: what is needed to run it, or a
 * message with a caret. The patterns that come with the program are compiled when a page first needs them: a run of one page
 * needs one in four. */
#include "rules/group.h"
#include "rules/pack.h"
#include "rules/ready.h"

#include <stdlib.h>

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
static cd_status read_groups(const cd_rules *rules, cd_rule *rule, cd_error *err)
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
        if (rule->label.action == CD_ACTION_FIX && !cd_rules_can_fix(field)) {
            cd_spot spot = rule->find;
            spot.at += cd_span_find(rule->pattern, name);
            return cd_rules_fail_at(err, &spot, "'%s' cannot be fixed: a record may have many, or rules do not find it", name.ptr);
        }
        rule->fields[table[0] << 8 | table[1]] = field;
    }
    return CD_OK;
}

/* Compiles the grouped pattern, which is tried faster; what PCRE2 does not take is compiled as it stands, for its message. */
static pcre2_code *compile_grouped(const cd_rule *rule, uint32_t options, int *code, size_t *at)
{
    const cd_ready *ready = cd_ready_find(rule->pattern);
    cd_buf          grouped = {0};
    pcre2_code     *made = NULL;
    if (ready) made = pcre2_compile((PCRE2_SPTR)ready->grouped.ptr, ready->grouped.len, options, code, at, NULL);
    else if (cd_pattern_group(rule->pattern, &grouped) == CD_OK)
        made = pcre2_compile((PCRE2_SPTR)grouped.ptr, grouped.len, options, code, at, NULL);
    cd_buf_free(&grouped);
    return made ? made : pcre2_compile((PCRE2_SPTR)rule->pattern.ptr, rule->pattern.len, options, code, at, NULL);
}

static cd_status compile(const cd_rules *rules, cd_rule *rule, cd_error *err)
{
    uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C;
    int      code;
    size_t   at;
    uint32_t jit = 0;
    if (!cd_span_starts(rule->pattern, CD_SPAN("(?-i)"))) options |= PCRE2_CASELESS;
    rule->code = compile_grouped(rule, options, &code, &at);
    if (!rule->code) return code == PCRE2_ERROR_HEAP_FAILED ? cd_fail_memory(err) : fail_pattern(rule, code, at, err);
    if (!rules->plain && pcre2_config(PCRE2_CONFIG_JIT, &jit) == 0 && jit) {
        rule->quick = cd_arena_take(rules->arena, sizeof *rule->quick);
        if (!rule->quick) return cd_fail_memory(err);
        *rule->quick = (cd_quick){0};
    }
    return read_groups(rules, rule, err);
}

cd_status cd_pattern_need(const cd_rules *rules, cd_rule *rule, cd_error *err)
{
    if (atomic_load_explicit(&rule->ready, memory_order_acquire)) return CD_OK;
    cd_lock_take(rules->lock);
    cd_status st = CD_OK;
    if (!atomic_load_explicit(&rule->ready, memory_order_relaxed)) {
        st = compile(rules, rule, err);
        if (st == CD_OK) atomic_store_explicit(&rule->ready, true, memory_order_release);
    }
    cd_lock_release(rules->lock);
    return st;
}
