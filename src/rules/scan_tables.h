/* scan_tables.h -- inside rules/: the tables with which texts are read. scan_make.c and scan_gram.c fill them, scan.c reads with them; what each
 * table is for is told in scan.c. */
#ifndef CD_RULES_SCAN_TABLES_H
#define CD_RULES_SCAN_TABLES_H

#include "rules/scan.h"

#include <stdint.h>

enum {
    PAGE_RUNES = 128,    /* code points that share a page of the letter table */
    PAGES = 0x110000 / PAGE_RUNES,
    LETTERS_MAX = 256,
    ALNUM_LETTERS = 27,  /* letters 1 to 27 are a to z and the digits */
    KINDS = 64,
    EDGE_KIND = 0,       /* letters 1 to 27 are kinds 1 to 27 */
    CLASS_BITS = 5,      /* classes are kinds of which some are joined: 0 to 27 are the same */
    OTHER_CLASS = ALNUM_LETTERS + 1, /* the first of three for all further kinds */
    SIGN_CLASS = 31,     /* of the edge kinds by which needles are known */
    CLASSES = 1 << CLASS_BITS,
    ENDS = 1 << 3 * CLASS_BITS, /* rows of three classes */
    SIGN_GRAM = 7,       /* stands for the length of such a gram: none is so long */
    GRAM_MAX = 6,        /* letters of a gram; there are none of five */
    SIEVE_BITS = 17,     /* of a gram's hash, for the sieve of the longest grams: 16 KiB, of which texts touch little */
    SHORT_SIEVE_BITS = 14, /* and for that of the others, which are few */
    BUCKET_BITS = 13,    /* the list of needles is entered by these upper bits of the hash */
    BUCKETS = 1 << BUCKET_BITS,
    KEY_BITS = 17,       /* and those below tell the needles of a bucket apart */
    PLACE_SHIFT = KEY_BITS, PROBE_SHIFT = PLACE_SHIFT + 8, /* what else is in a key: see cd_scan.keys */
    PROBE_LETTER = 31, PROBE_BEHIND = 32, PROBE_BEFORE = 64, PROBE_LAST = PROBE_BEHIND | PROBE_BEFORE,
    LOAD_BITS = 16,      /* by which needles with the same gram are counted */
    FRONT_REACH = 9,     /* letters, edges counted, within which a needle for the front has its gram: behind them no such gram is looked for */
    SHARERS_MAX = 255    /* rules that one entry speaks for; more need another entry */
};

/* Sets of tables, for texts of different lengths. */
enum { TIERS = 4 };
extern const uint32_t cd_scan_tiers[TIERS]; /* the most words of a text for each */

enum { HALF_LINE = 32 }; /* bytes of half a cache line */

/* A needle as texts are compared with it. */
typedef struct cd_scan_entry {
    _Alignas(HALF_LINE) uint32_t rules; /* where its rules begin in scan->rules */
    uint8_t sharers; /* how many rules */
    uint8_t edges;   /* CD_EDGE_ flags */
    uint8_t behind;  /* where its gram ends in the needle, the edges counted */
    uint8_t len;     /* letters */
    uint8_t letters[(CD_NEEDLE_RUNES + 7) / 8 * 8]; /* zeros behind them */
} cd_scan_entry;

/* By which grams some needle is known. */
typedef struct cd_grams {
    uint64_t ends[ENDS / 64]; /* a bit for three classes behind which some gram ends, of whatever length: 4 KiB that say no nearly everywhere */
    uint8_t  shorts[KINDS * KINDS]; /* by the last two kinds: bit n is set if one of n letters may end there, n < 4 */
    bool     signs[LETTERS_MAX];    /* by letter: some needle is known by it */
} cd_grams;

/* Near the front all needles count, behind it those that may stand anywhere. */
typedef struct cd_scan_set {
    cd_grams front, rest;
} cd_scan_set;

struct cd_scan {
    uint16_t pages[PAGES]; /* which page of `letters` a code point is in; page 0 is the empty one, which all share */
    const uint8_t *letters; /* PAGE_RUNES each */
    size_t   npages;
    uint8_t  ascii[128];   /* the letter of an ASCII character */
    uint8_t  kinds[LETTERS_MAX], classes[LETTERS_MAX]; /* of letters */
    const cd_scan_entry *entries; /* sorted by hash */
    const uint32_t *keys;  /* of the entries: cd_scan_key(), cd_scan_place(), probe: what is looked through lies close together */
    const uint32_t *rules;       /* of all entries */
    size_t    n;
    uint32_t  buckets[BUCKETS + 1]; /* by the upper bits of the hash: its first entry */
    uint64_t sieve[(1 << SIEVE_BITS) / 64];             /* a bit a hash: of grams of GRAM_MAX letters, whatever the place; texts of all kinds */
    uint64_t short_sieve[(1 << SHORT_SIEVE_BITS) / 64]; /* take turns, and one sieve stays in the cache; of grams of three and four */
    cd_scan_set tiers[TIERS];
};

/* ---- letters ---- */

static inline uint8_t cd_scan_letter(const cd_scan *scan, cd_rune rune)
{
    return scan->letters[(size_t)scan->pages[rune / PAGE_RUNES] * PAGE_RUNES + rune % PAGE_RUNES];
}

static inline bool cd_scan_is_alnum(uint8_t letter) { return (uint8_t)(letter - 1) < ALNUM_LETTERS; }

/* Whether `r` is a word character for every version of PCRE2, so that \W* never goes past it and \b never stands between it and a
 * letter: letters and digits of ASCII, the plain letters of some scripts. Where in doubt it is not one. */
bool cd_scan_is_word(cd_rune r);

/* Writes a text as letters and gives their number, at most text.len. */
size_t cd_scan_spell(const cd_scan *scan, cd_span text, uint8_t *out);

/* ---- grams ---- */

/* The part of the window, which has six bits for each of the last ten kinds, that the last `n` of them fill. */
static inline uint64_t cd_scan_gram(size_t n) { return ((uint64_t)1 << 6 * n) - 1; }

/* The hash of the gram of `n` letters that ends with the lowest kind of the window; its upper bits count. Fibonacci hashing. The number of letters goes in with it, since a gram that begins with an edge looks like a
 * shorter one. */
static inline uint32_t cd_scan_hash(uint64_t window, size_t n)
{
    return (uint32_t)(((window & cd_scan_gram(n)) | (uint64_t)n << 60) * 0x9E3779B97F4A7C15u >> 32);
}

static inline uint32_t cd_scan_bucket(uint32_t hash) { return hash >> (32 - BUCKET_BITS); }

/* The part of a hash that tells needles of one bucket apart. */
static inline uint32_t cd_scan_key(uint32_t hash) { return hash >> (32 - BUCKET_BITS - KEY_BITS) & (((uint32_t)1 << KEY_BITS) - 1); }

static inline bool cd_scan_has(const uint64_t *bits, uint32_t key) { return bits[key / 64] >> (key % 64) & 1; }
static inline void cd_scan_set_bit(uint64_t *bits, uint32_t key) { bits[key / 64] |= (uint64_t)1 << (key % 64); }

static inline uint64_t cd_scan_shift(uint64_t window, uint8_t kind) { return window << 6 | kind; }

/* The class of a kind: kinds 0 to 27 have their own, others share some. */
static inline uint8_t cd_scan_class(unsigned kind)
{
    return (uint8_t)(kind < OTHER_CLASS ? kind : OTHER_CLASS + kind % (SIGN_CLASS - OTHER_CLASS));
}

/* The sign that an entry of SIGN_GRAM is known by. */
static inline uint8_t cd_scan_sign(const cd_scan_entry *e) { return e->letters[e->behind - 1 - (e->edges & CD_EDGE_LEFT ? 1 : 0)]; }

/* A row of three classes and one more: the last three. */
static inline uint32_t cd_scan_row(uint32_t row, uint8_t class) { return (row << CLASS_BITS | class) & (ENDS - 1); }

/* A bit for the texts of a tier, near their front or behind it. */
static inline unsigned cd_scan_place(size_t tier, bool front) { return 1u << (tier + (front ? TIERS : 0)); }

#endif
