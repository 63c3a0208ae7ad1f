"""Examples: questions with the spans of the articles that their answers rest on.

A folder holds articles and, beside them, JSON lines ("use": snippets with the figure or phrase in
double square brackets) or a question set in YAML (values and sentences to cite), whose figures are
found by their values.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, DivisionByZero, InvalidOperation
from pathlib import Path
from typing import Any

from bot.evaluation import sets
from ingest import Article, Figure, articles, figures, sentences

MARK = re.compile(r"\[\[(.+?)\]\]")
FIRST, SECOND = "first", "second"
# Operations whose operands play one part, whatever their order.
EVEN = frozenset({"sum", "average", "count", "extremum", "rank", "consistency"})


@dataclass(frozen=True)
class Book:
    """The articles of a folder with their lines and figures, by id."""

    articles: Mapping[str, Article]
    lines: Mapping[str, Sequence[tuple[int, int]]]
    figures: Mapping[str, Sequence[Figure]]


@dataclass(frozen=True)
class Gold:
    """A span that the answer rests on; `role` is None for a phrase."""

    article_id: str
    start: int
    end: int
    role: str | None


@dataclass(frozen=True)
class Example:
    """question: with the turn before in front of a follow-up; target: class of the operation."""

    id: str
    question: str
    kind: str
    target: str | None
    gold: tuple[Gold, ...]
    lines: frozenset[tuple[str, int]]


def read_book(folder: Path) -> Book:
    read = [articles.read(path, folder) for path in articles.scan(folder)]
    return Book(
        {a.id: a for a in read},
        {a.id: [(s.start, s.end) for s in sentences.find(a)] for a in read},
        {a.id: figures.find(a) for a in read},
    )


def read_examples(folder: Path, book: Book) -> list[Example]:
    """Every example of a folder, those whose snippets cannot be found left out."""
    found: list[Example] = []
    for path in sorted(folder.glob("*.jsonl")):
        for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if line.strip():
                made = _from_line(f"{path.stem}:{n}", json.loads(line), book)
                found += [made] if made else []
    for path in sorted(folder.glob("questions*.yaml")):
        found += [_from_case(case, book) for case in sets.load(path)]
    return found


def question_of(text: str, history: Sequence[str]) -> str:
    return f"{history[-1]} / {text}" if history else text


# -- JSON lines ---------------------------------------------------------------------------------


def _from_line(id: str, item: Mapping[str, Any], book: Book) -> Example | None:
    places = [_locate(snippet, book) for snippet in item.get("use", ())]
    if any(place is None for place in places):
        return None
    gold = [_gold(place, i, item.get("op"), book) for i, place in enumerate(p for p in places if p)]
    target = {"absolute_change": "absolute_growth"}.get(
        item.get("op"), item.get("op")
    ) or _plain_target(item["k"], gold)
    question = question_of(item["q"], item.get("history", ()))
    return Example(id, question, item["k"], target, tuple(gold), _lines_of(gold, book))


def _plain_target(kind: str, gold: Sequence[Gold]) -> str | None:
    if kind == "unanswerable":
        return None
    return "quoted" if gold and gold[0].role else "text"


def _locate(snippet: str, book: Book) -> tuple[str, int, int] | None:
    """Where the marked part of a snippet stands."""
    parts = MARK.split(snippet)
    if len(parts) != 3:
        return None
    before, marked, after = (_pattern(part) for part in parts)
    pattern = re.compile(rf"{before}({marked}){after}")
    for id, article in book.articles.items():
        if m := pattern.search(article.text):
            return id, m.start(1), m.end(1)
    return None


def _pattern(text: str) -> str:
    """White space of any kind, and emphasis marks that a reader of Markdown may drop."""
    flat = text.replace("**", "")
    return r"\s+".join(re.escape(word) for word in re.split(r"\s+", flat))


def _gold(place: tuple[str, int, int], i: int, op: str | None, book: Book) -> Gold:
    id, start, end = place
    inside = [f for f in book.figures[id] if f.start < end and f.end > start]
    if not inside or (op is None and _is_phrase(inside, start, end)):
        return Gold(id, start, end, None)
    best = max(inside, key=lambda f: min(f.end, end) - max(f.start, start))
    return Gold(id, best.start, best.end, _role(i, op))


def _is_phrase(inside: Sequence[Figure], start: int, end: int) -> bool:
    """Whether the marked words are more than a figure."""
    return sum(f.end - f.start for f in inside) < 0.4 * (end - start)


def _role(i: int, op: str | None) -> str:
    if op is None or op in EVEN or i == 0:
        return FIRST
    return SECOND


def _lines_of(gold: Sequence[Gold], book: Book) -> frozenset[tuple[str, int]]:
    return frozenset(
        (g.article_id, a)
        for g in gold
        for a, b in book.lines[g.article_id]
        if a < g.end and b > g.start
    )


# -- question sets ------------------------------------------------------------------------------


def _from_case(case: sets.Case, book: Book) -> Example:
    cited = [place for item in case.requirements if (place := _cited(item, book))]
    target = case.operation or ("text" if case.kind == "text" else "quoted")
    gold = _figures_of(case, cited, book)
    if case.kind == "yesno" and not case.operation:
        target = "quoted" if gold else "text"
    lines = frozenset((id, a) for id, a, _ in cited)
    question = question_of(case.question, case.history)
    return Example(
        case.id, question, case.kind, None if case.abstain else target, tuple(gold), lines
    )


def _cited(item: Any, book: Book) -> tuple[str, int, int] | None:
    """The line of the first alternative that can be found."""
    for option in item:
        article = book.articles.get(option.article)
        m = article and re.search(_pattern(option.text), article.text)
        if article and m:
            inside = [s for s in book.lines[article.id] if s[0] < m.end() and s[1] > m.start()]
            if inside:
                return article.id, inside[0][0], inside[-1][1]
    return None


def _figures_of(case: sets.Case, cited: Sequence[tuple[str, int, int]], book: Book) -> list[Gold]:
    """The figures of the cited lines that state the value, or a pair that gives it."""
    held = [
        f
        for id, start, end in cited
        for f in book.figures[id]
        if f.value is not None and start <= f.start < end
    ]
    found: list[Gold] = []
    for wanted in case.expected:
        stated = [f for f in held if _is_near(f.value, wanted.value) and f.unit == wanted.unit]
        if stated:
            found.append(_as_gold(stated[0], FIRST))
        else:
            found += _pair(case.operation, held, Decimal(wanted.value))
    return found


def _as_gold(figure: Figure, role: str) -> Gold:
    return Gold(figure.article_id, figure.start, figure.end, role)


def _is_near(a: Decimal | None, b: Any) -> bool:
    if a is None:
        return False
    b = Decimal(b)
    return abs(a - b) <= abs(b) * Decimal("0.004")


_FORMULAS: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "difference": lambda a, b: a - b, "residual": lambda a, b: a - b,
    "sum": lambda a, b: a + b, "average": lambda a, b: (a + b) / 2,
    "share": lambda a, b: a / b * 100, "ratio": lambda a, b: a / b,
    "growth": lambda a, b: (a / b - 1) * 100, "point_change": lambda a, b: a - b,
    "before_growth": lambda a, b: a / (1 + b / 100), "per_unit": lambda a, b: a / b,
    "projection": lambda a, b: a * (1 + b / 100), "exchange_rate": lambda a, b: a / b,
    "absolute_growth": lambda a, b: a - a / (1 + b / 100),
}  # fmt: skip


def _pair(operation: str | None, held: Sequence[Figure], value: Decimal) -> Iterator[Gold]:
    formula = _FORMULAS.get(operation or "")
    if formula is None:
        return
    for a, b in itertools.permutations(held, 2):
        if a.value is None or b.value is None:
            continue
        try:
            made = formula(a.value, -b.value if b.direction == "down" else b.value)
        except (DivisionByZero, InvalidOperation):
            continue
        if _is_near(made, value):
            yield _as_gold(a, FIRST)
            yield _as_gold(b, SECOND if operation not in EVEN else FIRST)
            return
