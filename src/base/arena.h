/* arena.h -- memory that a page takes in small pieces and gives back whole. */
#ifndef CD_BASE_ARENA_H
#define CD_BASE_ARENA_H

#include "base/span.h"

typedef struct cd_arena cd_arena;

/* NULL when memory could not be had. The caller frees it. */
cd_arena *cd_arena_new(void);
void      cd_arena_free(cd_arena *arena); /* NULL is fine */

/* Everything taken so far is given back; the largest piece is kept for the next page, all else returns to the system. */
void cd_arena_reset(cd_arena *arena);

/* `size` bytes, zeroed, aligned for any type, owned by the arena until its reset; NULL when memory could not be had. */
void *cd_arena_take(cd_arena *arena, size_t size);

/* The same for `count` things of `size` bytes each; NULL also where the product would overflow. */
void *cd_arena_array(cd_arena *arena, size_t count, size_t size);

/* The same without zeros: for what is written before it is read. */
void *cd_arena_raw(cd_arena *arena, size_t count, size_t size);

/* A copy that lives as long as the arena's page, NUL-ended behind its length; ptr is NULL when memory could not be had. */
cd_span cd_arena_copy(cd_arena *arena, cd_span text);

#endif
