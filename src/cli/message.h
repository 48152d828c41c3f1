/* message.h -- what the program says to a person; the only writer to stderr. */
#ifndef CD_CLI_MESSAGE_H
#define CD_CLI_MESSAGE_H

#include <stddef.h>

/* One problem: "copydesk: WHO: WHAT". `who` is a path or NULL; "-" is shown as "standard input". Control characters are shown
 * as escapes, so that neither a file's name nor a page can move the terminal's cursor; only the line feeds of `what` stay. */
void cd_message(const char *who, const char *what);

/* The same as GitHub Actions wants it, to show it at `line` of the file `path`. */
void cd_message_annotation(const char *path, unsigned long line, const char *what);

/* Bytes for stderr as they are: a progress line with its escapes, or counts as JSON. */
void cd_message_raw(const char *bytes, size_t size);

#endif
