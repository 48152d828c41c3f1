/* sights.c -- looks at every element of an HTML page once. In: marked blocks with the elements around them (page/markup.h). Out: of each
 * element which share of the prose it holds, and how far it is from the way that leads to most of it, from the element that holds the
 * most paragraphs, and from the title. Shares are of the prose that rules leave (story.h). All from integers. */
#include "tagger/markup.h"

#include "base/utf8.h"
#include "tagger/statements.h"

enum {
    PARAGRAPHS = 6000,     /* units of prose from which an <article> counts */
    NEAR_WRAPPER = 850,    /* classes of the element and its parent are asked up to this share of the prose */
    FAR = CD_SIGHT_FAR,
    SHARES = 3             /* levels of an element's parents, for points as Readability gives them */
};

/* ---- elements -------------------------------------------------------------------------------------------------------- */

static uint64_t hash_class(const cd_element *e) { return cd_hash_more(CD_HASH_BYTES_SEED + e->tag, e->signature); }

static uint8_t prop_of(cd_span prop)
{
    static const cd_span names[] = {CD_SPAN("articleBody"), CD_SPAN("description"), CD_SPAN("headline"), CD_SPAN("author"), CD_SPAN("name"),
                                    CD_SPAN("datePublished"), CD_SPAN("caption")};
    for (uint8_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cd_span_is(prop, names[i])) return (uint8_t)(i + 1);
    return prop.len ? 8 : 0;
}

static uint8_t up_one(uint8_t level) { return level < FAR ? (uint8_t)(level + 1) : FAR; }

/* What an element has from itself and from the one around it. */
static void look_at_element(cd_sights *s, uint32_t i, uint64_t all, const cd_spot *root)
{
    const cd_element *e = &s->page->elements[i];
    const cd_spot    *around = e->parent == CD_NO_ELEMENT ? root : &s->spots[e->parent];
    cd_spot          *p = &s->spots[i];
    uint64_t          units = s->units[e->to] - s->units[e->from];
    uint64_t          own = hash_class(e), mine = p->share < NEAR_WRAPPER ? e->families : 0;
    p->links = (uint32_t)(units ? (s->links[e->to] - s->links[e->from]) * 1000 / units : 0);
    p->own = (uint32_t)(all ? (uint64_t)p->own * 1000 / all : 0);
    p->near = mine | (around->share < NEAR_WRAPPER && e->parent != CD_NO_ELEMENT ? s->page->elements[e->parent].families : 0);
    p->body_level = e->families & CD_FAMILY_BIT(CD_FAMILY_BODY) ? 0 : up_one(around->body_level);
    p->prop = e->prop.len ? prop_of(e->prop) : around->prop;
    p->prop_body = around->prop_body || (e->prop.len && prop_of(e->prop) == 1);
    p->article = around->article >= 0 || e->tag != CD_TAG_ARTICLE || (s->story->sum[e->to] - s->story->sum[e->from]) < PARAGRAPHS ? around->article : s->narticles++;
    p->depth = e->depth;
    p->like = own;
    p->like_parent = own * 31 + around->like;
}

/* The prose in each element, and of each the child that holds the most. Gives the element at the top with the most. */
static uint32_t weigh_elements(cd_sights *s, uint64_t all, uint32_t *heaviest)
{
    uint32_t best = CD_NO_ELEMENT;
    for (uint32_t i = 0; i < s->page->nelements; i++) {
        const cd_element *e = &s->page->elements[i];
        s->spots[i].share = (uint32_t)(all ? (s->story->sum[e->to] - s->story->sum[e->from]) * 1000 / all : 0);
        heaviest[i] = CD_NO_ELEMENT;
        uint32_t *most = e->parent == CD_NO_ELEMENT ? &best : &heaviest[e->parent];
        if (s->spots[i].share && (*most == CD_NO_ELEMENT || s->spots[*most].share < s->spots[i].share)) *most = i;
    }
    return best;
}

/* Marks the way to the most prose (off_path 0), and on it the innermost elements that hold half of it, 70, 85 and 95 %. */
static void mark_path(cd_sights *s, uint32_t at, const uint32_t *heaviest)
{
    static const uint32_t parts[] = {500, 700, 850, 950};
    uint32_t holders[] = {CD_NO_ELEMENT, CD_NO_ELEMENT, CD_NO_ELEMENT, CD_NO_ELEMENT};
    for (; at != CD_NO_ELEMENT; at = heaviest[at]) {
        s->spots[at].off_path = 0;
        for (unsigned k = 0; k < 4; k++)
            if (s->spots[at].share >= parts[k]) holders[k] = at;
    }
    for (unsigned k = 0; k < 4; k++)
        if (holders[k] != CD_NO_ELEMENT) s->spots[holders[k]].holders |= (uint8_t)(1u << k);
}

/* Paragraphs give points to what is around them, half of them to the next one up, a fifth to the third: the element with the most is where
 * Readability would look for the story. Leaves each element's own prose in `own`. */
static cd_status find_top(cd_sights *s, cd_error *err)
{
    static const uint64_t parts[SHARES] = {10, 5, 2};
    const cd_page *page = s->page;
    uint64_t      *points = cd_arena_array(page->arena, page->nelements + 1, sizeof *points), best = 0;
    if (!points) return cd_fail_memory(err);
    s->top = CD_NO_ELEMENT;
    for (size_t i = 0; i < page->nblocks; i++) {
        uint32_t at = page->blocks[i].markup->element;
        if (!s->story->weight[i] || at == CD_NO_ELEMENT) continue;
        s->spots[at].own += s->story->weight[i];
        uint8_t tag = page->elements[at].tag;
        if (tag == CD_TAG_P || tag == CD_TAG_LI || tag == CD_TAG_DIV || tag == CD_TAG_SECTION) at = page->elements[at].parent;
        for (unsigned k = 0; k < SHARES && at != CD_NO_ELEMENT; k++, at = page->elements[at].parent) points[at] += s->story->weight[i] * parts[k];
    }
    for (uint32_t i = 0; i < page->nelements; i++)
        if (points[i] > best) best = points[i], s->top = i;
    return CD_OK;
}

/* Prose by likeness of the elements that hold it. */
typedef struct prose_of {
    cd_slots  slots;
    uint64_t *prose;
} prose_of;

static uint64_t *prose_like(const prose_of *t, uint64_t hash)
{
    size_t at = cd_slots_find(&t->slots, hash | 1);
    t->slots.hashes[at] = hash | 1;
    return &t->prose[at];
}

static cd_status compare_elements(cd_sights *s, uint64_t all, cd_error *err)
{
    const cd_page *page = s->page;
    prose_of       t;
    if (!cd_slots_make(&t.slots, page->arena, page->nelements * 4, page->hash_key)) return cd_fail_memory(err);
    t.prose = cd_arena_array(page->arena, t.slots.mask + 1, sizeof *t.prose);
    if (!t.prose) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) {
        uint32_t at = page->blocks[i].markup->element;
        if (at == CD_NO_ELEMENT || !s->story->weight[i]) continue;
        *prose_like(&t, s->spots[at].like) += s->story->weight[i];
        *prose_like(&t, s->spots[at].like_parent) += s->story->weight[i];
    }
    for (size_t i = 0; all && i < page->nelements; i++) {
        s->spots[i].alike = (uint32_t)(*prose_like(&t, s->spots[i].like) * 1000 / all);
        s->spots[i].alike_parent = (uint32_t)(*prose_like(&t, s->spots[i].like_parent) * 1000 / all);
    }
    return CD_OK;
}

/* Levels from the title up to each element around it (title_up), and from every other element up to one of those (title_down). */
static void measure_ways(cd_sights *s, const cd_spot *root)
{
    uint8_t up = 0;
    for (uint32_t at = s->title < s->page->nblocks ? s->page->blocks[s->title].markup->element : CD_NO_ELEMENT; at != CD_NO_ELEMENT;
         at = s->page->elements[at].parent, up = up_one(up))
        s->spots[at].title_up = (uint8_t)(up + 1);
    for (uint32_t i = 0; i < s->page->nelements; i++) {
        cd_spot       *p = &s->spots[i];
        uint32_t       parent = s->page->elements[i].parent;
        const cd_spot *around = parent == CD_NO_ELEMENT ? root : &s->spots[parent];
        bool           with_title = p->title_up > 0, with_path = p->off_path == 0;
        p->title_share = with_title ? p->share : around->title_share;
        p->title_down = with_title ? 0 : up_one(around->title_down);
        p->title_up = with_title ? (uint8_t)(p->title_up - 1) : around->title_up;
        p->path_share = with_path ? p->share : around->path_share;
        p->off_path = with_path ? 0 : up_one(around->off_path);
        p->off_top = i == s->top ? 0 : around->off_top == FAR ? FAR : up_one(around->off_top);
        p->holders |= around->holders;
    }
}

static cd_status fill_sums(cd_sights *s, cd_error *err)
{
    const cd_page *page = s->page;
    s->links = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *s->links);
    s->units = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *s->units);
    if (!s->links || !s->units) return cd_fail_memory(err);
    s->links[0] = s->units[0] = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        s->units[i + 1] = s->units[i] + b->m.units;
        s->links[i + 1] = s->links[i] + (uint64_t)b->m.units * b->markup->links / 1000;
    }
    return CD_OK;
}

cd_status cd_sights_new(const cd_story *story, cd_sights **sights, cd_error *err)
{
    const cd_page *page = story->page;
    cd_sights     *s = cd_arena_take(page->arena, sizeof *s);
    uint32_t      *heaviest = cd_arena_raw(page->arena, page->nelements + 1, sizeof *heaviest);
    if (!s || !heaviest) return cd_fail_memory(err);
    *s = (cd_sights){.story = story, .page = page, .heading = page->nblocks};
    s->spots = cd_arena_array(page->arena, page->nelements + 1, sizeof *s->spots);
    if (!s->spots) return cd_fail_memory(err);
    cd_spot *root = &s->spots[page->nelements];
    *root = (cd_spot){.share = 1000, .path_share = 1000, .title_share = 1000, .off_top = FAR, .body_level = FAR, .title_up = FAR, .article = -1};
    uint64_t all = story->sum[page->nblocks];
    CD_TRY(fill_sums(s, err));
    s->title = story->statements->title;
    if (s->title == page->nblocks) s->title = story->head;
    for (size_t i = 0; i < page->nelements; i++) s->spots[i].off_path = 1;
    mark_path(s, weigh_elements(s, all, heaviest), heaviest);
    CD_TRY(find_top(s, err));
    for (uint32_t i = 0; i < page->nelements; i++) look_at_element(s, i, all, root);
    CD_TRY(compare_elements(s, all, err));
    measure_ways(s, root);
    *sights = s;
    return CD_OK;
}

const cd_spot *cd_sights_spot(const cd_sights *s, size_t block)
{
    uint32_t element = s->page->blocks[block].markup->element;
    return &s->spots[element == CD_NO_ELEMENT ? s->page->nelements : element];
}
