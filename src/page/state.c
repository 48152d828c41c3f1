/* state.c -- when a page of a program (Next, Nuxt, Astro, data layers) was published, as its embedded state says. In: the markup of a page
 * that states no date anywhere else. Out: at most one statement. State is written in many ways (JSON in scripts, in attributes, in
 * strings of scripts), and holds other stories too: so only names that mean nothing else are looked for, and one counts only where all
 * of its places on the page give the same day. Nothing is parsed. */
#include "page/statement.h"

#include "base/buf.h"

/* Bytes between a name and its value: quotation marks, also as "&quot;" or behind a backslash, a colon, blanks; bytes of a day. */
enum { GAP = 24, DAY = 10, VALUE = 40 };

/* Digits, capitals (of zones) and "am", "pm" and the signs between. */
static bool is_of_date(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c && strchr(":.+-/ apm", c)); }

/* Where the date ends that `value` begins with: at the first word or sign that no date has. */
static size_t value_end(cd_span value)
{
    size_t at = DAY;
    while (at < value.len && at < VALUE && is_of_date(value.ptr[at])) at++;
    bool inside = at < value.len && ((value.ptr[at] >= 'a' && value.ptr[at] <= 'z') || is_of_date(value.ptr[at]));
    while (inside && at > DAY && value.ptr[at - 1] != ' ') at--;
    return at;
}

/* The value behind a name, without its quotation marks; empty where no day stands there. */
static cd_span value_behind(cd_span rest)
{
    size_t at = 0;
    while (at < rest.len && at < GAP && !(rest.ptr[at] >= '0' && rest.ptr[at] <= '9')) {
        if (!strchr("\"'\\:&quot;= ,[(", rest.ptr[at])) return (cd_span){NULL, 0};
        at++;
    }
    static const char form[] = "dddd-dd-dd";
    cd_span           value = cd_span_sub(rest, at, rest.len);
    if (at == 0 || value.len < DAY) return (cd_span){NULL, 0};
    for (size_t i = 0; i < DAY; i++)
        if (form[i] == 'd' ? value.ptr[i] < '0' || value.ptr[i] > '9' : value.ptr[i] != form[i]) return (cd_span){NULL, 0};
    at = value_end(value);
    return cd_span_trim(cd_span_sub(value, 0, at));
}

/* What all names share, in two spellings: the markup is searched for that once, and for the names only where it stands. */
static bool is_heart(const char *b) { return b[-1] == 'u' && (b[1] == 'l' || b[1] == 'D'); }

/* Fills *hearts (an array of size_t) with the places of each "b" of a heart. */
static cd_status find_hearts(cd_span markup, cd_buf *hearts)
{
    const char *end = markup.ptr + markup.len - 1;
    for (const char *p = markup.ptr + 1; p < end && (p = memchr(p, 'b', (size_t)(end - p))); p++) {
        size_t at = (size_t)(p - markup.ptr);
        if (is_heart(p)) CD_TRY(cd_buf_add(hearts, (cd_span){(const char *)&at, sizeof at}));
    }
    return CD_OK;
}

/* The first value behind `name`, if all others begin with the same day. */
static cd_span agreed_value(cd_span markup, const cd_buf *hearts, cd_span name)
{
    const size_t *at = (const size_t *)(const void *)hearts->ptr, heart = cd_span_find(name, CD_SPAN("ub")) + 1;
    cd_span       first = {NULL, 0};
    for (size_t i = 0; i < hearts->len / sizeof *at; i++) {
        if (at[i] < heart || !cd_span_starts(cd_span_sub(markup, at[i] - heart, markup.len), name)) continue;
        cd_span value = value_behind(cd_span_sub(markup, at[i] - heart + name.len, markup.len));
        if (!value.len) continue;
        if (first.len && memcmp(first.ptr, value.ptr, DAY) != 0) return (cd_span){NULL, 0};
        if (!first.len) first = value;
    }
    return first;
}

cd_status cd_state_read(cd_page *page, cd_error *err)
{
    static const cd_span names[] = {CD_SPAN("datePublished"), CD_SPAN("publishedAt"), CD_SPAN("published_at"), CD_SPAN("publishDate"),
                            CD_SPAN("publish_date"), CD_SPAN("publishedDate"), CD_SPAN("published_date"), CD_SPAN("publicationDate"),
                            CD_SPAN("publication_date"), CD_SPAN("firstPublished"), CD_SPAN("first-publication"), CD_SPAN("pubDate")};
    for (size_t i = 0; i < page->metas.n; i++)
        if (page->metas.at[i].field == CD_META_DATE) return CD_OK;
    cd_buf    hearts = {0};
    cd_span   value = {NULL, 0};
    cd_status st = page->text.len ? find_hearts(page->text, &hearts) : CD_OK;
    size_t    i = 0;
    for (; st == CD_OK && i < sizeof names / sizeof *names; i++)
        if ((value = agreed_value(page->text, &hearts, names[i])).len) break;
    cd_buf_free(&hearts);
    if (st != CD_OK) return cd_fail_memory(err);
    if (!value.len) return CD_OK;
    return cd_meta_state(page, &(cd_meta){.field = CD_META_DATE, .origin = CD_FROM_STATE, .key = names[i], .value = value, .block = CD_NO_BLOCK}, err);
}
