/* output.h -- a finished page as JSON or as a person reads it. Printers only: nothing is decided here. */
#ifndef CD_OUTPUT_OUTPUT_H
#define CD_OUTPUT_OUTPUT_H

#include "page/page.h"

/* The record as one line (or, with CD_PRETTY, one key a line), ended by a line feed, behind what `out` holds. */
CD_MUST_USE cd_status cd_output_json(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err);

/* The bytes with which the record of an item begins: schema, input and record. The same for every record of that item. */
CD_MUST_USE cd_status cd_output_origin(cd_arena *arena, cd_span name, long long record, cd_buf *out, cd_error *err);

/* Puts `duplicate_of` behind the other keys of the finished record in `out`: which record told the story first, or null where `name` is
 * NULL. `flags` are those that the record was written with. */
CD_MUST_USE cd_status cd_output_duplicate(cd_arena *arena, unsigned flags, const char *name, long long record, cd_buf *out, cd_error *err);

/* A record read back from its line. */
typedef struct cd_recalled {
    cd_state    state;
    const char *reason; /* NULL: none */
    cd_span     body;   /* ptr NULL: none */
    size_t      removed[CD_ROLE_COUNT];
    void       *tree;   /* owns the strings */
} cd_recalled;

/* Reads a line that cd_output_json() wrote; the caller forgets the record. CD_EINPUT: it is none. */
CD_MUST_USE cd_status cd_output_recall(cd_span line, cd_recalled *record, cd_error *err);
void                  cd_output_forget(cd_recalled *record);

/* Every block with its lines, its role, what decided, and where it went: as text, as a JSON object ended by a line feed, and as a
 * <section> of HTML, behind what `out` holds. tagger/reasons.c has filled page->judged. */
CD_MUST_USE cd_status cd_output_explain(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err);
CD_MUST_USE cd_status cd_output_explain_json(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err);
CD_MUST_USE cd_status cd_output_explain_html(const cd_page *page, cd_buf *out, cd_error *err);

/* What stands before the first <section> and behind the last; `index`: what cd_output_html_entry() has added for each of them, shown
 * where there are several. */
CD_MUST_USE cd_status cd_output_html_entry(cd_span section, cd_buf *index, cd_error *err);
CD_MUST_USE cd_status cd_output_html_begin(size_t sections, cd_span index, cd_buf *out, cd_error *err);
CD_MUST_USE cd_status cd_output_html_end(cd_buf *out, cd_error *err);

/* The page's blocks as plain text, a line each. */
CD_MUST_USE cd_status cd_output_plain(const cd_page *page, cd_buf *out, cd_error *err);

/* A text as a JSON string, or null for ptr NULL. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_output_json_string(cd_span text, cd_buf *out);

/* What the model saw: "page TAB name TAB blocks TAB expected F1 in millionths", the headline's candidates, then of each block, apart by TABs, what is settled about it (d: a rule drops it,
 * k: a rule keeps it, h: headline, r: repeat), its steps' bits, its columns' numbers, and its text. */
CD_MUST_USE cd_status cd_output_features(const cd_page *page, cd_buf *out, cd_error *err);

#endif
