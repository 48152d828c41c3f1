/* datescan.c -- finds dates in a short text by hand: one pass, no regex, no allocation. In: text, its language. Out: one date
 * after the other, as precise as it is written. The steps: find a place where a date may begin (a digit, or a word), try the
 * notations there (dayscan.c), then look for a time of day behind it (timescan.c). Glued text is the rule on scraped pages ("JonesMay 4, 20235:06
 * PM"), so a year takes exactly four digits and a month may begin where the case changes. */
#include "fields/datescan.h"

typedef cd_date_cursor cursor;

/* "21 hours ago", "3時間前", "2h ago", "5 minutter siden"; with `before` ("vor", "hace") nothing need follow the unit. */
static bool relative(cursor *c, bool before, cd_date *out)
{
    cursor    try = *c;
    cd_folded word;
    cd_span   unit, ago, value;
    int       count = 1;
    if (!cd_date_number(&try, 1, 3, &count) && !cd_date_kind_word(&try, "one", NULL)) return false;
    if (cd_date_digit_at(try.p, try.end)) return false;
    cd_date_sign(&try, "+");
    cd_date_blanks(&try);
    bool past = cd_date_kind_word(&try, "past", &unit);
    if (!past && !cd_date_kind_word(&try, "unit", &unit)) {
        if (!cd_date_word(&try, &word) || word.len != 1 || !strchr("smhdwy", word.bytes[0])) return false;
        unit = (cd_span){strchr("smhdwy", word.bytes[0]), 1}; /* 2h ago */
    }
    cd_date_sign(&try, ".");
    cursor behind = try;
    cd_date_blanks(&behind);
    if (cd_date_kind_word(&behind, "ago", &ago)) {
        past = true;
        try = behind;
        cd_date_blanks(&behind);
        if (ago.len && cd_date_word(&behind, &word) && cd_table_find(c->scan->tables->datewords, &word, &value)) try = behind;
    }
    if (!past && !before) return false;
    *out = (cd_date){.kind = CD_DATE_RELATIVE, .at = cd_no_instant, .count = count, .unit = *unit.ptr};
    c->p = try.p;
    return true;
}

/* "星期三", "周三": the time may be glued to it. */
static bool chinese_weekday(cursor *c)
{
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    cursor                   try = *c;
    if (!cd_date_literal(&try, "星期") && !cd_date_literal(&try, "周") && !cd_date_literal(&try, "週")) return false;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (cd_date_literal(&try, days[i])) {
            c->p = try.p;
            return true;
        }
    return false;
}

static bool is_weekday(cursor *c)
{
    cursor try = *c;
    cd_date_separators(&try, 1);
    cd_date_sign(&try, "(");
    bool bracket = cd_date_literal(&try, "（") || try.p[-1] == '(';
    if (!cd_date_kind_word(&try, "day", NULL) && !chinese_weekday(&try) && !cd_date_literal(&try, "日") && !cd_date_literal(&try, "月") && !cd_date_literal(&try, "火") &&
        !cd_date_literal(&try, "水") && !cd_date_literal(&try, "木") && !cd_date_literal(&try, "金") && !cd_date_literal(&try, "土"))
        return false;
    if (bracket && !cd_date_sign(&try, ")") && !cd_date_literal(&try, "）")) return false;
    c->p = try.p;
    return true;
}

/* The time of day behind a date: " | 04:40 PM", "T16:40:05Z", " à 18h42", " um 13:52 Uhr", "(Fri) 14:30". */
static void time_behind(cursor *c, cd_date *out)
{
    cursor try = *c;
    if (out->kind == CD_DATE_RELATIVE || out->at.day < 0) return;
    if (is_weekday(&try)) {
        cd_date_sign(&try, ".");
        c->p = try.p;
    }
    bool joined = cd_date_sign(&try, "T") || cd_date_joint(&try);
    if (cd_date_time(&try, joined, &out->at, &out->order)) c->p = try.p;
}

/* "3:00 PM on December 21, 2023", "08:39, 06 Jan 2026". */
static bool time_first(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    char       order = 0;
    if (!cd_date_time(&try, false, &at, &order)) return false;
    cursor behind = try;
    cd_date_separators(&behind, 2);
    if (cd_date_kind_word(&behind, "at", NULL) || cd_date_kind_word(&behind, "of", NULL)) cd_date_separators(&behind, 1);
    if (!cd_date_day(&behind, out) || out->at.day < 0) {
        *out = (cd_date){.kind = CD_DATE_TIME, .at = at};
        c->p = try.p;
        return true;
    }
    out->at.hour = at.hour, out->at.minute = at.minute, out->at.second = at.second;
    out->at.offset = at.offset, out->at.has_offset = at.has_offset;
    out->order = order;
    c->p = behind.p;
    return true;
}

/* "vor 3 Stunden", "il y a 2 heures": behind the first word; `rest` are the letters that must follow as words. */
static bool relative_behind(cursor *c, bool before, cd_span rest, cd_date *out)
{
    cursor    try = *c;
    cd_folded word;
    cd_date_blanks(&try);
    for (size_t i = 0; i < rest.len; i += 2) {
        if (!cd_date_word(&try, &word) || word.len != 1 || word.bytes[0] != rest.ptr[i]) return false;
        cd_date_blanks(&try);
    }
    if (!relative(&try, before, out)) return false;
    c->p = try.p;
    return true;
}

/* "Today", "gestern 14:30": behind the word. */
static void relative_day(cursor *c, int days, cd_date *out)
{
    cursor try = *c;
    *out = (cd_date){.kind = CD_DATE_RELATIVE, .at = cd_no_instant, .count = days, .unit = 'd'};
    cd_date_separators(&try, 2);
    while (cd_date_kind_word(&try, "at", NULL)) cd_date_blanks(&try);
    if (cd_date_time(&try, true, &out->at, &out->order)) c->p = try.p;
}

static bool begins_with_word(cursor *c, cd_date *out)
{
    cursor  try = *c;
    cd_span value, rest = {"", 0};
    int     number;
    if (cd_date_month(&try, &number)) return cd_date_day(c, out);
    if (!cd_date_look_up(&try, c->scan->tables->datewords, &value)) return false;
    if (cd_value_has(value, CD_SPAN("day"), NULL) || cd_value_has(value, CD_SPAN("era"), NULL)) return cd_date_day(c, out);
    if (cd_value_has(value, CD_SPAN("half"), NULL)) return time_first(c, out);
    if (cd_value_has(value, CD_SPAN("one"), NULL)) return relative(c, false, out);
    bool before = cd_value_has(value, CD_SPAN("before"), &rest);
    if (before || cd_value_has(value, CD_SPAN("lead"), NULL)) {
        if (!relative_behind(&try, before, rest, out)) return false;
    } else if (cd_value_has(value, CD_SPAN("relday"), &rest)) {
        if (!cd_date_is_spoken(c->scan, rest)) return false;
        relative_day(&try, *rest.ptr - '0', out);
    } else {
        return false;
    }
    c->p = try.p;
    return true;
}

static bool date_here(cursor *c, cd_date *out)
{
    cursor try = *c;
    bool   found;
    if (cd_date_digit_at(try.p, try.end)) found = cd_date_day(&try, out) || relative(&try, false, out) || time_first(&try, out);
    else found = begins_with_word(&try, out);
    if (!found) return false;
    if (out->kind != CD_DATE_TIME && out->at.hour < 0) time_behind(&try, out);
    c->p = try.p;
    return true;
}

/* Whether a date may begin at `r`: a word or a number begins there, or the case changes within glued text. A digit behind a lone
 * capital is part of a name ("F1 Dec 19, 2023"). */
static bool may_begin(cd_rune first, cd_rune before, cd_rune r)
{
    if (!cd_is_letter(r)) return cd_is_digit(r) && !cd_is_digit(before) && !(cd_is_upper(before) && first == ' ');
    return !cd_is_letter(before) || (cd_is_upper(r) && (cd_is_lower(before) || (cd_is_upper(before) && !cd_is_letter(first)))); /* "Ann ODec. 18" */
}

/* Whether a word of one ASCII letter and `small` small ones ends there and no date begins with it, as with most words of a text. */
static bool is_other_word(const cursor *c, size_t small)
{
    const cd_tables *tables = c->scan->tables;
    cd_folded        word;
    cd_span          value;
    if (!cd_date_ends_word(c->p + 1 + small, c->end)) return false;
    cd_fold_word((cd_span){c->p, 1 + small}, &word);
    return !cd_table_find(tables->months, &word, &value) && !cd_table_find(tables->datewords, &word, &value);
}

bool cd_date_next(cd_date_scan *scan, cd_date *out)
{
    cd_span rest = cd_span_sub(scan->text, scan->at, scan->text.len);
    cd_rune before = ' ', first = ' '; /* the last two */
    while (rest.len) {
        const char *start = rest.ptr;
        cursor      c = {start, start + rest.len, scan};
        cd_rune     r = cd_utf8_take(&rest);
        bool        ascii = r < 0x80 && cd_is_letter(r);
        size_t      small = ascii ? cd_small_letters(rest.ptr, c.end) : 0; /* letters where nothing may begin */
        bool        part = (before == '.' || before == '/' || before == ':') && cd_is_digit(r) && cd_is_digit(first); /* of a longer number, refused as a whole */
        if (!part && may_begin(first, before, r) && !(ascii && is_other_word(&c, small)) && date_here(&c, out)) {
            out->from = (size_t)(start - scan->text.ptr);
            out->to = (size_t)(c.p - scan->text.ptr);
            scan->at = out->to;
            return true;
        }
        first = small > 1 ? (unsigned char)rest.ptr[small - 2] : small ? r : before;
        before = small ? (unsigned char)rest.ptr[small - 1] : r;
        rest = cd_span_sub(rest, small, rest.len);
    }
    scan->at = scan->text.len;
    return false;
}
