"""The laws: of the right calculations over articles that others wrote, how many they allow.

Each computed question of tests/data/training names its operation and, in order, the figures that
its answer rests on. A refusal is a law that is too strict, or a figure whose unit, period, kind or
measure was misread.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bot import calculation
from bot.drafts import Step
from bot.errors import CalculationRefused
from ingest import Figure
from tests.benchmarks import examples
from tests.benchmarks.examples import Book, Example
from tests.benchmarks.lines import Line

FOLDERS = Path(__file__).parents[1] / "data" / "training"
# Those need a step of their own first: the sum of the parts, the rate of a pair.
_NESTED = frozenset(["consistency", "conversion"])
_TURNED = frozenset(["percent_of"])


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
    figures = dict(_operands(example, book))
    ids = tuple(figures)[::-1] if example.operation in _TURNED else tuple(figures)
    texts = {id: book.articles[f.article_id].text[f.start : f.end] for id, f in figures.items()}
    try:
        calculation.compute([Step("c1", example.operation or "", ids)], figures, texts)
    except CalculationRefused:
        return False
    return True


def _operands(example: Example, book: Book) -> Iterable[tuple[str, Figure]]:
    for n, gold in enumerate(example.gold, 1):
        held = book.figures[gold.article_id]
        yield f"f{n}", next(f for f in held if f.start == gold.start)
