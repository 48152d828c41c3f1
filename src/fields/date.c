/* date.c -- chooses the story's date and its last change. In: a tagged page. Out: fields.date, date_text, modified.
 * All dates of the short lines around the story become candidates; each gets points for where it stands, for the label in
 * front of it (rules have marked those: "Published", "Aktualisiert"), and for how whole it is. The best published one wins;
 * a candidate of the same day that also tells the time is preferred. Dates in running text, captions, copyright lines and
 * other stories are no candidates (datesigns.c). Nothing is guessed: where day and month may be exchanged and no other date of the page
 * settles it, only the words are given. */
#include "fields/datesigns.h"
#include "fields/days.h"

#include "base/limits.h"

#include <stdlib.h>

/* Points of a date that a rule has fixed: more than any other can have. */
enum { FIXED = 1000 };

/* Candidates of one page: more dates than this near a story are a table or a list. */
enum { MOST = 48 };

/* Blocks at the very top in which a labelled date header may stand ("date 2025-04-11 WORLD"). */
enum { HEADER = 6 };

/* Words of a block of the story from which it is a paragraph with a date at its front ("27.1.2022 - The harbour ..."), no date's line. */
enum { PARAGRAPH = 24 };

/* Words of a line that "Jan 4" may begin, and "14.5. 18:42", which is less like the words of a story. */
enum { VAGUE_WORDS = 8, NUMBERS_WORDS = 12 };

/* Points below which a date is not taken for the story's. */
enum { ENOUGH = 40 };

/* Blocks and words of what only looks like the story's first; points for a place behind it. */
enum { FALSE_START = 40, FALSE_WORDS = 40, ABOVE_PROSE = 42 };

/* What a date below the heading of a list loses. */
enum { LISTED = 24 };

/* Days below a story that are other stories' if none of them is labelled. */
enum { OTHERS = 3 };

/* Words of a list's line that may tell the date; blocks above the headline in which it may stand. */
enum { LISTED_WORDS = 7, ABOVE = 12 };

/* The page's first line may be a scraper's header with a date in it: it counts where the page itself states none. */
enum { FIRST_LINE = 42 };

typedef struct candidate {
    cd_date date;
    size_t  block;
    int     points;
    bool    labelled, changed; /* behind a word such as "Published", such as "Updated" */
} candidate;

typedef struct candidates {
    candidate at[MOST];
    size_t    n;
} candidates;

/* Whether so little of the story stands above block i, which is none of it, that it is still the page's head: a line about the author or
 * a label was taken for the story's first. */
static bool is_above_prose(const cd_frame *f, size_t i)
{
    size_t words = 0;
    if (f->page->blocks[i].markup || f->page->blocks[i].role == CD_ROLE_BODY || i - f->from > FALSE_START) return false;
    for (size_t k = f->from; k < i; k++) words += f->page->blocks[k].role == CD_ROLE_BODY ? f->page->blocks[k].m.words : 0;
    return words < FALSE_WORDS;
}

/* Points for the place alone; 0: no place for a date. */
static int place_points(const cd_frame *f, size_t i)
{
    int above = (int)(f->head - i), below = (int)(i - f->to), behind = (int)(i - f->head);
    if (cd_frame_in_head(f, i)) {
        int far = f->has_head ? behind : (int)(f->from - i);
        return far < 40 ? 100 - far : 60;
    }
    if (i >= f->from && i < f->to) return i - f->from < 12 ? 78 - 3 * (int)(i - f->from) : is_above_prose(f, i) ? ABOVE_PROSE : 0;
    if (i == f->head) return f->has_head ? 60 : 100;
    if (i == 0 && i < f->head && !f->page->blocks[i].markup) return FIRST_LINE;
    if (i < f->head) return above <= 12 ? 76 - 4 * above : i < HEADER ? 1 : 0;
    return below < 16 ? 62 - 3 * below : 0;
}

/* Points for the kind of date. */
static const int by_kind[] = {[CD_DATE_FULL] = 0, [CD_DATE_UNSETTLED] = -6, [CD_DATE_NO_YEAR] = -22, [CD_DATE_TIME] = -70, [CD_DATE_RELATIVE] = -14};

static int form_points(const cd_block *b, const cd_date *d)
{
    int points = by_kind[d->kind] + (d->at.hour >= 0 ? 5 : 0) + (d->named ? 2 : 0);
    if (d->kind == CD_DATE_FULL && d->at.day < 0) points -= 50;
    if ((d->to - d->from) * 2 >= b->text.len) points += 8;
    if (b->m.words > 20) points -= 15;
    if (b->m.ending == CD_END_SENTENCE && b->m.words > 12) points -= 25;
    return points;
}

/* A label in front of the date. In HTML, lists of other things stand apart from what is above the story. */
static int label_points(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i];
    if (!b->markup) return 30;
    return i >= f->to ? 10 : b->kind == CD_KIND_ITEM ? 0 : 30;
}

/* Whether the heading of a list stands between the headline and block i. */
static bool is_below_list(const cd_frame *f, size_t i)
{
    for (size_t k = f->head + 1; k < i && k < f->from; k++)
        if (f->page->blocks[k].hints & CD_LISTS) return true;
    return false;
}

/* "2024-04-18T13:00:39+00:00March 22nd, 2024": themes print the last change for machines, out of sight, right in front of the date. */
static bool is_stamp_of(const candidate *stamp, const candidate *c)
{
    const cd_date *d = &stamp->date;
    return stamp->block == c->block && !stamp->labelled && d->at.second >= 0 && d->at.has_offset && !d->named && c->date.named && c->date.at.day > 0 &&
           c->date.kind == CD_DATE_FULL && c->date.from <= d->to + 1 && !cd_instant_same_day(&d->at, &c->date.at);
}

static bool is_numbers(const cd_date *d) { return d->kind == CD_DATE_NO_YEAR && !d->named; }

static void collect_block(const cd_frame *f, size_t i, int place, candidates *list)
{
    cd_block    *b = &f->page->blocks[i];
    cd_date_scan scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
    cd_date      d;
    b->undated = list->n < MOST;
    while (list->n < MOST && cd_date_next(&scan, &d)) {
        b->undated = false;
        cd_role label = cd_date_label_behind(b, &d);
        if (!label) label = cd_date_label(b, d.from);
        if (!label) label = cd_date_label_above(f->page, i);
        if (cd_date_is_foreign(f, b, d.from) || (d.kind == CD_DATE_TIME && !label)) continue;
        if (b->role == CD_ROLE_BODY && !cd_date_is_alone(b, &d) && !label && !(b->hints & CD_BIT(CD_ROLE_BYLINE)) &&
            !(d.kind == CD_DATE_FULL && cd_date_on_top_line(f, b, i, &d) && (!b->markup || d.from <= b->core || d.at.hour >= 0 || cd_date_in_element(f, i))) && !cd_date_opens_story(f, b, i, &d))
            continue;
        if (!label && cd_date_is_vague(&d) && !cd_date_is_alone(b, &d) && (b->m.words > (is_numbers(&d) ? NUMBERS_WORDS : VAGUE_WORDS) || d.from > b->core)) continue;
        if (place == 1 && label != CD_ROLE_DATE) continue;
        int points = place + form_points(b, &d) + (label == CD_ROLE_DATE ? label_points(f, i) : 0);
        if (b->markup && cd_date_in_element(f, i)) points += 16;
        if (!b->markup && !label && !cd_date_is_alone(b, &d) && is_below_list(f, i)) points -= LISTED;
        bool near = cd_frame_in_head(f, i) || (f->has_head && i <= f->head && i + CD_DATE_NEAR >= f->head);
        if (b->markup && !near && cd_block_is_foreign(f->page, i)) points -= 40;
        if (cd_date_opens_story(f, b, i, &d) && points < ENOUGH) points = ENOUGH;
        list->at[list->n++] = (candidate){d, i, points, label != CD_ROLE_NONE, label == CD_ROLE_MODIFIED};
        if (list->n > 1 && is_stamp_of(&list->at[list->n - 2], &list->at[list->n - 1])) list->at[list->n - 2].changed = true;
    }
}

/* What a rule says is the date, or the date of the last change. */
static void collect_fixed(const cd_frame *f, cd_role field, candidates *list)
{
    size_t        block;
    const cd_hit *hit = cd_fixed_hit(f->page, field, &block);
    if (!hit) return;
    cd_date_scan scan = {.text = hit->value, .tables = &f->tables, .language = f->page->language};
    cd_date      d;
    size_t       skipped = (size_t)(hit->value.ptr - f->page->blocks[block].text.ptr);
    if (!cd_date_next(&scan, &d)) return;
    d.from += skipped;
    d.to += skipped;
    list->at[list->n++] = (candidate){d, block, FIXED, true, field == CD_ROLE_MODIFIED};
}

/* "18:42 น." ends in no sentence: scripts without spaces use the full stop to shorten words. */
static bool ends_in_short_word(cd_span text)
{
    size_t len;
    return text.len && text.ptr[text.len - 1] == '.' && cd_is_solo(cd_utf8_last(cd_span_sub(text, 0, text.len - 1), &len));
}

static void collect(const cd_frame *f, candidates *list)
{
    collect_fixed(f, CD_ROLE_DATE, list);
    collect_fixed(f, CD_ROLE_MODIFIED, list);
    size_t last = f->foot;
    for (size_t i = 0; i < HEADER && i < f->top; i++)
        if (cd_block_is_open(&f->page->blocks[i])) collect_block(f, i, 1, list);
    for (size_t i = f->top; i < last && list->n < MOST; i++) {
        const cd_block *b = &f->page->blocks[i];
        int             place = place_points(f, i);
        bool            short_body = b->role == CD_ROLE_BODY && b->m.words <= 30 && (b->m.words <= 10 || b->m.ending != CD_END_SENTENCE || ends_in_short_word(b->text));
        bool            first = cd_date_is_front(f, i) || cd_date_opens_with_label(f, b, i);
        if (place > 0 && b->text.len <= CD_LIMIT_FIELD_BYTES && (cd_date_may_stand(f, i) || short_body || first)) collect_block(f, i, place, list);
    }
}

/* Right below the headline, wherever that stands. */
static bool is_below_head(const cd_frame *f, size_t i) { return i > f->page->head && i <= f->page->head + CD_DATE_NEAR; }

/* Whether a line without a label may hold the date of a page that has none near its story: by its class, right below the headline, and in
 * plain text above the story. */
static bool is_far_place(const cd_frame *f, size_t i)
{
    return cd_date_in_element(f, i) || is_below_head(f, i) || (!f->page->blocks[i].markup && i < f->from);
}

/* The date of a line far from the story, if it says so or is nothing else. In plain text, what belongs to other stories is known by its
 * role, and the day on which the page was read by its weekday. */
static bool take_far(const cd_frame *f, size_t i, bool labelled, bool pair, cd_date *d)
{
    const cd_block *b = &f->page->blocks[i];
    cd_date_scan    scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
    if (!b->markup && !cd_date_may_stand(f, i)) return false;
    if (!cd_date_next(&scan, d) || d->kind != CD_DATE_FULL || d->at.day < 0 || cd_date_is_foreign(f, b, d->from)) return false;
    if (cd_date_label(b, d->from) == CD_ROLE_MODIFIED || cd_date_label_above(f->page, i) == CD_ROLE_MODIFIED) return false;
    if (b->markup || pair) return true;
    if (!labelled && !is_below_head(f, i) && cd_date_names_weekday(f, b, d)) return false;
    return cd_date_is_alone(b, d) || cd_date_label(b, d->from);
}

/* Anywhere on the page: lines whose label, class or place says that they hold a date, if all of them hold the same day. */
static void collect_far(const cd_frame *f, bool only_labelled, candidates *list)
{
    for (size_t i = 0; i < f->page->nblocks; i++) {
        const cd_block *b = &f->page->blocks[i];
        cd_date         d;
        if (b->m.words > 24 || cd_block_is_foreign(f->page, i)) continue;
        bool pair = cd_date_is_pair(f, b), labelled = pair || cd_date_label_above(f->page, i) == CD_ROLE_DATE || cd_hit_of(b, CD_ROLE_DATE);
        if (!(labelled || (!only_labelled && is_far_place(f, i))) || !take_far(f, i, labelled, pair, &d)) continue;
        if (list->n && !cd_instant_same_day(&list->at[0].date.at, &d.at)) {
            list->n = 0;
            return;
        }
        if (list->n == 0) list->at[list->n++] = (candidate){d, i, ENOUGH, labelled, false};
    }
}

/* Whether block i stands where a page without another date may have it though a list seems to have begun above: right below another printing
 * of the headline; above it; or between it and the story, if it tells the time of day, too. */
static bool is_listed_place(const cd_frame *f, size_t i, const cd_date *d)
{
    const cd_block *all = f->page->blocks, *b = &all[i];
    for (size_t k = i > CD_DATE_NEAR ? i - CD_DATE_NEAR : 0; k < i; k++)
        if (k != f->head && all[k].hash == all[f->head].hash) return true;
    if (i < f->head) return i + ABOVE >= f->head && !cd_date_names_weekday(f, b, d);
    return cd_frame_in_head(f, i) && d->at.hour >= 0;
}

/* Short lines of a list with a date that stand where the story's would, if all hold the same day. */
static void collect_listed(const cd_frame *f, candidates *list)
{
    for (size_t i = 0; f->has_head && i < f->from; i++) {
        const cd_block *b = &f->page->blocks[i];
        cd_date_scan    scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
        cd_date         d;
        if (b->markup || b->drop || !(CD_BIT(b->role) & CD_LISTS) || b->m.words > LISTED_WORDS) continue;
        if (!cd_date_next(&scan, &d) || d.kind != CD_DATE_FULL || d.at.day < 0 || cd_date_is_foreign(f, b, d.from) || !is_listed_place(f, i, &d)) continue;
        if (list->n && !cd_instant_same_day(&list->at[0].date.at, &d.at)) {
            list->n = 0;
            return;
        }
        if (list->n == 0) list->at[list->n++] = (candidate){d, i, ENOUGH, false, false};
    }
}

/* Gives dates such as 03/04/2025 the order that the page settles. */
static void settle(const cd_frame *f, candidates *list)
{
    cd_days known;
    cd_days_begin(&known);
    for (size_t i = 0; i < list->n; i++)
        if (list->at[i].date.kind == CD_DATE_FULL && known.n < CD_DAYS) known.at[known.n++] = list->at[i].date.at;
    for (size_t i = 0; i < list->n; i++) {
        candidate *c = &list->at[i];
        bool       open = c->date.kind == CD_DATE_UNSETTLED;
        cd_day_settle(f, &known, &c->date);
        if (open && c->date.kind == CD_DATE_FULL) c->points += by_kind[CD_DATE_FULL] - by_kind[CD_DATE_UNSETTLED];
    }
}

static bool is_bare_below(const cd_frame *f, const candidate *c)
{
    return c->block >= f->to && !c->labelled && c->date.kind == CD_DATE_FULL && !f->page->blocks[c->block].markup;
}

/* Three days or more below the story, none of them labelled, are those of other stories. */
static void weaken_list_below(const cd_frame *f, candidates *list)
{
    size_t days = 0;
    for (size_t i = 0; i < list->n; i++) {
        if (!is_bare_below(f, &list->at[i])) continue;
        bool again = false;
        for (size_t k = 0; k < i && !again; k++) again = is_bare_below(f, &list->at[k]) && cd_instant_same_day(&list->at[k].date.at, &list->at[i].date.at);
        days += !again;
    }
    for (size_t i = 0; i < list->n && days >= OTHERS; i++)
        if (is_bare_below(f, &list->at[i])) list->at[i].points -= LISTED;
}

static const candidate *best(const candidates *list, bool changed)
{
    const candidate *found = NULL;
    for (size_t i = 0; i < list->n; i++) {
        const candidate *c = &list->at[i];
        if (c->changed == changed && c->points >= ENOUGH && (!found || c->points > found->points)) found = c;
    }
    return found;
}

/* The same day with its time of day, or with a month in words, may stand in a weaker place. */
static const candidate *fuller(const candidates *list, const candidate *chosen)
{
    if (chosen->date.kind != CD_DATE_FULL || chosen->date.at.hour >= 0 || chosen->points == FIXED) return chosen;
    for (size_t i = 0; i < list->n; i++) {
        const candidate *c = &list->at[i];
        if (!c->changed && c->date.kind == CD_DATE_FULL && c->date.at.hour >= 0 && cd_instant_same_day(&c->date.at, &chosen->date.at)) return c;
    }
    return chosen;
}

static cd_status write_instant(const cd_frame *f, const cd_instant *at, cd_span *out, cd_error *err)
{
    char   text[CD_INSTANT_BYTES];
    size_t len = cd_instant_write(at, text);
    *out = cd_arena_copy(f->page->arena, (cd_span){text, len});
    return out->ptr ? CD_OK : cd_fail_memory(err);
}

/* The instant of a date, if it can be said. */
static bool resolve(const cd_frame *f, const cd_date *d, cd_instant *at)
{
    cd_instant now;
    *at = d->at;
    if (d->kind == CD_DATE_FULL) {
        cd_manner_give_offset(&f->page->manner, at);
        return true;
    }
    if (d->kind != CD_DATE_RELATIVE || !f->page->now.len || !cd_instant_read(f->page->now, &now)) return false;
    if (!cd_instant_before(&now, d->count, d->unit, at)) return false;
    if (d->unit == 'd' && d->at.hour >= 0) { /* yesterday 14:30 */
        at->hour = d->at.hour;
        at->minute = d->at.minute;
        at->offset = d->at.offset;
        at->has_offset = d->at.has_offset;
    }
    return true;
}

static void mark(const cd_frame *f, const candidate *c, cd_role role)
{
    cd_block *b = &f->page->blocks[c->block];
    bool opens = b->role == CD_ROLE_BODY && b->m.words > PARAGRAPH;
    if (c->block != f->page->head && !opens) cd_give_role(b, role, role == CD_ROLE_DATE ? "the story's date" : "when the story was changed");
}

/* What a note says of the first publication. */
static void collect_note(const cd_frame *f, candidates *list)
{
    cd_date d;
    for (size_t i = 0; i < f->page->nblocks && list->n == 0; i++)
        if (cd_date_is_noted(f, &f->page->blocks[i], &d)) list->at[list->n++] = (candidate){d, i, ENOUGH, true, false};
}

/* "* 2022-04-12 Link to the harbour's plan": a list's entry begins with it. */
static bool is_entry(const cd_frame *f, const candidate *c)
{
    const cd_block *b = &f->page->blocks[c->block];
    return b->kind == CD_KIND_ITEM && !c->labelled && !cd_date_is_alone(b, &c->date);
}

/* The date in the text, if there is one; *labelled: a word such as "Published" stands in front of it. */
static cd_status take_from_text(const cd_frame *f, bool *labelled, cd_error *err)
{
    candidates list = {.n = 0};
    cd_fields *out = &f->page->fields;
    cd_instant at;
    collect(f, &list);
    settle(f, &list);
    weaken_list_below(f, &list);
    const candidate *changed = best(&list, true), *date = best(&list, false);
    candidates       far = {.n = 0};
    bool             none = !date || (cd_date_is_vague(&date->date) && !date->labelled);
    if (!date || !date->labelled) collect_note(f, &far);
    if (!far.n && (none || is_entry(f, date))) collect_far(f, !none, &far);
    if (!far.n && !date && !changed) collect_listed(f, &far);
    if (far.n) date = &far.at[0];
    if (changed && resolve(f, &changed->date, &at)) {
        CD_TRY(write_instant(f, &at, &out->modified, err));
        mark(f, changed, CD_ROLE_MODIFIED);
    }
    if (!date) return CD_OK;
    if (!far.n) date = fuller(&list, date);
    *labelled = date->labelled;
    out->date_text = cd_span_sub(f->page->blocks[date->block].text, date->date.from, date->date.to);
    mark(f, date, CD_ROLE_DATE);
    if (resolve(f, &date->date, &at)) return write_instant(f, &at, &out->date, err);
    return CD_OK;
}

cd_status cd_field_date(const cd_frame *f, cd_error *err)
{
    bool labelled = false;
    CD_TRY(take_from_text(f, &labelled, err));
    bool stated = f->page->metas.n && !(f->page->fixed & CD_BIT(CD_ROLE_DATE));
    return stated ? cd_field_date_stated(f, labelled, err) : CD_OK;
}
