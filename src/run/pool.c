/* pool.c -- takes MANY pages through the desk and writes them in input order. In: a source of items. Out: records, and problems told in
 * the same order. One job: a plain loop, no thread. More: this thread reads items a little ahead, workers take them in order, this thread
 * writes what is done in order. So it is the one reader and the one writer, and the bytes are the same for any number of workers.
 *
 * Between the page that is written next and the page that is read last lies a window. A page that takes long holds up what is written, but
 * not what is worked on, until the window is full: CD_LIMIT_WINDOW_PAGES pages or CD_LIMIT_WINDOW_BYTES bytes. Only few pages in it are raw;
 * of one that is done the record is kept, and its bytes' memory goes back to the reader.
 *
 * A page may also be late because the machine has given its worker's core to somebody else. So from some pages in the window on nothing
 * more is read for a moment, and only a page that is late even then counts as one that takes long: memory stays the same however many
 * pages a run has. The clock has a say in when pages are read, never in what is written. */
#include "base/limits.h"
#include "run/html.h"
#include "run/work.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>

/* Pages a worker that are read ahead: more are read when half of them are taken, so that this thread seldom wakes up. Pages a worker in the
 * window from which on a late page is waited for, and for how long. */
enum { AHEAD_PER_JOB = 8, CALM_PER_JOB = 16, PATIENCE_MS = 100 };

static cd_status next_item(const cd_run *run, cd_item *item, cd_error *err)
{
    return run->next ? run->next(run->context, item, err) : cd_source_next(run->source, item, err);
}

/* --- one job ---------------------------------------------------------------------------------------------------------- */

static cd_status run_alone(const cd_run *run, cd_writer *writer, cd_error *err)
{
    cd_work    w = {.done = false};
    cd_readers readers;
    cd_status  st = cd_readers_open(run, &readers, err);
    while (st == CD_OK && !cd_run_is_stopped(run) && (st = next_item(run, &w.item, err)) == CD_OK) {
        if (cd_run_is_stopped(run)) break; /* the item may be what the signal left of one */
        cd_work_on(&readers, run, run->counts, &w);
        st = cd_writer_put(writer, &w, err);
    }
    int why = errno;
    if (st == CD_OK) writer->tally->stopped = true;
    cd_readers_close(&readers);
    cd_work_free(&w);
    errno = why;
    return st == CD_END ? CD_OK : st;
}

/* --- many jobs -------------------------------------------------------------------------------------------------------- */

/* Pages are numbered from 0; page i lies at window[i % CD_LIMIT_WINDOW_PAGES]. written <= taken <= filled. */
typedef struct pool {
    const cd_run   *run;
    cd_work       **window;
    size_t          filled, taken, written;
    size_t          ahead;  /* pages that may be read and not taken */
    size_t          calm;   /* pages in the window from which on a late page is waited for */
    size_t          slow;   /* 1 + the page that was waited for in vain */
    size_t          held;   /* bytes that the pages between written and filled hold */
    cd_work       **idle;   /* pages that are written, for the next to be read; at most `ahead` */
    size_t          nidle;
    cd_buf         *spare;  /* memory of bytes that are worked on, for the next to be read; at most `ahead` */
    size_t          nspare;
    bool            ended;  /* nothing more will be filled */
    pthread_mutex_t lock;   /* for all the above, and each page's `done` */
    pthread_cond_t  to_take, to_feed;
} pool;

typedef struct worker {
    pthread_t  thread;
    pool      *pool;
    cd_readers readers;
    cd_counts *counts;
} worker;

static cd_work *oldest(const pool *p) { return p->window[p->written % CD_LIMIT_WINDOW_PAGES]; }

/* Under the lock: whether the window takes no more pages. The page that is written next is always let in. */
static bool is_full(const pool *p)
{
    return p->filled - p->written == CD_LIMIT_WINDOW_PAGES || (p->held > CD_LIMIT_WINDOW_BYTES && p->filled > p->written);
}

/* Under the lock: whether nothing is read because the next page to be written may only be late. */
static bool holds_back(const pool *p)
{
    return !p->ended && p->filled - p->written >= p->calm && p->slow != p->written + 1 && !oldest(p)->done;
}

/* Under the lock: whether there is something to do for the reader and writer. */
static bool has_news(const pool *p)
{
    if (p->ended || is_full(p) || holds_back(p)) return p->written < p->taken && oldest(p)->done;
    return p->filled - p->taken <= p->ahead / 2;
}

/* --- what workers do -------------------------------------------------------------------------------------------------- */

/* The next page to work on, or NULL at the end. */
static cd_work *take_page(pool *p)
{
    cd_work *w = NULL;
    pthread_mutex_lock(&p->lock);
    while (p->taken == p->filled && !p->ended) pthread_cond_wait(&p->to_take, &p->lock);
    if (p->taken < p->filled) w = p->window[p->taken++ % CD_LIMIT_WINDOW_PAGES];
    if (has_news(p)) pthread_cond_signal(&p->to_feed);
    pthread_mutex_unlock(&p->lock);
    return w;
}

static size_t kept_bytes(const cd_work *w) { return w->out.cap + w->warnings.cap; }

/* A page is done: its bytes are no longer needed. Behind the lock the page is the writer's. */
static void finish_page(pool *p, cd_work *w)
{
    cd_buf bytes = w->item.bytes;
    w->item.bytes = (cd_buf){NULL, 0, 0};
    pthread_mutex_lock(&p->lock);
    p->held -= bytes.cap;
    p->held += kept_bytes(w);
    w->done = true;
    bool kept = p->nspare < p->ahead;
    if (kept) p->spare[p->nspare++] = bytes;
    if (has_news(p)) pthread_cond_signal(&p->to_feed);
    pthread_mutex_unlock(&p->lock);
    if (!kept) cd_buf_free(&bytes);
}

static void *work(void *context)
{
    worker *me = context;
    for (cd_work *w; (w = take_page(me->pool)) != NULL;) {
        size_t before = w->item.bytes.cap;
        cd_work_on(&me->readers, me->pool->run, me->counts, w);
        if (w->item.bytes.cap != before) { /* memory was short, and its bytes are gone */
            pthread_mutex_lock(&me->pool->lock);
            me->pool->held -= before;
            pthread_mutex_unlock(&me->pool->lock);
        }
        finish_page(me->pool, w);
    }
    return NULL;
}

/* --- what the reader and writer does ---------------------------------------------------------------------------------- */

/* A page that nothing lies in yet; NULL: no memory. */
static cd_work *empty_page(pool *p)
{
    pthread_mutex_lock(&p->lock);
    cd_work *w = p->nidle ? p->idle[--p->nidle] : calloc(1, sizeof *w);
    if (w && !w->item.bytes.ptr && p->nspare) w->item.bytes = p->spare[--p->nspare];
    pthread_mutex_unlock(&p->lock);
    return w;
}

static void put_away(pool *p, cd_work *w)
{
    w->done = false;
    pthread_mutex_lock(&p->lock);
    bool room = p->nidle < p->ahead;
    if (room) p->idle[p->nidle++] = w;
    pthread_mutex_unlock(&p->lock);
    if (room) return;
    cd_work_free(w);
    free(w);
}

/* Reads the next page into the window; CD_END after the last, or when the run is to end. */
static cd_status fill(pool *p, cd_error *err)
{
    cd_work *w = empty_page(p);
    if (!w) return cd_fail_memory(err);
    cd_status st = next_item(p->run, &w->item, err);
    if (st == CD_OK && cd_run_is_stopped(p->run)) st = CD_END;
    if (st != CD_OK) {
        put_away(p, w);
        return st;
    }
    pthread_mutex_lock(&p->lock);
    p->window[p->filled++ % CD_LIMIT_WINDOW_PAGES] = w;
    p->held += w->item.bytes.cap;
    pthread_cond_signal(&p->to_take);
    pthread_mutex_unlock(&p->lock);
    return CD_OK;
}

/* Under the lock or not: only this thread changes what it looks at. */
static bool has_room(pool *p)
{
    pthread_mutex_lock(&p->lock);
    bool room = p->filled - p->taken < p->ahead && !is_full(p) && !holds_back(p);
    pthread_mutex_unlock(&p->lock);
    return room;
}

/* The next page to be written, if it is done. */
static cd_work *done_page(pool *p)
{
    pthread_mutex_lock(&p->lock);
    cd_work *w = p->written < p->taken && oldest(p)->done ? oldest(p) : NULL;
    pthread_mutex_unlock(&p->lock);
    return w;
}

/* Writes the pages that are done, in order. */
static cd_status write_done(pool *p, cd_writer *writer, cd_error *err)
{
    for (cd_work *w; (w = done_page(p)) != NULL;) {
        size_t kept = kept_bytes(w);
        CD_TRY(cd_writer_put(writer, w, err));
        pthread_mutex_lock(&p->lock);
        p->held -= kept;
        p->written++;
        pthread_mutex_unlock(&p->lock);
        put_away(p, w);
    }
    return CD_OK;
}

static struct timespec after(long milliseconds)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t); /* which every Linux has */
    t.tv_sec += milliseconds / 1000;
    t.tv_nsec += milliseconds % 1000 * 1000000;
    if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
    return t;
}

static void wait_for_news(pool *p)
{
    struct timespec until = after(PATIENCE_MS);
    pthread_mutex_lock(&p->lock);
    while (!has_news(p)) {
        if (!holds_back(p)) pthread_cond_wait(&p->to_feed, &p->lock);
        else if (pthread_cond_timedwait(&p->to_feed, &p->lock, &until) == ETIMEDOUT && holds_back(p)) p->slow = p->written + 1;
    }
    pthread_mutex_unlock(&p->lock);
}

/* Nothing more will be read; what nobody has taken yet is dropped where `drop`. */
static void end_reading(pool *p, bool drop)
{
    pthread_mutex_lock(&p->lock);
    p->ended = true;
    while (drop && p->filled > p->taken) {
        cd_work *w = p->window[--p->filled % CD_LIMIT_WINDOW_PAGES];
        cd_work_free(w);
        free(w);
    }
    pthread_cond_broadcast(&p->to_take);
    pthread_mutex_unlock(&p->lock);
}

/* Whether pages are on their way and the next one may be long in coming: then those are written first. */
static bool waits_for_input(const pool *p)
{
    enum { MILLISECONDS = 1 };
    return p->filled > p->written && p->run->source && cd_source_waits(p->run->source, MILLISECONDS);
}

/* The reader's and writer's loop. When the run is to end, the pages at work are still finished and written. */
static cd_status feed(pool *p, cd_writer *writer, cd_error *err)
{
    cd_status st = CD_OK;
    while (st == CD_OK && !cd_run_is_stopped(p->run)) {
        bool waits = false;
        CD_TRY(write_done(p, writer, err));
        while (st == CD_OK && has_room(p) && !cd_run_is_stopped(p->run) && !(waits = waits_for_input(p))) {
            st = fill(p, err);
            CD_TRY(write_done(p, writer, err)); /* workers may be faster than reading: then there is always room to fill */
        }
        if (st == CD_OK && !waits) wait_for_news(p);
    }
    if (st != CD_OK && st != CD_END) return st;
    writer->tally->stopped = cd_run_is_stopped(p->run);
    end_reading(p, writer->tally->stopped);
    while (p->written < p->filled) {
        wait_for_news(p);
        CD_TRY(write_done(p, writer, err));
    }
    return CD_OK;
}

/* Starts up to `jobs` workers and gives how many there are means for; fewer only take longer. Signals are for this thread, which waits
 * in read(). */
static size_t start_workers(pool *p, worker *workers, size_t jobs)
{
    cd_error err;
    sigset_t all, before;
    size_t   n = 0;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (; n < jobs; n++) {
        worker *w = &workers[n];
        w->pool = p;
        if (cd_readers_open(p->run, &w->readers, &err) != CD_OK) break;
        if (p->run->counts && cd_counts_new(p->run->counts->nrules, &w->counts, &err) != CD_OK) break;
        if (pthread_create(&w->thread, NULL, work, w) != 0) break;
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return n;
}

static cd_status run_workers(pool *p, worker *workers, cd_writer *writer, cd_error *err)
{
    size_t    started = start_workers(p, workers, p->run->jobs);
    cd_status st = started ? feed(p, writer, err) : CD_OK;
    int       why = errno;
    end_reading(p, true);
    for (size_t i = 0; i < p->run->jobs; i++) {
        if (i < started) pthread_join(workers[i].thread, NULL);
        if (i < started && p->run->counts) cd_counts_add(p->run->counts, workers[i].counts);
        cd_readers_close(&workers[i].readers);
        cd_counts_free(workers[i].counts);
    }
    errno = why;
    return started ? st : run_alone(p->run, writer, err);
}

static void free_pages(pool *p)
{
    while (p->written < p->filled) {
        cd_work *w = p->window[p->written++ % CD_LIMIT_WINDOW_PAGES];
        cd_work_free(w);
        free(w);
    }
    while (p->nidle) {
        cd_work_free(p->idle[--p->nidle]);
        free(p->idle[p->nidle]);
    }
    while (p->nspare) cd_buf_free(&p->spare[--p->nspare]);
    free(p->window);
    free(p->idle);
    free(p->spare);
}

static cd_status run_many(const cd_run *run, cd_writer *writer, cd_error *err)
{
    pool    p = {.run = run, .ahead = run->jobs * AHEAD_PER_JOB, .calm = run->jobs * CALM_PER_JOB};
    pthread_condattr_t monotonic;
    worker *workers = calloc(run->jobs, sizeof *workers);
    p.window = calloc(CD_LIMIT_WINDOW_PAGES, sizeof(cd_work *));
    p.idle = calloc(p.ahead, sizeof(cd_work *));
    p.spare = calloc(p.ahead, sizeof *p.spare);
    pthread_mutex_init(&p.lock, NULL); /* with default attributes these three cannot fail on Linux */
    pthread_cond_init(&p.to_take, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&p.to_feed, &monotonic);
    pthread_condattr_destroy(&monotonic);
    bool      ready = workers && p.window && p.idle && p.spare;
    cd_status st = ready ? run_workers(&p, workers, writer, err) : cd_fail_memory(err);
    int       why = errno;
    free_pages(&p);
    free(workers);
    pthread_cond_destroy(&p.to_feed);
    pthread_cond_destroy(&p.to_take);
    pthread_mutex_destroy(&p.lock);
    errno = why;
    return st;
}

static cd_status end_output(FILE *out, const char *name, cd_error *err)
{
    if (!out || (fflush(out) == 0 && !ferror(out))) return CD_OK;
    return cd_fail(err, CD_EWRITE, "%s%s%s", name ? name : "", name ? ": " : "", strerror(errno));
}

cd_status cd_run_all(const cd_run *run, cd_tally *tally, cd_error *err)
{
    cd_writer writer;
    if (run->flags & CD_EXPLAIN_HTML_PART && !run->sink) return cd_run_html(run, tally, err);
    cd_status st = cd_writer_open(&writer, run, tally, err);
    if (st == CD_OK) st = run->jobs > 1 ? run_many(run, &writer, err) : run_alone(run, &writer, err);
    int why = errno;
    if (st == CD_OK && run->expect.len && !writer.checked && !tally->stopped)
        st = cd_fail(err, CD_EUSAGE, "%s: has a record %zu, but there are no more inputs: it was written for others", run->out_name, tally->pages + 1);
    cd_writer_close(&writer);
    errno = why;
    if (st == CD_OK) st = end_output(run->out, run->out_name, err);
    if (st == CD_OK) st = end_output(run->errors, run->errors_name, err);
    return st;
}
