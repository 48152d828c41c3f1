/* jsonld.c -- JSON-LD -> statements. In: the page's scripts as they stood. Out: what the story's own object says, with its references
 * ("@id") to persons and outlets in other objects and scripts followed. The steps: read every script, mended where need be; list all
 * objects; give points to those that may be the story (type, address, headline, whether they stand in a list of others); state what the
 * best ones say. cJSON's door for reading. cJSON reads recursively and refuses what is nested deeper than its own limit of 1000;
 * here nothing is recursive, and what lies deeper than CD_LIMIT_JSON_LD_DEPTH is not looked at. */
#include "base/limits.h"
#include "base/utf8.h"
#include "page/jsonmend.h"
#include "page/statement.h"

#include <cjson/cJSON.h>

/* Scripts of one page and JSON texts in them that are read; objects that may be the story and state something; names of one author list;
 * points from which a type is a story's. */
enum { ROOTS = 200, STORIES = 3, NAMES = 60, STORY_POINTS = 34 };

/* Titles of the page that a headline is held against, and words of each: more of them are no titles. */
enum { TITLES = 16, TITLE_WORDS = 64 };

/* An object with a type or an "@id". */
typedef struct thing {
    const cJSON *json;
    bool         listed; /* stands in a list of other things, or in a comment */
    int          points; /* for being the story; 0 and less: it is not */
} thing;

typedef struct reading {
    cd_page *page;
    cd_error *err;
    cJSON   *roots[ROOTS];
    size_t   nroots;
    size_t   mended, lost; /* scripts that were broken */
    thing   *things;
    size_t   n, room;
} reading;

/* --- cJSON at hand --------------------------------------------------------------------------------------------------------- */

static const cJSON *get(const cJSON *object, const char *key) { return cJSON_GetObjectItemCaseSensitive(object, key); }
static cd_span      string_of(const cJSON *item) { return cJSON_IsString(item) ? cd_span_of(item->valuestring) : (cd_span){NULL, 0}; }

/* The item, or the first of a list. */
static const cJSON *first_of(const cJSON *item) { return cJSON_IsArray(item) ? item->child : item; }

/* The words of a string, of {"@value": ...} or of a thing's name. */
static cd_span words_of(const cJSON *item)
{
    item = first_of(item);
    if (cJSON_IsObject(item)) item = first_of(get(item, "@value") ? get(item, "@value") : get(item, "name"));
    return string_of(item);
}

/* The type without "schema:" or "http://schema.org/". */
static cd_span bare_type(const cJSON *item)
{
    cd_span type = string_of(item);
    size_t  at = type.len;
    while (at > 0 && type.ptr[at - 1] != ':' && type.ptr[at - 1] != '/' && type.ptr[at - 1] != '#') at--;
    return cd_span_sub(type, at, type.len);
}

/* Points of each type for being the story's; a type that ends with a name of the list is of that kind. */
static int type_points(const cJSON *object)
{
    static const struct kind {
        cd_span end;
        int     points;
    } kinds[] = {{CD_SPAN("Article"), 50}, {CD_SPAN("Posting"), 46}, {CD_SPAN("Report"), 44}, {CD_SPAN("Recipe"), 36}, {CD_SPAN("HowTo"), 34},
                 {CD_SPAN("Review"), 24}, {CD_SPAN("Interview"), 40}, {CD_SPAN("CreativeWork"), 20}, {CD_SPAN("VideoObject"), 8}, {CD_SPAN("PodcastEpisode"), 10},
                 {CD_SPAN("WebPage"), 12}, {CD_SPAN("ItemPage"), 10}};
    const cJSON *type = get(object, "@type");
    int          points = 0;
    for (const cJSON *one = first_of(type); one; one = cJSON_IsArray(type) ? one->next : NULL)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (cd_span_ends(bare_type(one), kinds[i].end) && kinds[i].points > points) points = kinds[i].points;
    return points;
}

static bool type_ends(const cJSON *object, cd_span end)
{
    const cJSON *type = get(object, "@type");
    for (const cJSON *one = first_of(type); one; one = cJSON_IsArray(type) ? one->next : NULL)
        if (cd_span_ends(bare_type(one), end)) return true;
    return false;
}

/* --- reading --------------------------------------------------------------------------------------------------------------- */

/* Reads the JSON texts that stand in `text` one behind the other; false at the first that is none. */
static bool parse_all(reading *r, cd_span text)
{
    size_t before = r->nroots;
    while (r->nroots < ROOTS && text.len) {
        const char *end = NULL;
        cJSON      *root = cJSON_ParseWithLengthOpts(text.ptr, text.len, &end, false);
        if (!root) break;
        r->roots[r->nroots++] = root;
        text = cd_span_trim(cd_span_sub(text, (size_t)(end - text.ptr), text.len));
        while (text.len && (*text.ptr == ',' || *text.ptr == ';')) text = cd_span_trim(cd_span_sub(text, 1, text.len));
    }
    if (!text.len) return true;
    while (r->nroots > before) cJSON_Delete(r->roots[--r->nroots]);
    return false;
}

static cd_status read_script(reading *r, cd_span script)
{
    cd_span text = cd_json_unwrap(script), mended;
    if (!text.len || parse_all(r, text)) return CD_OK;
    CD_TRY(cd_page_spend(r->page, text.len, r->err)); /* read again */
    CD_TRY(cd_json_mend(r->page, text, &mended, r->err));
    if (parse_all(r, mended)) r->mended++;
    else r->lost++;
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
    if (r->n == CD_LIMIT_JSON_LD_OBJECTS || !cJSON_IsObject(json) || (!get(json, "@type") && !get(json, "@id"))) return CD_OK;
    if (r->n == r->room) {
        size_t room = r->room ? r->room * 2 : 32;
        thing *grown = cd_arena_array(r->page->arena, room, sizeof *grown);
        if (!grown) return cd_fail_memory(r->err);
        if (r->n) memcpy(grown, r->things, r->n * sizeof *grown);
        r->things = grown;
        r->room = room;
    }
    r->things[r->n++] = (thing){json, listed, 0};
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
            level[depth].listed = listed || holds_others(item->string) || type_ends(item, CD_SPAN("ItemList"));
            depth++;
        }
    }
    return CD_OK;
}

/* --- which one is the story ------------------------------------------------------------------------------------------------ */

/* An address without scheme, "www.", query, fragment and slash at its end. */
static cd_span bare_url(cd_span url)
{
    size_t at = cd_span_find(url, CD_SPAN("://"));
    if (at < url.len) url = cd_span_sub(url, at + 3, url.len);
    if (cd_span_starts(url, CD_SPAN("www."))) url = cd_span_sub(url, 4, url.len);
    for (size_t i = 0; i < url.len; i++)
        if (url.ptr[i] == '?' || url.ptr[i] == '#') url.len = i;
    while (url.len && url.ptr[url.len - 1] == '/') url.len--;
    return url;
}

/* 1: the page's own address, -1: another page's, 0: not said. */
static int address_says(const reading *r, cd_span url)
{
    cd_span bare = bare_url(url);
    bool    any = false;
    if (!memchr(bare.len ? bare.ptr : "", '/', bare.len)) return 0; /* the site's */
    if (r->page->url.len && cd_span_is_nocase(bare, bare_url(r->page->url))) return 1;
    for (size_t i = 0; i < r->page->metas.n; i++) {
        const cd_meta *m = &r->page->metas.at[i];
        if (m->field != CD_META_URL || !memchr(m->value.ptr, '/', m->value.len)) continue;
        any = true;
        if (cd_span_is_nocase(bare, bare_url(m->value))) return 1;
    }
    return any ? -1 : 0;
}

/* How much of the words of `headline` a title or heading of the page holds, in hundredths. */
static int known_words(const reading *r, cd_span headline)
{
    cd_span rest = headline, word;
    size_t  n = 0, hit = 0, best = 0, titles = 0;
    for (size_t i = 0; i < r->page->metas.n && titles < TITLES; i++) {
        const cd_meta *m = &r->page->metas.at[i];
        if (m->field != CD_META_HEADLINE) continue;
        titles++;
        for (rest = headline, n = hit = 0; n < TITLE_WORDS && cd_word_take(&rest, &word); n++) {
            cd_span other = m->value, there;
            bool    found = false;
            for (size_t k = 0; !found && k < TITLE_WORDS && cd_word_take(&other, &there); k++) found = cd_fold_hash(there) == cd_fold_hash(word);
            hit += found;
        }
        if (n && hit * 100 / n > best) best = hit * 100 / n;
    }
    return (int)best;
}

/* Bytes of the page's titles and headings, as far as they are compared. */
static size_t title_bytes(const cd_page *page)
{
    size_t bytes = 0, titles = 0;
    for (size_t i = 0; i < page->metas.n && titles < TITLES; i++) {
        if (page->metas.at[i].field != CD_META_HEADLINE) continue;
        bytes += page->metas.at[i].value.len;
        titles++;
    }
    return bytes;
}

static cd_span address_of(const cJSON *item)
{
    item = first_of(item);
    if (cJSON_IsObject(item)) item = get(item, "@id") ? get(item, "@id") : get(item, "url");
    return string_of(item);
}

static cd_status judge(const reading *r, thing *t)
{
    t->points = type_points(t->json);
    if (t->points == 0) return CD_OK;
    cd_span headline = words_of(get(t->json, "headline"));
    if (!headline.len) headline = words_of(get(t->json, "name"));
    int own = address_says(r, address_of(get(t->json, "url"))), main = address_says(r, address_of(get(t->json, "mainEntityOfPage")));
    t->points += own > 0 || main > 0 ? 40 : own < 0 || main < 0 ? -16 : 0;
    size_t titles = headline.len ? title_bytes(r->page) : 0;
    CD_TRY(cd_page_spend(r->page, r->page->metas.n + titles * headline.len / 32, r->err)); /* words that are compared, and addresses */
    if (titles) {
        int known = known_words(r, headline);
        t->points += known >= 50 ? known / 4 : known < 25 ? -24 : 0;
    }
    t->points += get(t->json, "datePublished") ? 4 : 0;
    t->points += get(t->json, "author") ? 4 : 0;
    if (t->listed) t->points -= 45;
    return CD_OK;
}

static const thing *next_best(const reading *r, const thing *after)
{
    const thing *best = NULL;
    for (const thing *t = r->things; t < r->things + r->n; t++) {
        bool behind = !after || t->points < after->points || (t->points == after->points && t > after);
        if (t->points > 0 && behind && (!best || t->points > best->points)) best = t;
    }
    return best;
}

/* --- what it says ---------------------------------------------------------------------------------------------------------- */

static cd_status state(reading *r, cd_meta_field field, unsigned rank, const char *key, cd_span value)
{
    cd_meta one = {.field = field, .origin = CD_FROM_JSON_LD, .rank = rank, .key = cd_span_of(key), .value = value, .block = CD_NO_BLOCK};
    return value.len ? cd_meta_state(r->page, &one, r->err) : CD_OK;
}

/* The object that a reference ({"@id": ...} or an address alone) points to; the item itself where it says more than that. */
static const cJSON *follow(const reading *r, const cJSON *item)
{
    cd_span id = cJSON_IsString(item) ? string_of(item) : string_of(get(item, "@id"));
    if (!id.len || (cJSON_IsObject(item) && get(item, "name"))) return item;
    for (size_t i = 0; i < r->n; i++)
        if (r->things[i].json != item && get(r->things[i].json, "name") && cd_span_is(string_of(get(r->things[i].json, "@id")), id)) return r->things[i].json;
    return item;
}

static cd_status state_name(reading *r, unsigned rank, const char *key, const cJSON *item, cd_meta_who who)
{
    cd_meta one = {.field = CD_META_AUTHOR, .origin = CD_FROM_JSON_LD, .who = who, .rank = rank, .key = cd_span_of(key), .block = CD_NO_BLOCK};
    for (size_t n = 0; item && n < NAMES; item = item->next, n++) {
        one.value = words_of(item);
        if (one.value.len) CD_TRY(cd_meta_state(r->page, &one, r->err));
    }
    return CD_OK;
}

/* Authors: a string, an object, a reference, or a list of these; an object may have several names. */
static cd_status state_authors(reading *r, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = first_of(value);
    for (size_t n = 0; item && n < NAMES; item = cJSON_IsArray(value) ? item->next : NULL, n++) {
        const cJSON *one = follow(r, item), *name = one;
        cd_meta_who  who = CD_WHO_UNKNOWN;
        if (cJSON_IsObject(one)) {
            if (type_ends(one, CD_SPAN("Person"))) who = CD_WHO_PERSON;
            if (type_ends(one, CD_SPAN("Organization")) || type_ends(one, CD_SPAN("Corporation"))) who = CD_WHO_ORGANISATION;
            name = get(one, "name");
        }
        if (cJSON_IsArray(name)) {
            CD_TRY(state_name(r, rank, key, name->child, who));
        } else if (name) {
            cJSON alone = *name; /* without what stands behind it in its list */
            alone.next = NULL;
            CD_TRY(state_name(r, rank, key, &alone, who));
        }
    }
    return CD_OK;
}

static cd_status state_list(reading *r, cd_meta_field field, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = first_of(value);
    for (size_t n = 0; item && n < NAMES; item = cJSON_IsArray(value) ? item->next : NULL, n++) CD_TRY(state(r, field, rank, key, words_of(item)));
    return CD_OK;
}

static cd_status state_image(reading *r, unsigned rank, const char *key, const cJSON *value)
{
    const cJSON *item = first_of(value);
    if (cJSON_IsObject(item) && !get(item, "url") && !get(item, "contentUrl")) {
        cd_span id = string_of(get(item, "@id"));
        for (size_t i = 0; id.len && i < r->n; i++)
            if ((get(r->things[i].json, "url") || get(r->things[i].json, "contentUrl")) && cd_span_is(string_of(get(r->things[i].json, "@id")), id)) item = r->things[i].json;
    }
    if (cJSON_IsObject(item)) item = first_of(get(item, "url") ? get(item, "url") : get(item, "contentUrl"));
    return state(r, CD_META_IMAGE, rank, key, string_of(item));
}

static cd_status state_free(reading *r, unsigned rank, const cJSON *value)
{
    value = first_of(value);
    if (cJSON_IsBool(value)) return state(r, CD_META_FREE, rank, "isAccessibleForFree", cJSON_IsTrue(value) ? CD_SPAN("true") : CD_SPAN("false"));
    return state(r, CD_META_FREE, rank, "isAccessibleForFree", string_of(value));
}

static cd_status state_publisher(reading *r, unsigned rank, const cJSON *value)
{
    const cJSON *one = follow(r, first_of(value));
    return cJSON_IsObject(one) ? state(r, CD_META_SOURCE, rank, "publisher", words_of(get(one, "name"))) : CD_OK;
}

/* All that one object says of the story. Objects that are a page, not a work, have a title, not a headline. */
static cd_status state_story(reading *r, const thing *t, unsigned rank)
{
    const cJSON *o = t->json, *language = first_of(get(o, "inLanguage"));
    bool         page = type_ends(o, CD_SPAN("Page")) && type_points(o) <= 12;
    if (cJSON_IsObject(language)) language = get(language, "alternateName") ? get(language, "alternateName") : get(language, "name");
    CD_TRY(state(r, CD_META_HEADLINE, rank, "headline", words_of(get(o, "headline"))));
    if (!page && !words_of(get(o, "headline")).len) CD_TRY(state(r, CD_META_HEADLINE, rank, "name", words_of(get(o, "name"))));
    CD_TRY(state(r, CD_META_DATE, rank, "datePublished", words_of(get(o, "datePublished"))));
    CD_TRY(state(r, CD_META_DATE, rank + STORIES, "dateCreated", words_of(get(o, "dateCreated"))));
    CD_TRY(state(r, CD_META_DATE, rank + STORIES, "uploadDate", words_of(get(o, "uploadDate"))));
    CD_TRY(state(r, CD_META_MODIFIED, rank, "dateModified", words_of(get(o, "dateModified"))));
    CD_TRY(state_authors(r, rank, "author", get(o, "author")));
    CD_TRY(state_authors(r, rank + STORIES, "creator", get(o, "creator")));
    CD_TRY(state_publisher(r, rank, get(o, "publisher")));
    CD_TRY(state_list(r, CD_META_SECTION, rank, "articleSection", get(o, "articleSection")));
    CD_TRY(state_list(r, CD_META_TAG, rank, "keywords", get(o, "keywords")));
    CD_TRY(state(r, CD_META_LANGUAGE, rank, "inLanguage", string_of(language)));
    CD_TRY(state(r, CD_META_URL, rank, "url", address_of(get(o, "url"))));
    CD_TRY(state(r, CD_META_URL, rank, "mainEntityOfPage", address_of(get(o, "mainEntityOfPage"))));
    CD_TRY(state_image(r, rank, "image", get(o, "image")));
    CD_TRY(state(r, CD_META_SUMMARY, rank, "description", words_of(get(o, "description"))));
    if (type_points(o) >= STORY_POINTS) CD_TRY(state(r, CD_META_TYPE, rank, "@type", CD_SPAN("article")));
    CD_TRY(state(r, CD_META_TEXT, rank, "articleBody", words_of(get(o, "articleBody"))));
    CD_TRY(state_image(r, rank + STORIES, "thumbnailUrl", get(o, "thumbnailUrl")));
    return state_free(r, rank, get(o, "isAccessibleForFree"));
}

static cd_status state_all(reading *r)
{
    const thing *best = NULL;
    for (size_t i = 0; i < r->n; i++) CD_TRY(judge(r, &r->things[i]));
    for (unsigned rank = 0; rank < STORIES && (best = next_best(r, best)); rank++) CD_TRY(state_story(r, best, rank));
    for (size_t i = 0; i < r->n; i++) { /* the site's own name, where the story does not say who publishes it */
        const cJSON *o = r->things[i].json;
        if (!r->things[i].listed && (type_ends(o, CD_SPAN("WebSite")) || type_ends(o, CD_SPAN("NewsMediaOrganization"))))
            CD_TRY(state(r, CD_META_SOURCE, STORIES, "name", words_of(get(o, "name"))));
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
        const cJSON *value = cJSON_IsObject(root) ? get(root, members[i].name) : NULL, *item = first_of(value);
        for (size_t n = 0; item && n < NAMES && st == CD_OK; item = cJSON_IsArray(value) ? item->next : NULL, n++) {
            cd_meta one = {.field = members[i].field, .origin = CD_FROM_STATE, .key = key, .value = words_of(item), .block = CD_NO_BLOCK};
            if (one.value.len) st = cd_meta_state(page, &one, err);
        }
    }
    cJSON_Delete(root);
    return st;
}
