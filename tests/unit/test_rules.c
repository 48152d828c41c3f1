/* test_rules.c -- the room of rules: how files are read, what goes wrong in them, what marks come out, and that the scan for
 * needles never hides a match from PCRE2. */
#include "base/limits.h"
#include "base/utf8.h"
#include "rules/match.h"
#include "rules/scan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* ---- helpers ---- */

/* A built-in or user's rule file as a desk reads it, and pages to mark with it. */
typedef struct desk {
    cd_rules   *rules;
    cd_matcher *matcher;
    cd_arena   *arena;
    cd_buf      warnings;
    cd_page     page;
    cd_error    err;
} desk;

static void open_desk(desk *d, const char *users, const char *ours)
{
    *d = (desk){0};
    assert_int_equal(cd_rules_new(&d->rules, &d->err), CD_OK);
    if (users && cd_rules_add_text(d->rules, "users.rules", cd_span_of(users), true, &d->err) != CD_OK) fail_msg("%s", d->err.text);
    if (ours && cd_rules_add_text(d->rules, "ours.rules", cd_span_of(ours), false, &d->err) != CD_OK) fail_msg("%s", d->err.text);
    if (cd_rules_compile(d->rules, &d->err) != CD_OK) fail_msg("%s", d->err.text);
    assert_int_equal(cd_matcher_new(d->rules, &d->matcher, &d->err), CD_OK);
    d->arena = cd_arena_new();
    assert_non_null(d->arena);
    d->page = (cd_page){.arena = d->arena, .warnings = &d->warnings};
}

static void close_desk(desk *d)
{
    cd_matcher_free(d->matcher);
    cd_rules_free(d->rules);
    cd_arena_free(d->arena);
    cd_buf_free(&d->warnings);
}

/* Marks a page of these blocks; every block is prose if it has ten words, and stands in the body. */
static void mark_blocks(desk *d, const cd_span *texts, size_t n)
{
    d->page.blocks = cd_arena_array(d->arena, n, sizeof *d->page.blocks);
    assert_non_null(d->page.blocks);
    d->page.nblocks = n;
    d->page.shape.prose = 0;
    for (size_t i = 0; i < n; i++) {
        cd_block *b = &d->page.blocks[i];
        *b = (cd_block){.text = texts[i], .place = CD_PLACE_BODY, .m.words = (uint32_t)cd_word_count(texts[i])};
        b->m.prose = b->m.words >= 10 ? b->m.words : 0;
        d->page.shape.prose += b->m.prose;
    }
    assert_int_equal(cd_rules_mark(d->rules, d->matcher, &d->page, &d->err), CD_OK);
}

static cd_block *mark_one(desk *d, const char *text)
{
    cd_span span = cd_span_of(text);
    mark_blocks(d, &span, 1);
    return d->page.blocks;
}

static bool matches(desk *d, const char *text) { return mark_one(d, text)->hits != NULL; }

static void assert_text(cd_span got, const char *want)
{
    if (!cd_span_is(got, cd_span_of(want))) fail_msg("got '%.*s', want '%s'", (int)got.len, got.ptr, want);
}

static void assert_hit(const cd_hit *hit, const char *rule, cd_role field, const char *value)
{
    if (!hit) fail_msg("no hit of %s", rule);
    assert_string_equal(hit->rule->name, rule);
    assert_int_equal(hit->field, field);
    assert_text(hit->value, value);
}

/* A rule with this body, as a file of its own. */
#define RULE(head, find) "rule " head "\n  why   a test\n  find  " find "\n  yes   a\n  no    b\n"
#define RULE_WITH(head, clause, find) "rule " head "\n  why   a test\n  " clause "\n  find  " find "\n  yes   a\n  no    b\n"

/* ---- messages ---- */

static void check_message(const char *text, bool users, const char *want)
{
    cd_rules *rules;
    cd_error  err = {0};
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    cd_status st = cd_rules_add_text(rules, "f.rules", cd_span_of(text), users, &err);
    if (st == CD_OK) st = cd_rules_compile(rules, &err);
    assert_int_equal(st, CD_ERULES);
    assert_string_equal(err.text, want);
    cd_rules_free(rules);
}

static void test_wrong_lines(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"ruel a.b drop", "f.rules:1: expected a head line, rule FAMILY.DETAIL ACTION, or a clause indented by two blanks\n  ruel a.b drop\n  ^"},
        {"# ok\n\nrule", "f.rules:3: the rule has no name\n  rule\n      ^"},
        {"rule nav.x", "f.rules:1: the rule has no action\n  rule nav.x\n            ^"},
        {"rule nav drop", "f.rules:1: a rule is called FAMILY.DETAIL\n  rule nav drop\n       ^"},
        {"rule body.x drop", "f.rules:1: no such family of rules\n  rule body.x drop\n       ^"},
        {"rule nav.x--y drop", "f.rules:1: the rule's detail is small letters, digits and single hyphens\n  rule nav.x--y drop\n           ^"},
        {"rule nav.x kill", "f.rules:1: no such action: it is drop, cut, take, hint, open, close, keep or fix\n  rule nav.x kill\n             ^"},
        {"rule nav.x drop now", "f.rules:1: nothing may stand behind the action\n  rule nav.x drop now\n                  ^"},
        {"  find x", "f.rules:1: a clause stands behind its rule's head line: rule FAMILY.DETAIL ACTION\n    find x\n    ^"},
        {"rule nav.x drop\n  fnid x", "f.rules:2: no such clause: it is why, where, words, lang, host, find, yes or no\n    fnid x\n    ^"},
        {"rule nav.x drop\n  why\n", "f.rules:2: the clause has no value\n    why\n       ^"},
        {"rule nav.x drop\n  why a\n  why b\n", "f.rules:3: the rule has this clause already\n    why b\n    ^"},
        {"rule nav.x drop\n  where head foot", "f.rules:2: no such place: it is head, body, tail or any\n    where head foot\n               ^"},
        {"rule nav.x drop\n  words 12", "f.rules:2: words are written MIN..MAX, ..MAX or MIN..\n    words 12\n            ^"},
        {"rule nav.x drop\n  words 9..x", "f.rules:2: words are written MIN..MAX, ..MAX or MIN..\n    words 9..x\n             ^"},
        {"rule nav.x drop\n  words 9..3", "f.rules:2: the smaller number of words goes first\n    words 9..3\n          ^"},
        {"rule nav.x drop\n  lang en English", "f.rules:2: a language is written as its two or three letters: en, de\n    lang en English\n            ^"},
        {"rule nav.x drop\n  host https://a.b", "f.rules:2: a host is written as example.com; its subdomains are meant too\n    host https://a.b\n         ^"},
        {"rule nav.x drop\n  why a\n  yes a\n  no b\n", "f.rules:1: the rule has no clause 'find'\n  rule nav.x drop\n       ^"},
        {"rule nav.x drop\n  why a\n  find a\n  yes a\n\nrule nav.y drop", "f.rules:1: the rule has no clause 'no'\n  rule nav.x drop\n       ^"},
        {"rule nav.x drop\n  why \xC3(", "f.rules:2: the line is no clean UTF-8 from here on\n    why \n        ^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check_message(cases[i].text, false, cases[i].want);
}

static void test_wrong_patterns(void **state)
{
    (void)state;
    static const struct {
        const char *text, *want;
    } cases[] = {
        {RULE("promo.x drop", "^read more[:"), "f.rules:3: bracket is never closed\n"
                                               "    find  ^read more[:\n"
                                               "                    ^"},
        {RULE("promo.x drop", "a(b[)]\\)(c|d)"), "f.rules:3: parenthesis is never closed\n"
                                                 "    find  a(b[)]\\)(c|d)\n"
                                                 "           ^"},
        {RULE("promo.x drop", "a)b"), "f.rules:3: unmatched closing parenthesis\n"
                                      "    find  a)b\n"
                                      "           ^"},
        {RULE("promo.x drop", "caf\xC3\xA9 **"), "f.rules:3: quantifier does not follow a repeatable item\n"
                                                 "    find  caf\xC3\xA9 **\n"
                                                 "                ^"},
        {RULE("byline.x take", "by (?<who>.+)"), "f.rules:3: no field is called 'who': a group's name must be a field's\n"
                                                 "    find  by (?<who>.+)\n"
                                                 "                ^"},
        {RULE("promo.x drop", "a") RULE("promo.x hint", "b"), "f.rules:6: rule promo.x stands already in f.rules:1\n"
                                                              "  rule promo.x hint\n"
                                                              "       ^"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check_message(cases[i].text, true, cases[i].want);
}

static void test_long_line_is_cut(void **state)
{
    (void)state;
    cd_buf   text = {0};
    cd_rules *rules;
    cd_error err = {0};
    assert_int_equal(cd_buf_format(&text, "rule nav.x drop\n  find "), CD_OK);
    for (int i = 0; i < 500; i++) assert_int_equal(cd_buf_add(&text, CD_SPAN("\xC3\xA9")), CD_OK);
    assert_int_equal(cd_buf_format(&text, "\n  why \n"), CD_OK);
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_text(rules, "f", cd_buf_span(&text), true, &err), CD_ERULES);
    cd_buf_clear(&text, 0);
    assert_int_equal(cd_buf_format(&text, "rule nav.x drop\n  why a\n  yes a\n  find "), CD_OK);
    for (int i = 0; i < 500; i++) assert_int_equal(cd_buf_add(&text, CD_SPAN("\xC3\xA9")), CD_OK);
    assert_int_equal(cd_buf_add(&text, CD_SPAN(")tail\n")), CD_OK);
    cd_rules_free(rules);
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_text(rules, "f", cd_buf_span(&text), true, &err), CD_OK);
    assert_int_equal(cd_rules_compile(rules, &err), CD_ERULES);
    cd_span rest = cd_span_of(err.text), what, line, caret;
    assert_true(cd_span_line(&rest, &what) && cd_span_line(&rest, &line) && cd_span_line(&rest, &caret));
    assert_text(what, "f:4: unmatched closing parenthesis");
    assert_int_equal(cd_columns(line), 2 + 3 + 50 + 5);
    assert_true(cd_span_ends(line, CD_SPAN("\xC3\xA9)tail")));
    assert_int_equal(caret.len, 2 + 3 + 50 + 1); /* the caret stands under the parenthesis */
    cd_rules_free(rules);
    cd_buf_free(&text);
}

static void test_limits_of_files(void **state)
{
    (void)state;
    cd_rules *rules;
    cd_error  err = {0};
    char     *text = malloc(CD_LIMIT_RULE_FILE_BYTES + 1);
    assert_non_null(text);
    memset(text, '#', CD_LIMIT_RULE_FILE_BYTES + 1);
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_text(rules, "big", (cd_span){text, CD_LIMIT_RULE_FILE_BYTES + 1}, true, &err), CD_ERULES);
    assert_non_null(strstr(err.text, "CD_LIMIT_RULE_FILE_BYTES"));
    assert_int_equal(cd_rules_add_text(rules, "big", (cd_span){text, CD_LIMIT_RULE_LINE_BYTES + 1}, true, &err), CD_ERULES);
    assert_non_null(strstr(err.text, "CD_LIMIT_RULE_LINE_BYTES"));
    cd_rules_free(rules);
    free(text);
}

/* ---- names and lists ---- */

static void test_names(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, RULE("nav.b drop", "users") RULE("nav.z hint", "z"), RULE("nav.a drop", "first") RULE("nav.b hint", "ours"));
    assert_int_equal(cd_rules_count(d.rules), 3);
    assert_string_equal(cd_rules_label(d.rules, 0)->name, "nav.b");
    assert_true(cd_rules_label(d.rules, 0)->users);
    assert_string_equal(cd_rules_label(d.rules, 1)->name, "nav.z");
    assert_string_equal(cd_rules_label(d.rules, 2)->name, "nav.a");
    assert_false(cd_rules_label(d.rules, 2)->users);
    assert_string_equal(cd_rules_label(d.rules, 2)->why, "a test");
    close_desk(&d);
}

static void test_disable(void **state)
{
    (void)state;
    cd_rules *rules;
    cd_error  err = {0};
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_text(rules, "f", cd_span_of(RULE("nav.a drop", "a") RULE("nav.b drop", "b")), true, &err), CD_OK);
    assert_int_equal(cd_rules_disable(rules, "nav.a", &err), CD_OK);
    assert_int_equal(cd_rules_compile(rules, &err), CD_OK);
    assert_int_equal(cd_rules_count(rules), 1);
    assert_string_equal(cd_rules_label(rules, 0)->name, "nav.b");
    cd_rules_free(rules);

    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_text(rules, "f", cd_span_of(RULE("nav.a drop", "a")), true, &err), CD_OK);
    assert_int_equal(cd_rules_disable(rules, "nav.c", &err), CD_OK);
    assert_int_equal(cd_rules_compile(rules, &err), CD_EUSAGE);
    assert_string_equal(err.text, "no rule is called 'nav.c'");
    cd_rules_free(rules);
}

static void test_list(void **state)
{
    (void)state;
    desk   d;
    cd_buf out = {0};
    open_desk(&d, NULL,
              RULE("nav.a drop", "a") "rule nav.b hint\n  why b c\n  where tail head\n  words ..9\n  lang en de\n  host a.b\n  find b\n  yes b\n  no a\n");
    assert_int_equal(cd_rules_list(d.rules, &out, &d.err), CD_OK);
    assert_string_equal(out.ptr, "nav.a\tdrop\tany\ta test\nnav.b\thint\thead,tail words ..9 lang en,de host a.b\tb c\n");
    cd_buf_free(&out);
    close_desk(&d);
}

static void test_examples(void **state)
{
    (void)state;
    desk   d;
    cd_buf out = {0};
    size_t run, failed;
    open_desk(&d, NULL, "rule nav.a drop\n  why a\n  words ..3\n  where tail\n  find ^\\W*home page\n  yes \xE2\x80\xA2 Home page\n  yes home\n"
                        "  yes home page one two\n  no house page\n  no HOME PAGE!\n  no home page one two\n");
    assert_int_equal(cd_rules_test(d.rules, d.matcher, &out, &run, &failed, &d.err), CD_OK);
    assert_int_equal(run, 6);
    assert_int_equal(failed, 3);
    assert_string_equal(out.ptr, "ours.rules:7: rule nav.a: this yes example does not match; the pattern fits up to here:\n    yes home\n            ^\n"
                                 "ours.rules:8: rule nav.a: this yes example matches, but its number of words is out of bounds:\n    yes home page one two\n        ^\n"
                                 "ours.rules:10: rule nav.a: this no example matches from here on:\n    no HOME PAGE!\n       ^\n");
    cd_buf_free(&out);
    close_desk(&d);
}

static void write_file(const char *path, const char *text)
{
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_true(fputs(text, f) >= 0);
    assert_int_equal(fclose(f), 0);
}

static void test_folder(void **state)
{
    (void)state;
    char      dir[] = "/tmp/test_rules.XXXXXX", path[6][64];
    cd_rules *rules;
    cd_error  err = {0};
    assert_non_null(mkdtemp(dir));
    static const char *const names[] = {"b.rules", "a/z.rules", "a.rules", "a/notes.txt", "a", ""};
    for (size_t i = 0; i < 6; i++) (void)snprintf(path[i], sizeof path[i], "%s/%s", dir, names[i]);
    assert_int_equal(mkdir(path[4], 0700), 0);
    assert_int_equal(cd_rules_new(&rules, &err), CD_OK);
    assert_int_equal(cd_rules_add_path(rules, dir, &err), CD_ERULES);
    assert_non_null(strstr(err.text, "no file in this folder is called *.rules"));
    write_file(path[0], RULE("nav.b drop", "b"));
    write_file(path[1], RULE("nav.az drop", "b"));
    write_file(path[2], RULE("nav.a drop", "b"));
    write_file(path[3], "not rules");
    assert_int_equal(cd_rules_add_path(rules, dir, &err), CD_OK);
    assert_int_equal(cd_rules_count(rules), 3);
    assert_string_equal(cd_rules_label(rules, 0)->name, "nav.a");
    assert_string_equal(cd_rules_label(rules, 1)->name, "nav.az");
    assert_string_equal(cd_rules_label(rules, 2)->name, "nav.b");
    for (size_t i = 0; i < 6; i++) (void)remove(path[i]);
    assert_int_equal(cd_rules_add_path(rules, path[0], &err), CD_ERULES);
    assert_non_null(strstr(err.text, "b.rules: No such file"));
    cd_rules_free(rules);
}

/* ---- when a rule speaks ---- */

static void test_words_where(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL, RULE_WITH("nav.x hint", "words 2..3", "home"));
    assert_false(matches(&d, "home"));
    assert_true(matches(&d, "home again"));
    assert_true(matches(&d, "at HOME again"));
    assert_false(matches(&d, "at home again now"));
    close_desk(&d);
    open_desk(&d, NULL, RULE_WITH("nav.x hint", "where head tail", "home"));
    assert_false(matches(&d, "home"));
    d.page.blocks[0].place = CD_PLACE_TAIL;
    assert_int_equal(cd_rules_mark(d.rules, d.matcher, &d.page, &d.err), CD_OK);
    assert_non_null(d.page.blocks[0].hits);
    close_desk(&d);
}

static void test_lang(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL, RULE_WITH("nav.x hint", "lang de fr", "home"));
    assert_false(matches(&d, "home"));
    static const struct {
        const char *language;
        bool        want;
    } cases[] = {{"de", true}, {"fr-CA", true}, {"en", false}, {"d", false}, {"den", false}, {"DE", true}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        d.page.language = cases[i].language;
        assert_int_equal(matches(&d, "home"), cases[i].want);
    }
    close_desk(&d);
}

static void test_host(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL, RULE_WITH("nav.x hint", "host example.com other.org", "home"));
    assert_false(matches(&d, "home"));
    static const struct {
        const char *url;
        bool        want;
    } cases[] = {{"https://example.com/a", true},      {"http://www.Example.com:80/a", true},  {"https://badexample.com/", false},
                 {"https://example.com.evil/", false}, {"https://a.b/?u=http://example.com", false}, {"https://me@m.other.org?x", true},
                 {"example.com/path", true},           {"https://x.y/#example.com", false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        d.page.url = cd_span_of(cases[i].url);
        if (matches(&d, "home") != cases[i].want) fail_msg("%s", cases[i].url);
    }
    close_desk(&d);
}

/* Files of hosts: ours and users', of a host and of one above it. */
static void test_sites(void **state)
{
    (void)state;
    static const struct {
        const char *file, *text;
        bool        users;
    } files[] = {{"data/rules/sites/example.org.rules", "zone +05:30\n" RULE("nav.a drop", "home") RULE("nav.b drop", "menu"), false},
                 {"mine/sites/example.org.rules", "date-order dmy\n" RULE("nav.a keep", "home"), true},
                 {"mine/sites/news.example.org.rules", RULE("nav.b keep", "menu") RULE("byline.c fix", "by (.+)"), true},
                 {"data/rules/sites/other.org.rules", "rule nav.x kill\n", false}};
    desk d = {0};
    assert_int_equal(cd_rules_new(&d.rules, &d.err), CD_OK);
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        assert_int_equal(cd_rules_add_text(d.rules, files[i].file, cd_span_of(files[i].text), files[i].users, &d.err), CD_OK);
    assert_int_equal(cd_rules_compile(d.rules, &d.err), CD_OK);
    assert_int_equal(cd_matcher_new(d.rules, &d.matcher, &d.err), CD_OK);
    d.arena = cd_arena_new();
    d.page = (cd_page){.arena = d.arena, .warnings = &d.warnings, .url = CD_SPAN("http://example.com/")};
    assert_false(matches(&d, "home menu")); /* and the wrong file of other.org is not read */

    d.page.url = CD_SPAN("https://www.example.org/x");
    cd_block *b = mark_one(&d, "home menu");
    assert_string_equal(b->hits->rule->name, "nav.a"); /* the user's, in place of ours */
    assert_int_equal(b->hits->rule->action, CD_ACTION_KEEP);
    assert_string_equal(b->hits->rule->host, "example.org");
    assert_string_equal(b->hits->next->rule->name, "nav.b");
    assert_null(b->hits->next->next);
    assert_null(b->drop); /* a user's keep outranks our drop */
    assert_int_equal(d.page.manner.order, 'd');
    assert_int_equal(d.page.manner.offset, 330);

    d.page.url = CD_SPAN("https://news.example.org/x");
    b = mark_one(&d, "the menu by Ann Lee");
    assert_int_equal(b->hits->rule->action, CD_ACTION_KEEP); /* the nearer host's, in place of that above it */
    assert_hit(b->hits->next, "byline.c", CD_ROLE_BYLINE, "Ann Lee");
    assert_null(b->hits->next->next);
    assert_true(d.page.fixed & CD_BIT(CD_ROLE_BYLINE));
    assert_int_equal(d.page.manner.offset, 330);

    d.page.url = CD_SPAN("http://other.org");
    assert_int_equal(cd_rules_mark(d.rules, d.matcher, &d.page, &d.err), CD_ERULES);
    assert_string_equal(d.err.reason, "bad_rules");
    close_desk(&d);
}

static void test_case(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL, RULE("nav.x hint", "(?-i)Home") RULE("nav.y drop", "stra\xC3\x9F\x65 \xD1\x81\xD0\xB2\xD1\x8F\xD0\xB7\xD1\x8C"));
    assert_true(matches(&d, "at Home"));
    assert_false(matches(&d, "at home"));
    assert_true(matches(&d, "STRA\xE1\xBA\x9E\x45 \xD0\xA1\xD0\x92\xD0\xAF\xD0\x97\xD0\xAC")); /* capital sharp s, capital Cyrillic */
    assert_true(matches(&d, "\xC5\xBFTRA\xC3\x9F\x45\xE2\x80\x85\xE1\xB2\x83\xD0\xB2\xD1\x8F\xD0\xB7\xD1\x8C") == false); /* a thin blank is no ' ' */
    assert_true(matches(&d, "\xC5\xBFTRA\xC3\x9F\x45 \xE1\xB2\x83\xD0\xB2\xD1\x8F\xD0\xB7\xD1\x8C")); /* long s, wide es */
    close_desk(&d);
}

/* ---- what a rule leaves ---- */

static void test_cut(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL, RULE("related.x cut", "\\(see [^)]*\\)|z*"));
    cd_block *b = mark_one(&d, "One (see two) three (SEE four) five zz");
    cd_hit   *hit = b->hits;
    assert_hit(hit, "related.x", CD_ROLE_RELATED, "(see two)");
    assert_int_equal(hit->from, 4);
    assert_int_equal(hit->to, 13);
    assert_false(hit->whole);
    assert_hit(hit = hit->next, "related.x", CD_ROLE_RELATED, "(SEE four)");
    assert_hit(hit = hit->next, "related.x", CD_ROLE_RELATED, "zz");
    assert_null(hit->next);
    assert_null(b->drop);
    assert_true(b->hints == CD_BIT(CD_ROLE_RELATED));
    cd_buf many = {0};
    for (int i = 0; i < 300; i++) assert_int_equal(cd_buf_add(&many, CD_SPAN("\xC3\xA9(see x) ")), CD_OK);
    size_t n = 0;
    for (hit = mark_one(&d, many.ptr)->hits; hit; hit = hit->next) n++;
    assert_int_equal(n, CD_LIMIT_CUTS);
    cd_buf_free(&many);
    close_desk(&d);
}

static void test_take(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, NULL,
              RULE("byline.both take", "^\\W*(?<date>\\d{4}) by(?<byline>.+?)(-.*?)?(?<source> none)?\\W*$")
              RULE("source.group hint", "source: (\\w+)") RULE("tag.plain take", "tag \\w+ ?"));
    cd_hit *hit = mark_one(&d, "\xE2\x80\xA2 2025 by Ann Lee -")->hits;
    assert_hit(hit, "byline.both", CD_ROLE_DATE, "2025");
    assert_true(hit->whole);
    assert_int_equal(hit->from, 0);
    assert_hit(hit->next, "byline.both", CD_ROLE_BYLINE, "Ann Lee");
    assert_null(hit->next->next);
    assert_true(d.page.blocks[0].hints == CD_BIT(CD_ROLE_BYLINE));
    hit = mark_one(&d, "2024 by - -")->hits; /* a group that holds a blank says nothing */
    assert_hit(hit, "byline.both", CD_ROLE_DATE, "2024");
    hit = mark_one(&d, "tag one and Source: AFP")->hits;
    assert_hit(hit, "source.group", CD_ROLE_SOURCE, "AFP");
    assert_false(hit->whole);
    assert_hit(hit->next, "tag.plain", CD_ROLE_TAG, "tag one");
    assert_int_equal(hit->next->to, 8); /* the match with its blank; the value is trimmed */
    close_desk(&d);
}

static void test_keep_and_drop(void **state)
{
    (void)state;
    desk d;
    open_desk(&d, RULE("nav.users drop", "both|users drop"),
              RULE("nav.ours drop", "drop") RULE("cookie.second drop", "drop") RULE("note.stay keep", "both|stay"));
    cd_block *b = mark_one(&d, "drop");
    assert_string_equal(b->drop->name, "nav.ours");
    assert_true(b->hints == (CD_BIT(CD_ROLE_NAV) | CD_BIT(CD_ROLE_COOKIE)));
    b = mark_one(&d, "drop stay");
    assert_null(b->drop);
    assert_string_equal(b->keep->name, "note.stay");
    b = mark_one(&d, "both");
    assert_string_equal(b->drop->name, "nav.users");
    assert_null(b->keep);
    close_desk(&d);
}

static void test_held_back(void **state)
{
    (void)state;
    static const cd_span texts[] = {CD_SPAN("cookie one two three four five six seven eight nine ten"),
                                    CD_SPAN("cookie menu two three four five six seven eight nine ten eleven"),
                                    CD_SPAN("one two three four five six seven eight nine ten eleven twelve"), CD_SPAN("cookie")};
    desk d;
    open_desk(&d, NULL, RULE("cookie.x drop", "cookie") RULE("nav.menu drop", "menu"));
    mark_blocks(&d, texts, 4);
    assert_null(d.page.blocks[0].drop);
    assert_string_equal(d.page.blocks[1].drop->name, "nav.menu");
    assert_null(d.page.blocks[3].drop);
    assert_hit(d.page.blocks[3].hits, "cookie.x", CD_ROLE_COOKIE, "cookie");
    assert_string_equal(d.warnings.ptr, "cookie.x: held back, it would drop most of the page's prose\n");
    mark_blocks(&d, texts + 1, 3); /* two blocks of prose are too few to tell; and the next page starts afresh */
    assert_string_equal(d.page.blocks[2].drop->name, "cookie.x");
    close_desk(&d);
}

static void test_match_limit(void **state)
{
    (void)state;
    char bad[64];
    memset(bad, 'a', sizeof bad);
    bad[sizeof bad - 1] = 'b';
    const cd_span texts[] = {{bad, sizeof bad}, {bad, sizeof bad}, CD_SPAN("aaa bbb"), CD_SPAN("aa")};
    desk          d;
    open_desk(&d, NULL, RULE("nav.bad drop", "(a+)+$") RULE("nav.good drop", "bbb"));
    mark_blocks(&d, texts, 4);
    assert_null(d.page.blocks[0].drop);
    assert_string_equal(d.page.blocks[2].drop->name, "nav.good");
    assert_string_equal(d.page.blocks[3].drop->name, "nav.bad");
    assert_string_equal(d.warnings.ptr, "nav.bad: match limit hit in block 0\n");
    cd_span many[40];
    for (size_t i = 0; i < 40; i++) many[i] = texts[i == 39 ? 3 : 0];
    for (int run = 0; run < 2; run++) { /* after ten strikes the rule is left alone on this page; JIT, then the interpreter */
        cd_buf_clear(&d.warnings, 0);
        mark_blocks(&d, many, 40);
        assert_null(d.page.blocks[39].drop);
        assert_string_equal(d.warnings.ptr, "nav.bad: match limit hit in block 0\n");
        atomic_store(&d.rules->at[0]->quick->never, true);
    }
    close_desk(&d);
}

/* A pattern runs without machine code at first; what it finds in the thousandth block is what it finds in the first, also where the
 * first try takes more steps than such a one may. */
static void test_first_tries(void **state)
{
    (void)state;
    enum { LONG = 3000, BLOCKS = 1000 };
    char    text[LONG];
    cd_span texts[BLOCKS];
    desk    d;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = 'c';
    for (size_t i = 0; i < BLOCKS; i++) texts[i] = i % 2 ? (cd_span){text, sizeof text - (i % 4 == 3)} : i % 4 ? CD_SPAN("abac") : CD_SPAN("abab c");
    open_desk(&d, NULL, RULE("nav.row hint", "^(?:a|b)+c$"));
    mark_blocks(&d, texts, BLOCKS);
    for (size_t i = 0; i < BLOCKS; i++) assert_int_equal(d.page.blocks[i].hits != NULL, i % 4 == 1 || i % 4 == 2);
    assert_int_equal(d.warnings.len, 0);
    assert_non_null(atomic_load(&d.rules->at[0]->quick->code));
    close_desk(&d);
}

static void test_long_block(void **state)
{
    (void)state;
    const size_t half = CD_LIMIT_RULE_BLOCK_BYTES, size = 3 * half;
    char        *text = malloc(size);
    desk         d;
    assert_non_null(text);
    for (size_t i = 0; i < size; i++) text[i] = "\xC3\xA9"[i % 2]; /* cuts fall between two bytes of a letter or not */
    memcpy(text, "front ", 6);
    memcpy(text + half + 100, " middle ", 8);
    memcpy(text + size - 6, " front", 6);
    open_desk(&d, NULL,
              RULE("nav.front hint", "^front") RULE("nav.not-end hint", "\xC3\xA9$") RULE("nav.middle hint", "middle")
              RULE("nav.end hint", "front$") RULE("nav.all cut", "front"));
    cd_span  span = {text, size};
    cd_hit  *hit;
    mark_blocks(&d, &span, 1);
    assert_hit(hit = d.page.blocks[0].hits, "nav.front", CD_ROLE_NAV, "front");
    assert_hit(hit = hit->next, "nav.end", CD_ROLE_NAV, "front");
    assert_int_equal(hit->from, size - 5);
    assert_hit(hit = hit->next, "nav.all", CD_ROLE_NAV, "front");
    assert_int_equal(hit->from, 0);
    assert_hit(hit = hit->next, "nav.all", CD_ROLE_NAV, "front");
    assert_int_equal(hit->from, size - 5);
    assert_null(hit->next);
    close_desk(&d);
    free(text);
}

/* ---- needles ---- */

static void check_needles(const char *pattern, const char *want)
{
    cd_arena  *arena = cd_arena_new();
    cd_needles needles, second;
    cd_buf     got = {0};
    assert_int_equal(cd_needles_find(cd_span_of(pattern), arena, &needles, &second), CD_OK);
    for (size_t i = 0; i < needles.n; i++) {
        const cd_needle *n = &needles.at[i];
        assert_int_equal(cd_buf_format(&got, "%s%s%.*s%s%s", i ? "|" : "", n->edges & CD_EDGE_FRONT ? "^" : n->edges & CD_EDGE_LEFT ? "<" : "", n->len, n->text,
                                       n->edges & CD_EDGE_RIGHT ? ">" : "", n->edges & CD_EDGE_BACK ? "!" : ""),
                         CD_OK);
    }
    if (strcmp(got.ptr ? got.ptr : "", want)) fail_msg("%s: got '%s', want '%s'", pattern, got.ptr ? got.ptr : "", want);
    cd_buf_free(&got);
    cd_arena_free(arena);
}

static void test_needles(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"Read More", "read more"},
        {"^\\W*home\\W*$", "^home>!"},
        {"^\\W*(?:share|print)\\b", "^share>|^print>"},
        {"^\\W*the? end", "^th end|^the end"},
        {"^(?:the )?end", "^end|^the end"},
        {"(?:the )?end", "end"},
        {"\\b(?:sign|log) ?in\\b", "<signin>|<sign in>|<login>|<log in>"},
        {"cookies?", "cookie"},
        {"don['\xE2\x80\x99]t miss", "don't miss|don\xE2\x80\x99t miss"},
        {"stor(?:y|ies) about", "story about|stories about"},
        {"\\d+ comments?", "0 comment"},
        {"a.*(?:newsletter|inbox)", "newsletter|inbox"},
        {"sign\\s+up today", " up today"},
        {"sign\\sup", "sign up"},
        {"(?<=cookie )policy(?! page)", "policy"},
        {"^[\\W_]*(?:button[\\W_]+){0,2}(?:home|about us)[\\W_]*$", "^home>!|^about us>!"},
        {"^(?:button[\\W_]+)(?:close|open)", "^button>"},
        {"^(?:(?:sign|log) in|home(?: ?page)?|menu)[^\\p{L}\\p{N}.]*$", "^sign in>!|^log in>!|^home>!|^homepage>!|^home page>!|^menu>!"},
        {"(?:share|print) ?[\\d\\W]*$", "share!|share !|print!|print !"},
        {"(?:share )+\\d*(?:print|x{2,})\\W\\d*$", "share "},
        {"menu[^\\p{L}]*$|nav[^\\p{N}]*$", "menu!|nav"},
        {"\\bapp\\b.*", "<app>"},
        {"x (?:\\bbar)", "x bar"},
        {"^[a-zA-Z]*foo", "foo"},
        {"^[\\w-]*foo", "foo"},
        {"^[-._]*foo", "^foo"},
        {"read\\b.*\\W+more", "read>"},
        {"[0-9]+[.,]?[\\d]{2} ?[$]", "000$|000 $|0.00$|0.00 $|0,00$|0,00 $"},
        {"(?:x*|y)z?", ""},
        {"^\\d+$", "^0"},
        {"a|.", ""},
        {"(?:abc)?", ""},
        {"(?:abc){0,3}def", "def"},
        {"(?:abc){2}def", "abcabcdef"},
        {"(?:abc)+def", "abcdef"},
        {"^(?:a|b)+c$", "ac>!|bc>!"},
        {"\\b(?:views?|(?:an )?opinion)\\b", "<view>|<views>|<opinion>|<an opinion>"},
        {"(?x) a b c", ""},
        {"\\Qabc\\E", ""},
        {"(abc)\\1d", "abc"},
        {"(*ACCEPT)abc", ""},
        {"(?:a(?R)?b)", ""},
        {"(?(1)abc|def)", ""},
        {"[[:alpha:]]+ish", "ish"},
        {"[]x]yz", "]yz|xyz"},
        {"[^x]yz", "yz"},
        {"[a-c]yz", "ayz|byz|cyz"},
        {"\\x{A9} 2024", "\xC2\xA9 0000"},
        {"\\p{Lu}abc\\pLd", "abc"},
        {"(?i:ABC)(?#no)d", "abcd"},
        {"(?<byline>ab(?'date'c))", "abc"},
        {"a{,3}bc", ""},
        {"a{2}{3}bc", ""},
        {"\xD0\xA7\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9", "\xD1\x87\xD0\xB8\xD1\x82\xD0\xB0\xD0\xB9"},
        {"abcdefghijklmnopqrstuvwxyz0123456789", "abcdefghijklmnopqrst"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) check_needles(cases[i][0], cases[i][1]);
}

static void test_needles_of_deep_patterns(void **state)
{
    (void)state;
    cd_buf    pattern = {0};
    cd_arena *arena = cd_arena_new();
    for (int i = 0; i < 100000; i++) assert_int_equal(cd_buf_char(&pattern, '('), CD_OK);
    cd_needles needles, second;
    assert_int_equal(cd_needles_find(cd_buf_span(&pattern), arena, &needles, &second), CD_OK);
    assert_int_equal(needles.n, 0);
    cd_buf_clear(&pattern, SIZE_MAX);
    for (int i = 0; i < 3000; i++) assert_int_equal(cd_buf_format(&pattern, "%s[ab][cd]", i ? "|" : ""), CD_OK);
    assert_int_equal(cd_needles_find(cd_buf_span(&pattern), arena, &needles, &second), CD_OK);
    assert_int_equal(needles.n, 0);
    cd_buf_free(&pattern);
    cd_arena_free(arena);
}

/* PCRE2 itself says which letters are the same without case; each such pair must be folded to one. */
static void test_fold_is_as_wide_as_pcre2(void **state)
{
    (void)state;
    static const char cased[] = "[\\p{L&}\\p{Nl}\\x{345}\\x{24B6}-\\x{24E9}]", blank[] = "[\\s\\h]";
    int               code;
    size_t            at, n = 0, pairs = 0;
    pcre2_code       *is_cased = pcre2_compile((PCRE2_SPTR)cased, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &code, &at, NULL);
    pcre2_code       *is_blank = pcre2_compile((PCRE2_SPTR)blank, PCRE2_ZERO_TERMINATED, PCRE2_UTF | PCRE2_UCP, &code, &at, NULL);
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    char             *all = malloc((size_t)4 * 0x20000), one[4];
    assert_true(is_cased && is_blank && data && all);
    for (cd_rune r = 1; r < 0x20000; r++) {
        if (r >= 0xD800 && r < 0xE000) continue;
        size_t len = cd_utf8_put(one, r);
        if (pcre2_match(is_blank, (PCRE2_SPTR)one, len, 0, 0, data, NULL) > 0) assert_int_equal(cd_needle_fold(r), ' ');
        if (pcre2_match(is_cased, (PCRE2_SPTR)one, len, 0, 0, data, NULL) <= 0) continue;
        memcpy(all + n, one, len);
        n += len;
    }
    for (cd_span rest = {all, n}; rest.len;) {
        cd_span     before = rest;
        cd_rune     r = cd_utf8_take(&rest);
        pcre2_code *re = pcre2_compile((PCRE2_SPTR)before.ptr, before.len - rest.len, PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS, &code, &at, NULL);
        assert_non_null(re);
        (void)pcre2_jit_compile(re, PCRE2_JIT_COMPLETE);
        for (size_t from = 0; pcre2_match(re, (PCRE2_SPTR)all, n, from, PCRE2_NO_UTF_CHECK, data, NULL) > 0; pairs++) {
            const size_t *offsets = pcre2_get_ovector_pointer(data);
            cd_span       other = {all + offsets[0], offsets[1] - offsets[0]};
            cd_rune       o = cd_utf8_take(&other);
            if (cd_needle_fold(o) != cd_needle_fold(r)) fail_msg("U+%04X is U+%04X without case", r, o);
            from = offsets[1];
        }
        pcre2_code_free(re);
    }
    assert_true(pairs > 5000);
    pcre2_code_free(is_cased);
    pcre2_code_free(is_blank);
    pcre2_match_data_free(data);
    free(all);
}

/* What the list of blocks leaves out folds to itself. */
static void test_fold_leaves_none_out(void **state)
{
    (void)state;
    cd_rune next = 0;
    for (cd_rune r = 0; r < 0x110000; r++) {
        if (next != CD_RUNE_END && next < r) next = cd_needle_next_folded(r);
        if (r != next && cd_needle_fold(r) != r) fail_msg("U+%04X folds, but is passed over", r);
    }
    assert_int_equal(cd_needle_next_folded(0x110000 - 1), CD_RUNE_END);
}

/* ---- the property: no needle hides a match ---- */

/* A small generator of its own, so that every machine sees the same patterns. */
static uint32_t dice(uint32_t sides)
{
    static uint64_t seed = 20250411;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % sides;
}

static void add(cd_buf *out, const char *text) { assert_int_equal(cd_buf_add(out, cd_span_of(text)), CD_OK); }

static void make_pattern(cd_buf *out, int depth)
{
    static const char *const atoms[] = {"a", "b", "ab", "C", "k", "s", " ", "\xC3\xA9", "\xCF\x83", "\xC2\xB5", "-", "\\.", "x", "ba", "\xD0\xB4",
                                        "[ab]", "[^a]", "[a-c ]", "[\\w-]", "[]b]", ".", "\\w", "\\W", "\\s", "\\d", "\\b", "\\B", "\\h", "\\x62",
                                        "\\p{Lu}", "[[:alpha:]]", "\xE6\x96\xB0", "[\xC3\xA9\xC3\x89k]", "\\x{3c3}", "(?i)", "\\K", "\\R", "\\pL",
                                        "story", "paper", "night"};
    static const char *const opens[] = {"(?:", "(", "(?>", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?-i:", "(?|", "(?<tag>", "(?#x)(?s:"};
    static const char *const counts[] = {"?", "*", "+", "{2}", "{0,2}", "{1,3}", "??", "*+", "+?", "{2,}", "{0}"};
    static const char *const fronts[] = {"^", "^\\W*", "^\\s*", "\\A", "^(?:the )?", "^\\W*(?:a|b )?", "\\W*^", "^[\\W_]*(?:button[\\W_]+){0,2}", "^\\W*(?:button\\W+)?"};
    static const char *const backs[] = {"\\W*$", "[\\W\\d_]*$", "[^\\p{L}\\p{N}.]*$", "[^\\p{L}]*\\z", "\\b", " ?\\d*$", "[-. ]+", "[^\\p{N}]*$"};
    uint32_t                 n = 1 + dice(3);
    for (uint32_t alternative = 0; alternative < n; alternative++) {
        if (alternative) add(out, "|");
        if (dice(3) == 0) add(out, fronts[dice(9)]);
        for (uint32_t i = 0, items = dice(5); i < items; i++) {
            if (depth < 4 && dice(4) == 0) {
                add(out, opens[dice(12)]);
                make_pattern(out, depth + 1);
                add(out, ")");
            } else {
                add(out, atoms[dice(41)]);
            }
            if (dice(3) == 0) add(out, counts[dice(11)]);
        }
        if (dice(4) == 0) add(out, backs[dice(8)]);
    }
}

static void make_text(cd_buf *out)
{
    static const char *const letters[] = {"a", "b", "c", "A", "B", " ", " ", "k", "\xE2\x84\xAA", "s", "\xC5\xBF", "\xC3\xA9", "\xC3\x89", "\xCF\x83", "\xCF\x82",
                                          "\xCE\xA3", "\xC2\xB5", "\xCE\xBC", "-", ".", "x", "]", "1", "\xE2\x80\xA2", "\xE6\x96\xB0", "\xD0\xB4", "\xE1\xB2\x81",
                                          "the ", "\xC2\xA0", "_", "\xCC\x81", "story", "paper", "Night", "button ", "(BUTTON)"};
    cd_buf_clear(out, SIZE_MAX);
    add(out, "");
    for (uint32_t i = dice(14); i; i--) add(out, letters[dice(36)]);
}

static void test_needles_are_sound(void **state)
{
    (void)state;
    uint8_t   scratch[256 + CD_SCAN_ROOM];
    size_t    compiled = 0, with_needles = 0, found = 0, spared = 0, with_second = 0;
    cd_buf    pattern = {0}, text = {0};
    cd_arena *arena = cd_arena_new();
    pcre2_match_data *data = pcre2_match_data_create(1, NULL);
    assert_true(arena && data);
    for (int i = 0; i < 6000; i++) {
        int        code;
        size_t     at;
        cd_needles needles, second;
        cd_scan   *scan;
        cd_buf_clear(&pattern, SIZE_MAX);
        add(&pattern, i % 8 == 0 ? "(?-i)" : "");
        make_pattern(&pattern, 0);
        uint32_t    options = PCRE2_UTF | PCRE2_UCP | (i % 8 ? PCRE2_CASELESS : 0);
        pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern.ptr, pattern.len, options, &code, &at, NULL);
        if (!re) continue; /* a look behind of no fixed length, for one */
        compiled++;
        cd_arena_reset(arena);
        assert_int_equal(cd_needles_find(cd_buf_span(&pattern), arena, &needles, &second), CD_OK);
        with_needles += needles.n > 0;
        with_second += second.n > 0;
        const cd_scan_rule sets[] = {{{needles.at, needles.n}, 0, 0, UINT32_MAX}, {{second.at, second.n}, 1, 0, UINT32_MAX}};
        const uint64_t     want = second.n ? 3 : 1;
        assert_int_equal(cd_scan_new(sets, 2, &scan), CD_OK);
        for (int k = 0; k < 60 && needles.n; k++) {
            uint64_t maybe = 0;
            make_text(&text);
            cd_scan_run(scan, &(cd_scan_text){cd_buf_span(&text), 0, true, scratch}, &maybe);
            bool match = pcre2_match(re, (PCRE2_SPTR)text.ptr, text.len, 0, 0, data, NULL) >= 0;
            if (match && maybe != want) fail_msg("'%s' matches '%s', but no needle was found", pattern.ptr, text.ptr);
            found += match;
            spared += maybe != want;
        }
        cd_scan_free(scan);
        pcre2_code_free(re);
    }
    assert_true(compiled > 2000 && with_needles > 700 && with_second > 20 && found > 2000 && spared > 10000);
    pcre2_match_data_free(data);
    cd_arena_free(arena);
    cd_buf_free(&pattern);
    cd_buf_free(&text);
}

/* Thousands of needles with hundreds of letters: classes are shared and needles cut short, and all are found. */
static void test_scan_of_many_rules(void **state)
{
    (void)state;
    enum { RULES = 6000 };
    uint8_t            scratch[CD_NEEDLE_BYTES + CD_SCAN_ROOM];
    cd_arena          *arena = cd_arena_new();
    cd_needles        *needles = cd_arena_array(arena, RULES, sizeof *needles), second;
    cd_scan_rule      *lists = cd_arena_array(arena, RULES, sizeof *lists);
    uint64_t          *found = cd_arena_array(arena, RULES / 64 + 1, sizeof *found);
    cd_buf             text = {0};
    cd_scan           *scan;
    assert_true(needles && lists && found);
    for (size_t i = 0; i < RULES; i++) {
        char letter[4];
        cd_buf_clear(&text, SIZE_MAX);
        for (int k = 0; k < 15; k++) {
            size_t len = cd_utf8_put(letter, 0x4E00 + dice(3000));
            assert_int_equal(cd_buf_add(&text, (cd_span){letter, len}), CD_OK);
        }
        assert_int_equal(cd_needles_find(cd_buf_span(&text), arena, &needles[i], &second), CD_OK);
        assert_int_equal(needles[i].n, 1);
        lists[i] = (cd_scan_rule){{needles[i].at, needles[i].n}, (uint32_t)i, (uint32_t)(i % 3) * 15, UINT32_MAX};
    }
    assert_int_equal(cd_scan_new(lists, RULES, &scan), CD_OK);
    for (size_t i = 0; i < RULES; i += 7) {
        memset(found, 0, (RULES / 64 + 1) * sizeof *found);
        cd_scan_run(scan, &(cd_scan_text){{needles[i].at->text, needles[i].at->len}, 30, true, scratch}, found);
        assert_true(cd_bit_is_set(found, i));
    }
    cd_scan_free(scan);
    cd_buf_free(&text);
    cd_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_wrong_lines),
        cmocka_unit_test(test_wrong_patterns),
        cmocka_unit_test(test_long_line_is_cut),
        cmocka_unit_test(test_limits_of_files),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_disable),
        cmocka_unit_test(test_list),
        cmocka_unit_test(test_examples),
        cmocka_unit_test(test_folder),
        cmocka_unit_test(test_words_where),
        cmocka_unit_test(test_lang),
        cmocka_unit_test(test_host),
        cmocka_unit_test(test_sites),
        cmocka_unit_test(test_case),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_take),
        cmocka_unit_test(test_keep_and_drop),
        cmocka_unit_test(test_held_back),
        cmocka_unit_test(test_match_limit),
        cmocka_unit_test(test_first_tries),
        cmocka_unit_test(test_long_block),
        cmocka_unit_test(test_needles),
        cmocka_unit_test(test_needles_of_deep_patterns),
        cmocka_unit_test(test_fold_is_as_wide_as_pcre2),
        cmocka_unit_test(test_fold_leaves_none_out),
        cmocka_unit_test(test_needles_are_sound),
        cmocka_unit_test(test_scan_of_many_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
