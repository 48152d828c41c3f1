/* captions.c -- picture captions, each once, with their credit apart. In: a tagged page. Out: fields.captions.
 * Three habits tell a caption: a credit at its end (or front) in the same block; a credit on a line of its own next to it;
 * the same line printed twice, once as the picture's alternative text and once as the caption. Rules find the credits. A
 * credit that has no caption has no place in the record. */
#include "fields/internal.h"

#include "base/limits.h"

enum { LONGEST = 110, SHORTEST_ECHO = 4, SHORTEST_INSIDE = 2, CREDIT_WORDS = 9 };

typedef struct captions {
    const cd_frame *f;
    cd_error       *err;
    size_t          room;
} captions;

static bool is_taken(const cd_block *b)
{
    const uint64_t fields = CD_BIT(CD_ROLE_HEADLINE) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_NOTE);
    return (CD_BIT(b->role) & fields) != 0;
}

/* The same words, or the same with up to a credit's length of words behind them. */
static bool is_same(cd_span a, cd_span b)
{
    size_t m = cd_word_count(a), n = cd_word_count(b);
    if (m > n ? m > n + CREDIT_WORDS || n < SHORTEST_ECHO : n > m + CREDIT_WORDS || m < SHORTEST_ECHO) return cd_same_words(a, b);
    return m > n ? cd_starts_with_words(a, b) : cd_starts_with_words(b, a);
}

/* The same caption, or one that the other begins with (alternative text cut short), is one caption; the longer text and the
 * first credit stay. */
static bool merge(cd_fields *out, cd_span text, cd_span credit)
{
    for (size_t i = 0; i < out->ncaptions; i++) {
        cd_caption *c = &out->captions[i];
        if (!is_same(c->text, text)) continue;
        if (c->credit.len && credit.len && !cd_same_words(c->credit, credit) && cd_same_words(c->text, text)) continue; /* two pictures of one kind */
        if (!c->credit.len) c->credit = credit;
        return true;
    }
    return false;
}

static cd_status add(captions *list, cd_span text, cd_span credit)
{
    cd_page   *page = list->f->page;
    cd_fields *out = &page->fields;
    text = cd_span_trim(text);
    credit = cd_trim_signs(credit);
    if (text.len == 0 || merge(out, text, credit)) return CD_OK;
    if (!out->captions) out->captions = cd_arena_array(page->arena, CD_LIMIT_CAPTIONS, sizeof *out->captions);
    if (!out->captions) return cd_fail_memory(list->err);
    if (credit.len == 0) credit = (cd_span){NULL, 0};
    if (out->ncaptions == CD_LIMIT_CAPTIONS) cd_page_warn_once(page, "more captions than the limit CD_LIMIT_CAPTIONS, %u: the rest is left out", CD_LIMIT_CAPTIONS);
    else out->captions[out->ncaptions++] = (cd_caption){text, credit};
    return CD_OK;
}

/* The text without the signs that stood between it and its credit. */
static cd_span without_joint(cd_span text)
{
    size_t len;
    text = cd_span_trim(text);
    while (text.len) {
        cd_rune r = cd_utf8_last(text, &len);
        if (r != '(' && r != '[' && r != '/' && r != '|' && r != '-' && r != 0x2013 && r != 0x2014 && r != ' ' && r != ',' && r != 0x2022 &&
            r != 0xA9 && r != 0xB7 && r != ':' && r != 0xFF08)
            break;
        text.len -= len;
    }
    return text;
}

/* A credit that is the whole block; else the one that begins first, which is the one with its label in front. */
static const cd_hit *credit_of(const cd_block *b)
{
    const cd_hit *found = NULL;
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if (h->field != CD_ROLE_CREDIT || h->rule->action != CD_ACTION_TAKE) continue;
        if (h->whole) return h;
        if (!found || h->from < found->from) found = h;
    }
    return found;
}

/* "Dec 8, 2023" and little else, or with the time of day. */
static bool is_date(const captions *list, const cd_block *b)
{
    cd_date_scan scan = {.text = b->text, .tables = &list->f->tables, .language = list->f->page->language};
    cd_date      d;
    return b->m.words < 16 && cd_date_next(&scan, &d) && (d.at.hour >= 0 || (d.to - d.from) * 2 >= b->text.len);
}

/* In HTML the model knows a paragraph from a caption: what it gave to the story stays there unless tags or classes speak of a picture. */
static bool is_story(const cd_page *page, size_t i)
{
    const uint64_t   pictures = CD_FAMILY_BIT(CD_FAMILY_CAPTION) | CD_FAMILY_BIT(CD_FAMILY_CREDIT) | CD_FAMILY_BIT(CD_FAMILY_IMAGE) | CD_FAMILY_BIT(CD_FAMILY_GALLERY);
    const cd_markup *m = page->blocks[i].markup;
    if (!m || page->blocks[i].role != CD_ROLE_BODY || cd_block_families(page, i, 1) & pictures) return false;
    return m->element == CD_NO_ELEMENT || !(page->elements[m->element].near_tags & (CD_TAG_BIT(CD_TAG_FIGURE) | CD_TAG_BIT(CD_TAG_FIGCAPTION)));
}

static bool may_be_caption(const captions *list, size_t i)
{
    const cd_page  *page = list->f->page;
    const cd_block *b = &page->blocks[i];
    const uint64_t  others = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_ADVERT);
    if (i == page->head || is_story(page, i) || b->drop || b->m.words < 2 || b->m.words > LONGEST || is_taken(b) || b->hints & others) return false;
    if (b->hash == (page->head < page->nblocks ? page->blocks[page->head].hash : 0)) return false;
    return (b->role != CD_ROLE_BODY || b->times > 1 || b->m.words <= 30) && !is_date(list, b);
}

static void take(captions *list, size_t i, cd_role role)
{
    cd_block *b = &list->f->page->blocks[i];
    cd_give_role(b, role, role == CD_ROLE_CREDIT ? "who made a picture" : "a picture's caption");
    for (size_t k = i; k-- > 0 && k + 3 > i;) /* its alternative text just above */
        if (list->f->page->blocks[k].hash == b->hash && role == CD_ROLE_CAPTION) cd_give_role(&list->f->page->blocks[k], role, "the same caption");
}

/* A credit on a line of its own: the caption is the line above; where that is none, the line below. An agency's name with no
 * caption beside it may be the byline, and is left alone. */
static cd_status beside(captions *list, size_t i, cd_span credit)
{
    const cd_page *page = list->f->page;
    size_t         found = page->nblocks;
    for (size_t k = i; found == page->nblocks && k-- > list->f->top && k + 3 > i;) {
        if (cd_block_is_empty(&page->blocks[k])) continue;
        if (page->blocks[k].role != CD_ROLE_CAPTION && !may_be_caption(list, k)) break;
        found = k;
    }
    if (found == page->nblocks && i + 1 < page->nblocks && i < list->f->to && may_be_caption(list, i + 1) && page->blocks[i + 1].role != CD_ROLE_BODY)
        found = i + 1;
    if (found < page->nblocks || !(page->blocks[i].hints & CD_BIT(CD_ROLE_BYLINE))) take(list, i, CD_ROLE_CREDIT);
    if (found == page->nblocks) return CD_OK;
    CD_TRY(add(list, cd_block_text(&page->blocks[found]), credit));
    take(list, found, CD_ROLE_CAPTION);
    return CD_OK;
}

/* Caption and credit in one block; the credit stands at either end. */
static cd_status within(captions *list, size_t i, const cd_hit *h)
{
    const cd_block *b = &list->f->page->blocks[i];
    cd_span         front = without_joint(cd_span_sub(b->text, b->core, h->from > b->core ? h->from : b->core));
    cd_span         behind = cd_trim_signs(cd_span_sub(b->text, h->to, b->text.len));
    cd_span         text = front.len ? front : behind;
    if (cd_word_count(text) == 0) return beside(list, i, h->value);
    take(list, i, CD_ROLE_CAPTION);
    for (size_t k = i; k-- > 0 && k + 3 > i;) {
        cd_block *twin = &list->f->page->blocks[k];
        if (!cd_same_words(cd_block_text(twin), text)) continue;
        text = cd_block_text(twin); /* without the full stop in front of the credit */
        cd_give_role(twin, CD_ROLE_CAPTION, "the same caption");
    }
    return add(list, text, h->value);
}

/* A line printed twice in a row, or once more with a credit glued to it. */
static cd_status echo(captions *list, size_t i)
{
    cd_page  *page = list->f->page;
    cd_block *b = &page->blocks[i], *next = b + 1;
    if (i + 1 >= page->nblocks || is_taken(next)) return CD_OK;
    bool same = b->hash == next->hash;
    if (b->m.words < (same && i > list->f->from && !b->markup ? SHORTEST_INSIDE : SHORTEST_ECHO)) return CD_OK;
    cd_span text = cd_block_text(b), more = cd_block_text(next);
    if (!same && (more.len <= text.len || memcmp(more.ptr, text.ptr, text.len) != 0)) return CD_OK;
    if (!may_be_caption(list, i)) return CD_OK;
    cd_span credit = same ? (cd_span){NULL, 0} : cd_trim_signs(cd_span_sub(more, text.len, more.len));
    if (!same && credit_of(next)) return CD_OK; /* a rule knows where the credit begins */
    if (!same && (cd_word_count(credit) > CREDIT_WORDS || !cd_is_upper(cd_utf8_take(&(cd_span){credit.ptr, credit.len})))) return CD_OK;
    CD_TRY(add(list, text, credit));
    cd_give_role(b, CD_ROLE_CAPTION, "a picture's caption");
    cd_give_role(next, CD_ROLE_CAPTION, "the same caption");
    return CD_OK;
}

static bool is_elsewhere(const cd_block *b)
{
    const uint64_t others = CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_COOKIE) |
                            CD_BIT(CD_ROLE_COPYRIGHT) | CD_BIT(CD_ROLE_LEGAL) | CD_BIT(CD_ROLE_NAV) | CD_BIT(CD_ROLE_HEADLINE);
    return (CD_BIT(b->role) & others) != 0;
}

/* "The bridge in May. (c) Jane Roe" inside the story is no copyright line. */
static bool is_signed_inside(const cd_frame *f, size_t i, const cd_hit *credit)
{
    const cd_block *b = &f->page->blocks[i];
    bool            copyright = b->role == CD_ROLE_COPYRIGHT && (!b->drop || b->drop->family == CD_ROLE_COPYRIGHT);
    return copyright && credit && !credit->whole && i > f->from && i < f->to && cd_word_count(cd_span_sub(b->text, b->core, credit->from)) > 1;
}

static cd_status look_at(captions *list, size_t i, size_t echo_to)
{
    const cd_block *b = &list->f->page->blocks[i];
    const cd_hit   *h = credit_of(b), *caption = cd_hit_of(b, CD_ROLE_CAPTION);
    if (is_taken(b) || is_story(list->f->page, i) || ((is_elsewhere(b) || b->drop) && !is_signed_inside(list->f, i, h))) return CD_OK;
    if (h && b->m.words <= LONGEST) return h->whole ? beside(list, i, h->value) : within(list, i, h);
    if (caption && caption->rule->action == CD_ACTION_TAKE) {
        take(list, i, CD_ROLE_CAPTION);
        return add(list, caption->value, (cd_span){NULL, 0});
    }
    return i < echo_to ? echo(list, i) : CD_OK;
}

cd_status cd_field_captions(const cd_frame *f, cd_error *err)
{
    captions list = {.f = f, .err = err};
    size_t   from = f->has_head && f->head >= 3 ? f->head - 3 : f->top;
    size_t   to = f->to + 4 < f->page->nblocks ? f->to + 4 : f->page->nblocks;
    for (size_t i = from; i < to; i++) CD_TRY(look_at(&list, i, f->to));
    return CD_OK;
}
