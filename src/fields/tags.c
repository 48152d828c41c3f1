/* tags.c -- the publisher's topics for the story. In: a tagged page. Out: fields.tags. Rules find the labels ("Tags:",
 * "Filed under", "Themen"). What follows the label on its line is split at commas, bars, bullets and hashes; where the label
 * stands alone, the short lines under it are the tags. */
#include "fields/stated.h"

#include "base/limits.h"

enum { TAG_WORDS = 6, TAG_BYTES = 60, LINES = 16, NEAR = 18 };

static bool is_splitter(cd_rune r)
{
    return r == ',' || r == '|' || r == 0x2022 || r == 0xB7 || r == ';' || r == '#' || r == 0xFF0C || r == 0x3001 || r == 0xFF5C || r == 0x2219 || r == 0xFF03;
}

cd_status cd_tags_add(cd_page *page, cd_span tag, cd_error *err)
{
    cd_spans *tags = &page->fields.tags;
    tag = cd_trim_signs(tag);
    if (tag.len == 0 || tag.len > TAG_BYTES * 2 || cd_word_count(tag) == 0 || cd_says_nothing(tag, false)) return CD_OK;
    for (size_t i = 0; i < tags->n; i++)
        if (cd_same_words(tags->at[i], tag)) return CD_OK;
    return cd_spans_add(page, tags, CD_LIMIT_TAGS, tag, err);
}

/* Tags that lost their separators: "RailwaysHarbour news" where the case changes inside a word. Short fronts ("iPhone",
 * "McKay", "TikTok") are one word. */
static size_t joint(cd_span text)
{
    cd_span rest = text;
    cd_rune before = ' ';
    size_t  in_word = 0;
    while (rest.len) {
        size_t  at = text.len - rest.len;
        cd_rune r = cd_utf8_take(&rest);
        if (in_word > 3 && cd_is_upper(r) && cd_is_lower(before)) return at;
        in_word = cd_is_letter(r) ? in_word + 1 : 0;
        before = r;
    }
    return text.len;
}

/* Three words or more, all small: each is a tag. */
static bool are_small_words(cd_span text)
{
    cd_span rest = text;
    size_t  blanks = 0;
    while (rest.len) {
        cd_rune r = cd_utf8_take(&rest);
        if (cd_is_upper(r) || (!cd_is_lower(r) && cd_is_letter(r))) return false;
        blanks += r == ' ';
    }
    return blanks >= 2;
}

static cd_status split_words(const cd_frame *f, cd_span text, cd_error *err)
{
    while (text.len) {
        const char *blank = memchr(text.ptr, ' ', text.len);
        size_t      len = blank ? (size_t)(blank - text.ptr) : text.len;
        CD_TRY(cd_tags_add(f->page, cd_span_sub(text, 0, len), err));
        text = cd_span_trim(cd_span_sub(text, len, text.len));
    }
    return CD_OK;
}

static cd_status split(const cd_frame *f, cd_span text, bool labelled, cd_error *err)
{
    cd_span rest = text, part = text;
    bool    any = false;
    while (rest.len) {
        size_t at = text.len - rest.len;
        if (!is_splitter(cd_utf8_take(&rest))) continue;
        CD_TRY(cd_tags_add(f->page, cd_span_sub(part, 0, (size_t)(text.ptr + at - part.ptr)), err));
        part = rest;
        any = true;
    }
    if (!any && labelled && are_small_words(text)) return split_words(f, text, err);
    for (size_t at = joint(part); !any && at < part.len; at = joint(part)) {
        CD_TRY(cd_tags_add(f->page, cd_span_sub(part, 0, at), err));
        part = cd_span_sub(part, at, part.len);
    }
    return cd_tags_add(f->page, part, err);
}

static bool is_tag_line(const cd_block *b)
{
    const uint64_t others = CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_NEWSLETTER) | CD_BIT(CD_ROLE_POPULAR) |
                            CD_BIT(CD_ROLE_COPYRIGHT) | CD_BIT(CD_ROLE_MEMBERSHIP) | CD_BIT(CD_ROLE_PROMO) | CD_BIT(CD_ROLE_ADVERT) | CD_BIT(CD_ROLE_BYLINE) |
                            CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_BIO) | CD_BIT(CD_ROLE_COOKIE) | CD_BIT(CD_ROLE_TECHNICAL) | CD_BIT(CD_ROLE_SOURCE) |
                            CD_BIT(CD_ROLE_MODIFIED);
    if (b->drop && b->drop->family != CD_ROLE_NAV) return false; /* names of topics are words of menus too */
    return !(b->hints & others) && cd_span_find(b->text, CD_SPAN(":")) == b->text.len && b->m.ending == CD_END_NONE && b->m.sentences == 0 && b->m.words > 0;
}

/* The lines under a label that stands alone: all of one kind, until a line that is none. */
static cd_status lines_below(const cd_frame *f, size_t i, cd_error *err)
{
    cd_page *page = f->page;
    size_t   k = i + 1;
    if (k >= page->nblocks) return CD_OK;
    cd_kind kind = page->blocks[k].kind;
    if (is_tag_line(&page->blocks[k]) && page->blocks[k].m.words > TAG_WORDS && page->blocks[k].m.words < 40) {
        cd_give_role(&page->blocks[k], CD_ROLE_TAG, "the publisher's tags");
        return split(f, cd_block_text(&page->blocks[k]), true, err); /* all on one line */
    }
    for (; k < page->nblocks && k <= i + LINES; k++) {
        cd_block *b = &page->blocks[k];
        if (!is_tag_line(b) || b->m.words > TAG_WORDS || b->kind != kind || (kind == CD_KIND_PARA && k > i + 1 && b->blank > 0)) break;
        cd_give_role(b, CD_ROLE_TAG, "the publisher's tags");
        CD_TRY(split(f, cd_block_text(b), k == i + 1, err));
    }
    return CD_OK;
}

cd_status cd_field_tags(const cd_frame *f, cd_error *err)
{
    for (size_t i = f->head; i < f->foot && i < f->to + NEAR && f->page->fields.tags.n == 0; i++) {
        cd_block     *b = &f->page->blocks[i];
        const cd_hit *h = cd_hit_of(b, CD_ROLE_TAG);
        bool          inside = i >= f->from && i < f->to && b->role == CD_ROLE_BODY && b->m.words > 30;
        if (!h || inside || i == f->page->head) continue;
        cd_span value = h->rule->action == CD_ACTION_TAKE ? cd_trim_signs(h->value) : (cd_span){NULL, 0};
        cd_give_role(b, CD_ROLE_TAG, "the publisher's tags");
        if (value.len) CD_TRY(split(f, value, true, err));
        else CD_TRY(lines_below(f, i, err));
    }
    return CD_OK;
}
