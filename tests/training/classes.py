"""Train what tells the class of a question from its wording: python -m tests.training.classes.

Fine-tunes the upper half of the embedding model on the questions of `tests/data/training` and of
`tests/data/wordings` and writes bot/data/classes.onnx (int8). Folders named with --held are left
out; their questions, and those of `tests/data/world`, are what each pass is measured on.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from bot.evaluation import sets
from bot.tagging import classes
from bot.tagging.tags import CLASSES
from bot.tagging.windows import Pieces
from ingest.embedding import LocalEmbedding
from tests.benchmarks import examples
from tests.training import preparing, upper
from tests.training.preparing import HELD
from tests.training.upper import Upper

WORDINGS = Path("tests/data/wordings")
WORLD = Path("tests/data/world/questions.yaml")
MODEL = Path("bot/data/classes.onnx")
RATE, HEAD_RATE, DECAY, BATCH, SMOOTHING = 1e-4, 1e-3, 0.01, 32, 0.05
_CALLED = {"multiple": "ratio"}
# A question with the one before it, and its class; the vectors of its pieces, and its class.
Asked = tuple[str | None, str, int]
Item = tuple[np.ndarray, int]


def of_folder(folder: Path) -> Iterator[Asked]:
    """The questions of a folder of articles."""
    book = examples.read_book(folder)
    for example in examples.read_examples(folder, book):
        target = preparing.target_of(example)
        if target in CLASSES and example.kind != "yesno":
            yield preparing.last(example.history), example.question, CLASSES.index(target)


def of_wordings(path: Path) -> Iterator[Asked]:
    """Questions without articles; what stands before " / " is the one before."""
    for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
        held = json.loads(line)
        before, _, asked = held["q"].rpartition(" / ")
        yield before or None, asked, CLASSES.index(held["op"])


def of_set(path: Path) -> Iterator[Asked]:
    """The questions of a set that have an answer."""
    for case in sets.load(path):
        if case.kind in {"unanswerable", "yesno"}:
            continue
        called = case.operation and _CALLED.get(case.operation, case.operation)
        kind = called or ("text" if case.kind == "text" else "quoted")
        if kind in CLASSES:
            yield preparing.last(case.history), case.question, CLASSES.index(kind)


class Network(Upper):
    """The upper half of the embedding model, and the classes."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__(model)
        self.shed = nn.Dropout(0.1)
        self.out = nn.Linear(self.size, len(CLASSES))

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """pieces (b, n, dim) by the middle layer, mask (b, n) of 0 and 1: logits (b, classes)."""
        weight = mask.unsqueeze(-1)
        mean = (self.raised(pieces, mask) * weight).sum(1) / weight.sum(1)
        logits: Tensor = self.out(self.shed(mean) * 3)
        return logits


def items(asked: Sequence[Asked], embed: LocalEmbedding) -> list[Item]:
    """What the network reads of each question."""
    pieces = Pieces(embed.folder)
    ids = [classes.ids(pieces, text, before) for before, text, _ in asked]
    read = embed.middle(ids)
    return [(v.astype(np.float16), kind) for v, (_, _, kind) in zip(read, asked, strict=True)]


def batches(some: Sequence[Item]) -> list[Sequence[Item]]:
    """Batches of about equal length, in random order."""
    ordered = sorted(some, key=lambda item: len(item[0]) + random.random() * 4)
    made = [ordered[k : k + BATCH] for k in range(0, len(ordered), BATCH)]
    random.shuffle(made)
    return made


def tensors(batch: Sequence[Item]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, mask and classes of a batch."""
    longest, size = max(len(v) for v, _ in batch), batch[0][0].shape[1]
    pieces = np.zeros((len(batch), longest, size), np.float32)
    mask = np.zeros((len(batch), longest), np.float32)
    for row, (vectors, _) in enumerate(batch):
        pieces[row, : len(vectors)] = vectors
        mask[row, : len(vectors)] = 1
    kinds = torch.tensor([kind for _, kind in batch])
    return torch.from_numpy(pieces), torch.from_numpy(mask), kinds


def train(net: Network, some: Sequence[Item], epochs: int, held: dict[str, list[Item]]) -> None:
    """Fit, telling after each pass how the held ones are read."""
    body = list(net.layers.parameters())
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": net.out.parameters(), "lr": HEAD_RATE}],
        weight_decay=DECAY,
    )
    n_steps = math.ceil(len(some) / BATCH) * epochs
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda k: min(1, k / 60) * max(0.01, 1 - k / n_steps)
    )
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        net.train()
        for batch in batches(some):
            pieces, mask, kinds = tensors(batch)
            loss = nn.functional.cross_entropy(net(pieces, mask), kinds, label_smoothing=SMOOTHING)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(batch)
        told = "; ".join(f"{name} {measured(net, own)}" for name, own in held.items())
        took = time.monotonic() - began
        sys.stdout.write(f"pass {epoch + 1}: loss {total / len(some):.3f}, {told}, {took:.0f} s\n")
        sys.stdout.flush()


def measured(net: Network, some: Sequence[Item]) -> str:
    """Share right, and of the computed ones the share right among the operations."""
    net.eval()
    right, computed = [], []
    for batch in batches(some):
        pieces, mask, kinds = tensors(batch)
        with torch.no_grad():
            logits = net(pieces, mask)
        right += (logits.argmax(1) == kinds).tolist()
        among = logits[:, 2:].argmax(1) + 2 == kinds
        computed += among[kinds >= 2].tolist()
    return f"{np.mean(right):.3f} ({np.mean(computed):.3f} of the computed)"


def export(net: Network, path: Path) -> None:
    """Write the network, for one question at a time."""
    shape = {1: torch.export.Dim("n", min=2, max=512)}
    given = {"pieces": torch.zeros(1, 7, net.size), "mask": torch.ones(1, 7)}
    upper.export(net, path, given, shape, ["classes"])


def main() -> None:
    """Read, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--held", nargs="*", default=HELD, help="left out")
    parser.add_argument("--out", type=Path, default=MODEL)
    chosen = parser.parse_args()
    embed = upper.begun()
    read = {f.name: items(list(of_folder(f)), embed) for f in preparing.folders()}
    read |= {p.stem: items(list(of_wordings(p)), embed) for p in sorted(WORDINGS.glob("*.jsonl"))}
    held = {name: read.pop(name) for name in chosen.held}
    held["world"] = items(list(of_set(WORLD)), embed)
    some = [item for own in read.values() for item in own]
    sys.stdout.write(f"{len(some)} questions\n")
    net = Network(upper.base(embed))
    train(net, some, chosen.epochs, held)
    export(net, chosen.out)


if __name__ == "__main__":
    main()
