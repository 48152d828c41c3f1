/* pool.c -- takes MANY pages through the desk and writes them in input order. In: a source of items. Out: records on `out`, and
 * problems told in the same order. One job: a plain loop, no thread. More: a ring of slots; this thread reads items into
 * it, workers take them in order, this thread writes what is done in order. So it is the one reader and the one writer, and the
 * bytes are the same for any number of workers. */
#include "output/output.h"
#include "run/workbench.h"

#include "decode/decode.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

/* Slots a worker: enough that none waits while one page takes long. */
enum { SLOTS_PER_JOB = 4 };

/* Bytes of pages that are on their way before no more are read, but for one page: bounds a run with many workers and huge
 * pages. And what a slot keeps of its buffers for the next page. */
static const size_t BYTES_UNDERWAY = (size_t)128 * 1024 * 1024, KEPT_BYTES = (size_t)1024 * 1024;

/* One page on its way: the item, then what came of it. */
typedef struct slot {
    cd_item   item;
    cd_buf    out, warnings;
    cd_state  state;
    cd_status st; /* CD_OK, or why there is no record at all */
    bool      done;
} slot;

/* --- one page --------------------------------------------------------------------------------------------------------- */

/* A worker's readers: one for the desk, one for the second desk where there is one. */
typedef struct readers {
    cd_reader *first, *second;
} readers;

static cd_status open_readers(const cd_run *run, readers *r, cd_error *err)
{
    *r = (readers){NULL, NULL};
    CD_TRY(cd_reader_open(run->desk, &r->first, err));
    return run->second ? cd_reader_open(run->second, &r->second, err) : CD_OK;
}

static void close_readers(readers *r)
{
    cd_reader_close(r->first);
    cd_reader_close(r->second);
}

static cd_status print_page(const readers *r, const cd_run *run, const cd_input *in, cd_text *text)
{
    cd_reader *reader = r->first;
    cd_error err; /* want of memory is the only failure */
    switch (run->view) {
    case CD_VIEW_EXPLAIN: return cd_reader_explain(reader, in, run->flags, text, &err);
    case CD_VIEW_PLAIN: return cd_reader_plain(reader, in, text, &err);
    case CD_VIEW_FEATURES: return cd_reader_features(reader, in, text, &err);
    case CD_VIEW_USE: return cd_workbench_use(reader, in, text, &err);
    case CD_VIEW_DIFF: return cd_workbench_diff(reader, r->second, in, text, &err);
    default: return cd_reader_json(reader, in, run->flags, text, &err);
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
static cd_status take_page(const readers *reader, const cd_run *run, const cd_item *item, cd_text *text)
{
    cd_input in = {.name = item->name.ptr, .bytes = item->bytes.ptr, .size = item->bytes.len, .record = item->record,
                   .url = given(run->url, &item->url), .encoding = encoding(run, item), .now = given(NULL, &item->now),
                   .format = item->format, .failure = item->reason && *item->failure ? item->failure : NULL, .reason = item->reason,
                   .id = given(NULL, &item->id), .kept = given(NULL, &item->kept)};
    cd_status st = print_page(reader, run, &in, text);
    if (st != CD_ENOMEM) return st;
    in.bytes = NULL;
    in.size = 0;
    in.failure = "memory could not be had";
    in.reason = "no_memory";
    return print_page(reader, run, &in, text);
}

static void count_page(cd_tally *tally, cd_state state)
{
    size_t *const counts[] = {&tally->ok, &tally->partial, &tally->empty, &tally->error};
    ++*counts[state];
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

static cd_status write_page(const cd_run *run, cd_tally *tally, slot *s, cd_error *err)
{
    if (s->st != CD_OK) return cd_fail_memory(err);
    count_page(tally, s->state);
    if (run->take) return run->take(run->context, &s->item, cd_buf_span(&s->out), s->warnings.len ? s->warnings.ptr : "", err);
    if (s->warnings.len) tell(run, tally, s->item.label.len ? s->item.label.ptr : s->item.name.ptr, s->warnings.ptr);
    if (run->sink) return run->sink(run->sink_context, s->item.name.ptr, s->out.len ? cd_buf_span(&s->out) : CD_SPAN(""), err);
    if (s->out.len && fwrite(s->out.ptr, 1, s->out.len, run->out) != s->out.len)
        return cd_fail(err, CD_EWRITE, "%s", strerror(errno));
    return CD_OK;
}

/* What the reader gave, kept until it is this page's turn. */
static cd_status keep_text(slot *s, const cd_text *text)
{
    cd_buf_clear(&s->out, KEPT_BYTES);
    cd_buf_clear(&s->warnings, KEPT_BYTES);
    s->state = text->state;
    CD_TRY(cd_buf_add(&s->warnings, cd_span_of(text->warnings)));
    return cd_buf_add(&s->out, (cd_span){text->text, text->size});
}

static void work_on(const readers *reader, const cd_run *run, slot *s)
{
    cd_text text;
    s->st = take_page(reader, run, &s->item, &text);
    if (s->st == CD_OK) s->st = keep_text(s, &text);
    if (s->st != CD_ENOMEM) return;
    cd_buf_free(&s->item.bytes); /* what it holds may be what is missing */
    s->item.reason = "no_memory";
    (void)snprintf(s->item.failure, sizeof s->item.failure, "memory could not be had");
    s->st = take_page(reader, run, &s->item, &text);
    if (s->st == CD_OK) s->st = keep_text(s, &text);
}

static cd_status next_item(const cd_run *run, cd_item *item, cd_error *err)
{
    return run->next ? run->next(run->context, item, err) : cd_source_next(run->source, item, err);
}

static void free_slot(slot *s)
{
    cd_item_free(&s->item);
    cd_buf_free(&s->out);
    cd_buf_free(&s->warnings);
}

/* --- one job ---------------------------------------------------------------------------------------------------------- */

static cd_status run_alone(const cd_run *run, cd_tally *tally, cd_error *err)
{
    slot       s = {0};
    readers    reader;
    cd_status  st = open_readers(run, &reader, err);
    while (st == CD_OK && (st = next_item(run, &s.item, err)) == CD_OK) {
        work_on(&reader, run, &s);
        st = write_page(run, tally, &s, err);
    }
    int why = errno;
    close_readers(&reader);
    free_slot(&s);
    errno = why;
    return st == CD_END ? CD_OK : st;
}

/* --- many jobs -------------------------------------------------------------------------------------------------------- */

/* Pages are numbered from 0; page i lies in slots[i % n]. written <= taken <= filled <= written + n. */
typedef struct ring {
    const cd_run   *run;
    slot           *slots;
    size_t          n;
    size_t          filled, taken, written;
    size_t          underway; /* bytes of the pages between written and filled */
    bool            ended;    /* nothing more will be filled */
    pthread_mutex_t lock;     /* for the numbers, `ended`, and each slot's `done` */
    pthread_cond_t  to_take, to_write;
} ring;

/* The next slot to work on, or NULL at the end. */
static slot *take_slot(ring *r)
{
    slot *s = NULL;
    pthread_mutex_lock(&r->lock);
    while (r->taken == r->filled && !r->ended) pthread_cond_wait(&r->to_take, &r->lock);
    if (r->taken < r->filled) s = &r->slots[r->taken++ % r->n];
    pthread_mutex_unlock(&r->lock);
    return s;
}

typedef struct worker {
    pthread_t  thread;
    ring      *ring;
    readers    readers;
} worker;

static void *work(void *context)
{
    worker *w = context;
    ring   *r = w->ring;
    for (slot *s; (s = take_slot(r)) != NULL;) {
        work_on(&w->readers, r->run, s);
        pthread_mutex_lock(&r->lock);
        s->done = true;
        pthread_cond_signal(&r->to_write);
        pthread_mutex_unlock(&r->lock);
    }
    return NULL;
}

/* Ends the run for the workers; those pages that nobody has taken yet are dropped where `drop`. */
static void end_ring(ring *r, bool drop)
{
    pthread_mutex_lock(&r->lock);
    r->ended = true;
    if (drop) r->taken = r->filled;
    pthread_cond_broadcast(&r->to_take);
    pthread_mutex_unlock(&r->lock);
}

/* Whether the oldest page is done; waits for that where `wait`. */
static bool oldest_is_done(ring *r, bool wait)
{
    slot *s = &r->slots[r->written % r->n];
    pthread_mutex_lock(&r->lock);
    while (wait && !s->done) pthread_cond_wait(&r->to_write, &r->lock);
    bool done = s->done;
    pthread_mutex_unlock(&r->lock);
    return done;
}

/* Writes the pages that are done, in order; waits for the oldest where `wait`. */
static cd_status write_done(ring *r, bool wait, cd_tally *tally, cd_error *err)
{
    while (r->written < r->filled && oldest_is_done(r, wait)) {
        slot *s = &r->slots[r->written % r->n];
        CD_TRY(write_page(r->run, tally, s, err));
        r->underway -= s->item.bytes.cap;
        s->done = false;
        r->written++;
        wait = false;
    }
    return CD_OK;
}

/* Reads the next page into a free slot; CD_END after the last. */
static cd_status fill_slot(ring *r, cd_error *err)
{
    slot *s = &r->slots[r->filled % r->n];
    CD_TRY(next_item(r->run, &s->item, err));
    r->underway += s->item.bytes.cap;
    pthread_mutex_lock(&r->lock);
    r->filled++;
    pthread_cond_signal(&r->to_take);
    pthread_mutex_unlock(&r->lock);
    return CD_OK;
}

/* The reader's and writer's loop: fills while there is room, else waits for the oldest page. */
static cd_status feed(ring *r, cd_tally *tally, cd_error *err)
{
    for (;;) {
        bool full = r->filled - r->written == r->n || (r->underway > BYTES_UNDERWAY && r->filled > r->written);
        CD_TRY(write_done(r, full, tally, err));
        if (full) continue;
        cd_status st = fill_slot(r, err);
        if (st == CD_END) break;
        if (st != CD_OK) return st;
    }
    while (r->written < r->filled) CD_TRY(write_done(r, true, tally, err));
    return CD_OK;
}

/* Starts up to `jobs` workers and gives how many there are means for; fewer only take longer. */
static size_t start_workers(ring *r, worker *workers, size_t jobs)
{
    cd_error err;
    for (size_t n = 0; n < jobs; n++) {
        worker *w = &workers[n];
        w->ring = r;
        if (open_readers(r->run, &w->readers, &err) != CD_OK || pthread_create(&w->thread, NULL, work, w) != 0) {
            close_readers(&w->readers);
            return n;
        }
    }
    return jobs;
}

static cd_status run_ring(ring *r, worker *workers, cd_tally *tally, cd_error *err)
{
    size_t started = start_workers(r, workers, r->run->jobs);
    if (started == 0) return run_alone(r->run, tally, err);
    cd_status st = feed(r, tally, err);
    int       why = errno;
    end_ring(r, st != CD_OK);
    for (size_t i = 0; i < started; i++) {
        pthread_join(workers[i].thread, NULL);
        close_readers(&workers[i].readers);
    }
    errno = why;
    return st;
}

static cd_status run_many(const cd_run *run, cd_tally *tally, cd_error *err)
{
    ring    r = {.run = run, .n = run->jobs * SLOTS_PER_JOB};
    worker *workers = calloc(run->jobs, sizeof *workers);
    r.slots = calloc(r.n, sizeof *r.slots);
    pthread_mutex_init(&r.lock, NULL); /* with default attributes these three cannot fail on Linux */
    pthread_cond_init(&r.to_take, NULL);
    pthread_cond_init(&r.to_write, NULL);
    cd_status st = workers && r.slots ? run_ring(&r, workers, tally, err) : cd_fail_memory(err);
    int       why = errno;
    for (size_t i = 0; r.slots && i < r.n; i++) free_slot(&r.slots[i]);
    free(r.slots);
    free(workers);
    pthread_cond_destroy(&r.to_write);
    pthread_cond_destroy(&r.to_take);
    pthread_mutex_destroy(&r.lock);
    errno = why;
    return st;
}

/* What stands before the first page and behind the last, where all pages of the run are one HTML page. */
static cd_status write_frame(const cd_run *run, cd_status (*frame)(cd_buf *out, cd_error *err), cd_error *err)
{
    cd_buf text = {0};
    if (!(run->flags & CD_EXPLAIN_HTML_PART)) return CD_OK;
    cd_status st = frame(&text, err);
    if (st == CD_OK && fwrite(text.ptr, 1, text.len, run->out) != text.len) st = cd_fail(err, CD_EWRITE, "%s", strerror(errno));
    cd_buf_free(&text);
    return st;
}

cd_status cd_run_all(const cd_run *run, cd_tally *tally, cd_error *err)
{
    *tally = (cd_tally){0};
    cd_status st = write_frame(run, cd_output_html_begin, err);
    if (st == CD_OK) st = run->jobs > 1 ? run_many(run, tally, err) : run_alone(run, tally, err);
    if (st == CD_OK) st = write_frame(run, cd_output_html_end, err);
    if (st == CD_OK && run->out && (fflush(run->out) != 0 || ferror(run->out))) st = cd_fail(err, CD_EWRITE, "%s", strerror(errno));
    return st;
}
