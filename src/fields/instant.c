/* instant.c -- ISO 8601 in and out, and arithmetic with days. In: text or an instant. Out: the other one. Knows the Gregorian
 * calendar only, and no clock. */
#include "fields/datescan.h"

#include <stdio.h>

const cd_instant cd_no_instant = {-1, -1, -1, -1, -1, -1, 0, false};

enum { FIRST_YEAR = 1900, LAST_YEAR = 2199 };

static int days_in(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool             leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

bool cd_instant_valid(const cd_instant *at)
{
    if (at->year < FIRST_YEAR || at->year > LAST_YEAR) return false;
    if (at->month != -1 && (at->month < 1 || at->month > 12)) return false;
    if (at->day != -1 && (at->month == -1 || at->day < 1 || at->day > days_in(at->year, at->month))) return false;
    return at->hour < 24 && at->minute < 60 && at->second < 61 && at->offset > -24 * 60 && at->offset < 24 * 60;
}

/* Exactly `digits` digits. */
static bool take_digits(cd_span *s, size_t digits, int *value)
{
    int v = 0;
    if (s->len < digits) return false;
    for (size_t i = 0; i < digits; i++) {
        if (s->ptr[i] < '0' || s->ptr[i] > '9') return false;
        v = v * 10 + (s->ptr[i] - '0');
    }
    *s = cd_span_sub(*s, digits, s->len);
    *value = v;
    return true;
}

static bool take_sign(cd_span *s, char a, char b)
{
    if (s->len == 0 || (*s->ptr != a && *s->ptr != b)) return false;
    *s = cd_span_sub(*s, 1, s->len);
    return true;
}

/* "Z", "+05:00", "+0500" or "+05". */
static bool take_offset(cd_span *s, cd_instant *at)
{
    int hours, minutes = 0;
    at->has_offset = true;
    if (take_sign(s, 'Z', 'z')) return true;
    bool west = s->len && *s->ptr == '-';
    if (!take_sign(s, '+', '-') || !take_digits(s, 2, &hours)) return false;
    if (s->len && (take_sign(s, ':', ':') || s->len == 2) && !take_digits(s, 2, &minutes)) return false;
    if (minutes > 59) return false;
    at->offset = (west ? -1 : 1) * (hours * 60 + minutes);
    return true;
}

bool cd_instant_read(cd_span text, cd_instant *out)
{
    cd_instant at = cd_no_instant;
    cd_span    s = cd_span_trim(text);
    int        fraction;
    if (!take_digits(&s, 4, &at.year)) return false;
    if (s.len && (!take_sign(&s, '-', '-') || !take_digits(&s, 2, &at.month))) return false;
    if (s.len && (!take_sign(&s, '-', '-') || !take_digits(&s, 2, &at.day))) return false;
    if (s.len) {
        if (!take_sign(&s, 'T', ' ') || !take_digits(&s, 2, &at.hour)) return false;
        if (!take_sign(&s, ':', ':') || !take_digits(&s, 2, &at.minute)) return false;
        if (take_sign(&s, ':', ':') && !take_digits(&s, 2, &at.second)) return false;
        if (take_sign(&s, '.', ','))
            while (take_digits(&s, 1, &fraction)) {}
        if (s.len && !take_offset(&s, &at)) return false;
    }
    if (s.len || !cd_instant_valid(&at)) return false;
    *out = at;
    return true;
}

size_t cd_instant_write(const cd_instant *at, char out[CD_INSTANT_BYTES])
{
    size_t n = 0;
#define ADD(...) n += (size_t)snprintf(out + n, CD_INSTANT_BYTES - n, __VA_ARGS__)
    ADD("%04d", at->year);
    if (at->month > 0) ADD("-%02d", at->month);
    if (at->day > 0) ADD("-%02d", at->day);
    if (at->day > 0 && at->hour >= 0 && at->minute >= 0) {
        ADD("T%02d:%02d", at->hour, at->minute);
        if (at->second >= 0) ADD(":%02d", at->second);
        int offset = at->offset < 0 ? -at->offset : at->offset;
        if (at->has_offset) ADD("%c%02d:%02d", at->offset < 0 ? '-' : '+', offset / 60 % 100, offset % 60);
    }
#undef ADD
    return n;
}

/* Steps `days` back, one month at a time. */
static void days_back(cd_instant *at, long days)
{
    while (days >= at->day) {
        days -= at->day;
        if (--at->month == 0) at->month = 12, at->year--;
        if (at->year < FIRST_YEAR) return;
        at->day = days_in(at->year, at->month);
    }
    at->day -= (int)days;
}

static void minutes_back(cd_instant *at, long minutes)
{
    long left = at->hour * 60L + at->minute - minutes;
    long days = left < 0 ? (-left + 24 * 60 - 1) / (24 * 60) : 0;
    left += days * 24 * 60;
    days_back(at, days);
    at->hour = (int)(left / 60);
    at->minute = (int)(left % 60);
}

static void months_back(cd_instant *at, long months)
{
    long left = at->year * 12L + at->month - 1 - months;
    at->year = left > 0 ? (int)(left / 12) : 0;
    at->month = left > 0 ? (int)(left % 12) + 1 : 1;
}

bool cd_instant_before(const cd_instant *now, int count, char unit, cd_instant *out)
{
    cd_instant at = *now;
    bool       clock = at.hour >= 0 && at.minute >= 0;
    if (at.day < 1 || count < 0 || count > 100000) return false;
    if (strchr("smh", unit) && !clock) return false;
    if (unit == 's') minutes_back(&at, (count + 59L) / 60);
    if (unit == 'm') minutes_back(&at, count);
    if (unit == 'h') minutes_back(&at, count * 60L);
    if (unit == 'd') days_back(&at, count);
    if (unit == 'w') days_back(&at, count * 7L);
    if (unit == 'M') months_back(&at, count);
    if (unit == 'y') at.year -= count, at.month = -1;
    if (strchr("wMy", unit)) at.day = -1; /* "2 weeks ago" does not say which day */
    at.second = -1;
    if (!strchr("sm", unit)) at.hour = at.minute = -1, at.has_offset = false;
    if (!cd_instant_valid(&at)) return false;
    *out = at;
    return true;
}
