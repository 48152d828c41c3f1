/* test_entities.c -- character references by name: the longest that fits, what text and values differ in, and nothing that could become markup. */
#include "page/entities.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

typedef struct want {
    const char *in, *text, *value; /* value NULL: as in text */
} want;

static void put(const char *in, bool attribute, const char *expected)
{
    cd_buf out = {0};
    assert_int_equal(cd_entities_put(&out, cd_data_table("/entities.tsv"), cd_span_of(in), attribute), CD_OK);
    assert_string_equal(out.ptr ? out.ptr : "", expected);
    cd_buf_free(&out);
}

static void references(void **state)
{
    static const want wants[] = {
        {"", "", NULL},
        {"plain", "plain", NULL},
        {"Oh&mldr; dear", "Oh\u2026 dear", NULL},
        {"&hellip;&nbsp;&eacute;", "\u2026\u00A0\u00E9", NULL},
        {"&notin; &notit; &notin", "\u2209 \u00ACit; \u00ACin", "\u2209 &notit; &notin"},
        {"&copy2020 &copy;2020 &copy", "\u00A92020 \u00A92020 \u00A9", "&copy2020 \u00A92020 \u00A9"},
        {"?a=1&copy=2&reg_b&lang=x", "?a=1\u00A9=2\u00AE_b&lang=x", "?a=1&copy=2\u00AE_b&lang=x"},
        {"&amp; &amp;lt; &amplt; &LT;b&GT;", "&#38; &#38;lt; &#38;lt; &#60;b&#62;", "&#38; &#38;lt; &amplt; &#60;b&#62;"},
        {"&num;65; &&num;65;", "&#35;65; &&#35;65;", NULL},
        {"&#8230; &#x2026; &#146;", "&#8230; &#x2026; &#146;", NULL},
        {"&unknown; &Mldr; &; & &", "&unknown; &Mldr; &; & &", NULL},
        {"&NotEqualTilde;", "\u2242\u0338", NULL},
        {"&CounterClockwiseContourIntegral;", "\u2233", NULL},
        {"&CounterClockwiseContourIntegralAndMuchMoreOfTheSame;", "&CounterClockwiseContourIntegralAndMuchMoreOfTheSame;", NULL},
        {"&mldr", "&mldr", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof wants / sizeof *wants; i++) {
        put(wants[i].in, false, wants[i].text);
        put(wants[i].in, true, wants[i].value ? wants[i].value : wants[i].text);
    }
}

static void read_one(const char *in, size_t bytes, const char *expected)
{
    char   signs[CD_SIGNS_BYTES];
    size_t len;
    assert_int_equal(cd_entity_read(cd_data_table("/entities.tsv"), cd_span_of(in), signs, &len), bytes);
    if (bytes && !cd_span_is((cd_span){signs, len}, cd_span_of(expected))) fail_msg("%s gives %.*s, not %s", in, (int)len, signs, expected);
}

static void one(void **state)
{
    (void)state;
    read_one("&amp;c", 5, "&");
    read_one("&comma; and", 7, ",");
    read_one("&check;", 7, "\u2713");
    read_one("&nGt;", 5, "\u226B\u20D2");
    read_one("&apos;", 6, "'");
    read_one("&amp", 0, "");
    read_one("&copyright;", 0, "");
    read_one("&", 0, "");
    read_one("&;", 0, "");
    read_one("&#", 0, "");
    read_one("&#;", 0, "");
    read_one("&#x;", 0, "");
    read_one("&#8217;s", 7, "\u2019");
    read_one("&#8217s", 6, "\u2019");
    read_one("&#x2019;", 8, "\u2019");
    read_one("&#X41;", 6, "A");
    read_one("&#146;", 6, "\u2019");
    read_one("&#129;", 6, "");
    read_one("&#0;", 4, "\uFFFD");
    read_one("&#xD800;", 8, "\uFFFD");
    read_one("&#1114112;", 10, "\uFFFD");
    read_one("&#12345678;", 0, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(references), cmocka_unit_test(one)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
