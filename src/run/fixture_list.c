/* fixture_list.c -- which fixtures there are. In: folders, and names of single fixtures. Out: pages, each with the paths of its
 * name.json and name.args; and what is left over. Folders are walked with a list of those still to be read, then all that was
 * found is sorted, so that the order does not depend on the file system. Files of other kinds are none of our business. */
#include "run/fixture.h"

#include "base/file.h"
#include "base/limits.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>

/* What a page's name may end in: one of the first, behind it one of the second or none. */
static const char *const PAGES[] = {".txt", ".html", ".htm", ".xhtml", ".warc", ".jsonl", ".ndjson", ".tar", ".tgz", ".zip"};
static const char *const PACKED[] = {".gz", ".bz2", ".xz", ".zst", ".lz4"};
#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef enum kind { KIND_PAGE, KIND_EXPECTED, KIND_ARGS, KIND_OTHER } kind;

/* A file of a fixture. */
typedef struct part {
    const char *path;
    size_t      stem; /* bytes of the path without endings */
    kind        kind;
} part;

/* All that was found below one path that the user gave. */
typedef struct parts {
    cd_arena   *arena;
    part       *at;
    size_t      n, cap;
    const char **folders; /* still to be read, from `done` on; grows while they are */
    size_t       nfolders, folder_cap;
} parts;

/* --- names ------------------------------------------------------------------------------------------------------------ */

/* Takes the ending off *name; false where it has not that one, or nothing in front of it. */
static bool take_ending(cd_span *name, const char *ending)
{
    cd_span end = cd_span_of(ending);
    if (name->len <= end.len || !cd_span_ends(*name, end) || name->ptr[name->len - end.len - 1] == '/') return false;
    name->len -= end.len;
    return true;
}

/* What a file is by its name, and in *stem how much of its path is the fixture's name. */
static kind classify(const char *path, size_t *stem)
{
    cd_span name = cd_span_of(path);
    *stem = name.len;
    bool    expected = take_ending(&name, ".json");
    if (expected || take_ending(&name, ".args")) {
        *stem = name.len;
        return expected ? KIND_EXPECTED : KIND_ARGS;
    }
    for (size_t i = 0; i < COUNT(PACKED) && !take_ending(&name, PACKED[i]);) i++;
    for (size_t i = 0; i < COUNT(PAGES); i++) {
        if (!take_ending(&name, PAGES[i])) continue;
        *stem = name.len;
        return KIND_PAGE;
    }
    return KIND_OTHER;
}

static int by_stem(const void *left, const void *right)
{
    const part *a = left, *b = right;
    int         order = memcmp(a->path, b->path, a->stem < b->stem ? a->stem : b->stem);
    if (order == 0 && a->stem != b->stem) order = a->stem < b->stem ? -1 : 1;
    if (order == 0 && a->kind != b->kind) order = a->kind < b->kind ? -1 : 1;
    return order ? order : strcmp(a->path, b->path);
}

static bool same_stem(const part *a, const part *b) { return a->stem == b->stem && memcmp(a->path, b->path, a->stem) == 0; }

/* --- folders ---------------------------------------------------------------------------------------------------------- */

static const char *keep(cd_arena *arena, const char *dir, const char *name)
{
    cd_buf  path = {0};
    cd_span copy = {NULL, 0};
    bool    fine = cd_buf_add(&path, cd_span_of(dir)) == CD_OK && cd_buf_add(&path, cd_span_of(name)) == CD_OK;
    if (fine) copy = cd_arena_copy(arena, cd_buf_span(&path));
    cd_buf_free(&path);
    return copy.ptr;
}

/* Makes room for one more in a list of items of `size` bytes. */
static cd_status grow(void *list, size_t n, size_t *cap, size_t size)
{
    void **at = list;
    if (n < *cap) return CD_OK;
    size_t more = *cap ? *cap * 2 : 64;
    void  *p = more > SIZE_MAX / 2 / size ? NULL : realloc(*at, more * size);
    if (!p) return CD_ENOMEM;
    *at = p;
    *cap = more;
    return CD_OK;
}

static cd_status add_part(parts *all, const char *path)
{
    part p = {.path = path};
    p.kind = classify(path, &p.stem);
    if (p.kind == KIND_OTHER) return CD_OK;
    CD_TRY(grow(&all->at, all->n, &all->cap, sizeof *all->at));
    all->at[all->n++] = p;
    return CD_OK;
}

static cd_status add_folder(parts *all, const char *path)
{
    CD_TRY(grow(&all->folders, all->nfolders, &all->folder_cap, sizeof *all->folders));
    all->folders[all->nfolders++] = path;
    return CD_OK;
}

/* One name of the folder `dir` (ends in '/', or is empty: the one we are in), open as `fd`. */
static cd_status add_entry(parts *all, int fd, const char *dir, const char *name, bool deep)
{
    struct stat st;
    if (name[0] == '.') return CD_OK;
    bool known = fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0, folder = known && S_ISDIR(st.st_mode);
    if (known && S_ISLNK(st.st_mode)) known = fstatat(fd, name, &st, 0) == 0;
    if (folder ? !deep : known && !S_ISREG(st.st_mode)) return CD_OK; /* what is not known is told when it is opened */
    const char *path = keep(all->arena, dir, name);
    if (folder && path) path = keep(all->arena, path, "/");
    if (!path) return CD_ENOMEM;
    return folder ? add_folder(all, path) : add_part(all, path);
}

/* CD_EINPUT with errno set: the folder cannot be read. */
static cd_status read_folder(parts *all, const char *dir, bool deep)
{
    DIR *stream = opendir(*dir ? dir : ".");
    if (!stream) return errno == ENOMEM ? CD_ENOMEM : CD_EINPUT;
    cd_status st = CD_OK;
    for (const struct dirent *d; errno = 0, (d = readdir(stream)) != NULL && st == CD_OK;)
        st = add_entry(all, dirfd(stream), dir, d->d_name, deep);
    if (st == CD_OK && errno) st = CD_EINPUT;
    int why = errno;
    (void)closedir(stream);
    errno = why;
    return st;
}

/* --- fixtures --------------------------------------------------------------------------------------------------------- */

static cd_status add_fixture(cd_fixture_list *list, cd_fixture fixture)
{
    CD_TRY(grow(&list->at, list->n, &list->cap, sizeof *list->at));
    list->at[list->n++] = fixture;
    return CD_OK;
}

static cd_status add_fault(cd_fixture_list *list, const char *path, const char *fault)
{
    const char *kept = keep(list->arena, path, ""), *why = keep(list->arena, fault, "");
    return kept && why ? add_fixture(list, (cd_fixture){.page = kept, .fault = why}) : CD_ENOMEM;
}

/* Whether a name.json without a page is ours: other programs keep files of that name, too. One that cannot be read may be. */
static bool is_ours(const char *path)
{
    cd_buf    text = {0};
    cd_status st = cd_file_read(path, CD_LIMIT_EXPECTED_BYTES, false, &text);
    bool      ours = st != CD_OK || cd_span_find(cd_buf_span(&text), CD_SPAN("\"copydesk/")) < text.len;
    cd_buf_free(&text);
    return ours;
}

/* The files of one name, parts[0] to parts[n - 1]: pages stand first. Two pages of one name would need the same name.json. */
static cd_status add_group(cd_fixture_list *list, const part *p, size_t n)
{
    cd_fixture f = {0};
    size_t     pages = 0;
    for (size_t i = 0; i < n; i++) {
        if (p[i].kind == KIND_PAGE && pages++ == 0) f.page = p[i].path;
        if (p[i].kind == KIND_EXPECTED && (f.page || is_ours(p[i].path))) f.expected = p[i].path;
        if (p[i].kind == KIND_ARGS) f.args = p[i].path;
    }
    if (f.page && !f.expected) {
        cd_span stem = cd_arena_copy(list->arena, (cd_span){f.page, p[0].stem});
        f.expected = stem.ptr ? keep(list->arena, stem.ptr, ".json") : NULL;
        if (!f.expected) return CD_ENOMEM;
    }
    if (f.page || f.expected || f.args) CD_TRY(add_fixture(list, f));
    for (size_t i = 1; i < pages; i++) CD_TRY(add_fault(list, p[i].path, "another page has the same name, so that both would share one expected file"));
    return CD_OK;
}

/* Groups what was found; where `only` is given, what has that stem. */
static cd_status add_groups(cd_fixture_list *list, parts *all, const part *only)
{
    if (all->n) qsort(all->at, all->n, sizeof *all->at, by_stem);
    for (size_t i = 0, n; i < all->n; i += n) {
        for (n = 1; i + n < all->n && same_stem(&all->at[i], &all->at[i + n]);) n++;
        if (!only || same_stem(&all->at[i], only)) CD_TRY(add_group(list, &all->at[i], n));
    }
    return CD_OK;
}

static cd_status find_in_folder(cd_fixture_list *list, parts *all, const char *path)
{
    size_t      before = list->n, len = strlen(path);
    const char *root = keep(list->arena, path, len && path[len - 1] == '/' ? "" : "/");
    if (!root) return CD_ENOMEM;
    CD_TRY(add_folder(all, root));
    for (size_t i = 0; i < all->nfolders; i++) {
        cd_status st = read_folder(all, all->folders[i], true);
        if (st == CD_EINPUT) st = add_fault(list, all->folders[i], strerror(errno));
        if (st != CD_OK) return st;
    }
    CD_TRY(add_groups(list, all, NULL));
    return list->n > before ? CD_OK : add_fault(list, path, "the folder has no fixtures");
}

/* The fixture that `path` names: looked for among the files of its folder. */
static cd_status find_named(cd_fixture_list *list, parts *all, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t      before = list->n;
    cd_span     dir = cd_arena_copy(list->arena, (cd_span){path, slash ? (size_t)(slash + 1 - path) : 0});
    part        only = {.path = path};
    only.kind = classify(path, &only.stem);
    if (!dir.ptr) return CD_ENOMEM;
    cd_status st = read_folder(all, dir.ptr, false);
    if (st == CD_ENOMEM) return st;
    if (st == CD_OK) CD_TRY(add_groups(list, all, &only));
    return list->n > before ? CD_OK : add_fault(list, path, "no fixture of this name");
}

/* Whether a single fixture that is named twice, by its page and its name.json, is there already. */
static bool is_known(const cd_fixture_list *list, size_t n, const cd_fixture *f)
{
    for (size_t i = 0; i < n; i++) {
        const char *a = list->at[i].page ? list->at[i].page : list->at[i].expected, *b = f->page ? f->page : f->expected;
        if (a && b && !list->at[i].fault && strcmp(a, b) == 0) return true;
    }
    return false;
}

cd_status cd_fixture_list_find(cd_fixture_list *list, const char *const *paths, size_t npaths)
{
    *list = (cd_fixture_list){.arena = cd_arena_new()};
    if (!list->arena) return CD_ENOMEM;
    cd_status st = CD_OK;
    for (size_t i = 0; i < npaths && st == CD_OK; i++) {
        struct stat info;
        parts       all = {.arena = list->arena};
        size_t      before = list->n;
        bool        folder = stat(paths[i], &info) == 0 && S_ISDIR(info.st_mode);
        st = folder ? find_in_folder(list, &all, paths[i]) : find_named(list, &all, paths[i]);
        if (st == CD_OK && !folder && is_known(list, before, &list->at[before])) list->n = before;
        free(all.at);
        free(all.folders);
    }
    return st;
}

void cd_fixture_list_free(cd_fixture_list *list)
{
    cd_arena_free(list->arena);
    free(list->at);
    *list = (cd_fixture_list){0};
}
