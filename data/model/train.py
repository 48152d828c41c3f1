#!/usr/bin/env python3
"""train.py -- labelled pages -> data/model/body.model.

    make train CORPUS=DIR

CORPUS holds SET/truth.jsonl and SET/text/RENDERER.tar.xz. The columns of every block are those that `copydesk --dump features` prints, so that
training sees exactly what the program computes. A block is the story's where the labelled body has its words in that order. The model is
a linear-chain conditional random field (Lafferty, McCallum, Pereira 2001), first fitted by likelihood with every page counting the same,
then moved towards the mean of the pages' precision and recall (a soft F1). Blocks of which it is not sure are judged by boosted trees
(Friedman 2001; learned by LightGBM), which know what the chain made of the whole page; so that they learn from doubts as they will come, the
chain that shows them a page has not seen its site, nested: for the fold that is judged, a chain without it and without the page's own fold.
The chain learns from pages without
a labelled body, too, of other sites: there the body that the program finds in the page's HTML stands for the label (unlabelled.py), and such
a page counts half. No figure is measured on them. The headline's weights are those of a softmax over a page's
candidates. All is judged on sites that it has not seen: folds are by registered domain; and since the body's columns depend on the
headline, the pages of a fold are read with the headline's weights that were learned without it. Needs numpy, scipy, numba and
lightgbm; seeds are fixed, and the result is the same on the same machine.
"""
import argparse
import collections
import json
import multiprocessing
import os
import re
import subprocess
import tarfile
import unicodedata
import zlib
from urllib.parse import urlparse

import numba
import numpy as np
import scipy.optimize
import scipy.sparse

import trees
import unlabelled

RENDERERS = ("resiliparse-main", "resiliparse-full", "inscriptis", "lynx")
SETS = ("wcxb-dev", "andy-dev", "fundus-dev")
SHINGLE = 4
STEPS = ("ANY", "OPEN", "HEAD")
CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
WORD = re.compile("[%s]|[^\\W%s]+" % (CJK, CJK))
FOLDS = 5
SCALE = 1000  # the model's integers are thousandths
UNSURE = 0.5  # what a page counts in the chain where no one has labelled the body
SECOND = dict(rounds=140, num_leaves=24, learning_rate=0.1)
BAR = -50     # thousandths of log-odds; chosen by the folds' scores


def words(text):
    return WORD.findall(unicodedata.normalize("NFKC", text or "").casefold())


# ---- pages ------------------------------------------------------------------------------------------------------------


def unpack(corpus, cache):
    for name in SETS:
        for renderer in RENDERERS:
            folder = os.path.join(cache, name, renderer)
            if os.path.exists(os.path.join(folder, ".unpacked")):
                continue
            os.makedirs(folder, exist_ok=True)
            with tarfile.open(os.path.join(corpus, name, "text", renderer + ".tar.xz")) as tar:
                tar.extractall(folder, filter="data")
            open(os.path.join(folder, ".unpacked"), "w").close()


def truths(corpus, cache):
    """(set, renderer, truth, path) of every page with a labelled body."""
    found = []
    for name in SETS:
        with open(os.path.join(corpus, name, "truth.jsonl"), encoding="utf-8") as lines:
            for truth in map(json.loads, lines):
                for renderer in RENDERERS if truth.get("body") else ():
                    path = os.path.join(cache, name, renderer, truth["id"] + ".txt")
                    if os.path.exists(path):
                        found.append((name, renderer, truth, path))
    return found


def site(truth):
    """The registered domain, near enough: two labels, three where the last but one is short (co.uk)."""
    labels = urlparse(truth.get("url") or truth["id"]).netloc.split(".")
    return ".".join(labels[-2:] if len(labels) < 3 or len(labels[-2]) > 3 else labels[-3:])


def run_dump(program, paths, model):
    """The lines that `copydesk --dump features` prints of these pages."""
    child = subprocess.Popen([program, "--dump", "features", "--model", model, "-j0", "--files-from", "-"], stdin=subprocess.PIPE,
                             stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    feeder = multiprocessing.Process(target=feed, args=(child.stdin, paths))
    feeder.start()
    child.stdin.close()
    for line in child.stdout:
        yield line.rstrip(b"\n")
    feeder.join()


def dump(program, paths, model="none"):
    """Of every page, in order: its candidates for the headline as (columns, text), its blocks as (settled, steps, columns, text)."""
    page = None
    for line in run_dump(program, paths, model):
        if line.startswith(b"page\t"):
            if page:
                yield page
            page = ([], [])
        elif line.startswith(b"headline\t"):
            _, columns, text = line.split(b"\t", 2)
            page[0].append((numbers(columns), text.decode("utf-8", "replace")))
        else:
            settled, steps, columns, text = line.split(b"\t", 3)
            page[1].append((settled.decode(), int(steps), numbers(columns), text.decode("utf-8", "replace")))
    yield page


def numbers(columns):
    return np.array(columns.split(b","), dtype=np.int32)


def one_hot(columns, ncolumns=None):
    """A sparse matrix with a row for each array of columns."""
    starts = np.concatenate([[0], np.cumsum([len(one) for one in columns])])
    at = np.concatenate(columns) if columns else np.zeros(0, np.int32)
    shape = (len(columns), ncolumns or int(at.max()) + 1)
    return scipy.sparse.csr_matrix((np.ones(len(at), np.float32), at, starts), shape=shape)


def feed(pipe, paths):
    pipe.write("".join(path + "\n" for path in paths).encode())
    pipe.close()


# ---- the headline -----------------------------------------------------------------------------------------------------

SITE_NAME = re.compile(r" (?:\||-|–|—|»|::) ")
LEAST_SHARE = 0.02  # so many of the best candidates are below the least that a headline has


def is_headline(text, headline):
    """Whether a line is the headline, or that with the site's name behind a bar."""
    return words(text) == headline or any(words(text[:bar.start()]) == headline for bar in SITE_NAME.finditer(text))


class Headlines:
    def __init__(self, candidates, truths_, ncolumns):
        self.x = [one_hot([one[0] for one in page], ncolumns) for page in candidates]
        self.right = [np.array([is_headline(text, words(truth["headline"])) for _, text in page], bool) if truth.get("headline") else None
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


# ---- labels -----------------------------------------------------------------------------------------------------------


def shingles(ws):
    return [tuple(ws[i:i + SHINGLE]) for i in range(len(ws) - SHINGLE + 1)]


def align(blocks, truth):
    """1 for each block (a list of words) that is in the truth (words), in its order; words printed twice count once."""
    places = collections.defaultdict(list)
    for i, one in enumerate(shingles(truth)):
        places[one].append(i)
    flat = [w for ws in blocks for w in ws]
    covered, place = np.zeros(len(flat), bool), np.full(len(flat), -1)
    for i, one in enumerate(shingles(flat)):
        if one in places:
            covered[i:i + SHINGLE] = True
            for k in range(SHINGLE):
                if place[i + k] < 0:
                    place[i + k] = places[one][0] + k
    labels, hits, middle, at = [], [], [], 0
    for ws in blocks:
        part = slice(at, at + len(ws))
        at += len(ws)
        hits.append(int(covered[part].sum()))
        labels.append(int(len(ws) > 0 and hits[-1] * 2 >= len(ws)))
        known = np.sort(place[part][place[part] >= 0])
        middle.append(int(known[len(known) // 2]) if len(known) else -1)
    keep_chain(blocks, truth, labels, hits, middle)
    return labels


def keep_chain(blocks, truth, labels, hits, middle):
    """Takes back labels that are out of the truth's order and bring nothing new."""
    chosen = [b for b in range(len(blocks)) if labels[b] and middle[b] >= 0]
    best, before = [0] * len(chosen), [-1] * len(chosen)
    for i, b in enumerate(chosen):
        best[i] = hits[b]
        for k in range(max(0, i - 300), i):
            if middle[chosen[k]] < middle[b] and best[k] + hits[b] > best[i]:
                best[i], before[i] = best[k] + hits[b], k
    chain, i = set(), max(range(len(chosen)), key=best.__getitem__) if chosen else -1
    while i >= 0:
        chain.add(chosen[i])
        i = before[i]
    need = collections.Counter(shingles(truth))
    have = collections.Counter(shingles([w for b in sorted(chain) for w in blocks[b]]))
    for b in chosen:
        if b in chain:
            continue
        mine = shingles(blocks[b])
        if not mine or sum(need[one] > have[one] for one in mine) * 2 < len(mine):
            labels[b] = 0
        else:
            have.update(mine)


def label_page(args):
    texts, truth = args
    blocks = [words(text) for text in texts]
    return align(blocks, truth), [len(ws) for ws in blocks]


def folds(found):
    return np.array([zlib.crc32(site(page[2]).encode()) % FOLDS for page in found])


class Pages:
    """All pages as one table of blocks; page i has the rows off[i] to off[i + 1]."""

    def __init__(self, found, dumped):
        columns, steps, self.meta, self.texts, self.truth, dead = [], [], [], [], [], []
        for page, blocks in zip(found, dumped):
            self.meta.append(page)
            self.truth.append(words(page[2]["body"]))
            self.texts.append([block[3] for block in blocks])
            columns += [block[2] for block in blocks]
            steps += [block[1] for block in blocks]
            dead += [any(sign in block[0] for sign in "dhr") for block in blocks]
        with multiprocessing.Pool() as pool:
            labelled = pool.map(label_page, list(zip(self.texts, self.truth)), chunksize=20)
        self.off = np.concatenate([[0], np.cumsum([len(texts) for texts in self.texts])]).astype(np.int64)
        self.y = np.array([one for labels, _ in labelled for one in labels], np.int8)
        self.n = np.array([one for _, counts in labelled for one in counts], np.float64)
        self.dead = np.array(dead, bool)
        self.x = one_hot(columns)
        self.e = np.array([[one >> k & 1 for k in range(len(STEPS))] for one in steps], np.float64)
        self.fold = folds(self.meta)
        self.labelled = np.array([page[0] in SETS for page in self.meta])
        self.weight = np.where(self.labelled, 1.0, UNSURE)

    def part(self, pages):
        """(rows, off) of a choice of pages."""
        rows = [np.arange(self.off[i], self.off[i + 1]) for i in pages]
        return np.concatenate(rows), np.concatenate([[0], np.cumsum([len(one) for one in rows])]).astype(np.int64)


# ---- the chain --------------------------------------------------------------------------------------------------------


@numba.njit(cache=True)
def logsum(a, b):
    m = max(a, b)
    return m + np.log(np.exp(a - m) + np.exp(b - m))


@numba.njit(cache=True)
def marginals(s, enter, leave, off, inside, entered, left):
    """Forward and backward through each page; gives the logarithms of the pages' sums."""
    sums = np.zeros(len(off) - 1)
    for d in range(len(off) - 1):
        a, n = off[d], off[d + 1] - off[d]
        if n == 0:
            continue
        f0, f1 = np.zeros(n), np.zeros(n)
        f1[0] = s[a]
        for i in range(1, n):
            f0[i] = logsum(f0[i - 1], f1[i - 1] + leave[a + i])
            f1[i] = s[a + i] + logsum(f0[i - 1] + enter[a + i], f1[i - 1])
        total = logsum(f0[n - 1], f1[n - 1])
        sums[d] = total
        b0 = b1 = 0.0
        inside[a + n - 1] = np.exp(f1[n - 1] - total)
        entered[a] = left[a] = 0
        for i in range(n - 1, 0, -1):
            entered[a + i] = np.exp(f0[i - 1] + enter[a + i] + s[a + i] + b1 - total)
            left[a + i] = np.exp(f1[i - 1] + leave[a + i] + b0 - total)
            c0, c1 = b0, s[a + i] + b1
            b0, b1 = logsum(c0, enter[a + i] + c1), logsum(leave[a + i] + c0, c1)
            inside[a + i - 1] = np.exp(f1[i - 1] + b1 - total)
    return sums


@numba.njit(cache=True)
def best_path(s, enter, leave, off):
    y = np.zeros(len(s), np.int8)
    for d in range(len(off) - 1):
        a, b = off[d], off[d + 1]
        if a == b:
            continue
        from0, from1 = np.zeros(b - a, np.int8), np.zeros(b - a, np.int8)
        v0, v1 = 0.0, s[a]
        for i in range(a + 1, b):
            l, e = v1 + leave[i], v0 + enter[i]
            from0[i - a], from1[i - a] = l > v0, e > v1
            v0, v1 = max(v0, l), max(v1, e) + s[i]
        state = v1 > v0
        for i in range(b - 1, a - 1, -1):
            y[i] = state
            if (from1[i - a] if state else from0[i - a]):
                state = not state
    return y


class Chain:
    def __init__(self, ncolumns, prior):
        self.f, self.k, self.prior = ncolumns, len(STEPS), prior
        self.w = np.zeros(ncolumns + 2 * self.k)
        self.w[ncolumns] = self.w[ncolumns + self.k] = -2

    def scores(self, x, e, w=None):
        w = self.w if w is None else w
        return (x @ w[:self.f].astype(np.float32)).astype(np.float64), e @ w[self.f:self.f + self.k], e @ w[self.f + self.k:]

    def path(self, x, e, off):
        return best_path(*self.scores(x, e), off)

    def fit(self, pages, chosen, rounds):
        """Likelihood; a page counts by its weight, however long it is."""
        rows, off = pages.part(chosen)
        x, e, y = pages.x[rows], pages.e[rows], pages.y[rows].astype(np.float64)
        xt, first = x.T.tocsr(), np.zeros(len(rows), bool)
        first[off[:-1][np.diff(off) > 0]] = True
        before = np.concatenate([[0], y[:-1]])
        y_in, y_out = (1 - before) * y * ~first, before * (1 - y) * ~first
        inside, entered, left = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(len(rows))
        counts = np.diff(off)
        page = 30.0 * pages.weight[chosen] / np.maximum(counts, 1)
        weight = np.repeat(page, counts)
        estep = e * ~first[:, None]

        def loss(w):
            s, enter, leave = self.scores(x, e, w)
            sums = marginals(s, enter, leave, off, inside, entered, left)
            gold = y * s + y_in * enter + y_out * leave
            grad = np.concatenate([xt @ ((inside - y) * weight).astype(np.float32), estep.T @ ((entered - y_in) * weight),
                                   estep.T @ ((left - y_out) * weight)])
            return (sums * page).sum() - (gold * weight).sum() + self.prior / 2 * (w @ w), grad + self.prior * w

        self.w = scipy.optimize.minimize(loss, self.w, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}).x

    def tune(self, pages, chosen, rounds, prior):
        """Mean precision and recall of the pages, by the blocks' probabilities."""
        rows, off = pages.part(chosen)
        truth = np.array([max(20, len(pages.truth[i])) for i in chosen], np.float64)
        x, e = pages.x[rows], pages.e[rows]
        xt, first = x.T.tocsr(), np.zeros(len(rows), bool)
        first[off[:-1][np.diff(off) > 0]] = True
        estep, counts = e * ~first[:, None], np.diff(off)
        page, share = np.repeat(np.arange(len(counts)), counts), pages.weight[chosen]
        alive = pages.n[rows] * ~pages.dead[rows]
        hit, anchor = alive * pages.y[rows], self.w.copy()
        p, q = np.zeros((3, len(rows))), np.zeros((3, len(rows)))

        def loss(w):
            s, enter, leave = self.scores(x, e, w)
            marginals(s, enter, leave, off, p[0], p[1], p[2])
            h, k = np.bincount(page, p[0] * hit, len(counts)), np.bincount(page, p[0] * alive, len(counts)) + 1
            lost = (share * (2 - h / k - np.minimum(h / truth, 1))).sum()
            slope = -share[page] * (hit / k[page] - (h / (k * k))[page] * alive + hit / truth[page] * (h < truth)[page])
            small = 1e-3 / max(1e-9, np.abs(slope).max())
            marginals(s + small * slope, enter, leave, off, p[0], p[1], p[2])
            marginals(s - small * slope, enter, leave, off, q[0], q[1], q[2])
            g = (p - q) / (2 * small)
            grad = np.concatenate([xt @ g[0].astype(np.float32), estep.T @ g[1], estep.T @ g[2]])
            return lost + prior / 2 * ((w - anchor) ** 2).sum(), grad + prior * (w - anchor)

        self.w = scipy.optimize.minimize(loss, self.w, jac=True, method="L-BFGS-B", options={"maxiter": rounds, "maxcor": 8}).x


def learn(pages, chosen, prior=10.0, tune_prior=0.1, rounds=70, tune_rounds=50):
    chain = Chain(pages.x.shape[1], prior)
    chain.fit(pages, chosen, rounds)
    chain.tune(pages, chosen, tune_rounds, tune_prior)
    return chain


# ---- the report -------------------------------------------------------------------------------------------------------

STEPS_OF_CONFIDENCE = 20  # pages are put into so many heaps of one size by what is expected of them


def counts_of(ws):
    return collections.Counter(tuple(ws[i:i + SHINGLE]) for i in range(max(1, len(ws) - SHINGLE + 1))) if ws else collections.Counter()


def overlap(got, truth):
    """Precision (None: nothing was given) and recall, by shingles of words."""
    a, b = counts_of(got), counts_of(truth)
    hits = sum((a & b).values())
    return (hits / sum(a.values()) if a else None), hits / max(1, sum(b.values()))


def run_program(given, found, mine, model):
    """Of each page: precision and recall of the record's body, whether its headline is right (None: no truth), the expected F1."""
    paths = "".join(found[i][3] + "\n" for i in mine)
    out = subprocess.run([given.program, "--model", model, "-j0", "--files-from", "-"], input=paths.encode(), stdout=subprocess.PIPE,
                         stderr=subprocess.DEVNULL, check=False).stdout
    records = [json.loads(line) for line in out.splitlines()]
    out = subprocess.run([given.program, "--dump", "features", "--model", model, "-j0", "--files-from", "-"], input=paths.encode(),
                         stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
    expected = [int(line.split(b"\t")[3]) for line in out.split(b"\n") if line.startswith(b"page\t")]
    rows = {}
    for i, record, sure in zip(mine, records, expected):
        truth = found[i][2]
        headline = words(truth["headline"]) == words(record["headline"]) if truth.get("headline") else None
        rows[i] = overlap(words(record["body"]), words(truth["body"])) + (headline, sure)
    return rows


def f1(p, r):
    return 2 * p * r / (p + r) if p and r else 0.0


def report(found, rows):
    lines = []
    for name in SETS:
        cells, full, heads = [], [], []
        for renderer in RENDERERS:
            mine = [rows[i] for i in rows if found[i][:2] == (name, renderer)]
            if not mine:
                continue
            p, r = np.mean([row[0] for row in mine if row[0] is not None]), np.mean([row[1] for row in mine])
            head = np.mean([row[2] for row in mine if row[2] is not None])
            cells.append("%s %.3f (%.3f/%.3f) %.3f" % (renderer, f1(p, r), p, r, head))
            if renderer != RENDERERS[0]:
                full.append(f1(p, r))
                heads.append(head)
        lines.append("%-10s full %.3f %.3f  %s" % (name, np.mean(full), np.mean(heads), "  ".join(cells)))
    return lines


def confidence_steps(rows):
    """[(expected, F1)], both ascending: the mean of each heap, by pool-adjacent-violators."""
    pages = sorted((row[3], f1(row[0], row[1])) for row in rows.values() if row[0] is not None)
    heaps = [list(np.mean(heap, axis=0)) + [len(heap)] for heap in np.array_split(np.array(pages), STEPS_OF_CONFIDENCE) if len(heap)]
    merged = []
    for heap in heaps:
        merged.append(heap)
        while len(merged) > 1 and (merged[-2][1] >= merged[-1][1] or round(merged[-2][0]) >= round(merged[-1][0])):
            b, a = merged.pop(), merged.pop()
            n = a[2] + b[2]
            merged.append([(a[0] * a[2] + b[0] * b[2]) / n, (a[1] * a[2] + b[1] * b[2]) / n, n])
    return merged


def write_model(path, chain, head, groups, head_groups, lines, steps=(), second=None, row=()):
    """The chain may be None: then the headline's weights are all. `second`: the trees for its doubts, `row` what their rows hold."""
    with open(path, "w", encoding="utf-8") as out:
        out.write("copydesk-model 2\n")
        for line in lines:
            out.write("# %s\n" % line)
        for weights, names in ((chain.w[:chain.f] if chain else [], groups), (head[0], head_groups)):
            places = [(name, place) for name, size in names for place in range(size)]
            for (name, place), weight in zip(places, weights):
                if round(weight * SCALE):
                    out.write("%s %d %d\n" % (name, place, round(weight * SCALE)))
        for k, name in enumerate(STEPS if chain else ()):
            out.write("step %s %d %d\n" % (name, round(chain.w[chain.f + k] * SCALE), round(chain.w[chain.f + chain.k + k] * SCALE)))
        out.write("least %d\n" % round(head[1] * SCALE))
        for expected, right, _ in steps:
            out.write("sure %d %d\n" % (round(expected), round(right * 1000)))
        if second:
            out.write("bar %d\n" % BAR)
            trees.write_look(out, 2, second, row)
        elif chain:
            out.write("look 2\n= 0\n")


def read_groups(name):
    """The groups of columns and their sizes, as src/tagger/features.h lists them."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/tagger/features.h"), encoding="utf-8") as file:
        text = file.read()
    text = text[text.index("#define %s(X)" % name):]
    return [(group, int(size)) for group, size in re.findall(r"X\((\w+), (\d+)\)", text[:text.index("typedef")])]


def learn_headlines(given, found, fold, groups, head_groups):
    """Headline models of the folds, then of all pages; MODEL.head.N are the files of the folds."""
    candidates = [page[0] for page in dump(given.program, [page[3] for page in found])]
    headlines = Headlines(candidates, [page[2] for page in found], sum(size for _, size in head_groups))
    models = [headlines.learn(np.flatnonzero(fold != k)) for k in range(FOLDS)]
    for k, model in enumerate(models):
        write_model("%s.head.%d" % (given.model, k), None, model, groups, head_groups, [])
    return models + [headlines.learn(np.arange(len(found)))]


def dump_by_folds(given, found, fold):
    """The blocks of all pages, each read with the headline model that has not seen its site."""
    blocks = [None] * len(found)
    for k in range(FOLDS):
        mine = np.flatnonzero(fold == k)
        for i, page in zip(mine, dump(given.program, [found[i][3] for i in mine], "%s.head.%d" % (given.model, k))):
            blocks[i] = page[1]
        os.remove("%s.head.%d" % (given.model, k))
    return blocks


# ---- doubts -----------------------------------------------------------------------------------------------------------


class Learner:
    """Chains and the trees for their doubts, by the folds that they have not seen."""

    def __init__(self, given, found, pages, heads):
        self.given, self.found, self.pages, self.heads = given, found, pages, heads
        lists, sets = trees.read_lists()
        self.groups, self.head_groups = lists["plain"], read_groups("CD_HEAD_COLUMNS")
        self.ntext = sum(size for _, size in self.groups)
        self.columns = trees.Columns([group for name in ("plain", "markup", "second", "stretch") for group in lists[name]], sets)
        self.chains = {}
        self.weight = self.weigh_blocks()

    def chain(self, without):
        """The chain that has not seen these folds; --chains keeps it for another run."""
        if without not in self.chains:
            kept = self.given.chains and os.path.join(self.given.chains, "chain.%s.npy" % "-".join(map(str, sorted(without))))
            if kept and os.path.exists(kept):
                self.chains[without] = Chain(self.pages.x.shape[1], 0)
                self.chains[without].w = np.load(kept)
            else:
                self.chains[without] = learn(self.pages, np.flatnonzero(~np.isin(self.pages.fold, list(without))))
                if kept:
                    np.save(kept, self.chains[without].w)
        return self.chains[without]

    def weigh_blocks(self):
        """By how much the mean of the page's precision and recall changes with each block, as the chain that has not seen the page leaves
        it: of a page where all is wrong anyway, or of which little is labelled, no block counts much."""
        pages, count = self.pages, len(self.found)
        kept, page = np.zeros(len(pages.y), bool), np.repeat(np.arange(count), np.diff(pages.off))
        for k in range(FOLDS):
            rows, off = pages.part(np.flatnonzero(pages.fold == k))
            kept[rows] = self.chain(frozenset({k})).path(pages.x[rows], pages.e[rows], off) > 0
        kept &= ~pages.dead
        words_kept = np.bincount(page, pages.n * kept, count)
        right = np.minimum((np.bincount(page, pages.n * kept * pages.y, count) + 10) / (words_kept + 20), 1)
        words_kept, true = np.maximum(words_kept, 40) + 20, np.maximum([len(one) for one in pages.truth], 40) + 20
        gain, loss = 1 / true + (1 - right) / words_kept, right / words_kept
        share = np.array([trees.SETS.get(one[0], 0) for one in self.found])
        return (pages.n + 1.5) * np.where(pages.y, (gain * share)[page], (loss * share)[page])

    def write(self, path, without, head, lines, steps=(), second=None):
        write_model(path, self.chain(without), head, self.groups, self.head_groups, lines, steps, second, self.columns.names)

    def labelled(self, fold):
        return np.flatnonzero((self.pages.fold == fold) & self.pages.labelled)

    def see(self, fold, without):
        """The doubts about a fold's labelled pages of the chain that has not seen the folds `without`: (rows, their columns as numbers)."""
        name, mine = self.given.model + ".doubts", self.labelled(fold)
        self.write(name, without, self.heads[fold], [])
        rows, columns, page, row = [], [], iter(mine), 0
        for line in run_dump(self.given.program, [self.found[i][3] for i in mine], name):
            if line.startswith(b"page\t"):
                row = self.pages.off[next(page)]
            elif not line.startswith(b"headline\t"):
                one = line.split(b"\t", 3)[2]
                if int(one.rpartition(b",")[2]) >= self.ntext:
                    rows.append(row)
                    columns.append(one)
                row += 1
        os.remove(name)
        x = np.zeros((len(rows), len(self.columns.names)), np.uint8)
        self.columns.fill(x, np.arange(len(rows)), columns)
        return np.array(rows), x

    def second(self, without):
        """Trees; `without` is the fold that is judged, or None."""
        seen = [self.see(fold, frozenset({fold} if without is None else {fold, without})) for fold in range(FOLDS) if fold != without]
        rows, x = np.concatenate([one[0] for one in seen]), np.vstack([one[1] for one in seen])
        return trees.grow(x, self.pages.y[rows], self.weight[rows], trees.find_used(x, range(x.shape[1])), **SECOND)

    def judge_folds(self):
        """The program on each fold with the model that has not seen its sites."""
        rows = {}
        for k in range(FOLDS):
            name = "%s.%d" % (self.given.model, k)
            self.write(name, frozenset({k}), self.heads[k], ["without the sites of fold %d" % k], (), self.second(k))
            rows.update(run_program(self.given, self.found, self.labelled(k), name))
            if not self.given.folds:
                os.remove(name)
            print("fold %d of %d" % (k + 1, FOLDS), flush=True)
        return rows


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("corpus")
    options.add_argument("model")
    options.add_argument("--cache", default="build/corpus")
    options.add_argument("--chains", help="a folder where learned chains are kept for another run on the same pages and columns")
    options.add_argument("--folds", action="store_true", help="write MODEL.0, MODEL.1, ... of the folds besides")
    given = options.parse_args()
    unpack(given.corpus, given.cache)
    found = truths(given.corpus, given.cache) + unlabelled.find_pages(given.program, given.corpus, given.cache, RENDERERS)
    fold, groups, head_groups = folds(found), read_groups("CD_COLUMNS"), read_groups("CD_HEAD_COLUMNS")
    heads = learn_headlines(given, found, fold, groups, head_groups)
    pages = Pages(found, dump_by_folds(given, found, fold))
    print("%d pages, %d of them labelled, %d blocks, %d columns, %d sites" % (len(pages.meta), pages.labelled.sum(), len(pages.y), pages.x.shape[1],
                                                                             len({site(page[2]) for page in pages.meta})), flush=True)
    learner = Learner(given, found, pages, heads)
    rows = learner.judge_folds()
    steps = confidence_steps(rows)
    lines = ["Learned by data/model/train.py from the labelled pages of %s; the chain from %d texts of %s, too (README, \"Accuracy\")." %
             (", ".join(SETS), (~pages.labelled).sum(), ", ".join(unlabelled.SETS)),
             "The program on sites that were not learned from, %d folds by registered domain:" % FOLDS,
             "body F1 (precision/recall), headline exact; full: mean of the renderings but the first"]
    lines += report(found, rows)
    lines.append("Confidence: expected F1, mean F1, pages: " + "; ".join("%.4f %.3f %d" % (a / 1e6, b, n) for a, b, n in steps))
    print("\n".join(lines), flush=True)
    learner.write(given.model, frozenset(), heads[FOLDS], lines, steps, learner.second(None))


if __name__ == "__main__":
    main()
