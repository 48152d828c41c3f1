/* load.c -- where rules come from: files, folders, and those that are compiled into the program. In: a path. Out: its rules in
 * the list. A folder is walked without recursion, its files are read in byte order of their paths; links to folders are
 * not followed, so that no walk is endless. */
#include "base/data.h"
#include "base/file.h"
#include "base/limits.h"
#include "rules/site.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Files and folders below one folder of rules: above it somebody has named a whole disk. */
enum { PATHS_MAX = 100000 };

typedef struct paths {
    cd_arena *arena;
    char    **at;
    size_t    n, cap;
} paths;

static cd_status fail_path(cd_error *err, const char *path)
{
    return cd_fail(err, CD_ERULES, "%s: %s", path, strerror(errno));
}

static cd_status add_path(paths *list, const char *folder, const char *name, cd_error *err)
{
    if (list->n == PATHS_MAX)
        return cd_fail(err, CD_ERULES, "%s: more than %d files and folders are no folder of rules", folder, PATHS_MAX);
    if (list->n == list->cap) {
        size_t cap = list->cap ? list->cap * 2 : 64;
        char **at = cd_arena_array(list->arena, cap, sizeof *at);
        if (!at) return cd_fail_memory(err);
        if (list->n) memcpy(at, list->at, list->n * sizeof *at);
        list->at = at;
        list->cap = cap;
    }
    size_t len = strlen(folder), size = len + strlen(name) + 2;
    bool   slash = len && folder[len - 1] != '/' && *name;
    char  *path = cd_arena_take(list->arena, size);
    if (!path) return cd_fail_memory(err);
    (void)snprintf(path, size, "%s%s%s", folder, slash ? "/" : "", name);
    list->at[list->n++] = path;
    return CD_OK;
}

static bool is_plain_file(const struct dirent *entry)
{
#ifdef DT_REG
    return entry->d_type == DT_REG;
#else
    (void)entry;
    return false;
#endif
}

/* Sorts one folder's entries into files of rules and further folders; all else is passed over. */
static cd_status read_folder(const char *folder, paths *files, paths *folders, cd_error *err)
{
    DIR *dir = opendir(folder);
    if (!dir) return fail_path(err, folder);
    cd_status      st = CD_OK;
    struct dirent *entry;
    while (st == CD_OK && (errno = 0, entry = readdir(dir))) {
        cd_span     name = cd_span_of(entry->d_name);
        struct stat info;
        if (*name.ptr == '.') continue;
        if (is_plain_file(entry)) { /* spares a look at each of ten thousand files */
            if (cd_span_ends(name, CD_SPAN(".rules"))) st = add_path(files, folder, name.ptr, err);
        } else if (fstatat(dirfd(dir), name.ptr, &info, AT_SYMLINK_NOFOLLOW)) {
            st = fail_path(err, folder);
        } else if (S_ISDIR(info.st_mode)) {
            st = add_path(folders, folder, name.ptr, err);
        } else if (cd_span_ends(name, CD_SPAN(".rules"))) {
            st = add_path(files, folder, name.ptr, err);
        }
    }
    if (st == CD_OK && errno) st = fail_path(err, folder);
    closedir(dir);
    return st;
}

cd_status cd_rules_slurp(const char *path, cd_buf *text, cd_error *err)
{
    cd_status st = cd_file_read(path, CD_LIMIT_RULE_FILE_BYTES, true, text);
    if (st == CD_EINPUT) return fail_path(err, path);
    if (st == CD_ELIMIT) /* the parser words the same limit */
        return cd_fail(err, CD_ERULES, "%s: rule file is over the limit CD_LIMIT_RULE_FILE_BYTES, %zu bytes", path, CD_LIMIT_RULE_FILE_BYTES);
    return st == CD_OK ? CD_OK : cd_fail_memory(err);
}

/* A file of a host's rules is only noted: it is read when a page of that host comes. */
static cd_status load_file(cd_rules *rules, const char *path, cd_error *err)
{
    if (cd_site_host_of(path).len) return cd_sites_add(rules, path, (cd_span){NULL, 0}, true, err);
    cd_buf    text = {0};
    cd_status st = cd_rules_slurp(path, &text, err);
    if (st == CD_OK) st = cd_rules_parse(rules, path, text.len ? cd_buf_span(&text) : CD_SPAN(""), true, NULL, err);
    cd_buf_free(&text);
    return st;
}

static int by_bytes(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static cd_status load_folder(cd_rules *rules, const char *path, bool may_be_empty, cd_arena *arena, cd_error *err)
{
    paths files = {.arena = arena}, folders = {.arena = arena};
    CD_TRY(add_path(&folders, path, "", err));
    for (size_t i = 0; i < folders.n; i++) CD_TRY(read_folder(folders.at[i], &files, &folders, err));
    if (files.n == 0 && !may_be_empty) return cd_fail(err, CD_ERULES, "%s: no file in this folder is called *.rules", path);
    if (files.n) qsort(files.at, files.n, sizeof *files.at, by_bytes);
    for (size_t i = 0; i < files.n; i++) CD_TRY(load_file(rules, files.at[i], err));
    return CD_OK;
}

static cd_status load_whole_folder(cd_rules *rules, const char *path, bool may_be_empty, cd_error *err)
{
    cd_arena *arena = cd_arena_new();
    if (!arena) return cd_fail_memory(err);
    cd_status st = load_folder(rules, path, may_be_empty, arena, err);
    cd_arena_free(arena);
    return st;
}

/* A file that stands in the working folder: only its whole path tells whether that is called `sites`. */
static cd_status load_named_file(cd_rules *rules, const char *path, cd_error *err)
{
    const char *slash = strrchr(path, '/');
    char       *whole = slash ? NULL : realpath(".", NULL);
    bool        inside = whole && cd_span_ends(cd_span_of(whole), CD_SPAN("/sites")) && cd_span_ends(cd_span_of(path), CD_SPAN(".rules"));
    cd_buf      longer = {0};
    free(whole);
    if (!inside) return load_file(rules, path, err);
    cd_status st = cd_buf_format(&longer, "../sites/%s", path) == CD_OK ? load_file(rules, longer.ptr, err) : cd_fail_memory(err);
    cd_buf_free(&longer);
    return st;
}

cd_status cd_rules_add_path(cd_rules *rules, const char *path, cd_error *err)
{
    struct stat info;
    if (stat(path, &info)) return fail_path(err, path);
    return S_ISDIR(info.st_mode) ? load_whole_folder(rules, path, false, err) : load_named_file(rules, path, err);
}

cd_status cd_rules_add_home(cd_rules *rules, const char *path, cd_error *err)
{
    struct stat info;
    if (stat(path, &info)) return errno == ENOENT || errno == ENOTDIR ? CD_OK : fail_path(err, path);
    return load_whole_folder(rules, path, true, err);
}

cd_status cd_rules_add_text(cd_rules *rules, const char *file, cd_span text, bool users, cd_error *err)
{
    if (cd_site_host_of(file).len == 0) return cd_rules_parse(rules, file, text, users, NULL, err);
    cd_span copy = cd_arena_copy(rules->arena, text);
    return copy.ptr ? cd_sites_add(rules, file, copy, users, err) : cd_fail_memory(err);
}

cd_status cd_rules_add_built_in(cd_rules *rules, cd_error *err)
{
    for (const cd_data_file *file = cd_data_rules; file->name; file++) {
        if (cd_site_host_of(file->name).len) CD_TRY(cd_sites_add(rules, file->name, file->text, false, err));
        else CD_TRY(cd_rules_parse(rules, file->name, file->text, false, NULL, err));
    }
    return CD_OK;
}

bool cd_rules_is_path(const char *path)
{
    if (cd_span_ends(cd_span_of(path), CD_SPAN(".rules"))) return true;
    DIR           *dir = opendir(path);
    struct dirent *entry;
    bool           found = false;
    while (dir && !found && (entry = readdir(dir))) {
        cd_span name = cd_span_of(entry->d_name);
        found = cd_span_ends(name, CD_SPAN(".rules")) || cd_span_is(name, CD_SPAN("sites"));
    }
    if (dir) closedir(dir);
    return found;
}
