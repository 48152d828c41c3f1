/* features.c -- a block -> the columns that the model weighs. In: the page with marks and with the roles that position.c gave. Out:
 * numbers of columns. All from integers, so that every machine and the training see the same. The signs were chosen on
 * labelled pages: what the block is by itself, what rules say of it and its neighbours, where it stands to the densest run of
 * prose and to the headline, what position.c made of it, and what kind of page it is. Blank lines and indents are no signs: pages
 * come with all kinds of spacing, and without them the model is as good. */
#include "tagger/features.h"

#include "tagger/columns.h"

enum {
    APART = 4,        /* blocks between two segments of the body */
    NEIGHBOURS = 3,   /* pieces of prose of which the mean length is taken */
    LONG = 1200,      /* units from which a hint is one in running text */
    TOPIC_MIN = 300,  /* shorter blocks have no words to be compared */
    NO_OPEN = -1
};

struct cd_look {
    const cd_story *story;
    const cd_page  *page;
    uint64_t       *units; /* units[i]: of the blocks before i */
    uint32_t       *drops, *hints, *dates, *titles; /* how many there are before i */
    size_t         *prose_before, *prose_after;     /* the nearest block with weight, or nblocks */
    size_t         *body_before, *body_after;       /* the nearest block that position.c gave to the body, or nblocks */
    uint64_t       *segment;                        /* units of the body blocks that stand together with block i, 0 outside */
    uint64_t        body;                           /* units of all body blocks */
    unsigned        share, prose, shorts, blocks;   /* buckets of the page */
    long            opened_at;                      /* the last heading that opens a region so far, or NO_OPEN */
    unsigned        opened_kind, opens;
};

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static uint64_t signs_of(const cd_block *b) { return b->hints | (b->drop ? CD_BIT(b->drop->family) : 0); }
static bool     is_dated(const cd_block *b)
{
    return b->m.words <= 20 && b->hints & (CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_BYLINE));
}
static bool is_title(const cd_block *b) { return b->m.ending == CD_END_NONE && b->m.units >= 300 && b->m.units < 2500 && !b->m.prose; }
static bool is_body(const cd_block *b) { return b->role == CD_ROLE_BODY; }

static bool take_lists(cd_look *l, cd_arena *arena, size_t n)
{
    l->units = cd_arena_raw(arena, n + 1, sizeof *l->units);
    l->drops = cd_arena_raw(arena, n + 1, sizeof *l->drops);
    l->hints = cd_arena_raw(arena, n + 1, sizeof *l->hints);
    l->dates = cd_arena_raw(arena, n + 1, sizeof *l->dates);
    l->titles = cd_arena_raw(arena, n + 1, sizeof *l->titles);
    l->prose_before = cd_arena_raw(arena, n + 1, sizeof *l->prose_before);
    l->prose_after = cd_arena_raw(arena, n + 1, sizeof *l->prose_after);
    l->body_before = cd_arena_raw(arena, n + 1, sizeof *l->body_before);
    l->body_after = cd_arena_raw(arena, n + 1, sizeof *l->body_after);
    l->segment = cd_arena_raw(arena, n + 1, sizeof *l->segment);
    return l->segment && l->units && l->drops && l->hints && l->dates && l->titles && l->prose_before && l->prose_after && l->body_before && l->body_after;
}

static void fill_lists(cd_look *l)
{
    const cd_page *page = l->page;
    size_t         n = page->nblocks, prose = n, body = n;
    l->units[0] = 0;
    l->drops[0] = l->hints[0] = l->dates[0] = l->titles[0] = 0;
    for (size_t i = 0; i < n; i++) {
        const cd_block *b = &page->blocks[i];
        l->units[i + 1] = l->units[i] + b->m.units;
        l->drops[i + 1] = l->drops[i] + (b->drop != NULL);
        l->hints[i + 1] = l->hints[i] + ((signs_of(b) & CD_FURNITURE) != 0);
        l->dates[i + 1] = l->dates[i] + is_dated(b);
        l->titles[i + 1] = l->titles[i] + is_title(b);
        l->prose_before[i] = prose;
        l->body_before[i] = body;
        if (l->story->weight[i]) prose = i;
        if (is_body(b)) body = i;
    }
    prose = body = n;
    for (size_t i = n; i-- > 0;) {
        l->prose_after[i] = prose;
        l->body_after[i] = body;
        if (l->story->weight[i]) prose = i;
        if (is_body(&page->blocks[i])) body = i;
    }
}

/* Sums the body up by segments, which are apart by APART blocks or more. */
static void fill_segments(cd_look *l)
{
    const cd_page *page = l->page;
    for (size_t from = 0, to; from < page->nblocks; from = to) {
        uint64_t units = 0;
        size_t   last = from;
        for (to = from; to < page->nblocks && to - last <= APART; to++) {
            if (!is_body(&page->blocks[to])) continue;
            units += page->blocks[to].m.units;
            last = to;
        }
        for (size_t i = from; i < to; i++) l->segment[i] = units;
        l->body += units;
    }
}

static void look_at_page(cd_look *l)
{
    const cd_page *page = l->page;
    size_t         shorts = 0;
    for (size_t i = 0; i < page->nblocks; i++) shorts += page->blocks[i].m.units < 800;
    l->share = CD_BUCKET(l->units[page->nblocks] ? l->body * 100 / l->units[page->nblocks] : 0, 20, 40, 60, 80);
    l->prose = CD_BUCKET(l->body, 10000, 25000, 60000, 150000);
    l->shorts = CD_BUCKET(shorts * 100 / (page->nblocks + 1), 20, 50, 80);
    l->blocks = CD_BUCKET(page->nblocks, 15, 50, 120, 300);
}

cd_status cd_look_new(const cd_story *story, cd_look **made, cd_error *err)
{
    cd_arena *arena = story->page->arena;
    cd_look  *l = cd_arena_take(arena, sizeof *l);
    if (!l || !take_lists(l, arena, story->page->nblocks)) return cd_fail_memory(err);
    l->story = story;
    l->page = story->page;
    l->opened_at = NO_OPEN;
    fill_lists(l);
    fill_segments(l);
    look_at_page(l);
    *made = l;
    return CD_OK;
}

/* ---- one block ------------------------------------------------------------------------------------------------------- */

static unsigned length_of(const cd_block *b)
{
    return CD_BUCKET(b->m.units, 100, 200, 300, 500, 800, 1200, 1800, 2500, 4000, 6000, 10000);
}
static unsigned third_of_length(const cd_block *b) { return CD_BUCKET(b->m.units, 500, 1500); }
static unsigned steps_to(size_t far) { return CD_BUCKET(far, 2, 3, 5, 9, 20); }

static void look_inside(const cd_look *l, const cd_block *b, cd_columns_of *c)
{
    unsigned length = length_of(b), third = third_of_length(b);
    CD_ADD(c, BIAS, 0);
    CD_ADD(c, LENGTH, length);
    CD_ADD(c, LENGTH_END, length * 5 + b->m.ending);
    CD_ADD(c, STOP, third * 6 + CD_BUCKET(b->m.stop, 1, 150, 250, 350, 450));
    CD_ADD(c, CAPS, third * 6 + CD_BUCKET(b->m.caps, 1, 100, 250, 500, 800));
    CD_ADD(c, DIGITS, CD_BUCKET(b->m.digits, 1, 30, 100, 250));
    CD_ADD(c, COMMAS, CD_BUCKET(b->m.commas, 1, 2, 4));
    CD_ADD(c, SENTENCES, CD_BUCKET(b->m.sentences, 1, 2, 3, 5));
    const bool forms[] = {b->m.all_caps, b->m.first_upper, b->m.quote, b->m.cjk, b->kind == CD_KIND_ITEM, b->m.prose > 0, b->m.words == 0};
    for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i]) CD_ADD(c, FORM, i);
    if (b->kind == CD_KIND_ITEM) CD_ADD(c, ITEM_LENGTH, cd_coarse_length(b));
    if (b->times > 1) CD_ADD(c, TIMES, cd_coarse_length(b));
    if (b->first < (size_t)(b - l->page->blocks)) CD_ADD(c, TIMES, 6 + cd_coarse_length(b));
}

static void look_at_rules(cd_look *l, size_t i, cd_columns_of *c)
{
    const cd_block *b = &l->page->blocks[i];
    if (b->drop) CD_ADD(c, DROP, b->drop->family);
    cd_column_add_signs(c, b->hints, CD_COL_HINT, CD_COL_END_HINT);
    if (b->m.units >= LONG) cd_column_add_signs(c, b->hints, CD_COL_HINT_LONG, CD_COL_END_HINT_LONG);
    if (i > 0) cd_column_add_signs(c, signs_of(b - 1), CD_COL_HINT_BEFORE, CD_COL_END_HINT_BEFORE);
    if (i + 1 < l->page->nblocks) cd_column_add_signs(c, signs_of(b + 1), CD_COL_HINT_AFTER, CD_COL_END_HINT_AFTER);
    uint64_t actions = 0;
    cd_role  opened = CD_ROLE_NONE;
    for (const cd_hit *h = b->hits; h; h = h->next) {
        actions |= CD_BIT(h->rule->action == CD_ACTION_FIX ? CD_ACTION_TAKE : h->rule->action); /* the model has learned of no fix */
        if (h->rule->action == CD_ACTION_OPEN) opened = h->rule->family;
    }
    cd_column_add_signs(c, actions, CD_COL_ACTION, CD_COL_END_ACTION);
    if (opened != CD_ROLE_NONE) {
        l->opened_at = (long)i;
        l->opened_kind = opened == CD_ROLE_RELATED || opened == CD_ROLE_POPULAR ? 0 : opened == CD_ROLE_COMMENTS ? 1 : 2;
        l->opens++;
    }
    if (l->opened_at != NO_OPEN) CD_ADD(c, SINCE_OPEN, l->opened_kind * 9 + CD_BUCKET(i - (size_t)l->opened_at, 1, 2, 3, 5, 10, 20, 50, 100));
    CD_ADD(c, OPENS, CD_BUCKET(l->opens, 1, 2, 4));
}

/* Weight of [from, to) as prose per unit, in six steps. */
static unsigned density(const cd_look *l, size_t from, size_t to)
{
    if (to > l->page->nblocks) to = l->page->nblocks;
    if (from >= to) return 0;
    uint64_t units = l->units[to] - l->units[from];
    return units ? CD_BUCKET_OF(cd_story_prose(l->story, from, to) * 100, units, 1, 25, 50, 75, 92) : 0;
}

static size_t back(size_t i, size_t n) { return i > n ? i - n : 0; }

/* The mean length of the nearest pieces of prose on one side, in steps; 0 where there are none. */
static unsigned mean_length(const cd_look *l, size_t i, const size_t *next)
{
    const size_t none = l->page->nblocks;
    uint64_t     units = 0;
    unsigned     n = 0;
    for (size_t at = next[i]; at < none && n < NEIGHBOURS; at = next[at], n++) units += l->page->blocks[at].m.units;
    return n ? CD_BUCKET_OF(units, n, 1, 1800, 3000, 5000) : 0;
}

static void look_at_place(const cd_look *l, size_t i, cd_columns_of *c)
{
    const cd_story *s = l->story;
    const cd_block *b = &l->page->blocks[i];
    const size_t    n = l->page->nblocks;
    unsigned        zone = i < s->from ? 0 : i < s->to ? 1 : 2;
    uint64_t        all = s->sum[n] ? s->sum[n] : 1;
    CD_ADD(c, RUN, zone == 0 ? 1 + steps_to(s->from - i) : zone == 1 ? 0 : 7 + steps_to(i + 1 - s->to));
    if (zone == 1) CD_ADD(c, RUN_PLACE, CD_BUCKET_OF((i - s->from) * 100, s->to - s->from, 5, 20, 50, 80, 95));
    CD_ADD(c, RUN_LENGTH, (zone * 12 + length_of(b)) * 2 + (b->m.ending == CD_END_SENTENCE));
    CD_ADD(c, SHARE_BEFORE, CD_BUCKET_OF(s->sum[i] * 1000, all, 1, 50, 200, 500, 800, 950, 999));
    CD_ADD(c, SHARE_AFTER, CD_BUCKET_OF((s->sum[n] - s->sum[i + 1]) * 1000, all, 1, 50, 200, 500, 800, 950, 999));
    CD_ADD(c, DENSITY_2, density(l, back(i, 2), i + 3));
    CD_ADD(c, DENSITY_6, density(l, back(i, 6), i + 7));
    CD_ADD(c, DENSITY_15, density(l, back(i, 15), i + 16));
    unsigned left = density(l, back(i, 3), i), right = density(l, i + 1, i + 4);
    CD_ADD(c, LEFT_RIGHT, left * 6 + right);
    CD_ADD(c, LEFT_RIGHT_LENGTH, (left / 2 * 3 + right / 2) * 6 + cd_coarse_length(b));
    CD_ADD(c, PLACE, (unsigned)(i * 10 / n));
    CD_ADD(c, PROSE_BEFORE, l->prose_before[i] < n ? 1 + steps_to(i - l->prose_before[i]) : 0);
    CD_ADD(c, PROSE_AFTER, l->prose_after[i] < n ? 1 + steps_to(l->prose_after[i] - i) : 0);
    CD_ADD(c, MEAN_BEFORE, mean_length(l, i, l->prose_before) * 6 + cd_coarse_length(b));
    CD_ADD(c, MEAN_AFTER, mean_length(l, i, l->prose_after) * 6 + cd_coarse_length(b));
    CD_ADD(c, DROPS_NEAR, l->drops[i + 4 < n ? i + 4 : n] - l->drops[back(i, 3)]);
    CD_ADD(c, HINTS_NEAR, l->hints[i + 6 < n ? i + 6 : n] - l->hints[back(i, 5)]);
    bool dated_before = l->dates[i] > l->dates[back(i, 3)], dated_after = l->dates[i + 4 < n ? i + 4 : n] > l->dates[i + 1 < n ? i + 1 : n];
    CD_ADD(c, DATED_NEAR, (dated_before + 2u * dated_after) * 3 + third_of_length(b));
    CD_ADD(c, DATES_NEAR, l->dates[i + 11 < n ? i + 11 : n] - l->dates[back(i, 10)]);
    CD_ADD(c, TITLES_NEAR, CD_BUCKET(l->titles[i + 9 < n ? i + 9 : n] - l->titles[back(i, 8)], 1, 2, 4, 6, 9) + 6u * is_body(b));
}

static void look_at_head(const cd_look *l, size_t i, cd_columns_of *c)
{
    const cd_page  *page = l->page;
    const cd_block *b = &page->blocks[i];
    const size_t    head = l->story->head;
    if (head >= page->nblocks) {
        CD_ADD(c, HEAD, 13);
        return;
    }
    if (i > head) { /* what has come since: another page's furniture, or another story's date */
        unsigned here = is_body(b) ? 5 : 0;
        CD_ADD(c, DATES_SINCE, here + CD_BUCKET(l->dates[i] - l->dates[head], 1, 2, 3, 6));
        CD_ADD(c, DROPS_SINCE, here + CD_BUCKET(l->drops[i] - l->drops[head], 1, 3, 8, 20));
        CD_ADD(c, HINTS_SINCE, here + CD_BUCKET(l->hints[i] - l->hints[head], 2, 5, 12, 30));
    }
    CD_ADD(c, HEAD, i == head ? 0 : i < head ? 1 + steps_to(head - i) : 7 + steps_to(i - head));
    if (i != head && b->hash == page->blocks[head].hash) CD_ADD(c, HEAD_AGAIN, 0);
    if (b->m.units >= TOPIC_MIN) {
        cd_overlap words = cd_topic_overlap(l->story, i, true);
        CD_ADD(c, TOPIC, CD_BUCKET((uint64_t)words.share[CD_TOPIC_RUN], 100, 250, 400, 600, 800) * 3 + third_of_length(b));
    }
}

static void look_at_roles(const cd_look *l, size_t i, cd_columns_of *c)
{
    const cd_page  *page = l->page;
    const cd_block *b = &page->blocks[i];
    const size_t    n = page->nblocks;
    bool            before = i > 0 && is_body(b - 1), here = is_body(b), after = i + 1 < n && is_body(b + 1);
    bool            inside = i >= page->body_from && i < page->body_to;
    CD_ADD(c, ROLE, (unsigned)b->role + (inside ? 32u : 0));
    CD_ADD(c, ROLES, (before * 4u + here * 2u + after) * 6 + cd_coarse_length(b));
    CD_ADD(c, ROLE_LENGTH, here * 60u + length_of(b) * 5 + b->m.ending);
    CD_ADD(c, PAGE_SHARE, here * 5u + l->share);
    CD_ADD(c, PAGE_PROSE, here * 5u + l->prose);
    CD_ADD(c, PAGE_SHORT, here * 4u + l->shorts);
    CD_ADD(c, PAGE_BLOCKS, here * 5u + l->blocks);
    CD_ADD(c, SEGMENT, here * 6u + (l->body ? CD_BUCKET_OF(l->segment[i] * 100, l->body, 1, 10, 30, 60, 95) : 0));
    if (i > 0) CD_ADD(c, ROLE_BEFORE, (unsigned)b[-1].role);
    if (i + 1 < n) CD_ADD(c, ROLE_AFTER, (unsigned)b[1].role);
    CD_ADD(c, BODY_BEFORE, l->body_before[i] < n ? 1 + steps_to(i - l->body_before[i]) : 0);
    CD_ADD(c, BODY_AFTER, l->body_after[i] < n ? 1 + steps_to(l->body_after[i] - i) : 0);
}

static void look_around(const cd_look *l, size_t i, cd_columns_of *c)
{
    const cd_block *b = &l->page->blocks[i];
    const bool      last = i + 1 == l->page->nblocks;
    if (i > 0) CD_ADD(c, BEFORE, cd_coarse_length(b - 1) * 5 + b[-1].m.ending);
    if (!last) CD_ADD(c, AFTER, cd_coarse_length(b + 1) * 5 + b[1].m.ending);
}

void cd_look_at(cd_look *l, size_t i, cd_columns_of *c)
{
    c->n = 0;
    look_inside(l, &l->page->blocks[i], c);
    look_at_rules(l, i, c);
    look_at_place(l, i, c);
    look_at_head(l, i, c);
    look_at_roles(l, i, c);
    look_around(l, i, c);
}

const char *cd_column_group(unsigned column, unsigned *place)
{
    static const struct {
        const char *name;
        unsigned    first;
    } groups[] = {
#define X(name, n) {#name, CD_COL_##name},
        CD_COLUMNS(X) CD_HTML_COLUMNS(X)
#undef X
    };
    size_t i = sizeof groups / sizeof *groups - 1;
    while (groups[i].first > column) i--;
    *place = column - groups[i].first;
    return groups[i].name;
}
