/* match.c -- runs one compiled pattern on one text. In: a rule and a look at a block. Out: offsets, or nothing, or the word that
 * PCRE2 gave up at a limit. Here is what one thread needs for that; the rules themselves are shared and only read, but for the
 * machine code of a pattern, which comes once the pattern has been tried often. What is found does not depend on when that is: the
 * interpreter finds the same, and where it takes more than a few steps the machine code runs and says whether a limit is passed. */
#include "rules/match.h"

#include "base/limits.h"

#include <stdlib.h>

/* JIT code has a stack of its own: as much as it begins with, and the most that one match may take. Honest rules stay under 8
 * KiB; one that passes the top is reported like any other limit. */
enum { JIT_STACK_START = 32 * 1024, JIT_STACK_TOP = 512 * 1024 };

/* Bytes that a pattern is tried on before it gets machine code, and bytes that each try counts for besides its text: about what
 * the interpreter reads in the time that the code takes to make. */
enum { BYTES_BEFORE_JIT = 2000, BYTES_OF_TRY = 20 };

cd_status cd_matcher_new(const cd_rules *rules, cd_matcher **made, cd_error *err)
{
    cd_matcher *m = calloc(1, sizeof *m);
    if (!m) return cd_fail_memory(err);
    m->arena = cd_arena_new();
    m->data = pcre2_match_data_create(rules->max_groups + 1, NULL);
    m->context = pcre2_match_context_create(NULL);
    m->brief = pcre2_match_context_create(NULL);
    m->stack = pcre2_jit_stack_create(JIT_STACK_START, JIT_STACK_TOP, NULL); /* NULL: no JIT here; its small default serves */
    if (m->arena) {
        m->live = cd_arena_array(m->arena, rules->nwords + 1, sizeof *m->live);
        m->maybe = cd_arena_array(m->arena, 2 * rules->nwords + 1, sizeof *m->maybe);
        m->scratch = cd_arena_take(m->arena, 2 * CD_LIMIT_RULE_BLOCK_BYTES + CD_SCAN_ROOM);
        m->state = cd_arena_array(m->arena, rules->n + 1, sizeof *m->state);
    }
    m->memo = cd_memo_new(rules);
    if (!m->arena || !m->memo || !m->data || !m->context || !m->brief || !m->live || !m->maybe || !m->scratch || !m->state) {
        cd_matcher_free(m);
        return cd_fail_memory(err);
    }
    pcre2_set_match_limit(m->context, CD_LIMIT_MATCH_STEPS);
    pcre2_set_depth_limit(m->context, CD_LIMIT_MATCH_DEPTH);
    pcre2_set_heap_limit(m->context, CD_LIMIT_MATCH_HEAP_KIB);
    pcre2_set_match_limit(m->brief, CD_LIMIT_BRIEF_STEPS);
    pcre2_set_depth_limit(m->brief, CD_LIMIT_MATCH_DEPTH);
    pcre2_set_heap_limit(m->brief, CD_LIMIT_MATCH_HEAP_KIB);
    if (m->stack) pcre2_jit_stack_assign(m->context, NULL, m->stack);
    *made = m;
    return CD_OK;
}

void cd_matcher_free(cd_matcher *matcher)
{
    if (!matcher) return;
    pcre2_match_data_free(matcher->data);
    pcre2_match_context_free(matcher->context);
    pcre2_match_context_free(matcher->brief);
    pcre2_jit_stack_free(matcher->stack);
    cd_memo_free(matcher->memo);
    cd_arena_free(matcher->arena);
    free(matcher);
}

/* The last place at or before `at` where a code point begins. */
static size_t step_back(cd_span text, size_t at)
{
    while (at > 0 && (text.ptr[at] & 0xC0) == 0x80) at--;
    return at;
}

size_t cd_subjects(cd_span text, cd_subject subjects[2])
{
    const size_t limit = CD_LIMIT_RULE_BLOCK_BYTES;
    subjects[0] = (cd_subject){text, 0, 0};
    if (text.len <= 2 * limit) return 1;
    subjects[0] = (cd_subject){cd_span_sub(text, 0, step_back(text, limit)), 0, PCRE2_NOTEOL};
    subjects[1] = (cd_subject){text, step_back(text, text.len - limit), 0};
    return 2;
}

static int interpret(const cd_matcher *m, const cd_rule *rule, const cd_subject *s, pcre2_match_context *limits)
{
    return pcre2_match(rule->code, (PCRE2_SPTR)s->text.ptr, s->text.len, s->from, s->options | PCRE2_NO_UTF_CHECK, m->data, limits);
}

/* Makes the machine code; the first of several threads that do so at the same time gives it to all. NULL: it cannot be made. */
static pcre2_code *make_quick(const cd_rule *rule)
{
    pcre2_code *code = pcre2_code_copy(rule->code), *others = NULL; /* a copy: other threads may be matching with that one */
    size_t      size = 0;
    if (code && pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0) pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
    if (size && atomic_compare_exchange_strong(&rule->quick->code, &others, code)) return code;
    if (!size) atomic_store(&rule->quick->never, true);
    pcre2_code_free(code);
    return others;
}

/* The first tries of a pattern. False: it has been tried on so much text, or takes so many steps, that it needs machine code. */
static bool try_brief(const cd_matcher *m, const cd_rule *rule, const cd_subject *s, int *n)
{
    unsigned bytes = (unsigned)(s->text.len - s->from) + BYTES_OF_TRY;
    if (atomic_fetch_add_explicit(&rule->quick->read, bytes, memory_order_relaxed) + bytes > BYTES_BEFORE_JIT) return false;
    *n = interpret(m, rule, s, m->brief);
    return *n > 0 || *n == PCRE2_ERROR_NOMATCH;
}

static int run(const cd_matcher *m, const cd_rule *rule, const cd_subject *s)
{
    pcre2_code *quick = rule->quick ? atomic_load_explicit(&rule->quick->code, memory_order_acquire) : NULL;
    int         n;
    if (!rule->quick || atomic_load_explicit(&rule->quick->never, memory_order_relaxed)) return interpret(m, rule, s, m->context);
    if (!quick && try_brief(m, rule, s, &n)) return n;
    if (!quick) quick = make_quick(rule);
    if (!quick) return interpret(m, rule, s, m->context);
    return pcre2_jit_match(quick, (PCRE2_SPTR)s->text.ptr, s->text.len, s->from, s->options, m->data, m->context);
}

cd_outcome cd_match(cd_matcher *m, const cd_rule *rule, const cd_subject *s)
{
    int n = run(m, rule, s);
    if (n > 0) {
        m->pairs = (size_t)n;
        return CD_MATCH_FOUND;
    }
    return n == PCRE2_ERROR_NOMATCH ? CD_MATCH_NONE : CD_MATCH_LIMIT; /* no other error can come of a compiled rule */
}

cd_status cd_match_need(cd_matcher *m, const cd_rules *list, cd_rule *rule, cd_error *err)
{
    CD_TRY(cd_pattern_need(list, rule, err));
    if (rule->ngroups < pcre2_get_ovector_count(m->data)) return CD_OK;
    pcre2_match_data *more = pcre2_match_data_create(rule->ngroups + 1, NULL);
    if (!more) return cd_fail_memory(err);
    pcre2_match_data_free(m->data);
    m->data = more;
    return CD_OK;
}

bool cd_match_group(const cd_matcher *m, size_t group, size_t *from, size_t *to)
{
    const size_t *offsets = pcre2_get_ovector_pointer(m->data);
    if (group >= m->pairs || offsets[2 * group] == PCRE2_UNSET) return false;
    *from = offsets[2 * group];
    *to = offsets[2 * group + 1];
    return true;
}

cd_status cd_match_begin(cd_matcher *m, const cd_rules *rules, cd_span language, cd_error *err)
{
    CD_TRY(cd_pack_find(rules, CD_SPAN(""), &m->packs[0], err));
    return cd_pack_find(rules, language, &m->packs[1], err);
}

static void scan_subject(cd_matcher *m, const cd_pack *pack, const cd_subject *s, bool begins, size_t words)
{
    cd_scan_text text = {cd_span_sub(s->text, s->from, s->text.len), words, begins, m->scratch};
    cd_scan_run(pack->scan, &text, m->maybe);
}

void cd_match_maybe(cd_matcher *m, const cd_rules *rules, const cd_subject *subjects, size_t n, size_t words)
{
    uint64_t *seconds = m->maybe + rules->nwords;
    for (size_t k = 0; k < 2 && (k == 0 || m->packs[1] != m->packs[0]); k++) {
        if (!m->packs[k]->scan) continue;
        for (size_t i = 0; i < n; i++) scan_subject(m, m->packs[k], &subjects[i], i == 0, words);
        for (size_t w = 0; w < rules->nwords; w++) {
            m->maybe[w] |= m->packs[k]->always[w];
            seconds[w] |= m->packs[k]->single[w];
        }
    }
    for (size_t w = 0; w < rules->nwords; w++) {
        m->maybe[w] &= seconds[w];
        seconds[w] = 0;
    }
}
