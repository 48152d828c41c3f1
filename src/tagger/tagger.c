/* tagger.c -- a marked page -> one role for each block. In: blocks with hits. Out: roles, page->head, body_from, body_to. First
 * position.c says by rules and position what each block is, then the model says where that is wrong about the story. What a
 * rule dropped stays out and what a rule keeps stays in: the model weighs only what rules leave open. */
#include "tagger/markup.h"
#include "tagger/model.h"
#include "tagger/statements.h"

/* Titles in a list of other stories: words of one, and how many are looked at. */
enum { TITLE_LEAST = 4, TITLE_MOST = 16, TITLES = 6 };

static bool is_settled(const cd_block *b)
{
    return b->drop || b->role == CD_ROLE_HEADLINE || b->role == CD_ROLE_REPEAT || b->m.words == 0;
}

/* The story's first prose, as the model has it; the number of blocks where there is none. */
static size_t first_prose(const cd_page *page, const uint8_t *path)
{
    size_t i = 0;
    while (i < page->nblocks && !(path[i] && page->blocks[i].m.prose)) i++;
    return i;
}

/* Whether neither the block in front nor that behind is the story's; what rules drop may stand between. */
static bool is_alone(const cd_page *page, const uint8_t *path, size_t i)
{
    size_t above = i, below = i + 1;
    while (above > 0 && page->blocks[above - 1].drop) above--;
    while (below < page->nblocks && page->blocks[below].drop) below++;
    return !(above > 0 && path[above - 1]) && !(below < page->nblocks && path[below]);
}

/* Not taken into the story are labels above the headline (of plain text those above the story's first prose, too: `begin`), a lone block
 * in a list below the story (of an HTML page the model knows the list's elements), what is a field's value for itself, and the heading
 * of a region such as "Related". */
static bool is_kept_out(const cd_page *page, const uint8_t *path, size_t begin, size_t i)
{
    const cd_block *b = &page->blocks[i];
    bool            above = page->head < page->nblocks && i < page->head && !b->m.prose && (b->markup || i < begin);
    bool            below = !b->markup && i >= page->body_to && CD_BIT(b->role) & CD_LISTS && is_alone(page, path, i);
    return above || below || cd_block_has_field(b) || (b->m.units < CD_HEADING_MAX && cd_block_action(b, CD_ACTION_OPEN) != CD_ROLE_NONE);
}

/* What has a credit is a caption before it is furniture. */
static void give_role(const cd_page *page, const uint8_t *path, size_t begin, size_t i)
{
    cd_block *b = &page->blocks[i];
    bool      story = path[i], inside = i >= page->body_from && i < page->body_to;
    if (is_settled(b) || story == (b->role == CD_ROLE_BODY) || (story ? is_kept_out(page, path, begin, i) : b->keep != NULL)) return;
    cd_role hinted = b->hints & (CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_CAPTION)) ? CD_ROLE_NONE : cd_block_hinted(b, inside);
    b->role = story ? CD_ROLE_BODY : hinted != CD_ROLE_NONE ? hinted : CD_ROLE_OTHER;
    b->reason = story ? "the model takes it for the story" : "the model takes it for no part of the story";
}

/* The family of the list of other stories that the block is the heading of: "Related", "Read more:"; else none. */
static cd_role opened_list(const cd_block *b)
{
    const uint64_t lists = CD_BIT(CD_ROLE_RELATED) | CD_BIT(CD_ROLE_POPULAR);
    if (b->role == CD_ROLE_BODY || b->kind == CD_KIND_ITEM || b->m.units >= CD_HEADING_MAX) return CD_ROLE_NONE;
    cd_role role = cd_block_action(b, CD_ACTION_OPEN);
    if (role == CD_ROLE_NONE && b->drop && b->text.ptr[b->text.len - 1] == ':') role = b->drop->family;
    return CD_BIT(role) & lists ? role : CD_ROLE_NONE;
}

static bool is_body(const cd_page *page, size_t i) { return i < page->nblocks && page->blocks[i].role == CD_ROLE_BODY; }

/* Of a paragraph that is printed twice the second is the story's where the first is not. Of plain text: prose right above or below the
 * story, or what the model would have. */
static void give_repeats(cd_page *page, const uint8_t *path)
{
    for (size_t i = 0; i < page->nblocks; i++) {
        cd_block *b = &page->blocks[i], *first = &page->blocks[b->first];
        if (b->role != CD_ROLE_REPEAT || first->role == CD_ROLE_BODY) continue;
        if (!b->markup && !path[i] && !(b->m.prose && (is_body(page, i + 1) || (i > 0 && is_body(page, i - 1))))) continue;
        b->role = CD_ROLE_BODY;
        b->reason = "the words of a line that is no part of the story";
        first->role = CD_ROLE_REPEAT;
        first->reason = "the same words as a later paragraph";
    }
}

/* A line that may be a title in a list of other stories. */
static bool is_title(const cd_block *b)
{
    bool asks = b->text.len && b->text.ptr[b->text.len - 1] == '?';
    return !b->keep && !b->m.prose && b->m.words >= TITLE_LEAST && b->m.words <= TITLE_MOST && (b->m.ending == CD_END_NONE || asks);
}

/* A line that is no prose, right below the heading of a list. */
static bool is_line_of_list(const cd_block *b) { return !b->keep && !b->m.prose && b->m.ending != CD_END_SENTENCE; }

/* Whether a line of the story is like a title and stands not below the heading of a list: a sub-heading. */
static bool has_subheadings(const cd_page *page)
{
    bool listed = false;
    for (size_t i = page->body_from; i < page->body_to; i++) {
        const cd_block *b = &page->blocks[i];
        if (opened_list(b) != CD_ROLE_NONE) listed = true;
        else if (b->drop || b->m.words == 0) continue;
        else if (!is_title(b)) listed = false;
        else if (b->role == CD_ROLE_BODY && !listed) return true;
    }
    return false;
}

/* In plain text titles right below the heading of a list inside the story are the list's: the first in any case, and those that no blank
 * line parts from the heading; the others where the story has no sub-headings that they might be. */
static void give_titles(cd_page *page)
{
    bool subheadings = has_subheadings(page);
    for (size_t i = page->body_from; i < page->body_to; i++) {
        cd_role role = opened_list(&page->blocks[i]);
        bool    tight = page->blocks[i].blank > 0;
        if (role == CD_ROLE_NONE) continue;
        for (size_t k = i + 1, n = 0; k < page->body_to && n < TITLES; k++, n++) {
            cd_block *b = &page->blocks[k];
            tight = tight && b->blank == 0;
            if (b->drop) continue;
            if (tight ? !is_line_of_list(b) : !is_title(b) || (n > 0 && subheadings)) break;
            if (b->role == CD_ROLE_BODY) b->role = role, b->reason = "a title under the heading of a list";
        }
    }
}

static void bound_body(cd_page *page)
{
    page->body_from = page->body_to = 0;
    for (size_t i = 0; i < page->nblocks; i++) {
        if (page->blocks[i].role != CD_ROLE_BODY) continue;
        if (page->body_to == 0) page->body_from = i;
        page->body_to = i + 1;
    }
}

/* The columns of all blocks; *sights are those of an HTML page, else NULL. */
static cd_status look_at_blocks(const cd_story *s, cd_columns_of **columns, cd_sights **sights, cd_error *err)
{
    cd_page *page = s->page;
    cd_look *look;
    *sights = NULL;
    *columns = cd_arena_raw(page->arena, page->nblocks, sizeof **columns);
    if (!*columns) return cd_fail_memory(err);
    CD_TRY(cd_look_new(s, &look, err));
    if (page->format == CD_FORMAT_HTML) CD_TRY(cd_sights_new(s, sights, err));
    for (size_t i = 0; i < page->nblocks; i++) {
        cd_look_at(look, i, &(*columns)[i]);
        if (*sights) cd_sights_look(*sights, i, &(*columns)[i]);
    }
    page->columns = *columns;
    return CD_OK;
}

cd_status cd_tagger_run(cd_page *page, const cd_model *model, cd_error *err)
{
    cd_story       s = {.page = page, .model = model};
    cd_columns_of *columns;
    cd_sights     *sights;
    cd_verdict     verdict;
    cd_statements *statements = NULL;
    bool           html = page->format == CD_FORMAT_HTML;
    if (html) CD_TRY(cd_statements_new(page, &statements, err));
    s.statements = statements;
    CD_TRY(cd_story_place(&s, err));
    if (page->body_from == page->body_to && !(html && model && s.article)) return CD_OK;
    CD_TRY(look_at_blocks(&s, &columns, &sights, err));
    if (model) {
        CD_TRY(sights ? cd_model_judge(model, sights, columns, &verdict, err)
                      : cd_model_weigh(model, CD_TASK_STORY, columns, page->nblocks, page->arena, &verdict, err));
        const size_t begin = first_prose(page, verdict.path);
        for (size_t i = 0; i < page->nblocks; i++) give_role(page, verdict.path, begin, i);
        give_repeats(page, verdict.path);
        bound_body(page);
        if (!html) give_titles(page);
        bound_body(page);
    }
    if (page->body_from == page->body_to || cd_story_is_listing(&s)) cd_story_clear(&s);
    else if (model) cd_model_confidence(model, page, &verdict);
    return CD_OK;
}
