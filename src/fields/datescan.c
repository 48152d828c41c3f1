/* datescan.c -- finds dates in a short text by hand: one pass, no regex, no allocation. In: text, its language. Out: one date
 * after the other, as precise as it is written. The steps: find a place where a date may begin (a digit, or a word), try the
 * notations there, then look for a time of day behind it. Glued text is the rule on scraped pages ("JonesMay 4, 20235:06
 * PM"), so a year takes exactly four digits and a month may begin where the case changes. */
#include "fields/datescan.h"

#include "base/limits.h"

typedef cd_date_cursor cursor;

/* Years of two digits up to this one are of this century. */
enum { SHORT_YEAR_MAX = 50 };

/* What Buddhist years are ahead; those of our time, and the last two digits of the first of them (2001). */
enum { BUDDHIST = 543, BUDDHIST_FIRST = 2400, BUDDHIST_LAST = 2699, BUDDHIST_SHORT = 44 };

/* Years of the Persian calendar. */
enum { PERSIAN_FIRST = 1300, PERSIAN_LAST = 1499 };

static bool digit_at(const char *p, const char *end)
{
    size_t len;
    return cd_date_digit(p, end, &len) >= 0;
}

static bool is_language(const cursor *c, const char *code) { return c->scan->language && strncmp(c->scan->language, code, 2) == 0; }

static bool literal(cursor *c, const char *text)
{
    size_t n = strlen(text);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, text, n) != 0) return false;
    c->p += n;
    return true;
}

/* Blanks, and at most one of the signs that stand between the parts of a date or between date and time. */
static void separators(cursor *c, size_t most)
{
    static const char *const signs[] = {",", "|", "-", "/", ";", "(", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2", "\xC2\xB7",
                                        "\xE2\x88\x99", "\xE2\x8F\xB1", "\xD8\x8C", "\xEF\xBC\x8C"};
    for (size_t n = 0; n < most; n++) {
        cd_date_blanks(c);
        size_t i = 0;
        while (i < sizeof signs / sizeof *signs && !literal(c, signs[i])) i++;
        if (i == sizeof signs / sizeof *signs) break;
    }
    cd_date_blanks(c);
}

/* Whether years are Buddhist here: the page is Thai, or the word in front is. */
static bool is_thai(const cursor *c)
{
    const char *p = c->p, *first = c->scan->text.ptr;
    while (p > first && strchr(" .,", p[-1])) p--;
    return is_language(c, "th") || (p - first >= 3 && memcmp(p - 3, "\xE0\xB8", 2) == 0);
}

/* A year of four digits; what follows may be glued to it, but no long number begins like one. */
static bool year(cursor *c, int *value)
{
    cursor try = *c;
    if (!cd_date_number(&try, 4, 4, value)) return false;
    if (*value >= BUDDHIST_FIRST && *value <= BUDDHIST_LAST && is_thai(c)) *value -= BUDDHIST;
    if (*value < 1900 || *value > 2099) return false;
    size_t more = 0, len;
    for (const char *p = try.p; cd_date_digit(p, try.end, &len) >= 0 && more < CD_LIMIT_DATE_DIGITS; p += len) more++;
    if (more >= CD_LIMIT_DATE_DIGITS - 4) return false;
    c->p = try.p;
    return true;
}

/* A year of two digits ("11-Apr-25"), which is not the hour of a time ("14.5. 18:42"), nor of the Persian calendar. "12/30/98" may be of 1998
 * or of a plan for 2098: those of the second half of a century are never guessed. */
static bool short_year(cursor *c, int *value)
{
    cursor try = *c;
    if (!cd_date_number(&try, 2, 2, value) || digit_at(try.p, try.end) || is_language(c, "fa")) return false;
    cursor behind = try;
    if (cd_date_sign(&behind, ":") || literal(&behind, "：")) {
        cd_date_blanks(&behind);
        if (digit_at(behind.p, behind.end)) return false;
    }
    behind = try;
    cd_date_blanks(&behind);
    if (cd_date_kind_word(&behind, "clock", NULL)) return false;
    bool buddhist = *value >= BUDDHIST_SHORT && is_thai(c);
    if (*value > SHORT_YEAR_MAX && !buddhist) return false;
    *value += buddhist ? 2500 - BUDDHIST : 2000;
    c->p = try.p;
    return true;
}

/* The number of a month's word, as its table has it; 0 for none. */
static int month_number(const cursor *c, cd_span value)
{
    int         month = 0;
    const char *exception = memchr(value.ptr, '=', value.len);
    if (exception && c->scan->language && exception - value.ptr > 2 && strncmp(exception - 2, c->scan->language, 2) == 0)
        value = cd_span_sub(value, (size_t)(exception + 1 - value.ptr), value.len);
    for (size_t i = 0; i < value.len && digit_at(value.ptr + i, value.ptr + value.len); i++) month = month * 10 + (value.ptr[i] - '0');
    return month;
}

static bool month(cursor *c, int *value)
{
    cursor  try = *c;
    cd_span number;
    if (!cd_date_look_up(&try, c->scan->tables->months, &number)) return false;
    if (cd_span_is(number, CD_SPAN("#"))) { /* "tháng 5" */
        cd_date_blanks(&try);
        if (!cd_date_number(&try, 1, 2, value) || *value < 1 || *value > 12 || digit_at(try.p, try.end)) return false;
    } else {
        if (!(*value = month_number(c, number))) return false;
        cd_date_sign(&try, ".");
    }
    c->p = try.p;
    return true;
}

static bool day(cursor *c, int *value)
{
    cursor try = *c;
    if (!cd_date_number(&try, 1, 2, value) || *value < 1 || *value > 31) return false;
    c->p = try.p;
    return true;
}

/* "st", "nd", "º", "." behind a day; a renderer may have put it apart ("Dec 21 st , 2018"). */
static void ordinal(cursor *c)
{
    cursor apart = *c;
    cd_date_blanks(&apart);
    if (apart.p > c->p && cd_date_kind_word(&apart, "ord", NULL) && cd_date_sign(&apart, " ") && apart.p < apart.end && *apart.p == ',') {
        c->p = apart.p;
        return;
    }
    if (cd_date_kind_word(c, "ord", NULL) || literal(c, "\xC2\xBA") || literal(c, "\xC2\xB0") || literal(c, "\xC2\xAA")) return;
    cd_date_sign(c, ".");
}

static void of(cursor *c)
{
    cursor try = *c;
    cd_date_blanks(&try);
    if (cd_date_kind_word(&try, "of", NULL)) {
        cd_date_sign(&try, ".");
        cd_date_blanks(&try);
        *c = try;
    }
}

/* The same month by its other name behind a stroke: "مايو/ أيار". */
static void same_month(cursor *c, int number)
{
    cursor try = *c;
    int    value;
    cd_date_blanks(&try);
    if (!cd_date_sign(&try, "/")) return;
    cd_date_blanks(&try);
    if (month(&try, &value) && value == number) c->p = try.p;
}

static bool accept(cursor *c, const cursor *try, cd_date *out, cd_date_kind kind, cd_instant at, bool named)
{
    if (kind != CD_DATE_NO_YEAR && !cd_instant_valid(&at)) return false;
    *out = (cd_date){.kind = kind, .at = at, .named = named};
    c->p = try->p;
    return true;
}

/* "令和7年": a year of an emperor, up to its sign. */
static bool year_of_era(cursor *c, int *value)
{
    cursor  try = *c;
    cd_span first;
    int     n;
    if (!cd_date_kind_word(&try, "era", &first)) return false;
    if (!cd_date_number(&try, 1, 2, &n)) return false;
    cursor sign = try;
    if (!literal(&sign, "年")) return false;
    *value = n - 1;
    for (int unit = 1; first.len; unit *= 10, first.len--) *value += unit * (first.ptr[first.len - 1] - '0');
    c->p = try.p;
    return true;
}

/* "2025 05/14" in Chinese: behind the year. */
static bool month_stroke_day(cursor *c, cd_instant *at)
{
    cursor try = *c;
    if (!is_language(c, "zh") || !cd_date_sign(&try, " ")) return false;
    if (!cd_date_number(&try, 2, 2, &at->month) || !cd_date_sign(&try, "/") || !cd_date_number(&try, 2, 2, &at->day)) return false;
    if (digit_at(try.p, try.end) || (try.p < try.end && *try.p == '/')) return false;
    c->p = try.p;
    return true;
}

/* "2025 m. balandžio 11 d.", "2025 മെയ് 14": behind the year. "Budget 2025 March 3, 2024" is English and begins with no date. */
static bool year_month_day(cursor *c, cd_instant *at)
{
    cursor try = *c;
    if (!c->scan->language || is_language(c, "en") || !cd_date_sign(&try, " ")) return false;
    of(&try);
    if (!month(&try, &at->month)) return false;
    cd_date_blanks(&try);
    if (!day(&try, &at->day) || digit_at(try.p, try.end)) return false;
    cursor behind = try;
    int    other;
    cd_date_sign(&behind, ",");
    cd_date_blanks(&behind);
    if (year(&behind, &other)) return false;
    behind = try;
    if (literal(&behind, " d.")) try = behind;
    c->p = try.p;
    return true;
}

/* "2025-04-11", "2025/4/11", "2025.04.11.", "2025年4月11日", "2025년 4월 11일", "2025 április 11". */
static bool year_first(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    if (!year(&try, &at.year) && !year_of_era(&try, &at.year)) return false;
    bool marked = literal(&try, "年") || literal(&try, "년");
    if (!marked && month_stroke_day(&try, &at)) return accept(c, &try, out, CD_DATE_FULL, at, false);
    if (!marked && year_month_day(&try, &at)) return accept(c, &try, out, CD_DATE_FULL, at, true);
    cd_date_blanks(&try);
    const char *sign = try.p;
    if (!marked && !cd_date_sign(&try, "-/.") && !literal(&try, "\xE2\x80\xA2") && !literal(&try, "\xE2\x80\x93")) return false;
    size_t sign_len = (size_t)(try.p - sign);
    cd_date_blanks(&try);
    if (!marked && *sign == '.' && month(&try, &at.month)) {
        cd_date_blanks(&try);
        if (!day(&try, &at.day)) return false;
        cd_date_sign(&try, ".");
        return accept(c, &try, out, CD_DATE_FULL, at, true);
    }
    if (!cd_date_number(&try, 1, 2, &at.month)) return false;
    if (marked) {
        if (!literal(&try, "月") && !literal(&try, "월")) return false;
        cursor with_day = try;
        cd_date_blanks(&with_day);
        if (day(&with_day, &at.day) && (literal(&with_day, "日") || literal(&with_day, "일") || literal(&with_day, "号"))) try = with_day;
        else at.day = -1;
        return accept(c, &try, out, CD_DATE_FULL, at, true);
    }
    cd_date_blanks(&try);
    if ((size_t)(try.end - try.p) <= sign_len || memcmp(try.p, sign, sign_len) != 0) return false;
    try.p += sign_len;
    cd_date_blanks(&try);
    if (!day(&try, &at.day) || digit_at(try.p, try.end)) return false;
    if (*sign == '.') cd_date_sign(&try, ".");
    return accept(c, &try, out, CD_DATE_FULL, at, false);
}

/* "1404/02/24" of the Persian calendar, of which the words alone are given. */
static bool persian_numbers(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    if (!cd_date_number(&try, 4, 4, &at.year) || at.year < PERSIAN_FIRST || at.year > PERSIAN_LAST || !is_language(c, "fa")) return false;
    if (!cd_date_sign(&try, "/-") || !cd_date_number(&try, 1, 2, &at.month) || !cd_date_sign(&try, "/-") || !day(&try, &at.day)) return false;
    at.year = at.month = -1;
    return accept(c, &try, out, CD_DATE_NO_YEAR, at, false);
}

/* "24 اردیبهشت 1404": the same in words; behind the day. */
static bool persian(cursor *c, cursor try, int day_number, cd_date *out)
{
    cd_instant at = cd_no_instant;
    cd_span    value;
    int        persian_year;
    if (!cd_date_look_up(&try, c->scan->tables->months, &value) || !cd_span_is(value, CD_SPAN("persian"))) return false;
    cd_date_blanks(&try);
    if (!cd_date_number(&try, 4, 4, &persian_year) || persian_year < PERSIAN_FIRST || persian_year > PERSIAN_LAST) return false;
    at.day = day_number;
    return accept(c, &try, out, CD_DATE_NO_YEAR, at, true);
}

/* "11 April 2025", "11th Apr, 2025", "3. Mai 2024", "12 de marzo de 2026", "8 января 2026 г."; without a year too. */
static bool day_month(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    if (!day(&try, &at.day) || digit_at(try.p, try.end)) return false;
    ordinal(&try);
    cd_date_blanks(&try);
    cd_date_sign(&try, "-/");
    of(&try);
    if (!month(&try, &at.month)) return persian(c, try, at.day, out);
    same_month(&try, at.month);
    cursor bare = try;
    cd_date_blanks(&try);
    cd_date_sign(&try, ",-/'");
    of(&try);
    cd_date_blanks(&try);
    if (!year(&try, &at.year)) {
        bool glued = try.p == bare.p && try.p[-1] != '.', apart = try.p[-1] == ' ' && !is_thai(&try); /* 11-Apr-25, 11.Apr.25 */
        if (glued || apart || !short_year(&try, &at.year)) return accept(c, &bare, out, CD_DATE_NO_YEAR, at, true);
    }
    bare = try;
    cd_date_blanks(&bare);
    if (literal(&bare, "г.") || literal(&bare, "р.") || literal(&bare, "г,")) try = bare;
    else if (literal(&bare, "م") && cd_date_ends_word(bare.p, bare.end)) try = bare;
    return accept(c, &try, out, CD_DATE_FULL, at, true);
}

/* "April 11, 2025", "Apr. 11 2025", "Jul. 11. 2025", "April 2025"; without a year too. The cursor is behind the month. */
static bool month_day(cursor *c, int month_number, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    at.month = month_number;
    cd_date_blanks(&try);
    cd_date_sign(&try, "-,/");
    cd_date_blanks(&try);
    cursor no_day = try;
    if (year(&no_day, &at.year)) return accept(c, &no_day, out, CD_DATE_FULL, at, true);
    if (!day(&try, &at.day)) return false;
    ordinal(&try);
    if (digit_at(try.p, try.end)) return false;
    cursor bare = try;
    cd_date_blanks(&try);
    cd_date_sign(&try, ",-/.");
    of(&try);
    cd_date_blanks(&try);
    if (!year(&try, &at.year)) return accept(c, &bare, out, CD_DATE_NO_YEAR, at, true);
    return accept(c, &try, out, CD_DATE_FULL, at, true);
}

static bool day_comes_first(const cursor *c, char sign)
{
    const char *language = c->scan->language;
    if (!language) return sign == '.';
    return strncmp(language, "en", 2) != 0;
}

/* At words and signs between a date and its time: " | ", " à ", ": ". Whether there is something. */
static bool joint(cursor *c)
{
    const char *before = c->p;
    cursor      colon = *c;
    bool other = c->scan->language && !is_language(c, "en"); /* "14.05.2025. u 18:42" */
    if (cd_date_sign(&colon, other ? ":." : ":") && colon.p < colon.end && *colon.p == ' ') *c = colon;
    separators(c, 2);
    bool joined = c->p > before;
    while (cd_date_kind_word(c, "at", NULL)) {
        cd_date_sign(c, ".:");
        cd_date_blanks(c);
    }
    return joined;
}

/* "14.5. 18:42": two numbers that a time makes a date; the cursor is behind the second full stop. */
static bool day_month_time(cursor *c, cursor try, cd_instant at, cd_date *out)
{
    cd_instant time = cd_no_instant;
    cursor     behind = try;
    char       order;
    if (!c->scan->language || is_language(c, "en") || at.day < 1 || at.day > 31 || at.month < 1 || at.month > 12) return false;
    if (!joint(&behind) || !cd_date_time(&behind, true, &time, &order)) return false;
    return accept(c, &try, out, CD_DATE_NO_YEAR, at, false);
}

/* "11.04.2025", "11/4/25", "4-11-2025": settled where a part is over 12, both are the same, or the language is not English. */
static bool numeric(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    int        a, b;
    if (!cd_date_number(&try, 1, 2, &a)) return false;
    const char *sign = try.p;
    if (!cd_date_sign(&try, "./-") && !literal(&try, "\xE2\x80\xA2")) return false;
    size_t sign_len = (size_t)(try.p - sign);
    if (*sign == '.') cd_date_blanks(&try);
    bool spaced = try.p > sign + sign_len;
    if (!cd_date_number(&try, 1, 2, &b)) return false;
    if ((size_t)(try.end - try.p) < sign_len || memcmp(try.p, sign, sign_len) != 0) return false;
    try.p += sign_len;
    cursor bare = try;
    if (*sign == '.') cd_date_blanks(&try);
    if (!year(&try, &at.year)) {
        bool hour = try.p > bare.p && !spaced;
        bool two = *sign != '-' && !hour && short_year(&try, &at.year) && !(try.p < try.end && *try.p == *sign && digit_at(try.p + 1, try.end));
        if (!two && *sign == '.') return day_month_time(c, bare, (cd_instant){-1, b, a, -1, -1, -1, 0, false}, out);
        if (!two) return false;
    }
    bool day_first = b <= 12 && (a > 12 || a == b || day_comes_first(c, *sign));
    bool settled = day_first || b > 12;
    at.day = day_first || !settled ? a : b;
    at.month = day_first || !settled ? b : a;
    if (!accept(c, &try, out, settled ? CD_DATE_FULL : CD_DATE_UNSETTLED, at, false)) return false;
    out->sign = *sign;
    out->day_first = day_first;
    out->by = a > 12 || b > 12 || a == b ? CD_ORDER_NUMBERS : settled ? CD_ORDER_LANGUAGE : CD_ORDER_NONE;
    return true;
}

/* "21 hours ago", "3時間前", "2h ago", "5 minutter siden"; with `before` ("vor", "hace") nothing need follow the unit. */
static bool relative(cursor *c, bool before, cd_date *out)
{
    cursor    try = *c;
    cd_folded word;
    cd_span   unit, ago, value;
    int       count = 1;
    if (!cd_date_number(&try, 1, 3, &count) && !cd_date_kind_word(&try, "one", NULL)) return false;
    if (digit_at(try.p, try.end)) return false;
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

/* Day and year in any notation, with the weekday in front if there is one; no time of day. */
static bool plain_date(cursor *c, cd_date *out)
{
    cursor try = *c;
    int    number;
    if (cd_date_kind_word(&try, "day", NULL)) {
        cursor second = try;
        cd_date_sign(&try, ".");
        cd_date_sign(&second, "-");
        cd_date_blanks(&second);
        if (cd_date_kind_word(&second, "day", NULL)) try = second; /* segunda-feira is two */
        separators(&try, 2);
        of(&try);
    }
    if (digit_at(try.p, try.end)) {
        if (!year_first(&try, out) && !day_month(&try, out) && !numeric(&try, out) && !persian_numbers(&try, out)) return false;
    } else if (!year_first(&try, out)) {
        if (!month(&try, &number) || !month_day(&try, number, out)) return false;
    }
    c->p = try.p;
    return true;
}

/* "星期三", "周三": the time may be glued to it. */
static bool chinese_weekday(cursor *c)
{
    static const char *const days[] = {"一", "二", "三", "四", "五", "六", "日", "天"};
    cursor                   try = *c;
    if (!literal(&try, "星期") && !literal(&try, "周") && !literal(&try, "週")) return false;
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (literal(&try, days[i])) {
            c->p = try.p;
            return true;
        }
    return false;
}

static bool is_weekday(cursor *c)
{
    cursor try = *c;
    separators(&try, 1);
    cd_date_sign(&try, "(");
    bool bracket = literal(&try, "（") || try.p[-1] == '(';
    if (!cd_date_kind_word(&try, "day", NULL) && !chinese_weekday(&try) && !literal(&try, "日") && !literal(&try, "月") && !literal(&try, "火") &&
        !literal(&try, "水") && !literal(&try, "木") && !literal(&try, "金") && !literal(&try, "土"))
        return false;
    if (bracket && !cd_date_sign(&try, ")") && !literal(&try, "）")) return false;
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
    bool joined = cd_date_sign(&try, "T") || joint(&try);
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
    separators(&behind, 2);
    if (cd_date_kind_word(&behind, "at", NULL) || cd_date_kind_word(&behind, "of", NULL)) separators(&behind, 1);
    if (!plain_date(&behind, out) || out->at.day < 0) {
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
    separators(&try, 2);
    while (cd_date_kind_word(&try, "at", NULL)) cd_date_blanks(&try);
    if (cd_date_time(&try, true, &out->at, &out->order)) c->p = try.p;
}

static bool begins_with_word(cursor *c, cd_date *out)
{
    cursor  try = *c;
    cd_span value, rest = {"", 0};
    int     number;
    if (month(&try, &number)) return plain_date(c, out);
    if (!cd_date_look_up(&try, c->scan->tables->datewords, &value)) return false;
    if (cd_value_has(value, CD_SPAN("day"), NULL) || cd_value_has(value, CD_SPAN("era"), NULL)) return plain_date(c, out);
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
    if (digit_at(try.p, try.end)) found = plain_date(&try, out) || relative(&try, false, out) || time_first(&try, out);
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
