/* entities.c -- "&mldr;" and 2,230 more -> the signs that they stand for. In: text of a page. Out: the same without references by name.
 *
 * libxml2 2.9 knows the 253 names of HTML 4, and only with their ";". The standard has 2,125 names with ";", and 106 old ones that need
 * none: of these the longest that fits counts, so that "&notit;" is "¬it;" and "&notin;" a sign of its own. In values an old one before a
 * letter, digit or "=" is none, or addresses would change: "?a=1&copy=2". */
#include "page/entities.h"

#include "base/utf8.h"

/* Bytes of the longest name, and of the longest that needs no ";". */
enum { NAME_BYTES = 31, OLD_BYTES = 6 };

static bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

static bool find(const cd_data_file *table, cd_span name, cd_span *signs) { return cd_data_find(table, name, cd_hash_bytes(name), signs); }

/* The length of the reference at the front of `text`, with its "&" and ";"; 0: it is none. */
static size_t take_name(const cd_data_file *table, cd_span text, bool attribute, cd_span *signs)
{
    size_t run = 1;
    while (run < text.len && run <= NAME_BYTES && is_alnum(text.ptr[run])) run++;
    if (run < text.len && text.ptr[run] == ';' && find(table, cd_span_sub(text, 1, run + 1), signs)) return run + 1;
    for (size_t len = run - 1 < OLD_BYTES ? run - 1 : OLD_BYTES; len >= 2; len--) {
        if (!find(table, cd_span_sub(text, 1, len + 1), signs)) continue;
        char next = len + 1 < text.len ? text.ptr[len + 1] : '\0';
        return attribute && (is_alnum(next) || next == '=') ? 0 : len + 1;
    }
    return 0;
}

/* Adds the signs whose numbers are a list in hexadecimal; one of ASCII as a number, because it may be one of markup. */
static cd_status put_signs(cd_buf *out, cd_span signs)
{
    for (size_t i = 0; i < signs.len;) {
        cd_rune rune = 0;
        char    bytes[4] = {0};
        for (; i < signs.len && signs.ptr[i] != ' '; i++) rune = rune * 16 + (cd_rune)(signs.ptr[i] <= '9' ? signs.ptr[i] - '0' : signs.ptr[i] - 'A' + 10);
        while (i < signs.len && signs.ptr[i] == ' ') i++;
        size_t len = cd_utf8_put(bytes, rune);
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
