/* factor.c -- sums of what a pattern's parts must match. In: parts one by one. Out: for a row and for alternatives, all texts that
 * they can match while those are few ("exact": cookies? is cookie or cookies), else the best two sets of texts of which every
 * match holds one, or nothing. A row multiplies exact parts into longer texts and keeps the best factors; alternatives are
 * joined. Every sum errs on the safe side: texts that are not needed may be in a set, none that is needed is left out. */
#include "rules/factor.h"

enum {
    PRODUCT_MAX = 120,  /* exact texts of a row: more of them find no more than their parts do */
    UNION_MAX = 2000,  /* texts of alternatives: the labels of a site's menu are some 500 */
    REPEAT_MAX = 4,    /* repetitions that are written out */
    COMPANY = 3,       /* bits by which a digit behind another is commoner than one by itself */
    BITS_MIN = 3,      /* a needle is rarer than a blank, which stands in every line */
    CUT = 8            /* beside the CD_EDGE_ flags while sums are made: the text goes on, but had no room to */
};

/* ---- sets of texts ---- */

/* Sets have room for a power of two, so that one can grow without a copy for each text. */
static size_t room_for(size_t n)
{
    size_t room = 1;
    while (room < n) room *= 2;
    return room;
}

static cd_needles new_set(cd_factory *f, size_t n)
{
    cd_needles set = {.at = cd_arena_array(f->arena, room_for(n), sizeof(cd_needle)), .n = n};
    if (!set.at) {
        f->no_memory = true;
        set.n = 0;
    }
    return set;
}

uint16_t cd_needle_rarity(cd_rune rune)
{
    static const char letters[] = "46553664477554467444566767"; /* a to z, in news of many languages, roughly */
    if (rune >= 'a' && rune <= 'z') return (uint16_t)(letters[rune - 'a'] - '0');
    switch (rune) {
    case ' ': return 2;
    case '.': case ',': return 3;
    case '-': case '\'': case '"': case '0': return 4;
    case '(': case ')': case ':': return 5;
    case 0xA9: case 0x24D2: case 0x24B8: return 12; /* the copyright sign */
    default: return rune < 0x80 ? 7 : rune >= 0x2030 && rune < 0x2C00 ? 12 : 8; /* symbols; letters are common where they are read */
    }
}

cd_part cd_part_rune(cd_factory *f, cd_rune rune)
{
    cd_part p = {.exact = true, .texts = new_set(f, 1)};
    rune = cd_needle_fold(rune);
    if (p.texts.n) {
        p.texts.at->runes = 1;
        p.texts.at->bits = cd_needle_rarity(rune);
        p.texts.at->len = (uint8_t)cd_utf8_put(p.texts.at->text, rune);
    }
    return p;
}

cd_part cd_part_runes(cd_factory *f, const cd_rune *runes, size_t n)
{
    cd_part p = {.exact = true, .texts = new_set(f, n)};
    for (size_t i = 0; i < p.texts.n; i++) {
        cd_part one = cd_part_rune(f, runes[i]);
        if (one.texts.n) p.texts.at[i] = *one.texts.at;
    }
    return p;
}

cd_part cd_part_empty(cd_factory *f) { return (cd_part){.exact = true, .texts = new_set(f, 1)}; }

/* \b and the like: texts on both sides of it end there. The flag of an empty text moves on to the text it is joined with. */
cd_part cd_part_edge(cd_factory *f, unsigned edges, bool anchor)
{
    cd_part p = cd_part_empty(f);
    if (p.texts.n) p.texts.at->edges = (uint8_t)edges;
    p.anchor = anchor;
    return p;
}

static bool is_empty_only(const cd_needles *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->at[i].len) return false;
    return true;
}

/* All texts of both; `a` may be grown in place and must not be used afterwards. */
static cd_needles join(cd_factory *f, cd_needles a, cd_needles b)
{
    cd_needles set = a;
    if (!a.at || a.n + b.n > room_for(a.n)) set = new_set(f, a.n + b.n);
    if (!set.n) return set;
    if (a.n && set.at != a.at) memcpy(set.at, a.at, a.n * sizeof *a.at);
    if (b.n) memcpy(set.at + a.n, b.at, b.n * sizeof *b.at);
    set.n = a.n + b.n;
    set.front = a.front && b.front;
    return set;
}

static bool fits(const cd_needle *a, const cd_needle *b)
{
    return a->len + b->len <= CD_NEEDLE_BYTES && a->runes + b->runes <= CD_NEEDLE_RUNES;
}

/* Takes as many letters of `b` as there is room for: whatever is appended to the rest of it later is left out. */
static void append_front(cd_needle *a, const cd_needle *b)
{
    cd_span rest = {b->text, b->len};
    while (rest.len && a->runes < CD_NEEDLE_RUNES) {
        cd_span before = rest;
        cd_rune rune = cd_utf8_take(&rest);
        size_t  len = before.len - rest.len;
        if (a->len + len > CD_NEEDLE_BYTES) break;
        memcpy(a->text + a->len, before.ptr, len);
        a->len = (uint8_t)(a->len + len);
        a->runes++;
        a->bits = (uint16_t)(a->bits + cd_needle_rarity(rune));
    }
    a->edges = (uint8_t)((a->edges & CD_EDGE_LEFT) | CUT);
}

static void append(cd_needle *a, const cd_needle *b)
{
    if (a->edges & CUT) return;
    if (a->len && !fits(a, b)) {
        append_front(a, b);
        return;
    }
    if (b->len == 0) {
        if (a->len == 0) a->edges |= b->edges & CD_EDGE_LEFT;
        else a->edges |= (uint8_t)((b->edges & CD_EDGE_BACK) | (b->edges & (CD_EDGE_LEFT | CD_EDGE_RIGHT) ? CD_EDGE_RIGHT : 0));
        return;
    }
    a->edges = (uint8_t)((a->edges & CD_EDGE_LEFT) | (a->len ? b->edges & (CD_EDGE_RIGHT | CD_EDGE_BACK | CUT) : b->edges));
    memcpy(a->text + a->len, b->text, b->len);
    a->len = (uint8_t)(a->len + b->len);
    a->runes = (uint8_t)(a->runes + b->runes);
    a->bits = (uint16_t)(a->bits + b->bits);
}

/* Every text of `run` with every text of `more` behind it; false, and nothing done, where that would be too many. */
static bool multiply(cd_factory *f, cd_needles *run, const cd_needles *more)
{
    if (run->n == 0 || more->n == 0 || run->n * more->n > (run->n == 1 || more->n == 1 ? UNION_MAX : PRODUCT_MAX))
        return false;
    if (more->n == 1) {
        for (size_t i = 0; i < run->n; i++) append(&run->at[i], more->at);
        return true;
    }
    cd_needles set = new_set(f, run->n * more->n);
    if (!set.n) return false;
    for (size_t i = 0; i < set.n; i++) {
        set.at[i] = run->at[i / more->n];
        append(&set.at[i], &more->at[i % more->n]);
    }
    set.front = run->front;
    *run = set;
    return true;
}

/* Words that stand in every other paragraph make a poor needle, rare as their letters may be. */
static bool is_common(const cd_needle *needle)
{
    static const char words[] = " you your with this that from have more will about they their what when were been ";
    if (needle->runes > 7) return false;
    cd_span text = cd_span_trim((cd_span){needle->text, needle->len});
    for (const char *at = words; text.len >= 3 && text.len <= 5 && at[1]; at = strchr(at + 1, ' '))
        if (strncmp(at + 1, text.ptr, text.len) == 0 && at[1 + text.len] == ' ') return true;
    return false;
}

/* How rare a needle is, in bits; 0 for an empty one. */
static unsigned weigh(const cd_needle *needle)
{
    if (needle->len == 0) return 0;
    unsigned place = (needle->edges & CD_EDGE_FRONT ? 8u : 0) + (needle->edges & CD_EDGE_BACK ? 6u : 0), years = 0;
    if (is_common(needle)) return 2 * BITS_MIN + place;
    for (size_t i = 1; i < needle->len; i++) years += needle->text[i] == '0' && needle->text[i - 1] == '0'; /* digits keep company */
    return needle->bits - years * COMPANY + (needle->edges & CD_EDGE_LEFT ? 3u : 0) + (needle->edges & CD_EDGE_RIGHT ? 2u : 0) + place;
}

/* The worst text of a set decides; many texts find more than one. */
unsigned cd_needles_score(const cd_needles *set)
{
    unsigned worst = UINT16_MAX, many = 0;
    for (size_t i = 0; i < set->n; i++) {
        unsigned bits = weigh(&set->at[i]);
        if (bits < worst) worst = bits;
    }
    for (size_t n = set->n; n > 1; n /= 2) many++;
    if (set->n == 0 || worst < BITS_MIN) return 0;
    return worst > many ? worst - many : 1;
}

/* ---- rows of parts ---- */

/* Says of each text of a set that it must stand at the front, if the set must. */
static void flag_front(cd_needles *set)
{
    for (size_t i = 0; i < set->n && set->front; i++) set->at[i].edges |= CD_EDGE_FRONT;
}

static bool has_front(const cd_needles *set)
{
    for (size_t i = 0; i < set->n; i++)
        if (set->at[i].edges & CD_EDGE_FRONT) return true;
    return false;
}

/* Keeps a set if it is one of the best two. */
static void consider(cd_row *w, cd_needles set)
{
    if (cd_needles_score(&set) > cd_needles_score(&w->best)) {
        w->second = w->best;
        w->best = set;
    } else if (cd_needles_score(&set) > cd_needles_score(&w->second)) {
        w->second = set;
    }
}

/* The same texts, wherever they stand. */
static cd_needles anywhere(cd_factory *f, const cd_needles *set)
{
    cd_needles copy = new_set(f, set->n);
    for (size_t i = 0; i < copy.n; i++) {
        copy.at[i] = set->at[i];
        copy.at[i].edges &= (uint8_t)~CD_EDGE_FRONT;
    }
    return copy;
}

/* A set at the front that others may stand instead of says two things: one of them all stands there, and one of its own somewhere. */
static void offer(cd_factory *f, cd_row *w, cd_needles set)
{
    flag_front(&set);
    if (has_front(&set) && w->instead.n) {
        consider(w, anywhere(f, &set));
        if (set.n + w->instead.n > UNION_MAX) return;
        set = join(f, join(f, (cd_needles){.front = set.front}, set), w->instead);
    }
    consider(w, set);
}

bool cd_row_at_front(const cd_row *w) { return w->run.front && is_empty_only(&w->run); }

bool cd_row_at_edge(const cd_row *w)
{
    for (size_t i = 0; i < w->run.n; i++)
        if (w->run.at[i].len || !(w->run.at[i].edges & CD_EDGE_LEFT)) return false;
    return w->run.n > 0;
}

/* Ends the run; the next one begins behind a part that is not exact. edge: that part has no letter and no digit at its ends. */
static void break_run(cd_factory *f, cd_row *w, bool front, bool edge)
{
    cd_part gap = edge ? cd_part_edge(f, CD_EDGE_LEFT, false) : cd_part_empty(f);
    (void)multiply(f, &w->run, &gap.texts);
    offer(f, w, w->run);
    w->run = edge ? cd_part_edge(f, CD_EDGE_LEFT, false).texts : cd_part_empty(f).texts;
    w->run.front = front;
    w->broken = true;
}

static void add_exact(cd_factory *f, cd_row *w, cd_part *p)
{
    if (p->anchor) w->run.front = true; /* wherever it stands in the pattern: what matches here is at the front */
    if (multiply(f, &w->run, &p->texts)) return;
    break_run(f, w, false, false);
    (void)multiply(f, &w->run, &p->texts);
}

/* A part that may be missing. At the front it leaves the next part at the front, or else its own texts stand there. */
static void add_optional(cd_factory *f, cd_row *w, cd_part *p)
{
    bool at_front = cd_row_at_front(w), keeps = at_front && (p->nonword || p->button);
    bool own = (p->exact || p->texts.front) && cd_needles_score(&p->texts) > 0;
    if (at_front && !keeps && own && w->instead.n + p->texts.n <= UNION_MAX) {
        keeps = true;
        w->instead = join(f, w->instead, p->texts);
        w->instead.front = true;
        flag_front(&w->instead);
    }
    break_run(f, w, keeps, false);
}

void cd_row_add(cd_factory *f, cd_row *w, cd_part *p, size_t min, size_t max)
{
    bool at_front = cd_row_at_front(w);
    if (max == 0) return;
    if (p->exact && is_empty_only(&p->texts)) {
        if (min > 0) add_exact(f, w, p);
    } else if (p->exact && min == 0 && max == 1) {
        p->texts = join(f, cd_part_empty(f).texts, p->texts);
        add_exact(f, w, p);
    } else if (min == 0) {
        add_optional(f, w, p);
    } else if (p->exact) {
        add_exact(f, w, p);
        for (size_t i = 0; i < p->texts.n; i++) p->texts.at[i].edges &= (uint8_t)~CD_EDGE_LEFT; /* the second one stands behind the first */
        for (size_t i = 1; i < min && i < REPEAT_MAX; i++) add_exact(f, w, p);
        if (min == max && min <= REPEAT_MAX) return;
        break_run(f, w, false, false);
        add_exact(f, w, p); /* the last repetition, which what follows is joined to */
    } else {
        offer(f, w, p->texts);
        offer(f, w, p->second);
        break_run(f, w, at_front && (p->nonword || p->button), p->nonword || p->button);
    }
}

cd_row cd_row_begin(cd_factory *f, bool front, bool edge)
{
    cd_row w = {.run = edge ? cd_part_edge(f, CD_EDGE_LEFT, false).texts : new_set(f, 1)};
    w.run.front = front;
    return w;
}

cd_part cd_row_end(cd_factory *f, cd_row *w)
{
    if (!w->broken) return (cd_part){.exact = true, .texts = w->run};
    offer(f, w, w->run);
    return (cd_part){.texts = w->best, .second = w->second};
}

/* Sets that are not exact were weighed when they were made. */
static bool says_something(const cd_part *p) { return p->exact ? cd_needles_score(&p->texts) > 0 : p->texts.n > 0; }

cd_part cd_part_either(cd_factory *f, const cd_part *a, const cd_part *b)
{
    cd_part both = {.exact = a->exact && b->exact};
    if (a->texts.n + b->texts.n > UNION_MAX) return (cd_part){0};
    if (!both.exact && (!says_something(a) || !says_something(b))) return (cd_part){0};
    if (!both.exact) {
        cd_needles one = a->texts, other = b->texts;
        flag_front(&one);
        flag_front(&other);
    }
    if (a->second.n || b->second.n) { /* where one has no second set its first is as true */
        both.second = join(f, (cd_needles){.front = true}, a->second.n ? a->second : a->texts);
        both.second = join(f, both.second, b->second.n ? b->second : b->texts);
    }
    both.texts = join(f, a->texts, b->texts);
    return both;
}
