/* jsonld.c -- JSON-LD -> statements. In: the page's scripts as they stood. Out: what the story's own object says, with its references
 * ("@id") to persons and outlets in other objects and scripts followed. The steps: read every script, mended where need be; list all
 * objects; let jsonstory.c give points to those that may be the story; state what the
 * best ones say. cJSON's door for reading. cJSON reads recursively and refuses what is nested deeper than its own limit of 1000;
 * here nothing is recursive, and what lies deeper than CD_LIMIT_JSON_LD_DEPTH is not looked at. */
#include "base/limits.h"
#include "page/jsonld.h"
#include "page/jsonmend.h"
#include "page/statement.h"

/* Objects that may be the story and state something. */
enum { STORIES = 3 };

typedef struct reading {
    cd_page *page;
    cd_error *err;
    cJSON   *roots[CD_LIMIT_JSON_LD_TEXTS];
    size_t   nroots;
    size_t   mended, lost; /* scripts that were broken */
    bool     full;   /* of CD_LIMIT_JSON_LD_TEXTS */
    cd_json_thing *things;
    size_t   n, room;
} reading;

/* --- reading --------------------------------------------------------------------------------------------------------------- */

/* Reads the JSON texts that stand in `text` one behind the other, as far as the limit goes; false at the first that is none. */
static bool parse_all(reading *r, cd_span text)
{
    size_t before = r->nroots;
    while (r->nroots < CD_LIMIT_JSON_LD_TEXTS && text.len) {
        const char *end = NULL;
        cJSON      *root = cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, false);
        if (!root) break;
        r->roots[r->nroots++] = root;
        text = cd_span_trim(cd_span_sub(text, (size_t)(end - text.ptr), text.len));
        while (text.len && (*text.ptr == ',' || *text.ptr == ';')) text = cd_span_trim(cd_span_sub(text, 1, text.len));
    }
    r->full = r->full || (text.len && r->nroots == CD_LIMIT_JSON_LD_TEXTS);
    if (!text.len || r->full) return true;
    while (r->nroots > before) cJSON_Delete(r->roots[--r->nroots]);
    return false;
}

static cd_status read_script(reading *r, cd_span script)
{
    cd_span text = cd_json_unwrap(script), mended;
    if (!text.len || r->full || parse_all(r, text)) return CD_OK;
    CD_TRY(cd_page_spend(r->page, text.len, r->err)); /* read again */
    CD_TRY(cd_json_mend(r->page, text, &mended, r->err));
    if (!parse_all(r, mended)) r->lost++;
    else if (!r->full) r->mended++;
    return CD_OK;
}

/* Members that hold other things than the page's own. */
static bool holds_others(const char *key)
{
    static const char *const keys[] = {"itemListElement", "comment", "review", "reviews", "hasPart", "isPartOf", "mentions", "citation", "relatedLink",
                                       "liveBlogUpdate", "isRelatedTo", "blogPost", "blogPosts", "workExample", "isBasedOn", "about", "suggestedAnswer",
                                       "acceptedAnswer", "associatedMedia", "video", "author", "publisher", "image", "recordedIn"};
    for (size_t i = 0; key && i < sizeof keys / sizeof *keys; i++)
        if (strcmp(key, keys[i]) == 0) return true;
    return false;
}

static cd_status add_thing(reading *r, const cJSON *json, bool listed)
{
    if (!cJSON_IsObject(json) || (!cd_json_get(json, "@type") && !cd_json_get(json, "@id"))) return CD_OK;
    if (r->n == CD_LIMIT_JSON_LD_OBJECTS) {
        cd_page_warn_once(r->page, "more objects in JSON-LD than the limit CD_LIMIT_JSON_LD_OBJECTS, %u: the rest is not read", CD_LIMIT_JSON_LD_OBJECTS);
        return CD_OK;
    }
    if (r->n == r->room) {
        size_t room = r->room ? r->room * 2 : 32;
        cd_json_thing *grown = cd_arena_array(r->page->arena, room, sizeof *grown);
        if (!grown) return cd_fail_memory(r->err);
        if (r->n) memcpy(grown, r->things, r->n * sizeof *grown);
        r->things = grown;
        r->room = room;
    }
    r->things[r->n++] = (cd_json_thing){json, listed, 0};
    return CD_OK;
}

/* Lists the objects below `root`, outer ones first. */
static cd_status list_things(reading *r, const cJSON *root)
{
    struct {
        const cJSON *at;
        bool         listed;
    } level[CD_LIMIT_JSON_LD_DEPTH] = {{root, false}};
    for (size_t depth = 1; depth > 0;) {
        const cJSON *item = level[depth - 1].at;
        if (!item) {
            depth--;
            continue;
        }
        bool listed = level[depth - 1].listed;
        CD_TRY(add_thing(r, item, listed));
        level[depth - 1].at = depth > 1 ? item->next : NULL;
        if (item->child && depth < CD_LIMIT_JSON_LD_DEPTH) {
            level[depth].at = item->child;
            level[depth].listed = listed || holds_others(item->string) || cd_json_type_ends(item, CD_SPAN("ItemList"));
            depth++;
        }
    }
    return CD_OK;
}

/* --- what the story says ---------------------------------------------------------------------------------------------------------- */

static const cd_json_thing *next_best(const reading *r, const cd_json_thing *after)
{
    const cd_json_thing *best = NULL;
    for (const cd_json_thing *t = r->things; t < r->things + r->n; t++) {
        bool behind = !after || t->points < after->points || (t->points == after->points && t > after);
        if (t->points > 0 && behind && (!best || t->points > best->points)) best = t;
    }
    return best;
}

static cd_status state(reading *r, cd_meta_field field, unsigned rank, const char *key, cd_span value)
{
    cd_meta one = {.field = field, .origin = CD_FROM_JSON_LD, .rank = rank, .key = cd_span_of(key), .value = value, .block = CD_NO_BLOCK};
    return value.len ? cd_meta_state(r->page, &one, r->err) : CD_OK;
}

/* The object that a reference ({"@id": ...} or an address alone) points to; the item itself where it says more than that. */
static const cJSON *follow(const reading *r, const cJSON *item)
{
    cd_span id = cJSON_IsString(item) ? cd_json_string(item) : cd_json_string(cd_json_get(item, "@id"));
    if (!id.len || (cJSON_IsObject(item) && cd_json_get(item, "name"))) return item;
    for (size_t i = 0; i < r->n; i++)
        if (r->things[i].json != item && cd_json_get(r->things[i].json, "name") && cd_span_is(cd_json_string(cd_json_get(r->things[i].json, "@id")), id)) return r->things[i].json;
    return item;
}

/* Says that a list went on. */
static void cut_list(const reading *r, const char *key, const cJSON *rest)
{
    if (rest) cd_page_warn_once(r->page, "'%s' in JSON-LD has more entries than the limit CD_LIMIT_JSON_LD_LIST, %u: the rest is not read", key,
                                CD_LIMIT_JSON_LD_LIST);
}

static cd_status state_name(reading *r, unsigned rank, const char *key, const cJSON *item, cd_meta_who who)
{
    cd_meta one = {.field = CD_META_AUTHOR, .origin = CD_FROM_JSON_LD, .who = who, .rank = rank, .key = cd_span_of(key), .block = CD_NO_BLOCK};
    for (size_t n = 0; item && n < CD_LIMIT_JSON_LD_LIST; item = item->next, n++) {
        one.value = cd_json_words(item);
        if (one.value.len) CD_TRY(cd_meta_state(r->page, &one, r->err));
    }
    cut_list(r, key, item);
    return CD_OK;
}

/* Authors: a string, an object, a reference, or a list of these; an object may have several names. */
static cd_status state_authors(reading *r, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = cd_json_first(value);
    for (size_t n = 0; item && n < CD_LIMIT_JSON_LD_LIST; item = cJSON_IsArray(value) ? item->next : NULL, n++) {
        const cJSON *one = follow(r, item), *name = one;
        cd_meta_who  who = CD_WHO_UNKNOWN;
        if (cJSON_IsObject(one)) {
            if (cd_json_type_ends(one, CD_SPAN("Person"))) who = CD_WHO_PERSON;
            if (cd_json_type_ends(one, CD_SPAN("Organization")) || cd_json_type_ends(one, CD_SPAN("Corporation"))) who = CD_WHO_ORGANISATION;
            name = cd_json_get(one, "name");
        }
        if (cJSON_IsArray(name)) {
            CD_TRY(state_name(r, rank, key, name->child, who));
        } else if (name) {
            cJSON alone = *name; /* without what stands behind it in its list */
            alone.next = NULL;
            CD_TRY(state_name(r, rank, key, &alone, who));
        }
    }
    cut_list(r, key, item);
    return CD_OK;
}

static cd_status state_list(reading *r, cd_meta_field field, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = cd_json_first(value);
    for (size_t n = 0; item && n < CD_LIMIT_JSON_LD_LIST; item = cJSON_IsArray(value) ? item->next : NULL, n++) CD_TRY(state(r, field, rank, key, cd_json_words(item)));
    cut_list(r, key, item);
    return CD_OK;
}

static cd_status state_image(reading *r, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = cd_json_first(value);
    if (cJSON_IsObject(item) && !cd_json_get(item, "url") && !cd_json_get(item, "contentUrl")) {
        cd_span id = cd_json_string(cd_json_get(item, "@id"));
        for (size_t i = 0; id.len && i < r->n; i++)
            if ((cd_json_get(r->things[i].json, "url") || cd_json_get(r->things[i].json, "contentUrl")) && cd_span_is(cd_json_string(cd_json_get(r->things[i].json, "@id")), id)) item = r->things[i].json;
    }
    if (cJSON_IsObject(item)) item = cd_json_first(cd_json_get(item, "url") ? cd_json_get(item, "url") : cd_json_get(item, "contentUrl"));
    return state(r, CD_META_IMAGE, rank, key, cd_json_string(item));
}

static cd_status state_free(reading *r, unsigned rank, const cJSON *value)
{
    value = cd_json_first(value);
    if (cJSON_IsBool(value)) return state(r, CD_META_FREE, rank, "isAccessibleForFree", cJSON_IsTrue(value) ? CD_SPAN("true") : CD_SPAN("false"));
    return state(r, CD_META_FREE, rank, "isAccessibleForFree", cd_json_string(value));
}

static cd_status state_publisher(reading *r, unsigned rank, const cJSON *value)
{
    const cJSON *one = follow(r, cd_json_first(value));
    return cJSON_IsObject(one) ? state(r, CD_META_SOURCE, rank, "publisher", cd_json_words(cd_json_get(one, "name"))) : CD_OK;
}

/* All that one object says of the story. Objects that are a page, not a work, have a title, not a headline. */
static cd_status state_story(reading *r, const cd_json_thing *t, unsigned rank)
{
    const cJSON *o = t->json, *language = cd_json_first(cd_json_get(o, "inLanguage"));
    bool         page = cd_json_type_ends(o, CD_SPAN("Page")) && cd_json_type_points(o) <= 12;
    if (cJSON_IsObject(language)) language = cd_json_get(language, "alternateName") ? cd_json_get(language, "alternateName") : cd_json_get(language, "name");
    CD_TRY(state(r, CD_META_HEADLINE, rank, "headline", cd_json_words(cd_json_get(o, "headline"))));
    if (!page && !cd_json_words(cd_json_get(o, "headline")).len) CD_TRY(state(r, CD_META_HEADLINE, rank, "name", cd_json_words(cd_json_get(o, "name"))));
    CD_TRY(state(r, CD_META_DATE, rank, "datePublished", cd_json_words(cd_json_get(o, "datePublished"))));
    CD_TRY(state(r, CD_META_DATE, rank + STORIES, "dateCreated", cd_json_words(cd_json_get(o, "dateCreated"))));
    CD_TRY(state(r, CD_META_DATE, rank + STORIES, "uploadDate", cd_json_words(cd_json_get(o, "uploadDate"))));
    CD_TRY(state(r, CD_META_MODIFIED, rank, "dateModified", cd_json_words(cd_json_get(o, "dateModified"))));
    CD_TRY(state_authors(r, rank, "author", cd_json_get(o, "author")));
    CD_TRY(state_authors(r, rank + STORIES, "creator", cd_json_get(o, "creator")));
    CD_TRY(state_publisher(r, rank, cd_json_get(o, "publisher")));
    CD_TRY(state_list(r, CD_META_SECTION, rank, "articleSection", cd_json_get(o, "articleSection")));
    CD_TRY(state_list(r, CD_META_TAG, rank, "keywords", cd_json_get(o, "keywords")));
    CD_TRY(state(r, CD_META_LANGUAGE, rank, "inLanguage", cd_json_string(language)));
    CD_TRY(state(r, CD_META_URL, rank, "url", cd_json_address(cd_json_get(o, "url"))));
    CD_TRY(state(r, CD_META_URL, rank, "mainEntityOfPage", cd_json_address(cd_json_get(o, "mainEntityOfPage"))));
    CD_TRY(state_image(r, rank, "image", cd_json_get(o, "image")));
    CD_TRY(state(r, CD_META_SUMMARY, rank, "description", cd_json_words(cd_json_get(o, "description"))));
    if (cd_json_type_points(o) >= CD_JSON_STORY_POINTS) CD_TRY(state(r, CD_META_TYPE, rank, "@type", CD_SPAN("article")));
    CD_TRY(state(r, CD_META_TEXT, rank, "articleBody", cd_json_words(cd_json_get(o, "articleBody"))));
    CD_TRY(state_image(r, rank + STORIES, "thumbnailUrl", cd_json_get(o, "thumbnailUrl")));
    return state_free(r, rank, cd_json_get(o, "isAccessibleForFree"));
}

static cd_status state_all(reading *r)
{
    const cd_json_thing *best = NULL;
    CD_TRY(cd_json_judge(r->page, r->things, r->n, r->err));
    for (unsigned rank = 0; rank < STORIES && (best = next_best(r, best)); rank++) CD_TRY(state_story(r, best, rank));
    for (size_t i = 0; i < r->n; i++) { /* the site's own name, where the story does not say who publishes it */
        const cJSON *o = r->things[i].json;
        if (!r->things[i].listed && (cd_json_type_ends(o, CD_SPAN("WebSite")) || cd_json_type_ends(o, CD_SPAN("NewsMediaOrganization"))))
            CD_TRY(state(r, CD_META_SOURCE, STORIES, "name", cd_json_words(cd_json_get(o, "name"))));
    }
    return CD_OK;
}

cd_status cd_json_ld_read(cd_page *page, cd_error *err)
{
    if (!page->metas.scripts) return CD_OK;
    reading   r = {.page = page, .err = err};
    cd_status st = CD_OK;
    for (const cd_script *s = page->metas.scripts; s && st == CD_OK; s = s->next) st = read_script(&r, s->text);
    if (r.mended) cd_page_warn(page, "broken JSON-LD in %zu script%s: mended", r.mended, r.mended == 1 ? "" : "s");
    if (r.lost) cd_page_warn(page, "broken JSON-LD in %zu script%s: left out", r.lost, r.lost == 1 ? "" : "s");
    if (r.full) cd_page_warn(page, "more texts of JSON-LD than the limit CD_LIMIT_JSON_LD_TEXTS, %u: the rest is not read", CD_LIMIT_JSON_LD_TEXTS);
    for (size_t i = 0; i < r.nroots && st == CD_OK; i++) st = list_things(&r, r.roots[i]);
    if (st == CD_OK) st = state_all(&r);
    for (size_t i = 0; i < r.nroots; i++) cJSON_Delete(r.roots[i]);
    return st;
}

cd_status cd_json_object_read(cd_page *page, cd_span key, cd_span text, cd_error *err)
{
    static const struct member {
        const char   *name;
        cd_meta_field field;
    } members[] = {{"title", CD_META_HEADLINE}, {"pub_date", CD_META_DATE}, {"author", CD_META_AUTHOR}, {"authors", CD_META_AUTHOR},
                   {"section", CD_META_SECTION}, {"tags", CD_META_TAG}, {"link", CD_META_URL}, {"image_url", CD_META_IMAGE}};
    if (!text.len || text.len > CD_LIMIT_JSON_LD_BYTES) return CD_OK;
    cJSON    *root = cJSON_ParseWithLength(text.ptr, text.len);
    cd_status st = CD_OK;
    for (size_t i = 0; i < sizeof members / sizeof *members; i++) {
        const cJSON *value = cJSON_IsObject(root) ? cd_json_get(root, members[i].name) : NULL, *item = cd_json_first(value);
        for (size_t n = 0; item && n < CD_LIMIT_JSON_LD_LIST && st == CD_OK; item = cJSON_IsArray(value) ? item->next : NULL, n++) {
            cd_meta one = {.field = members[i].field, .origin = CD_FROM_STATE, .key = key, .value = cd_json_words(item), .block = CD_NO_BLOCK};
            if (one.value.len) st = cd_meta_state(page, &one, err);
        }
    }
    cJSON_Delete(root);
    return st;
}
