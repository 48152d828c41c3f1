/* state.c -- when a page of a program (Next, Nuxt, Astro, data layers) was published, as its embedded state says. In: the markup of a page
 * that states no date anywhere else. Out: at most one statement. State is written in many ways (JSON in scripts, in attributes, in
 * strings of scripts), and holds other stories too: so only names that mean nothing else are looked for, and one counts only where all
 * of its places on the page give the same day. Nothing is parsed. */
#include "page/statement.h"

/* Bytes between a name and its value: quotation marks, also as "&quot;" or behind a backslash, a colon, blanks; bytes of a day. */
enum { GAP = 24, DAY = 10, VALUE = 40 };

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
    for (at = DAY; at < value.len && at < VALUE && !strchr("\"'\\&,<}", value.ptr[at]);) at++;
    return cd_span_trim(cd_span_sub(value, 0, at));
}

/* The first value behind `name`, if all others begin with the same day. */
static cd_span agreed_value(cd_span markup, cd_span name)
{
    cd_span first = {NULL, 0};
    for (size_t at = cd_span_find(markup, name); at < markup.len; at = cd_span_find(markup, name)) {
        markup = cd_span_sub(markup, at + name.len, markup.len);
        cd_span value = value_behind(markup);
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
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        cd_span value = agreed_value(page->text, names[i]);
        if (!value.len) continue;
        return cd_meta_state(page, &(cd_meta){.field = CD_META_DATE, .origin = CD_FROM_STATE, .key = names[i], .value = value, .block = CD_NO_BLOCK}, err);
    }
    return CD_OK;
}
