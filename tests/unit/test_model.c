/* test_model.c -- the model: files that are none, and that the path through a page is the best of all paths. */
#include "tagger/model.h"

#include "base/arena.h"
#include "base/buf.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { BLOCKS_MAX = 10, PAGES = 400 };

static uint32_t seed = 7;

static uint32_t dice(uint32_t n) { return (seed = seed * 1664525u + 1013904223u) % 65521u % n; }

static cd_status open_model(const char *text, cd_model **model, cd_error *err) { return cd_model_new("m.model", cd_span_of(text), model, err); }

static void test_wrong_files(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"", "m.model: the model is empty"},
        {"copydesk-model 0\n", "m.model: this program reads models that begin with 'copydesk-model 2' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-model 2\nNONSENSE 0 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\n\n# ok\nLENGTH 12 1\n", "m.model:4: this is no weight of a model"},
        {"copydesk-model 2\nLENGTH -1 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nLENGTH 0\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nLENGTH 0 1 2\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nLENGTH 0 x\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nLENGTH 0 99999999\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nstep SIDEWAYS 1 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nstep ANY 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nleast\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nsure 500000 400\nsure 500000 500\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 2\nsure 500000 1001\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nlook 1\n= 5\n", "m.model:3: the model ends inside a tree, or before the first"},
        {"copydesk-model 2\n= 5\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 2\nlook 2\nLENGTH 3 5\n= 5\n", "m.model:4: the model ends inside a tree, or before the first"},
        {"copydesk-model 2\nlook 2\n= 5\nlook 1\n", "m.model:4: this is no weight of a model"},
        {"copydesk-model 1\nLENGTH 0 1\n", "m.model: this program reads models that begin with 'copydesk-model 2' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-model 2\nTAG 0 5\n", "m.model:2: this is no weight of a model"},
        {"copydesk-html-model 0\nlook 1\n= 5\n", "m.model: this program reads models that begin with 'copydesk-model 2' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-html-model 1\n", "m.model:1: the model ends inside a tree, or before the first"},
        {"copydesk-html-model 1\nlook 1\n", "m.model:2: the model ends inside a tree, or before the first"},
        {"copydesk-html-model 1\n= 5\n", "m.model:2: this is no weight of a model"},
        {"copydesk-html-model 1\nlook 2\n= 5\n", "m.model:3: the model ends inside a tree, or before the first"},
        {"copydesk-html-model 1\nlook 1\nTAG 46 0\n= 5\n= 6\n", "m.model:3: this is no weight of a model"},
        {"copydesk-html-model 1\nlook 1\nTAG 5\n= 5\n= 6\n", "m.model:3: this is no weight of a model"},
        {"copydesk-html-model 1\nlook 1\nTAG 5 0\n= 5\nstep ANY 1 1\n", "m.model:5: this is no weight of a model"},
        {"copydesk-html-model 1\nlook 1\nTAG 5 0\n= 5\nlook 2\n", "m.model:5: this is no weight of a model"},
        {"copydesk-html-model 1\nlook 1\nTAG 5 0\n= 5\n", "m.model:4: the model ends inside a tree, or before the first"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cd_model *model = NULL;
        cd_error  err = {0};
        assert_int_equal(open_model(cases[i].text, &model, &err), CD_EINPUT);
        assert_string_equal(err.text, cases[i].want);
        assert_null(model);
    }
}

static void test_built_in(void **state)
{
    (void)state;
    cd_model *model = NULL;
    cd_error  err = {0};
    for (int html = 0; html < 2; html++) {
        assert_int_equal(cd_model_built_in(html, &model, &err), CD_OK);
        assert_int_equal(cd_model_is_html(model), html);
        cd_model_free(model);
    }
}

/* A page of which each block has one column of LENGTH and perhaps a step; its weights are small so that ties come about. */
typedef struct page {
    cd_columns_of blocks[BLOCKS_MAX];
    int           weights[BLOCKS_MAX], enter[BLOCKS_MAX], leave[BLOCKS_MAX];
    size_t        n;
} page;

static long sum_of(const page *p, unsigned path)
{
    long sum = 0;
    for (size_t i = 0; i < p->n; i++) {
        unsigned here = path >> i & 1, before = i ? path >> (i - 1) & 1 : here;
        sum += here ? p->weights[i] : 0;
        sum += i && here > before ? p->enter[i] : i && here < before ? p->leave[i] : 0;
    }
    return sum;
}

/* Draws a model and a page for it; the caller frees the model. Weights are multiples of `unit`. */
static cd_model *draw(page *p, int unit)
{
    int       lengths[12], enter[2], leave[2];
    cd_buf    text = {0};
    cd_model *model = NULL;
    cd_error  err = {0};
    p->n = 1 + dice(BLOCKS_MAX);
    assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\n"), CD_OK);
    for (int i = 0; i < 12; i++) {
        lengths[i] = ((int)dice(9) - 4) * unit;
        assert_int_equal(cd_buf_format(&text, "LENGTH %d %d\n", i, lengths[i]), CD_OK);
    }
    for (int i = 0; i < 2; i++) {
        enter[i] = ((int)dice(7) - 5) * unit;
        leave[i] = ((int)dice(7) - 5) * unit;
        assert_int_equal(cd_buf_format(&text, "step %s %d %d\n", i ? "OPEN" : "ANY", enter[i], leave[i]), CD_OK);
    }
    for (size_t i = 0; i < p->n; i++) {
        unsigned place = dice(12), open = dice(2);
        p->blocks[i] = (cd_columns_of){.n = 1, .steps = (uint16_t)(1u << CD_STEP_ANY | open << CD_STEP_OPEN), .at = {(uint16_t)(CD_COL_LENGTH + place)}};
        p->weights[i] = lengths[place];
        p->enter[i] = enter[0] + (open ? enter[1] : 0);
        p->leave[i] = leave[0] + (open ? leave[1] : 0);
    }
    assert_int_equal(open_model(text.ptr, &model, &err), CD_OK);
    cd_buf_free(&text);
    return model;
}

static void test_best_path(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    for (int k = 0; k < PAGES; k++) {
        page       p;
        cd_model  *model = draw(&p, 1);
        cd_error   err = {0};
        cd_verdict verdict;
        assert_int_equal(cd_model_path(model, p.blocks, p.n, arena, &verdict, &err), CD_OK);
        long     best = sum_of(&p, 0);
        unsigned found = 0;
        for (unsigned one = 0; one < 1u << p.n; one++)
            if (sum_of(&p, one) > best) best = sum_of(&p, one);
        for (size_t i = 0; i < p.n; i++) found |= (unsigned)verdict.path[i] << i;
        assert_int_equal(sum_of(&p, found), best);
        cd_model_free(model);
        cd_arena_reset(arena);
    }
    cd_arena_free(arena);
}

/* The expected F1 of a body, by the probabilities of all paths, one by one. */
static double expected_f1(const page *p, const cd_block *blocks)
{
    double all = 0, right = 0, kept = 0, truth = 0;
    for (unsigned path = 0; path < 1u << p->n; path++) all += exp((double)sum_of(p, path) / 1000);
    for (size_t i = 0; i < p->n; i++) {
        double inside = 0;
        for (unsigned path = 0; path < 1u << p->n; path++) inside += path >> i & 1 ? exp((double)sum_of(p, path) / 1000) / all : 0;
        bool body = blocks[i].role == CD_ROLE_BODY;
        kept += body ? blocks[i].m.units : 0;
        right += body ? inside * blocks[i].m.units : 0;
        truth += inside * blocks[i].m.units;
    }
    return kept > 0 ? 2 * right / (kept + truth) : 0;
}

static void test_confidence(void **state)
{
    (void)state;
    size_t    bodies = 0;
    cd_arena *arena = cd_arena_new();
    for (int k = 0; k < PAGES; k++) {
        page       p;
        cd_model  *model = draw(&p, 400);
        cd_block   blocks[BLOCKS_MAX] = {{.core = 0}};
        cd_page    out = {.arena = arena, .blocks = blocks, .nblocks = p.n, .columns = p.blocks, .confidence = CD_NOT_KNOWN};
        cd_error   err = {0};
        cd_verdict verdict;
        assert_int_equal(cd_model_path(model, p.blocks, p.n, arena, &verdict, &err), CD_OK);
        for (size_t i = 0; i < p.n; i++) {
            blocks[i].m.units = 100 + dice(5000);
            blocks[i].role = verdict.path[i] ? CD_ROLE_BODY : CD_ROLE_OTHER;
        }
        double want = expected_f1(&p, blocks);
        cd_model_confidence(model, &out, &verdict);
        if (want > 0) {
            assert_true(fabs(out.expected / 1e6 - want) < 0.01);
            assert_true(fabs(out.confidence / 100.0 - want) < 0.02);
            bodies++;
        } else {
            assert_int_equal(out.confidence, CD_NOT_KNOWN);
        }
        cd_model_free(model);
        cd_arena_reset(arena);
    }
    assert_true(bodies > PAGES / 4);
    cd_arena_free(arena);
}

static void test_calibration(void **state)
{
    (void)state;
    cd_model  *model = NULL;
    cd_error   err = {0};
    cd_arena  *arena = cd_arena_new();
    cd_block   block = {.role = CD_ROLE_BODY, .m = {.units = 1000}};
    cd_columns_of columns = {.n = 1, .at = {CD_COL_LENGTH}};
    cd_page    out = {.arena = arena, .blocks = &block, .nblocks = 1, .columns = &columns};
    cd_verdict verdict;
    /* odds of 1: the probability is a half, and the expected F1 two thirds, half way between the two steps */
    assert_int_equal(open_model(CD_MODEL_HEAD "\nLENGTH 0 0\nsure 566667 200\nsure 766667 400\n", &model, &err), CD_OK);
    assert_int_equal(cd_model_path(model, &columns, 1, arena, &verdict, &err), CD_OK);
    cd_model_confidence(model, &out, &verdict);
    assert_int_equal(out.confidence, 30);
    cd_model_free(model);
    cd_arena_free(arena);
}

static void test_headline(void **state)
{
    (void)state;
    cd_model     *model = NULL;
    cd_error      err = {0};
    cd_candidate  at[3] = {{.block = 4, .columns = {.n = 1, .at = {CD_COL_H_LENGTH}}},
                           {.block = 7, .columns = {.n = 2, .at = {CD_COL_H_LENGTH, CD_COL_H_END}}},
                           {.block = 9, .columns = {.n = 2, .at = {CD_COL_H_LENGTH, CD_COL_H_END}}}};
    cd_candidates list = {at, 3};
    assert_int_equal(open_model("copydesk-model 2\nH_LENGTH 0 5\nH_END 0 1\nleast 4\n", &model, &err), CD_OK);
    assert_int_equal(cd_model_head(model, &list, 100), 7); /* the first of the best */
    cd_model_free(model);
    assert_int_equal(open_model("copydesk-model 2\nH_LENGTH 0 5\nleast 5\n", &model, &err), CD_OK);
    assert_int_equal(cd_model_head(model, &list, 100), 100); /* none is good enough */
    cd_model_free(model);
}

/* A block that the chain puts at even odds is the trees' to judge, and one of which it is sure stays as it is. */
static void test_doubt(void **state)
{
    (void)state;
    static const struct {
        const char *trees;
        int         want, odds; /* of the doubtful block */
    } cases[] = {
        {"", 0, 0},
        {"bar 0\nlook 2\n= 5\n", 1, 5},
        {"bar 5\nlook 2\n= 5\n", 0, 5},
        {"look 2\nFIRST 7 0\n= -3\n= 9\n", 1, 9},               /* its own odds at first sight: 0 to 0.75 */
        {"look 2\nFIRST 8 0\n= -3\n= 9\n", 0, -3},
        {"look 2\nFIRST_ABOVE 6 0\n= -3\n= 9\n", 1, 9},         /* the block above is surely story */
        {"look 2\nFIRST_BELOW 1 0\n= -3\n= 9\n", 1, 9},         /* the one below is surely none */
        {"look 2\nFIRST_BELOW 2 0\n= -3\n= 9\n", 0, -3},
        {"look 2\nSTRETCH_SIDE 3 0\n= -3\n= 9\n", 1, 9},        /* it stands below the only stretch of likely story */
        {"look 2\nSTRETCH_FAR 7 0\nSTRETCH_FAR 8 0\n= 4\n= 5\n= -6\n", 0, -6},
        {"look 2\nPAGE_LINES 1 0\n= -3\n= 9\n", 0, -3},         /* three blocks */
    };
    cd_arena *arena = cd_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cd_block      blocks[3] = {{.m = {.units = 2000, .words = 20}, .first = 0}, {.m = {.units = 900, .words = 9}, .first = 1}, {.m = {.units = 900, .words = 9}, .first = 2}};
        cd_columns_of columns[3] = {{.n = 1, .at = {CD_COL_LENGTH}}, {.n = 1, .at = {CD_COL_LENGTH + 1}}, {.n = 1, .at = {CD_COL_LENGTH + 2}}};
        uint32_t      weight[4] = {0};
        uint64_t      sum[4] = {0};
        cd_page       out = {.arena = arena, .blocks = blocks, .nblocks = 3};
        cd_story      story = {.page = &out, .weight = weight, .sum = sum, .head = 3};
        cd_buf        text = {0};
        cd_model     *model = NULL;
        cd_error      err = {0};
        cd_verdict    verdict;
        cd_look      *look;
        assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\nLENGTH 0 9000\nLENGTH 2 -9000\n%s", cases[i].trees), CD_OK);
        assert_int_equal(open_model(text.ptr, &model, &err), CD_OK);
        assert_int_equal(cd_look_new(&story, &look, &err), CD_OK);
        assert_int_equal(cd_model_path(model, columns, 3, arena, &verdict, &err), CD_OK);
        assert_int_equal(cd_model_doubt(model, &story, look, columns, &verdict, &err), CD_OK);
        assert_int_equal(verdict.path[0], 1);
        assert_int_equal(verdict.path[1], cases[i].want);
        assert_int_equal(verdict.path[2], 0);
        assert_int_equal(verdict.odds[1], cases[i].odds);
        assert_true(verdict.odds[0] > 8000 && verdict.odds[2] < -8000);
        assert_int_equal(columns[0].n, 1); /* nobody asked */
        cd_buf_free(&text);
        cd_model_free(model);
        cd_arena_reset(arena);
    }
    cd_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_files),
        cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_best_path),
        cmocka_unit_test(test_confidence), cmocka_unit_test(test_doubt),
        cmocka_unit_test(test_calibration),
        cmocka_unit_test(test_headline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
