/* position.c -- one role for each block, from rules and position alone. In: a marked page. Out: roles, reasons, page->head,
 * body_from, body_to. The steps:
 *   1. weigh every block as prose: nothing where a rule drops it, a quarter where rules hint at boilerplate;
 *   2. find the densest run again by these weights;
 *   3. find the headline above it (head.c): the story begins behind it;
 *   4. find where the story ends inside the run: at a heading such as "Related" behind which no prose goes on;
 *   5. give roles: inside by length, ending, hints and neighbours, outside by rule, hint or open region.
 * A heading in the middle ("RECOMMENDED") behind which the story goes on costs only its own line. */
#include "tagger/statements.h"

#include <string.h>

/* Weights are in hundredths of a word. */
enum {
    GAP = 600,            /* a block without prose costs the run this much */
    SHORT_STORY = 25000,  /* up to here a page may still be a consent wall or a listing */
    AROUND = 12,          /* blocks around the run that tell what it is about */
    LONG_LIST = 20000, LONG_ENTRY = 4000, /* entries of such a list, together and on average, are no summaries */
    LITTLE = 5000,        /* a body shorter than this may be a listing's summary */
    ARTICLE_MIN = 3000,   /* less prose than this is no article */
    SUMMARIES = 8, SUMMARY_MAX = 3000, /* so many paragraphs of a home page, none behind another, no longer on average, are a listing's */
    TEASERS = 4, TEASER_LINK = 4, /* of a listing, and words of the link below one */
    COMMENTS_TOP = 4,     /* blocks above the heading of a page of comments */
    BUTTONS = 8,          /* paragraphs of comments for one button */
    LABEL_MAX = 150,      /* shorter ones are labels */
    TITLE_MAX = 2500,     /* longer blocks without a sentence's end are prose all the same */
    SHORT = 1200,         /* hints decide about blocks shorter than this */
    FOOT_MAX = 6000,      /* prose behind an author's box that is still its foot */
    LOOK = 6,             /* blocks in which a story goes on behind a heading, or does not */
    INSERTED = 4          /* titles of a box inside the story */
};

cd_role cd_block_action(const cd_block *block, cd_action action)
{
    for (const cd_hit *h = block->hits; h; h = h->next)
        if (h->rule->action == action) return h->rule->family;
    return CD_ROLE_NONE;
}

/* ---- 1, 2: weights and run ------------------------------------------------------------------------------------------- */

static uint32_t weigh(const cd_block *b)
{
    if (b->drop) return 0;
    uint64_t bad = CD_FURNITURE & ~(CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_BIO) | CD_BIT(CD_ROLE_SIGNOFF) | CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_LEGAL));
    return b->hints & bad && !b->keep ? b->m.prose / 4 : b->m.prose;
}

static cd_status weigh_all(cd_story *s, cd_error *err)
{
    cd_page *page = s->page;
    s->weight = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *s->weight);
    s->signs = cd_arena_array(page->arena, page->nblocks + 1, sizeof *s->signs);
    s->sum = cd_arena_raw(page->arena, page->nblocks + 1, sizeof *s->sum);
    if (!s->weight || !s->signs || !s->sum) return cd_fail_memory(err);
    s->sum[0] = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        s->weight[i] = weigh(&page->blocks[i]);
        s->sum[i + 1] = s->sum[i] + s->weight[i];
    }
    return CD_OK;
}

static void find_run(cd_story *s)
{
    int64_t best = 0, sum = 0;
    size_t  from = 0;
    for (size_t i = 0; i < s->page->nblocks; i++) {
        if (sum <= 0) sum = 0, from = i;
        sum += s->weight[i] ? (int64_t)s->weight[i] : s->page->blocks[i].drop ? -GAP / 3 : -GAP;
        if (sum > best) best = sum, s->from = from, s->to = i + 1;
    }
}

/* A consent wall: the run and what is around it speak of cookies and partners more than of anything else, or it is short and
 * stands among consent labels. A long consent dialog far from the run says nothing against a story. */
static bool is_consent(const cd_story *s, uint64_t prose)
{
    uint64_t cookies = 0;
    size_t   labels = 0, all = 0;
    for (size_t i = s->from > AROUND ? s->from - AROUND : 0; i < s->page->nblocks && i < s->to + AROUND; i++) {
        bool cookie = s->page->blocks[i].hints & CD_BIT(CD_ROLE_COOKIE);
        if (cookie) cookies += s->page->blocks[i].m.units;
        labels += cookie;
        all++;
    }
    return cookies > prose || (prose < SHORT_STORY && labels >= 5 && labels * 5 >= all);
}

/* Whether the paragraph i of a body is cut short, or a link to the rest of it stands right below ("Read more"). */
static bool is_teaser(const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i], *next = i + 1 < page->nblocks ? b + 1 : NULL;
    bool cut = b->m.ending == CD_END_ELLIPSIS || cd_span_ends(b->text, CD_SPAN("\xE2\x80\xA6]")) || cd_span_ends(b->text, CD_SPAN("...]"));
    return cut || (next && next->m.words <= TEASER_LINK && next->drop && next->drop->family == CD_ROLE_RELATED);
}

/* A listing has more around its longest summary than a story has around itself; or it is one teaser after the other. */
bool cd_story_is_listing(const cd_story *s)
{
    const cd_page *page = s->page;
    uint64_t body = 0, all = 0;
    size_t   prose = 0, pairs = 0, teasers = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        if (b->markup && b->role == CD_ROLE_COMMENTS) continue;
        all += b->markup ? (uint64_t)b->m.units * (1000u - b->markup->links) / 1000 : b->m.units; /* links lead elsewhere */
        if (b->role != CD_ROLE_BODY) continue;
        body += b->m.units;
        prose += b->m.prose > 0;
        pairs += b->m.prose && i > 0 && b[-1].m.prose && b[-1].role == CD_ROLE_BODY;
        teasers += b->m.prose && !b->markup && is_teaser(page, i);
    }
    if (teasers >= TEASERS && teasers * 10 >= prose * 7 && pairs == 0) return true;
    bool lone_summaries = prose >= 2 && pairs == 0 && body < SHORT_STORY && (s->statements || body < prose * LONG_ENTRY);
    if (s->statements && s->statements->article) return false;
    if (s->statements && (body < ARTICLE_MIN || (s->statements->home && prose >= SUMMARIES && pairs == 0 && body < prose * SUMMARY_MAX))) return true;
    return body * 4 < all && (body < LITTLE || lone_summaries);
}

/* A list of long entries, each under its title: no summary is that long. */
static bool is_long_entries(const cd_story *s, uint64_t prose)
{
    size_t n = 0;
    for (size_t i = s->from; i < s->to; i++) n += s->weight[i] > 0;
    return prose >= LONG_LIST && prose >= n * LONG_ENTRY;
}

/* Readers' comments and no story: their heading stands above the run, nothing of a story above that, and their buttons in the run and
 * close to it. */
static bool is_comments(const cd_story *s)
{
    size_t heading = 0, prose = 0, buttons = 0;
    while (heading < s->from && cd_block_action(&s->page->blocks[heading], CD_ACTION_OPEN) != CD_ROLE_COMMENTS) heading++;
    if (heading == s->from || heading > COMMENTS_TOP) return false;
    for (size_t i = heading; i < s->page->nblocks && i <= s->to + LOOK; i++) {
        const cd_block *b = &s->page->blocks[i];
        prose += s->weight[i] > 0;
        buttons += b->drop && b->drop->family == CD_ROLE_COMMENTS;
    }
    return buttons * BUTTONS >= prose;
}

/* Whether the run is a story at all: enough prose, and more than lone summaries under headings. */
static bool is_article(const cd_story *s)
{
    uint64_t prose = cd_story_prose(s, s->from, s->to), all = 0;
    size_t   pairs = 0;
    for (size_t i = s->from; i < s->to; i++) {
        const cd_measure *m = &s->page->blocks[i].m;
        all += m->prose ? m->prose : m->units; /* prose is capped: a story of one long paragraph is all prose */
        pairs += i > s->from && s->weight[i] && s->weight[i - 1];
    }
    s->page->consent = is_consent(s, prose);
    if (s->page->consent) return false;
    if (s->page->format == CD_FORMAT_HTML && s->model) return true; /* the model knows more, and a listing is told by its links */
    if (prose < ARTICLE_MIN || is_comments(s)) return false;
    return pairs > 0 || prose * 10 >= all * 6 || is_long_entries(s, prose);
}

/* ---- 4: where the story ends ----------------------------------------------------------------------------------------- */

static bool is_line_of_box(const cd_story *s, size_t i)
{
    const cd_measure *m = &s->page->blocks[i].m;
    return !s->weight[i] && m->ending != CD_END_SENTENCE && (m->units < SHORT || m->sentences == 0);
}

/* The first prose behind block i, if nothing but few titles stand between; else s->to. */
static size_t prose_behind_titles(const cd_story *s, size_t i)
{
    size_t k = i + 1;
    while (k < s->to && k <= i + INSERTED && is_line_of_box(s, k)) k++;
    return k < s->to && s->weight[k] ? k : s->to;
}

/* A box of few titles inside the story: what stands behind it, below a blank line, is prose of its own, and no lone summary with the
 * next title and summary below. */
static bool is_inserted(const cd_story *s, size_t i)
{
    cd_role opened = cd_block_action(&s->page->blocks[i], CD_ACTION_OPEN);
    size_t  k = prose_behind_titles(s, i);
    if (k == s->to || !(CD_BIT(opened) & (CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR)))) return false;
    const cd_block *b = &s->page->blocks[k];
    if (b->markup) return false; /* a box of an HTML page is an element of its own */
    bool            lone = k + 1 >= s->to || !s->weight[k + 1];
    if (lone && !b->m.quote && (b->m.sentences < 2 || prose_behind_titles(s, k) < s->to)) return false;
    return b->blank && b->m.ending == CD_END_SENTENCE && !(b->hints & CD_FURNITURE);
}

/* Two pieces of prose one behind the other, without a title between them, are a story; a lone one is a teaser's summary. */
static bool story_goes_on(const cd_story *s, size_t i)
{
    size_t to = i + 1 + LOOK * 2 < s->to ? i + 1 + LOOK * 2 : s->to;
    size_t first = i + 1;
    if (first < to && s->weight[first] >= 1200 && cd_story_prose(s, first, to) >= 4000) return true;
    size_t pairs = 0;
    for (size_t k = i + 2; k < to; k++) pairs += s->weight[k] && s->weight[k - 1];
    return (pairs >= 2 && cd_story_prose(s, i + 1, to) >= 9000) || is_inserted(s, i);
}

static bool ends_story(const cd_story *s, size_t i)
{
    const cd_block *b = &s->page->blocks[i];
    cd_role         opened = cd_block_action(b, CD_ACTION_OPEN);
    if (opened == CD_ROLE_NONE) return false;
    uint64_t run = cd_story_prose(s, s->from, s->to), seen = cd_story_prose(s, s->from, i);
    if (opened == CD_ROLE_COMMENTS && seen * 4 >= run && seen >= ARTICLE_MIN) return true;
    if (seen * 100 < run * 35) return false;
    return !story_goes_on(s, i);
}

static size_t find_end(const cd_story *s)
{
    size_t begin = s->head < s->to && s->head > s->from ? s->head : s->from;
    for (size_t i = begin; i < s->to; i++)
        if (ends_story(s, i)) return i;
    return s->to;
}

/* ---- 5: roles -------------------------------------------------------------------------------------------------------- */

static void set_role(cd_block *b, cd_role role, const char *reason)
{
    b->role = role;
    b->reason = reason;
}

cd_role cd_block_hinted(const cd_block *b, bool inside)
{
    uint64_t hints = b->hints & CD_FURNITURE & ~(inside ? CD_BIT(CD_ROLE_BIO) : 0);
    return hints ? (cd_role)__builtin_ctzll(hints) : CD_ROLE_NONE;
}

bool cd_block_has_field(const cd_block *b)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->whole && (h->rule->action == CD_ACTION_TAKE || h->rule->action == CD_ACTION_FIX) && cd_role_is_kept(h->field) && h->field != CD_ROLE_DATELINE) return true;
    return false;
}

/* A short block inside the story: a sub-heading or list item where prose is near, else furniture. */
static void set_short_role(cd_story *s, size_t i, size_t end)
{
    cd_block *b = &s->page->blocks[i];
    cd_role   hint = cd_block_hinted(b, true);
    uint64_t  next = cd_story_prose(s, i + 1, i + 3 < end ? i + 3 : end);
    size_t    low = i > 4 ? i - 4 : 0, high = i + 5 < end ? i + 5 : end;
    if (hint != CD_ROLE_NONE) set_role(b, hint, "short, with a sign of boilerplate");
    else if (b->m.words == 0) set_role(b, CD_ROLE_OTHER, "no words");
    else if (b->kind == CD_KIND_ITEM && b->m.units >= 200 && cd_story_prose(s, low, high) > 0) set_role(b, CD_ROLE_BODY, "list item in the story");
    else if (b->m.ending == CD_END_SENTENCE || b->m.ending == CD_END_COLON || b->m.quote) set_role(b, CD_ROLE_BODY, "sentence in the story");
    else if (b->m.units >= LABEL_MAX && next > 0) set_role(b, CD_ROLE_BODY, "sub-heading in front of prose");
    else set_role(b, CD_ROLE_OTHER, "label without prose behind it");
}

/* Longer than a sub-heading and yet no sentence: another story's title, a picture's alternative text; or a line about dates. */
static bool is_title(const cd_block *b)
{
    if (b->m.prose || b->keep || b->kind == CD_KIND_ITEM || b->m.quote) return false;
    if (b->m.ending == CD_END_SENTENCE || b->m.ending == CD_END_COLON) return (b->hints & (CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED))) && b->m.digits > 150;
    return b->m.units < TITLE_MAX;
}

/* A long sub-heading: prose stands right in front of it and right behind it. */
static bool leads_on(const cd_story *s, size_t i, size_t end) { return i > 0 && i + 1 < end && s->weight[i - 1] && s->weight[i + 1]; }

static void set_inside_role(cd_story *s, size_t i, size_t end)
{
    cd_block *b = &s->page->blocks[i];
    if (b->drop) set_role(b, b->drop->family, NULL);
    else if (b->first < i && b->m.units >= 400 && s->page->blocks[b->first].role == CD_ROLE_BODY) set_role(b, CD_ROLE_REPEAT, "the same words as an earlier paragraph");
    else if (i < s->from && !b->m.prose && b->m.ending != CD_END_SENTENCE) set_role(b, cd_block_hinted(b, true) ? cd_block_hinted(b, true) : CD_ROLE_OTHER, "between headline and story");
    else if (cd_block_has_field(b)) set_role(b, CD_ROLE_OTHER, "a field's line");
    else if (cd_block_action(b, CD_ACTION_OPEN)) set_role(b, cd_block_action(b, CD_ACTION_OPEN), "heading of a region that ends at once");
    else if (b->m.units < CD_HEADING_MAX) set_short_role(s, i, end);
    else if (b->m.units < SHORT && cd_block_hinted(b, true) && !b->keep) set_role(b, cd_block_hinted(b, true), "short, with a sign of boilerplate");
    else if (is_title(b) && !leads_on(s, i, end)) set_role(b, CD_ROLE_OTHER, "a title or a label, no sentence");
    else set_role(b, CD_ROLE_BODY, "in the densest run of prose");
}

static void set_outside_role(cd_block *b, cd_role region)
{
    cd_role hint = cd_block_hinted(b, false);
    if (b->drop) set_role(b, b->drop->family, NULL);
    else if (hint != CD_ROLE_NONE) set_role(b, hint, "a sign of boilerplate, outside the story");
    else if (region != CD_ROLE_NONE) set_role(b, region, "under a heading such as \"Related\"");
    else set_role(b, CD_ROLE_OTHER, "outside the story");
}

/* Blocks above the headline or below the story: an open region goes on to its close, the next one, or the page's end. */
static void set_outside(cd_story *s, size_t from, size_t to)
{
    cd_role region = CD_ROLE_NONE;
    for (size_t i = from; i < to; i++) {
        cd_block *b = &s->page->blocks[i];
        cd_role   opened = cd_block_action(b, CD_ACTION_OPEN);
        if (opened != CD_ROLE_NONE) region = opened;
        else if (cd_block_action(b, CD_ACTION_CLOSE)) region = CD_ROLE_NONE;
        set_outside_role(b, region);
    }
}

void cd_story_clear(cd_story *s)
{
    s->page->head = s->page->nblocks;
    s->page->body_from = s->page->body_to = 0;
    set_outside(s, 0, s->page->nblocks);
}

/* The same headline printed again, above or just below. */
static void set_headline(cd_story *s, size_t end)
{
    cd_page  *page = s->page;
    cd_block *head = &page->blocks[s->head];
    for (size_t i = 0; i < end; i++)
        if (page->blocks[i].hash == head->hash) set_role(&page->blocks[i], CD_ROLE_HEADLINE, "the headline again");
    set_role(head, CD_ROLE_HEADLINE, head->heading == 1 ? "a heading of the first level in Markdown" : "above the story, in its words");
}

/* An author's box at the story's foot: a biography behind a short line, with little prose after it. It begins at that line. */
static size_t bio_begin(const cd_story *s, size_t begin, size_t end)
{
    uint64_t run = cd_story_prose(s, begin, end);
    for (size_t i = begin + 1; i < end; i++) {
        const cd_block *b = &s->page->blocks[i];
        if (!(b->hints & CD_BIT(CD_ROLE_BIO)) || !b->m.prose || s->weight[i - 1]) continue;
        if (cd_story_prose(s, begin, i) * 10 < run * 6 || cd_story_prose(s, i + 1, end) > FOOT_MAX) continue;
        while (i > begin && !s->weight[i - 1] && s->page->blocks[i - 1].m.ending == CD_END_NONE) i--;
        return i;
    }
    return end;
}

/* What stands last in the run without being a sentence leads to nothing: headings and "More about this:". */
static bool ends_nothing(const cd_block *b)
{
    if (b->role != CD_ROLE_BODY || b->kind == CD_KIND_ITEM) return b->role != CD_ROLE_BODY;
    if (b->m.ending == CD_END_COLON) return b->m.units < 4000;
    return b->m.ending == CD_END_NONE && !b->m.quote && b->m.units < SHORT;
}

static size_t trim_end(cd_story *s, size_t begin, size_t end)
{
    while (end > begin && ends_nothing(&s->page->blocks[end - 1])) {
        cd_block *b = &s->page->blocks[--end];
        if (b->role == CD_ROLE_BODY) set_role(b, CD_ROLE_OTHER, "nothing of the story follows it");
    }
    return end;
}

cd_status cd_story_place(cd_story *s, cd_error *err)
{
    cd_page *page = s->page;
    page->head = page->nblocks;
    page->body_from = page->body_to = 0;
    CD_TRY(weigh_all(s, err));
    find_run(s);
    s->article = s->from < s->to && is_article(s);
    if (!s->article) {
        set_outside(s, 0, page->nblocks);
        return CD_OK;
    }
    CD_TRY(cd_story_head(s, err));
    size_t end = find_end(s), begin = s->head < s->to ? s->head + 1 : s->from;
    if (begin > s->from && s->head >= s->from && cd_story_prose(s, s->from, s->head) > 0) begin = s->from;
    end = bio_begin(s, begin, end);
    set_outside(s, 0, begin);
    for (size_t i = begin; i < end; i++) set_inside_role(s, i, end);
    set_outside(s, end, page->nblocks);
    if (s->head < page->nblocks) set_headline(s, end);
    page->head = s->head;
    while (begin < end && page->blocks[begin].role != CD_ROLE_BODY) begin++;
    end = trim_end(s, begin, end);
    page->body_from = begin;
    page->body_to = end;
    return CD_OK;
}
