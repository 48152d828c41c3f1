/* captions.c -- picture captions, each once, with their credit apart. In: a tagged page. Out: fields.captions.
 * Three habits tell a caption: a credit at its end (or front) in the same block; a credit on a line of its own next to it;
 * the same line printed twice, once as the picture's alternative text and once as the caption. Rules find the credits. A
 * credit that has no caption has no place in the record. */
#include "fields/internal.h"
#include "fields/names.h"

#include "base/limits.h"

enum {
    LONGEST = 110, SHORTEST_ECHO = 4, SHORTEST_INSIDE = 2, SHORTEST_BELOW = 7, CREDIT_WORDS = 9, LONE_WORDS = 5, INSIDE = 2, SIGNED_WORDS = 5,
    FEW = 3, SHORT_WORD = 4, WRITER = 6
};

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

/* Where a caption's own words begin: behind its label, and behind what a rule cuts off the front. */
static size_t begin_of(const cd_block *b)
{
    size_t at = b->core;
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if (h->rule->action == CD_ACTION_CUT && h->from <= b->core && h->to > at) at = h->to;
        if (h->field == CD_ROLE_CAPTION && h->rule->action == CD_ACTION_TAKE && h->value.ptr > b->text.ptr + at) at = (size_t)(h->value.ptr - b->text.ptr);
    }
    return at;
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
    const uint64_t  others = CD_BIT(CD_ROLE_BYLINE) | CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_ADVERT) | CD_BIT(CD_ROLE_BIO);
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

/* The label of a caption, with the caption behind it or alone on its line; NULL: none. */
static const cd_hit *label_of(const cd_block *b)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->field == CD_ROLE_CAPTION && (h->rule->action == CD_ACTION_TAKE || h->rule->action == CD_ACTION_HINT)) return h;
    return NULL;
}

/* The block behind `i` that is not empty, or nblocks. */
static size_t block_below(const cd_page *page, size_t i)
{
    do i++;
    while (i < page->nblocks && cd_block_is_empty(&page->blocks[i]));
    return i;
}

/* A short line in the caption's words above it: the picture's alternative text. */
static bool is_alternative(const captions *list, size_t i, size_t caption)
{
    const cd_page *page = list->f->page;
    size_t         shared = 0;
    if (page->blocks[i].m.ending == CD_END_SENTENCE || !may_be_caption(list, i)) return false;
    size_t n = cd_told(page, i, caption, caption + 1, &shared);
    return n > 1 && shared * 3 >= n * 2;
}

/* A caption that its label names: in the same block, or below a label that stands alone. `credit` is that of the line above. */
static cd_status labelled(captions *list, size_t i, cd_span credit)
{
    cd_page      *page = list->f->page;
    const cd_hit *label = label_of(&page->blocks[i]);
    size_t        at = label->rule->action == CD_ACTION_TAKE ? i : block_below(page, i);
    const cd_block *b = &page->blocks[at];
    if (at != i && (at >= page->nblocks || at == page->head || is_taken(b) || b->drop || b->m.words < 2 || b->m.words > LONGEST)) return CD_OK;
    if (at != i) cd_give_role(&page->blocks[i], CD_ROLE_CAPTION, "a caption's label");
    take(list, at, CD_ROLE_CAPTION);
    if (i > 0 && is_alternative(list, i - 1, at)) cd_give_role(&page->blocks[i - 1], CD_ROLE_CAPTION, "the same picture's text");
    return add(list, at == i ? label->value : cd_block_text(b), credit);
}

static bool is_quote(cd_rune r) { return r == '"' || r == '\'' || r == 0xBB || r == 0x201C || r == 0x201D || r == 0x2019; }

/* A sentence ends inside the text: a stop behind a word without capitals, and a word that does not begin with a small letter. No
 * abbreviation does that. */
static bool has_two_sentences(cd_span text)
{
    size_t plain = 0;
    bool   stop = false, blank = false;
    while (text.len) {
        cd_rune r = cd_utf8_take(&text);
        if (is_quote(r)) continue;
        if (stop && blank && cd_is_letter(r) && !cd_is_lower(r)) return true;
        if (r == '.' || r == '!' || r == '?' || r == 0x61F || r == 0x964) stop = plain >= SHORT_WORD;
        else if (r != ' ') stop = false;
        blank = r == ' ';
        plain = cd_is_letter(r) && !cd_is_upper(r) ? plain + 1 : 0;
    }
    return false;
}

/* A paragraph of the story. A caption of two sentences is one only where its credit is nearer to it than what stands above. */
static bool is_paragraph(const cd_page *page, size_t i, size_t credit)
{
    const cd_block *b = &page->blocks[i];
    if (b->role != CD_ROLE_BODY || b->times > 1 || !has_two_sentences(cd_block_text(b))) return false;
    return page->blocks[credit].blank > 0 || b->blank == 0;
}

/* Under the headline, where at most the standfirst stands between, which the model may have taken for the story. */
static bool is_above_story(const captions *list, size_t i)
{
    const cd_page *page = list->f->page;
    size_t         body = 0;
    if (!list->f->has_head || i <= page->head) return false;
    for (size_t k = page->head + 1; k < i && body < 2; k++) body += page->blocks[k].role == CD_ROLE_BODY;
    return body < 2;
}

/* People with a by-word, or with what they are. */
static bool is_writer(const captions *list, cd_span text)
{
    cd_names names;
    cd_names_read(&list->f->tables, text, &names);
    return names.n > 0 && names.strange == 0 && (names.by || (names.roles > 0 && cd_word_count(text) <= WRITER));
}

/* Next to a credit on a line of its own stand other things than captions: paragraphs of the story, how many comments there are, what an
 * address of a picture leaves in brackets, and above the story its byline. */
static bool is_other(const captions *list, size_t i, size_t credit)
{
    const cd_block *b = &list->f->page->blocks[i];
    cd_span         text = cd_block_text(b);
    if (is_paragraph(list->f->page, i, credit)) return true;
    if (text.len == 0 || text.ptr[text.len - 1] == '|' || (text.ptr[0] == '[' && text.ptr[text.len - 1] == ']')) return true;
    if (b->m.words <= FEW && text.ptr[0] >= '0' && text.ptr[0] <= '9') return true;
    if (cd_block_families(list->f->page, i, 1) & CD_FAMILY_BIT(CD_FAMILY_AUTHOR)) return true;
    return is_above_story(list, i) && is_writer(list, text);
}

/* The same credit stands at the end of the caption below: this line belongs to it too. */
static bool is_said_below(const captions *list, size_t i, cd_span credit)
{
    const cd_page *page = list->f->page;
    size_t         next = block_below(page, i);
    const cd_hit  *h = next < page->nblocks ? credit_of(&page->blocks[next]) : NULL;
    return is_above_story(list, i) && h && !h->whole && cd_same_words(h->value, credit);
}

/* An agency's name right over the date, as a byline stands. */
static bool is_byline(const captions *list, size_t i)
{
    const cd_page *page = list->f->page;
    size_t         next = block_below(page, i);
    return page->blocks[i].m.words <= FEW && is_above_story(list, i) && next < page->nblocks && is_date(list, &page->blocks[next]) &&
           !memchr(page->blocks[i].text.ptr, ':', page->blocks[i].text.len) && !memchr(page->blocks[i].text.ptr, '/', page->blocks[i].text.len);
}

/* A credit on a line of its own: the caption is the line above; where that is none, the line below. An agency's name with no
 * caption beside it may be the byline, and is left alone. */
static cd_status beside(captions *list, size_t i, cd_span credit)
{
    const cd_page *page = list->f->page;
    size_t         found = page->nblocks, below = block_below(page, i);
    bool           alone = false;
    credit = cd_trim_signs(credit);
    if (is_byline(list, i)) return CD_OK;
    if (below < page->nblocks && !is_taken(&page->blocks[below]) && label_of(&page->blocks[below])) {
        take(list, i, CD_ROLE_CREDIT);
        return labelled(list, below, credit);
    }
    if (is_said_below(list, i, credit)) {
        take(list, i, CD_ROLE_CREDIT);
        return CD_OK;
    }
    for (size_t k = i; found == page->nblocks && k-- > list->f->top && k + 3 > i;) {
        if (cd_block_is_empty(&page->blocks[k])) continue;
        if (page->blocks[k].role != CD_ROLE_CAPTION && !may_be_caption(list, k)) break;
        alone = page->blocks[k].role != CD_ROLE_CAPTION && is_other(list, k, i);
        if (alone) break;
        found = k;
    }
    if (found == page->nblocks && !alone && i + 1 < page->nblocks && i < list->f->to && may_be_caption(list, i + 1) &&
        page->blocks[i + 1].role != CD_ROLE_BODY && !is_other(list, i + 1, i))
        found = i + 1;
    if (found < page->nblocks || !(page->blocks[i].hints & CD_BIT(CD_ROLE_BYLINE))) take(list, i, CD_ROLE_CREDIT);
    if (found == page->nblocks) return CD_OK;
    CD_TRY(add(list, cd_block_text(&page->blocks[found]), credit));
    take(list, found, CD_ROLE_CAPTION);
    return CD_OK;
}

/* Below an alternative text with its credit: a line of a caption's length without a stop. Shorter ones are headings of the story. */
static bool is_below_alternative(const captions *list, const cd_hit *h, size_t below)
{
    const cd_page  *page = list->f->page;
    const cd_block *b = &page->blocks[below];
    return h->rule->action == CD_ACTION_TAKE && h->from == 0 && page->format == CD_FORMAT_TEXT && below < page->nblocks && b->m.ending == CD_END_NONE &&
           b->m.words >= SHORTEST_BELOW && may_be_caption(list, below);
}

/* The story's date with a picture's lines glued to it stays a date; a sign parts a picture's own date from what it shows. */
static bool is_dated(const captions *list, size_t i, cd_span front)
{
    cd_date_scan scan = {.text = front, .tables = &list->f->tables, .language = list->f->page->language};
    cd_date      d;
    return is_above_story(list, i) && cd_date_next(&scan, &d) && d.from == 0 && d.to + 1 < front.len && front.ptr[d.to] == ' ';
}

/* Caption and credit in one block; the credit stands at either end, or at both of an alternative text. */
static cd_status within(captions *list, size_t i, const cd_hit *h)
{
    const cd_block *b = &list->f->page->blocks[i];
    size_t          begin = begin_of(b);
    cd_span         front = without_joint(cd_span_sub(b->text, begin, h->from > begin ? h->from : begin));
    cd_span         behind = cd_trim_signs(cd_span_sub(b->text, h->to, b->text.len));
    cd_span         text = front.len ? front : behind;
    if (h->to < b->text.len && text.len > h->value.len && cd_span_ends(text, h->value)) {
        size_t below = block_below(list->f->page, i);
        take(list, i, CD_ROLE_CAPTION);
        if (!is_below_alternative(list, h, below)) return add(list, cd_span_sub(text, 0, text.len - h->value.len), h->value);
        take(list, below, CD_ROLE_CAPTION);
        return add(list, cd_block_text(&list->f->page->blocks[below]), h->value);
    }
    if (cd_word_count(text) == 0) return beside(list, i, h->value);
    if (is_dated(list, i, front)) return CD_OK;
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
    if (!copyright || !credit || credit->whole || i <= f->head || i >= f->to) return false;
    const cd_span front = cd_span_trim(cd_span_sub(b->text, b->core, credit->from));
    if (i < f->from) return cd_word_count(front) >= SIGNED_WORDS && front.ptr[front.len - 1] == '.'; /* above it a sentence must be whole */
    return i > f->from && cd_word_count(front) > 1;
}

/* "Ann Lee/The Herald" is a credit inside the story, and above it only below another line that looks like the byline: else it is that. */
static const cd_hit *hinted_credit(const cd_frame *f, size_t i)
{
    const cd_hit *h = cd_hit_of(&f->page->blocks[i], CD_ROLE_CREDIT);
    if (!h || h->rule->action != CD_ACTION_HINT || !h->whole || i <= f->head || i >= f->to) return NULL;
    if (i > f->from + INSIDE) return h;
    for (size_t k = f->head + 1; k < i; k++)
        if (f->page->blocks[k].hints & CD_BIT(CD_ROLE_BYLINE)) return h;
    return NULL;
}

/* "Photo: Jane Roe" has the shape of a teaser, too; it is none where its neighbours are no teasers. */
static bool is_lone_credit(const cd_page *page, size_t i, const cd_hit *credit)
{
    const cd_block *b = &page->blocks[i];
    size_t          below = block_below(page, i);
    if (!credit || !credit->whole || b->drop || b->role != CD_ROLE_RELATED || cd_word_count(credit->value) > LONE_WORDS) return false;
    return i > 0 && page->blocks[i - 1].role != CD_ROLE_RELATED && (below == page->nblocks || page->blocks[below].role != CD_ROLE_RELATED);
}

static cd_status look_at(captions *list, size_t i, size_t echo_to)
{
    const cd_block *b = &list->f->page->blocks[i];
    const cd_hit   *h = credit_of(b), *caption = label_of(b);
    if (is_taken(b) || is_story(list->f->page, i) || ((is_elsewhere(b) || b->drop) && !is_signed_inside(list->f, i, h) && !is_lone_credit(list->f->page, i, h))) return CD_OK;
    if (!h) h = hinted_credit(list->f, i);
    if (h && h->whole && caption && caption->rule->action == CD_ACTION_TAKE) h = NULL; /* a label and a sentence */
    if (h && b->m.words <= LONGEST) return h->whole ? beside(list, i, h->value) : within(list, i, h);
    if (caption) return labelled(list, i, (cd_span){NULL, 0});
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
