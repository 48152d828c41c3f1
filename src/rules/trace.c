/* trace.c -- how far a pattern gets. In: a rule and a text that it does not match. Out: the place in the text that the pattern reached
 * before it failed, for a caret. The pattern is compiled once more with a callout before each of its items; the interpreter tells
 * at each where it stands. */
#include "base/limits.h"
#include "rules/match.h"

typedef struct reach {
    size_t item; /* the furthest place in the pattern ... */
    size_t at;   /* ... and where in the text it was reached */
} reach;

static int look(pcre2_callout_block *at, void *data)
{
    reach *best = data;
    if (at->pattern_position < best->item || (at->pattern_position == best->item && at->current_position <= best->at)) return 0;
    *best = (reach){at->pattern_position, at->current_position};
    return 0;
}

size_t cd_trace_match(const cd_rule *rule, cd_span text)
{
    reach                best = {0, 0};
    int                  code;
    size_t               at;
    uint32_t             options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT | PCRE2_NO_START_OPTIMIZE;
    if (!cd_span_starts(rule->pattern, CD_SPAN("(?-i)"))) options |= PCRE2_CASELESS;
    pcre2_code          *traced = pcre2_compile((PCRE2_SPTR)rule->pattern.ptr, rule->pattern.len, options, &code, &at, NULL);
    pcre2_match_data    *data = traced ? pcre2_match_data_create_from_pattern(traced, NULL) : NULL;
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (data && context) {
        pcre2_set_match_limit(context, CD_LIMIT_MATCH_STEPS);
        pcre2_set_heap_limit(context, CD_LIMIT_MATCH_HEAP_KIB);
        pcre2_set_callout(context, look, &best);
        (void)pcre2_match(traced, (PCRE2_SPTR)text.ptr, text.len, 0, PCRE2_NO_UTF_CHECK, data, context); /* that it fails is known */
    }
    pcre2_match_context_free(context);
    pcre2_match_data_free(data);
    pcre2_code_free(traced);
    return best.at <= text.len ? best.at : text.len; /* 0 where memory is short: the caret stands at the begin */
}
