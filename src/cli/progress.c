/* progress.c -- how far a run is. In: its counts, now and then. Out: one line on stderr, which on a terminal is written over and over:
 *
 *     copydesk: 12,345 of 300,000 pages, 1,012 pages/s, 17.3 MB/s, 12 errors, 4:44 left
 */
#include "cli/progress.h"

#include "cli/message.h"
#include "input/input.h"

#include <stdarg.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

static const double TERMINAL_SECONDS = 0.1, FILE_SECONDS = 10, FIRST_SECONDS = 0.5;

enum { LINE_BYTES = 200, COLUMNS = 80 };

struct cd_progress {
    bool   terminal, asked;
    bool   ever, shown; /* a line was ever written; one stands on the terminal now */
    double begun, next; /* seconds of the clock */
    size_t total;       /* inputs, 0: not known */
    size_t resumed;     /* pages that an earlier run had done when this one began */
    size_t inputs;      /* the same in inputs and bytes */
    uint64_t bytes;
};

double cd_clock_seconds(void)
{
    struct timespec now;
    if (clock_gettime(CLOCK_MONOTONIC, &now) != 0) return 0;
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

bool cd_progress_wanted(const cd_args *args, bool file)
{
    const char *term = getenv("TERM");
    if (args->verb != CD_VERB_RECORDS || args->dump || args->quiet) return false;
    if (args->progress) return true;
    return isatty(STDERR_FILENO) && (file || !isatty(STDOUT_FILENO)) && term && strcmp(term, "dumb") != 0;
}

cd_status cd_progress_new(const cd_args *args, const cd_source *source, cd_progress **made, cd_error *err)
{
    cd_progress *p = calloc(1, sizeof *p);
    if (!p) return cd_fail_memory(err);
    p->terminal = isatty(STDERR_FILENO);
    p->asked = args->progress;
    p->total = cd_source_count(source);
    p->begun = cd_clock_seconds();
    p->next = p->begun + (p->terminal ? FIRST_SECONDS : FILE_SECONDS);
    *made = p;
    return CD_OK;
}

void cd_progress_free(cd_progress *progress) { free(progress); }

/* --- the line --------------------------------------------------------------------------------------------------------- */

/* A number with commas, as a person reads it. */
static const char *grouped(size_t n, char out[32])
{
    char   digits[24];
    size_t len = (size_t)snprintf(digits, sizeof digits, "%zu", n), at = 0;
    for (size_t i = 0; i < len; i++) {
        if (i && (len - i) % 3 == 0) out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
    return out;
}

static void add(char line[LINE_BYTES], const char *format, ...) CD_PRINTF(2, 3);
static void add(char line[LINE_BYTES], const char *format, ...)
{
    size_t  at = strlen(line);
    va_list values;
    va_start(values, format);
    (void)vsnprintf(line + at, LINE_BYTES - at, format, values);
    va_end(values);
}

/* Time left by the inputs of this run: those that an earlier one had done took no time. */
static void add_time_left(const cd_progress *p, const cd_tally *t, double seconds, char line[LINE_BYTES])
{
    size_t done = t->inputs - p->inputs;
    if (p->total <= t->inputs || done == 0 || seconds < FIRST_SECONDS) return;
    double        left = seconds / (double)done * (double)(p->total - t->inputs);
    unsigned long s = left < 360000 ? (unsigned long)left : 360000;
    if (s >= 3600) add(line, ", %lu:%02lu:%02lu left", s / 3600, s / 60 % 60, s % 60);
    else add(line, ", %lu:%02lu left", s / 60, s % 60);
}

static void compose(const cd_progress *p, const cd_tally *t, double now, bool last, char line[LINE_BYTES])
{
    char   number[32];
    double seconds = now - p->begun, by = seconds > 0.001 ? seconds : 0.001;
    line[0] = '\0';
    add(line, "copydesk: %s", grouped(t->pages, number));
    if (t->pages != t->inputs) add(line, " pages, %s", grouped(t->inputs, number));
    if (p->total >= t->inputs && p->total) add(line, " of %s", grouped(p->total, number));
    add(line, t->pages != t->inputs ? " inputs" : " pages");
    add(line, ", %s pages/s", grouped((size_t)((double)(t->pages - p->resumed) / by), number));
    add(line, ", %.1f MB/s", (double)(t->bytes - p->bytes) / 1e6 / by);
    add(line, ", %s error%s", grouped(t->error, number), t->error == 1 ? "" : "s");
    if (last) add(line, ", %.1f s", seconds);
    else add_time_left(p, t, seconds, line);
}

static size_t columns(void)
{
    struct winsize size;
    return ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col ? size.ws_col : COLUMNS;
}

/* On a terminal the line is written over the old one, never wider than it. */
static void write_line(cd_progress *p, char line[LINE_BYTES], bool last)
{
    char   out[LINE_BYTES + 16];
    size_t width = p->terminal && !last ? columns() - 1 : LINE_BYTES;
    if (width < LINE_BYTES) line[width] = '\0';
    int n = snprintf(out, sizeof out, "%s%s%s", p->terminal ? "\r\033[K" : "", line, p->terminal && !last ? "" : "\n");
    if (n > 0) cd_message_raw(out, (size_t)n < sizeof out ? (size_t)n : sizeof out - 1);
    p->ever = true;
    p->shown = p->terminal && !last;
}

void cd_progress_show(cd_progress *p, const cd_tally *tally)
{
    char   line[LINE_BYTES];
    double now = cd_clock_seconds();
    if (tally->resumed == tally->pages) { /* what an earlier run had done passes by: time begins behind it */
        p->resumed = tally->resumed;
        p->inputs = tally->inputs;
        p->bytes = tally->bytes;
        p->begun = now;
    }
    if (now < p->next) return;
    compose(p, tally, now, false, line);
    write_line(p, line, false);
    p->next = now + (p->terminal ? TERMINAL_SECONDS : FILE_SECONDS);
}

void cd_progress_hide(cd_progress *p)
{
    static const char clear[] = "\r\033[K";
    if (!p || !p->shown) return;
    cd_message_raw(clear, sizeof clear - 1);
    p->shown = false;
}

void cd_progress_end(cd_progress *p, const cd_tally *tally)
{
    char line[LINE_BYTES];
    if (!p || !(p->ever || p->asked)) return;
    compose(p, tally, cd_clock_seconds(), true, line);
    write_line(p, line, true);
}
