/* shown.h -- text of pages and files as a person may see it, on a terminal or in the log of a CI server. */
#ifndef CD_OUTPUT_SHOWN_H
#define CD_OUTPUT_SHOWN_H

#include "base/buf.h"

/* Adds text for a person to look at: control characters (C0, DEL, and C1 as UTF-8 writes it) become escapes such as \x1b, so that
 * neither a file's name nor a page can move the terminal's cursor. Line feeds stay where `lines`, else they become \n, and so do
 * brackets at which cd_begins_command(). */
CD_MUST_USE cd_status cd_buf_add_shown(cd_buf *buf, cd_span text, bool lines);

/* Whether CI servers take what stands at `at` for a command to them, wherever in a line it is: the bracket of "##[" or "##vso[". */
bool cd_begins_command(cd_span text, size_t at);

#endif
