/* scan_make.c -- needles of rules -> the tables with which texts are read. In: needles by rule. Out: a letter and a kind for every code
 * point of them, the list of needles by the grams that they are known by, and the bits that say where it is worth looking. */
#include "rules/scan_gram.h"

#include <stdlib.h>

const uint32_t cd_scan_tiers[TIERS] = {4, 10, 25, UINT32_MAX};

/* A scan while it is built, and what of it can be written to. */
typedef struct maker {
    cd_scan       *scan;
    uint8_t       *letters;
    cd_scan_draft *drafts;
    cd_scan_entry *entries;
    uint32_t      *keys, *rules;
    cd_gram_costs  costs;
} maker;

/* ---- letters ---- */

static cd_status set_letter(maker *m, cd_rune rune, unsigned letter)
{
    cd_scan  *scan = m->scan;
    uint16_t *page = &scan->pages[rune / PAGE_RUNES];
    if (*page == 0) {
        uint8_t *grown = realloc(m->letters, (scan->npages + 1) * PAGE_RUNES);
        if (!grown) return CD_ENOMEM;
        scan->letters = m->letters = grown;
        memset(grown + scan->npages * PAGE_RUNES, 0, PAGE_RUNES);
        *page = (uint16_t)scan->npages++;
    }
    m->letters[(size_t)*page * PAGE_RUNES + rune % PAGE_RUNES] = (uint8_t)letter;
    return CD_OK;
}

/* The next letter to give, and the first of those that several code points share once all are given. */
typedef struct letters {
    unsigned next, shared;
    bool     full;
} letters;

static cd_status new_letter(maker *m, letters *l, cd_rune rune)
{
    cd_scan *scan = m->scan;
    CD_TRY(set_letter(m, rune, l->next));
    if (!cd_scan_is_word(rune)) scan->kinds[l->next] = EDGE_KIND;
    else if (!l->full) scan->kinds[l->next] = (uint8_t)(ALNUM_LETTERS + 1 + l->next % (KINDS - 1 - ALNUM_LETTERS));
    scan->classes[l->next] = cd_scan_class(scan->kinds[l->next]);
    if (++l->next < LETTERS_MAX) return CD_OK;
    l->next = l->shared;
    l->full = true;
    return CD_OK;
}

/* Letters of Latin script and the signs that stand beside letters of any script: most texts are made of them. */
static bool is_common(cd_rune r) { return r < 0x250 || (r >= 0x2000 && r < 0x2070); }

/* A letter for every common code point of the needles, or for every other. */
static cd_status letter_part(maker *m, const cd_scan_rule *rules, size_t n, bool common, letters *l)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles.n; k++) {
            const cd_needle *needle = &rules[i].needles.at[k];
            cd_span          rest = {needle->text, needle->len};
            while (rest.len) {
                cd_rune rune = cd_utf8_take(&rest);
                if (is_common(rune) == common && !cd_scan_letter(m->scan, rune)) CD_TRY(new_letter(m, l, rune));
            }
        }
    return CD_OK;
}

/* A letter and a kind for every code point of the needles, a to z and the digit first: edges ask for those. Then the common ones, which
 * share theirs with no other as long as they are fewer than there are letters: a needle of a rare letter would cost every text that
 * has the common one. */
static cd_status letter_needles(maker *m, const cd_scan_rule *rules, size_t n)
{
    letters l = {.next = 1, .shared = ALNUM_LETTERS + 1};
    for (cd_rune rune = 'a'; rune <= 'z'; rune++, l.next++) CD_TRY(set_letter(m, rune, l.next));
    CD_TRY(set_letter(m, '0', l.next++));
    for (unsigned i = 1; i <= ALNUM_LETTERS; i++) m->scan->kinds[i] = m->scan->classes[i] = (uint8_t)i;
    CD_TRY(letter_part(m, rules, n, true, &l));
    if (!l.full) l.shared = l.next;
    return letter_part(m, rules, n, false, &l);
}

/* The same letter for all that fold to such a code point. */
static cd_status letter_families(maker *m)
{
    cd_scan *scan = m->scan;
    for (cd_rune rune = 0; (rune = cd_needle_next_folded(rune)) != CD_RUNE_END; rune++) {
        cd_rune  folded = cd_needle_fold(rune);
        unsigned letter = folded != rune ? cd_scan_letter(scan, folded) : 0;
        if (letter) CD_TRY(set_letter(m, rune, letter));
    }
    for (cd_rune rune = 0; rune < 128; rune++) scan->ascii[rune] = cd_scan_letter(scan, rune);
    return CD_OK;
}

/* ---- building ---- */

static cd_scan_draft *new_drafts(size_t n)
{
    cd_scan_draft *drafts = aligned_alloc(HALF_LINE, n * sizeof *drafts);
    return drafts ? memset(drafts, 0, n * sizeof *drafts) : NULL;
}

/* The classes that a letter of a kind may have, or a letter of any kind; gives their number. An edge may be a sign. */
static size_t list_classes(unsigned kind, bool any, uint32_t *classes)
{
    size_t n = 0;
    for (unsigned class = 0; any && class < CLASSES; class++) classes[n++] = class;
    if (any) return n;
    classes[n++] = cd_scan_class(kind);
    if (kind == EDGE_KIND) classes[n++] = SIGN_CLASS;
    return n;
}

/* Sets the bits of all rows of classes with which a needle's gram may end; in front of a short one any class may stand. */
static void set_ends(cd_grams *g, const cd_scan_draft *d, uint64_t window)
{
    uint32_t last[CLASSES] = {SIGN_CLASS}, middle[CLASSES], first[CLASSES];
    size_t   known = d->gram == SIGN_GRAM ? d->entry.behind : d->gram, nlast = 1, nmiddle, nfirst;
    if (d->gram != SIGN_GRAM) nlast = list_classes(window & (KINDS - 1), false, last);
    nmiddle = list_classes(window >> 6 & (KINDS - 1), known < 2, middle);
    nfirst = list_classes(window >> 12 & (KINDS - 1), known < 3, first);
    for (size_t i = 0; i < nfirst; i++)
        for (size_t k = 0; k < nmiddle; k++)
            for (size_t m = 0; m < nlast; m++) cd_scan_set_bit(g->ends, first[i] << 2 * CLASS_BITS | middle[k] << CLASS_BITS | last[m]);
}

/* Sets the bits by which a needle is found in a tier. */
static void set_bits(cd_scan_set *t, const cd_scan_draft *d, uint64_t window)
{
    cd_grams *both[2] = {&t->front, d->entry.edges & CD_EDGE_FRONT ? &t->front : &t->rest};
    for (size_t i = 0; i < 2; i++) {
        uint8_t *shorts = both[i]->shorts, bit = (uint8_t)(1u << d->gram);
        set_ends(both[i], d, window);
        if (d->gram == SIGN_GRAM) both[i]->signs[cd_scan_sign(&d->entry)] = true;
        if (d->gram == 2 || d->gram == 3) shorts[window & cd_scan_gram(2)] |= bit;
        for (uint32_t before = 0; before < KINDS && d->gram == 1; before++) shorts[before << 6 | (window & cd_scan_gram(1))] |= bit;
    }
}

static bool is_in_tier(const cd_scan_rule *rule, size_t tier)
{
    return rule->words_min <= cd_scan_tiers[tier] && (tier == 0 || rule->words_max > cd_scan_tiers[tier - 1]);
}

/* The bits among which most of the text is read in which a needle of the rule counts. */
static const cd_grams *grams_of(const cd_scan *scan, const cd_scan_rule *rule, const cd_needle *needle)
{
    size_t tier = TIERS - 1;
    while (tier > 0 && !is_in_tier(rule, tier)) tier--;
    return needle->edges & CD_EDGE_FRONT ? &scan->tiers[tier].front : &scan->tiers[tier].rest;
}

static void list_needle(maker *m, const cd_scan_rule *rule, const cd_needle *needle)
{
    cd_scan       *scan = m->scan;
    cd_scan_draft *d = &m->drafts[scan->n++];
    d->entry = (cd_scan_entry){.rules = rule->bit, .sharers = 1, .len = needle->runes, .edges = needle->edges};
    (void)cd_scan_spell(scan, (cd_span){needle->text, needle->len}, d->entry.letters);
    uint64_t window = cd_scan_choose(scan, grams_of(scan, rule, needle), &m->costs, needle, d);
    if (d->gram == SIGN_GRAM) scan->classes[cd_scan_sign(&d->entry)] = SIGN_CLASS;
    else if (d->gram == GRAM_MAX) cd_scan_set_bit(scan->sieve, d->hash >> (32 - SIEVE_BITS));
    else if (d->gram > 2) cd_scan_set_bit(scan->short_sieve, d->hash >> (32 - SHORT_SIEVE_BITS));
    for (size_t tier = 0; tier < TIERS; tier++) {
        if (!is_in_tier(rule, tier)) continue;
        set_bits(&scan->tiers[tier], d, window);
        d->places |= (uint8_t)(cd_scan_place(tier, true) | (needle->edges & CD_EDGE_FRONT ? 0 : cd_scan_place(tier, false)));
    }
}

/* Those of `runes` letters. */
static void list_needles(maker *m, const cd_scan_rule *rules, size_t n, size_t runes)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles.n; k++)
            if (rules[i].needles.at[k].runes == runes) list_needle(m, &rules[i], &rules[i].needles.at[k]);
}

/* Zero for two that find the same. */
static int order_needles(const cd_scan_draft *x, const cd_scan_draft *y)
{
    const cd_scan_entry *one = &x->entry, *other = &y->entry;
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (one->len != other->len) return one->len < other->len ? -1 : 1;
    if (one->edges != other->edges) return one->edges < other->edges ? -1 : 1;
    return memcmp(one->letters, other->letters, one->len);
}

/* Puts the drafts in the order of their keys, equal needles together and in the order of their rules: those of one bucket after
 * the other, each put in its place among the few that are there already. Twenty times as fast as qsort(), which every start
 * of the program would pay for. */
static cd_status sort_drafts(maker *m, size_t room)
{
    const size_t   n = m->scan->n;
    cd_scan_draft *sorted = new_drafts(room);
    size_t        *ends = calloc(BUCKETS + 1, sizeof *ends);
    if (sorted && ends) {
        for (size_t i = 0; i < n; i++) ends[cd_scan_bucket(m->drafts[i].hash) + 1]++;
        for (size_t bucket = 0; bucket < BUCKETS; bucket++) ends[bucket + 1] += ends[bucket]; /* ends[b]: where b begins, so far */
        for (size_t i = 0; i < n; i++) {
            const cd_scan_draft *d = &m->drafts[i];
            size_t       bucket = cd_scan_bucket(d->hash), at = ends[bucket]++;
            for (; at > 0 && cd_scan_bucket(sorted[at - 1].hash) == bucket && order_needles(d, &sorted[at - 1]) < 0; at--) sorted[at] = sorted[at - 1];
            sorted[at] = *d;
        }
    }
    free(ends);
    free(m->drafts);
    m->drafts = sorted;
    return sorted && ends ? CD_OK : CD_ENOMEM;
}

/* Lets the rules of equal needles share one entry. */
static void merge_drafts(maker *m)
{
    cd_scan *scan = m->scan;
    size_t n = 0;
    for (size_t i = 0; i < scan->n; i++) {
        cd_scan_draft *last = n ? &m->drafts[n - 1] : NULL;
        m->rules[i] = m->drafts[i].entry.rules;
        if (last && last->entry.sharers < SHARERS_MAX && order_needles(last, &m->drafts[i]) == 0) {
            last->entry.sharers++;
            last->places |= m->drafts[i].places;
            continue;
        }
        m->drafts[n] = m->drafts[i];
        m->drafts[n++].entry.rules = (uint32_t)i;
    }
    scan->n = n;
}

/* What texts are compared with. */
static void list_entries(maker *m)
{
    cd_scan *scan = m->scan;
    for (size_t i = 0; i < scan->n; i++) {
        const cd_scan_draft *d = &m->drafts[i];
        m->entries[i] = d->entry;
        m->keys[i] = cd_scan_key(d->hash) | (uint32_t)d->places << PLACE_SHIFT | (uint32_t)d->probe << PROBE_SHIFT;
    }
    for (size_t i = 0, bucket = 0; bucket <= BUCKETS; bucket++) {
        while (i < scan->n && cd_scan_bucket(m->drafts[i].hash) < bucket) i++;
        scan->buckets[bucket] = (uint32_t)i;
    }
}

static cd_status build(maker *m, const cd_scan_rule *rules, size_t n)
{
    cd_scan *scan = m->scan;
    size_t   needles = 1;
    for (size_t i = 0; i < n; i++) needles += rules[i].needles.n;
    scan->letters = m->letters = calloc(1, PAGE_RUNES);
    scan->npages = 1;
    m->drafts = new_drafts(needles);
    scan->entries = m->entries = aligned_alloc(HALF_LINE, needles * sizeof *m->entries);
    scan->rules = m->rules = calloc(needles, sizeof *m->rules);
    scan->keys = m->keys = calloc(needles, sizeof *m->keys);
    m->costs = (cd_gram_costs){cd_data_table("/grams.tsv"), calloc((size_t)1 << LOAD_BITS, 1)};
    if (!m->letters || !m->drafts || !m->entries || !m->rules || !m->keys || !m->costs.load) return CD_ENOMEM;
    CD_TRY(letter_needles(m, rules, n));
    CD_TRY(letter_families(m));
    for (size_t runes = 0; runes <= CD_NEEDLE_RUNES; runes++) list_needles(m, rules, n, runes); /* short ones have little choice */
    CD_TRY(sort_drafts(m, needles));
    merge_drafts(m);
    list_entries(m);
    return CD_OK;
}

cd_status cd_scan_new(const cd_scan_rule *rules, size_t n, cd_scan **made)
{
    cd_scan *scan = calloc(1, sizeof *scan);
    if (!scan) return CD_ENOMEM;
    maker     m = {.scan = scan};
    cd_status st = build(&m, rules, n);
    free(m.costs.load);
    free(m.drafts);
    if (st != CD_OK) {
        cd_scan_free(scan);
        return st;
    }
    *made = scan;
    return CD_OK;
}

void cd_scan_free(cd_scan *scan)
{
    if (!scan) return;
    free((void *)scan->letters); /* const for all others: of the scan that is made with the program they are no heap */
    free((void *)scan->entries);
    free((void *)scan->keys);
    free((void *)scan->rules);
    free(scan);
}
