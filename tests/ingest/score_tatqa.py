"""The share of TAT-QA's text-only numeric answers whose figure is found with its scale.

`python -m tests.ingest.score_tatqa [FILE]`; the benchmark calls `score`. Questions whose answer is
a span of the text, or arithmetic over such spans, count by every number in the gold answer (of a
span) that is no year or date; a number counts as found if a figure of the paragraphs overlaps it
in some mention, with its value times the gold scale.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from ingest import figures, numerals
from ingest.articles import Article, Block

DEFAULT_FILE = Path("../shared/data/tatqa_dev.json")
_SCALES = {"": 0, "thousand": 3, "million": 6, "billion": 9, "percent": 0}


@dataclass
class Found:
    """How many gold numbers there were, how many were found, and the others."""

    asked: int = 0
    found: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.found / self.asked if self.asked else 0.0


def score(path: Path = DEFAULT_FILE) -> Found:
    """Read every context of the file; see this module."""
    total = Found()
    for context in json.loads(path.read_text(encoding="utf-8")):
        wanted = list(_wanted(context))
        if wanted:
            _count(_article(context), wanted, total)
    return total


def _article(context: dict[str, Any]) -> Article:
    """The paragraphs as an article."""
    blocks, text = [], ""
    for paragraph in sorted(context["paragraphs"], key=lambda p: p["order"]):
        start = len(text)
        text += paragraph["text"] + "\n\n"
        blocks.append(Block(start, len(text) - 2, "paragraph"))
    name = context["table"]["uid"]
    return Article(name, "", text, tuple(blocks), None, None, None, None, "", "")


def _wanted(context: dict[str, Any]) -> Iterator[tuple[str, Decimal]]:
    """(question, value) of each number that a text-only span answers with."""
    for question in context["questions"]:
        if question["answer_from"] != "text" or question["answer_type"] not in (
            "span",
            "multi-span",
        ):
            continue
        answer = question["answer"]
        for span in answer if isinstance(answer, list) else [answer]:
            value = _value(str(span), question["scale"])
            if value is not None:
                yield question["question"], value


def _value(text: str, scale: str) -> Decimal | None:
    """The value of an answer that is one number, its gold scale multiplied in."""
    if re.search(
        r"[A-Za-z]{4,}", re.sub(r"(?i)\b(?:million|billion|thousand|percent)\b", "", text)
    ):
        return None
    numbers = [n for n in numerals.scan(text) if n.kind in ("number", "fraction")]
    if len(numbers) != 1 or numbers[0].value is None:
        return None
    worded = re.search(r"(?i)million|billion|thousand", text) is not None
    return numbers[0].value.scaleb(0 if worded else _SCALES.get(scale, 0))


def _count(article: Article, wanted: list[tuple[str, Decimal]], total: Found) -> None:
    values = set()
    for figure in figures.find(article):
        value = figure.value if figure.value is not None else None
        values |= {abs(value)} if value is not None else set()
        if value is None and figure.low is not None and figure.high is not None:
            margin = figure.precision / 2
            values |= {abs(figure.low + margin), abs(figure.high - margin)}
    for question, value in wanted:
        total.asked += 1
        if abs(value) in values:
            total.found += 1
        else:
            total.missed.append(f"{value} {question} {article.id}")


def main(arguments: list[str]) -> None:
    total = score(Path(arguments[0]) if arguments else DEFAULT_FILE)
    sys.stdout.write("\n".join(total.missed) + "\n")
    sys.stdout.write(f"{total.found} of {total.asked}: {total.share:.1%}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
