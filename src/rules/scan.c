/* scan.c -- one pass over a text finds the needles of all rules. In: needles by rule. Out: tables with which a text is read, and
 * the bit of every rule of which a needle stands there.
 *
 * A text is first written as letters: one byte a code point, the same for all that fold to the same, 0 for what is in no
 * needle. There are at most 255 letters; where needles have more (thousands of rules in Chinese) some share one, and a rule
 * may be found where it is not: that costs a try, not a mistake. Letters are of 64 kinds: each that is surely part of a word
 * is of its own kind as long as there are enough, and all signs, blanks and the text's ends are one kind, the edge. A needle is
 * known by the kinds of one to six of its letters (a gram), edges included: those that are rare and end as grams of others do.
 *
 * Three questions, each asked only where the one before says yes. May some gram end with the last three letters? A bit in 4 KiB says no at
 * five places of six. Is there a gram of just these letters? A bit in a sieve for its hash. Then the needles are compared: a list has
 * their hashes and one more letter of each close together, and most end there; the needles themselves lie in one list for all
 * texts, half a cache line each, since a page touches most of them only once or twice.
 * (The automaton of Aho and Corasick was tried first: its tables do not fit the cache, and it was three times as slow.)
 *
 * Needles that must stand at a block's front are looked for there only. There is one set of bits each for short and for longer
 * texts: most rules are for short lines, most bytes are in long paragraphs. */
#include "rules/scan_tables.h"

bool cd_scan_is_word(cd_rune r)
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

size_t cd_scan_spell(const cd_scan *scan, cd_span text, uint8_t *out)
{
    uint8_t *begin = out;
    while (text.len) {
        while (cd_begins_ascii8(text)) {
            for (size_t i = 0; i < 8; i++) out[i] = scan->ascii[(unsigned char)text.ptr[i]];
            out += 8;
            text.ptr += 8, text.len -= 8;
        }
        size_t part = text.len < 8 ? text.len : 8; /* the end, or something beyond ASCII is among them */
        for (const char *stop = text.ptr + part; text.ptr < stop;) {
            cd_rune r = cd_utf8_take(&text);
            *out++ = r < 0x80 ? scan->ascii[r] : cd_scan_letter(scan, r);
        }
    }
    return (size_t)(out - begin);
}

enum { EDGES = 8 }; /* letters 0 in front of a text and behind it, more than are looked at there */

typedef struct pass {
    const cd_scan *scan;
    const uint8_t *letters;
    size_t         n;
    uint32_t       place; /* of the letters that are read: cd_scan_place() as keys have it */
    size_t         front; /* needles for the front begin at this letter or before; SIZE_MAX: nowhere */
    size_t         back;  /* needles for the back end at this letter or behind it */
    uint64_t      *found;
} pass;

/* How many code points stand before the first word that is not "button". */
static size_t first_word(cd_span text)
{
    const cd_span button = CD_SPAN("button");
    for (size_t n = 0;; n++) {
        cd_span before = text;
        cd_rune r = cd_utf8_take(&text);
        if (r == CD_RUNE_END) return n;
        if (!cd_scan_is_word(r)) continue;
        if (before.len < button.len || !cd_span_is_nocase(cd_span_sub(before, 0, button.len), button)) return n;
        text = cd_span_sub(before, button.len, before.len);
        cd_span rest = text;
        if (cd_scan_is_word(cd_utf8_take(&rest))) return n;
        n += button.len - 1;
    }
}

/* How many of a text's `n` code points there are up to the last letter. */
static size_t last_letter(cd_span text, size_t n)
{
    for (; n; n--) {
        size_t  len;
        cd_rune r = cd_utf8_last(text, &len);
        if (cd_scan_is_word(r) && !(r >= '0' && r <= '9')) return n;
        text.len -= len;
    }
    return 0;
}

static uint64_t eight_at(const uint8_t *letters) { return cd_eight((const char *)letters, 8); }

static bool stands_at(const pass *p, const cd_scan_entry *e, size_t at)
{
    const uint8_t *from = p->letters + at, *to = from + e->len;
    if (p->n - at < e->len) return false;
    for (size_t i = 0; i < e->len; i += 8) /* what is read behind the text's end is an edge */
        if (cd_eight_first(eight_at(from + i) ^ eight_at(e->letters + i), e->len - i)) return false;
    if (e->edges & CD_EDGE_LEFT && at > 0 && cd_scan_is_alnum(from[-1])) return false;
    return !(e->edges & CD_EDGE_RIGHT) || to == p->letters + p->n || !cd_scan_is_alnum(*to);
}

/* Whether a letter at the gram of `n` letters in front of `behind` may be the one that the needle of a key has there. */
static inline bool fits(const uint8_t *behind, size_t n, uint32_t key)
{
    uint32_t probe = key >> PROBE_SHIFT, where = probe & PROBE_LAST;
    uint8_t  letter = where == PROBE_BEHIND ? *behind : where == PROBE_LAST ? behind[-1] : behind[-(ptrdiff_t)n - 1];
    return !((probe ^ letter) & PROBE_LETTER) || !where;
}

/* A gram, or sign, by which some needle may be known, in front of letter `behind`. */
typedef struct gram {
    uint32_t hash, behind;
    uint32_t n; /* letters */
} gram;

/* Compares the needles that are known by a gram. */
static void compare(const pass *p, const gram *g)
{
    const cd_scan *scan = p->scan;
    const size_t   behind = g->behind;
    uint32_t       bucket = cd_scan_bucket(g->hash), key = cd_scan_key(g->hash), mask = (((uint32_t)1 << KEY_BITS) - 1);
    for (size_t i = scan->buckets[bucket], last = scan->buckets[bucket + 1]; i < last; i++) {
        if ((scan->keys[i] & mask) != key || !(scan->keys[i] & p->place) || !fits(p->letters + behind, g->n, scan->keys[i])) continue;
        const cd_scan_entry *e = &scan->entries[i];
        size_t       at = behind + (e->edges & CD_EDGE_LEFT) - e->behind; /* the left edge counts as one letter */
        if (at > p->n) continue; /* also where it would be below 0 */
        if (e->edges & CD_EDGE_FRONT && (p->front == SIZE_MAX || at > p->front)) continue;
        if (e->edges & CD_EDGE_BACK && at + e->len < p->back) continue;
        if (!stands_at(p, e, at)) continue;
        for (const uint32_t *rule = scan->rules + e->rules, *end = rule + e->sharers; rule < end; rule++)
            p->found[*rule / 64] |= (uint64_t)1 << (*rule % 64);
    }
}

/* Lists the letters from `i` to `to` with which a gram may end: without a branch, which nobody could foretell. */
static size_t list_ends(const pass *p, const cd_grams *g, size_t i, size_t to, uint32_t *ends)
{
    const uint8_t *classes = p->scan->classes, *letters = p->letters;
    uint32_t       row = cd_scan_row(classes[letters[(ptrdiff_t)i - 2]], classes[letters[(ptrdiff_t)i - 1]]);
    size_t         n = 0;
    for (; i < to; i++) {
        row = cd_scan_row(row, classes[letters[i]]);
        ends[n] = (uint32_t)i;
        n += cd_scan_has(g->ends, row);
    }
    return n;
}

/* Adds the shorter grams and the sign that end with a letter; gives how many there are. */
static size_t list_shorts(const pass *p, const cd_grams *g, uint64_t window, uint32_t behind, gram *list)
{
    const uint8_t letter = p->letters[behind - 1];
    size_t        n = 0;
    unsigned      shorts = g->shorts[window & cd_scan_gram(2)];
    for (uint32_t k = 1; shorts >>= 1; k++) {
        uint32_t hash = cd_scan_hash(window, k);
        if (shorts & 1 && (k < 3 || cd_scan_has(p->scan->short_sieve, hash >> (32 - SHORT_SIEVE_BITS)))) list[n++] = (gram){hash, behind, k};
    }
    if (g->signs[letter]) list[n++] = (gram){cd_scan_hash(letter, SIGN_GRAM), behind, 1};
    return n;
}

enum { GRAMS_AT = 6 }; /* the most that end with one letter: of one to four letters, of GRAM_MAX, and a sign */

/* Lists the grams that end with some of the letters and are known. */
static size_t list_grams(const pass *p, const cd_grams *g, const uint32_t *ends, size_t nends, gram *list)
{
    size_t n = 0;
    for (size_t k = 0; k < nends; k++) {
        const uint8_t *letter = p->letters + ends[k];
        const uint32_t behind = ends[k] + 1;
        uint64_t       window = 0;
        for (const uint8_t *at = letter - GRAM_MAX + 1; at <= letter; at++) window = cd_scan_shift(window, p->scan->kinds[*at]);
        uint32_t four = cd_scan_hash(window, 4), longest = cd_scan_hash(window, GRAM_MAX);
        list[n] = (gram){longest, behind, GRAM_MAX};
        n += cd_scan_has(p->scan->sieve, longest >> (32 - SIEVE_BITS));
        list[n] = (gram){four, behind, 4};
        n += cd_scan_has(p->scan->short_sieve, four >> (32 - SHORT_SIEVE_BITS));
        if (g->shorts[window & cd_scan_gram(2)] || g->signs[*letter]) n += list_shorts(p, g, window, behind, list + n);
    }
    return n;
}

enum { STRIP = 256 }; /* letters that are read at a time */

/* Reads letters from `i` to `to`. */
static void read(const pass *p, const cd_grams *g, size_t i, size_t to)
{
    uint32_t ends[STRIP];
    gram     grams[STRIP * GRAMS_AT];
    for (size_t stop; i < to; i = stop) {
        stop = to - i > STRIP ? i + STRIP : to;
        size_t n = list_grams(p, g, ends, list_ends(p, g, i, stop, ends), grams);
        for (size_t k = 0; k < n; k++) compare(p, &grams[k]);
    }
}

void cd_scan_run(const cd_scan *scan, const cd_scan_text *text, uint64_t *found)
{
    size_t   tier = 0, near = 0;
    uint8_t *letters = text->scratch + EDGES;
    while (tier < TIERS - 1 && text->words > cd_scan_tiers[tier]) tier++;
    pass p = {scan, letters, cd_scan_spell(scan, text->text, letters), cd_scan_place(tier, true) << PLACE_SHIFT, SIZE_MAX, 0, found};
    p.back = last_letter(text->text, p.n);
    memset(text->scratch, 0, EDGES);
    memset(letters + p.n, 0, EDGES);
    if (text->begins) {
        p.front = first_word(text->text);
        near = p.n - p.front > FRONT_REACH ? p.front + FRONT_REACH : p.n + 1; /* with the edge behind it */
    }
    const cd_scan_set *t = &scan->tiers[tier];
    read(&p, &t->front, 0, near);
    if (near < p.n) p.place = cd_scan_place(tier, false) << PLACE_SHIFT;
    read(&p, &t->rest, near, p.n + 1);
}
