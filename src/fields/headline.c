/* headline.c -- the story's own headline. In: page->head, and for HTML the page's headings and titles. Out: fields.headline.
 *
 * Plain text: the tagger's line, without a bullet and without a site's name behind a bar where another block prints the headline
 * without it. HTML: the heading that shares most words with what the page calls itself; where there is none, the title that most of the
 * statements agree upon. A heading that has more in front than all of the titles ("Dec 18 Bridge reopens") is cut to what they say. */
#include "fields/stated.h"

/* Titles and headings that are weighed; hundredths of words that a heading must share with a title, that the only one must, that one of a lower level
 * must, and that one inside the story must. */
enum { TITLES = 16, ENOUGH = 30, ENOUGH_ALONE = 12, LOW_ENOUGH = 60, SAME = 95, LONGEST = 60 };

/* Bytes of the longest word that is taken for an article. */
enum { ARTICLE_BYTES = 3 };

/* Words of a step of a path; blocks between its end, the headline and what was taken for it. */
enum { STEP_WORDS = 4, PATH_NEAR = 8 };

/* Words of a sentence that is no headline; length of a headline above it, in hundredths of a word. */
enum { SENTENCE = 8, ABOVE_MIN = 250, ABOVE_MAX = 2000, LONG = 2200 };

/* A block that says the same as `text` up to a bar or dash, and stands alone: then what follows there is the site's name. */
static cd_span without_site(const cd_page *page, cd_span text)
{
    static const cd_span bars[] = {CD_SPAN(" | "), CD_SPAN(" - "), CD_SPAN(" \xE2\x80\x93 "), CD_SPAN(" \xE2\x80\x94 "), CD_SPAN(" \xC2\xBB "),
                                   CD_SPAN(" :: ")};
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        size_t at = cd_span_find(text, bars[i]);
        if (at >= text.len || cd_word_count(cd_span_sub(text, 0, at)) < 3) continue;
        cd_span  front = cd_span_trim(cd_span_sub(text, 0, at));
        uint64_t hash = cd_word_hash(front);
        for (size_t k = 0; k < page->nblocks; k++)
            if (page->blocks[k].hash == hash) return front;
    }
    return text;
}

/* "Blog / Bridge reopens" and "News > World > Bridge reopens": a path in front, whose steps are labels. Signs without blanks around
 * them and a last step that is no longer than the others belong to the headline. */
static cd_span without_path(cd_span text)
{
    static const cd_span signs[] = {CD_SPAN(" / "), CD_SPAN(" > "), CD_SPAN(" \xC2\xBB "), CD_SPAN(" \xE2\x80\xBA "), CD_SPAN(" \xE2\x9D\xAF ")};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        cd_span rest = text;
        size_t  steps = 0, first = 0;
        for (size_t at; (at = cd_span_find(rest, signs[i])) < rest.len;) {
            size_t words = cd_word_count(cd_span_sub(rest, 0, at));
            if (words == 0 || words > STEP_WORDS) break;
            if (steps++ == 0) first = words;
            rest = cd_span_trim(cd_span_sub(rest, at + signs[i].len, rest.len));
        }
        if (i == 0 && steps == 1 && first > 2) continue; /* "Best movers / packers of the city" */
        if (steps && cd_word_count(rest) > STEP_WORDS) return rest;
    }
    return text;
}

/* The text behind the number of a path's last step ("3. Bridge reopens" behind "2. World"), empty where block `i` is none. */
static cd_span path_end(const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i], *before = b - 1;
    char            n = b->text.len > 3 ? b->text.ptr[0] : '0';
    cd_span         none = {NULL, 0};
    if (b->kind != CD_KIND_ITEM || b->core || n < '2' || n > '6' || b->text.ptr[1] != '.' || i == 0) return none;
    bool step = before->kind == CD_KIND_ITEM && before->text.len > 3 && before->text.ptr[0] == n - 1 && before->text.ptr[1] == '.';
    return step && before->m.words <= STEP_WORDS + 1 ? cd_span_trim(cd_span_sub(b->text, 2, b->text.len)) : none;
}

static cd_span without_number(const cd_page *page, size_t i)
{
    cd_span text = path_end(page, i);
    return text.len ? text : cd_block_text(&page->blocks[i]);
}

/* The line right below block `i` that the last step of a path above names; `i` where there is none. */
static size_t named_by_path(const cd_page *page, size_t i)
{
    if (page->blocks[i].markup) return i;
    for (size_t k = i; k-- > 0 && k + PATH_NEAR > i;) {
        cd_span name = path_end(page, k), more = path_end(page, k + 1);
        if (more.len || cd_same_words(name, cd_block_text(&page->blocks[i])) || k + 1 == i) continue;
        for (size_t at = i + 1; name.len && at < page->nblocks && at < i + PATH_NEAR; at++)
            if (cd_word_count(name) > 2 && cd_same_words(name, cd_block_text(&page->blocks[at]))) return at;
    }
    return i;
}

/* Rules know a kicker that is glued in front ("Opinion What the town needs"): it is the section. */
static cd_span without_kicker(const cd_page *page, size_t i, cd_span text)
{
    const cd_hit *h = cd_hit_of(&page->blocks[i], CD_ROLE_SECTION);
    if (!h || h->rule->action != CD_ACTION_TAKE || h->value.ptr != text.ptr) return text;
    cd_span rest = cd_span_trim(cd_span_sub(text, h->value.len, text.len));
    return cd_word_count(rest) >= 3 ? cd_trim_signs(rest) : text;
}

/* A caption with its credit, or a standfirst with its full stop, may look more like the story than the headline right above it does. */
static size_t line_above(const cd_page *page, size_t i)
{
    const uint64_t  picture = CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_CAPTION);
    const cd_block *b = &page->blocks[i];
    size_t          k = i, shared;
    bool            sentence = b->m.ending == CD_END_SENTENCE && b->m.words >= SENTENCE && b->text.ptr[b->text.len - 1] == '.';
    bool            source = cd_span_find(b->text, CD_SPAN(". (")) < b->text.len && b->text.ptr[b->text.len - 1] == ')'; /* "... in 1993. (Archive)" */
    if (b->markup || page->body_to <= page->body_from || !(b->hints & picture || sentence || source || b->m.units > LONG)) return i;
    while (k > 0 && k + 2 > i && (k == i || page->blocks[k].m.words == 0)) k--;
    const cd_block *above = &page->blocks[k];
    if (k == i || above->hints || above->drop || above->kind == CD_KIND_ITEM || above->m.units < ABOVE_MIN || above->m.units > ABOVE_MAX) return i;
    if (above->m.ending == CD_END_COLON || above->m.ending == CD_END_COMMA || (above->m.ending == CD_END_SENTENCE && sentence)) return i;
    size_t n = cd_told(page, k, page->body_from, page->body_to, &shared);
    return n && shared * 5 >= n * 2 ? k : i;
}

typedef struct title {
    cd_span        text;
    uint64_t       hash;
    const cd_meta *from;
    cd_title_words words, whole; /* of the text, and of all that is stated */
} title;

typedef struct titles {
    title  at[TITLES];
    size_t n;
} titles;

static void collect(const cd_page *page, titles *list)
{
    static const cd_meta_origin origins[] = {CD_FROM_JSON_LD, CD_FROM_OPEN_GRAPH, CD_FROM_TITLE, CD_FROM_TWITTER, CD_FROM_ITEM, CD_FROM_STATE, CD_FROM_TAG, CD_FROM_FRONT, CD_FROM_COUNT};
    for (const cd_meta *m = NULL; list->n < TITLES && (m = cd_stated_next(page, CD_META_HEADLINE, origins, m));) {
        cd_span text = cd_title_story(page, m->value, m->origin == CD_FROM_TITLE || m->origin == CD_FROM_FRONT);
        if (m->origin == CD_FROM_JSON_LD && m->rank > 0) continue; /* another object's */
        if (cd_word_count(text) == 0 || cd_is_site_name(page, text)) continue;
        list->at[list->n++] = (title){text, cd_word_hash(text), m, cd_words_of_title(text), cd_words_of_title(m->value)};
    }
}

static unsigned share_of(const titles *list, cd_span text)
{
    unsigned             best = 0;
    const cd_title_words words = cd_words_of_title(text);
    for (size_t i = 0; i < list->n; i++) {
        unsigned share = cd_words_shared(&words, &list->at[i].words);
        if (share > best) best = share;
        share = cd_words_shared(&words, &list->at[i].whole);
        if (share > best) best = share;
    }
    return best;
}

/* The heading that is the headline, or page->nblocks. */
static size_t best_heading(const cd_page *page, const titles *list)
{
    const size_t none = page->nblocks;
    size_t       best = none, first = none, n = 0;
    unsigned     most = 0, firsts = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        int level = cd_block_heading(page, i);
        if (level == 0 || page->blocks[i].m.words == 0 || page->blocks[i].m.words > LONGEST) continue;
        unsigned share = share_of(list, cd_block_text(&page->blocks[i]));
        if (level == 1 && n++ == 0) first = i, firsts = share;
        if (level > 1 && share < LOW_ENOUGH) continue;
        share = share * 4 + (level == 1 ? 3 : 0);
        if (share > most) best = i, most = share;
    }
    bool inside = best > first && best < none && best > page->body_from; /* a heading of a part of the story */
    if (n == 1 && inside && most / 4 < SAME && firsts >= ENOUGH_ALONE) return first;
    if (most / 4 >= ENOUGH) return best;
    return n == 1 && most / 4 >= ENOUGH_ALONE ? first : none;
}

/* How many titles are `t`, or are it with something behind. */
static size_t votes(const titles *list, const title *t, bool begins)
{
    size_t n = 0;
    for (size_t i = 0; i < list->n; i++) n += list->at[i].hash == t->hash || (begins && cd_starts_with_words(list->at[i].text, t->text));
    return n;
}

static bool has_origin(const titles *list, const title *t, cd_meta_origin origin)
{
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].hash == t->hash && list->at[i].from->origin == origin) return true;
    return false;
}

/* Whether the last words of `text` are those of `end`; *colon: a colon stands in front of them. */
static bool ends_with_words(cd_span text, cd_span end, bool *colon)
{
    cd_span word, rest = text;
    size_t  all = cd_word_count(text), n = cd_word_count(end);
    if (n >= all || n < 3) return false;
    for (; all > n && cd_word_take(&rest, &word); all--) {}
    if (!cd_same_words(rest, end)) return false;
    while (rest.len && (*rest.ptr == '"' || *rest.ptr == '\'' || *rest.ptr == ' ')) rest = cd_span_sub(rest, 1, rest.len);
    *colon = rest.len && *rest.ptr == ':';
    return true;
}

/* Whether all that `text` has in front of its last words is an article: no kicker, label or date. */
static bool has_article(cd_span text, cd_span end)
{
    cd_span word, rest = text;
    return cd_word_count(text) == cd_word_count(end) + 1 && cd_word_take(&rest, &word) && word.len <= ARTICLE_BYTES && rest.len && *rest.ptr == ' ' &&
           !cd_is_upper((unsigned char)word.ptr[word.len - 1]) && !(*word.ptr >= '0' && *word.ptr <= '9');
}

/* Whether a block of the page says what a title says, alone or behind a kicker that stands apart from it without a colon. */
static bool is_printed(const cd_page *page, const title *t)
{
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        if (b->hash == t->hash) return true;
        if (!cd_span_ends(b->text, t->text)) continue;
        cd_span front = cd_span_trim(cd_span_sub(b->text, 0, b->text.len - t->text.len));
        if (front.len && front.ptr[front.len - 1] != ':') return true;
    }
    return false;
}

/* The title that says better than the heading what the headline is. What stands in front of a title in a heading is a kicker, a date
 * or a label; the titles must say so together, or a colon must, and where JSON-LD states all of the heading, the page must print it
 * without. What JSON-LD and Open Graph have together, in front behind a colon or at the end, stands on the page beside the heading. A
 * title of the same letters has the blanks between the heading's parts. */
static const title *better(const cd_page *page, const titles *list, cd_span heading)
{
    const uint64_t whole = cd_word_hash(heading);
    const bool     named = list->n && list->at[0].hash == whole && list->at[0].from->origin == CD_FROM_JSON_LD;
    for (size_t i = 0; i < list->n; i++) {
        const title *t = &list->at[i];
        bool         both = has_origin(list, t, CD_FROM_JSON_LD) && has_origin(list, t, CD_FROM_OPEN_GRAPH), colon;
        if (t->hash == whole) continue;
        if (cd_same_letters(t->text, heading)) return t;
        if (named && !is_printed(page, t)) continue;
        if (ends_with_words(heading, t->text, &colon) && !has_article(heading, t->text) && (votes(list, t, false) >= 2 || (colon && t->from->origin == CD_FROM_OPEN_GRAPH))) return t;
        if (both && ((ends_with_words(t->text, heading, &colon) && colon) || (cd_word_count(heading) >= 3 && cd_starts_with_words(t->text, heading)))) return t;
    }
    return NULL;
}

/* The title that most statements make, if only in front of something else; else the first. */
static const title *agreed(const titles *list)
{
    const title *best = NULL;
    size_t       most = 0;
    for (size_t i = 0; i < list->n; i++) {
        size_t n = votes(list, &list->at[i], cd_word_count(list->at[i].text) >= 3);
        if (n > most) best = &list->at[i], most = n;
    }
    return best;
}

static void take(cd_page *page, size_t block, const title *t)
{
    cd_fields *out = &page->fields;
    if (block < page->nblocks) {
        page->head = block;
        cd_give_role(&page->blocks[block], CD_ROLE_HEADLINE, "the heading that the page's titles name");
        out->headline = cd_title_story(page, cd_block_text(&page->blocks[block]), false);
    }
    if (t) {
        out->headline = t->text;
        out->from[CD_META_HEADLINE] = t->from;
    }
}

static void choose(cd_page *page)
{
    titles list = {.n = 0};
    collect(page, &list);
    size_t heading = best_heading(page, &list);
    if (heading < page->nblocks) {
        take(page, heading, better(page, &list, cd_block_text(&page->blocks[heading])));
        return;
    }
    const title *t = agreed(&list);
    for (size_t i = 0; t && i < page->body_to && page->head >= page->nblocks; i++)
        if (page->blocks[i].hash == t->hash) page->head = i;
    take(page, page->nblocks, t);
}

cd_status cd_field_headline(cd_page *page, cd_error *err)
{
    (void)err;
    size_t        block;
    const cd_hit *hit = cd_fixed_hit(page, CD_ROLE_HEADLINE, &block);
    if (hit) {
        page->head = block;
        page->fields.headline = hit->value;
        cd_give_role(&page->blocks[block], CD_ROLE_HEADLINE, hit->rule->why);
        return CD_OK;
    }
    if (page->metas.n) choose(page);
    if (page->fields.headline.len || page->head >= page->nblocks) return CD_OK;
    size_t line = named_by_path(page, page->head);
    if (line == page->head) line = line_above(page, line);
    if (line != page->head) {
        page->blocks[page->head].role = CD_ROLE_OTHER; /* standfirst or caption: their fields will say so */
        cd_give_role(&page->blocks[line], CD_ROLE_HEADLINE, line < page->head ? "above a line that only looked like the headline" : "the page's path names it");
        page->head = line;
    }
    cd_span text = without_kicker(page, page->head, without_number(page, page->head));
    page->fields.headline = without_path(without_site(page, text));
    return CD_OK;
}
