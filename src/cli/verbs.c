/* verbs.c -- the workbench for rules: list, test, lint, diff, stats and new. In: a desk, what the user gave, and a run that is set
 * up but for its pages. Out: text for a person on a stream, and whether something was found. The work is done in rules/ and
 * run/; here is what one verb needs of both. */
#include "cli/verbs.h"

#include "cli/exit.h"
#include "cli/outputs.h"
#include "output/output.h"
#include "rules/rules.h"
#include "run/workbench.h"

#include <errno.h>
#include <stdlib.h>

static cd_status write_text(const cd_buf *text, FILE *out, cd_error *err)
{
    if (text->len == 0 || fwrite(text->ptr, 1, text->len, out) == text->len) return CD_OK;
    return cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}

/* ---- list ---- */

static cd_status add_key(cd_buf *out, const char *key, cd_span value)
{
    CD_TRY(cd_buf_format(out, "%c\"%s\":", strcmp(key, "name") == 0 ? '{' : ',', key));
    return cd_output_json_string(value, out);
}

static cd_status add_object(cd_buf *out, const cd_rule_facts *f, cd_span where)
{
    CD_TRY(add_key(out, "name", cd_span_of(f->label->name)));
    CD_TRY(add_key(out, "action", cd_span_of(cd_action_name(f->label->action))));
    CD_TRY(add_key(out, "where", where));
    CD_TRY(add_key(out, "why", cd_span_of(f->label->why)));
    CD_TRY(add_key(out, "find", f->pattern));
    CD_TRY(add_key(out, "site", cd_span_of(f->label->host)));
    CD_TRY(add_key(out, "file", cd_span_of(f->file)));
    return cd_buf_format(out, ",\"line\":%zu,\"built_in\":%s,\"yes\":%zu,\"no\":%zu}\n", f->line, f->label->users ? "false" : "true", f->yes, f->no);
}

static cd_status list_json(const cd_rules *rules, cd_buf *out, cd_error *err)
{
    cd_buf        where = {0};
    cd_rule_facts facts;
    size_t        n = 0;
    cd_status     st = cd_rules_count_all(rules, &n, err);
    for (size_t i = 0; i < n && st == CD_OK; i++) {
        st = cd_rules_facts(rules, i, &facts, &where, err);
        if (st == CD_OK && add_object(out, &facts, cd_buf_span(&where)) != CD_OK) st = cd_fail_memory(err);
    }
    cd_buf_free(&where);
    return st;
}

static cd_status list(const cd_args *args, const cd_rules *rules, cd_buf *out, cd_error *err)
{
    return args->json ? list_json(rules, out, err) : cd_rules_list(rules, out, err);
}

/* ---- test ---- */

static cd_status test(const cd_rules *rules, cd_matcher *matcher, cd_buf *out, bool *found, cd_error *err)
{
    size_t run = 0, failed = 0, count = 0;
    CD_TRY(cd_rules_test(rules, matcher, out, &run, &failed, err));
    CD_TRY(cd_rules_count_all(rules, &count, err));
    *found = failed > 0;
    if (cd_buf_format(out, "%zu examples of %zu rule%s, %zu failed\n", run, count, count == 1 ? "" : "s", failed) != CD_OK) return cd_fail_memory(err);
    return CD_OK;
}

/* ---- verbs that read pages ---- */

static cd_status open_pages(const cd_args *args, cd_run *run, cd_error *err) { return cd_outputs_open_source(args, run->out, NULL, &run->source, err); }

static void close_pages(cd_run *run)
{
    int why = errno; /* of a failed write */
    cd_source_close(run->source);
    errno = why;
}

static cd_status lint_pages(const cd_args *args, cd_run *run, cd_buf *out, cd_lint_count *count, cd_tally *tally, cd_error *err)
{
    const cd_rules *rules = cd_desk_rules(run->desk);
    size_t          n;
    CD_TRY(cd_rules_count_all(rules, &n, err));
    cd_rule_use *use = calloc(n + 1, sizeof *use);
    uint64_t    *hits = calloc(n + 1, sizeof *hits);
    cd_status    st = use && hits ? open_pages(args, run, err) : cd_fail_memory(err);
    if (st == CD_OK) st = cd_workbench_count(run, use, tally, err);
    for (size_t i = 0; st == CD_OK && i < n; i++) hits[i] = use[i].hits;
    if (st == CD_OK) st = cd_rules_lint_idle(rules, args->checked, args->nchecked, hits, out, count, err);
    close_pages(run);
    free(use);
    free(hits);
    return st;
}

static cd_status lint(const cd_args *args, cd_run *run, cd_matcher *matcher, cd_buf *out, cd_tally *tally, bool *found, cd_error *err)
{
    cd_lint_count count;
    CD_TRY(cd_rules_lint(cd_desk_rules(run->desk), matcher, args->checked, args->nchecked, out, &count, err));
    if (args->ngiven) CD_TRY(lint_pages(args, run, out, &count, tally, err));
    *found = count.problems > 0;
    return cd_buf_format(out, "%zu rule%s, %zu problem%s\n", count.rules, count.rules == 1 ? "" : "s", count.problems, count.problems == 1 ? "" : "s") == CD_OK ? CD_OK : cd_fail_memory(err);
}

static cd_status stats(const cd_args *args, cd_run *run, cd_tally *tally, cd_error *err)
{
    CD_TRY(open_pages(args, run, err));
    cd_status st = cd_workbench_stats(run, args->json, tally, err);
    close_pages(run);
    return st;
}

/* A desk with one path of rules beside those that both have; it stands before them, as a user's later --rules would not. */
static cd_status open_desk(const cd_args *args, const char *path, cd_desk **desk, cd_error *err)
{
    cd_desk_options options = args->desk;
    const char    **rules = calloc(options.nrules + 1, sizeof *rules);
    if (!rules) return cd_fail_memory(err);
    if (path) rules[0] = path;
    for (size_t i = 0; i < args->desk.nrules; i++) rules[i + (path != NULL)] = args->desk.rules[i];
    options.rules = rules;
    options.nrules += path != NULL;
    cd_status st = cd_desk_open(&options, desk, err);
    free(rules);
    return st;
}

static cd_status diff(const cd_args *args, cd_run *run, cd_tally *tally, bool *found, cd_error *err)
{
    cd_desk  *old = NULL, *new = NULL;
    size_t    changed = 0;
    cd_status st = open_desk(args, args->old, &old, err);
    if (st == CD_OK) st = open_desk(args, args->new, &new, err);
    if (st == CD_OK) st = open_pages(args, run, err);
    run->desk = old;
    if (st == CD_OK) st = cd_workbench_compare(run, new, &changed, tally, err);
    *found = changed > 0;
    close_pages(run);
    cd_desk_close(old);
    cd_desk_close(new);
    return st;
}

/* ---- all of them ---- */

cd_status cd_verb_rules(const cd_args *args, cd_run *run, int *exit_status, cd_error *err)
{
    const cd_rules *rules = cd_desk_rules(run->desk);
    cd_buf          text = {0};
    cd_matcher     *matcher = NULL;
    cd_status       st = cd_matcher_new(rules, &matcher, err);
    bool            drop = args->drop != NULL, found = false;
    cd_tally        tally = {0};
    if (st == CD_OK) switch (args->verb) {
        case CD_VERB_RULES_LIST: st = list(args, rules, &text, err); break;
        case CD_VERB_RULES_TEST: st = test(rules, matcher, &text, &found, err); break;
        case CD_VERB_RULES_LINT: st = lint(args, run, matcher, &text, &tally, &found, err); break;
        case CD_VERB_RULES_DIFF: st = diff(args, run, &tally, &found, err); break;
        case CD_VERB_RULES_STATS: st = stats(args, run, &tally, err); break;
        default: st = cd_rules_sketch(rules, matcher, drop ? args->drop : args->cut, drop ? CD_ACTION_DROP : CD_ACTION_CUT, &text, err); break;
        }
    if (st == CD_OK) st = write_text(&text, run->out, err);
    *exit_status = tally.error ? CD_EXIT_FAILED : found ? CD_EXIT_NOT_ALL : CD_EXIT_OK;
    cd_matcher_free(matcher);
    cd_buf_free(&text);
    return st;
}
