/* jsonstory.c -- which object of a page's JSON-LD is the story. In: all of them, the page's addresses and titles. Out: points for each: by its
 * type, whether its address is the page's, whether its headline is one of the page's titles, what it states, and whether it stands in a
 * list of others. The page's titles and addresses are taken apart once, whatever the number of objects. */
#include "base/eight.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "page/jsonld.h"

/* Titles of the page that a headline is held against, and words of each: more of them are no titles. */
enum { TITLES = 16, TITLE_WORDS = 64 };

typedef struct words {
    uint64_t at[TITLE_WORDS];
    size_t   n;
} words;

typedef struct address {
    cd_span  bare;
    uint64_t hash;
} address;

typedef struct judging {
    cd_page *page;
    words    titles[TITLES];
    size_t   ntitles, bytes; /* of the titles, as far as they are compared */
    address  own;            /* the page's own address, as far as it is known yet */
    address *stated;         /* and those that it states */
    size_t   nstated;
} judging;

/* --- what an object says it is --------------------------------------------------------------------------------------------- */

/* The words of a string, of {"@value": ...} or of a thing's name. */
cd_span cd_json_words(const cJSON *item)
{
    item = cd_json_first(item);
    if (cJSON_IsObject(item)) item = cd_json_first(cd_json_get(item, "@value") ? cd_json_get(item, "@value") : cd_json_get(item, "name"));
    return cd_json_string(item);
}

cd_span cd_json_address(const cJSON *item)
{
    item = cd_json_first(item);
    if (cJSON_IsObject(item)) item = cd_json_get(item, "@id") ? cd_json_get(item, "@id") : cd_json_get(item, "url");
    return cd_json_string(item);
}

/* The type without "schema:" or "http://schema.org/". */
static cd_span bare_type(const cJSON *item)
{
    cd_span type = cd_json_string(item);
    size_t  at = type.len;
    while (at > 0 && type.ptr[at - 1] != ':' && type.ptr[at - 1] != '/' && type.ptr[at - 1] != '#') at--;
    return cd_span_sub(type, at, type.len);
}

/* Points of each type for being the story's; a type that ends with a name of the list is of that kind. */
int cd_json_type_points(const cJSON *object)
{
    static const struct kind {
        cd_span end;
        int     points;
    } kinds[] = {{CD_SPAN("Article"), 50}, {CD_SPAN("Posting"), 46}, {CD_SPAN("Report"), 44}, {CD_SPAN("Recipe"), 36}, {CD_SPAN("HowTo"), 34},
                 {CD_SPAN("Review"), 24}, {CD_SPAN("Interview"), 40}, {CD_SPAN("CreativeWork"), 20}, {CD_SPAN("VideoObject"), 8}, {CD_SPAN("PodcastEpisode"), 10},
                 {CD_SPAN("WebPage"), 12}, {CD_SPAN("ItemPage"), 10}};
    const cJSON *type = cd_json_get(object, "@type");
    int          points = 0;
    for (const cJSON *one = cd_json_first(type); one; one = cJSON_IsArray(type) ? one->next : NULL)
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (cd_span_ends(bare_type(one), kinds[i].end) && kinds[i].points > points) points = kinds[i].points;
    return points;
}

bool cd_json_type_ends(const cJSON *object, cd_span end)
{
    const cJSON *type = cd_json_get(object, "@type");
    for (const cJSON *one = cd_json_first(type); one; one = cJSON_IsArray(type) ? one->next : NULL)
        if (cd_span_ends(bare_type(one), end)) return true;
    return false;
}

/* --- what the page says it is ---------------------------------------------------------------------------------------------- */

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

static address address_of(cd_span url)
{
    address a = {.bare = bare_url(url), .hash = CD_HASH_BYTES_SEED};
    cd_span rest = a.bare;
    for (; rest.len >= 8; rest.ptr += 8, rest.len -= 8) a.hash = cd_hash_eight(a.hash, cd_eight_fold(cd_eight(rest.ptr, 8)));
    if (rest.len) a.hash = cd_hash_eight(a.hash, cd_eight_fold(cd_eight(rest.ptr, rest.len)));
    return a;
}

static words words_of(cd_span text)
{
    words   w = {.n = 0};
    cd_span word;
    while (w.n < TITLE_WORDS && cd_word_take(&text, &word)) w.at[w.n++] = cd_fold_hash(word);
    return w;
}

static cd_status take_page(judging *j, cd_error *err)
{
    const cd_metas *metas = &j->page->metas;
    j->stated = cd_arena_array(j->page->arena, metas->n + 1, sizeof *j->stated);
    if (!j->stated) return cd_fail_memory(err);
    j->own = address_of(j->page->url);
    for (size_t i = 0; i < metas->n; i++) {
        const cd_meta *m = &metas->at[i];
        if (m->field == CD_META_URL && memchr(m->value.ptr, '/', m->value.len)) j->stated[j->nstated++] = address_of(m->value);
        if (m->field != CD_META_HEADLINE || j->ntitles == TITLES) continue;
        j->titles[j->ntitles++] = words_of(m->value);
        j->bytes += m->value.len;
    }
    return CD_OK;
}

/* --- points ---------------------------------------------------------------------------------------------------------------- */

static bool same_address(const address *a, const address *b) { return a->hash == b->hash && cd_span_is_nocase(a->bare, b->bare); }

/* 1: the page's own address, -1: another page's, 0: not said. */
static int address_says(const judging *j, cd_span url)
{
    const address a = address_of(url);
    if (!memchr(a.bare.len ? a.bare.ptr : "", '/', a.bare.len)) return 0; /* the site's */
    if (j->page->url.len && same_address(&a, &j->own)) return 1;
    for (size_t i = 0; i < j->nstated; i++)
        if (same_address(&a, &j->stated[i])) return 1;
    return j->nstated ? -1 : 0;
}

/* How much of the words of `headline` a title or heading of the page holds, in hundredths. */
static int known_words(const judging *j, cd_span headline)
{
    const words mine = words_of(headline);
    size_t      best = 0;
    for (const words *title = j->titles; mine.n && title < j->titles + j->ntitles; title++) {
        size_t hit = 0;
        for (size_t i = 0; i < mine.n; i++) {
            size_t k = 0;
            while (k < title->n && title->at[k] != mine.at[i]) k++;
            hit += k < title->n;
        }
        if (hit * 100 / mine.n > best) best = hit * 100 / mine.n;
    }
    return (int)best;
}

static cd_status judge(const judging *j, cd_json_thing *t, cd_error *err)
{
    t->points = cd_json_type_points(t->json);
    if (t->points == 0) return CD_OK;
    cd_span headline = cd_json_words(cd_json_get(t->json, "headline"));
    if (!headline.len) headline = cd_json_words(cd_json_get(t->json, "name"));
    int own = address_says(j, cd_json_address(cd_json_get(t->json, "url"))), main = address_says(j, cd_json_address(cd_json_get(t->json, "mainEntityOfPage")));
    t->points += own > 0 || main > 0 ? 40 : own < 0 || main < 0 ? -16 : 0;
    size_t titles = headline.len ? j->bytes : 0;
    CD_TRY(cd_page_spend(j->page, j->page->metas.n + titles * headline.len / 32, err)); /* words that are compared, and addresses */
    if (titles) {
        int known = known_words(j, headline);
        t->points += known >= 50 ? known / 4 : known < 25 ? -24 : 0;
    }
    t->points += cd_json_get(t->json, "datePublished") ? 4 : 0;
    t->points += cd_json_get(t->json, "author") ? 4 : 0;
    if (t->listed) t->points -= 45;
    return CD_OK;
}

cd_status cd_json_judge(cd_page *page, cd_json_thing *things, size_t n, cd_error *err)
{
    if (n == 0) return CD_OK;
    judging *j = cd_arena_take(page->arena, sizeof *j);
    if (!j) return cd_fail_memory(err);
    j->page = page;
    CD_TRY(take_page(j, err));
    for (size_t i = 0; i < n; i++) CD_TRY(judge(j, &things[i], err));
    return CD_OK;
}
