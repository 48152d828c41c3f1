/* signals.c -- SIGINT, SIGTERM and SIGHUP ask a run to end. In: a signal. Out: a flag that the run looks at between pages. */
#include "cli/signals.h"

#include <stddef.h>

/* The one thing that a handler can only know by a global. */
static volatile sig_atomic_t stop;

static void ask_to_end(int number)
{
    (void)number;
    stop = 1;
}

const volatile sig_atomic_t *cd_signals_catch(void)
{
    static const int ending[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ending / sizeof *ending; i++) {
        struct sigaction old, on = {.sa_handler = ask_to_end, .sa_flags = (int)SA_RESETHAND}; /* no SA_RESTART: a read ends */
        if (sigaction(ending[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL) (void)sigaction(ending[i], &on, NULL);
    }
    return &stop;
}
