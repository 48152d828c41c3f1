/* manner.c -- what the rule file of a page's host says of its dates: which zone its times are in. In: an instant without an offset.
 * Out: the same with one, where the zone has one only at that time. The two rules for summer time are those of their laws, so that
 * the answer is the same on every machine, whatever its zone files; years before a law say nothing. */
#include "fields/internal.h"

enum { DAY = 24 * 60, EU_SINCE = 1996, US_SINCE = 2007 };

/* Days since 1 March of the year 0, so that a leap day is a year's last. */
static long day_number(int year, int month, int day)
{
    long y = month > 2 ? year : year - 1L, m = month > 2 ? month - 3L : month + 9L;
    return y * 365 + y / 4 - y / 100 + y / 400 + (m * 306 + 5) / 10 + day - 1;
}

/* The number of the Sunday at or before a day; 5 March of the year 0 was the first. */
static long sunday_before(long day) { return day - (day - 4) % 7; }

/* From when to when clocks are ahead, in minutes of the place's winter time; false for years without the rule. */
static bool find_summer(const cd_manner *manner, int year, long *from, long *to)
{
    if (manner->summer == CD_SUMMER_EU) { /* from the last Sunday of March to that of October, at 1:00 UTC */
        *from = sunday_before(day_number(year, 3, 31)) * DAY + 60 + manner->offset;
        *to = sunday_before(day_number(year, 10, 31)) * DAY + 60 + manner->offset;
        return year >= EU_SINCE;
    }
    *from = sunday_before(day_number(year, 3, 14)) * DAY + 2 * 60; /* the second Sunday, at 2:00 */
    *to = sunday_before(day_number(year, 11, 7)) * DAY + 60;       /* the first, at 2:00 in summer time */
    return year >= US_SINCE;
}

/* The hour that is left out in spring has no offset, and that which comes twice in autumn has two: neither is given one. */
void cd_manner_give_offset(const cd_manner *manner, cd_instant *at)
{
    long from, to;
    if (!manner->has_zone || at->has_offset || at->day < 1 || at->hour < 0 || at->minute < 0) return;
    bool summer = false;
    if (manner->summer != CD_SUMMER_NONE) {
        long wall = day_number(at->year, at->month, at->day) * DAY + at->hour * 60 + at->minute;
        if (!find_summer(manner, at->year, &from, &to)) return;
        if ((wall >= from && wall < from + 60) || (wall >= to && wall < to + 60)) return;
        summer = wall >= from + 60 && wall < to;
    }
    at->offset = manner->offset + (summer ? 60 : 0);
    at->has_offset = true;
}
