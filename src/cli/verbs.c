/* verbs.c -- `rules list` and `rules test`. In: a desk. Out: text for a person on a stream. */
#include "cli/verbs.h"

#include "base/buf.h"
#include "rules/rules.h"
#include "run/run.h"

#include <errno.h>

static cd_status write_text(const cd_buf *text, FILE *out, cd_error *err)
{
    if (text->len == 0 || fwrite(text->ptr, 1, text->len, out) == text->len) return CD_OK;
    return cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}

cd_status cd_verb_rules_list(const cd_desk *desk, FILE *out, cd_error *err)
{
    cd_buf    text = {0};
    cd_status st = cd_rules_list(cd_desk_rules(desk), &text, err);
    if (st == CD_OK) st = write_text(&text, out, err);
    cd_buf_free(&text);
    return st;
}

cd_status cd_verb_rules_test(const cd_desk *desk, FILE *out, bool *passed, cd_error *err)
{
    const cd_rules *rules = cd_desk_rules(desk);
    cd_buf          text = {0};
    cd_matcher     *matcher = NULL;
    size_t          run = 0, failed = 0;
    cd_status       st = cd_matcher_new(rules, &matcher, err);
    if (st == CD_OK) st = cd_rules_test(rules, matcher, &text, &run, &failed, err);
    size_t count = cd_rules_count(rules);
    if (st == CD_OK && cd_buf_format(&text, "%zu examples of %zu rules, %zu failed\n", run, count, failed) != CD_OK)
        st = cd_fail_memory(err);
    if (st == CD_OK) st = write_text(&text, out, err);
    *passed = failed == 0;
    cd_matcher_free(matcher);
    cd_buf_free(&text);
    return st;
}
