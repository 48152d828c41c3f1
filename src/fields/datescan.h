/* datescan.h -- reads dates out of a short text. Knows notations, not pages: which date is the story's is date.c's to say. */
#ifndef CD_FIELDS_DATESCAN_H
#define CD_FIELDS_DATESCAN_H

#include "fields/fields.h"
#include "fields/words.h"

typedef enum cd_date_kind {
    CD_DATE_FULL,     /* year and month at least */
    CD_DATE_UNSETTLED, /* 03/04/2025: day and month may be exchanged */
    CD_DATE_NO_YEAR,  /* "Jan 4"; also a day of the Persian calendar, which is not converted */
    CD_DATE_TIME,     /* "14:20" alone */
    CD_DATE_RELATIVE  /* "21 hours ago" */
} cd_date_kind;

/* What says which of two numbers is the day. */
typedef enum cd_order_by {
    CD_ORDER_NONE,    /* nothing, or the question does not arise */
    CD_ORDER_NUMBERS, /* one of them is over 12, or both are the same */
    CD_ORDER_LANGUAGE
} cd_order_by;

typedef struct cd_date {
    cd_date_kind kind;
    cd_instant   at;       /* UNSETTLED: as if the day came first */
    size_t       from, to; /* bytes of the text that say so, weekday, time and zone among them */
    bool         named;    /* the month is a word */
    int          count;    /* RELATIVE: how many ... */
    char         order;    /* UNSETTLED: d or m is first where the zone's country writes so, else 0 */
    char         unit;     /* ... of s m h d w M y */
    char         sign;     /* two numbers and a year: the sign between them, else 0 */
    cd_order_by  by;       /* two numbers and a year */
    bool         day_first;
} cd_date;

/* Walks through one text. */
typedef struct cd_date_scan {
    cd_span          text;
    size_t           at; /* where the next date may begin */
    const cd_tables *tables;
    const char      *language; /* BCP 47 primary tag, or NULL */
} cd_date_scan;

/* The next date of the text; false when there is none left. */
bool cd_date_next(cd_date_scan *scan, cd_date *out);

/* A place in the text while one date is being read. Functions that read move it only when they succeed. */
typedef struct cd_date_cursor {
    const char         *p, *end;
    const cd_date_scan *scan;
} cd_date_cursor;

bool cd_date_number(cd_date_cursor *c, size_t min, size_t max, int *value);
bool cd_date_sign(cd_date_cursor *c, const char *signs);      /* one ASCII sign of `signs` */
bool cd_date_word(cd_date_cursor *c, cd_folded *word);        /* a run of letters, with full stops as in "p.m." left out */
bool cd_date_kind_word(cd_date_cursor *c, const char *kind, cd_span *argument); /* a word of data/tables/datewords.tsv */

/* Whether a word of datewords.tsv counts: not where a language stands behind its argument ("1 fr") that is not the text's. */
static inline bool cd_date_is_spoken(const cd_date_scan *scan, cd_span argument)
{
    return argument.len <= 2 || (scan->language && strncmp(scan->language, argument.ptr + argument.len - 2, 2) == 0);
}

/* Looks the next word up in a table; where that says "+", the word together with the next one ("كانون الثاني", "พ.ค."). */
bool cd_date_look_up(cd_date_cursor *c, const cd_data_file *table, cd_span *value);

/* The value of the decimal digit at `p`, whatever its script, and its bytes in *len; -1 where there is none. */
int cd_date_digit_beyond(const char *p, const char *end, size_t *len);

static inline int cd_date_digit(const char *p, const char *end, size_t *len)
{
    *len = 1;
    if (p == end || (unsigned char)(*p - '0') < 10) return p == end ? -1 : *p - '0';
    return (unsigned char)*p < 0x80 ? -1 : cd_date_digit_beyond(p, end, len);
}

static inline bool cd_date_digit_at(const char *p, const char *end)
{
    size_t len;
    return cd_date_digit(p, end, &len) >= 0;
}

void cd_date_blanks(cd_date_cursor *c);
bool cd_date_literal(cd_date_cursor *c, const char *text);

/* Blanks, and at most `most` of the signs that stand between the parts of a date or between date and time, with blanks around each. */
void cd_date_separators(cd_date_cursor *c, size_t most);

/* Whether a word of ASCII letters ends at `stop`: no other letter follows, and nothing beyond ASCII, which might be one. */
static inline bool cd_date_ends_word(const char *stop, const char *end)
{
    return stop == end || ((unsigned char)*stop < 0x80 && !cd_is_letter((unsigned char)*stop));
}

/* Day and year in any notation, with the weekday in front if there is one; no time of day. dayscan.c. */
bool cd_date_day(cd_date_cursor *c, cd_date *out);

/* Parts of it: a month's name, as its number; a small word between day and month ("of"); what stands between day and time, true
 * where it says that a time follows. */
bool cd_date_month(cd_date_cursor *c, int *value);
void cd_date_of(cd_date_cursor *c);
bool cd_date_joint(cd_date_cursor *c);

/* A time of day with its zone, "04:40 PM", "16.40 BST", "18h42", "13:52 Uhr", into `at`; timescan.c. `joined`: a word or sign
 * in front has said that a time follows, so that "10.23" is one. *order: cd_date's, from the zone. */
bool cd_date_time(cd_date_cursor *c, bool joined, cd_instant *at, char *order);

/* Writes `at` as ISO 8601, as precise as it is; `out` holds 32 bytes. Gives the length. */
enum { CD_INSTANT_BYTES = 32 };
size_t cd_instant_write(const cd_instant *at, char out[CD_INSTANT_BYTES]);

/* `now` less `count` units, to the precision of the unit; false where `now` is not precise enough to say. */
bool cd_instant_before(const cd_instant *now, int count, char unit, cd_instant *out);

bool cd_instant_valid(const cd_instant *at);

static inline bool cd_instant_same_day(const cd_instant *a, const cd_instant *b)
{
    return a->year == b->year && a->month == b->month && a->day == b->day;
}

extern const cd_instant cd_no_instant; /* nothing is stated */

#endif
