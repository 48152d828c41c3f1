/* terminal.c -- whether standard output is a terminal that knows colours, and how wide it is. In: options, NO_COLOR, TERM. Out: the
 * flags of a run. COLUMNS is not read: a shell that exports it would change files. */
#include "cli/terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static bool is_terminal(const cd_args *args) { return !args->output && isatty(STDOUT_FILENO); }

static bool wants_color(const cd_args *args)
{
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    if (args->color != CD_WHEN_AUTO) return args->color == CD_WHEN_ALWAYS;
    return is_terminal(args) && !(no && *no) && term && strcmp(term, "dumb") != 0;
}

static unsigned columns_of(const cd_args *args)
{
    struct winsize size = {0};
    if (!is_terminal(args) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

unsigned cd_terminal_flags(const cd_args *args)
{
    unsigned form = args->html ? CD_EXPLAIN_HTML_PART : args->json ? CD_EXPLAIN_JSON : 0u;
    return form | (args->pretty ? CD_PRETTY : 0u) | (wants_color(args) ? CD_COLOR : 0u) | CD_EXPLAIN_COLUMNS(columns_of(args));
}
