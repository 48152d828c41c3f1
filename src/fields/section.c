/* section.c -- the section's label at the story. In: a tagged page. Out: fields.section. Rules find labelled forms and
 * breadcrumbs ("Home > Tech"); else the last step of a list of steps, or a short label, directly above the headline is it.
 * A line of a menu is not: menus are long runs of short lines. */
#include "fields/names.h"
#include "fields/stated.h"

enum { LABEL_WORDS = 5, LABEL_BYTES = 48, MENU = 4, STEPS_UP = 4, FAR_TWIN = 16 };

/* A path whose steps have numbers: how far above the headline it may end, how many steps it has. */
enum { PATH_UP = 12, PATH_STEPS = 6, PATH_PROSE = 25 };

/* A rule of the family `nav` that only hints knows the words as a section's, or the page's menu does. */
static bool is_known(const cd_page *page, const cd_block *b)
{
    const cd_block *first = &page->blocks[b->first];
    if (first != b && first->kind == CD_KIND_ITEM && b->kind == CD_KIND_PARA && b->blank > 0 && !b->drop) return true;
    for (const cd_hit *h = b->hits; h; h = h->next)
        if (h->field == CD_ROLE_NAV && h->rule->action == CD_ACTION_HINT && b->m.words <= 3) return true;
    return false;
}

/* The number in front of an item, 0 where it has none. */
static int number_of(const cd_block *b)
{
    if (b->kind != CD_KIND_ITEM || b->core > 0 || b->text.len < 3 || b->text.ptr[0] < '1' || b->text.ptr[0] > '9' || b->text.ptr[1] != '.') return 0;
    return b->text.ptr[0] - '0';
}

/* "2. World" behind "1. Home". */
static bool is_numbered(const cd_page *page, size_t i)
{
    int n = number_of(&page->blocks[i]);
    return n > 1 && i > 0 && number_of(&page->blocks[i - 1]) == n - 1;
}

static cd_span without_number(const cd_block *b) { return number_of(b) ? cd_trim_signs(cd_span_sub(b->text, 2, b->text.len)) : cd_block_text(b); }

/* What may stand between label and headline. */
static bool is_furniture(const cd_frame *f, size_t i)
{
    const cd_page  *page = f->page;
    const cd_block *b = &page->blocks[i];
    const uint64_t  between = CD_BIT(CD_ROLE_DATE) | CD_BIT(CD_ROLE_MODIFIED) | CD_BIT(CD_ROLE_ADVERT) | CD_BIT(CD_ROLE_PLAYER) |
                             CD_BIT(CD_ROLE_SHARE) | CD_BIT(CD_ROLE_CAPTION) | CD_BIT(CD_ROLE_CREDIT) | CD_BIT(CD_ROLE_MEMBERSHIP);
    if (cd_block_is_empty(b) || CD_BIT(b->role) & between || b->hints & between) return true;
    cd_span text = is_numbered(page, i) ? without_number(b) : cd_block_text(b);
    return f->has_head && cd_starts_with_words(page->fields.headline, text) && cd_word_count(text) > 3;
}

static bool is_short(const cd_block *b)
{
    return b->m.words <= LABEL_WORDS && b->text.len - b->core <= LABEL_BYTES && b->m.ending == CD_END_NONE;
}

/* A sign on a line of its own in front makes a line the step of a path. */
static bool follows_step(const cd_page *page, size_t i)
{
    const cd_block *before = i > 0 ? &page->blocks[i - 1] : NULL;
    return before && before->m.words == 0 && before->text.len - before->core <= 3;
}

/* Whether the block is a line of a menu: many short lines in a row of its kind, none further from the next than it is from its own. */
static bool in_menu(const cd_frame *f, size_t i)
{
    const cd_page  *page = f->page;
    const cd_block *b = &page->blocks[i];
    size_t          n = 0;
    if (is_numbered(page, i) || follows_step(page, i)) return false;
    for (size_t k = i + 1; k-- > 0 && n <= MENU; n++) {
        const cd_block *o = &page->blocks[k];
        if (o->drop && o->drop->family != CD_ROLE_NAV) break;
        if (!is_short(o) || o->kind != b->kind || o->indent != b->indent) break;
        if (o->kind == CD_KIND_PARA && k < i && page->blocks[k + 1].blank > b->blank) break;
    }
    return n > MENU;
}

/* The last step of "Home > News > Tech" that is not the headline; the line as it is where it has no steps. */
static cd_span last_step(const cd_frame *f, cd_span line)
{
    static const char *const signs[] = {">", "/", "\xC2\xBB", "\xE2\x80\xBA", "\xE2\x9D\xAF", "|", "\xE2\x86\x92", "\xE2\x80\xA2", "\xC2\xB7"};
    for (;;) {
        size_t cut = 0, len = 0;
        for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
            for (size_t at = 0, n = strlen(signs[i]); at + n <= line.len; at++)
                if (at >= cut && memcmp(line.ptr + at, signs[i], n) == 0) cut = at, len = n;
        cd_span step = cd_trim_signs(len ? cd_span_sub(line, cut + len, line.len) : line);
        bool    repeats = step.len == 0 || (cd_word_count(step) > 2 && cd_starts_with_words(f->page->fields.headline, step)) ||
                       cd_same_words(step, f->page->fields.headline);
        if (!repeats) return step;
        if (!len) return (cd_span){NULL, 0};
        line = cd_span_sub(line, 0, cut);
    }
}

/* `known`: a rule knows the words as a section's. */
static bool is_label(const cd_frame *f, cd_span text, bool known)
{
    cd_span  rest = text, word;
    size_t   words = 0, not = 0;
    unsigned last = 0;
    cd_names names;
    cd_rune  first = cd_utf8_take(&(cd_span){text.ptr, text.len});
    while (cd_word_take(&rest, &word)) {
        words++;
        last = cd_name_word(&f->tables, word);
        not += (last & CD_NAME_NOT) != 0;
        if (word.ptr[0] >= '0' && word.ptr[0] <= '9' && words == 1 && word.len > 1) return false;
    }
    cd_date_scan dates = {.text = text, .tables = &f->tables, .language = f->page->language};
    cd_date      date;
    if (cd_date_next(&dates, &date)) return false;
    cd_names_read(&f->tables, text, &names);
    if (!known && ((not && not == words) || (last & CD_NAME_OUTLET && !(last & CD_NAME_ROLE) && words > 1))) return false; /* "Premium", "Daily Mirror" */
    if (names.by || (names.n && names.words > 1 && (names.given == names.n || names.roles))) return false;
    return words > 0 && words <= LABEL_WORDS && text.len <= LABEL_BYTES && text.len > 2 && !cd_is_digit(first);
}

static cd_status found(const cd_frame *f, cd_block *b, cd_span text)
{
    f->page->fields.section = text;
    if (b->role != CD_ROLE_DATE && b->role != CD_ROLE_BYLINE && b->role != CD_ROLE_HEADLINE) cd_give_role(b, CD_ROLE_SECTION, "the section's label");
    return CD_OK;
}

/* A rule's find, nearest to the headline; a header at the very top counts too. */
static cd_block *rule_find(const cd_frame *f, cd_span *text)
{
    for (size_t n = 0; n < 6; n++) {
        size_t near[] = {f->head >= n ? f->head - n : 0, f->head + n, n};
        for (size_t k = 0; k < sizeof near / sizeof *near; k++) {
            if (near[k] >= f->page->nblocks || (k == 1 && near[k] >= f->from)) continue;
            cd_block     *b = &f->page->blocks[near[k]];
            const cd_hit *h = cd_hit_of(b, CD_ROLE_SECTION);
            if (!h || h->rule->action != CD_ACTION_TAKE || (near[k] == f->page->head && cd_span_starts(f->page->fields.headline, h->value))) continue;
            *text = last_step(f, h->value);
            if (text->len && is_label(f, *text, true)) return b;
        }
    }
    return NULL;
}

/* "1. Home" "2. Science" "3. The headline": the last step but the headline, if the path begins with 1 and is no list of stories. */
static cd_block *numbered_path(const cd_frame *f, size_t head, cd_span *text)
{
    for (size_t i = head; i-- > 0 && i + PATH_UP >= head && f->page->blocks[i].m.words <= PATH_PROSE;) {
        if (!is_numbered(f->page, i)) continue;
        if (is_furniture(f, i) && number_of(&f->page->blocks[i]) > 2) i--;
        int steps = number_of(&f->page->blocks[i]);
        for (int k = 0; k < steps; k++)
            if (!is_short(&f->page->blocks[i - (size_t)k])) return NULL;
        *text = without_number(&f->page->blocks[i]);
        return steps <= PATH_STEPS && is_label(f, *text, true) ? &f->page->blocks[i] : NULL;
    }
    return NULL;
}

cd_status cd_field_section(const cd_frame *f, cd_error *err)
{
    (void)err;
    cd_span   text;
    cd_block *b = rule_find(f, &text);
    if (b) return found(f, b, text);
    const uint64_t others = CD_BIT(CD_ROLE_COOKIE) | CD_BIT(CD_ROLE_NEWSLETTER) | CD_BIT(CD_ROLE_PROMO) | CD_BIT(CD_ROLE_RELATED) |
                            CD_BIT(CD_ROLE_POPULAR) | CD_BIT(CD_ROLE_COMMENTS) | CD_BIT(CD_ROLE_TECHNICAL) | CD_BIT(CD_ROLE_LEGAL) | CD_BIT(CD_ROLE_BYLINE) |
                            CD_BIT(CD_ROLE_SOURCE);
    if (!f->has_head) return CD_OK;
    size_t head = f->page->blocks[f->head].first; /* the headline may be printed twice, with byline and date in between */
    if (head > f->head || head + FAR_TWIN < f->head) head = f->head;
    b = numbered_path(f, head, &text);
    if (b) return found(f, b, text);
    for (size_t i = head; i-- > 0 && i + STEPS_UP >= head;) {
        if (is_furniture(f, i)) continue;
        b = &f->page->blocks[i];
        if (b->markup && (cd_block_is_foreign(f->page, i) || cd_is_site_name(f->page, cd_block_text(b)))) return CD_OK;
        if (!is_short(b) || b->hints & others || (b->drop && b->drop->family != CD_ROLE_NAV) || in_menu(f, i) || b->role == CD_ROLE_BYLINE) return CD_OK;
        bool known = is_known(f->page, b) || is_numbered(f->page, i) || follows_step(f->page, i);
        if (b->drop && !known) return CD_OK; /* "Menu", "Skip to content" */
        text = last_step(f, is_numbered(f->page, i) ? without_number(b) : cd_block_text(b));
        if (!text.len || !is_label(f, text, known)) return CD_OK;
        return found(f, b, text);
    }
    return CD_OK;
}
