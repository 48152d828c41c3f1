/* site.c -- rule files by host. In: paths of files that are called by their hosts. Out: for a page's host, the rules of its file and
 * of the hosts above it. Names are kept in a sorted list; a page asks for its host, then for what is left behind each dot. What a
 * file says is read when the first page of its host comes, under the lock of the list, and kept. */
#include "rules/site.h"

#include "base/limits.h"

#include <stdlib.h>

struct cd_sites {
    cd_site   **at;
    size_t      n, cap;
    const char **off; /* names of rules that are switched off */
    size_t      noff, off_cap;
    cd_rule   **all; /* NULL until cd_rules_every() was called */
    size_t      nall;
};

cd_status cd_sites_new(cd_rules *rules)
{
    rules->sites = cd_arena_take(rules->arena, sizeof *rules->sites);
    return rules->sites ? CD_OK : CD_ENOMEM;
}

/* ---- names ---- */

cd_span cd_site_host_of(const char *path)
{
    cd_span whole = cd_span_of(path), end = CD_SPAN(".rules"), folder = CD_SPAN("sites");
    size_t  slash = whole.len;
    while (slash > 0 && whole.ptr[slash - 1] != '/') slash--;
    cd_span above = cd_span_sub(whole, 0, slash ? slash - 1 : 0), name = cd_span_sub(whole, slash, whole.len);
    bool    inside = cd_span_ends(above, folder) && (above.len == folder.len || above.ptr[above.len - folder.len - 1] == '/');
    if (!inside || !cd_span_ends(name, end)) return CD_SPAN("");
    return cd_span_sub(name, 0, name.len - end.len);
}

static bool is_host(cd_span name)
{
    bool edge = true; /* no dot, no hyphen may stand here */
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        bool sign = c == '.' || c == '-';
        if (sign ? edge : !((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) return false;
        edge = sign;
    }
    return !edge;
}

static cd_status grow(cd_arena *arena, void *list, size_t n, size_t *cap)
{
    void **at = list, **more;
    if (n < *cap) return CD_OK;
    size_t bigger = *cap ? *cap * 2 : 16;
    more = cd_arena_array(arena, bigger, sizeof *more); /* the old one stays in the arena: at most as much again */
    if (!more) return CD_ENOMEM;
    if (n) memcpy(more, *at, n * sizeof *more);
    *at = more;
    *cap = bigger;
    return CD_OK;
}

cd_status cd_sites_add(cd_rules *rules, const char *path, cd_span text, bool users, cd_error *err)
{
    cd_span host = cd_site_host_of(path);
    if (!is_host(host)) return cd_fail(err, CD_ERULES, "%s: a file in a folder 'sites' is called HOST.rules, as example.com.rules", path);
    if (grow(rules->arena, &rules->sites->at, rules->sites->n, &rules->sites->cap) != CD_OK) return cd_fail_memory(err);
    if (rules->sites->n >= CD_LIMIT_SITES)
        return cd_fail(err, CD_ERULES, "%s: the number of files for hosts is over the limit CD_LIMIT_SITES, %u", path, CD_LIMIT_SITES);
    cd_site      *site = cd_arena_take(rules->arena, sizeof *site);
    cd_site_file *file = cd_arena_take(rules->arena, sizeof *file);
    if (!site || !file) return cd_fail_memory(err);
    *file = (cd_site_file){.path = cd_arena_copy(rules->arena, cd_span_of(path)).ptr, .text = text, .users = users};
    site->host = cd_arena_copy(rules->arena, host);
    site->files = file;
    if (!file->path || !site->host.ptr) return cd_fail_memory(err);
    rules->sites->at[rules->sites->n++] = site;
    return CD_OK;
}

cd_status cd_rules_disable(cd_rules *rules, const char *name, cd_error *err)
{
    if (grow(rules->arena, &rules->sites->off, rules->sites->noff, &rules->sites->off_cap) != CD_OK) return cd_fail_memory(err);
    const char *copy = cd_arena_copy(rules->arena, cd_span_of(name)).ptr;
    if (!copy) return cd_fail_memory(err);
    rules->sites->off[rules->sites->noff++] = copy;
    return CD_OK;
}

const char *const *cd_sites_off(const cd_rules *rules, size_t *n)
{
    *n = rules->sites->noff;
    return *n ? rules->sites->off : NULL;
}

/* ---- the index ---- */

/* By host; of one host users' files first. */
static int by_host(const void *a, const void *b)
{
    const cd_site *x = *(cd_site *const *)a, *y = *(cd_site *const *)b;
    int            order = strcmp(x->host.ptr, y->host.ptr);
    if (order == 0) order = y->files->users - x->files->users;
    return order ? order : strcmp(x->files->path, y->files->path);
}

static cd_site *look_up(const cd_sites *sites, cd_span host)
{
    size_t from = 0, to = sites->n;
    while (from < to) {
        size_t  middle = from + (to - from) / 2;
        cd_span at = sites->at[middle]->host;
        int     order = memcmp(at.ptr, host.ptr, at.len < host.len ? at.len : host.len);
        if (order == 0 && at.len == host.len) return sites->at[middle];
        if (order < 0 || (order == 0 && at.len < host.len)) from = middle + 1;
        else to = middle;
    }
    return NULL;
}

/* The site of a host, or of the nearest host above it. */
static cd_site *look_up_nearest(const cd_sites *sites, cd_span host)
{
    while (host.len) {
        cd_site    *site = look_up(sites, host);
        const char *dot = memchr(host.ptr, '.', host.len);
        if (site || !dot) return site;
        host = cd_span_sub(host, (size_t)(dot + 1 - host.ptr), host.len);
    }
    return NULL;
}

void cd_sites_settle(cd_rules *rules)
{
    cd_sites *s = rules->sites;
    size_t    n = 0;
        if (s->n) qsort(s->at, s->n, sizeof *s->at, by_host);
    for (size_t i = 0; i < s->n; i++) {
        cd_site_file **tail = n ? &s->at[n - 1]->files : NULL;
        if (!n || !cd_span_is(s->at[n - 1]->host, s->at[i]->host)) {
            s->at[n++] = s->at[i];
            continue;
        }
        while (*tail) tail = &(*tail)->next;
        *tail = s->at[i]->files;
    }
    s->n = n;
    for (size_t i = 0; i < n; i++) {
        const char *dot = strchr(s->at[i]->host.ptr, '.');
        s->at[i]->parent = dot ? look_up_nearest(s, cd_span_of(dot + 1)) : NULL;
    }
}

void cd_sites_free(cd_rules *rules)
{
    for (size_t i = 0; rules->sites && i < rules->sites->n; i++) cd_rules_free(rules->sites->at[i]->rules);
}


/* ---- what the files say ---- */

static cd_status parse_file(cd_site *site, cd_rules *list, const cd_site *of, const cd_site_file *file, cd_error *err)
{
    cd_buf    text = {0};
    cd_status st = file->text.ptr ? CD_OK : cd_rules_slurp(file->path, &text, err);
    size_t    before = list->n;
    if (st == CD_OK) st = cd_rules_parse(list, file->path, file->text.ptr ? file->text : text.len ? cd_buf_span(&text) : CD_SPAN(""), file->users, site, err);
    for (size_t i = before; i < list->n; i++) list->at[i]->label.host = of->host.ptr;
    cd_buf_free(&text);
    return st;
}

static void switch_off(const cd_sites *sites, cd_rules *list)
{
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < sites->noff; k++)
            if (strcmp(list->at[i]->label.name, sites->off[k]) == 0) list->at[i]->off = true;
}

static cd_status read_site(const cd_rules *rules, cd_site *site, cd_error *err)
{
    cd_rules *list;
    CD_TRY(cd_rules_new(&list, err));
    list->plain = true;
    site->parsed = 0;
    site->manner = (cd_manner){0};
    cd_status st = CD_OK;
    for (const cd_site *of = site; of && st == CD_OK; of = of->parent)
        for (const cd_site_file *file = of->files; file && st == CD_OK; file = file->next) st = parse_file(site, list, of, file, err);
    if (st == CD_OK) {
        switch_off(rules->sites, list);
        st = cd_rules_compile_few(list, err);
    }
    if (st == CD_OK) site->rules = list;
    else cd_rules_free(list);
    return st;
}

static cd_status need_site(const cd_rules *rules, cd_site *site, cd_error *err)
{
    cd_status st = CD_OK;
    if (atomic_load_explicit(&site->ready, memory_order_acquire)) return CD_OK;
    cd_lock_take(rules->lock);
    if (!atomic_load_explicit(&site->ready, memory_order_relaxed)) {
        st = read_site(rules, site, err);
        if (st == CD_OK) atomic_store_explicit(&site->ready, true, memory_order_release);
    }
    cd_lock_release(rules->lock);
    return st;
}

cd_status cd_sites_know(const cd_rules *rules, const char *name, cd_error *err)
{
    for (size_t i = 0; i < rules->sites->n; i++) {
        cd_rules *list = NULL;
        CD_TRY(cd_rules_new(&list, err));
        cd_site   look = {.host = rules->sites->at[i]->host};
        cd_status st = CD_OK;
        bool      found = false;
        for (const cd_site_file *file = rules->sites->at[i]->files; file && st == CD_OK; file = file->next) st = parse_file(&look, list, &look, file, err);
        for (size_t k = 0; k < list->n; k++) found = found || strcmp(list->at[k]->label.name, name) == 0;
        cd_rules_free(list);
        if (st != CD_OK || found) return st;
    }
    return cd_fail(err, CD_EUSAGE, "no rule is called '%s'", name);
}

cd_status cd_site_find(const cd_rules *rules, cd_span host, const cd_site **site, cd_error *err)
{
    char small[256]; /* a host has at most 253 letters */
    *site = NULL;
    if (rules->sites->n == 0 || host.len == 0 || host.len > sizeof small) return CD_OK;
    for (size_t i = 0; i < host.len; i++) small[i] = (char)(host.ptr[i] >= 'A' && host.ptr[i] <= 'Z' ? host.ptr[i] + 32 : host.ptr[i]);
    cd_site *found = look_up_nearest(rules->sites, (cd_span){small, host.len});
    *site = found;
    return found ? need_site(rules, found, err) : CD_OK;
}

/* ---- all rules, those of every host among them ---- */

/* Rules that a host has from the hosts above it have the number that they have there. */
static void number_inherited(const cd_sites *sites, const cd_site *site)
{
    for (size_t i = 0; i < site->rules->n; i++) {
        cd_rule       *rule = site->rules->at[i];
        const cd_site *home = rule->label.host == site->host.ptr ? NULL : look_up(sites, cd_span_of(rule->label.host));
        for (size_t k = 0; home && k < home->rules->n; k++) {
            const cd_rule *same = home->rules->at[k];
            if (same->head.line == rule->head.line && strcmp(same->head.file, rule->head.file) == 0) rule->label.number = same->label.number;
        }
    }
}

static cd_status number_all(const cd_rules *rules, cd_error *err)
{
    cd_sites *s = rules->sites;
    size_t    n = rules->n;
    for (size_t i = 0; i < s->n; i++) {
        CD_TRY(need_site(rules, s->at[i], err));
        n += s->at[i]->rules->n;
    }
    s->all = cd_arena_array(rules->arena, n + 1, sizeof *s->all);
    if (!s->all) return cd_fail_memory(err);
    for (size_t i = 0; i < rules->n; i++) s->all[s->nall++] = rules->at[i];
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < s->at[i]->rules->n; k++)
            if (s->at[i]->rules->at[k]->label.host == s->at[i]->host.ptr) s->all[s->nall++] = s->at[i]->rules->at[k];
    for (size_t i = 0; i < s->nall; i++) s->all[i]->label.number = i;
    for (size_t i = 0; i < s->n; i++) number_inherited(s, s->at[i]);
    return CD_OK;
}

cd_status cd_rules_every(const cd_rules *rules, cd_rule *const **all, size_t *n, cd_error *err)
{
    if (!rules->sites->all) CD_TRY(number_all(rules, err));
    *all = rules->sites->all;
    *n = rules->sites->nall;
    return CD_OK;
}

const cd_rules *cd_rules_home_of(const cd_rules *rules, const cd_rule *rule)
{
    return rule->label.host ? look_up(rules->sites, cd_span_of(rule->label.host))->rules : rules;
}
