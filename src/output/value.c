/* value.c -- the record's values by key, and why each is what it is. In: a finished page. Out: texts, numbers, and the block with the
 * rule or reason that a value comes from. Nothing is decided here: a value points into its block's text, and so tells its origin;
 * what was put together of several blocks is of the first one with that field's role. What the page states of itself is put down to the
 * statement. */
#include "output/value.h"

#include "output/origin.h"
#include "output/state.h"

static const cd_spans *list_of(const cd_fields *f, cd_key key)
{
    return key == CD_KEY_AUTHORS ? &f->authors : key == CD_KEY_TAGS ? &f->tags : key == CD_KEY_NOTES ? &f->notes : NULL;
}

static cd_span text_of(const cd_page *page, cd_key key)
{
    const cd_fields *f = &page->fields;
    switch (key) {
    case CD_KEY_STATUS: return cd_span_of(cd_state_name(page->state));
    case CD_KEY_REASON: return cd_span_of(page->reason);
    case CD_KEY_URL: return page->url;
    case CD_KEY_HEADLINE: return f->headline;
    case CD_KEY_STANDFIRST: return f->standfirst;
    case CD_KEY_DATE: return f->date;
    case CD_KEY_DATE_TEXT: return f->date_text;
    case CD_KEY_MODIFIED: return f->modified;
    case CD_KEY_BYLINE: return f->byline;
    case CD_KEY_DATELINE: return f->dateline;
    case CD_KEY_SOURCE: return f->source;
    case CD_KEY_SECTION: return f->section;
    case CD_KEY_LANGUAGE: return cd_span_of(page->language);
    case CD_KEY_BODY: return f->markdown.ptr ? f->markdown : f->body;
    case CD_KEY_IMAGE: return f->image;
    default: return (cd_span){NULL, 0};
    }
}

/* ---- what was left out ---- */

/* The family that is number `index` among those that were left out, with its blocks; CD_ROLE_COUNT behind the last. */
static cd_role removed_at(const cd_page *page, size_t index, size_t *blocks)
{
    size_t counts[CD_ROLE_COUNT] = {0};
    cd_output_count_removed(page, counts);
    for (size_t role = 0; role < CD_ROLE_COUNT; role++) {
        if (!counts[role] || cd_role_is_kept((cd_role)role) || index--) continue;
        *blocks = counts[role];
        return (cd_role)role;
    }
    *blocks = 0;
    return CD_ROLE_COUNT;
}

/* ---- values ---- */

size_t cd_output_count(const cd_page *page, cd_key key)
{
    size_t          n = 0, blocks;
    const cd_spans *list = list_of(&page->fields, key);
    if (list) return list->n;
    if (key == CD_KEY_CAPTIONS || key == CD_KEY_CREDITS) return page->fields.ncaptions;
    if (key != CD_KEY_REMOVED) return text_of(page, key).len > 0;
    while (removed_at(page, n, &blocks) != CD_ROLE_COUNT) n++;
    return n;
}

cd_span cd_output_value(const cd_page *page, cd_key key, size_t index)
{
    size_t            blocks;
    const cd_spans   *list = list_of(&page->fields, key);
    const cd_caption *captions = page->fields.captions;
    if (index >= cd_output_count(page, key)) return (cd_span){NULL, 0};
    if (list) return list->at[index];
    if (key == CD_KEY_CAPTIONS) return captions[index].text;
    if (key == CD_KEY_CREDITS) return captions[index].credit;
    if (key == CD_KEY_REMOVED) return cd_span_of(cd_role_name(removed_at(page, index, &blocks)));
    return text_of(page, key);
}

cd_span cd_output_printed(const cd_page *page, cd_key key, size_t index)
{
    return key == CD_KEY_DATE && index == 0 ? page->fields.date_text : cd_output_value(page, key, index);
}

long long cd_output_number(const cd_page *page, cd_key key, size_t index)
{
    size_t blocks;
    if (key == CD_KEY_WORDS) return (long long)page->fields.words;
    if (key == CD_KEY_CONFIDENCE) return page->confidence;
    if (key == CD_KEY_FREE_TO_READ) return page->fields.free;
    if (key != CD_KEY_REMOVED) return 0;
    (void)removed_at(page, index, &blocks);
    return (long long)blocks;
}

cd_status cd_output_copy_values(const cd_page *page, cd_value *values[CD_KEY_COUNT], cd_error *err)
{
    for (int key = 0; key < CD_KEY_COUNT; key++) {
        size_t n = cd_output_count(page, (cd_key)key);
        values[key] = cd_arena_array(page->arena, n + 1, sizeof **values);
        if (!values[key]) return cd_fail_memory(err);
        for (size_t i = 0; i < n; i++) {
            cd_span text = cd_output_value(page, (cd_key)key, i), copy = cd_arena_copy(page->arena, text);
            if (!copy.ptr) return cd_fail_memory(err);
            if (text.len) values[key][i] = (cd_value){copy.ptr, copy.len};
        }
    }
    return CD_OK;
}

/* ---- statements ---- */

/* Only the first statement of a list is known: the one like it that holds this text, else itself. */
static const cd_meta *like_it(const cd_page *page, const cd_meta *first, cd_span text)
{
    for (size_t i = 0; i < page->metas.n; i++) {
        const cd_meta *m = &page->metas.at[i];
        if (m->field == first->field && m->origin == first->origin && m->rank == first->rank && cd_span_find(m->value, text) < m->value.len) return m;
    }
    return first;
}

const cd_meta *cd_output_stated(const cd_page *page, cd_key key, cd_span text)
{
    const cd_meta *const *from = page->fields.from;
    switch (key) {
    case CD_KEY_URL: return from[CD_META_URL];
    case CD_KEY_HEADLINE: return from[CD_META_HEADLINE];
    case CD_KEY_DATE: return from[CD_META_DATE];
    case CD_KEY_DATE_TEXT: /* words of the text may stand beside a date that was stated elsewhere */
        return from[CD_META_DATE] && from[CD_META_DATE]->value.ptr == text.ptr ? from[CD_META_DATE] : NULL;
    case CD_KEY_MODIFIED: return from[CD_META_MODIFIED];
    case CD_KEY_AUTHORS: return from[CD_META_AUTHOR] ? like_it(page, from[CD_META_AUTHOR], text) : NULL;
    case CD_KEY_SOURCE: return from[CD_META_SOURCE];
    case CD_KEY_SECTION: return from[CD_META_SECTION];
    case CD_KEY_FREE_TO_READ: return from[CD_META_FREE];
    case CD_KEY_TAGS: return from[CD_META_TAG] ? like_it(page, from[CD_META_TAG], text) : NULL;
    case CD_KEY_LANGUAGE: return from[CD_META_LANGUAGE];
    case CD_KEY_IMAGE: return from[CD_META_IMAGE];
    default: return NULL;
    }
}

/* ---- why ---- */

/* The role of blocks that a key's values come from; CD_ROLE_NONE: values of this key come from no block. */
static cd_role role_of(cd_key key)
{
    switch (key) {
    case CD_KEY_HEADLINE: return CD_ROLE_HEADLINE;
    case CD_KEY_STANDFIRST: return CD_ROLE_STANDFIRST;
    case CD_KEY_DATE:
    case CD_KEY_DATE_TEXT: return CD_ROLE_DATE;
    case CD_KEY_MODIFIED: return CD_ROLE_MODIFIED;
    case CD_KEY_BYLINE:
    case CD_KEY_AUTHORS: return CD_ROLE_BYLINE;
    case CD_KEY_DATELINE: return CD_ROLE_DATELINE;
    case CD_KEY_SOURCE: return CD_ROLE_SOURCE;
    case CD_KEY_SECTION: return CD_ROLE_SECTION;
    case CD_KEY_TAGS: return CD_ROLE_TAG;
    case CD_KEY_BODY: return CD_ROLE_BODY;
    case CD_KEY_CAPTIONS: return CD_ROLE_CAPTION;
    case CD_KEY_CREDITS: return CD_ROLE_CREDIT;
    case CD_KEY_NOTES: return CD_ROLE_NOTE;
    default: return CD_ROLE_NONE;
    }
}

static const cd_block *block_of(const cd_page *page, cd_key key, cd_span printed)
{
    cd_role role = role_of(key);
    if (key == CD_KEY_HEADLINE && page->head < page->nblocks) return &page->blocks[page->head];
    for (size_t i = 0; i < page->nblocks && printed.len; i++) {
        const cd_block *b = &page->blocks[i];
        if (printed.ptr >= b->text.ptr && printed.ptr < b->text.ptr + b->text.len) return b;
    }
    for (size_t i = 0; i < page->nblocks; i++)
        if (page->blocks[i].role == role) return &page->blocks[i];
    return NULL;
}

/* The rule whose find the value is, or a part of. */
static const cd_rule_label *rule_of(const cd_block *b, cd_role role, cd_span printed)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        bool value = h->rule->action == CD_ACTION_TAKE || h->rule->action == CD_ACTION_FIX;
        if (!value || h->field != role || !printed.len) continue;
        if (printed.ptr < h->value.ptr + h->value.len && h->value.ptr < printed.ptr + printed.len) return h->rule;
    }
    return NULL;
}

/* The way to a block without lines; NULL where it has lines, or memory could not be had. */
static const char *path_of(const cd_page *page, const cd_block *b)
{
    cd_buf  path = {0};
    cd_span copy = {NULL, 0};
    if (!cd_origin_has_lines(b) && cd_origin_path(page, b, &path) == CD_OK) copy = cd_arena_copy(page->arena, cd_buf_span(&path));
    cd_buf_free(&path);
    return copy.ptr;
}

bool cd_output_why(const cd_page *page, cd_key key, size_t index, cd_why *why)
{
    cd_role role = role_of(key);
    cd_span printed = cd_output_printed(page, key, index);
    const cd_meta *stated = index < cd_output_count(page, key) || (key == CD_KEY_FREE_TO_READ && index == 0)
                          ? cd_output_stated(page, key, cd_output_value(page, key, index)) : NULL;
    if (stated) {
        *why = (cd_why){.reason = "the page states it", .origin = cd_meta_origin_name(stated->origin), .key = stated->key.ptr};
        return true;
    }
    if (role == CD_ROLE_NONE || cd_output_value(page, key, index).len == 0) return false;
    const cd_block *b = block_of(page, key, printed);
    if (!b) return false;
    const cd_rule_label *rule = rule_of(b, role, printed);
    *why = (cd_why){rule ? rule->name : NULL, rule ? rule->why : b->reason, b->line, b->line_to, NULL, NULL, path_of(page, b)};
    if (key == CD_KEY_BODY && page->body_to > page->body_from) why->line_to = page->blocks[page->body_to - 1].line_to;
    return true;
}
