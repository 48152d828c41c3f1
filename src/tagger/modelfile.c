/* modelfile.c -- a line of a model file -> words and numbers. */
#include "tagger/modelfile.h"

#include <stdlib.h>
#include <string.h>

enum { NUMBER_TOP = 10000000 }; /* no number of a model is as large */

cd_span cd_model_word(cd_model_file *f)
{
    f->rest = cd_span_trim(f->rest);
    size_t n = 0;
    while (n < f->rest.len && f->rest.ptr[n] != ' ') n++;
    cd_span word = cd_span_sub(f->rest, 0, n);
    f->rest = cd_span_sub(f->rest, n, f->rest.len);
    return word;
}

bool cd_model_number(cd_model_file *f, long *value)
{
    cd_span word = cd_model_word(f);
    char    text[16], *end;
    if (word.len == 0 || word.len >= sizeof text) return false;
    memcpy(text, word.ptr, word.len);
    text[word.len] = '\0';
    *value = strtol(text, &end, 10);
    return *end == '\0' && *value > -NUMBER_TOP && *value < NUMBER_TOP;
}
