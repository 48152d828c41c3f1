/* second.c -- the second look at an HTML page's blocks: what the first look made of their neighbours. In: the first scores. Out: more columns.
 * A block is judged better where it is known how much of the story is thought to be in the elements around it, in blocks of the
 * same class, under the same heading, and right before and behind it. Sums leave the block itself out. */
#include "tagger/markup.h"

#include "tagger/columns.h"
#include "tagger/neighbours.h"

enum {
    LEVELS = 4,
    NO_SCORE = -9000,
    LIKES = 2
};

typedef struct second {
    const cd_sights *s;
    const cd_page   *page;
    cd_neighbours    near;
    cd_part *section; /* of the blocks under the same heading as i, without headings */
    int32_t *heading; /* score of that heading */
    cd_slots slots;    /* by likeness */
    cd_part *likes;
    uint32_t holder; /* the innermost element that holds most of the expected story */
    unsigned depth;  /* where most of it stands */
} second;

static cd_part  between(const second *w, size_t from, size_t to) { return cd_part_between(&w->near, from, to); }
static unsigned mean_without(cd_part sum, cd_part own) { return cd_mean_of((cd_part){sum.expected - own.expected, sum.units - own.units}); }

static cd_part *sum_like(const second *w, uint64_t hash)
{
    size_t at = cd_slots_find(&w->slots, hash | 1);
    w->slots.hashes[at] = hash | 1;
    return &w->likes[at];
}

static uint64_t like_of(const second *w, size_t i, unsigned k)
{
    const cd_spot *spot = cd_sights_spot(w->s, i);
    return k ? spot->like_parent : spot->like;
}

static void add(cd_part *sum, cd_part more)
{
    sum->expected += more.expected;
    sum->units += more.units;
}

static void sum_likes(second *w)
{
    for (size_t i = 0; i < w->page->nblocks; i++)
        for (unsigned k = 0; k < LIKES; k++) add(sum_like(w, like_of(w, i, k)), cd_part_of(&w->near, i));
}

/* Under one heading stand the blocks up to the next. */
static void sum_sections(second *w)
{
    const size_t n = w->page->nblocks;
    int32_t      score = NO_SCORE;
    for (size_t from = 0, to; from < n; from = to) {
        cd_part sum = {0, 0};
        bool headed = w->page->blocks[from].markup->heading > 0;
        if (headed) score = w->near.scores[from];
        for (to = from + headed; to < n && !w->page->blocks[to].markup->heading; to++) add(&sum, cd_part_of(&w->near, to));
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
        if (between(w, e->from, e->to).expected * 10 >= w->near.all * 8 && (w->holder == CD_NO_ELEMENT || e->depth > page->elements[w->holder].depth)) w->holder = i;
    }
    for (size_t i = 0; i < page->nblocks; i++) {
        uint64_t expected = sum_like(w, like_of(w, i, 0))->expected;
        if (expected <= best) continue;
        best = expected;
        w->depth = cd_sights_spot(w->s, i)->depth;
    }
}

static void look_at_elements(const second *w, size_t i, cd_columns_of *c)
{
    static const uint16_t means[LEVELS] = {CD_COL_MEAN_0, CD_COL_MEAN_1, CD_COL_MEAN_2, CD_COL_MEAN_3};
    static const uint16_t parts[LEVELS] = {CD_COL_PART_0, CD_COL_PART_1, CD_COL_PART_2, CD_COL_PART_3};
    const cd_page *page = w->page;
    cd_part           own = cd_part_of(&w->near, i);
    uint32_t       at = page->blocks[i].markup->element;
    for (unsigned k = 0; k < LEVELS; k++) {
        cd_part sum = at == CD_NO_ELEMENT ? w->near.before[page->nblocks] : between(w, page->elements[at].from, page->elements[at].to);
        cd_column_add(c, means[k], means[k] + 10u, mean_without(sum, own));
        cd_column_add(c, parts[k], parts[k] + 11u, cd_share_of(&w->near, sum.expected));
        if (at != CD_NO_ELEMENT && page->elements[at].parent != CD_NO_ELEMENT) at = page->elements[at].parent;
    }
    CD_ADD(c, MEAN_LIKE, mean_without(*sum_like(w, like_of(w, i, 0)), own));
    CD_ADD(c, MEAN_LIKE_2, mean_without(*sum_like(w, like_of(w, i, 1)), own));
    CD_ADD(c, MEAN_SECTION, mean_without(w->section[i], page->blocks[i].markup->heading ? (cd_part){0, 0} : own));
    CD_ADD(c, FIRST_HEADING, 1 + CD_SCORE(w->heading[i]));
    const cd_element *holder = w->holder == CD_NO_ELEMENT ? NULL : &page->elements[w->holder];
    CD_ADD(c, STORY_HOLDER, !holder ? 2 : i >= holder->from && i < holder->to);
    unsigned depth = cd_sights_spot(w->s, i)->depth;
    CD_ADD(c, STORY_DEPTH, CD_BUCKET(depth + 20 > w->depth ? depth + 20 - w->depth : 0, 15, 17, 18, 19, 20, 21, 22, 23, 25));
}

cd_status cd_second_look(const cd_sights *s, const int32_t *scores, const uint16_t *odds, const uint8_t *asked, cd_columns_of *columns, cd_error *err)
{
    cd_arena    *arena = s->page->arena;
    const size_t n = s->page->nblocks;
    second       w = {.s = s, .page = s->page};
    CD_TRY(cd_neighbours_new(s->page, scores, odds, &w.near, err));
    w.section = cd_arena_raw(arena, n + 1, sizeof *w.section);
    w.heading = cd_arena_raw(arena, n + 1, sizeof *w.heading);
    if (!cd_slots_make(&w.slots, arena, s->page->nelements * 4, s->page->hash_key)) return cd_fail_memory(err);
    w.likes = cd_arena_array(arena, w.slots.mask + 1, sizeof *w.likes);
    if (!w.section || !w.heading || !w.likes) return cd_fail_memory(err);
    sum_likes(&w);
    sum_sections(&w);
    find_holder(&w);
    for (size_t i = 0; i < n; i++) {
        if (!asked[i]) continue;
        cd_neighbours_look(&w.near, i, &columns[i]);
        look_at_elements(&w, i, &columns[i]);
    }
    cd_neighbours_look_far(&w.near, asked, columns);
    return CD_OK;
}
