/* trees.h -- inside tagger/: boosted decision trees over a block's columns (Friedman 2001), all in integers. */
#ifndef CD_TAGGER_TREES_H
#define CD_TAGGER_TREES_H

#include "base/status.h"
#include "tagger/features.h"
#include "tagger/modelfile.h"

enum { CD_TREE_LOOKS = 2 }; /* the first look, and the one that knows what the first made of the neighbours */

typedef struct cd_trees cd_trees;

/* The caller frees it. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_trees_new(cd_trees **trees, cd_error *err);
void                  cd_trees_free(cd_trees *trees); /* NULL is fine */

/* Reads one line of a model file, of which `word` is the first word: "look 1" begins the trees of a look, and looks come in order; "= VALUE" is a leaf; "GROUP place
 * VALUE" asks whether the block's column of that group is `place` or a later one (of a set: whether it has that very column), and
 * VALUE is what is known before the answer. Behind a question come the nodes for no, then those for yes; trees follow one another. *good
 * is false where the line is none of these. */
CD_MUST_USE cd_status cd_trees_read(cd_trees *trees, cd_span word, cd_model_file *file, bool *good, cd_error *err);

/* Whether all trees are whole and the first look has some. */
bool cd_trees_are_whole(const cd_trees *trees);

/* Makes them ready for sums, once all lines are read and whole. CD_ENOMEM is the only failure. */
CD_MUST_USE cd_status cd_trees_settle(cd_trees *trees, cd_error *err);

/* Whether there are trees for the second look. */
bool cd_trees_look_twice(const cd_trees *trees);

/* The sum of a look's trees for one block, in thousandths of log-odds. `room` has CD_TREE_ROOM bytes and holds nothing before or after. */
enum { CD_TREE_ROOM = CD_COL_COUNT };
int32_t cd_trees_sum(const cd_trees *trees, unsigned look, const cd_columns_of *columns, uint8_t *room);

/* The same sum put down to what was asked: parts[column] gets what the answers about that column's place added, where the block has none of
 * a group's columns to the group's first. `parts` has CD_COL_COUNT zeros before. What no answer adds is the value that is returned. */
int32_t cd_trees_explain(const cd_trees *trees, unsigned look, const cd_columns_of *columns, uint8_t *room, int32_t *parts);

#endif
