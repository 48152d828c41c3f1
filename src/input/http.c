/* http.c -- HTTP responses out of WARC records, and files that begin with one's headers. In: a message with its headers. Out: what the headers
 * say, and the body as the server meant it. Crawlers store what came over the wire, or what they made of it under the headers that came; so
 * headers are believed only where the bytes agree. */
#include "input/http.h"

#include "base/limits.h"
#include "base/utf8_strict.h"
#include "input/item.h"
#include "input/sniff.h"
#include "input/unpack.h"

#include <stdint.h>

/* --- headers ----------------------------------------------------------------------------------------------------------- */

cd_span cd_header(cd_span head, cd_span name)
{
    cd_span line;
    while (cd_span_line(&head, &line)) {
        if (line.len <= name.len || line.ptr[name.len] != ':' || !cd_span_is_nocase(cd_span_sub(line, 0, name.len), name)) continue;
        return cd_span_trim(cd_span_sub(line, name.len + 1, line.len));
    }
    return (cd_span){NULL, 0};
}

size_t cd_header_end(cd_span bytes)
{
    cd_span rest = bytes, line;
    while (cd_span_line(&rest, &line)) {
        size_t used = bytes.len - rest.len;
        bool   whole = used && bytes.ptr[used - 1] == '\n';
        if (whole && (line.len == 0 || (line.len == 1 && line.ptr[0] == '\r'))) return used;
    }
    return 0;
}

cd_span cd_media_type(cd_span content_type)
{
    size_t n = 0;
    while (n < content_type.len && content_type.ptr[n] != ';' && content_type.ptr[n] != ',') n++;
    return cd_span_trim(cd_span_sub(content_type, 0, n));
}

cd_span cd_media_charset(cd_span content_type)
{
    cd_span rest = content_type;
    while (rest.len) {
        size_t  n = 0;
        while (n < rest.len && rest.ptr[n] != ';') n++;
        cd_span part = cd_span_trim(cd_span_sub(rest, 0, n));
        rest = cd_span_sub(rest, n < rest.len ? n + 1 : n, rest.len);
        if (part.len < 8 || !cd_span_is_nocase(cd_span_sub(part, 0, 8), CD_SPAN("charset="))) continue;
        part = cd_span_trim(cd_span_sub(part, 8, part.len));
        while (part.len && (part.ptr[0] == '"' || part.ptr[0] == '\'')) part = cd_span_sub(part, 1, part.len);
        for (n = 0; n < part.len && part.ptr[n] > ' ' && part.ptr[n] != '"' && part.ptr[n] != '\'' && part.ptr[n] != ','; n++) {}
        return cd_span_sub(part, 0, n);
    }
    return (cd_span){NULL, 0};
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool cd_http_read(cd_span message, cd_http *http)
{
    cd_span rest = message, line;
    if (!cd_span_starts(message, CD_SPAN("HTTP/")) || !cd_span_line(&rest, &line)) return false;
    size_t at = 5;
    while (at < line.len && line.ptr[at] != ' ') at++;
    while (at < line.len && line.ptr[at] == ' ') at++;
    if (at + 3 > line.len || !is_digit(line.ptr[at]) || !is_digit(line.ptr[at + 1]) || !is_digit(line.ptr[at + 2])) return false;
    http->status = (line.ptr[at] - '0') * 100 + (line.ptr[at + 1] - '0') * 10 + (line.ptr[at + 2] - '0');
    size_t end = cd_header_end(message);
    if (end == 0) end = message.len; /* headers alone */
    http->head = cd_span_sub(message, message.len - rest.len < end ? message.len - rest.len : end, end);
    http->body = cd_span_sub(message, end, message.len);
    return true;
}

/* --- chunks ------------------------------------------------------------------------------------------------------------ */

/* Reads the line that states a chunk's size: hexadecimal, then maybe blanks and an extension. */
static bool take_size(cd_span *rest, size_t *size)
{
    cd_span line;
    size_t  n = 0;
    if (!cd_span_line(rest, &line)) return false;
    *size = 0;
    for (; n < line.len; n++) {
        char     c = line.ptr[n];
        unsigned lower = (unsigned char)c | 0x20u;
        unsigned digit = is_digit(c) ? (unsigned)(c - '0') : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 16;
        if (digit == 16) break;
        if (*size > SIZE_MAX / 32) return false;
        *size = *size * 16 + digit;
    }
    cd_span left = cd_span_trim(cd_span_sub(line, n, line.len));
    return n > 0 && (left.len == 0 || left.ptr[0] == ';');
}

static cd_status bad_chunk(cd_error *err, const char *what)
{
    return cd_fail(err, CD_EINPUT, "the chunks of the HTTP body are damaged: %s", what);
}

static cd_status join_chunks(cd_span body, cd_buf *joined, cd_error *err)
{
    cd_span rest = body;
    size_t  size;
    for (bool first = true;; first = false) {
        if (!first && rest.len == 0) return CD_OK; /* the last one is missing, the page is there */
        if (!take_size(&rest, &size)) {
            if (first) return cd_buf_add(joined, body); /* it is not chunked, whatever the header says */
            return bad_chunk(err, "no size");
        }
        if (size == 0) return CD_OK; /* trailers may follow: nobody needs them */
        if (size > rest.len) return bad_chunk(err, "one is longer than the rest of the record");
        CD_TRY(cd_buf_add(joined, cd_span_sub(rest, 0, size)));
        rest = cd_span_sub(rest, size, rest.len);
        if (cd_span_starts(rest, CD_SPAN("\r\n"))) rest = cd_span_sub(rest, 2, rest.len);
        else if (cd_span_starts(rest, CD_SPAN("\n"))) rest = cd_span_sub(rest, 1, rest.len);
        else if (rest.len) return bad_chunk(err, "one does not end where it should");
    }
}

/* --- packing ----------------------------------------------------------------------------------------------------------- */

/* zlib's header: method 8, and a check by 31. */
static bool has_zlib_header(cd_span s)
{
    if (s.len < 2) return false;
    unsigned a = (unsigned char)s.ptr[0], b = (unsigned char)s.ptr[1];
    return (a & 0x0F) == 8 && (a << 8 | b) % 31 == 0;
}

/* Puts on top of *s what undoes one coding; what is plainly not so coded stays. */
static cd_status undo(cd_stream **s, cd_span coding, cd_error *err)
{
    cd_stream *top = NULL;
    cd_span    seen;
    CD_TRY(cd_stream_peek(*s, CD_SNIFF_BYTES, &seen));
    if (seen.len == 0 || coding.len == 0 || cd_span_is_nocase(coding, CD_SPAN("identity"))) return CD_OK;
    if (cd_span_starts(cd_span_trim(seen), CD_SPAN("<"))) return CD_OK;
    cd_packing packing = cd_sniff(seen);
    if (packing == CD_GZIPPED) CD_TRY(cd_inflate(*s, CD_GZIP_ALONE, &top));
    else if (packing == CD_PACKED) CD_TRY(cd_unpack(*s, &top));
    else if (cd_span_is_nocase(coding, CD_SPAN("deflate"))) CD_TRY(cd_inflate(*s, has_zlib_header(seen) ? CD_ZLIB : CD_BARE, &top));
    else if (cd_span_is_nocase(coding, CD_SPAN("gzip")) || cd_span_is_nocase(coding, CD_SPAN("x-gzip"))) return CD_OK;
    else return cd_fail(err, CD_EINPUT, "the HTTP body is packed as '%.*s', which is not known", (int)(coding.len > 40 ? 40 : coding.len), coding.ptr);
    *s = top;
    return CD_OK;
}

/* Codings were put on in the order in which they stand, so they are undone from the last. */
static cd_status undo_all(cd_stream **s, cd_span codings, cd_error *err)
{
    for (size_t end = codings.len, i = 0; end > 0 && i < 4; i++) {
        size_t at = end;
        while (at > 0 && codings.ptr[at - 1] != ',') at--;
        CD_TRY(undo(s, cd_span_trim(cd_span_sub(codings, at, end)), err));
        end = at ? at - 1 : 0;
    }
    return CD_OK;
}

/* Unpacks `body`, which is moved, into `bytes`. */
static cd_status unpack(cd_buf *body, cd_span codings, size_t limit, cd_buf *bytes, cd_error *err)
{
    cd_stream *s;
    CD_TRY(cd_stream_of_bytes(body, &s));
    cd_status st = undo_all(&s, codings, err);
    if (st == CD_OK) st = cd_stream_read(s, limit, bytes);
    if (st == CD_OK && s->reason) st = cd_fail(err, CD_EINPUT, "the HTTP body cannot be unpacked: %s", s->why);
    cd_stream_close(s);
    return st;
}

static bool names(cd_span list, cd_span word)
{
    for (size_t i = 0; i + word.len <= list.len; i++)
        if (cd_span_is_nocase(cd_span_sub(list, i, i + word.len), word)) return true;
    return false;
}

cd_status cd_http_body(const cd_http *http, size_t limit, cd_buf *bytes, cd_error *err)
{
    cd_buf  body = {0};
    cd_span codings = cd_header(http->head, CD_SPAN("Content-Encoding"));
    bool    chunked = names(cd_header(http->head, CD_SPAN("Transfer-Encoding")), CD_SPAN("chunked"));
    if (!chunked && codings.len == 0) return http->body.len > limit ? CD_ELIMIT : cd_buf_add(bytes, http->body);
    cd_status st = chunked ? join_chunks(http->body, &body, err) : cd_buf_add(&body, http->body);
    if (st == CD_OK) st = unpack(&body, codings, limit, bytes, err);
    cd_buf_free(&body);
    return st;
}

/* --- encoding ---------------------------------------------------------------------------------------------------------- */

/* Whether the bytes are UTF-8 with more than ASCII in it. Servers state ISO-8859-1 by default, and it is seldom true; text in another
 * encoding next to never passes for UTF-8. */
static bool is_utf8(cd_span bytes)
{
    bool any = false;
    for (size_t i = 0; i < bytes.len;) {
        cd_rune rune;
        i += cd_utf8_strict(bytes.ptr + i, bytes.len - i, &rune);
        if (rune == CD_RUNE_BAD) return false;
        any |= rune >= 0x80;
    }
    return any;
}

cd_status cd_http_encoding(cd_span content_type, cd_span body, cd_buf *encoding)
{
    cd_span charset = cd_media_charset(content_type);
    return charset.len == 0 || is_utf8(body) ? CD_OK : cd_buf_add(encoding, charset);
}

/* --- files that begin with headers ------------------------------------------------------------------------------------- */

/* Answers in a row: the redirects before the page. */
enum { ANSWERS = 10 };

/* Whether all lines up to the empty one are "Name: value": then nobody wrote them for a reader. */
static bool is_all_headers(cd_span head)
{
    cd_span line;
    size_t  n = 0;
    for (; cd_span_line(&head, &line); n++) {
        const char *colon = memchr(line.ptr, ':', line.len), *blank = memchr(line.ptr, ' ', line.len);
        if (cd_span_is_blank(line)) break;
        if (!colon || (blank && blank < colon)) return false;
    }
    return n > 0;
}

static cd_status unwrap_one(cd_item *item, const cd_http *http)
{
    cd_error  err = {0};
    cd_buf    body = {0};
    cd_status st = cd_http_body(http, CD_LIMIT_PAGE_BYTES, &body, &err);
    cd_span   content_type = cd_header(http->head, CD_SPAN("Content-Type"));
    if (st == CD_OK && !item->encoding.len) st = cd_http_encoding(content_type, cd_buf_span(&body), &item->encoding);
    if (st == CD_OK) {
        cd_buf_clear(&item->bytes, 0);
        st = cd_buf_add(&item->bytes, cd_buf_span(&body));
    }
    cd_buf_free(&body);
    return st == CD_EINPUT ? cd_item_without(item, "bad_http", err.text) : st == CD_ELIMIT ? cd_item_too_large(item, -1) : st;
}

cd_status cd_http_unwrap(cd_item *item)
{
    for (int i = 0; i < ANSWERS && !item->reason; i++) {
        cd_http http;
        cd_span bytes = cd_buf_span(&item->bytes), front = cd_span_sub(bytes, 0, bytes.len < CD_LIMIT_HEAD_BYTES ? bytes.len : CD_LIMIT_HEAD_BYTES);
        if (!cd_span_starts(bytes, CD_SPAN("HTTP/")) || !cd_header_end(front) || !cd_http_read(bytes, &http) || !is_all_headers(http.head)) return CD_OK;
        CD_TRY(unwrap_one(item, &http));
    }
    return CD_OK;
}
