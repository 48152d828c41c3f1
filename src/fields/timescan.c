/* timescan.c -- reads times of day and zones. In: a cursor in a short text.
 * Out: the value, and the cursor behind it; where nothing fits the cursor stays. Will not read durations ("00:00 / 03:15" is
 * for date.c to refuse by its neighbours). */
#include "fields/datescan.h"

/* "AM", "p.m.", "a. m.", or a word such as the Korean for afternoon; 0 or 12, -1 for none. */
static int half_of_day(cd_date_cursor *c)
{
    cd_date_cursor try = *c;
    cd_span        hour;
    if (cd_date_kind_word(c, "half", &hour)) {
        cd_date_sign(c, ".");
        return *hour.ptr == '0' ? 0 : 12;
    }
    bool after = cd_date_sign(&try, "pP");
    if (!after && !cd_date_sign(&try, "aA")) return -1;
    if (!cd_date_sign(&try, ".")) return -1;
    cd_date_blanks(&try);
    if (!cd_date_sign(&try, "mM")) return -1;
    cd_date_sign(&try, ".");
    c->p = try.p;
    return after ? 12 : 0;
}

/* "+05:00", "+1", "-0500" behind a time or a zone's name. `bare`: nothing in front names it, so it must be written in full. */
static bool offset(cd_date_cursor *c, bool bare, int *minutes)
{
    cd_date_cursor try = *c;
    int            h, m = 0;
    bool           west = c->p < c->end && *c->p == '-';
    if (!cd_date_sign(&try, "+-") || !cd_date_number(&try, bare ? 2 : 1, 2, &h)) return false;
    bool colon = cd_date_sign(&try, ":");
    if (!cd_date_number(&try, 2, 2, &m)) {
        if (colon || bare) return false;
        m = 0;
    }
    if (h > 14 || m > 59) return false;
    *minutes = (west ? -1 : 1) * (h * 60 + m);
    c->p = try.p;
    return true;
}

/* " +0100" behind a blank, as in mail and feeds. "09:00 -10:30" is a span of hours: west of Greenwich a colon needs seconds in front. */
static bool offset_apart(cd_date_cursor *c, cd_instant *at)
{
    cd_date_cursor try = *c;
    cd_date_blanks(&try);
    const char *sign = try.p;
    if (sign == c->p || !offset(&try, true, &at->offset)) return false;
    if (try.p < try.end && *try.p >= '0' && *try.p <= '9') return false;
    if (*sign == '-' && sign[3] == ':' && at->second < 0) return false;
    at->has_offset = true;
    c->p = try.p;
    return true;
}

/* The number in front of a table's value; false for "-", which stands for none. */
static bool signed_number(cd_span text, int *value)
{
    bool minus = text.len && *text.ptr == '-';
    int  v = 0;
    if (text.len <= minus || text.ptr[minus] < '0') return false;
    for (size_t i = minus; i < text.len && text.ptr[i] != ' '; i++) v = v * 10 + (text.ptr[i] - '0');
    *value = minus ? -v : v;
    return true;
}

/* A zone: "EST", "GMT+5", "(CET)", "+05:00"; words that say none by themselves ("ET") are taken too. Names are in capitals,
 * else the word "art" behind a time would be Argentina's. */
static void zone(cd_date_cursor *c, cd_instant *at, char *order)
{
    cd_date_cursor try = *c;
    cd_folded      word;
    cd_span        value;
    if (offset(&try, true, &at->offset)) {
        at->has_offset = true;
        c->p = try.p;
        return;
    }
    if (offset_apart(c, at)) return;
    cd_date_blanks(&try);
    bool        bracket = cd_date_sign(&try, "(");
    const char *name = try.p;
    if (!cd_date_word(&try, &word) || !cd_table_find(c->scan->tables->zones, &word, &value)) return;
    if (*name >= 'a' && *name <= 'z') return;
    if (word.len == 1 ? name != c->p : name[1] >= 'a' && name[1] <= 'z') return;
    at->has_offset = signed_number(value, &at->offset);
    if (value.len > 2 && value.ptr[value.len - 2] == ' ') *order = value.ptr[value.len - 1];
    if (at->has_offset && at->offset == 0) offset(&try, false, &at->offset); /* GMT+1 */
    if (bracket) cd_date_sign(&try, ")");
    c->p = try.p;
}

/* "18 h 42": the letter with blanks on both sides. */
static bool spaced_letter(cd_date_cursor *c)
{
    cd_date_cursor try = *c;
    size_t         len;
    if (!cd_date_sign(&try, " ") || !cd_date_sign(&try, "h") || !cd_date_sign(&try, " ") || cd_date_digit(try.p, try.end, &len) < 0) return false;
    c->p = try.p;
    return true;
}

/* The fraction of a second in "16:40:05.000+0000" says nothing that a reader would. */
static void fraction(cd_date_cursor *c)
{
    cd_date_cursor try = *c;
    int            digits;
    if (cd_date_sign(&try, ".") && cd_date_number(&try, 3, 9, &digits)) *c = try;
}

/* The minutes behind the hours: ":40", ".40", "h42", "時30分"; false: the hour stands alone. */
static bool minutes(cd_date_cursor *c, bool joined, cd_instant *at, bool *dotted)
{
    cd_date_cursor try = *c;
    bool           cjk = cd_date_literal(&try, "時") || cd_date_literal(&try, "时") || cd_date_literal(&try, "시") || cd_date_literal(&try, "點") || cd_date_literal(&try, "点");
    if (cjk) cd_date_blanks(&try);
    *dotted = !cjk && cd_date_sign(&try, ".");
    bool letter = !cjk && !*dotted && (cd_date_sign(&try, "hH") || (joined && spaced_letter(&try)));
    bool colon = !cjk && !*dotted && !letter && (cd_date_sign(&try, ":") || cd_date_literal(&try, "："));
    if (!cjk && !*dotted && !letter && !colon) return false;
    if (colon) cd_date_blanks(&try);
    if (!cd_date_number(&try, 2, 2, &at->minute)) {
        at->minute = 0;
        if (!cjk && !(letter && joined)) return false;
    } else if (cjk) {
        (void)(cd_date_literal(&try, "分") || cd_date_literal(&try, "분"));
    } else if (colon && cd_date_sign(&try, ":")) {
        if (!cd_date_number(&try, 2, 2, &at->second)) return false;
        fraction(&try);
    }
    c->p = try.p;
    return true;
}

/* No digit may follow a time: "10.23.5" and "12:345" are something else. */
static bool ends_here(const cd_date_cursor *c)
{
    const char *p = c->p;
    size_t      len;
    if (p < c->end && (*p == '.' || *p == ',' || *p == ':')) p++;
    return cd_date_digit(p, c->end, &len) < 0;
}

/* The half of the day that stands behind the time: some words do so only, since they are others' in front ("2025م" is a year). */
static int half_behind(cd_date_cursor *c)
{
    cd_date_cursor try = *c;
    cd_span        hour;
    if (!cd_date_kind_word(&try, "late", &hour) || !cd_date_is_spoken(c->scan, hour)) return half_of_day(c);
    *c = try;
    cd_date_sign(c, ".");
    return *hour.ptr == '0' ? 0 : 12;
}

bool cd_date_time(cd_date_cursor *c, bool joined, cd_instant *out, char *order)
{
    cd_date_cursor try = *c;
    cd_instant     at = *out;
    bool           dotted = false;
    int            half = half_of_day(&try);
    bool           latin = half >= 0 && (unsigned char)*c->p < 0x80;
    cd_date_blanks(&try);
    if (!cd_date_number(&try, 1, 2, &at.hour) || at.hour > 24) return false;
    at.minute = at.second = -1;
    bool has_minutes = minutes(&try, joined, &at, &dotted);
    if (has_minutes && !ends_here(&try)) return false;
    if (!has_minutes && latin) return false; /* "am 7. Juli" is no time */
    if (!has_minutes) at.minute = 0, at.second = -1;
    cd_date_cursor behind = try;
    cd_date_blanks(&behind);
    if (half < 0 && (half = half_behind(&behind)) >= 0) try = behind;
    if (half < 0 && (!has_minutes || (dotted && !joined))) return false;
    if (half == 12 && at.hour < 12) at.hour += 12;
    if (half == 0 && at.hour == 12) at.hour = 0;
    if (at.hour == 24 && at.minute == 0) return false;
    behind = try;
    cd_date_blanks(&behind);
    if (cd_date_kind_word(&behind, "clock", NULL)) {
        if ((unsigned char)behind.p[-1] >= 0x80) cd_date_sign(&behind, "."); /* "18:42 น." */
        try = behind;
    }
    at.has_offset = false;
    at.offset = 0;
    zone(&try, &at, order);
    if (at.hour > 23 || at.minute > 59 || at.second > 60) return false;
    *out = at;
    c->p = try.p;
    return true;
}
