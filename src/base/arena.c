/* arena.c -- bump allocation in chunks. In: sizes. Out: memory, zeroed if not asked for raw, that lives until the reset. Chunks double in size, so
 * that a page of any size takes few of them; nothing is ever freed by itself. */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>

enum { FIRST_CHUNK = 64 * 1024, ALIGN = 16 };

/* A reset keeps at most this much: one giant page must not pin its memory for the rest of a run. */
static const size_t KEPT_CHUNK = (size_t)4 * 1024 * 1024;

typedef struct chunk {
    struct chunk *older;
    size_t        size, used; /* bytes behind the head */
} chunk;

struct cd_arena {
    chunk *newest;
};

enum { HEAD = (sizeof(chunk) + ALIGN - 1) / ALIGN * ALIGN };

static chunk *new_chunk(size_t size)
{
    if (size > SIZE_MAX - HEAD) return NULL;
    chunk *c = malloc(HEAD + size);
    if (c) *c = (chunk){.size = size};
    return c;
}

cd_arena *cd_arena_new(void) { return calloc(1, sizeof(cd_arena)); }

static void free_from(chunk *c)
{
    while (c) {
        chunk *older = c->older;
        free(c);
        c = older;
    }
}

void cd_arena_free(cd_arena *arena)
{
    if (!arena) return;
    free_from(arena->newest);
    free(arena);
}

void cd_arena_reset(cd_arena *arena)
{
    chunk *keep = arena->newest;
    if (!keep) return;
    free_from(keep->older);
    keep->older = NULL;
    keep->used = 0;
    if (keep->size > KEPT_CHUNK) {
        free(keep);
        arena->newest = NULL;
    }
}

static void *take(cd_arena *arena, size_t size)
{
    if (size > SIZE_MAX - ALIGN) return NULL;
    size = (size + ALIGN - 1) / ALIGN * ALIGN;
    chunk *c = arena->newest;
    if (!c || c->size - c->used < size) {
        size_t want = c ? c->size : FIRST_CHUNK / 2;
        want = want > SIZE_MAX / 2 ? SIZE_MAX : want * 2;
        chunk *fresh = new_chunk(want > size ? want : size);
        if (!fresh) return NULL;
        fresh->older = c;
        arena->newest = c = fresh;
    }
    void *p = (char *)c + HEAD + c->used;
    c->used += size;
    return p;
}

void *cd_arena_take(cd_arena *arena, size_t size)
{
    void *p = take(arena, size);
    return p ? memset(p, 0, size) : NULL;
}

void *cd_arena_array(cd_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) return NULL;
    return cd_arena_take(arena, count * size);
}

void *cd_arena_raw(cd_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size) return NULL;
    return take(arena, count * size);
}

cd_span cd_arena_copy(cd_arena *arena, cd_span text)
{
    if (text.len == SIZE_MAX) return (cd_span){NULL, 0};
    char *p = take(arena, text.len + 1);
    if (p && text.len) memcpy(p, text.ptr, text.len);
    if (p) p[text.len] = '\0';
    return (cd_span){p, p ? text.len : 0};
}
