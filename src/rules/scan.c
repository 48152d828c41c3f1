/* scan.c -- one pass over a text finds the needles of all rules. In: needles by rule. Out: tables with which a text is read, and
 * the bit of every rule of which a needle stands there.
 *
 * A text is first written as letters: one byte a code point, the same for all that fold to the same, 0 for what is in no
 * needle. There are at most 255 letters; where needles have more (thousands of rules in Chinese) some share one, and a rule
 * may be found where it is not: that costs a try, not a mistake. Letters are of 64 kinds: each that is surely part of a word
 * is of its own kind as long as there are enough, and all signs, blanks and the text's ends are one kind, the edge. Every
 * place is asked whether the kinds of the one to four letters that end there (a gram) are those by which some needle is known,
 * its rarest ones, edges included: a bit in a small table says no nearly everywhere, so that the whole works in the first-level
 * cache. Only where it says yes, needles are compared: they lie in one list for all texts, half a cache line each, since a page
 * touches most of them only once or twice.
 * (The automaton of Aho and Corasick was tried first: its tables do not fit the cache, and it was three times as slow.)
 *
 * Needles that must stand at a block's front are looked for there only. There is one set of bits each for short and for longer
 * texts: most rules are for short lines, most bytes are in long paragraphs. */
#include "rules/scan.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    PAGE_RUNES = 128,    /* code points that share a page of the letter table */
    PAGES = 0x110000 / PAGE_RUNES,
    LETTERS_MAX = 256,
    ALNUM_LETTERS = 27,  /* letters 1 to 27 are a to z and the digits */
    KINDS = 64,
    EDGE_KIND = 0,       /* letters 1 to 27 are kinds 1 to 27 */
    SIGN = KINDS,        /* is added to the edge kind of a letter by which needles are known */
    SIGN_GRAM = 0,       /* stands for the length of such a gram */
    GRAM_MAX = 6,        /* letters of a gram; there are none of five */
    KEY_BITS = 16,       /* of a gram's hash, for the list of needles */
    SIEVE_BITS = 16,     /* and for the sieve of grams of three letters and more: 32 KiB, of which texts touch little */
    BUCKET_SHIFT = 3,    /* the list of needles is entered by the upper bits of the key */
    BUCKETS = 1 << (KEY_BITS - BUCKET_SHIFT),
    FRONT_REACH = 9,     /* letters, edges counted, within which a needle for the front has its gram: behind them no such gram is looked for */
    SHARERS_MAX = 255    /* rules that one entry speaks for; more need another entry */
};

/* The most words of a text for each set of tables. */
static const uint32_t tiers[] = {4, 10, 25, UINT32_MAX};

enum { TIERS = sizeof tiers / sizeof tiers[0] };

/* By letters of a gram: its part of the window, which has six bits for each of the last ten kinds. */
static const uint64_t gram_masks[GRAM_MAX + 1] = {0, 0x3F, 0xFFF, 0x3FFFF, 0xFFFFFF, 0, 0xFFFFFFFFF};

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

/* A needle in the list. */
typedef struct entry {
    uint32_t rules;   /* where its rules begin in scan->rules */
    uint16_t key;     /* of its gram */
    uint8_t  sharers; /* how many rules */
    uint8_t  edges;   /* CD_EDGE_ flags */
    uint8_t  gram;    /* its length, or SIGN_GRAM */
    uint8_t  behind;  /* where the gram ends in the needle, the edges counted */
    uint8_t  probe;   /* one of its letters outside the gram if there is one, to be compared first */
    uint8_t  len;     /* letters */
    uint8_t  places;  /* where it counts: bits of place_of() */
    uint8_t  letters[CD_NEEDLE_RUNES];
} entry;

/* By which grams some needle is known. */
typedef struct grams {
    uint64_t sieve[(1 << SIEVE_BITS) / 64]; /* a bit a hash: of three letters and more */
    uint8_t  shorts[KINDS * KINDS]; /* by the last two kinds: bit n is set if one of n letters may end there, n < 4 */
    bool     signs[LETTERS_MAX];    /* by letter */
} grams;

/* Near the front all needles count, behind it those that may stand anywhere. */
typedef struct tables {
    grams front, rest;
} tables;

struct cd_scan {
    uint16_t pages[PAGES]; /* which page of `letters` a code point is in; page 0 is the empty one, which all share */
    uint8_t *letters;      /* PAGE_RUNES each */
    size_t   npages;
    uint8_t  ascii[128];   /* the letter of an ASCII character */
    uint8_t  kinds[LETTERS_MAX]; /* of letters */
    entry    *entries;     /* sorted by key */
    uint32_t *keys;        /* of the entries, and above KEY_BITS where they count (place_of()): what is looked through lies close together */
    uint32_t *rules;       /* of all entries */
    size_t    n;
    uint32_t  buckets[BUCKETS + 1]; /* by the upper bits of the key: its first entry */
    uint8_t   load[1 << KEY_BITS]; /* while it is built: needles by key */
    tables    tiers[TIERS];
};

/* ---- letters ---- */

static cd_status set_letter(cd_scan *scan, cd_rune rune, unsigned letter)
{
    uint16_t *page = &scan->pages[rune / PAGE_RUNES];
    if (*page == 0) {
        uint8_t *grown = realloc(scan->letters, (scan->npages + 1) * PAGE_RUNES);
        if (!grown) return CD_ENOMEM;
        scan->letters = grown;
        memset(grown + scan->npages * PAGE_RUNES, 0, PAGE_RUNES);
        *page = (uint16_t)scan->npages++;
    }
    scan->letters[(size_t)*page * PAGE_RUNES + rune % PAGE_RUNES] = (uint8_t)letter;
    return CD_OK;
}

static inline uint8_t letter_of(const cd_scan *scan, cd_rune rune)
{
    return scan->letters[(size_t)scan->pages[rune / PAGE_RUNES] * PAGE_RUNES + rune % PAGE_RUNES];
}

static bool is_alnum(uint8_t letter) { return (uint8_t)(letter - 1) < ALNUM_LETTERS; }

/* Whether `r` is a word character for every version of PCRE2, so that \W* never goes past it and \b never stands between it and a
 * letter: letters and digits of ASCII, the plain letters of some scripts. Where in doubt it is not one. */
static bool is_surely_word(cd_rune r)
{
    static const struct {
        cd_rune from, to;
    } plain[] = {{0xC0, 0xD6}, {0xD8, 0xF6}, {0xF8, 0x24F}, {0x391, 0x3C9}, {0x410, 0x44F}, {0x5D0, 0x5EA}, {0x621, 0x63A},
                 {0x641, 0x64A}, {0x3041, 0x3096}, {0x30A1, 0x30FA}, {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3}};
    if (r < 0x80) return (r >= '0' && r <= '9') || ((r | 32) >= 'a' && (r | 32) <= 'z');
    for (size_t i = 0; i < sizeof plain / sizeof plain[0] && r >= plain[i].from; i++)
        if (r <= plain[i].to) return cd_is_letter(r);
    return false;
}

/* A letter for every code point of the needles, a to z and the digit first: edges ask for those. A kind for every letter. */
static cd_status letter_needles(cd_scan *scan, const cd_scan_rule *rules, size_t n)
{
    unsigned next = 1;
    bool     shared = false;
    for (cd_rune rune = 'a'; rune <= 'z'; rune++, next++) CD_TRY(set_letter(scan, rune, next));
    CD_TRY(set_letter(scan, '0', next++));
    for (unsigned i = 1; i <= ALNUM_LETTERS; i++) scan->kinds[i] = (uint8_t)i;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles.n; k++) {
            const cd_needle *needle = &rules[i].needles.at[k];
            cd_span          rest = {needle->text, needle->len};
            while (rest.len) {
                cd_rune rune = cd_utf8_take(&rest);
                if (letter_of(scan, rune)) continue;
                CD_TRY(set_letter(scan, rune, next));
                if (!is_surely_word(rune)) scan->kinds[next] = EDGE_KIND;
                else if (!shared) scan->kinds[next] = (uint8_t)(ALNUM_LETTERS + 1 + next % (KINDS - 1 - ALNUM_LETTERS));
                if (++next < LETTERS_MAX) continue;
                next = ALNUM_LETTERS + 1;
                shared = true;
            }
        }
    return CD_OK;
}

/* The same letter for all that fold to such a code point. */
static cd_status letter_families(cd_scan *scan)
{
    for (cd_rune rune = 0; (rune = cd_needle_next_folded(rune)) != CD_RUNE_END; rune++) {
        cd_rune  folded = cd_needle_fold(rune);
        unsigned letter = folded != rune ? letter_of(scan, folded) : 0;
        if (letter) CD_TRY(set_letter(scan, rune, letter));
    }
    for (cd_rune rune = 0; rune < 128; rune++) scan->ascii[rune] = letter_of(scan, rune);
    return CD_OK;
}

/* Writes a text as letters and gives their number, at most text.len. */
static size_t spell(const cd_scan *scan, cd_span text, uint8_t *out)
{
    const char *at = text.ptr, *end = text.ptr + text.len;
    size_t      n = 0;
    while (at < end) {
        unsigned char c = (unsigned char)*at;
        if (c < 0x80) {
            out[n++] = scan->ascii[c];
            at++;
        } else {
            cd_span rest = {at, (size_t)(end - at)};
            out[n++] = letter_of(scan, cd_utf8_take(&rest));
            at = rest.ptr;
        }
    }
    return n;
}

/* ---- grams ---- */

/* The hash of the gram of `n` letters that ends with the lowest kind of the window; its upper bits count. Fibonacci hashing. The
 * number of letters goes in with it, since a gram that begins with an edge looks like a shorter one. */
static inline uint32_t hash_of(uint64_t window, size_t n)
{
    return (uint32_t)(((window & gram_masks[n]) | (uint64_t)n << 60) * 0x9E3779B97F4A7C15u >> 32);
}
static inline uint32_t key_of(uint64_t window, size_t n) { return hash_of(window, n) >> (32 - KEY_BITS); }

static inline bool has_bit(const uint64_t *bits, uint32_t key) { return bits[key / 64] >> (key % 64) & 1; }
static inline void set_bit(uint64_t *bits, uint32_t key) { bits[key / 64] |= (uint64_t)1 << (key % 64); }

static inline uint64_t shift_in(uint64_t window, uint8_t kind) { return window << 6 | (kind & (KINDS - 1)); }

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
        uint8_t kind = scan->kinds[letter_of(scan, cd_utf8_take(&rest))] & (KINDS - 1);
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

/* Lets a needle of signs be known by its rarest one. */
static void choose_sign(cd_scan *scan, const cd_needle *needle, entry *e)
{
    unsigned best = 0;
    cd_span  rest = {needle->text, needle->len};
    for (size_t i = 0; rest.len; i++) {
        unsigned bits = cd_needle_rarity(cd_utf8_take(&rest));
        if (bits <= best) continue;
        best = bits;
        e->behind = (uint8_t)(i + 1 + (needle->edges & CD_EDGE_LEFT));
        e->key = (uint16_t)key_of(e->letters[i], 2);
        e->probe = (uint8_t)i;
    }
    e->gram = SIGN_GRAM;
    scan->kinds[e->letters[e->probe]] = EDGE_KIND + SIGN;
}

/* Gives an entry the gram that is rarest in texts and among needles, as far as these are listed. */
static uint64_t choose_gram(cd_scan *scan, const kinds *k, const cd_needle *needle, entry *e)
{
    size_t   n = k->n >= GRAM_MAX ? GRAM_MAX : k->n > 4 ? 4 : k->n, left = needle->edges & CD_EDGE_LEFT ? 1 : 0;
    unsigned best = 0;
    uint64_t best_window = 0;
    size_t most = needle->edges & CD_EDGE_FRONT && k->n > FRONT_REACH ? FRONT_REACH : k->n;
    for (size_t i = 0; i + n <= most; i++) {
        uint64_t window = 0;
        unsigned score = 1 + rarity(k->at + i, n);
        for (size_t at = i; at < i + n; at++) window = shift_in(window, k->at[at]);
        for (unsigned load = scan->load[key_of(window, n)]; load && score > 1; load /= 2) score--;
        if (score <= best) continue;
        best = score;
        best_window = window;
        e->behind = (uint8_t)(i + n);
    }
    e->gram = (uint8_t)n;
    e->key = (uint16_t)key_of(best_window, n);
    e->probe = (uint8_t)(e->behind - left < e->len ? e->behind - left : e->behind > n + left ? e->behind - n - left - 1 : 0);
    if (scan->load[e->key] < UINT8_MAX) scan->load[e->key]++;
    return best_window;
}

/* ---- building ---- */

/* A bit for the texts of a tier, near their front or behind it. */
static unsigned place_of(size_t tier, bool front) { return 1u << (tier + (front ? TIERS : 0)); }

/* Sets the bits by which an entry is found in a tier. */
static void set_bits(tables *t, const entry *e, uint64_t window)
{
    grams *both[2] = {&t->front, e->edges & CD_EDGE_FRONT ? &t->front : &t->rest};
    for (size_t i = 0; i < 2; i++) {
        uint8_t *shorts = both[i]->shorts, bit = (uint8_t)(1u << e->gram);
        if (e->gram == SIGN_GRAM) both[i]->signs[e->letters[e->probe]] = true;
        if (e->gram > 2) set_bit(both[i]->sieve, hash_of(window, e->gram) >> (32 - SIEVE_BITS));
        if (e->gram == 2 || e->gram == 3) shorts[window & gram_masks[2]] |= bit;
        for (uint32_t before = 0; before < KINDS && e->gram == 1; before++) shorts[before << 6 | (window & gram_masks[1])] |= bit;
    }
}

static bool is_in_tier(const cd_scan_rule *rule, size_t tier)
{
    return rule->words_min <= tiers[tier] && (tier == 0 || rule->words_max > tiers[tier - 1]);
}

static void list_needle(cd_scan *scan, const cd_scan_rule *rule, const cd_needle *needle)
{
    entry *e = &scan->entries[scan->n++];
    *e = (entry){.rules = rule->bit, .sharers = 1, .len = needle->runes, .edges = needle->edges};
    (void)spell(scan, (cd_span){needle->text, needle->len}, e->letters);
    kinds    k = kinds_of(scan, needle);
    uint64_t window = 0;
    if (k.words) window = choose_gram(scan, &k, needle, e);
    else choose_sign(scan, needle, e);
    for (size_t tier = 0; tier < TIERS; tier++) {
        if (!is_in_tier(rule, tier)) continue;
        set_bits(&scan->tiers[tier], e, window);
        e->places |= (uint8_t)(place_of(tier, true) | (e->edges & CD_EDGE_FRONT ? 0 : place_of(tier, false)));
    }
}

/* Zero for two that find the same. */
static int order_needles(const entry *x, const entry *y)
{
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->len != y->len) return x->len < y->len ? -1 : 1;
    if (x->edges != y->edges) return x->edges < y->edges ? -1 : 1;
    return memcmp(x->letters, y->letters, x->len);
}

/* Puts the entries in the order of their keys, equal needles together and in the order of their rules: those of one bucket after
 * the other, each put in its place among the few that are there already. Twenty times as fast as qsort(), which every start
 * of the program would pay for. */
static cd_status sort_entries(cd_scan *scan, size_t room)
{
    entry  *sorted = calloc(room, sizeof *sorted);
    size_t *ends = calloc(BUCKETS + 1, sizeof *ends);
    if (sorted && ends) {
        for (size_t i = 0; i < scan->n; i++) ends[(scan->entries[i].key >> BUCKET_SHIFT) + 1]++;
        for (size_t bucket = 0; bucket < BUCKETS; bucket++) ends[bucket + 1] += ends[bucket]; /* ends[b]: where b begins, so far */
        for (size_t i = 0; i < scan->n; i++) {
            const entry *e = &scan->entries[i];
            size_t       bucket = e->key >> BUCKET_SHIFT, at = ends[bucket]++;
            for (; at > 0 && sorted[at - 1].key >> BUCKET_SHIFT == bucket && order_needles(e, &sorted[at - 1]) < 0; at--) sorted[at] = sorted[at - 1];
            sorted[at] = *e;
        }
    }
    free(ends);
    free(scan->entries);
    scan->entries = sorted;
    return sorted && ends ? CD_OK : CD_ENOMEM;
}

/* Lets the rules of equal needles share one entry. */
static void merge_entries(cd_scan *scan)
{
    size_t n = 0;
    for (size_t i = 0; i < scan->n; i++) {
        entry *last = n ? &scan->entries[n - 1] : NULL;
        scan->rules[i] = scan->entries[i].rules;
        if (last && last->sharers < SHARERS_MAX && order_needles(last, &scan->entries[i]) == 0) {
            last->sharers++;
            last->places |= scan->entries[i].places;
            continue;
        }
        scan->entries[n] = scan->entries[i];
        scan->entries[n++].rules = (uint32_t)i;
    }
    scan->n = n;
    for (size_t i = 0; i < n; i++) scan->keys[i] = scan->entries[i].key | (uint32_t)scan->entries[i].places << KEY_BITS;
    for (size_t i = 0, bucket = 0; bucket <= BUCKETS; bucket++) {
        while (i < n && scan->entries[i].key >> BUCKET_SHIFT < bucket) i++;
        scan->buckets[bucket] = (uint32_t)i;
    }
}

static cd_status build(cd_scan *scan, const cd_scan_rule *rules, size_t n)
{
    size_t needles = 1;
    for (size_t i = 0; i < n; i++) needles += rules[i].needles.n;
    scan->letters = calloc(1, PAGE_RUNES);
    scan->npages = 1;
    scan->entries = calloc(needles, sizeof *scan->entries);
    scan->rules = calloc(needles, sizeof *scan->rules);
    scan->keys = calloc(needles, sizeof *scan->keys);
    if (!scan->letters || !scan->entries || !scan->rules || !scan->keys) return CD_ENOMEM;
    CD_TRY(letter_needles(scan, rules, n));
    CD_TRY(letter_families(scan));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles.n; k++) list_needle(scan, &rules[i], &rules[i].needles.at[k]);
    CD_TRY(sort_entries(scan, needles));
    merge_entries(scan);
    return CD_OK;
}

cd_status cd_scan_new(const cd_scan_rule *rules, size_t n, cd_scan **made)
{
    cd_scan *scan = calloc(1, sizeof *scan);
    if (!scan) return CD_ENOMEM;
    cd_status st = build(scan, rules, n);
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
    free(scan->letters);
    free(scan->entries);
    free(scan->keys);
    free(scan->rules);
    free(scan);
}

/* ---- the pass ---- */

typedef struct pass {
    const cd_scan *scan;
    const uint8_t *letters;
    size_t         n;
    uint32_t       place; /* of the letters that are read: place_of(), where keys have it */
    size_t         front; /* needles for the front begin at this letter or before; SIZE_MAX: nowhere */
    uint64_t      *found;
} pass;

/* How many code points stand before the first word. */
static size_t first_word(cd_span text)
{
    for (size_t n = 0;; n++) {
        cd_rune r = cd_utf8_take(&text);
        if (r == CD_RUNE_END || is_surely_word(r)) return n;
    }
}

static bool stands_at(const pass *p, const entry *e, size_t at)
{
    const uint8_t *from = p->letters + at, *to = from + e->len;
    if (p->n - at < e->len || from[e->probe] != e->letters[e->probe]) return false;
    for (size_t i = 0; i < e->len; i++)
        if (from[i] != e->letters[i]) return false;
    if (e->edges & CD_EDGE_LEFT && at > 0 && is_alnum(from[-1])) return false;
    return !(e->edges & CD_EDGE_RIGHT) || to == p->letters + p->n || !is_alnum(*to);
}

/* Compares the needles that are known by the gram of `n` letters, or sign, of that hash which ends in front of letter `behind`. */
static void compare(const pass *p, size_t n, uint32_t hash, size_t behind)
{
    const cd_scan *scan = p->scan;
    uint32_t       key = hash >> (32 - KEY_BITS), bucket = key >> BUCKET_SHIFT;
    for (size_t i = scan->buckets[bucket], last = scan->buckets[bucket + 1]; i < last; i++) {
        if ((uint16_t)scan->keys[i] != key || !(scan->keys[i] & p->place)) continue;
        const entry *e = &scan->entries[i];
        size_t       at = behind + (e->edges & CD_EDGE_LEFT) - e->behind; /* the left edge counts as one letter */
        if (e->gram != n || at > p->n) continue; /* also where it would be below 0 */
        if (e->edges & CD_EDGE_FRONT && (p->front == SIZE_MAX || at > p->front)) continue;
        if (!stands_at(p, e, at)) continue;
        for (const uint32_t *rule = scan->rules + e->rules, *end = rule + e->sharers; rule < end; rule++)
            p->found[*rule / 64] |= (uint64_t)1 << (*rule % 64);
    }
}

/* Looks at the grams that end with the last kind of the window, in front of letter `behind`. */
static inline void look(const pass *p, const grams *g, uint64_t window, size_t behind)
{
    uint32_t hash = hash_of(window, 4), longer = hash_of(window, GRAM_MAX);
    unsigned shorts = g->shorts[window & gram_masks[2]];
    if (has_bit(g->sieve, longer >> (32 - SIEVE_BITS))) compare(p, GRAM_MAX, longer, behind);
    if (has_bit(g->sieve, hash >> (32 - SIEVE_BITS))) compare(p, 4, hash, behind);
    for (size_t n = 1; shorts >>= 1; n++) {
        hash = hash_of(window, n);
        if (shorts & 1 && (n < 3 || has_bit(g->sieve, hash >> (32 - SIEVE_BITS)))) compare(p, n, hash, behind);
    }
}

/* Reads letters from `i` to `to`; the window holds the kinds before. */
static uint64_t read(const pass *p, const grams *g, uint64_t window, size_t i, size_t to)
{
    for (; i < to; i++) {
        uint8_t letter = p->letters[i], kind = p->scan->kinds[letter];
        window = shift_in(window, kind);
        if (kind & SIGN && g->signs[letter]) compare(p, SIGN_GRAM, hash_of(letter, 2), i + 1);
        look(p, g, window, i + 1);
    }
    return window;
}

void cd_scan_run(const cd_scan *scan, const cd_scan_text *text, uint64_t *found)
{
    size_t tier = 0, near = 0;
    while (tier < TIERS - 1 && text->words > tiers[tier]) tier++;
    pass p = {scan, text->scratch, spell(scan, text->text, text->scratch), place_of(tier, true) << KEY_BITS, SIZE_MAX, found};
    if (text->begins) {
        p.front = first_word(text->text);
        near = p.n - p.front > FRONT_REACH ? p.front + FRONT_REACH : p.n; /* with the edge behind it */
    }
    const tables *t = &scan->tiers[tier];
    uint64_t      window = read(&p, &t->front, 0, 0, near); /* 0: edges */
    if (near < p.n) p.place = place_of(tier, false) << KEY_BITS;
    window = read(&p, &t->rest, window, near, p.n);
    look(&p, near == p.n ? &t->front : &t->rest, shift_in(window, EDGE_KIND), p.n + 1);
}
