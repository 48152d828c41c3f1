/* statement.h -- inside page/: how the files that read statements leave them on the page. */
#ifndef CD_PAGE_STATEMENT_H
#define CD_PAGE_STATEMENT_H

#include "page/page.h"

/* Adds what `one` says to the page's list; its value is cleaned first, and nothing is added where nothing is left of it or cd_says_nothing(), where it is
 * over CD_LIMIT_META_BYTES (a story's text: CD_LIMIT_STATED_TEXT), or where the list is full (warned of once). Key and value are copied. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_meta_state(cd_page *page, const cd_meta *one, cd_error *err);

/* The first statement of that field and origin, or NULL. */
const cd_meta *cd_meta_first(const cd_page *page, cd_meta_field field, cd_meta_origin origin);

/* A JSON-LD script that waits for cd_meta_settle(). */
typedef struct cd_script {
    struct cd_script *next;
    cd_span           text;
} cd_script;

/* jsonld.c: reads all scripts that wait. */
CD_MUST_USE cd_status cd_json_ld_read(cd_page *page, cd_error *err);

/* jsonld.c: one object that states the page's data in a tag ("parsely-page"); what cannot be read is left out in silence. */
CD_MUST_USE cd_status cd_json_object_read(cd_page *page, cd_span key, cd_span text, cd_error *err);

/* state.c: when it was published, out of embedded state; only where nothing else on the page says so. */
CD_MUST_USE cd_status cd_state_read(cd_page *page, cd_error *err);

#endif
