/* status.h -- how a call says that it failed. */
#ifndef CD_BASE_STATUS_H
#define CD_BASE_STATUS_H

#include "copydesk.h"

#if defined(__GNUC__)
#define CD_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define CD_PRINTF(f, a)
#endif

/* Returns early with any status but CD_OK; only where nothing is held. */
#define CD_TRY(call)                                                                                                   \
    do {                                                                                                               \
        cd_status cd_try_ = (call);                                                                                    \
        if (cd_try_ != CD_OK) return cd_try_;                                                                          \
    } while (0)

/* Writes the sentence into `err` (NULL is fine) and gives `status` back, so that a room can `return cd_fail(...)`. */
cd_status cd_fail(cd_error *err, cd_status status, const char *format, ...) CD_PRINTF(3, 4);

/* The same for a failure that belongs to one page: `reason` is the record's reason, a literal. */
cd_status cd_fail_page(cd_error *err, cd_status status, const char *reason, const char *format, ...) CD_PRINTF(4, 5);

/* CD_ENOMEM with the one sentence that every room uses. */
cd_status cd_fail_memory(cd_error *err);

#endif
