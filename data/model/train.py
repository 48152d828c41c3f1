#!/usr/bin/env python3
"""train.py -- labelled pages -> data/model/body.model.

    make train CORPUS=DIR

CORPUS holds SET/truth.jsonl and SET/text/RENDERER.tar.xz. The columns of every block are those that `copydesk --dump features` prints, so that
training sees exactly what the program computes. A block is the story's where the labelled body has its words in that order. The model is
a small recurrent network over a page's blocks, and another over the lines that may be the headline (network.py). They learn from pages
without labels, too, of other sites: there the body and the headline that the program finds in the page's HTML stand for labels
(unlabelled.py); such a page counts a half, those of the sets 1 to 2.5. No figure is measured on them. All is judged on sites that it has
not seen: folds are by registered domain; and since the body's columns depend on the headline, the pages of a fold are read with the
headline's network that was learned without it. Needs numpy, scipy, numba and torch; seeds are fixed, and the result is the same on the same machine.
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

import numpy as np
import scipy.sparse

import network
import unlabelled

RENDERERS = ("resiliparse-main", "resiliparse-full", "inscriptis", "lynx")
SETS = {"wcxb-dev": 1.0, "andy-dev": 2.0, "fundus-dev": 2.5}  # what a page of each set counts: news pages are few
SHINGLE = 4
CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
WORD = re.compile("[%s]|[^\\W%s]+" % (CJK, CJK))
FOLDS = 5
SCALE = 1000  # the model's integers are thousandths
UNSURE = 0.5  # what a page counts where no one has labelled the body
BAR = -1800   # thousandths of log-odds; chosen by the folds' scores


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
    """Of every page, in order: its candidates for the headline as (columns, text), its blocks as (settled, columns, text)."""
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
            settled, columns, text = line.split(b"\t", 2)
            page[1].append((settled.decode(), numbers(columns), text.decode("utf-8", "replace")))
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
LEAST_SHARE = 0.005  # so many of the best candidates are below the least that a headline has
READ_SHARE = 0.01    # the same where blocks are read to learn from: a doubtful headline tells them nothing


def is_headline(text, headline):
    """Whether a line is the headline, or that with the site's name behind a bar."""
    return words(text) == headline or any(words(text[:bar.start()]) == headline for bar in SITE_NAME.finditer(text))


class Lines:
    """All lines that may be the headline as one table; page i has the rows off[i] to off[i + 1]. Right is, on a page, a line that is it."""

    def __init__(self, found, candidates, ncolumns):
        heads = [words(page[2].get("headline")) for page in found]
        self.off = np.concatenate([[0], np.cumsum([len(lines) for lines in candidates])]).astype(np.int64)
        self.x = one_hot([columns for lines in candidates for columns, _ in lines], ncolumns)
        self.y = np.array([bool(head) and is_headline(text, head) for head, lines in zip(heads, candidates) for _, text in lines], np.int8)
        self.fold = folds(found)
        self.weight = weights_of(found)


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


def weights_of(found):
    return np.array([SETS.get(page[0], UNSURE) for page in found])


class Pages:
    """All pages as one table of blocks; page i has the rows off[i] to off[i + 1]."""

    def __init__(self, found, dumped):
        columns, self.meta, self.texts, self.truth, dead = [], [], [], [], []
        for page, blocks in zip(found, dumped):
            self.meta.append(page)
            self.truth.append(words(page[2]["body"]))
            self.texts.append([block[2] for block in blocks])
            columns += [block[1] for block in blocks]
            dead += [any(sign in block[0] for sign in "dhr") for block in blocks]
        with multiprocessing.Pool() as pool:
            labelled = pool.map(label_page, list(zip(self.texts, self.truth)), chunksize=20)
        self.off = np.concatenate([[0], np.cumsum([len(texts) for texts in self.texts])]).astype(np.int64)
        self.y = np.array([one for labels, _ in labelled for one in labels], np.int8)
        self.n = np.array([one for _, counts in labelled for one in counts], np.float64)
        self.dead = np.array(dead, bool)
        self.x = one_hot(columns)
        self.fold = folds(self.meta)
        self.labelled = np.array([page[0] in SETS for page in self.meta])
        self.weight = weights_of(self.meta)


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


def write_front(out, kind, lines):
    out.write(kind + "\n" + "".join("# %s\n" % line for line in lines))


def write_levels(out, least, steps):
    """What a headline has at least; how sure the program is."""
    out.write("least %d\n" % round(least * SCALE))
    for expected, right, _ in steps:
        out.write("sure %d %d\n" % (round(expected), round(right * 1000)))


def write_model(path, learned, head, groups, head_groups, lines, steps=()):
    """What was learned of blocks may be None: then the headline's weights are all."""
    with open(path, "w", encoding="utf-8") as out:
        write_front(out, "copydesk-model 4", lines)
        if learned:
            network.write(out, learned, groups)
            out.write("bar %d\n" % BAR)
        network.write(out, head[0], head_groups, "head ")
        write_levels(out, head[1], steps)


def read_groups(name):
    """The groups of columns and their sizes, as src/tagger/features.h lists them."""
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../src/tagger/features.h"), encoding="utf-8") as file:
        text = file.read()
    text = text[text.index("#define %s(X)" % name):]
    return [(group, int(size)) for group, size in re.findall(r"X\((\w+), (\d+)\)", text[:text.index("typedef")])]


LEARNED_FROM = None  # table and kind for learn_without(), which runs in processes of its own


def learn_without(fold):
    """What the network learns from all pages but a fold's, or from all where that is FOLDS; one core each."""
    table, kind = LEARNED_FROM
    return network.learn(table, np.flatnonzero(table.fold != fold), kind)


def learn_folds(table, kind):
    """Of each fold, then of all pages."""
    global LEARNED_FROM
    LEARNED_FROM = table, kind
    with multiprocessing.get_context("fork").Pool() as pool:
        return pool.map(learn_without, range(FOLDS + 1), chunksize=1)


def learn_headlines(given, found, groups, head_groups):
    """(what was learned, the least sum of a headline) of the folds, then of all pages; MODEL.head.N are files to read the folds' blocks with."""
    candidates = [page[0] for page in dump(given.program, [page[3] for page in found])]
    lines, models = Lines(found, candidates, sum(size for _, size in head_groups)), []
    for k, learned in enumerate(learn_folds(lines, network.Lines)):
        sums = network.best_sums(learned, lines, np.flatnonzero(lines.fold != k))
        models.append((learned, float(np.quantile(sums, LEAST_SHARE))))
        if k < FOLDS:
            write_model("%s.head.%d" % (given.model, k), None, (learned, float(np.quantile(sums, READ_SHARE))), groups, head_groups, [])
    return models


def dump_by_folds(given, found, fold):
    """The blocks of all pages, each read with the headline model that has not seen its site."""
    blocks = [None] * len(found)
    for k in range(FOLDS):
        mine = np.flatnonzero(fold == k)
        for i, page in zip(mine, dump(given.program, [found[i][3] for i in mine], "%s.head.%d" % (given.model, k))):
            blocks[i] = page[1]
        os.remove("%s.head.%d" % (given.model, k))
    return blocks


# ---- folds ------------------------------------------------------------------------------------------------------------

def judge_folds(given, found, pages, learned, heads, groups, head_groups):
    """The program on each fold with the model that has not seen its sites."""
    rows = {}
    for k in range(FOLDS):
        name = "%s.%d" % (given.model, k)
        write_model(name, learned[k], heads[k], groups, head_groups, ["without the sites of fold %d" % k])
        rows.update(run_program(given, found, np.flatnonzero((pages.fold == k) & pages.labelled), name))
        if not given.folds:
            os.remove(name)
    return rows


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("corpus")
    options.add_argument("model")
    options.add_argument("--cache", default="build/corpus")
    options.add_argument("--folds", action="store_true", help="write MODEL.0, MODEL.1, ... of the folds besides")
    given = options.parse_args()
    unpack(given.corpus, given.cache)
    found = truths(given.corpus, given.cache) + unlabelled.find_pages(given.program, given.corpus, given.cache, RENDERERS)
    fold, groups, head_groups = folds(found), read_groups("CD_COLUMNS"), read_groups("CD_HEAD_COLUMNS")
    heads = learn_headlines(given, found, groups, head_groups)
    pages = Pages(found, dump_by_folds(given, found, fold))
    print("%d pages, %d of them labelled, %d blocks, %d columns, %d sites" % (len(pages.meta), pages.labelled.sum(), len(pages.y), pages.x.shape[1],
                                                                             len({site(page[2]) for page in pages.meta})), flush=True)
    learned = learn_folds(pages, network.Blocks)
    rows = judge_folds(given, found, pages, learned, heads, groups, head_groups)
    steps = confidence_steps(rows)
    lines = ["Learned by data/model/train.py from the labelled pages of %s; and %d texts of %s (README, \"Accuracy\")." %
             (", ".join(SETS), (~pages.labelled).sum(), ", ".join(unlabelled.SETS)),
             "The program on sites that were not learned from, %d folds by registered domain:" % FOLDS,
             "body F1 (precision/recall), headline exact; full: mean of the renderings but the first"]
    lines += report(found, rows)
    lines.append("Confidence: expected F1, mean F1, pages: " + "; ".join("%.4f %.3f %d" % (a / 1e6, b, n) for a, b, n in steps))
    print("\n".join(lines), flush=True)
    write_model(given.model, learned[FOLDS], heads[FOLDS], groups, head_groups, lines, steps)


if __name__ == "__main__":
    main()
