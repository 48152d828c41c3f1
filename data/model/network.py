"""network.py -- labelled blocks, or lines that may be the headline -> the recurrent networks of src/tagger/net.c. For train.py; needs torch
and numba.

A block's columns are summed up as its input; then come two layers of states that each block keeps a share of, down the page and up
(quasi-recurrent networks: Bradbury, Merity, Xiong, Socher 2016; simple recurrent units: Lei, Zhang, Wang, Dai, Artzi 2017), with straight
lines in place of sigmoids, so that integers do the same; a last layer, which sees input and states, and the columns' own weights judge.
Of blocks first the likelihood is learned, where a page counts by its weight, however long it is, and a block by its words, then besides the
mean of the pages' precision and recall (a soft F1); of lines that may be the headline the likelihood of the right ones among all of the
page (a softmax). So that the network does not learn pages by heart, in every round some columns of each block
and some blocks of each page are left out; what is kept is a mean of the weights that weighs the last steps most."""
import copy

import numba
import numpy as np
import torch

INPUTS, STATES, HIDDEN = 24, 16, 16  # as in src/tagger/net.c
COLUMN_MAX = 1.29                    # as large as a column's weight may be there
INPUT_MAX, HIDDEN_MAX = 4.0, 15.9
ROUNDS, HEAD_ROUNDS = 18, 12  # passes over the pages, for blocks and for lines that may be the headline
TUNED_FROM = 0.4     # from when on the soft F1 counts
RATE, DECAY, CLIP = 3e-3, 1e-5, 1.0
DROP = 0.1           # of inputs, states and hidden values, as they are passed on
LEFT_OUT = 0.25      # of the columns
HOLES = 0.5          # of a page's blocks so many at most
LIKELIHOOD = 0.3     # what it counts beside the soft F1
MEAN_OF = 0.999      # what the mean keeps of itself at a step
PIECE = 1200         # blocks: longer pages are cut
BATCH, BATCH_PAGES = 12000, 48
SHORTEST = 1.5       # words that are added to each block's
SCALE, COLUMN_ONE, ONE, STATE_ONE = 1000, 128, 2048, 8192  # as in src/tagger/net.c


@numba.njit(nogil=True)
def carry(keep, value, lengths, up, state):
    for page in range(len(lengths)):
        n = lengths[page]
        for i in range(n):
            at = n - 1 - i if up else i
            for k in range(keep.shape[2]):
                before = state[page, at + 1 if up else at - 1, k] if i else 0.0
                state[page, at, k] = keep[page, at, k] * before + (1 - keep[page, at, k]) * value[page, at, k]


@numba.njit(nogil=True)
def carry_back(keep, value, lengths, up, state, slope, of_keep, of_value):
    for page in range(len(lengths)):
        n = lengths[page]
        carried = np.zeros(keep.shape[2], np.float32)
        for i in range(n - 1, -1, -1):
            at = n - 1 - i if up else i
            for k in range(keep.shape[2]):
                before = state[page, at + 1 if up else at - 1, k] if i else 0.0
                here = slope[page, at, k] + carried[k]
                of_keep[page, at, k] = here * (before - value[page, at, k])
                of_value[page, at, k] = here * (1 - keep[page, at, k])
                carried[k] = here * keep[page, at, k]


class Carry(torch.autograd.Function):
    @staticmethod
    def forward(ctx, keep, value, lengths, up):
        keep, value, state = keep.contiguous(), value.contiguous(), torch.zeros_like(keep)
        carry(keep.detach().numpy(), value.detach().numpy(), lengths, up, state.numpy())
        ctx.save_for_backward(keep, value, state)
        ctx.lengths, ctx.up = lengths, up
        return state

    @staticmethod
    def backward(ctx, slope):
        keep, value, state = ctx.saved_tensors
        of_keep, of_value = torch.zeros_like(keep), torch.zeros_like(keep)
        carry_back(keep.numpy(), value.numpy(), ctx.lengths, ctx.up, state.numpy(), slope.contiguous().numpy(), of_keep.numpy(), of_value.numpy())
        return of_keep, of_value, None, None


class Layer(torch.nn.Module):
    def __init__(self, values):
        super().__init__()
        self.ways = torch.nn.ModuleList([torch.nn.Linear(values, 2 * STATES) for _ in range(2)])
        for way in self.ways:
            way.bias.data[:STATES] += 1

    def forward(self, x, lengths):
        states = []
        for up, way in enumerate(self.ways):
            gates = way(x)
            states.append(Carry.apply(torch.clamp(gates[..., :STATES] / 4 + 0.5, 0, 1), torch.clamp(gates[..., STATES:], -1, 1), lengths, bool(up)))
        return torch.cat(states, -1)


class Network(torch.nn.Module):
    def __init__(self, ncolumns):
        super().__init__()
        self.columns, self.own = torch.nn.EmbeddingBag(ncolumns, INPUTS, mode="sum"), torch.nn.EmbeddingBag(ncolumns, 1, mode="sum")
        torch.nn.init.normal_(self.columns.weight, 0, 0.1)
        torch.nn.init.zeros_(self.own.weight)
        self.input = torch.nn.Parameter(torch.zeros(INPUTS))
        self.near, self.far = Layer(INPUTS), Layer(2 * STATES)
        self.last, self.out = torch.nn.Linear(INPUTS + 2 * STATES, HIDDEN), torch.nn.Linear(HIDDEN, 1)
        self.drop = torch.nn.Dropout(DROP)

    def forward(self, batch):
        values = torch.clamp(self.columns(batch.at, batch.starts) + self.input, 0, INPUT_MAX)
        pages = torch.zeros(len(batch.lengths) * batch.longest, INPUTS).index_copy(0, batch.place, self.drop(values))
        pages = pages.view(len(batch.lengths), batch.longest, INPUTS)
        far = self.far(self.drop(self.near(pages, batch.lengths)), batch.lengths).reshape(-1, 2 * STATES)[batch.place]
        hidden = torch.clamp(self.last(torch.cat([values, self.drop(far)], 1)), 0, HIDDEN_MAX)
        return (self.out(self.drop(hidden)) + self.own(batch.at, batch.starts)).squeeze(1)


def number(values):
    return torch.from_numpy(np.asarray(values, np.float32))


class Batch:
    """Pieces of pages, each (page, first row, behind the last), with holes where chance wants them; chance may be None."""

    def __init__(self, pages, pieces, chance):
        rows = [np.arange(a, b) for _, a, b in pieces]
        if chance:
            rows = [self.leave_out(pages, one, chance) for one in rows]
        self.lengths = np.array([len(one) for one in rows])
        self.longest = int(self.lengths.max())
        self.place = torch.from_numpy(np.concatenate([i * self.longest + np.arange(n) for i, n in enumerate(self.lengths)]))
        self.page = torch.from_numpy(np.repeat(np.arange(len(rows)), self.lengths))
        self.rows = np.concatenate(rows)
        self.take_columns(pages.x, chance)
        self.y = number(pages.y[self.rows])
        self.weight = number([pages.weight[page] for page, _, _ in pieces])

    @staticmethod
    def leave_out(pages, rows, chance):
        stay = rows[chance.random(len(rows)) >= HOLES * chance.random()]
        return stay if len(stay) else rows

    def take_columns(self, x, chance):
        first, counts = x.indptr[self.rows], np.diff(x.indptr)[self.rows]
        starts = np.concatenate([[0], np.cumsum(counts)])
        at = x.indices[np.repeat(first - starts[:-1], counts) + np.arange(starts[-1])]
        if chance:
            stay = chance.random(len(at)) >= LEFT_OUT
            at, starts = at[stay], np.concatenate([[0], np.cumsum(stay)])[starts]
        self.at, self.starts = torch.from_numpy(at.astype(np.int64)), torch.from_numpy(starts[:-1].astype(np.int64))

    def sum(self, values):
        return torch.zeros(len(self.lengths)).index_add(0, self.page, values)


class Blocks(Batch):
    """Of all pages: their blocks, cut where they are very many."""
    rounds = ROUNDS

    def __init__(self, pages, pieces, chance):
        super().__init__(pages, pieces, chance)
        self.n = number(pages.n[self.rows])
        self.alive = number(pages.n[self.rows] * ~pages.dead[self.rows])
        self.truth = number([len(pages.truth[page]) * (b - a) / (pages.off[page + 1] - pages.off[page]) for page, a, b in pieces])

    @staticmethod
    def pieces(pages, chosen):
        found = []
        for page in chosen:
            a, b = pages.off[page], pages.off[page + 1]
            cuts = np.linspace(a, b, -(-(b - a) // PIECE) + 1).astype(int)
            found += [(page, cuts[i], cuts[i + 1]) for i in range(len(cuts) - 1)]
        return found

    def loss(self, sums, tuned):
        words = self.n + SHORTEST
        unlikely = torch.nn.functional.binary_cross_entropy_with_logits(sums, self.y, reduction="none") * words / self.sum(words)[self.page]
        lost = self.sum(unlikely)
        if tuned:
            kept = torch.sigmoid(sums) * self.alive
            right, truth = self.sum(kept * self.y), torch.maximum(self.sum(self.n * self.y), self.truth) + 1
            lost = LIKELIHOOD * lost + 2 - right / (self.sum(kept) + 1) - torch.clamp(right / truth, max=1)
        return (lost * self.weight).mean()


class Lines(Batch):
    """Of pages that have the headline as a line: all lines that may be it."""
    rounds = HEAD_ROUNDS

    @staticmethod
    def pieces(pages, chosen):
        return [(page, pages.off[page], pages.off[page + 1]) for page in chosen if pages.y[pages.off[page]:pages.off[page + 1]].any()]

    @staticmethod
    def leave_out(pages, rows, chance):
        return rows[(chance.random(len(rows)) >= HOLES * chance.random()) | (pages.y[rows] > 0)]

    def loss(self, sums, tuned):
        most = torch.full((len(self.lengths),), -1e9).scatter_reduce(0, self.page, sums.detach(), "amax")
        share = torch.exp(sums - most[self.page])
        return (-torch.log(self.sum(share * self.y) / self.sum(share) + 1e-9) * self.weight).mean()


def batches(pieces, chance):
    """Pieces of about the same length together, in an order by chance."""
    found, longest = [[]], 0
    for piece in sorted(pieces, key=lambda one: (one[2] - one[1]) * (1 + 0.2 * chance.random())):
        longest = max(longest, piece[2] - piece[1])
        if found[-1] and (longest * (len(found[-1]) + 1) > BATCH or len(found[-1]) == BATCH_PAGES):
            found.append([])
            longest = piece[2] - piece[1]
        found[-1].append(piece)
    chance.shuffle(found)
    return found


def learn(pages, chosen, kind, seed=1):
    """The weights by their names; kind: Blocks or Lines. On one core, so that the sums have one order."""
    torch.set_num_threads(1)
    torch.manual_seed(seed)
    chance, pieces = np.random.default_rng(seed), kind.pieces(pages, chosen)
    network = Network(pages.x.shape[1])
    mean = copy.deepcopy(network).requires_grad_(False).eval()
    steps = torch.optim.AdamW(network.parameters(), lr=RATE, weight_decay=DECAY)
    step, all_steps = 0, kind.rounds * len(batches(pieces, chance))
    for k in range(kind.rounds):
        for chosen_pieces in batches(pieces, chance):
            for group in steps.param_groups:
                group["lr"] = RATE * min(1, (step + 1) / 100) * (0.5 + 0.5 * np.cos(np.pi * min(1, step / all_steps)))
            step += 1
            batch = kind(pages, chosen_pieces, chance)
            steps.zero_grad()
            batch.loss(network(batch), k >= kind.rounds * TUNED_FROM).backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), CLIP)
            steps.step()
            with torch.no_grad():
                network.columns.weight.clamp_(-COLUMN_MAX, COLUMN_MAX)
                stay = min(MEAN_OF, (step + 1) / (step + 10))
                for own, other in zip(mean.parameters(), network.parameters()):
                    own.mul_(stay).add_(other, alpha=1 - stay)
    return {name: values.numpy().copy() for name, values in mean.state_dict().items()}


def best_sums(learned, pages, chosen):
    """Of each chosen page that has the headline as a line: the greatest sum of its lines."""
    network = Network(pages.x.shape[1]).eval()
    network.load_state_dict({name: torch.from_numpy(values) for name, values in learned.items()})
    found = []
    with torch.no_grad():
        for pieces in batches(Lines.pieces(pages, chosen), np.random.default_rng(0)):
            batch = Lines(pages, pieces, None)
            found.append(torch.full((len(pieces),), -1e9).scatter_reduce(0, batch.page, network(batch), "amax").numpy())
    return np.concatenate(found)


def whole(values, one):
    return np.rint(np.asarray(values, np.float64) * one).astype(int)


def write_rows(out, name, inputs, weights, bias):
    """A layer's weights by value, (values, sums), of which the first are inputs, then its bias; states weigh less, since they are greater
    numbers."""
    for i, row in enumerate(weights):
        out.write("%s %d %s\n" % (name, i, " ".join(map(str, whole(row, ONE if i < inputs else ONE * ONE / STATE_ONE)))))
    out.write("%s %d %s\n" % (name, len(weights), " ".join(map(str, whole(bias, ONE)))))


def write(out, w, groups, front=""):
    """The lines of a model file (src/tagger/net.h) for what learn() gives; front: the word that the network's lines have in front."""
    out.write("%snet %d %d %d\n" % (front, INPUTS, STATES, HIDDEN))
    out.write("%sinput %s\n" % (front, " ".join(map(str, whole(w["input"], COLUMN_ONE)))))
    for name, inputs in (("near", INPUTS), ("far", 0)):
        ways = [("%s.ways.%d." % (name, up)) for up in range(2)]
        write_rows(out, front + name, inputs, np.concatenate([w[way + "weight"] for way in ways]).T, np.concatenate([w[way + "bias"] for way in ways]))
    write_rows(out, front + "last", INPUTS, w["last.weight"].T, w["last.bias"])
    out.write("%sout %s\n" % (front, " ".join(map(str, np.append(whole(w["out.weight"][0], ONE), whole(w["out.bias"], ONE))))))
    for column, (name, place) in enumerate((name, place) for name, size in groups for place in range(size)):
        own, shares = whole(w["own.weight"][column][0], SCALE), whole(w["columns.weight"][column], COLUMN_ONE)
        if own or shares.any():
            out.write("%s %d %d %s\n" % (name, place, own, " ".join(map(str, shares))))
