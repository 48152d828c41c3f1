/* copydesk.h -- the one public header of libcopydesk.
 *
 * copydesk turns the raw text of a scraped news page into one clean record: headline, date, byline, body and the
 * other keys of data/record.schema.json. A program that embeds it does four things:
 *
 *     cd_desk   *desk;   cd_desk_open(NULL, &desk, &err);           once: rules and tables are compiled
 *     cd_reader *reader; cd_reader_open(desk, &reader, &err);       once a thread
 *     cd_reader_json(reader, &input, 0, &json, &err);               once a page: the record as one line of JSON,
 *     cd_reader_read(reader, &input, &err);                         or its fields one by one: cd_reader_field() and its kin
 *     cd_reader_close(reader); cd_desk_close(desk);
 *
 * Threads: after cd_desk_open() a cd_desk may be shared by any number of threads without a lock of theirs; what it still makes when
 * it is first needed (patterns, rule files of a host) it guards itself. A cd_reader, and what it gives, belongs to one thread at a
 * time. The library never prints, never exits, reads no clock, no locale and no environment, and keeps no globals: the same
 * input, rules and options give the same bytes everywhere.
 *
 * Stability: what stands here stays. Names and the meaning of keys do not change within a version 1 of CD_SCHEMA; structs and
 * lists may grow at their ends, for which a caller that zero-initialises them is ready. The shared library's number changes when
 * a program would have to be compiled anew.
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

/* What the shared library shows; all else is hidden. */
#if defined(__GNUC__)
#define CD_API __attribute__((visibility("default")))
#else
#define CD_API
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

/* What the record's body is written in. */
typedef enum cd_body_format {
    CD_BODY_TEXT,    /* paragraphs apart by a blank line */
    CD_BODY_MARKDOWN /* CommonMark with GitHub's tables: headings, lists, quotes, code and tables as the page has them */
} cd_body_format;

/* How a desk is opened. Zero-initialise it, then set what you need; all strings are copied. */
typedef struct cd_desk_options {
    const char *const *rules;      /* files or folders of further rules, each before the built-in ones */
    size_t             nrules;
    const char *const *off;        /* names of rules that shall not be used */
    size_t             noff;
    int                no_default; /* nonzero: without the built-in rules */
    const char        *now;        /* the instant against which "21 hours ago" is read (ISO 8601), or NULL */
    const char        *model;      /* a model file in place of the built-in one of its kind, for text or for HTML; "none": rules and position alone; or NULL */
    const char        *home;       /* a folder of the user's own rules, as `rules`, but it may be missing or empty; or NULL */
    size_t             max_page_bytes; /* larger pages are `too_large`; 0: the library's own limit, which none may pass */
    uint64_t           page_steps; /* work that one page may take before it is `too_much_work`, in steps (README, "Guards"); 0: any */
    cd_body_format body_format;    /* of the record's `body`; `words` counts the words of the text in either */
    int                body_links; /* nonzero: with the targets of its links, in CD_BODY_MARKDOWN */
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
CD_API const char *cd_version(void);

/* Compiles rules and tables into *desk, which the caller closes. `options` may be NULL. CD_ERULES: a rule file is wrong,
 * and `err` says where; CD_EINPUT: the model file is; CD_EUSAGE: `now` or a name in `off` is not understood. */
CD_API CD_MUST_USE cd_status cd_desk_open(const cd_desk_options *options, cd_desk **desk, cd_error *err);
CD_API void                  cd_desk_close(cd_desk *desk); /* NULL is fine; close its readers first */

/* A reader for one thread, which the caller closes; `desk` must outlive it. */
CD_API CD_MUST_USE cd_status cd_reader_open(const cd_desk *desk, cd_reader **reader, cd_error *err);
CD_API void                  cd_reader_close(cd_reader *reader); /* NULL is fine */

/* The record of one page as JSON, ended by a line feed. A page that cannot be read gives a record with status `error`
 * and CD_OK; only want of memory (CD_ENOMEM) gives none. */
CD_API CD_MUST_USE cd_status cd_reader_json(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *json, cd_error *err);

/* The same page as a person reads it: every block with its lines, its role and what decided, kept and removed alike. */
CD_API CD_MUST_USE cd_status cd_reader_explain(cd_reader *reader, const cd_input *input, unsigned flags, cd_text *text, cd_error *err);

/* What the model sees of the same page, for training: a line for the page, then one for each block (README, "Accuracy"). */
CD_API CD_MUST_USE cd_status cd_reader_features(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err);

/* The keys of the record, as in data/record.schema.json. TEXT: one text or none; LIST: any number of texts; NUMBER: a number.
 * CREDITS go with CAPTIONS: as many, and none where the picture has none. REMOVED are the families of blocks that were left out,
 * each with the number of its blocks. */
#define CD_KEYS(X)                                                                                                     \
    X(STATUS, "status", TEXT)                                                                                          \
    X(REASON, "reason", TEXT)                                                                                          \
    X(URL, "url", TEXT)                                                                                                \
    X(HEADLINE, "headline", TEXT)                                                                                      \
    X(STANDFIRST, "standfirst", TEXT)                                                                                  \
    X(DATE, "date", TEXT)                                                                                              \
    X(DATE_TEXT, "date_text", TEXT)                                                                                    \
    X(MODIFIED, "modified", TEXT)                                                                                      \
    X(BYLINE, "byline", TEXT)                                                                                          \
    X(AUTHORS, "authors", LIST)                                                                                        \
    X(DATELINE, "dateline", TEXT)                                                                                      \
    X(SOURCE, "source", TEXT)                                                                                          \
    X(SECTION, "section", TEXT)                                                                                        \
    X(FREE_TO_READ, "free_to_read", NUMBER)                                                                            \
    X(TAGS, "tags", LIST)                                                                                              \
    X(LANGUAGE, "language", TEXT)                                                                                      \
    X(BODY, "body", TEXT)                                                                                              \
    X(IMAGE, "image", TEXT)                                                                                            \
    X(CAPTIONS, "captions", LIST)                                                                                      \
    X(CREDITS, "credits", LIST)                                                                                        \
    X(NOTES, "notes", LIST)                                                                                            \
    X(WORDS, "words", NUMBER)                                                                                          \
    X(CONFIDENCE, "confidence", NUMBER)                                                                                \
    X(REMOVED, "removed", LIST)

typedef enum cd_key {
#define X(name, text, kind) CD_KEY_##name,
    CD_KEYS(X)
#undef X
        CD_KEY_COUNT
} cd_key;

/* The key's name, a literal; NULL for a number that is none. */
CD_API const char *cd_key_name(cd_key key);

/* Text of a page: `size` bytes, NUL-ended, valid until the reader's next page. `text` NULL: the page does not state it. */
typedef struct cd_value {
    const char *text;
    size_t      size;
} cd_value;

/* Why a field is what it is. Literals and texts that live as long as the desk, but for `key` and `path`. */
typedef struct cd_why {
    const char *rule;   /* the name of the rule that found or fixed it, or NULL: it was chosen by place and words */
    const char *reason; /* the rule's own `why`, or what spoke for the block; or NULL */
    size_t      line, line_to; /* lines of the input from 1; 0: it is of no one line, or the input is HTML */
    const char *origin; /* where the page states it outside its text: "json-ld", "open-graph", "meta", ... (`stated` in
                           data/explain.schema.json), or NULL: it was read from the text */
    const char *key;    /* the name that it has there, "datePublished"; lives until the reader's next page; NULL without `origin` */
    const char *path;   /* of HTML: the way to the element that it stands in, "/body/main/h1[1]"; lives until the reader's next page; NULL: the
                           input is text, or it was stated outside its text */
} cd_why;

/* Reads one page; its fields can then be asked for. input->bytes and its texts must live until the last question about it. A page that cannot be read has the status `error` and CD_OK; CD_ENOMEM: there
 * is nothing to ask. */
CD_API CD_MUST_USE cd_status cd_reader_read(cd_reader *reader, const cd_input *input, cd_error *err);

/* The JSON record of the page that was read, as cd_reader_json() gives it. */
CD_API CD_MUST_USE cd_status cd_reader_record(cd_reader *reader, unsigned flags, cd_text *json, cd_error *err);

/* What may be asked of the page that cd_reader_read() has read last; before that, and for keys and places that are none, the answers
 * are: no text, 0, and "not known". */
CD_API cd_state    cd_reader_state(const cd_reader *reader);
CD_API const char *cd_reader_warnings(const cd_reader *reader); /* as cd_text.warnings */
CD_API cd_value    cd_reader_field(const cd_reader *reader, cd_key key); /* of a LIST the first */
CD_API size_t      cd_reader_count(const cd_reader *reader, cd_key key); /* how many texts */
CD_API cd_value    cd_reader_item(const cd_reader *reader, cd_key key, size_t index);

/* WORDS; CONFIDENCE in hundredths, -1 where there is no body; FREE_TO_READ 1 or 0, -1 where that is not stated; REMOVED: blocks of
 * the family `index`. */
CD_API long long cd_reader_number(const cd_reader *reader, cd_key key, size_t index);

/* Says in *why what decided about one text of a key; 0 where that is not known. */
CD_API int cd_reader_why(const cd_reader *reader, cd_key key, size_t index, cd_why *why);

/* The same page as plain text: every block on a line, kept and removed alike; what a page of text with these words would be. */
CD_API CD_MUST_USE cd_status cd_reader_plain(cd_reader *reader, const cd_input *input, cd_text *text, cd_error *err);

#ifdef __cplusplus
}
#endif
#endif
