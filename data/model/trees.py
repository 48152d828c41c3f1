"""trees.py -- what is learned as boosted trees: the columns of a block as a row of numbers, and trees as the program reads them. For
train_html.py. Needs numpy, scipy and lightgbm; seeds are fixed."""
import os
import re

import lightgbm
import numpy as np
import scipy.sparse

from train import SETS

COMMON = dict(objective="binary", min_data_in_leaf=60, feature_fraction=0.3, bagging_fraction=0.7, bagging_freq=1, lambda_l2=10, max_bin=127,
              num_threads=1, verbose=-1, seed=1, deterministic=True, force_row_wise=True, use_missing=False, feature_pre_filter=False)
PAGE_LEAST = 80  # words: shorter stories count as ones of that length
RARE = 200       # blocks: what fewer have is not asked for
SCALE = 1000     # the model's integers are thousandths
LEFT_OUT = {"BIAS", "LENGTH_END", "RUN_LENGTH", "LEFT_RIGHT_LENGTH", "ROLE_LENGTH", "HEAD_OVERLAP"}  # products of other groups
HERE = os.path.dirname(os.path.abspath(__file__))


def read_header(name):
    """The lists of a header file: of each its groups and their sizes, an empty one where it has none."""
    with open(os.path.join(HERE, "../../src/tagger", name), encoding="utf-8") as file:
        text = file.read()
    return {name: [(group, int(size or 0)) for group, size in re.findall(r"X\((\w+)(?:, (\d+))?\)", body)] for name, body in
            re.findall(r"#define (CD_\w+)\(X\)((?:[^\n]*\\\n)*[^\n]*)", text)}


def read_lists():
    """(groups of all columns with their sizes, by their lists in the order of their numbers; names of those that are sets)"""
    plain, html = read_header("features.h"), read_header("htmlcolumns.h")
    return {"plain": plain["CD_COLUMNS"], "markup": html["CD_MARKUP_COLUMNS"], "second": html["CD_SECOND_COLUMNS"]}, {name for name, _ in html["CD_SETS"]}


class Columns:
    """Where each column goes in a row of numbers: a group has one place, with its number + 1; a set has one for each column, with 1."""

    def __init__(self, groups, sets):
        self.names, self.slot, self.value = [], [], []
        for name, size in groups:
            for at in range(size):
                if name in LEFT_OUT:
                    self.slot.append(-1)
                elif name in sets or at == 0:
                    self.names.append((name, at if name in sets else None))
                    self.slot.append(len(self.names) - 1)
                else:
                    self.slot.append(len(self.names) - 1)
                self.value.append(1 if name in sets else at + 1)
        self.slot, self.value = np.array(self.slot), np.array(self.value, np.uint8)

    def fill(self, x, rows, columns, least=0):
        """Fills rows of `x` from lists of columns as the program prints them; only what is at `least` or above."""
        if not columns:
            return
        counts = np.array([one.count(b",") + 1 for one in columns])
        at = np.fromstring(b",".join(columns), sep=",", dtype=np.int32)
        row = np.repeat(rows, counts)
        wanted = (self.slot[at] >= 0) & (at >= least)
        x[row[wanted], self.slot[at[wanted]]] = self.value[at[wanted]]


def weigh_blocks(pages, found):
    """A block counts by its words, a page as one."""
    page = np.repeat(np.arange(len(found)), np.diff(pages.off))
    story = np.bincount(page, pages.n * pages.y, len(found))
    weight = np.minimum((pages.n + 1.5) / np.maximum(story, PAGE_LEAST)[page], 1)
    return weight * np.array([SETS[one[0]] for one in found])[page]


def grow(x, y, weight, used, rounds, **options):
    """(trees, the numbers of the columns that they know)"""
    data = lightgbm.Dataset(scipy.sparse.csr_matrix(x[:, used]).astype(np.float32), y, weight=weight / weight.mean())
    return lightgbm.train(dict(COMMON, **options), data, rounds), used


def find_used(x, columns):
    """Those of the columns that are worth asking for."""
    return [i for i in columns if np.count_nonzero(x[:, i]) >= RARE and len(np.unique(x[:, i])) > 1]


def write_tree(node, names, used, out):
    """A node, then those for no, then those for yes."""
    todo = [node]
    while todo:
        node = todo.pop()
        if "leaf_value" in node:
            out.write("= %d\n" % round(node["leaf_value"] * SCALE))
            continue
        name, at = names[used[node["split_feature"]]]
        place = at if at is not None else int(np.floor(node["threshold"]))
        out.write("%s %d %d\n" % (name, place, round(node["internal_value"] * SCALE)))
        todo += [node["right_child"], node["left_child"]]


def write_look(out, number, look, names):
    out.write("look %d\n" % number)
    for tree in look[0].dump_model()["tree_info"]:
        write_tree(tree["tree_structure"], names, look[1], out)
