/* diff.h -- what must go and what must come to make one sequence of another. */
#ifndef CD_BASE_DIFF_H
#define CD_BASE_DIFF_H

#include "base/status.h"

#include <stdbool.h>
#include <stdint.h>

/* Marks in `gone` (n flags) the items of `a` that are not in `b`, and in `come` (m flags) those of `b` that are not in `a`: as few
 * as can be, in order. Items are the same where their numbers are; for text these are hashes. Where a stretch would take more than
 * CD_LIMIT_DIFF_EDITS steps from either side, all of it is marked in both. Memory is linear in n + m; CD_ENOMEM is the only
 * failure. */
CD_MUST_USE cd_status cd_diff(const uint64_t *a, size_t n, const uint64_t *b, size_t m, bool *gone, bool *come);

#endif
