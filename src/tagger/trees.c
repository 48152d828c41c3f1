/* trees.c -- boosted decision trees. In: a block's columns. Out: a sum. A tree's nodes lie one behind the other, each before those for no,
 * these before those for yes; so a "no" goes on to the next node. Columns are first spread out into one byte for each thing that some tree
 * asks for: of a group the place + 1, of a set's column 0 or 1. What no tree asks for costs nothing.
 *
 * For a sum no tree is walked (QuickScorer, Lucchese 2015): each tree has a bit for each leaf, from no to yes, and a question that is answered with
 * yes takes out those behind its no; the first that is left is the leaf. Most questions are answered with no and cost nothing: those with
 * yes are listed for each column. */
#include "tagger/trees.h"

#include <stdlib.h>
#include <string.h>

enum {
    NODES_MAX = 60000, /* of both looks: they are counted in 16 bits */
    TREES_MAX = 512,   /* of one look */
    DEPTH_MAX = 64,
    LEAVES_MAX = 32,   /* of a tree: a bit each */
    LEAF = UINT16_MAX,
    NO_SLOT = UINT16_MAX
};

typedef struct node {
    uint16_t slot;   /* LEAF: none */
    uint16_t yes;    /* the node for yes */
    uint16_t column; /* that is asked for */
    uint8_t  than;   /* yes where the slot holds more */
    uint8_t  n;      /* columns of the group */
    bool     set;
    int32_t  value;
} node;

typedef struct place {
    uint16_t slot; /* NO_SLOT: no tree asks for it */
    uint8_t  value;
} place;

/* What a yes takes out, and for whom. */
typedef struct cut {
    uint32_t leaves; /* those that it leaves */
    uint16_t tree, slot;
    uint8_t  than, look;
} cut;

/* All of it that is needed to sum up. Those of all trees fill most of the innermost cache. */
typedef struct mask {
    uint32_t leaves;
    uint32_t tree;
} mask;

typedef struct range {
    uint32_t from, to;
} range;

struct cd_trees {
    node    *nodes;
    size_t   nnodes, room;
    uint16_t roots[CD_TREE_LOOKS][TREES_MAX];
    size_t   nroots[CD_TREE_LOOKS];
    unsigned looks;
    place    places[CD_COL_COUNT];
    unsigned nslots;
    uint16_t open[DEPTH_MAX]; /* while it is read: the questions whose "yes" is yet to come */
    size_t   nopen;
    bool     in_tree;
    unsigned nleaves; /* of the tree that is read */
    mask    *masks;   /* when all is read: by look, slot and than */
    int32_t *values;  /* of all leaves */
    uint16_t first[CD_TREE_LOOKS][TREES_MAX];  /* a tree's first leaf in `values` */
    range    yes[CD_TREE_LOOKS][CD_COL_COUNT]; /* the masks that a column sets */
};

typedef struct group {
    cd_span  name;
    unsigned first, n;
} group;

static const group *find_group(cd_span name)
{
    static const group groups[] = {
#define X(name, n) {CD_SPAN(#name), CD_COL_##name, n},
        CD_COLUMNS(X) CD_HTML_COLUMNS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (cd_span_is(name, groups[i].name)) return &groups[i];
    return NULL;
}

static bool is_set(cd_span name)
{
    static const cd_span names[] = {
#define X(name) CD_SPAN(#name),
        CD_SETS(X)
#undef X
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (cd_span_is(name, names[i])) return true;
    return false;
}

cd_status cd_trees_new(cd_trees **trees, cd_error *err)
{
    cd_trees *t = calloc(1, sizeof *t);
    if (!t) return cd_fail_memory(err);
    for (size_t i = 0; i < CD_COL_COUNT; i++) t->places[i].slot = NO_SLOT;
    *trees = t;
    return CD_OK;
}

void cd_trees_free(cd_trees *t)
{
    if (!t) return;
    free(t->nodes);
    free(t->masks);
    free(t->values);
    free(t);
}

/* ---- the file -------------------------------------------------------------------------------------------------------- */

static cd_status add_node(cd_trees *t, node fresh, bool *good, cd_error *err)
{
    size_t *nroots = t->looks ? &t->nroots[t->looks - 1] : NULL;
    *good = nroots && t->nnodes < NODES_MAX && (fresh.slot == LEAF || t->nopen < DEPTH_MAX) && (t->in_tree || *nroots < TREES_MAX);
    if (!t->in_tree) t->nleaves = 0;
    t->nleaves += fresh.slot == LEAF;
    *good = *good && t->nleaves <= LEAVES_MAX;
    if (!*good) return CD_OK;
    if (t->nnodes == t->room) {
        size_t room = t->room ? t->room * 2 : 1024;
        node  *nodes = realloc(t->nodes, room * sizeof *nodes);
        if (!nodes) return cd_fail_memory(err);
        t->nodes = nodes;
        t->room = room;
    }
    if (!t->in_tree) t->roots[t->looks - 1][(*nroots)++] = (uint16_t)t->nnodes;
    t->nodes[t->nnodes++] = fresh;
    t->in_tree = true;
    if (fresh.slot != LEAF) t->open[t->nopen++] = (uint16_t)(t->nnodes - 1);
    else if (t->nopen) t->nodes[t->open[--t->nopen]].yes = (uint16_t)t->nnodes;
    else t->in_tree = false;
    return CD_OK;
}

/* Gives a group, or one column of a set, its slot. */
static uint16_t slot_for(cd_trees *t, const group *g, unsigned at, bool set)
{
    unsigned first = set ? g->first + at : g->first, n = set ? 1 : g->n;
    if (t->places[first].slot == NO_SLOT) {
        for (unsigned i = 0; i < n; i++) t->places[first + i] = (place){(uint16_t)t->nslots, (uint8_t)(set ? 1 : i + 1)};
        t->nslots++;
    }
    return t->places[first].slot;
}

cd_status cd_trees_read(cd_trees *t, cd_span word, cd_model_file *f, bool *good, cd_error *err)
{
    long at, value;
    *good = false;
    if (cd_span_is(word, CD_SPAN("look"))) {
        if (!cd_model_number(f, &value) || value <= (long)t->looks || value > CD_TREE_LOOKS || t->in_tree) return CD_OK;
        t->looks = (unsigned)value;
        *good = true;
        return CD_OK;
    }
    if (cd_span_is(word, CD_SPAN("="))) {
        if (!cd_model_number(f, &value)) return CD_OK;
        return add_node(t, (node){.slot = LEAF, .value = (int32_t)value}, good, err);
    }
    const group *g = find_group(word);
    if (!g || !cd_model_number(f, &at) || !cd_model_number(f, &value) || at < 0 || at >= (long)g->n || g->n > UINT8_MAX) return CD_OK;
    bool set = is_set(word);
    node fresh = {.slot = slot_for(t, g, (unsigned)at, set), .column = (uint16_t)(g->first + (unsigned)at), .than = (uint8_t)(set ? 0 : at),
                  .n = (uint8_t)g->n, .set = set, .value = (int32_t)value};
    return add_node(t, fresh, good, err);
}

bool cd_trees_are_whole(const cd_trees *t) { return !t->in_tree && t->nroots[0] > 0; }
bool cd_trees_look_twice(const cd_trees *t) { return t->nroots[1] > 0; }

/* ---- yes ------------------------------------------------------------------------------------------------------------- */

/* The cuts while they are listed. */
typedef struct cuts {
    cut   *at, *sorted;
    size_t n;
} cuts;

/* Adds the cuts and leaves of one tree, which begins at node `at`. */
static void take_tree(cd_trees *t, unsigned look, size_t tree, size_t at, size_t *nvalues, cuts *c)
{
    size_t   leaf_of[2 * LEAVES_MAX], from = at, open = 1; /* leaves before each node; nodes yet to come */
    size_t   n = 0;
    t->first[look][tree] = (uint16_t)*nvalues;
    for (; open; at++) {
        leaf_of[at - from] = n;
        open = t->nodes[at].slot == LEAF ? open - 1 : open + 1;
        if (t->nodes[at].slot == LEAF) t->values[*nvalues + n++] = t->nodes[at].value;
    }
    *nvalues += n;
    for (size_t i = from; i < at; i++) {
        const node *one = &t->nodes[i];
        if (one->slot == LEAF) continue;
        size_t   low = leaf_of[i - from], high = leaf_of[one->yes - from]; /* what is behind its no */
        uint32_t out = (uint32_t)((((uint64_t)1 << high) - 1) & ~(((uint64_t)1 << low) - 1));
        c->at[c->n++] = (cut){.leaves = ~out, .tree = (uint16_t)tree, .slot = one->slot, .than = one->than, .look = (uint8_t)look};
    }
}

static unsigned than_of(const cut *c) { return c->than; }
static unsigned slot_of(const cut *c) { return c->look * (unsigned)CD_COL_COUNT + c->slot; }

/* Counting sort, which keeps the order of equals: every run of the program begins with it. */
static void sort_by(const cut *from, cut *to, size_t n, unsigned (*key)(const cut *))
{
    uint32_t at[CD_TREE_LOOKS * CD_COL_COUNT + 1] = {0};
    for (size_t i = 0; i < n; i++) at[key(&from[i]) + 1]++;
    for (size_t i = 1; i < sizeof at / sizeof *at; i++) at[i] += at[i - 1];
    for (size_t i = 0; i < n; i++) to[at[key(&from[i])]++] = from[i];
}

/* The cuts of a column: those of its slot that ask for less than it has. */
static range find_cuts(const cuts *c, range of_slot, place p)
{
    range r = {of_slot.from, of_slot.from};
    while (r.to < of_slot.to && c->at[r.to].than < p.value) r.to++;
    return r;
}

static void list_masks(cd_trees *t, const cuts *c)
{
    range slots[CD_TREE_LOOKS][CD_COL_COUNT] = {{{0, 0}}};
    for (uint32_t i = 0; i < c->n; i++) {
        range *r = &slots[c->at[i].look][c->at[i].slot];
        if (r->to == 0) r->from = i;
        r->to = i + 1;
        t->masks[i] = (mask){c->at[i].leaves, c->at[i].tree};
    }
    for (unsigned look = 0; look < CD_TREE_LOOKS; look++)
        for (size_t i = 0; i < CD_COL_COUNT; i++)
            if (t->places[i].slot != NO_SLOT) t->yes[look][i] = find_cuts(c, slots[look][t->places[i].slot], t->places[i]);
}

cd_status cd_trees_settle(cd_trees *t, cd_error *err)
{
    size_t nvalues = 0;
    cuts   c = {calloc(t->nnodes + 1, sizeof *c.at), calloc(t->nnodes + 1, sizeof *c.sorted), 0};
    t->masks = calloc(t->nnodes + 1, sizeof *t->masks);
    t->values = calloc(t->nnodes + 1, sizeof *t->values);
    bool made = c.at && c.sorted && t->masks && t->values;
    for (unsigned look = 0; made && look < CD_TREE_LOOKS; look++)
        for (size_t k = 0; k < t->nroots[look]; k++) take_tree(t, look, k, t->roots[look][k], &nvalues, &c);
    if (made) {
        sort_by(c.at, c.sorted, c.n, than_of);
        sort_by(c.sorted, c.at, c.n, slot_of);
        list_masks(t, &c);
    }
    free(c.at);
    free(c.sorted);
    return made ? CD_OK : cd_fail_memory(err);
}

/* ---- a block --------------------------------------------------------------------------------------------------------- */

static void spread(const cd_trees *t, const cd_columns_of *c, uint8_t *room)
{
    memset(room, 0, t->nslots);
    for (unsigned i = 0; i < c->n; i++) {
        place p = t->places[c->at[i]];
        if (p.slot != NO_SLOT) room[p.slot] = p.value;
    }
}

int32_t cd_trees_sum(const cd_trees *t, unsigned look, const cd_columns_of *c, uint8_t *room)
{
    uint32_t left[TREES_MAX];
    int32_t  sum = 0;
    spread(t, c, room);
    memset(left, 0xFF, t->nroots[look] * sizeof *left);
    for (unsigned i = 0; i < c->n; i++) {
        const place p = t->places[c->at[i]];
        if (p.slot == NO_SLOT || room[p.slot] != p.value) continue; /* of two columns of a group the last one counts */
        const range r = t->yes[look][c->at[i]];
        for (const mask *one = t->masks + r.from, *end = t->masks + r.to; one < end; one++) left[one->tree] &= one->leaves;
    }
    for (size_t k = 0; k < t->nroots[look]; k++) sum += t->values[t->first[look][k] + __builtin_ctz(left[k])];
    return sum;
}

/* The column of the block by which a question was answered; the one that was asked for where it has none of them. */
static unsigned answer_of(const node *n, const cd_columns_of *c)
{
    if (n->set) return n->column;
    unsigned first = n->column - n->than;
    for (unsigned i = 0; i < c->n; i++)
        if (c->at[i] >= first && c->at[i] < first + n->n) return c->at[i];
    return n->column;
}

int32_t cd_trees_explain(const cd_trees *t, unsigned look, const cd_columns_of *c, uint8_t *room, int32_t *parts)
{
    int32_t base = 0;
    spread(t, c, room);
    for (size_t k = 0; k < t->nroots[look]; k++) {
        const node *n = &t->nodes[t->roots[look][k]];
        base += n->value;
        while (n->slot != LEAF) {
            const node *next = room[n->slot] > n->than ? &t->nodes[n->yes] : n + 1;
            parts[answer_of(n, c)] += next->value - n->value;
            n = next;
        }
    }
    return base;
}
