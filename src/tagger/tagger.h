/* tagger.h -- one role for each block. Reads base/ and page/page.h only. */
#ifndef CD_TAGGER_TAGGER_H
#define CD_TAGGER_TAGGER_H

#include "page/page.h"

/* Weights that were learned from labelled pages; read-only, shared by threads. */
typedef struct cd_model cd_model;

/* Reads a model file's text; `file` is shown in messages. CD_EINPUT: it is no model, or one for another version of the program. The
 * caller frees it. */
CD_MUST_USE cd_status cd_model_new(const char *file, cd_span text, cd_model **model, cd_error *err);

/* The model that is compiled in: data/model/html.model, or that for plain text, data/model/body.model. */
CD_MUST_USE cd_status cd_model_built_in(bool html, cd_model **model, cd_error *err);

/* Whether it is for HTML pages; else it is for plain text. */
bool                  cd_model_is_html(const cd_model *model);
void                  cd_model_free(cd_model *model); /* NULL is fine */

/* Gives every block of a marked page its role and reason, and sets page->head, body_from and body_to. The model must be one for the page's format; without one
 * (NULL) rules and position have the last word. Never fails but for memory. */
CD_MUST_USE cd_status cd_tagger_run(cd_page *page, const cd_model *model, cd_error *err);

/* Fills page->judged of a page that cd_tagger_run() with the same model has tagged: for each block the model's strongest signs for
 * and against. Costs about as much as the run itself, so it is called only where somebody wants to know. Without a model
 * (NULL) it stays NULL. Never fails but for memory. */
CD_MUST_USE cd_status cd_tagger_explain(cd_page *page, const cd_model *model, cd_error *err);

#endif
