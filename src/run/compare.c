/* compare.c -- `rules diff`: the same pages under two desks. In: a page, read twice. Out: nothing where the records are the same, else
 * what differs, field by field, and the rules whose matches on this page differ; at the end how many pages each rule changed.
 * A page's part goes through the pool as bytes: the names of the rules, a line each, a NUL, and the text for a person. */
#include "run/workbench.h"

#include "base/hash.h"
#include "base/utf8.h"
#include "rules/rules.h"

#include <errno.h>
#include <stdlib.h>

/* ---- which rules ---- */

/* What a rule did on a page, by its name: a hash over its hits. */
typedef struct doing {
    const cd_rule_label *rule;
    uint64_t             hash;
} doing;

static uint64_t join(uint64_t hash, uint64_t value) { return cd_mix(hash ^ value); }

static int by_name(const void *a, const void *b)
{
    const cd_rule_label *x = ((const doing *)a)->rule, *y = ((const doing *)b)->rule;
    int                  order = strcmp(x->name, y->name);
    return order ? order : strcmp(x->host ? x->host : "", y->host ? y->host : "");
}

/* All rules with hits, sorted by name; `drops`: whether a block was dropped by the rule counts, too. */
static cd_status list_doings(const cd_page *page, bool drops, doing **list, size_t *n, cd_error *err)
{
    size_t hits = 0, used = 0;
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *hit = page->blocks[i].hits; hit; hit = hit->next) hits++;
    doing *all = cd_arena_array(page->arena, hits + 1, sizeof *all);
    if (!all) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *hit = page->blocks[i].hits; hit; hit = hit->next) {
            uint64_t hash = join(join(join(join(i + 1, hit->from), hit->to), (uint64_t)hit->field), (uint64_t)hit->rule->action);
            hash = join(hash, (uint64_t)(hit->value.len + (hit->value.ptr ? (size_t)(hit->value.ptr - page->blocks[i].text.ptr) << 32 : 0)));
            all[used++] = (doing){hit->rule, drops ? join(hash, page->blocks[i].drop == hit->rule) : hash};
        }
    if (used) qsort(all, used, sizeof *all, by_name);
    *n = 0;
    for (size_t i = 0; i < used; i++) { /* one rule's hits become one; their order does not count */
        if (*n && by_name(&all[*n - 1], &all[i]) == 0) all[*n - 1].hash += all[i].hash * (all[i].hash | 1);
        else all[(*n)++] = (doing){all[i].rule, all[i].hash * (all[i].hash | 1)};
    }
    *list = all;
    return CD_OK;
}

static cd_status add_rule(cd_buf *out, const cd_rule_label *rule)
{
    return cd_buf_format(out, "%s%s%s\n", rule->name, rule->host ? " " : "", rule->host ? rule->host : "");
}

/* The names of rules that did not do the same on both pages. */
static cd_status add_differing(const cd_page *old, const cd_page *new, bool drops, cd_buf *out, cd_error *err)
{
    doing *a, *b;
    size_t na, nb, i = 0, k = 0;
    CD_TRY(list_doings(old, drops, &a, &na, err));
    CD_TRY(list_doings(new, drops, &b, &nb, err));
    while (i < na || k < nb) {
        int order = i == na ? 1 : k == nb ? -1 : by_name(&a[i], &b[k]);
        if (order != 0 || a[i].hash != b[k].hash) CD_TRY(add_rule(out, order <= 0 ? a[i].rule : b[k].rule));
        if (order <= 0) i++;
        if (order >= 0) k++;
    }
    return CD_OK;
}

static bool same_manner(const cd_manner *a, const cd_manner *b)
{
    return a->order == b->order && a->has_zone == b->has_zone && a->offset == b->offset && a->summer == b->summer;
}

/* Who is to blame: rules whose matches differ; else those whose say about a block differs; else their order is all that is left. */
static cd_status add_rules(const cd_page *old, const cd_page *new, cd_buf *out, cd_error *err)
{
    CD_TRY(add_differing(old, new, false, out, err));
    if (!same_manner(&old->manner, &new->manner)) CD_TRY(cd_buf_add(out, CD_SPAN("(date-order or zone)\n")));
    if (out->len == 0) CD_TRY(add_differing(old, new, true, out, err));
    return out->len ? CD_OK : cd_buf_add(out, CD_SPAN("(order of the rules)\n"));
}

/* ---- which fields ---- */

static bool same_text(cd_value a, cd_value b) { return a.size == b.size && (a.size == 0 || memcmp(a.text, b.text, a.size) == 0); }

static bool same_key(const cd_reader *old, const cd_reader *new, cd_key key)
{
    size_t n = cd_reader_count(old, key);
    if (n != cd_reader_count(new, key) || cd_reader_number(old, key, 0) != cd_reader_number(new, key, 0)) return false;
    for (size_t i = 0; i < n; i++) {
        if (!same_text(cd_reader_item(old, key, i), cd_reader_item(new, key, i))) return false;
        if (cd_reader_number(old, key, i) != cd_reader_number(new, key, i)) return false;
    }
    return true;
}

static cd_status add_line(cd_buf *out, char sign, cd_value text)
{
    return cd_buf_format(out, "    %c %.*s\n", sign, (int)text.size, text.text);
}

/* Whether a text is a value of the key, or for a body one of its paragraphs. */
static bool has_text(const cd_reader *reader, cd_key key, cd_value text)
{
    for (size_t i = 0; i < cd_reader_count(reader, key); i++) {
        cd_span whole = {cd_reader_item(reader, key, i).text, cd_reader_item(reader, key, i).size};
        while (whole.len) {
            size_t gap = key == CD_KEY_BODY ? cd_span_find(whole, CD_SPAN("\n\n")) : whole.len;
            if (same_text((cd_value){whole.ptr, gap}, text)) return true;
            whole = cd_span_sub(whole, gap + 2 < whole.len ? gap + 2 : whole.len, whole.len);
        }
    }
    return false;
}

/* The values of the key in `one` that `other` does not have; of a body its paragraphs. */
static cd_status add_missing(cd_buf *out, char sign, const cd_reader *one, const cd_reader *other, cd_key key)
{
    for (size_t i = 0; i < cd_reader_count(one, key); i++) {
        cd_span whole = {cd_reader_item(one, key, i).text, cd_reader_item(one, key, i).size};
        while (whole.len) {
            size_t   gap = key == CD_KEY_BODY ? cd_span_find(whole, CD_SPAN("\n\n")) : whole.len;
            cd_value text = {whole.ptr, gap};
            if (!has_text(other, key, text)) CD_TRY(add_line(out, sign, text));
            whole = cd_span_sub(whole, gap + 2 < whole.len ? gap + 2 : whole.len, whole.len);
        }
    }
    return CD_OK;
}

/* "cookie 2, related 5". */
static cd_status add_counts(cd_buf *out, char sign, const cd_reader *reader)
{
    CD_TRY(cd_buf_format(out, "    %c", sign));
    for (size_t i = 0; i < cd_reader_count(reader, CD_KEY_REMOVED); i++)
        CD_TRY(cd_buf_format(out, "%s %s %lld", i ? "," : "", cd_reader_item(reader, CD_KEY_REMOVED, i).text, cd_reader_number(reader, CD_KEY_REMOVED, i)));
    return cd_buf_char(out, '\n');
}

static cd_status add_number(cd_buf *out, char sign, const cd_reader *reader, cd_key key)
{
    long long n = cd_reader_number(reader, key, 0);
    if (key != CD_KEY_CONFIDENCE) return cd_buf_format(out, "    %c %lld\n", sign, n);
    return n < 0 ? cd_buf_format(out, "    %c null\n", sign) : cd_buf_format(out, "    %c %lld.%02lld\n", sign, n / 100, n % 100);
}

static cd_status add_key(cd_buf *out, const cd_reader *old, const cd_reader *new, cd_key key)
{
    CD_TRY(cd_buf_format(out, "  %s\n", cd_key_name(key)));
    if (key == CD_KEY_REMOVED) {
        CD_TRY(add_counts(out, '-', old));
        return add_counts(out, '+', new);
    }
    if (key == CD_KEY_WORDS || key == CD_KEY_CONFIDENCE) {
        CD_TRY(add_number(out, '-', old, key));
        return add_number(out, '+', new, key);
    }
    size_t before = out->len;
    CD_TRY(add_missing(out, '-', old, new, key));
    CD_TRY(add_missing(out, '+', new, old, key));
    return out->len > before ? CD_OK : cd_buf_add(out, CD_SPAN("    the same in another order\n"));
}

/* ---- one page ---- */

static cd_status add_page(cd_reader *old, cd_reader *new, const cd_input *in, cd_buf *out, cd_error *err)
{
    cd_buf    text = {0};
    cd_status st = CD_OK;
    for (int key = 0; key < CD_KEY_COUNT && st == CD_OK; key++)
        if (!same_key(old, new, (cd_key)key)) st = add_key(&text, old, new, (cd_key)key);
    if (st == CD_OK && text.len) st = add_rules(cd_reader_page(old), cd_reader_page(new), out, err);
    cd_span names = text.len ? cd_arena_copy(cd_reader_page(new)->arena, cd_buf_span(out)) : CD_SPAN(""), name; /* out grows below */
    if (!names.ptr) st = CD_ENOMEM;
    if (st == CD_OK && text.len) st = cd_buf_char(out, '\0');
    if (st == CD_OK && text.len) st = in->record < 0 ? cd_buf_format(out, "%s\n", in->name) : cd_buf_format(out, "%s, record %lld\n", in->name, in->record);
    if (st == CD_OK) st = cd_buf_add(out, cd_buf_span(&text));
    while (st == CD_OK && cd_span_line(&names, &name)) st = cd_buf_format(out, "  rule %.*s\n", (int)name.len, name.ptr);
    cd_buf_free(&text);
    return st == CD_OK ? st : cd_fail_memory(err);
}

cd_status cd_workbench_diff(cd_reader *old, cd_reader *new, const cd_input *in, cd_text *text, cd_error *err)
{
    CD_TRY(cd_reader_read(old, in, err));
    CD_TRY(cd_reader_read(new, in, err));
    cd_buf *out = cd_reader_out(new);
    CD_TRY(add_page(old, new, in, out, err));
    *text = (cd_text){out->ptr, out->len, cd_reader_state(new), cd_reader_warnings(new)};
    return CD_OK;
}

/* ---- all pages ---- */

typedef struct blamed {
    char  *name;
    size_t pages;
} blamed;

typedef struct sums {
    const cd_run *run;
    size_t        changed, n, cap;
    blamed       *rules;
} sums;

static cd_status blame(sums *s, cd_span name, cd_error *err)
{
    for (size_t i = 0; i < s->n; i++)
        if (cd_span_is(cd_span_of(s->rules[i].name), name)) {
            s->rules[i].pages++;
            return CD_OK;
        }
    if (s->n == s->cap) {
        size_t  cap = s->cap ? s->cap * 2 : 32;
        blamed *more = realloc(s->rules, cap * sizeof *more);
        if (!more) return cd_fail_memory(err);
        s->rules = more;
        s->cap = cap;
    }
    char *copy = strndup(name.ptr, name.len);
    if (!copy) return cd_fail_memory(err);
    s->rules[s->n++] = (blamed){copy, 1};
    return CD_OK;
}

static cd_status take_page(void *context, const char *input, cd_span text, cd_error *err)
{
    sums *s = context;
    (void)input;
    if (text.len == 0) return CD_OK;
    size_t  names = strlen(text.ptr);
    cd_span rest = cd_span_sub(text, 0, names), name;
    s->changed++;
    while (cd_span_line(&rest, &name)) CD_TRY(blame(s, name, err));
    size_t len = text.len - names - 1;
    return fwrite(text.ptr + names + 1, 1, len, s->run->out) == len ? CD_OK : cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}

static int by_pages(const void *a, const void *b)
{
    const blamed *x = a, *y = b;
    if (x->pages != y->pages) return x->pages < y->pages ? 1 : -1;
    return strcmp(x->name, y->name);
}

cd_status cd_workbench_compare(const cd_run *run, const cd_desk *new, size_t *changed, cd_tally *tally, cd_error *err)
{
    sums   s = {.run = run};
    cd_run both = *run;
    both.view = CD_VIEW_DIFF;
    both.second = new;
    both.sink = take_page;
    both.sink_context = &s;
    cd_status st = cd_run_all(&both, tally, err);
    size_t    pages = tally->ok + tally->partial + tally->empty + tally->error;
    if (s.n) qsort(s.rules, s.n, sizeof *s.rules, by_pages);
    bool good = st != CD_OK || fprintf(run->out, "%zu of %zu records changed\n", s.changed, pages) >= 0;
    for (size_t i = 0; i < s.n; i++) {
        good = good && (st != CD_OK || fprintf(run->out, "%zu\t%s\n", s.rules[i].pages, s.rules[i].name) >= 0);
        free(s.rules[i].name);
    }
    free(s.rules);
    *changed = s.changed;
    return good ? st : cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}
