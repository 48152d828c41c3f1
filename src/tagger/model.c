/* model.c -- learned weights over a page's blocks -> which are the story. In: the columns of every block (features.c). Out: yes or
 * no for each, and how sure. For plain text a block's sum is that of its columns' weights and what a recurrent network makes of it and of
 * the page around it (net.c). For HTML the model is boosted trees (trees.c), which look twice at each block. The second look knows what
 * the first made of the neighbours (second.c), and is not taken at what the first is sure to be no story. What is over a bar is the
 * story. The headline is the candidate with the greatest sum, of its columns and of a network of its own, if that is enough. All sums are of integers, thousandths of a unit of
 * log-odds. A model file is text: a head line with its version, then lines "GROUP place weight", "least SUM", "sure EXPECTED F1", "bar SUM",
 * "again SUM", and the lines of net.h or trees.h, those of the headline's network with "head" in front; where there is a network, the
 * place of a group has its weights for that behind its own. Lines that begin with # say where it comes from. */
#include "tagger/model.h"

#include "base/data.h"
#include "base/utf8.h"
#include "tagger/markup.h"
#include "tagger/modelfile.h"
#include "tagger/modelstate.h"

#include <math.h>
#include <stdlib.h>

enum { PLACED = 2000 }; /* what the sum of a line in a headline's place may lack where no other has enough */
enum { EXPECTED_ONE = 1000000 }; /* an expected F1 of 1 */

/* ---- the file -------------------------------------------------------------------------------------------------------- */

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
        if (!cd_span_is(group, cd_span_of(groups[i].name)) || (m->html && !groups[i].head)) continue;
        if (place < 0 || (unsigned long)place >= groups[i].n) return false;
        const unsigned column = groups[i].first + (unsigned)place;
        cd_weights    *w = &m->weights[groups[i].head ? CD_TASK_HEADLINE : CD_TASK_STORY];
        w->own[column] = (int32_t)weight;
        return !w->net || cd_net_read_column(w->net, column, f);
    }
    return false;
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

static bool read_weight(cd_model *m, cd_span word, cd_model_file *f)
{
    if (cd_span_is(word, CD_SPAN("least"))) return read_sum(&m->bars[CD_TASK_HEADLINE], f);
    if (cd_span_is(word, CD_SPAN("sure"))) return read_sure(m, f);
    if (cd_span_is(word, CD_SPAN("bar"))) return read_sum(&m->bars[CD_TASK_STORY], f);
    if (m->html && cd_span_is(word, CD_SPAN("again"))) return read_sum(&m->again, f);
    return read_column(m, word, f);
}

/* A line of a network, if it is one: that of the headline says so in front, and "net" comes first. */
static cd_status read_net(cd_model *m, cd_span word, cd_model_file *f, bool *good, cd_error *err)
{
    const bool head = cd_span_is(word, CD_SPAN("head"));
    cd_net   **net = &m->weights[head ? CD_TASK_HEADLINE : CD_TASK_STORY].net;
    if (m->html && !head) return CD_OK;
    if (head) word = cd_model_word(f);
    if (!*net && cd_span_is(word, CD_SPAN("net"))) CD_TRY(cd_net_new(net, err));
    *good = *net && cd_net_read(*net, word, f);
    return CD_OK;
}

/* One line, which may be no weight. A model for HTML has trees in place of weights for blocks, and most of its lines are of them; for plain
 * text and for the headline there may be networks, which stand before the weights. */
static cd_status read_line(cd_model *m, cd_model_file *f, bool *good, cd_error *err)
{
    cd_model_file again = *f;
    cd_span       word = cd_model_word(f);
    *good = false;
    CD_TRY(read_net(m, word, f, good, err));
    if (m->html && !*good) {
        *f = again;
        CD_TRY(cd_trees_read(m->trees, cd_model_word(f), f, good, err));
    }
    if (!*good) {
        *f = again;
        word = cd_model_word(f);
        *good = read_weight(m, word, f);
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
    if (m->html && !cd_trees_are_whole(m->trees)) return cd_fail(err, CD_EINPUT, "%s:%zu: the model ends inside a tree, or before the first", f->name, f->line - 1);
    for (size_t i = 0; i < CD_TASKS; i++)
        if (m->weights[i].net && !cd_net_is_whole(m->weights[i].net))
            return cd_fail(err, CD_EINPUT, "%s: lines of %s network are missing, or its weights are too large", f->name, i == CD_TASK_HEADLINE ? "the headline's" : "the");
    return m->html ? cd_trees_settle(m->trees, err) : CD_OK;
}

cd_status cd_model_new(const char *file, cd_span text, cd_model **model, cd_error *err)
{
    cd_model  *m = calloc(1, sizeof *m);
    cd_model_file f = {.name = file};
    if (!m) return cd_fail_memory(err);
    m->again = OUT;
    for (int i = 0; i <= LOG_SPAN; i++) m->exp[i] = (int32_t)lround(PROBABILITY * exp(-i / 1000.0));
    cd_status st = read_lines(m, &f, text, err);
    if (st != CD_OK) {
        cd_model_free(m);
        return st;
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
    for (size_t i = 0; i < CD_TASKS; i++) cd_net_free(m->weights[i].net);
    free(m);
}

bool cd_model_is_html(const cd_model *m) { return m->html; }

/* ---- by weights ------------------------------------------------------------------------------------------------------ */

int32_t cd_model_bar(const cd_model *m, cd_task task) { return m->bars[task]; }

static int32_t sum_columns(const cd_weights *w, const cd_columns_of *c)
{
    int32_t sum = 0;
    for (unsigned i = 0; i < c->n; i++) sum += w->own[c->at[i]];
    return sum;
}

cd_status cd_model_weigh(const cd_model *m, cd_task task, const cd_columns_of *columns, size_t n, cd_arena *arena, cd_verdict *verdict, cd_error *err)
{
    const cd_weights *w = &m->weights[task];
    uint8_t          *path = cd_arena_raw(arena, n + 1, sizeof *path);
    int32_t          *sums = cd_arena_raw(arena, n + 1, sizeof *sums);
    if (!path || !sums) return cd_fail_memory(err);
    *verdict = (cd_verdict){.path = path, .sums = sums, .weights = w};
    for (size_t i = 0; i < n; i++) sums[i] = sum_columns(w, &columns[i]);
    if (w->net) CD_TRY(cd_net_run(w->net, columns, n, arena, sums, &verdict->net, err));
    for (size_t i = 0; i < n; i++) path[i] = sums[i] > m->bars[task];
    return CD_OK;
}

int64_t cd_model_own(const cd_verdict *verdict, size_t i, const cd_columns_of *columns)
{
    return (int64_t)sum_columns(verdict->weights, columns) + (verdict->net ? cd_net_part(verdict->net, i, columns, true) : 0);
}

void cd_model_parts(const cd_verdict *verdict, size_t i, const cd_columns_of *columns, int32_t *parts)
{
    cd_columns_of less = *columns;
    for (unsigned k = 0; k < columns->n; k++) parts[k] = verdict->weights->own[columns->at[k]];
    if (!verdict->net || columns->n == 0) return;
    const int32_t with = cd_net_part(verdict->net, i, columns, false);
    less.n--;
    for (unsigned k = columns->n; k-- > 0;) { /* the last one stands where that was which is left out */
        less.at[k] = columns->at[less.n];
        parts[k] += with - cd_net_part(verdict->net, i, &less, false);
        less.at[k] = columns->at[k];
    }
}

cd_status cd_model_head(const cd_model *m, const cd_candidates *list, const cd_page *page, size_t *head, cd_error *err)
{
    cd_verdict verdict;
    int32_t    best = m->bars[CD_TASK_HEADLINE];
    *head = page->nblocks;
    CD_TRY(cd_model_weigh(m, CD_TASK_HEADLINE, list->columns, list->n, page->arena, &verdict, err));
    bool titled = false; /* Markdown says which lines may be a page's title */
    for (size_t k = 0; k < list->n && !titled; k++) titled = verdict.sums[k] > best && !list->barred[k] && page->blocks[list->blocks[k]].heading == 1;
    for (size_t k = 0; k < list->n; k++) {
        if (verdict.sums[k] <= best || list->barred[k] || (titled && page->blocks[list->blocks[k]].heading != 1)) continue;
        best = verdict.sums[k];
        *head = list->blocks[k];
    }
    for (size_t k = 0; k < list->n && *head == page->nblocks; k++)
        if (list->blocks[k] == list->placed && verdict.sums[k] > best - PLACED) *head = list->placed;
    return CD_OK;
}

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
    for (size_t i = 0; i < page->nblocks; i++) path[i] = sums[i] > m->bars[CD_TASK_STORY];
    *verdict = (cd_verdict){.path = path, .sums = sums};
    return CD_OK;
}

int64_t cd_model_explain(const cd_model *m, const cd_columns_of *columns, uint8_t *room, int32_t *parts)
{
    bool twice = cd_trees_look_twice(m->trees) && cd_trees_sum(m->trees, 0, columns, room) > m->again;
    return (int64_t)cd_trees_explain(m->trees, twice, columns, room, parts) - m->bars[CD_TASK_STORY];
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
        uint64_t        part = (uint64_t)b->m.units * (uint64_t)cd_model_odds(m, verdict->sums[i]);
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
