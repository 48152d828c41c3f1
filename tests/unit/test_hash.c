/* test_hash.c -- a hash table finds what was put in it, and chosen hashes do not lie side by side. Searches are counted, not timed. */
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum { HASHES = 20000 };

/* Slots looked at to find all hashes, where hash i is made by `make`. */
static size_t search_all(uint64_t (*make)(uint64_t), uint64_t key)
{
    cd_arena *arena = cd_arena_new();
    cd_slots  slots;
    size_t    looks = 0;
    assert_true(arena && cd_slots_make(&slots, arena, HASHES * 2, key));
    for (uint64_t i = 1; i <= HASHES; i++) {
        size_t at = cd_slots_find(&slots, make(i));
        assert_int_equal(slots.hashes[at], 0);
        slots.hashes[at] = make(i);
    }
    for (uint64_t i = 1; i <= HASHES; i++) {
        size_t at = cd_slots_find(&slots, make(i)), home = cd_slots_home(&slots, make(i));
        assert_int_equal(slots.hashes[at], make(i));
        looks += ((at - home) & slots.mask) + 1;
    }
    cd_arena_free(arena);
    return looks;
}

/* What a flood is made of: hashes that agree in their lower half, in their upper half, or in all but some bits between. */
static uint64_t spread(uint64_t i) { return cd_mix(i); }
static uint64_t same_low(uint64_t i) { return i << 32 | 1; }
static uint64_t same_high(uint64_t i) { return (uint64_t)0xABCDEF << 40 | i; }
static uint64_t same_window(uint64_t i) { return cd_mix(i) << 18 | 1; } /* one slot of 2^18, if the lower bits said which */

static void test_floods(void **state)
{
    static uint64_t (*const makers[])(uint64_t) = {spread, same_low, same_high, same_window};
    (void)state;
    for (size_t k = 0; k < sizeof makers / sizeof *makers; k++)
        for (uint64_t seed = 1; seed <= 50; seed++) assert_true(search_all(makers[k], cd_mix(seed)) < (size_t)HASHES * 4);
    assert_true(search_all(same_window, cd_hash_key()) < (size_t)HASHES * 20);
}

static void test_keys(void **state)
{
    (void)state;
    assert_true(cd_hash_key() != cd_hash_key());
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_floods), cmocka_unit_test(test_keys)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
