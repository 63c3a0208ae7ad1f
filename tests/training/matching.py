"""Train what sets questions against lines of articles: python -m tests.training.matching.

Trains the upper half of the embedding model on, so that the word pieces of a question lie close to
those of the lines that its answer rests on and far from those of other lines of the same articles
(late interaction with a contrastive loss: ColBERT, Khattab and Zaharia, 2020), and phrases of one
group (the thesaurus and `tests/data/phrases`) close to each other. Writes bot/data/matching.onnx
(int8). Folders named with --held are left out and measured on; --folders names those to train on,
for features of the others.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.searching import thesaurus
from bot.tagging import classes, matching
from bot.tagging.matching import STEEPNESS
from bot.tagging.windows import Pieces
from ingest.embedding import LocalEmbedding
from tests.benchmarks import examples
from tests.training import preparing, upper
from tests.training.preparing import HELD
from tests.training.upper import Upper

# Groups of phrases beside those of the thesaurus.
PHRASES = Path("tests/data/phrases/groups.txt")
MODEL = Path("bot/data/matching.onnx")
RATE, PROJECTION_RATE, WEIGHT_RATE, DECAY = 1e-4, 3e-4, 1e-3, 0.01
SIZE = 128
# Questions of one article in a step, windows of other articles, groups of phrases.
N_QUESTIONS, N_OTHERS, N_GROUPS = 40, 3, 48
GROUPS_COUNT = 0.5
# Windows of which the projection begins with the principal directions.
N_BEGUN = 200

Key = tuple[str, int]


@dataclass(frozen=True, eq=False)
class Read:
    """A window by the middle layer, with where the pieces of each line stand in it."""

    article_id: str
    pieces: np.ndarray
    lines: tuple[tuple[Key, int, int], ...]


@dataclass(frozen=True, eq=False)
class Asked:
    """A question by the middle layer, with the lines that its answer rests on."""

    pieces: np.ndarray
    n_before: int
    lines: frozenset[Key]


@dataclass(frozen=True)
class Folder:
    """What is learnt from a folder: windows by article, questions by their first line's article."""

    windows: Mapping[str, Sequence[Read]]
    questions: Mapping[str, Sequence[Asked]]


class Network(Upper):
    """The upper half of the embedding model, and a projection."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__(model)
        self.projection = nn.Linear(self.size, SIZE, bias=False)
        self.weights = nn.Linear(self.size, 1)
        nn.init.zeros_(self.weights.weight)

    def forward(self, pieces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """pieces (b, n, dim), mask (b, n) of 0 and 1: unit vectors (b, n, SIZE), logits (b, n)."""
        pieces = self.raised(pieces, mask)
        vectors = nn.functional.normalize(self.projection(pieces), dim=-1)
        return vectors, self.weights(pieces)[..., 0]

    def begin(self, some: Sequence[np.ndarray]) -> None:
        """Project on the principal directions of what the layers make of these pieces."""
        with torch.no_grad():
            made = [self.raised(torch.from_numpy(one.astype(np.float32))[None])[0] for one in some]
            _, _, directions = torch.pca_lowrank(torch.cat(made), q=SIZE)
            self.projection.weight.data = directions.T.contiguous()

    def of(self, some: Sequence[np.ndarray]) -> tuple[Tensor, Tensor]:
        """As `forward`, of sequences of any length."""
        longest, size = max(map(len, some)), some[0].shape[1]
        pieces = np.zeros((len(some), longest, size), np.float32)
        mask = np.zeros((len(some), longest), np.float32)
        for row, one in enumerate(some):
            pieces[row, : len(one)], mask[row, : len(one)] = one, 1
        vectors, weights = self(torch.from_numpy(pieces), torch.from_numpy(mask))
        return vectors, weights + (torch.from_numpy(mask) - 1) * -matching.MARK


# -- what is learnt from --------------------------------------------------------------------------


def read(folder: Path, embed: LocalEmbedding) -> Folder:
    """The windows and questions of a folder, by the middle layer."""
    book, pieces = examples.read_book(folder), Pieces(embed.folder)
    cut = [
        w
        for id, a in book.articles.items()
        for w in matching.windows.cut(a, book.lines[id], pieces)
    ]
    ids = [[pieces.first, *w.context, *w.ids, pieces.divider] for w in cut]
    found: dict[str, list[Read]] = {}
    for window, vectors in zip(cut, embed.middle(ids), strict=True):
        sheet = matching.Sheet(window, vectors)
        lines = zip(window.lines, sheet.lines, strict=True)
        placed = tuple(((window.article_id, start), a, b) for (start, _), (a, b) in lines if a < b)
        held = Read(window.article_id, vectors.astype(np.float16), placed)
        found.setdefault(window.article_id, []).append(held)
    return Folder(found, _questions(folder, book, embed, pieces))


def _questions(
    folder: Path, book: examples.Book, embed: LocalEmbedding, pieces: Pieces
) -> dict[str, list[Asked]]:
    told = [e for e in examples.read_examples(folder, book) if e.lines]
    before = [preparing.last(e.history) for e in told]
    pairs = zip(told, before, strict=True)
    vectors = embed.middle([classes.ids(pieces, e.question, b) for e, b in pairs])
    found: dict[str, list[Asked]] = {}
    for example, text, each in zip(told, before, vectors, strict=True):
        n_before = classes.n_before(pieces, text)
        asked = Asked(each.astype(np.float16), n_before, example.lines)
        found.setdefault(min(example.lines)[0], []).append(asked)
    return found


def phrases(embed: LocalEmbedding) -> list[list[np.ndarray]]:
    """Groups of phrases, each phrase by the middle layer; phrases with a gap left out."""
    pieces = Pieces(embed.folder)
    more = [line.split(" | ") for line in PHRASES.read_text(encoding="utf-8").splitlines()]
    every = [*thesaurus.groups(), *more]
    plain = [[p.lstrip("*") for p in group if thesaurus.GAP not in p] for group in every]
    groups = [group for group in plain if len(group) > 1]
    ids = [[pieces.first, *pieces.of(p, 20), pieces.divider] for group in groups for p in group]
    vectors = iter(embed.middle(ids))
    return [[next(vectors).astype(np.float16) for _ in group] for group in groups]


# -- training -------------------------------------------------------------------------------------


def scores(
    net: Network, asked: Sequence[tuple[np.ndarray, int]], lines: Tensor, owners: Tensor, n: int
) -> Tensor:
    """Logits (questions, n lines); lines (pieces, SIZE), owners (pieces,): the line of each."""
    vectors, weights = net.of([pieces for pieces, _ in asked])
    prior = np.zeros(weights.shape, np.float32)
    for row, (pieces, n_before) in enumerate(asked):
        prior[row, : len(pieces)] = matching.prior(len(pieces), n_before)
    shares = (weights + torch.from_numpy(prior)).softmax(1)
    cosines = vectors.reshape(-1, SIZE) @ lines.T
    places = owners[None].expand(len(cosines), -1)
    best = torch.full((len(cosines), n), -1.0)
    best = best.scatter_reduce(1, places, cosines, "amax", include_self=False)
    matches = torch.einsum("bp,bpn->bn", shares, best.reshape(*weights.shape, n))
    return STEEPNESS * matches


def placed(net: Network, windows: Sequence[Read]) -> tuple[list[Key], Tensor, Tensor]:
    """The lines of windows, the vectors of their pieces, and the line of each piece."""
    vectors, _ = net.of([w.pieces for w in windows])
    keys: list[Key] = []
    parts: list[Tensor] = []
    owners: list[int] = []
    for row, window in enumerate(windows):
        for key, a, b in window.lines:
            parts.append(vectors[row, a:b])
            owners += [len(keys)] * (b - a)
            keys.append(key)
    return keys, torch.cat(parts), torch.tensor(owners)


def loss_of(net: Network, folder: Folder, article: str, asked: Sequence[Asked]) -> Tensor:
    """The mean over questions of an article of minus the log share of each line to cite."""
    needed = {key for one in asked for key in one.lines}
    others = [w for id, own in folder.windows.items() if id != article for w in own]
    also = [w for w in others if any(key in needed for key, _, _ in w.lines)]
    chosen = [*folder.windows[article], *also, *random.sample(others, min(N_OTHERS, len(others)))]
    windows = list({id(window): window for window in chosen}.values())
    keys, lines, owners = placed(net, windows)
    place = {key: i for i, key in enumerate(keys)}
    logits = scores(net, [(one.pieces, one.n_before) for one in asked], lines, owners, len(keys))
    each = []
    for row, one in zip(logits, asked, strict=True):
        gold = [place[key] for key in one.lines if key in place]
        if gold:
            rest = row.index_fill(0, torch.tensor(gold), -1e4).logsumexp(0)
            each.append((torch.logaddexp(row[gold], rest) - row[gold]).mean())
    return torch.stack(each).mean() if each else torch.zeros(())


def loss_of_phrases(net: Network, groups: Sequence[Sequence[np.ndarray]]) -> Tensor:
    """How far one phrase of each group is from finding another one of it among all."""
    pairs = [random.sample(list(g), 2) for g in random.sample(list(groups), N_GROUPS)]
    vectors, _ = net.of([other for _, other in pairs])
    inner = [vectors[i, 1 : len(other) - 1] for i, (_, other) in enumerate(pairs)]
    owners = torch.tensor([i for i, part in enumerate(inner) for _ in part])
    logits = scores(net, [(one, 0) for one, _ in pairs], torch.cat(inner), owners, N_GROUPS)
    return nn.functional.cross_entropy(logits, torch.arange(N_GROUPS))


def steps(folders: Sequence[Folder]) -> list[tuple[Folder, str, Sequence[Asked]]]:
    """The steps of a pass, in random order: an article with some of its questions each."""
    found: list[tuple[Folder, str, Sequence[Asked]]] = []
    for folder in folders:
        for article, questions in folder.questions.items():
            mixed = random.sample(list(questions), len(questions))
            n = max(1, round(len(mixed) / N_QUESTIONS))
            found += [(folder, article, mixed[k::n]) for k in range(n)]
    return random.sample(found, len(found))


def train(
    net: Network,
    folders: Sequence[Folder],
    groups: Sequence[Sequence[np.ndarray]],
    epochs: int,
    held: Mapping[str, Folder],
) -> None:
    """Fit, telling after each pass how often a line to cite comes first in the held folders."""
    optimizer = torch.optim.AdamW(
        [
            {"params": net.layers.parameters(), "lr": RATE},
            {"params": net.projection.parameters(), "lr": PROJECTION_RATE},
            {"params": net.weights.parameters(), "lr": WEIGHT_RATE},
        ],
        weight_decay=DECAY,
    )
    n_steps = len(steps(folders)) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer,
        lambda k: min((k + 1) / 60, max(0.03, 0.5 * (1 + math.cos(math.pi * min(1, k / n_steps))))),
    )
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        net.train()
        of_pass = steps(folders)
        for folder, article, asked in of_pass:
            loss = loss_of(net, folder, article, asked)
            total += float(loss.detach())
            loss = loss + GROUPS_COUNT * loss_of_phrases(net, groups)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
        told = "; ".join(f"{name} {measured(net, own)}" for name, own in held.items())
        took = time.monotonic() - began
        _say(f"pass {epoch + 1}: loss {total / len(of_pass):.3f}, {told}, {took:.0f} s")


def measured(net: Network, folder: Folder) -> str:
    """Share of questions that have a line to cite first among all of a folder, and in five."""
    net.eval()
    ranks: list[int] = []
    with torch.no_grad():
        read = [placed(net, own) for own in folder.windows.values()]
        sizes = np.cumsum([0, *(len(keys) for keys, _, _ in read)])
        owners = torch.cat([own + int(n) for (_, _, own), n in zip(read, sizes, strict=False)])
        place = {key: i for i, key in enumerate(key for keys, _, _ in read for key in keys)}
        lines = torch.cat([vectors for _, vectors, _ in read])
        for questions in folder.questions.values():
            asked = [(one.pieces, one.n_before) for one in questions]
            for row, one in zip(
                scores(net, asked, lines, owners, len(place)), questions, strict=True
            ):
                gold = [place[key] for key in one.lines if key in place]
                ranks += [min(int((row > row[i]).sum()) for i in gold)] if gold else []
    found = np.array(ranks)
    return f"{(found < 1).mean():.3f} ({(found < 5).mean():.3f} in five)"


def export(net: Network, path: Path) -> None:
    """Write the network, for several sequences at once."""
    shape = {0: torch.export.Dim("b", min=1, max=512), 1: torch.export.Dim("n", min=2, max=512)}
    given = {"pieces": torch.zeros(3, 7, net.size), "mask": torch.ones(3, 7)}
    upper.export(net, path, given, shape, ["vectors", "weights"])


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _state(path: Path, net: Network) -> Mapping[str, Tensor]:
    """Parameters as `--state` keeps them, or as exported."""
    return upper.restored(path, net) if path.suffix == ".onnx" else torch.load(path)


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--folders", nargs="*", help="to train on; all but the held ones otherwise")
    parser.add_argument("--held", nargs="*", default=HELD, help="left out, and measured on")
    parser.add_argument(
        "--on", nargs="*", type=Path, default=[], help="begin with the mean of these"
    )
    parser.add_argument("--state", type=Path, help="file to keep the parameters in")
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args()
    embed = upper.begun()
    every = [folder.name for folder in preparing.folders()]
    names = chosen.folders or [name for name in every if name not in chosen.held]
    folders = [read(preparing.DATA / name, embed) for name in names]
    held = {name: read(preparing.DATA / name, embed) for name in chosen.held}
    _say(f"{sum(len(own) for f in folders for own in f.questions.values())} questions")
    net = Network(upper.base(embed))
    windows = [w.pieces for f in folders for own in f.windows.values() for w in own]
    if chosen.on:
        states = [_state(path, net) for path in chosen.on]
        mean = {k: sum(state[k] for state in states) / len(states) for k in states[0]}
        net.load_state_dict(mean)
    else:
        net.begin(random.sample(windows, N_BEGUN))
    train(net, folders, phrases(embed), chosen.epochs, held)
    if chosen.state:
        torch.save(net.state_dict(), chosen.state)
    export(net, chosen.out)


if __name__ == "__main__":
    main()
