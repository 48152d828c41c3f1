/* test_reasons.c -- why the model judged so: every column has words, and the sum that is told is the sum that decided. */
#include "tagger/model.h"

#include "base/arena.h"
#include "base/buf.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

enum { BLOCKS_MAX = 10, PAGES = 400, SIGNS = 9 };

static uint32_t seed = 11;

static uint32_t dice(uint32_t n) { return (seed = seed * 1664525u + 1013904223u) % 65521u % n; }

static cd_model *open_model(const cd_buf *text)
{
    cd_model *model = NULL;
    cd_error  err = {0};
    assert_int_equal(cd_model_new("m.model", cd_buf_span(text), &model, &err), CD_OK);
    return model;
}

/* A page of n blocks that all count as body, so that nothing is cleared. */
static cd_page page_of(cd_arena *arena, size_t n)
{
    cd_page page = {.arena = arena, .nblocks = n, .body_to = n, .head = n};
    page.blocks = cd_arena_array(arena, n, sizeof *page.blocks);
    assert_non_null(page.blocks);
    for (size_t i = 0; i < n; i++) page.blocks[i].m.words = 9;
    return page;
}

static void assert_told(const char *words)
{
    assert_non_null(words);
    assert_true(strlen(words) > 4);
    assert_null(strchr(words, '%'));
    assert_null(strstr(words, "  "));
}

/* One block for each column of the model, with that column alone. */
static void test_words(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    cd_buf    text = {0};
    cd_error  err = {0};
    assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\n"), CD_OK);
#define X(name, n)                                                                                                     \
    for (int i = 0; i < (n); i++) assert_int_equal(cd_buf_format(&text, #name " %d %d\n", i, i % 2 ? 7 : -7), CD_OK);
    CD_COLUMNS(X)
    CD_HEAD_COLUMNS(X)
#undef X
    cd_model      *model = open_model(&text);
    cd_page        page = page_of(arena, CD_COL_TEXT_COUNT);
    cd_columns_of *columns = cd_arena_array(arena, CD_COL_TEXT_COUNT, sizeof *columns);
    for (unsigned i = 0; i < CD_COL_TEXT_COUNT; i++) columns[i] = (cd_columns_of){.n = 1, .at = {(uint16_t)i}};
    page.columns = columns;
    assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
    for (unsigned i = 0; i < CD_COL_TEXT_COUNT; i++) {
        const cd_judgement *j = &page.judged->blocks[i];
        assert_int_equal(j->npro + j->ncon, 1);
        assert_told(j->npro ? j->pro[0].words : j->con[0].words);
    }
    for (unsigned i = 0; i < CD_HEAD_COL_COUNT; i++) {
        size_t        first = 0;
        cd_columns_of one = {.n = 1, .at = {(uint16_t)i}};
        bool          barred = false;
        cd_candidates list = {&first, &one, &barred, 1, page.nblocks};
        page.candidates = &list;
        assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
        const cd_judgement *j = &page.judged->rivals[0];
        assert_int_equal(page.judged->nrivals, 1);
        assert_told(j->npro ? j->pro[0].words : j->con[0].words);
    }
    cd_model_free(model);
    cd_buf_free(&text);
    cd_arena_free(arena);
}

/* The same for trees: one for each column, that asks for it alone. What they tell together is the sum that decides. */
static void test_tree_words(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    cd_buf    text = {0};
    cd_error  err = {0};
    assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD_HTML "\nbar 40\nlook 1\n"), CD_OK);
#define X(name, n)                                                                                                     \
    for (int i = 0; i < (n); i += (n) / 4 + 1) assert_int_equal(cd_buf_format(&text, #name " %d 10\n= 8\n= %d\n", i, 30 + i), CD_OK);
    CD_HTML_COLUMNS(X)
#undef X
    cd_model      *model = open_model(&text);
    cd_page        page = page_of(arena, CD_COL_COUNT);
    cd_columns_of *columns = cd_arena_array(arena, CD_COL_COUNT, sizeof *columns);
    cd_markup      markup = {.element = CD_NO_ELEMENT};
    for (unsigned i = 0; i < CD_COL_COUNT; i++) {
        columns[i] = (cd_columns_of){.n = 1, .at = {(uint16_t)i}};
        page.blocks[i].markup = &markup;
    }
    page.columns = columns;
    assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
    for (unsigned i = CD_COL_TEXT_COUNT; i < CD_COL_COUNT; i++) {
        const cd_judgement *j = &page.judged->blocks[i];
        assert_true(j->npro + j->ncon > 1);
        for (size_t k = 0; k < j->npro; k++) assert_told(j->pro[k].words);
        for (size_t k = 0; k < j->ncon; k++) assert_told(j->con[k].words);
    }
    cd_model_free(model);
    cd_buf_free(&text);
    cd_arena_free(arena);
}

/* Scales are put together as features.c does it. */
static void test_places(void **state)
{
    (void)state;
    static const struct {
        unsigned    column;
        const char *words;
    } cases[] = {
        {CD_COL_LENGTH + 6, "12-17 words"},
        {CD_COL_LENGTH_END + 6 * 5 + CD_END_SENTENCE, "12-17 words, ends like a sentence"},
        {CD_COL_RUN, "inside the densest run"},
        {CD_COL_HINT + CD_ROLE_RELATED, "a hint of related"},
        {CD_COL_ROLE_BEFORE + CD_ROLE_BODY, "line above is body"},
        {CD_COL_ROLE + 32 + CD_ROLE_OTHER, "inside the story's bounds, other by rules and position"},
        {CD_COL_RUN_LENGTH + (2 * 12 + 1) * 2 + 1, "below the densest run, 1 word, ends like a sentence"},
        {CD_COL_SINCE_OPEN + 9 + 2, "behind a heading such as Comments: 2 lines"},
        {CD_COL_DATED_NEAR + 1 * 3 + 2, "no date close below, a date or byline close above, 15 or more words"},
        {CD_COL_HEAD_AGAIN, "the headline's words again"},
    };
    cd_arena *arena = cd_arena_new();
    cd_error  err = {0};
    cd_model *model = NULL;
    assert_int_equal(cd_model_new("m.model", CD_SPAN(CD_MODEL_HEAD "\nLENGTH 6 1\nLENGTH_END 31 1\nRUN 0 1\nHINT 19 1\nROLE_BEFORE 1 1\nROLE 63 1\n"
                                                     "RUN_LENGTH 51 1\nSINCE_OPEN 11 1\nDATED_NEAR 5 1\nHEAD_AGAIN 0 1\n"), &model, &err), CD_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cd_page       page = page_of(arena, 1);
        cd_columns_of column = {.n = 1, .at = {(uint16_t)cases[i].column}};
        page.columns = &column;
        assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
        assert_int_equal(page.judged->blocks[0].npro, 1);
        assert_string_equal(page.judged->blocks[0].pro[0].words, cases[i].words);
    }
    cd_model_free(model);
    cd_arena_free(arena);
}

/* Draws weights and a page: each block has some of them. */
static cd_model *draw(cd_page *page, cd_columns_of *columns)
{
    cd_buf text = {0};
    assert_int_equal(cd_buf_format(&text, CD_MODEL_HEAD "\n"), CD_OK);
    for (int i = 0; i < 12; i++) assert_int_equal(cd_buf_format(&text, "LENGTH %d %d\n", i, (int)dice(401) - 200), CD_OK);
    assert_int_equal(cd_buf_format(&text, "bar %d\n", (int)dice(401) - 200), CD_OK);
    for (size_t i = 0; i < page->nblocks; i++) {
        columns[i] = (cd_columns_of){.n = (uint16_t)dice(SIGNS)};
        for (unsigned k = 0; k < columns[i].n; k++) columns[i].at[k] = (uint16_t)(CD_COL_LENGTH + dice(12));
    }
    page->columns = columns;
    cd_model *model = open_model(&text);
    cd_buf_free(&text);
    return model;
}

/* The sum is above 0 just where the block is taken for the story; signs are sorted; those that fit are all told. */
static void check_page(cd_arena *arena)
{
    cd_error      err = {0};
    cd_verdict    verdict;
    cd_columns_of columns[BLOCKS_MAX];
    cd_page       page = page_of(arena, 1 + dice(BLOCKS_MAX));
    cd_model     *model = draw(&page, columns);
    assert_int_equal(cd_model_weigh(model, CD_TASK_STORY, columns, page.nblocks, arena, &verdict, &err), CD_OK);
    assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
    for (size_t i = 0; i < page.nblocks; i++) {
        const cd_judgement *j = &page.judged->blocks[i];
        int64_t             sum = 0, margin = j->own + j->pull;
        assert_int_equal(margin, verdict.sums[i] - cd_model_bar(model, CD_TASK_STORY));
        assert_int_equal(margin > 0, verdict.path[i]);
        for (size_t k = 0; k < j->npro; k++) assert_true(j->pro[k].weight > 0 && (k == 0 || j->pro[k].weight <= j->pro[k - 1].weight));
        for (size_t k = 0; k < j->ncon; k++) assert_true(j->con[k].weight < 0 && (k == 0 || j->con[k].weight >= j->con[k - 1].weight));
        for (size_t k = 0; k < j->npro; k++) sum += j->pro[k].weight;
        for (size_t k = 0; k < j->ncon; k++) sum += j->con[k].weight;
        if (j->npro < CD_SIGNS_MAX && j->ncon < CD_SIGNS_MAX) assert_int_equal(sum, verdict.sums[i]);
    }
    cd_model_free(model);
    cd_arena_reset(arena);
}

static void test_sums(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    for (int i = 0; i < PAGES; i++) check_page(arena);
    cd_arena_free(arena);
}

/* Candidates come best first, and of two alike the one further up. */
static void test_rivals(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    cd_error  err = {0};
    cd_model *model = NULL;
    assert_int_equal(cd_model_new("m.model", CD_SPAN(CD_MODEL_HEAD "\nleast 50\nH_END 0 100\nH_END 1 300\nH_END 2 -5\n"), &model, &err), CD_OK);
    const unsigned ends[] = {0, 1, 0, 1, 2};
    size_t         blocks[5], head;
    cd_columns_of  columns[5];
    for (size_t i = 0; i < 5; i++) blocks[i] = i, columns[i] = (cd_columns_of){.n = 1, .at = {(uint16_t)(CD_COL_H_END + ends[i])}};
    bool          barred[5] = {false};
    cd_candidates list = {blocks, columns, barred, 5, 5};
    cd_page       page = page_of(arena, 5);
    page.candidates = &list;
    assert_int_equal(cd_tagger_explain(&page, model, &err), CD_OK);
    assert_int_equal(page.judged->nrivals, CD_RIVALS_MAX);
    assert_int_equal(page.judged->least, 50);
    assert_int_equal(page.judged->rivals[0].block, 1);
    assert_int_equal(cd_model_head(model, &list, &page, &head, &err), CD_OK);
    assert_int_equal(page.judged->rivals[0].block, head);
    assert_int_equal(page.judged->rivals[1].block, 3);
    assert_int_equal(page.judged->rivals[2].block, 0);
    assert_int_equal(page.judged->rivals[2].own, 100);
    assert_null(page.judged->blocks);
    cd_model_free(model);
    cd_arena_free(arena);
}

static void test_no_model(void **state)
{
    (void)state;
    cd_arena *arena = cd_arena_new();
    cd_error  err = {0};
    cd_page   page = page_of(arena, 3);
    assert_int_equal(cd_tagger_explain(&page, NULL, &err), CD_OK);
    assert_null(page.judged);
    cd_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_words), cmocka_unit_test(test_tree_words), cmocka_unit_test(test_places), cmocka_unit_test(test_sums),
                                       cmocka_unit_test(test_rivals), cmocka_unit_test(test_no_model)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
