"""Fit the weights of `bot.deriving.judging`: python -m tests.training.judge FOLDER [...].

Every way to an answer that the reader finds for an example is a row: its measures, and whether its
value is the right one. The tagger must not have been trained on these folders. Prints what a
threshold on the chance would cost, by cross-validation over questions, and writes the weights.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn

from bot import nodes
from bot.chain import Asked, Bot
from bot.derivation import Search
from bot.deriving import judging
from bot.errors import CalculationRefused
from bot.nodes import Derivation
from bot.questions import Turn
from ingest import Article, Figure, embedding
from tests.benchmarks import calculations, examples
from tests.benchmarks.calculations import Value
from tests.benchmarks.examples import Example
from tests.training import preparing

N_FOLDS = 5
N_HIDDEN, N_PASSES = 12, 30
RATE, LAST_RATE, DECAY = 0.01, 0.0005, 0.05
WEIGHTS = Path("bot/data/judging.npz")
THRESHOLDS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6)
SEED = 1


@dataclass(frozen=True)
class Row:
    """A question: measures (n ways, n features), which are right, and whether any could be."""

    example: Example
    measures: np.ndarray
    right: np.ndarray
    is_answerable: bool


def rows(folder: Path) -> Iterator[Row]:
    """The examples of a folder that are asked for a figure."""
    embed = embedding.load()
    book = examples.read_book(folder)
    figures = {(f.article_id, f.start): f for held in book.figures.values() for f in held}
    with tempfile.TemporaryDirectory() as place:
        bot = preparing.opened(folder, Path(place) / "index", embed)
        for example in examples.read_examples(folder, book):
            if example.kind != "yesno" and (row := _row(bot, example, figures)):
                yield row


def _row(bot: Bot, example: Example, figures: dict[tuple[str, int], Figure]) -> Row | None:
    asked = Asked(example.question, tuple(Turn(text) for text in example.history))
    retrieved = bot.chain.retrieve(asked)
    query, reader = retrieved.query, bot.chain.extractive
    if query.subquestions or query.form != "figure":
        return None
    desk = reader.tagged(query, retrieved.evidence, asked.history)
    if desk.tags is None:
        return None
    golden = [figures[g.article_id, g.start] for g in example.gold if g.is_figure]
    values = right_values(example, golden, desk.articles)
    if example.operation is not None and not values:
        return None
    search = Search(query, desk.linker, reader.identities)
    found = judging.judged(query, search.answers(), desk.tags, desk.linker)
    kept = [
        ([measured[name] for name in judging.FEATURES], _is_right(made, values))
        for node, measured in found
        if measured["period"] >= judging.OF_THEN and (made := nodes.attempted(node, desk.articles))
    ]
    if not kept:
        return None
    measures, right = (np.array(x, dtype=np.float32) for x in zip(*kept, strict=True))
    return Row(example, measures, right, bool(values))


def right_values(
    example: Example, golden: Sequence[Figure], articles: Mapping[str, Article]
) -> list[Value]:
    """What a right answer may come to, with its unit; [] where no figure is asked for.

    What is read amiss, or not retrieved, comes to the same by arithmetic alone.
    """
    if example.operation is None:
        return [(f.value, f.unit) for f in golden if f.value is not None]
    if len(golden) < len(example.gold) or len(golden) < 2:
        return []
    try:
        node = calculations.node(example.operation, golden)
    except CalculationRefused:
        return []
    value = calculations.value(node)
    if value is None and all(figure.article_id in articles for figure in golden):
        made = nodes.attempted(node, articles)
        value = _value(made) if made else None
    return [] if value is None else [value]


def _value(made: Derivation) -> Value | None:
    held = made.figures if made.is_stated else made.calculations
    value = held[made.result].value
    return None if value is None else (value, held[made.result].unit)


def _is_right(made: Derivation, values: Sequence[Value]) -> bool:
    told = _value(made)
    return told is not None and is_value(told, values)


def is_value(told: Value, values: Sequence[Value]) -> bool:
    """Whether a value is one of these, to a five-hundredth and whatever its sign."""
    return any(
        abs(abs(told[0]) - abs(value)) <= abs(value) / 500 and _is_unit(told[1], unit)
        for value, unit in values
    )


def _is_unit(one: str, other: str) -> bool:
    return one == other or {one, other} <= {"%", "pp", "1"} or "/" in one


class Judge(nn.Module):
    """How strong each way is, linear and by a few hidden units; none of them has a strength too."""

    def __init__(self) -> None:
        super().__init__()
        n = len(judging.FEATURES)
        self.linear = nn.Linear(n, 1, bias=False)
        self.hidden, self.out = nn.Linear(n, N_HIDDEN), nn.Linear(N_HIDDEN, 1, bias=False)
        self.none, self.shed = nn.Parameter(torch.zeros(1)), nn.Dropout(0.1)

    def forward(self, measures: torch.Tensor) -> torch.Tensor:
        """Strengths of none and of each way (1 + ways,)."""
        hidden = self.out(self.shed(torch.tanh(self.hidden(measures))))
        return torch.cat([self.none, (self.linear(measures) + hidden)[:, 0]])


def fitted(some: Sequence[Row]) -> Judge:
    """Trained so that the right ways, or none, take the mass."""
    judge, order = Judge(), list(some)
    optimizer = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=DECAY)
    for n in range(N_PASSES):
        optimizer.param_groups[0]["lr"] = RATE * (1 - n / N_PASSES) + LAST_RATE
        random.shuffle(order)
        for k in range(0, len(order), 32):
            loss = torch.stack([_loss(judge, row) for row in order[k : k + 32]]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return judge.eval()


def _loss(judge: Judge, row: Row) -> torch.Tensor:
    right = torch.from_numpy(row.right)
    wanted = torch.cat([torch.tensor([float(not row.right.any())]), right])
    logits = torch.log_softmax(judge(torch.from_numpy(row.measures)), 0)
    return -torch.logsumexp(logits + torch.log(wanted.clamp(min=1e-9)), 0)


def chances(judge: Judge, row: Row) -> np.ndarray:
    with torch.no_grad():
        return torch.softmax(judge(torch.from_numpy(row.measures)), 0).numpy()[1:]


def main() -> None:
    """Gather, cross-validate, tell, write."""
    found = [row for folder in sys.argv[1:] for row in rows(Path(folder))]
    random.seed(SEED)
    torch.manual_seed(SEED)
    random.shuffle(found)
    best: list[tuple[float, bool, bool]] = []
    for fold in range(N_FOLDS):
        judge = fitted([row for i, row in enumerate(found) if i % N_FOLDS != fold])
        for row in found[fold::N_FOLDS]:
            likely = chances(judge, row)
            top = int(likely.argmax())
            best.append((float(likely[top]), bool(row.right[top]), row.is_answerable))
    lines = [_threshold_told(best, threshold) for threshold in THRESHOLDS]
    sys.stdout.write("\n".join(lines) + "\n")
    _write(fitted(found))


def _write(judge: Judge) -> None:
    held = {
        "linear": judge.linear.weight[0],
        "hidden": judge.hidden.weight,
        "bias": judge.hidden.bias,
        "out": judge.out.weight[0],
        "none": judge.none,
    }
    np.savez(WEIGHTS, **{name: tensor.detach().numpy() for name, tensor in held.items()})


def _threshold_told(best: Sequence[tuple[float, bool, bool]], threshold: float) -> str:
    given = [(right, answerable) for chance, right, answerable in best if chance >= threshold]
    n_right = sum(right for right, _ in given)
    n_wrong = sum(answerable and not right for right, answerable in given)
    n_bold = sum(not answerable for _, answerable in given)
    n_hopeless = sum(not answerable for _, _, answerable in best)
    return (
        f"from {threshold:.2f}: {n_right} right and {n_wrong} wrong of {len(best) - n_hopeless}, "
        f"{n_bold} of {n_hopeless} without a figure answered with one"
    )


if __name__ == "__main__":
    main()
