/* net.c -- plain text: a small recurrent network over a page's blocks, or over those of its lines that may be the headline. In: the
 * columns of each. Out: what its neighbours, near and far, and its own signs together make of it. A block's columns become a few numbers,
 * its input; two layers then carry states down the page and up again, in which each block keeps a share of the state that comes to it and
 * puts in its own. How much it keeps is up to the block alone (as in quasi-recurrent networks: Bradbury, Merity, Xiong, Socher 2016; simple
 * recurrent units: Lei, Zhang, Wang, Dai, Artzi 2017), so that all blocks can be weighed at once. A last layer judges input and states.
 * What would be sigmoids is made of straight lines, and all numbers are integers: every machine gives the same. */
#include "tagger/net.h"

#include "tagger/netsum.h"

#include <stdlib.h>
#include <string.h>

enum {
    INPUTS = 24,
    STATES = 16, /* in each direction, of each layer */
    HIDDEN = 16,
    BOTH = 2 * STATES,            /* states: down the page, then up */
    VALUES = INPUTS + BOTH,       /* what the last layer weighs; the first weighs the input, the second the first's states */
    WAY = 2 * STATES,             /* gates of a direction: shares to keep, then what comes in */
    GATES = 2 * WAY,              /* down, then up */
    COLUMN_ONE = 1 << 7,          /* 1.0 of a column's weights */
    ONE = 1 << 11,                /* 1.0 of an input, of its weights, and of a hidden value */
    STATE_ONE = 1 << 13,          /* 1.0 of a state; of its weights it is ONE * ONE / STATE_ONE */
    KEEP_BITS = 12,
    KEEP = 1 << KEEP_BITS,        /* the whole state is kept */
    INPUT_MAX = 4 * ONE,
    INPUT_STEP = ONE / COLUMN_ONE,
    HIDDEN_MAX = 16 * ONE - 1,
    COLUMN_MAX = 166, /* so that no sum of columns leaves 16 bits */
    INPUT_BIAS_MAX = INT16_MAX - COLUMN_MAX * CD_COLUMNS_MAX,
    SCALE = 1000,     /* the model's integers are thousandths */
    SUM_BITS = 22,    /* a layer's sums have ONE * ONE for 1.0; what is left out of them to have ... */
    HIDDEN_SHIFT = SUM_BITS - 11, /* ... ONE */
    STATE_SHIFT = SUM_BITS - 13,  /* ... STATE_ONE; and of that ... */
    KEEP_SHIFT = 3                /* ... a quarter of KEEP */
};

/* Which lines have come. */
enum { HAS_SIZES = 1, HAS_INPUT = 2, HAS_OUT = 4, HAS_ALL = 7 };

/* Sums of `n` are made of `values` and a bias; weights by pairs, as netsum.h wants them. */
typedef struct layer {
    const char *name; /* of its lines */
    unsigned    values, inputs, n; /* the first values are inputs */
    int16_t     weights[VALUES / 2 * GATES][2];
    int32_t     bias[GATES];
    bool        has[VALUES + 1];
} layer;

struct cd_net {
    int16_t  columns[CD_COL_TEXT_COUNT][INPUTS];
    int16_t  input[INPUTS]; /* bias */
    layer    near, far, last;
    int16_t  out[HIDDEN];
    int32_t  out_bias;
    unsigned has;
};

/* What is known of a block: the states of the first layer; its input and the states of the second. */
typedef struct state {
    int16_t first[BOTH], values[VALUES];
} state;

struct cd_net_page {
    const cd_net *net;
    state        *states;
    size_t        n;
};

/* ---- the file -------------------------------------------------------------------------------------------------------- */

cd_status cd_net_new(cd_net **made, cd_error *err)
{
    cd_net *net = calloc(1, sizeof *net);
    if (!net) return cd_fail_memory(err);
    net->near = (layer){.name = "near", .values = INPUTS, .inputs = INPUTS, .n = GATES};
    net->far = (layer){.name = "far", .values = BOTH, .n = GATES};
    net->last = (layer){.name = "last", .values = VALUES, .inputs = INPUTS, .n = HIDDEN};
    *made = net;
    return CD_OK;
}

void cd_net_free(cd_net *net) { free(net); }

static bool read_numbers(cd_model_file *f, long *to, unsigned n, long max)
{
    for (unsigned i = 0; i < n; i++)
        if (!cd_model_number(f, &to[i]) || to[i] > max || to[i] < -max) return false;
    return true;
}

static bool read_sizes(cd_model_file *f)
{
    static const long own[] = {INPUTS, STATES, HIDDEN};
    long              sizes[3];
    return read_numbers(f, sizes, 3, INT16_MAX) && memcmp(sizes, own, sizeof own) == 0;
}

static bool read_few(cd_model_file *f, unsigned n, int16_t *to, long max)
{
    long row[GATES];
    if (!read_numbers(f, row, n, max)) return false;
    for (unsigned k = 0; k < n; k++) to[k] = (int16_t)row[k];
    return true;
}

/* A line of a layer: the value's number, then a weight for each sum; behind the last value comes the bias. */
static bool read_row(layer *to, cd_model_file *f)
{
    int16_t row[GATES];
    long    at;
    if (!cd_model_number(f, &at) || at < 0 || at > (long)to->values || to->has[at] || !read_few(f, to->n, row, INT16_MAX)) return false;
    to->has[at] = true;
    for (unsigned k = 0; k < to->n; k++) {
        if (at == (long)to->values) to->bias[k] = row[k] * ONE;
        else to->weights[(unsigned)at / 2 * to->n + k][at % 2] = row[k];
    }
    return true;
}

static bool read_out(cd_net *net, cd_model_file *f)
{
    int16_t row[HIDDEN + 1];
    if (!read_few(f, HIDDEN + 1, row, INT16_MAX)) return false;
    memcpy(net->out, row, sizeof net->out);
    net->out_bias = row[HIDDEN] * ONE;
    return true;
}

static bool note(cd_net *net, unsigned what, bool good)
{
    if (good) net->has |= what;
    return good;
}

bool cd_net_read(cd_net *net, cd_span word, cd_model_file *f)
{
    if (cd_span_is(word, CD_SPAN("net"))) return note(net, HAS_SIZES, read_sizes(f));
    if (cd_span_is(word, CD_SPAN("input"))) return note(net, HAS_INPUT, read_few(f, INPUTS, net->input, INPUT_BIAS_MAX));
    if (cd_span_is(word, CD_SPAN("out"))) return note(net, HAS_OUT, read_out(net, f));
    layer *const layers[] = {&net->near, &net->far, &net->last};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (cd_span_is(word, cd_span_of(layers[i]->name))) return read_row(layers[i], f);
    return false;
}

bool cd_net_read_column(cd_net *net, unsigned column, cd_model_file *f) { return read_few(f, INPUTS, net->columns[column], COLUMN_MAX); }

/* Whether all lines of a layer have come, and none of its sums can leave 32 bits. */
static bool is_whole(const layer *l)
{
    for (unsigned i = 0; i <= l->values; i++)
        if (!l->has[i]) return false;
    for (unsigned k = 0; k < l->n; k++) {
        int64_t most = labs(l->bias[k]);
        for (unsigned i = 0; i < l->values; i++) most += labs(l->weights[i / 2 * l->n + k][i % 2]) * (i < l->inputs ? (int64_t)INPUT_MAX : STATE_ONE);
        if (most > INT32_MAX) return false;
    }
    return true;
}

bool cd_net_is_whole(const cd_net *net) { return net->has == HAS_ALL && is_whole(&net->near) && is_whole(&net->far) && is_whole(&net->last); }

/* ---- one block ------------------------------------------------------------------------------------------------------- */

static void take_input(const cd_net *net, const cd_columns_of *c, int16_t *input)
{
    int16_t sums[INPUTS];
    memcpy(sums, net->input, sizeof sums);
    cd_net_add_rows(net->columns[0], INPUTS, c->at, c->n, sums);
    cd_net_bound(sums, INPUTS, 0, 0, 0, INPUT_MAX / INPUT_STEP);
    for (unsigned k = 0; k < INPUTS; k++) input[k] = (int16_t)(sums[k] * INPUT_STEP);
}

static void weigh(const layer *l, const int16_t *values, int32_t *sums)
{
    memcpy(sums, l->bias, l->n * sizeof *sums);
    cd_net_sum(values, l->values / 2, l->weights, l->n, sums);
}

/* Sums as gates: what is kept has a half where the sum is 0, nothing from -2 and all from 2 on; what comes in is -1 to 1. */
static void open_gates(const cd_net *net, bool second, const int16_t *values, int16_t *gates)
{
    int32_t sums[GATES];
    weigh(second ? &net->far : &net->near, values, sums);
    cd_net_narrow(sums, GATES, STATE_SHIFT, gates);
    for (unsigned way = 0; way < GATES; way += WAY) {
        cd_net_bound(gates + way, STATES, KEEP_SHIFT, KEEP / 2, 0, KEEP);
        cd_net_bound(gates + way + STATES, STATES, 0, 0, -STATE_ONE, STATE_ONE);
    }
}

/* The state behind a block, by its gates of that way and the state in front of it. */
static void carry(const int16_t *gates, const int16_t *from, int16_t *to)
{
    cd_net_mix(from, gates + STATES, gates, STATES, KEEP_BITS, to);
}

/* Thousandths of log-odds. */
static int32_t judge(const cd_net *net, const int16_t *values)
{
    int32_t sums[HIDDEN];
    int16_t hidden[HIDDEN];
    int64_t out = net->out_bias;
    weigh(&net->last, values, sums);
    cd_net_narrow(sums, HIDDEN, HIDDEN_SHIFT, hidden);
    cd_net_bound(hidden, HIDDEN, 0, 0, 0, HIDDEN_MAX);
    for (unsigned k = 0; k < HIDDEN; k++) out += hidden[k] * net->out[k];
    return (int32_t)(out * SCALE / (ONE * ONE));
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static const int16_t no_state[STATES];

static int16_t *states_of(const cd_net_page *p, size_t i, bool second) { return second ? p->states[i].values + INPUTS : p->states[i].first; }

/* The states of a layer: gates of all blocks, then down the page and up. */
static void run_layer(const cd_net_page *p, bool second, int16_t *gates)
{
    const int16_t *from = no_state;
    for (size_t i = 0; i < p->n; i++) open_gates(p->net, second, second ? p->states[i].first : p->states[i].values, gates + i * GATES);
    for (size_t i = 0; i < p->n; i++) {
        int16_t *to = states_of(p, i, second);
        carry(gates + i * GATES, from, to);
        from = to;
    }
    from = no_state;
    for (size_t i = p->n; i-- > 0;) {
        int16_t *to = states_of(p, i, second) + STATES;
        carry(gates + i * GATES + WAY, from, to);
        from = to;
    }
}

cd_status cd_net_run(const cd_net *net, const cd_columns_of *columns, size_t n, cd_arena *arena, int32_t *sums, const cd_net_page **page, cd_error *err)
{
    cd_net_page *p = cd_arena_take(arena, sizeof *p);
    int16_t     *gates = cd_arena_raw(arena, n * GATES + 1, sizeof *gates);
    if (!p || !gates) return cd_fail_memory(err);
    *p = (cd_net_page){.net = net, .n = n, .states = cd_arena_raw(arena, n + 1, sizeof *p->states)};
    if (!p->states) return cd_fail_memory(err);
    for (size_t i = 0; i < n; i++) take_input(net, &columns[i], p->states[i].values);
    run_layer(p, false, gates);
    run_layer(p, true, gates);
    for (size_t i = 0; i < n; i++) sums[i] += judge(net, p->states[i].values);
    *page = p;
    return CD_OK;
}

/* ---- reasons --------------------------------------------------------------------------------------------------------- */

/* The states of one layer at block i, by the block's own gates and what its neighbours had. */
static void look_at_layer(const cd_net_page *p, size_t i, bool second, bool alone, const int16_t *values, int16_t *states)
{
    int16_t gates[GATES];
    bool    above = i > 0 && !alone, below = i + 1 < p->n && !alone;
    open_gates(p->net, second, values, gates);
    carry(gates, above ? states_of(p, i - 1, second) : no_state, states);
    carry(gates + WAY, below ? states_of(p, i + 1, second) + STATES : no_state, states + STATES);
}

int32_t cd_net_part(const cd_net_page *p, size_t i, const cd_columns_of *columns, bool alone)
{
    int16_t first[BOTH], values[VALUES];
    take_input(p->net, columns, values);
    look_at_layer(p, i, false, alone, values, first);
    look_at_layer(p, i, true, alone, first, values + INPUTS);
    return judge(p->net, values);
}
