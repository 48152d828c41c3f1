/* days.h -- which of its numbers is the day of "03/04/2025", and the day in a page's address. */
#ifndef CD_FIELDS_DAYS_H
#define CD_FIELDS_DAYS_H

#include "fields/stated.h"

/* A set of days whose day and month may be exchanged: of each month the first twelve. */
enum { CD_YEAR_FROM = 1900, CD_YEARS = 300 };
typedef struct cd_day_set {
    uint16_t of[CD_YEARS][12];
} cd_day_set;

/* Days that the text near the story names in full; of more than these, the first ones. And what the rest of the page says, each found out once,
 * when it is first asked for. */
enum { CD_DAYS = 48 };
typedef struct cd_days {
    cd_instant at[CD_DAYS];
    size_t     n;
    bool       has_stated, has_printed;
    cd_day_set stated;  /* by tags and by the page's address */
    cd_day_set printed; /* in words, in short blocks */
    char       orders[128]; /* of dates that can be read in one only, by the sign between their numbers: d, m, 0 not looked for, else none */
} cd_days;

void cd_days_begin(cd_days *known); /* nothing is known yet */

/* Gives a date that may be read in two orders the one that the page settles; where it settles none, the date stays as it is. */
void cd_day_settle(const cd_frame *frame, cd_days *known, cd_date *date);

/* "/2025/04/11/", "/2025/apr/11/", "/2025-04-11-", "/20250411" in an address; false where there is none. */
bool cd_day_of_address(const cd_tables *tables, cd_span url, cd_instant *out);

#endif
