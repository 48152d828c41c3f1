/* models.c -- the learned weights of a desk. In: what the user gave, or nothing. Out: a model for each kind of page. The user's file is
 * read at once, so that a mistake shows before the first page; a built-in model when the first page of its kind comes: a run over
 * plain text never reads the trees for HTML. */
#include "run/models.h"

#include "base/file.h"
#include "base/limits.h"
#include "base/lock.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct cd_models {
    cd_lock  *lock;
    cd_model *at[2]; /* for plain text and for HTML; NULL: not read yet */
    bool      none;
};

/* The whole file at `path`; models are small. */
static cd_status read_model(const char *path, cd_buf *text, cd_error *err)
{
    cd_status st = cd_file_read(path, CD_LIMIT_MODEL_BYTES, true, text);
    if (st == CD_EINPUT) return cd_fail(err, CD_EINPUT, "%s: %s", path, strerror(errno));
    if (st == CD_ELIMIT) return cd_fail(err, CD_EINPUT, "%s: over %zu bytes, too large for a model", path, CD_LIMIT_MODEL_BYTES);
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}

static cd_status take_users(cd_models *models, const char *path, cd_error *err)
{
    cd_buf    text = {0};
    cd_model *users = NULL;
    cd_status st = read_model(path, &text, err);
    if (st == CD_OK) st = cd_model_new(path, text.len ? cd_buf_span(&text) : CD_SPAN(""), &users, err);
    cd_buf_free(&text);
    if (st == CD_OK) models->at[cd_model_is_html(users)] = users;
    return st;
}

cd_status cd_models_open(const char *path, cd_models **models, cd_error *err)
{
    cd_models *m = calloc(1, sizeof *m);
    if (!m) return cd_fail_memory(err);
    m->none = path && strcmp(path, "none") == 0;
    m->lock = cd_lock_new();
    cd_status st = !m->lock ? cd_fail_memory(err) : path && !m->none ? take_users(m, path, err) : CD_OK;
    if (st != CD_OK) {
        cd_models_free(m);
        return st;
    }
    *models = m;
    return CD_OK;
}

void cd_models_free(cd_models *models)
{
    if (!models) return;
    cd_model_free(models->at[0]);
    cd_model_free(models->at[1]);
    cd_lock_free(models->lock);
    free(models);
}

cd_status cd_models_need(cd_models *models, bool html, const cd_model **model, cd_error *err)
{
    cd_status st = CD_OK;
    cd_lock_take(models->lock);
    if (!models->none && !models->at[html]) st = cd_model_built_in(html, &models->at[html], err);
    *model = models->at[html];
    cd_lock_release(models->lock);
    return st;
}
