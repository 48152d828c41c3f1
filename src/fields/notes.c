/* notes.c -- editor's notes and corrections. In: a tagged page. Out: fields.notes, in page order, each once. A note is a
 * whole block that a rule of the family `note` has taken, near the story or in it. */
#include "fields/internal.h"

#include "base/limits.h"

cd_status cd_field_notes(const cd_frame *f, cd_error *err)
{
    for (size_t i = f->top; i < f->foot; i++) {
        cd_block     *b = &f->page->blocks[i];
        const cd_hit *h = cd_hit_of(b, CD_ROLE_NOTE);
        if (!h || h->rule->action != CD_ACTION_TAKE || b->drop || (b->first < i && b->first >= f->top)) continue;
        CD_TRY(cd_spans_add(f->page, &f->page->fields.notes, CD_LIMIT_NOTES, h->whole ? cd_block_text(b) : h->value, err));
        if (h->whole) cd_give_role(b, CD_ROLE_NOTE, "an editor's note");
    }
    return CD_OK;
}
