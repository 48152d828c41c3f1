/* second.c -- the second look at an HTML page's blocks: what the first look made of their neighbours. In: the first scores. Out: more columns.
 * A block is judged better where it is known how much of the story is thought to be in the elements around it, in blocks of the
 * same class, under the same heading, and right before and behind it. Sums leave the block itself out. */
#include "tagger/markup.h"

#include "tagger/columns.h"

enum {
    SURE = 700, SURE_UNITS = 1000, /* odds and length of blocks that bound the story */
    WINDOW = 5,
    LEVELS = 4,
    NO_SCORE = -9000,
    PROSE_UNITS = 1000,
    LIKES = 2
};

#define MEAN(value) CD_BUCKET(value, 20, 80, 200, 400, 600, 800, 920, 980)
#define PART(value) CD_BUCKET(value, 1, 10, 50, 150, 300, 500, 700, 850, 950, 990, 999)
#define SCORE(value) CD_BUCKET((value) + 10000 > 0 ? (value) + 10000 : 0, 6000, 8000, 9300, 10700, 12000, 14000)
#define GAP(value) CD_BUCKET(value, 100, 1000, 3000, 8000, 20000)

typedef struct part {
    uint64_t expected, units; /* units times odds; units */
} part;

typedef struct slot {
    uint64_t hash;
    part     sum;
} slot;

typedef struct second {
    const cd_sights *s;
    const cd_page   *page;
    const int32_t   *scores;
    const uint16_t  *odds;
    part   *before;  /* of the blocks before i */
    size_t *above, *below; /* the nearest sure block on either side, or nblocks */
    part   *section; /* of the blocks under the same heading as i, without headings */
    int32_t *heading; /* score of that heading */
    slot   *slots;
    size_t  mask;
    size_t  first, last; /* sure blocks; nblocks: there is none */
    uint64_t all;
    uint32_t holder; /* the innermost element that holds most of the expected story */
    unsigned depth;  /* where most of it stands */
} second;

static part part_of(const second *w, size_t i) { return (part){(uint64_t)w->page->blocks[i].m.units * w->odds[i], w->page->blocks[i].m.units}; }
static part between(const second *w, size_t from, size_t to)
{
    if (to > w->page->nblocks) to = w->page->nblocks;
    if (from >= to) return (part){0, 0};
    return (part){w->before[to].expected - w->before[from].expected, w->before[to].units - w->before[from].units};
}

/* Mean odds of a sum, as a place of the MEAN groups; the last two are for no others at all. */
static unsigned mean_of(part sum) { return sum.units ? MEAN(sum.expected / sum.units) : 10; }
static unsigned mean_without(part sum, part own) { return mean_of((part){sum.expected - own.expected, sum.units - own.units}); }
static unsigned share_of(const second *w, uint64_t expected) { return w->all ? PART(expected * 1000 / w->all) : 0; }

static slot *slot_of(const second *w, uint64_t hash)
{
    hash |= 1;
    size_t at = (size_t)(hash >> 17) & w->mask;
    while (w->slots[at].hash && w->slots[at].hash != hash) at = (at + 1) & w->mask;
    w->slots[at].hash = hash;
    return &w->slots[at];
}

static uint64_t like_of(const second *w, size_t i, unsigned k)
{
    const cd_spot *spot = cd_sights_spot(w->s, i);
    return k ? spot->like_parent : spot->like;
}

static void add(part *sum, part more)
{
    sum->expected += more.expected;
    sum->units += more.units;
}

static bool is_sure(const second *w, size_t i) { return w->odds[i] > SURE && w->page->blocks[i].m.units >= SURE_UNITS; }

static void sum_up(second *w)
{
    const size_t n = w->page->nblocks;
    size_t       sure = n;
    w->first = w->last = n;
    w->before[0] = (part){0, 0};
    for (size_t i = 0; i < n; i++) {
        part own = part_of(w, i);
        w->before[i + 1] = w->before[i];
        add(&w->before[i + 1], own);
        w->above[i] = sure;
        if (is_sure(w, i)) {
            sure = w->last = i;
            if (w->first == n) w->first = i;
        }
        for (unsigned k = 0; k < LIKES; k++) add(&slot_of(w, like_of(w, i, k))->sum, own);
    }
    sure = n;
    for (size_t i = n; i-- > 0;) {
        w->below[i] = sure;
        if (is_sure(w, i)) sure = i;
    }
    w->all = w->before[n].expected;
}

/* Under one heading stand the blocks up to the next. */
static void sum_sections(second *w)
{
    const size_t n = w->page->nblocks;
    int32_t      score = NO_SCORE;
    for (size_t from = 0, to; from < n; from = to) {
        part sum = {0, 0};
        bool headed = w->page->blocks[from].markup->heading > 0;
        if (headed) score = w->scores[from];
        for (to = from + headed; to < n && !w->page->blocks[to].markup->heading; to++) add(&sum, part_of(w, to));
        for (size_t i = from; i < to; i++) w->section[i] = sum, w->heading[i] = score;
    }
}

/* The way down to where most of the expected story is, and how deep it stands there. */
static void find_holder(second *w)
{
    const cd_page *page = w->page;
    uint64_t       best = 0;
    w->holder = CD_NO_ELEMENT;
    for (uint32_t i = 0; i < page->nelements; i++) {
        const cd_element *e = &page->elements[i];
        if (between(w, e->from, e->to).expected * 10 >= w->all * 8 && (w->holder == CD_NO_ELEMENT || e->depth > page->elements[w->holder].depth)) w->holder = i;
    }
    for (size_t i = 0; i < page->nblocks; i++) {
        uint64_t expected = slot_of(w, like_of(w, i, 0))->sum.expected;
        if (expected <= best) continue;
        best = expected;
        w->depth = cd_sights_spot(w->s, i)->depth;
    }
}

static void look_at_neighbours(const second *w, size_t i, cd_columns_of *c)
{
    const size_t n = w->page->nblocks;
    int32_t      own = w->scores[i] + 10000;
    CD_ADD(c, FIRST, CD_BUCKET(own > 0 ? own : 0, 4000, 5500, 6500, 7500, 8500, 9250, 10000, 10750, 11500, 12500, 13500, 14500, 16000));
    CD_ADD(c, FIRST_ABOVE, i > 0 ? 1 + SCORE(w->scores[i - 1]) : 0);
    CD_ADD(c, FIRST_ABOVE_2, i > 1 ? 1 + SCORE(w->scores[i - 2]) : 0);
    CD_ADD(c, FIRST_BELOW, i + 1 < n ? 1 + SCORE(w->scores[i + 1]) : 0);
    CD_ADD(c, FIRST_BELOW_2, i + 2 < n ? 1 + SCORE(w->scores[i + 2]) : 0);
    CD_ADD(c, NEAR_ABOVE, mean_of(between(w, i > WINDOW ? i - WINDOW : 0, i)));
    CD_ADD(c, NEAR_BELOW, mean_of(between(w, i + 1, i + 1 + WINDOW)));
    CD_ADD(c, GAP_ABOVE, w->above[i] < n ? GAP(w->before[i].units - w->before[w->above[i] + 1].units) : 6);
    CD_ADD(c, GAP_BELOW, w->below[i] < n ? GAP(w->before[w->below[i]].units - w->before[i + 1].units) : 6);
    CD_ADD(c, SURE_SIDE, w->first == n ? 3 : i < w->first ? 0 : i > w->last ? 2 : 1);
    CD_ADD(c, PART_ABOVE, share_of(w, w->before[i].expected));
    CD_ADD(c, PART_BELOW, share_of(w, w->all - w->before[i + 1].expected));
    CD_ADD(c, STORY_WORDS, CD_BUCKET(w->all / 1000, 4000, 10000, 20000, 40000, 80000, 160000));
}

static void look_at_elements(const second *w, size_t i, cd_columns_of *c)
{
    static const uint16_t means[LEVELS] = {CD_COL_MEAN_0, CD_COL_MEAN_1, CD_COL_MEAN_2, CD_COL_MEAN_3};
    static const uint16_t parts[LEVELS] = {CD_COL_PART_0, CD_COL_PART_1, CD_COL_PART_2, CD_COL_PART_3};
    const cd_page *page = w->page;
    part           own = part_of(w, i);
    uint32_t       at = page->blocks[i].markup->element;
    for (unsigned k = 0; k < LEVELS; k++) {
        part sum = at == CD_NO_ELEMENT ? w->before[page->nblocks] : between(w, page->elements[at].from, page->elements[at].to);
        cd_column_add(c, means[k], means[k] + 10u, mean_without(sum, own));
        cd_column_add(c, parts[k], parts[k] + 11u, share_of(w, sum.expected));
        if (at != CD_NO_ELEMENT && page->elements[at].parent != CD_NO_ELEMENT) at = page->elements[at].parent;
    }
    CD_ADD(c, MEAN_LIKE, mean_without(slot_of(w, like_of(w, i, 0))->sum, own));
    CD_ADD(c, MEAN_LIKE_2, mean_without(slot_of(w, like_of(w, i, 1))->sum, own));
    CD_ADD(c, MEAN_SECTION, mean_without(w->section[i], page->blocks[i].markup->heading ? (part){0, 0} : own));
    CD_ADD(c, FIRST_HEADING, 1 + SCORE(w->heading[i]));
    const cd_element *holder = w->holder == CD_NO_ELEMENT ? NULL : &page->elements[w->holder];
    CD_ADD(c, STORY_HOLDER, !holder ? 2 : i >= holder->from && i < holder->to);
    unsigned depth = cd_sights_spot(w->s, i)->depth;
    CD_ADD(c, STORY_DEPTH, CD_BUCKET(depth + 20 > w->depth ? depth + 20 - w->depth : 0, 15, 17, 18, 19, 20, 21, 22, 23, 25));
}

/* The first scores of the nearest longer blocks on both sides. */
static void look_at_prose(const second *w, cd_columns_of *columns, int32_t least)
{
    const size_t n = w->page->nblocks;
    int32_t      score = NO_SCORE;
    for (size_t i = 0; i < n; i++) {
        if (w->scores[i] > least) CD_ADD(&columns[i], PROSE_FIRST_ABOVE, score == NO_SCORE ? 0 : 1 + SCORE(score));
        if (w->page->blocks[i].m.units >= PROSE_UNITS) score = w->scores[i];
    }
    score = NO_SCORE;
    for (size_t i = n; i-- > 0;) {
        if (w->scores[i] > least) CD_ADD(&columns[i], PROSE_FIRST_BELOW, score == NO_SCORE ? 0 : 1 + SCORE(score));
        if (w->page->blocks[i].m.units >= PROSE_UNITS) score = w->scores[i];
    }
}

cd_status cd_second_look(const cd_sights *s, const int32_t *scores, const uint16_t *odds, int32_t least, cd_columns_of *columns, cd_error *err)
{
    cd_arena    *arena = s->page->arena;
    const size_t n = s->page->nblocks;
    second       w = {.s = s, .page = s->page, .scores = scores, .odds = odds, .mask = 63};
    while (w.mask + 1 < s->page->nelements * 4) w.mask = w.mask * 2 + 1;
    w.before = cd_arena_raw(arena, n + 1, sizeof *w.before);
    w.above = cd_arena_raw(arena, n + 1, sizeof *w.above);
    w.below = cd_arena_raw(arena, n + 1, sizeof *w.below);
    w.section = cd_arena_raw(arena, n + 1, sizeof *w.section);
    w.heading = cd_arena_raw(arena, n + 1, sizeof *w.heading);
    w.slots = cd_arena_array(arena, w.mask + 1, sizeof *w.slots);
    if (!w.before || !w.above || !w.below || !w.section || !w.heading || !w.slots) return cd_fail_memory(err);
    sum_up(&w);
    sum_sections(&w);
    find_holder(&w);
    for (size_t i = 0; i < n; i++) {
        if (scores[i] <= least) continue;
        look_at_neighbours(&w, i, &columns[i]);
        look_at_elements(&w, i, &columns[i]);
    }
    look_at_prose(&w, columns, least);
    return CD_OK;
}
