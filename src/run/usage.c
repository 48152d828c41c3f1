/* usage.c -- what each rule does on pages: its hits, and the words that it takes away. In: pages, one by one, out of the pool. Out:
 * sums by rule, and `rules stats`. A page's part goes through the pool as bytes: a list of cd_page_use. */
#include "run/workbench.h"

#include "base/utf8.h"
#include "output/output.h"
#include "rules/rules.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

typedef struct page_use {
    uint64_t number, hits, words;
} page_use;

/* ---- one page ---- */

static page_use *use_of(page_use *list, size_t *n, const cd_rule_label *rule)
{
    for (size_t i = 0; i < *n; i++)
        if (list[i].number == rule->number) return &list[i];
    list[*n] = (page_use){.number = rule->number};
    return &list[(*n)++];
}

/* A block's words count for the rule that dropped it, a cut's for the rule that cut, where the block stays. */
static void count_block(const cd_block *b, page_use *list, size_t *n)
{
    bool kept = cd_role_is_kept(b->role);
    for (const cd_hit *hit = b->hits; hit; hit = hit->next) {
        page_use *use = use_of(list, n, hit->rule);
        use->hits++;
        if (!kept && hit->rule == b->drop) use->words += b->m.words;
        if (kept && hit->rule->action == CD_ACTION_CUT) use->words += cd_word_count(cd_span_sub(b->text, hit->from, hit->to));
    }
}

cd_status cd_workbench_use(cd_reader *reader, const cd_input *in, cd_text *text, cd_error *err)
{
    CD_TRY(cd_reader_read(reader, in, err));
    const cd_page *page = cd_reader_page(reader);
    size_t         hits = 0, n = 0;
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *hit = page->blocks[i].hits; hit; hit = hit->next) hits++;
    page_use *list = cd_arena_array(page->arena, hits + 1, sizeof *list);
    if (!list) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) count_block(&page->blocks[i], list, &n);
    *text = (cd_text){(const char *)list, n * sizeof *list, page->state, cd_reader_warnings(reader)};
    return CD_OK;
}

/* ---- all pages ---- */

static cd_status add_page(void *context, const char *input, cd_span text, cd_error *err)
{
    cd_rule_use *use = context;
    (void)input;
    (void)err;
    for (size_t at = 0; at + sizeof(page_use) <= text.len; at += sizeof(page_use)) {
        page_use page;
        memcpy(&page, text.ptr + at, sizeof page);
        use[page.number].pages++;
        use[page.number].hits += page.hits;
        use[page.number].words += page.words;
    }
    return CD_OK;
}

cd_status cd_workbench_count(const cd_run *run, cd_rule_use *use, cd_tally *tally, cd_error *err)
{
    cd_run counting = *run;
    counting.view = CD_VIEW_USE;
    counting.sink = add_page;
    counting.sink_context = use;
    return cd_run_all(&counting, tally, err);
}

/* ---- rules stats ---- */

typedef struct row {
    size_t      number;
    cd_rule_use use;
} row;

static int by_words(const void *a, const void *b)
{
    const row *x = a, *y = b;
    if (x->use.words != y->use.words) return x->use.words < y->use.words ? 1 : -1;
    if (x->use.hits != y->use.hits) return x->use.hits < y->use.hits ? 1 : -1;
    return (x->number > y->number) - (x->number < y->number);
}

static cd_status add_row(const cd_rules *rules, const row *r, bool json, cd_buf *out, cd_buf *where, cd_error *err)
{
    cd_rule_facts facts;
    CD_TRY(cd_rules_facts(rules, r->number, &facts, where, err));
    const cd_rule_label *rule = facts.label;
    if (!json)
        return cd_buf_format(out, "%" PRIu64 "\t%" PRIu64 "\t%" PRIu64 "\t%s\t%s%s%s\n", r->use.words, r->use.hits, r->use.pages, cd_action_name(rule->action),
                             rule->name, rule->host ? " " : "", rule->host ? rule->host : "");
    CD_TRY(cd_buf_format(out, "{\"name\":\"%s\",\"action\":\"%s\",\"host\":", rule->name, cd_action_name(rule->action)));
    CD_TRY(cd_output_json_string(cd_span_of(rule->host), out));
    return cd_buf_format(out, ",\"words\":%" PRIu64 ",\"hits\":%" PRIu64 ",\"pages\":%" PRIu64 "}\n", r->use.words, r->use.hits, r->use.pages);
}

static cd_status write_rows(const cd_run *run, const cd_rules *rules, row *rows, size_t n, size_t pages, bool json, cd_error *err)
{
    cd_buf    out = {0}, where = {0};
    size_t    used = 0;
    cd_status st = json ? CD_OK : cd_buf_add(&out, CD_SPAN("words\thits\tpages\taction\trule\n"));
    qsort(rows, n, sizeof *rows, by_words);
    for (size_t i = 0; i < n && rows[i].use.hits + rows[i].use.words && st == CD_OK; i++, used++) st = add_row(rules, &rows[i], json, &out, &where, err);
    if (st == CD_OK && !json) st = cd_buf_format(&out, "%zu of %zu rules matched on %zu page%s\n", used, n, pages, pages == 1 ? "" : "s");
    if (st != CD_OK) st = cd_fail_memory(err);
    else if (out.len && fwrite(out.ptr, 1, out.len, run->out) != out.len) st = cd_fail(err, CD_EWRITE, "%s", strerror(errno));
    cd_buf_free(&out);
    cd_buf_free(&where);
    return st;
}

cd_status cd_workbench_stats(const cd_run *run, bool json, cd_tally *tally, cd_error *err)
{
    const cd_rules *rules = cd_desk_rules(run->desk);
    size_t          n;
    CD_TRY(cd_rules_count_all(rules, &n, err));
    cd_rule_use *use = calloc(n + 1, sizeof *use);
    row         *rows = calloc(n + 1, sizeof *rows);
    cd_status    st = use && rows ? cd_workbench_count(run, use, tally, err) : cd_fail_memory(err);
    for (size_t i = 0; st == CD_OK && i < n; i++) rows[i] = (row){i, use[i]};
    if (st == CD_OK) st = write_rows(run, rules, rows, n, tally->ok + tally->partial + tally->empty, json, err);
    free(use);
    free(rows);
    return st;
}
