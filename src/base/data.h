/* data.h -- files of data/ as src/embed/embed.c compiles them into the binary. */
#ifndef CD_BASE_DATA_H
#define CD_BASE_DATA_H

#include "base/span.h"

/* One embedded file; `name` is its path in the source tree ("data/rules/cookie.rules"), `text` its bytes, NUL-ended behind them. */
typedef struct cd_data_file {
    const char *name;
    cd_span     text;
} cd_data_file;

/* data/rules and data/tables, in byte order of their paths; ended by a file without a name. */
extern const cd_data_file cd_data_rules[];
extern const cd_data_file cd_data_tables[];

#endif
