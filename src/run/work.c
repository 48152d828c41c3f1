/* work.c -- one page through the desk, for a run. In: an item. Out: its record or explanation, and its problems, kept until it is the
 * page's turn. Only want of memory can leave a page without a record; it is tried twice. */
#include "run/work.h"

#include "decode/decode.h"
#include "run/workbench.h"

#include <stdio.h>

/* What a page leaves of its buffers for the next. */
static const size_t KEPT_BYTES = (size_t)1024 * 1024;

cd_status cd_readers_open(const cd_run *run, cd_readers *r, cd_error *err)
{
    *r = (cd_readers){NULL, NULL};
    CD_TRY(cd_reader_open(run->desk, &r->first, err));
    return run->second ? cd_reader_open(run->second, &r->second, err) : CD_OK;
}

void cd_readers_close(const cd_readers *r)
{
    cd_reader_close(r->first);
    cd_reader_close(r->second);
}

static cd_status print_page(const cd_readers *r, const cd_run *run, const cd_input *in, const cd_extra *extra, cd_text *text)
{
    cd_reader *reader = r->first;
    cd_error   err; /* want of memory is the only failure */
    switch (run->view) {
    case CD_VIEW_EXPLAIN: return cd_reader_explain(reader, in, run->flags, text, &err);
    case CD_VIEW_PLAIN: return cd_reader_plain(reader, in, text, &err);
    case CD_VIEW_FEATURES: return cd_reader_features(reader, in, text, &err);
    case CD_VIEW_USE: return cd_workbench_use(reader, in, text, &err);
    case CD_VIEW_DIFF: return cd_workbench_diff(reader, r->second, in, text, &err);
    default: return cd_reader_json_with(reader, in, run->flags, extra, text, &err);
    }
}

/* What the user gave for every page stands before what a container says of this one. */
static const char *given(const char *by_user, const cd_buf *by_container) { return by_user ? by_user : by_container->len ? by_container->ptr : NULL; }

/* A container may state an encoding that nobody knows: then it is found out. */
static const char *encoding(const cd_run *run, const cd_item *item)
{
    const char *stated = given(run->encoding, &item->encoding);
    return stated && (stated == run->encoding || cd_decode_knows(stated)) ? stated : NULL;
}

/* Takes an item through the desk. Where memory is short the page's record says so: that one needs next to none. */
static cd_status take_page(const cd_readers *readers, const cd_run *run, cd_counts *counts, cd_work *w, cd_text *text)
{
    const cd_item *item = &w->item;
    cd_extra       extra = {counts, run->dedup ? &w->digest : NULL, run->dedup && cd_dedup_wants_near(run->dedup)};
    cd_input in = {.name = item->name.ptr, .bytes = item->bytes.ptr, .size = item->bytes.len, .record = item->record,
                   .url = given(run->url, &item->url), .encoding = encoding(run, item), .now = given(NULL, &item->now),
                   .format = item->format, .failure = item->reason && *item->failure ? item->failure : NULL, .reason = item->reason,
                   .id = given(NULL, &item->id), .kept = given(NULL, &item->kept)};
    cd_status st = print_page(readers, run, &in, &extra, text);
    if (st != CD_ENOMEM) return st;
    in.bytes = NULL;
    in.size = 0;
    in.failure = "memory could not be had";
    in.reason = "no_memory";
    return print_page(readers, run, &in, &extra, text);
}

/* What the reader gave, kept until it is this page's turn. */
static cd_status keep_text(cd_work *w, const cd_text *text)
{
    cd_buf_clear(&w->out, KEPT_BYTES);
    cd_buf_clear(&w->warnings, KEPT_BYTES);
    w->state = text->state;
    CD_TRY(cd_buf_add(&w->warnings, cd_span_of(text->warnings)));
    return cd_buf_add(&w->out, (cd_span){text->text, text->size});
}

void cd_work_on(const cd_readers *readers, const cd_run *run, cd_counts *counts, cd_work *w)
{
    cd_text text;
    w->size = w->item.bytes.len;
    w->st = take_page(readers, run, counts, w, &text);
    if (w->st == CD_OK) w->st = keep_text(w, &text);
    if (w->st != CD_ENOMEM) return;
    cd_buf_free(&w->item.bytes); /* what it holds may be what is missing */
    w->item.reason = "no_memory";
    (void)snprintf(w->item.failure, sizeof w->item.failure, "memory could not be had");
    w->st = take_page(readers, run, counts, w, &text);
    if (w->st == CD_OK) w->st = keep_text(w, &text);
}

void cd_work_free(cd_work *w)
{
    cd_item_free(&w->item);
    cd_buf_free(&w->out);
    cd_buf_free(&w->warnings);
}
