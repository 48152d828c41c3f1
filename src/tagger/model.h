/* model.h -- from columns to a path through the page. */
#ifndef CD_TAGGER_MODEL_H
#define CD_TAGGER_MODEL_H

#include "tagger/features.h"
#include "tagger/markup.h"
#include "tagger/tagger.h"

#define CD_MODEL_HEAD "copydesk-model 3"
#define CD_MODEL_HEAD_HTML "copydesk-html-model 1"

/* What the model makes of a page's blocks; lives in the page's arena. */
typedef struct cd_verdict {
    uint8_t *path; /* 1 for the blocks that it takes for the story, 0 for the others */
    int32_t *sums; /* that each is the story's, all that was looked at together: thousandths of log-odds */
    const struct cd_net_page *net; /* plain text: for reasons; NULL: the model has no network */
} cd_verdict;

/* The verdict for a page of plain text. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_model_weigh(const cd_model *model, const cd_columns_of *columns, size_t n, cd_arena *arena, cd_verdict *verdict,
                                     cd_error *err);

/* By how much block i of plain text would be over the bar if it were alone on its page; and what each of its columns adds where all else
 * stays as it is, to parts[], in the order of the columns. */
int64_t cd_model_own(const cd_model *model, const cd_verdict *verdict, size_t i, const cd_columns_of *columns);
void    cd_model_parts(const cd_model *model, const cd_verdict *verdict, size_t i, const cd_columns_of *columns, int32_t *parts);

/* The verdict by trees, for an HTML page: adds to the columns what the second look sees. */
CD_MUST_USE cd_status cd_model_judge(const cd_model *model, const cd_sights *sights, cd_columns_of *columns, cd_verdict *verdict, cd_error *err);

/* The sum of a block's trees by which it is over the bar or under it, put down to columns: parts[column] gets what the answers about it
 * added, and what comes back is the rest. `parts` has CD_COL_COUNT zeros before; `room` is as cd_trees_sum() wants it. */
int64_t cd_model_explain(const cd_model *model, const cd_columns_of *columns, uint8_t *room, int32_t *parts);

/* Sets page->expected, which is the body's F1 by the probability of each block to be the story's, and page->confidence, which the
 * model's steps make of it: what F1 bodies of unseen sites had of which as much was expected. Both stay as they are where the page
 * has no body. */
void cd_model_confidence(const cd_model *model, cd_page *page, const cd_verdict *verdict);

/* The candidate that the model takes for the headline, as its block; `none` where no candidate is good enough. */
size_t cd_model_head(const cd_model *model, const cd_candidates *list, size_t none);

/* Single weights, for reasons.c: of a candidate's column, what a block has at least, and the sum that a headline has at least. */
int32_t cd_model_head_weight(const cd_model *model, unsigned column);
int32_t cd_model_bar(const cd_model *model);
int32_t cd_model_head_least(const cd_model *model);

#endif
