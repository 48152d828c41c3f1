/* model.h -- from columns to a path through the page. */
#ifndef CD_TAGGER_MODEL_H
#define CD_TAGGER_MODEL_H

#include "tagger/features.h"
#include "tagger/markup.h"
#include "tagger/tagger.h"

#define CD_MODEL_HEAD "copydesk-model 2"
#define CD_MODEL_HEAD_HTML "copydesk-html-model 1"

/* What the model makes of a page's blocks; lives in the page's arena. */
typedef struct cd_verdict {
    uint8_t *path; /* 1 for the blocks that it takes for the story, 0 for the others */
    int32_t *sums; /* of the weights of each block's columns, or of its trees */
    int32_t *odds; /* that each is the story's, all that was looked at together: thousandths of log-odds */
} cd_verdict;

/* chain.c: the best path through the page by the chain, and the odds by all paths. */
CD_MUST_USE cd_status cd_model_path(const cd_model *model, const cd_columns_of *blocks, size_t n, cd_arena *arena, cd_verdict *verdict,
                                    cd_error *err);

/* chain.c: where the chain is not sure of a block, the model's trees judge it, if it has some: changes path and odds, and adds to the
 * columns of such blocks what the second look sees. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_model_doubt(const cd_model *model, const cd_story *story, const cd_look *look, cd_columns_of *columns, cd_verdict *verdict,
                                     cd_error *err);

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

/* Single weights, for reasons.c: of a column of a block, of a candidate's column, of the steps (as bits) into the story or out of
 * it, and the sum that a headline has at least. */
int32_t cd_model_weight(const cd_model *model, unsigned column);
int32_t cd_model_head_weight(const cd_model *model, unsigned column);
int64_t cd_model_step(const cd_model *model, unsigned steps, bool enter);
int32_t cd_model_head_least(const cd_model *model);

#endif
