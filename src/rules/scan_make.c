/* scan_make.c -- needles of rules -> the tables with which texts are read. In: needles by rule. Out: a letter and a kind for every code
 * point of them, the list of needles by the grams that they are known by, and the bits that say where it is worth looking. */
#include "rules/scan_tables.h"

#include <stdlib.h>

const uint32_t cd_scan_tiers[TIERS] = {4, 10, 25, UINT32_MAX};

/* How rare a kind is behind another, in bits, as hexadecimal digits: rows and columns are the edge, a to z and the digit. Counted
 * in news and other pages, most of them English (README, "Accuracy"). The last row is for a kind by itself. */
static const char costs[ALNUM_LETTERS + 2][ALNUM_LETTERS + 2] = {
    "14656667658866755a654786c7a6", "49545a7595a6352b5b343668859c", "5379a2baa48b38939c4583abe4b9",
    "53a6a3bc34c45ab2ab5635cde6ca", "14986297a39c78849d65a579d7db", "2475457796c955386833596667ac",
    "24baa34cc3cb5ab2ae4855fcd7da", "149aa3a744cc58549c4675cbd6ca", "339aa1bdc3cd7973ac6856c9e7cb",
    "55745455bab745246954395d9b7c", "53b982aaa5a9a7927a96a299aab8", "2587827883a858557b746689e6ca",
    "33985379c3c838937f955589e4bb", "3259a28ab3dc85934da595bac6ca", "2595347395a77965aca4377bb7ab",
    "37765846979654355e35535598bd", "33a9839954eb37834f3555bbc7ba", "47a9a9bac7ab69abad96a0aabbb7",
    "23866276a4d676648c744669e5bc", "15a5a39b54c777845aa435a8f7cb", "24a8b38b23dd78939e5565a7c5ac",
    "45545575a5b945395d233abb98ac", "63bab1b9c2ccaab57f97c9bdc8d8", "33a993ad32db8b53be648ac8e9da",
    "249494ab73ba88882a9836a988b6", "177785bab6cb77726f856ac8cd9b", "3389819973b978849b9864b6a658",
    "19999aa9aab8a89c9da99baa9bb1",
    "2475546654a756446a44467796a7",
};

/* A scan while it is built, and what of it can be written to. */
typedef struct maker {
    cd_scan       *scan;
    uint8_t       *letters;
    cd_scan_entry *entries;
    uint32_t      *keys, *rules;
    uint8_t       *load; /* needles by the upper bits of the hash */
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

/* Classes 0 to 27 are the kinds of those numbers, and further kinds share the others. */
static uint8_t class_of(unsigned kind)
{
    return (uint8_t)(kind < OTHER_CLASS ? kind : OTHER_CLASS + kind % (SIGN_CLASS - OTHER_CLASS));
}

/* A letter for every code point of the needles, a to z and the digit first: edges ask for those. A kind for every letter. */
static cd_status letter_needles(maker *m, const cd_scan_rule *rules, size_t n)
{
    cd_scan *scan = m->scan;
    unsigned next = 1;
    bool     shared = false;
    for (cd_rune rune = 'a'; rune <= 'z'; rune++, next++) CD_TRY(set_letter(m, rune, next));
    CD_TRY(set_letter(m, '0', next++));
    for (unsigned i = 1; i <= ALNUM_LETTERS; i++) scan->kinds[i] = scan->classes[i] = (uint8_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles.n; k++) {
            const cd_needle *needle = &rules[i].needles.at[k];
            cd_span          rest = {needle->text, needle->len};
            while (rest.len) {
                cd_rune rune = cd_utf8_take(&rest);
                if (cd_scan_letter(scan, rune)) continue;
                CD_TRY(set_letter(m, rune, next));
                if (!cd_scan_is_word(rune)) scan->kinds[next] = EDGE_KIND;
                else if (!shared) scan->kinds[next] = (uint8_t)(ALNUM_LETTERS + 1 + next % (KINDS - 1 - ALNUM_LETTERS));
                scan->classes[next] = class_of(scan->kinds[next]);
                if (++next < LETTERS_MAX) continue;
                next = ALNUM_LETTERS + 1;
                shared = true;
            }
        }
    return CD_OK;
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

/* ---- grams ---- */

/* A needle as kinds, with the edges that it must have. */
typedef struct kinds {
    uint8_t at[CD_NEEDLE_RUNES + 2];
    size_t  n;
    bool    words; /* there are others than edges */
} kinds;

static kinds kinds_of(const cd_scan *scan, const cd_needle *needle)
{
    kinds   k = {.n = 0};
    cd_span rest = {needle->text, needle->len};
    if (needle->edges & CD_EDGE_LEFT) k.at[k.n++] = EDGE_KIND;
    while (rest.len) {
        uint8_t kind = scan->kinds[cd_scan_letter(scan, cd_utf8_take(&rest))];
        k.words |= kind != EDGE_KIND;
        k.at[k.n++] = kind;
    }
    if (needle->edges & CD_EDGE_RIGHT) k.at[k.n++] = EDGE_KIND;
    return k;
}

/* How rare a row of kinds is in texts, in bits. */
static unsigned rarity(const uint8_t *row, size_t n)
{
    enum { OTHER_BITS = 8, ALONE = ALNUM_LETTERS + 1 };
    unsigned bits = 0, before = ALONE;
    for (size_t i = 0; i < n; before = row[i++]) {
        if (row[i] > ALNUM_LETTERS) {
            bits += OTHER_BITS;
        } else {
            char digit = costs[before > ALNUM_LETTERS ? ALONE : before][row[i]];
            bits += (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
    }
    return bits;
}

/* The sign that a needle is known by. */
static uint8_t sign_of(const cd_scan_entry *e) { return e->letters[e->behind - 1 - (e->edges & CD_EDGE_LEFT ? 1 : 0)]; }

/* Lets a needle of signs be known by its rarest one. */
static void choose_sign(cd_scan *scan, const cd_needle *needle, cd_scan_entry *e)
{
    unsigned best = 0;
    cd_span  rest = {needle->text, needle->len};
    for (size_t i = 0; rest.len; i++) {
        unsigned bits = cd_needle_rarity(cd_utf8_take(&rest));
        if (bits < best) continue; /* the last of them, so that others stand in front of it */
        best = bits;
        e->behind = (uint8_t)(i + 1 + (needle->edges & CD_EDGE_LEFT));
        e->hash = cd_scan_hash(e->letters[i], SIGN_GRAM);
    }
    e->gram = SIGN_GRAM;
    scan->classes[sign_of(e)] = SIGN_CLASS;
}

/* How often something so rare stands in a text of a million letters, or so. */
static uint32_t share(unsigned bits) { return bits < 20 ? (uint32_t)1 << (20 - bits) : 0; }

/* What a gram costs a text: a look wherever its last three classes stand, unless there is one already for the sake of other
 * needles of such rules, and a comparison with each needle that is known by it. */
static uint64_t cost_of(const maker *m, const cd_grams *g, const uint8_t *row, size_t n, uint64_t window)
{
    enum { COMPARISON = 10 }; /* as dear as so many looks */
    size_t   last = n > 3 ? n - 3 : 0;
    uint32_t ends = 0, load = m->load[cd_scan_hash(window, n) >> (32 - LOAD_BITS)];
    unsigned bits = rarity(row, n);
    for (size_t i = last; i < n; i++) ends = cd_scan_row(ends, class_of(row[i]));
    uint64_t cost = (uint64_t)share(bits) * COMPARISON * (load + 1);
    if (!cd_scan_has(g->ends, ends)) cost += share(rarity(row + last, n - last));
    return cost << 8 | (255 - (bits < 255 ? bits : 255)); /* of two that cost nothing the rarer one */
}

/* Gives an entry the gram that costs least. */
static uint64_t choose_gram(const maker *m, const kinds *k, const cd_grams *g, cd_scan_entry *e)
{
    size_t   most = e->edges & CD_EDGE_FRONT && k->n > FRONT_REACH ? FRONT_REACH : k->n;
    uint64_t best = UINT64_MAX, best_window = 0;
    for (size_t to = k->n < 3 ? k->n : 3; to <= most; to++) {
        size_t   n = to >= GRAM_MAX ? GRAM_MAX : to > 4 ? 4 : to;
        uint64_t window = 0;
        for (size_t at = to - n; at < to; at++) window = cd_scan_shift(window, k->at[at]);
        uint64_t cost = cost_of(m, g, k->at + to - n, n, window);
        if (cost >= best) continue;
        best = cost;
        best_window = window;
        e->behind = (uint8_t)to;
        e->gram = (uint8_t)n;
    }
    e->hash = cd_scan_hash(best_window, e->gram);
    uint8_t *load = &m->load[e->hash >> (32 - LOAD_BITS)];
    if (*load < UINT8_MAX) ++*load;
    return best_window;
}

/* ---- building ---- */

/* The classes that a letter of a kind may have, or a letter of any kind; gives their number. An edge may be a sign. */
static size_t list_classes(unsigned kind, bool any, uint32_t *classes)
{
    size_t n = 0;
    for (unsigned class = 0; any && class < CLASSES; class++) classes[n++] = class;
    if (any) return n;
    classes[n++] = class_of(kind);
    if (kind == EDGE_KIND) classes[n++] = SIGN_CLASS;
    return n;
}

/* Sets the bits of all rows of classes with which an entry's gram may end; in front of a short one any class may stand. */
static void set_ends(cd_grams *g, const cd_scan_entry *e, uint64_t window)
{
    uint32_t last[CLASSES] = {SIGN_CLASS}, middle[CLASSES], first[CLASSES];
    size_t   known = e->gram == SIGN_GRAM ? e->behind : e->gram, nlast = 1, nmiddle, nfirst; /* what stands before a sign is an edge */
    if (e->gram != SIGN_GRAM) nlast = list_classes(window & (KINDS - 1), false, last);
    nmiddle = list_classes(window >> 6 & (KINDS - 1), known < 2, middle);
    nfirst = list_classes(window >> 12 & (KINDS - 1), known < 3, first);
    for (size_t i = 0; i < nfirst; i++)
        for (size_t k = 0; k < nmiddle; k++)
            for (size_t m = 0; m < nlast; m++) cd_scan_set_bit(g->ends, first[i] << 2 * CLASS_BITS | middle[k] << CLASS_BITS | last[m]);
}

/* Sets the bits by which an entry is found in a tier. */
static void set_bits(cd_scan_set *t, const cd_scan_entry *e, uint64_t window)
{
    cd_grams *both[2] = {&t->front, e->edges & CD_EDGE_FRONT ? &t->front : &t->rest};
    for (size_t i = 0; i < 2; i++) {
        uint8_t *shorts = both[i]->shorts, bit = (uint8_t)(1u << e->gram);
        set_ends(both[i], e, window);
        if (e->gram == SIGN_GRAM) both[i]->signs[sign_of(e)] = true;
        if (e->gram == GRAM_MAX) cd_scan_set_bit(both[i]->sieve, e->hash >> (32 - SIEVE_BITS));
        else if (e->gram > 2) cd_scan_set_bit(both[i]->short_sieve, e->hash >> (32 - SHORT_SIEVE_BITS));
        if (e->gram == 2 || e->gram == 3) shorts[window & cd_scan_gram(2)] |= bit;
        for (uint32_t before = 0; before < KINDS && e->gram == 1; before++) shorts[before << 6 | (window & cd_scan_gram(1))] |= bit;
    }
}

static bool is_in_tier(const cd_scan_rule *rule, size_t tier)
{
    return rule->words_min <= cd_scan_tiers[tier] && (tier == 0 || rule->words_max > cd_scan_tiers[tier - 1]);
}

/* The letter behind the gram is compared first, or the one in front of it, if the needle has any there. */
static void choose_probe(cd_scan_entry *e)
{
    size_t left = e->edges & CD_EDGE_LEFT ? 1 : 0, n = e->gram == SIGN_GRAM ? 1 : e->gram;
    if (e->behind - left < e->len) e->probe = PROBE_BEHIND | (e->letters[e->behind - left] & PROBE_LETTER);
    else if (e->behind > n + left) e->probe = PROBE_BEFORE | (e->letters[e->behind - n - left - 1] & PROBE_LETTER);
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
    cd_scan_entry *e = &m->entries[scan->n++];
    *e = (cd_scan_entry){.rules = rule->bit, .sharers = 1, .len = needle->runes, .edges = needle->edges};
    (void)cd_scan_spell(scan, (cd_span){needle->text, needle->len}, e->letters);
    kinds    k = kinds_of(scan, needle);
    uint64_t window = 0;
    if (k.words) window = choose_gram(m, &k, grams_of(scan, rule, needle), e);
    else choose_sign(scan, needle, e);
    choose_probe(e);
    for (size_t tier = 0; tier < TIERS; tier++) {
        if (!is_in_tier(rule, tier)) continue;
        set_bits(&scan->tiers[tier], e, window);
        e->places |= (uint8_t)(cd_scan_place(tier, true) | (e->edges & CD_EDGE_FRONT ? 0 : cd_scan_place(tier, false)));
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
static int order_needles(const cd_scan_entry *x, const cd_scan_entry *y)
{
    if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
    if (x->len != y->len) return x->len < y->len ? -1 : 1;
    if (x->edges != y->edges) return x->edges < y->edges ? -1 : 1;
    return memcmp(x->letters, y->letters, x->len);
}

/* Puts the entries in the order of their keys, equal needles together and in the order of their rules: those of one bucket after
 * the other, each put in its place among the few that are there already. Twenty times as fast as qsort(), which every start
 * of the program would pay for. */
static cd_status sort_entries(maker *m, size_t room)
{
    const size_t    n = m->scan->n;
    cd_scan_entry  *sorted = calloc(room, sizeof *sorted);
    size_t *ends = calloc(BUCKETS + 1, sizeof *ends);
    if (sorted && ends) {
        for (size_t i = 0; i < n; i++) ends[cd_scan_bucket(m->entries[i].hash) + 1]++;
        for (size_t bucket = 0; bucket < BUCKETS; bucket++) ends[bucket + 1] += ends[bucket]; /* ends[b]: where b begins, so far */
        for (size_t i = 0; i < n; i++) {
            const cd_scan_entry *e = &m->entries[i];
            size_t       bucket = cd_scan_bucket(e->hash), at = ends[bucket]++;
            for (; at > 0 && cd_scan_bucket(sorted[at - 1].hash) == bucket && order_needles(e, &sorted[at - 1]) < 0; at--) sorted[at] = sorted[at - 1];
            sorted[at] = *e;
        }
    }
    free(ends);
    free(m->entries);
    m->scan->entries = m->entries = sorted;
    return sorted && ends ? CD_OK : CD_ENOMEM;
}

/* Lets the rules of equal needles share one entry. */
static void merge_entries(maker *m)
{
    cd_scan *scan = m->scan;
    size_t n = 0;
    for (size_t i = 0; i < scan->n; i++) {
        cd_scan_entry *last = n ? &m->entries[n - 1] : NULL;
        m->rules[i] = m->entries[i].rules;
        if (last && last->sharers < SHARERS_MAX && order_needles(last, &m->entries[i]) == 0) {
            last->sharers++;
            last->places |= m->entries[i].places;
            continue;
        }
        m->entries[n] = m->entries[i];
        m->entries[n++].rules = (uint32_t)i;
    }
    scan->n = n;
    for (size_t i = 0; i < n; i++) m->keys[i] = cd_scan_key(m->entries[i].hash) | (uint32_t)m->entries[i].places << PLACE_SHIFT | (uint32_t)m->entries[i].probe << PROBE_SHIFT;
    for (size_t i = 0, bucket = 0; bucket <= BUCKETS; bucket++) {
        while (i < n && cd_scan_bucket(m->entries[i].hash) < bucket) i++;
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
    scan->entries = m->entries = calloc(needles, sizeof *m->entries);
    scan->rules = m->rules = calloc(needles, sizeof *m->rules);
    scan->keys = m->keys = calloc(needles, sizeof *m->keys);
    m->load = calloc((size_t)1 << LOAD_BITS, 1);
    if (!m->letters || !m->entries || !m->rules || !m->keys || !m->load) return CD_ENOMEM;
    CD_TRY(letter_needles(m, rules, n));
    CD_TRY(letter_families(m));
    for (size_t runes = 0; runes <= CD_NEEDLE_RUNES; runes++) list_needles(m, rules, n, runes); /* short ones have little choice */
    CD_TRY(sort_entries(m, needles));
    merge_entries(m);
    return CD_OK;
}

cd_status cd_scan_new(const cd_scan_rule *rules, size_t n, cd_scan **made)
{
    cd_scan *scan = calloc(1, sizeof *scan);
    if (!scan) return CD_ENOMEM;
    maker     m = {.scan = scan};
    cd_status st = build(&m, rules, n);
    free(m.load);
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
