/* gather.c -- gathered text -> blocks. In: text, and what parts it, from blocks.c. Out: page->blocks, page->elements.
 *
 * Text is gathered until something parts it; then it becomes a block. Blanks are folded as a browser folds them: inside the text one, at
 * its ends none, at the seam of two inline elements only where the page has one. An element gets its place in page->elements when the
 * first block in it does, so that the thousands of empty ones cost nothing. Short cells of a row are one block, and a line behind a <br>
 * that goes on the sentence before it stays with it. */
#include "page/builder.h"

#include "base/clean.h"
#include "base/limits.h"
#include "base/utf8.h"

/* A longer cell of a table is a block of its own. */
enum { CELL_BYTES = 200 };

/* ---- text as all rooms expect it --------------------------------------------------------------------------------------- */

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

cd_status cd_gather_tidy(cd_page *page, cd_arena *arena, cd_span text, cd_span *out)
{
    cd_look look = cd_clean_look(text);
    cd_span clean = text;
    if (look.clean < text.len || look.marks) CD_TRY(cd_clean(arena, text, look, &clean, &page->replaced));
    *out = cd_arena_copy(arena, clean);
    if (!out->ptr) return CD_ENOMEM;
    if (look.clean < text.len) *out = fold((char *)(uintptr_t)out->ptr, out->len);
    return CD_OK;
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
        cd_frame *f = &b->frames[i];
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
    if (cd_gather_tidy(page, page->arena, raw, &text) != CD_OK) return cd_fail_memory(err);
    if (text.len == 0) return CD_OK;
    if (page->nblocks == CD_LIMIT_BLOCKS)
        return cd_fail_page(err, CD_ELIMIT, "too_many_blocks", "more blocks than the limit CD_LIMIT_BLOCKS, %zu", CD_LIMIT_BLOCKS);
    page->blocks = grow(page->arena, page->blocks, page->nblocks, &b->blocks_room, sizeof *page->blocks);
    cd_markup *m = page->blocks ? cd_arena_take(page->arena, sizeof *m) : NULL;
    if (!m || place_elements(b, b->block) != CD_OK) return cd_fail_memory(err);
    CD_TRY(cd_page_spend(page, b->nframes, err)); /* what is asked of the elements around it */
    const cd_frame *f = &b->frames[b->block];
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
cd_status cd_gather_flush(cd_builder *b, cd_error *err)
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

/* The same text, for the elements around it that say what they hold. */
static cd_status say(cd_builder *b, cd_span text)
{
    if (!b->nwatches || b->said.len - cd_builder_watch(b, b->nwatches)->from > CD_LIMIT_META_TEXT) return CD_OK;
    bool space = b->said.len && (b->space || b->text.len == 0);
    return add_folded(&b->said, text, &space);
}

/* Text within one line of the page. */
static cd_status gather(cd_builder *b, cd_span text, cd_error *err)
{
    const cd_frame *f = cd_builder_top(b);
    cd_span         inner = cd_span_trim(text);
    if (inner.len == 0) {
        b->space = b->space || text.len;
        return CD_OK;
    }
    if (b->broken && b->text.len && !goes_on(cd_buf_span(&b->text), inner)) CD_TRY(cd_gather_flush(b, err));
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
        if (feed) CD_TRY(cd_gather_flush(b, err));
        text = cd_span_sub(text, feed ? len + 1 : len, text.len);
    }
    return CD_OK;
}

cd_status cd_gather_text(cd_builder *b, cd_span text, cd_error *err)
{
    return b->frames[b->block].info->tag == CD_TAG_PRE ? gather_lines(b, text, err) : gather(b, text, err);
}

/* ---- what parts text --------------------------------------------------------------------------------------------------- */

/* A cell of a table: a blank parts it from the one before where both are short. */
cd_status cd_gather_cell(cd_builder *b, cd_error *err)
{
    if (b->text.len - b->cell > CELL_BYTES) return cd_gather_flush(b, err);
    b->space = true;
    if (b->text.len) b->cell = b->text.len;
    return CD_OK;
}

/* Two <br>, or a rule. */
cd_status cd_gather_rule(cd_builder *b, cd_error *err)
{
    b->gap = true;
    CD_TRY(cd_gather_flush(b, err));
    b->outliner.apart = true;
    return CD_OK;
}

cd_status cd_gather_break(cd_builder *b, cd_error *err)
{
    if (heading_of(CD_TAG_BIT(b->frames[b->block].info->tag)) || b->text.len == 0) {
        b->space = true;
        return CD_OK;
    }
    if (b->broken) return cd_gather_rule(b, err);
    b->broken = b->space = true;
    b->breaks++;
    return CD_OK;
}
