/* work.h -- inside run/: one page on its way through a run, and the hands it goes through. A worker takes it through the desk; the
 * writer, which sees pages in input order, does all that depends on that order. */
#ifndef CD_RUN_WORK_H
#define CD_RUN_WORK_H

#include "run/run.h"

/* What else is wanted of a page than its record; NULL: not wanted. */
typedef struct cd_extra {
    cd_counts *counts; /* counted into */
    cd_digest *digest; /* filled */
    bool       near;   /* the digest with a sketch */
} cd_extra;

/* cd_reader_json(), and what `extra` asks for. */
CD_MUST_USE cd_status cd_reader_json_with(cd_reader *reader, const cd_input *input, unsigned flags, const cd_extra *extra, cd_text *json,
                                          cd_error *err);

/* A worker's readers: one for the desk, one for the second desk where there is one. To be closed in any case. */
typedef struct cd_readers {
    cd_reader *first, *second;
} cd_readers;

CD_MUST_USE cd_status cd_readers_open(const cd_run *run, cd_readers *readers, cd_error *err);
void                  cd_readers_close(const cd_readers *readers);

/* A page on its way: the item, then what came of it. Zero-initialise it. */
typedef struct cd_work {
    cd_item   item;
    size_t    size; /* bytes of the item, which may be gone when the page is written */
    cd_buf    out, warnings;
    cd_digest digest;
    cd_state  state;
    cd_status st; /* CD_OK, or why there is no record at all */
    bool      done;
} cd_work;

/* Takes the item through the desk; what came of it is in `work`. */
void cd_work_on(const cd_readers *readers, const cd_run *run, cd_counts *counts, cd_work *work);
void cd_work_free(cd_work *work);

/* Whether somebody has asked the run to end. */
static inline bool cd_run_is_stopped(const cd_run *run) { return run->stop && *run->stop; }

/* --- writer.c --------------------------------------------------------------------------------------------------------- */

typedef struct cd_writer {
    const cd_run *run;
    cd_tally     *tally;
    cd_arena     *arena;  /* for names in JSON */
    cd_buf        origin;
    bool          checked, told_full;
} cd_writer;

CD_MUST_USE cd_status cd_writer_open(cd_writer *writer, const cd_run *run, cd_tally *tally, cd_error *err);
void                  cd_writer_close(cd_writer *writer);

/* Writes the next page of the run: counts it, finds whether its story came before, tells its problems. */
CD_MUST_USE cd_status cd_writer_put(cd_writer *writer, cd_work *work, cd_error *err);

/* Counts a page that is in the output already, by its record: its story, its reasons, its errors. */
CD_MUST_USE cd_status cd_writer_recall(cd_writer *writer, const cd_item *item, cd_span line, cd_error *err);

/* Whether the line is of the item, by its first keys. */
CD_MUST_USE cd_status cd_writer_compare(cd_writer *writer, const cd_item *item, cd_span line, bool *same, cd_error *err);

#endif
