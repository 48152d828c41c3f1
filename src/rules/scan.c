/* scan.c -- one pass over a text finds the needles of all rules. In: needles by rule. Out: tables with which a text is read, and
 * the bit of every rule of which a needle stands there.
 *
 * A text is first written as letters: one byte a code point, the same for all that fold to the same, 0 for what is in no
 * needle. There are at most 255 letters; where needles have more (thousands of rules in Chinese) some share one, and a rule
 * may be found where it is not: that costs a try, not a mistake. Then every place is asked whether the one, two or four
 * letters that end there (a gram) are those by which some needle is known, its rarest ones: a bit in a small table says
 * no nearly everywhere, so that the whole works in the first-level cache. Only where it says yes, needles are compared.
 * (The automaton of Aho and Corasick was tried first: its tables do not fit the cache, and it was three times as slow.)
 *
 * Needles that must stand at a block's front are looked for there only. There is one set of tables each for short
 * and for longer texts: most rules are for short lines, most bytes are in long paragraphs. */
#include "rules/scan.h"

#include <stdint.h>
#include <stdlib.h>

enum {
    PAGE_RUNES = 128,    /* code points that share a page of the letter table */
    PAGES = 0x110000 / PAGE_RUNES,
    CASED_TOP = 0x1FFFF, /* code points above this are in no case family but their own */
    LETTERS_MAX = 256,
    ALNUM_LETTERS = 27,  /* letters 1 to 27 are a to z and the digits */
    GRAMS = 3,           /* lengths of grams: see gram_lengths */
    KEY_BITS = 16,       /* grams are told apart by so many bits: 8 KiB a table */
    KEY_WORDS = 1 << (KEY_BITS - 6)
};

/* The most words of a text for each set of tables. */
static const uint32_t tiers[] = {4, 10, 25, UINT32_MAX};

enum { TIERS = sizeof tiers / sizeof tiers[0] };

/* Letters of a gram; a needle is known by the longest that it has room for. A window of 32 bits holds four. */
static const uint8_t gram_lengths[GRAMS] = {1, 2, 4};

/* The 200 commonest grams of four letters in English pages, one behind the other: a fifth of all text. No needle is known by one
 * of these if it has another. */
static const char common_grams[] =
    " theing the and  and to tion you of  forfor  in our atio proion with wityourhat  con is you ting tha"
    "mentith  coment 0000thats anare ionse th on s th 000n thng t thi caners  are or comps tong atherest "
    "ningighthis can ted thiss iness  it dingive ance pla inte cot thate  stae toout s ofore nce  traable"
    "ity e ofof t wore inringf the an000 ble formwork as overcontall d thons ents exped tnd tking reses a"
    "tures a  fromoreinte morin tter  usenterportfromonaltivectiorom ence appome servheres fonessinesher "
    " allon temenial d to insg thusin percomm evesion at r th be he s an  manave nal e rees trate sho lea"
    "reat service strbest rea notnd aallyies t tohow singnts iona by everentie prcialconsnd servilityexpe"
    " havght  presignicalng sine one ratito tviewe a lly ere time priage  where ahave a s newe fohe cure ";

/* A needle in the tables. */
typedef struct entry {
    uint32_t rule;
    uint32_t text;         /* its letters, in scan->texts */
    uint32_t key;          /* of its gram */
    uint8_t  len;          /* letters */
    uint8_t  offset;       /* of the gram in it */
    uint8_t  edges;
    uint8_t  probe, probe_letter; /* one of its letters outside the gram if there is one, to be compared first */
} entry;

/* Needles that are known by grams of one length. */
typedef struct gram_table {
    uint64_t *bits; /* a bit a key; NULL: the table is empty */
    uint32_t *rank; /* how many bits are set in front of each word of `bits` */
    uint32_t *from; /* by rank of the key's bit: its first entry; one more behind the last */
    entry    *entries;
    size_t    n;
} gram_table;

typedef struct tables {
    gram_table front[GRAMS], rest[GRAMS]; /* by length of the grams */
    uint64_t  *pairs; /* a bit for two letters: a gram of one or two in `rest` ends there */
} tables;

struct cd_scan {
    uint16_t pages[PAGES]; /* which page of `letters` a code point is in; page 0 is the empty one, which all share */
    uint8_t *letters;      /* PAGE_RUNES each */
    size_t   npages;
    uint8_t  ascii[128];   /* the letter of an ASCII character */
    uint8_t *texts;        /* letters of all needles */
    uint64_t common[KEY_WORDS]; /* keys of the common grams */
    tables   tiers[TIERS];
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

/* A letter for every code point of the needles, a to z and the digit first: edges ask for those. */
static cd_status letter_needles(cd_scan *scan, const cd_scan_rule *rules, size_t n)
{
    unsigned next = 1;
    for (cd_rune rune = 'a'; rune <= 'z'; rune++) CD_TRY(set_letter(scan, rune, next++));
    CD_TRY(set_letter(scan, '0', next++));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles->n; k++) {
            const cd_needle *needle = &rules[i].needles->at[k];
            cd_span          rest = {needle->text, needle->len};
            while (rest.len) {
                cd_rune rune = cd_utf8_take(&rest);
                if (letter_of(scan, rune)) continue;
                CD_TRY(set_letter(scan, rune, next));
                if (++next == LETTERS_MAX) next = ALNUM_LETTERS + 1;
            }
        }
    return CD_OK;
}

/* The same letter for all that fold to such a code point. */
static cd_status letter_families(cd_scan *scan)
{
    for (cd_rune rune = 0; rune <= CASED_TOP; rune++) {
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

/* The key of the gram that ends with the lowest byte of `last`, a window on the letters so far. */
static inline uint32_t key_of(uint32_t last, size_t gram)
{
    if (gram == 0) return last & 0xFF;
    if (gram == 1) return last & 0xFFFF;
    return last * 0x9E3779B1u >> (32 - KEY_BITS); /* Fibonacci hashing: four letters in 16 bits */
}

static inline bool has_bit(const uint64_t *bits, uint32_t key) { return bits[key / 64] >> (key % 64) & 1; }

static size_t gram_of(const cd_needle *needle)
{
    size_t gram = GRAMS - 1;
    while (gram > 0 && gram_lengths[gram] > needle->runes) gram--;
    return gram;
}

static inline uint32_t count_bits(uint64_t x) /* C11 has none, and gcc's own is a call where it may not assume the instruction */
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    x = (x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
    return (uint32_t)(x * 0x0101010101010101u >> 56);
}

static uint32_t key_at(const uint8_t *letters, size_t gram)
{
    uint32_t last = 0;
    for (size_t i = 0; i < gram_lengths[gram]; i++) last = last << 8 | letters[i];
    return key_of(last, gram);
}

static void set_common(cd_scan *scan)
{
    uint8_t letters[sizeof common_grams];
    size_t  n = spell(scan, cd_span_of(common_grams), letters), length = gram_lengths[GRAMS - 1];
    for (size_t i = 0; i + length <= n; i += length) {
        uint32_t key = key_at(letters + i, GRAMS - 1);
        scan->common[key / 64] |= (uint64_t)1 << (key % 64);
    }
}

/* Where the rarest gram begins in a needle. */
static size_t find_rarest(const cd_scan *scan, const cd_needle *needle, const uint8_t *letters, size_t gram)
{
    unsigned bits[CD_NEEDLE_RUNES] = {0}, best_bits = 0;
    cd_span  rest = {needle->text, needle->len};
    size_t   length = gram_lengths[gram], best = 0;
    for (size_t i = 0; rest.len; i++) bits[i] = cd_needle_rarity(cd_utf8_take(&rest));
    for (size_t i = 0; i + length <= needle->runes; i++) {
        unsigned sum = 0;
        for (size_t k = 0; k < length; k++) sum += bits[i + k];
        if (gram == GRAMS - 1 && has_bit(scan->common, key_at(letters + i, gram))) sum = 1;
        if (sum > best_bits) best = i, best_bits = sum;
    }
    return best;
}

static int by_key(const void *a, const void *b)
{
    const entry *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return (x->text > y->text) - (x->text < y->text);
}

/* From entries in any order to a table that can be asked. */
static cd_status index_table(gram_table *t)
{
    t->bits = calloc(KEY_WORDS, sizeof *t->bits);
    t->rank = calloc(KEY_WORDS, sizeof *t->rank);
    t->from = calloc(t->n + 1, sizeof *t->from);
    if (!t->bits || !t->rank || !t->from) return CD_ENOMEM;
    qsort(t->entries, t->n, sizeof *t->entries, by_key);
    uint32_t keys = 0;
    for (size_t i = 0; i < t->n; i++) {
        uint32_t key = t->entries[i].key;
        if (has_bit(t->bits, key)) continue;
        t->bits[key / 64] |= (uint64_t)1 << (key % 64);
        t->from[keys++] = (uint32_t)i;
    }
    t->from[keys] = (uint32_t)t->n;
    for (size_t w = 1; w < KEY_WORDS; w++) t->rank[w] = t->rank[w - 1] + count_bits(t->bits[w - 1]);
    return CD_OK;
}

/* ---- building ---- */

static gram_table *table_for(tables *t, const cd_needle *needle, bool front)
{
    return front ? &t->front[gram_of(needle)] : &t->rest[gram_of(needle)];
}

static void add_entry(cd_scan *scan, tables *t, const cd_scan_rule *rules, size_t rule, const cd_needle *needle, size_t text)
{
    gram_table    *table = table_for(t, needle, rules[rule].needles->front);
    const uint8_t *letters = scan->texts + text;
    size_t         gram = gram_of(needle), offset = find_rarest(scan, needle, letters, gram), behind = offset + gram_lengths[gram];
    size_t         probe = behind < needle->runes ? behind : offset ? offset - 1 : 0;
    table->entries[table->n++] = (entry){.rule = (uint32_t)rule, .text = (uint32_t)text, .key = key_at(letters + offset, gram),
                                         .len = needle->runes, .offset = (uint8_t)offset, .edges = needle->edges,
                                         .probe = (uint8_t)probe, .probe_letter = letters[probe]};
}

static bool is_in_tier(const cd_scan_rule *rule, size_t tier)
{
    return rule->words_min <= tiers[tier] && (tier == 0 || rule->words_max > tiers[tier - 1]);
}

/* Joins the short grams into one question for each place. */
static cd_status fill_pairs(tables *t)
{
    if (!t->rest[0].n && !t->rest[1].n) return CD_OK;
    t->pairs = calloc(1 << 10, sizeof *t->pairs);
    if (!t->pairs) return CD_ENOMEM;
    for (uint32_t pair = 0; pair < 1 << 16; pair++) {
        bool one = t->rest[0].n && has_bit(t->rest[0].bits, key_of(pair, 0));
        bool two = t->rest[1].n && has_bit(t->rest[1].bits, key_of(pair, 1));
        if (one || two) t->pairs[pair / 64] |= (uint64_t)1 << (pair % 64);
    }
    return CD_OK;
}

static cd_status fill_tier(cd_scan *scan, size_t tier, const cd_scan_rule *rules, size_t n)
{
    tables *t = &scan->tiers[tier];
    for (size_t i = 0; i < n; i++) /* counts first */
        for (size_t k = 0; k < rules[i].needles->n && is_in_tier(&rules[i], tier); k++)
            table_for(t, &rules[i].needles->at[k], rules[i].needles->front)->n++;
    for (size_t i = 0; i < 2 * GRAMS; i++) {
        gram_table *table = i < GRAMS ? &t->front[i] : &t->rest[i - GRAMS];
        table->entries = calloc(table->n + 1, sizeof *table->entries);
        if (!table->entries) return CD_ENOMEM;
        table->n = 0;
    }
    for (size_t i = 0, text = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles->n; text += rules[i].needles->at[k++].runes)
            if (is_in_tier(&rules[i], tier)) add_entry(scan, t, rules, i, &rules[i].needles->at[k], text);
    for (size_t i = 0; i < 2 * GRAMS; i++) {
        gram_table *table = i < GRAMS ? &t->front[i] : &t->rest[i - GRAMS];
        if (table->n) CD_TRY(index_table(table));
    }
    return fill_pairs(t);
}

static cd_status build(cd_scan *scan, const cd_scan_rule *rules, size_t n)
{
    size_t size = 1, at = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles->n; k++) size += rules[i].needles->at[k].runes;
    scan->letters = calloc(1, PAGE_RUNES);
    scan->npages = 1;
    scan->texts = calloc(size, 1);
    if (!scan->letters || !scan->texts) return CD_ENOMEM;
    CD_TRY(letter_needles(scan, rules, n));
    CD_TRY(letter_families(scan));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < rules[i].needles->n; k++)
            at += spell(scan, (cd_span){rules[i].needles->at[k].text, rules[i].needles->at[k].len}, scan->texts + at);
    set_common(scan);
    for (size_t i = 0; i < TIERS; i++) CD_TRY(fill_tier(scan, i, rules, n));
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

static void free_table(gram_table *t)
{
    free(t->bits);
    free(t->rank);
    free(t->from);
    free(t->entries);
}

void cd_scan_free(cd_scan *scan)
{
    if (!scan) return;
    for (size_t i = 0; i < TIERS; i++) {
        for (size_t k = 0; k < GRAMS; k++) {
            free_table(&scan->tiers[i].front[k]);
            free_table(&scan->tiers[i].rest[k]);
        }
        free(scan->tiers[i].pairs);
    }
    free(scan->letters);
    free(scan->texts);
    free(scan);
}

/* ---- the pass ---- */

typedef struct pass {
    const cd_scan *scan;
    const uint8_t *letters;
    size_t         n;
    size_t         start_max; /* needles begin at this letter or before */
    uint64_t      *found;
} pass;

/* Whether `r` is a word character for every version of PCRE2, so that \W* never goes past it: letters and digits of ASCII, the
 * plain letters of Latin, Greek and Cyrillic. Where in doubt it is not one, and the front reaches further. */
static bool is_surely_word(cd_rune r)
{
    if (r < 0x80) return (r >= '0' && r <= '9') || ((r | 32) >= 'a' && (r | 32) <= 'z');
    return ((r >= 0xC0 && r < 0x250 && r != 0xD7 && r != 0xF7) || (r >= 0x391 && r <= 0x3C9) || (r >= 0x410 && r <= 0x44F)) &&
           cd_is_letter(r);
}

/* How many code points stand before the first word. */
static size_t first_word(cd_span text)
{
    for (size_t n = 0;; n++) {
        cd_rune r = cd_utf8_take(&text);
        if (r == CD_RUNE_END || is_surely_word(r)) return n;
    }
}

/* Compares the needles of one gram, which begins at letter `at`. */
static void compare(const pass *p, const gram_table *t, uint32_t key, size_t at)
{
    size_t slot = t->rank[key / 64] + count_bits(t->bits[key / 64] & (((uint64_t)1 << (key % 64)) - 1));
    for (const entry *e = &t->entries[t->from[slot]], *end = &t->entries[t->from[slot + 1]]; e < end; e++) {
        if (e->offset > at || at - e->offset > p->start_max || p->n - (at - e->offset) < e->len) continue;
        const uint8_t *from = p->letters + (at - e->offset), *to = from + e->len, *want = p->scan->texts + e->text;
        size_t         i = 0;
        if (from[e->probe] != e->probe_letter) continue;
        while (i < e->len && from[i] == want[i]) i++;
        if (i < e->len) continue;
        if (e->edges & CD_EDGE_LEFT && from > p->letters && is_alnum(from[-1])) continue;
        if (e->edges & CD_EDGE_RIGHT && to < p->letters + p->n && is_alnum(*to)) continue;
        p->found[e->rule / 64] |= (uint64_t)1 << (e->rule % 64);
    }
}

/* The same for the gram that ends with letter `i`, if the text has room for it. */
static void look_for(const pass *p, const gram_table *t, size_t gram, uint32_t last, size_t i)
{
    uint32_t key = key_of(last, gram);
    if (t->bits && has_bit(t->bits, key) && i + 1 >= gram_lengths[gram]) compare(p, t, key, i + 1 - gram_lengths[gram]);
}

/* Needles that begin no later than the first word. */
static void look_at_front(const pass *p, const gram_table t[GRAMS])
{
    size_t   to = p->n - p->start_max > CD_NEEDLE_RUNES ? p->start_max + CD_NEEDLE_RUNES : p->n;
    uint32_t last = 0;
    for (size_t i = 0; i < to; i++) {
        last = last << 8 | p->letters[i];
        for (size_t gram = 0; gram < GRAMS; gram++) look_for(p, &t[gram], gram, last, i);
    }
}

static void look_anywhere(const pass *p, const tables *t)
{
    static const uint64_t none[KEY_WORDS];
    const uint64_t *pairs = t->pairs ? t->pairs : none, *longs = t->rest[GRAMS - 1].n ? t->rest[GRAMS - 1].bits : none;
    uint32_t        last = 0;
    for (size_t i = 0; i < p->n; i++) {
        last = last << 8 | p->letters[i];
        if (has_bit(longs, key_of(last, GRAMS - 1))) look_for(p, &t->rest[GRAMS - 1], GRAMS - 1, last, i);
        if (!has_bit(pairs, last & 0xFFFF)) continue;
        look_for(p, &t->rest[0], 0, last, i);
        look_for(p, &t->rest[1], 1, last, i);
    }
}

void cd_scan_run(const cd_scan *scan, const cd_scan_text *text, uint64_t *found)
{
    size_t tier = 0;
    while (tier < TIERS - 1 && text->words > tiers[tier]) tier++;
    const tables *t = &scan->tiers[tier];
    pass          p = {scan, text->scratch, spell(scan, text->text, text->scratch), 0, found};
    if (text->begins) {
        p.start_max = first_word(text->text);
        look_at_front(&p, t->front);
    }
    p.start_max = p.n;
    look_anywhere(&p, t);
}
