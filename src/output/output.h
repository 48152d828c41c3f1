/* output.h -- a finished page as JSON or as a person reads it. Printers only: nothing is decided here. */
#ifndef CD_OUTPUT_OUTPUT_H
#define CD_OUTPUT_OUTPUT_H

#include "page/page.h"

/* The record as one line (or, with CD_PRETTY, one key a line), ended by a line feed, behind what `out` holds. */
CD_MUST_USE cd_status cd_output_json(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err);

/* Every block with its lines, role, and the rule or reason that decided. */
CD_MUST_USE cd_status cd_output_explain(const cd_page *page, unsigned flags, cd_buf *out, cd_error *err);

/* A text as a JSON string, or null for ptr NULL. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_output_json_string(cd_span text, cd_buf *out);

/* What the model saw: "page TAB name TAB blocks TAB expected F1 in millionths", the headline's candidates, then of each block, apart by TABs, what is settled about it (d: a rule drops it,
 * k: a rule keeps it, h: headline, r: repeat), its steps' bits, its columns' numbers, and its text. */
CD_MUST_USE cd_status cd_output_features(const cd_page *page, cd_buf *out, cd_error *err);

#endif
