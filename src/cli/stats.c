/* stats.c -- counts of a run as one JSON object. In: what the run has counted. Out: a line on stderr or in a file. All names in it are
 * this program's own or those of rules and hosts, which are letters, digits, dots and hyphens: nothing needs an escape. */
#include "cli/stats.h"

#include "cli/message.h"
#include "cli/target.h"

enum { BUSIEST = 10 };

typedef struct text {
    cd_buf    buf;
    cd_status st; /* the first failure stays */
    bool      first;
} text;

/* `"name":n` with a comma in front, but for the first of an object. */
static void put(text *t, const char *name, uint64_t n)
{
    if (t->st == CD_OK) t->st = cd_buf_format(&t->buf, "%s\"%s\":%llu", t->first ? "" : ",", name, (unsigned long long)n);
    t->first = false;
}

static void open_object(text *t, const char *name)
{
    if (t->st == CD_OK) t->st = cd_buf_format(&t->buf, ",\"%s\":{", name);
    t->first = true;
}

static void close_object(text *t)
{
    if (t->st == CD_OK) t->st = cd_buf_char(&t->buf, '}');
    t->first = false;
}

/* Reasons in the order of their names: which worker met which first must not show. */
static void put_reasons(text *t, const cd_counts *c)
{
    const char *last = "";
    open_object(t, "reasons");
    for (size_t done = 0; done < c->nreasons; done++) {
        const cd_reason_count *next = NULL;
        for (size_t i = 0; i < c->nreasons; i++) {
            const cd_reason_count *r = &c->reasons[i];
            if (strcmp(r->name, last) > 0 && (!next || strcmp(r->name, next->name) < 0)) next = r;
        }
        if (!next) break;
        put(t, next->name, next->n);
        last = next->name;
    }
    close_object(t);
}

static void put_removed(text *t, const cd_counts *c)
{
    open_object(t, "removed");
    for (size_t role = 0; role < CD_ROLE_COUNT; role++)
        if (c->removed[role]) put(t, cd_role_name((cd_role)role), c->removed[role]);
    close_object(t);
}

/* A rule by its name; one of a host with that behind it. */
static void put_rule(text *t, const cd_rules *rules, size_t number, uint64_t hits)
{
    cd_rule_facts facts;
    cd_error      err; /* want of memory is the only failure */
    cd_buf        where = {0}, name = {0};
    cd_status     st = cd_rules_facts(rules, number, &facts, &where, &err);
    if (st == CD_OK) st = cd_buf_format(&name, "%s%s%s", facts.label->name, facts.label->host ? " " : "", facts.label->host ? facts.label->host : "");
    if (st == CD_OK) put(t, name.ptr, hits);
    if (t->st == CD_OK) t->st = st;
    cd_buf_free(&where);
    cd_buf_free(&name);
}

/* The busiest rules, the first in the order of rules where two are equal. */
static void put_rules(text *t, const cd_counts *c, const cd_rules *rules)
{
    uint64_t below = UINT64_MAX;
    open_object(t, "rules");
    for (size_t n = 0; n < BUSIEST;) {
        uint64_t most = 0;
        for (size_t i = 0; i < c->nrules; i++)
            if (c->hits[i] < below && c->hits[i] > most) most = c->hits[i];
        if (most == 0) break;
        for (size_t i = 0; i < c->nrules && n < BUSIEST; i++) {
            if (c->hits[i] != most) continue;
            put_rule(t, rules, i, most);
            n++;
        }
        below = most;
    }
    close_object(t);
}

static cd_status compose(text *t, const cd_tally *n, const cd_counts *counts, const cd_rules *rules, double seconds)
{
    t->first = true;
    t->st = cd_buf_char(&t->buf, '{');
    put(t, "inputs", n->inputs);
    put(t, "pages", n->pages);
    put(t, "resumed", n->resumed);
    put(t, "ok", n->ok);
    put(t, "partial", n->partial);
    put(t, "empty", n->empty);
    put(t, "error", n->error);
    put(t, "duplicates", n->duplicates);
    put_reasons(t, counts);
    put(t, "bytes", n->bytes);
    if (t->st == CD_OK) t->st = cd_buf_format(&t->buf, ",\"seconds\":%.3f", seconds);
    put_removed(t, counts);
    put_rules(t, counts, rules);
    if (t->st == CD_OK) t->st = cd_buf_add(&t->buf, CD_SPAN("}\n"));
    return t->st;
}

static cd_status write_file(const char *path, const cd_buf *bytes, cd_error *err)
{
    cd_target target;
    CD_TRY(cd_target_open(&target, path, false, err));
    bool whole = fwrite(bytes->ptr, 1, bytes->len, target.out) == bytes->len; /* closing tells why, where it is not */
    return cd_target_close(&target, whole ? CD_TARGET_KEEP : CD_TARGET_DROP, false, err);
}

cd_status cd_stats_write(const char *path, const cd_tally *tally, const cd_counts *counts, const cd_rules *rules, double seconds, cd_error *err)
{
    text      t = {.st = CD_OK};
    cd_status st = CD_OK;
    if (compose(&t, tally, counts, rules, seconds) != CD_OK) st = cd_fail_memory(err);
    else if (path) st = write_file(path, &t.buf, err);
    else cd_message_raw(t.buf.ptr, t.buf.len);
    cd_buf_free(&t.buf);
    return st;
}
