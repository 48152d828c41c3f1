/* trees.c -- boosted decision trees. In: a block's columns. Out: a sum. A tree's nodes lie one behind the other, each before those for no,
 * these before those for yes; so a "no" goes on to the next node. Columns are first spread out into one byte for each thing that some tree
 * asks for: of a group the place + 1, of a set's column 0 or 1. What no tree asks for costs nothing. */
#include "tagger/trees.h"

#include <stdlib.h>
#include <string.h>

enum {
    NODES_MAX = 60000, /* of both looks: they are counted in 16 bits */
    TREES_MAX = 512,   /* of one look */
    DEPTH_MAX = 64,
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
};

typedef struct group {
    cd_span  name;
    unsigned first, n;
} group;

static const group *find_group(cd_span name)
{
    static const group groups[] = {
#define X(name, n) {CD_SPAN(#name), CD_COL_##name, n},
        CD_COLUMNS(X) CD_HTML_COLUMNS(X) CD_STRETCH_COLUMNS(X)
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
    free(t);
}

/* ---- the file -------------------------------------------------------------------------------------------------------- */

static cd_status add_node(cd_trees *t, node fresh, bool *good, cd_error *err)
{
    size_t *nroots = t->looks ? &t->nroots[t->looks - 1] : NULL;
    *good = nroots && t->nnodes < NODES_MAX && (fresh.slot == LEAF || t->nopen < DEPTH_MAX) && (t->in_tree || *nroots < TREES_MAX);
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

bool cd_trees_are_whole(const cd_trees *t, unsigned look) { return !t->in_tree && t->nroots[look] > 0; }
bool cd_trees_look_twice(const cd_trees *t) { return t->nroots[1] > 0; }

/* ---- a block --------------------------------------------------------------------------------------------------------- */

static void spread(const cd_trees *t, const cd_columns_of *c, uint8_t *room)
{
    memset(room, 0, t->nslots);
    for (unsigned i = 0; i < c->n; i++) {
        place p = t->places[c->at[i]];
        if (p.slot != NO_SLOT) room[p.slot] = p.value;
    }
}

static uint16_t find_leaf(const cd_trees *t, uint16_t at, const uint8_t *room)
{
    const node *n = &t->nodes[at];
    while (n->slot != LEAF) n = room[n->slot] > n->than ? &t->nodes[n->yes] : n + 1;
    return (uint16_t)(n - t->nodes);
}

int32_t cd_trees_sum(const cd_trees *t, unsigned look, const cd_columns_of *c, uint8_t *room)
{
    int32_t sum = 0;
    spread(t, c, room);
    for (size_t k = 0; k < t->nroots[look]; k++) sum += t->nodes[find_leaf(t, t->roots[look][k], room)].value;
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
