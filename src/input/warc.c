/* warc.c -- WARC/0.17 to 1.1, as Common Crawl, wget, Heritrix and browsers' crawlers write it. In: a stream, already unpacked. Out: a page
 * for each record that holds one.
 *
 * `response`: the HTTP body; a status other than 200 is an empty page with reason "http_status". `resource`, `conversion` (Common Crawl's WET
 * text): the content itself. A page is HTML, XHTML, plain text, or of no stated type; images, scripts and the like are passed over, as are
 * warcinfo, request, metadata, revisit and continuation. The address is the target URI, and the date the instant against which relative dates
 * are read. libarchive's own reader shows neither headers nor types. */
#include "input/warc.h"

#include "base/limits.h"
#include "input/http.h"
#include "input/keep.h"
#include "input/rawjson.h"

#include <stdio.h>
#include <stdlib.h>

struct cd_warc {
    cd_stream              *under;
    const cd_input_options *options;
    cd_buf                  head, content; /* of the record at hand */
    unsigned long long      number;
    char                    why[256];
};

/* What content buffers keep for the next record. */
static const size_t KEPT_BYTES = (size_t)1024 * 1024;

cd_status cd_warc_open(cd_stream *under, const cd_input_options *options, cd_warc **warc)
{
    cd_warc *w = calloc(1, sizeof *w);
    if (!w) return CD_ENOMEM;
    w->under = under;
    w->options = options;
    *warc = w;
    return CD_OK;
}

void cd_warc_close(cd_warc *w)
{
    if (!w) return;
    cd_buf_free(&w->head);
    cd_buf_free(&w->content);
    free(w);
}

/* --- records ----------------------------------------------------------------------------------------------------------- */

/* What a record's head says of its content. */
typedef struct record {
    cd_span            type, content_type;
    unsigned long long size;
} record;

static cd_status broken(cd_warc *w, const char *what)
{
    (void)snprintf(w->why, sizeof w->why, "the WARC file is damaged behind record %llu: %s", w->number, what);
    return CD_EINPUT;
}

static bool read_size(cd_span text, unsigned long long *size)
{
    *size = 0;
    if (text.len == 0 || text.len > 18) return false;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        *size = *size * 10 + (unsigned)(text.ptr[i] - '0');
    }
    return true;
}

/* Uses the line ends that stand between records. */
static cd_status pass_blanks(cd_warc *w, cd_span *seen)
{
    for (;;) {
        size_t n = 0;
        CD_TRY(cd_stream_peek(w->under, 1, seen));
        while (n < seen->len && (seen->ptr[n] == '\r' || seen->ptr[n] == '\n')) n++;
        cd_stream_skip(w->under, n);
        if (n < seen->len || seen->len == 0) {
            *seen = cd_span_sub(*seen, n, seen->len);
            return CD_OK;
        }
    }
}

/* Looks ahead until the head's empty line is seen; *end is where it ends, 0: there is none. */
static cd_status see_head(cd_warc *w, cd_span *seen, size_t *end)
{
    size_t want = 1;
    for (;;) {
        CD_TRY(cd_stream_peek(w->under, want, seen));
        cd_span head = *seen;
        if (head.len > CD_LIMIT_HEAD_BYTES) head.len = CD_LIMIT_HEAD_BYTES;
        *end = cd_header_end(head);
        if (*end || seen->len < want || head.len < seen->len) return CD_OK;
        want = seen->len * 2;
    }
}

/* Takes the head of the next record. CD_END: there is none; CD_EINPUT: what is there is no record. */
static cd_status take_head(cd_warc *w, record *r)
{
    cd_span seen;
    size_t  end;
    CD_TRY(pass_blanks(w, &seen));
    if (seen.len == 0) return CD_END;
    CD_TRY(see_head(w, &seen, &end));
    if (w->under->reason && end == 0) return CD_END; /* the stream's own words are better */
    if (!cd_span_starts(seen, CD_SPAN("WARC/"))) return broken(w, "no record begins there");
    if (end == 0) return broken(w, "the head of a record has no end");
    cd_buf_clear(&w->head, KEPT_BYTES);
    CD_TRY(cd_buf_add(&w->head, cd_span_sub(seen, 0, end)));
    cd_stream_skip(w->under, end);
    cd_span head = cd_buf_span(&w->head);
    w->number++;
    r->type = cd_header(head, CD_SPAN("WARC-Type"));
    r->content_type = cd_header(head, CD_SPAN("Content-Type"));
    return read_size(cd_header(head, CD_SPAN("Content-Length")), &r->size) ? CD_OK : broken(w, "a record states no length");
}

/* Whether content of that type may be a page. */
static bool is_page_type(cd_span content_type)
{
    static const cd_span pages[] = {CD_SPAN("text/html"), CD_SPAN("application/xhtml+xml"), CD_SPAN("text/plain")};
    cd_span type = cd_media_type(content_type);
    if (type.len == 0) return true;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        if (cd_span_is_nocase(type, pages[i])) return true;
    return false;
}

static bool is_response(const record *r) { return cd_span_is_nocase(r->type, CD_SPAN("response")); }

static bool may_hold_page(const record *r)
{
    if (is_response(r)) return r->content_type.len == 0 || cd_span_is_nocase(cd_media_type(r->content_type), CD_SPAN("application/http"));
    if (!cd_span_is_nocase(r->type, CD_SPAN("resource")) && !cd_span_is_nocase(r->type, CD_SPAN("conversion"))) return false;
    return is_page_type(r->content_type);
}

/* --- pages ------------------------------------------------------------------------------------------------------------- */

static bool lookup(const void *from, cd_span key, cd_buf *value, cd_status *st)
{
    const cd_warc *w = from;
    cd_span        found = cd_header(cd_buf_span(&w->head), key);
    if (!found.ptr) return false;
    *st = cd_json_string(value, found);
    return true;
}

/* What the record's head says of the page. WARC/1.0 printed some addresses in angle brackets. */
static cd_status set_origin(const cd_warc *w, cd_item *item)
{
    cd_span head = cd_buf_span(&w->head), uri = cd_header(head, CD_SPAN("WARC-Target-URI"));
    if (uri.len > 2 && uri.ptr[0] == '<' && uri.ptr[uri.len - 1] == '>') uri = cd_span_sub(uri, 1, uri.len - 1);
    CD_TRY(cd_buf_add(&item->url, uri));
    CD_TRY(cd_buf_add(&item->now, cd_header(head, CD_SPAN("WARC-Date"))));
    return cd_keep(item, w->options, lookup, w);
}

/* The page in an HTTP response. CD_END: it is none, or no page. */
static cd_status take_response(cd_warc *w, cd_item *item)
{
    cd_http  http;
    cd_error err = {0};
    if (!cd_http_read(cd_buf_span(&w->content), &http)) {
        CD_TRY(set_origin(w, item));
        return cd_item_without(item, "bad_http", "the response is no HTTP message");
    }
    cd_span content_type = cd_header(http.head, CD_SPAN("Content-Type"));
    if (!is_page_type(content_type)) return CD_END;
    CD_TRY(set_origin(w, item));
    if (http.status != 200) return cd_item_without(item, "http_status", "");
    cd_status st = cd_http_body(&http, CD_LIMIT_PAGE_BYTES, &item->bytes, &err);
    if (st == CD_EINPUT) return cd_item_without(item, "bad_http", err.text);
    if (st == CD_ELIMIT) return cd_item_too_large(item, -1);
    return st == CD_OK ? cd_http_encoding(content_type, cd_buf_span(&item->bytes), &item->encoding) : st;
}

/* The page that is the content itself. Text that a crawler has made of a page is text, even where it looks like HTML. */
static cd_status take_content(cd_warc *w, const record *r, cd_item *item)
{
    CD_TRY(set_origin(w, item));
    if (cd_span_is_nocase(r->type, CD_SPAN("conversion")) && cd_span_is_nocase(cd_media_type(r->content_type), CD_SPAN("text/plain")))
        item->format = CD_FORMAT_TEXT;
    CD_TRY(cd_buf_add(&item->bytes, cd_buf_span(&w->content)));
    return cd_http_encoding(r->content_type, cd_buf_span(&item->bytes), &item->encoding);
}

/* Reads the content of a record that may hold a page. CD_ELIMIT: it is too large, and is used up; CD_END: it breaks off. */
static cd_status read_content(cd_warc *w, const record *r)
{
    unsigned long long skipped;
    cd_span            seen;
    cd_buf_clear(&w->content, KEPT_BYTES);
    if (r->size > CD_LIMIT_PAGE_BYTES + CD_LIMIT_HEAD_BYTES) {
        CD_TRY(cd_stream_pass(w->under, r->size, &skipped));
        return skipped < r->size ? CD_END : CD_ELIMIT;
    }
    for (size_t left = (size_t)r->size; left > 0;) {
        CD_TRY(cd_stream_peek(w->under, 1, &seen));
        if (seen.len == 0) return CD_END;
        if (seen.len > left) seen.len = left;
        CD_TRY(cd_buf_add(&w->content, seen));
        cd_stream_skip(w->under, seen.len);
        left -= seen.len;
    }
    return CD_OK;
}

/* One record. CD_OK: the item is filled; CD_EINPUT: the file goes no further; CD_END: no page. */
static cd_status take_record(cd_warc *w, const record *r, cd_item *item)
{
    unsigned long long skipped;
    bool               wanted = may_hold_page(r);
    cd_status          st = wanted ? read_content(w, r) : cd_stream_pass(w->under, r->size, &skipped);
    if (st == CD_END || (!wanted && st == CD_OK && skipped < r->size)) return broken(w, "it is cut off in that record");
    if (st == CD_ELIMIT) {
        CD_TRY(set_origin(w, item));
        return cd_item_too_large(item, (long long)r->size);
    }
    if (st != CD_OK) return st;
    if (!wanted) return CD_END;
    return is_response(r) ? take_response(w, item) : take_content(w, r, item);
}

cd_status cd_warc_next(cd_warc *w, cd_item *item, unsigned long long *number, const char **why)
{
    *why = NULL;
    for (;;) {
        record    r;
        cd_status st = take_head(w, &r);
        if (st == CD_END) return CD_END;
        if (st == CD_OK) st = take_record(w, &r, item);
        *number = w->number;
        if (st == CD_END) continue;
        if (st != CD_EINPUT) return st;
        *why = w->why;
        return CD_END;
    }
}
