/* http.h -- inside input/: an HTTP response as a WARC record holds it, or a file. */
#ifndef CD_INPUT_HTTP_H
#define CD_INPUT_HTTP_H

#include "base/buf.h"
#include "base/status.h"
#include "input/input.h"

/* The value of the header `name` in `head` (header lines, CRLF or LF), trimmed; ptr NULL where there is none. Case does not count. */
cd_span cd_header(cd_span head, cd_span name);

/* Where header lines end and the body begins: behind the first empty line; 0: there is none in `bytes`. */
size_t cd_header_end(cd_span bytes);

/* "text/html" of "text/html; charset=utf-8", as it stands. */
cd_span cd_media_type(cd_span content_type);

/* The value of its charset without quotes; len 0 where there is none. */
cd_span cd_media_charset(cd_span content_type);

/* What a response says of itself; spans into the message. */
typedef struct cd_http {
    int     status; /* 200 */
    cd_span head;   /* its header lines */
    cd_span body;   /* as it was sent */
} cd_http;

/* Takes a message apart; false: it is no HTTP response. */
bool cd_http_read(cd_span message, cd_http *http);

/* Appends the body, chunks joined and unpacked, to `bytes`. A crawler may have undone either and left the header: a body that is plainly
 * not chunked or not packed is taken as it is. CD_EINPUT with `err`: it is damaged, or packed in a way that is not known; CD_ELIMIT: it is
 * larger than `limit`; CD_ENOMEM. */
CD_MUST_USE cd_status cd_http_body(const cd_http *http, size_t limit, cd_buf *bytes, cd_error *err);

/* Adds the charset that `content_type` states for `body`, unless the body is plainly UTF-8, to `encoding`. */
CD_MUST_USE cd_status cd_http_encoding(cd_span content_type, cd_span body, cd_buf *encoding);

/* An item that begins with the headers of an HTTP response (as `curl -i` prints them) becomes its body. CD_ENOMEM is the only failure: a body
 * that is damaged is an item without bytes. */
CD_MUST_USE cd_status cd_http_unwrap(cd_item *item);

#endif
