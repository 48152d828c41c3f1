/* blocks.c -- tags and text -> blocks. In: the parser's events, in page order. Out: page->blocks and page->elements.
 *
 * A stack of frames, one an open element, says what is around the text; gather.c takes the text, and is told where an element begins or
 * ends that parts blocks. What an element says of itself, and its text, goes to meta.c when it ends. It does NOT judge what a block is
 * to the story: hidden text and menus are blocks, too. */
#include "page/builder.h"

#include "base/limits.h"

#include <stdlib.h>

enum {
    SIGNATURE_BYTES = 60, /* of a class by which elements are compared */
    NAME_BYTES = 40
};

cd_status cd_builder_new(cd_page *page, cd_builder **builder, cd_error *err)
{
    cd_builder *b = calloc(1, sizeof *b);
    if (!b) return cd_fail_memory(err);
    *b = (cd_builder){.page = page, .index = cd_tag_index_make(), .room = 64, .gap = true,
                      .outliner = {.on = page->wants_structure, .links = page->wants_links}};
    b->frames = calloc(b->room, sizeof *b->frames);
    b->scratch = cd_arena_new();
    if (!b->frames || !b->scratch || cd_families_open(&b->families, page, err) != CD_OK) {
        cd_builder_free(b);
        return cd_fail_memory(err);
    }
    b->nframes = 1;
    b->frames[0] = (cd_frame){.info = cd_tag_find(&b->index, CD_SPAN("html")), .element = CD_NO_ELEMENT};
    *builder = b;
    return CD_OK;
}

void cd_builder_free(cd_builder *builder)
{
    if (!builder) return;
    cd_buf_free(&builder->text);
    cd_buf_free(&builder->title);
    cd_buf_free(&builder->said);
    cd_buf_free(&builder->watches);
    cd_outliner_free(&builder->outliner);
    cd_arena_free(builder->scratch);
    free(builder->frames);
    free(builder);
}

/* ---- what an element says of itself ------------------------------------------------------------------------------------ */

static cd_span keep(cd_builder *b, cd_span text, bool *lost)
{
    if (text.len == 0) return CD_SPAN("");
    cd_span copy = cd_arena_copy(b->page->arena, text);
    *lost = *lost || !copy.ptr;
    return copy;
}

static bool has_word(cd_span list, cd_span word)
{
    for (size_t at = 0; at + word.len <= list.len; at++) {
        if (!cd_span_is_nocase(cd_span_sub(list, at, at + word.len), word)) continue;
        if ((at == 0 || cd_is_blank(list.ptr[at - 1])) && (at + word.len == list.len || cd_is_blank(list.ptr[at + word.len]))) return true;
    }
    return false;
}

/* The itemtype of the nearest scope around the element that begins. */
static cd_span scope_around(cd_builder *b)
{
    return b->nwatches ? cd_builder_watch(b, b->nwatches)->element.type : CD_SPAN(""); /* which has it from those around it */
}

static cd_status open_watch(cd_builder *b, cd_frame *f, cd_span tag, const cd_attributes *a)
{
    bool lost = false;
    cd_buf both = {0};
    if (cd_buf_format(&both, "%.*s %.*s", (int)a->class_.len, a->class_.ptr, (int)a->id.len, a->id.ptr) != CD_OK) return CD_ENOMEM;
    cd_span property = a->itemprop.len ? a->itemprop : a->property, value = a->datetime.len ? a->datetime : a->content.len ? a->content : a->href;
    cd_watch w = {.from = b->said.len};
    w.element = (cd_meta_element){.tag = keep(b, tag, &lost), .property = keep(b, property, &lost), .rel = keep(b, a->rel, &lost),
                                  .type = a->itemtype.len ? keep(b, a->itemtype, &lost) : scope_around(b),
                                  .class_id = keep(b, cd_span_trim(cd_buf_span(&both)), &lost), .value = keep(b, value, &lost),
                                  .block = b->page->nblocks};
    cd_buf_free(&both);
    b->watches.len = b->nwatches * sizeof w;
    if (lost || cd_buf_add(&b->watches, (cd_span){(const char *)&w, sizeof w}) != CD_OK) return CD_ENOMEM;
    f->watch = ++b->nwatches;
    return CD_OK;
}

static cd_status close_watch(cd_builder *b, size_t number, cd_error *err)
{
    cd_watch *w = cd_builder_watch(b, number);
    cd_span   said = cd_span_sub(cd_buf_span(&b->said), w->from, b->said.len);
    if (said.len > CD_LIMIT_META_TEXT) {
        said.len = CD_LIMIT_META_TEXT;
        while (said.len && (said.ptr[said.len] & 0xC0) == 0x80) said.len--;
    }
    cd_status st = CD_OK;
    if (cd_meta_wants_element(b->page, &w->element)) {
        st = cd_gather_tidy(b->page, b->scratch, cd_span_trim(said), &w->element.text) == CD_OK ? CD_OK : cd_fail_memory(err);
        if (st == CD_OK) st = cd_meta_element_is(b->page, &w->element, err);
        cd_arena_reset(b->scratch); /* each of many elements around a text has all of it */
    }
    b->nwatches = number - 1;
    if (b->nwatches == 0) b->said.len = 0;
    return st;
}

/* ---- frames ------------------------------------------------------------------------------------------------------------ */

/* Whether a style sets `property` to `value`: "display:none", but not "display:inline; text-decoration:none". */
static bool sets(cd_span style, cd_span property, cd_span value)
{
    while (style.len) {
        const char *end = memchr(style.ptr, ';', style.len);
        cd_span     one = cd_span_sub(style, 0, end ? (size_t)(end - style.ptr) : style.len);
        size_t      colon = cd_span_find(one, CD_SPAN(":"));
        cd_span     given = cd_span_trim(cd_span_sub(one, colon < one.len ? colon + 1 : one.len, one.len));
        given = cd_span_trim(cd_span_sub(given, 0, cd_span_find(given, CD_SPAN("!"))));
        if (cd_span_is_nocase(cd_span_trim(cd_span_sub(one, 0, colon)), property) && cd_span_is_nocase(given, value)) return true;
        style = cd_span_sub(style, one.len + (end != NULL), style.len);
    }
    return false;
}

static bool hides(const cd_attributes *a)
{
    if (a->hidden || cd_span_is_nocase(a->aria_hidden, CD_SPAN("true"))) return true;
    return a->style.len && (sets(a->style, CD_SPAN("display"), CD_SPAN("none")) || sets(a->style, CD_SPAN("visibility"), CD_SPAN("hidden")));
}

static cd_status push(cd_builder *b, cd_span name, const cd_tag_info *info, const cd_attributes *a, cd_error *err)
{
    if (b->nframes > CD_LIMIT_NESTING)
        return cd_fail_page(err, CD_ELIMIT, "too_deep", "elements are nested deeper than the limit CD_LIMIT_NESTING, %zu", CD_LIMIT_NESTING);
    if (b->nframes == b->room) {
        cd_frame *fresh = realloc(b->frames, b->room * 2 * sizeof *fresh);
        if (!fresh) return cd_fail_memory(err);
        b->frames = fresh;
        b->room *= 2;
    }
    const cd_frame *around = cd_builder_top(b);
    cd_frame       *f = &b->frames[b->nframes];
    *f = (cd_frame){.info = info, .element = CD_NO_ELEMENT, .up = b->block, .hidden = around->hidden || hides(a),
                    .silent = around->silent || info->kind == CD_TAG_SILENT, .muted = around->muted && info->kind == CD_TAG_INLINE,
                    .link = around->link || cd_span_is(name, CD_SPAN("a")),
                    .bold = around->bold || cd_span_is(name, CD_SPAN("b")) || cd_span_is(name, CD_SPAN("strong")), .item = info->tag == CD_TAG_LI,
                    .name = info->name};
    f->families = cd_families_of(&b->families, a->class_) | cd_families_of(&b->families, a->id) | cd_families_of(&b->families, a->role);
    b->nframes++;
    bool watched = a->itemprop.len || a->property.len || a->itemscope || (a->rel.len && has_word(a->rel, CD_SPAN("author"))) ||
                   cd_span_is(name, CD_SPAN("time")) || (f->families & CD_FAMILY_BIT(CD_FAMILY_AUTHOR));
    return watched && open_watch(b, f, name, a) != CD_OK ? cd_fail_memory(err) : CD_OK;
}

/* A block-level element begins. */
static cd_status push_block(cd_builder *b, cd_span name, const cd_tag_info *info, const cd_attributes *a, cd_error *err)
{
    bool lost = false;
    CD_TRY(push(b, name, info, a, err));
    cd_frame *f = cd_builder_top(b), *around = &b->frames[b->block];
    uint16_t *nth = &around->children[info->tag];
    f->nth = *nth = (uint16_t)(*nth < UINT16_MAX ? *nth + 1 : *nth);
    if (info->tag == CD_TAG_OTHER) f->name = keep(b, cd_span_sub(name, 0, name.len < NAME_BYTES ? name.len : NAME_BYTES), &lost);
    f->prop = keep(b, a->itemprop, &lost);
    f->signature = keep(b, cd_span_sub(a->class_, 0, a->class_.len < SIGNATURE_BYTES ? a->class_.len : SIGNATURE_BYTES), &lost);
    if (lost) return cd_fail_memory(err);
    b->block = (uint32_t)(b->nframes - 1);
    b->gap = b->gap || info->margin;
    return CD_OK;
}

/* How many columns a cell takes. */
static uint32_t columns_of(cd_span colspan)
{
    uint32_t n = 0;
    for (size_t i = 0; i < colspan.len && colspan.ptr[i] >= '0' && colspan.ptr[i] <= '9' && n < CD_LIMIT_TABLE_COLUMNS; i++)
        n = n * 10 + (uint32_t)(colspan.ptr[i] - '0');
    return n == 0 ? 1 : n < CD_LIMIT_TABLE_COLUMNS ? n : CD_LIMIT_TABLE_COLUMNS;
}

static cd_status push_cell(cd_builder *b, cd_span name, const cd_tag_info *info, const cd_attributes *a, cd_error *err)
{
    CD_TRY(cd_gather_cell(b, err));
    cd_frame *row = &b->frames[b->block];
    uint32_t column = (uint32_t)row->children[CD_TAG_TD] + row->children[CD_TAG_TH] + row->spanned;
    row->spanned += columns_of(a->colspan) - 1;
    CD_TRY(push_block(b, name, info, a, err));
    cd_builder_top(b)->cell = (cd_cell){b->text.len, column, info->tag == CD_TAG_TH};
    return cd_outliner_cell(&b->outliner, cd_builder_top(b)->cell) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* The innermost frame ends. */
static cd_status pop(cd_builder *b, cd_error *err)
{
    cd_frame *f = cd_builder_top(b);
    bool      block = f->info->kind == CD_TAG_BLOCK, cell = f->info->kind == CD_TAG_CELL;
    if (block) CD_TRY(cd_gather_flush(b, err));
    if (cell) CD_TRY(cd_gather_cell(b, err));
    if (block || cell) {
        if (f->element != CD_NO_ELEMENT) b->page->elements[f->element].to = (uint32_t)b->page->nblocks;
        b->block = f->up;
        b->gap = b->gap || f->info->margin;
    }
    size_t number = f->watch;
    b->behind_link = f->link && !b->frames[b->nframes - 2].link;
    if (b->behind_link) cd_outliner_unlink(&b->outliner, b->text.len);
    b->nframes--;
    return number ? close_watch(b, number, err) : CD_OK;
}

/* A <p> ends where a block begins. */
static cd_status end_paragraph(cd_builder *b, cd_error *err)
{
    while (b->frames[b->block].info->tag == CD_TAG_P) CD_TRY(pop(b, err));
    return CD_OK;
}

static cd_status start_inline(cd_builder *b, cd_span name, const cd_tag_info *info, const cd_attributes *a, cd_error *err)
{
    bool link = cd_span_is(name, CD_SPAN("a"));
    b->space = b->space || (link && b->behind_link); /* no word is made of two links */
    CD_TRY(push(b, name, info, a, err));
    cd_frame *f = cd_builder_top(b);
    b->inside |= f->families;
    b->nlinks += link;
    if (link && cd_outliner_link(&b->outliner, b->page, a->href, b->text.len) != CD_OK) return cd_fail_memory(err);
    f->muted = f->muted || f->families & CD_FAMILY_BIT(CD_FAMILY_HIDDEN) || hides(a); /* words for screen readers inside a line */
    return CD_OK;
}

cd_status cd_builder_start(cd_builder *b, cd_span name, const cd_attributes *attributes, cd_error *err)
{
    const cd_tag_info *info = cd_tag_find(&b->index, name);
    switch (info->kind) {
    case CD_TAG_BLOCK:
        CD_TRY(cd_gather_flush(b, err));
        if (info->tag != CD_TAG_OTHER && info->tag != CD_TAG_BUTTON) CD_TRY(end_paragraph(b, err));
        return push_block(b, name, info, attributes, err);
    case CD_TAG_CELL: return push_cell(b, name, info, attributes, err);
    case CD_TAG_INLINE:
    case CD_TAG_SILENT: return start_inline(b, name, info, attributes, err);
    case CD_TAG_BREAK: return cd_gather_break(b, err);
    case CD_TAG_RULE: return cd_gather_rule(b, err);
    case CD_TAG_IMAGE: b->image = true; return CD_OK;
    case CD_TAG_TITLE: b->in_title = true; return CD_OK;
    default: return CD_OK;
    }
}

cd_status cd_builder_text(cd_builder *b, cd_span text, cd_error *err)
{
    if (b->in_title) return cd_buf_add(&b->title, text) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (cd_builder_top(b)->silent || cd_builder_top(b)->muted) return CD_OK;
    return cd_gather_text(b, text, err);
}

static cd_status end_title(cd_builder *b, cd_error *err)
{
    cd_span text;
    if (!b->in_title) return CD_OK;
    b->in_title = false;
    if (b->has_title) return CD_OK; /* of several the first one counts, and none is shown */
    b->has_title = true;
    if (cd_gather_tidy(b->page, b->page->arena, cd_buf_span(&b->title), &text) != CD_OK) return cd_fail_memory(err);
    return cd_meta_title(b->page, cd_span_trim(text), err);
}

cd_status cd_builder_end(cd_builder *b, cd_span name, cd_error *err)
{
    const cd_tag_info *info = cd_tag_find(&b->index, name);
    if (info->kind == CD_TAG_TITLE) return end_title(b, err);
    size_t at = b->nframes - 1;
    while (at && !(b->frames[at].info == info)) at--;
    CD_TRY(cd_page_spend(b->page, b->nframes - at, err));
    while (at && b->nframes > at) CD_TRY(pop(b, err));
    return CD_OK;
}

cd_status cd_builder_finish(cd_builder *b, cd_error *err)
{
    CD_TRY(end_title(b, err));
    while (b->nframes > 1) CD_TRY(pop(b, err));
    return cd_gather_flush(b, err);
}
