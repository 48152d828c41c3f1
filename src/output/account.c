/* account.c -- what `explain` says of each block. In: a finished page. Out: for each block whether it is kept, who had the last word,
 * the rule behind that, and the record's keys that it went to; and the record's values with the blocks that they were read from
 * or the statements that they were taken from. Decides nothing: all of it is read off the page. A value's block is found by its bytes,
 * which fields/ take from a block's text without copying; a value put together of several blocks, or stated and printed as well, is
 * put down to those that have its role. */
#include "output/account.h"

#include "base/utf8.h"
#include "output/value.h"

#include <stdint.h>
#include <string.h>

static const char *const key_names[] = {
#define X(id, text) text,
    CD_ACCOUNT_KEYS(X)
#undef X
};

static const struct {
    const char *name, *what;
} deciders[] = {
#define X(id, text, what) {text, what},
    CD_DECIDERS(X)
#undef X
};

const char *cd_account_key_name(cd_account_key key) { return key_names[key]; }
unsigned cd_keys_beside(unsigned keys, cd_role role)
{
    for (unsigned k = 0; k < CD_ACCOUNT_COUNT; k++)
        if (keys == 1u << k && strcmp(key_names[k], cd_role_name(role)) == 0) return 0;
    return keys;
}

const char *cd_decider_name(cd_decider by) { return deciders[by].name; }
const char *cd_decider_what(cd_decider by) { return deciders[by].what; }

/* ---- parts of a block ------------------------------------------------------------------------------------------------ */

bool cd_piece_next(const cd_block *b, size_t *at, cd_piece *piece)
{
    const cd_hit *cut = NULL;
    size_t        from = b->text.len;
    if (*at >= b->text.len) return false;
    for (const cd_hit *h = b->role == CD_ROLE_BODY ? b->hits : NULL; h; h = h->next)
        if (h->rule->action == CD_ACTION_CUT && h->to > *at && h->from < from) from = h->from > *at ? h->from : *at, cut = h;
    if (cut && from == *at) from = cut->to;
    else cut = NULL;
    *piece = (cd_piece){cd_span_sub(b->text, *at, from), cut};
    *at = from;
    return true;
}

/* ---- who decided ----------------------------------------------------------------------------------------------------- */

static const cd_rule_label *rule_of_family(const cd_block *b, cd_role family)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->rule->family == family && h->rule->action != CD_ACTION_CUT && h->rule->action != CD_ACTION_KEEP) return h->rule;
    return NULL;
}

/* The rule that took the field, else one that hinted at it. */
static const cd_rule_label *rule_of_field(const cd_block *b, cd_role field)
{
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->field == field && h->rule->action == CD_ACTION_TAKE) return h->rule;
    return rule_of_family(b, field);
}

static bool model_agrees(const cd_judgement *j, const cd_block *b) { return j && (j->own + j->pull > 0) == (b->role == CD_ROLE_BODY); }

/* `opened`: for each role the block of the last heading that opened a region of it, or nblocks. */
static void decide(const cd_page *page, size_t i, const size_t opened[CD_ROLE_COUNT], cd_account *a)
{
    const cd_block     *b = &page->blocks[i];
    const cd_judgement *j = page->judged && page->judged->blocks ? &page->judged->blocks[i] : NULL;
    bool                field = a->kept && b->role != CD_ROLE_BODY && b->role != CD_ROLE_HEADLINE && b->role != CD_ROLE_NONE;
    a->judged = j && !j->settled ? j : NULL;
    a->why = b->reason;
    a->by = CD_BY_POSITION;
    if (b->drop && b->role == b->drop->family) {
        a->by = CD_BY_RULE;
        a->rule = b->drop;
        a->why = b->drop->why;
    } else if (field) {
        a->by = CD_BY_FIELD;
        a->rule = rule_of_field(b, b->role);
    } else if (b->role == CD_ROLE_HEADLINE) {
        if (i == page->head && page->judged && page->judged->nrivals) a->by = CD_BY_MODEL;
    } else if (!a->kept && (a->rule = rule_of_family(b, b->role)) != NULL) {
        a->by = a->rule->action == CD_ACTION_OPEN ? CD_BY_REGION : CD_BY_HINT;
        a->opened = a->by == CD_BY_REGION ? i : a->opened;
    } else if (!a->kept && opened[b->role] < i) {
        a->by = CD_BY_REGION;
        a->opened = opened[b->role];
        a->rule = rule_of_family(&page->blocks[a->opened], b->role);
    } else if (model_agrees(a->judged, b)) {
        a->by = CD_BY_MODEL;
    }
}

static void decide_all(const cd_page *page, cd_accounts *all)
{
    size_t opened[CD_ROLE_COUNT];
    for (size_t r = 0; r < CD_ROLE_COUNT; r++) opened[r] = page->nblocks;
    for (size_t i = 0; i < page->nblocks; i++) {
        const cd_block *b = &page->blocks[i];
        all->blocks[i] = (cd_account){.kept = cd_role_is_kept(b->role), .opened = page->nblocks};
        all->kept += all->blocks[i].kept;
        for (const cd_hit *h = b->hits; h; h = h->next)
            if (h->rule->action == CD_ACTION_OPEN) opened[h->rule->family] = i;
        decide(page, i, opened, &all->blocks[i]);
    }
}

/* ---- where the values come from -------------------------------------------------------------------------------------- */

/* The block whose text holds the bytes of `text`, or nblocks. Addresses are compared as numbers: they may be of other texts. */
static size_t holder(const cd_page *page, cd_span text)
{
    for (size_t i = 0; text.ptr && i < page->nblocks; i++) {
        uintptr_t from = (uintptr_t)page->blocks[i].text.ptr, at = (uintptr_t)text.ptr;
        if (at >= from && at < from + page->blocks[i].text.len) return i;
    }
    return page->nblocks;
}

/* Gives the key to all blocks with the role; the first of them, or nblocks: CD_ROLE_COUNT is of none. */
static size_t give_by_role(const cd_page *page, cd_accounts *all, cd_account_key key, cd_role role)
{
    size_t first = page->nblocks;
    for (size_t i = page->nblocks; i-- > 0;) {
        if (page->blocks[i].role != role) continue;
        all->blocks[i].keys |= 1u << key;
        first = i;
    }
    return first;
}

static const cd_meta *statement(const cd_page *page, cd_account_key key, cd_span text)
{
    static const cd_key keys[] = {
#define X(id, name) CD_KEY_##id,
        CD_ACCOUNT_KEYS(X)
#undef X
    };
    return cd_output_stated(page, text.ptr == page->fields.date_text.ptr ? CD_KEY_DATE_TEXT : keys[key], text);
}

/* Adds a value that was read from where `bytes` are, or else from the blocks with the role. */
static void add(const cd_page *page, cd_accounts *all, cd_account_key key, const char *label, cd_span text, cd_span bytes, cd_role role)
{
    if (!text.ptr || text.len == 0) return;
    size_t block = holder(page, bytes);
    if (block < page->nblocks) all->blocks[block].keys |= 1u << key;
    else block = give_by_role(page, all, key, role);
    all->values[all->nvalues++] = (cd_account_value){key, label, text, block, statement(page, key, text)};
}

/* The last change's bytes are not kept: it may stand in the line of the date. */
static void add_modified(const cd_page *page, cd_accounts *all)
{
    const cd_fields *f = &page->fields;
    cd_span          bytes = {NULL, 0};
    size_t           date = holder(page, f->date_text);
    if (date < page->nblocks && page->blocks[date].hints & CD_BIT(CD_ROLE_MODIFIED)) bytes = f->date_text;
    for (size_t i = 0; i < page->nblocks; i++)
        if (page->blocks[i].role == CD_ROLE_MODIFIED) bytes = (cd_span){NULL, 0};
    add(page, all, CD_ACCOUNT_MODIFIED, "modified", f->modified, bytes, CD_ROLE_MODIFIED);
}

static void add_list(const cd_page *page, cd_accounts *all, cd_account_key key, const char *label, cd_spans list, cd_role role)
{
    for (size_t i = 0; i < list.n; i++) add(page, all, key, label, list.at[i], list.at[i], role);
}

static void add_values(const cd_page *page, cd_accounts *all)
{
    const cd_fields *f = &page->fields;
    const cd_span    language = cd_span_of(page->language);
    const cd_span    free = f->free == CD_NOT_KNOWN ? (cd_span){NULL, 0} : cd_span_of(f->free ? "true" : "false");
    add(page, all, CD_ACCOUNT_URL, "url", page->url, page->url, CD_ROLE_COUNT);
    add(page, all, CD_ACCOUNT_HEADLINE, "headline", f->headline, f->headline, CD_ROLE_HEADLINE);
    add(page, all, CD_ACCOUNT_STANDFIRST, "standfirst", f->standfirst, f->standfirst, CD_ROLE_STANDFIRST);
    add(page, all, CD_ACCOUNT_DATE, "date", f->date, f->date_text, CD_ROLE_DATE);
    add(page, all, CD_ACCOUNT_DATE, "date_text", f->date_text, f->date_text, CD_ROLE_DATE);
    add_modified(page, all);
    add(page, all, CD_ACCOUNT_BYLINE, "byline", f->byline, f->byline, CD_ROLE_BYLINE);
    add_list(page, all, CD_ACCOUNT_AUTHORS, "author", f->authors, CD_ROLE_BYLINE);
    add(page, all, CD_ACCOUNT_DATELINE, "dateline", f->dateline, f->dateline, CD_ROLE_DATELINE);
    add(page, all, CD_ACCOUNT_SOURCE, "source", f->source, f->source, CD_ROLE_SOURCE);
    add(page, all, CD_ACCOUNT_SECTION, "section", f->section, f->section, CD_ROLE_SECTION);
    add(page, all, CD_ACCOUNT_FREE_TO_READ, "free_to_read", free, free, CD_ROLE_COUNT);
    add_list(page, all, CD_ACCOUNT_TAGS, "tag", f->tags, CD_ROLE_TAG);
    add(page, all, CD_ACCOUNT_LANGUAGE, "language", language, language, CD_ROLE_COUNT);
    add(page, all, CD_ACCOUNT_IMAGE, "image", f->image, f->image, CD_ROLE_COUNT);
    for (size_t i = 0; i < f->ncaptions; i++) {
        add(page, all, CD_ACCOUNT_CAPTIONS, "caption", f->captions[i].text, f->captions[i].text, CD_ROLE_CAPTION);
        add(page, all, CD_ACCOUNT_CAPTIONS, "credit", f->captions[i].credit, f->captions[i].credit, CD_ROLE_CREDIT);
    }
    add_list(page, all, CD_ACCOUNT_NOTES, "note", f->notes, CD_ROLE_NOTE);
}

static void give_body(const cd_page *page, cd_accounts *all)
{
    uint64_t headline = cd_word_hash(page->fields.headline); /* a block of its words is not printed again in the body */
    for (size_t i = page->body_from; page->fields.body.len && i < page->body_to; i++)
        if (page->blocks[i].role == CD_ROLE_BODY && (!headline || page->blocks[i].hash != headline)) all->blocks[i].keys |= 1u << CD_ACCOUNT_BODY;
}

cd_status cd_accounts_of(const cd_page *page, cd_accounts *all, cd_error *err)
{
    const cd_fields *f = &page->fields;
    const size_t     most = 14 + f->authors.n + f->tags.n + 2 * f->ncaptions + f->notes.n;
    *all = (cd_accounts){.blocks = cd_arena_array(page->arena, page->nblocks + 1, sizeof *all->blocks),
                         .values = cd_arena_array(page->arena, most, sizeof *all->values)};
    if (!all->blocks || !all->values) return cd_fail_memory(err);
    decide_all(page, all);
    add_values(page, all);
    give_body(page, all);
    return CD_OK;
}
