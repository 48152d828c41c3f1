/* json.h -- inside output/: single JSON values, through the one door to cJSON. */
#ifndef CD_OUTPUT_JSON_H
#define CD_OUTPUT_JSON_H

#include "page/page.h"

/* Adds a JSON string, or null for text without bytes. CD_ENOMEM is the only failure, of all three. */
CD_MUST_USE cd_status cd_json_text(const cd_page *page, cd_span text, cd_buf *out);
CD_MUST_USE cd_status cd_json_number(double number, cd_buf *out);

/* A file's name may hold any byte: what is no UTF-8 becomes U+FFFD, in a copy of the page's. */
CD_MUST_USE cd_status cd_valid_name(const cd_page *page, cd_span *name);

#endif
