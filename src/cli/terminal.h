/* terminal.h -- what the terminal knows, where standard output is one. */
#ifndef CD_CLI_TERMINAL_H
#define CD_CLI_TERMINAL_H

#include "cli/args.h"

/* The flags of a run (copydesk.h): how pages are explained, with colours or not, and how wide. Colours by --color; where that is
 * auto on a terminal that knows them, unless NO_COLOR is set. The width is the terminal's; elsewhere it is not set, so that
 * files come out alike. */
unsigned cd_terminal_flags(const cd_args *args);

#endif
