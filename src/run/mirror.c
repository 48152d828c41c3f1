/* mirror.c -- a folder that looks like the inputs. In: records with the paths of their inputs. Out: a/page.txt.json for a/page.txt, and
 * dump.tar.jsonl with all records of dump.tar.
 *
 * No path leads out of the folder: there are no ".." in it. Two inputs never share a file: where the name is taken in this run, be it that
 * /a and a are both given or a path comes twice, the later one is a~2.json, by input order. For that a hash of each name is kept. */
#include "run/mirror.h"

#include "base/limits.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A name that came more than once, and the number with which to try for the next one. */
typedef struct copies {
    uint64_t hash; /* 0: free */
    size_t   next;
} copies;

struct cd_mirror {
    size_t    stem;  /* bytes of `path` that are the folder, with its slash */
    cd_buf    path;  /* of the file at hand */
    cd_buf    temp;  /* where it is written */
    cd_buf    input; /* whose records it has */
    cd_buf    folder; /* the one that was made or seen last */
    FILE     *out;   /* open while a container's records come */
    uint64_t *names; /* hashes of the paths of this run; open addressing, 0: free */
    size_t    n, slots;
    copies   *copies; /* open addressing, too: few names come twice, but one may come ten thousand times */
    size_t    ncopies, copy_slots;
};

/* --- paths ------------------------------------------------------------------------------------------------------------ */

static uint64_t hash_of(cd_span text)
{
    return cd_hash_bytes(text) | 1;
}

/* One part of a path. A long one is cut between two letters. */
static cd_status add_part(cd_buf *path, cd_span part)
{
    size_t cut = CD_LIMIT_NAME_BYTES - 24;
    if (cd_span_is(part, CD_SPAN(".."))) return cd_buf_add(path, CD_SPAN("_up"));
    if (part.len <= CD_LIMIT_NAME_BYTES) return cd_buf_add(path, part);
    while (cut && ((unsigned char)part.ptr[cut] & 0xC0) == 0x80) cut--;
    CD_TRY(cd_buf_add(path, cd_span_sub(part, 0, cut)));
    return cd_buf_format(path, "~%016llx", (unsigned long long)hash_of(part));
}

cd_status cd_mirror_path(const char *input, bool container, cd_buf *path)
{
    bool any = false;
    if (strcmp(input, "-") == 0) input = "stdin";
    for (const char *at = input; *at;) {
        size_t n = strcspn(at, "/");
        if (n && !(n == 1 && *at == '.')) {
            if (any) CD_TRY(cd_buf_char(path, '/'));
            CD_TRY(add_part(path, (cd_span){at, n}));
            any = true;
        }
        at += n + (at[n] == '/' ? 1 : 0);
    }
    if (!any) CD_TRY(cd_buf_add(path, CD_SPAN("_root"))); /* "/", "." or "": a folder that could not be read */
    return cd_buf_add(path, container ? CD_SPAN(".jsonl") : CD_SPAN(".json"));
}

static void put_name(uint64_t *names, size_t slots, uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & (slots - 1);
    while (names[at]) at = (at + 1) & (slots - 1);
    names[at] = hash;
}

/* Takes a name for this run; *taken: another input has it. */
static cd_status claim(cd_mirror *m, cd_span name, bool *taken)
{
    uint64_t hash = hash_of(name);
    if (m->n + 1 > m->slots / 2) {
        size_t    slots = m->slots ? m->slots * 2 : 1024;
        uint64_t *names = calloc(slots, sizeof *names);
        if (!names) return CD_ENOMEM;
        for (size_t i = 0; i < m->slots; i++)
            if (m->names[i]) put_name(names, slots, m->names[i]);
        free(m->names);
        m->names = names;
        m->slots = slots;
    }
    *taken = false;
    for (size_t at = (size_t)(hash >> 1) & (m->slots - 1); m->names[at]; at = (at + 1) & (m->slots - 1))
        if (m->names[at] == hash) *taken = true;
    if (*taken) return CD_OK;
    put_name(m->names, m->slots, hash);
    m->n++;
    return CD_OK;
}

static copies *find_copies(copies *table, size_t slots, uint64_t hash)
{
    size_t at = (size_t)(hash >> 1) & (slots - 1);
    while (table[at].hash && table[at].hash != hash) at = (at + 1) & (slots - 1);
    return &table[at];
}

/* Where the count of the name `hash` is, valid until the next call. NULL: memory was short. */
static size_t *next_copy(cd_mirror *m, uint64_t hash)
{
    if (m->ncopies + 1 > m->copy_slots / 2) {
        size_t  slots = m->copy_slots ? m->copy_slots * 2 : 64;
        copies *table = calloc(slots, sizeof *table);
        if (!table) return NULL;
        for (size_t i = 0; i < m->copy_slots; i++)
            if (m->copies[i].hash) *find_copies(table, slots, m->copies[i].hash) = m->copies[i];
        free(m->copies);
        m->copies = table;
        m->copy_slots = slots;
    }
    copies *c = find_copies(m->copies, m->copy_slots, hash);
    if (!c->hash) *c = (copies){hash, 2}, m->ncopies++;
    return &c->next;
}

/* The path of the file for a new input, which no other input of this run has. */
static cd_status choose_path(cd_mirror *m, const char *input, bool container)
{
    bool taken = true;
    m->path.len = m->stem;
    CD_TRY(cd_mirror_path(input, container, &m->path));
    size_t tail = container ? 6 : 5, bare = m->path.len - tail; /* ".jsonl", ".json" */
    uint64_t hash = hash_of(cd_buf_span(&m->path));
    CD_TRY(claim(m, cd_buf_span(&m->path), &taken));
    size_t *copy = taken ? next_copy(m, hash) : NULL;
    if (taken && !copy) return CD_ENOMEM;
    while (taken) { /* numbers below are taken for good */
        m->path.len = bare;
        CD_TRY(cd_buf_format(&m->path, "~%zu%s", (*copy)++, container ? ".jsonl" : ".json"));
        CD_TRY(claim(m, cd_buf_span(&m->path), &taken));
    }
    m->temp.len = 0;
    CD_TRY(cd_buf_add(&m->temp, cd_buf_span(&m->path)));
    return cd_buf_add(&m->temp, CD_SPAN(".part"));
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

static cd_status fail(const cd_mirror *m, cd_error *err) { return cd_fail(err, CD_EWRITE, "%s: %s", m->path.ptr, strerror(errno)); }

static bool make_folder(const char *path)
{
    struct stat st;
    if (mkdir(path, 0777) == 0) return true;
    int why = errno;
    if (why == EEXIST && stat(path, &st) == 0) why = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    errno = why;
    return why == 0;
}

/* Makes the folders in which the file at hand will lie. */
static cd_status make_folders(cd_mirror *m, cd_error *err)
{
    size_t end = m->path.len;
    while (end > m->stem && m->path.ptr[end - 1] != '/') end--;
    if (cd_span_is(cd_buf_span(&m->folder), cd_span_sub(cd_buf_span(&m->path), 0, end))) return CD_OK;
    for (size_t i = m->stem; i <= end; i++) {
        if (i > m->stem && m->path.ptr[i - 1] != '/') continue;
        char kept = m->path.ptr[i - 1];
        m->path.ptr[i - 1] = '\0';
        bool made = make_folder(m->path.ptr);
        m->path.ptr[i - 1] = kept;
        if (!made) return fail(m, err);
    }
    m->folder.len = 0;
    return cd_buf_add(&m->folder, cd_span_sub(cd_buf_span(&m->path), 0, end)) == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* Whether the two files have the same bytes. */
static bool is_same(const char *a, const char *b)
{
    char  left[8192], right[8192];
    FILE *one = fopen(a, "rbe"), *two = fopen(b, "rbe");
    bool  same = one && two;
    while (same) {
        size_t n = fread(left, 1, sizeof left, one);
        same = fread(right, 1, sizeof right, two) == n && memcmp(left, right, n) == 0 && !ferror(one) && !ferror(two);
        if (n < sizeof left) break;
    }
    if (one) (void)fclose(one); /* read only */
    if (two) (void)fclose(two);
    return same;
}

/* The same for bytes that are not in a file yet: an input that has not changed costs no write at all. */
static bool has_bytes(const char *path, cd_span text)
{
    char        piece[8192];
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || (uintmax_t)st.st_size != text.len) return false;
    FILE *in = fopen(path, "rbe");
    bool  same = in != NULL;
    for (size_t at = 0, n; same && at < text.len; at += n) {
        n = fread(piece, 1, sizeof piece, in);
        same = n > 0 && n <= text.len - at && memcmp(piece, text.ptr + at, n) == 0;
    }
    if (in) (void)fclose(in);
    return same;
}

static cd_status open_temp(cd_mirror *m, cd_error *err)
{
    CD_TRY(make_folders(m, err));
    m->out = fopen(m->temp.ptr, "we");
    return m->out ? CD_OK : fail(m, err);
}

static cd_status write_text(cd_mirror *m, cd_span text, cd_error *err)
{
    if (text.len == 0 || fwrite(text.ptr, 1, text.len, m->out) == text.len) return CD_OK;
    return fail(m, err);
}

/* Closes the file at hand and gives it its name. */
static cd_status complete(cd_mirror *m, bool drop, cd_error *err)
{
    cd_status st = CD_OK;
    if (!m->out) return CD_OK;
    if (fclose(m->out) != 0) st = fail(m, err);
    int why = errno;
    m->out = NULL;
    m->input.len = 0;
    if (st == CD_OK && !drop && !is_same(m->path.ptr, m->temp.ptr)) {
        if (rename(m->temp.ptr, m->path.ptr) == 0) return CD_OK;
        st = fail(m, err);
        why = errno;
    }
    (void)unlink(m->temp.ptr);
    errno = why;
    return st;
}

cd_status cd_mirror_open(const char *dir, cd_mirror **made, cd_error *err)
{
    cd_mirror *m = calloc(1, sizeof *m);
    cd_span    name = cd_span_of(dir);
    if (!m) return cd_fail_memory(err);
    *made = m;
    while (name.len > 1 && name.ptr[name.len - 1] == '/') name.len--;
    if (cd_buf_add(&m->path, name) != CD_OK || cd_buf_char(&m->path, '/') != CD_OK) return cd_fail_memory(err);
    m->stem = m->path.len;
    return make_folders(m, err);
}

cd_status cd_mirror_put(cd_mirror *m, const char *input, long long record, cd_span text, cd_error *err)
{
    if (m->out && cd_span_is(cd_buf_span(&m->input), cd_span_of(input)) && record != 0) return write_text(m, text, err);
    CD_TRY(complete(m, false, err));
    if (choose_path(m, input, record >= 0) != CD_OK) return cd_fail_memory(err);
    if (record < 0 && has_bytes(m->path.ptr, text)) return CD_OK;
    CD_TRY(open_temp(m, err));
    CD_TRY(write_text(m, text, err));
    if (record < 0) return complete(m, false, err);
    return cd_buf_add(&m->input, cd_span_of(input)) == CD_OK ? CD_OK : cd_fail_memory(err);
}

cd_status cd_mirror_close(cd_mirror *m, bool drop, cd_error *err)
{
    if (!m) return CD_OK;
    cd_status st = complete(m, drop, err);
    int       why = errno;
    cd_buf_free(&m->path);
    cd_buf_free(&m->temp);
    cd_buf_free(&m->input);
    cd_buf_free(&m->folder);
    free(m->names);
    free(m->copies);
    free(m);
    errno = why;
    return st;
}
