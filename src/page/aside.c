/* aside.c -- keeps what the parser need not read. In: attributes and text of a page, and where in the parser's markup they belong.
 * Out: the same, when the parser comes by that place. libxml2 2.9 goes over each letter of text and of values by several calls and
 * takes a string for each value; most of them hold no reference that it would resolve, and stand in the page's text as they are. */
#include "page/aside.h"

static const cd_span names[] = {
#define X(name, text) CD_SPAN(text),
    CD_ATTRIBUTES(X)
#undef X
};

cd_attribute cd_attribute_find(cd_span name)
{
    enum { SHORTEST = 2, LONGEST = 11 };
    if (name.len < SHORTEST || name.len > LONGEST) return CD_ATTRIBUTE_COUNT;
    const char first = (char)(name.ptr[0] | 0x20);
    for (unsigned i = 0; i < CD_ATTRIBUTE_COUNT && names[i].ptr[0] <= first; i++)
        if (names[i].ptr[0] == first && cd_span_is_nocase(names[i], name)) return (cd_attribute)i;
    return CD_ATTRIBUTE_COUNT;
}

static cd_aside_tag  *tags_of(const cd_asides *a) { return (cd_aside_tag *)(void *)a->tags_.ptr; }
static cd_aside_text *texts_of(const cd_asides *a) { return (cd_aside_text *)(void *)a->texts_.ptr; }
static size_t         ntags(const cd_asides *a) { return a->tags_.len / sizeof(cd_aside_tag); }
static size_t         ntexts(const cd_asides *a) { return a->texts_.len / sizeof(cd_aside_text); }

cd_status cd_aside_add_tag(cd_asides *a, size_t at)
{
    cd_aside_tag fresh = {.at = at, .first = a->values_.len / sizeof(cd_aside_value)};
    return cd_buf_add(&a->tags_, (cd_span){(const char *)&fresh, sizeof fresh});
}

cd_status cd_aside_add_value(cd_asides *a, cd_aside_value value)
{
    CD_TRY(cd_buf_add(&a->values_, (cd_span){(const char *)&value, sizeof value}));
    tags_of(a)[ntags(a) - 1].n++;
    return CD_OK;
}

cd_status cd_aside_add_text(cd_asides *a, size_t at, cd_span text)
{
    cd_aside_text fresh = {at, text};
    return cd_buf_add(&a->texts_, (cd_span){(const char *)&fresh, sizeof fresh});
}

/* The cuts that lie before the place that is asked for: places come in order. */
typedef struct shift {
    const cd_stretch *cuts;
    size_t            n, passed, bytes;
} shift;

/* Moves `*at` to where it is without the cuts; false: it is in one of them. */
static bool move(shift *s, size_t *at)
{
    for (; s->passed < s->n && s->cuts[s->passed].to <= *at; s->passed++) s->bytes += s->cuts[s->passed].to - s->cuts[s->passed].from;
    if (s->passed < s->n && s->cuts[s->passed].from <= *at) return false;
    *at -= s->bytes;
    return true;
}

void cd_asides_cut(cd_asides *a, const cd_stretch *cuts, size_t n)
{
    shift  tags = {.cuts = cuts, .n = n}, texts = tags;
    size_t kept = 0;
    for (size_t i = 0; i < ntags(a); i++)
        if (move(&tags, &tags_of(a)[i].at)) tags_of(a)[kept++] = tags_of(a)[i];
    a->tags_.len = kept * sizeof(cd_aside_tag);
    kept = 0;
    for (size_t i = 0; i < ntexts(a); i++)
        if (move(&texts, &texts_of(a)[i].at)) texts_of(a)[kept++] = texts_of(a)[i];
    a->texts_.len = kept * sizeof(cd_aside_text);
}

const cd_aside_tag *cd_aside_take_tag(cd_asides *a, size_t at)
{
    while (a->tag < ntags(a) && tags_of(a)[a->tag].at < at) a->tag++;
    return a->tag < ntags(a) && tags_of(a)[a->tag].at == at ? &tags_of(a)[a->tag++] : NULL;
}

const cd_aside_text *cd_aside_take_text(cd_asides *a, size_t from, size_t to)
{
    while (a->text < ntexts(a) && texts_of(a)[a->text].at < from) a->text++;
    return a->text < ntexts(a) && texts_of(a)[a->text].at < to ? &texts_of(a)[a->text++] : NULL;
}

const cd_aside_value *cd_aside_values(const cd_asides *a, const cd_aside_tag *tag)
{
    return (const cd_aside_value *)(const void *)a->values_.ptr + tag->first;
}

void cd_asides_free(cd_asides *a)
{
    cd_buf_free(&a->tags_);
    cd_buf_free(&a->texts_);
    cd_buf_free(&a->values_);
}
