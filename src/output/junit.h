/* junit.h -- results in the XML that CI servers read. */
#ifndef CD_OUTPUT_JUNIT_H
#define CD_OUTPUT_JUNIT_H

#include "base/buf.h"
#include "base/status.h"

/* One test case: its folder and name, and where it did not pass `element` ("failure" or "error"), what it is in a word, in one line, and
 * in full. Bytes that XML does not take become U+FFFD. CD_ENOMEM is the only failure. */
typedef struct cd_junit_case {
    cd_span     folder, name;
    const char *element; /* NULL: it passed */
    const char *type;
    cd_span     message, text;
} cd_junit_case;

CD_MUST_USE cd_status cd_junit_add(const cd_junit_case *test, cd_buf *out);

/* Puts `cases` between head and foot. */
CD_MUST_USE cd_status cd_junit_finish(const cd_buf *cases, size_t tests, size_t failures, size_t errors, cd_buf *out);

#endif
