/* test_net.c -- the network: that its integers are what the same sums are in floating point, that what is told of a block is what was
 * judged, and that files which would make sums too large are refused. */
#include "tagger/net.h"

#include "base/arena.h"
#include "base/buf.h"
#include "tagger/model.h"
#include "tagger/netsum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* The sizes of src/tagger/net.c. */
enum { INPUTS = 24, STATES = 16, HIDDEN = 16, BOTH = 2 * STATES, VALUES = INPUTS + BOTH, GATES = 4 * STATES };
enum { COLUMNS = 40, BLOCKS_MAX = 30, SIGNS = 12, NETS = 20, PAGES = 10, SUMS = 2000 };

static uint32_t seed = 11;

static uint32_t dice(uint32_t n) { return (seed = seed * 1664525u + 1013904223u) % 65521u % n; }
static int      around(int most) { return (int)dice((uint32_t)most * 2 + 1) - most; }

/* The network's numbers, as they stand in the file. */
typedef struct numbers {
    int columns[COLUMNS][INPUTS], input[INPUTS], near[INPUTS + 1][GATES], far[BOTH + 1][GATES], last[VALUES + 1][HIDDEN], out[HIDDEN + 1];
} numbers;

static void put_row(cd_buf *text, const char *name, int at, int *row, unsigned n, int most)
{
    assert_int_equal(at < 0 ? cd_buf_format(text, "%s", name) : cd_buf_format(text, "%s %d", name, at), CD_OK);
    for (unsigned k = 0; k < n; k++) {
        row[k] = around(most);
        assert_int_equal(cd_buf_format(text, " %d", row[k]), CD_OK);
    }
    assert_int_equal(cd_buf_char(text, '\n'), CD_OK);
}

static void put_column(cd_buf *text, cd_task task, unsigned column, int *row)
{
    static const struct {
        const char *name;
        unsigned    first;
    } heads[] = {
#define X(name, n) {#name, CD_COL_##name},
        CD_HEAD_COLUMNS(X)
#undef X
    };
    unsigned    place, i = sizeof heads / sizeof *heads - 1;
    const char *group = cd_column_group(column, &place);
    while (heads[i].first > column) i--;
    if (task == CD_TASK_HEADLINE) group = heads[i].name, place = column - heads[i].first;
    assert_int_equal(cd_buf_format(text, "%s %u 0", group, place), CD_OK);
    put_row(text, "", -1, row, INPUTS, 100);
}

static const char *const fronts[CD_TASKS] = {"", "head "};

static void put_layer_row(cd_buf *text, cd_task task, const char *name, int at, int *row, unsigned n, int most)
{
    assert_int_equal(cd_buf_format(text, "%s", fronts[task]), CD_OK);
    put_row(text, name, at, row, n, most);
}

/* Draws a network; the first columns of all are its only ones. `most`: of the last layer's weights. */
static void put_net(cd_buf *text, cd_task task, numbers *w, int most)
{
    assert_int_equal(cd_buf_format(text, "%snet %d %d %d\n", fronts[task], INPUTS, STATES, HIDDEN), CD_OK);
    put_layer_row(text, task, "input", -1, w->input, INPUTS, 100);
    for (int i = 0; i <= INPUTS; i++) put_layer_row(text, task, "near", i, w->near[i], GATES, 2000);
    for (int i = 0; i <= BOTH; i++) put_layer_row(text, task, "far", i, w->far[i], GATES, i == BOTH ? 2000 : 500);
    for (int i = 0; i <= VALUES; i++) put_layer_row(text, task, "last", i, w->last[i], HIDDEN, i < INPUTS || i == VALUES ? most : most / 4);
    put_layer_row(text, task, "out", -1, w->out, HIDDEN + 1, 2000);
    for (unsigned column = 0; column < COLUMNS; column++) put_column(text, task, column, w->columns[column]);
}

static double bound(double value, double least, double most) { return value < least ? least : value > most ? most : value; }

typedef struct values {
    double input[INPUTS], first[BOTH], second[BOTH];
} values;

/* A sum of values; `one` is what 1.0 of their weights is. */
static double sum_up(const double *v, const int *weights, size_t step, unsigned n, double one)
{
    double sum = 0;
    for (unsigned i = 0; i < n; i++) sum += v[i] * weights[i * step] / one;
    return sum;
}

static double gate(const numbers *w, const values *v, bool second, unsigned k)
{
    return second ? w->far[BOTH][k] / 2048.0 + sum_up(v->first, &w->far[0][k], GATES, BOTH, 512)
                  : w->near[INPUTS][k] / 2048.0 + sum_up(v->input, &w->near[0][k], GATES, INPUTS, 2048);
}

static void carry(const numbers *w, values *v, size_t n, bool second)
{
    for (unsigned k = 0; k < BOTH; k++) {
        const bool     up = k >= STATES;
        const unsigned at = up ? 2 * STATES + k - STATES : k;
        double         state = 0;
        for (size_t step = 0; step < n; step++) {
            values *here = &v[up ? n - 1 - step : step];
            double  keep = bound(gate(w, here, second, at) / 4 + 0.5, 0, 1), in = bound(gate(w, here, second, at + STATES), -1, 1);
            state = keep * state + (1 - keep) * in;
            *(second ? &here->second[k] : &here->first[k]) = state;
        }
    }
}

/* The same in floating point, in thousandths. */
static void judge(const numbers *w, const cd_columns_of *columns, size_t n, double *sums)
{
    values v[BLOCKS_MAX];
    for (size_t i = 0; i < n; i++)
        for (unsigned k = 0; k < INPUTS; k++) {
            double sum = w->input[k];
            for (unsigned c = 0; c < columns[i].n; c++) sum += w->columns[columns[i].at[c]][k];
            v[i].input[k] = bound(sum / 128, 0, 4);
        }
    carry(w, v, n, false);
    carry(w, v, n, true);
    for (size_t i = 0; i < n; i++) {
        double sum = w->out[HIDDEN] / 2048.0;
        for (unsigned k = 0; k < HIDDEN; k++) {
            double hidden = w->last[VALUES][k] / 2048.0 + sum_up(v[i].input, &w->last[0][k], HIDDEN, INPUTS, 2048);
            hidden += sum_up(v[i].second, &w->last[INPUTS][k], HIDDEN, BOTH, 512);
            sum += bound(hidden, 0, 16) * w->out[k] / 2048.0;
        }
        sums[i] = sum * 1000;
    }
}

static size_t draw_page(cd_columns_of *columns)
{
    size_t n = 1 + dice(BLOCKS_MAX);
    for (size_t i = 0; i < n; i++) {
        columns[i].n = (uint16_t)dice(SIGNS);
        for (unsigned k = 0; k < columns[i].n; k++) columns[i].at[k] = (uint16_t)dice(COLUMNS);
    }
    return n;
}

static void check_page(const cd_model *model, cd_task task, const numbers *w, cd_arena *arena)
{
    cd_columns_of columns[BLOCKS_MAX];
    double        want[BLOCKS_MAX];
    int32_t       parts[CD_COLUMNS_MAX];
    cd_verdict    verdict, lone;
    cd_error      err = {0};
    const size_t  n = draw_page(columns);
    judge(w, columns, n, want);
    assert_int_equal(cd_model_weigh(model, task, columns, n, arena, &verdict, &err), CD_OK);
    for (size_t i = 0; i < n; i++) {
        assert_true(fabs(verdict.sums[i] - want[i]) < 60);
        assert_int_equal(cd_net_part(verdict.net, i, &columns[i], false), verdict.sums[i]);
        assert_int_equal(cd_model_weigh(model, task, &columns[i], 1, arena, &lone, &err), CD_OK);
        assert_int_equal(cd_model_own(&verdict, i, &columns[i]), lone.sums[0]);
        cd_model_parts(&verdict, i, &columns[i], parts);
        for (unsigned k = 0; k < columns[i].n; k++) {
            cd_columns_of less = columns[i];
            memmove(less.at + k, less.at + k + 1, (--less.n - k) * sizeof *less.at);
            assert_int_equal(verdict.sums[i] - parts[k], cd_net_part(verdict.net, i, &less, false));
        }
    }
    cd_arena_reset(arena);
}

/* Both networks of a model, each with its own numbers. */
static void test_sums(void **state)
{
    (void)state;
    static numbers w[CD_TASKS];
    cd_arena *arena = cd_arena_new();
    for (int k = 0; k < NETS; k++) {
        cd_buf    text = {0};
        cd_model *model = NULL;
        cd_error  err = {0};
        assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\n"), CD_OK);
        for (int task = 0; task < CD_TASKS; task++) put_net(&text, (cd_task)task, &w[task], 2000);
        assert_int_equal(cd_model_new("m.model", cd_span_of(text.ptr), &model, &err), CD_OK);
        for (int i = 0; i < PAGES; i++)
            for (int task = 0; task < CD_TASKS; task++) check_page(model, (cd_task)task, &w[task], arena);
        cd_model_free(model);
        cd_buf_free(&text);
    }
    cd_arena_free(arena);
}

/* What is made eight at a time is what is made one by one. */
static void test_products(void **state)
{
    (void)state;
    enum { PAIRS = 28, N = 64 };
    static int16_t weights[PAIRS * N][2];
    for (int i = 0; i < SUMS; i++) {
        int16_t  numbers_[2 * PAIRS], narrow[N], plain[N];
        int32_t  one[N], other[N];
        unsigned pairs = 1 + dice(PAIRS), n = 16 * (1 + dice(N / 16));
        for (unsigned k = 0; k < 2 * pairs; k++) numbers_[k] = (int16_t)around(8192);
        for (unsigned k = 0; k < pairs * n; k++) weights[k][0] = (int16_t)around(4000), weights[k][1] = (int16_t)around(4000);
        for (unsigned k = 0; k < n; k++) one[k] = other[k] = around(30000);
        cd_net_sum(numbers_, pairs, (const int16_t (*)[2])weights, n, one);
        cd_net_sum_plain(numbers_, pairs, (const int16_t (*)[2])weights, n, other);
        assert_memory_equal(one, other, n * sizeof *one);
        cd_net_narrow(one, n, 9, narrow);
        cd_net_narrow_plain(one, n, 9, plain);
        assert_memory_equal(narrow, plain, n * sizeof *narrow);
        cd_net_bound(narrow, n, 3, 2048, 0, 4096);
        cd_net_bound_plain(plain, n, 3, 2048, 0, 4096);
        assert_memory_equal(narrow, plain, n * sizeof *narrow);
        int16_t of[2][N], mixed[N], mixed_plain[N]; /* the bounded ones are shares of these */
        for (unsigned k = 0; k < n; k++) of[0][k] = (int16_t)around(8192), of[1][k] = (int16_t)around(8192);
        cd_net_mix(of[0], of[1], narrow, n, 12, mixed);
        cd_net_mix_plain(of[0], of[1], narrow, n, 12, mixed_plain);
        assert_memory_equal(mixed, mixed_plain, n * sizeof *mixed);
    }
}

static void test_rows(void **state)
{
    (void)state;
    enum { ROWS = 50 };
    static int16_t table[ROWS * INPUTS];
    for (int i = 0; i < SUMS; i++) {
        int16_t  one[INPUTS], other[INPUTS];
        uint16_t rows[ROWS];
        unsigned n = dice(ROWS);
        for (unsigned k = 0; k < ROWS * INPUTS; k++) table[k] = (int16_t)around(160);
        for (unsigned k = 0; k < n; k++) rows[k] = (uint16_t)dice(ROWS);
        for (unsigned k = 0; k < INPUTS; k++) one[k] = other[k] = (int16_t)around(800);
        cd_net_add_rows(table, INPUTS, rows, n, one);
        cd_net_add_rows_plain(table, INPUTS, rows, n, other);
        assert_memory_equal(one, other, sizeof one);
    }
}

static void refuse(const cd_buf *text, const char *want)
{
    cd_model *model = NULL;
    cd_error  err = {0};
    assert_int_equal(cd_model_new("m.model", cd_span_of(text->ptr), &model, &err), CD_EINPUT);
    assert_non_null(strstr(err.text, want));
    assert_null(model);
}

/* A line that comes twice, and weights of which a sum could leave 32 bits. */
static void test_refused(void **state)
{
    (void)state;
    static numbers w;
    for (int task = 0; task < CD_TASKS; task++) {
        cd_buf text = {0}, large = {0};
        assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\n"), CD_OK);
        assert_int_equal(cd_buf_format(&large, CD_MODEL_HEAD "\n"), CD_OK);
        put_net(&text, (cd_task)task, &w, 2000);
        put_layer_row(&text, (cd_task)task, "near", 0, w.near[0], GATES, 1);
        refuse(&text, "this is no weight of a model");
        put_net(&large, (cd_task)task, &w, 30000);
        refuse(&large, "its weights are too large");
        cd_buf_free(&text);
        cd_buf_free(&large);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sums), cmocka_unit_test(test_products), cmocka_unit_test(test_rows), cmocka_unit_test(test_refused)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
