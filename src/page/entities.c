/* entities.c -- "&mldr;" and 2,230 more -> the signs that they stand for. In: text of a page. Out: the same without references by name; or
 * what one reference, by name or by number, stands for.
 *
 * libxml2 2.9 knows the 253 names of HTML 4, and only with their ";". The standard has 2,125 names with ";", and 106 old ones that need
 * none: of these the longest that fits counts, so that "&notit;" is "¬it;" and "&notin;" a sign of its own. In values an old one before a
 * letter, digit or "=" is none, or addresses would change: "?a=1&copy=2". */
#include "page/entities.h"

#include "base/utf8.h"

/* Bytes of the longest name, and of the longest that needs no ";"; digits of the longest number. */
enum { NAME_BYTES = 31, OLD_BYTES = 6, NUMBER_DIGITS = 7 };

static bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool find(const cd_data_file *table, cd_span name, cd_span *signs) { return cd_data_find(table, name, cd_hash_bytes(name), signs); }

/* The bytes of "&name;" at the front of `text`; 0: no such name. *run: of what could be one, with its "&". */
static size_t take_whole_name(const cd_data_file *table, cd_span text, size_t *run, cd_span *signs)
{
    size_t n = 1;
    while (n < text.len && n <= NAME_BYTES && is_alnum(text.ptr[n])) n++;
    *run = n;
    return n < text.len && text.ptr[n] == ';' && find(table, cd_span_sub(text, 1, n + 1), signs) ? n + 1 : 0;
}

/* The length of the reference at the front of `text`, with its "&" and ";"; 0: it is none. */
static size_t take_name(const cd_data_file *table, cd_span text, bool attribute, cd_span *signs)
{
    size_t run, whole = take_whole_name(table, text, &run, signs);
    if (whole) return whole;
    for (size_t len = run - 1 < OLD_BYTES ? run - 1 : OLD_BYTES; len >= 2; len--) {
        if (!find(table, cd_span_sub(text, 1, len + 1), signs)) continue;
        char next = len + 1 < text.len ? text.ptr[len + 1] : '\0';
        return attribute && (is_alnum(next) || next == '=') ? 0 : len + 1;
    }
    return 0;
}

/* Takes the next of the numbers that `signs`, a list in hexadecimal, begins with. */
static cd_rune take_rune(cd_span *signs)
{
    cd_rune rune = 0;
    size_t  i = 0;
    for (; i < signs->len && signs->ptr[i] != ' '; i++) rune = rune * 16 + (cd_rune)(signs->ptr[i] <= '9' ? signs->ptr[i] - '0' : signs->ptr[i] - 'A' + 10);
    while (i < signs->len && signs->ptr[i] == ' ') i++;
    *signs = cd_span_sub(*signs, i, signs->len);
    return rune;
}

/* Adds the signs; one of ASCII as a number, because it may be one of markup. */
static cd_status put_signs(cd_buf *out, cd_span signs)
{
    while (signs.len) {
        char    bytes[4] = {0};
        cd_rune rune = take_rune(&signs);
        size_t  len = cd_utf8_put(bytes, rune);
        if (rune < 0x80) CD_TRY(cd_buf_format(out, "&#%u;", (unsigned)rune));
        else CD_TRY(cd_buf_add(out, (cd_span){bytes, len}));
    }
    return CD_OK;
}

cd_status cd_entities_put(cd_buf *out, const cd_data_file *table, cd_span text, bool attribute)
{
    while (text.len) {
        cd_span     signs;
        const char *sign = memchr(text.ptr, '&', text.len);
        size_t      at = sign ? (size_t)(sign - text.ptr) : text.len;
        CD_TRY(cd_buf_add(out, cd_span_sub(text, 0, at)));
        text = cd_span_sub(text, at, text.len);
        if (text.len == 0) break;
        size_t len = take_name(table, text, attribute, &signs);
        if (len) CD_TRY(put_signs(out, signs));
        else CD_TRY(cd_buf_char(out, '&'));
        text = cd_span_sub(text, len ? len : 1, text.len);
    }
    return CD_OK;
}

/* ---- one reference --------------------------------------------------------------------------------------------------- */

cd_span cd_entity_windows(unsigned number)
{
    static const char *const signs[32] = {
        "\u20AC", "", "\u201A", "\u0192", "\u201E", "\u2026", "\u2020", "\u2021", "\u02C6", "\u2030", "\u0160", "\u2039", "\u0152", "", "\u017D", "",
        "", "\u2018", "\u2019", "\u201C", "\u201D", "\u2022", "\u2013", "\u2014", "\u02DC", "\u2122", "\u0161", "\u203A", "\u0153", "", "\u017E", "\u0178"};
    return cd_span_of(signs[number - 128]);
}

/* "&#8217;" or "&#x2019;", up to the semicolon or what is no digit: its bytes, 0: no number. */
static size_t take_number(cd_span text, unsigned *number)
{
    const bool hex = text.len > 2 && (text.ptr[2] | 32) == 'x';
    size_t     at = hex ? 3 : 2, from = at;
    *number = 0;
    for (; at < text.len && at - from <= NUMBER_DIGITS; at++) {
        unsigned char c = (unsigned char)text.ptr[at], lower = c | 32;
        if (c >= '0' && c <= '9') *number = *number * (hex ? 16 : 10) + c - '0';
        else if (hex && lower >= 'a' && lower <= 'f') *number = *number * 16 + lower - 'a' + 10;
        else break;
    }
    if (at == from || at - from > NUMBER_DIGITS) return 0;
    return at < text.len && text.ptr[at] == ';' ? at + 1 : at;
}

size_t cd_entity_read(const cd_data_file *table, cd_span text, char signs[CD_SIGNS_BYTES], size_t *len)
{
    cd_span  listed;
    unsigned number;
    size_t   run, bytes = text.len > 1 && text.ptr[1] == '#' ? take_number(text, &number) : 0;
    *len = 0;
    if (bytes && number >= 128 && number < 160) {
        cd_span sign = cd_entity_windows(number);
        memcpy(signs, sign.ptr, *len = sign.len);
    } else if (bytes) {
        bool none = number == 0 || number > 0x10FFFF || (number >= 0xD800 && number < 0xE000);
        *len = cd_utf8_put(signs, none ? 0xFFFD : number);
    } else if ((bytes = take_whole_name(table, text, &run, &listed))) {
        while (listed.len) *len += cd_utf8_put(signs + *len, take_rune(&listed));
    }
    return bytes;
}
