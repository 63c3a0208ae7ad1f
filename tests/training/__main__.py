"""Train the tagger on the open examples and write it: python -m tests.training [--epochs N].

Writes bot/data/tagger.onnx, and what it was exported from to tests/training/tagger.npz, from where
--on goes on (at a lower --rate). What the matcher says of the folders that it was itself trained on
is too good to learn from: `tests.training.matching` trains one on half of the folders, with which
--prepare FILE --folders ... prepares the other half; --kept FILE ... trains on what was prepared.
Folders named with --held are left out, for `tests.training.judge`.
"""

from __future__ import annotations

import argparse
import math
import pickle
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from bot.tagging import alignments, features
from bot.tagging.tagger import SCALE
from ingest import embedding
from tests.training import network, preparing
from tests.training.network import Batch, Network
from tests.training.preparing import HELD, Prepared

HOME = Path("bot/data")
STATE = Path("tests/training/tagger.npz")
RATE, DECAY, BATCH = 1.5e-3, 0.05, 24


def batch_of(items: Sequence[Prepared]) -> Batch:
    """Arrays of several questions, padded."""
    n_pieces = max(len(item.inputs.question) for item in items)
    n_figures = max(len(item.inputs.figure_facts) for item in items)
    n_lines = max(len(item.inputs.line_facts) for item in items)
    b = len(items)
    made = {
        "question": np.zeros((b, n_pieces, network.PIECE_SIZE), np.float32),
        "asked_now": np.zeros((b, n_pieces), np.int64),
        "asked": np.zeros((b, n_pieces), bool),
        "about": np.stack([item.inputs.about for item in items]),
        "figure_edges": np.zeros((b, n_figures, n_pieces, 2 * alignments.N_REGIONS), np.float32),
        "figure_facts": np.zeros((b, n_figures, features.N_FIGURE), np.float32),
        "are_figures": np.zeros((b, n_figures), bool),
        "line_edges": np.zeros((b, n_lines, n_pieces, 2 * alignments.N_LINE_REGIONS), np.float32),
        "line_facts": np.zeros((b, n_lines, features.N_LINE), np.float32),
        "are_lines": np.zeros((b, n_lines), bool),
        "first": np.zeros((b, n_figures), np.float32),
        "second": np.zeros((b, n_figures), np.float32),
        "cited": np.zeros((b, n_lines), np.float32),
        "is_known": np.array([item.is_known for item in items], np.float32),
        "target": np.array([item.target for item in items]),
    }
    for row, item in enumerate(items):
        _fill(made, row, item)
    return {name: torch.from_numpy(array) for name, array in made.items()}


def _fill(made: dict[str, np.ndarray], row: int, item: Prepared) -> None:
    given = item.inputs
    p, f, n = len(given.question), len(given.figure_facts), len(given.line_facts)
    made["question"][row, :p] = given.question * SCALE
    made["asked_now"][row, :p] = given.asked_now
    made["asked"][row, :p] = True
    made["figure_edges"][row, :f, :p] = given.figure_edges
    made["figure_facts"][row, :f] = given.figure_facts
    made["are_figures"][row, : len(given.figures)] = True
    made["line_edges"][row, :n, :p] = given.line_edges
    made["line_facts"][row, :n] = given.line_facts
    made["are_lines"][row, : len(given.lines)] = True
    made["first"][row, :f], made["second"][row, :f] = item.first, item.second
    made["cited"][row, :n] = item.cited


def train(items: Sequence[Prepared], net: Network, epochs: int, rate: float) -> None:
    """Train a network on these examples."""
    optimizer = torch.optim.AdamW(net.parameters(), lr=rate, weight_decay=DECAY)
    n_steps = math.ceil(len(items) / BATCH) * epochs

    def scale(step: int) -> float:
        falling = 0.5 * (1 + math.cos(math.pi * min(1, step / n_steps)))
        return min((step + 1) / max(1, n_steps * 0.06), max(0.01, falling))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, scale)
    for epoch in range(epochs):
        began, total = time.monotonic(), 0.0
        ordered = sorted(items, key=lambda i: len(i.inputs.figure_facts) + random.random() * 60)
        batches = list(preparing.chunks(ordered, BATCH))
        random.shuffle(batches)
        for some in batches:
            batch = batch_of(some)
            loss = network.loss_of(net(batch), batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += float(loss.detach())
        took = time.monotonic() - began
        sys.stdout.write(f"pass {epoch + 1}: loss {total / len(batches):.3f}, {took:.0f} s\n")
        sys.stdout.flush()


def kept(state: Path) -> Network:
    """The network whose parameters were kept in a file."""
    net = Network()
    with np.load(state) as held:
        net.load_state_dict({name: torch.from_numpy(held[name]) for name in held.files})
    return net


def keep(net: Network, state: Path) -> None:
    """Keep a network's parameters in a file."""
    np.savez_compressed(state, **{k: v.detach().numpy() for k, v in net.state_dict().items()})


def example_of(item: Prepared) -> list[torch.Tensor]:
    """The arrays of one question, as `network.export` wants them."""
    given = {name: getattr(item.inputs, name)[None] for name in network.NAMES}
    given["question"] = given["question"] * np.float32(SCALE)
    return [torch.from_numpy(array) for array in given.values()]


def main() -> None:
    """Prepare, train, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--rate", type=float, default=RATE, help="the highest learning rate")
    parser.add_argument("--on", action="store_true", help="go on from what was trained before")
    parser.add_argument("--held", nargs="*", default=HELD, help="left out")
    parser.add_argument("--folders", nargs="*", help="all but the held ones otherwise")
    parser.add_argument("--prepare", type=Path, help="only prepare the examples, into this file")
    parser.add_argument("--kept", nargs="*", type=Path, help="files with prepared examples")
    chosen = parser.parse_args()
    random.seed(1)
    torch.manual_seed(1)
    if chosen.kept:
        items = [item for path in chosen.kept for item in pickle.loads(path.read_bytes())]
    else:
        items = _prepared(chosen.folders, chosen.held)
    if chosen.prepare:
        chosen.prepare.write_bytes(pickle.dumps(items))
        return
    net = kept(STATE) if chosen.on else Network()
    train(items, net, chosen.epochs, chosen.rate)
    keep(net, STATE)
    network.export(net.eval(), HOME / "tagger.onnx", example_of(items[0]))


def _prepared(names: Sequence[str] | None, held: Sequence[str]) -> list[Prepared]:
    embed = embedding.load()
    every = [folder.name for folder in preparing.folders()]
    chosen = names or [name for name in every if name not in held]
    return [item for name in chosen for item in preparing.prepared(preparing.DATA / name, embed)]


if __name__ == "__main__":
    main()
