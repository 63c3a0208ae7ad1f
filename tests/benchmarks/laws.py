"""The laws: of the right calculations over articles that others wrote, how many they allow.

Each computed question of tests/data/training names its operation and, in order, the figures that
its answer rests on. A refusal is a law that is too strict, or a figure whose unit, period, kind or
measure was misread.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot import calculation, nodes
from bot.errors import CalculationRefused
from ingest import Figure
from tests.benchmarks import calculations, examples
from tests.benchmarks.examples import Book, Example
from tests.benchmarks.lines import Line

FOLDERS = Path(__file__).parents[1] / "data" / "training"
# Which needs a step of its own first: the sum of the parts, the growth of a level.
_NESTED = frozenset(["consistency"])


def measure(sample: int | None) -> Iterable[Line]:
    """A line a folder."""
    for folder in sorted(path for path in FOLDERS.iterdir() if any(path.glob("*.jsonl"))):
        book = examples.read_book(folder)
        asked = [e for e in examples.read_examples(folder, book) if is_calculation(e)][:sample]
        n_legal = sum(is_legal(example, book) for example in asked)
        yield Line(
            f"questions on {folder.name}, {len(asked)} calculations",
            "right ones that the laws allow",
            f"{n_legal / (len(asked) or 1):.1%}",
        )


def is_calculation(example: Example) -> bool:
    """Whether an example names an operation and the figures that go into it."""
    known = example.operation in calculation.OPERATIONS and example.operation not in _NESTED
    return known and len(example.gold) > 1 and all(g.is_figure for g in example.gold)


def is_legal(example: Example, book: Book) -> bool:
    """Whether the named operation over the named figures has a result."""
    try:
        made = calculations.node(example.operation or "", operands(example, book))
        nodes.realise(made, book.articles)
    except CalculationRefused:
        return False
    return True


def operands(example: Example, book: Book) -> list[Figure]:
    """The figures that an example rests on, in its order."""
    held = {(f.article_id, f.start): f for found in book.figures.values() for f in found}
    return [held[gold.article_id, gold.start] for gold in example.gold]
