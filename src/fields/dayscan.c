/* dayscan.c -- reads a day, with its year where it has one, in any notation: "April 11, 2025", "11.04.2025", "2025年4月11日". In: a cursor in a short
 * text. Out: the date, and the cursor behind it; where nothing fits the cursor stays. No time of day. */
#include "fields/datescan.h"

#include "base/limits.h"

typedef cd_date_cursor cursor;

/* Years of two digits up to this one are of this century. */
enum { SHORT_YEAR_MAX = 50 };

/* What Buddhist years are ahead; those of our time, and the last two digits of the first of them (2001). */
enum { BUDDHIST = 543, BUDDHIST_FIRST = 2400, BUDDHIST_LAST = 2699, BUDDHIST_SHORT = 44 };

/* Years of the Persian calendar. */
enum { PERSIAN_FIRST = 1300, PERSIAN_LAST = 1499 };

static bool is_language(const cursor *c, const char *code) { return c->scan->language && strncmp(c->scan->language, code, 2) == 0; }

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
    if (!cd_date_number(&try, 2, 2, value) || cd_date_digit_at(try.p, try.end) || is_language(c, "fa")) return false;
    cursor behind = try;
    if (cd_date_sign(&behind, ":") || cd_date_literal(&behind, "：")) {
        cd_date_blanks(&behind);
        if (cd_date_digit_at(behind.p, behind.end)) return false;
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
    for (size_t i = 0; i < value.len && cd_date_digit_at(value.ptr + i, value.ptr + value.len); i++) month = month * 10 + (value.ptr[i] - '0');
    return month;
}

bool cd_date_month(cursor *c, int *value)
{
    cursor  try = *c;
    cd_span number;
    if (!cd_date_look_up(&try, c->scan->tables->months, &number)) return false;
    if (cd_span_is(number, CD_SPAN("#"))) { /* "tháng 5" */
        cd_date_blanks(&try);
        if (!cd_date_number(&try, 1, 2, value) || *value < 1 || *value > 12 || cd_date_digit_at(try.p, try.end)) return false;
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
    if (cd_date_kind_word(c, "ord", NULL) || cd_date_literal(c, "\xC2\xBA") || cd_date_literal(c, "\xC2\xB0") || cd_date_literal(c, "\xC2\xAA")) return;
    cd_date_sign(c, ".");
}

void cd_date_of(cursor *c)
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
    if (cd_date_month(&try, &value) && value == number) c->p = try.p;
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
    if (!cd_date_literal(&sign, "年")) return false;
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
    if (cd_date_digit_at(try.p, try.end) || (try.p < try.end && *try.p == '/')) return false;
    c->p = try.p;
    return true;
}

/* "2025 m. balandžio 11 d.", "2025 മെയ് 14": behind the year. "Budget 2025 March 3, 2024" is English and begins with no date. */
static bool year_month_day(cursor *c, cd_instant *at)
{
    cursor try = *c;
    if (!c->scan->language || is_language(c, "en") || !cd_date_sign(&try, " ")) return false;
    cd_date_of(&try);
    if (!cd_date_month(&try, &at->month)) return false;
    cd_date_blanks(&try);
    if (!day(&try, &at->day) || cd_date_digit_at(try.p, try.end)) return false;
    cursor behind = try;
    int    other;
    cd_date_sign(&behind, ",");
    cd_date_blanks(&behind);
    if (year(&behind, &other)) return false;
    behind = try;
    if (cd_date_literal(&behind, " d.")) try = behind;
    c->p = try.p;
    return true;
}

/* "2025-04-11", "2025/4/11", "2025.04.11.", "2025年4月11日", "2025년 4월 11일", "2025 április 11". */
static bool year_first(cursor *c, cd_date *out)
{
    cursor     try = *c;
    cd_instant at = cd_no_instant;
    if (!year(&try, &at.year) && !year_of_era(&try, &at.year)) return false;
    bool marked = cd_date_literal(&try, "年") || cd_date_literal(&try, "년");
    if (!marked && month_stroke_day(&try, &at)) return accept(c, &try, out, CD_DATE_FULL, at, false);
    if (!marked && year_month_day(&try, &at)) return accept(c, &try, out, CD_DATE_FULL, at, true);
    cd_date_blanks(&try);
    const char *sign = try.p;
    if (!marked && !cd_date_sign(&try, "-/.") && !cd_date_literal(&try, "\xE2\x80\xA2") && !cd_date_literal(&try, "\xE2\x80\x93")) return false;
    size_t sign_len = (size_t)(try.p - sign);
    cd_date_blanks(&try);
    if (!marked && *sign == '.' && cd_date_month(&try, &at.month)) {
        cd_date_blanks(&try);
        if (!day(&try, &at.day)) return false;
        cd_date_sign(&try, ".");
        return accept(c, &try, out, CD_DATE_FULL, at, true);
    }
    if (!cd_date_number(&try, 1, 2, &at.month)) return false;
    if (marked) {
        if (!cd_date_literal(&try, "月") && !cd_date_literal(&try, "월")) return false;
        cursor with_day = try;
        cd_date_blanks(&with_day);
        if (day(&with_day, &at.day) && (cd_date_literal(&with_day, "日") || cd_date_literal(&with_day, "일") || cd_date_literal(&with_day, "号"))) try = with_day;
        else at.day = -1;
        return accept(c, &try, out, CD_DATE_FULL, at, true);
    }
    cd_date_blanks(&try);
    if ((size_t)(try.end - try.p) <= sign_len || memcmp(try.p, sign, sign_len) != 0) return false;
    try.p += sign_len;
    cd_date_blanks(&try);
    if (!day(&try, &at.day) || cd_date_digit_at(try.p, try.end)) return false;
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
    if (!day(&try, &at.day) || cd_date_digit_at(try.p, try.end)) return false;
    ordinal(&try);
    cd_date_blanks(&try);
    cd_date_sign(&try, "-/");
    cd_date_of(&try);
    if (!cd_date_month(&try, &at.month)) return persian(c, try, at.day, out);
    same_month(&try, at.month);
    cursor bare = try;
    cd_date_blanks(&try);
    cd_date_sign(&try, ",-/'");
    cd_date_of(&try);
    cd_date_blanks(&try);
    if (!year(&try, &at.year)) {
        bool glued = try.p == bare.p && try.p[-1] != '.', apart = try.p[-1] == ' ' && !is_thai(&try); /* 11-Apr-25, 11.Apr.25 */
        if (glued || apart || !short_year(&try, &at.year)) return accept(c, &bare, out, CD_DATE_NO_YEAR, at, true);
    }
    bare = try;
    cd_date_blanks(&bare);
    if (cd_date_literal(&bare, "г.") || cd_date_literal(&bare, "р.") || cd_date_literal(&bare, "г,")) try = bare;
    else if (cd_date_literal(&bare, "م") && cd_date_ends_word(bare.p, bare.end)) try = bare;
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
    if (cd_date_digit_at(try.p, try.end)) return false;
    cursor bare = try;
    cd_date_blanks(&try);
    cd_date_sign(&try, ",-/.");
    cd_date_of(&try);
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
bool cd_date_joint(cursor *c)
{
    const char *before = c->p;
    cursor      colon = *c;
    bool other = c->scan->language && !is_language(c, "en"); /* "14.05.2025. u 18:42" */
    if (cd_date_sign(&colon, other ? ":." : ":") && colon.p < colon.end && *colon.p == ' ') *c = colon;
    cd_date_separators(c, 2);
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
    if (!cd_date_joint(&behind) || !cd_date_time(&behind, true, &time, &order)) return false;
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
    if (!cd_date_sign(&try, "./-") && !cd_date_literal(&try, "\xE2\x80\xA2")) return false;
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
        bool two = *sign != '-' && !hour && short_year(&try, &at.year) && !(try.p < try.end && *try.p == *sign && cd_date_digit_at(try.p + 1, try.end));
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

/* Day and year in any notation, with the weekday in front if there is one; no time of day. */
bool cd_date_day(cursor *c, cd_date *out)
{
    cursor try = *c;
    int    number;
    if (cd_date_kind_word(&try, "day", NULL)) {
        cursor second = try;
        cd_date_sign(&try, ".");
        cd_date_sign(&second, "-");
        cd_date_blanks(&second);
        if (cd_date_kind_word(&second, "day", NULL)) try = second; /* segunda-feira is two */
        cd_date_separators(&try, 2);
        cd_date_of(&try);
    }
    if (cd_date_digit_at(try.p, try.end)) {
        if (!year_first(&try, out) && !day_month(&try, out) && !numeric(&try, out) && !persian_numbers(&try, out)) return false;
    } else if (!year_first(&try, out)) {
        if (!cd_date_month(&try, &number) || !month_day(&try, number, out)) return false;
    }
    c->p = try.p;
    return true;
}
