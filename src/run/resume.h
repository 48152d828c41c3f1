/* resume.h -- how a run goes on with the records of one that was ended. The records are all that is kept of it. */
#ifndef CD_RUN_RESUME_H
#define CD_RUN_RESUME_H

#include "run/run.h"

/* Reads the records in run->out, which is open for reading and writing, takes as many items off run->source, checks that each record is of
 * its item, and counts them in run and *tally as if they had been made now. Half a last line is cut off. The last whole record is left to be
 * made anew: run->expect is set to its bytes, which stand in *last, the caller's to free, and run->out stands where it begins. CD_EUSAGE: the
 * records do not fit the inputs; then the file is as it was but for half a last line. CD_EWRITE: it cannot be read or cut. */
CD_MUST_USE cd_status cd_resume(cd_run *run, cd_tally *tally, cd_buf *last, cd_error *err);

#endif
