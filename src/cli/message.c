/* message.c -- the only writer to stderr. In: who and what. Out: a line, written at once so that lines of two programs do not
 * mix. Where stderr cannot be written nobody can be told, so nothing is checked here. */
#include "cli/message.h"

#include "output/shown.h"

#include <stdio.h>

static cd_status compose(cd_buf *line, const char *who, const char *what)
{
    CD_TRY(cd_buf_add(line, CD_SPAN("copydesk: ")));
    if (who && strcmp(who, "-") == 0) who = "standard input";
    if (who) {
        CD_TRY(cd_buf_add_shown(line, cd_span_of(who), false));
        CD_TRY(cd_buf_add(line, CD_SPAN(": ")));
    }
    CD_TRY(cd_buf_add_shown(line, cd_span_of(what), true));
    return cd_buf_char(line, '\n');
}

void cd_message(const char *who, const char *what)
{
    cd_buf line = {0};
    if (compose(&line, who, what) == CD_OK) (void)fwrite(line.ptr, 1, line.len, stderr);
    else (void)fputs("copydesk: memory could not be had\n", stderr);
    cd_buf_free(&line);
}

/* What a workflow command takes for a character that would end it; in its properties also for those that part them. */
static cd_status add_command_text(cd_buf *line, const char *text, bool property)
{
    for (; *text; text++) {
        bool escape = *text == '%' || *text == '\r' || *text == '\n' || (property && (*text == ':' || *text == ','));
        CD_TRY(escape ? cd_buf_format(line, "%%%02X", (unsigned)(unsigned char)*text) : cd_buf_char(line, *text));
    }
    return CD_OK;
}

static cd_status compose_annotation(cd_buf *line, const char *path, unsigned long number, const char *what)
{
    CD_TRY(cd_buf_add(line, CD_SPAN("::error file=")));
    CD_TRY(add_command_text(line, path, true));
    CD_TRY(cd_buf_format(line, ",line=%lu,title=copydesk check::", number));
    CD_TRY(add_command_text(line, what, false));
    return cd_buf_char(line, '\n');
}

void cd_message_annotation(const char *path, unsigned long line, const char *what)
{
    cd_buf text = {0};
    if (compose_annotation(&text, path, line, what) == CD_OK) (void)fwrite(text.ptr, 1, text.len, stderr);
    else (void)fputs("copydesk: memory could not be had\n", stderr);
    cd_buf_free(&text);
}

void cd_message_raw(const char *bytes, size_t size)
{
    (void)fwrite(bytes, 1, size, stderr);
    (void)fflush(stderr);
}
