/* input.h -- files, standard input, lists, folders, and the containers that are found there -> items, one page each, in the order
 * given. Reads base/ only. */
#ifndef CD_INPUT_INPUT_H
#define CD_INPUT_INPUT_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"
#include "copydesk.h"

/* One page's bytes as they come from outside. Where they could not be had, `failure` is why (a sentence) and `reason` the record's
 * reason ("unreadable", "too_large", ...); `bytes` is then empty. Where there is a reason and no failure there is nothing to be read and
 * nothing went wrong: the page is "empty" for that reason. */
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
    cd_buf      id;       /* what the container calls it, where asked for: a value of JSON */
    cd_buf      kept;     /* what was asked to be passed through: an object of JSON */
    const cd_buf *member; /* its path in the archive that is being read, or NULL */
    cd_buf      label;    /* what messages call it ("dump.tar: a/b.txt"); empty: its name */
} cd_item;

/* What inputs are. The list feeds the enum, the command line and its messages. */
#define CD_INPUT_FORMATS(X)                                                                                            \
    X(AUTO, "auto")   /* everything is told from the bytes */                                                          \
    X(TEXT, "text")   /* pages of text, whatever they are packed in */                                                 \
    X(HTML, "html")   /* pages of HTML, whatever they are packed in */                                                 \
    X(JSONL, "jsonl") /* JSON Lines, packed or not */                                                                  \
    X(WARC, "warc")   /* WARC, packed or not */

typedef enum cd_input_format {
#define X(name, text) CD_INPUT_##name,
    CD_INPUT_FORMATS(X)
#undef X
} cd_input_format;

/* A file or folder by what it is, whatever its name. */
typedef struct cd_file_id {
    uint64_t device, number;
} cd_file_id;

/* Files that a run writes: each output, the part that it is written in, and what stood there before. */
enum { CD_OWN_FILES = 16 };

/* How inputs are read; zero-initialised is the default. Keys of JSON Lines may be dotted paths ("page.html"); NULL: the usual names.
 * Strings must live as long as the source. */
typedef struct cd_input_options {
    cd_input_format    format;
    const char        *text_key, *html_key, *url_key, *time_key;
    const char        *id_key; /* NULL: no id is given */
    const char *const *keep;   /* what is passed through: keys of JSON Lines, headers of WARC records, "path" of an archive's member */
    size_t             nkeep;
    cd_file_id         own[CD_OWN_FILES]; /* what the run writes: passed over below folders, and never read */
    size_t             nown;
} cd_input_options;

/* What to read: paths in the order given, lists of paths among them. */
typedef enum cd_given_kind { CD_SOURCE_PATH, CD_SOURCE_LINES, CD_SOURCE_NULS } cd_given_kind;

typedef struct cd_given {
    cd_given_kind kind; /* a path (file, folder, "-"), a list of paths a line each, or apart by NUL */
    const char   *path;
} cd_given;

typedef struct cd_source cd_source;

/* `options` may be NULL; it is copied. */
CD_MUST_USE cd_status cd_source_open(const cd_given *given, size_t n, const cd_input_options *options, cd_source **source, cd_error *err);
void                  cd_source_close(cd_source *source); /* NULL is fine */

/* Gives the next page of `source` into `item`, whose buffers are reused; CD_END after the last one. A file that cannot be read is an
 * item with a reason, not a failure. A read that a signal interrupts is not begun again: whoever catches signals throws that item away.
 * A folder without files, or a list that cannot be read, is an item with reason "unreadable", too.
 * A container gives an item for each of its pages, numbered from 0, and where it is damaged one more that says so. */
CD_MUST_USE cd_status cd_source_next(cd_source *source, cd_item *item, cd_error *err);

/* Whether the next item would have to be waited for: it is a line of JSON that comes through a pipe, and nothing comes in this time. Other
 * inputs are not asked. So a program that writes a line and then reads its record waits for no more lines than its own. */
bool cd_source_waits(const cd_source *source, int milliseconds);

void cd_item_free(cd_item *item);

/* How many files cd_source_next() would read from the beginning on, found without reading any: for showing how far a run is, so an estimate
 * will do. 0: not known, as where standard input or a pipe says what is to be read. */
size_t cd_source_count(const cd_source *source);

#endif
