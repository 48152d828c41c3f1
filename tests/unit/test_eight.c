/* test_eight.c -- looking at eight bytes together finds what looking at them one by one does: words, folded letters, hashes. */
#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cmocka.h>

static uint32_t dice(uint32_t sides)
{
    static uint64_t seed = 7;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % sides;
}

/* A text in a block of its own, so that the sanitizers see a byte read behind it. */
static cd_span make_text(char **owner)
{
    static const char *const pieces[] = {"a", "Z", "z", "A", "0", "9", "@", "[", "`", "{", "/", ":", " ", "'", "word", "Capital", "\xC3\x89", "\xC3\xA9", "\xE6\x96\xB0", "\xCC\x81"};
    char   text[160];
    size_t len = 0;
    for (uint32_t n = dice(30); n; n--) {
        const char *piece = pieces[dice(n % 3 ? 16 : 20)];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    *owner = malloc(len + 1);
    assert_non_null(*owner);
    memcpy(*owner, text, len);
    *owner = realloc(*owner, len ? len : 1);
    return (cd_span){*owner, len};
}

static bool is_word(unsigned char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static void test_bytes(void **state)
{
    (void)state;
    for (int i = 0; i < 20000; i++) {
        char     bytes[8];
        size_t   word = 0, between = 0, tops;
        uint64_t fold = 0;
        for (size_t k = 0; k < 8; k++) bytes[k] = (char)dice(i % 2 ? 256 : 128);
        unsigned char from = (unsigned char)dice(128), to = (unsigned char)(from + dice(128u - from));
        while (word < 8 && is_word((unsigned char)bytes[word])) word++;
        for (size_t k = 0; k < 8; k++) {
            unsigned char c = (unsigned char)bytes[k];
            between += c >= from && c <= to;
            fold |= (uint64_t)(c >= 'A' && c <= 'Z' ? c + 32u : c) << 8 * k;
        }
        uint64_t eight = cd_eight(bytes, 8);
        tops = cd_eight_count(cd_eight_between(eight, from, to));
        assert_int_equal(cd_eight_word(eight), word);
        assert_int_equal(tops, between);
        assert_true(cd_eight_fold(eight) == fold);
        for (size_t n = 0; n <= 8; n++) assert_true(cd_eight(bytes, n) == cd_eight_first(eight, n));
    }
}

static void test_words(void **state)
{
    (void)state;
    size_t words = 0;
    for (int i = 0; i < 20000; i++) {
        char   *owner;
        cd_span text = make_text(&owner), rest = text, word;
        size_t  n = 0;
        for (; cd_word_take(&rest, &word); n++) {
            char    folded[400];
            size_t  len = 0;
            for (cd_span w = word; w.len;) {
                cd_rune r = cd_utf8_take(&w);
                assert_true(cd_is_letter(r) || cd_is_digit(r));
                len += cd_utf8_put(folded + len, cd_fold(r));
            }
            assert_true(cd_fold_hash(word) == cd_hash_bytes((cd_span){folded, len}));
            if (word.ptr > text.ptr && is_word((unsigned char)*word.ptr)) assert_false(is_word((unsigned char)word.ptr[-1]));
        }
        assert_int_equal(cd_word_count(text), n);
        words += n;
        free(owner);
    }
    assert_true(words > 50000);
}

/* One letter more or less, or another one, is another hash: the last bits of it, and the first. */
static void test_hashes_differ(void **state)
{
    (void)state;
    enum { WORDS = 20000 };
    size_t  lower = 0, upper = 0;
    uint8_t *low = calloc(1 << 16, 1), *up = calloc(1 << 16, 1);
    assert_true(low && up);
    for (uint32_t i = 0; i < WORDS; i++) {
        char word[8] = "abcd";
        for (uint32_t k = 4, rest = i; k < 8; k++, rest /= 26) word[k] = (char)('a' + rest % 26);
        uint64_t hash = cd_hash_bytes((cd_span){word, 8});
        lower += low[hash & 0xFFFF]++ == 0;
        upper += up[hash >> 48]++ == 0;
    }
    assert_true(lower > WORDS * 8 / 10 && upper > WORDS * 8 / 10); /* of words thrown at random into as many places .86 stand first */
    free(low);
    free(up);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_bytes), cmocka_unit_test(test_words), cmocka_unit_test(test_hashes_differ)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
