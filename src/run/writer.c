/* writer.c -- all that depends on the order of pages. In: finished pages in input order. Out: their bytes in the output, error records in
 * a second one as well, problems told, pages counted. One thread does this, so that what is written does not depend on who worked on what. */
#include "run/work.h"

#include "output/output.h"

#include <errno.h>

cd_status cd_writer_open(cd_writer *w, const cd_run *run, cd_tally *tally, cd_error *err)
{
    *w = (cd_writer){.run = run, .tally = tally, .arena = cd_arena_new()};
    return w->arena ? CD_OK : cd_fail_memory(err);
}

void cd_writer_close(cd_writer *w)
{
    cd_arena_free(w->arena);
    cd_buf_free(&w->origin);
}

/* Whoever reads a container's records counts it once, at its first. */
static void count_page(cd_tally *tally, cd_state state, const cd_item *item, size_t bytes)
{
    size_t *const counts[] = {&tally->ok, &tally->partial, &tally->empty, &tally->error};
    ++*counts[state];
    tally->pages++;
    tally->bytes += bytes;
    if (item->record <= 0) tally->inputs++;
}

/* Tells the problems of one page, a line each. */
static void tell(const cd_run *run, cd_tally *tally, const char *input, char *warnings)
{
    while (*warnings) {
        size_t len = strcspn(warnings, "\n");
        bool   more = warnings[len] == '\n';
        warnings[len] = '\0';
        if (run->problem) run->problem(run->context, input, warnings);
        tally->warnings++;
        warnings += len + (more ? 1 : 0);
    }
}

/* `out` has no buffer (run.h), so that what a signal interrupts can be told from what is written. */
static cd_status write_to(FILE *out, const char *name, cd_span text, cd_error *err)
{
    while (text.len) {
        errno = 0;
        size_t n = fwrite(text.ptr, 1, text.len, out);
        if (n < text.len && errno != EINTR) return cd_fail(err, CD_EWRITE, "%s: %s", name, strerror(errno));
        clearerr(out);
        text = cd_span_sub(text, n, text.len);
    }
    return CD_OK;
}

/* Where --dedup has no room for more stories, that is told once. */
static void tell_full(cd_writer *w)
{
    char   text[160];
    size_t n = cd_dedup_full(w->run->dedup);
    if (n == 0 || w->told_full) return;
    w->told_full = true;
    (void)snprintf(text, sizeof text, "--dedup: %zu stories fill the limit CD_LIMIT_DEDUP_BYTES; later ones are held against these alone", n);
    if (w->run->problem) w->run->problem(w->run->context, NULL, text);
}

static cd_status show_story(cd_writer *w, const cd_digest *digest, const cd_item *item, cd_first *first, cd_error *err)
{
    CD_TRY(cd_dedup_show(w->run->dedup, digest, item->name.ptr, item->record, first, err));
    if (first->input) w->tally->duplicates++;
    tell_full(w);
    return CD_OK;
}

static cd_status mark_copy(cd_writer *w, cd_work *page, cd_error *err)
{
    cd_first first;
    CD_TRY(show_story(w, &page->digest, &page->item, &first, err));
    cd_arena_reset(w->arena);
    return cd_output_duplicate(w->arena, w->run->flags, first.input, first.record, &page->out, err);
}

cd_status cd_writer_compare(cd_writer *w, const cd_item *item, cd_span line, bool *same, cd_error *err)
{
    cd_arena_reset(w->arena);
    cd_buf_clear(&w->origin, SIZE_MAX);
    CD_TRY(cd_output_origin(w->arena, cd_buf_span(&item->name), item->record, &w->origin, err));
    *same = cd_span_starts(line, cd_buf_span(&w->origin));
    return CD_OK;
}

/* A run that goes on makes the last record anew: it must come out as it stands there. One that says `error` may have had a passing cause. */
static cd_status check_expected(cd_writer *w, const cd_work *page, cd_error *err)
{
    cd_span     want = w->run->expect;
    cd_recalled before;
    bool        same;
    CD_TRY(cd_writer_compare(w, &page->item, want, &same, err));
    const char *name = w->run->out_name;
    if (!same)
        return cd_fail(err, CD_EUSAGE, "%s: its last record, number %zu, is not of %s: it was written for other inputs", name, w->tally->pages + 1,
                       page->item.name.ptr);
    if (!cd_span_is(cd_buf_span(&page->out), want)) {
        cd_status st = cd_output_recall(want, &before, err);
        if (st == CD_EINPUT) return cd_fail(err, CD_EUSAGE, "%s: line %zu is no record", name, w->tally->pages + 1);
        if (st != CD_OK) return st;
        same = before.state == CD_STATE_ERROR;
        cd_output_forget(&before);
    }
    if (!same) return cd_fail(err, CD_EUSAGE, "%s: its last record does not come out the same again: other options, rules or pages?", name);
    w->checked = true;
    return CD_OK;
}

cd_status cd_writer_put(cd_writer *w, cd_work *page, cd_error *err)
{
    const cd_run *run = w->run;
    if (page->st != CD_OK) return cd_fail_memory(err);
    if (run->dedup) CD_TRY(mark_copy(w, page, err));
    if (run->expect.len && !w->checked) CD_TRY(check_expected(w, page, err));
    count_page(w->tally, page->state, &page->item, page->size);
    if (run->take) return run->take(run->context, &page->item, cd_buf_span(&page->out), page->warnings.len ? page->warnings.ptr : "", err);
    const cd_buf *who = page->item.label.len ? &page->item.label : &page->item.name;
    if (page->warnings.len) tell(run, w->tally, who->ptr, page->warnings.ptr);
    cd_span text = cd_buf_span(&page->out);
    if (run->sink) return run->sink(run->sink_context, page->item.name.ptr, text.len ? text : CD_SPAN(""), err);
    if (run->mirror) CD_TRY(cd_mirror_put(run->mirror, page->item.name.ptr, page->item.record, text, err));
    else CD_TRY(write_to(run->out, run->out_name, text, err));
    if (run->errors && page->state == CD_STATE_ERROR) CD_TRY(write_to(run->errors, run->errors_name, text, err));
    if (run->progress) run->progress(run->context, w->tally);
    return CD_OK;
}

cd_status cd_writer_recall(cd_writer *w, const cd_item *item, cd_span line, cd_error *err)
{
    const cd_run *run = w->run;
    cd_recalled   record;
    cd_digest     digest;
    cd_first      first;
    CD_TRY(cd_output_recall(line, &record, err));
    cd_status st = CD_OK;
    count_page(w->tally, record.state, item, item->bytes.len);
    w->tally->resumed++;
    if (run->counts) {
        for (size_t i = 0; i < CD_ROLE_COUNT; i++) run->counts->removed[i] += record.removed[i];
        cd_counts_reason(run->counts, record.reason, 1);
    }
    if (run->dedup) {
        cd_digest_make(&digest, record.body, cd_dedup_wants_near(run->dedup));
        st = show_story(w, &digest, item, &first, err);
    }
    if (st == CD_OK && run->errors && record.state == CD_STATE_ERROR) st = write_to(run->errors, run->errors_name, line, err);
    cd_output_forget(&record);
    if (st == CD_OK && run->progress) run->progress(run->context, w->tally);
    return st;
}
