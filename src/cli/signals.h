/* signals.h -- how a person ends a run. */
#ifndef CD_CLI_SIGNALS_H
#define CD_CLI_SIGNALS_H

#include <signal.h>

/* From here on the first SIGINT, SIGTERM or SIGHUP makes the flag, which is given back, nonzero, and interrupts a read that waits; the
 * second one ends the program at once. One that was ignored when the program began (nohup) stays so. */
const volatile sig_atomic_t *cd_signals_catch(void);

#endif
