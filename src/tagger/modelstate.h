/* modelstate.h -- inside tagger/: what a model holds once its file is read. */
#ifndef CD_TAGGER_MODELSTATE_H
#define CD_TAGGER_MODELSTATE_H

#include "tagger/model.h"
#include "tagger/net.h"
#include "tagger/trees.h"

enum {
    SURE_MAX = 32,
    LOG_SPAN = 12000,      /* thousandths of log-odds: what is further apart makes no difference */
    PROBABILITY = 1 << 16, /* one, as an integer */
    OUT = -9999            /* the log-odds of what is out */
};

/* What is summed up of a block, or of a line that may be the headline. */
typedef struct cd_weights {
    int32_t own[CD_COL_TEXT_COUNT]; /* of the columns */
    cd_net *net;                    /* NULL: none */
} cd_weights;

_Static_assert((int)CD_HEAD_COL_COUNT <= (int)CD_COL_TEXT_COUNT, "there is no room for the weights of the headline's columns");

struct cd_model {
    bool      html;  /* for HTML pages; else for plain text */
    cd_trees *trees; /* of a model for HTML */
    cd_weights weights[CD_TASKS]; /* of plain text; for HTML those of the headline alone */
    int32_t   bars[CD_TASKS]; /* a block is the story's, a line may be the headline where its sum is over it */
    int32_t   again; /* of an HTML page: what the first look gives no more than this is not looked at twice */
    struct {
        int32_t expected, f1; /* millionths, thousandths: pages with that expected F1 had this one */
    } sure[SURE_MAX];
    size_t  nsure; /* ascending; 0: what is expected is taken as it is */
    int32_t exp[LOG_SPAN + 1]; /* of -i / 1000, as parts of PROBABILITY */
};

/* The odds of a sum as a probability, in parts of PROBABILITY. */
static inline int32_t cd_model_odds(const cd_model *m, int32_t sum)
{
    int32_t far = sum < 0 ? -sum : sum, e = far <= LOG_SPAN ? m->exp[far] : 0;
    int64_t one = PROBABILITY;
    return (int32_t)(sum >= 0 ? one * one / (one + e) : one * e / (one + e));
}

/* What rules dropped is not looked at: nothing can bring it back. */
static inline bool cd_block_is_out(const cd_block *b) { return b->drop || b->role == CD_ROLE_HEADLINE || b->role == CD_ROLE_REPEAT; }

#endif
