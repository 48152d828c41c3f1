/* dateline.c -- place and agency in front of the first paragraph. In: a page with its body blocks. Out: fields.dateline; the
 * words stay in the body too. Rules know the shapes ("PORT HALVEN, Aldmark (Northwire) - "); the first of the first two
 * paragraphs that has one decides. */
#include "fields/internal.h"

enum { PARAGRAPHS = 2, LONGEST_BYTES = 110 };

cd_status cd_field_dateline(const cd_frame *f, cd_error *err)
{
    (void)err;
    size_t seen = 0;
    for (size_t i = f->from; i < f->to && seen < PARAGRAPHS; i++) {
        const cd_block *b = &f->page->blocks[i];
        if (b->role != CD_ROLE_BODY) continue;
        if (b->m.words > 5) seen++;
        for (const cd_hit *h = b->hits; h; h = h->next)
            if (h->field == CD_ROLE_DATELINE && h->from <= b->core + 4 && h->value.len <= LONGEST_BYTES) {
                f->page->fields.dateline = h->value;
                return CD_OK;
            }
    }
    return CD_OK;
}
