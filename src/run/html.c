/* html.c -- the explanations of a run as one HTML page. In: a <section> a page of the run, in input order. Out: the page, with an index in
 * front where it holds several. The index is known only behind the last section, and stands before the first: sections wait in a
 * temporary file, so that memory does not grow with them. */
#include "run/html.h"

#include "output/output.h"

#include <errno.h>

typedef struct sections {
    FILE       *file;
    FILE       *out; /* the page's own */
    const char *name;
    cd_buf index;
    size_t n;
} sections;

static cd_status failed(const sections *s, cd_error *err)
{
    return cd_fail(err, CD_EWRITE, "%s%s%s", s->name ? s->name : "", s->name ? ": " : "", strerror(errno));
}

static cd_status failed_beside(cd_error *err) { return cd_fail(err, CD_EWRITE, "a temporary file: %s", strerror(errno)); }

static cd_status take_section(void *context, const char *input, cd_span text, cd_error *err)
{
    sections *s = context;
    (void)input;
    s->n++;
    CD_TRY(cd_output_html_entry(text, &s->index, err));
    return fwrite(text.ptr, 1, text.len, s->file) == text.len ? CD_OK : failed_beside(err);
}

static cd_status copy_sections(const sections *s, cd_error *err)
{
    char   bytes[8192];
    size_t n;
    if (fflush(s->file) != 0 || fseek(s->file, 0, SEEK_SET) != 0) return failed_beside(err);
    while ((n = fread(bytes, 1, sizeof bytes, s->file)) > 0)
        if (fwrite(bytes, 1, n, s->out) != n) return failed(s, err);
    return ferror(s->file) ? failed_beside(err) : CD_OK;
}

static cd_status write_all(const sections *s, cd_error *err)
{
    cd_buf    frame = {0};
    cd_status st = cd_output_html_begin(s->n, s->index.len ? cd_buf_span(&s->index) : CD_SPAN(""), &frame, err);
    if (st == CD_OK && fwrite(frame.ptr, 1, frame.len, s->out) != frame.len) st = failed(s, err);
    if (st == CD_OK) st = copy_sections(s, err);
    cd_buf_clear(&frame, SIZE_MAX);
    if (st == CD_OK) st = cd_output_html_end(&frame, err);
    if (st == CD_OK && (fwrite(frame.ptr, 1, frame.len, s->out) != frame.len || fflush(s->out) != 0)) st = failed(s, err);
    cd_buf_free(&frame);
    return st;
}

cd_status cd_run_html(const cd_run *run, cd_tally *tally, cd_error *err)
{
    sections s = {.file = tmpfile(), .out = run->out, .name = run->out_name};
    cd_run   inner = *run;
    if (!s.file) return failed_beside(err);
    inner.out = NULL;
    inner.sink = take_section;
    inner.sink_context = &s;
    cd_status st = cd_run_all(&inner, tally, err);
    if (st == CD_OK) st = write_all(&s, err);
    int why = errno;
    (void)fclose(s.file);
    cd_buf_free(&s.index);
    errno = why;
    return st;
}
