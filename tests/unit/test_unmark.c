/* test_unmark.c -- Markdown's signs: what is one and what the page wrote itself, whether a text is Markdown, and signs without end. */
#include "page/unmark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static void unmarked(const char *in, const char *expected)
{
    cd_arena *arena = cd_arena_new();
    cd_span   text = cd_span_of(in);
    assert_non_null(arena);
    assert_int_equal(cd_unmark_block(arena, &text), CD_OK);
    if (!cd_span_is(text, cd_span_of(expected))) fail_msg("%s\n  gives  %.*s\n  not    %s", in, (int)text.len, text.ptr, expected);
    cd_arena_free(arena);
}

static void blocks(void **state)
{
    static const char *const wants[][2] = {
        {"Nothing at all", "Nothing at all"},
        {"# Bridge opens", "Bridge opens"},
        {"###### Bridge opens ##", "Bridge opens"},
        {"# Why C# won #", "Why C# won"},
        {"#hashtag", "#hashtag"},
        {"####### seven", "####### seven"},
        {"---", ""},
        {"* * *", ""},
        {"=====", ""},
        {"| --- | :-: |", ""},
        {"- - 5 degrees", "- - 5 degrees"},
        {"| High | 05:12 | 1.9 m |", "High 05:12 1.9 m"},
        {"Tea | Coffee", "Tea | Coffee"},
        {"[1]: https://a.example/b", ""},
        {"[1] as he said", "[1] as he said"},
        {"The [mayor](https://a.example/m) said", "The mayor said"},
        {"The [mayor](/m \"who he is\") said", "The mayor said"},
        {"The [mayor](m.html) said", "The mayor said"},
        {"The [mayor](https://a.example/m_(old)) said", "The mayor said"},
        {"The [mayor](https://a.example/a- b/) said", "The mayor said"},
        {"[](/) [ Share ](#)", "Share"},
        {"[sic](as he wrote it)", "[sic](as he wrote it)"},
        {"an array[0](x y)", "an array[0](x y)"},
        {"](https://a.example/)", "](https://a.example/)"},
        {"[no end](https://a.example/", "[no end](https://a.example/"},
        {"![A tug](/tug.jpg) at sea", "at sea"},
        {"[ ![A tug](/tug.jpg) Tugs ](/tugs)", "Tugs"},
        {"[a [b](/b) c](/c) d", "a b c d"},
        {"**bold**, *it* and _it_, ***both***.", "bold, it and it, both."},
        {"**Not** one** but **two**", "Not one** but two"},
        {"\xE2\x80\x9C*So*,\xE2\x80\x9D he said", "\xE2\x80\x9CSo,\xE2\x80\x9D he said"},
        {"Prices* are 5 * 3", "Prices* are 5 * 3"},
        {"*Prices as of May", "*Prices as of May"},
        {"* an item with *stars*", "* an item with stars"},
        {"What the f**k, you s***", "What the f**k, you s***"},
        {"snake_case_name and __init__", "snake_case_name and init"},
        {"Home __News", "Home News"},
        {"Run `make -j2` twice", "Run make -j2 twice"},
        {"1\\. Not a list, 2 \\* 3, \\_x\\_, C:\\dir", "1. Not a list, 2 * 3, _x_, C:\\dir"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) unmarked(wants[i][0], wants[i][1]);
}

static void lines(void **state)
{
    (void)state;
    assert_true(cd_span_is(cd_unmark_quote(CD_SPAN("> > said he")), CD_SPAN("said he")));
    assert_true(cd_span_is(cd_unmark_quote(CD_SPAN(">>> print(1)")), CD_SPAN(">>> print(1)")));
    assert_int_equal(cd_unmark_heading(CD_SPAN("## What it says")), 2);
    assert_int_equal(cd_unmark_heading(CD_SPAN("#3 in the list")), 0);
    assert_true(cd_unmark_is_fence(CD_SPAN("```sh")) && !cd_unmark_is_fence(CD_SPAN("`x`")));
    assert_true(cd_unmark_is_new(CD_SPAN("| a |")) && cd_unmark_is_new(CD_SPAN("# A title")) && cd_unmark_is_new(CD_SPAN("---")));
    assert_false(cd_unmark_is_new(CD_SPAN("a | b")));
}

static void pages(void **state)
{
    static const char *const yes[] = {
        "# Bridge opens\n\nIt was **time**.\n\nAnd **so** it went.\n\n**Why**",
        "# Bridge opens\n\nText.\n\n## What comes next\n\nText.",
        "Text with [one](https://a.example/) link.\n\nAnd [two](/b).",
    };
    static const char *const no[] = {
        "", "#", "Bridge opens\n\nText, text.", "# install\n\n# run\n\n# stop\n\n# start", "#1 Bridge\n\n#2 Bridge\n\n#3 Bridge",
        "   # [1]alternate\n\n   # [2]search", "Rated ***, or **** by some. F**k.", "[sic](as he wrote) and [sic](so too), [sic](once more)",
        "He said (see [1] and [2]).\n\n[3] (4)",
    };
    (void)state;
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (!cd_unmark_is_wanted(cd_span_of(yes[i]))) fail_msg("no Markdown: %s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (cd_unmark_is_wanted(cd_span_of(no[i]))) fail_msg("Markdown: %s", no[i]);
}

/* Any text of signs becomes one that is no longer, and reading stays inside it (the sanitizers see that). */
static void any_signs(void **state)
{
    static const char letters[] = "[]()*_#|`\\!>- a\n";
    unsigned          seed = 7;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        char   text[64];
        size_t n = 0, most = 1 + (seed >> 16) % (sizeof text - 1);
        for (; n < most; n++) {
            seed = seed * 1103515245u + 12345u;
            text[n] = letters[(seed >> 16) % (sizeof letters - 1)];
        }
        char     *copy = malloc(n); /* of its very size */
        cd_arena *arena = cd_arena_new();
        assert_true(copy && arena);
        memcpy(copy, text, n);
        cd_span span = {copy, n}, line = cd_span_trim(span);
        (void)cd_unmark_is_wanted(span);
        if (line.len) (void)cd_unmark_is_new(line);
        if (line.len) assert_int_equal(cd_unmark_block(arena, &line), CD_OK);
        assert_true(line.len <= n);
        cd_arena_free(arena);
        free(copy);
    }
}

/* A megabyte of one sign after the other, of which most begin what never ends. */
static void many_signs(void **state)
{
    static const char *const parts[] = {"[", "](", "](x ", "*", "* *", "_a ", "![", "[a](/b", "\\", "`", "(", "[](", "**a", "# a\n\n", "[a]: https://"};
    enum { BYTES = 1 << 20 };
    (void)state;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t    len = strlen(parts[i]);
        char     *text = malloc(BYTES);
        cd_arena *arena = cd_arena_new();
        assert_true(text && arena);
        for (size_t at = 0; at < BYTES; at++) text[at] = parts[i][at % len];
        cd_span span = {text, BYTES}, line = cd_span_trim(span);
        (void)cd_unmark_is_wanted(span);
        assert_int_equal(cd_unmark_block(arena, &line), CD_OK);
        assert_true(line.len <= BYTES);
        cd_arena_free(arena);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(blocks), cmocka_unit_test(lines), cmocka_unit_test(pages), cmocka_unit_test(any_signs),
                                       cmocka_unit_test(many_signs)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
