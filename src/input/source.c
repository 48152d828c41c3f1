/* source.c -- what the user gave -> items, one page each. In: paths, folders, lists of paths, "-". Out: their bytes in that
 * order, or why there are none: a path that fails is an item like any other, so nothing is lost in silence. A file that does not begin like
 * a page is handed to container.c, and its items come before the next path's; what is below a folder is found by walk.c. Nothing is
 * read but the item that is asked for. */
#include "input/input.h"

#include "base/limits.h"
#include "input/container.h"
#include "input/http.h"
#include "input/item.h"
#include "input/sniff.h"
#include "input/walk.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Bytes of one read, and of a buffer that is kept for the next item. */
static const size_t READ_BYTES = (size_t)64 * 1024, KEPT_BYTES = (size_t)1024 * 1024;

struct cd_source {
    cd_given *given;
    size_t    n, next;
    bool      stdin_used;
    FILE     *list; /* the list that is being read, or NULL */
    bool      list_nuls;
    cd_buf    list_name;
    char     *line; /* getdelim's */
    size_t    line_cap;
    cd_walk   walk; /* below a folder that was given */
    cd_input_options options;
    cd_container    *container; /* the file that is being read, where it is or may be one; else NULL */
};

cd_status cd_source_open(const cd_given *given, size_t n, const cd_input_options *options, cd_source **source, cd_error *err)
{
    cd_source *s = calloc(1, sizeof *s);
    cd_given  *copy = calloc(n ? n : 1, sizeof *copy);
    if (!s || !copy) {
        free(s);
        free(copy);
        return cd_fail_memory(err);
    }
    if (n) memcpy(copy, given, n * sizeof *copy);
    s->given = copy;
    s->n = n;
    if (options) s->options = *options;
    s->walk.own = s->options.own;
    s->walk.nown = s->options.nown;
    *source = s;
    return CD_OK;
}

static void close_list(cd_source *s)
{
    if (s->list && s->list != stdin) (void)fclose(s->list); /* read only: nothing can be lost */
    s->list = NULL;
}

void cd_source_close(cd_source *source)
{
    if (!source) return;
    close_list(source);
    cd_container_close(source->container);
    free(source->line);
    free(source->given);
    cd_walk_free(&source->walk);
    cd_buf_free(&source->list_name);
    free(source);
}

/* --- files ------------------------------------------------------------------------------------------------------------ */

static cd_status without_errno(cd_item *item) { return cd_item_without(item, "unreadable", strerror(errno)); }

/* A file as it is read. */
typedef struct opened {
    int  fd;
    bool owned, regular;
    long long size; /* -1: not known */
} opened;

/* Hands the file, with what was read of it, to container.c. */
static cd_status open_container(cd_source *s, cd_item *item, const opened *f)
{
    cd_container_file file = {item->name.ptr, f->fd, f->owned, f->regular && f->owned, f->size, &item->bytes};
    cd_status         st = cd_container_open(&file, &s->options, &s->container);
    return st == CD_OK ? CD_END : cd_item_without(item, "no_memory", "memory could not be had");
}

/* Reads to the end or to one byte past the limit; of a stream nothing more is taken. CD_END: the file, which is not to be closed, may be a
 * container. */
static cd_status read_all(cd_source *s, cd_item *item, const opened *f)
{
    size_t hint = f->size > 0 && f->size < (long long)CD_LIMIT_PAGE_BYTES ? (size_t)f->size : 0;
    size_t step = hint >= READ_BYTES && hint < KEPT_BYTES ? hint + 1 : READ_BYTES; /* of a large one no more than shows what it is */
    for (bool sniffed = false;;) {
        size_t left = CD_LIMIT_PAGE_BYTES + 1 - item->bytes.len;
        if (left == 0) return cd_item_too_large(item, -1);
        if (left > step) left = step;
        if (cd_buf_reserve(&item->bytes, left) != CD_OK) return cd_item_without(item, "no_memory", "memory could not be had");
        ssize_t got = read(f->fd, item->bytes.ptr + item->bytes.len, left);
        if (got < 0) return without_errno(item);
        item->bytes.len += (size_t)got;
        item->bytes.ptr[item->bytes.len] = '\0';
        if (!sniffed && (got == 0 || cd_sniff_is_enough(cd_buf_span(&item->bytes), s->options.format == CD_INPUT_JSONL))) {
            if (cd_container_may_be(cd_buf_span(&item->bytes), &s->options)) return open_container(s, item, f);
            if (f->regular && f->size > (long long)CD_LIMIT_PAGE_BYTES) return cd_item_too_large(item, f->size);
            sniffed = true;
        }
        if (got == 0) return CD_OK;
        step = sniffed && hint > item->bytes.len ? hint - item->bytes.len + 1 : READ_BYTES;
    }
}

/* A file's bytes by its descriptor, which is closed here where `owned`. Whatever can be read to an end will do, but no disk. */
static cd_status read_open(cd_source *s, cd_item *item, int fd, bool owned)
{
    struct stat st;
    cd_status   done;
    if (fstat(fd, &st) != 0) {
        done = without_errno(item);
    } else if (cd_walk_is_own(&s->walk, &st)) { /* reading it would give what has come so far */
        done = cd_item_without(item, "unreadable", "this run writes to it");
    } else if (S_ISBLK(st.st_mode)) {
        done = cd_item_without(item, "unreadable", "is a block device");
    } else {
        bool   regular = S_ISREG(st.st_mode);
        opened f = {fd, owned, regular, regular ? (long long)st.st_size : -1};
        done = read_all(s, item, &f);
    }
    if (owned && !s->container) (void)close(fd);
    return done;
}

static cd_status read_stdin(cd_source *s, cd_item *item)
{
    CD_TRY(cd_item_begin(item, "-"));
    if (s->stdin_used) return cd_item_without(item, "unreadable", "standard input was already read");
    s->stdin_used = true;
    return read_open(s, item, STDIN_FILENO, false);
}

/* --- paths ------------------------------------------------------------------------------------------------------------ */

static int open_path(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY); }

static cd_status read_file(cd_source *s, cd_item *item, const char *path)
{
    CD_TRY(cd_item_begin(item, path));
    int fd = open_path(path);
    return fd < 0 ? without_errno(item) : read_open(s, item, fd, true);
}

/* The next item of the walk; CD_END when a container is open, or the folder that the user gave is done. One without files is an item, too. */
static cd_status next_in_folder(cd_source *s, cd_item *item)
{
    const char *path = NULL;
    cd_status   st = cd_walk_next(&s->walk, &path);
    int         why = errno;
    if (st == CD_OK) return read_file(s, item, path);
    if (st == CD_END && s->walk.found) return CD_END;
    if (st != CD_END && st != CD_EINPUT) return st;
    CD_TRY(cd_item_begin(item, path));
    if (st == CD_END) return cd_item_without(item, "unreadable", "the folder has no files");
    errno = why;
    return without_errno(item);
}

/* Begins a walk at the folder `path`, which is open as `fd` and whose item has begun. CD_OK: the item says why the folder
 * cannot be read; CD_END: it can. */
static cd_status begin_walk(cd_source *s, cd_item *item, const char *path, int fd)
{
    cd_status st = cd_walk_begin(&s->walk, path, fd);
    if (st == CD_OK) return CD_END;
    return st == CD_EINPUT ? without_errno(item) : st;
}

/* A path that the user gave. CD_END: it is a folder and its walk has begun, or a container and is open. */
static cd_status next_at_path(cd_source *s, cd_item *item, const char *path)
{
    struct stat st;
    if (strcmp(path, "-") == 0) return read_stdin(s, item);
    CD_TRY(cd_item_begin(item, path));
    int fd = open_path(path);
    if (fd < 0) return without_errno(item);
    if (fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) return begin_walk(s, item, path, fd);
    return read_open(s, item, fd, true);
}

/* --- lists ------------------------------------------------------------------------------------------------------------ */

/* CD_OK: `item` says why the list cannot be read; CD_END: it is open. */
static cd_status open_list(cd_source *s, cd_item *item, const cd_given *list)
{
    bool from_stdin = strcmp(list->path, "-") == 0;
    cd_buf_clear(&s->list_name, KEPT_BYTES);
    CD_TRY(cd_buf_add(&s->list_name, cd_span_of(list->path)));
    s->list_nuls = list->kind == CD_SOURCE_NULS;
    if (from_stdin && s->stdin_used) {
        CD_TRY(cd_item_begin(item, "-"));
        return cd_item_without(item, "unreadable", "standard input was already read");
    }
    if (from_stdin) s->stdin_used = true;
    s->list = from_stdin ? stdin : fopen(list->path, "re");
    if (s->list) return CD_END;
    int why = errno;
    CD_TRY(cd_item_begin(item, list->path));
    errno = why;
    return without_errno(item);
}

/* The end of a list: an item where it broke off. */
static cd_status end_list(cd_source *s, cd_item *item)
{
    int  why = errno;
    bool failed = ferror(s->list) || !feof(s->list);
    close_list(s);
    if (!failed) return CD_END;
    CD_TRY(cd_item_begin(item, s->list_name.ptr));
    errno = why;
    return without_errno(item);
}

/* The next item by a list's next path. A line may end as Windows ends it; an empty one is no path. CD_END: the path is a
 * folder, or the list has ended. */
static cd_status next_in_list(cd_source *s, cd_item *item)
{
    for (;;) {
        ssize_t got = getdelim(&s->line, &s->line_cap, s->list_nuls ? '\0' : '\n', s->list);
        if (got < 0) return end_list(s, item);
        size_t len = (size_t)got;
        if (!s->list_nuls && len && s->line[len - 1] == '\n') s->line[--len] = '\0';
        if (!s->list_nuls && len && s->line[len - 1] == '\r') s->line[--len] = '\0';
        if (len == 0 || (s->list_nuls && !*s->line)) continue;
        if (s->list_nuls || strlen(s->line) == len) return next_at_path(s, item, s->line);
        CD_TRY(cd_item_begin(item, s->list_name.ptr));
        return cd_item_without(item, "unreadable", "a line of the list has a NUL: is it one for --files0-from?");
    }
}

/* The next item of the container; CD_END when it is done. Where memory is short its item says so, and that is its last. */
static cd_status next_in_container(cd_source *s, cd_item *item)
{
    cd_status st = cd_container_next(s->container, item);
    if (st == CD_OK) return CD_OK;
    cd_container_close(s->container);
    s->container = NULL;
    return st == CD_END ? CD_END : cd_item_without(item, "no_memory", "memory could not be had");
}

size_t cd_source_count(const cd_source *source) { return cd_count_given(source->given, source->n, &source->options); }

bool cd_source_waits(const cd_source *source, int milliseconds)
{
    int fd = source->container ? cd_container_waits_for(source->container) : -1;
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    return fd >= 0 && poll(&ready, 1, milliseconds) <= 0;
}

/* One step: the next page of a container, the next file of a walk, the next path of a list, the next thing given. CD_END: no item
 * came of it. */
static cd_status step(cd_source *s, cd_item *item)
{
    if (s->container) return next_in_container(s, item);
    if (cd_walk_is_on(&s->walk)) return next_in_folder(s, item);
    if (s->list) return next_in_list(s, item);
    const cd_given *given = &s->given[s->next++];
    return given->kind == CD_SOURCE_PATH ? next_at_path(s, item, given->path) : open_list(s, item, given);
}

cd_status cd_source_next(cd_source *source, cd_item *item, cd_error *err)
{
    while (source->container || cd_walk_is_on(&source->walk) || source->list || source->next < source->n) {
        cd_status st = step(source, item);
        if (st == CD_OK) st = cd_http_unwrap(item);
        if (st == CD_OK && source->options.format == CD_INPUT_TEXT) item->format = CD_FORMAT_TEXT;
        if (st == CD_OK && source->options.format == CD_INPUT_HTML) item->format = CD_FORMAT_HTML;
        if (st == CD_OK) return CD_OK;
        if (st != CD_END) return cd_fail_memory(err);
    }
    return CD_END;
}
