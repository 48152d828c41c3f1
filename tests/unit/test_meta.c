/* test_meta.c -- what pages state about themselves: tags, JSON-LD whole and broken, and which object is the story's. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/limits.h"
#include "fields/stated.h"
#include "page/jsonmend.h"
#include "page/meta.h"
#include "page/plain.h"

typedef struct bench {
    cd_arena *arena;
    cd_buf    warnings;
    cd_page   page;
    cd_error  err;
} bench;

static void open_bench(bench *b)
{
    *b = (bench){.arena = cd_arena_new()};
    assert_non_null(b->arena);
    b->page = (cd_page){.arena = b->arena, .warnings = &b->warnings, .format = CD_FORMAT_HTML, .text = CD_SPAN("")};
}

static void close_bench(bench *b)
{
    cd_buf_free(&b->warnings);
    cd_arena_free(b->arena);
}

static void script(bench *b, const char *text)
{
    assert_int_equal(cd_meta_script(&b->page, CD_SPAN("application/ld+json"), CD_SPAN(""), cd_span_of(text), &b->err), CD_OK);
}

static void tag(bench *b, const char *key, const char *content)
{
    assert_int_equal(cd_meta_tag(&b->page, cd_span_of(key), cd_span_of(content), &b->err), CD_OK);
}

static void settle(bench *b) { assert_int_equal(cd_meta_settle(&b->page, &b->err), CD_OK); }

/* All values of a field from one origin, apart by '|', in page order; `rank` below that. */
static const char *all_of(const bench *b, cd_meta_field field, cd_meta_origin origin, unsigned rank)
{
    static char out[2000];
    size_t      n = 0;
    out[0] = 0;
    for (size_t i = 0; i < b->page.metas.n; i++) {
        const cd_meta *m = &b->page.metas.at[i];
        if (m->field != field || m->origin != origin || m->rank >= rank) continue;
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s", n ? "|" : "", (int)m->value.len, m->value.ptr);
    }
    return out;
}

#define LD(field) all_of(&b, CD_META_##field, CD_FROM_JSON_LD, 1)
#define STORY "{\"@type\":\"NewsArticle\",\"headline\":\"A\",\"author\":"

static void plain_words(void **state)
{
    static const char *const rows[][2] = {
        {"Tom &amp; Ann", "Tom & Ann"}, {"Tom &amp;amp; Ann", "Tom & Ann"}, {"It&#8217;s &#x2019;", "It\xE2\x80\x99s \xE2\x80\x99"},
        {"a &lt;b&gt;bold&lt;/b&gt; word", "a bold word"}, {"one<br>two", "one two"}, {"<i>in</i>side", "inside"}, {"a < b & c;", "a < b & c;"},
        {"  two\n lines\xC2\xA0here ", "two lines here"}, {"soft\xC2\xADhyphen", "softhyphen"}, {"&#146;90s", "\xE2\x80\x99" "90s"}, {"&#0;&#xD800;", "\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"&bogus; &;&#;", "&bogus; &;&#;"}, {"&nbsp;", ""}, {"e\xCC\x81t\xC3\xA9", "\xC3\xA9t\xC3\xA9"}, {"&#99999999;", "&#99999999;"},
    };
    (void)state;
    bench b;
    open_bench(&b);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_span got;
        assert_int_equal(cd_plain_words(&b.page, cd_span_of(rows[i][0]), &got, &b.err), CD_OK);
        if (!cd_span_is(got, cd_span_of(rows[i][1]))) fail_msg("'%s' became '%.*s', not '%s'", rows[i][0], (int)got.len, got.ptr, rows[i][1]);
    }
    close_bench(&b);
}

static void mends(void **state)
{
    static const char *const rows[][2] = {
        {"{\"a\":1,}", "{\"a\":1}"}, {"[1,,2,]", "[1,2]"}, {"{\"a\":\"x\ny\tz\"}", "{\"a\":\"x y z\"}"},
        {"{\"a\":\"say \"yes\" twice\",\"b\":2}", "{\"a\":\"say \\\"yes\\\" twice\",\"b\":2}"}, {"{\"a\":\"it\\'s\"}", "{\"a\":\"it's\"}"},
        {"{\"a\":\"\\ud83d!\"}", "{\"a\":\"!\"}"}, {"{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\\ud83d\\ude00\"}"}, {"{\"a\":[{\"b\":1", "{\"a\":[{\"b\":1}]}"},
        {"{&quot;a&quot;:&quot;b&quot;}", "{\"a\":\"b\"}"}, {"{\"a\":\"open", "{\"a\":\"open\"}"}, {"{\"a\":\"b\\", "{\"a\":\"b\"}"}, {"{\"a\":\"\\u12\"}", "{\"a\":\"12\"}"},
    };
    (void)state;
    bench b;
    open_bench(&b);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_span got;
        assert_int_equal(cd_json_mend(&b.page, cd_span_of(rows[i][0]), &got, &b.err), CD_OK);
        if (!cd_span_is(got, cd_span_of(rows[i][1]))) fail_msg("%s became %.*s, not %s", rows[i][0], (int)got.len, got.ptr, rows[i][1]);
    }
    cd_span inner = cd_json_unwrap(CD_SPAN(" //<![CDATA[\n<!-- {\"a\":1}; -->\n//]]> "));
    assert_true(cd_span_is(inner, CD_SPAN("{\"a\":1}")));
    close_bench(&b);
}

static void authors_in_every_form(void **state)
{
    static const char *const rows[][2] = {
        {STORY "\"Ann Lee\"}", "Ann Lee"}, {STORY "[\"Ann Lee\",\"Bo Day\"]}", "Ann Lee|Bo Day"},
        {STORY "{\"@type\":\"Person\",\"name\":\"Ann Lee\"}}", "Ann Lee"}, {STORY "[{\"name\":\"Ann Lee\"},{\"name\":[\"Bo Day\",\"Cy Fox\"]}]}", "Ann Lee|Bo Day|Cy Fox"},
        {STORY "{\"name\":{\"@value\":\"Ann Lee\"}}}", "Ann Lee"}, {STORY "null}", ""}, {STORY "{\"@id\":\"#nobody\"}}", ""}, {STORY "[]}", ""}, {STORY "7}", ""},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bench b;
        open_bench(&b);
        script(&b, rows[i][0]);
        settle(&b);
        assert_string_equal(LD(AUTHOR), rows[i][1]);
        close_bench(&b);
    }
}

static void references_cross_scripts(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    script(&b, "{\"@graph\":[" STORY "[{\"@id\":\"#a\"},{\"@id\":\"#b\"}],\"publisher\":{\"@id\":\"#o\"},\"image\":{\"@id\":\"#i\"}},{\"@id\":\"#b\",\"name\":\"Bo Day\"}]}");
    script(&b, "[{\"@type\":\"Person\",\"@id\":\"#a\",\"name\":\"Ann Lee\"},{\"@id\":\"#o\",\"name\":\"The Wire\"},{\"@id\":\"#i\",\"url\":\"https://x.example/i.jpg\"}]");
    settle(&b);
    assert_string_equal(LD(AUTHOR), "Ann Lee|Bo Day");
    assert_string_equal(LD(SOURCE), "The Wire");
    assert_string_equal(LD(IMAGE), "https://x.example/i.jpg");
    assert_string_equal(b.warnings.ptr ? b.warnings.ptr : "", "");
    close_bench(&b);
}

/* The story's own object among others: by its address, by the page's titles, and not out of a list. */
static void own_object(void **state)
{
    static const char list[] = "{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\",\"headline\":\"Other one\",\"author\":\"X Y\"}]}";
    static const char two[] = "[{\"@type\":\"NewsArticle\",\"headline\":\"Other news of the day\",\"url\":\"https://x.example/other\",\"author\":\"X Y\"},"
                              "{\"@type\":\"BlogPosting\",\"headline\":\"Ferry returns after years\",\"url\":\"http://www.x.example/ferry/?a=1\",\"author\":\"Ann Lee\"}]";
    (void)state;
    bench b;
    open_bench(&b);
    assert_int_equal(cd_meta_link(&b.page, CD_SPAN("canonical"), CD_SPAN("https://x.example/ferry"), &b.err), CD_OK);
    script(&b, two);
    script(&b, list);
    settle(&b);
    assert_string_equal(LD(AUTHOR), "Ann Lee");
    assert_true(cd_span_is(b.page.url, CD_SPAN("https://x.example/ferry")));
    close_bench(&b);
    open_bench(&b);
    assert_int_equal(cd_meta_title(&b.page, CD_SPAN("Ferry returns after years | X"), &b.err), CD_OK);
    script(&b, two);
    settle(&b);
    assert_string_equal(LD(AUTHOR), "Ann Lee");
    close_bench(&b);
    open_bench(&b);
    script(&b, list);
    script(&b, "{\"@type\":\"Organization\",\"name\":\"Wire\"}");
    settle(&b);
    assert_string_equal(LD(AUTHOR), "X Y"); /* no title and no address speak against it */
    close_bench(&b);
}

static void broken_is_warned_of(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    script(&b, "{\"@type\":\"NewsArticle\",\"headline\":\"A \"quoted\" word\",\"datePublished\":\"2026-01-02\",}");
    script(&b, "no json at all");
    script(&b, "");
    settle(&b);
    assert_string_equal(LD(HEADLINE), "A \"quoted\" word");
    assert_string_equal(LD(DATE), "2026-01-02");
    assert_string_equal(b.warnings.ptr, "broken JSON-LD in 1 script: mended\nbroken JSON-LD in 1 script: left out\n");
    close_bench(&b);
}

/* Nesting far beyond every limit, closed and open. */
static void deep_nesting(void **state)
{
    (void)state;
    enum { DEEP = 200000 };
    char *text = malloc(DEEP * 2 + 1);
    assert_non_null(text);
    memset(text, '[', DEEP);
    memset(text + DEEP, ']', DEEP);
    text[DEEP * 2] = 0;
    bench b;
    open_bench(&b);
    script(&b, text);
    text[DEEP] = 0;
    script(&b, text);
    settle(&b);
    assert_int_equal(b.page.metas.n, 0);
    close_bench(&b);
    free(text);
}

static void too_many(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    for (unsigned i = 0; i < CD_LIMIT_META + 5; i++) tag(&b, "article:tag", "x");
    assert_int_equal(b.page.metas.n, CD_LIMIT_META);
    assert_non_null(strstr(b.warnings.ptr, "CD_LIMIT_META"));
    close_bench(&b);
}

static void tags_and_elements(void **state)
{
    (void)state;
    bench b;
    open_bench(&b);
    tag(&b, "OG:Title", "Bridge &amp; harbour");
    tag(&b, "article:published_time", "2026-01-02T03:04:05Z");
    tag(&b, "my-publish-day", "2026-01-03");
    tag(&b, "publisher", "The Wire");
    tag(&b, "robots", "index");
    tag(&b, "parsely-page", "{\"title\":\"T\",\"authors\":[\"Ann Lee\",\"Bo Day\"]}");
    cd_meta_element time = {.tag = CD_SPAN("time"), .class_id = CD_SPAN("entry-date published updated"), .value = CD_SPAN("2026-01-04"), .block = 3};
    cd_meta_element comment = {.tag = CD_SPAN("span"), .property = CD_SPAN("author"), .type = CD_SPAN("https://schema.org/Comment"), .text = CD_SPAN("Troll")};
    cd_meta_element rdfa = {.tag = CD_SPAN("span"), .property = CD_SPAN("schema:author dc:creator"), .value = CD_SPAN("https://x.example/ann"), .text = CD_SPAN("Ann Lee")};
    assert_int_equal(cd_meta_element_is(&b.page, &time, &b.err), CD_OK);
    assert_int_equal(cd_meta_element_is(&b.page, &comment, &b.err), CD_OK);
    assert_int_equal(cd_meta_element_is(&b.page, &rdfa, &b.err), CD_OK);
    assert_string_equal(all_of(&b, CD_META_HEADLINE, CD_FROM_OPEN_GRAPH, 99), "Bridge & harbour");
    assert_string_equal(all_of(&b, CD_META_DATE, CD_FROM_OPEN_GRAPH, 999), "2026-01-02T03:04:05Z");
    assert_string_equal(all_of(&b, CD_META_DATE, CD_FROM_TAG, 999), "2026-01-03");
    assert_string_equal(all_of(&b, CD_META_SOURCE, CD_FROM_TAG, 999), "The Wire");
    assert_string_equal(all_of(&b, CD_META_AUTHOR, CD_FROM_STATE, 9), "Ann Lee|Bo Day");
    assert_string_equal(all_of(&b, CD_META_DATE, CD_FROM_TIME, 9), "2026-01-04");
    assert_string_equal(all_of(&b, CD_META_AUTHOR, CD_FROM_ITEM, 99), "Ann Lee");
    close_bench(&b);
}

/* Embedded state gives a date only where nothing else does and all its places agree. */
static void embedded_state(void **state)
{
    static const struct {
        const char *markup, *date;
    } rows[] = {{"x=&quot;datePublished&quot;:&quot;2026-03-04T05:06:07Z&quot;", "2026-03-04T05:06:07Z"}, {"{\"datePublished\":\"2026-03-04\"}", "2026-03-04"},
                {"{\\\"publishedAt\\\":\\\"2026-03-04\\\"}", "2026-03-04"}, {"{\"datePublished\":\"2026-03-04\"},{\"datePublished\":\"2026-03-05\"}", ""},
                {"datePublished of 2026-03-04", ""}, {"{\"datePublished\":null}", ""}, {"datePublished", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        bench b;
        open_bench(&b);
        b.page.text = cd_span_of(rows[i].markup);
        settle(&b);
        assert_string_equal(all_of(&b, CD_META_DATE, CD_FROM_STATE, 9), rows[i].date);
        close_bench(&b);
    }
}

static void instants(void **state)
{
    static const char *const rows[][2] = {
        {"2025-04-11T16:40:05.123+0500", "2025-04-11T16:40:05+05:00"}, {"2025-04-11 16:40:05 +0000", "2025-04-11T16:40:05+00:00"}, {"2025-04-11", "2025-04-11"},
        {"2025/4/1", "2025-04-01"}, {"20250411", "2025-04-11"}, {"20250411164005", "2025-04-11T16:40:05"}, {"1744382405", "2025-04-11T14:40:05+00:00"},
        {"1744382405000", "2025-04-11T14:40:05+00:00"}, {"951782400", NULL}, {"Fri, 11 Apr 2025 16:40:05 GMT", "2025-04-11T16:40:05+00:00"}, {"2023 Jan 7", "2023-01-07"},
        {"0001-01-01T00:00:00Z", NULL}, {"1970-01-01", NULL}, {"soon", NULL}, {"2025-13-40", NULL}, {"", NULL},
    };
    (void)state;
    bench b;
    open_bench(&b);
    cd_frame frame = {.page = &b.page, .tables = cd_tables_open()};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_instant at;
        char       text[CD_INSTANT_BYTES] = "";
        if (cd_stated_instant(&frame, cd_span_of(rows[i][0]), &at)) (void)cd_instant_write(&at, text);
        assert_string_equal(text, rows[i][1] ? rows[i][1] : "");
    }
    close_bench(&b);
}

static void titles(void **state)
{
    static const char *const rows[][2] = {
        {"Bridge reopens after the flood | Harbour Times", "Bridge reopens after the flood"}, {"Bridge reopens after the flood - Harbour Times - News", "Bridge reopens after the flood"},
        {"Harbour Times: a history", "Harbour Times: a history"}, {"Harbour Times - Bridge reopens after the flood", "Bridge reopens after the flood"},
        {"Spider-Man - the return of a well-known hero of ours", "Spider-Man - the return of a well-known hero of ours"},
    };
    (void)state;
    bench b;
    open_bench(&b);
    tag(&b, "og:site_name", "The Harbour Times");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_span got = cd_title_story(&b.page, cd_span_of(rows[i][0]), true);
        if (!cd_span_is(got, cd_span_of(rows[i][1]))) fail_msg("'%s' became '%.*s'", rows[i][0], (int)got.len, got.ptr);
    }
    close_bench(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words), cmocka_unit_test(mends), cmocka_unit_test(authors_in_every_form), cmocka_unit_test(references_cross_scripts),
        cmocka_unit_test(own_object), cmocka_unit_test(broken_is_warned_of), cmocka_unit_test(deep_nesting), cmocka_unit_test(too_many),
        cmocka_unit_test(tags_and_elements), cmocka_unit_test(embedded_state), cmocka_unit_test(instants), cmocka_unit_test(titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
