/* A grouped pattern matches what the pattern matches: the same place, the same groups. */
#include "rules/group.h"
#include "rules/ready.h"

#include "base/data.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

static void becomes(const char *pattern, const char *grouped)
{
    cd_buf out = {0};
    assert_int_equal(cd_pattern_group(cd_span_of(pattern), &out), CD_OK);
    assert_string_equal(out.ptr, grouped);
    cd_buf_free(&out);
}

static void test_shared_letters(void **state)
{
    (void)state;
    becomes("^(?:home|about us|about me|help)$", "^(?:h(?:ome|elp)|a(?:bout us|bout me))$");
    becomes("(?:arm|art|ark|ar)s", "(?:a(?:r(?:m|t|k|)))s");
    becomes("(?:a\\.b|a\\.c|b|d)", "(?:a(?:\\.b|\\.c)|b|d)");
    becomes("(?:\xC3\xA9t\xC3\xA9|\xC3\xA9l\xC3\xA8ve|a|b)", "(?:\xC3\xA9(?:t\xC3\xA9|l\xC3\xA8ve)|a|b)");
    becomes("x(?:(?:one|of|on|two)|z)", "x(?:(?:o(?:ne|f|n)|two)|z)");
}

/* Nothing is moved past what may begin with any letter, nor past the same letter in another case. */
static void test_walls(void **state)
{
    (void)state;
    becomes("(?:ab|[xy]c|ad|e)", "(?:ab|[xy]c|ad|e)");
    becomes("(?:ab|a?c|ad|ae)", "(?:ab|a?c|a(?:d|e))");
    becomes("(?:ab|Ac|ad|e)", "(?:ab|Ac|ad|e)");
    becomes("(?:ab||ad|e)", "(?:ab||ad|e)");
}

static void test_left_alone(void **state)
{
    static const char *const patterns[] = {
        "(?:a(b)|c|ad|ae)", "(?<=ab|c|ad|ae)x", "(?<!ab|c|ad|ae)x", "\\Qab|c|ad|ae\\E", "(?:ab|c(?i)|ad|ae)", "(?x)(?:ab|c|ad|ae)",
        "(?(?=x)ab|c)", "(?|(ab)|(c)|(ad))", "[(ab|c|ad|ae]", "\\(ab|c", "ab|[c", "(a)\\1|ab|ac|ad", "(*UTF)(?:ab|c|ad|ae)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) becomes(patterns[i], patterns[i]);
    becomes("(?-i)(?:ab|c|ad|ae)", "(?-i)(?:a(?:b|d|e)|c)");
    becomes("(?:x(?<credit>ab|c|ad|ae))", "(?:x(?<credit>a(?:b|d|e)|c))");
}

static void test_depth(void **state)
{
    enum { DEEP = 5000 };
    char  *pattern = malloc(4 * DEEP + 64), *at = pattern;
    cd_buf out = {0};
    (void)state;
    assert_non_null(pattern);
    for (size_t i = 0; i < DEEP; i++) memcpy(at, "(?:", 3), at += 3;
    memcpy(at, "ab|c|ad|ae", 10), at += 10;
    memset(at, ')', DEEP);
    assert_int_equal(cd_pattern_group((cd_span){pattern, (size_t)(at - pattern) + DEEP}, &out), CD_OK);
    assert_int_equal(out.len, (size_t)(at - pattern) + DEEP);
    cd_buf_free(&out);
    free(pattern);
}

/* ---- the property, over the rules of the house ---- */

typedef struct both {
    pcre2_code       *codes[2];
    pcre2_match_data *data[2];
    size_t            compared;
} both;

static pcre2_code *compile(cd_span pattern)
{
    int      code;
    size_t   at;
    uint32_t caseless = cd_span_starts(pattern, CD_SPAN("(?-i)")) ? 0 : PCRE2_CASELESS;
    return pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, PCRE2_UTF | PCRE2_UCP | caseless, &code, &at, NULL);
}

static void compare(both *b, cd_span pattern, cd_span text)
{
    int n[2];
    for (int i = 0; i < 2; i++) n[i] = pcre2_match(b->codes[i], (PCRE2_SPTR)text.ptr, text.len, 0, 0, b->data[i], NULL);
    b->compared++;
    if (n[0] == n[1] && (n[0] <= 0 || memcmp(pcre2_get_ovector_pointer(b->data[0]), pcre2_get_ovector_pointer(b->data[1]), (size_t)n[0] * 2 * sizeof(size_t)) == 0))
        return;
    fail_msg("%.*s\n differs, grouped, on\n %.*s", (int)pattern.len, pattern.ptr, (int)text.len, text.ptr);
}

/* The example itself, its parts, and itself twice with an 's' between. */
static void compare_variants(both *b, cd_span pattern, cd_span example)
{
    char   twice[8192];
    size_t n = example.len < 4000 ? example.len : 0;
    compare(b, pattern, example);
    for (size_t k = 1; k < 4; k++) {
        size_t at = example.len * k / 4;
        while (at < example.len && ((unsigned char)example.ptr[at] & 0xC0) == 0x80) at++;
        compare(b, pattern, cd_span_sub(example, 0, at));
        compare(b, pattern, cd_span_sub(example, at, example.len));
    }
    memcpy(twice, example.ptr, n);
    twice[n] = 's';
    memcpy(twice + n + 1, example.ptr, n);
    compare(b, pattern, (cd_span){twice, 2 * n + 1});
}

/* Every pattern of a rule file against every example in it. */
static size_t compare_file(cd_span text)
{
    size_t  compared = 0;
    cd_span rest = text, line;
    while (cd_span_line(&rest, &line)) {
        if (!cd_span_starts(line, CD_SPAN("  find "))) continue;
        cd_span pattern = cd_span_trim(cd_span_sub(line, 7, line.len)), others = text, other;
        cd_buf  grouped = {0};
        both    b = {.compared = 0};
        assert_int_equal(cd_pattern_group(pattern, &grouped), CD_OK);
        b.codes[0] = compile(pattern);
        b.codes[1] = compile(cd_buf_span(&grouped));
        assert_non_null(b.codes[0]);
        if (!b.codes[1]) fail_msg("%.*s\n is not taken, grouped", (int)pattern.len, pattern.ptr);
        for (int i = 0; i < 2; i++) b.data[i] = pcre2_match_data_create_from_pattern(b.codes[i], NULL);
        while (cd_span_line(&others, &other))
            if (cd_span_starts(other, CD_SPAN("  yes ")) || cd_span_starts(other, CD_SPAN("  no "))) compare_variants(&b, pattern, cd_span_trim(cd_span_sub(other, 6, other.len)));
        for (int i = 0; i < 2; i++) {
            pcre2_match_data_free(b.data[i]);
            pcre2_code_free(b.codes[i]);
        }
        cd_buf_free(&grouped);
        compared += b.compared;
    }
    return compared;
}

static void test_rules_match_the_same(void **state)
{
    size_t compared = 0;
    (void)state;
    for (const cd_data_file *f = cd_data_rules; f->name; f++) compared += compare_file(f->text);
    assert_true(compared > 50000);
}

/* ---- what the build has prepared ---- */

static void assert_same_needles(cd_needle_list ready, const cd_needles *found)
{
    assert_int_equal(ready.n, found->n);
    for (size_t i = 0; i < found->n; i++) {
        const cd_needle *a = &ready.at[i], *b = &found->at[i];
        assert_true(a->len == b->len && a->runes == b->runes && a->edges == b->edges && a->bits == b->bits);
        assert_memory_equal(a->text, b->text, a->len);
    }
}

/* It knows every pattern of the house, with what would be found out anew, and none but these. */
static void test_ready(void **state)
{
    size_t    n = 0;
    cd_arena *arena = cd_arena_new();
    (void)state;
    for (const cd_data_file *f = cd_data_rules; f->name; f++) {
        cd_span rest = f->text, line;
        while (cd_span_line(&rest, &line)) {
            if (!cd_span_starts(line, CD_SPAN("  find "))) continue;
            cd_span         pattern = cd_span_trim(cd_span_sub(line, 7, line.len));
            const cd_ready *ready = cd_ready_find(pattern);
            cd_needles      needles, second;
            cd_buf          grouped = {0};
            assert_non_null(ready);
            assert_int_equal(cd_needles_find(pattern, arena, &needles, &second), CD_OK);
            assert_same_needles(ready->needles, &needles);
            assert_same_needles(ready->second, &second);
            assert_int_equal(cd_pattern_group(pattern, &grouped), CD_OK);
            assert_true(cd_span_is(ready->grouped, cd_buf_span(&grouped)));
            cd_buf_free(&grouped);
            assert_null(cd_ready_find(cd_span_sub(pattern, 1, pattern.len)));
            n++;
        }
    }
    assert_true(n > 0 && n >= cd_ready_count);
    cd_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shared_letters), cmocka_unit_test(test_walls), cmocka_unit_test(test_left_alone),
        cmocka_unit_test(test_depth),          cmocka_unit_test(test_rules_match_the_same),
        cmocka_unit_test(test_ready),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
