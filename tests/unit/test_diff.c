/* test_diff.c -- differences: that they are right and as few as can be, what is shown of them, and that records read back are printed
 * again byte by byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/diff.h"
#include "base/limits.h"
#include "output/diff.h"
#include "output/output.h"
#include "output/reread.h"
#include "run/run.h"

/* --- sequences -------------------------------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 16;
}

/* Length of the longest common subsequence by the table that everybody knows. */
static size_t common(const uint64_t *a, size_t n, const uint64_t *b, size_t m)
{
    size_t table[41][41] = {{0}};
    for (size_t i = 1; i <= n; i++)
        for (size_t j = 1; j <= m; j++) {
            size_t up = table[i - 1][j], left = table[i][j - 1];
            table[i][j] = a[i - 1] == b[j - 1] ? table[i - 1][j - 1] + 1 : up > left ? up : left;
        }
    return table[n][m];
}

/* What stays is the same on both sides; gives how much that is. */
static size_t kept(const uint64_t *a, size_t n, const uint64_t *b, size_t m, const bool *gone, const bool *come)
{
    size_t i = 0, j = 0, count = 0;
    for (;; i++, j++, count++) {
        while (i < n && gone[i]) i++;
        while (j < m && come[j]) j++;
        if (i == n || j == m) break;
        assert_true(a[i] == b[j]);
    }
    assert_true(i == n && j == m);
    return count;
}

static void few_edits(void **unused)
{
    uint64_t a[40], b[40];
    bool     gone[40], come[40];
    uint32_t random = 7;
    (void)unused;
    for (size_t round = 0; round < 20000; round++) {
        size_t n = next_random(&random) % 41, m = next_random(&random) % 41, letters = 1 + next_random(&random) % 8;
        for (size_t i = 0; i < n; i++) a[i] = next_random(&random) % letters;
        for (size_t i = 0; i < m; i++) b[i] = next_random(&random) % letters;
        assert_int_equal(cd_diff(a, n, b, m, gone, come), CD_OK);
        assert_int_equal(kept(a, n, b, m, gone, come), common(a, n, b, m));
    }
}

/* Past the limit a stretch is shown as replaced, but its equal ends are found, and it ends soon. */
static void too_many_edits(void **unused)
{
    enum { N = 200000, SAME = 100 };
    uint64_t *a = calloc(N, sizeof *a), *b = calloc(N, sizeof *b);
    bool     *gone = calloc(N, sizeof *gone), *come = calloc(N, sizeof *come);
    size_t    ngone = 0;
    (void)unused;
    assert_true(a && b && gone && come);
    for (size_t i = 0; i < N; i++) a[i] = i, b[i] = i < SAME || i >= N - SAME ? i : i + N;
    assert_int_equal(cd_diff(a, N, b, N, gone, come), CD_OK);
    for (size_t i = 0; i < N; i++) ngone += gone[i];
    assert_int_equal(ngone, N - 2 * SAME);
    assert_int_equal(kept(a, N, b, N, gone, come), 2 * SAME);
    for (size_t i = 0; i < N; i++) b[i] = i % 1000 == 500 ? i + N : i; /* 200 edits in 200,000 words are found */
    assert_int_equal(cd_diff(a, N, b, N, gone, come), CD_OK);
    assert_int_equal(kept(a, N, b, N, gone, come), N - N / 1000);
    free(a), free(b), free(gone), free(come);
}

/* --- records ---------------------------------------------------------------------------------------------------------- */

typedef struct pair {
    cd_arena  *arena;
    cd_rereads old, new;
    cd_changes changes;
    cd_buf     out;
} pair;

static void open_pair(pair *p, const char *old, const char *new)
{
    cd_error err;
    *p = (pair){.arena = cd_arena_new()};
    assert_non_null(p->arena);
    assert_int_equal(cd_reread(cd_span_of(old), p->arena, &p->old, &err), CD_OK);
    assert_int_equal(cd_reread(cd_span_of(new), p->arena, &p->new, &err), CD_OK);
    assert_int_equal(cd_changes_find(&p->old, &p->new, p->arena, &p->changes), CD_OK);
}

static void close_pair(pair *p)
{
    cd_rereads_free(&p->old);
    cd_rereads_free(&p->new);
    cd_arena_free(p->arena);
    cd_buf_free(&p->out);
}

static const struct {
    const char *old, *new, *names, *text;
} rows[] = {
    {"{\"a\":1,\"b\":null}", "{ \"b\": null, \"a\": 1.0 }", "", ""},
    {"{\"a\":1}", "{\"a\":2}", "a", "    a\n      - 1\n      + 2\n"},
    {"{\"a\":null}", "{\"a\":\"x\"}", "a", "    a\n      - null\n      + \"x\"\n"},
    {"{\"a\":1,\"gone\":\"x\"}", "{\"new\":true,\"a\":1}", "new, gone", "    new\n      + true\n    gone\n      - \"x\"\n"},
    {"{\"a\":[\"x\",\"y\"]}", "{\"a\":[\"y\",\"z\"]}", "a", "    a\n      - \"x\"\n      + \"z\"\n"},
    {"{\"a\":{\"nav\":1,\"bio\":2}}", "{\"a\":{\"nav\":1,\"bio\":3}}", "a", "    a\n      - \"bio\": 2\n      + \"bio\": 3\n"},
    {"{\"a\":\"one two\"}", "{\"a\":\"one three\"}", "a", "    a\n      - \"one two\"\n      + \"one three\"\n"},
    {"{\"a\":\"a b c d e f g h i j k l m\"}", "{\"a\":\"a b c d e f g X i j k l m\"}", "a",
     "    a\n      ~ a b c d e f g [-h-] {+X+} i j k l m\n"},
    {"{\"a\":\"a b c d e f g h i j k l m\"}", "{\"a\":\"a b c d e f g h\\n\\ni j k l m n\"}", "a",
     "    a\n      ~ a b c d e f g h {+\xC2\xB6+} i j k l m {+n+}\n"},
    {"{\"a\":\"a b c d e f g h i j k l m\"}", "{\"a\":\"a  b c d e f g h i j k l m\"}", "a",
     "    a\n      - \"a b c d e f g h i j k l m\"\n      + \"a  b c d e f g h i j k l m\"\n"},
    {"{\"a\":\"\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\xE5\x9B\x9B\xE4\xBA\x94\xE5\x85\xAD\xE4\xB8\x83\xE5\x85\xAB\xE4\xB9\x9D\xE5\x8D\x81\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\"}",
     "{\"a\":\"\xE4\xB8\x80\xE4\xBA\x8C\xE4\xB8\x89\xE5\x9B\x9B\xE4\xBA\x94\xE5\x85\xAD\xE4\xB8\x83\xE5\x85\xAB\xE4\xB9\x9D\xE5\x8D\x81\xE4\xB8\x80\xE4\xB8\x89\"}", "a",
     "    a\n      ~ \xE2\x80\xA6 \xE5\x9B\x9B\xE4\xBA\x94\xE5\x85\xAD\xE4\xB8\x83\xE5\x85\xAB\xE4\xB9\x9D\xE5\x8D\x81\xE4\xB8\x80 [-\xE4\xBA\x8C-] \xE4\xB8\x89\n"},
    {"[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":2},{\"a\":3}]", "record 1: a; record 2 is new",
     "    record 1, a\n      - 1\n      + 2\n    record 2 is new\n"},
    {"[{\"a\":1}]", "[]", "record 0 is gone", "    record 0 is gone\n"},
    {"[]", "{\"a\":1}", "one record or a list of them, record 0 is new", "    record 0 is new\n"},
};

static void shown(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pair p;
        open_pair(&p, rows[i].old, rows[i].new);
        assert_int_equal(cd_changes_names(&p.changes, &p.out), CD_OK);
        assert_string_equal(p.out.ptr ? p.out.ptr : "", rows[i].names);
        cd_buf_clear(&p.out, 0);
        assert_int_equal(cd_changes_text(&p.changes, 0, &p.out), CD_OK);
        assert_string_equal(p.out.ptr ? p.out.ptr : "", rows[i].text);
        close_pair(&p);
    }
}

static bool is_b(const void *context, cd_span key)
{
    (void)context;
    return cd_span_is(key, CD_SPAN("b"));
}

static bool is_none(const void *context, cd_span key)
{
    (void)context;
    (void)key;
    return false;
}

static void merged(void **unused)
{
    static const struct {
        const char *old, *new, *want;
    } cases[] = {
        {"{\"a\":1,\"b\":2,\"c\":3}", "{\"a\":7,\"b\":8,\"c\":9}", "{\n  \"a\": 1,\n  \"b\": 8,\n  \"c\": 3\n}\n"},
        {"{\"a\":1,\"c\":3}", "{\"a\":7,\"b\":8,\"c\":9}", "{\n  \"a\": 1,\n  \"b\": 8,\n  \"c\": 3\n}\n"},
        {"{\"a\":1,\"b\":3}", "{\"a\":7}", "{\n  \"a\": 1\n}\n"},
        {"[{\"a\":1},{\"b\":1}]", "[{\"b\":2},{\"b\":3}]", "[\n{\n  \"a\": 1,\n  \"b\": 2\n},\n{\n  \"b\": 3\n}\n]\n"},
        {"[]", "[]", "[]\n"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pair p;
        open_pair(&p, cases[i].old, cases[i].new);
        assert_int_equal(cd_reread_merge(&p.old, &p.new, is_b, NULL, &p.out), CD_OK);
        assert_string_equal(p.out.ptr, cases[i].want);
        close_pair(&p);
    }
}

/* Every key that a record has, with values long and short, goes through cJSON and comes out as json.c printed it. */
static void printed_again(void **unused)
{
    static const char page[] = "Home\nNews\n\nHarbour \"bridge\" reopens after nine years \\ at last\n\nBy Ruth Feld, Ann Lee and Bo Day\n\nMarch 3, 2026\n\n"
                               "The bridge over the harbour was opened again on Tuesday, nine years after the flood, and the whole town had come to "
                               "the quay to see the first tram cross the river in the rain.\n\n"
                               "\"Nobody had thought that it would take so long,\" said the mayor, who had cut the ribbon with the scissors that "
                               "were used for the first bridge in 1902, and then walked to the other side.\n\n"
                               "Tags: Harbour, Bridges and other works over water, Transport, A topic that is as long as a sentence, Trams\n\n"
                               "Sign up for our newsletter\n\nCopyright 2026\n";
    cd_error   err = {0};
    cd_desk   *desk;
    cd_reader *reader;
    cd_text    json;
    (void)unused;
    assert_int_equal(cd_desk_open(NULL, &desk, &err), CD_OK);
    assert_int_equal(cd_reader_open(desk, &reader, &err), CD_OK);
    for (size_t i = 0; i < 2; i++) {
        cd_input in = {.name = i ? "-" : "a \"name\".txt", .bytes = page, .size = i ? 0 : sizeof page - 1, .record = -1};
        pair     p;
        assert_int_equal(cd_reader_json(reader, &in, CD_PRETTY, &json, &err), CD_OK);
        open_pair(&p, json.text, json.text);
        assert_int_equal(p.changes.n, 0);
        assert_int_equal(cd_reread_merge(&p.old, &p.new, is_none, NULL, &p.out), CD_OK);
        assert_string_equal(p.out.ptr, json.text);
        close_pair(&p);
    }
    cd_reader_close(reader);
    cd_desk_close(desk);
}

/* The same for the expected records of the sample pages. */
static void goldens_again(void **unused)
{
    static const char *const names[] = {"german", "several-authors", "gallery-captions", "correction-note", "consent-wall", "utf-16"};
    (void)unused;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[100], text[64 * 1024];
        pair p;
        (void)snprintf(path, sizeof path, "tests/golden/%s.json", names[i]);
        FILE *in = fopen(path, "rb");
        assert_non_null(in);
        size_t n = fread(text, 1, sizeof text - 1, in);
        (void)fclose(in);
        text[n] = '\0';
        open_pair(&p, text, text);
        assert_int_equal(cd_reread_merge(&p.old, &p.new, is_none, NULL, &p.out), CD_OK);
        assert_string_equal(p.out.ptr, text);
        close_pair(&p);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(few_edits), cmocka_unit_test(too_many_edits), cmocka_unit_test(shown),
        cmocka_unit_test(merged), cmocka_unit_test(printed_again), cmocka_unit_test(goldens_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
