/* test_run.c -- what a run remembers: which story came before, and which names of files are taken. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/limits.h"
#include "run/dedup.h"
#include "run/mirror.h"

/* A text of `words` words, of which those from `from` up to `to` are others than in the text of seed 0. */
static void make_text(cd_buf *text, unsigned seed, size_t words, size_t from, size_t to)
{
    cd_buf_clear(text, SIZE_MAX);
    for (size_t i = 0; i < words; i++) {
        unsigned kind = i >= from && i < to ? seed : 0;
        assert_int_equal(cd_buf_format(text, "w%zux%u%s", i, kind, i % 11 == 10 ? ". " : " "), CD_OK);
    }
}

static cd_digest digest_of(const char *text)
{
    cd_digest d;
    cd_digest_make(&d, cd_span_of(text), true);
    return d;
}

static void case_blanks_and_punctuation_do_not_count(void **state)
{
    (void)state;
    cd_digest a = digest_of("The ferry, late again, sails on."), b = digest_of("the  FERRY late\n\nagain - sails on"), c = digest_of("The ferry sails on.");
    assert_memory_equal(a.exact, b.exact, sizeof a.exact);
    assert_memory_not_equal(a.exact, c.exact, sizeof a.exact);
    assert_true(a.any);
    assert_false(a.near); /* too short */
    assert_false(digest_of(" .,- ").any);
}

/* Over many pairs: what shares 0.9 of its shingles is found nearly always, what shares 0.65 nearly never. */
static void threshold_holds(void **state)
{
    (void)state;
    const size_t words = 600, pairs = 200;
    const struct {
        size_t changed; /* words in one stretch: of 597 shingles changed + 3 are lost in each text */
        size_t least, most;
    } rows[] = {{27, 199, 200}, {124, 0, 2}}; /* J = 567 / 627 = 0.90; 470 / 724 = 0.65 */
    cd_buf one = {0}, two = {0};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        size_t found = 0;
        for (unsigned p = 1; p <= pairs; p++) {
            cd_error  err;
            cd_first  first;
            cd_dedup *d;
            size_t at = 100;
            make_text(&one, 1000 + p, words, 0, words);
            cd_buf_clear(&two, SIZE_MAX);
            for (size_t i = 0; i < words; i++)
                assert_int_equal(cd_buf_format(&two, "w%zux%u ", i, i >= at && i < at + rows[r].changed ? 9u : 1000 + p), CD_OK);
            assert_int_equal(cd_dedup_new(CD_DEDUP_NEAR, CD_LIMIT_DEDUP_BYTES, &d, &err), CD_OK);
            cd_digest a = digest_of(one.ptr), b = digest_of(two.ptr);
            assert_int_equal(cd_dedup_show(d, &a, "one", -1, &first, &err), CD_OK);
            assert_null(first.input);
            assert_int_equal(cd_dedup_show(d, &b, "two", -1, &first, &err), CD_OK);
            found += first.input != NULL;
            cd_dedup_free(d);
        }
        assert_in_range(found, rows[r].least, rows[r].most);
    }
    cd_buf_free(&one);
    cd_buf_free(&two);
}

/* A copy is never a first: the third text is like the second, which is a copy, but not like the first. */
static void copies_do_not_drift(void **state)
{
    (void)state;
    cd_error  err;
    cd_first  first;
    cd_dedup *d;
    cd_buf    text = {0};
    assert_int_equal(cd_dedup_new(CD_DEDUP_NEAR, CD_LIMIT_DEDUP_BYTES, &d, &err), CD_OK);
    for (size_t i = 0; i < 3; i++) {
        make_text(&text, 7, 400, 0, 30 * i);
        cd_digest digest = digest_of(text.ptr);
        assert_int_equal(cd_dedup_show(d, &digest, "in", (long long)i, &first, &err), CD_OK);
        if (i == 1) assert_int_equal(first.record, 0);
        else assert_null(first.input);
    }
    cd_dedup_free(d);
    cd_buf_free(&text);
}

static void finds_each_among_many(void **state)
{
    (void)state;
    cd_error  err;
    cd_first  first;
    cd_dedup *d;
    char      text[64], name[32];
    assert_int_equal(cd_dedup_new(CD_DEDUP_EXACT, CD_LIMIT_DEDUP_BYTES, &d, &err), CD_OK);
    for (int turn = 0; turn < 2; turn++)
        for (int i = 0; i < 20000; i++) {
            (void)snprintf(text, sizeof text, "story number %d of many", i);
            (void)snprintf(name, sizeof name, "input%d", turn ? i + 50000 : i);
            cd_digest digest = digest_of(text);
            assert_int_equal(cd_dedup_show(d, &digest, name, turn ? -1 : i, &first, &err), CD_OK);
            if (!turn) {
                assert_null(first.input);
                continue;
            }
            (void)snprintf(name, sizeof name, "input%d", i);
            assert_string_equal(first.input, name);
            assert_int_equal(first.record, i);
        }
    assert_int_equal(cd_dedup_full(d), 0);
    cd_dedup_free(d);
}

static void limit_is_kept(void **state)
{
    (void)state;
    cd_error  err;
    cd_first  first;
    cd_dedup *d;
    char      text[64];
    assert_int_equal(cd_dedup_new(CD_DEDUP_NEAR, 10000, &d, &err), CD_OK);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(text, sizeof text, "story number %d of many", i);
        cd_digest digest = digest_of(text);
        assert_int_equal(cd_dedup_show(d, &digest, "a", i, &first, &err), CD_OK);
        assert_null(first.input);
    }
    size_t n = cd_dedup_full(d);
    assert_in_range(n, 10, 60);
    for (int i = 0; i < 1000; i++) { /* those that are remembered are still found */
        (void)snprintf(text, sizeof text, "story number %d of many", i);
        cd_digest digest = digest_of(text);
        assert_int_equal(cd_dedup_show(d, &digest, "b", i, &first, &err), CD_OK);
        assert_int_equal(first.input != NULL, (size_t)i < n);
    }
    assert_int_equal(cd_dedup_full(d), n);
    cd_dedup_free(d);
}

static void mirrored_paths(void **state)
{
    (void)state;
    static const struct {
        const char *input;
        bool        container;
        const char *path;
    } rows[] = {
        {"a/b.txt", false, "a/b.txt.json"},
        {"dump.tar", true, "dump.tar.jsonl"},
        {"-", false, "stdin.json"},
        {"/etc/passwd", false, "etc/passwd.json"},
        {"../../etc/passwd", false, "_up/_up/etc/passwd.json"},
        {"a/../../b", false, "a/_up/_up/b.json"},
        {".//a/./b", false, "a/b.json"},
        {"...", false, "....json"},
        {"..", false, "_up.json"},
        {"/", false, "_root.json"},
        {"", false, "_root.json"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_buf path = {0};
        assert_int_equal(cd_mirror_path(rows[i].input, rows[i].container, &path), CD_OK);
        assert_string_equal(path.ptr, rows[i].path);
        cd_buf_free(&path);
    }
}

/* A long name is cut between two letters, and two that differ at their ends stay two. */
static void long_names(void **state)
{
    (void)state;
    cd_buf in = {0}, a = {0}, b = {0};
    for (int i = 0; i < 200; i++) assert_int_equal(cd_buf_add(&in, CD_SPAN("\xC3\xA9")), CD_OK);
    assert_int_equal(cd_mirror_path(in.ptr, false, &a), CD_OK);
    assert_int_equal(cd_buf_char(&in, 'x'), CD_OK);
    assert_int_equal(cd_mirror_path(in.ptr, false, &b), CD_OK);
    assert_in_range(a.len, 200, 250);
    assert_string_not_equal(a.ptr, b.ptr);
    assert_int_equal(strcspn(a.ptr, "~") % 2, 0);
    cd_buf_free(&in);
    cd_buf_free(&a);
    cd_buf_free(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(case_blanks_and_punctuation_do_not_count), cmocka_unit_test(threshold_holds),
                                       cmocka_unit_test(copies_do_not_drift), cmocka_unit_test(finds_each_among_many),
                                       cmocka_unit_test(limit_is_kept), cmocka_unit_test(mirrored_paths), cmocka_unit_test(long_names)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
