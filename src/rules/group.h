/* group.h -- makes a pattern cheaper without changing what it matches. */
#ifndef CD_RULES_GROUP_H
#define CD_RULES_GROUP_H

#include "base/buf.h"
#include "base/span.h"
#include "base/status.h"

/* Adds to `out` a pattern that matches what `pattern` matches, with the same groups; `pattern` is one that PCRE2 takes. CD_ENOMEM
 * is the only failure. */
CD_MUST_USE cd_status cd_pattern_group(cd_span pattern, cd_buf *out);

#endif
