/* mark.c -- lets every rule look at every block. In: a measured page without marks. Out: the same blocks with hits, hints, drops
 * and keeps. A block's folded text is scanned once for the needles of all rules; only rules whose needle stands there and
 * whose gate is open (words, place, language, host) run their pattern. Where the page's host has a rule file of its own its few
 * rules are tried besides, and their hits stand in front. At the end a drop rule that would take most of the page's prose is
 * held back. Text is never changed. */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/match.h"
#include "rules/site.h"

/* Limits that one rule may pass on one page before it is left alone there: each takes a millisecond or two, and a page may
 * have 200,000 blocks. */
enum { STRIKES_MAX = 10 };

/* Blocks with prose that a page must have before a rule can be said to take most of it. */
enum { PROSE_BLOCKS_MIN = 3 };

/* Steps (cd_page_spend) of one try of one rule, beside the bytes of its block. */
enum { TRY_STEPS = 20 };

typedef struct marker {
    const cd_rules *rules;
    cd_matcher     *m;
    cd_matcher     *site; /* for the rules of the page's host, or NULL: it has none */
    cd_page        *page;
    cd_block       *block;
    cd_span         text; /* of the block, as rules see it: behind a bullet that is a letter */
    cd_error       *err;
    cd_hit        **tail; /* where the block's next hit goes */
    bool            struck; /* a limit was passed: what is found from here on is not for the memo */
    uint64_t        steps;  /* work on the block at hand */
} marker;

/* ---- which rules may speak on this page ---- */

/* The host of an address: what stands behind the scheme and the user, up to port or path. */
static cd_span host_of(cd_span url)
{
    size_t at = cd_span_find(url, CD_SPAN("://")), n = 0;
    if (at < url.len) url = cd_span_sub(url, at + 3, url.len);
    while (n < url.len && !strchr("/?#", url.ptr[n])) n++;
    url.len = n;
    const char *user = memchr(url.ptr, '@', n);
    if (user) url = cd_span_sub(url, (size_t)(user + 1 - url.ptr), n);
    const char *port = memchr(url.ptr, ':', url.len);
    if (port) url.len = (size_t)(port - url.ptr);
    return url;
}

static bool is_host_in(cd_span host, const cd_spans *list)
{
    for (size_t i = 0; i < list->n; i++) {
        cd_span want = list->at[i];
        if (host.len < want.len || !cd_span_is_nocase(cd_span_sub(host, host.len - want.len, host.len), want)) continue;
        if (host.len == want.len || host.ptr[host.len - want.len - 1] == '.') return true;
    }
    return false;
}

/* The rules for the page's language, of which the matcher has the packs, less those for other hosts. */
static void begin_page(const cd_rules *rules, cd_matcher *m, cd_span host)
{
    memset(m->state, 0, rules->n * sizeof *m->state);
    for (size_t w = 0; w < rules->nwords; w++) m->live[w] = m->packs[0]->speaks[w] | m->packs[1]->speaks[w];
    for (size_t i = 0; i < rules->nhosted; i++) {
        size_t rule = rules->hosted[i];
        if (!is_host_in(host, &rules->at[rule]->hosts)) m->live[rule / 64] &= ~((uint64_t)1 << (rule % 64));
    }
}

/* The same for the few rules of a site. */
static void begin_site(const cd_rules *rules, cd_matcher *m, cd_span host, const char *language)
{
    for (size_t i = 0; i < rules->n; i++) {
        const cd_rule *rule = rules->at[i];
        if (rule->hosts.n && !is_host_in(host, &rule->hosts)) continue;
        if (cd_pack_speaks(rule, cd_span_of(language))) cd_bit_set(m->live, i);
    }
}

/* ---- one match of one rule ---- */

static bool has_letters(cd_span text)
{
    while (text.len) {
        cd_rune r = cd_utf8_take(&text);
        if (cd_is_letter(r) || cd_is_digit(r)) return true;
    }
    return false;
}

static cd_status add_hit(marker *k, const cd_rule *rule, cd_role field, size_t from, size_t to)
{
    size_t  skipped = (size_t)(k->text.ptr - k->block->text.ptr);
    cd_hit *hit = cd_arena_take(k->page->arena, sizeof *hit);
    if (!hit) return CD_ENOMEM;
    *hit = (cd_hit){.rule = &rule->label, .field = field, .value = cd_span_trim(cd_span_sub(k->text, from, to))};
    (void)cd_match_group(k->m, 0, &hit->from, &hit->to);
    hit->whole = !has_letters(cd_span_sub(k->text, 0, hit->from)) && !has_letters(cd_span_sub(k->text, hit->to, k->text.len));
    if (rule->label.action == CD_ACTION_FIX) k->page->fixed |= CD_BIT(field);
    hit->from += skipped;
    hit->to += skipped;
    *k->tail = hit;
    k->tail = &hit->next;
    return CD_OK;
}

/* The next named group with text behind (`at`, `group`), so that hits come in text order; 0 when there is none. */
static size_t next_named(const marker *k, const cd_rule *rule, size_t at, size_t group)
{
    size_t best = 0, best_from = SIZE_MAX, from, to;
    for (size_t i = 1; i <= rule->ngroups; i++) {
        if (rule->fields[i] == CD_ROLE_COUNT || !cd_match_group(k->m, i, &from, &to)) continue;
        if (cd_span_is_blank(cd_span_sub(k->text, from, to))) continue;
        if (from < at || (from == at && i <= group) || from >= best_from) continue;
        best = i;
        best_from = from;
    }
    return best;
}

/* The hits of a take or hint rule: one for each named group; where none took part the match as a whole, or group 1 of a
 * rule without names. */
static cd_status add_values(marker *k, const cd_rule *rule)
{
    size_t from, to, at = 0, group = 0, n = 0;
    while (rule->named && (group = next_named(k, rule, at, group)) != 0) {
        (void)cd_match_group(k->m, group, &from, &to);
        CD_TRY(add_hit(k, rule, rule->fields[group], from, to));
        at = from;
        n++;
    }
    if (n) return CD_OK;
    if (rule->named || !cd_match_group(k->m, 1, &from, &to)) (void)cd_match_group(k->m, 0, &from, &to);
    return add_hit(k, rule, rule->label.family, from, to);
}

static cd_status add_match(marker *k, const cd_rule *rule)
{
    size_t from, to;
    k->block->hints |= CD_BIT(rule->label.family);
    bool values = rule->label.action == CD_ACTION_TAKE || rule->label.action == CD_ACTION_FIX || rule->label.action == CD_ACTION_HINT;
    if (values) return add_values(k, rule);
    (void)cd_match_group(k->m, 0, &from, &to);
    return add_hit(k, rule, rule->label.family, from, to);
}

/* ---- one rule, one block ---- */

static void strike(marker *k, const cd_rule *rule)
{
    cd_rule_state *state = &k->m->state[rule->index];
    k->struck = true;
    k->steps += CD_LIMIT_MATCH_STEPS;
    if (++state->strikes == 1)
        cd_page_warn(k->page, "%s: match limit hit in block %zu", rule->label.name, (size_t)(k->block - k->page->blocks));
    if (state->strikes == STRIKES_MAX) k->m->live[rule->index / 64] &= ~((uint64_t)1 << (rule->index % 64));
}

/* Every match of a cutting rule in one subject; *n counts those of the block. */
static cd_status cut_subject(marker *k, const cd_rule *rule, cd_subject subject, size_t *n)
{
    while (*n < CD_LIMIT_CUTS) {
        size_t     from, to;
        cd_outcome outcome = cd_match(k->m, rule, &subject);
        if (outcome == CD_MATCH_LIMIT) strike(k, rule);
        if (outcome != CD_MATCH_FOUND) break;
        (void)cd_match_group(k->m, 0, &from, &to);
        if (to == from) { /* strikes nothing out: look again behind the next letter */
            cd_span rest = cd_span_sub(subject.text, to, subject.text.len);
            if (cd_utf8_take(&rest) == CD_RUNE_END) break;
            subject.from = subject.text.len - rest.len;
            continue;
        }
        CD_TRY(add_match(k, rule));
        subject.from = to;
        ++*n;
    }
    return CD_OK;
}

static cd_status try_rule(marker *k, const cd_rule *rule)
{
    cd_subject subjects[2];
    size_t     n = cd_subjects(k->text, subjects), cuts = 0;
    for (size_t i = 0; i < n; i++) {
        if (rule->label.action == CD_ACTION_CUT) {
            CD_TRY(cut_subject(k, rule, subjects[i], &cuts));
            continue;
        }
        cd_outcome outcome = cd_match(k->m, rule, &subjects[i]);
        if (outcome == CD_MATCH_FOUND) return add_match(k, rule);
        if (outcome == CD_MATCH_LIMIT) strike(k, rule);
    }
    return CD_OK;
}

static bool is_gate_open(const cd_gate *gate, const cd_block *block)
{
    return block->m.words >= gate->words_min && block->m.words <= gate->words_max && block->place & gate->where;
}

/* ---- what the hits decide ---- */

static cd_rule_state *state_of(const marker *k, const cd_rule_label *label)
{
    const cd_matcher *m = label->host ? k->site : k->m;
    return &m->state[((const cd_rule *)label)->index];
}

/* Whose word counts: a user's before ours, that of the page's host before what is for all. */
static int rank_of(const cd_rule_label *label) { return (label->users ? 2 : 0) + (label->host ? 1 : 0); }

/* The first drop and the first keep count. A drop stands against a keep of lower rank; else keep wins. */
static void decide(const marker *k, cd_block *block)
{
    block->drop = block->keep = NULL;
    for (const cd_hit *hit = block->hits; hit; hit = hit->next) {
        const cd_rule_label *rule = hit->rule;
        if (rule->action == CD_ACTION_DROP && !block->drop && !state_of(k, rule)->held) block->drop = rule;
        if (rule->action == CD_ACTION_KEEP && !block->keep) block->keep = rule;
    }
    if (!block->drop || !block->keep) return;
    if (rank_of(block->drop) > rank_of(block->keep)) block->keep = NULL;
    else block->drop = NULL;
}

/* ---- one block ---- */

/* Text browsers mark the items of a list in a list with the letter o, which patterns would take for a word. */
static cd_span text_for_rules(const cd_block *block)
{
    bool lettered = block->core && block->text.ptr[0] == 'o';
    return cd_span_sub(block->text, lettered ? block->core : 0, block->text.len);
}

/* Sets the bits of the rules to be tried on the block; true: the memo says which match it, and of how many tries. */
static bool list_trials(marker *k, uint64_t *trials, size_t *tries)
{
    cd_subject   subjects[2];
    cd_memo_line line;
    if (cd_memo_find(k->m->memo, k->text, k->block->place, &line)) {
        for (size_t i = 0; i < line.n; i++) cd_bit_set(trials, line.rules[i]);
        *tries = line.tries;
        return true;
    }
    cd_match_maybe(k->m, k->rules, subjects, cd_subjects(k->text, subjects), k->block->m.words);
    return false;
}

static cd_status mark_block(marker *k)
{
    uint64_t *trials = k->m->maybe;
    k->text = text_for_rules(k->block);
    k->tail = &k->block->hits;
    k->block->hits = NULL;
    k->block->hints = 0;
    size_t known_tries = 0, tries = 0;
    bool   known = list_trials(k, trials, &known_tries);
    k->steps = k->text.len;
    for (size_t w = 0; w < k->rules->nwords; w++) {
        uint64_t set = trials[w] & k->m->live[w];
        trials[w] = 0;
        for (; set; set &= set - 1) {
            size_t i = w * 64 + (size_t)__builtin_ctzll(set);
            if (!is_gate_open(&k->rules->gates[i], k->block)) continue;
            CD_TRY(cd_pattern_need(k->rules, k->rules->at[i], k->err));
            tries++;
            CD_TRY(try_rule(k, k->rules->at[i]));
        }
    }
    decide(k, k->block);
    if (!k->struck && !known) cd_memo_keep(k->m->memo, k->text, k->block, tries);
    if (known) tries = known_tries; /* so that steps do not depend on the pages before */
    return cd_page_spend(k->page, k->steps + tries * (TRY_STEPS + k->text.len), k->err);
}

/* ---- the rules of the page's host ---- */

/* Tries the site's rules on one block; their hits go in front of those that it has. */
static cd_status mark_for_site(marker *k, const marker *all)
{
    cd_hit  *others = k->block->hits;
    uint64_t hints = k->block->hints;
    k->text = text_for_rules(k->block);
    k->block->hits = NULL;
    k->tail = &k->block->hits;
    k->steps = 0;
    for (size_t i = 0; i < k->rules->n; i++) {
        if (!cd_bit_is_set(k->m->live, i) || !is_gate_open(&k->rules->gates[i], k->block)) continue;
        k->steps += TRY_STEPS + k->text.len;
        CD_TRY(try_rule(k, k->rules->at[i]));
    }
    *k->tail = others;
    k->block->hints |= hints;
    if (k->block->hits != others) decide(all, k->block);
    return cd_page_spend(k->page, k->steps, k->err);
}

/* A matcher for the few rules of a site, which lives as long as the page but for its match data. */
static cd_status mark_site(marker *all, const cd_site *site, cd_matcher *few, cd_span host)
{
    cd_arena *arena = all->page->arena;
    marker    k = {.rules = site->rules, .m = few, .page = all->page, .err = all->err};
    *few = (cd_matcher){.context = all->m->context, .data = pcre2_match_data_create(site->rules->max_groups + 1, NULL),
                        .live = cd_arena_array(arena, site->rules->nwords + 1, sizeof *few->live),
                        .state = cd_arena_array(arena, site->rules->n + 1, sizeof *few->state)};
    all->site = few;
    cd_status st = few->data && few->live && few->state ? CD_OK : CD_ENOMEM;
    if (st == CD_OK) begin_site(site->rules, few, host, all->page->language);
    for (size_t i = 0; i < all->page->nblocks && st == CD_OK; i++) {
        k.block = &all->page->blocks[i];
        st = mark_for_site(&k, all);
    }
    pcre2_match_data_free(few->data);
    few->data = NULL;
    all->page->manner = site->manner;
    return st;
}

/* ---- rules that would take the page ---- */

/* Holds back the first rule of a list whose drops take more than half of the prose; false when there is none. */
static bool hold_back_one(marker *k, const cd_rules *rules, cd_matcher *m)
{
    for (size_t i = 0; i < rules->n; i++) {
        if (m->state[i].dropped <= k->page->shape.prose / 2) continue;
        m->state[i].held = true;
        cd_page_warn(k->page, "%s: held back, it would drop most of the page's prose", rules->at[i]->label.name);
        for (size_t b = 0; b < k->page->nblocks; b++)
            if (k->page->blocks[b].drop == &rules->at[i]->label) decide(k, &k->page->blocks[b]);
        return true;
    }
    return false;
}

/* The same for all rules. */
static bool hold_back(marker *k, const cd_site *site)
{
    size_t prose_blocks = 0;
    for (size_t i = 0; i < k->rules->n; i++) k->m->state[i].dropped = 0;
    for (size_t i = 0; site && i < site->rules->n; i++) k->site->state[i].dropped = 0;
    for (size_t i = 0; i < k->page->nblocks; i++) {
        const cd_block *block = &k->page->blocks[i];
        if (block->m.prose) prose_blocks++;
        if (block->drop) state_of(k, block->drop)->dropped += block->m.prose;
    }
    if (prose_blocks < PROSE_BLOCKS_MIN) return false;
    return (site && hold_back_one(k, site->rules, k->site)) || hold_back_one(k, k->rules, k->m);
}

cd_status cd_rules_mark(const cd_rules *rules, cd_matcher *matcher, cd_page *page, cd_error *err)
{
    marker         k = {.rules = rules, .m = matcher, .page = page, .err = err};
    cd_span        host = page->url.len ? host_of(page->url) : CD_SPAN("");
    const cd_site *site = NULL;
    cd_matcher     few;
    cd_status      st = cd_site_find(rules, host, &site, err);
    if (st == CD_ERULES && err) err->reason = "bad_rules";
    if (st != CD_OK) return st;
    CD_TRY(cd_match_begin(matcher, rules, cd_span_of(page->language), err));
    begin_page(rules, matcher, host);
    cd_memo_begin(matcher->memo, matcher->live);
    for (size_t i = 0; i < page->nblocks; i++) {
        k.block = &page->blocks[i];
        st = mark_block(&k);
        if (st != CD_OK) return st == CD_ELIMIT ? st : cd_fail_memory(err);
    }
    if (site) st = mark_site(&k, site, &few, host);
    if (st != CD_OK) return st == CD_ELIMIT ? st : cd_fail_memory(err);
    while (hold_back(&k, site)) {} /* the next rule that drops the same blocks may be as bad */
    return CD_OK;
}
