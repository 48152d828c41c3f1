/* model.c -- learned weights over a page's blocks -> which are the story. In: the columns of every block (features.c). Out: yes or
 * no for each, and how sure. For plain text a linear chain (chain.c) looks first, and trees look again at the blocks of which it is not
 * sure. For HTML the model is boosted trees (trees.c), which look twice at each block. The second look knows what the first made of the
 * neighbours (second.c), and is not taken at what the first is sure to be no story; what is over a bar is the story. The headline is the
 * candidate with the greatest sum, if that is enough. All sums are of integers, thousandths of a unit of log-odds. A model file is text:
 * a head line with its version, then lines "GROUP place weight", "step NAME enter leave", "least SUM", "sure EXPECTED F1", "bar SUM",
 * "again SUM", and behind these the lines of trees.h; lines that begin with # say where it comes from. */
#include "tagger/model.h"

#include "base/data.h"
#include "base/utf8.h"
#include "tagger/markup.h"
#include "tagger/modelfile.h"
#include "tagger/modelstate.h"

#include <math.h>
#include <stdlib.h>

enum { EXPECTED_ONE = 1000000 }; /* an expected F1 of 1 */

/* ---- the file -------------------------------------------------------------------------------------------------------- */

static bool read_step(cd_model *m, cd_model_file *f)
{
    static const char *const names[] = {
#define X(name) #name,
        CD_STEPS(X)
#undef X
    };
    cd_span word = cd_model_word(f);
    long    enter, leave;
    if (!cd_model_number(f, &enter) || !cd_model_number(f, &leave)) return false;
    for (size_t i = 0; i < CD_STEP_COUNT; i++) {
        if (!cd_span_is(word, cd_span_of(names[i]))) continue;
        m->enter[i] = (int32_t)enter;
        m->leave[i] = (int32_t)leave;
        return true;
    }
    return false;
}

static bool read_column(cd_model *m, cd_span group, cd_model_file *f)
{
    static const struct {
        const char *name;
        unsigned    first, n;
        bool        head;
    } groups[] = {
#define X(name, n) {#name, CD_COL_##name, n, false},
        CD_COLUMNS(X)
#undef X
#define X(name, n) {#name, CD_COL_##name, n, true},
        CD_HEAD_COLUMNS(X)
#undef X
    };
    long place, weight;
    if (!cd_model_number(f, &place) || !cd_model_number(f, &weight)) return false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        if (!cd_span_is(group, cd_span_of(groups[i].name)) || (m->trees && !groups[i].head)) continue; /* behind "look" it is a tree's */
        if (place < 0 || (unsigned long)place >= groups[i].n) return false;
        int32_t *weights = groups[i].head ? m->head : m->column;
        weights[groups[i].first + (unsigned)place] = (int32_t)weight;
        return true;
    }
    return false;
}

static bool read_least(cd_model *m, cd_model_file *f)
{
    long least;
    if (!cd_model_number(f, &least)) return false;
    m->head_least = (int32_t)least;
    return true;
}

static bool read_sure(cd_model *m, cd_model_file *f)
{
    long expected, f1;
    if (!cd_model_number(f, &expected) || !cd_model_number(f, &f1) || m->nsure == SURE_MAX || f1 < 0 || f1 > 1000) return false;
    if (m->nsure && expected <= m->sure[m->nsure - 1].expected) return false;
    m->sure[m->nsure].expected = (int32_t)expected;
    m->sure[m->nsure++].f1 = (int32_t)f1;
    return true;
}

static bool read_sum(int32_t *to, cd_model_file *f)
{
    long sum;
    if (!cd_model_number(f, &sum)) return false;
    *to = (int32_t)sum;
    return true;
}

/* Which kind of model it is, by its first line. */
static cd_status read_head(cd_model *m, const cd_model_file *f, cd_error *err)
{
    cd_span line = cd_span_trim(f->rest);
    m->html = cd_span_is(line, CD_SPAN(CD_MODEL_HEAD_HTML));
    if (m->html) return cd_trees_new(&m->trees, err);
    if (cd_span_is(line, CD_SPAN(CD_MODEL_HEAD))) return CD_OK;
    return cd_fail(err, CD_EINPUT, "%s: this program reads models that begin with '" CD_MODEL_HEAD "' or '" CD_MODEL_HEAD_HTML "', and this one does not",
                   f->name);
}

/* One line, which may be no weight. A model for HTML has trees in place of weights for blocks, and most of its lines are of them; one for
 * plain text has them behind the weights, from the line "look 2" on. */
static cd_status read_line(cd_model *m, cd_model_file *f, bool *good, cd_error *err)
{
    cd_model_file again = *f;
    cd_span       word = cd_model_word(f);
    *good = false;
    if (!m->trees && cd_span_is(word, CD_SPAN("look"))) CD_TRY(cd_trees_new(&m->trees, err));
    if (m->trees) CD_TRY(cd_trees_read(m->trees, word, f, good, err));
    if (!*good) {
        *f = again;
        word = cd_model_word(f);
        *good = cd_span_is(word, CD_SPAN("least"))               ? read_least(m, f)
                : cd_span_is(word, CD_SPAN("sure"))              ? read_sure(m, f)
                : cd_span_is(word, CD_SPAN("bar"))               ? read_sum(&m->bar, f)
                : m->html && cd_span_is(word, CD_SPAN("again"))  ? read_sum(&m->again, f)
                : !m->html && cd_span_is(word, CD_SPAN("step"))  ? read_step(m, f)
                                                                 : read_column(m, word, f);
    }
    *good = *good && cd_span_is_blank(f->rest);
    return CD_OK;
}

static cd_status read_lines(cd_model *m, cd_model_file *f, cd_span text, cd_error *err)
{
    cd_span line;
    for (f->line = 1; cd_span_line(&text, &line); f->line++) {
        bool good = true;
        f->rest = line;
        if (f->line == 1) CD_TRY(read_head(m, f, err));
        else if (!cd_span_is_blank(line) && line.ptr[0] != '#') CD_TRY(read_line(m, f, &good, err));
        if (!good) return cd_fail(err, CD_EINPUT, "%s:%zu: this is no weight of a model", f->name, f->line);
    }
    if (f->line == 1) return cd_fail(err, CD_EINPUT, "%s: the model is empty", f->name);
    if (m->trees && !cd_trees_are_whole(m->trees, m->html ? 0 : 1)) return cd_fail(err, CD_EINPUT, "%s:%zu: the model ends inside a tree, or before the first", f->name, f->line - 1);
    return m->trees ? cd_trees_settle(m->trees, err) : CD_OK;
}

static int64_t sum_steps(const int32_t weights[CD_STEP_COUNT], unsigned steps)
{
    int64_t sum = 0;
    for (unsigned i = 0; i < CD_STEP_COUNT; i++)
        if (steps >> i & 1) sum += weights[i];
    return sum;
}


cd_status cd_model_new(const char *file, cd_span text, cd_model **model, cd_error *err)
{
    cd_model  *m = calloc(1, sizeof *m);
    cd_model_file f = {.name = file};
    if (!m) return cd_fail_memory(err);
    m->again = OUT;
    for (int i = 0; i <= LOG_SPAN; i++) {
        m->log1p_exp[i] = (int16_t)lround(1000 * log1p(exp(-i / 1000.0)));
        m->exp[i] = (int32_t)lround(PROBABILITY * exp(-i / 1000.0));
    }
    cd_status st = read_lines(m, &f, text, err);
    if (st != CD_OK) {
        cd_model_free(m);
        return st;
    }
    for (unsigned steps = 0; steps < 1u << CD_STEP_COUNT; steps++) {
        m->enters[steps] = sum_steps(m->enter, steps);
        m->leaves[steps] = sum_steps(m->leave, steps);
    }
    *model = m;
    return CD_OK;
}

cd_status cd_model_built_in(bool html, cd_model **model, cd_error *err)
{
    const cd_data_file *f = cd_data_table(html ? "/html.model" : "/body.model");
    return cd_model_new(f->name, f->text, model, err);
}

void cd_model_free(cd_model *m)
{
    if (!m) return;
    cd_trees_free(m->trees);
    free(m);
}

bool cd_model_is_html(const cd_model *m) { return m->html; }

/* ---- the headline ---------------------------------------------------------------------------------------------------- */

size_t cd_model_head(const cd_model *m, const cd_candidates *list, size_t none)
{
    int64_t best = m->head_least;
    size_t  head = none;
    for (size_t k = 0; k < list->n; k++) {
        const cd_columns_of *c = &list->at[k].columns;
        int64_t              sum = 0;
        for (unsigned i = 0; i < c->n; i++) sum += m->head[c->at[i]];
        if (sum <= best) continue;
        best = sum;
        head = list->at[k].block;
    }
    return head;
}

/* ---- single weights -------------------------------------------------------------------------------------------------- */

int32_t cd_model_weight(const cd_model *m, unsigned column) { return column < CD_COL_TEXT_COUNT ? m->column[column] : 0; }
int32_t cd_model_head_weight(const cd_model *m, unsigned column) { return m->head[column]; }
int64_t cd_model_step(const cd_model *m, unsigned steps, bool enter) { return enter ? m->enters[steps] : m->leaves[steps]; }
int32_t cd_model_head_least(const cd_model *m) { return m->head_least; }

/* ---- trees ----------------------------------------------------------------------------------------------------------- */

/* Sums of the first look, their odds per thousand, and which blocks are to be looked at again. */
static void look_once(const cd_model *m, const cd_page *page, const cd_columns_of *columns, uint8_t *room, int32_t *sums, uint16_t *odds, uint8_t *asked)
{
    for (size_t i = 0; i < page->nblocks; i++) {
        sums[i] = cd_block_is_out(&page->blocks[i]) ? OUT : cd_trees_sum(m->trees, 0, &columns[i], room);
        odds[i] = (uint16_t)((int64_t)cd_model_odds(m, sums[i]) * 1000 / PROBABILITY);
        asked[i] = sums[i] > m->again;
    }
}

static void look_twice(const cd_model *m, const cd_page *page, const cd_columns_of *columns, uint8_t *room, const uint8_t *asked, int32_t *sums)
{
    for (size_t i = 0; i < page->nblocks; i++)
        if (asked[i]) sums[i] = cd_trees_sum(m->trees, 1, &columns[i], room);
}

cd_status cd_model_judge(const cd_model *m, const cd_sights *sights, cd_columns_of *columns, cd_verdict *verdict, cd_error *err)
{
    const cd_page *page = sights->page;
    int32_t       *sums = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *sums);
    uint16_t      *odds = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *odds);
    uint8_t       *room = cd_arena_raw(page->arena, CD_TREE_ROOM, 1), *path = cd_arena_raw(page->arena, page->nblocks + 1, 1);
    if (!sums || !odds || !room || !path) return cd_fail_memory(err);
    look_once(m, page, columns, room, sums, odds, path);
    CD_TRY(cd_second_look(sights, sums, odds, path, columns, err));
    if (cd_trees_look_twice(m->trees)) look_twice(m, page, columns, room, path, sums);
    for (size_t i = 0; i < page->nblocks; i++) path[i] = sums[i] > m->bar;
    *verdict = (cd_verdict){path, sums, sums};
    return CD_OK;
}

int64_t cd_model_explain(const cd_model *m, const cd_columns_of *columns, uint8_t *room, int32_t *parts)
{
    bool twice = cd_trees_look_twice(m->trees) && (!m->html || cd_trees_sum(m->trees, 0, columns, room) > m->again);
    return (int64_t)cd_trees_explain(m->trees, twice, columns, room, parts) - m->bar;
}

/* ---- how sure -------------------------------------------------------------------------------------------------------- */

/* Thousandths, by straight lines between the model's steps. */
static int64_t calibrate(const cd_model *m, int64_t expected)
{
    size_t i = 0;
    if (m->nsure == 0) return expected * 1000 / EXPECTED_ONE;
    while (i < m->nsure && m->sure[i].expected < expected) i++;
    if (i == 0) return m->sure[0].f1;
    if (i == m->nsure) return m->sure[i - 1].f1;
    int64_t from = m->sure[i - 1].expected, to = m->sure[i].expected;
    return m->sure[i - 1].f1 + (m->sure[i].f1 - m->sure[i - 1].f1) * (expected - from) / (to - from);
}

void cd_model_confidence(const cd_model *m, cd_page *page, const cd_verdict *verdict)
{
    uint64_t kept = 0, right = 0, truth = 0; /* units times probability */
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        uint64_t        part = (uint64_t)b->m.units * (uint64_t)cd_model_odds(m, verdict->odds[i]);
        bool            body = b->role == CD_ROLE_BODY;
        kept += body ? (uint64_t)b->m.units * PROBABILITY : 0;
        right += body ? part : 0;
        truth += b->drop || b->role == CD_ROLE_HEADLINE || b->role == CD_ROLE_REPEAT ? 0 : part;
    }
    if (kept == 0) return;
    kept >>= 8, right >>= 8, truth >>= 8; /* so that the product below is no more than 64 bits */
    page->expected = (int)(2 * right * EXPECTED_ONE / (kept + (truth > right ? truth : right)));
    page->confidence = (int)((calibrate(m, page->expected) + 5) / 10);
}
