/* datestated.c -- date and change as a page states them in tags. In: statements, and what date.c has found in the text. Out:
 * fields.date, date_text, modified. A statement made for machines counts before the text, which may tell the day only; but the text
 * counts where it says another day by a word such as "Published", where another statement says the same day, and where both are one
 * day apart: then the statement gives the day somewhere else, and the local day is news. An offset stays as it is stated. */
#include "fields/days.h"

#include <stdio.h>
#include <stdlib.h>

/* Years below this are what programs write for "none"; digits of seconds and of milliseconds since 1970. */
enum { FIRST_YEAR = 1971, SECONDS = 10, MILLISECONDS = 13 };

/* Offsets of zones are whole quarters of an hour. */
enum { QUARTER = 15 };

static bool take_number(cd_span *s, size_t min, size_t max, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < max && n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9') *value = *value * 10 + (s->ptr[n++] - '0');
    if (n < min) return false;
    *s = cd_span_sub(*s, n, s->len);
    return true;
}

static bool take_one(cd_span *s, const char *signs)
{
    if (!s->len || !strchr(signs, *s->ptr)) return false;
    *s = cd_span_sub(*s, 1, s->len);
    return true;
}

/* "Z", "UTC", "+0000", "+05:30" behind a time. */
static void take_zone(cd_span s, cd_instant *at)
{
    int hours, minutes = 0;
    s = cd_span_trim(s);
    if (cd_span_is_nocase(s, CD_SPAN("Z")) || cd_span_is_nocase(s, CD_SPAN("UTC")) || cd_span_is_nocase(s, CD_SPAN("GMT"))) {
        at->has_offset = true;
        at->offset = 0;
        return;
    }
    bool west = s.len && *s.ptr == '-';
    if (!take_one(&s, "+-") || !take_number(&s, 2, 2, &hours)) return;
    (void)take_one(&s, ":");
    (void)take_number(&s, 2, 2, &minutes);
    at->has_offset = true;
    at->offset = (west ? -1 : 1) * (hours * 60 + minutes);
}

/* Year, month and day with any sign between, and perhaps a time. */
static bool read_loose(cd_span s, cd_instant *out)
{
    cd_instant at = cd_no_instant;
    int        fraction;
    if (!take_number(&s, 4, 4, &at.year) || !take_one(&s, "-/.") || !take_number(&s, 1, 2, &at.month) || !take_one(&s, "-/.")) return false;
    if (!take_number(&s, 1, 2, &at.day) || (s.len && *s.ptr >= '0' && *s.ptr <= '9')) return false;
    cd_span time = s;
    while (take_one(&time, "T ,")) {}
    if (time.len < s.len && take_number(&time, 1, 2, &at.hour) && take_one(&time, ":") && take_number(&time, 2, 2, &at.minute)) {
        if (take_one(&time, ":") && take_number(&time, 2, 2, &at.second) && take_one(&time, ".,"))
            while (take_number(&time, 1, 1, &fraction)) {}
        take_zone(time, &at);
    } else {
        at.hour = at.minute = -1;
    }
    if (!cd_instant_valid(&at)) return false;
    *out = at;
    return true;
}

/* Days since 1 March of the year 0; months counted from March. */
static long day_number(const cd_instant *at)
{
    long y = at->month > 2 ? at->year : at->year - 1, m = at->month > 2 ? at->month - 3 : at->month + 9;
    return 365 * y + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + at->day;
}

/* Seconds since 1970 as an instant of UTC. */
static bool read_seconds(long long seconds, cd_instant *out)
{
    const cd_instant first = {.year = 1970, .month = 1, .day = 1};
    long             days = (long)(seconds / 86400), rest = (long)(seconds % 86400), from = day_number(&first);
    cd_instant       at = {.year = 1970 + (int)(days / 366), .month = 1, .day = 1, .has_offset = true};
    while (at.year < 2200) {
        cd_instant next = {.year = at.year + 1, .month = 1, .day = 1};
        if (day_number(&next) - from > days) break;
        at.year++;
    }
    while (at.month < 12) {
        cd_instant next = {.year = at.year, .month = at.month + 1, .day = 1};
        if (day_number(&next) - from > days) break;
        at.month++;
    }
    at.day = (int)(days - (day_number(&at) - from)) + 1;
    at.hour = (int)(rest / 3600);
    at.minute = (int)(rest / 60 % 60);
    at.second = (int)(rest % 60);
    if (!cd_instant_valid(&at)) return false;
    *out = at;
    return true;
}

/* Digits alone: "20250411", "20250411164005", or seconds or milliseconds since 1970. */
static bool read_digits(cd_span s, cd_instant *out)
{
    cd_instant at = cd_no_instant;
    long long  number = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || i >= 14) return false;
        number = number * 10 + (s.ptr[i] - '0');
    }
    if (s.len == SECONDS) return read_seconds(number, out);
    if (s.len == MILLISECONDS) return read_seconds(number / 1000, out);
    if (s.len != 8 && s.len != 14 && s.len != 12) return false;
    (void)take_number(&s, 4, 4, &at.year);
    (void)take_number(&s, 2, 2, &at.month);
    (void)take_number(&s, 2, 2, &at.day);
    if (s.len >= 4) {
        (void)take_number(&s, 2, 2, &at.hour);
        (void)take_number(&s, 2, 2, &at.minute);
        if (!take_number(&s, 2, 2, &at.second)) at.second = -1;
    }
    if (!cd_instant_valid(&at)) return false;
    *out = at;
    return true;
}

/* "2023 Jan 7", as libraries write it. */
static bool read_year_first(const cd_frame *f, cd_span value, cd_instant *out)
{
    char    turned[64];
    cd_span s = value;
    int     year, day;
    if (!take_number(&s, 4, 4, &year) || !take_one(&s, " ")) return false;
    size_t n = 0;
    while (n < s.len && n < 20 && s.ptr[n] != ' ') n++;
    cd_span month = cd_span_sub(s, 0, n);
    s = cd_span_sub(s, n, s.len);
    if (!take_one(&s, " ") || !take_number(&s, 1, 2, &day) || s.len) return false;
    int          len = snprintf(turned, sizeof turned, "%d %.*s %d", day, (int)month.len, month.ptr, year);
    cd_date_scan scan = {.text = {turned, len > 0 ? (size_t)len : 0}, .tables = &f->tables, .language = "en"};
    cd_date      d;
    if (!cd_date_next(&scan, &d) || d.kind != CD_DATE_FULL) return false;
    *out = d.at;
    return true;
}

static bool read_words(const cd_frame *f, cd_span value, cd_instant *out)
{
    cd_date_scan scan = {.text = value, .tables = &f->tables, .language = f->page->language};
    cd_date      d;
    while (cd_date_next(&scan, &d))
        if (d.kind == CD_DATE_FULL && d.at.day > 0) {
            *out = d.at;
            return true;
        }
    return false;
}

bool cd_stated_instant(const cd_frame *f, cd_span value, cd_instant *at)
{
    value = cd_span_trim(value);
    bool read = cd_instant_read(value, at) || read_digits(value, at) || read_loose(value, at) || read_year_first(f, value, at) || read_words(f, value, at);
    return read && at->year >= FIRST_YEAR && at->day > 0;
}

/* Keys that say "date" and not of what. */
static bool is_vague(const cd_meta *m)
{
    static const cd_span vague[] = {CD_SPAN("date"), CD_SPAN("dc.date"), CD_SPAN("dcterms.date"), CD_SPAN("last-modified-orig"), CD_SPAN("cre"),
                            CD_SPAN("displaydate"), CD_SPAN("release_date"), CD_SPAN("dateCreated"), CD_SPAN("created"), CD_SPAN("uploadDate")};
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (cd_span_is_nocase(m->key, vague[i])) return true;
    return false;
}

/* Whether a statement is of the story for sure: its key says what date it is, and its element, if it is one, is the story's. */
static bool is_sure(const cd_frame *f, const cd_meta *m)
{
    if (is_vague(m)) return false;
    if (m->origin == CD_FROM_TIME && m->rank > 0) return false;
    if (m->block >= f->page->nblocks) return m->origin != CD_FROM_TIME;
    return m->block >= f->top && m->block < f->foot && (!cd_block_is_foreign(f->page, m->block) || cd_frame_in_head(f, m->block));
}

/* The first statement of the field that can be read; `sure`: of the sure ones, else of all. */
static const cd_meta *first_read(const cd_frame *f, cd_meta_field field, const cd_meta_origin *origins, bool sure, cd_instant *at)
{
    for (const cd_meta *m = NULL; (m = cd_stated_next(f->page, field, origins, m));)
        if ((!sure || is_sure(f, m)) && cd_stated_instant(f, m->value, at)) return m;
    return NULL;
}

static bool same_day(const cd_instant *a, const cd_instant *b) { return a->day > 0 && b->day > 0 && day_number(a) == day_number(b); }

/* Whether a statement of when it was published, other than `but`, gives that day. */
static bool stated_too(const cd_frame *f, const cd_instant *day, const cd_meta *but)
{
    cd_instant at;
    for (size_t i = 0; i < f->page->metas.n; i++) {
        const cd_meta *m = &f->page->metas.at[i];
        if (m->field == CD_META_DATE && m != but && cd_stated_instant(f, m->value, &at) && same_day(&at, day)) return true;
    }
    return cd_day_of_address(&f->tables, f->page->url, &at) && same_day(&at, day);
}

/* Whether the text gives the local day of an instant that is told in UTC: the day before where it is morning there (the place lies
 * west), the day behind where it is evening; if the text tells the time, the two may be apart as far as zones are. */
static bool is_local_day(const cd_instant *text, const cd_instant *said)
{
    long days = day_number(text) - day_number(said);
    if (!said->has_offset || said->offset != 0 || said->hour < 0 || labs(days) != 1) return false;
    if (text->hour < 0) return days < 0 ? said->hour < 12 : said->hour >= 10;
    long apart = days * 24 + text->hour - said->hour;
    return apart >= -12 && apart <= 14;
}

/* Whether a date is told as the very moment of the last change: then a program has written when it built the page. */
static bool is_build_time(const cd_frame *f, const cd_instant *said)
{
    cd_instant changed;
    if (!f->page->fields.modified.len || !cd_instant_read(f->page->fields.modified, &changed) || !same_day(said, &changed)) return false;
    return said->hour == changed.hour && labs((long)said->minute - changed.minute) <= 1;
}

static cd_status put(const cd_frame *f, const cd_instant *at, cd_span *out, cd_error *err)
{
    char    text[CD_INSTANT_BYTES];
    cd_span copy = cd_arena_copy(f->page->arena, (cd_span){text, cd_instant_write(at, text)});
    *out = copy;
    return copy.ptr ? CD_OK : cd_fail_memory(err);
}

/* Whether a page was changed days before it was published, as it says: a program has put in the day of something else. */
static bool is_after_change(const cd_frame *f, const cd_instant *said)
{
    cd_instant changed;
    if (!f->page->fields.modified.len || !cd_instant_read(f->page->fields.modified, &changed) || changed.day < 1) return false;
    return day_number(said) - day_number(&changed) > 1;
}

/* Whether the text's date stays although a statement says otherwise (or less). */
static bool text_counts(const cd_frame *f, const cd_instant *text, const cd_instant *said, const cd_meta *m, bool labelled)
{
    if (text->day < 1) return false;
    if (same_day(text, said)) return said->hour < 0 && text->hour >= 0;
    if (is_local_day(text, said)) return true;
    long days = day_number(text) - day_number(said); /* a later day is one of a change or of the paper's issue, unless others state it */
    if (days > 0) return days > 1 && stated_too(f, text, m);
    return labelled || stated_too(f, text, m) || (days < -1 && is_build_time(f, said)) || is_after_change(f, said);
}

static long minutes_of(const cd_instant *at) { return day_number(at) * 24 * 60 + at->hour * 60 + at->minute; }

/* Where the text tells the time of the same moment as a statement in UTC, the two say how far the place's clock is from UTC. */
static cd_status give_offset(const cd_frame *f, cd_instant text, const cd_instant *said, cd_error *err)
{
    if (text.hour < 0 || text.minute < 0 || text.has_offset || said->minute < 0 || !is_local_day(&text, said)) return CD_OK;
    long apart = minutes_of(&text) - minutes_of(said);
    if (apart % QUARTER != 0) return CD_OK;
    text.offset = (int)apart;
    text.has_offset = true;
    return put(f, &text, &f->page->fields.date, err);
}

/* The same moment as another statement tells it, with the place's offset: the local day is news. */
static const cd_meta *in_local_time(const cd_frame *f, const cd_meta *m, cd_instant *said)
{
    cd_instant at;
    if (!said->has_offset || said->offset != 0 || said->minute < 0) return m;
    for (size_t i = 0; i < f->page->metas.n; i++) {
        const cd_meta *other = &f->page->metas.at[i];
        if (other->field != CD_META_DATE || !cd_stated_instant(f, other->value, &at) || !at.has_offset || at.offset == 0 || at.minute < 0) continue;
        if (minutes_of(&at) - at.offset != minutes_of(said)) continue;
        *said = at;
        return other;
    }
    return m;
}

static cd_status put_date(const cd_frame *f, const cd_instant *at, const cd_meta *m, cd_error *err)
{
    f->page->fields.from[CD_META_DATE] = m;
    f->page->fields.date_text = m->value;
    return put(f, at, &f->page->fields.date, err);
}

cd_status cd_field_date_stated(const cd_frame *f, bool labelled, cd_error *err)
{
    static const cd_meta_origin origins[] = {CD_FROM_JSON_LD, CD_FROM_OPEN_GRAPH, CD_FROM_ITEM, CD_FROM_STATE, CD_FROM_TAG, CD_FROM_TIME, CD_FROM_FRONT, CD_FROM_COUNT};
    cd_fields  *out = &f->page->fields;
    cd_instant  said, text = cd_no_instant;
    bool        has_text = out->date.len && cd_instant_read(out->date, &text);
    const cd_meta *changed = first_read(f, CD_META_MODIFIED, origins, true, &said);
    if (changed) {
        out->from[CD_META_MODIFIED] = changed;
        CD_TRY(put(f, &said, &out->modified, err));
    }
    const cd_meta *m = first_read(f, CD_META_DATE, origins, true, &said);
    if (m && has_text && text_counts(f, &text, &said, m, labelled)) return give_offset(f, text, &said, err);
    if (m) {
        m = in_local_time(f, m, &said);
        return put_date(f, &said, m, err);
    }
    if (has_text) return CD_OK;
    if (cd_day_of_address(&f->tables, f->page->url, &said)) {
        static const cd_meta address = {.field = CD_META_DATE, .origin = CD_FROM_ADDRESS, .key = {"path", 4}, .block = CD_NO_BLOCK};
        out->from[CD_META_DATE] = &address;
        return put(f, &said, &out->date, err);
    }
    m = first_read(f, CD_META_DATE, origins, false, &said);
    return m ? put_date(f, &said, m, err) : CD_OK;
}
