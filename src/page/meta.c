/* meta.c -- what a page states about itself in tags. In: titles, <meta>, <link> and marked elements, in page order, as html.c meets
 * them. Out: statements (page.h): field, origin, key and plain value. Nothing is chosen here: fields/ hold them against each other and
 * against the text. JSON-LD is kept until the whole page has been seen, and then read by jsonld.c. */
#include "page/meta.h"

#include "base/data.h"
#include "base/limits.h"
#include "page/plain.h"
#include "page/statement.h"

/* Bytes of the longest value of data/tables/nothing.tsv. */
enum { NOTHING_BYTES = 16 };

/* The keys of <meta> that state a field; those of one field stand in the order of how often they are right. Compared without case. */
static const struct key {
    const char    *name;
    cd_meta_field  field;
    cd_meta_origin origin;
} keys[] = {
#define OG(name, field) {name, CD_META_##field, CD_FROM_OPEN_GRAPH},
#define TW(name, field) {name, CD_META_##field, CD_FROM_TWITTER},
#define TAG(name, field) {name, CD_META_##field, CD_FROM_TAG},
    OG("og:title", HEADLINE) TW("twitter:title", HEADLINE)
    TAG("parsely-title", HEADLINE) TAG("sailthru.title", HEADLINE) TAG("cxenseparse:title", HEADLINE) TAG("dc.title", HEADLINE)
    TAG("dcterms.title", HEADLINE) TAG("citation_title", HEADLINE) TAG("headline", HEADLINE) TAG("hdl", HEADLINE) TAG("title", HEADLINE)

    OG("article:published_time", DATE) OG("og:article:published_time", DATE) OG("og:published_time", DATE) OG("og:pubdate", DATE)
    TAG("datepublished", DATE) TAG("article:published", DATE) TAG("article.published", DATE) TAG("parsely-pub-date", DATE)
    TAG("sailthru.date", DATE) TAG("cxenseparse:recs:publishtime", DATE) TAG("publication_date", DATE) TAG("publish_date", DATE)
    TAG("publish-date", DATE) TAG("publishdate", DATE) TAG("published-date", DATE) TAG("published_date", DATE) TAG("pub_date", DATE)
    TAG("pubdate", DATE) TAG("pdate", DATE) TAG("dc.date.issued", DATE) TAG("dcterms.issued", DATE) TAG("dc.date.published", DATE)
    TAG("dc.date.created", DATE) TAG("dcterms.created", DATE) TAG("dc.created", DATE) TAG("dc.date", DATE) TAG("dcterms.date", DATE)
    TAG("citation_publication_date", DATE) TAG("citation_online_date", DATE) TAG("citation_date", DATE)
    TAG("article_date_original", DATE) TAG("originalpublicationdate", DATE) TAG("displaydate", DATE) TAG("ptime", DATE)
    TAG("iso-8601-publish-date", DATE) TAG("rbpubdate", DATE) TAG("shareaholic:article_published_time", DATE) TAG("bt:pubdate", DATE)
    TAG("datecreated", DATE) TAG("article:created", DATE) TAG("article.created", DATE) TAG("date.release", DATE) TAG("release_date", DATE)
    TAG("date", DATE) TAG("last-modified-orig", DATE) TAG("cre", DATE) TAG("video:release_date", DATE) TAG("og:release_date", DATE)

    OG("article:modified_time", MODIFIED) OG("og:updated_time", MODIFIED) OG("og:modified_time", MODIFIED)
    TAG("datemodified", MODIFIED) TAG("dc.date.modified", MODIFIED) TAG("dcterms.modified", MODIFIED) TAG("dc.modified", MODIFIED)
    TAG("article:modified", MODIFIED) TAG("article.updated", MODIFIED) TAG("article:updated", MODIFIED) TAG("lastmod", MODIFIED)
    TAG("last-modified", MODIFIED) TAG("modified", MODIFIED) TAG("revision_date", MODIFIED) TAG("utime", MODIFIED)

    TAG("author", AUTHOR) OG("article:author_name", AUTHOR) OG("article:author", AUTHOR) OG("og:article:author", AUTHOR)
    TAG("parsely-author", AUTHOR) TAG("sailthru.author", AUTHOR) TAG("byl", AUTHOR) TAG("byline", AUTHOR) TAG("dc.creator", AUTHOR)
    TAG("dcterms.creator", AUTHOR) TAG("dc.contributor", AUTHOR) TAG("cxenseparse:author", AUTHOR) TAG("authors", AUTHOR)
    TAG("article.author", AUTHOR) TAG("citation_author", AUTHOR) TAG("bt:author", AUTHOR) TAG("rbauthors", AUTHOR)
    TAG("analyticsattributes.author", AUTHOR) TAG("og:author", AUTHOR) TAG("twitter:data1", AUTHOR)

    OG("og:site_name", SOURCE) TAG("dc.publisher", SOURCE) TAG("dcterms.publisher", SOURCE) TAG("publisher", SOURCE)
    TAG("citation_journal_title", SOURCE) TAG("application-name", SOURCE) TAG("copyright-holder", SOURCE)

    OG("article:section", SECTION) TAG("parsely-section", SECTION) TAG("sailthru.verticals", SECTION) TAG("article.section", SECTION)
    TAG("section", SECTION) TAG("category", SECTION)

    OG("article:tag", TAG) TAG("news_keywords", TAG) TAG("parsely-tags", TAG) TAG("sailthru.tags", TAG) TAG("keywords", TAG)
    TAG("dc.subject", TAG) TAG("dcterms.subject", TAG)

    TAG("content-language", LANGUAGE) TAG("dc.language", LANGUAGE) TAG("dcterms.language", LANGUAGE) TAG("inlanguage", LANGUAGE)
    TAG("language", LANGUAGE) OG("og:locale", LANGUAGE)

    OG("og:url", URL) TAG("parsely-link", URL) TW("twitter:url", URL)

    OG("og:image", IMAGE) OG("og:image:url", IMAGE) OG("og:image:secure_url", IMAGE) TW("twitter:image", IMAGE)
    TW("twitter:image:src", IMAGE) TAG("parsely-image-url", IMAGE) TAG("sailthru.image.full", IMAGE) TAG("image", IMAGE)
    TAG("thumbnail", IMAGE)

    TAG("isaccessibleforfree", FREE)

    OG("og:type", TYPE)
    OG("og:description", SUMMARY) TW("twitter:description", SUMMARY) TAG("description", SUMMARY) TAG("dc.description", SUMMARY)
#undef OG
#undef TW
#undef TAG
};

/* Microdata and RDFa: the last part of a name such as "schema:datePublished" or "http://schema.org/author". */
static const struct key items[] = {
#define ITEM(name, field) {name, CD_META_##field, CD_FROM_ITEM},
    ITEM("headline", HEADLINE) ITEM("datePublished", DATE) ITEM("dateCreated", DATE) ITEM("dateModified", MODIFIED) ITEM("author", AUTHOR)
    ITEM("creator", AUTHOR) ITEM("articleSection", SECTION) ITEM("keywords", TAG) ITEM("publisher", SOURCE) ITEM("inLanguage", LANGUAGE)
    ITEM("mainEntityOfPage", URL) ITEM("isAccessibleForFree", FREE) ITEM("thumbnailUrl", IMAGE) ITEM("issued", DATE) ITEM("created", DATE)
#undef ITEM
};

/* Bytes of the longest text of an element that is taken for a name by its class. */
enum { NAME_BYTES = 80 };

enum { KEYS = sizeof keys / sizeof *keys, ITEMS = sizeof items / sizeof *items };

bool cd_says_nothing(cd_span value, bool author)
{
    char    folded[NOTHING_BYTES];
    cd_span kinds;
    if (value.len == 0 || value.len > sizeof folded) return false;
    for (size_t i = 0; i < value.len; i++) folded[i] = value.ptr[i] >= 'A' && value.ptr[i] <= 'Z' ? (char)(value.ptr[i] + 32) : value.ptr[i];
    const cd_span key = {folded, value.len};
    return cd_data_find(cd_data_table("/nothing.tsv"), key, cd_hash_bytes(key), &kinds) && (author || cd_span_is(kinds, CD_SPAN("any")));
}

cd_status cd_meta_state(cd_page *page, const cd_meta *one, cd_error *err)
{
    cd_metas *list = &page->metas;
    cd_span   value;
    bool      text = one->field == CD_META_TEXT;
    size_t    most = text ? CD_LIMIT_STATED_TEXT : CD_LIMIT_META_BYTES;
    if (one->value.len > most && one->field != CD_META_SUMMARY) /* which is in no record */
        cd_page_warn_once(page, "what the page states as %s (%s) is over the limit %s, %zu bytes: left out", cd_meta_field_name(one->field),
                          cd_meta_origin_name(one->origin), text ? "CD_LIMIT_STATED_TEXT" : "CD_LIMIT_META_BYTES", most);
    if (one->value.len == 0 || one->value.len > most) return CD_OK;
    if (list->n == CD_LIMIT_META) {
        if (!list->crowded) cd_page_warn(page, "over %u statements about itself (CD_LIMIT_META): the rest is not read", CD_LIMIT_META);
        list->crowded = true;
        return CD_OK;
    }
    CD_TRY(cd_plain_words(page, one->value, &value, err));
    if (value.len == 0 || cd_says_nothing(value, one->field == CD_META_AUTHOR)) return CD_OK;
    if (list->n == list->room) {
        size_t   room = list->room ? list->room * 2 : 64;
        cd_meta *grown = cd_arena_array(page->arena, room, sizeof *grown);
        if (!grown) return cd_fail_memory(err);
        if (list->n) memcpy(grown, list->at, list->n * sizeof *grown);
        list->at = grown;
        list->room = room;
    }
    cd_meta *to = &list->at[list->n];
    *to = *one;
    to->value = value;
    to->key = cd_arena_copy(page->arena, one->key);
    if (!to->key.ptr) return cd_fail_memory(err);
    list->n++;
    return CD_OK;
}

const cd_meta *cd_meta_first(const cd_page *page, cd_meta_field field, cd_meta_origin origin)
{
    for (size_t i = 0; i < page->metas.n; i++)
        if (page->metas.at[i].field == field && page->metas.at[i].origin == origin) return &page->metas.at[i];
    return NULL;
}

static cd_status say(cd_page *page, const struct key *key, unsigned rank, cd_span name, cd_span value, cd_error *err)
{
    cd_meta one = {.field = key->field, .origin = key->origin, .rank = rank, .key = name, .value = value, .block = CD_NO_BLOCK};
    return cd_meta_state(page, &one, err);
}

cd_status cd_meta_title(cd_page *page, cd_span text, cd_error *err)
{
    static const struct key title = {"title", CD_META_HEADLINE, CD_FROM_TITLE};
    return cd_meta_first(page, CD_META_HEADLINE, CD_FROM_TITLE) ? CD_OK : say(page, &title, 0, CD_SPAN("title"), text, err);
}

static bool holds_nocase(cd_span text, cd_span part)
{
    for (size_t i = 0; i + part.len <= text.len; i++)
        if (cd_span_is_nocase(cd_span_sub(text, i, i + part.len), part)) return true;
    return false;
}

cd_status cd_meta_tag(cd_page *page, cd_span key, cd_span content, cd_error *err)
{
    key = cd_span_trim(key);
    if (cd_span_is_nocase(key, CD_SPAN("parsely-page"))) return cd_json_object_read(page, key, content, err);
    for (size_t i = 0; i < KEYS; i++)
        if (cd_span_is_nocase(key, cd_span_of(keys[i].name))) return say(page, &keys[i], (unsigned)i, key, content, err);
    for (size_t i = 0; i < ITEMS; i++)
        if (cd_span_is_nocase(key, cd_span_of(items[i].name))) return say(page, &items[i], (unsigned)i, key, content, err);
    if (holds_nocase(key, CD_SPAN("publish")) && !holds_nocase(key, CD_SPAN("publisher"))) { /* "w-published-date", "published" */
        static const struct key published = {"publish", CD_META_DATE, CD_FROM_TAG};
        return say(page, &published, KEYS, key, content, err);
    }
    return CD_OK;
}

/* Whether `word` is one of the words of `list`, which are apart by blanks. */
static bool has_word(cd_span list, cd_span word)
{
    while (list.len) {
        size_t n = 0;
        while (n < list.len && !cd_is_blank(list.ptr[n])) n++;
        if (cd_span_is_nocase(cd_span_sub(list, 0, n), word)) return true;
        list = cd_span_sub(list, n < list.len ? n + 1 : n, list.len);
    }
    return false;
}

cd_status cd_meta_link(cd_page *page, cd_span rel, cd_span href, cd_error *err)
{
    static const struct key canonical = {"canonical", CD_META_URL, CD_FROM_LINK}, image = {"image_src", CD_META_IMAGE, CD_FROM_LINK};
    if (has_word(rel, CD_SPAN("canonical"))) return say(page, &canonical, 0, CD_SPAN("canonical"), href, err);
    if (has_word(rel, CD_SPAN("image_src"))) return say(page, &image, 0, CD_SPAN("image_src"), href, err);
    return CD_OK;
}

cd_status cd_meta_language(cd_page *page, cd_span tag, cd_error *err)
{
    static const struct key lang = {"lang", CD_META_LANGUAGE, CD_FROM_HTML};
    return say(page, &lang, 0, CD_SPAN("lang"), tag, err);
}

bool cd_meta_wants_script(cd_span type, cd_span id)
{
    (void)id;
    size_t end = 0;
    type = cd_span_trim(type);
    while (end < type.len && type.ptr[end] != ';') end++;
    return cd_span_is_nocase(cd_span_trim(cd_span_sub(type, 0, end)), CD_SPAN("application/ld+json"));
}

cd_status cd_meta_script(cd_page *page, cd_span type, cd_span id, cd_span text, cd_error *err)
{
    if (!cd_meta_wants_script(type, id)) return CD_OK;
    if (text.len > CD_LIMIT_JSON_LD_BYTES) {
        cd_page_warn(page, "JSON-LD of %zu bytes is over the limit CD_LIMIT_JSON_LD_BYTES, %zu: not read", text.len, CD_LIMIT_JSON_LD_BYTES);
        return CD_OK;
    }
    cd_script *script = cd_arena_take(page->arena, sizeof *script);
    if (!script) return cd_fail_memory(err);
    script->text = cd_arena_copy(page->arena, text);
    if (!script->text.ptr) return cd_fail_memory(err);
    if (page->metas.last_script) page->metas.last_script->next = script;
    else page->metas.scripts = script;
    page->metas.last_script = script;
    return CD_OK;
}

/* The part behind the last colon, slash or hash. */
static cd_span last_part(cd_span name)
{
    size_t at = name.len;
    while (at > 0 && name.ptr[at - 1] != ':' && name.ptr[at - 1] != '/' && name.ptr[at - 1] != '#') at--;
    return cd_span_sub(name, at, name.len);
}

/* Types of things that have an author, a date and a name of their own, and are not the story. */
static bool is_other_thing(cd_span type)
{
    static const cd_span others[] = {CD_SPAN("Comment"), CD_SPAN("UserComments"), CD_SPAN("Review"), CD_SPAN("ImageObject"), CD_SPAN("Product"), CD_SPAN("ListItem"), CD_SPAN("WebSite"),
                                     CD_SPAN("VideoObject"), CD_SPAN("Event"), CD_SPAN("Offer"), CD_SPAN("BreadcrumbList"), CD_SPAN("Answer")};
    type = last_part(cd_span_trim(type));
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (cd_span_is_nocase(type, others[i])) return true;
    return false;
}

static cd_status say_element(cd_page *page, const cd_meta_element *e, cd_meta one, cd_error *err)
{
    one.value = e->value.len && one.field != CD_META_AUTHOR ? e->value : e->text.len ? e->text : e->value;
    one.block = e->block;
    return cd_meta_state(page, &one, err);
}

/* <time> without a property: the first part of its class list that says what it is becomes the key. */
static cd_status say_time(cd_page *page, const cd_meta_element *e, cd_error *err)
{
    static const struct hint {
        cd_span  word;
        bool     modified;
        unsigned rank;
    } hints[] = {{CD_SPAN("pub"), false, 0}, {CD_SPAN("updated"), true, 0}, {CD_SPAN("modif"), true, 0}, {CD_SPAN("entry-date"), false, 0},
                 {CD_SPAN("posted"), false, 0}, {CD_SPAN("created"), false, 0}};
    const struct hint *said = NULL;
    for (size_t i = 0; i < sizeof hints / sizeof *hints && !said; i++)
        if (holds_nocase(e->class_id, hints[i].word)) said = &hints[i];
    cd_meta one = {.field = said && said->modified ? CD_META_MODIFIED : CD_META_DATE, .origin = CD_FROM_TIME, .rank = said ? 0 : 1,
                   .key = said ? said->word : CD_SPAN("datetime")};
    return say_element(page, e, one, err);
}

/* What an element's class says of the author's name, or of something about the author. */
static bool names_author(cd_span class_id, unsigned *rank)
{
    static const cd_span yes[] = {CD_SPAN("author"), CD_SPAN("byline"), CD_SPAN("autor"), CD_SPAN("auteur"), CD_SPAN("writer"), CD_SPAN("reporter"),
                                  CD_SPAN("journalist"), CD_SPAN("creator"), CD_SPAN("contributor")},
                         no[] = {CD_SPAN("avatar"), CD_SPAN("bio"), CD_SPAN("about"), CD_SPAN("desc"), CD_SPAN("date"), CD_SPAN("more"), CD_SPAN("related"),
                                 CD_SPAN("role"), CD_SPAN("title"), CD_SPAN("job"), CD_SPAN("social"), CD_SPAN("image"), CD_SPAN("photo"), CD_SPAN("comment"),
                                 CD_SPAN("position"), CD_SPAN("label"), CD_SPAN("quote"), CD_SPAN("authority"), CD_SPAN("authori"), CD_SPAN("info"), CD_SPAN("count")};
    bool said = false;
    for (size_t i = 0; i < sizeof yes / sizeof *yes && !said; i++) said = holds_nocase(class_id, yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no && said; i++) said = !holds_nocase(class_id, no[i]);
    *rank = holds_nocase(class_id, CD_SPAN("name")) ? 0 : 1;
    return said;
}

/* The first of the names in `property`, apart by blanks, that is known, or ITEMS. */
static size_t find_item(cd_span property, cd_span *name)
{
    while (property.len) {
        size_t n = 0;
        while (n < property.len && !cd_is_blank(property.ptr[n])) n++;
        *name = last_part(cd_span_sub(property, 0, n));
        for (size_t i = 0; i < ITEMS; i++)
            if (cd_span_is_nocase(*name, cd_span_of(items[i].name))) return i;
        property = cd_span_sub(property, n < property.len ? n + 1 : n, property.len);
    }
    return ITEMS;
}

bool cd_meta_wants_element(const cd_page *page, const cd_meta_element *e)
{
    cd_span  name;
    unsigned rank;
    if (is_other_thing(e->type) || page->metas.crowded) return false;
    return find_item(e->property, &name) < ITEMS || has_word(e->rel, CD_SPAN("author")) || cd_span_is_nocase(e->tag, CD_SPAN("time")) ||
           names_author(e->class_id, &rank);
}

cd_status cd_meta_element_is(cd_page *page, const cd_meta_element *e, cd_error *err)
{
    cd_span name;
    if (is_other_thing(e->type)) return CD_OK;
    size_t item = find_item(e->property, &name);
    if (item < ITEMS) return say_element(page, e, (cd_meta){.field = items[item].field, .origin = CD_FROM_ITEM, .rank = (unsigned)item, .key = name}, err);
    if (has_word(e->rel, CD_SPAN("author")))
        return say_element(page, e, (cd_meta){.field = CD_META_AUTHOR, .origin = CD_FROM_REL, .key = CD_SPAN("author")}, err);
    if (cd_span_is_nocase(e->tag, CD_SPAN("time"))) return say_time(page, e, err);
    cd_meta one = {.field = CD_META_AUTHOR, .origin = CD_FROM_CLASS, .key = e->class_id};
    bool    short_text = e->text.len > 0 && e->text.len <= NAME_BYTES;
    return short_text && names_author(e->class_id, &one.rank) ? say_element(page, e, one, err) : CD_OK;
}

/* The page's own address, where the input has not said it: absolute, as the page states it. */
static cd_status settle_url(cd_page *page, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_LINK, CD_FROM_OPEN_GRAPH, CD_FROM_JSON_LD, CD_FROM_STATE, CD_FROM_TAG, CD_FROM_TWITTER, CD_FROM_FRONT};
    for (size_t k = 0; k < sizeof origins / sizeof *origins && !page->url.len; k++)
        for (size_t i = 0; i < page->metas.n && !page->url.len; i++) {
            const cd_meta *m = &page->metas.at[i];
            bool           bare = cd_span_starts(m->value, CD_SPAN("//"));
            if (m->field != CD_META_URL || m->origin != origins[k] || m->value.len < 9 || memchr(m->value.ptr, ' ', m->value.len)) continue;
            if (!bare && !cd_span_starts(m->value, CD_SPAN("https://")) && !cd_span_starts(m->value, CD_SPAN("http://"))) continue;
            char *to = cd_arena_take(page->arena, m->value.len + 7);
            if (!to) return cd_fail_memory(err);
            memcpy(to, "https:", 6);
            memcpy(to + (bare ? 6 : 0), m->value.ptr, m->value.len);
            page->url = (cd_span){to, m->value.len + (bare ? 6 : 0)};
            page->fields.from[CD_META_URL] = m;
        }
    return CD_OK;
}

cd_status cd_meta_settle(cd_page *page, cd_error *err)
{
    CD_TRY(settle_url(page, err)); /* JSON-LD is told by it ... */
    CD_TRY(cd_json_ld_read(page, err));
    if (page->format == CD_FORMAT_HTML) CD_TRY(cd_state_read(page, err));
    return settle_url(page, err); /* ... and may be the only one to say it */
}
