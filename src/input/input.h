/* input.h -- files, standard input, lists and folders -> items, one page each, in the order given. Reads base/ only. */
#ifndef CD_INPUT_INPUT_H
#define CD_INPUT_INPUT_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"
#include "copydesk.h"

/* One page's bytes as they come from outside. Where they could not be had, `failure` is why (a sentence) and `reason` the record's
 * reason ("unreadable", "too_large", ...); `bytes` is then empty. */
typedef struct cd_item {
    cd_buf      name;    /* the path as given, "-" for standard input */
    cd_buf      bytes;
    long long   record;  /* number inside a container, -1: none */
    const char *reason;  /* NULL: the bytes are there */
    char        failure[512];
    /* What a container says of the page; empty where it says nothing. */
    cd_buf      url;
    cd_buf      encoding; /* an iconv name */
    cd_buf      now;      /* when it was fetched, ISO 8601 */
    cd_format   format;
} cd_item;

/* What to read: paths in the order given, lists of paths among them. */
typedef enum cd_given_kind { CD_SOURCE_PATH, CD_SOURCE_LINES, CD_SOURCE_NULS } cd_given_kind;

typedef struct cd_given {
    cd_given_kind kind; /* a path (file, folder, "-"), a list of paths a line each, or apart by NUL */
    const char   *path;
} cd_given;

typedef struct cd_source cd_source;

CD_MUST_USE cd_status cd_source_open(const cd_given *given, size_t n, cd_source **source, cd_error *err);
void                  cd_source_close(cd_source *source); /* NULL is fine */

/* Gives the next page of `source` into `item`, whose buffers are reused; CD_END after the last one. A file that cannot be read is an
 * item with a reason, not a failure. A read that a signal interrupts is not begun again: whoever catches signals throws that item away.
 * A folder without files, or a list that cannot be read, is an item with reason "unreadable", too. */
CD_MUST_USE cd_status cd_source_next(cd_source *source, cd_item *item, cd_error *err);

void cd_item_free(cd_item *item);

/* How many files cd_source_next() would read, found without reading any: for showing how far a run is, so an estimate will do. 0: not known,
 * as where standard input or a pipe says what is to be read. */
size_t cd_source_count(const cd_given *given, size_t n);

#endif
