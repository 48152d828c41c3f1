/* hash.c -- a hash table's memory and its key. In: the number of slots. Out: the slots, empty. */
#include "base/hash.h"

#include <sys/random.h>

uint64_t cd_hash_key(void)
{
    uint64_t key = 0;
    if (getrandom(&key, sizeof key, GRND_NONBLOCK) == (ssize_t)sizeof key) return key;
    return cd_mix((uint64_t)(uintptr_t)&key); /* early at boot: where the stack lies is random, too */
}

bool cd_slots_make(cd_slots *slots, cd_arena *arena, size_t n, uint64_t key)
{
    size_t   all = 64;
    unsigned bits = 6;
    for (; all < n; bits++) all *= 2;
    *slots = (cd_slots){cd_arena_array(arena, all, sizeof *slots->hashes), all - 1, key | 1, 64 - bits};
    return slots->hashes != NULL;
}
