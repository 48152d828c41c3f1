/* ready.c -- pattern -> what the build knows of it. In: a pattern's text. Out: its needles and its grouped form, or NULL for one
 * that a user wrote. The whole text is compared: a hash alone would be a guess. */
#include "rules/ready.h"

const cd_ready *cd_ready_find(cd_span pattern)
{
    const uint64_t hash = cd_hash_bytes(pattern);
    size_t         low = 0, high = cd_ready_count;
    while (low < high) {
        size_t mid = (low + high) / 2;
        if (cd_ready_patterns[mid].hash < hash) low = mid + 1;
        else high = mid;
    }
    if (low == cd_ready_count || cd_ready_patterns[low].hash != hash) return NULL;
    const cd_ready *r = &cd_ready_patterns[low];
    return cd_span_is(pattern, cd_span_sub(cd_data_rules[r->file].text, r->from, r->from + r->len)) ? r : NULL;
}
