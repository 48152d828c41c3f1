/* test_trees.c -- boosted trees: which answer leads where, and that what is told of a sum is that sum. */
#include "tagger/trees.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

enum { BLOCKS = 500 };

static uint32_t seed = 11;

static uint32_t dice(uint32_t n) { return (seed = seed * 1664525u + 1013904223u) % 65521u % n; }

static cd_trees *read_trees(const char *text)
{
    cd_trees *trees = NULL;
    cd_error  err = {0};
    cd_span   rest = cd_span_of(text), line;
    assert_int_equal(cd_trees_new(&trees, &err), CD_OK);
    while (cd_span_line(&rest, &line)) {
        bool          good = false;
        cd_model_file file = {.name = "m", .rest = line};
        cd_span       word = cd_model_word(&file);
        assert_int_equal(cd_trees_read(trees, word, &file, &good, &err), CD_OK);
        assert_true(good);
    }
    assert_true(cd_trees_are_whole(trees));
    assert_int_equal(cd_trees_settle(trees, &err), CD_OK);
    return trees;
}

static int32_t sum_of(const cd_trees *trees, unsigned look, const cd_columns_of *c)
{
    uint8_t room[CD_TREE_ROOM];
    return cd_trees_sum(trees, look, c, room);
}

static void test_answers(void **state)
{
    (void)state;
    /* LENGTH is asked for by size, TAG for each by itself. */
    cd_trees *trees = read_trees("look 1\nLENGTH 3 0\n= 1\nLENGTH 6 0\n= 2\n= 3\nTAG 9 0\n= 10\n= 20\nlook 2\n= 500\n");
    static const struct {
        cd_columns_of columns;
        int32_t       want;
    } cases[] = {
        {{.n = 0}, 11},
        {{.n = 1, .at = {CD_COL_LENGTH + 2}}, 11},
        {{.n = 1, .at = {CD_COL_LENGTH + 3}}, 12},
        {{.n = 1, .at = {CD_COL_LENGTH + 5}}, 12},
        {{.n = 1, .at = {CD_COL_LENGTH + 6}}, 13},
        {{.n = 2, .at = {CD_COL_LENGTH + 11, CD_COL_TAG + 9}}, 23},
        {{.n = 2, .at = {CD_COL_LENGTH + 11, CD_COL_TAG + 10}}, 13},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(sum_of(trees, 0, &cases[i].columns), cases[i].want);
        assert_int_equal(sum_of(trees, 1, &cases[i].columns), 500);
    }
    assert_true(cd_trees_look_twice(trees));
    cd_trees_free(trees);
}

static void test_told_sum(void **state)
{
    (void)state;
    cd_trees *trees = read_trees("look 1\nLENGTH 3 7\nTAG 2 -4\n= 1\n= -9\nLENGTH 6 30\nDENSITY_2 4 12\n= 2\n= 60\n= 3\nTAG 9 5\n= 10\n= 20\n");
    for (unsigned i = 0; i < BLOCKS; i++) {
        cd_columns_of c = {.n = 3, .at = {(uint16_t)(CD_COL_LENGTH + dice(12)), (uint16_t)(CD_COL_TAG + dice(12)), (uint16_t)(CD_COL_DENSITY_2 + dice(6))}};
        uint8_t       room[CD_TREE_ROOM];
        int32_t       parts[CD_COL_COUNT] = {0}, told = cd_trees_explain(trees, 0, &c, room, parts);
        for (unsigned k = 0; k < CD_COL_COUNT; k++) told += parts[k];
        assert_int_equal(told, sum_of(trees, 0, &c));
    }
    cd_trees_free(trees);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_answers), cmocka_unit_test(test_told_sum)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
