/* scan_gram.c -- needle -> the gram by which it is known. In: a needle and the bits that are set for those before it. Out: which of its
 * letters a text is looked through for, so that texts give as few looks and comparisons as can be. */
#include "rules/scan_gram.h"

/* How rare a kind is behind another, in bits, as hexadecimal digits: rows and columns are the edge, a to z and the digit. Counted
 * in news and other pages, most of them English (README, "Accuracy"). The last row is for a kind by itself. */
static const char pair_bits[ALNUM_LETTERS + 2][ALNUM_LETTERS + 2] = {
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

/* How rare a row of kinds is, in bits, as its pairs tell. */
static unsigned rarity_by_pairs(const uint8_t *row, size_t n)
{
    enum { OTHER_BITS = 8, ALONE = ALNUM_LETTERS + 1 };
    unsigned bits = 0, before = ALONE;
    for (size_t i = 0; i < n; before = row[i++]) {
        if (row[i] > ALNUM_LETTERS) {
            bits += OTHER_BITS;
        } else {
            char digit = pair_bits[before > ALNUM_LETTERS ? ALONE : before][row[i]];
            bits += (unsigned)(digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
    }
    return bits;
}

/* How rare it is in texts: as counted (data/tables/grams.tsv), or, where it is too rare to stand there, as its pairs tell. */
static unsigned rarity(const cd_data_file *counted, const uint8_t *row, size_t n)
{
    char     gram[GRAM_MAX];
    cd_span  bits;
    unsigned least = n == 3 ? 12 : n == 4 || n == 6 ? 14 : 0; /* the table goes so far */
    for (size_t i = 0; i < n && least; i++) {
        if (row[i] > ALNUM_LETTERS) return rarity_by_pairs(row, n);
        gram[i] = "_abcdefghijklmnopqrstuvwxyz0"[row[i]];
    }
    if (least && cd_data_find(counted, (cd_span){gram, n}, cd_hash_bytes((cd_span){gram, n}), &bits)) {
        unsigned number = 0;
        for (size_t i = 0; i < bits.len; i++) number = number * 10 + (unsigned)(bits.ptr[i] - '0');
        return number;
    }
    unsigned pairs = rarity_by_pairs(row, n);
    return pairs > least ? pairs : least;
}

/* The last of a needle's rarest signs, so that others stand in front of it; *bits: how rare it is in texts, in bits. */
static size_t rarest_sign(const cd_scan *scan, const cd_needle *needle, const cd_scan_entry *e, unsigned *bits)
{
    static const uint8_t counted[] = {0, 0, 2, 7, 9, 10, 10, 12, 15}; /* by cd_needle_rarity(), which weighs signs against letters */
    size_t  at = 0;
    cd_span rest = {needle->text, needle->len};
    *bits = 0;
    for (size_t i = 0; rest.len; i++) {
        unsigned mine = cd_needle_rarity(cd_utf8_take(&rest));
        if (scan->kinds[e->letters[i]] != EDGE_KIND || mine < *bits) continue;
        *bits = mine;
        at = i;
    }
    *bits = counted[*bits < sizeof counted ? *bits : sizeof counted - 1];
    return at;
}

/* Lets a needle be known by its sign at `at`. */
static void choose_sign(size_t at, cd_scan_draft *d)
{
    d->entry.behind = (uint8_t)(at + 1 + (d->entry.edges & CD_EDGE_LEFT));
    d->hash = cd_scan_hash(d->entry.letters[at], SIGN_GRAM);
    d->gram = SIGN_GRAM;
}

/* How often something so rare stands in a text of a million letters, or so. */
static uint32_t share(unsigned bits) { return bits < 20 ? (uint32_t)1 << (20 - bits) : 0; }

enum { COMPARISON = 10 }; /* as dear as so many looks */

/* What a gram costs a text: a look wherever its last three classes stand, unless there is one already for the sake of other
 * needles of such rules, and a comparison with each needle that is known by it. */
static uint64_t cost_of(const cd_gram_costs *costs, const cd_grams *g, const uint8_t *row, size_t n, uint64_t window)
{
    size_t   last = n > 3 ? n - 3 : 0;
    uint32_t ends = 0, others = costs->load[cd_scan_hash(window, n) >> (32 - LOAD_BITS)];
    unsigned bits = rarity(costs->counted, row, n);
    for (size_t i = last; i < n; i++) ends = cd_scan_row(ends, cd_scan_class(row[i]));
    uint64_t cost = (uint64_t)share(bits) * COMPARISON * (others + 1);
    if (!cd_scan_has(g->ends, ends)) cost += share(rarity(costs->counted, row + last, n - last));
    return cost << 8 | (255 - (bits < 255 ? bits : 255)); /* of two that cost nothing the rarer one */
}

/* Gives a needle the gram that costs least, and what that is in *least. */
static uint64_t choose_gram(const cd_gram_costs *costs, const kinds *k, const cd_grams *g, cd_scan_draft *d, uint64_t *least)
{
    size_t   most = d->entry.edges & CD_EDGE_FRONT && k->n > FRONT_REACH ? FRONT_REACH : k->n;
    uint64_t best = UINT64_MAX, best_window = 0;
    for (size_t to = k->n < 3 ? k->n : 3; to <= most; to++) {
        size_t   n = to >= GRAM_MAX ? GRAM_MAX : to > 4 ? 4 : to;
        uint64_t window = 0;
        for (size_t at = to - n; at < to; at++) window = cd_scan_shift(window, k->at[at]);
        uint64_t cost = cost_of(costs, g, k->at + to - n, n, window);
        if (cost >= best) continue;
        best = cost;
        best_window = window;
        d->entry.behind = (uint8_t)to;
        d->gram = (uint8_t)n;
    }
    d->hash = cd_scan_hash(best_window, d->gram);
    *least = best >> 8;
    return best_window;
}

/* The letter behind the gram is compared first, or the one in front of it, if the needle has any there; else its last one, if that is
 * a sign, which the gram does not tell from others. */
static void choose_probe(const cd_scan *scan, cd_scan_draft *d)
{
    const cd_scan_entry *e = &d->entry;
    size_t left = e->edges & CD_EDGE_LEFT ? 1 : 0, n = d->gram == SIGN_GRAM ? 1 : d->gram;
    if (e->behind - left < e->len) d->probe = PROBE_BEHIND | (e->letters[e->behind - left] & PROBE_LETTER);
    else if (e->behind > n + left) d->probe = PROBE_BEFORE | (e->letters[e->behind - n - left - 1] & PROBE_LETTER);
    else if (e->behind - left == e->len && scan->kinds[e->letters[e->len - 1]] == EDGE_KIND) d->probe = PROBE_LAST | (e->letters[e->len - 1] & PROBE_LETTER);
}

uint64_t cd_scan_choose(const cd_scan *scan, const cd_grams *g, const cd_gram_costs *costs, const cd_needle *needle, cd_scan_draft *d)
{
    kinds    k = kinds_of(scan, needle);
    uint64_t window = 0, cost = UINT64_MAX;
    unsigned bits;
    size_t   sign = rarest_sign(scan, needle, &d->entry, &bits);
    if (k.words) window = choose_gram(costs, &k, g, d, &cost);
    if (!k.words || (bits && cost > share(bits) * (COMPARISON + 1))) {
        choose_sign(sign, d);
        for (size_t at = window = 0; at < d->entry.behind; at++) window = cd_scan_shift(window, k.at[at]);
    }
    uint8_t *alike = &costs->load[d->hash >> (32 - LOAD_BITS)];
    if (d->gram != SIGN_GRAM && *alike < UINT8_MAX) ++*alike;
    choose_probe(scan, d);
    return window;
}
