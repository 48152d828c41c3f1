/* rawtag.c -- one tag of a page's markup -> its name and attributes. In: the place where its name begins. Out: the tag, and the place
 * behind its ">". Takes tags apart as the tokenizer of the HTML standard does, with all that it forgives. Nothing is copied; what no room reads is
 * passed over. It does NOT know what a tag means, and resolves no references: strip.c and the parser do. */
#include "page/rawtag.h"

#include "page/skip.h"

/* Takes the value behind "="; NULL where the page ends inside it. */
static const char *take_value(const char *p, const char *end, cd_raw_attribute *a)
{
    while (p < end && cd_is_blank(*p)) p++;
    if (p == end) return NULL;
    a->has_value = true;
    if (*p == '"' || *p == '\'') {
        a->quote = *p++;
        const char *close = memchr(p, a->quote, (size_t)(end - p));
        if (!close) return NULL;
        a->value = (cd_span){p, (size_t)(close - p)};
        return close + 1;
    }
    const char *from = p;
    while (p < end && !cd_is_blank(*p) && *p != '>') p++;
    a->value = (cd_span){from, (size_t)(p - from)};
    return p;
}

/* Takes one attribute; the HTML standard lets its name begin with "=". NULL where the page ends inside it. */
static const char *take_attribute(const char *p, const char *end, cd_raw_attribute *a)
{
    const char *from = p++;
    while (p < end && !cd_is_tag_end(*p) && *p != '=') p++;
    *a = (cd_raw_attribute){.name = {from, (size_t)(p - from)}};
    const char *behind = p;
    while (p < end && cd_is_blank(*p)) p++;
    if (p == end) return NULL;
    return *p == '=' ? take_value(p + 1, end, a) : behind;
}

const char *cd_raw_tag_take(const char *p, const char *end, cd_raw_tag *t)
{
    const char *from = p;
    while (p < end && !cd_is_tag_end(*p)) p++;
    t->name = (cd_span){from, (size_t)(p - from)};
    t->self = false;
    t->n = 0;
    while (p < end) {
        if (*p == '>') return p + 1;
        if (*p == '/' || cd_is_blank(*p)) {
            t->self = *p == '/' || (t->self && cd_is_blank(*p));
            p++;
            continue;
        }
        cd_raw_attribute a;
        t->self = false;
        p = take_attribute(p, end, &a);
        if (!p) return NULL;
        a.which = t->n < CD_RAW_ATTRIBUTES ? cd_attribute_find(a.name) : CD_ATTRIBUTE_COUNT;
        if (a.which != CD_ATTRIBUTE_COUNT) t->at[t->n++] = a;
    }
    return NULL;
}

cd_span cd_raw_value(const cd_raw_tag *t, cd_attribute which)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].which == which) return t->at[i].value;
    return CD_SPAN("");
}
