/* body.c -- the story's paragraphs. In: blocks with the role BODY, and what rules cut out of them. Out: fields.body and words:
 * paragraphs apart by one blank line, without bullets (but with a dash of speech), without the cuts, without a headline or lead printed once more. */
#include "base/utf8.h"
#include "fields/internal.h"

/* What was added of a block counts as its words were counted before, if nothing was cut out. */
static size_t words_of(const cd_block *b, cd_span added)
{
    return added.len == b->text.len - b->core ? b->m.words : cd_word_count(added);
}

bool cd_body_has(const cd_block *b, uint64_t headline) { return b->role == CD_ROLE_BODY && !(headline && b->hash == headline); }

bool cd_left_next(cd_left *p, cd_span *piece)
{
    const cd_block *b = p->block;
    size_t          to = b->text.len, cut_from = to, cut_to = to;
    if (p->at >= to) return false;
    for (const cd_hit *h = b->hits; h; h = h->next) /* the next cut that ends behind p->at */
        if (h->rule->action == CD_ACTION_CUT && h->to > p->at && h->from < cut_from) cut_from = h->from > p->at ? h->from : p->at, cut_to = h->to;
    *piece = cd_span_sub(b->text, p->at, cut_from);
    if (p->blank && cd_span_trim(*piece).len == 0) piece->len = 0;
    if (piece->len) p->blank = piece->ptr[piece->len - 1] == ' ';
    for (p->at = cut_to; p->blank && p->at < to && b->text.ptr[p->at] == ' ';) p->at++; /* the blanks around a cut become one */
    return true;
}

/* "- We wait, says the pilot.": a dash that opens somebody's words, in languages that print it so, and no list's sign. Such a paragraph stands
 * alone between blank lines, with no other list item next to it. */
static bool is_speech(const cd_page *page, size_t i)
{
    static const char languages[] = " sv no da fi pl cs sk hu ru uk tr fr ";
    const cd_block   *b = &page->blocks[i], *next = i + 1 < page->nblocks ? b + 1 : NULL;
    if (b->markup || b->core != 2 || b->text.ptr[0] != '-' || b->m.ending != CD_END_SENTENCE || !b->m.first_upper || !b->blank || !page->language) return false;
    if (i == 0 || b[-1].kind == CD_KIND_ITEM || (next && (next->kind == CD_KIND_ITEM || !next->blank))) return false;
    const char *found = strstr(languages, page->language);
    return found && found[-1] == ' ' && found[2] == ' ' && strlen(page->language) == 2;
}

static cd_status add_text(cd_buf *out, const cd_block *b, bool whole)
{
    cd_left pieces = {.block = b, .at = whole ? 0 : b->core};
    for (cd_span piece; cd_left_next(&pieces, &piece);) CD_TRY(cd_buf_add(out, piece));
    while (out->len && out->ptr[out->len - 1] == ' ') out->ptr[--out->len] = '\0';
    return CD_OK;
}

static cd_status fill(cd_page *page, cd_buf *body)
{
    uint64_t headline = cd_word_hash(page->fields.headline);
    for (size_t i = page->body_from; i < page->body_to; i++) {
        const cd_block *b = &page->blocks[i];
        if (!cd_body_has(b, headline)) continue;
        size_t before = body->len;
        if (before) CD_TRY(cd_buf_add(body, CD_SPAN("\n\n")));
        size_t start = body->len;
        CD_TRY(add_text(body, b, is_speech(page, i)));
        if (body->len == start) body->len = before; /* nothing was left of it */
        page->fields.words += words_of(b, (cd_span){body->ptr + start, body->len - start});
    }
    return CD_OK;
}

cd_status cd_field_body(cd_page *page, cd_error *err)
{
    cd_buf    body = {0};
    cd_status st = fill(page, &body);
    if (st == CD_OK && body.len) {
        page->fields.body = cd_arena_copy(page->arena, cd_span_trim(cd_buf_span(&body)));
        if (!page->fields.body.ptr) st = CD_ENOMEM;
    }
    cd_buf_free(&body);
    if (st != CD_OK) return cd_fail_memory(err);
    return CD_OK;
}
