/* candidates.c -- a line that may be the headline -> the columns that the model weighs. In: the densest run and its topics. Out:
 * numbers of columns for each candidate: its words against the story's, its form, its place, what stands around it, and
 * how it compares with the other candidates. All from integers. */
#include "tagger/features.h"

/* What is compared between candidates. */
typedef struct rival {
    int story, dense, lead, page; /* overlap with the densest run, how dense, overlap with its first paragraphs and with all prose */
} rival;

enum { TELLING = 400 /* words in the story per thousand from which a line speaks of it */ };

static unsigned bucket(int64_t value, const int32_t *cuts, unsigned n)
{
    unsigned i = 0;
    while (i < n && value >= cuts[i]) i++;
    return i;
}
#define BUCKET(value, ...) bucket((int64_t)(value), (const int32_t[]){__VA_ARGS__}, sizeof((const int32_t[]){__VA_ARGS__}) / sizeof(int32_t))

static void add(cd_columns_of *c, unsigned first, unsigned last, unsigned place)
{
    if (c->n < CD_COLUMNS_MAX) c->at[c->n++] = (uint16_t)(first + place <= last ? first + place : last);
}
#define ADD(name, place) add(c, CD_COL_##name, CD_COL_END_##name, (place))

static void add_signs(cd_columns_of *c, uint64_t signs, unsigned first, unsigned last)
{
    for (; signs; signs &= signs - 1) add(c, first, last, (unsigned)__builtin_ctzll(signs));
}

static unsigned coarse_length(const cd_block *b) { return BUCKET(b->m.units, 200, 500, 1200, 2500, 5000); }

static void look_at_form(const cd_block *b, cd_columns_of *c)
{
    ADD(H_LENGTH, BUCKET(b->m.units, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 1800, 2300));
    ADD(H_END, b->m.ending);
    ADD(H_CAPS, BUCKET(b->m.caps, 1, 200, 500, 750, 950));
    ADD(H_DIGITS, BUCKET(b->m.digits, 1, 50, 150));
    ADD(H_TIMES, b->times > 3 ? 3 : b->times - 1);
    if (b->kind == CD_KIND_ITEM) ADD(H_ITEM, 0);
    const bool forms[] = {b->m.all_caps, b->m.first_upper, b->m.quote, b->m.cjk, cd_span_ends(b->text, CD_SPAN("?")), b->m.commas > 1,
                          b->m.sentences > 1};
    for (unsigned i = 0; i < sizeof forms / sizeof *forms; i++)
        if (forms[i]) ADD(H_FORM, i);
    if (cd_span_find(b->text, CD_SPAN(" | ")) < b->text.len) ADD(H_BAR, 0);
    if (cd_span_find(b->text, CD_SPAN(" - ")) < b->text.len) ADD(H_BAR, 1);
    add_signs(c, b->hints, CD_COL_H_HINT, CD_COL_END_H_HINT);
}

static unsigned nearest_sign(const cd_story *s, size_t from, size_t to, bool down)
{
    static const size_t reaches[] = {1, 3, 7};
    for (unsigned k = 0; k < 3; k++) {
        size_t low = down ? from : to > reaches[k] ? to - reaches[k] : 0, high = down ? from + reaches[k] : to;
        if (cd_story_signed(s, low, high)) return k;
    }
    return 3;
}

static void look_at_place(const cd_story *s, size_t i, cd_columns_of *c)
{
    const cd_page  *page = s->page;
    const cd_block *b = &page->blocks[i];
    ADD(H_FAR, i >= s->from ? BUCKET(i - s->from, 1, 3) : 3 + BUCKET(s->from - i, 2, 3, 4, 6, 9, 14, 25, 50, 100, 200));
    ADD(H_TOP, BUCKET(i, 1, 3, 8, 20, 50, 100, 200));
    ADD(H_BLANK, b->blank > 2 ? 2u : b->blank > 0);
    if (i >= s->from) ADD(H_PROSE, s->weight[i] > 0);
    ADD(H_SIGNED_BELOW, nearest_sign(s, i + 1, 0, true));
    ADD(H_SIGNED_ABOVE, nearest_sign(s, 0, i, false));
    if (b->first < i) ADD(H_EARLIER, 0);
    if (b->times > 1) {
        bool below = false;
        for (size_t k = i + 1; k < page->nblocks && k < i + 30 && !below; k++) below = page->blocks[k].hash == b->hash;
        if (below) ADD(H_REPEATED_BELOW, 0);
    }
    if (i > 0) {
        ADD(H_BEFORE, coarse_length(b - 1) * 5 + b[-1].m.ending);
        add_signs(c, b[-1].hints, CD_COL_H_HINT_BEFORE, CD_COL_END_H_HINT_BEFORE);
    }
    if (i + 1 < page->nblocks) {
        ADD(H_NEXT, coarse_length(b + 1) * 5 + b[1].m.ending);
        add_signs(c, b[1].hints, CD_COL_H_HINT_AFTER, CD_COL_END_H_HINT_AFTER);
    }
}

/* How it stands to its rivals: how many are better, and how many speak of the story above and below it. */
static void look_at_rivals(const cd_page *page, const cd_candidates *list, const rival *rivals, size_t at, cd_columns_of *c)
{
    unsigned story = 0, dense = 0, longer = 0, below = 0, above = 0;
    for (size_t k = 0; k < list->n; k++) {
        const cd_block *mine = &page->blocks[list->at[at].block], *other = &page->blocks[list->at[k].block];
        story += rivals[k].story > rivals[at].story;
        dense += rivals[k].dense > rivals[at].dense;
        longer += rivals[k].story >= TELLING && other->m.units > mine->m.units;
        below += k > at && rivals[k].story >= TELLING;
        above += k < at && rivals[k].story >= TELLING;
    }
    ADD(H_STORY, BUCKET(rivals[at].story, 1, 200, 350, 500, 650, 800, 950));
    ADD(H_DENSE, BUCKET(rivals[at].dense, 1, 3, 5, 7, 10, 13, 17, 22, 30));
    ADD(H_LEAD, BUCKET(rivals[at].lead, 1, 150, 300, 450, 600, 750, 900));
    ADD(H_PAGE, BUCKET(rivals[at].page, 1, 200, 350, 500, 650, 800, 950));
    ADD(H_STORY_LENGTH, BUCKET(rivals[at].story, 1, 200, 350, 500, 650, 800, 950) * 6 + coarse_length(&page->blocks[list->at[at].block]));
    ADD(H_STORY_RANK, BUCKET(story, 1, 2, 4, 8));
    ADD(H_DENSE_RANK, BUCKET(dense, 1, 2, 4, 8));
    ADD(H_LENGTH_RANK, BUCKET(longer, 1, 2, 4, 8));
    ADD(H_BELOW, BUCKET(below, 1, 2, 4, 8));
    ADD(H_ABOVE, BUCKET(above, 1, 2, 4, 8));
    ADD(H_FIRST, at == 0 ? 0 : 1);
}

cd_status cd_candidates_look(const cd_story *s, cd_candidates *list, cd_error *err)
{
    rival *rivals = cd_arena_array(s->page->arena, list->n + 1, sizeof *rivals);
    if (!rivals) return cd_fail_memory(err);
    for (size_t k = 0; k < list->n; k++) {
        size_t     i = list->at[k].block;
        cd_overlap words = cd_topic_overlap(s, i, true);
        rivals[k] = (rival){words.share[CD_TOPIC_RUN], words.dense, words.share[CD_TOPIC_LEAD], words.share[CD_TOPIC_ALL]};
    }
    for (size_t k = 0; k < list->n; k++) {
        cd_columns_of *c = &list->at[k].columns;
        look_at_form(&s->page->blocks[list->at[k].block], c);
        look_at_place(s, list->at[k].block, c);
        look_at_rivals(s->page, list, rivals, k, c);
    }
    return CD_OK;
}
