/* candidates.c -- a line that may be the headline -> the columns that the model weighs. In: the densest run and its topics. Out:
 * numbers of columns for each candidate: its words against the story's, its form, its place, what stands around it, and
 * how it compares with the other candidates. All from integers. */
#include "tagger/features.h"

#include "tagger/columns.h"

/* What is compared between candidates, a list each so that one goes through all of them quickly. */
typedef struct rivals {
    int32_t  *story, *dense, *lead, *page; /* overlap with the densest run, how dense, overlap with its first paragraphs and with all prose */
    uint32_t *units;                       /* of those that tell of the story; 0 of others */
    uint32_t *telling;                     /* how many of these stand before it; one more place for all */
    size_t    n;
} rivals;

enum { TELLING = 400 /* words in the story per thousand from which a line speaks of it */ };

/* Of a hundred lines so many are as far from the line before on a page whose blank lines tell nothing apart. */
enum { ALIKE = 97 };

static void look_at_form(const cd_block *b, cd_columns_of *c)
{
    CD_ADD(c, H_LENGTH, CD_BUCKET(b->m.units, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 1800, 2300));
    CD_ADD(c, H_END, b->m.ending);
    CD_ADD(c, H_CAPS, CD_BUCKET(b->m.caps, 1, 200, 500, 750, 950));
    CD_ADD(c, H_DIGITS, CD_BUCKET(b->m.digits, 1, 50, 150));
    CD_ADD(c, H_TIMES, b->times > 3 ? 3 : b->times - 1);
    if (b->kind == CD_KIND_ITEM) CD_ADD(c, H_ITEM, 0);
    const bool forms[] = {b->m.all_caps, b->m.first_upper, b->m.quote, b->m.cjk, cd_span_ends(b->text, CD_SPAN("?")), b->m.commas > 1,
                          b->m.sentences > 1};
    for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i]) CD_ADD(c, H_FORM, i);
    if (cd_span_find(b->text, CD_SPAN(" | ")) < b->text.len) CD_ADD(c, H_BAR, 0);
    if (cd_span_find(b->text, CD_SPAN(" - ")) < b->text.len) CD_ADD(c, H_BAR, 1);
    cd_column_add_signs(c, b->hints, CD_COL_H_HINT, CD_COL_END_H_HINT);
}

/* How far from block i the next byline or date is, below it or above, in steps. */
static unsigned nearest_sign(const cd_story *s, size_t i, bool down)
{
    for (size_t far = 1; far <= 7 && (down || far <= i); far++) {
        size_t at = down ? i + far : i - far;
        if (cd_story_signed(s, at, at + 1)) return far > 3 ? 2 : far > 1;
    }
    return 3;
}

static unsigned blanks_above(const cd_block *b) { return b->blank > 2 ? 2u : b->blank > 0; }

/* Whether blank lines say something of the candidates: not where a program left them out, or put one behind each line. */
static bool blanks_tell(const cd_story *s, const cd_candidates *list)
{
    size_t counts[3] = {0}, n = list->n ? list->n - 1 : 0, most = 0;
    for (size_t k = 1; k < list->n; k++) counts[blanks_above(&s->page->blocks[list->blocks[k]])]++;
    for (size_t i = 0; i < 3; i++) most = counts[i] > most ? counts[i] : most;
    return n == 0 || most * 100 < n * ALIKE;
}

static void look_at_place(const cd_story *s, size_t i, bool blanks, cd_columns_of *c)
{
    const cd_page  *page = s->page;
    const cd_block *b = &page->blocks[i];
    CD_ADD(c, H_FAR, i >= s->from ? CD_BUCKET(i - s->from, 1, 3) : 3 + CD_BUCKET(s->from - i, 2, 3, 4, 6, 9, 14, 25, 50, 100, 200));
    CD_ADD(c, H_TOP, CD_BUCKET(i, 1, 3, 8, 20, 50, 100, 200));
    if (blanks) CD_ADD(c, H_BLANK, blanks_above(b));
    if (i >= s->from) CD_ADD(c, H_PROSE, s->weight[i] > 0);
    CD_ADD(c, H_SIGNED_BELOW, nearest_sign(s, i, true));
    CD_ADD(c, H_SIGNED_ABOVE, nearest_sign(s, i, false));
    if (b->first < i) CD_ADD(c, H_EARLIER, 0);
    if (b->times > 1) {
        bool below = false;
        for (size_t k = i + 1; k < page->nblocks && k < i + 30 && !below; k++) below = page->blocks[k].hash == b->hash;
        if (below) CD_ADD(c, H_REPEATED_BELOW, 0);
    }
    if (i > 0) {
        CD_ADD(c, H_BEFORE, cd_coarse_length(b - 1) * 5 + b[-1].m.ending);
        cd_column_add_signs(c, b[-1].hints, CD_COL_H_HINT_BEFORE, CD_COL_END_H_HINT_BEFORE);
    }
    if (i + 1 < page->nblocks) {
        CD_ADD(c, H_NEXT, cd_coarse_length(b + 1) * 5 + b[1].m.ending);
        cd_column_add_signs(c, b[1].hints, CD_COL_H_HINT_AFTER, CD_COL_END_H_HINT_AFTER);
    }
}

static unsigned count_above(const int32_t *list, size_t n, int32_t value)
{
    unsigned above = 0;
    for (size_t k = 0; k < n; k++) above += list[k] > value;
    return above;
}

static unsigned count_longer(const uint32_t *units, size_t n, uint32_t mine)
{
    unsigned longer = 0;
    for (size_t k = 0; k < n; k++) longer += units[k] > mine;
    return longer;
}

/* How candidate `at`, block b, stands to its rivals: how many are better, and how many speak of the story above and below it. */
static void look_at_rivals(const rivals *r, size_t at, const cd_block *b, cd_columns_of *c)
{
    unsigned story = count_above(r->story, r->n, r->story[at]), dense = count_above(r->dense, r->n, r->dense[at]);
    unsigned longer = count_longer(r->units, r->n, b->m.units), above = r->telling[at], below = r->telling[r->n] - r->telling[at + 1];
    CD_ADD(c, H_STORY, CD_BUCKET(r->story[at], 1, 200, 350, 500, 650, 800, 950));
    CD_ADD(c, H_DENSE, CD_BUCKET(r->dense[at], 1, 3, 5, 7, 10, 13, 17, 22, 30));
    CD_ADD(c, H_LEAD, CD_BUCKET(r->lead[at], 1, 150, 300, 450, 600, 750, 900));
    CD_ADD(c, H_PAGE, CD_BUCKET(r->page[at], 1, 200, 350, 500, 650, 800, 950));
    CD_ADD(c, H_STORY_LENGTH, CD_BUCKET(r->story[at], 1, 200, 350, 500, 650, 800, 950) * 6 + cd_coarse_length(b));
    CD_ADD(c, H_STORY_RANK, CD_BUCKET(story, 1, 2, 4, 8));
    CD_ADD(c, H_DENSE_RANK, CD_BUCKET(dense, 1, 2, 4, 8));
    CD_ADD(c, H_LENGTH_RANK, CD_BUCKET(longer, 1, 2, 4, 8));
    CD_ADD(c, H_BELOW, CD_BUCKET(below, 1, 2, 4, 8));
    CD_ADD(c, H_ABOVE, CD_BUCKET(above, 1, 2, 4, 8));
    CD_ADD(c, H_FIRST, at == 0 ? 0 : 1);
}

static bool list_rivals(const cd_story *s, const cd_candidates *list, rivals *r)
{
    cd_arena *arena = s->page->arena;
    *r = (rivals){.n = list->n};
    r->story = cd_arena_raw(arena, r->n + 1, sizeof *r->story);
    r->dense = cd_arena_raw(arena, r->n + 1, sizeof *r->dense);
    r->lead = cd_arena_raw(arena, r->n + 1, sizeof *r->lead);
    r->page = cd_arena_raw(arena, r->n + 1, sizeof *r->page);
    r->units = cd_arena_raw(arena, r->n + 1, sizeof *r->units);
    r->telling = cd_arena_raw(arena, r->n + 1, sizeof *r->telling);
    if (!r->story || !r->dense || !r->lead || !r->page || !r->units || !r->telling) return false;
    r->telling[0] = 0;
    for (size_t k = 0; k < r->n; k++) {
        cd_overlap words = cd_topic_overlap(s, list->blocks[k], true);
        bool       tells = words.share[CD_TOPIC_RUN] >= TELLING;
        r->story[k] = words.share[CD_TOPIC_RUN];
        r->dense[k] = words.dense;
        r->lead[k] = words.share[CD_TOPIC_LEAD];
        r->page[k] = words.share[CD_TOPIC_ALL];
        r->units[k] = tells ? s->page->blocks[list->blocks[k]].m.units : 0;
        r->telling[k + 1] = r->telling[k] + tells;
    }
    return true;
}

cd_status cd_candidates_look(const cd_story *s, cd_candidates *list, cd_error *err)
{
    rivals r;
    if (!list_rivals(s, list, &r)) return cd_fail_memory(err);
    const bool blanks = s->page->format == CD_FORMAT_HTML || blanks_tell(s, list);
    for (size_t k = 0; k < list->n; k++) {
        cd_columns_of  *c = &list->columns[k];
        const cd_block *b = &s->page->blocks[list->blocks[k]];
        c->n = 0;
        look_at_form(b, c);
        look_at_place(s, list->blocks[k], blanks, c);
        look_at_rivals(&r, k, b, c);
    }
    return CD_OK;
}
