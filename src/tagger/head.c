/* head.c -- finds the headline's block. In: the densest run. Out: story->head. A headline stands above the run (or is its first
 * line), is neither long nor a label, and is made of words that the story uses: so every line above the run's begin, and for a model of
 * plain text below it, since the run may have begun too early, gets a sum from the model (candidates.c), or without a model a score
 * from a few signs, and the best one wins if it is good enough.
 * An HTML page's is the heading that a title which the page states is most like, where there is one. It does NOT cut "| Site" off: fields/headline.c does. */
#include "base/utf8.h"
#include "tagger/model.h"
#include "tagger/statements.h"

#include <string.h>

enum {
    REACH = 60,        /* blocks above the run that are looked at */
    REACH_FAR = 400, REACH_HTML = 8, /* blocks above the run's begin, and below it, that the model looks at; of an HTML page below it */
    UPWARD = 3,        /* blocks right above the best line that may be the headline instead */
    UPWARD_LOSS = 900, /* ... if they lose no more points than this */
    AGAIN = 8,         /* blocks between two printings of a headline */
    DATE_DIGITS = 200, DATE_WORDS = 8, /* digits per thousand letters, and words, of a line that is a date */
    TITLE_MIN = 500, TITLE_MOST = 2500, /* length of a line that is the headline by its place */
    NEAR = 7,          /* blocks in which a byline or a date stands next to a headline */
    SIGNED_BELOW = 500, SIGNED_ABOVE = 300,
    SCORE_MIN = 450    /* a page may have no headline */
};

enum { YEAR = 1, CLOCK = 2 };

/* Whether a year and the time of day are in a short line. */
static unsigned numbers_of_date(const cd_block *b)
{
    unsigned found = 0;
    if (b->m.words > 16 || b->m.digits == 0) return 0;
    for (size_t i = 0, run = 0; i <= b->text.len; i++) {
        bool digit = i < b->text.len && b->text.ptr[i] >= '0' && b->text.ptr[i] <= '9';
        if (!digit && run == 4 && (b->text.ptr[i - 4] == '2' || b->text.ptr[i - 4] == '1')) found |= YEAR;
        if (!digit && run && run <= 2 && i + 2 < b->text.len && b->text.ptr[i] == ':' && b->text.ptr[i + 1] >= '0' && b->text.ptr[i + 1] <= '5') found |= CLOCK;
        run = digit ? run + 1 : 0;
    }
    return found;
}

/* A rule takes all of the line for the byline or a date, or it is hardly more than a year and a time. */
static bool is_signature(const cd_block *b)
{
    if (b->m.digits >= DATE_DIGITS && b->m.words <= DATE_WORDS && numbers_of_date(b) == (YEAR | CLOCK)) return true;
    const uint64_t signs = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED);
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->whole && h->rule->action == CD_ACTION_TAKE && CD_BIT(h->field) & signs) return true;
    return false;
}

static bool may_be_headline(const cd_block *b)
{
    if (b->m.units < 150 || b->m.units > 3000 || b->drop) return false;
    if (cd_block_action(b, CD_ACTION_OPEN) || (b->m.prose && b->m.sentences > 2)) return false;
    return b->m.digits < 400;
}

static bool is_signed(const cd_story *s, size_t i)
{
    enum { UNKNOWN, NO, YES };
    const uint64_t  signs = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED);
    const cd_block *b = &s->page->blocks[i];
    if (s->signs[i] == UNKNOWN) s->signs[i] = b->m.words <= 20 && !s->weight[i] && (b->hints & signs || numbers_of_date(b)) ? YES : NO;
    return s->signs[i] == YES;
}

bool cd_story_signed(const cd_story *s, size_t from, size_t to)
{
    for (size_t i = from; i < to && i < s->page->nblocks; i++)
        if (is_signed(s, i)) return true;
    return false;
}

static int score(const cd_story *s, size_t i)
{
    const cd_block *b = &s->page->blocks[i];
    cd_overlap      words = cd_topic_overlap(s, i, true);
    int             dense = words.dense, in_story = words.share[CD_TOPIC_RUN];
    uint64_t        weak = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_MODIFIED) |
                    CD_BIT(CD_ROLE_TAG) | CD_BIT(CD_ROLE_NOTE) | CD_BIT(CD_ROLE_SOURCE);
    int             n = in_story * 3 / 2 + 90 * (dense > 14 ? 14 : dense);
    size_t          far = i < s->from ? s->from - i : 0;
    n += b->times > 1 ? 350 : 0;
    n += b->m.ending == CD_END_NONE ? 500 : b->m.ending == CD_END_SENTENCE ? -100 : 0;
    n -= b->kind == CD_KIND_ITEM ? 900 : 0;
    n -= b->hints & weak ? 900 : 0;
    n -= b->hints & CD_FURNITURE ? 700 : 0;
    n -= (int)(far > 60 ? 60 : far) * 25;
    n += b->blank ? 250 : 0;
    n += b->heading == 1 ? 1500 : 0;
    n += b->m.units >= 400 ? 350 : b->m.units < 250 ? -350 : 0;
    n -= b->m.units > 2000 ? 900 : 0;
    n -= i >= s->from && s->weight[i] ? 500 : 0;
    n -= in_story < 200 ? 500 : 0;
    n += cd_story_signed(s, i + 1, i + 1 + NEAR) ? SIGNED_BELOW : 0;
    n -= cd_story_signed(s, i > NEAR ? i - NEAR : 0, i) ? SIGNED_ABOVE : 0;
    return n;
}

/* The line under a headline (standfirst, first picture) often shares more words with the story than the headline does: so a clean
 * line right above the best one, which the story's words speak for as well, is taken instead. */
static size_t line_above(const cd_story *s, size_t best)
{
    size_t taken = best;
    for (size_t i = best, steps = 0; i-- > 0 && steps < UPWARD; steps++) {
        const cd_block *b = &s->page->blocks[i];
        if (b->m.words == 0) continue;
        if (!may_be_headline(b) || b->hints || b->kind == CD_KIND_ITEM || b->m.units < 250 || b->m.units > 2000) continue;
        if (b->m.ending == CD_END_SENTENCE || b->m.ending == CD_END_COLON || b->m.digits > 200) continue;
        if (cd_topic_overlap(s, i, false).share[CD_TOPIC_RUN] >= 400 && score(s, i) + UPWARD_LOSS >= score(s, best)) taken = i;
    }
    return taken;
}

/* A headline that is printed again a few lines on, over a picture or the story, was complete where it stood first. */
static size_t first_printing(const cd_story *s)
{
    size_t low = s->head > AGAIN ? s->head - AGAIN : 0;
    for (size_t i = low; i < s->head; i++)
        if (s->page->blocks[i].hash == s->page->blocks[s->head].hash && may_be_headline(&s->page->blocks[i])) return i;
    return s->head;
}

/* The best line by the signs above. */
static void choose_by_signs(cd_story *s)
{
    int best = SCORE_MIN;
    for (size_t i = s->from > REACH ? s->from - REACH : 0; i < s->from + 3 && i < s->to; i++) {
        if (!may_be_headline(&s->page->blocks[i])) continue;
        int points = score(s, i);
        if (points < best) continue;
        best = points;
        s->head = i;
    }
    if (s->head < s->page->nblocks) s->head = line_above(s, s->head);
}

/* The line right above the byline or date that stands over the story, if it has a title's form: it is the headline though the story
 * has few of its words. Where endings tell what a word does in its sentence, hardly one is found again. */
static size_t above_signature(const cd_story *s)
{
    const cd_page *page = s->page;
    size_t         i = s->from, low = s->from > NEAR ? s->from - NEAR : 0;
    if (page->format == CD_FORMAT_HTML) return page->nblocks;
    while (i > low && !is_signed(s, i)) i--;
    if (!is_signed(s, i)) return page->nblocks;
    while (i > 0 && is_signed(s, i)) i--;
    const cd_block *b = &page->blocks[i];
    bool            title = !is_signed(s, i) && may_be_headline(b) && !b->hints && !b->hits && b->kind != CD_KIND_ITEM && b->blank && b[1].blank;
    title = title && b->m.units >= TITLE_MIN && b->m.units <= TITLE_MOST && b->m.ending == CD_END_NONE && !b->m.prose && !b->m.all_caps;
    return title ? i : page->nblocks;
}

/* The best line by the model, of more lines than the signs would be right about. */
static cd_status choose_by_model(cd_story *s, cd_error *err)
{
    size_t reach = s->page->format == CD_FORMAT_HTML ? REACH_HTML : REACH_FAR;
    size_t from = s->from > REACH_FAR ? s->from - REACH_FAR : 0, to = s->from + reach < s->to ? s->from + reach : s->to;
    cd_candidates *list = cd_arena_take(s->page->arena, sizeof *list);
    if (!list) return cd_fail_memory(err);
    for (size_t i = from; i < to; i++) list->n += may_be_headline(&s->page->blocks[i]);
    list->blocks = cd_arena_raw(s->page->arena, list->n + 1, sizeof *list->blocks);
    list->columns = cd_arena_raw(s->page->arena, list->n + 1, sizeof *list->columns);
    list->barred = cd_arena_raw(s->page->arena, list->n + 1, sizeof *list->barred);
    if (!list->blocks || !list->columns || !list->barred) return cd_fail_memory(err);
    for (size_t i = from, n = 0; i < to; i++) {
        if (!may_be_headline(&s->page->blocks[i])) continue;
        list->barred[n] = is_signature(&s->page->blocks[i]);
        list->blocks[n++] = i;
    }
    CD_TRY(cd_candidates_look(s, list, err));
    list->placed = above_signature(s);
    s->page->candidates = list;
    return s->model ? cd_model_head(s->model, list, s->page, &s->head, err) : CD_OK;
}

/* The block of which a rule is sure. */
static size_t fixed_by_rule(const cd_page *page, size_t head)
{
    if (!(page->fixed & CD_BIT(CD_ROLE_HEADLINE))) return head;
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *h = page->blocks[i].hits; h; h = h->next)
            if (h->field == CD_ROLE_HEADLINE && h->rule->action == CD_ACTION_FIX) return i;
    return head;
}

cd_status cd_story_head(cd_story *s, cd_error *err)
{
    size_t n = s->page->nblocks;
    s->head = n;
    if (s->from == s->to) return CD_OK;
    CD_TRY(cd_topic_fill(s, err));
    CD_TRY(choose_by_model(s, err));
    if (!s->model) choose_by_signs(s);
    if (s->head < n) s->head = first_printing(s);
    if (s->statements && s->statements->title < n) s->head = s->statements->title;
    s->head = fixed_by_rule(s->page, s->head);
    return CD_OK;
}
