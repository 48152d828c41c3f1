/* neighbours.c -- what the first look made of the blocks around a block. In: the first scores. Out: columns, for second.c. Sums
 * leave the block itself out. */
#include "tagger/neighbours.h"

#include "tagger/columns.h"

enum {
    SURE = 700, SURE_UNITS = 1000, /* odds and length of blocks that bound the story */
    WINDOW = 5,
    NO_SCORE = -9000,
    PROSE_UNITS = 1000
};

#define GAP(value) CD_BUCKET(value, 100, 1000, 3000, 8000, 20000)

cd_part cd_part_of(const cd_neighbours *w, size_t i) { return (cd_part){(uint64_t)w->page->blocks[i].m.units * w->odds[i], w->page->blocks[i].m.units}; }

cd_part cd_part_between(const cd_neighbours *w, size_t from, size_t to)
{
    if (to > w->page->nblocks) to = w->page->nblocks;
    if (from >= to) return (cd_part){0, 0};
    return (cd_part){w->before[to].expected - w->before[from].expected, w->before[to].units - w->before[from].units};
}

unsigned cd_score_place(int32_t score)
{
    int32_t own = score + 10000;
    return CD_BUCKET(own > 0 ? own : 0, 4000, 5500, 6500, 7500, 8500, 9250, 10000, 10750, 11500, 12500, 13500, 14500, 16000);
}

unsigned cd_mean_of(cd_part sum) { return sum.units ? CD_MEAN(sum.expected / sum.units) : 10; }
unsigned cd_share_of(const cd_neighbours *w, uint64_t expected) { return w->all ? CD_PART(expected * 1000 / w->all) : 0; }

static bool is_sure(const cd_neighbours *w, size_t i) { return w->odds[i] > SURE && w->page->blocks[i].m.units >= SURE_UNITS; }

static void sum_up(cd_neighbours *w)
{
    const size_t n = w->page->nblocks;
    size_t       sure = n;
    w->first = w->last = n;
    w->before[0] = (cd_part){0, 0};
    for (size_t i = 0; i < n; i++) {
        cd_part own = cd_part_of(w, i);
        w->before[i + 1] = (cd_part){w->before[i].expected + own.expected, w->before[i].units + own.units};
        w->above[i] = sure;
        if (!is_sure(w, i)) continue;
        sure = w->last = i;
        if (w->first == n) w->first = i;
    }
    sure = n;
    for (size_t i = n; i-- > 0;) {
        w->below[i] = sure;
        if (is_sure(w, i)) sure = i;
    }
    w->all = w->before[n].expected;
}

cd_status cd_neighbours_new(const cd_page *page, const int32_t *scores, const uint16_t *odds, cd_neighbours *made, cd_error *err)
{
    cd_arena     *arena = page->arena;
    const size_t  n = page->nblocks;
    cd_neighbours w = {.page = page, .scores = scores, .odds = odds};
    w.before = cd_arena_raw(arena, n + 1, sizeof *w.before);
    w.above = cd_arena_raw(arena, n + 1, sizeof *w.above);
    w.below = cd_arena_raw(arena, n + 1, sizeof *w.below);
    if (!w.before || !w.above || !w.below) return cd_fail_memory(err);
    sum_up(&w);
    *made = w;
    return CD_OK;
}

void cd_neighbours_look(const cd_neighbours *w, size_t i, cd_columns_of *c)
{
    const size_t n = w->page->nblocks;
    CD_ADD(c, FIRST, cd_score_place(w->scores[i]));
    CD_ADD(c, FIRST_ABOVE, i > 0 ? 1 + CD_SCORE(w->scores[i - 1]) : 0);
    CD_ADD(c, FIRST_ABOVE_2, i > 1 ? 1 + CD_SCORE(w->scores[i - 2]) : 0);
    CD_ADD(c, FIRST_BELOW, i + 1 < n ? 1 + CD_SCORE(w->scores[i + 1]) : 0);
    CD_ADD(c, FIRST_BELOW_2, i + 2 < n ? 1 + CD_SCORE(w->scores[i + 2]) : 0);
    CD_ADD(c, NEAR_ABOVE, cd_mean_of(cd_part_between(w, i > WINDOW ? i - WINDOW : 0, i)));
    CD_ADD(c, NEAR_BELOW, cd_mean_of(cd_part_between(w, i + 1, i + 1 + WINDOW)));
    CD_ADD(c, GAP_ABOVE, w->above[i] < n ? GAP(w->before[i].units - w->before[w->above[i] + 1].units) : 6);
    CD_ADD(c, GAP_BELOW, w->below[i] < n ? GAP(w->before[w->below[i]].units - w->before[i + 1].units) : 6);
    CD_ADD(c, SURE_SIDE, w->first == n ? 3 : i < w->first ? 0 : i > w->last ? 2 : 1);
    CD_ADD(c, PART_ABOVE, cd_share_of(w, w->before[i].expected));
    CD_ADD(c, PART_BELOW, cd_share_of(w, w->all - w->before[i + 1].expected));
    CD_ADD(c, STORY_WORDS, CD_BUCKET(w->all / 1000, 4000, 10000, 20000, 40000, 80000, 160000));
}

void cd_neighbours_look_far(const cd_neighbours *w, const uint8_t *asked, cd_columns_of *columns)
{
    const size_t n = w->page->nblocks;
    int32_t      score = NO_SCORE;
    for (size_t i = 0; i < n; i++) {
        if (asked[i]) CD_ADD(&columns[i], PROSE_FIRST_ABOVE, score == NO_SCORE ? 0 : 1 + CD_SCORE(score));
        if (w->page->blocks[i].m.units >= PROSE_UNITS) score = w->scores[i];
    }
    score = NO_SCORE;
    for (size_t i = n; i-- > 0;) {
        if (asked[i]) CD_ADD(&columns[i], PROSE_FIRST_BELOW, score == NO_SCORE ? 0 : 1 + CD_SCORE(score));
        if (w->page->blocks[i].m.units >= PROSE_UNITS) score = w->scores[i];
    }
}
