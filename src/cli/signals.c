/* signals.c -- SIGINT, SIGTERM and SIGHUP ask a run to end. In: a signal. Out: a flag that the run looks at between pages.
 *
 * The signal may come between the look at the flag and a read() or open() that then waits for ever. So the handler has a second
 * signal come each second until the program ends, and one of them interrupts that call. */
#include "cli/signals.h"

#include <stddef.h>
#include <unistd.h>

/* The one thing that a handler can only know by a global. */
static volatile sig_atomic_t stop;

static void interrupt_again(int number)
{
    (void)number;
    (void)alarm(1);
}

/* All that is called here may be called in a handler. */
static void ask_to_end(int number)
{
    struct sigaction again = {.sa_handler = interrupt_again};
    stop = 1;
    if (sigaction(SIGALRM, &again, NULL) == 0) interrupt_again(number);
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
