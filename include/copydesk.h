/* copydesk.h -- the one public header of libcopydesk.
 *
 * copydesk turns the raw text of a scraped news page into one clean record: headline, date, byline, body and the
 * other keys of data/record.schema.json. A program that embeds it does four things:
 *
 *     cd_desk   *desk;   cd_desk_open(NULL, &desk, &err);           once: rules and tables are compiled
 *     cd_reader *reader; cd_reader_open(desk, &reader, &err);       once a thread
 *     cd_reader_json(reader, &input, 0, &json, &err);               once a page: the record as one line of JSON
 *     cd_reader_close(reader); cd_desk_close(desk);
 *
 * Threads: a cd_desk is read-only after cd_desk_open() and may be shared by any number of threads. A cd_reader belongs to
 * one thread at a time. The library never prints, never exits, reads no clock, no locale and no environment, and keeps no
 * globals: the same input, rules and options give the same bytes everywhere.
 *
 * Errors: what can fail returns a cd_status, CD_OK (0) on success. Every other status leaves a sentence in `err`.
 */
#ifndef COPYDESK_H
#define COPYDESK_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define CD_VERSION "0.1.0"
#define CD_SCHEMA "copydesk/1"
#define CD_EXPLAIN_SCHEMA "copydesk-explain/1"

#if defined(__GNUC__)
#define CD_MUST_USE __attribute__((warn_unused_result))
#else
#define CD_MUST_USE
#endif

/* What a call came to. Names are stable; numbers above CD_END may grow. */
typedef enum cd_status {
    CD_OK = 0,
    CD_END,    /* nothing more to give: not an error */
    CD_ENOMEM, /* memory could not be had */
    CD_EINPUT, /* an input cannot be opened or read, or is not what it must be */
    CD_ELIMIT, /* a limit of base/limits.h was passed */
    CD_ERULES, /* a rule file cannot be read or compiled */
    CD_EUSAGE, /* an option or argument is wrong */
    CD_EWRITE  /* output could not be written */
} cd_status;

/* Why a call failed: one sentence without the program's name and without a line feed; `text` is always NUL-ended.
 * `reason` is the record's `reason` where the failure belongs to one page ("too_large", ...), else NULL; it is a
 * literal that lives as long as the program. */
typedef struct cd_error {
    cd_status   status;
    const char *reason;
    char        text[1000];
} cd_error;

/* How a desk is opened. Zero-initialise it, then set what you need; all strings are copied. */
typedef struct cd_desk_options {
    const char *const *rules;      /* files or folders of further rules, each before the built-in ones */
    size_t             nrules;
    const char *const *off;        /* names of rules that shall not be used */
    size_t             noff;
    int                no_default; /* nonzero: without the built-in rules */
    const char        *now;        /* the instant against which "21 hours ago" is read (ISO 8601), or NULL */
    const char        *model;      /* a model file in place of the built-in one; "none": rules and position alone; or NULL */
    size_t             max_page_bytes; /* larger pages are `too_large`; 0: the library's own limit, which none may pass */
    uint64_t           page_steps; /* work that one page may take before it is `too_much_work`, in steps (README, "Guards"); 0: any */
} cd_desk_options;

/* What a page's bytes are. */
typedef enum cd_format {
    CD_FORMAT_AUTO, /* told from the bytes */
    CD_FORMAT_TEXT,
    CD_FORMAT_HTML
} cd_format;

/* One page as it comes from outside. `bytes` need not be NUL-ended and must live until the call that reads it returns. */
typedef struct cd_input {
    const char *name;     /* what the record shows as `input`; NUL-ended */
    const char *bytes;
    size_t      size;     /* in bytes */
    long long   record;   /* number inside a container from 0, or -1: none */
    const char *url;      /* the page's address, or NULL */
    const char *encoding; /* its character encoding (an iconv name) if it is known, or NULL: detected */
    const char *failure;  /* NULL, or why there are no bytes: the record says `error` and this message goes to stderr */
    const char *reason;   /* with `failure`: the record's `reason`. Without: there is no page to read, and the record says `empty` for this reason */
    cd_format   format;   /* CD_FORMAT_AUTO: told from the bytes */
    const char *now;      /* when the page was fetched (ISO 8601), against which its relative dates are read where the desk has no `now`; or NULL */
    const char *id;       /* valid JSON that the record repeats as `id`, or NULL: it has no such key */
    const char *kept;     /* the same as `kept`, an object */
} cd_input;

/* Record states, in the order of the schema. */
typedef enum cd_state { CD_STATE_OK, CD_STATE_PARTIAL, CD_STATE_EMPTY, CD_STATE_ERROR } cd_state;

typedef struct cd_desk   cd_desk;
typedef struct cd_reader cd_reader;

/* Text that the library gives back: `size` bytes at `text`, NUL-ended, owned by the reader and valid until its next
 * call. `state` is the record's status. `warnings` (a NUL-ended text, a problem a line) is "" when there are none. */
typedef struct cd_text {
    const char *text;
    size_t      size;
    cd_state    state;
    const char *warnings;
} cd_text;

enum {
    CD_PRETTY = 1, /* cd_reader_json(): one key a line, two spaces in front */
    CD_COLOR = 2,  /* cd_reader_explain(): with the colours of a terminal */
    CD_EXPLAIN_JSON = 256,      /* cd_reader_explain(): one JSON object (data/explain.schema.json), a line unless CD_PRETTY */
    CD_EXPLAIN_HTML = 512,      /* cd_reader_explain(): a self-contained HTML page */
    CD_EXPLAIN_HTML_PART = 1024, /* the same without the page's begin and end: one <section>, to be put into a page of several */
    CD_COLUMNS_SHIFT = 16       /* cd_reader_explain(): as text, wrapped at (flags >> 16) columns; 0: 116 */
};

/* Flags for a width of so many columns. */
#define CD_EXPLAIN_COLUMNS(columns) ((unsigned)(columns) << CD_COLUMNS_SHIFT)

/* The version of the library that runs, as opposed to CD_VERSION, the one compiled against. */
const char *cd_version(void);

/* Compiles rules and tables into *desk, which the caller closes. `options` may be NULL. CD_ERULES: a rule file is wrong,
 * and `err` says where; CD_EINPUT: the model file is; CD_EUSAGE: `now` or a name in `off` is not understood. */
CD_MUST_USE cd_status cd_desk_open(const cd_desk_options *options, cd_desk **desk, cd_error *err);
void                  cd_desk_close(cd_desk *desk); /* NULL is fine; close its readers first */

/* A reader for one thread, which the caller closes; `desk` must outlive it. */
CD_MUST_USE cd_status cd_reader_open(const cd_desk *desk, cd_reader **reader, cd_error *err);
void                  cd_reader_close(cd_reader *reader); /* NULL is fine */

/* The record of one page as JSON, ended by a line feed. A page that cannot be read gives a record with status `error`
 * and CD_OK; only want of memory (CD_ENOMEM) gives none. */
CD_MUST_USE cd_status cd_reader_json(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *json, cd_error *err);

/* The same page as a person reads it: every block with its lines, its role and what decided, kept and removed alike. */
CD_MUST_USE cd_status cd_reader_explain(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *text, cd_error *err);

/* What the model sees of the same page, for training: a line for the page, then one for each block (README, "Accuracy"). */
CD_MUST_USE cd_status cd_reader_features(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err);

/* The same page as plain text: every block on a line, kept and removed alike; what a page of text with these words would be. */
CD_MUST_USE cd_status cd_reader_plain(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err);

#ifdef __cplusplus
}
#endif
#endif
