/* model.h -- from columns to a path through the page. */
#ifndef CD_TAGGER_MODEL_H
#define CD_TAGGER_MODEL_H

#include "tagger/features.h"
#include "tagger/markup.h"
#include "tagger/tagger.h"

#define CD_MODEL_HEAD "copydesk-model 4"
#define CD_MODEL_HEAD_HTML "copydesk-html-model 1"

/* What is asked of each block, or of each line that may be the headline. */
typedef enum cd_task { CD_TASK_STORY, CD_TASK_HEADLINE, CD_TASKS } cd_task;

/* What the model makes of a page's blocks, or of some of its lines; lives in the page's arena. */
typedef struct cd_verdict {
    uint8_t *path; /* 1 for what is over the bar (the story's blocks), 0 for the others */
    int32_t *sums; /* that each is the story's, or the headline, all that was looked at together: thousandths of log-odds */
    const struct cd_weights  *weights; /* for reasons; of an HTML page's story NULL */
    const struct cd_net_page *net;     /* NULL: the weights have no network */
} cd_verdict;

/* The verdict by weights: for blocks of plain text, and for lines of any page. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_model_weigh(const cd_model *model, cd_task task, const cd_columns_of *columns, size_t n, cd_arena *arena, cd_verdict *verdict,
                                     cd_error *err);

/* What the sum of block or line i would be if it were alone on its page; and what each of its columns adds where all else stays as it is,
 * to parts[], in the order of the columns. */
int64_t cd_model_own(const cd_verdict *verdict, size_t i, const cd_columns_of *columns);
void    cd_model_parts(const cd_verdict *verdict, size_t i, const cd_columns_of *columns, int32_t *parts);

/* The verdict by trees, for an HTML page: adds to the columns what the second look sees. */
CD_MUST_USE cd_status cd_model_judge(const cd_model *model, const cd_sights *sights, cd_columns_of *columns, cd_verdict *verdict, cd_error *err);

/* The sum of a block's trees by which it is over the bar or under it, put down to columns: parts[column] gets what the answers about it
 * added, and what comes back is the rest. `parts` has CD_COL_COUNT zeros before; `room` is as cd_trees_sum() wants it. */
int64_t cd_model_explain(const cd_model *model, const cd_columns_of *columns, uint8_t *room, int32_t *parts);

/* Sets page->expected, which is the body's F1 by the probability of each block to be the story's, and page->confidence, which the
 * model's steps make of it: what F1 bodies of unseen sites had of which as much was expected. Both stay as they are where the page
 * has no body. */
void cd_model_confidence(const cd_model *model, cd_page *page, const cd_verdict *verdict);

/* Sets *head to the block of the candidate that the model takes for the headline; page->nblocks where none is good enough. On a
 * page in Markdown headings of the first level come before all other lines. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_model_head(const cd_model *model, const cd_candidates *list, const cd_page *page, size_t *head, cd_error *err);

/* What a sum must be over. */
int32_t cd_model_bar(const cd_model *model, cd_task task);

#endif
