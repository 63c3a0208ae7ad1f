"""Preparing: the examples of a folder as the network's inputs, read by the bot itself."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.chain import Asked, Bot
from bot.questions import Turn
from bot.readers.extractive import Desk
from bot.settings import Settings
from bot.tagging.features import Inputs
from bot.tagging.tags import CLASSES
from ingest import Figure
from ingest.embedding import Embedding
from ingest.index import Index
from tests.benchmarks import examples
from tests.benchmarks.examples import Book, Example

# Operations whose operands play one part, whatever their order.
EVEN = frozenset({"sum", "average", "count", "extremum", "rank", "consistency"})
LEFT_OUT = -1.0
# Folders on which judge and doubting are fitted, which nothing else may have learnt from.
HELD = ("annual", "monitor", "sentinel", "inquirer", "tribunal")
DATA = Path("tests/data/training")


@dataclass(frozen=True, slots=True)
class Prepared:
    """A question as the network is given it, with its labels as `network.loss_of` wants them."""

    example: Example
    inputs: Inputs
    first: np.ndarray
    second: np.ndarray
    cited: np.ndarray
    is_known: bool
    target: int


def folders() -> list[Path]:
    """The folders of articles with questions, by name."""
    return sorted(folder for folder in DATA.iterdir() if any(folder.glob("*.jsonl")))


def last(history: Sequence[str]) -> str | None:
    """The question before, if any."""
    return history[-1] if history else None


def opened(folder: Path, index: Path, embedding: Embedding) -> Bot:
    """A bot over the articles of a folder."""
    with Index.open(index, corpus=folder, embedding=embedding) as made:
        made.sync(folder)
    return Bot.open(Settings(corpus=folder, index=index), embedding)


def prepared(folder: Path, embedding: Embedding) -> Iterator[Prepared]:
    """Every example of a folder, with the windows that hold what it rests on among the others."""
    book = examples.read_book(folder)
    with tempfile.TemporaryDirectory() as place:
        bot = opened(folder, Path(place) / "index", embedding)
        for example in examples.read_examples(folder, book):
            if made := _prepared(bot, book, example):
                yield made


def desk_of(bot: Bot, example: Example) -> tuple[Desk, Inputs] | None:
    """What the bot's reader has before it for an example, and what the network is given."""
    asked = Asked(example.question, tuple(Turn(text) for text in example.history))
    retrieved = bot.chain.retrieve(asked)
    query = retrieved.query
    if query.subquestions or query.form == "declined" or not retrieved.evidence.sentences:
        return None
    desk = bot.chain.extractive.desk(query, retrieved.evidence)
    return desk, bot.chain.extractive.given(desk, retrieved.evidence, asked.history)


def _prepared(bot: Bot, book: Book, example: Example) -> Prepared | None:
    found = desk_of(bot, example)
    if found is None:
        return None
    _, inputs = found
    figures = {(f.article_id, f.start): f for held in book.figures.values() for f in held}
    target = target_of(example)
    return Prepared(
        example,
        inputs,
        *(_roles(example, inputs, figures, role) for role in (0, 1)),
        _cited(example, inputs, figures),
        target in (None, "text") or any(g.is_figure for g in example.gold),
        CLASSES.index(target) if target in CLASSES else -100,
    )


def target_of(example: Example) -> str | None:
    """The class of a question; None where it cannot be answered."""
    if example.kind == "unanswerable":
        return None
    if example.operation:
        return example.operation
    return "quoted" if example.gold and example.gold[0].is_figure else "text"


Said = tuple[str, object, str]


def said(example: Example, figures: dict[tuple[str, int], Figure]) -> frozenset[Said]:
    """What the figures that an answer rests on say: elsewhere it may be said again."""
    held = [figures[g.article_id, g.start] for g in example.gold if g.is_figure]
    return frozenset((f.article_id, f.value, f.unit) for f in held)


def _roles(
    example: Example, inputs: Inputs, figures: dict[tuple[str, int], Figure], role: int
) -> np.ndarray:
    """1 for the figures in the first role (0) or in a later one (1), -1 for what repeats them."""
    golden = [(g.article_id, g.start) for g in example.gold if g.is_figure]
    is_even = example.operation is None or example.operation in EVEN
    wanted = (golden if is_even else golden[:1]) if role == 0 else ([] if is_even else golden[1:])
    told = said(example, figures)
    labels = np.zeros(len(inputs.figure_facts), np.float32)
    for i, key in enumerate(inputs.figures):
        f = figures[key]
        is_again = key not in golden and (f.article_id, f.value, f.unit) in told
        labels[i] = LEFT_OUT if is_again else float(key in wanted)
    return labels


def _cited(example: Example, inputs: Inputs, figures: dict[tuple[str, int], Figure]) -> np.ndarray:
    """1 for the lines to cite, -1 for those that hold the same figure again."""
    told = said(example, figures)
    again = {
        (f.article_id, f.sentence.start)
        for f in figures.values()
        if (f.article_id, f.value, f.unit) in told
    }
    labels = np.zeros(len(inputs.line_facts), np.float32)
    for i, key in enumerate(inputs.lines):
        labels[i] = 1.0 if key in example.lines else LEFT_OUT if key in again else 0.0
    return labels


def chunks(items: Sequence[Prepared], size: int) -> Iterator[Sequence[Prepared]]:
    """Runs of so many."""
    return (items[k : k + size] for k in range(0, len(items), size))
