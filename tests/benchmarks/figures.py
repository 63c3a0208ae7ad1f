"""The figure reader: golden cases, TAT-QA's gold answers, and speed on one core."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest import articles, figures, numerals
from ingest.articles import Article, Block
from tests.benchmarks import examples, laws
from tests.benchmarks.lines import Line, public
from tests.benchmarks.tatqa import SCALES, Item, figure_of, load
from tests.ingest import score_figures

GOLDEN = Path(__file__).parents[1] / "data"
CORPUS = Path(__file__).parents[2] / "corpus"
SETS = (
    ("figures.jsonl", None, "golden cases of others"),
    ("figures_third.jsonl", 0, "third set, tuned half"),
    ("figures_third.jsonl", 1, "third set, other half"),
    ("figures_fourth.jsonl", 0, "fourth set, one half"),
    ("figures_fourth.jsonl", 1, "fourth set, other half"),
)
_ENOUGH_BYTES = 1_000_000


def measure(sample: int | None) -> Iterable[Line]:
    for name, half, called in SETS:
        yield from _golden(name, half, called, sample)
    for folders in (("companies", "science"), ("economy", "society", "mixed")):
        yield _marked(folders, sample)
    yield _speed()
    yield _dense_speed()
    yield from _answers(sample)


def _marked(folders: Sequence[str], sample: int | None) -> Line:
    """Of the figures that questions over articles rest on, how many are read as one figure."""
    n_read = n_marked = 0
    for name in folders:
        book = examples.read_book(laws.FOLDERS / name)
        for id, start, end in sorted(examples.read_marks(laws.FOLDERS / name, book))[:sample]:
            text = book.articles[id].text[start:end]
            if not any(n.kind in _NUMBERS for n in numerals.scan(text)):
                continue
            inside = [f for f in book.figures[id] if f.start < end and f.end > start]
            n_marked += 1
            n_read += len(inside) == 1 and _holds(inside[0], start, end)
    called = ", ".join(folders)
    return Line(
        f"marks of questions on {called}: {n_marked} figures", "read as one figure",
        f"{n_read / (n_marked or 1):.1%}",
    )  # fmt: skip


_NUMBERS = frozenset({"number", "fraction", "multiple"})


def _holds(figure: figures.Figure, start: int, end: int) -> bool:
    """Whether one of figure and mark lies within the other."""
    wider = figure.start <= start and end <= figure.end
    return wider or (start <= figure.start and figure.end <= end)


def _golden(name: str, half: int | None, called: str, sample: int | None) -> Iterator[Line]:
    cases = score_figures.load(GOLDEN / name)
    cases = [c for c in cases if half is None or score_figures.half(c) == half][:sample]
    total = score_figures.score(cases)
    found, gold, spans = total.found or 1, total.gold or 1, total.spans or 1
    work = f"{called}, {len(cases)} cases, {total.gold} figures"
    yield Line(
        work, "value, unit and comparator", f"{total.readings / gold:.1%}",
        note=f"precision {total.readings / found:.1%}",
    )  # fmt: skip
    for slot in ("measure", "entity", "period"):
        written = f"{total.written_right / (total.written or 1):.1%} where the text has its word"
        note = written if slot == "measure" else ""
        yield Line(work, slot, f"{total.slots[slot] / spans:.1%}", note=note)


def _answers(sample: int | None) -> Iterator[Line]:
    """How many gold answers of TAT-QA, years apart, are among the figures of their paragraphs."""
    contexts = json.loads(public("tatqa_dev.json").read_text(encoding="utf-8"))
    asked = [item for item in load()[1] if item.kind != "arithmetic"]
    parts = [(item, p) for item in asked for p in item.parts if _is_figure(p)]
    parts = parts[:sample]
    values = {f"context-{n:03}.md": _values(context) for n, context in enumerate(contexts)}
    held = sum(_is_held(part, item, values[item.article]) for item, part in parts)
    yield Line(
        f"TAT-QA dev, text only: {len(parts)} gold figures", "read with their scale",
        f"{held / (len(parts) or 1):.1%}",
    )  # fmt: skip


def _is_figure(part: str) -> bool:
    return figure_of(part) is not None and re.fullmatch(r"(?:19|20)\d\d", part) is None


def _values(context: dict[str, Any]) -> list[Decimal]:
    text = "\n\n".join(p["text"] for p in context["paragraphs"])
    found = figures.find(_article(text))
    ends = [v for f in found for v in (f.value, f.low, f.high) if v is not None]
    middles = [v for f in found for v in (_end(f, -1), _end(f, 1)) if v is not None]
    return ends + middles


def _end(figure: figures.Figure, side: int) -> Decimal | None:
    """An end of a range as written: half a last place inside the interval."""
    bound = figure.low if side < 0 else figure.high
    return bound - side * figure.precision / 2 if bound is not None else None


def _is_held(part: str, item: Item, values: list[Decimal]) -> bool:
    gold = figure_of(part)
    assert gold is not None
    scaled = any(word in part for word in SCALES if word)
    wanted = abs(gold if scaled else gold * Decimal(10) ** SCALES[item.scale])
    return any(abs(value) == wanted for value in values)


def _speed() -> Line:
    """Megabytes a second over the articles of the corpus, repeated."""
    found = [articles.read(path, CORPUS) for path in articles.scan(CORPUS)]
    text = "\n\n".join(article.text for article in found)
    many = "\n\n".join([text] * (1 + _ENOUGH_BYTES // len(text.encode())))
    article = _article(many)
    figures.find(_article(text))
    started = time.process_time()
    read = figures.find(article)
    seconds = time.process_time() - started
    size = len(many.encode()) / 1e6
    return Line(
        f"{size:.1f} MB of the corpus, over and over", "read, one core",
        f"{size / seconds:.2f} MB/s", note=f"{len(read):,} figures",
    )  # fmt: skip


def _dense_speed() -> Line:
    """The same over articles that are full of figures."""
    folder = laws.FOLDERS / "science"
    read = [articles.read(path, folder) for path in articles.scan(folder)]
    started = time.process_time()
    n_figures = sum(len(figures.find(article)) for article in read)
    seconds = time.process_time() - started
    size = sum(len(article.text.encode()) for article in read) / 1e6
    return Line(
        f"{len(read)} articles full of figures", "read, one core", f"{size / seconds:.2f} MB/s",
        note=f"{n_figures / seconds:,.0f} figures a second",
    )  # fmt: skip


def _article(text: str) -> Article:
    """A text whose paragraphs are separated by blank lines."""
    blocks, start = [], 0
    for piece in text.split("\n\n"):
        if piece.strip():
            blocks.append(Block(start, start + len(piece), "paragraph"))
        start += len(piece) + 2
    return Article("a.txt", "", text, tuple(blocks), None, None, None, None, "", "")
