/* source.c -- the outlet or agency that the page names as its own source. In: a page with its byline. Out: fields.source.
 * Rules find the shapes ("1 min Harbour Times", "Harbour Wire21 hours ago", "Source: ..."); where none did, it is the outlet
 * behind the author's name in the byline. */
#include "fields/internal.h"
#include "fields/names.h"

enum { UNDER_STANDFIRST = 4 /* blocks */, SHORT_BYTES = 4 };

/* "Ann Lee5 hours ago" has the shape of an outlet and its date, but is a person. */
static bool is_outlet(const cd_frame *f, cd_span value)
{
    cd_names names;
    cd_names_read(&f->tables, value, &names);
    return cd_trim_signs(value).len && !(names.n && names.given && names.words > 1);
}

/* "Tallow Works, Inc.": a stop behind a short capitalised word is no sentence's. */
static bool ends_short(cd_span text)
{
    cd_span word = {NULL, 0};
    for (cd_span rest = text; cd_word_take(&rest, &word);) {}
    return word.len && word.len <= SHORT_BYTES && cd_is_upper(cd_utf8_take(&(cd_span){word.ptr, word.len}));
}

/* "News provided by" on a line of its own. */
static cd_span below_label(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i], *next = b + 1;
    if (!(b->hints & CD_BIT(CD_ROLE_SOURCE)) || cd_hit_of(b, CD_ROLE_SOURCE)->rule->action != CD_ACTION_HINT) return (cd_span){NULL, 0};
    if (i + 1 >= f->page->nblocks || next->m.words > 8 || (next->m.ending == CD_END_SENTENCE && !ends_short(next->text))) return (cd_span){NULL, 0};
    cd_give_role(&f->page->blocks[i + 1], CD_ROLE_SOURCE, "the story's source");
    return cd_trim_signs(cd_block_text(next));
}

/* The source that a rule takes from a block, which gets its role. */
static cd_span taken(const cd_frame *f, cd_block *b)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if (h->field != CD_ROLE_SOURCE || h->rule->action != CD_ACTION_TAKE || !is_outlet(f, h->value)) continue;
        if (b->role != CD_ROLE_DATE && b->role != CD_ROLE_BYLINE) cd_give_role(b, CD_ROLE_SOURCE, "the story's source");
        return cd_trim_signs(h->value);
    }
    return (cd_span){NULL, 0};
}

/* Nearer to the headline is better; lines above the headline or below the story rarely name the source. A standfirst that is taken for the
 * story's first block may stand above the label of one. */
static cd_span find(const cd_frame *f)
{
    for (size_t i = f->head; i < f->from + UNDER_STANDFIRST && i < f->page->nblocks; i++) {
        cd_block *b = &f->page->blocks[i];
        if (i > f->from && b->role == CD_ROLE_BODY) break;
        cd_span below = below_label(f, i);
        if (below.len) return below;
        if (i > f->from || i == f->page->head || (!cd_block_is_open(b) && b->m.words > 8)) continue;
        cd_span found = taken(f, b);
        if (found.len) return found;
    }
    return (cd_span){NULL, 0};
}

/* A line below the byline that is an outlet's name and nothing else. */
static cd_span below_byline(const cd_frame *f)
{
    for (size_t i = f->head; i + 1 < f->from; i++) {
        if (f->page->blocks[i].role != CD_ROLE_BYLINE) continue;
        size_t k = i + 1;
        while (k < f->from && cd_block_is_empty(&f->page->blocks[k])) k++;
        cd_block *b = &f->page->blocks[k];
        cd_names  names;
        cd_names_read(&f->tables, cd_block_text(b), &names);
        if (k == f->from || b->role == CD_ROLE_BYLINE || !cd_block_is_open(b) || b->m.words > 5 || b->m.ending != CD_END_NONE) continue;
        if (names.n || names.strange || names.roles || names.by || !names.outlet.ptr) continue;
        cd_give_role(b, CD_ROLE_SOURCE, "the author's outlet");
        return cd_trim_signs(cd_block_text(b));
    }
    return (cd_span){NULL, 0};
}

cd_status cd_field_source(const cd_frame *f, cd_error *err)
{
    (void)err;
    cd_fields *out = &f->page->fields;
    cd_names   names;
    if (!out->source.len) out->source = find(f);
    if (out->source.len || out->byline.len == 0) return CD_OK;
    cd_names_read(&f->tables, out->byline, &names);
    if (names.n && names.outlet.ptr) out->source = cd_trim_signs(names.outlet);
    else if (names.n) out->source = below_byline(f);
    return CD_OK;
}
