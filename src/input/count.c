/* count.c -- how many files there are to read. In: what the user gave. Out: a number, or 0: not known. Folders are walked without opening a
 * file, lists are read for their lines; what cannot be read counts as one, for it will be one record. */
#include "input/walk.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

/* The files below a folder; 0: memory was short. */
static size_t count_below(const char *folder, const cd_input_options *options)
{
    cd_walk     w = {.own = options->own, .nown = options->nown};
    const char *path;
    size_t      n = 0;
    int         fd = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    cd_status   st = fd < 0 ? CD_EINPUT : cd_walk_begin(&w, folder, fd);
    if (st == CD_OK)
        while ((st = cd_walk_next(&w, &path)) == CD_OK || st == CD_EINPUT) n++;
    cd_walk_free(&w);
    if (st == CD_ENOMEM) return 0;
    return n ? n : 1; /* that there are none is a record */
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

size_t cd_count_given(const cd_given *given, size_t n, const cd_input_options *options)
{
    size_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        struct stat is;
        size_t      count = 1;
        bool        there = strcmp(given[i].path, "-") != 0 && stat(given[i].path, &is) == 0;
        bool        list = given[i].kind != CD_SOURCE_PATH;
        if (list && !(there && S_ISREG(is.st_mode))) return 0;
        if (list) count = count_list(given[i].path, given[i].kind == CD_SOURCE_NULS ? '\0' : '\n');
        else if (there && S_ISDIR(is.st_mode)) count = count_below(given[i].path, options);
        if (!list && count == 0) return 0;
        sum += count;
    }
    return sum;
}
