/* terminal.h -- what the terminal knows, where standard output is one. */
#ifndef CD_CLI_TERMINAL_H
#define CD_CLI_TERMINAL_H

#include "cli/args.h"

/* Whether text for a person has colours: as --color says, else where standard output is a terminal that knows them and NO_COLOR is
 * not set. */
bool cd_terminal_color(const cd_args *args);

/* The flags of a run (copydesk.h): how pages are explained, with colours or not, and how wide. The width is the terminal's; elsewhere it is not set, so that
 * files come out alike. */
unsigned cd_terminal_flags(const cd_args *args);

#endif
