/* modelfile.h -- inside tagger/: the lines of a model file as words and numbers. */
#ifndef CD_TAGGER_MODELFILE_H
#define CD_TAGGER_MODELFILE_H

#include "base/span.h"

/* The line that is being read. */
typedef struct cd_model_file {
    const char *name;
    size_t      line; /* from 1 */
    cd_span     rest; /* of the line */
} cd_model_file;

/* Takes the next word off the line; empty at its end. */
cd_span cd_model_word(cd_model_file *file);

/* Takes the next word as a number; false where it is none, or too large for a model. */
bool cd_model_number(cd_model_file *file, long *value);

#endif
