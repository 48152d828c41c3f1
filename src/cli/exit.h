/* exit.h -- exit statuses, as the man page lists them. A run's only ever rises. */
#ifndef CD_CLI_EXIT_H
#define CD_CLI_EXIT_H

enum { CD_EXIT_OK = 0, CD_EXIT_NOT_ALL = 1, CD_EXIT_FAILED = 2, CD_EXIT_RULES = 3, CD_EXIT_STOPPED = 128 + 2, CD_EXIT_PIPE = 128 + 13 };

#endif
