/* test_json.c -- a string is written stretch by stretch; what comes out is what cJSON writes for it as a whole. */
#include "output/output.h"
#include "output/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>

#include <cjson/cJSON.h>
#include <cmocka.h>

static uint32_t dice(uint32_t sides)
{
    static uint64_t seed = 11;
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(seed >> 33) % sides;
}

static void test_strings(void **state)
{
    (void)state;
    static const char *const pieces[] = {"\n", "\n\n", "a", "word ", "\"", "\\", "\t", "\x01", "\xC3\xA9", "\xE6\x96\xB0", "\r", "/", "n", "\\n"};
    size_t lines = 0;
    for (int i = 0; i < 20000; i++) {
        char   text[200] = "";
        cd_buf out = {0};
        for (uint32_t n = dice(24); n; n--) strcat(text, pieces[dice(14)]);
        cJSON *item = cJSON_CreateString(text);
        char  *want = cJSON_PrintUnformatted(item);
        assert_non_null(want);
        assert_int_equal(cd_output_json_string(cd_span_of(text), &out), CD_OK);
        if (!cd_span_is(cd_buf_span(&out), cd_span_of(want))) fail_msg("got %.*s, want %s", (int)out.len, out.ptr, want);
        lines += strchr(text, '\n') != NULL;
        free(want);
        cJSON_Delete(item);
        cd_buf_free(&out);
    }
    assert_true(lines > 10000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_strings)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
