#!/usr/bin/env python3
"""train_html.py -- labelled HTML pages -> data/model/html.model.

    make train CORPUS=DIR

CORPUS holds SET/truth.jsonl and SET/html.tar.xz. As train.py, from which most is taken: columns are those of `copydesk --dump features`,
labels come from the alignment with the labelled body, folds are by registered domain. The model is two rows of gradient-boosted trees
(Friedman 2001; learned by LightGBM): the second row sees what the first made of a block's neighbours. So that the second learns from
scores as good or bad as it will get, those of its training pages come from trees that have not seen their sites, nested: for the fold
that is judged, trees without it and without the page's own fold. A block counts by its words, a page as one. All columns of the
second look are the program's own: it is run with each of these models. Needs numpy, scipy, numba and lightgbm; seeds are fixed.
"""
import argparse
import os
import subprocess
import tarfile
import tempfile

import numpy as np
import scipy.optimize
import scipy.sparse

import train
import trees

CREDITS = ("wcxb-dev: \"Web Content Extraction Benchmark\", Murrough Foley, CC-BY-4.0; andy-dev: \"Article extraction dataset from News "
           "Websites\", AndyTheFactory, Apache-2.0; fundus-dev: test resources of flairNLP/fundus, MIT")
FIRST = dict(rounds=36, num_leaves=14, learning_rate=0.25)
SECOND = dict(rounds=250, num_leaves=24, learning_rate=0.06)
AGAIN = -3500    # thousandths of log-odds: what the first look is so sure of is not looked at twice, and no story is lost by it
BAR = -550       # thousandths of log-odds; chosen by the folds' scores
LEAST_SHARE = 0.02  # so many of the best candidates are below the least that a headline has


# ---- pages ------------------------------------------------------------------------------------------------------------


def unpack(corpus, cache):
    for name in train.SETS:
        folder = os.path.join(cache, name, "html")
        if not os.path.exists(os.path.join(folder, ".unpacked")):
            os.makedirs(folder, exist_ok=True)
            with tarfile.open(os.path.join(corpus, name, "html.tar.xz")) as tar:
                tar.extractall(folder, filter="data")
            open(os.path.join(folder, ".unpacked"), "w").close()


def dump(program, paths, model):
    """Of every page, in order: its candidates for the headline as (columns, text); of its blocks what is settled, the text, and the columns."""
    with tempfile.NamedTemporaryFile("w", suffix=".list") as names:
        names.write("".join(path + "\n" for path in paths))
        names.flush()
        out = subprocess.run([program, "--dump", "features", "--model", model, "-j0", "--files-from", names.name], stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, check=False).stdout
    pages = []
    for line in out.split(b"\n"):
        if line.startswith(b"page\t"):
            pages.append(([], [], [], []))
        elif line.startswith(b"headline\t"):
            _, columns, text = line.split(b"\t", 2)
            pages[-1][0].append((train.numbers(columns), text.decode("utf-8", "replace")))
        elif line:
            settled, columns, text = line.split(b"\t", 2)
            for kept, one in zip(pages[-1][1:], (settled.decode(), text.decode("utf-8", "replace"), columns)):
                kept.append(one)
    return pages


class Pages:
    """All pages as one table of blocks; page i has the rows off[i] to off[i + 1]."""

    def __init__(self, found, dumped, columns):
        self.meta, self.fold = found, train.folds(found)
        texts = [page[2] for page in dumped]
        truths = [train.words(page[2]["body"]) for page in found]
        with train.multiprocessing.Pool() as pool:
            labelled = pool.map(train.label_page, list(zip(texts, truths)), chunksize=20)
        self.off = np.concatenate([[0], np.cumsum([len(one) for one in texts])]).astype(np.int64)
        self.y = np.array([one for labels, _ in labelled for one in labels], np.int8)
        self.n = np.array([one for _, counts in labelled for one in counts], np.float64)
        self.dead = np.array([any(sign in one for sign in "dhr") for page in dumped for one in page[1]], bool)
        self.page = np.repeat(np.arange(len(found)), np.diff(self.off))
        self.x = np.zeros((len(self.y), len(columns.names)), np.uint8)
        for i, page in enumerate(dumped):
            columns.fill(self.x, np.arange(self.off[i], self.off[i + 1]), page[3])
        self.weight = trees.weigh_blocks(self, found)

    def rows(self, pages, alive=True):
        chosen = np.zeros(len(self.meta), bool)
        chosen[pages] = True
        return np.flatnonzero(chosen[self.page] & ~self.dead if alive else chosen[self.page])


# ---- the headline -----------------------------------------------------------------------------------------------------


class Headlines:
    """Of an HTML page the titles that it states choose the headline; where they do not, these weights, of a softmax over the candidates."""

    def __init__(self, candidates, truths_, ncolumns):
        self.x = [train.one_hot([one[0] for one in page], ncolumns) for page in candidates]
        self.right = [np.array([train.is_headline(text, train.words(truth["headline"])) for _, text in page], bool) if truth.get("headline") else None
                      for page, truth in zip(candidates, truths_)]

    def learn(self, chosen, prior=4.0):
        """(weights, the least sum of a headline)"""
        chosen = [i for i in chosen if self.right[i] is not None and self.right[i].any()]
        x = scipy.sparse.vstack([self.x[i] for i in chosen]).tocsr()
        sizes = [self.x[i].shape[0] for i in chosen]
        starts, page = np.concatenate([[0], np.cumsum(sizes)])[:-1], np.repeat(np.arange(len(chosen)), sizes)
        right, xt = np.concatenate([self.right[i] for i in chosen]).astype(float), x.T.tocsr()

        def loss(w):
            s = x @ w
            e = np.exp(s - np.maximum.reduceat(s, starts)[page])
            p = e / np.add.reduceat(e, starts)[page]
            mass = np.add.reduceat(p * right, starts)
            return -np.log(mass).sum() + prior / 2 * w @ w, xt @ (p - p * right / mass[page]) + prior * w

        w = scipy.optimize.minimize(loss, np.zeros(x.shape[1]), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
        return w, float(np.quantile([(self.x[i] @ w).max() for i in chosen], LEAST_SHARE))


# ---- trees -----------------------------------------------------------------------------------------------------------


def write_model(path, looks, head, columns, head_groups, lines, steps=()):
    """`looks`: the trees of the first look, and perhaps of the second; none: trees that say nothing."""
    with open(path, "w", encoding="utf-8") as out:
        train.write_front(out, "copydesk-html-model 1", lines)
        for (name, place), weight in zip(((name, place) for name, size in head_groups for place in range(size)), head[0]):
            if round(weight * train.SCALE):
                out.write("%s %d %d\n" % (name, place, round(weight * train.SCALE)))
        train.write_levels(out, head[1], steps)
        out.write("bar %d\n" % BAR)
        if len(looks) == 2:
            out.write("again %d\n" % AGAIN)
        for number, look in enumerate(looks, 1):
            trees.write_look(out, number, look, columns.names)
        if not looks:
            out.write("look 1\n= 0\n")


# ---- learning ---------------------------------------------------------------------------------------------------------


class Learner:
    def __init__(self, given):
        self.given = given
        lists, sets = trees.read_lists()
        groups = lists["plain"] + lists["markup"] + lists["second"]
        self.second = sum(n for _, n in lists["plain"] + lists["markup"])
        self.columns, self.head_groups = trees.Columns(groups, sets), train.read_groups("CD_HEAD_COLUMNS")
        self.found = list(find_pages(given.corpus, given.cache))
        self.fold = train.folds(self.found)
        self.learn_headlines()
        dumped = [None] * len(self.found)
        for k in range(train.FOLDS):
            name = self.name("head.%d" % k)
            write_model(name, [], self.heads[k], self.columns, self.head_groups, [])
            for i, page in zip(np.flatnonzero(self.fold == k), dump(given.program, self.paths(self.fold == k), name)):
                dumped[i] = page
            os.remove(name)
        self.pages = Pages(self.found, dumped, self.columns)
        first = [i for i, name in enumerate(self.columns.names) if not self.is_second(name[0], groups)]
        alive = ~self.pages.dead
        self.first = trees.find_used(self.pages.x[alive], first)
        self.both = self.first + [i for i in range(len(self.columns.names)) if i not in set(first)]
        self.known = {}

    def name(self, what):
        return "%s.%s" % (self.given.model, what)

    def paths(self, chosen):
        return [self.found[i][3] for i in np.flatnonzero(chosen)]

    def is_second(self, name, groups):
        at = 0
        for group, size in groups:
            if group == name:
                return at >= self.second
            at += size
        return False

    def learn_headlines(self):
        """Headline models of the folds, then of all pages."""
        candidates = [page[0] for page in dump(self.given.program, [page[3] for page in self.found], "none")]
        headlines = Headlines(candidates, [page[2] for page in self.found], sum(size for _, size in self.head_groups))
        self.heads = [headlines.learn(np.flatnonzero(self.fold != k)) for k in range(train.FOLDS)] + [headlines.learn(np.arange(len(self.found)))]

    def grow(self, rows, used, **options):
        return trees.grow(self.pages.x[rows], self.pages.y[rows], self.pages.weight[rows], used, **options)

    def first_look(self, without):
        """Trees that have not seen these folds."""
        if without not in self.known:
            rows = self.pages.rows(np.flatnonzero(~np.isin(self.fold, list(without))))
            self.known[without] = self.grow(rows, self.first, **FIRST)
        return self.known[without]

    def see_neighbours(self, fold, without):
        """What the second look sees of a fold's pages where the first look's trees have not seen the folds `without`."""
        name = self.name("pair")
        write_model(name, [self.first_look(without)], self.heads[fold], self.columns, self.head_groups, [])
        for i, page in zip(np.flatnonzero(self.fold == fold), dump(self.given.program, self.paths(self.fold == fold), name)):
            rows = np.arange(self.pages.off[i], self.pages.off[i + 1])
            self.pages.x[np.ix_(rows, self.both[len(self.first):])] = 0
            self.columns.fill(self.pages.x, rows, page[3], self.second)
        os.remove(name)

    def second_look(self, without):
        """Trees of the second look; `without` is the fold that is judged, or None."""
        for fold in range(train.FOLDS):
            self.see_neighbours(fold, frozenset({fold} if without is None else {fold, without}))
        rows = self.pages.rows(np.flatnonzero(self.fold != (-1 if without is None else without)))
        return self.grow(rows, self.both, **SECOND)

    def looks(self, without):
        return [self.first_look(frozenset(() if without is None else {without})), self.second_look(without)]


def find_pages(corpus, cache):
    for name in train.SETS:
        with open(os.path.join(corpus, name, "truth.jsonl"), encoding="utf-8") as lines:
            for truth in map(train.json.loads, lines):
                path = os.path.join(cache, name, "html", truth["id"] + ".html")
                if truth.get("body") and os.path.exists(path):
                    yield name, "html", truth, path


def report(found, rows):
    lines = []
    for name in train.SETS:
        mine = [rows[i] for i in rows if found[i][0] == name]
        p, r = np.mean([row[0] for row in mine if row[0] is not None]), np.mean([row[1] for row in mine])
        lines.append("%-10s %.4f (%.3f/%.3f), %d pages" % (name, train.f1(p, r), p, r, len(mine)))
    return lines


def judge_folds(learner, given):
    """The program on each fold with the model that has not seen its sites."""
    rows = {}
    for k in range(train.FOLDS):
        name = learner.name(str(k))
        write_model(name, learner.looks(k), learner.heads[k], learner.columns, learner.head_groups, ["without the sites of fold %d" % k])
        rows.update(train.run_program(given, learner.found, np.flatnonzero(learner.fold == k), name))
        if not given.folds:
            os.remove(name)
        print("fold %d of %d" % (k + 1, train.FOLDS), flush=True)
    return rows


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("corpus")
    options.add_argument("model")
    options.add_argument("--cache", default="build/corpus")
    options.add_argument("--folds", action="store_true", help="keep MODEL.0, MODEL.1, ... of the folds")
    given = options.parse_args()
    unpack(given.corpus, given.cache)
    learner = Learner(given)
    print("%d pages, %d blocks, %d columns" % (len(learner.found), len(learner.pages.y), len(learner.both)), flush=True)
    rows = judge_folds(learner, given)
    steps = train.confidence_steps(rows)
    lines = ["Learned by data/model/train_html.py from the labelled pages of %s." % ", ".join(train.SETS), CREDITS,
             "The program on sites that were not learned from, %d folds by registered domain: body F1 (precision/recall)" % train.FOLDS]
    lines += report(learner.found, rows)
    lines.append("Confidence: expected F1, mean F1, pages: " + "; ".join("%.4f %.3f %d" % (a / 1e6, b, n) for a, b, n in steps))
    print("\n".join(lines), flush=True)
    write_model(given.model, learner.looks(None), learner.heads[train.FOLDS], learner.columns, learner.head_groups, lines, steps)


if __name__ == "__main__":
    main()
