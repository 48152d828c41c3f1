/* days.c -- which of its numbers is the day of "03/04/2025". In: such a date, and the page. Out: the order, where the page settles it:
 * by the rules of its host, by the zone behind the time, by another day that it names (in a tag, in its address, in full words in its
 * text), by other dates that it writes in the same way and that can be read in one order only, and by the country that it is of.
 * Nothing is guessed: where the page does not say, or says both, the date stays unsettled. */
#include "fields/days.h"

#include "base/limits.h"

static cd_instant exchanged(cd_instant at)
{
    int day = at.day;
    at.day = at.month;
    at.month = day;
    return at;
}

static bool number_of(cd_span *s, size_t min, size_t max, int *value)
{
    size_t n = 0;
    *value = 0;
    while (n < max && n < s->len && s->ptr[n] >= '0' && s->ptr[n] <= '9') *value = *value * 10 + (s->ptr[n++] - '0');
    if (n < min) return false;
    *s = cd_span_sub(*s, n, s->len);
    return true;
}

static bool sign_of(cd_span *s, const char *signs)
{
    if (!s->len || !strchr(signs, *s->ptr)) return false;
    *s = cd_span_sub(*s, 1, s->len);
    return true;
}

/* "oct" or "october" between slashes. */
static bool month_of(const cd_tables *tables, cd_span *s, int *value)
{
    size_t  n = 0;
    cd_span number;
    while (n < s->len && (s->ptr[n] | 32) >= 'a' && (s->ptr[n] | 32) <= 'z') n++;
    cd_folded word;
    cd_fold_word(cd_span_sub(*s, 0, n), &word);
    if (n < 3 || !cd_table_find(tables->months, &word, &number) || !number_of(&number, 1, 2, value)) return false;
    *s = cd_span_sub(*s, n, s->len);
    return true;
}

bool cd_day_of_address(const cd_tables *tables, cd_span url, cd_instant *out)
{
    for (size_t i = 0; i + 9 <= url.len; i++) {
        cd_span    s = cd_span_sub(url, i + 1, url.len);
        cd_instant at = cd_no_instant;
        if (!strchr("/-_", url.ptr[i]) || !number_of(&s, 4, 4, &at.year)) continue;
        bool sign = sign_of(&s, "/-_"), word = sign && month_of(tables, &s, &at.month);
        if (!word && !number_of(&s, sign ? 1 : 2, 2, &at.month)) continue;
        if ((sign && !sign_of(&s, "/-_")) || !number_of(&s, sign ? 1 : 2, 2, &at.day)) continue;
        if (s.len && !strchr("/-_.?#", *s.ptr)) continue;
        if (at.year < 1990 || !cd_instant_valid(&at)) continue;
        *out = at;
        return true;
    }
    return false;
}

/* "2025-04-11": no question which number is which. */
static bool begins_with_year(cd_span value)
{
    int year;
    return number_of(&value, 4, 4, &year);
}

/* The sets are made empty where they are filled: most pages need none. */
void cd_days_begin(cd_days *known)
{
    known->n = 0;
    known->has_stated = known->has_printed = false;
    memset(known->orders, 0, sizeof known->orders);
}

static uint16_t *month_of_set(cd_day_set *set, const cd_instant *at)
{
    bool fits = at->year >= CD_YEAR_FROM && at->year < CD_YEAR_FROM + CD_YEARS && at->month >= 1 && at->month <= 12 && at->day >= 1 && at->day <= 12;
    return fits ? &set->of[at->year - CD_YEAR_FROM][at->month - 1] : NULL;
}

static void add_day(cd_day_set *set, const cd_instant *at)
{
    uint16_t *month = month_of_set(set, at);
    if (month) *month |= (uint16_t)(1u << at->day);
}

/* Whether the set has one reading of `d`, and whether it has the other. */
static void ask(cd_day_set *set, const cd_date *d, bool *direct, bool *turned)
{
    cd_instant      other = exchanged(d->at);
    const uint16_t *there = month_of_set(set, &d->at), *here = month_of_set(set, &other);
    *direct = *direct || (there && *there >> d->at.day & 1);
    *turned = *turned || (here && *here >> other.day & 1);
}

static void find_stated(const cd_frame *f, cd_days *known)
{
    cd_instant at;
    known->has_stated = true;
    memset(&known->stated, 0, sizeof known->stated);
    for (size_t i = 0; i < f->page->metas.n; i++) {
        const cd_meta *m = &f->page->metas.at[i];
        if ((m->field == CD_META_DATE || m->field == CD_META_MODIFIED) && begins_with_year(m->value) && cd_stated_instant(f, m->value, &at))
            add_day(&known->stated, &at);
    }
    if (cd_day_of_address(&f->tables, f->page->url, &at)) add_day(&known->stated, &at);
}

/* Which readings of `d` the page names elsewhere; `stated`: in its tags and its address alone. */
static void ask_named(const cd_frame *f, const cd_date *d, cd_days *known, bool stated, bool *direct, bool *turned)
{
    cd_instant other = exchanged(d->at);
    *direct = *turned = false;
    for (size_t i = 0; i < known->n && !stated; i++) {
        *direct = *direct || cd_instant_same_day(&known->at[i], &d->at);
        *turned = *turned || cd_instant_same_day(&known->at[i], &other);
    }
    if (!known->has_stated) find_stated(f, known);
    ask(&known->stated, d, direct, turned);
}

static void find_printed(const cd_frame *f, cd_days *known)
{
    known->has_printed = true;
    memset(&known->printed, 0, sizeof known->printed);
    for (size_t i = 0; i < f->page->nblocks; i++) {
        const cd_block *b = &f->page->blocks[i];
        if (b->undated || b->m.digits == 0 || b->text.len > CD_LIMIT_FIELD_BYTES) continue;
        cd_date_scan scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
        for (cd_date named; cd_date_next(&scan, &named);)
            if (named.kind == CD_DATE_FULL && named.named) add_day(&known->printed, &named.at);
    }
}

/* The order of the page's other dates with the same sign between their numbers: 'd', 'm', '-' where there are none or both. */
static char order_of_others(const cd_frame *f, char sign)
{
    bool day = false, month = false;
    for (size_t i = 0; i < f->page->nblocks && !(day && month); i++) {
        const cd_block *b = &f->page->blocks[i];
        if (b->undated || b->text.len > CD_LIMIT_FIELD_BYTES || !memchr(b->text.ptr, sign, b->text.len)) continue;
        cd_date_scan scan = {.text = b->text, .tables = &f->tables, .language = f->page->language};
        for (cd_date d; cd_date_next(&scan, &d);) {
            if (d.sign != sign || d.by != CD_ORDER_NUMBERS || d.at.day <= 12) continue;
            if (d.day_first) day = true;
            else month = true;
        }
    }
    return day == month ? '-' : day ? 'd' : 'm';
}

/* Countries whose numeric dates in English have one order only, as regions of a language and as ends of a host's name. */
static const struct country {
    const char *code;
    char        order;
} countries[] = {{"us", 'm'}, {"ph", 'm'}, {"gb", 'd'}, {"uk", 'd'}, {"ie", 'd'}, {"au", 'd'}, {"nz", 'd'}, {"in", 'd'}, {"ng", 'd'}, {"ke", 'd'},
                 {"pk", 'd'}, {"sg", 'd'}, {"my", 'd'}, {"gh", 'd'}, {"ug", 'd'}, {"mt", 'd'}, {"gov", 'm'}, {"mil", 'm'}};

static char order_of_country(cd_span code)
{
    for (size_t i = 0; i < sizeof countries / sizeof *countries; i++)
        if (cd_span_is_nocase(code, cd_span_of(countries[i].code))) return countries[i].order;
    return 0;
}

/* The order where the page declares itself to be from: by the region of its language, else by its host. */
static char order_declared(const cd_page *page)
{
    for (size_t i = 0; i < page->metas.n; i++) {
        const cd_meta *m = &page->metas.at[i];
        char           order = m->field == CD_META_LANGUAGE && m->value.len == 5 ? order_of_country(cd_span_sub(m->value, 3, 5)) : 0;
        if (order) return order;
    }
    cd_span host = cd_host_of(page);
    size_t  at = host.len;
    while (at > 0 && host.ptr[at - 1] != '.') at--;
    return at ? order_of_country(cd_span_sub(host, at, host.len)) : 0;
}

static char order_of(const cd_frame *f, const cd_date *d, cd_days *known)
{
    bool direct, turned;
    if (f->page->manner.order) return f->page->manner.order;
    ask_named(f, d, known, false, &direct, &turned);
    bool day = d->order == 'd' || direct, month = d->order == 'm' || turned;
    if (day != month) return day ? 'd' : 'm';
    char *others = &known->orders[d->sign & 127]; /* ASCII */
    if (!*others) *others = order_of_others(f, d->sign);
    if (*others != '-') return *others;
    if (!known->has_printed) find_printed(f, known);
    ask(&known->printed, d, &day, &month);
    return day != month ? (day ? 'd' : 'm') : order_declared(f->page);
}

void cd_day_settle(const cd_frame *f, cd_days *known, cd_date *d)
{
    if (d->kind == CD_DATE_UNSETTLED) {
        char order = order_of(f, d, known);
        if (!order) return;
        if (order == 'm') d->at = exchanged(d->at);
        d->kind = CD_DATE_FULL;
        return;
    }
    if (d->kind != CD_DATE_FULL || d->by != CD_ORDER_LANGUAGE || d->at.day > 12) return;
    bool direct, turned; /* a language may be declared wrongly: what the page states for machines is surer */
    ask_named(f, d, known, true, &direct, &turned);
    if (turned && !direct) d->at = exchanged(d->at);
}
