/* doubts.c -- the second look at a block of plain text of which the chain is not sure. In: what the chain made of all blocks. Out: more
 * columns for those that are asked about. The chain sees a block and its neighbours; here the page is seen as stretches of likely
 * story with gaps between them: which one is the longest, what stands between it and the block, whether it speaks of the same things,
 * and what kind of page that is. */
#include "tagger/doubts.h"

#include "tagger/columns.h"
#include "tagger/neighbours.h"

enum {
    LIKELY = 500,   /* odds of a block that is in a stretch */
    APART = 4,      /* blocks between two stretches */
    TOPIC_NEAR = 6, /* blocks around a block of which the words are compared with the story's */
    SIDE = 4,
    LABEL = 800     /* units: shorter blocks are labels */
};

typedef struct stretch {
    size_t   from, to;
    uint64_t units; /* of its likely blocks */
} stretch;

typedef struct doubts {
    const cd_first *first;
    const cd_page  *page;
    cd_neighbours   near;
    stretch        *all;
    uint32_t       *of; /* the stretch of block i, or n */
    size_t          n, main; /* stretches; the longest, or n */
    unsigned        lines, drops, labels, density, share, doubt; /* places of the page */
} doubts;

static void find_stretches(doubts *d)
{
    size_t last = 0;
    for (size_t i = 0; i < d->page->nblocks; i++) {
        d->of[i] = UINT32_MAX;
        if (d->first->odds[i] <= LIKELY) continue;
        if (d->n == 0 || i - last > APART) d->all[d->n++] = (stretch){.from = i};
        d->of[i] = (uint32_t)(d->n - 1);
        stretch *s = &d->all[d->n - 1];
        s->units += d->page->blocks[i].m.units;
        s->to = i + 1;
        last = i;
    }
    for (size_t k = 1; k < d->n; k++)
        if (d->all[k].units > d->all[d->main].units) d->main = k;
}

static void look_at_page(doubts *d)
{
    const cd_page *page = d->page;
    const size_t   n = page->nblocks;
    uint64_t       units = d->near.before[n].units + 1, prose = 0, doubt = 0;
    size_t         labels = 0;
    for (size_t i = 0; i < n; i++) {
        const unsigned odds = d->first->odds[i];
        doubt += (uint64_t)page->blocks[i].m.units * (odds < 500 ? odds : 1000 - odds);
        labels += page->blocks[i].m.units < LABEL;
        prose += page->blocks[i].m.prose;
    }
    d->lines = CD_BUCKET(n, 8, 15, 30, 50, 80, 120, 200, 300, 500);
    d->drops = CD_BUCKET(cd_look_between(d->first->look, 0, n).drops * 1000 / n, 1, 20, 50, 100, 200, 400);
    d->labels = CD_BUCKET(labels * 1000 / n, 200, 350, 500, 600, 700, 800, 900);
    d->density = CD_BUCKET(prose * 1000 / units, 200, 350, 500, 600, 700, 800, 900);
    d->share = CD_BUCKET(d->near.all / units, 50, 150, 300, 450, 600, 750, 900);
    d->doubt = CD_BUCKET(d->near.all ? doubt * 1000 / d->near.all : 1000, 2, 5, 10, 20, 50, 100, 200);
}

/* How many words of the blocks around are in the story's, those in the longest stretch left out. */
static unsigned topic_near(const doubts *d, size_t i)
{
    uint64_t hits = 0, words = 0;
    for (size_t k = i > TOPIC_NEAR ? i - TOPIC_NEAR : 0; k <= i + TOPIC_NEAR && k < d->page->nblocks; k++) {
        if (d->of[k] == d->main) continue;
        hits += d->page->blocks[k].m.words * (uint64_t)cd_topic_overlap(d->first->story, k, true).share[CD_TOPIC_RUN];
        words += d->page->blocks[k].m.words;
    }
    return words >= 8 ? 1 + CD_BUCKET(hits / words, 100, 200, 300, 400, 500, 600, 700) : 0;
}

static void look_at_stretch(const doubts *d, size_t i, cd_columns_of *c)
{
    const bool in = d->of[i] != UINT32_MAX;
    CD_ADD(c, STRETCHES, CD_BUCKET(d->n, 1, 2, 3, 4, 6));
    CD_ADD(c, STRETCH_WORDS, in ? 1 + CD_BUCKET(d->all[d->of[i]].units, 500, 1500, 4000, 10000, 20000, 40000, 80000) : 0);
    CD_ADD(c, STRETCH_SHARE, in ? 1 + cd_share_of(&d->near, d->all[d->of[i]].units * 1000) : 0);
    CD_ADD(c, STRETCH_TOPIC, topic_near(d, i));
    if (d->n == 0) return;
    const stretch *m = &d->all[d->main];
    const size_t   from = i < m->from ? i : i >= m->to ? m->to : i, to = i < m->from ? m->from : i;
    const cd_counts between = cd_look_between(d->first->look, from, to);
    const unsigned  far = CD_BUCKET(to - from + (i >= m->to), 2, 3, 5, 9, 20);
    CD_ADD(c, STRETCH_SIDE, d->of[i] == d->main ? 0 : (i < m->from ? 1u : i >= m->to ? 3u : 5u) + in);
    CD_ADD(c, STRETCH_FAR, i < m->from ? 5 - far : i >= m->to ? 7 + far : 6);
    CD_ADD(c, DROPS_BETWEEN, CD_BUCKET(between.drops, 1, 2, 4, 8, 16, 32));
    CD_ADD(c, HINTS_BETWEEN, CD_BUCKET(between.hints, 1, 2, 4, 8, 16, 32));
    CD_ADD(c, TITLES_BETWEEN, CD_BUCKET(between.titles, 1, 2, 4, 8, 16, 32));
    CD_ADD(c, DATES_BETWEEN, CD_BUCKET(between.dates, 1, 2, 3, 6));
}

static void look_at_sides(const doubts *d, size_t i, cd_columns_of *c)
{
    const int32_t *sums = d->first->sums;
    const size_t   n = d->page->nblocks, same = d->page->blocks[i].first;
    CD_ADD(c, OWN_SUM, cd_score_place(sums[i]));
    CD_ADD(c, SUM_ABOVE, i > 0 ? 1 + CD_SCORE(sums[i - 1]) : 0);
    CD_ADD(c, SUM_BELOW, i + 1 < n ? 1 + CD_SCORE(sums[i + 1]) : 0);
    CD_ADD(c, ABOVE_4, CD_BUCKET(cd_part_between(&d->near, i > SIDE ? i - SIDE : 0, i).units, 300, 800, 2000, 5000, 10000, 20000));
    CD_ADD(c, BELOW_4, CD_BUCKET(cd_part_between(&d->near, i + 1, i + 1 + SIDE).units, 300, 800, 2000, 5000, 10000, 20000));
    CD_ADD(c, FIRST_PRINTED, same < i ? 1 + CD_SCORE(d->first->scores[same]) : 0);
    CD_ADD(c, PAGE_LINES, d->lines);
    CD_ADD(c, PAGE_DROPS, d->drops);
    CD_ADD(c, PAGE_LABELS, d->labels);
    CD_ADD(c, PAGE_DENSITY, d->density);
    CD_ADD(c, STORY_SHARE, d->share);
    CD_ADD(c, DOUBTS, d->doubt);
}

cd_status cd_doubts_look(const cd_first *first, cd_columns_of *columns, cd_error *err)
{
    const cd_page *page = first->story->page;
    const size_t   n = page->nblocks;
    doubts         d = {.first = first, .page = page};
    CD_TRY(cd_neighbours_new(page, first->scores, first->odds, &d.near, err));
    d.all = cd_arena_raw(page->arena, n + 1, sizeof *d.all);
    d.of = cd_arena_raw(page->arena, n + 1, sizeof *d.of);
    if (!d.all || !d.of) return cd_fail_memory(err);
    find_stretches(&d);
    look_at_page(&d);
    for (size_t i = 0; i < n; i++) {
        if (!first->asked[i]) continue;
        cd_neighbours_look(&d.near, i, &columns[i]);
        look_at_stretch(&d, i, &columns[i]);
        look_at_sides(&d, i, &columns[i]);
    }
    cd_neighbours_look_far(&d.near, first->asked, columns);
    return CD_OK;
}
