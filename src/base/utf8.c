/* utf8.c -- decoding and classes of code points; the program's door to utf8proc. ASCII never gets as far as that library:
 * nine tenths of all text would pay for the rest. */
#include "base/utf8.h"

#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

cd_rune cd_utf8_take_long(cd_span *text)
{
    if (text->len == 0) return CD_RUNE_END;
    const unsigned char *p = (const unsigned char *)text->ptr;
    cd_rune              r = p[0];
    size_t               n = r < 0x80 ? 1 : r >= 0xF0 ? 4 : r >= 0xE0 ? 3 : r >= 0xC2 ? 2 : 0;
    if (n == 0 || n > text->len) r = REPLACEMENT, n = 1;
    else if (n == 2) r = (r & 0x1F) << 6 | (p[1] & 0x3F);
    else if (n == 3) r = (r & 0x0F) << 12 | (cd_rune)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
    else if (n == 4) r = (r & 0x07) << 18 | (cd_rune)(p[1] & 0x3F) << 12 | (cd_rune)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
    text->ptr += n;
    text->len -= n;
    return r;
}

cd_rune cd_utf8_last(cd_span text, size_t *len)
{
    size_t n = 0;
    while (n < text.len && n < 4) {
        n++;
        if (((unsigned char)text.ptr[text.len - n] & 0xC0) != 0x80) break;
    }
    *len = n;
    cd_span last = cd_span_sub(text, text.len - n, text.len);
    return cd_utf8_take(&last);
}

size_t cd_utf8_put(char out[4], cd_rune r)
{
    if (r < 0x80) {
        out[0] = (char)r;
        return 1;
    }
    if (r < 0x800) {
        out[0] = (char)(0xC0 | r >> 6);
        out[1] = (char)(0x80 | (r & 0x3F));
        return 2;
    }
    if (r < 0x10000) {
        out[0] = (char)(0xE0 | r >> 12);
        out[1] = (char)(0x80 | (r >> 6 & 0x3F));
        out[2] = (char)(0x80 | (r & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (r >> 18 & 0x07));
    out[1] = (char)(0x80 | (r >> 12 & 0x3F));
    out[2] = (char)(0x80 | (r >> 6 & 0x3F));
    out[3] = (char)(0x80 | (r & 0x3F));
    return 4;
}

static utf8proc_category_t category(cd_rune r) { return utf8proc_category((utf8proc_int32_t)r); }

bool cd_is_letter_beyond(cd_rune r)
{
    utf8proc_category_t c = category(r);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_ME; /* Lu Ll Lt Lm Lo Mn Mc Me stand in a row */
}

bool cd_is_upper_beyond(cd_rune r)
{
    utf8proc_category_t c = category(r);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool cd_is_lower_beyond(cd_rune r) { return category(r) == UTF8PROC_CATEGORY_LL; }

bool cd_is_digit_beyond(cd_rune r) { return category(r) == UTF8PROC_CATEGORY_ND; }

bool cd_is_wide_beyond(cd_rune r) { return utf8proc_charwidth((utf8proc_int32_t)r) == 2; }

bool cd_is_solo(cd_rune r)
{
    if (r < 0x0E00) return false;
    return (r >= 0x3040 && r <= 0x30FF) || (r >= 0x3400 && r <= 0x9FFF) || (r >= 0xF900 && r <= 0xFAFF) ||
           (r >= 0x20000 && r <= 0x3FFFF) || r <= 0x0EFF || (r >= 0x1000 && r <= 0x109F) || (r >= 0x1780 && r <= 0x17FF);
}

bool cd_is_cjk(cd_rune r)
{
    if (r < 0x2E80) return false;
    return r <= 0xA4CF || (r >= 0xF900 && r <= 0xFAFF) || (r >= 0xFE30 && r <= 0xFE6F) ||
           (r >= 0xFF00 && r <= 0xFF60) || (r >= 0xFFE0 && r <= 0xFFE6) || (r >= 0x20000 && r <= 0x3FFFF);
}

cd_rune cd_fold(cd_rune r)
{
    if (r < 0x80) return r >= 'A' && r <= 'Z' ? r + 32 : r;
    if (r == 0x017F) return 's';
    if (r == 0x212A) return 'k';
    if (r == 0x03C2) return 0x03C3; /* final sigma */
    return (cd_rune)utf8proc_tolower((utf8proc_int32_t)r);
}

const unsigned char cd_ascii_word[256] = {
    ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1, ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1,
    ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1, ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
    ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1, ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1,
    ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1, ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
    ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1, ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1,
    ['y'] = 1, ['z'] = 1};

/* The end of a run of ASCII letters and digits. */
static const unsigned char *skip_ascii_word(const unsigned char *p, const unsigned char *end)
{
    size_t n = 8;
    for (; n == 8 && end - p >= 8; p += n) n = cd_eight_word(cd_eight((const char *)p, 8));
    while (n == 8 && p < end && cd_ascii_word[*p]) p++;
    return p;
}

/* The common case of cd_word_take(): a word of ASCII letters that ends at an ASCII sign or the end; else nothing is taken. */
static bool take_ascii_word(cd_span *rest, cd_span *word)
{
    const unsigned char *p = (const unsigned char *)rest->ptr, *end = p + rest->len;
    while (p < end && *p < 0x80 && !cd_ascii_word[*p]) p++;
    const unsigned char *begin = p;
    p = skip_ascii_word(p, end);
    if (p == begin || (p < end && *p >= 0x80)) return false;
    *word = (cd_span){(const char *)begin, (size_t)(p - begin)};
    *rest = (cd_span){(const char *)p, (size_t)(end - p)};
    return true;
}

bool cd_word_take(cd_span *rest, cd_span *word)
{
    if (take_ascii_word(rest, word)) return true;
    cd_span at = *rest;
    const char *begin = NULL;
    while (at.len) {
        cd_span before = at;
        cd_rune r = cd_utf8_take(&at);
        bool    solo = cd_is_solo(r) && cd_is_letter(r);
        if (begin && (solo || !(cd_is_letter(r) || cd_is_digit(r)))) {
            at = before;
            break;
        }
        if (!begin && (cd_is_letter(r) || cd_is_digit(r))) {
            begin = before.ptr;
            if (solo) break;
        }
    }
    *rest = at;
    if (!begin) return false;
    *word = (cd_span){begin, (size_t)(at.ptr - begin)};
    return true;
}

size_t cd_word_count(cd_span text)
{
    const unsigned char *p = (const unsigned char *)text.ptr, *end = p + text.len;
    size_t               n = 0;
    cd_span              word;
    for (;;) {
        while (p < end && *p < 0x80 && !cd_ascii_word[*p]) p++;
        const unsigned char *begin = p;
        p = skip_ascii_word(p, end);
        if (p == end || *p < 0x80) {
            if (p == begin) return n;
        } else { /* a letter beyond ASCII may belong to it */
            cd_span rest = {(const char *)begin, (size_t)(end - begin)};
            if (!cd_word_take(&rest, &word)) return n;
            p = (const unsigned char *)rest.ptr;
        }
        n++;
    }
}

uint64_t cd_fold_hash(cd_span word)
{
    uint64_t hash = CD_HASH_BYTES_SEED;
    char     bytes[8 + 4]; /* folded, and one letter over */
    size_t   n = 0;
    for (; cd_begins_ascii8(word); word.ptr += 8, word.len -= 8) hash = cd_hash_eight(hash, cd_eight_fold(cd_eight(word.ptr, 8)));
    uint64_t last = word.len < 8 ? cd_eight(word.ptr, word.len) : CD_EIGHT(0x80);
    if (!(last & CD_EIGHT(0x80))) return word.len ? cd_hash_eight(hash, cd_eight_fold(last)) : hash;
    while (word.len) {
        n += cd_utf8_put(bytes + n, cd_fold(cd_utf8_take(&word)));
        if (n < 8) continue;
        hash = cd_hash_eight(hash, cd_eight(bytes, 8));
        memmove(bytes, bytes + 8, n -= 8);
    }
    return n ? cd_hash_eight(hash, cd_eight(bytes, n)) : hash;
}

uint64_t cd_word_hash(cd_span text)
{
    uint64_t hash = CD_HASH_SEED;
    cd_span  word;
    bool     any = false;
    while (cd_word_take(&text, &word)) {
        any = true;
        hash = cd_hash_join(hash, cd_fold_hash(word));
    }
    return any ? hash | 1 : 0;
}

size_t cd_columns_to(cd_span text, size_t most)
{
    size_t n = 0;
    while (text.len && n <= most) {
        while (cd_begins_ascii8(text)) text.ptr += 8, text.len -= 8, n += 8;
        if (text.len == 0) break;
        if ((unsigned char)*text.ptr < 0x80) {
            text.ptr++, text.len--, n++;
            continue;
        }
        n += cd_is_wide(cd_utf8_take(&text)) ? 2 : 1;
    }
    return n;
}
