/* writers.c -- the authors as a page states them in tags. In: statements, and the names that byline.c has read from the byline. Out:
 * fields.authors. The statements of one origin belong together: the surest origin that names a person gives the list, cleaned as a
 * byline is ("By", roles, outlets, addresses and handles go). The byline's own list counts where it names all of these and more, and
 * where no statement names anybody. Outlets and teams are authors only where no person is named anywhere. */
#include "fields/names.h"
#include "fields/stated.h"

/* Words of the longest name of a team or an outlet, and bytes. */
enum { TEAM_WORDS = 7, TEAM_BYTES = 80 };

/* Blocks at the top of the story in which its author may stand, and over which the names of one list are spread. */
enum { OPENING = 4, ROW = 6 };

/* One more than a record has: so it is seen that there are more. */
enum { MOST = CD_LIMIT_AUTHORS + 1 };

typedef struct writers {
    cd_span        people[MOST], others[MOST];
    size_t         npeople, nothers;
    const cd_meta *from;
} writers;

static void add(cd_span *list, size_t *n, cd_span name)
{
    for (size_t i = 0; i < *n; i++)
        if (cd_same_words(list[i], name)) return;
    if (*n < MOST && cd_word_count(name) > 0) list[(*n)++] = name;
}

static bool holds(cd_span text, cd_span part) { return cd_span_find(text, part) < text.len; }

/* Addresses, handles and mail are no names. */
static bool is_no_name(cd_span value)
{
    return holds(value, CD_SPAN("://")) || holds(value, CD_SPAN("www.")) || cd_span_starts(value, CD_SPAN("/")) || cd_span_starts(value, CD_SPAN("@")) ||
           (memchr(value.ptr, '@', value.len) && !memchr(value.ptr, ' ', value.len)) || value.len > CD_LIMIT_FIELD_BYTES;
}

/* Words that stand for whoever runs the site: every one of them is a role, an outlet or a word that is no name. */
static bool is_function(const cd_frame *f, cd_span value)
{
    cd_span  rest = value, word;
    unsigned all = CD_NAME_ROLE | CD_NAME_NOT | CD_NAME_GENRE | CD_NAME_BY | CD_NAME_POST | CD_NAME_CHECK;
    while (cd_word_take(&rest, &word)) {
        unsigned bits = cd_name_word(&f->tables, word);
        if (!(bits & all) || bits & CD_NAME_GIVEN) return false;
    }
    return true;
}

static bool has_digit(cd_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] >= '0' && text.ptr[i] <= '9') return true;
    return false;
}

/* Two capitalised words and nothing else, of which one may look like a month or a degree: "Tom May", "Rui Ma". */
static bool is_plain_name(cd_span value)
{
    cd_span rest = value, word;
    size_t  n = 0;
    for (; cd_word_take(&rest, &word); n++)
        if (!cd_is_upper(cd_utf8_take(&(cd_span){word.ptr, word.len}))) return false;
    return n == 2 && cd_span_find(value, CD_SPAN(" ")) < value.len && !memchr(value.ptr, ',', value.len) && !has_digit(value);
}

/* "Roe, Jane" in tags of libraries. */
static cd_status turned(const cd_frame *f, const cd_meta *m, cd_span *value, cd_error *err)
{
    bool library = cd_span_starts(m->key, CD_SPAN("citation")) || cd_span_starts(m->key, CD_SPAN("dc"));
    size_t at = cd_span_find(*value, CD_SPAN(", "));
    if (!library || at == value->len || at == 0) return CD_OK;
    cd_span last = cd_span_sub(*value, 0, at), first = cd_span_sub(*value, at + 2, value->len);
    if (memchr(first.ptr, ',', first.len) || cd_word_count(last) > 2 || cd_word_count(first) > 3) return CD_OK;
    return cd_span_join(f->page, first, " ", last, value, err);
}

/* A name of one word without blanks is whole in Korean, Chinese or Japanese: a role behind it shows that it is one. */
static bool is_cjk(cd_span name) { return name.len && (unsigned char)*name.ptr >= 0xE3; }

static cd_status read_one(const cd_frame *f, const cd_meta *m, writers *w, cd_error *err)
{
    cd_span  value = cd_trim_signs(m->value);
    cd_names names;
    if (is_no_name(m->value) || !value.len) return CD_OK;
    CD_TRY(turned(f, m, &value, err));
    cd_names_read(&f->tables, value, &names);
    bool site = cd_is_site_name(f->page, value), person = m->who != CD_WHO_ORGANISATION && !site;
    bool sure = m->origin == CD_FROM_JSON_LD || m->origin == CD_FROM_STATE;
    if (person && m->who == CD_WHO_PERSON && names.words < 2 && is_plain_name(value)) names = (cd_names){.at = {value}, .n = 1, .words = 2};
    for (size_t i = 0; person && i < names.n && names.strange <= (sure ? 2u : 0u); i++)
        if (names.words > 1 || m->who == CD_WHO_PERSON || names.given || (names.roles && is_cjk(names.at[i]))) add(w->people, &w->npeople, names.at[i]);
    if (w->npeople && names.n) {
        if (!w->from) w->from = m;
        return CD_OK;
    }
    value = cd_names_skip_by(&f->tables, value);
    if (value.len > TEAM_BYTES || cd_word_count(value) > TEAM_WORDS || has_digit(value)) return CD_OK;
    if (person && m->who == CD_WHO_PERSON && !names.roles && !names.outlet.ptr && !names.other) add(w->people, &w->npeople, value);
    else if (!is_function(f, value)) add(w->others, &w->nothers, value);
    if (!w->from) w->from = m;
    return CD_OK;
}

/* Whether an element that only its class calls the author's stands where the story's would. */
static bool is_in_place(const cd_frame *f, const cd_meta *m, const writers *w)
{
    if (m->block < f->top || m->block >= f->foot || (m->block >= f->from + OPENING && m->block < f->to)) return false;
    if (cd_block_is_foreign(f->page, m->block) && !cd_frame_in_head(f, m->block)) return false;
    return !w->from || m->block <= w->from->block + ROW; /* one row of names */
}

/* All statements of one origin with the best rank of it that names anybody. */
static cd_status read_origin(const cd_frame *f, cd_meta_origin origin, writers *w, cd_error *err)
{
    const cd_meta_origin only[] = {origin, CD_FROM_COUNT};
    *w = (writers){.npeople = 0};
    for (const cd_meta *m = NULL; (m = cd_stated_next(f->page, CD_META_AUTHOR, only, m));) {
        if (w->npeople && w->from->rank != m->rank) break;
        if (origin == CD_FROM_CLASS && !is_in_place(f, m, w)) continue;
        CD_TRY(read_one(f, m, w, err));
    }
    return CD_OK;
}

static bool all_in(const cd_span *list, size_t n, const cd_spans *all)
{
    for (size_t i = 0; i < n; i++) {
        bool found = false;
        for (size_t k = 0; k < all->n && !found; k++) found = cd_same_words(list[i], all->at[k]) || cd_span_ends(all->at[k], list[i]);
        if (!found) return false;
    }
    return true;
}

/* Whether a name of `list` stands in one of the other list's, to which a role or a place may be glued. */
static bool any_in(const cd_span *list, size_t n, const cd_spans *all)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < all->n; k++)
            if (cd_same_words(list[i], all->at[k]) || holds(all->at[k], list[i])) return true;
    return false;
}

/* Whether the byline says "By" and then names persons: whoever has put the page on the site may be stated as its author. */
static bool is_signed(const cd_frame *f)
{
    cd_names names;
    if (!f->page->fields.byline.len) return false;
    cd_names_read(&f->tables, f->page->fields.byline, &names);
    return names.by && names.n > 0 && names.given == names.n && names.words > 1 && !names.strange;
}

static cd_status put(const cd_frame *f, const cd_span *list, size_t n, const cd_meta *from, cd_error *err)
{
    cd_fields *out = &f->page->fields;
    out->authors = (cd_spans){NULL, 0};
    out->from[CD_META_AUTHOR] = from;
    for (size_t i = 0; i < n; i++) CD_TRY(cd_spans_add(f->page, &out->authors, CD_LIMIT_AUTHORS, list[i], err));
    return CD_OK;
}

/* Whether the byline's list names persons: its first name is known as one, or is made of two words and more. */
static bool names_persons(const cd_frame *f, const cd_spans *list)
{
    cd_names names;
    for (size_t i = 0; i < list->n; i++) {
        cd_names_read(&f->tables, list->at[i], &names);
        if (names.n && names.words > 1 && !cd_is_site_name(f->page, list->at[i])) return true;
    }
    return false;
}

cd_status cd_field_authors_stated(const cd_frame *f, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_JSON_LD, CD_FROM_TAG, CD_FROM_STATE, CD_FROM_OPEN_GRAPH, CD_FROM_REL, CD_FROM_ITEM, CD_FROM_FRONT, CD_FROM_CLASS};
    const cd_spans *byline = &f->page->fields.authors;
    writers         w, others = {.npeople = 0};
    for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
        if (origins[i] == CD_FROM_CLASS && byline->n) break; /* its own line says more than a class */
        CD_TRY(read_origin(f, origins[i], &w, err));
        if (w.nothers && !others.nothers) others = w;
        if (!w.npeople) continue;
        if (byline->n > w.npeople && all_in(w.people, w.npeople, byline)) return CD_OK;
        if (is_signed(f) && !any_in(w.people, w.npeople, byline)) return CD_OK;
        return put(f, w.people, w.npeople, w.from, err);
    }
    if (byline->n && (names_persons(f, byline) || !others.nothers)) return CD_OK;
    return others.nothers ? put(f, others.others, others.nothers, others.from, err) : CD_OK;
}
