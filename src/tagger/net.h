/* net.h -- inside tagger/: a small recurrent network over a page's blocks of plain text, or some of its lines, all in integers. */
#ifndef CD_TAGGER_NET_H
#define CD_TAGGER_NET_H

#include "tagger/features.h"
#include "tagger/modelfile.h"

typedef struct cd_net cd_net;

/* What the network makes of a page; lives in the page's arena. Sums are thousandths of a unit of log-odds. */
typedef struct cd_net_page cd_net_page;

/* The caller frees it. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_net_new(cd_net **net, cd_error *err);
void                  cd_net_free(cd_net *net); /* NULL is fine */

/* Reads one line of a model file, of which `word` is the first word: "net INPUTS STATES HIDDEN" names the sizes, which must be this
 * program's; "input", "near", "far", "last" and "out" bring weights, by the number of the value that they weigh (the bias behind the
 * last). False where the line is none of these, or not as long as it has to be. */
bool cd_net_read(cd_net *net, cd_span word, cd_model_file *file);

/* Reads what follows a column's own weight on its line. */
bool cd_net_read_column(cd_net *net, unsigned column, cd_model_file *file);

/* Whether every line has come, and no sum that its weights can make leaves 32 bits. */
bool cd_net_is_whole(const cd_net *net);

/* Adds to the sum of each block what the network makes of it. `page` is for cd_net_part(). CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_net_run(const cd_net *net, const cd_columns_of *columns, size_t n, cd_arena *arena, int32_t *sums, const cd_net_page **page, cd_error *err);

/* What the network would make of block i with these columns, all other blocks as they are; or, if it is `alone`, with no other block on
 * the page. */
int32_t cd_net_part(const cd_net_page *page, size_t i, const cd_columns_of *columns, bool alone);

#endif
