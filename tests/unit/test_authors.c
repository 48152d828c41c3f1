/* test_authors.c -- names out of bylines: who is named, and what is left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "fields/names.h"

static const struct {
    const char *line, *names; /* apart by '|' */
} rows[] = {
    {"By Jane Roe", "Jane Roe"},
    {"Farid Rahman (@FaridRahman)", "Farid Rahman"},
    {"Writing by Ann Lee and Bo Day", "Ann Lee|Bo Day"},
    {"By Jane Doe, Political Editor", "Jane Doe"},
    {"Stefan Roe Deputy Content Hub Director", "Stefan Roe"},
    {"By Ilse Maartens and Tobias Okonjo in Sankt Merten, and Ruth Feld in Gallow Quay", "Ilse Maartens|Tobias Okonjo|Ruth Feld"},
    {"Marte Solheim (now) and Bjorn Ekdal (earlier)", "Marte Solheim|Bjorn Ekdal"},
    {"Photographs and text: Lucien Barre", "Lucien Barre"},
    {"Interview: Thomas Quill", "Thomas Quill"},
    {"Von: Annegret Poll, Jan-Ole Brix", "Annegret Poll|Jan-Ole Brix"},
    {"Von Anna Mertel und Lea Wegner, Wiek", "Anna Mertel|Lea Wegner"},
    {"Kolumne von Carla Muster", "Carla Muster"},
    {"Par Cl\xC3\xA9mence Aubrac", "Cl\xC3\xA9mence Aubrac"},
    {"Por Teresa Vilhena e Rui Costa", "Teresa Vilhena|Rui Costa"},
    {"di Viviana Rossi", "Viviana Rossi"},
    {"by Rosamund Keele , Lodestar Science", "Rosamund Keele"},
    {"Elisabeth Floor USA TODAY", "Elisabeth Floor"},
    {"By Janelle Ashe KXYZNews", "Janelle Ashe"},
    {"By Bill McCalla, Ann DeLaRosa and Ian MacIntyre", "Bill McCalla|Ann DeLaRosa|Ian MacIntyre"},
    {"by Nicole Fabes, Master Horticulturalist & Garden Educator", "Nicole Fabes"},
    {"Contributors: Janet Loughrie", "Janet Loughrie"},
    {"Recipe by P. J. Hamill", "P. J. Hamill"},
    {"Jennifer Tolm Harbour Telegram & Gazette", "Jennifer Tolm"},
    {"John Garrow Jr. \xE2\x80\xA2 Harbour.com", "John Garrow Jr."},
    {"By Dolores Chan For Harbourpost.Com", "Dolores Chan"},
    {"Shelby Lorne, DVM", "Shelby Lorne"},
    {"By Lorraine Okafor, RVN", "Lorraine Okafor"},
    {"Dr. Aldous", "Dr. Aldous"},
    {"By Corbin I. Kell", "Corbin I. Kell"},
    {"Martin Grams Martin Grams", "Martin Grams"},
    {"Birgit Baum Anna Julia Fenk Jan Michael Mark", "Birgit Baum|Anna Julia Fenk|Jan Michael Mark"},
    {"ByNina Penrose WXYZ logo", "Nina Penrose"},
    {"Sharon Gelder@sharongelder", "Sharon Gelder"},
    {"By Jamie Gant | jgant@example.com | Harbour Daily News", "Jamie Gant"},
    {"Bill MCALLEN, Marisa GELDER", "Bill MCALLEN|Marisa GELDER"},
    {"Ludwig van der Berg", "Ludwig van der Berg"},
    {"Sin\xC3\xA9" "ad O\xE2\x80\x99" "Regan", "Sin\xC3\xA9" "ad O\xE2\x80\x99" "Regan"},
    {"\xD0\x90\xD0\xBB\xD0\xB5\xD0\xB2\xD1\x82\xD0\xB8\xD0\xBD\xD0\xB0 \xD0\x9A\xD0\xBE\xD1\x80\xD0\xB7\xD1\x83\xD1\x85\xD0\xB8\xD0\xBD\xD0\xB0",
     "\xD0\x90\xD0\xBB\xD0\xB5\xD0\xB2\xD1\x82\xD0\xB8\xD0\xBD\xD0\xB0 \xD0\x9A\xD0\xBE\xD1\x80\xD0\xB7\xD1\x83\xD1\x85\xD0\xB8\xD0\xBD\xD0\xB0"},
    {"佐伯 みどり", "佐伯 みどり"},
    {"김하늘 기자 외 1명", "김하늘"},
    {"Samira Kull and Vasilisa Stepp The Associated Press", "Samira Kull|Vasilisa Stepp"},
    {"Adam Vidal and AP", "Adam Vidal"},
    /* no person: the organisation or the initials */
    {"By Northwire", "Northwire"},
    {"By Associated Press", "Associated Press"},
    {"AFP", "AFP"},
    {"The Associated Press", "The Associated Press"},
    {"By The Harbour Gazette", "The Harbour Gazette"},
    {"By Le Phare et AFP", "Le Phare|AFP"},
    {"Harbour Reuters Tax & Accounting", "Harbour Reuters Tax & Accounting"},
    {"By Harbour Tribune staff", "Harbour Tribune staff"},
    {"kaw, dan", "kaw|dan"},
    {"Von k-online, jbw", "k-online|jbw"},
    {"", ""},
};

static void bylines(void **state)
{
    (void)state;
    cd_tables tables = cd_tables_open();
    size_t    wrong = 0;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        cd_names names;
        char     got[1000] = "";
        cd_names_read(&tables, cd_span_of(rows[i].line), &names);
        if (names.n == 0) cd_names_read_others(&tables, cd_span_of(rows[i].line), &names);
        for (size_t k = 0; k < names.n; k++)
            snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", k ? "|" : "", (int)names.at[k].len, names.at[k].ptr);
        if (strcmp(got, rows[i].names)) {
            wrong++;
            print_message("%s: got '%s'\n", rows[i].line, got);
        }
    }
    assert_int_equal(wrong, 0);
}

/* Lines that are no names at all leave words over. */
static void strange_lines(void **state)
{
    (void)state;
    static const char *const lines[] = {"Skip to main content", "Barge runs aground: nineteen safe", "What to know about the winter", "Read more about the harbour"};
    cd_tables                tables = cd_tables_open();
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        cd_names names;
        cd_names_read(&tables, cd_span_of(lines[i]), &names);
        assert_true(names.strange > 0);
    }
}

static void hostile(void **state)
{
    (void)state;
    static const char *const pieces[] = {"By ", "Jane Roe ", "Jane Roe, ", "(", "and ", "\xF0\x9F\x98\x80", "A", "@", "\xE4\xBD\x90 ", "Jane", "1"};
    cd_tables                tables = cd_tables_open();
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = strlen(pieces[i]);
        char  *text = malloc(len * 1000);
        assert_non_null(text);
        for (size_t k = 0; k < 1000; k++) memcpy(text + k * len, pieces[i], len);
        cd_names names;
        cd_names_read(&tables, (cd_span){text, len * 1000}, &names);
        assert_true(names.n <= CD_LIMIT_AUTHORS);
        cd_names_read_others(&tables, (cd_span){text, len * 1000}, &names);
        assert_true(names.n <= CD_LIMIT_AUTHORS);
        free(text);
    }
}

static void every_prefix(void **state)
{
    (void)state;
    cd_tables tables = cd_tables_open();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (size_t len = 0; len <= strlen(rows[i].line); len++) {
            char *text = malloc(len + 1); /* of its exact size, so that a sanitizer sees one byte too many */
            assert_non_null(text);
            memcpy(text, rows[i].line, len);
            cd_names names;
            cd_names_read(&tables, (cd_span){text, len}, &names);
            cd_names_read_others(&tables, (cd_span){text, len}, &names);
            free(text);
        }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(bylines), cmocka_unit_test(strange_lines), cmocka_unit_test(hostile),
                                       cmocka_unit_test(every_prefix)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
