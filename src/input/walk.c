/* walk.c -- a folder -> the paths of the files below it. In: an opened folder. Out: one path at a time, in byte order of the full paths, or
 * why a folder below it cannot be read.
 *
 * A stack of folders, of which each one's names were read at once, takes the place of recursion. Hidden files are not pages and links to
 * folders might lead in a circle; both are passed over, and so is what the run itself writes. No file is opened. */
#include "input/walk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A folder on the way: its names still to be visited. Each name is NUL-ended; a folder's own ends in '/', which also sorts it
 * where its files belong in byte order. */
typedef struct cd_folder {
    cd_buf  names;
    size_t *at; /* where each name begins, sorted */
    size_t  n, next;
    size_t  stem; /* bytes of `path` that are this folder's own, with its '/' */
} cd_folder;

/* What a folder's entry is to the walk. */
typedef enum entry { ENTRY_NONE, ENTRY_FILE, ENTRY_FOLDER } entry;

bool cd_walk_is_own(const cd_walk *w, const struct stat *st)
{
    for (size_t i = 0; i < w->nown; i++)
        if (w->own[i].number == (uint64_t)st->st_ino && w->own[i].device == (uint64_t)st->st_dev) return true;
    return false;
}

static entry entry_kind(const cd_walk *w, int dir, const char *name)
{
    struct stat st;
    if (name[0] == '.') return ENTRY_NONE;
    if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) != 0) return ENTRY_FILE; /* opening it will say why */
    if (cd_walk_is_own(w, &st)) return ENTRY_NONE;
    if (S_ISDIR(st.st_mode)) return ENTRY_FOLDER;
    if (S_ISREG(st.st_mode)) return ENTRY_FILE;
    if (!S_ISLNK(st.st_mode)) return ENTRY_NONE; /* a pipe among pages would wait for ever */
    if (fstatat(dir, name, &st, 0) != 0) return ENTRY_FILE;
    return S_ISREG(st.st_mode) && !cd_walk_is_own(w, &st) ? ENTRY_FILE : ENTRY_NONE;
}

static cd_status add_entry(cd_folder *f, const char *name, entry kind, size_t *cap)
{
    if (f->n == *cap) {
        size_t  more = *cap ? *cap * 2 : 64;
        size_t *at = more > SIZE_MAX / sizeof *at ? NULL : realloc(f->at, more * sizeof *at);
        if (!at) return CD_ENOMEM;
        f->at = at;
        *cap = more;
    }
    f->at[f->n] = f->names.len;
    CD_TRY(cd_buf_add(&f->names, cd_span_of(name)));
    if (kind == ENTRY_FOLDER) CD_TRY(cd_buf_char(&f->names, '/'));
    CD_TRY(cd_buf_char(&f->names, '\0'));
    f->n++;
    return CD_OK;
}

/* Heapsort, because qsort() has no way to hand the names to its comparison without a global. */
static void sift(const char *names, size_t *at, size_t i, size_t n)
{
    size_t top = at[i];
    for (size_t child; (child = 2 * i + 1) < n; i = child) {
        if (child + 1 < n && strcmp(names + at[child], names + at[child + 1]) < 0) child++;
        if (strcmp(names + top, names + at[child]) >= 0) break;
        at[i] = at[child];
    }
    at[i] = top;
}

static void sort_names(cd_folder *f)
{
    for (size_t i = f->n / 2; i-- > 0;) sift(f->names.ptr, f->at, i, f->n);
    for (size_t n = f->n; n-- > 1;) {
        size_t last = f->at[n];
        f->at[n] = f->at[0];
        f->at[0] = last;
        sift(f->names.ptr, f->at, 0, n);
    }
}

/* Reads all names of an opened folder. CD_EINPUT with errno set: it cannot be read to its end. */
static cd_status read_names(const cd_walk *w, DIR *dir, cd_folder *f)
{
    size_t cap = 0;
    for (;;) {
        errno = 0;
        const struct dirent *d = readdir(dir);
        if (!d) break;
        entry kind = entry_kind(w, dirfd(dir), d->d_name);
        if (kind != ENTRY_NONE) CD_TRY(add_entry(f, d->d_name, kind, &cap));
    }
    if (errno) return CD_EINPUT;
    sort_names(f);
    return CD_OK;
}

static cd_status push_folder(cd_walk *w, cd_folder f)
{
    if (w->nfolders == w->cap) {
        size_t     cap = w->cap ? w->cap * 2 : 8;
        cd_folder *more = cap > SIZE_MAX / sizeof *more ? NULL : realloc(w->folders, cap * sizeof *more);
        if (!more) return CD_ENOMEM;
        w->folders = more;
        w->cap = cap;
    }
    w->folders[w->nfolders++] = f;
    return CD_OK;
}

/* Goes into the folder that `fd`, which is closed here, has open; its path with '/' is in w->path. */
static cd_status enter_folder(cd_walk *w, int fd)
{
    cd_folder f = {.stem = w->path.len};
    DIR      *dir = fdopendir(fd);
    if (!dir) {
        int why = errno;
        (void)close(fd);
        errno = why;
        return CD_EINPUT;
    }
    cd_status st = read_names(w, dir, &f);
    int       why = errno;
    (void)closedir(dir);
    if (st == CD_OK) st = push_folder(w, f);
    if (st != CD_OK) {
        cd_buf_free(&f.names);
        free(f.at);
    }
    errno = why;
    return st;
}

static void pop_folder(cd_walk *w)
{
    cd_folder *f = &w->folders[--w->nfolders];
    cd_buf_free(&f->names);
    free(f->at);
}

/* The path of the walk up to `stem`, then `name`. */
static cd_status set_path(cd_walk *w, size_t stem, const char *name)
{
    w->path.len = stem;
    return cd_buf_add(&w->path, cd_span_of(name));
}

cd_status cd_walk_begin(cd_walk *w, const char *path, int fd)
{
    w->found = 0;
    cd_status st = set_path(w, 0, path);
    w->root = w->path.len;
    if (st == CD_OK && w->path.ptr[w->root - 1] != '/') st = cd_buf_char(&w->path, '/');
    if (st != CD_OK) {
        (void)close(fd);
        return st;
    }
    st = enter_folder(w, fd);
    if (st != CD_OK) w->root = 0;
    return st;
}

/* Goes into the folder at w->path, which ends in '/'; where that fails, the path is given without. */
static cd_status next_folder(cd_walk *w)
{
    int       fd = open(w->path.ptr, O_RDONLY | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW);
    cd_status st = fd < 0 ? CD_EINPUT : enter_folder(w, fd);
    if (st != CD_EINPUT) return st;
    w->found++;
    w->path.ptr[--w->path.len] = '\0';
    return st;
}

/* Ends the walk; its path is again the one that it began with. */
static cd_status end_walk(cd_walk *w)
{
    w->path.len = w->root;
    w->path.ptr[w->path.len] = '\0';
    w->root = 0;
    return CD_END;
}

cd_status cd_walk_next(cd_walk *w, const char **path)
{
    while (w->nfolders) {
        cd_folder *f = &w->folders[w->nfolders - 1];
        if (f->next == f->n) {
            pop_folder(w);
            continue;
        }
        CD_TRY(set_path(w, f->stem, f->names.ptr + f->at[f->next++]));
        *path = w->path.ptr;
        if (w->path.ptr[w->path.len - 1] != '/') {
            w->found++;
            return CD_OK;
        }
        cd_status st = next_folder(w);
        if (st != CD_OK) return st;
    }
    *path = w->path.ptr;
    return end_walk(w);
}

void cd_walk_free(cd_walk *w)
{
    while (w->nfolders) pop_folder(w);
    free(w->folders);
    cd_buf_free(&w->path);
}
