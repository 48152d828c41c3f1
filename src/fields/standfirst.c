/* standfirst.c -- the lines between headline and story that sum it up. In: blocks behind the headline. Out: fields.standfirst.
 * What repeats headline or lead is none; neither is a line that another field took, or one with a sign of boilerplate. */
#include "fields/internal.h"

enum { REACH = 14, UNITS_MIN = 500, UNITS_MAX = 7000 };

/* Whether its class, or that of the element around it, says so. */
static bool is_named(const cd_page *page, const cd_block *b)
{
    if (!b->markup || b->markup->element == CD_NO_ELEMENT) return false;
    const cd_element *e = &page->elements[b->markup->element];
    uint64_t          families = e->families | b->markup->inside | (e->parent == CD_NO_ELEMENT ? 0 : page->elements[e->parent].families);
    return families & CD_FAMILY_BIT(CD_FAMILY_STANDFIRST);
}

/* In HTML the model knows a first paragraph from a standfirst: what it gave to the story stays there unless a class says otherwise. */
static bool may_be_standfirst(const cd_page *page, const cd_block *b)
{
    if (b->role != CD_ROLE_OTHER && b->role != CD_ROLE_BODY) return false;
    if (page->format == CD_FORMAT_HTML && page->confidence != CD_NOT_KNOWN && b->role == CD_ROLE_BODY && !is_named(page, b)) return false;
    if (b->m.units < UNITS_MIN || b->m.units > UNITS_MAX || b->drop) return false;
    if (b->kind == CD_KIND_ITEM || cd_same_words(cd_block_text(b), page->fields.headline)) return false;
    uint64_t other = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_NOTE) |
                     CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_DATELINE);
    return !(b->hints & other);
}

/* Something that is no prose stands between the block and the story: a byline, a date, a caption. Without such a line the first
 * paragraph of the story cannot be told from a standfirst, unless it is no sentence. */
static bool stands_apart(const cd_page *page, size_t i)
{
    for (size_t k = i + 1; k < page->nblocks && k < i + REACH; k++) {
        const cd_block *b = &page->blocks[k];
        if (b->role == CD_ROLE_BODY && b->m.prose) return k > i + 1 || page->blocks[i].m.ending == CD_END_NONE;
    }
    return false;
}

cd_status cd_field_standfirst(cd_page *page, cd_error *err)
{
    (void)err;
    if (page->head >= page->nblocks) return CD_OK;
    for (size_t i = page->head + 1; i < page->nblocks && i < page->head + REACH; i++) {
        cd_block *b = &page->blocks[i];
        if (b->role == CD_ROLE_HEADLINE || b->m.words == 0) continue;
        if (may_be_standfirst(page, b) && stands_apart(page, i)) {
            for (size_t k = i + 1; k < page->nblocks && k < i + REACH; k++) /* a lead printed twice is the lead */
                if (page->blocks[k].hash == b->hash) return CD_OK;
            page->fields.standfirst = cd_block_text(b);
            cd_give_role(b, CD_ROLE_STANDFIRST, "between headline and story");
            return CD_OK;
        }
        if (b->role == CD_ROLE_BODY && b->m.prose) return CD_OK;
    }
    return CD_OK;
}
