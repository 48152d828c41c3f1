/* test_decode.c -- what cd_decode() promises: every kind of byte in, clean text out. */
#include "base/nfc.h"
#include "base/utf8_strict.h"
#include "decode/decode.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <utf8proc.h>

/* One page and what it hangs on; made for each test. */
typedef struct fixture {
    cd_page  page;
    cd_buf   warnings;
    cd_error err;
} fixture;

static int set_up(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    if (!f) return -1;
    f->page.arena = cd_arena_new();
    f->page.warnings = &f->warnings;
    *state = f;
    return f->page.arena ? 0 : -1;
}

static int tear_down(void **state)
{
    fixture *f = *state;
    cd_arena_free(f->page.arena);
    cd_buf_free(&f->warnings);
    free(f);
    return 0;
}

static cd_status decode(fixture *f, cd_span bytes, const char *encoding)
{
    cd_buf_clear(&f->warnings, SIZE_MAX);
    f->err = (cd_error){0};
    return cd_decode(&f->page, bytes, encoding, &f->err);
}

/* What came out, NUL-ended so that a failing test shows it. */
static const char *shown(fixture *f)
{
    cd_span copy = cd_arena_copy(f->page.arena, f->page.text);
    assert_non_null(copy.ptr);
    assert_int_equal(strlen(copy.ptr), copy.len); /* no NUL in clean text */
    return copy.ptr;
}

#define GIVES(f, in, out)                                                                                              \
    do {                                                                                                               \
        assert_int_equal(decode(f, CD_SPAN(in), NULL), CD_OK);                                                         \
        assert_string_equal(shown(f), out);                                                                            \
    } while (0)

#define BAD "\xEF\xBF\xBD"

static void clean_text_is_used_in_place(void **state)
{
    fixture          *f = *state;
    static const char page[] = "A headline\n\n\tIndented, with an accent: caf\xC3\xA9, and \xE2\x80\x9Cquotes\xE2\x80\x9D.\n";
    assert_int_equal(decode(f, (cd_span){page, sizeof page - 1}, NULL), CD_OK);
    assert_ptr_equal(f->page.text.ptr, page);
    assert_int_equal(f->page.text.len, sizeof page - 1);
    assert_string_equal(f->page.encoding, "UTF-8");
    assert_int_equal(f->page.replaced, 0);
    assert_int_equal(f->warnings.len, 0);
    GIVES(f, "", "");
}

static void line_ends_become_one_kind(void **state)
{
    fixture *f = *state;
    GIVES(f, "a\r\nb\rc\nd", "a\nb\nc\nd");
    GIVES(f, "a\r\r\nb", "a\n\nb");
    GIVES(f, "a\vb\fc\xC2\x85" "d\xE2\x80\xA8" "e\xE2\x80\xA9" "f\r", "a\nb\nc\nd\ne\nf\n");
}

static void blanks_become_one_kind(void **state)
{
    fixture *f = *state;
    GIVES(f, "a\xC2\xA0" "b\xE2\x80\x80" "c\xE2\x80\x8A" "d\xE2\x80\xAF" "e\xE2\x81\x9F" "f", "a b c d e f");
    GIVES(f, "a\xE3\x80\x80" "b", "a b");
    GIVES(f, "\xE3\x80\x80" "a\n \xE3\x80\x80\xE3\x80\x80" "b", "  a\n     b"); /* two columns in front of a line */
    GIVES(f, "\ta\tb", "\ta\tb");
}

static void invisible_characters_go(void **state)
{
    fixture *f = *state;
    GIVES(f, "co\xC2\xADop", "coop");
    GIVES(f, "a\xE2\x80\x8B" "b\xE2\x80\x8E" "c\xE2\x80\x8F" "d\xE2\x81\xA0" "e\xEF\xBB\xBF" "f", "abcdef");
    GIVES(f, "a\xE2\x80\xAA" "b\xE2\x80\xAE" "c\xE2\x81\xA6" "d\xE2\x81\xA9" "e\xD8\x9C" "f", "abcdef");
    GIVES(f, "\xEF\xBB\xBFpage", "page");
    GIVES(f, "a\x01" "b\x1B" "c\x7F" "d\xC2\x80" "e\xC2\x9F" "f", "abcdef");
}

#define ZWNJ "\xE2\x80\x8C"
#define ZWJ "\xE2\x80\x8D"

static void joiners_stay_only_where_needed(void **state)
{
    fixture *f = *state;
    GIVES(f, "lig" ZWNJ "ature " ZWJ "x" ZWNJ, "ligature x");
    GIVES(f, "\xD9\x85\xDB\x8C" ZWNJ "\xD8\xB4\xD9\x88\xD8\xAF", "\xD9\x85\xDB\x8C" ZWNJ "\xD8\xB4\xD9\x88\xD8\xAF"); /* Persian */
    GIVES(f, "\xD9\x85" ZWNJ " \xD9\x85", "\xD9\x85 \xD9\x85");
    GIVES(f, "\xE0\xA4\x95\xE0\xA5\x8D" ZWJ "\xE0\xA4\xB7", "\xE0\xA4\x95\xE0\xA5\x8D" ZWJ "\xE0\xA4\xB7"); /* Hindi */
    GIVES(f, "\xE0\xB4\xA8\xE0\xB5\x8D" ZWJ " x", "\xE0\xB4\xA8\xE0\xB5\x8D" ZWJ " x");                       /* Malayalam, at a word's end */
    GIVES(f, "\xF0\x9F\x91\xA9" ZWJ "\xF0\x9F\x9A\x80", "\xF0\x9F\x91\xA9" ZWJ "\xF0\x9F\x9A\x80");           /* an astronaut */
    GIVES(f, "\xE2\x9D\xA4\xEF\xB8\x8F" ZWJ "\xF0\x9F\x94\xA5", "\xE2\x9D\xA4\xEF\xB8\x8F" ZWJ "\xF0\x9F\x94\xA5");
    GIVES(f, "\xF0\x9F\x91\xA9" ZWJ "x" ZWJ "\xF0\x9F\x9A\x80", "\xF0\x9F\x91\xA9x\xF0\x9F\x9A\x80");
}

static void bad_sequences_are_replaced_and_counted(void **state)
{
    fixture *f = *state;
    GIVES(f, "a\0b", "a" BAD "b");
    assert_int_equal(f->page.replaced, 1);
    assert_string_equal(f->warnings.ptr, "1 bad sequence replaced\n");
#define GOOD "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"
    GIVES(f, GOOD "\xE2\x82" "A", GOOD BAD "A"); /* the beginning of a sequence is one */
    assert_int_equal(f->page.replaced, 1);
    GIVES(f, GOOD "\xF0\x9F\x98" "A\xFF", GOOD BAD "A" BAD);
    assert_int_equal(f->page.replaced, 2);
    GIVES(f, GOOD "\xC0\xAF.", GOOD BAD BAD "."); /* longer than need be */
    GIVES(f, GOOD "\xED\xA0\x80.", GOOD BAD BAD BAD "."); /* a surrogate */
    assert_int_equal(f->page.replaced, 3);
    assert_string_equal(f->warnings.ptr, "3 bad sequences replaced\n");
    GIVES(f, GOOD "\xF4\x90\x80\x80.", GOOD BAD BAD BAD BAD ".");
    GIVES(f, "cut caf\xC3\xA9 \xC3\xA9\xC3\xA9 \xE2\x80", "cut caf\xC3\xA9 \xC3\xA9\xC3\xA9 " BAD);
    assert_string_equal(f->page.encoding, "UTF-8");
}

static void text_is_composed(void **state)
{
    fixture *f = *state;
    GIVES(f, "cafe\xCC\x81 au lait", "caf\xC3\xA9 au lait");
    GIVES(f, "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB", "\xED\x95\x9C");                   /* Hangul */
    GIVES(f, "5 k\xE2\x84\xAA, 1 \xE2\x84\xAB", "5 kK, 1 \xC3\x85");                    /* Kelvin, Angstrom */
    GIVES(f, "a\xCC\x81\xCC\xA3", "\xE1\xBA\xA1\xCC\x81");                              /* marks in their order */
    GIVES(f, "ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t", "ti\xE1\xBA\xBFng Vi\xE1\xBB\x87t"); /* composed already */
    GIVES(f, "e\xC2\xAD\xCC\x81", "\xC3\xA9");                                          /* joined by what went */
}

/* NFC sorts marks by an algorithm of quadratic time; a page of nothing but marks must not show it. */
static void a_tower_of_marks_is_left_alone(void **state)
{
    fixture *f = *state;
    cd_buf   page = {0};
    for (int i = 0; i < 1000000; i++) assert_int_equal(cd_buf_add(&page, CD_SPAN("\xCC\x81\xCC\xA3")), CD_OK);
    assert_int_equal(decode(f, cd_buf_span(&page), NULL), CD_OK);
    assert_int_equal(f->page.text.len, page.len);
    cd_buf_free(&page);
}

/* The table of nfc.c against utf8proc: whatever NFC would change, alone or behind another, must be noticed. */
static void the_quick_check_misses_nothing(void **state)
{
    (void)state;
    for (utf8proc_int32_t c = 0xA1; c < 0x110000; c++) {
        if (c >= 0xD800 && c < 0xE000) continue;
        utf8proc_uint8_t  bytes[4], *composed = NULL;
        utf8proc_int32_t  parts[32];
        utf8proc_ssize_t  n = utf8proc_encode_char(c, bytes);
        utf8proc_ssize_t  m = utf8proc_map(bytes, n, &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        bool              stays = m == n && memcmp(bytes, composed, (size_t)n) == 0;
        free(composed);
        if (!stays) assert_true(cd_nfc_may_move((cd_rune)c));
        m = utf8proc_decompose(bytes, n, parts, 32, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
        for (utf8proc_ssize_t i = 1; stays && i < m; i++) assert_true(cd_nfc_may_move((cd_rune)parts[i]));
    }
}

static void byte_order_marks_decide(void **state)
{
    fixture *f = *state;
    GIVES(f, "\xFF\xFEh\0\xE9\0", "h\xC3\xA9");
    assert_string_equal(f->page.encoding, "UTF-16LE");
    GIVES(f, "\xFE\xFF\0h\0\xE9", "h\xC3\xA9");
    assert_string_equal(f->page.encoding, "UTF-16BE");
    GIVES(f, "\xFF\xFE\0\0h\0\0\0\xE9\0\0\0", "h\xC3\xA9");
    GIVES(f, "\0\0\xFE\xFF\0\0\0h\0\0\0\xE9", "h\xC3\xA9");
    GIVES(f, "\xFF\xFEh\0\x3D\xD8\x00\xDEi\0\x3D\xD8!\0", "h\xF0\x9F\x98\x80i" BAD "!"); /* a pair, and half of one */
    assert_int_equal(f->page.replaced, 1);
    GIVES(f, "\xFF\xFEh\0i", "h" BAD); /* cut inside a unit */
}

/* `text`, which is UTF-8, in another encoding. */
static cd_span encoded(fixture *f, const char *text, const char *encoding)
{
    iconv_t cd = iconv_open(encoding, "UTF-8");
    size_t  left = strlen(text), room = 4 * left + 16, size = room;
    char   *out = cd_arena_take(f->page.arena, room), *to = out, *in = (char *)(uintptr_t)text;
    assert_true(cd != (iconv_t)-1);
    assert_true(iconv(cd, &in, &left, &to, &room) != (size_t)-1);
    assert_true(iconv(cd, NULL, NULL, &to, &room) != (size_t)-1);
    assert_int_equal(iconv_close(cd), 0);
    return (cd_span){out, size - room};
}

static void detects(fixture *f, const char *text, const char *encoding, const char *name)
{
    assert_int_equal(decode(f, encoded(f, text, encoding), NULL), CD_OK);
    assert_string_equal(f->page.encoding, name);
    assert_string_equal(shown(f), text);
    assert_int_equal(f->page.replaced, 0);
}

static const char russian[] = "Мост через гавань открылся после двух лет ремонта.\n\nЖители города ждали этого дня с прошлой весны, "
                              "сообщила администрация. Движение по мосту начнётся в понедельник утром.\n";
static const char japanese[] = "港の橋が二年ぶりに開通した。\n\n市によると、工事は予定より三か月長くかかったという。住民は喜びの声を上げている。\n";
static const char chinese[] = "海港大桥经过两年维修后重新开放。\n\n市政府表示，工程比原计划多用了三个月。居民们对此表示欢迎，并希望交通恢复正常。\n";
static const char korean[] = "항구의 다리가 이 년 만에 다시 열렸다.\n\n시는 공사가 예정보다 석 달 더 걸렸다고 밝혔다. 주민들은 반기는 분위기다.\n";
static const char german[] = "Brücke über den Hafen wieder geöffnet\n\nNach zwei Jahren dürfen die Bürger wieder hinüber: „Schön“, sagte die "
                             "Bürgermeisterin. Es gab größere Schäden, als man früher wußte.\n";
static const char polish[] = "Most nad portem został ponownie otwarty po dwóch latach. Mieszkańcy czekali na tę chwilę od wiosny – mówi "
                             "burmistrz. Ruch rozpocznie się w poniedziałek rano, gdyż trwają jeszcze prace wykończeniowe i próby obciążenia.\n";
static const char french[] = "Il est neuf heures et, pour une fois, à l’atelier, on est à l’heure. Là, à midi, on déjeune à côté.\n";
static const char english[] = "The harbour bridge – closed for two years – reopened on Monday. “It’s done,” the mayor said.\n";

static void wide_encodings_are_found_without_a_mark(void **state)
{
    static const char *const names[] = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"};
    static const char *const texts[] = {russian, japanese, chinese, korean, german, english};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++)
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++) detects(*state, texts[t], names[n], names[n]);
}

static void legacy_encodings_are_found(void **state)
{
    fixture *f = *state;
    detects(f, russian, "WINDOWS-1251", "WINDOWS-1251");
    detects(f, russian, "KOI8-R", "KOI8-R");
    detects(f, japanese, "SHIFT_JIS", "CP932");
    detects(f, japanese, "EUC-JP", "EUC-JP");
    detects(f, japanese, "ISO-2022-JP", "ISO-2022-JP");
    detects(f, chinese, "GB18030", "GB18030");
    detects(f, korean, "EUC-KR", "UHC");
    detects(f, german, "WINDOWS-1252", "WINDOWS-1252");
    detects(f, english, "WINDOWS-1252", "WINDOWS-1252");
    detects(f, french, "WINDOWS-1252", "WINDOWS-1252");
}

/* uchardet may take these for another Latin encoding; the letters that both have must be right all the same. */
static void polish_is_not_russian(void **state)
{
    fixture *f = *state;
    assert_int_equal(decode(f, encoded(f, polish, "WINDOWS-1250"), NULL), CD_OK);
    assert_string_equal(shown(f), polish);
}

/* Curly quotes of windows-1252 on an English page are what uchardet takes for Chinese or Macintosh Cyrillic. */
static void lonely_signs_are_windows_1252(void **state)
{
    fixture *f = *state;
    GIVES(f, "The bridge isn\x92t open \x96 yet", "The bridge isn\xE2\x80\x99t open \xE2\x80\x93 yet");
    GIVES(f, "Caf\xE9 owner: \x93No\x94", "Caf\xC3\xA9 owner: \xE2\x80\x9CNo\xE2\x80\x9D");
    GIVES(f, "\xA9 2026, 20\xB0", "\xC2\xA9 2026, 20\xC2\xB0");
    assert_string_equal(f->page.encoding, "WINDOWS-1252");
}

static void a_given_encoding_is_used(void **state)
{
    fixture *f = *state;
    assert_int_equal(decode(f, CD_SPAN("\xE4\xE0"), "windows-1251"), CD_OK);
    assert_string_equal(shown(f), "\xD0\xB4\xD0\xB0");
    assert_int_equal(decode(f, CD_SPAN("isn\x92t"), "iso-8859-1"), CD_OK); /* as browsers read it */
    assert_string_equal(shown(f), "isn\xE2\x80\x99t");
    assert_int_equal(decode(f, CD_SPAN("\0h\0i"), "utf-16"), CD_OK);
    assert_string_equal(shown(f), "hi");
    assert_int_equal(decode(f, CD_SPAN("\xEF\xBB\xBF\xC3\xA9"), "windows-1252"), CD_OK); /* the mark knows better */
    assert_string_equal(shown(f), "\xC3\xA9");
    assert_int_equal(decode(f, CD_SPAN("a"), "no-such-thing"), CD_EINPUT);
    assert_string_equal(f->err.reason, "unknown_encoding");
    assert_true(cd_decode_knows("utf-8"));
    assert_true(cd_decode_knows("KOI8-U"));
    assert_false(cd_decode_knows("no-such-thing"));
    assert_false(cd_decode_knows(""));
    assert_false(cd_decode_knows("UTF-8//IGNORE"));
}

static void binaries_are_refused(void **state)
{
    static const cd_span files[] = {CD_SPAN("\x89PNG\r\n\x1A\n\0\0\0\rIHDR"), CD_SPAN("%PDF-1.7\nplain text may follow\n"),
                                    CD_SPAN("PK\3\4\x14\0\0\0"), CD_SPAN("\x1F\x8B\x08\0\0\0\0\0"), CD_SPAN("\x7F" "ELF\2\1\1\0"),
                                    CD_SPAN("\xFF\xD8\xFF\xE0\0\x10JFIF"), CD_SPAN("GIF89a\1\0\1\0")};
    fixture *f = *state;
    char     noise[4096];
    uint32_t seed = 7;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        assert_int_equal(decode(f, files[i], NULL), CD_EINPUT);
        assert_string_equal(f->err.reason, "not_text");
    }
    assert_int_equal(decode(f, files[0], "windows-1252"), CD_EINPUT);
    for (size_t i = 0; i < sizeof noise; i++) noise[i] = (char)((seed = seed * 1664525u + 1013904223u) >> 24);
    assert_int_equal(decode(f, (cd_span){noise, sizeof noise}, NULL), CD_EINPUT);
    memset(noise, 0, sizeof noise);
    assert_int_equal(decode(f, (cd_span){noise, sizeof noise}, NULL), CD_EINPUT);
    assert_string_equal(f->err.reason, "not_text");
}

/* Whatever comes in, clean text comes out, and cleaning it again changes nothing. */
static void any_bytes_become_clean(void **state)
{
    static const char alphabet[] = "ab \n\r\t\0\x1B\xC2\xA0\x85\xAD\xE2\x80\x8B\x8C\x8D\xA8\xCC\x81\xE3\x80\xD9\x85\xF0\x9F\x98\xEF\xBB\xBF\xFF";
    fixture          *f = *state;
    char              bytes[64];
    uint32_t          seed = 1;
    for (int round = 0; round < 200000; round++) {
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525u + 1013904223u;
            bytes[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
        }
        cd_arena_reset(f->page.arena);
        if (decode(f, (cd_span){bytes, 1 + seed % sizeof bytes}, "UTF-8") != CD_OK) continue;
        cd_span text = f->page.text, rest = text;
        while (rest.len) {
            cd_rune r;
            size_t  n = cd_utf8_strict(rest.ptr, rest.len, &r);
            assert_true(r != CD_RUNE_BAD && (r >= 0xA1 || (r >= 0x20 && r < 0x7F) || r == '\n' || r == '\t'));
            rest = cd_span_sub(rest, n, rest.len);
        }
        assert_int_equal(decode(f, text, "UTF-8"), CD_OK);
        assert_true(cd_span_is(text, f->page.text));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(clean_text_is_used_in_place),
        TEST(line_ends_become_one_kind),
        TEST(blanks_become_one_kind),
        TEST(invisible_characters_go),
        TEST(joiners_stay_only_where_needed),
        TEST(bad_sequences_are_replaced_and_counted),
        TEST(text_is_composed),
        TEST(a_tower_of_marks_is_left_alone),
        TEST(the_quick_check_misses_nothing),
        TEST(byte_order_marks_decide),
        TEST(wide_encodings_are_found_without_a_mark),
        TEST(legacy_encodings_are_found),
        TEST(polish_is_not_russian),
        TEST(lonely_signs_are_windows_1252),
        TEST(a_given_encoding_is_used),
        TEST(binaries_are_refused),
        TEST(any_bytes_become_clean),
    };
    return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
