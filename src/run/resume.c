/* resume.c -- goes on where a run was ended, be it by kill -9. In: the records it has written, the same inputs. Out: a run that stands
 * behind them. Records say all that a run must know of pages that are done, so no other file keeps its progress, and neither clock nor
 * the order of files on the disk plays a part: record n is of item n, and says so. */
#include "run/resume.h"

#include "run/work.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct lines {
    FILE  *in;
    char  *line; /* getline's */
    size_t cap;
    off_t  at; /* where the next line begins */
} lines;

/* The next whole line; CD_END: there is none, be there half a line or not. */
static cd_status next_line(lines *l, cd_span *line, const char *name, cd_error *err)
{
    errno = 0;
    ssize_t got = getline(&l->line, &l->cap, l->in);
    if (got < 0 && (ferror(l->in) || !feof(l->in))) return cd_fail(err, CD_EWRITE, "%s: %s", name, strerror(errno));
    if (got <= 0 || l->line[got - 1] != '\n') return CD_END;
    *line = (cd_span){l->line, (size_t)got};
    l->at += got;
    return CD_OK;
}

static cd_status does_not_fit(const cd_run *run, size_t number, const char *name, cd_error *err)
{
    if (!name) return cd_fail(err, CD_EUSAGE, "%s: has a record %zu, but there are no more inputs: it was written for others", run->out_name, number);
    return cd_fail(err, CD_EUSAGE, "%s: record %zu is not of %s: it was written for other inputs", run->out_name, number, name);
}

/* Takes the item of a record that is done. */
static cd_status pass(cd_writer *w, cd_item *item, cd_span line, cd_error *err)
{
    const cd_run *run = w->run;
    size_t        number = w->tally->pages + 1;
    bool          same;
    cd_status     st = cd_source_next(run->source, item, err);
    if (st != CD_OK) return st == CD_END ? does_not_fit(run, number, NULL, err) : st;
    CD_TRY(cd_writer_compare(w, item, line, &same, err));
    if (!same) return does_not_fit(run, number, item->name.ptr, err);
    st = cd_writer_recall(w, item, line, err);
    return st == CD_EINPUT ? cd_fail(err, CD_EUSAGE, "%s: line %zu is no record", run->out_name, number) : st;
}

/* Passes all records but the last, which is left in *last; *from is where that begins, *to where it ends. */
static cd_status pass_all(cd_writer *w, lines *l, cd_buf *last, off_t *from, off_t *to, cd_error *err)
{
    cd_item   item = {.record = -1};
    cd_span   line;
    cd_status st = CD_OK;
    while (st == CD_OK && !cd_run_is_stopped(w->run) && (st = next_line(l, &line, w->run->out_name, err)) == CD_OK) {
        if (last->len) st = pass(w, &item, cd_buf_span(last), err);
        cd_buf_clear(last, SIZE_MAX);
        if (st == CD_OK && cd_buf_add(last, line) != CD_OK) st = cd_fail_memory(err);
        *from = *to;
        *to = l->at;
    }
    cd_item_free(&item);
    return st == CD_END ? CD_OK : st;
}

/* The output for reading, with a buffer; NULL with errno set: that cannot be. */
static FILE *open_again(FILE *out)
{
    int   fd = dup(fileno(out));
    FILE *in = fd < 0 ? NULL : fdopen(fd, "r");
    if (!in && fd >= 0) (void)close(fd);
    return in;
}

cd_status cd_resume(cd_run *run, cd_tally *tally, cd_buf *last, cd_error *err)
{
    lines     l = {.in = open_again(run->out)};
    cd_writer w;
    off_t     from = 0, to = 0;
    cd_status st = cd_writer_open(&w, run, tally, err);
    if (st == CD_OK && !l.in) st = cd_fail(err, CD_EWRITE, "%s: %s", run->out_name, strerror(errno));
    if (st == CD_OK) st = pass_all(&w, &l, last, &from, &to, err);
    if (st == CD_OK && cd_run_is_stopped(run)) tally->stopped = true;
    else if (st == CD_OK && ftruncate(fileno(run->out), to) != 0) st = cd_fail(err, CD_EWRITE, "%s: %s", run->out_name, strerror(errno));
    if (st == CD_OK && fseeko(run->out, from, SEEK_SET) != 0) st = cd_fail(err, CD_EWRITE, "%s: %s", run->out_name, strerror(errno));
    run->expect = cd_buf_span(last);
    cd_writer_close(&w);
    if (l.in) (void)fclose(l.in); /* read only */
    free(l.line);
    return st;
}
