/* datesigns.c -- what the words and the place around a date say of it. In: a block of a tagged page, and a date in it. Out: answers to single
 * questions: is it labelled, is it another story's, does it stand where stories are dated? date.c weighs them. */
#include "fields/datesigns.h"

#include "base/limits.h"

/* Lines at the top of the story that may be a labelled date, and the words of one. */
enum { OPENING = 3, LABELLED_LINE = 40, SHORT_LINE = 8, FRONT = 20 };

/* The label that speaks for a date at `from`: the last one in front of it. */
cd_role cd_date_label(const cd_block *b, size_t from)
{
    cd_role role = CD_ROLE_NONE;
    size_t  at = 0;
    for (const cd_hit *h = b->hits; h; h = h->next)
        if ((h->field == CD_ROLE_DATE || h->field == CD_ROLE_MODIFIED) && h->from <= from && h->from >= at && h->to <= from + 1) {
            role = h->field;
            at = h->from;
        }
    return role;
}

/* "2025年6月3日 19:15 更新": in scripts other than Latin the label may stand behind its date, where nothing follows it. */
cd_role cd_date_label_behind(const cd_block *b, const cd_date *d)
{
    for (const cd_hit *h = b->hits; h; h = h->next) {
        if ((h->field != CD_ROLE_DATE && h->field != CD_ROLE_MODIFIED) || h->from < d->to || h->from > d->to + 1 || (unsigned char)b->text.ptr[h->from] < 0x80) continue;
        if (cd_word_count(cd_span_sub(b->text, h->to, b->text.len)) == 0) return h->field;
    }
    return CD_ROLE_NONE;
}

/* A label on a line of its own speaks for the next line ("Published" / "Dec 19, 2025"); that of a change only if nothing else stands
 * there ("Reviewed by Ann Lee", "Harbour update"). */
cd_role cd_date_label_above(const cd_page *page, size_t i)
{
    const cd_block *above = i > 0 ? &page->blocks[i - 1] : NULL;
    if (!above || above->m.words > 4) return CD_ROLE_NONE;
    const cd_hit *changed = cd_hit_of(above, CD_ROLE_MODIFIED);
    if (changed && changed->from <= above->core + 1 && cd_word_count(cd_span_sub(above->text, changed->to, above->text.len)) == 0) return CD_ROLE_MODIFIED;
    return cd_hit_of(above, CD_ROLE_DATE) ? CD_ROLE_DATE : CD_ROLE_NONE;
}

bool cd_date_is_alone(const cd_block *b, const cd_date *d) { return (d->to - d->from) * 10 >= (b->text.len - b->core) * 6; }

/* "Jan 4" and "today" are words of running text too: on a longer line they are no date of the page. */
bool cd_date_is_vague(const cd_date *d) { return d->kind == CD_DATE_NO_YEAR || (d->kind == CD_DATE_RELATIVE && d->unit == 'd' && d->count < 2); }

static bool is_copyright(const cd_block *b, size_t from)
{
    cd_span front = cd_span_sub(b->text, 0, from);
    return cd_span_find(front, CD_SPAN("\xC2\xA9")) < front.len || b->hints & CD_BIT(CD_ROLE_COPYRIGHT);
}

/* Whether the date stands inside an address ("https://harbour.example/2022/07/23/ferries"), or signs an embedded post, behind a dash and
 * the name of its account ("— Port of Wiek (@portwiek) March 3, 2026"). */
static bool is_quoted(const cd_block *b, size_t from)
{
    size_t word = from;
    while (word > 0 && b->text.ptr[word - 1] != ' ') word--;
    cd_span front = cd_span_sub(b->text, word, from), before = cd_span_sub(b->text, b->core, from);
    if (cd_span_find(front, CD_SPAN("://")) < front.len || cd_span_starts(front, CD_SPAN("www."))) return true;
    bool dash = cd_span_starts(before, CD_SPAN("\xE2\x80\x94")) || cd_span_starts(before, CD_SPAN("\xE2\x80\x93")) || cd_span_starts(before, CD_SPAN("-"));
    return (dash || b->core > 0) && cd_span_find(before, CD_SPAN("(@")) < before.len;
}

/* "Accessed April 14, 2025", "abgerufen am 3. Mai": when a source was read, as one of the two words in front says. */
static bool is_reading(const cd_frame *f, const cd_block *b, size_t from)
{
    cd_span rest = cd_span_sub(b->text, 0, from), word, last[2] = {{NULL, 0}, {NULL, 0}}, value;
    while (cd_word_take(&rest, &word)) last[0] = last[1], last[1] = word;
    for (size_t i = 0; i < 2; i++) {
        cd_folded folded;
        cd_fold_word(last[i], &folded);
        if (cd_table_find(f->tables.datewords, &folded, &value) && cd_value_has(value, CD_SPAN("read"), NULL)) return true;
    }
    return false;
}

/* No date of the story, whatever its place. */
bool cd_date_is_foreign(const cd_frame *f, const cd_block *b, size_t from)
{
    return is_copyright(b, from) || is_quoted(b, from) || is_reading(f, b, from);
}

/* A short line of an HTML page whose class says that it is a date, and which is not another story's. */
bool cd_date_in_element(const cd_frame *f, size_t i)
{
    const uint64_t date = CD_FAMILY_BIT(CD_FAMILY_DATE) | CD_FAMILY_BIT(CD_FAMILY_META);
    return cd_block_families(f->page, i, 1) & date && !cd_block_is_foreign(f->page, i) && f->page->blocks[i].m.words <= 24;
}

/* The front of an HTML page's story: its first block, the next ones where only short lines stand in front, or the one behind the byline. */
bool cd_date_is_front(const cd_frame *f, size_t i)
{
    if (!f->page->blocks[i].markup || f->page->blocks[i].role != CD_ROLE_BODY || i < f->from || i >= f->from + FRONT) return false;
    if (i > f->from && f->page->blocks[i - 1].hints & CD_BIT(CD_ROLE_BYLINE)) return true;
    for (size_t k = f->from; k < i; k++)
        if (f->page->blocks[k].m.words > SHORT_LINE) return false;
    return i < f->from + OPENING;
}

/* "(18.01.2018) The harbour ..." at the very front of the story. */
bool cd_date_opens_story(const cd_frame *f, const cd_block *b, size_t i, const cd_date *d)
{
    return cd_date_is_front(f, i) && d->kind == CD_DATE_FULL && d->at.day > 0 && d->from <= b->core + 1;
}

/* Other stories' dates are no candidates; but a line right above the headline is of a list only by what stood above it, and what
 * stands between headline and story may look like a list's line or a comment's. */
bool cd_date_may_stand(const cd_frame *f, size_t i)
{
    const cd_block *b = &f->page->blocks[i];
    if (b->role == CD_ROLE_TECHNICAL && (b->markup || b->drop)) return false; /* code that leaked into the text; a crawler's words, a server's */
    if (cd_date_in_element(f, i)) return true;
    if (cd_block_is_open(b)) return true;
    if (b->role == CD_ROLE_LEGAL && cd_hit_of(b, CD_ROLE_DATE) && cd_frame_in_head(f, i)) return i < f->head + CD_DATE_NEAR; /* a notice behind the date */
    if (b->drop || !(CD_BIT(b->role) & CD_LISTS) || !f->has_head || b->text.len > CD_LIMIT_FIELD_BYTES) return false;
    if (cd_frame_in_head(f, i)) return i < f->head + CD_DATE_NEAR;
    return i < f->head && i + CD_DATE_NEAR >= f->head && !(b->hints & CD_LISTS);
}

/* A short line at the top of the story that is no sentence: "October 11, 2023 by Ann Lee", "25/04/2026 Actualizado a las 15:10h." */
bool cd_date_on_top_line(const cd_frame *f, const cd_block *b, size_t i, const cd_date *d)
{
    bool sentence = b->m.ending == CD_END_SENTENCE && (b->m.words > CD_DATE_NEAR + 2 || d->from > b->core);
    return i >= f->from && i < f->from + CD_DATE_NEAR && b->m.words <= 12 && !sentence;
}

/* "Posted on May 4, 2025 in Harbour, Ferries" on a line that looks like the story's first. */
bool cd_date_opens_with_label(const cd_frame *f, const cd_block *b, size_t i)
{
    const cd_hit *h = cd_hit_of(b, CD_ROLE_DATE);
    size_t        reach = b->hints & CD_BIT(CD_ROLE_BYLINE) ? FRONT : OPENING; /* "Posted by Ann Lee on ..." */
    return h && i >= f->from && i < f->from + reach && b->m.words <= LABELLED_LINE && h->from <= b->core + 1;
}

/* "December 3, 2025. Updated: December 7, 2025": what the second date is called says what the first one is. */
bool cd_date_is_pair(const cd_frame *f, const cd_block *b)
{
    const cd_hit *changed = cd_hit_of(b, CD_ROLE_MODIFIED);
    cd_date_scan  scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
    cd_date       first, second;
    return changed && cd_date_next(&scan, &first) && first.from <= b->core && first.to <= changed->from && cd_date_next(&scan, &second) &&
           cd_is_beside(b->text, changed->to, second.from);
}

/* "Friday, April 28, 2023" above all else may be the day on which the page was read. */
bool cd_date_names_weekday(const cd_frame *f, const cd_block *b, const cd_date *d)
{
    cd_date_scan   scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
    cd_date_cursor c = {b->text.ptr + d->from, b->text.ptr + d->to, &scan};
    return cd_date_kind_word(&c, "day", NULL);
}

/* "This article was originally published on May 4, 2019 and has been updated." */
bool cd_date_is_noted(const cd_frame *f, const cd_block *b, cd_date *d)
{
    if (b->role != CD_ROLE_NOTE) return false;
    const cd_hit *first = cd_hit_of(b, CD_ROLE_DATE), *changed = cd_hit_of(b, CD_ROLE_MODIFIED);
    cd_date_scan  scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
    if (!first || !changed || !cd_date_next(&scan, d) || d->kind != CD_DATE_FULL || d->at.day < 0) return false;
    return first->to <= d->from + 1 && cd_is_beside(b->text, first->to, d->from) && changed->from >= d->to;
}
