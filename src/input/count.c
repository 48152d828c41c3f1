/* count.c -- how many files there are to read. In: what the user gave. Out: a number, or 0: not known. Folders are walked without opening a
 * file, lists are read for their lines; what cannot be read counts as one, for it will be one record. */
#include "input/input.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

/* Folders still to be walked: a stack of paths, each NUL-ended. */
typedef struct walk {
    cd_buf folders;
    size_t files;
} walk;

static cd_status add_folder(walk *w, const char *in, const char *name)
{
    CD_TRY(cd_buf_add(&w->folders, cd_span_of(in)));
    if (name) CD_TRY(cd_buf_char(&w->folders, '/'));
    if (name) CD_TRY(cd_buf_add(&w->folders, cd_span_of(name)));
    return cd_buf_char(&w->folders, '\0');
}

/* Takes the folder that was added last into `path`. */
static cd_status pop_folder(walk *w, cd_buf *path)
{
    size_t from = w->folders.len - 1;
    while (from && w->folders.ptr[from - 1]) from--;
    path->len = 0;
    CD_TRY(cd_buf_add(path, cd_span_of(w->folders.ptr + from)));
    w->folders.len = from;
    return CD_OK;
}

/* Counts the files of one folder and adds the folders in it. Hidden names and links to folders are passed over, as when they are read. */
static cd_status count_folder(walk *w, const char *path)
{
    DIR          *dir = opendir(path);
    cd_status     st = CD_OK;
    struct stat   is;
    struct dirent *d;
    if (!dir) {
        w->files++;
        return CD_OK;
    }
    while (st == CD_OK && (d = readdir(dir)) != NULL) {
        if (d->d_name[0] == '.') continue;
        if (fstatat(dirfd(dir), d->d_name, &is, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(is.st_mode)) st = add_folder(w, path, d->d_name);
        else if (fstatat(dirfd(dir), d->d_name, &is, 0) != 0 || S_ISREG(is.st_mode)) w->files++;
    }
    (void)closedir(dir);
    return st;
}

/* The files below a folder; 0: memory was short. */
static size_t count_below(const char *folder)
{
    walk      w = {.files = 0};
    cd_buf    path = {0};
    cd_status st = add_folder(&w, folder, NULL);
    while (st == CD_OK && w.folders.len) {
        st = pop_folder(&w, &path);
        if (st == CD_OK) st = count_folder(&w, path.ptr);
    }
    cd_buf_free(&w.folders);
    cd_buf_free(&path);
    if (st != CD_OK) return 0;
    return w.files ? w.files : 1; /* that there are none is a record */
}

/* The paths that a list has; empty ones are none. */
static size_t count_list(const char *path, char end)
{
    char   piece[16 * 1024], last = end;
    size_t n = 0, got;
    FILE  *in = fopen(path, "rbe");
    if (!in) return 1;
    while ((got = fread(piece, 1, sizeof piece, in)) > 0) {
        for (size_t i = 0; i < got; i++) {
            n += piece[i] == end && last != end;
            last = piece[i];
        }
    }
    (void)fclose(in); /* read only */
    return n + (last != end);
}

size_t cd_source_count(const cd_given *given, size_t n)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        struct stat is;
        size_t      count = 1;
        bool        there = strcmp(given[i].path, "-") != 0 && stat(given[i].path, &is) == 0;
        bool        list = given[i].kind != CD_SOURCE_PATH;
        if (list && !(there && S_ISREG(is.st_mode))) return 0;
        if (list) count = count_list(given[i].path, given[i].kind == CD_SOURCE_NULS ? '\0' : '\n');
        else if (there && S_ISDIR(is.st_mode)) count = count_below(given[i].path);
        if (!list && count == 0) return 0;
        sum += count;
    }
    return sum;
}
