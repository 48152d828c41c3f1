/* outputs.c -- what a run writes, held against what it reads. In: the command line, and the file system as it is. Out: a complaint before
 * anything is written, and files that a walk through folders passes over. Files are told by device and number, not by their names: a link
 * or another way of writing a path is the same file. */
#include "cli/outputs.h"

#include "base/buf.h"
#include "cli/values.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* An output with a name. */
typedef struct output {
    const char *option, *path;
} output;

enum { OUTPUTS = 4 };

static size_t list_outputs(const cd_args *args, output list[OUTPUTS])
{
    const output all[OUTPUTS] = {{args->html ? "html" : "output", args->output}, {"errors", args->errors}, {"stats", args->stats_file}, {"junit", args->fixtures.junit}};
    size_t       n = 0;
    for (size_t i = 0; i < OUTPUTS; i++)
        if (all[i].path) list[n++] = all[i];
    return n;
}

static cd_file_id id_of(const struct stat *st) { return (cd_file_id){(uint64_t)st->st_dev, (uint64_t)st->st_ino}; }

static cd_status set_path(cd_buf *buf, cd_span path, const char *tail)
{
    buf->len = 0;
    CD_TRY(cd_buf_add(buf, path));
    return cd_buf_add(buf, cd_span_of(tail));
}

/* --- outputs against one another -------------------------------------------------------------------------------------- */

/* Where a file is: itself or, where it is not there yet, its folder and its name in that. */
typedef struct place {
    cd_file_id id;
    cd_span    name;  /* empty: it is there */
    bool       known; /* it is, or would be, a regular file */
} place;

static cd_status find_place(const char *path, cd_buf *folder, place *p)
{
    struct stat st;
    *p = (place){.name = CD_SPAN("")};
    if (stat(path, &st) == 0) {
        *p = (place){id_of(&st), CD_SPAN(""), S_ISREG(st.st_mode)};
        return CD_OK;
    }
    size_t n = strlen(path);
    while (n && path[n - 1] != '/') n--;
    CD_TRY(set_path(folder, n ? (cd_span){path, n} : CD_SPAN("./"), "."));
    if (stat(folder->ptr, &st) == 0) *p = (place){id_of(&st), cd_span_of(path + n), true};
    return CD_OK;
}

static bool is_same(const place *a, const place *b)
{
    return a->known && b->known && a->id.device == b->id.device && a->id.number == b->id.number && cd_span_is(a->name, b->name);
}

/* The part in which a file is written until it is complete counts, too. */
static cd_status is_one_file(const char *a, const char *b, bool *same)
{
    static const char *const tails[][2] = {{"", ""}, {".part", ""}, {"", ".part"}};
    cd_buf    left = {0}, right = {0}, folders[2] = {{0}, {0}};
    cd_status st = CD_OK;
    *same = false;
    for (size_t i = 0; i < sizeof tails / sizeof *tails && st == CD_OK && !*same; i++) {
        place one = {.known = false}, two = {.known = false};
        st = set_path(&left, cd_span_of(a), tails[i][0]);
        if (st == CD_OK) st = set_path(&right, cd_span_of(b), tails[i][1]);
        if (st == CD_OK) st = find_place(left.ptr, &folders[0], &one);
        if (st == CD_OK) st = find_place(right.ptr, &folders[1], &two);
        *same = st == CD_OK && is_same(&one, &two);
    }
    cd_buf_free(&left);
    cd_buf_free(&right);
    cd_buf_free(&folders[0]);
    cd_buf_free(&folders[1]);
    return st;
}

static cd_status check_outputs(const output *list, size_t n, cd_error *err)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t j = i + 1; j < n; j++) {
            bool same;
            if (is_one_file(list[i].path, list[j].path, &same) != CD_OK) return cd_fail_memory(err);
            if (same) return cd_fail(err, CD_EUSAGE, "options '--%s' and '--%s' write to one file, '%s'" SEE_HELP, list[i].option, list[j].option, list[j].path);
        }
    }
    return CD_OK;
}

/* --- outputs against inputs ------------------------------------------------------------------------------------------- */

/* A file that is there and would be written. */
typedef struct target {
    const char *what;
    cd_file_id  id;
} target;

typedef struct checker {
    target         targets[2 * OUTPUTS + 1];
    size_t         n;
    bool           to_folder; /* of --output-dir, which is there */
    cd_file_id     folder;
    cd_buf         path; /* for climbing */
} checker;

static void add_target(checker *c, const char *what, const struct stat *st)
{
    if (S_ISREG(st->st_mode)) c->targets[c->n++] = (target){what, id_of(st)};
}

static cd_status find_targets(checker *c, const cd_args *args, const output *list, size_t n)
{
    struct stat st;
    for (size_t i = 0; i < n; i++) {
        CD_TRY(set_path(&c->path, cd_span_of(list[i].path), ".part"));
        if (stat(list[i].path, &st) == 0) add_target(c, list[i].option, &st);
        if (stat(c->path.ptr, &st) == 0) add_target(c, list[i].option, &st);
    }
    if (!args->output && !args->output_dir && fstat(STDOUT_FILENO, &st) == 0) add_target(c, NULL, &st);
    c->to_folder = args->output_dir && stat(args->output_dir, &st) == 0;
    if (c->to_folder) c->folder = id_of(&st);
    return CD_OK;
}

/* Whether the folder `path` is that of --output-dir, or lies in it: climbs to the root. */
static cd_status lies_in_folder(checker *c, const char *path, bool *lies)
{
    struct stat st, above;
    CD_TRY(set_path(&c->path, cd_span_of(path), ""));
    for (*lies = false; stat(c->path.ptr, &st) == 0;) {
        cd_file_id id = id_of(&st);
        *lies = id.device == c->folder.device && id.number == c->folder.number;
        CD_TRY(cd_buf_add(&c->path, CD_SPAN("/..")));
        if (*lies || stat(c->path.ptr, &above) != 0 || (above.st_dev == st.st_dev && above.st_ino == st.st_ino)) break;
    }
    return CD_OK;
}

static cd_status check_input(checker *c, const char *path, cd_error *err)
{
    struct stat st;
    bool        lies = false;
    if ((strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st)) != 0) return CD_OK; /* reading it will say why */
    for (size_t i = 0; i < c->n; i++) {
        const target *t = &c->targets[i];
        cd_file_id    id = id_of(&st);
        if (id.device != t->id.device || id.number != t->id.number) continue;
        if (!t->what) return cd_fail(err, CD_EUSAGE, "'%s' is to be read, and standard output writes to it", path);
        return cd_fail(err, CD_EUSAGE, "option '--%s': '%s' is to be read, too" SEE_HELP, t->what, path);
    }
    if (!c->to_folder || !S_ISDIR(st.st_mode)) return CD_OK;
    if (lies_in_folder(c, path, &lies) != CD_OK) return cd_fail_memory(err);
    return lies ? cd_fail(err, CD_EUSAGE, "option '--output-dir': the folder '%s' lies in it, and would be read with what is written there" SEE_HELP, path) : CD_OK;
}

/* The paths of a list that can be read twice. */
static cd_status check_list(checker *c, const char *path, char end, cd_error *err)
{
    struct stat st;
    char       *line = NULL;
    size_t      cap = 0;
    cd_status   done = CD_OK;
    CD_TRY(check_input(c, path, err));
    FILE *in = strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode) ? fopen(path, "re") : NULL;
    for (ssize_t n; in && done == CD_OK && (n = getdelim(&line, &cap, end, in)) > 0;) {
        size_t len = (size_t)n;
        if (line[len - 1] == end) line[--len] = '\0';
        if (end == '\n' && len && line[len - 1] == '\r') line[--len] = '\0';
        if (*line) done = check_input(c, line, err);
    }
    if (in) (void)fclose(in); /* read only */
    free(line);
    return done;
}

static cd_status check_paths(checker *c, const char *const *paths, size_t n, cd_error *err)
{
    for (size_t i = 0; i < n; i++) CD_TRY(check_input(c, paths[i], err));
    return CD_OK;
}

static cd_status check_inputs(checker *c, const cd_args *args, cd_error *err)
{
    const char *const single[] = {args->old, args->new, args->desk.model};
    if (c->n == 0 && !c->to_folder) return CD_OK;
    for (size_t i = 0; i < args->ngiven; i++) {
        const cd_given *given = &args->given[i];
        if (given->kind == CD_SOURCE_PATH) CD_TRY(check_input(c, given->path, err));
        else CD_TRY(check_list(c, given->path, given->kind == CD_SOURCE_NULS ? '\0' : '\n', err));
    }
    c->to_folder = false; /* rules may lie anywhere */
    CD_TRY(check_paths(c, args->rules, args->desk.nrules, err));
    CD_TRY(check_paths(c, (const char *const *)args->fixtures.paths, args->fixtures.npaths, err));
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i]) CD_TRY(check_input(c, single[i], err));
    return CD_OK;
}

cd_status cd_outputs_check(const cd_args *args, cd_error *err)
{
    output  list[OUTPUTS];
    size_t  n = list_outputs(args, list);
    checker c = {.n = 0};
    if (args->verb == CD_VERB_HELP || args->verb == CD_VERB_VERSION) return CD_OK;
    CD_TRY(check_outputs(list, n, err));
    cd_status st = find_targets(&c, args, list, n) == CD_OK ? check_inputs(&c, args, err) : cd_fail_memory(err);
    cd_buf_free(&c.path);
    return st;
}

/* --- what a walk passes over ------------------------------------------------------------------------------------------ */

static void add_own(cd_input_options *options, const struct stat *st)
{
    if (S_ISREG(st->st_mode) || S_ISDIR(st->st_mode)) options->own[options->nown++] = id_of(st);
}

cd_status cd_outputs_open_source(const cd_args *args, FILE *out, FILE *errors, cd_source **source, cd_error *err)
{
    cd_input_options options = args->input;
    struct stat      st;
    output           list[OUTPUTS];
    cd_buf           part = {0};
    const int        open[] = {out ? fileno(out) : STDOUT_FILENO, errors ? fileno(errors) : STDOUT_FILENO, STDOUT_FILENO, STDERR_FILENO};
    for (size_t i = 0; i < sizeof open / sizeof *open; i++)
        if (fstat(open[i], &st) == 0) add_own(&options, &st);
    for (size_t i = list_outputs(args, list); i-- > 0;) {
        if (stat(list[i].path, &st) == 0) add_own(&options, &st);
        if (set_path(&part, cd_span_of(list[i].path), ".part") == CD_OK && stat(part.ptr, &st) == 0) add_own(&options, &st);
    }
    cd_buf_free(&part);
    if (args->output_dir && stat(args->output_dir, &st) == 0) add_own(&options, &st);
    return cd_source_open(args->given, args->ngiven, &options, source, err);
}
