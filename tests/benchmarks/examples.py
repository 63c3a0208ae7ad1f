"""Examples: questions with the spans of the articles that their answers rest on.

A folder holds articles and, beside them, JSON lines; "use" are snippets of the articles with the
figure or phrase in double square brackets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest import Article, Figure, articles, figures, sentences

MARK = re.compile(r"\[\[(.+?)\]\]")
# What the questions call an operation that the table of `bot.operations` calls otherwise.
_FOR_FIGURES = frozenset({"quoted", "computed", "followup"})
_CALLED = {"absolute_change": "absolute_growth"}


@dataclass(frozen=True)
class Book:
    """The articles of a folder with their lines and figures, by id."""

    articles: Mapping[str, Article]
    lines: Mapping[str, Sequence[tuple[int, int]]]
    figures: Mapping[str, Sequence[Figure]]


@dataclass(frozen=True)
class Gold:
    """A span that the answer rests on: a figure, or a phrase."""

    article_id: str
    start: int
    end: int
    is_figure: bool


@dataclass(frozen=True)
class Example:
    """history: the questions before; operation: None where the answer is stated.

    gold: in the order that the operation wants; lines: article id and start of each line to cite
    """

    question: str
    history: tuple[str, ...]
    kind: str
    operation: str | None
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
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            made = _from_line(json.loads(line), book)
            found += [made] if made else []
    return found


def read_marks(folder: Path, book: Book) -> set[tuple[str, int, int]]:
    """Where the marked parts stand that questions for a figure rest on: article, start, end."""
    found = set()
    for path in sorted(folder.glob("*.jsonl")):
        for line in filter(str.strip, path.read_text(encoding="utf-8").splitlines()):
            item = json.loads(line)
            asked = item.get("use", ()) if item["k"] in _FOR_FIGURES else ()
            found |= {place for snippet in asked if (place := _locate(snippet, book))}
    return found


def _from_line(item: Mapping[str, Any], book: Book) -> Example | None:
    places = [_locate(snippet, book) for snippet in item.get("use", ())]
    if any(place is None for place in places):
        return None
    operation = item.get("op")
    gold = [_gold(place, operation, book) for place in places if place]
    called = _CALLED.get(operation, operation)
    return Example(
        item["q"],
        tuple(item.get("history", ())),
        item["k"],
        called,
        tuple(gold),
        _lines_of(gold, book),
    )


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


def _gold(place: tuple[str, int, int], op: str | None, book: Book) -> Gold:
    id, start, end = place
    inside = [f for f in book.figures[id] if f.start < end and f.end > start]
    if not inside or (op is None and _is_phrase(inside, start, end)):
        return Gold(id, start, end, False)
    best = max(inside, key=lambda f: min(f.end, end) - max(f.start, start))
    return Gold(id, best.start, best.end, True)


def _is_phrase(inside: Sequence[Figure], start: int, end: int) -> bool:
    """Whether the marked words are more than a figure."""
    return sum(f.end - f.start for f in inside) < 0.4 * (end - start)


def _lines_of(gold: Sequence[Gold], book: Book) -> frozenset[tuple[str, int]]:
    return frozenset(
        (g.article_id, a)
        for g in gold
        for a, b in book.lines[g.article_id]
        if a < g.end and b > g.start
    )
