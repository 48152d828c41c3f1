/* frame.c -- where the story stands on the page, and the small questions that every field asks about a block. */
#include "fields/internal.h"

#include "base/limits.h"

/* How far above the headline a field may stand (kicker, date and byline over the headline), how far below the story (author
 * boxes, tags), and how far above a story without a headline. */
enum { ABOVE = 12, BELOW = 24, ABOVE_BODY = 16 };

/* Times as many words of the story below the headline as above it. */
enum { MOSTLY_BELOW = 8 };

/* What stands above the heading is not the story's top; in plain text, where no tag says that it is the heading, only if nearly all of
 * the story stands below it. */
static bool begins_below_head(const cd_page *page)
{
    uint64_t above = 0, below = 0;
    if (page->head <= page->body_from || page->format == CD_FORMAT_HTML) return page->head > page->body_from;
    for (size_t i = page->body_from; i < page->body_to; i++)
        if (page->blocks[i].role == CD_ROLE_BODY) *(i < page->head ? &above : &below) += page->blocks[i].m.words;
    return above * MOSTLY_BELOW < below;
}

cd_frame cd_frame_of(cd_page *page)
{
    cd_frame f = {.page = page, .tables = cd_tables_open(), .from = page->body_from, .to = page->body_to};
    f.has_head = page->head < page->nblocks;
    if (f.to <= f.from) f.from = f.to = f.has_head ? page->head + 1 : page->nblocks;
    if (f.has_head && begins_below_head(page)) {
        size_t from = page->head + 1;
        while (from < f.to && page->blocks[from].role != CD_ROLE_BODY) from++;
        if (from < f.to) f.from = from;
    }
    f.head = page->head;
    if (!f.has_head || f.head > f.from) f.head = f.from > ABOVE_BODY ? f.from - ABOVE_BODY : 0;
    f.top = f.head > ABOVE ? f.head - ABOVE : 0;
    f.foot = page->nblocks - f.to > BELOW ? f.to + BELOW : page->nblocks;
    return f;
}

bool cd_frame_in_head(const cd_frame *f, size_t block) { return block < f->from && (block > f->head || (!f->has_head && block == f->head)); }

cd_span cd_block_text(const cd_block *b) { return cd_span_trim(cd_span_sub(b->text, b->core, b->text.len)); }

int cd_block_heading(const cd_page *page, size_t block)
{
    const cd_markup *markup = page->blocks[block].markup;
    return markup ? markup->heading : page->blocks[block].heading;
}

uint64_t cd_block_families(const cd_page *page, size_t block, unsigned up)
{
    const cd_markup *markup = page->blocks[block].markup;
    if (!markup) return 0;
    uint64_t families = markup->inside;
    for (uint32_t e = markup->element; e != CD_NO_ELEMENT; e = page->elements[e].parent) {
        families |= page->elements[e].families;
        if (up-- == 0) break;
    }
    return families;
}

uint64_t cd_block_around(const cd_page *page, size_t block)
{
    const cd_markup *markup = page->blocks[block].markup;
    return !markup ? 0 : markup->element == CD_NO_ELEMENT ? markup->inside : markup->inside | page->elements[markup->element].around;
}

bool cd_block_is_foreign(const cd_page *page, size_t block)
{
    const uint64_t others = CD_FAMILY_BIT(CD_FAMILY_COMMENT) | CD_FAMILY_BIT(CD_FAMILY_RELATED) | CD_FAMILY_BIT(CD_FAMILY_POPULAR) |
                            CD_FAMILY_BIT(CD_FAMILY_FOOTER) | CD_FAMILY_BIT(CD_FAMILY_NAV) | CD_FAMILY_BIT(CD_FAMILY_COOKIE);
    const uint64_t tags = CD_TAG_BIT(CD_TAG_FOOTER) | CD_TAG_BIT(CD_TAG_NAV) | CD_TAG_BIT(CD_TAG_ASIDE);
    const cd_markup *markup = page->blocks[block].markup;
    if (!markup || markup->element == CD_NO_ELEMENT) return false;
    return (page->elements[markup->element].around & others) != 0 || (page->elements[markup->element].near_tags & tags) != 0;
}

bool cd_block_is_empty(const cd_block *b) { return b->m.words == 0; }

bool cd_block_is_open(const cd_block *b)
{
    const uint64_t others = CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_COOKIE) |
                            CD_BIT(CD_ROLE_COPYRIGHT) | CD_BIT(CD_ROLE_LEGAL) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) |
                            CD_BIT(CD_ROLE_NOTE) | CD_BIT(CD_ROLE_BODY) | CD_BIT(CD_ROLE_NEWSLETTER) | CD_BIT(CD_ROLE_ADVERT);
    return b->text.len <= CD_LIMIT_FIELD_BYTES && !(CD_BIT(b->role) & others);
}

bool cd_is_beside(cd_span text, size_t label, size_t date) { return label >= date || cd_word_count(cd_span_sub(text, label, date)) < 2; }

const cd_hit *cd_hit_of(const cd_block *b, cd_role field)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->field == field) return h;
    return NULL;
}

void cd_give_role(cd_block *b, cd_role role, const char *reason)
{
    b->role = role;
    b->reason = reason;
}

static bool is_sign(cd_rune r)
{
    return r == ',' || r == '|' || r == '-' || r == ':' || r == ';' || r == '/' || r == ' ' || r == '*' || r == 0xB7 || r == 0x2022 ||
           r == 0x2013 || r == 0x2014 || r == 0x2219 || r == 0x25CF || r == 0x2015;
}

cd_span cd_trim_signs(cd_span s)
{
    size_t  len;
    cd_span rest = s;
    while (rest.len && is_sign(cd_utf8_take(&rest))) s = rest;
    while (s.len && is_sign(cd_utf8_last(s, &len))) s.len -= len;
    return s;
}

/* Whether a word of that stem stands in blocks [from, to): the words of all blocks stand in one list. */
static bool is_said(const cd_page *page, size_t from, size_t to, uint32_t stem)
{
    enum { AT_ONCE = 64 };
    if (from >= to) return false;
    const cd_block *last = &page->blocks[to - 1];
    const uint32_t *at = page->stems + page->blocks[from].stem, *end = page->stems + last->stem + last->m.words;
    for (size_t n; at < end; at += n) {
        bool found = false;
        n = end - at < AT_ONCE ? (size_t)(end - at) : AT_ONCE;
        for (size_t i = 0; i < n; i++) found |= at[i] == stem;
        if (found) return true;
    }
    return false;
}

size_t cd_told(const cd_page *page, size_t a, size_t from, size_t to, size_t *shared)
{
    const cd_block *b = &page->blocks[a];
    size_t          n = 0;
    *shared = 0;
    for (size_t w = 0; w < b->m.words; w++) {
        uint32_t stem = page->stems[b->stem + w];
        if (!stem) continue;
        n++;
        *shared += is_said(page, from, a < from || a > to ? to : a, stem) || (a >= from && is_said(page, a + 1, to, stem));
    }
    return n;
}

static bool is_same_word(cd_span a, cd_span b)
{
    while (a.len && b.len)
        if (cd_fold(cd_utf8_take(&a)) != cd_fold(cd_utf8_take(&b))) return false;
    return a.len == b.len;
}

bool cd_same_words(cd_span a, cd_span b)
{
    cd_span one, other;
    while (cd_word_take(&a, &one))
        if (!cd_word_take(&b, &other) || !is_same_word(one, other)) return false;
    return !cd_word_take(&b, &other);
}

bool cd_starts_with_words(cd_span text, cd_span front)
{
    cd_span a, b;
    while (cd_word_take(&front, &b))
        if (!cd_word_take(&text, &a) || !is_same_word(a, b)) return false;
    return true;
}

cd_status cd_spans_add(cd_page *page, cd_spans *list, size_t room, cd_span text, cd_error *err)
{
    if (!list->at) list->at = cd_arena_array(page->arena, room, sizeof *list->at);
    if (!list->at) return cd_fail_memory(err);
    if (list->n < room) {
        list->at[list->n++] = text;
        return CD_OK;
    }
    const char *limit = list == &page->fields.tags ? "tags than the limit CD_LIMIT_TAGS" : list == &page->fields.notes ? "notes than the limit CD_LIMIT_NOTES" : "authors than the limit CD_LIMIT_AUTHORS";
    cd_page_warn_once(page, "more %s, %zu: the rest is left out", limit, room);
    return CD_OK;
}

cd_status cd_span_join(cd_page *page, cd_span a, const char *between, cd_span b, cd_span *out, cd_error *err)
{
    size_t gap = strlen(between);
    char  *p = cd_arena_take(page->arena, a.len + gap + b.len + 1);
    if (!p) return cd_fail_memory(err);
    memcpy(p, a.ptr, a.len);
    memcpy(p + a.len, between, gap);
    memcpy(p + a.len + gap, b.ptr, b.len);
    *out = (cd_span){p, a.len + gap + b.len};
    return CD_OK;
}
