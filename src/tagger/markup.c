/* markup.c -- what an HTML page's tags say of a block, as columns. In: a block, the elements around it as sights.c saw them, and its
 * neighbours. Out: columns, all from integers. What the class words of wrappers say is not asked (page/place.c). */
#include "tagger/markup.h"

#include "base/utf8.h"
#include "tagger/columns.h"
#include "tagger/statements.h"

enum { HEADING_WORDS = 8 }; /* a line all in bold with no more words is a heading, too */

#define SHARE(value) CD_BUCKET(value, 1, 20, 50, 100, 200, 350, 500, 650, 800, 900, 970)
#define FEW(value) CD_BUCKET(value, 1, 2, 3, 4, 5, 7, 10)

static const cd_element *parent_of(const cd_page *page, const cd_element *e)
{
    return e && e->parent != CD_NO_ELEMENT ? &page->elements[e->parent] : NULL;
}

static const cd_spot *spot_at(const cd_sights *s, const cd_element *e) { return &s->spots[e ? (size_t)(e - s->page->elements) : s->page->nelements]; }

static void look_at_tags(const cd_sights *s, const cd_element *e, const cd_markup *m, cd_columns_of *c)
{
    const cd_element *parent = parent_of(s->page, e), *grand = parent_of(s->page, parent);
    const cd_spot    *at = spot_at(s, e);
    if (e) {
        CD_ADD(c, TAG, e->tag);
        cd_column_add_signs(c, e->near_tags, CD_COL_TAG_NEAR, CD_COL_END_TAG_NEAR);
        cd_column_add_signs(c, e->tags & ~e->near_tags, CD_COL_TAG_FAR, CD_COL_END_TAG_FAR);
    }
    if (parent) CD_ADD(c, TAG_PARENT, parent->tag);
    if (grand) CD_ADD(c, TAG_GRAND, grand->tag);
    uint64_t own = (e ? e->families : 0) | m->inside, near = parent ? spot_at(s, parent)->near : 0;
    cd_column_add_signs(c, own, CD_COL_FAMILY_OWN, CD_COL_END_FAMILY_OWN);
    cd_column_add_signs(c, near, CD_COL_FAMILY_NEAR, CD_COL_END_FAMILY_NEAR);
    cd_column_add_signs(c, (e ? e->around : 0) & ~near, CD_COL_FAMILY_AROUND, CD_COL_END_FAMILY_AROUND);
    CD_ADD(c, BODY_LEVEL, CD_BUCKET(at->body_level, 1, 2, 3, 4, 5, 7, 10));
    if (at->prop) CD_ADD(c, PROP, at->prop);
    CD_ADD(c, PROP_BODY, at->prop_body);
    CD_ADD(c, HEADING, m->heading);
}

static bool is_lower_start(const cd_block *b)
{
    cd_span text = cd_span_sub(b->text, b->core, b->text.len);
    return cd_is_lower(cd_utf8_take(&text));
}

static void look_at_text(const cd_block *b, cd_columns_of *c)
{
    const cd_markup *m = b->markup;
    const bool signs[] = {m->hidden, m->image, m->first_bold, m->bold >= 900, m->breaks > 0, is_lower_start(b), b->text.len && memchr(b->text.ptr, '|', b->text.len) != NULL, m->bold > 0};
    for (unsigned i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i]) CD_ADD(c, SIGNS, i);
    CD_ADD(c, END, b->m.ending);
    CD_ADD(c, WORDS, CD_BUCKET(b->m.units, 200, 300, 400, 600, 1000, 1500, 2500, 4000, 7000, 12000));
    CD_ADD(c, STOP_SHARE, CD_BUCKET(b->m.stop, 1, 50, 150, 250, 350, 450, 550));
    CD_ADD(c, CAP_SHARE, CD_BUCKET(b->m.caps, 1, 50, 100, 200, 350, 600, 900));
    CD_ADD(c, WORD_BYTES, CD_BUCKET(b->m.words ? b->text.len * 10 / b->m.words : 0, 40, 50, 58, 65, 75, 90));
    CD_ADD(c, LINK_SHARE, CD_BUCKET(m->links, 1, 100, 250, 500, 800, 990));
    CD_ADD(c, LINKS, CD_BUCKET(m->nlinks, 1, 2, 3, 6, 10));
}

static void look_at_shares(const cd_sights *s, const cd_element *e, cd_columns_of *c)
{
    static const uint16_t first[] = {CD_COL_SHARE_0, CD_COL_SHARE_1, CD_COL_SHARE_2, CD_COL_SHARE_3, CD_COL_SHARE_4};
    const cd_spot    *at = spot_at(s, e);
    const cd_element *up = e, *parent = parent_of(s->page, e);
    for (unsigned k = 0; k < sizeof first / sizeof *first; k++, up = parent_of(s->page, up))
        cd_column_add(c, first[k], first[k] + 11u, SHARE(spot_at(s, up)->share));
    CD_ADD(c, SHARE_OWN, SHARE(at->own));
    CD_ADD(c, LINKS_PARENT, CD_BUCKET(spot_at(s, parent)->links, 1, 50, 150, 300, 500, 800));
    CD_ADD(c, LINKS_GRAND, CD_BUCKET(spot_at(s, parent_of(s->page, parent))->links, 1, 50, 150, 300, 500, 800));
    CD_ADD(c, BLOCKS_PARENT, CD_BUCKET(parent ? parent->to - parent->from : s->page->nblocks, 2, 3, 5, 10, 20, 50));
    cd_column_add_signs(c, at->holders | (at->off_top < CD_SIGHT_FAR ? 16u : 0), CD_COL_HOLDER, CD_COL_END_HOLDER);
    CD_ADD(c, OFF_PATH, FEW(at->off_path));
    CD_ADD(c, PATH_SHARE, SHARE(at->path_share));
    CD_ADD(c, OFF_TOP, at->off_top == CD_SIGHT_FAR ? 8 : FEW(at->off_top));
    unsigned top = s->top == CD_NO_ELEMENT ? 0 : s->page->elements[s->top].depth;
    CD_ADD(c, DEPTH_TOP, CD_BUCKET(at->depth + 20 > top ? at->depth + 20 - top : 0, 15, 18, 19, 20, 21, 22, 23, 25, 28));
    CD_ADD(c, LIKE, SHARE(at->alike));
    CD_ADD(c, LIKE_PARENT, SHARE(at->alike_parent));
}

static void look_at_title(const cd_sights *s, size_t i, cd_columns_of *c)
{
    const cd_spot *at = cd_sights_spot(s, i);
    bool           known = s->title < s->page->nblocks;
    CD_ADD(c, TITLE_WORDS, CD_BUCKET(cd_title_likeness(s->story->statements, s->page, i), 100, 300, 500, 700, 900));
    if (known) {
        CD_ADD(c, TITLE_SIDE, i < s->title ? 0 : i == s->title ? 1 : 2);
        CD_ADD(c, TITLE_UP, 1 + FEW(at->title_up));
        CD_ADD(c, TITLE_DOWN, 1 + FEW(at->title_down));
        CD_ADD(c, TITLE_SHARE, SHARE(at->title_share));
    }
    CD_ADD(c, ARTICLES, CD_BUCKET(s->narticles, 1, 2, 3, 6));
    if (s->narticles == 0) return;
    CD_ADD(c, ARTICLE, at->article < 0 ? 0 : 1 + CD_BUCKET(at->article, 1, 2, 4, 8));
    if (known) CD_ADD(c, ARTICLE_TITLE, 2u * (at->article >= 0) + (at->article == cd_sights_spot(s, s->title)->article));
}

static void look_at_statements(const cd_sights *s, size_t i, cd_columns_of *c)
{
    int text = cd_pairs_share(&s->story->statements->text, s->page, i), summary = cd_pairs_share(&s->story->statements->summary, s->page, i);
    CD_ADD(c, STATED_TEXT, text < 0 ? 0 : 1 + CD_BUCKET(text, 100, 300, 600, 850));
    CD_ADD(c, STATED_SUMMARY, summary < 0 ? 0 : 1 + CD_BUCKET(summary, 100, 300, 600, 850));
    CD_ADD(c, STATED_ARTICLE, s->story->statements->article);
}

/* 0 is no block at all, 6 a heading, 5 prose. */
static unsigned kind_of(const cd_sights *s, size_t i)
{
    if (i >= s->page->nblocks) return 0;
    const cd_block *b = &s->page->blocks[i];
    return b->markup->heading ? 6 : s->story->weight[i] ? 5 : b->markup->links > 500 ? 1 : b->m.units >= 1000 ? 4 : b->m.units >= 400 ? 3 : 2;
}

static void look_at_kinds(cd_sights *s, size_t i, cd_columns_of *c)
{
    const cd_block *b = &s->page->blocks[i];
    static const uint16_t first[] = {CD_COL_KIND_ABOVE_3, CD_COL_KIND_ABOVE_2, CD_COL_KIND_ABOVE, CD_COL_KIND, CD_COL_KIND_BELOW, CD_COL_KIND_BELOW_2, CD_COL_KIND_BELOW_3};
    for (unsigned k = 0; k < sizeof first / sizeof *first; k++) cd_column_add(c, first[k], first[k] + 6u, i + k >= 3 ? kind_of(s, i + k - 3) : 0);
    if (kind_of(s, i) == 6 || (b->markup->bold >= 900 && b->m.words <= HEADING_WORDS && !s->story->weight[i])) s->heading = i;
    else if (s->heading < s->page->nblocks) {
        const cd_block *h = &s->page->blocks[s->heading];
        cd_column_add_signs(c, h->hints | (h->drop ? CD_BIT(h->drop->family) : 0), CD_COL_SECTION, CD_COL_END_SECTION);
    }
    CD_ADD(c, SINCE_HEADING, s->heading < s->page->nblocks ? CD_BUCKET(i - s->heading, 1, 2, 3, 5, 10, 20, 45) : 8);
}

static void look_at_siblings(const cd_sights *s, size_t i, const cd_element *e, cd_columns_of *c)
{
    const cd_page *page = s->page;
    for (unsigned side = 0; side < 2; side++) {
        size_t k = side ? i + 1 : i - 1;
        if (k >= page->nblocks) continue;
        uint32_t at = page->blocks[k].markup->element;
        if (!e || at == CD_NO_ELEMENT) continue;
        if (page->elements[at].parent == e->parent || &page->elements[at] == e) CD_ADD(c, SIBLING, side);
        if (s->spots[at].like == spot_at(s, e)->like) CD_ADD(c, SIBLING, 2 + side);
    }
    CD_ADD(c, PAGE_WORDS, CD_BUCKET(s->story->sum[page->nblocks], 6000, 15000, 30000, 60000, 120000, 250000));
}

void cd_sights_look(cd_sights *s, size_t i, cd_columns_of *c)
{
    const cd_block   *b = &s->page->blocks[i];
    const cd_element *e = b->markup->element == CD_NO_ELEMENT ? NULL : &s->page->elements[b->markup->element];
    look_at_tags(s, e, b->markup, c);
    look_at_text(b, c);
    look_at_shares(s, e, c);
    look_at_title(s, i, c);
    look_at_statements(s, i, c);
    look_at_kinds(s, i, c);
    look_at_siblings(s, i, e, c);
}
