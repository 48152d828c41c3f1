/* dedup.c -- a memory of stories. In: digests of bodies in input order. Out: for each the first story that is like it, if one came before.
 *
 * One hash table with open addressing leads from a key to stories: a story stands there under its exact hash and, where near copies are
 * asked for, under each of its bands. Only stories that are no copies are kept, so that a chain of small changes does not drift away from
 * its first. Nothing is ever taken out; what is full says so. */
#include "run/dedup.h"

#include "base/buf.h"
#include "base/hash.h"
#include "base/limits.h"

#include <stdint.h>
#include <stdlib.h>

typedef struct story {
    uint64_t  exact[2];
    size_t    name; /* where its input's name begins in `names` */
    long long record;
} story;

typedef struct entry {
    uint32_t tag;   /* of the key */
    uint32_t story; /* its number + 1; 0: free */
} entry;

struct cd_dedup {
    bool    near, full;
    size_t  limit; /* bytes */
    story  *stories;
    uint8_t (*sketches)[CD_SKETCH]; /* with `near`; all zero where a story is too short for one */
    size_t  n, cap;
    uint64_t hash_key; /* of the table: which slot an entry has makes no difference to what is found */
    entry  *table;
    size_t  used, slots; /* slots: 0 or a power of two */
    cd_buf  names;       /* each NUL-ended; records of one container share theirs */
    size_t  last_name;
};

cd_status cd_dedup_new(cd_dedup_how how, size_t bytes, cd_dedup **made, cd_error *err)
{
    cd_dedup *d = calloc(1, sizeof *d);
    if (!d) return cd_fail_memory(err);
    d->near = how == CD_DEDUP_NEAR;
    d->limit = bytes;
    d->hash_key = cd_hash_key();
    *made = d;
    return CD_OK;
}

void cd_dedup_free(cd_dedup *dedup)
{
    if (!dedup) return;
    free(dedup->stories);
    free(dedup->sketches);
    free(dedup->table);
    cd_buf_free(&dedup->names);
    free(dedup);
}

bool   cd_dedup_wants_near(const cd_dedup *dedup) { return dedup->near; }
size_t cd_dedup_full(const cd_dedup *dedup) { return dedup->full ? dedup->n : 0; }

/* --- the table -------------------------------------------------------------------------------------------------------- */

/* A key: the exact hash, or a band with its number. */
static uint64_t band_key(const cd_digest *digest, size_t band)
{
    return cd_mix((uint64_t)(band + 1) << 32 | digest->bands[band]);
}

/* Where the entries of a tag begin, in a table of `slots`. */
static size_t home_of(const cd_dedup *d, uint32_t tag, size_t slots) { return (size_t)cd_mix(tag ^ d->hash_key) & (slots - 1); }

static void put(const cd_dedup *d, entry *table, size_t slots, entry e)
{
    size_t at = home_of(d, e.tag, slots);
    while (table[at].story) at = (at + 1) & (slots - 1);
    table[at] = e;
}

/* Doubles the table. An entry's tag, the key's lower half, says where it lies. */
static cd_status grow_table(cd_dedup *d)
{
    size_t slots = d->slots ? d->slots * 2 : 1024;
    entry *table = calloc(slots, sizeof *table);
    if (!table) return CD_ENOMEM;
    for (size_t i = 0; i < d->slots; i++)
        if (d->table[i].story) put(d, table, slots, d->table[i]);
    free(d->table);
    d->table = table;
    d->slots = slots;
    return CD_OK;
}

/* Whether a story is the one asked for. */
typedef struct question {
    const cd_dedup  *dedup;
    const cd_digest *digest;
    bool             near;
} question;

static bool is_like(const question *q, size_t number)
{
    const story *s = &q->dedup->stories[number];
    if (q->near) return cd_digest_is_near(q->dedup->sketches[number], q->digest->sketch);
    return s->exact[0] == q->digest->exact[0] && s->exact[1] == q->digest->exact[1];
}

/* The earliest story under `key` that is like the digest, if it is before `best`, else `best`; *crowd is how many have that key. */
static size_t look(const question *q, uint64_t key, size_t best, size_t *crowd)
{
    const cd_dedup *d = q->dedup;
    *crowd = 0;
    for (size_t at = d->slots ? home_of(d, (uint32_t)key, d->slots) : 0; d->slots && d->table[at].story; at = (at + 1) & (d->slots - 1)) {
        size_t number = d->table[at].story - 1;
        if (d->table[at].tag != (uint32_t)key) continue;
        if (++*crowd >= CD_LIMIT_DEDUP_BUCKET) break;
        if (number < best && is_like(q, number)) best = number;
    }
    return best;
}

/* --- stories ---------------------------------------------------------------------------------------------------------- */

static cd_status keep_name(cd_dedup *d, const char *input)
{
    if (d->names.len && strcmp(d->names.ptr + d->last_name, input) == 0) return CD_OK;
    size_t at = d->names.len;
    CD_TRY(cd_buf_add(&d->names, cd_span_of(input)));
    CD_TRY(cd_buf_char(&d->names, '\0'));
    d->last_name = at;
    return CD_OK;
}

static cd_status grow_stories(cd_dedup *d)
{
    size_t cap = d->cap ? d->cap * 2 : 256;
    void  *stories = realloc(d->stories, cap * sizeof *d->stories);
    if (!stories) return CD_ENOMEM;
    d->stories = stories;
    if (d->near) {
        void *sketches = realloc(d->sketches, cap * sizeof *d->sketches);
        if (!sketches) return CD_ENOMEM;
        d->sketches = sketches;
    }
    d->cap = cap;
    return CD_OK;
}

/* Whether one more story fits into the limit: by what it needs at a table that is half full, so that the answer does not depend on how
 * memory grows. */
static bool has_room(const cd_dedup *d, size_t name)
{
    size_t a_story = sizeof(story) + 2 * sizeof(entry) + (d->near ? CD_SKETCH + 2 * CD_BANDS * sizeof(entry) : 0);
    return d->n < UINT32_MAX - 1 && (d->n + 1) * a_story + d->names.len + name <= d->limit;
}

static cd_status remember(cd_dedup *d, const cd_digest *digest, const char *input, long long record, const bool open[CD_BANDS + 1])
{
    if (d->full || !has_room(d, strlen(input) + 1)) {
        d->full = true;
        return CD_OK;
    }
    if (d->n == d->cap) CD_TRY(grow_stories(d));
    while (d->slots == 0 || d->used + CD_BANDS + 1 > d->slots / 4 * 3) CD_TRY(grow_table(d));
    CD_TRY(keep_name(d, input));
    d->stories[d->n] = (story){{digest->exact[0], digest->exact[1]}, d->last_name, record};
    if (d->near) memcpy(d->sketches[d->n], digest->sketch, CD_SKETCH);
    d->n++;
    for (size_t i = 0; i <= (digest->near ? (size_t)CD_BANDS : 0); i++) {
        uint64_t key = i ? band_key(digest, i - 1) : digest->exact[0];
        if (!open[i]) continue;
        put(d, d->table, d->slots, (entry){(uint32_t)key, (uint32_t)d->n});
        d->used++;
    }
    return CD_OK;
}

cd_status cd_dedup_show(cd_dedup *d, const cd_digest *digest, const char *input, long long record, cd_first *first, cd_error *err)
{
    bool   open[CD_BANDS + 1] = {true}; /* keys whose bucket takes one more */
    size_t crowd, best = SIZE_MAX;
    *first = (cd_first){NULL, -1};
    if (!digest->any) return CD_OK;
    best = look(&(question){d, digest, false}, digest->exact[0], best, &crowd);
    for (size_t i = 0; digest->near && i < CD_BANDS; i++) {
        best = look(&(question){d, digest, true}, band_key(digest, i), best, &crowd);
        open[i + 1] = crowd < CD_LIMIT_DEDUP_BUCKET;
    }
    if (best == SIZE_MAX) return remember(d, digest, input, record, open) == CD_OK ? CD_OK : cd_fail_memory(err);
    *first = (cd_first){d->names.ptr + d->stories[best].name, d->stories[best].record};
    return CD_OK;
}
