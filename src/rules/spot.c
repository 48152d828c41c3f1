/* spot.c -- a place in a rule file -> a message that shows it: "file:line: what", the line, and a caret. */
#include "base/utf8.h"
#include "rules/rule.h"

#include <stdarg.h>
#include <stdio.h>

/* Bytes shown of a line in a message, in front of the caret and behind it: a line of a terminal or two. */
enum { SHOW_BEFORE = 100, SHOW_BEHIND = 60 };

/* The part of a line around the caret, with whole code points, control characters as blanks; *columns: where the caret goes. */
static void show_line(const cd_spot *spot, char out[SHOW_BEFORE + SHOW_BEHIND + 16], size_t *columns)
{
    size_t from = spot->at > SHOW_BEFORE ? spot->at - SHOW_BEFORE : 0;
    size_t to = spot->text.len - spot->at > SHOW_BEHIND ? spot->at + SHOW_BEHIND : spot->text.len;
    while (from > 0 && from < spot->at && (spot->text.ptr[from] & 0xC0) == 0x80) from++;
    while (to > spot->at && to < spot->text.len && (spot->text.ptr[to] & 0xC0) == 0x80) to--;
    *columns = cd_columns(cd_span_sub(spot->text, from, spot->at)) + (from ? 3 : 0);
    int n = sprintf(out, "%s%.*s%s", from ? "..." : "", (int)(to - from), spot->text.ptr + from,
                    to < spot->text.len ? "..." : "");
    for (int i = 0; i < n; i++)
        if ((unsigned char)out[i] < ' ' || out[i] == 0x7F) out[i] = ' ';
}

cd_status cd_spot_show(const cd_spot *spot, cd_buf *out)
{
    char   line[SHOW_BEFORE + SHOW_BEHIND + 16];
    size_t columns;
    show_line(spot, line, &columns);
    return cd_buf_format(out, "  %s\n  %*s^\n", line, (int)columns, "");
}

cd_status cd_rules_fail_at(cd_error *err, const cd_spot *spot, const char *format, ...)
{
    char    what[300], line[SHOW_BEFORE + SHOW_BEHIND + 16];
    size_t  columns;
    va_list values;
    va_start(values, format);
    (void)vsnprintf(what, sizeof what, format, values); /* a cut message is still a message */
    va_end(values);
    show_line(spot, line, &columns);
    return cd_fail(err, CD_ERULES, "%s:%zu: %s\n  %s\n  %*s^", spot->file, spot->line, what, line, (int)columns, "");
}
