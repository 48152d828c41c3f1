/* days.h -- which of its numbers is the day of "03/04/2025", and the day in a page's address. */
#ifndef CD_FIELDS_DAYS_H
#define CD_FIELDS_DAYS_H

#include "fields/stated.h"

/* Days that the text near the story names in full; of more than these, the first ones. */
enum { CD_DAYS = 48 };
typedef struct cd_days {
    cd_instant at[CD_DAYS];
    size_t     n;
} cd_days;

/* Gives a date that may be read in two orders the one that the page settles; where it settles none, the date stays as it is. */
void cd_day_settle(const cd_frame *frame, const cd_days *known, cd_date *date);

/* "/2025/04/11/", "/2025/apr/11/", "/2025-04-11-", "/20250411" in an address; false where there is none. */
bool cd_day_of_address(const cd_tables *tables, cd_span url, cd_instant *out);

#endif
