/* fixture_report.c -- what was found of a fixture. In: findings, one a fixture, in order. Out: a line each and what differs, or an object
 * each; test cases; annotations; counts at the end. Decides nothing: fixtures.c does. */
#include "run/fixture_report.h"

#include "output/junit.h"
#include "output/reread.h"
#include "output/shown.h"

#include <errno.h>
#include <stdio.h>

static const char *const words[] = {
#define X(id, word, done) word,
    CD_VERDICTS(X)
#undef X
};
static const char *const done_words[] = {
#define X(id, word, done) done,
    CD_VERDICTS(X)
#undef X
};

/* What a buffer keeps for the next finding. */
static const size_t KEPT_BYTES = (size_t)1024 * 1024;

const char *cd_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void cd_reporter_free(cd_reporter *reporter)
{
    cd_buf_free(&reporter->names);
    cd_buf_free(&reporter->line);
    cd_buf_free(&reporter->detail);
}

static cd_status print(const cd_reporter *r, cd_span text, cd_error *err)
{
    if (text.len == 0 || fwrite(text.ptr, 1, text.len, r->run->out) == text.len) return CD_OK;
    return cd_fail(err, CD_EWRITE, "%s", strerror(errno));
}

/* The file that stands for a fixture: its page or, of an orphan, what is left. */
static const char *path_of(const cd_fixture *f) { return f->page ? f->page : f->expected ? f->expected : f->args; }

/* The line of the expected file with the first key that differs; 1 where that file is not laid out as we do. */
static size_t line_of_change(const cd_finding *found)
{
    const cd_change *first = found->changes && found->changes->n ? &found->changes->at[0] : NULL;
    const cd_reread_value  *value = first ? first->old : NULL;
    cd_span          rest = found->found, line;
    long long        record = -1;
    for (size_t number = 1; value && cd_span_line(&rest, &line); number++) {
        record += cd_span_starts(line, CD_SPAN("{"));
        if (record != (first->record < 0 ? 0 : first->record) || line.len < value->key.len + 4) continue;
        if (cd_span_is(cd_span_sub(line, 3, 3 + value->key.len), value->key) && line.ptr[3 + value->key.len] == '"') return number;
    }
    return 1;
}

/* What is said of it in a line, behind its path; in r->names. */
static cd_status describe(cd_reporter *r, const cd_finding *found)
{
    const cd_fixture *f = found->fixture;
    cd_buf_clear(&r->names, KEPT_BYTES);
    if (found->why) return cd_buf_add(&r->names, cd_span_of(found->why));
    if (found->verdict == CD_VERDICT_MISSING)
        return cd_buf_format(&r->names, "%s%s", cd_base_name(f->expected), found->done ? "" : " is not there");
    if (found->verdict == CD_VERDICT_ORPHAN) return cd_buf_add(&r->names, CD_SPAN("there is no page of this name"));
    if (found->changes) CD_TRY(cd_changes_names(found->changes, &r->names));
    return r->names.len ? CD_OK : cd_buf_add(&r->names, CD_SPAN("layout (order of keys, blanks, line ends)"));
}

/* The same JSON without what a CI server that reads the report would take for a command; in strings alone can it stand. */
static cd_status disarm_json(cd_reporter *r)
{
    cd_span json = cd_buf_span(&r->line);
    size_t  from = 0;
    cd_buf_clear(&r->detail, KEPT_BYTES);
    for (size_t i = 0; i < json.len; i++) {
        if (!cd_begins_command(json, i)) continue;
        CD_TRY(cd_buf_add(&r->detail, cd_span_sub(json, from, i)));
        CD_TRY(cd_buf_add(&r->detail, CD_SPAN("\\u005b")));
        from = i + 1;
    }
    if (from == 0) return CD_OK;
    CD_TRY(cd_buf_add(&r->detail, cd_span_sub(json, from, json.len)));
    cd_buf_clear(&r->line, KEPT_BYTES);
    return cd_buf_add(&r->line, cd_buf_span(&r->detail));
}

static cd_status compose_json(cd_reporter *r, const cd_finding *found)
{
    const cd_changes none = {0};
    const char      *expected = found->fixture->expected;
    cd_buf          *l = &r->line;
    CD_TRY(cd_buf_add(l, CD_SPAN("{\"fixture\":")));
    CD_TRY(cd_json_quote(cd_span_of(path_of(found->fixture)), l));
    CD_TRY(cd_buf_add(l, CD_SPAN(",\"expected\":")));
    CD_TRY(expected ? cd_json_quote(cd_span_of(expected), l) : cd_buf_add(l, CD_SPAN("null")));
    CD_TRY(cd_buf_format(l, ",\"result\":\"%s\",\"message\":", (found->done ? done_words : words)[found->verdict]));
    CD_TRY(cd_json_quote(cd_buf_span(&r->names), l));
    CD_TRY(cd_buf_add(l, CD_SPAN(",\"fields\":")));
    CD_TRY(cd_changes_json(found->changes ? found->changes : &none, l));
    CD_TRY(cd_buf_add(l, CD_SPAN("}\n")));
    return disarm_json(r);
}

static cd_status compose_line(cd_reporter *r, const cd_finding *found)
{
    static const char *const looks[] = {"", "\x1B[31m", "\x1B[31m", "\x1B[33m", "\x1B[31m"};
    const bool               color = r->run->color;
    const char              *look = found->done ? "\x1B[32m" : looks[found->verdict];
    CD_TRY(cd_buf_format(&r->line, "%s%-8s%s ", color ? look : "", (found->done ? done_words : words)[found->verdict], color ? "\x1B[0m" : ""));
    CD_TRY(cd_buf_add_shown(&r->line, cd_span_of(path_of(found->fixture)), false));
    CD_TRY(cd_buf_add(&r->line, CD_SPAN(": ")));
    CD_TRY(cd_buf_add_shown(&r->line, cd_buf_span(&r->names), false));
    CD_TRY(cd_buf_char(&r->line, '\n'));
    if (r->run->view != CD_DIFF_FULL || !found->changes) return CD_OK;
    return cd_changes_text(found->changes, color ? CD_COLOR : 0, &r->line);
}

static cd_status add_junit(cd_reporter *r, const cd_finding *found)
{
    const char   *path = path_of(found->fixture), *name = cd_base_name(path);
    cd_junit_case test = {.folder = CD_SPAN("."), .name = cd_span_of(name), .type = words[found->verdict], .message = cd_buf_span(&r->names)};
    if (name - path > 1) test.folder = (cd_span){path, (size_t)(name - path) - 1}; /* without its '/' */
    if (found->verdict != CD_VERDICT_SAME) test.element = found->verdict == CD_VERDICT_FAILED ? "error" : "failure";
    cd_buf_clear(&r->detail, KEPT_BYTES);
    if (found->changes) CD_TRY(cd_changes_text(found->changes, 0, &r->detail));
    test.text = cd_buf_span(&r->detail);
    return cd_junit_add(&test, r->run->junit);
}

/* Tells those who do not read the report. */
static void tell(const cd_reporter *r, const cd_finding *found)
{
    const cd_fixture_run *run = r->run;
    const cd_fixture     *f = found->fixture;
    bool                  at_expected = f->expected && (found->verdict == CD_VERDICT_CHANGED || found->verdict == CD_VERDICT_ORPHAN);
    if (found->verdict == CD_VERDICT_FAILED) run->problem(run->context, path_of(f), r->names.ptr);
    if (run->annotate && !found->done) run->annotate(run->context, at_expected ? f->expected : path_of(f), line_of_change(found), r->names.ptr);
}

cd_status cd_report(cd_reporter *reporter, const cd_finding *finding, cd_error *err)
{
    cd_reporter      *r = reporter;
    cd_fixture_tally *t = r->tally;
    size_t *const     counts[] = {&t->same, &t->changed, &t->missing, &t->orphans, &t->failed};
    bool              same = finding->verdict == CD_VERDICT_SAME;
    cd_status         st = CD_OK;
    ++*counts[finding->verdict];
    cd_buf_clear(&r->line, KEPT_BYTES);
    cd_buf_clear(&r->names, KEPT_BYTES);
    if (!same) st = describe(r, finding);
    if (st == CD_OK && !same && r->run->view == CD_DIFF_JSON) st = compose_json(r, finding);
    else if (st == CD_OK && !same && finding->verdict != CD_VERDICT_FAILED) st = compose_line(r, finding);
    if (st == CD_OK && r->run->junit) st = add_junit(r, finding);
    if (st != CD_OK) return cd_fail_memory(err);
    if (!same) tell(r, finding);
    return print(r, cd_buf_span(&r->line), err);
}

cd_status cd_report_sum(cd_reporter *reporter, size_t n, cd_error *err)
{
    const cd_fixture_tally *t = reporter->tally;
    const bool              dry = reporter->run->dry_run;
    const struct {
        size_t      n;
        const char *what;
    } checked[] = {{t->same, "as expected"}, {t->changed, "changed"}, {t->missing, "missing"}, {t->orphans, "orphaned"}, {t->failed, "in error"}},
      updated[] = {{t->same, "as expected"}, {t->written, dry ? "would be written" : "written"}, {t->removed, dry ? "would be removed" : "removed"},
                   {t->left, "left as they were"}, {t->failed, "in error"}};
    cd_buf *l = &reporter->line;
    cd_buf_clear(l, KEPT_BYTES);
    if (reporter->run->view == CD_DIFF_JSON) return CD_OK;
    cd_status st = cd_buf_format(l, "%zu fixture%s", n, n == 1 ? "" : "s");
    for (size_t i = 0; i < 5 && st == CD_OK; i++) {
        size_t many = reporter->run->update ? updated[i].n : checked[i].n;
        if (i == 0 || many) st = cd_buf_format(l, "%s%zu %s", i ? ", " : ": ", many, reporter->run->update ? updated[i].what : checked[i].what);
        if (i == 1 && t->partly && st == CD_OK) st = cd_buf_format(l, " (%zu in part)", t->partly);
    }
    if (st == CD_OK) st = cd_buf_char(l, '\n');
    return st == CD_OK ? print(reporter, cd_buf_span(l), err) : cd_fail_memory(err);
}
