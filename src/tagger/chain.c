/* chain.c -- plain text: a linear chain (a conditional random field) over a page's blocks, and what is made of its doubts. In: the columns
 * of every block. Out: yes or no for each, and the odds. A block's weights are summed, a step from the story to what is not and back
 * costs something of its own; the best path through the page is taken (Viterbi), and sums over all paths say how sure that is (forward
 * and backward). Blocks of which the chain is not sure are judged by trees, which know what it made of the whole page. */
#include "tagger/doubts.h"
#include "tagger/modelstate.h"

enum { DOUBT = 7000 }; /* odds: what is surer than 1,100 to 1 stays as it is */

static int32_t sum_columns(const cd_model *m, const cd_columns_of *c)
{
    int32_t sum = 0;
    for (unsigned i = 0; i < c->n; i++) sum += m->column[c->at[i]];
    return sum;
}

/* Of two ways into a block the better one; outside is 0, the story 1. From a tie the story is not entered and not left. */
static void find_path(const cd_model *m, const cd_columns_of *blocks, size_t n, const int32_t *sums, uint8_t *from)
{
    int64_t out = 0, in = sums[0];
    from[0] = 0; /* bit 0: the best way outside comes from the story; bit 1: that into the story comes from outside */
    for (size_t i = 1; i < n; i++) {
        int64_t left = in + m->leaves[blocks[i].steps], entered = out + m->enters[blocks[i].steps];
        from[i] = (uint8_t)((left > out) | (entered > in) << 1);
        int64_t next_out = left > out ? left : out;
        in = (entered > in ? entered : in) + sums[i];
        out = next_out;
    }
    uint8_t state = in > out;
    for (size_t i = n; i-- > 0;) {
        uint8_t switched = state ? from[i] >> 1 & 1 : from[i] & 1;
        from[i] = state;
        state ^= switched;
    }
}

/* log(exp(a) + exp(b)), in thousandths. */
static int64_t log_sum(const cd_model *m, int64_t a, int64_t b)
{
    int64_t more = a > b ? a : b, apart = a > b ? a - b : b - a;
    return more + (apart <= LOG_SPAN ? m->log1p_exp[apart] : 0);
}

/* By how much the paths through the story at each block outweigh those outside: forward sums of all paths up to it, then from behind.
 * `room` has n places. */
static void find_odds(const cd_model *m, const cd_columns_of *blocks, size_t n, const int32_t *sums, int64_t *room, int32_t *odds)
{
    int64_t out = 0, in = sums[0], behind_out = 0, behind_in = 0;
    room[0] = in - out;
    for (size_t i = 1; i < n; i++) {
        const unsigned steps = blocks[i].steps;
        int64_t        next_out = log_sum(m, out, in + m->leaves[steps]);
        in = sums[i] + log_sum(m, out + m->enters[steps], in);
        out = next_out;
        room[i] = in - out;
    }
    for (size_t i = n; i-- > 0;) {
        const unsigned steps = blocks[i].steps;
        int64_t        own = room[i] + behind_in - behind_out;
        odds[i] = (int32_t)(own > LOG_SPAN ? LOG_SPAN : own < -LOG_SPAN ? -LOG_SPAN : own);
        int64_t next_out = log_sum(m, behind_out, m->enters[steps] + sums[i] + behind_in);
        behind_in = log_sum(m, m->leaves[steps] + behind_out, sums[i] + behind_in);
        behind_out = next_out;
    }
}

cd_status cd_model_path(const cd_model *m, const cd_columns_of *blocks, size_t n, cd_arena *arena, cd_verdict *verdict, cd_error *err)
{
    uint8_t *path = cd_arena_raw(arena, n + 1, sizeof *path);
    int32_t *sums = cd_arena_raw(arena, n + 1, sizeof *sums), *odds = cd_arena_raw(arena, n + 1, sizeof *odds);
    int64_t *room = cd_arena_raw(arena, n + 1, sizeof *room);
    if (!path || !sums || !odds || !room) return cd_fail_memory(err);
    for (size_t i = 0; i < n; i++) sums[i] = sum_columns(m, &blocks[i]);
    if (n) find_path(m, blocks, n, sums, path);
    if (n) find_odds(m, blocks, n, sums, room, odds);
    *verdict = (cd_verdict){path, sums, odds};
    return CD_OK;
}

static bool is_doubtful(const cd_block *b, int32_t odds) { return odds < DOUBT && odds > -DOUBT && b->m.words && !cd_block_is_out(b); }

cd_status cd_model_doubt(const cd_model *m, const cd_story *story, const cd_look *look, cd_columns_of *columns, cd_verdict *verdict, cd_error *err)
{
    const cd_page *page = story->page;
    const size_t   n = page->nblocks;
    if (!m->trees) return CD_OK;
    uint16_t *odds = cd_arena_raw(page->arena, n + 1, sizeof *odds);
    uint8_t  *room = cd_arena_raw(page->arena, CD_TREE_ROOM, 1), *asked = cd_arena_raw(page->arena, n + 1, 1);
    if (!odds || !room || !asked) return cd_fail_memory(err);
    for (size_t i = 0; i < n; i++) {
        if (cd_block_is_out(&page->blocks[i])) verdict->odds[i] = OUT;
        odds[i] = (uint16_t)((int64_t)cd_model_odds(m, verdict->odds[i]) * 1000 / PROBABILITY);
        asked[i] = is_doubtful(&page->blocks[i], verdict->odds[i]);
    }
    const cd_first first = {story, look, verdict->sums, verdict->odds, odds, asked};
    CD_TRY(cd_doubts_look(&first, columns, err));
    for (size_t i = 0; i < n; i++) {
        if (!asked[i]) continue;
        verdict->odds[i] = cd_trees_sum(m->trees, 1, &columns[i], room);
        verdict->path[i] = verdict->odds[i] > m->bar;
    }
    return CD_OK;
}
