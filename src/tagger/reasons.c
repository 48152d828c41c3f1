/* reasons.c -- why the model judged as it did, in words. In: a tagged page with the columns of its blocks and candidates. Out:
 * page->judged. Nothing is decided here, and nothing of it runs unless somebody asks. A headline's signs are the weights of its columns. Of
 * plain text a sign is by how much the block's sum would change without that column, all else as it is, and what the block would have
 * if it were alone on the page is told from what its neighbours add. Of HTML the trees' answers are told. The strongest are named by
 * the lists of words.h. */
#include "tagger/htmlwords.h"
#include "tagger/model.h"
#include "tagger/trees.h"
#include "tagger/words.h"

#include <string.h>

enum { PHRASE_BYTES = 240 };

/* ---- names ----------------------------------------------------------------------------------------------------------- */

#define X(name, ...) static const char *const words_##name[] = {__VA_ARGS__};
CD_SCALES(X) CD_HTML_SCALES(X)
#undef X

typedef enum scale {
    SCALE_NONE,
    SCALE_FAMILY, /* words: cd_role_name() */
    SCALE_TAG,    /* cd_tag_name() */
    SCALE_CLASS,  /* cd_family_name() */
#define X(name, ...) SCALE_##name,
    CD_SCALES(X) CD_HTML_SCALES(X)
#undef X
} scale;

enum {
    COUNT_FAMILY = CD_ROLE_COUNT,
    COUNT_TAG = CD_TAG_COUNT,
    COUNT_CLASS = CD_FAMILY_COUNT,
#define X(name, ...) COUNT_##name = sizeof words_##name / sizeof *words_##name,
    CD_SCALES(X) CD_HTML_SCALES(X)
#undef X
};

static const struct {
    const char *const *words;
    unsigned           n;
} scales[] = {
    {NULL, 1},
    {NULL, COUNT_FAMILY},
    {NULL, COUNT_TAG},
    {NULL, COUNT_CLASS},
#define X(name, ...) {words_##name, COUNT_##name},
    CD_SCALES(X) CD_HTML_SCALES(X)
#undef X
};

/* One to three scales of a group as a list, and the number of places that they make together. */
#define PICK(a, b, c, chosen, ...) chosen
#define LIST_1(a) SCALE_##a
#define LIST_2(a, b) SCALE_##a, SCALE_##b
#define LIST_3(a, b, c) SCALE_##a, SCALE_##b, SCALE_##c
#define LIST(...) PICK(__VA_ARGS__, LIST_3, LIST_2, LIST_1, )(__VA_ARGS__)
#define PLACES_1(a) ((int)COUNT_##a)
#define PLACES_2(a, b) ((int)COUNT_##a * (int)COUNT_##b)
#define PLACES_3(a, b, c) ((int)COUNT_##a * (int)COUNT_##b * (int)COUNT_##c)
#define PLACES(...) PICK(__VA_ARGS__, PLACES_3, PLACES_2, PLACES_1, )(__VA_ARGS__)

#define X(name, phrase, ...)                                                                                                               \
    _Static_assert(PLACES(__VA_ARGS__) == (int)CD_COL_END_##name - (int)CD_COL_##name + 1, #name " has other places in features.h");
CD_COLUMN_WORDS(X)
CD_HTML_COLUMN_WORDS(X)
CD_HEAD_COLUMN_WORDS(X)
#undef X
#define X(name, phrase, ...) +PLACES(__VA_ARGS__)
_Static_assert(0 CD_COLUMN_WORDS(X) == CD_COL_TEXT_COUNT, "a group of CD_COLUMNS has no words");
_Static_assert(0 CD_COLUMN_WORDS(X) CD_HTML_COLUMN_WORDS(X) == CD_COL_COUNT, "a group of CD_HTML_COLUMNS has no words");
_Static_assert(0 CD_HEAD_COLUMN_WORDS(X) == CD_HEAD_COL_COUNT, "a group of CD_HEAD_COLUMNS has no words");
#undef X

typedef struct group {
    const char *phrase;
    unsigned    first, n;
    scale       scales[3]; /* the last runs fastest; SCALE_NONE behind the last */
} group;

#define X(name, phrase, ...) {phrase, CD_COL_##name, PLACES(__VA_ARGS__), {LIST(__VA_ARGS__)}},
static const group block_groups[] = {CD_COLUMN_WORDS(X) CD_HTML_COLUMN_WORDS(X)}, head_groups[] = {CD_HEAD_COLUMN_WORDS(X)};
#undef X

static const char *word_of(scale s, unsigned place)
{
    switch (s) {
    case SCALE_FAMILY: return cd_role_name((cd_role)place);
    case SCALE_TAG: return cd_tag_name((cd_tag)place);
    case SCALE_CLASS: return cd_family_name((cd_family)place);
    default: return scales[s].words[place];
    }
}

/* The group's phrase for one of its places, each % replaced by its scale's word; cut where it would be over `size` bytes. */
static void write_phrase(const group *g, unsigned place, char *out, size_t size)
{
    unsigned places[3] = {0}, at = 0;
    size_t   used = 0;
    for (unsigned k = 3; k-- > 0;) {
        places[k] = place % scales[g->scales[k]].n;
        place /= scales[g->scales[k]].n;
    }
    for (const char *p = g->phrase; *p; p++) {
        const char *piece = p;
        size_t      len = 1;
        if (*p == '%') {
            piece = word_of(g->scales[at], places[at]);
            len = strlen(piece);
            at++;
        }
        if (used + len >= size) break;
        memcpy(out + used, piece, len);
        used += len;
    }
    out[used] = '\0';
}

/* absent: the block does not have it, and that was the sign. */
static const char *name_column(cd_arena *arena, const group *groups, size_t n, unsigned column, bool absent)
{
    static const char none[] = "not so: ";
    char   text[PHRASE_BYTES] = "";
    size_t i = 0, used = absent ? sizeof none - 1 : 0;
    while (i + 1 < n && column - groups[i].first >= groups[i].n) i++;
    memcpy(text, none, used);
    write_phrase(&groups[i], column - groups[i].first, text + used, sizeof text - used);
    return cd_arena_copy(arena, cd_span_of(text)).ptr;
}

/* ---- signs ----------------------------------------------------------------------------------------------------------- */

/* The strongest columns of one polarity so far, the strongest first; of two alike the earlier one. */
typedef struct top {
    size_t   n;
    unsigned columns[CD_SIGNS_MAX];
    int32_t  weights[CD_SIGNS_MAX];
} top;

static void add_column(top *t, unsigned column, int32_t weight)
{
    size_t at = t->n;
    int32_t size = weight < 0 ? -weight : weight;
    while (at > 0 && size > (t->weights[at - 1] < 0 ? -t->weights[at - 1] : t->weights[at - 1])) at--;
    if (at == CD_SIGNS_MAX) return;
    if (t->n < CD_SIGNS_MAX) t->n++;
    for (size_t i = t->n - 1; i > at; i--) t->columns[i] = t->columns[i - 1], t->weights[i] = t->weights[i - 1];
    t->columns[at] = column;
    t->weights[at] = weight;
}

/* How one kind of columns is named. */
typedef struct namer {
    cd_arena       *arena;
    const cd_model *model;
    const group *groups;
    size_t       n;
} namer;

static bool has_column(const cd_columns_of *c, unsigned column)
{
    for (unsigned i = 0; i < c->n; i++)
        if (c->at[i] == column) return true;
    return false;
}

static cd_status name_top(const namer *k, const top *t, const cd_columns_of *c, cd_sign *signs, cd_error *err)
{
    for (size_t i = 0; i < t->n; i++) {
        signs[i] = (cd_sign){name_column(k->arena, k->groups, k->n, t->columns[i], !has_column(c, t->columns[i])), t->weights[i]};
        if (!signs[i].words) return cd_fail_memory(err);
    }
    return CD_OK;
}

static cd_status name_tops(const namer *k, const top *pro, const top *con, const cd_columns_of *c, cd_judgement *j, cd_error *err)
{
    j->npro = pro->n;
    j->ncon = con->n;
    CD_TRY(name_top(k, pro, c, j->pro, err));
    return name_top(k, con, c, j->con, err);
}

/* By what each column adds: parts[] in the order of the columns. */
static cd_status judge_by_parts(const namer *k, const cd_columns_of *c, const int32_t *parts, cd_judgement *j, cd_error *err)
{
    top pro = {0}, con = {0};
    for (unsigned i = 0; i < c->n; i++)
        if (parts[i]) add_column(parts[i] > 0 ? &pro : &con, c->at[i], parts[i]);
    return name_tops(k, &pro, &con, c, j, err);
}

/* By trees: what each answer added counts for its column, and for the neighbours where they were asked about. */
static cd_status judge_by_trees(const namer *k, const cd_columns_of *c, uint8_t *room, int32_t *parts, cd_judgement *j, cd_error *err)
{
    top pro = {0}, con = {0};
    memset(parts, 0, CD_COL_COUNT * sizeof *parts);
    j->pull = 0;
    j->own = cd_model_explain(k->model, c, room, parts);
    for (unsigned column = 0; column < CD_COL_COUNT; column++) {
        if (!parts[column]) continue;
        *(column >= CD_COL_FIRST_ABOVE ? &j->pull : &j->own) += parts[column];
        add_column(parts[column] > 0 ? &pro : &con, column, parts[column]);
    }
    return name_tops(k, &pro, &con, c, j, err);
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

static cd_status judge_text(const namer *k, const cd_page *page, cd_judgement *blocks, cd_error *err)
{
    cd_verdict verdict;
    int32_t    parts[CD_COLUMNS_MAX];
    CD_TRY(cd_model_weigh(k->model, CD_TASK_STORY, page->columns, page->nblocks, page->arena, &verdict, err));
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_columns_of *c = &page->columns[i];
        blocks[i].own = cd_model_own(&verdict, i, c) - cd_model_bar(k->model, CD_TASK_STORY);
        blocks[i].pull = (int64_t)verdict.sums[i] - cd_model_bar(k->model, CD_TASK_STORY) - blocks[i].own;
        cd_model_parts(&verdict, i, c, parts);
        CD_TRY(judge_by_parts(k, c, parts, &blocks[i], err));
    }
    return CD_OK;
}

static cd_status judge_html(const namer *k, const cd_page *page, cd_judgement *blocks, cd_error *err)
{
    uint8_t *room = cd_arena_raw(page->arena, CD_TREE_ROOM, 1);
    int32_t *parts = cd_arena_raw(page->arena, CD_COL_COUNT, sizeof *parts);
    if (!room || !parts) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) CD_TRY(judge_by_trees(k, &page->columns[i], room, parts, &blocks[i], err));
    return CD_OK;
}

static cd_status judge_blocks(const cd_page *page, const cd_model *model, cd_judgements *all, cd_error *err)
{
    const namer   k = {page->arena, model, block_groups, sizeof block_groups / sizeof *block_groups};
    cd_judgement *blocks = cd_arena_array(page->arena, page->nblocks, sizeof *blocks);
    if (!blocks) return cd_fail_memory(err);
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        blocks[i].block = i;
        blocks[i].settled = b->drop || b->role == CD_ROLE_HEADLINE || b->role == CD_ROLE_REPEAT || b->m.words == 0;
    }
    all->blocks = blocks;
    return cd_model_is_html(model) ? judge_html(&k, page, blocks, err) : judge_text(&k, page, blocks, err);
}

/* The best candidates in order; of two alike the one further up, as cd_model_head() takes it. */
static cd_status judge_rivals(const cd_page *page, const cd_model *model, cd_judgements *all, cd_error *err)
{
    const namer k = {page->arena, model, head_groups, sizeof head_groups / sizeof *head_groups};
    const cd_candidates *list = page->candidates;
    cd_verdict  verdict;
    size_t      at[CD_RIVALS_MAX] = {0};
    int32_t     parts[CD_COLUMNS_MAX];
    CD_TRY(cd_model_weigh(model, CD_TASK_HEADLINE, list->columns, list->n, page->arena, &verdict, err));
    for (size_t i = 0; i < list->n; i++) {
        const int64_t sum = verdict.sums[i];
        size_t        place = all->nrivals;
        while (place > 0 && sum > all->rivals[place - 1].own) place--;
        if (place == CD_RIVALS_MAX) continue;
        if (all->nrivals < CD_RIVALS_MAX) all->nrivals++;
        for (size_t r = all->nrivals - 1; r > place; r--) at[r] = at[r - 1], all->rivals[r] = all->rivals[r - 1];
        at[place] = i;
        all->rivals[place] = (cd_judgement){.block = list->blocks[i], .own = sum};
    }
    for (size_t r = 0; r < all->nrivals; r++) {
        cd_model_parts(&verdict, at[r], &list->columns[at[r]], parts);
        CD_TRY(judge_by_parts(&k, &list->columns[at[r]], parts, &all->rivals[r], err));
    }
    all->least = cd_model_bar(model, CD_TASK_HEADLINE);
    return cd_model_head(model, list, page, &all->taken, err);
}

cd_status cd_tagger_explain(cd_page *page, const cd_model *model, cd_error *err)
{
    cd_judgements *all = NULL;
    if (!model || page->state == CD_STATE_ERROR) return CD_OK;
    all = cd_arena_take(page->arena, sizeof *all);
    if (!all) return cd_fail_memory(err);
    if (page->candidates) CD_TRY(judge_rivals(page, model, all, err));
    if (page->columns && page->body_from < page->body_to) CD_TRY(judge_blocks(page, model, all, err));
    page->judged = all;
    return CD_OK;
}
