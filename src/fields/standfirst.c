/* standfirst.c -- the lines between headline and story that sum it up. In: blocks behind the headline, when all other fields have taken
 * theirs. Out: fields.standfirst. Every line there that no field took gets points for where it stands, for what follows it, for the words
 * that it shares with headline and story, and for its form; the best one is taken if it has enough. A wrong one costs as much as a
 * missing one: so the first paragraph of a story is taken for one only where what follows begins the story anew. Several short lines
 * or bullets right under the headline are one standfirst. What repeats headline or lead is none; neither is a picture's description, nor
 * what introduces the author. */
#include "fields/stated.h"

/* Blocks behind the headline that are looked at; of the story that it is held against; length in hundredths of a word. */
enum { REACH = 14, STORY = 16, UNITS_MIN = 500, UNITS_LINE = 300, UNITS_BULLET = 600, UNITS_MAX = 7000, UNITS_LONG = 5500, UNITS_SENTENCE = 1000, UNITS_SUMMARY = 2000 };

/* Lines of one standfirst; words by which two texts begin alike. */
enum { LINES = 6, BEGIN = 10, SMALL = 2 };

/* Points; those of a summary right above the dateline, which may stand below other lines. */
enum { ENOUGH = 5, SUMMARY = 8 };

typedef struct candidate {
    size_t from, to; /* its blocks */
    int    points;
} candidate;

static bool is_open(const cd_page *page, const cd_block *b)
{
    const uint64_t other = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_NOTE) |
                           CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_DATELINE) | CD_BIT(CD_ROLE_BIO) | CD_BIT(CD_ROLE_NEWSLETTER) | CD_BIT(CD_ROLE_COOKIE) |
                           CD_BIT(CD_ROLE_MEMBERSHIP) | CD_BIT(CD_ROLE_PROMO) | CD_BIT(CD_ROLE_SIGNOFF) | CD_BIT(CD_ROLE_TECHNICAL);
    return (b->role == CD_ROLE_OTHER || b->role == CD_ROLE_BODY) && !b->drop && !(b->hints & other) &&
           !cd_same_words(cd_block_text(b), page->fields.headline);
}

/* Keywords for search engines, apart by bars. */
static bool has_bars(cd_span text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) n += text.ptr[i] == '|';
    return n > 1;
}

/* In HTML the model knows which opening lines are the story's, learned from what publishers count to it: there they stay, as a dateline
 * does, and are a standfirst besides only where a class says so. */
static bool is_opening(const cd_page *page, const cd_block *b)
{
    return page->format == CD_FORMAT_HTML && page->confidence != CD_NOT_KNOWN && b->role == CD_ROLE_BODY;
}

static bool may_be_standfirst(const cd_page *page, const cd_block *b)
{
    const bool said = cd_block_families(page, (size_t)(b - page->blocks), 1) & CD_FAMILY_BIT(CD_FAMILY_STANDFIRST);
    if (is_opening(page, b) && !said) return false;
    return is_open(page, b) && b->kind == CD_KIND_PARA && b->m.units >= UNITS_MIN && b->m.units <= UNITS_MAX && !has_bars(b->text);
}

static bool begin_alike(cd_span a, cd_span b)
{
    cd_span x, y;
    for (size_t n = 0; n < BEGIN; n++)
        if (!cd_word_take(&a, &x) || !cd_word_take(&b, &y) || cd_fold_hash(x) != cd_fold_hash(y)) return false;
    return true;
}

/* The first words are an author's: a line about her. */
static bool names_author(const cd_page *page, cd_span text)
{
    cd_span word, name;
    if (!cd_word_take(&text, &word)) return false;
    for (size_t i = 0; i < page->fields.authors.n; i++)
        for (cd_span rest = page->fields.authors.at[i]; cd_word_take(&rest, &name);)
            if (cd_fold_hash(word) == cd_fold_hash(name)) return true;
    return false;
}

/* The lead, or another line of the story, printed twice; or what a picture below shows. */
static bool is_repeat(const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i];
    for (size_t k = i + 1; k < page->nblocks && k < i + REACH; k++)
        if (page->blocks[k].role == CD_ROLE_BODY &&
            (page->blocks[k].hash == b->hash || begin_alike(cd_block_text(b), cd_block_text(&page->blocks[k]))))
            return true;
    size_t shared, next = i + 1;
    while (next < page->nblocks && page->blocks[next].m.words == 0) next++;
    if (next >= page->nblocks || page->blocks[next].role != CD_ROLE_CAPTION) return false;
    size_t n = cd_told(page, i, next, next + 1, &shared);
    return n && shared * 2 >= n;
}

/* Lines of other kinds between the headline and block `i`: 0 for its byline, date and buttons. */
static int lines_between(const cd_page *page, size_t i)
{
    const uint64_t head = CD_BIT(CD_ROLE_HEADLINE) | CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_SHARE) |
                          CD_BIT(CD_ROLE_PLAYER) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_SOURCE) | CD_BIT(CD_ROLE_SECTION) |
                          CD_BIT(CD_ROLE_REPEAT) | CD_BIT(CD_ROLE_ADVERT) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_LEGAL);
    int n = 0, small = 0; /* a number or two are nothing, a row of short lines is a menu */
    for (size_t k = page->head + 1; k < i; k++) {
        const cd_block *b = &page->blocks[k];
        if (b->m.words && !(CD_BIT(b->role) & head) && (b->m.words > SMALL || small++ >= SMALL)) n++;
    }
    return n;
}

/* What stands behind the lines: 2 something of the story's head (byline, date, picture), 1 furniture, 0 the story. */
static int what_follows(const cd_page *page, size_t to)
{
    const uint64_t head = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED);
    while (to < page->nblocks && page->blocks[to].m.words == 0) to++;
    if (to >= page->nblocks || page->blocks[to].role == CD_ROLE_BODY) return 0;
    return CD_BIT(page->blocks[to].role) & head ? 2 : 1;
}

/* A sentence right under the headline with a picture behind it; a line without a stop there may be the picture's description. */
static bool is_over_picture(const cd_page *page, const candidate *c)
{
    const uint64_t pictures = CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT);
    size_t         to = c->to, first = page->head + 1;
    while (to < page->nblocks && page->blocks[to].m.words == 0) to++;
    while (first < c->from && page->blocks[first].m.words == 0) first++;
    return first == c->from && page->blocks[c->to - 1].m.ending == CD_END_SENTENCE && to < page->nblocks && CD_BIT(page->blocks[to].role) & pictures;
}

/* The story begins behind the lines: with its dateline. */
static bool begins_anew(const cd_page *page, size_t to)
{
    while (to < page->nblocks && page->blocks[to].m.words == 0) to++;
    return to < page->nblocks && page->blocks[to].role == CD_ROLE_BODY && cd_hit_of(&page->blocks[to], CD_ROLE_DATELINE);
}

static int points_of(const cd_page *page, const candidate *c)
{
    const cd_block *b = &page->blocks[c->from];
    const uint64_t  said = CD_FAMILY_BIT(CD_FAMILY_STANDFIRST), others = CD_FAMILY_BIT(CD_FAMILY_AUTHOR) | CD_FAMILY_BIT(CD_FAMILY_TOC);
    size_t          shared, story = page->body_from > c->to ? page->body_from : c->to, end = story + STORY;
    int             between = lines_between(page, c->from), follows = what_follows(page, c->to), points = 0;
    if (is_over_picture(page, c)) follows = 2;
    points += between == 0 ? 3 : between == 1 ? 1 : between < 4 ? -1 : -3;
    if (c->from == page->head + 1) points += b->role == CD_ROLE_OTHER && b->m.ending == CD_END_SENTENCE ? 3 : 1;
    points += b->role == CD_ROLE_OTHER && between <= 1 && b->m.units >= UNITS_SENTENCE;
    points += follows;
    if (follows == 0 && b->role == CD_ROLE_BODY && b->m.ending != CD_END_NONE) points += begins_anew(page, c->to) ? 2 : -4;
    if (cd_told(page, c->from, page->head, page->head + 1, &shared) && shared) points++;
    size_t n = cd_told(page, c->from, story, end < page->nblocks ? end : page->nblocks, &shared);
    points += shared * 2 >= n ? 1 : shared * 4 < n ? (follows == 2 ? -1 : -2) : 0;
    points -= b->m.sentences > 3 ? 2 : 0;
    points -= b->m.units > UNITS_LONG ? 2 : 0;
    points -= b->m.ending == CD_END_COLON || b->m.ending == CD_END_COMMA ? 2 : 0;
    if (cd_block_families(page, c->from, 1) & said) points += 4;
    if (cd_block_families(page, c->from, 2) & others || cd_block_is_foreign(page, c->from)) points -= 6;
    return points;
}

/* Several short lines without a stop right above a story's dateline, bullets or not: what agencies sum it up with. The end of those that
 * begin at block `i`; i: there are none. */
static size_t end_of_summary(const cd_page *page, size_t i)
{
    size_t to = i;
    for (; to < page->nblocks && to < i + LINES; to++) {
        const cd_block *b = &page->blocks[to];
        if (!is_open(page, b) || b->markup || b->kind != page->blocks[i].kind || b->m.ending != CD_END_NONE || b->m.units <= UNITS_LINE || b->m.units > UNITS_SUMMARY) break;
    }
    return to > i + 1 && begins_anew(page, to) ? to : i;
}

/* The lines that go together with block `i`: bullets, or lines that follow each other without a blank and all end without a stop, or all
 * with one if blank lines stand around them. */
static size_t end_of_lines(const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i];
    size_t          to = i + 1;
    bool            bullet = b->kind == CD_KIND_ITEM;
    for (; to < page->nblocks && to < i + LINES; to++) {
        const cd_block *next = &page->blocks[to];
        if (!is_open(page, next) || next->kind != b->kind || next->role != b->role || next->markup) break;
        if (bullet ? next->m.units < UNITS_BULLET : next->blank > 0 || next->m.ending != b->m.ending || next->m.units < UNITS_LINE) break;
    }
    bool apart = b->blank > 0 && (to == page->nblocks || page->blocks[to].blank > 0);
    return bullet || b->m.ending == CD_END_NONE || apart ? to : i + 1;
}

/* The candidate that begins at block `i`; to == from: there is none. */
static candidate candidate_at(const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i];
    candidate       c = {i, i, 0};
    bool            bullet = b->kind == CD_KIND_ITEM && !b->markup && is_open(page, b) && b->m.units >= UNITS_BULLET;
    const size_t summary = end_of_summary(page, i);
    if (summary > i && !names_author(page, cd_block_text(b))) {
        c.to = summary;
        c.points = points_of(page, &c) + SUMMARY;
        return c;
    }
    if ((!bullet && !may_be_standfirst(page, b)) || names_author(page, cd_block_text(b)) || (!bullet && is_repeat(page, i))) return c;
    c.to = b->markup ? i + 1 : end_of_lines(page, i);
    if (bullet && (c.to < i + 2 || what_follows(page, c.to) < 2 || lines_between(page, i) > 0)) c.to = i;
    c.points = points_of(page, &c);
    return c;
}

static cd_status take(cd_page *page, const candidate *c, cd_error *err)
{
    cd_span *text = &page->fields.standfirst;
    *text = cd_block_text(&page->blocks[c->from]);
    for (size_t i = c->from; i < c->to; i++) {
        if (i > c->from) CD_TRY(cd_span_join(page, *text, " ", cd_block_text(&page->blocks[i]), text, err));
        if (!is_opening(page, &page->blocks[i])) cd_give_role(&page->blocks[i], CD_ROLE_STANDFIRST, "between headline and story");
    }
    return CD_OK;
}

cd_status cd_field_standfirst(cd_page *page, cd_error *err)
{
    candidate best = {.points = ENOUGH - 1};
    if (page->head >= page->nblocks) return CD_OK;
    for (size_t i = page->head + 1; i < page->nblocks && i < page->head + REACH; i++) {
        candidate c = candidate_at(page, i);
        if (c.to > c.from && c.points > best.points) best = c;
        if (c.to > c.from) i = c.to - 1;
        if (page->blocks[i].role == CD_ROLE_BODY && page->blocks[i].m.prose) break;
    }
    return best.to > best.from ? take(page, &best, err) : CD_OK;
}
