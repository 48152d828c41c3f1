/* values.c -- reads the values of options. In: a word of the command line. Out: what it means, or why it means nothing. */
#include "cli/values.h"

#include "base/limits.h"
#include "decode/decode.h"
#include "fields/fields.h"

#include <errno.h>
#include <stdlib.h>

/* A whole number; K and M stand for 1024 and its square where `units`. False: it is none, or above `most`. */
static bool read_number(const char *text, bool units, unsigned long long most, unsigned long long *number)
{
    char *end;
    if (*text < '0' || *text > '9') return false;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10), by = 1;
    if (units && *end == 'K') by = 1024, end++;
    else if (units && *end == 'M') by = (unsigned long long)1024 * 1024, end++;
    if (errno || *end || n > most / by) return false;
    *number = n * by;
    return true;
}

cd_status cd_value_jobs(const char *text, size_t *jobs, cd_error *err)
{
    unsigned long long n;
    if (!read_number(text, false, CD_LIMIT_JOBS, &n))
        return cd_fail(err, CD_EUSAGE, "option '--jobs': '%s' is no number from 0 to %u" SEE_HELP, text, CD_LIMIT_JOBS);
    *jobs = (size_t)n;
    return CD_OK;
}

/* Which of `n` names `text` is, from 0. */
static cd_status read_word(const char *option, const char *const *names, size_t n, const char *text, size_t *which, cd_error *err)
{
    char   all[80] = "";
    size_t len = 0;
    for (size_t i = 0; i < n; i++) {
        *which = i;
        if (strcmp(text, names[i]) == 0) return CD_OK;
        len += (size_t)snprintf(all + len, sizeof all - len, "%s%s", i ? ", " : "", names[i]);
    }
    return cd_fail(err, CD_EUSAGE, "option '--%s': '%s' is none of %s" SEE_HELP, option, text, all);
}

cd_status cd_value_when(const char *text, cd_when *when, cd_error *err)
{
    static const char *const names[] = {"auto", "always", "never"};
    size_t                   which;
    CD_TRY(read_word("color", names, 3, text, &which, err));
    *when = (cd_when)which;
    return CD_OK;
}

cd_status cd_value_show(const char *text, cd_show *show, cd_error *err)
{
    static const char *const names[] = {"short", "full", "json"};
    size_t                   which;
    CD_TRY(read_word("diff", names, 3, text, &which, err));
    *show = (cd_show)(which + CD_SHOW_SHORT);
    return CD_OK;
}

cd_status cd_value_format(const char *text, cd_input_format *format, cd_error *err)
{
#define X(id, name) name,
    static const char *const names[] = {CD_INPUT_FORMATS(X)};
#undef X
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(text, names[i]) != 0) continue;
        *format = (cd_input_format)i;
        return CD_OK;
    }
#define X(id, name) " " name
    return cd_fail(err, CD_EUSAGE, "option '--input-format': '%s' is none of:" CD_INPUT_FORMATS(X) SEE_HELP, text);
#undef X
}

cd_status cd_value_body(const char *text, cd_body_format *format, cd_error *err)
{
    static const char *const names[] = {"text", "markdown"};
    size_t                   which;
    CD_TRY(read_word("body-format", names, 2, text, &which, err));
    *format = (cd_body_format)which;
    return CD_OK;
}

cd_status cd_value_dedup(const char *text, cd_dedup_how *how, cd_error *err)
{
    *how = strcmp(text, "exact") == 0 ? CD_DEDUP_EXACT : strcmp(text, "near") == 0 ? CD_DEDUP_NEAR : CD_DEDUP_NONE;
    if (*how != CD_DEDUP_NONE) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--dedup': '%s' is none of exact, near" SEE_HELP, text);
}

cd_status cd_value_page_bytes(const char *text, size_t *bytes, cd_error *err)
{
    unsigned long long n;
    if (!read_number(text, true, CD_LIMIT_PAGE_BYTES, &n) || n == 0)
        return cd_fail(err, CD_EUSAGE, "option '--max-page-bytes': '%s' is no number from 1 to the limit CD_LIMIT_PAGE_BYTES, %zu" SEE_HELP, text,
                       CD_LIMIT_PAGE_BYTES);
    *bytes = (size_t)n;
    return CD_OK;
}

cd_status cd_value_steps(const char *text, uint64_t *steps, cd_error *err)
{
    unsigned long long n;
    if (!read_number(text, false, UINT64_MAX, &n) || n == 0)
        return cd_fail(err, CD_EUSAGE, "option '--page-steps': '%s' is no number above 0" SEE_HELP, text);
    *steps = n;
    return CD_OK;
}

cd_status cd_value_dump(const char *text, cd_error *err)
{
    if (strcmp(text, "features") == 0) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--dump': '%s' is not features" SEE_HELP, text);
}

cd_status cd_value_encoding(const char *text, cd_error *err)
{
    if (cd_decode_knows(text)) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--encoding': '%s' is no encoding that iconv knows" SEE_HELP, text);
}

cd_status cd_value_now(const char *text, cd_error *err)
{
    cd_instant instant;
    if (cd_instant_read(cd_span_of(text), &instant)) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--now': '%s' is no time as 2025-04-11 or 2025-04-11T16:40+05:00" SEE_HELP, text);
}

cd_status cd_value_path(const char *option, const char *text, cd_error *err)
{
    if (*text) return CD_OK;
    return cd_fail(err, CD_EUSAGE, "option '--%s': '' is no %s" SEE_HELP, option, strcmp(option, "output-dir") == 0 ? "folder" : "file");
}
