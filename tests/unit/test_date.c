/* test_date.c -- dates in many notations: what is read, and which words say so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fields/datescan.h"

typedef struct row {
    const char *language, *text, *date, *words; /* date: ISO 8601, or the kind in brackets; NULL: no date; words NULL: all of text */
} row;

static const row rows[] = {
    /* English */
    {"en", "April 11, 2025 | 04:40 PM", "2025-04-11T16:40", NULL},
    {"en", "11th Apr, 2025", "2025-04-11", NULL},
    {"en", "Apr 11, 2025, 4:40 p.m. EDT", "2025-04-11T16:40-04:00", NULL},
    {"en", "Friday 11 April 2025 16.40 BST", "2025-04-11T16:40+01:00", NULL},
    {"en", "Fri 6 Feb 2026 06.10 CET", "2026-02-06T06:10+01:00", NULL},
    {"en", "Sunday, 8 March 2026", "2026-03-08", NULL},
    {"en", "3:00 PM on December 21, 2023", "2023-12-21T15:00", NULL},
    {"en", "08:39, 06 Jan 2026", "2026-01-06T08:39", NULL},
    {"en", "12:20pm Jan 7, 2024", "2024-01-07T12:20", NULL},
    {"en", "17:41 JST, October 13, 2024", "2024-10-13T17:41+09:00", NULL},
    {"en", "8:00 PM EST, Tue December 19, 2023", "2023-12-19T20:00-05:00", NULL},
    {"en", "10:19am 19 December 2025", "2025-12-19T10:19", NULL},
    {"en", "Feb. 24, 2026, 3:03 a.m. ET", "2026-02-24T03:03", NULL},
    {"en", "December 22, 2023 at 3:09 p.m. EST", "2023-12-22T15:09-05:00", NULL},
    {"en", "June 30, 2026 - 4.34pm", "2026-06-30T16:34", NULL},
    {"en", "21 May 2025 - 14:19", "2025-05-21T14:19", NULL},
    {"en", "19 December 2023 \xE2\x80\xA2 3:54pm", "2023-12-19T15:54", NULL},
    {"en", "Jan 23rd 2024 at 11:15AM", "2024-01-23T11:15", NULL},
    {"en", "11 Mar 2026, 04:40 PM IST", "2026-03-11T16:40+05:30", NULL},
    {"en", "May 5, 2026 12:00 am", "2026-05-05T00:00", NULL},
    {"en", "Jul. 11. 2025", "2025-07-11", NULL},
    {"en", "05 Nov 2025.", "2025-11-05", "05 Nov 2025"},
    {"en", "2025-04-11", "2025-04-11", NULL},
    {"en", "2025/04/11", "2025-04-11", NULL},
    {"en", "2025\xE2\x80\xA2" "01\xE2\x80\xA2" "08", "2025-01-08", NULL},
    {"en", "2025-04-11T16:40:05Z", "2025-04-11T16:40:05+00:00", NULL},
    {"en", "2025-04-11T16:40:05+05:00", "2025-04-11T16:40:05+05:00", NULL},
    {"en", "2025-04-11 16:40", "2025-04-11T16:40", NULL},
    {"en", "26 Feb 2026 18:00 GMT+5", "2026-02-26T18:00+05:00", NULL},
    {"en", "30/04/2024 - 16:38", "2024-04-30T16:38", NULL},
    {"en", "05/26/22 4:20pm", "2022-05-26T16:20", NULL},
    {"en", "12/12/2025", "2025-12-12", NULL},
    {"en", "April 2025", "2025-04", NULL},
    {"en", "11-Apr-2025", "2025-04-11", NULL},
    /* glued, labelled, surrounded */
    {"en", "Jane DoeDec 05, 20232 Shares", "2023-12-05", "Dec 05, 2023"},
    {"en", "November 9, 202211:01 AM ET", "2022-11-09T11:01", NULL},
    {"en", "December 22, 2023 9:02am EST", "2023-12-22T09:02-05:00", NULL},
    {"en", "By A. B. on December 22, 2023 in News", "2023-12-22", "December 22, 2023"},
    {"en", "08:39, 06 Jan 2026Updated 08:41, 06 Jan 2026", "2026-01-06T08:39", "08:39, 06 Jan 2026"},
    {"en", "Posted on: 11 Feb 2026 08:30 UTC", "2026-02-11T08:30+00:00", "11 Feb 2026 08:30 UTC"},
    {"de", "30.01.202430. Januar 2024", "2024-01-30", "30.01.2024"},
    /* not settled, not complete, relative */
    {"en", "03/04/2025", "[unsettled]", NULL},
    {"en", "Jun 9", "[no year]", NULL},
    {"ru", "8 \xD1\x8F\xD0\xBD\xD0\xB2\xD0\xB0\xD1\x80\xD1\x8F, 17:46", "[no year]", NULL},
    {"en", "Harbour Wire21 hours ago", "[relative 21h]", "21 hours ago"},
    {"en", "5 min ago", "[relative 5m]", NULL},
    {"en", "an hour ago", "[relative 1h]", NULL},
    {"en", "2h ago", "[relative 2h]", NULL},
    {"de", "vor 14 Minuten", "[relative 14m]", NULL},
    {"fr", "il y a 3 heures", "[relative 3h]", NULL},
    {"es", "hace 2 d\xC3\xAD" "as", "[relative 2d]", NULL},
    {"sv", "f\xC3\xB6r 2 timmar sedan", "[relative 2h]", NULL},
    {"ru", "2 \xD1\x87\xD0\xB0\xD1\x81\xD0\xB0 \xD0\xBD\xD0\xB0\xD0\xB7\xD0\xB0\xD0\xB4", "[relative 2h]", NULL},
    {"ja", "3時間前", "[relative 3h]", NULL},
    {"ko", "2시간 전", "[relative 2h]", NULL},
    {"en", "yesterday", "[relative 1d]", NULL},
    {"fa", "۲ ساعت پیش", "[relative 2h]", NULL},
    {"ar", "منذ 3 ساعات", "[relative 3h]", NULL},
    {"he", "לפני 3 שעות", "[relative 3h]", NULL},
    {"hi", "2 घंटे पहले", "[relative 2h]", NULL},
    {"bn", "২ ঘণ্টা আগে", "[relative 2h]", NULL},
    {"vi", "2 giờ trước", "[relative 2h]", NULL},
    {"th", "2 ชั่วโมงที่แล้ว", "[relative 2h]", NULL},
    {"sv", "22:31", "[time]", NULL},
    /* other languages */
    {"de", "3. Mai 2024, 17:47", "2024-05-03T17:47", NULL},
    {"de", "15.05.2023 - 13:52 Uhr", "2023-05-15T13:52", NULL},
    {"de", "28.04.2024 um 08:52 Uhr", "2024-04-28T08:52", NULL},
    {"de", "25.4.24", "2024-04-25", NULL},
    {"de", "Donnerstag, 05. Juni 2025", "2025-06-05", NULL},
    {"fr", "12 mars 2026 \xC3\xA0 18h42", "2026-03-12T18:42", NULL},
    {"fr", "1er ao\xC3\xBBt 2025", "2025-08-01", NULL},
    {"es", "22/01/2026 a las 20:35h", "2026-01-22T20:35", NULL},
    {"es", "22 de enero de 2026", "2026-01-22", NULL},
    {"pt", "12 de fevereiro de 2026, 18h30", "2026-02-12T18:30", NULL},
    {"it", "5 gennaio 2025 alle 10:12", "2025-01-05T10:12", NULL},
    {"nl", "2 februari 2025 om 20:07 uur", "2025-02-02T20:07", NULL},
    {"sv", "23 okt 2025 kl 10.23", "2025-10-23T10:23", NULL},
    {"da", "02/02/2025 KL. 09:00", "2025-02-02T09:00", NULL},
    {"nb", "06.01.2026 - 17:29", "2026-01-06T17:29", NULL},
    {"pl", "19 kwietnia 2026, 19:05", "2026-04-19T19:05", NULL},
    {"tr", "3 Temmuz 2024 - 21:24", "2024-07-03T21:24", NULL},
    {"ru", "14.02.2026, 20:28", "2026-02-14T20:28", NULL},
    {"uk", "8 \xD1\x81\xD1\x96\xD1\x87\xD0\xBD\xD1\x8F 2026, 19:46", "2026-01-08T19:46", NULL},
    {"id", "Selasa, 20 Januari 2026 | 18:33 WIB", "2026-01-20T18:33+07:00", NULL},
    {"ja", "2026年2月3日 14時30分", "2026-02-03T14:30", NULL},
    {"ja", "2025/1/14 21:17", "2025-01-14T21:17", NULL},
    {"ja", "2026年2月3日（火）", "2026-02-03", NULL},
    {"zh", "2025年4月11日 16:40", "2025-04-11T16:40", NULL},
    {"ko", "2025.05.15 20:00", "2025-05-15T20:00", NULL},
    {"ko", "2025년 5월 15일 오후 4:40", "2025-05-15T16:40", NULL},
    {"hu", "2025. \xC3\xA1prilis 11. 16:40", "2025-04-11T16:40", NULL},
    {"fi", "11. huhtikuuta 2025 klo 16.40", "2025-04-11T16:40", NULL},
    {"hr", "5. listopada 2025", "2025-10-05", NULL},
    {"pl", "5 listopada 2025", "2025-11-05", NULL},
    {"fr", "hier 18:42", "[relative 1d]", NULL},
    {"de", "Hier geht es weiter", NULL, NULL},
    {"en", "Dec 21 st , 2018 2:00 pm", "2018-12-21T14:00", NULL},
    {"de", "03.M\xC3\xA4r.19", "2019-03-03", NULL},
    /* a time is no year */
    {"fi", "3.6. 18:42", "[no year]", NULL},
    {"cs", "3. 6. 18:42", "[no year]", NULL},
    {"no", "3.6. kl. 18.42", "[no year]", NULL},
    {"fi", "3.6. klo 18.42", "[no year]", NULL},
    {"de", "3.6. 18 Uhr", NULL, NULL},
    {"de", "3.6. Ferries and buses", NULL, NULL},
    {"en", "3.6. 18:42", "[time]", "18:42"},
    {"cs", "3. 6. 25 18:42", "2025-06-03T18:42", NULL},
    {"de", "3.6.25 18:42", "2025-06-03T18:42", NULL},
    {"fr", "3/6/25 18h42", "2025-06-03T18:42", NULL},
    {"en", "11-Apr-25", "2025-04-11", NULL},
    {"hr", "3.6.2025. u 18:42", "2025-06-03T18:42", NULL},
    {"en", "3 June 2025. 18:42", "2025-06-03", "3 June 2025"},
    {"lt", "2025 m. sausio 3 d. 18:42", "2025-01-03T18:42", NULL},
    {"ml", "2025 മെയ് 3", "2025-05-03", NULL},
    {"de", "Haushalt 2025 M\xC3\xA4rz 3, 2024", "2024-03-03", "M\xC3\xA4rz 3, 2024"},
    {"vi", "3/6/2025 06:42 CH", "2025-06-03T18:42", NULL},
    {"de", "3.6.2025 12:42 SA", "2025-06-03T12:42", "3.6.2025 12:42"},
    {"bn", "৩ জুন ২০২৫, ০৬:৪২ পিএম", "2025-06-03T18:42", NULL},
    {"is", "3. j\xC3\xBAn\xC3\xAD 2025 kl. 18:42", "2025-06-03T18:42", NULL},
    /* digits of other scripts */
    {"ar", "٣ يونيو ٢٠٢٥ - ١٨:٤٢", "2025-06-03T18:42", NULL},
    {"fa", "۳ ژوئن ۲۰۲۵", "2025-06-03", NULL},
    {"hi", "३ जून २०२५", "2025-06-03", NULL},
    {"bn", "৩ জুন ২০২৫, ১৮: ৪২", "2025-06-03T18:42", NULL},
    {"ja", "２０２５年６月３日", "2025-06-03", NULL},
    {"bn", "৩/৬/২০২৫৪৫৬৭৮৯০১২৩৪", NULL, NULL},
    /* Buddhist years, eras, the Persian calendar */
    {"th", "3 มิ.ย. 2568 18:42 น.", "2025-06-03T18:42", NULL},
    {"th", "3 มิถุนายน พ.ศ. 2568", "2025-06-03", NULL},
    {"en", "วันอังคารที่ 3 มิถุนายน 2568 เวลา 18.42 น.", "2025-06-03T18:42", NULL},
    {"th", "3 มิถุนายน 2025", "2025-06-03", NULL},
    {"th", "03/06/2568", "2025-06-03", NULL},
    {"th", "3 มิ.ย. 68", "2025-06-03", NULL},
    {"th", "3 มิ.ย. 18:42", "[no year]", NULL},
    {"th", "3 มิ.ย. 25 18:42", "2025-06-03T18:42", NULL},
    {"en", "03/06/2568", NULL, NULL},
    {"ja", "令和7年6月3日", "2025-06-03", NULL},
    {"zh", "114年6月3日", NULL, NULL},
    {"fa", "۱۳ خرداد ۱۴۰۴ - ۱۸:۴۲", "[no year]", NULL},
    {"fa", "۱۴۰۴/۰۳/۱۳ - ۱۸:۴۲", "[no year]", NULL},
    {"ar", "1404/03/13", NULL, NULL},
    {"fa", "۰۴/۰۳/۱۳", NULL, NULL},
    {"fa", "۳ ژوئن ۲۰۲۵ - ۱۳ خرداد ۱۴۰۴", "2025-06-03", "۳ ژوئن ۲۰۲۵"},
    /* months and weekdays of more languages */
    {"ar", "3 حزيران 2025", "2025-06-03", NULL},
    {"ar", "3 كانون الثاني 2025", "2025-01-03", NULL},
    {"ar", "3 يونيو/ حزيران 2025", "2025-06-03", NULL},
    {"ar", "الثلاثاء، 3 جويلية 2025", "2025-07-03", NULL},
    {"el", "Τρίτη, 3 Μάϊ 2025", "2025-05-03", NULL},
    {"el", "3 Ιούνιος 2025", "2025-06-03", NULL},
    {"cs", "středa 3. čvn 2025 v 18:42", "2025-06-03T18:42", NULL},
    {"tr", "3 MAYIS 2025 SALI 18:42", "2025-05-03T18:42", NULL},
    {"pt", "ter\xC3\xA7" "a-feira, 3 de junho de 2025", "2025-06-03", NULL},
    {"he", "יום שלישי, 3 ביוני 2025", "2025-06-03", NULL},
    {"ta", "3 ஜூன் 2025, 6:42 pm", "2025-06-03T18:42", NULL},
    {"te", "3 జూన్ 2025", "2025-06-03", NULL},
    {"mr", "3 ऑगस्ट 2025", "2025-08-03", NULL},
    {"ur", "3 جون 2025", "2025-06-03", NULL},
    {"vi", "Ngày 3 tháng 6 năm 2025", "2025-06-03", NULL},
    {"vi", "18:42 ngày 3/6/2025", "2025-06-03T18:42", NULL},
    {"vi", "3 tháng 13 năm 2025", NULL, NULL},
    /* halves of the day, words in front of the time */
    {"ar", "3 يونيو 2025 06:42 م", "2025-06-03T18:42", NULL},
    {"ar", "3 يونيو 2025م 06:42 ص", "2025-06-03T06:42", NULL},
    {"ar", "3 يونيو 2025: 06:42 م GST", "2025-06-03T18:42+04:00", NULL},
    {"el", "3/6/2025, 6:42 μ.μ.", "2025-06-03T18:42", NULL},
    {"el", "3/6/2025, 12:42 π.μ.", "2025-06-03T00:42", NULL},
    {"zh", "2025年6月3日 星期二 下午6:42", "2025-06-03T18:42", NULL},
    {"zh", "2025年6月3日星期二下午6:42", "2025-06-03T18:42", NULL},
    {"zh", "2025 06/03 18:42:33", "2025-06-03T18:42:33", NULL},
    {"pl", "03.06.2025, godz. 18:42", "2025-06-03T18:42", NULL},
    {"ro", "3 iunie 2025, ora 18:42", "2025-06-03T18:42", NULL},
    {"fr", "3 juin 2025 \xC3\xA0 18 h 42", "2025-06-03T18:42", NULL},
    /* no dates */
    {"en", "Call 555-0199 or 1.2.3.4", NULL, NULL},
    {"en", "February 31, 2025", NULL, NULL},
    {"en", "99/99/9999", NULL, NULL},
    {"en", "Version 20250411123456789", NULL, NULL},
    {"en", "", NULL, NULL},
    {"en", "Jane Doe, chief of staff", NULL, NULL},
};

static void describe(const cd_date *date, char *out, size_t size)
{
    static const char *const kinds[] = {"", "[unsettled]", "[no year]", "[time]", ""};
    if (date->kind == CD_DATE_FULL) out[cd_instant_write(&date->at, out)] = '\0';
    else if (date->kind == CD_DATE_RELATIVE) snprintf(out, size, "[relative %d%c]", date->count, date->unit);
    else snprintf(out, size, "%s", kinds[date->kind]);
}

static void notations(void **state)
{
    (void)state;
    cd_tables tables = cd_tables_open();
    size_t    wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const row   *r = &rows[i];
        char         got[CD_INSTANT_BYTES * 2] = "";
        cd_span      words = {"", 0};
        cd_date      date;
        cd_date_scan scan = {.text = cd_span_of(r->text), .tables = &tables, .language = r->language};
        if (cd_date_next(&scan, &date)) {
            describe(&date, got, sizeof got);
            words = cd_span_sub(scan.text, date.from, date.to);
        }
        bool same = strcmp(got, r->date ? r->date : "") == 0;
        if (r->date) same = same && cd_span_is(words, cd_span_of(r->words ? r->words : r->text));
        if (!same) {
            wrong++;
            print_message("%s: got '%s' from '%.*s'\n", r->text, got, (int)words.len, words.ptr);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Every start is tried once: hostile text must not make that quadratic or loop. */
static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"1", "2025", "11:", "May ", "1/", "2025-", "il y a ", "a.m. ", "Mo ", "\xE5\xB9\xB4", "-", "1 ", "2568 ", "14.5. ",
                                         "พ.", "thứ ", "١٤ ", "令和7", "2025 m. "};
    cd_tables                tables = cd_tables_open();
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]), n = 0;
        char  *text = malloc(len * 10000);
        assert_non_null(text);
        for (size_t k = 0; k < 10000; k++) memcpy(text + k * len, pieces[i], len);
        cd_date      date;
        cd_date_scan scan = {.text = {text, len * 10000}, .tables = &tables, .language = "en"};
        while (cd_date_next(&scan, &date)) assert_true(date.to > date.from && ++n <= 10000);
        free(text);
    }
}

static void every_prefix(void **state)
{
    (void)state;
    cd_tables tables = cd_tables_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t len = 0; len <= strlen(rows[i].text); len++) {
            char *text = malloc(len + 1); /* of its exact size, so that a sanitizer sees one byte too many */
            assert_non_null(text);
            memcpy(text, rows[i].text, len);
            cd_date      date;
            cd_date_scan scan = {.text = {text, len}, .tables = &tables, .language = "en"};
            while (cd_date_next(&scan, &date)) assert_true(date.to <= len);
            free(text);
        }
}

static void instants(void **state)
{
    (void)state;
    static const char *const good[] = {"2025", "2025-04", "2025-04-11", "2025-04-11T16:40", "2025-04-11T16:40:05+05:00", "2024-02-29"};
    static const char *const bad[] = {"", "25", "2025-13", "2025-02-29", "2025-04-11T", "2025-04-11T24:00", "2025-04-11x", "2025-04-11T16:40+25:00"};
    cd_instant               at;
    char                     out[CD_INSTANT_BYTES];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(cd_instant_read(cd_span_of(good[i]), &at));
        assert_true(cd_span_is((cd_span){out, cd_instant_write(&at, out)}, cd_span_of(good[i])));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_false(cd_instant_read(cd_span_of(bad[i]), &at));
    assert_true(cd_instant_read(CD_SPAN("2025-04-11T16:40Z"), &at) && at.has_offset && at.offset == 0);
}

static void relative_to_now(void **state)
{
    (void)state;
    static const struct {
        const char *now;
        int         count;
        char        unit;
        const char *then;
    } cases[] = {{"2025-03-01T10:30", 21, 'h', "2025-02-28"},   {"2025-03-01T10:30", 40, 'm', "2025-03-01T09:50"},
                 {"2024-01-01T00:10+01:00", 15, 'm', "2023-12-31T23:55+01:00"}, {"2025-03-01", 1, 'd', "2025-02-28"},
                 {"2025-03-01", 2, 'w', "2025-02"},             {"2025-03-15", 3, 'M', "2024-12"},
                 {"2025-03-15", 2, 'y', "2023"},                {"2025-03-15", 5, 'h', NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cd_instant now, then;
        char       out[CD_INSTANT_BYTES];
        assert_true(cd_instant_read(cd_span_of(cases[i].now), &now));
        bool said = cd_instant_before(&now, cases[i].count, cases[i].unit, &then);
        assert_int_equal(said, cases[i].then != NULL);
        if (said) {
            out[cd_instant_write(&then, out)] = '\0';
            assert_string_equal(out, cases[i].then);
        }
    }
}

/* Every word of every table is found, with the value of its own line: so no word stands in a table twice with two values. */
static void every_word_is_found(void **state)
{
    (void)state;
    cd_tables           t = cd_tables_open();
    const cd_data_file *all[] = {t.months, t.zones, t.datewords, t.namewords, t.givennames, t.commonwords};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        cd_span rest = all[i]->text, line, value;
        assert_true(rest.len > 0);
        while (cd_span_line(&rest, &line)) {
            const char *tab = memchr(line.ptr, '\t', line.len);
            cd_span     word = {line.ptr, tab ? (size_t)(tab - line.ptr) : line.len};
            if (word.len == 0 || word.ptr[0] == '#' || word.len > CD_FOLDED_BYTES) continue;
            cd_folded key = {.len = word.len, .hash = cd_hash_bytes(word)};
            memcpy(key.bytes, word.ptr, word.len);
            assert_true(cd_table_find(all[i], &key, &value));
            assert_true(cd_span_is(value, cd_span_trim(cd_span_sub(line, word.len, line.len))));
        }
        cd_folded none = {.bytes = "no such word", .len = 12, .hash = cd_fold_hash(CD_SPAN("no such word"))};
        assert_false(cd_table_find(all[i], &none, &value));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(notations),       cmocka_unit_test(hostile),
                                       cmocka_unit_test(every_prefix),    cmocka_unit_test(instants),
                                       cmocka_unit_test(relative_to_now), cmocka_unit_test(every_word_is_found)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
