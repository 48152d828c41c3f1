/* status.c -- fills a cd_error. In: a format and its values. Out: one sentence, cut at the struct's size, never more. */
#include "base/status.h"

#include <stdarg.h>
#include <stdio.h>

static cd_status fail(cd_error *err, cd_status status, const char *reason, const char *format, va_list values)
{
    if (err) {
        err->status = status;
        err->reason = reason;
        (void)vsnprintf(err->text, sizeof err->text, format, values); /* a cut message is still a message */
    }
    return status;
}

cd_status cd_fail(cd_error *err, cd_status status, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)fail(err, status, NULL, format, values);
    va_end(values);
    return status;
}

cd_status cd_fail_page(cd_error *err, cd_status status, const char *reason, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    (void)fail(err, status, reason, format, values);
    va_end(values);
    return status;
}

cd_status cd_fail_memory(cd_error *err)
{
    return cd_fail_page(err, CD_ENOMEM, "no_memory", "memory could not be had");
}
