"""Fit the weights of `bot.doubts.doubting`: python -m tests.training.doubting FOLDER [...].

Every question that the bot would answer, were it never in doubt, is a row: its measures, whether
the articles answer it, and whether the answer is right: the lines to cite are cited and the value
is the one wanted. Wrong answers count for a quarter as much as those to questions without one.
Prints what a threshold would cost, each half measured with the weights of the other, and the
weights for bot/data/doubting.yaml.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.answers import Answer
from bot.chain import Asked, Bot
from bot.doubts import doubting
from bot.doubts.doubting import Told
from ingest import embedding
from tests.benchmarks import examples
from tests.benchmarks.examples import Book, Example
from tests.training import judge, preparing

STRENGTH = 0.05
# What a wrong answer to a question that has one counts.
MISSED = 0.25
LOST = (0.01, 0.02, 0.03, 0.04, 0.05, 0.07, 0.1)


@dataclass(frozen=True)
class Row:
    """A question; measures is None where the bot declines anyway."""

    measures: dict[str, float] | None
    is_answerable: bool
    is_right: bool


def rows(folder: Path) -> Iterator[Row]:
    """The questions of a folder, each answered."""
    embed, seen = embedding.load(), list[Told]()

    def never(told: Told) -> bool:
        seen.append(told)
        return False

    doubting.is_doubtful = never
    with tempfile.TemporaryDirectory() as place:
        bot = preparing.opened(folder, Path(place) / "index", embed)
        book = examples.read_book(folder)
        for example in examples.read_examples(folder, book):
            seen.clear()
            yield _row(bot, example, book, seen)


def _row(bot: Bot, example: Example, book: Book, seen: Sequence[Told]) -> Row:
    answer = bot.chain.invoke(Asked(example.question, bot.turns(example.history)))
    cited = [(c.article_id, c.start, c.end) for c in answer.citations]
    is_right = bool(example.lines) and all(
        any(id == name and start <= at < end for id, start, end in cited)
        for name, at in example.lines
    )
    is_right = is_right and _is_value(answer, example, book)
    is_told = bool(seen) and answer.status != "abstained"
    is_answerable = example.kind != "unanswerable"
    return Row(doubting.measures(seen[-1]) if is_told else None, is_answerable, is_right)


def _is_value(answer: Answer, example: Example, book: Book) -> bool:
    """Whether a value that is told is the one wanted; so too where none is told or wanted."""
    figures = {(f.article_id, f.start): f for held in book.figures.values() for f in held}
    golden = [figures[g.article_id, g.start] for g in example.gold if g.is_figure]
    told = answer.calculations or tuple(answer.figures.values())
    if example.kind == "yesno" or not (
        wanted := judge.right_values(example, golden, book.articles)
    ):
        return True
    return not told or any(
        one.value is not None and judge.is_value((one.value, one.unit), wanted) for one in told
    )


def _fitted(names: Sequence[str], some: Sequence[Row]) -> tuple[np.ndarray, float]:
    """The weights of the measures, and the bias."""
    used = [row for row in some if row.measures]
    model = make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=3000))
    counts = [MISSED if row.is_answerable and not row.is_right else 1.0 for row in used]
    is_good = [row.is_answerable and row.is_right for row in used]
    model.fit(_table(names, used), is_good, logisticregression__sample_weight=counts)
    scale, fit = model[0], model[1]
    weights = fit.coef_[0] / scale.scale_
    return weights, float(fit.intercept_[0] - weights @ scale.mean_)


def _table(names: Sequence[str], some: Sequence[Row]) -> np.ndarray:
    return np.array([[(row.measures or {})[name] for name in names] for row in some])


def main() -> None:
    """Gather, tell, print."""
    found = [row for folder in sys.argv[1:] for row in rows(Path(folder))]
    names = sorted(next(row.measures for row in found if row.measures))
    chances: list[tuple[Row, float]] = []
    for half in (0, 1):
        weights, bias = _fitted(names, found[1 - half :: 2])
        told = [row for row in found[half::2] if row.measures]
        logits = _table(names, told) @ weights + bias
        chances += zip(told, 1 / (1 + np.exp(-logits)), strict=True)
    for lost in LOST:
        sys.stdout.write(_costs(found, chances, lost) + "\n")
    weights, bias = _fitted(names, found)
    table = {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}
    sys.stdout.write(yaml.safe_dump({"bias": round(bias, 2), "weights": table}))


def _costs(found: Sequence[Row], chances: Sequence[tuple[Row, float]], lost: float) -> str:
    least = float(np.quantile([chance for row, chance in chances if row.is_right], lost))
    n_right, n_wrong, n_bold = (
        sum(chance >= least for row, chance in chances if wanted(row))
        for wanted in (
            lambda row: row.is_answerable and row.is_right,
            lambda row: row.is_answerable and not row.is_right,
            lambda row: not row.is_answerable,
        )
    )
    n_hopeless = sum(not row.is_answerable for row in found)
    return (
        f"least {least:.2f}: of {len(found) - n_hopeless} {n_right} cited right, {n_wrong} not; "
        f"{n_hopeless - n_bold} of {n_hopeless} declined"
    )


if __name__ == "__main__":
    main()
