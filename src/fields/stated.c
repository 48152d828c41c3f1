/* stated.c -- the fields for which a page's own statements are all there is, or nearly: source, section, tags, language, picture, and
 * whether it is free to read. In: statements, and what the text's fields have found. Out: what was still missing. Source and tags from
 * the text stay where there are any; a section is stated with more care than it is printed. */
#include "fields/stated.h"

#include "base/limits.h"

static int place_of(const cd_meta_origin *origins, cd_meta_origin origin)
{
    for (int i = 0; origins[i] != CD_FROM_COUNT; i++)
        if (origins[i] == origin) return i;
    return -1;
}

/* Whether a is surer than b. */
static bool comes_before(const cd_meta_origin *origins, const cd_meta *a, const cd_meta *b)
{
    int x = place_of(origins, a->origin), y = place_of(origins, b->origin);
    if (x != y) return x < y;
    return a->rank != b->rank ? a->rank < b->rank : a < b;
}

const cd_meta *cd_stated_next(const cd_page *page, cd_meta_field field, const cd_meta_origin *origins, const cd_meta *after)
{
    const cd_meta *best = NULL;
    for (size_t i = 0; i < page->metas.n; i++) {
        const cd_meta *m = &page->metas.at[i];
        if (m->field != field || place_of(origins, m->origin) < 0) continue;
        if (after && !comes_before(origins, after, m)) continue;
        if (!best || comes_before(origins, m, best)) best = m;
    }
    return best;
}

static bool is_address(cd_span text)
{
    return cd_span_starts(text, CD_SPAN("http://")) || cd_span_starts(text, CD_SPAN("https://")) || cd_span_starts(text, CD_SPAN("//")) ||
           cd_span_starts(text, CD_SPAN("www.")) || cd_span_starts(text, CD_SPAN("@"));
}

static const cd_meta_origin usual[] = {CD_FROM_JSON_LD, CD_FROM_OPEN_GRAPH, CD_FROM_ITEM, CD_FROM_STATE, CD_FROM_TAG, CD_FROM_TWITTER, CD_FROM_FRONT, CD_FROM_COUNT};

/* The first name of a field that is no address. */
static const cd_meta *name_of(const cd_page *page, cd_meta_field field, const cd_meta_origin *origins)
{
    const cd_meta *m = NULL;
    while ((m = cd_stated_next(page, field, origins, m)))
        if (!is_address(m->value) && cd_word_count(m->value) > 0 && m->value.len <= CD_LIMIT_FIELD_BYTES / 4) return m;
    return NULL;
}

static void fill_source(cd_page *page)
{
    static const cd_meta_origin origins[] = {CD_FROM_OPEN_GRAPH, CD_FROM_JSON_LD, CD_FROM_ITEM, CD_FROM_TAG, CD_FROM_FRONT, CD_FROM_COUNT};
    const cd_meta *m = page->fields.source.len ? NULL : name_of(page, CD_META_SOURCE, origins);
    if (!m) return;
    page->fields.source = m->value;
    page->fields.from[CD_META_SOURCE] = m;
}

static void fill_section(cd_page *page)
{
    const cd_meta *m = name_of(page, CD_META_SECTION, usual);
    if (!m || cd_word_count(m->value) > 8) return;
    page->fields.section = m->value;
    page->fields.from[CD_META_SECTION] = m;
}

/* A list in one value is parted by what it holds: semicolons, bars or commas. */
static cd_status split_tags(cd_page *page, cd_span list, cd_error *err)
{
    char sign = memchr(list.ptr, ';', list.len) ? ';' : memchr(list.ptr, '|', list.len) ? '|' : ',';
    while (list.len) {
        const char *at = memchr(list.ptr, sign, list.len);
        size_t      len = at ? (size_t)(at - list.ptr) : list.len;
        CD_TRY(cd_tags_add(page, cd_span_sub(list, 0, len), err));
        list = cd_span_sub(list, at ? len + 1 : len, list.len);
    }
    return CD_OK;
}

/* All tags of the surest origin that states any: those of several would be the same words in several forms. */
static cd_status fill_tags(cd_page *page, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_OPEN_GRAPH, CD_FROM_JSON_LD, CD_FROM_STATE, CD_FROM_ITEM, CD_FROM_TAG, CD_FROM_FRONT, CD_FROM_COUNT};
    const cd_meta *first = cd_stated_next(page, CD_META_TAG, origins, NULL);
    if (!first || page->fields.tags.n) return CD_OK;
    for (const cd_meta *m = first; m && m->origin == first->origin && m->rank == first->rank; m = cd_stated_next(page, CD_META_TAG, origins, m))
        CD_TRY(split_tags(page, m->value, err));
    if (page->fields.tags.n) page->fields.from[CD_META_TAG] = first;
    return CD_OK;
}

/* A language tag as BCP 47 writes it: "en_us" -> "en-US"; false where it is none. */
static bool write_language(cd_span value, char out[16], size_t *len)
{
    size_t part = 0;
    for (*len = 0; *len < value.len; (*len)++) {
        char c = value.ptr[*len];
        if (*len == 12) return false;
        if (c == '_' || c == '-') {
            if (*len < 2) return false;
            out[*len] = '-';
            part = *len + 1;
            continue;
        }
        bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';
        if (!upper && !lower && !(digit && part)) return false;
        out[*len] = part == 0 && upper ? (char)(c + 32) : c;
    }
    if (part && *len - part == 2)
        for (size_t i = part; i < *len; i++)
            if (out[i] >= 'a' && out[i] <= 'z') out[i] = (char)(out[i] - 32);
    out[*len] = 0;
    return (part ? part - 1 : *len) >= 2 && (part ? part - 1 : *len) <= 3 && *len != part;
}

/* The declared language. Templates declare what the site began with: where the prose is clearly in another one, that counts. */
static cd_status fill_language(cd_page *page, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_HTML, CD_FROM_JSON_LD, CD_FROM_TAG, CD_FROM_ITEM, CD_FROM_OPEN_GRAPH, CD_FROM_FRONT, CD_FROM_COUNT};
    const cd_meta *m = NULL;
    char           tag[16];
    size_t         len = 0, primary = 0;
    while ((m = cd_stated_next(page, CD_META_LANGUAGE, origins, m)))
        if (write_language(m->value, tag, &len)) break;
    if (!m) return CD_OK;
    while (primary < len && tag[primary] != '-') primary++;
    if (page->language && !cd_span_is(cd_span_sub(cd_span_of(page->language), 0, primary), (cd_span){tag, primary})) return CD_OK;
    cd_span copy = cd_arena_copy(page->arena, (cd_span){tag, len});
    if (!copy.ptr) return cd_fail_memory(err);
    page->language = copy.ptr;
    page->fields.from[CD_META_LANGUAGE] = m;
    return CD_OK;
}

static void fill_free(cd_page *page)
{
    const cd_meta *m = NULL;
    page->fields.free = CD_NOT_KNOWN;
    while ((m = cd_stated_next(page, CD_META_FREE, usual, m))) {
        bool yes = cd_span_is_nocase(m->value, CD_SPAN("true")) || cd_span_ends(m->value, CD_SPAN("/True"));
        bool no = cd_span_is_nocase(m->value, CD_SPAN("false")) || cd_span_ends(m->value, CD_SPAN("/False"));
        if (!yes && !no) continue;
        page->fields.free = yes;
        page->fields.from[CD_META_FREE] = m;
        return;
    }
}

/* The address of the main picture, absolute: the one shown elsewhere before the one for machines. */
static cd_status fill_image(cd_page *page, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_OPEN_GRAPH, CD_FROM_JSON_LD, CD_FROM_TWITTER, CD_FROM_LINK, CD_FROM_STATE, CD_FROM_TAG, CD_FROM_ITEM, CD_FROM_FRONT, CD_FROM_COUNT};
    const cd_meta *m = NULL;
    while ((m = cd_stated_next(page, CD_META_IMAGE, origins, m))) {
        if (!is_address(m->value) || memchr(m->value.ptr, ' ', m->value.len)) continue;
        page->fields.image = m->value;
        page->fields.from[CD_META_IMAGE] = m;
        if (cd_span_starts(m->value, CD_SPAN("//"))) return cd_span_join(page, CD_SPAN("https:"), "", m->value, &page->fields.image, err);
        if (cd_span_starts(m->value, CD_SPAN("http"))) return CD_OK;
        page->fields.image = (cd_span){NULL, 0};
        page->fields.from[CD_META_IMAGE] = NULL;
    }
    return CD_OK;
}

cd_status cd_field_rest_stated(cd_page *page, cd_error *err)
{
    fill_source(page);
    fill_section(page);
    fill_free(page);
    CD_TRY(fill_tags(page, err));
    CD_TRY(fill_language(page, err));
    return fill_image(page, err);
}
