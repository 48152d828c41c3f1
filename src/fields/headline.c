/* headline.c -- the story's own headline. In: page->head. Out: fields.headline, without a bullet and without a site's name
 * behind a bar where another block prints the headline without it. */
#include "fields/internal.h"

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
    if (page->head >= page->nblocks) return CD_OK;
    page->fields.headline = without_site(page, cd_block_text(&page->blocks[page->head]));
    return CD_OK;
}
