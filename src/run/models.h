/* models.h -- inside run/: the learned weights that a desk has, for plain text and for HTML. */
#ifndef CD_RUN_MODELS_H
#define CD_RUN_MODELS_H

#include "tagger/tagger.h"

typedef struct cd_models cd_models;

/* `path` names a file with a model in place of the built-in one of its kind; NULL: none does; "none": there are no models at all.
 * CD_EINPUT: the file cannot be read, or is no model. The caller frees *models. */
CD_MUST_USE cd_status cd_models_open(const char *path, cd_models **models, cd_error *err);
void                  cd_models_free(cd_models *models); /* NULL is fine */

/* The model for HTML or plain text, NULL: rules and position alone. A built-in one is read when a page first needs it, by one thread
 * for all; it lives as long as `models`. */
CD_MUST_USE cd_status cd_models_need(cd_models *models, bool html, const cd_model **model, cd_error *err);

#endif
