/* message.c -- the only writer to stderr. In: who and what. Out: a line, written at once so that lines of two programs do not
 * mix. Where stderr cannot be written nobody can be told, so nothing is checked here. */
#include "cli/message.h"

#include "base/buf.h"

#include <stdio.h>

/* A control character: C0 but for a line feed where that is allowed, DEL, and C1 as UTF-8 writes it. */
static bool is_control(const char *p, bool lines)
{
    unsigned char c = (unsigned char)p[0], next = c ? (unsigned char)p[1] : 0;
    if (c == '\n') return !lines;
    return c < 0x20 || c == 0x7F || (c == 0xC2 && next >= 0x80 && next < 0xA0);
}

static cd_status add_escaped(cd_buf *line, const char *text, bool lines)
{
    for (; *text; text++) {
        if (!is_control(text, lines)) CD_TRY(cd_buf_char(line, *text));
        else if (*text == '\n') CD_TRY(cd_buf_add(line, CD_SPAN("\\n")));
        else CD_TRY(cd_buf_format(line, "\\x%02x", (unsigned)(unsigned char)*text));
    }
    return CD_OK;
}

static cd_status compose(cd_buf *line, const char *who, const char *what)
{
    CD_TRY(cd_buf_add(line, CD_SPAN("copydesk: ")));
    if (who && strcmp(who, "-") == 0) who = "standard input";
    if (who) {
        CD_TRY(add_escaped(line, who, false));
        CD_TRY(cd_buf_add(line, CD_SPAN(": ")));
    }
    CD_TRY(add_escaped(line, what, true));
    return cd_buf_char(line, '\n');
}

void cd_message(const char *who, const char *what)
{
    cd_buf line = {0};
    if (compose(&line, who, what) == CD_OK) (void)fwrite(line.ptr, 1, line.len, stderr);
    else (void)fputs("copydesk: memory could not be had\n", stderr);
    cd_buf_free(&line);
}

void cd_message_raw(const char *bytes, size_t size)
{
    (void)fwrite(bytes, 1, size, stderr);
    (void)fflush(stderr);
}
