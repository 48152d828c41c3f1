/* fixed.c -- fields that a rule fixes: what it finds is the value, and nothing is weighed. In: hits of `fix` rules. Out: the value of
 * a field, and its block with that field's role. Of several the first on the page counts. */
#include "fields/internal.h"

const cd_hit *cd_fixed_hit(const cd_page *page, cd_role field, size_t *block)
{
    if (!(page->fixed & CD_BIT(field))) return NULL;
    for (size_t i = 0; i < page->nblocks; i++)
        for (const cd_hit *hit = page->blocks[i].hits; hit; hit = hit->next) {
            if (hit->field != field || hit->rule->action != CD_ACTION_FIX || hit->value.len == 0) continue;
            *block = i;
            return hit;
        }
    return NULL;
}

bool cd_field_is_fixed(cd_page *page, cd_role field, cd_span *value)
{
    size_t        block;
    const cd_hit *hit = cd_fixed_hit(page, field, &block);
    if (!hit) return false;
    *value = hit->value;
    cd_block *b = &page->blocks[block];
    if (block != page->head && b->role != CD_ROLE_BYLINE && b->role != CD_ROLE_DATE && (field != CD_ROLE_DATELINE || b->role != CD_ROLE_BODY))
        cd_give_role(b, field, hit->rule->why);
    return true;
}
