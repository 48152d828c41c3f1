/* statements.c -- holds an HTML page's blocks against what the page states about itself (page->metas). In: titles, summaries and the
 * story's text as stated, for some pages none of them. Out: how much a block is like them. None of it is the story by itself: titles
 * are those of listings, summaries of other pages, texts are cut off. So they are asked as columns, and for the headline's block. */
#include "tagger/statements.h"

#include "base/utf8.h"

enum {
    TITLE_MAX = 4000,   /* units: longer blocks are no title */
    TITLE_LIKE = 500,   /* a title shares so many of its words with one that the page states, per thousand */
    TITLE_STEMS = 40,
    FIRST_HEADING = 150 /* points of an h1 over others */
};

/* ---- reading --------------------------------------------------------------------------------------------------------- */

static cd_status take_titles(cd_statements *s, const cd_page *page, cd_error *err)
{
    for (size_t k = 0, n = 0; k < page->metas.n && n < CD_STATED_TITLES; k++) {
        const cd_meta *one = &page->metas.at[k];
        if (one->field != CD_META_HEADLINE) continue;
        uint32_t *stems = cd_arena_raw(page->arena, TITLE_STEMS, sizeof *stems);
        if (!stems) return cd_fail_memory(err);
        cd_span rest = one->value, word;
        while (s->ntitle[n] < TITLE_STEMS && cd_word_take(&rest, &word)) {
            uint32_t stem = cd_stem_of(word);
            if (stem) stems[s->ntitle[n]++] = stem;
        }
        s->titles[n] = stems;
        n += s->ntitle[n] > 0;
    }
    return CD_OK;
}

static uint32_t pair_of(uint32_t stem, uint32_t next) { return (stem * 2654435761u ^ next) | 1; }

static uint32_t *slot_of(const cd_pairs *pairs, uint32_t pair)
{
    size_t at = (size_t)(pair * 2246822519u >> 7) & pairs->mask;
    while (pairs->slots[at] && pairs->slots[at] != pair) at = (at + 1) & pairs->mask;
    return &pairs->slots[at];
}

static void add_pairs(cd_pairs *pairs, cd_span text)
{
    uint32_t last = 0;
    for (cd_span word; cd_word_take(&text, &word);) {
        uint32_t stem = cd_stem_of(word);
        if (!stem) continue;
        if (last) *slot_of(pairs, pair_of(last, stem)) = pair_of(last, stem);
        last = stem;
    }
}

static cd_status take_pairs(cd_pairs *pairs, const cd_page *page, cd_meta_field field, cd_error *err)
{
    size_t bytes = 0, room = 64;
    for (size_t k = 0; k < page->metas.n; k++)
        if (page->metas.at[k].field == field) bytes += page->metas.at[k].value.len;
    if (!bytes) return CD_OK;
    while (room < bytes) room *= 2; /* a word and its blank are two bytes or more */
    pairs->slots = cd_arena_array(page->arena, room, sizeof *pairs->slots);
    pairs->mask = room - 1;
    if (!pairs->slots) return cd_fail_memory(err);
    for (size_t k = 0; k < page->metas.n; k++)
        if (page->metas.at[k].field == field) add_pairs(pairs, page->metas.at[k].value);
    return CD_OK;
}

/* ---- comparing ------------------------------------------------------------------------------------------------------- */

unsigned cd_title_likeness(const cd_statements *s, const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i];
    const uint32_t *stems = page->stems + b->stem;
    unsigned        best = 0;
    if (b->m.units > TITLE_MAX) return 0;
    for (size_t t = 0; t < CD_STATED_TITLES && s->ntitle[t]; t++) {
        unsigned hits = 0, mine = 0;
        uint64_t some = 0; /* a bit for each stem of the title: most words of a block are told by theirs to be none */
        for (size_t w = 0; w < s->ntitle[t]; w++) some |= (uint64_t)1 << (s->titles[t][w] >> 26);
        for (size_t k = 0; k < b->m.words; k++) {
            if (!stems[k]) continue;
            mine++;
            if (!(some >> (stems[k] >> 26) & 1)) continue;
            for (size_t w = 0; w < s->ntitle[t]; w++)
                if (s->titles[t][w] == stems[k]) { hits++; break; }
        }
        unsigned longer = mine > s->ntitle[t] ? mine : (unsigned)s->ntitle[t];
        if (hits && hits * 1000 / longer > best) best = hits * 1000 / longer;
    }
    return best;
}

int cd_pairs_share(const cd_pairs *pairs, const cd_page *page, size_t i)
{
    const cd_block *b = &page->blocks[i];
    const uint32_t *stems = page->stems + b->stem;
    uint32_t        last = 0;
    unsigned        hits = 0, all = 0;
    if (!pairs->slots) return -1;
    for (size_t k = 0; k < b->m.words; k++) {
        if (!stems[k]) continue;
        if (last) hits += *slot_of(pairs, pair_of(last, stems[k])) != 0, all++;
        last = stems[k];
    }
    return all ? (int)(hits * 1000 / all) : -1;
}

/* ---- the page -------------------------------------------------------------------------------------------------------- */

/* The heading that is most like a stated title, or nblocks. */
static size_t find_title(const cd_statements *s, const cd_page *page)
{
    unsigned best = TITLE_LIKE;
    size_t   title = page->nblocks;
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_markup  *m = page->blocks[i].markup;
        const cd_element *e = m->element == CD_NO_ELEMENT ? NULL : &page->elements[m->element];
        bool named = e && (e->families | m->inside) & CD_FAMILY_BIT(CD_FAMILY_TITLE);
        if (m->heading != 1 && m->heading != 2 && !named) continue;
        unsigned like = cd_title_likeness(s, page, i) + (m->heading == 1 ? FIRST_HEADING : 0);
        if (like <= best) continue;
        best = like;
        title = i;
    }
    return title;
}

/* "https://example.com/" and no path. */
static bool is_front_door(cd_span address)
{
    size_t host = cd_span_find(address, CD_SPAN("://"));
    if (host >= address.len) return false;
    cd_span path = cd_span_sub(address, host + 3, address.len);
    size_t  slash = cd_span_find(path, CD_SPAN("/"));
    return slash + 1 >= path.len;
}

cd_status cd_statements_new(const cd_page *page, cd_statements **statements, cd_error *err)
{
    cd_statements *s = cd_arena_array(page->arena, 1, sizeof *s);
    if (!s) return cd_fail_memory(err);
    CD_TRY(take_titles(s, page, err));
    CD_TRY(take_pairs(&s->summary, page, CD_META_SUMMARY, err));
    CD_TRY(take_pairs(&s->text, page, CD_META_TEXT, err));
    s->title = find_title(s, page);
    s->home = is_front_door(page->url);
    for (size_t k = 0; k < page->metas.n; k++) {
        s->home |= page->metas.at[k].field == CD_META_URL && page->metas.at[k].origin == CD_FROM_LINK && is_front_door(page->metas.at[k].value);
        s->article |= page->metas.at[k].field == CD_META_TYPE && cd_span_is(page->metas.at[k].value, CD_SPAN("article"));
    }
    *statements = s;
    return CD_OK;
}
