/* blocks.c -- tags and text -> blocks. In: the parser's events, in page order. Out: page->blocks and page->elements.
 *
 * Text is gathered until an element ends or begins that parts blocks; then it becomes one. A stack of frames, one an open element,
 * says what is around it. Blanks are folded as a browser folds them: inside the text one, at its ends none, at the seam of two inline
 * elements only where the page has one. An element gets its place in page->elements when the first block in it does, so that the
 * thousands of empty ones cost nothing. It does NOT judge what a block is to the story: hidden text and menus are blocks, too. */
#include "page/blocks.h"

#include "base/clean.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "page/family.h"
#include "page/meta.h"
#include "page/outline.h"
#include "page/tags.h"

#include <stdlib.h>

enum {
    CELL_BYTES = 200,     /* a longer cell of a table is a block of its own */
    SIGNATURE_BYTES = 60, /* of a class by which elements are compared */
    NAME_BYTES = 40
};

typedef struct frame {
    const cd_tag_info *info;
    uint32_t element;   /* CD_NO_ELEMENT until it holds a block */
    uint32_t up;        /* frame of the nearest block-level element around; 0: none */
    uint32_t nth;       /* among its parent's children of that tag */
    bool     hidden, link, bold;
    bool     silent;    /* its text is not shown */
    bool     muted;     /* the same, but for blocks in it: a hidden block may be the story behind a paywall */
    bool     item;      /* an <li> of which no block was made yet */
    cd_cell  cell;      /* of a cell, where the structure is asked for */
    uint32_t spanned;   /* columns of its cells beyond one each */
    uint64_t families;
    cd_span  name, prop, signature; /* in the arena, but for the name of a known element */
    size_t   watch;     /* number of its watch, from 1; 0: none */
    uint16_t children[CD_TAG_COUNT];
} frame;

/* An open element that says what it holds: meta.c wants its text. */
typedef struct watch {
    cd_meta_element element;
    size_t          from; /* in b->said */
} watch;

struct cd_builder {
    cd_page    *page;
    cd_families families;
    cd_tag_index index;
    frame      *frames; /* frames[0] stands for the page */
    size_t      nframes, room;
    uint32_t    block; /* the innermost block-level frame */
    size_t      blocks_room, elements_room;

    /* the block that is being gathered */
    cd_buf   text;
    bool     space, image, first_bold;
    size_t   links, bold, nlinks, breaks, cell; /* cell: where in the text the last cell began, 0: none */
    uint64_t inside;
    bool     broken; /* a <br> was the last thing */
    bool     behind_link; /* </a> was */
    bool     gap;    /* room for a line in front */

    cd_buf  title;
    bool    in_title, has_title;
    cd_buf  said; /* text of the elements that are watched */
    cd_buf  watches; /* an array of watch */
    size_t  nwatches;
    cd_outliner outliner;
};

static frame *top(cd_builder *b) { return &b->frames[b->nframes - 1]; }
static watch *watch_at(cd_builder *b, size_t number) { return (watch *)(void *)b->watches.ptr + number - 1; }

cd_status cd_builder_new(cd_page *page, cd_builder **builder, cd_error *err)
{
    cd_builder *b = calloc(1, sizeof *b);
    if (!b) return cd_fail_memory(err);
    *b = (cd_builder){.page = page, .index = cd_tag_index_make(), .room = 64, .gap = true,
                      .outliner = {.on = page->wants_structure, .links = page->wants_links}};
    b->frames = calloc(b->room, sizeof *b->frames);
    if (!b->frames || cd_families_open(&b->families, page->arena, err) != CD_OK) {
        cd_builder_free(b);
        return cd_fail_memory(err);
    }
    b->nframes = 1;
    b->frames[0] = (frame){.info = cd_tag_find(&b->index, CD_SPAN("html")), .element = CD_NO_ELEMENT};
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
    free(builder->frames);
    free(builder);
}

/* ---- elements --------------------------------------------------------------------------------------------------------- */

/* Arrays that grow in the arena: what they leave behind is given back with the page. */
static void *grow(cd_arena *arena, const void *old, size_t n, size_t *room, size_t size)
{
    if (n < *room) return (void *)(uintptr_t)old;
    size_t fresh_room = *room ? *room * 2 : 64;
    void  *fresh = cd_arena_raw(arena, fresh_room, size); /* each is set as a whole when it is added */
    if (!fresh) return NULL;
    if (n) memcpy(fresh, old, n * size);
    *room = fresh_room;
    return fresh;
}

/* Gives frame `at` and those around it that have none a place in page->elements. */
static cd_status place_elements(cd_builder *b, uint32_t at)
{
    cd_page *page = b->page;
    uint32_t from = at;
    while (from && b->frames[from].element == CD_NO_ELEMENT) from = b->frames[from].up;
    for (uint32_t i = from + 1; i <= at; i++) {
        frame *f = &b->frames[i];
        if (f->info->kind != CD_TAG_BLOCK && f->info->kind != CD_TAG_CELL) continue;
        page->elements = grow(page->arena, page->elements, page->nelements, &b->elements_room, sizeof *page->elements);
        if (!page->elements) return CD_ENOMEM;
        uint32_t          parent = f->up ? b->frames[f->up].element : CD_NO_ELEMENT;
        const cd_element *around = f->up ? &page->elements[parent] : NULL;
        cd_element       *e = &page->elements[page->nelements];
        *e = (cd_element){.parent = parent, .nth = f->nth, .from = (uint32_t)page->nblocks, .to = UINT32_MAX, .tag = (uint8_t)f->info->tag,
                          .depth = (uint16_t)(around ? around->depth + 1 : 0), .hidden = f->hidden, .name = f->name, .prop = f->prop,
                          .signature = f->signature, .families = f->families, .tags = CD_TAG_BIT(f->info->tag) | (around ? around->tags : 0)};
        f->element = (uint32_t)page->nelements++;
    }
    return CD_OK;
}

/* ---- blocks ------------------------------------------------------------------------------------------------------------ */

/* Blanks that character references brought, folded in place. */
static cd_span fold(char *text, size_t len)
{
    size_t to = 0;
    for (size_t i = 0; i < len; i++) {
        if (!cd_is_blank(text[i])) text[to++] = text[i];
        else if (to && text[to - 1] != ' ') text[to++] = ' ';
    }
    if (to && text[to - 1] == ' ') to--;
    return (cd_span){text, to};
}

/* A copy of `text` in the arena as all other rooms expect text to be. */
static cd_status tidy(cd_page *page, cd_span text, cd_span *out)
{
    cd_look look = cd_clean_look(text);
    cd_span clean = text;
    if (look.clean < text.len || look.marks) CD_TRY(cd_clean(page->arena, text, look, &clean, &page->replaced));
    *out = cd_arena_copy(page->arena, clean);
    if (!out->ptr) return CD_ENOMEM;
    if (look.clean < text.len) *out = fold((char *)(uintptr_t)out->ptr, out->len);
    return CD_OK;
}

static uint16_t per_thousand(size_t part, size_t whole) { return (uint16_t)(part >= whole ? 1000 : part * 1000 / whole); }

static uint8_t heading_of(uint64_t tags)
{
    for (unsigned i = 0; i < 6; i++)
        if (tags & CD_TAG_BIT(CD_TAG_H1 + i)) return (uint8_t)(i + 1);
    return 0;
}

/* Whether the block is the first of the list item around it. */
static bool takes_item(cd_builder *b)
{
    for (uint32_t i = b->block; i; i = b->frames[i].up) {
        if (b->frames[i].info->tag != CD_TAG_LI) continue;
        bool item = b->frames[i].item;
        b->frames[i].item = false;
        return item;
    }
    return false;
}

/* The cell of the innermost table that the block's element stands in, or NULL. */
static const cd_cell *cell_around(const cd_builder *b)
{
    for (uint32_t i = b->outliner.on ? b->block : 0; i && b->frames[i].info->tag != CD_TAG_TABLE; i = b->frames[i].up)
        if (b->frames[i].info->kind == CD_TAG_CELL) return &b->frames[i].cell;
    return NULL;
}

static cd_status add_block(cd_builder *b, cd_span raw, cd_error *err)
{
    cd_page *page = b->page;
    cd_span  text;
    if (tidy(page, raw, &text) != CD_OK) return cd_fail_memory(err);
    if (text.len == 0) return CD_OK;
    if (page->nblocks == CD_LIMIT_BLOCKS)
        return cd_fail_page(err, CD_ELIMIT, "too_many_blocks", "more blocks than the limit CD_LIMIT_BLOCKS, %zu", CD_LIMIT_BLOCKS);
    page->blocks = grow(page->arena, page->blocks, page->nblocks, &b->blocks_room, sizeof *page->blocks);
    cd_markup *m = page->blocks ? cd_arena_take(page->arena, sizeof *m) : NULL;
    if (!m || place_elements(b, b->block) != CD_OK) return cd_fail_memory(err);
    CD_TRY(cd_page_spend(page, b->nframes, err)); /* what is asked of the elements around it */
    const frame *f = &b->frames[b->block];
    const cd_element *e = f->element == CD_NO_ELEMENT ? NULL : &page->elements[f->element];
    *m = (cd_markup){.element = f->element, .links = per_thousand(b->links, raw.len), .bold = per_thousand(b->bold, raw.len),
                     .nlinks = (uint16_t)(b->nlinks > 1000 ? 1000 : b->nlinks), .heading = heading_of(e ? e->tags : 0), .hidden = f->hidden,
                     .first_bold = b->first_bold, .image = b->image, .breaks = (uint8_t)(b->breaks > 255 ? 255 : b->breaks), .inside = b->inside};
    size_t from = (size_t)(raw.ptr - b->text.ptr);
    if (cd_outliner_take(&b->outliner, page, cd_buf_span(&b->text), from, from + raw.len, text, cell_around(b), &m->outline) != CD_OK)
        return cd_fail_memory(err);
    cd_block *block = &page->blocks[page->nblocks++];
    *block = (cd_block){.text = text, .blank = b->gap, .markup = m, .kind = takes_item(b) ? CD_KIND_ITEM : CD_KIND_PARA};
    b->gap = b->image = false;
    return CD_OK;
}

/* What was gathered becomes a block: two where the last cell of a row is too long to stand behind the others. */
static cd_status flush(cd_builder *b, cd_error *err)
{
    cd_span text = cd_buf_span(&b->text);
    if (text.len && b->cell && text.len - b->cell > CELL_BYTES) {
        CD_TRY(add_block(b, cd_span_trim(cd_span_sub(text, 0, b->cell)), err));
        text = cd_span_trim(cd_span_sub(text, b->cell, text.len));
    }
    if (text.len) CD_TRY(add_block(b, text, err));
    cd_outliner_clear(&b->outliner, b->text.len);
    b->text.len = 0;
    b->space = b->broken = b->first_bold = false;
    b->links = b->bold = b->nlinks = b->breaks = b->cell = 0;
    b->inside = 0;
    return CD_OK;
}

/* ---- text -------------------------------------------------------------------------------------------------------------- */

/* Adds `text` with its blanks folded; *space: one is due before the next letter. */
static cd_status add_folded(cd_buf *buf, cd_span text, bool *space)
{
    const char *p = text.ptr, *end = p + text.len;
    CD_TRY(cd_buf_reserve(buf, text.len + 1));
    char *to = buf->ptr + buf->len;
    while (p < end) {
        const char *from = p;
        while (p < end && !cd_is_blank(*p)) p++;
        if (p > from) {
            if (*space && to > buf->ptr) *to++ = ' ';
            memcpy(to, from, (size_t)(p - from));
            to += p - from;
            *space = false;
        }
        if (p == end) break;
        while (p < end && cd_is_blank(*p)) p++;
        *space = true;
    }
    buf->len = (size_t)(to - buf->ptr);
    return CD_OK;
}

/* Whether the text behind a <br> goes on the sentence before it: in lower case, where none has ended. */
static bool goes_on(cd_span before, cd_span after)
{
    size_t  len;
    cd_rune last = cd_utf8_last(before, &len);
    cd_rune first = cd_utf8_take(&after);
    return cd_is_lower(first) && last != '.' && last != '!' && last != '?' && last != ':' && last != 0x201D;
}

static cd_status say(cd_builder *b, cd_span text)
{
    if (!b->nwatches || b->said.len - watch_at(b, b->nwatches)->from > CD_LIMIT_META_TEXT) return CD_OK;
    bool space = b->said.len && (b->space || b->text.len == 0);
    return add_folded(&b->said, text, &space);
}

static cd_status gather(cd_builder *b, cd_span text, cd_error *err)
{
    const frame *f = top(b);
    cd_span      inner = cd_span_trim(text);
    if (inner.len == 0) {
        b->space = b->space || text.len;
        return CD_OK;
    }
    if (b->broken && b->text.len && !goes_on(cd_buf_span(&b->text), inner)) CD_TRY(flush(b, err));
    b->broken = b->behind_link = false;
    if (b->text.len == 0) b->first_bold = f->bold;
    if (say(b, text) != CD_OK) return cd_fail_memory(err);
    size_t before = b->text.len;
    if (before > CD_LIMIT_LINE_BYTES)
        return cd_fail_page(err, CD_ELIMIT, "line_too_long", "a paragraph is over the limit CD_LIMIT_LINE_BYTES, %zu", CD_LIMIT_LINE_BYTES);
    if (add_folded(&b->text, text, &b->space) != CD_OK) return cd_fail_memory(err);
    if (f->link) b->links += b->text.len - before;
    if (f->bold) b->bold += b->text.len - before;
    return CD_OK;
}

/* In <pre> each line is a block. */
static cd_status gather_lines(cd_builder *b, cd_span text, cd_error *err)
{
    while (text.len) {
        const char *feed = memchr(text.ptr, '\n', text.len);
        size_t      len = feed ? (size_t)(feed - text.ptr) : text.len;
        cd_span     line = cd_span_sub(text, 0, len);
        if (cd_outliner_raw(&b->outliner, line, feed && !b->text.len && cd_span_is_blank(line)) != CD_OK) return cd_fail_memory(err);
        CD_TRY(gather(b, line, err));
        if (feed) CD_TRY(flush(b, err));
        text = cd_span_sub(text, feed ? len + 1 : len, text.len);
    }
    return CD_OK;
}

cd_status cd_builder_text(cd_builder *b, cd_span text, cd_error *err)
{
    if (b->in_title) return cd_buf_add(&b->title, text) == CD_OK ? CD_OK : cd_fail_memory(err);
    if (top(b)->silent || top(b)->muted) return CD_OK;
    return b->frames[b->block].info->tag == CD_TAG_PRE ? gather_lines(b, text, err) : gather(b, text, err);
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
    for (size_t i = b->nwatches; i; i--)
        if (watch_at(b, i)->element.type.len) return watch_at(b, i)->element.type;
    return CD_SPAN("");
}

static cd_status open_watch(cd_builder *b, frame *f, cd_span tag, const cd_attributes *a)
{
    bool lost = false;
    cd_buf both = {0};
    if (cd_buf_format(&both, "%.*s %.*s", (int)a->class_.len, a->class_.ptr, (int)a->id.len, a->id.ptr) != CD_OK) return CD_ENOMEM;
    cd_span property = a->itemprop.len ? a->itemprop : a->property, value = a->datetime.len ? a->datetime : a->content.len ? a->content : a->href;
    watch   w = {.from = b->said.len};
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
    watch  *w = watch_at(b, number);
    cd_span text;
    cd_span said = cd_span_sub(cd_buf_span(&b->said), w->from, b->said.len);
    if (said.len > CD_LIMIT_META_TEXT) {
        said.len = CD_LIMIT_META_TEXT;
        while (said.len && (said.ptr[said.len] & 0xC0) == 0x80) said.len--;
    }
    if (tidy(b->page, cd_span_trim(said), &text) != CD_OK) return cd_fail_memory(err);
    w->element.text = text;
    b->nwatches = number - 1;
    if (b->nwatches == 0) b->said.len = 0;
    return cd_meta_element_is(b->page, &w->element, err);
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
        frame *fresh = realloc(b->frames, b->room * 2 * sizeof *fresh);
        if (!fresh) return cd_fail_memory(err);
        b->frames = fresh;
        b->room *= 2;
    }
    const frame *around = top(b);
    frame       *f = &b->frames[b->nframes];
    *f = (frame){.info = info, .element = CD_NO_ELEMENT, .up = b->block, .hidden = around->hidden || hides(a),
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
    frame    *f = top(b), *around = &b->frames[b->block];
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

/* A cell of a table: a blank parts it from the one before where both are short. */
static cd_status seam(cd_builder *b, cd_error *err)
{
    if (b->text.len - b->cell > CELL_BYTES) return flush(b, err);
    b->space = true;
    if (b->text.len) b->cell = b->text.len;
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
    CD_TRY(seam(b, err));
    frame   *row = &b->frames[b->block];
    uint32_t column = (uint32_t)row->children[CD_TAG_TD] + row->children[CD_TAG_TH] + row->spanned;
    row->spanned += columns_of(a->colspan) - 1;
    CD_TRY(push_block(b, name, info, a, err));
    top(b)->cell = (cd_cell){b->text.len, column, info->tag == CD_TAG_TH};
    return cd_outliner_cell(&b->outliner, top(b)->cell) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* The innermost frame ends. */
static cd_status pop(cd_builder *b, cd_error *err)
{
    frame *f = top(b);
    bool   block = f->info->kind == CD_TAG_BLOCK, cell = f->info->kind == CD_TAG_CELL;
    if (block) CD_TRY(flush(b, err));
    if (cell) CD_TRY(seam(b, err));
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
    frame *f = top(b);
    b->inside |= f->families;
    b->nlinks += link;
    if (link && cd_outliner_link(&b->outliner, b->page, a->href, b->text.len) != CD_OK) return cd_fail_memory(err);
    f->muted = f->muted || f->families & CD_FAMILY_BIT(CD_FAMILY_HIDDEN) || hides(a); /* words for screen readers inside a line */
    return CD_OK;
}

/* Two <br>, or a rule. */
static cd_status part(cd_builder *b, cd_error *err)
{
    b->gap = true;
    CD_TRY(flush(b, err));
    b->outliner.apart = true;
    return CD_OK;
}

static cd_status take_break(cd_builder *b, cd_error *err)
{
    if (heading_of(CD_TAG_BIT(b->frames[b->block].info->tag)) || b->text.len == 0) {
        b->space = true;
        return CD_OK;
    }
    if (b->broken) return part(b, err);
    b->broken = b->space = true;
    b->breaks++;
    return CD_OK;
}

cd_status cd_builder_start(cd_builder *b, cd_span name, const cd_attributes *attributes, cd_error *err)
{
    const cd_tag_info *info = cd_tag_find(&b->index, name);
    switch (info->kind) {
    case CD_TAG_BLOCK:
        CD_TRY(flush(b, err));
        if (info->tag != CD_TAG_OTHER && info->tag != CD_TAG_BUTTON) CD_TRY(end_paragraph(b, err));
        return push_block(b, name, info, attributes, err);
    case CD_TAG_CELL: return push_cell(b, name, info, attributes, err);
    case CD_TAG_INLINE:
    case CD_TAG_SILENT: return start_inline(b, name, info, attributes, err);
    case CD_TAG_BREAK: return take_break(b, err);
    case CD_TAG_RULE: return part(b, err);
    case CD_TAG_IMAGE: b->image = true; return CD_OK;
    case CD_TAG_TITLE: b->in_title = true; return CD_OK;
    default: return CD_OK;
    }
}

static cd_status end_title(cd_builder *b, cd_error *err)
{
    cd_span text;
    if (!b->in_title) return CD_OK;
    b->in_title = false;
    if (b->has_title) return CD_OK; /* of several the first one counts, and none is shown */
    b->has_title = true;
    if (tidy(b->page, cd_buf_span(&b->title), &text) != CD_OK) return cd_fail_memory(err);
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
    return flush(b, err);
}
