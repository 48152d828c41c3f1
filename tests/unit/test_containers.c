/* test_containers.c -- what lies under the containers: telling them by their first bytes, the window, HTTP bodies, values of JSON as they
 * stand. tests/containers.t holds whole files against whole records. */
#include "base/limits.h"
#include "input/http.h"
#include "input/unpack.h"
#include "input/jsonl.h"
#include "input/rawjson.h"
#include "input/sniff.h"
#include "input/warc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#define UNUSED(state) (void)(state)

/* --- sniff.c ------------------------------------------------------------------------------------------------------------- */

/* A tar header whose sum is right. */
static void make_header(char header[512], const char *magic)
{
    unsigned sum = 0;
    memset(header, 0, 512);
    memcpy(header, "page.txt", 8);
    memcpy(header + 100, "0000644", 7);
    memcpy(header + 124, "00000000012", 11);
    memcpy(header + 148, "        ", 8);
    memcpy(header + 257, magic, strlen(magic));
    for (int i = 0; i < 512; i++) sum += (unsigned char)header[i];
    (void)snprintf(header + 148, 8, "%06o", sum);
}

static void tar_is_told_by_its_sum(void **state)
{
    char header[512];
    UNUSED(state);
    make_header(header, "ustar");
    assert_int_equal(cd_sniff((cd_span){header, 512}), CD_TAR);
    make_header(header, "");
    assert_int_equal(cd_sniff((cd_span){header, 512}), CD_TAR);
    header[0]++;
    assert_int_equal(cd_sniff((cd_span){header, 512}), CD_PLAIN);
    make_header(header, "ustar");
    assert_int_equal(cd_sniff((cd_span){header, 511}), CD_PLAIN);
}

static void signatures_are_told(void **state)
{
    static const struct {
        cd_span    bytes;
        cd_packing packing;
    } cases[] = {
        {CD_SPAN("\x1F\x8B\x08\0\0\0\0\0\0\3\3\0"), CD_GZIPPED},
        {CD_SPAN("\x1F\x8B\x08\xFF\0\0\0\0\0\3\3\0"), CD_PLAIN},
        {CD_SPAN("BZh91AY&SY\0\1\2\3 data"), CD_PACKED},
        {CD_SPAN("BZh91AY&SY is a text"), CD_PLAIN},
        {CD_SPAN("BZh9\x17\x72\x45\x38\x50\x90\0\0\0\0"), CD_PACKED},
        {CD_SPAN("\xFD" "7zXZ\0\0\4"), CD_PACKED},
        {CD_SPAN("\x28\xB5\x2F\xFD\4\0\1\0\0"), CD_PACKED},
        {CD_SPAN("\x28\xB5\x2F\xFD in Latin-1"), CD_PLAIN},
        {CD_SPAN("\x04\x22\x4D\x18\x64\x40"), CD_PACKED},
        {CD_SPAN("P*M\x18\4\0\0\0\0\0\0\0"), CD_PACKED},
        {CD_SPAN("PK\3\4\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\4\0\0\0page"), CD_ZIP},
        {CD_SPAN("PK\3\4\x14\0\0\0\x08\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetype"), CD_OFFICE},
        {CD_SPAN("PK\3\4 short"), CD_PLAIN},
        {CD_SPAN("WARC/1.0\r\nWARC-Type: warcinfo\r\n"), CD_WARC},
        {CD_SPAN("WARC/1.1\nContent-Length: 4\n"), CD_WARC},
        {CD_SPAN("WARC/1.0\r\nis a format"), CD_PLAIN},
        {CD_SPAN("WARC/2.0\r\nWARC-Type: x\r\n"), CD_PLAIN},
        {CD_SPAN(" \n{\"a\": 1}"), CD_BRACE},
        {CD_SPAN("\xEF\xBB\xBF{\"a\": 1}"), CD_BRACE},
        {CD_SPAN("[{\"a\": 1}]"), CD_PLAIN},
        {CD_SPAN("A story.\n"), CD_PLAIN},
        {CD_SPAN(""), CD_PLAIN},
    };
    UNUSED(state);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (cd_sniff(cases[i].bytes) != cases[i].packing) fail_msg("case %zu: %d", i, (int)cd_sniff(cases[i].bytes));
        for (size_t n = 0; n < cases[i].bytes.len; n++) { /* no prefix is read beyond: the sanitizer looks on */
            char *copy = malloc(n ? n : 1);
            assert_non_null(copy);
            memcpy(copy, cases[i].bytes.ptr, n);
            (void)cd_sniff((cd_span){copy, n});
            free(copy);
        }
    }
}

/* --- http.c -------------------------------------------------------------------------------------------------------------- */

static void check_body(const char *head, cd_span body, cd_status status, const char *want)
{
    cd_buf   bytes = {0};
    cd_error err = {0};
    cd_http  http = {200, cd_span_of(head), body};
    assert_int_equal(cd_http_body(&http, 1000, &bytes, &err), status);
    if (status == CD_OK) assert_string_equal(bytes.ptr ? bytes.ptr : "", want);
    if (status == CD_EINPUT) assert_true(err.text[0] != '\0');
    cd_buf_free(&bytes);
}

static void chunks_are_joined(void **state)
{
    const char *chunked = "Transfer-Encoding: chunked\r\n";
    UNUSED(state);
    check_body(chunked, CD_SPAN("3\r\nabc\r\n2;x=\"y\"\r\nde\r\n0\r\n\r\n"), CD_OK, "abcde");
    check_body(chunked, CD_SPAN("3\nabc\n2 \nde\n0\n\n"), CD_OK, "abcde");
    check_body(chunked, CD_SPAN("0\r\n\r\n"), CD_OK, "");
    check_body(chunked, CD_SPAN("A\r\n0123456789\r\na\r\n0123456789\r\n0\r\nTrailer: 1\r\n\r\n"), CD_OK, "01234567890123456789");
    check_body(chunked, CD_SPAN("3\r\nabc\r\n"), CD_OK, "abc");    /* the last chunk is missing */
    check_body(chunked, CD_SPAN("3\r\nabc"), CD_OK, "abc");
    check_body(chunked, CD_SPAN("A page\r\n"), CD_OK, "A page\r\n"); /* "A" is a digit, but what follows is no extension */
    check_body(chunked, CD_SPAN("Hello"), CD_OK, "Hello");
    check_body(chunked, CD_SPAN(""), CD_OK, "");
    check_body("transfer-encoding: gzip, CHUNKED\r\n", CD_SPAN("3\r\nabc\r\n0\r\n\r\n"), CD_OK, "abc");
}

static void damaged_chunks_are_told(void **state)
{
    const char *chunked = "Transfer-Encoding: chunked\r\n";
    UNUSED(state);
    check_body(chunked, CD_SPAN("3\r\nabc\r\nzz\r\n"), CD_EINPUT, "");
    check_body(chunked, CD_SPAN("3\r\nabcd\r\n0\r\n"), CD_EINPUT, "");
    check_body(chunked, CD_SPAN("4\r\nabc"), CD_EINPUT, "");
    check_body(chunked, CD_SPAN("1\r\na\r\nffffffffffffffff\r\nb"), CD_EINPUT, "");
    check_body(chunked, CD_SPAN("1\r\na\r\nfffffffffffffffffffffffff\r\nb"), CD_EINPUT, "");
    check_body(chunked, CD_SPAN("1\r\na\r\n-1\r\nb"), CD_EINPUT, "");
}

static void packed_bodies_are_unpacked(void **state)
{
    static const char gzip[] = "\x1F\x8B\x08\0\0\0\0\0\0\3\x4B\x4C\x4A\6\0\xC2\x41\x24\x35\3\0\0\0"; /* abc */
    cd_span packed = {gzip, sizeof gzip - 1};
    UNUSED(state);
    check_body("Content-Encoding: gzip\r\n", packed, CD_OK, "abc");
    check_body("Content-Encoding: deflate\r\n", packed, CD_OK, "abc");
    check_body("Content-Encoding: br\r\n", packed, CD_OK, "abc");
    check_body("Content-Encoding: deflate\r\n", cd_span_sub(packed, 10, 15), CD_OK, "abc");
    check_body("Content-Encoding: deflate\r\n", CD_SPAN("\x78\x9C\x4B\x4C\x4A\6\0\2\x4D\1\x27"), CD_OK, "abc");
    check_body("Content-Encoding: gzip\r\n", cd_span_sub(packed, 0, 13), CD_EINPUT, "");
    check_body("Content-Encoding: gzip\r\n", CD_SPAN("a page"), CD_OK, "a page");
    check_body("Content-Encoding: br\r\n", CD_SPAN("  <html>"), CD_OK, "  <html>");
    check_body("Content-Encoding: br\r\n", CD_SPAN("\x0B\2\x80hello\3"), CD_EINPUT, "");
    check_body("Content-Encoding: identity\r\n", CD_SPAN("a page"), CD_OK, "a page");
}

static void headers_are_found(void **state)
{
    cd_http http;
    UNUSED(state);
    assert_true(cd_http_read(CD_SPAN("HTTP/1.1 404 Not Found\r\nA: b\r\ncontent-TYPE :x\r\nContent-Type:  text/html; Charset='x-y'\r\n\r\nbody"), &http));
    assert_int_equal(http.status, 404);
    assert_true(cd_span_is(http.body, CD_SPAN("body")));
    cd_span type = cd_header(http.head, CD_SPAN("Content-Type"));
    assert_true(cd_span_is(cd_media_type(type), CD_SPAN("text/html")));
    assert_true(cd_span_is(cd_media_charset(type), CD_SPAN("x-y")));
    assert_null(cd_header(http.head, CD_SPAN("Content")).ptr);
    assert_true(cd_http_read(CD_SPAN("HTTP/2 200\n\nx"), &http));
    assert_int_equal(http.status, 200);
    assert_true(cd_http_read(CD_SPAN("HTTP/1.0 200 OK"), &http));
    assert_int_equal(http.body.len, 0);
    assert_false(cd_http_read(CD_SPAN("HTTP/1.0 OK\r\n\r\n"), &http));
    assert_false(cd_http_read(CD_SPAN("GET / HTTP/1.0\r\n\r\n"), &http));
    assert_int_equal(cd_media_charset(CD_SPAN("text/html; charset=")).len, 0);
}

/* --- rawjson.c ----------------------------------------------------------------------------------------------------------- */

static void check_find(const char *object, const char *path, const char *want)
{
    cd_span value;
    bool    found = cd_json_find(cd_span_of(object), cd_span_of(path), &value);
    assert_int_equal(found, want != NULL);
    if (want && !cd_span_is(value, cd_span_of(want))) fail_msg("%s of %s: %.*s", path, object, (int)value.len, value.ptr);
}

static void values_are_found(void **state)
{
    UNUSED(state);
    check_find("{\"a\":1}", "a", "1");
    check_find(" { \"b\" : [ 1 , {\"a\":2} ] , \"a\" : \"x,\\\"}\" } ", "a", "\"x,\\\"}\"");
    check_find("{\"b\":{\"a\":{\"c\":null}},\"c\":3}", "b.a.c", "null");
    check_find("{\"b.a\":{\"c\":4},\"b\":{\"a.c\":5}}", "b.a.c", "5");
    check_find("{\"b.a.c\":6,\"b\":{\"a\":{\"c\":7}}}", "b.a.c", "6");
    check_find("{\"a\":1,\"a\":2}", "a", "1");
    check_find("{\"b\":\"a\",\"c\":[\"a\"]}", "a", NULL);
    check_find("{\"b\":1}", "b.c", NULL);
    check_find("{}", "a", NULL);
    check_find("[1]", "a", NULL);
    check_find("{\"a\":{}}", "a", "{}");
}

static void values_are_copied_as_they_stand(void **state)
{
    cd_buf out = {0};
    UNUSED(state);
    assert_int_equal(cd_json_copy(&out, CD_SPAN("{ \"a b\" : [ 12345678901234567890 , -1.50e+3, 007, true ], \"t\":\"x\ty\" }")), CD_OK);
    assert_string_equal(out.ptr, "{\"a b\":[12345678901234567890,-1.50e+3,null,true],\"t\":\"x\\u0009y\"}");
    cd_buf_free(&out);
}

static void check_mend(const char *line, const char *want, size_t values)
{
    char copy[200];
    (void)snprintf(copy, sizeof copy, "%s", line);
    assert_int_equal(cd_json_prepare(copy, strlen(copy)), values);
    assert_string_equal(copy, want);
}

static void halves_and_nuls_are_mended(void **state)
{
    UNUSED(state);
    check_mend("{\"a\":\"\\u0000\"}", "{\"a\":\"\\ufffd\"}", 2);
    check_mend("\"\\ud83d\\ude00\"", "\"\\ud83d\\ude00\"", 1);
    check_mend("\"\\ud83d!\\ude00\"", "\"\\ufffd!\\ufffd\"", 1);
    check_mend("\"\\ud83d\\ud83d\\ude00\"", "\"\\ufffd\\ud83d\\ude00\"", 1);
    check_mend("\"\\\\ud83d\"", "\"\\\\ud83d\"", 1);
    check_mend("[1,\",[\",2]", "[1,\",[\",2]", 4);
    check_mend("\"\\ud8", "\"\\ud8", 1);
    check_mend("\"\\", "\"\\", 1);
}

/* --- warc.c and jsonl.c --------------------------------------------------------------------------------------------------- */

/* A stream that owns a copy of `bytes`. */
static cd_stream *stream_of(cd_span bytes)
{
    cd_buf     copy = {0};
    cd_stream *s = NULL;
    assert_int_equal(cd_buf_add(&copy, bytes), CD_OK);
    assert_int_equal(cd_stream_of_bytes(&copy, &s), CD_OK);
    return s;
}

/* How many pages a WARC gives, and in *broken whether it breaks off. */
static int count_pages(cd_span bytes, bool *broken)
{
    cd_input_options   options = {0};
    cd_stream         *s = stream_of(bytes);
    cd_warc           *w = NULL;
    cd_item            item = {0};
    unsigned long long number;
    const char        *why = NULL;
    int                n = 0;
    assert_int_equal(cd_warc_open(s, &options, &w), CD_OK);
    for (;;) {
        assert_int_equal(cd_item_begin(&item, "x"), CD_OK);
        cd_status st = cd_warc_next(w, &item, &number, &why);
        if (st == CD_END) break;
        assert_int_equal(st, CD_OK);
        n++;
    }
    *broken = why != NULL;
    cd_warc_close(w);
    cd_stream_close(s);
    cd_item_free(&item);
    return n;
}

#define WET(size, text) "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: " size "\r\n\r\n" text "\r\n\r\n"

static void any_prefix_of_a_warc_is_read(void **state)
{
    cd_span whole = CD_SPAN(WET("5", "first") WET("6", "second"));
    size_t  first = sizeof WET("5", "first") - 1 - 4, second = whole.len - 4;
    bool    broken;
    UNUSED(state);
    for (size_t n = 1; n <= whole.len; n++) {
        assert_int_equal(count_pages(cd_span_sub(whole, 0, n), &broken), n >= second ? 2 : n >= first ? 1 : 0);
        assert_int_equal(broken, !(n >= second || (n >= first && n <= first + 4)));
    }
}

static void odd_lengths_break_a_warc_off(void **state)
{
    static const char *const sizes[] = {"", "-1", "five", "99999999999999999999999", "5 5", "0x5"};
    char bytes[200];
    bool broken;
    UNUSED(state);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        (void)snprintf(bytes, sizeof bytes, "WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: %s\r\n\r\nfirst\r\n\r\n", sizes[i]);
        assert_int_equal(count_pages(cd_span_of(bytes), &broken), 0);
        assert_true(broken);
    }
}

static void any_prefix_of_a_line_is_read(void **state)
{
    cd_span            whole = CD_SPAN("{\"text\":\"a\\u00e9\\ud83d\\ude00\",\"id\":[1,{\"b\":null}]}\n{\"text\":\"b\"}\n");
    cd_input_options   options = {.id_key = "id"};
    unsigned long long line;
    UNUSED(state);
    for (size_t n = 0; n <= whole.len; n++) {
        cd_stream *s = stream_of(cd_span_sub(whole, 0, n));
        cd_jsonl  *j = NULL;
        cd_item    item = {0};
        size_t     good = 0, ends = 0;
        assert_int_equal(cd_jsonl_open(s, &options, &j), CD_OK);
        for (;;) {
            assert_int_equal(cd_item_begin(&item, "x"), CD_OK);
            if (cd_jsonl_next(j, &item, &line) == CD_END) break;
            good += !item.reason;
        }
        for (size_t i = 0; i <= n && i < whole.len; i++) ends += whole.ptr[i] == '\n'; /* a line needs no line feed at the end */
        assert_int_equal(good, ends);
        cd_jsonl_close(j);
        cd_stream_close(s);
        cd_item_free(&item);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(tar_is_told_by_its_sum),
        cmocka_unit_test(signatures_are_told),
        cmocka_unit_test(chunks_are_joined),
        cmocka_unit_test(damaged_chunks_are_told),
        cmocka_unit_test(packed_bodies_are_unpacked),
        cmocka_unit_test(headers_are_found),
        cmocka_unit_test(values_are_found),
        cmocka_unit_test(values_are_copied_as_they_stand),
        cmocka_unit_test(halves_and_nuls_are_mended),
        cmocka_unit_test(any_prefix_of_a_warc_is_read),
        cmocka_unit_test(odd_lengths_break_a_warc_off),
        cmocka_unit_test(any_prefix_of_a_line_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
