/* test_model.c -- the model: files that are none, that the story is what is over the bar, and how sure that is. */
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
        {"copydesk-model 0\n", "m.model: this program reads models that begin with 'copydesk-model 4' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-model 4\nNONSENSE 0 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\n\n# ok\nLENGTH 12 1\n", "m.model:4: this is no weight of a model"},
        {"copydesk-model 4\nLENGTH -1 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nLENGTH 0\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nLENGTH 0 1 2\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nLENGTH 0 x\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nLENGTH 0 99999999\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nstep ANY 1 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nleast\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nsure 500000 400\nsure 500000 500\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 4\nsure 500000 1001\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nlook 1\n= 5\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 3\nLENGTH 0 1\n", "m.model: this program reads models that begin with 'copydesk-model 4' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-model 4\nnet 24 16\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 17\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nnear 0 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 16\n", "m.model: lines of the network are missing, or its weights are too large"},
        {"copydesk-model 4\nhead net 24 16 16\n", "m.model: lines of the headline's network are missing, or its weights are too large"},
        {"copydesk-html-model 1\nhead net 24 16 16\nlook 1\n= 5\n", "m.model: lines of the headline's network are missing, or its weights are too large"},
        {"copydesk-model 4\nhead net 24 16 17\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nhead near 0 1\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nhead\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 4\nhead net 24 16 16\nH_LENGTH 0 1\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 4\nhead net 24 16 16\nLENGTH 0 1\nLENGTH 12 1\n", "m.model:4: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 16\nLENGTH 0 1\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 16\nLENGTH 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 167\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 16\nnear 25 0\n", "m.model:3: this is no weight of a model"},
        {"copydesk-model 4\nnet 24 16 16\nout 1 1 1\n", "m.model:3: this is no weight of a model"},
        {"copydesk-html-model 1\nnet 24 16 16\n", "m.model:2: this is no weight of a model"},
        {"copydesk-model 1\nLENGTH 0 1\n", "m.model: this program reads models that begin with 'copydesk-model 4' or 'copydesk-html-model 1', and this one does not"},
        {"copydesk-model 4\nTAG 0 5\n", "m.model:2: this is no weight of a model"},
        {"copydesk-html-model 0\nlook 1\n= 5\n", "m.model: this program reads models that begin with 'copydesk-model 4' or 'copydesk-html-model 1', and this one does not"},
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

/* A page of which each block has one column of LENGTH; its weights are small so that ties with the bar come about. */
typedef struct page {
    cd_columns_of blocks[BLOCKS_MAX];
    int           weights[BLOCKS_MAX], bar;
    size_t        n;
} page;

/* Draws a model and a page for it; the caller frees the model. Weights are multiples of `unit`. */
static cd_model *draw(page *p, int unit)
{
    int       lengths[12];
    cd_buf    text = {0};
    cd_model *model = NULL;
    cd_error  err = {0};
    p->n = 1 + dice(BLOCKS_MAX);
    p->bar = ((int)dice(5) - 2) * unit;
    assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\nbar %d\n", p->bar), CD_OK);
    for (int i = 0; i < 12; i++) {
        lengths[i] = ((int)dice(9) - 4) * unit;
        assert_int_equal(cd_buf_format(&text, "LENGTH %d %d\n", i, lengths[i]), CD_OK);
    }
    for (size_t i = 0; i < p->n; i++) {
        unsigned place = dice(12);
        p->blocks[i] = (cd_columns_of){.n = 1, .at = {(uint16_t)(CD_COL_LENGTH + place)}};
        p->weights[i] = lengths[place];
    }
    assert_int_equal(open_model(text.ptr, &model, &err), CD_OK);
    cd_buf_free(&text);
    return model;
}

static void test_over_the_bar(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    for (int k = 0; k < PAGES; k++) {
        page       p;
        cd_model  *model = draw(&p, 1);
        cd_error   err = {0};
        cd_verdict verdict;
        assert_int_equal(cd_model_weigh(model, CD_TASK_STORY, p.blocks, p.n, arena, &verdict, &err), CD_OK);
        for (size_t i = 0; i < p.n; i++) {
            assert_int_equal(verdict.sums[i], p.weights[i]);
            assert_int_equal(verdict.path[i], p.weights[i] > p.bar);
        }
        cd_model_free(model);
        cd_arena_reset(arena);
    }
    cd_arena_free(arena);
}

/* The expected F1 of a body, by the probabilities of its blocks. */
static double expected_f1(const page *p, const cd_block *blocks)
{
    double right = 0, kept = 0, truth = 0;
    for (size_t i = 0; i < p->n; i++) {
        double inside = 1 / (1 + exp(-p->weights[i] / 1000.0));
        bool   body = blocks[i].role == CD_ROLE_BODY;
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
        assert_int_equal(cd_model_weigh(model, CD_TASK_STORY, p.blocks, p.n, arena, &verdict, &err), CD_OK);
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
    assert_int_equal(cd_model_weigh(model, CD_TASK_STORY, &columns, 1, arena, &verdict, &err), CD_OK);
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
    size_t        blocks[3] = {4, 7, 9}, head;
    cd_columns_of columns[3] = {{.n = 1, .at = {CD_COL_H_LENGTH}}, {.n = 2, .at = {CD_COL_H_LENGTH, CD_COL_H_END}}, {.n = 2, .at = {CD_COL_H_LENGTH, CD_COL_H_END}}};
    bool          barred[3] = {false};
    cd_candidates list = {blocks, columns, barred, 3, 100};
    cd_arena     *arena = cd_arena_new();
    cd_block      all[100] = {{.heading = 0}};
    cd_page       out = {.arena = arena, .blocks = all, .nblocks = 100};
    assert_int_equal(open_model("copydesk-model 4\nH_LENGTH 0 5\nH_END 0 1\nleast 4\n", &model, &err), CD_OK);
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 7); /* the first of the best */
    all[9].heading = 1, all[4].heading = 2;
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 9); /* the heading of the first level, though it is further down */
    all[9].heading = 0, all[4].heading = 1;
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 4); /* though its sum is less */
    all[4].heading = 0;
    barred[1] = true;
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 9); /* the first of the best is a date */
    cd_model_free(model);
    assert_int_equal(open_model("copydesk-model 4\nH_LENGTH 0 5\nleast 5\n", &model, &err), CD_OK);
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 100); /* none is good enough */
    list.placed = 9;
    assert_int_equal(cd_model_head(model, &list, &out, &head, &err), CD_OK);
    assert_int_equal(head, 9); /* but the one in a headline's place nearly is */
    cd_model_free(model);
    cd_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_files),
        cmocka_unit_test(test_built_in),
        cmocka_unit_test(test_over_the_bar),
        cmocka_unit_test(test_confidence),
        cmocka_unit_test(test_calibration),
        cmocka_unit_test(test_headline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
