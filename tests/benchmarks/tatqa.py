"""TAT-QA dev, the questions that text alone answers; each context read alone.

A figure matches exactly: its digits, its scale and its sign; arithmetic ones as rounded in the
set. A wording matches where the answer says it whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from bot.answers import Answer
from tests.benchmarks import worlds
from tests.benchmarks.lines import Line, public
from tests.benchmarks.plain import Tutorial

SCALES = {"": 0, "percent": 0, "thousand": 3, "million": 6, "billion": 9}
WORDS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
PLAIN = "nearest sentence of the nearest 1000/200 chunk"


@dataclass(frozen=True, slots=True)
class Item:
    """A question over one context; `parts` are what the answer must hold, as written."""

    question: str
    article: str
    kind: str
    parts: tuple[str, ...]
    scale: str


def measure(sample: int | None) -> Iterable[Line]:
    texts, items = load()
    arithmetic = [item for item in items if item.kind == "arithmetic"]
    spans = worlds.sampled([item for item in items if item.kind != "arithmetic"], sample)
    used = {item.article for item in (*arithmetic, *spans)}
    with worlds.bot_over({name: texts[name] for name in sorted(used)}) as bot:
        articles = {name: bot.index.article(name) for name in bot.index.article_ids()}
        answers = {i: bot.ask(i.question, article=i.article) for i in (*spans, *arithmetic)}
    tutorial = Tutorial(articles)
    plain = {i: tutorial.answer(i.question, i.article).text for i in answers}
    for name, asked in (
        ("figures", [item for item in spans if all(map(_is_figure, item.parts))]),
        ("wordings", [item for item in spans if not all(map(_is_figure, item.parts))]),
        ("arithmetic", arithmetic),
    ):
        yield Line(
            f"TAT-QA dev, text only: {len(asked)} {name}", "exact match, with scale",
            worlds.percent([is_matched(answers[item], item) for item in asked]),
            worlds.percent([_is_plainly_matched(plain[item], item) for item in asked]), PLAIN,
            f"{sum(answers[item].status == 'abstained' for item in asked)} declined",
        )  # fmt: skip


def load() -> tuple[dict[str, str], list[Item]]:
    contexts = json.loads(public("tatqa_dev.json").read_text(encoding="utf-8"))
    texts, items = {}, []
    for number, context in enumerate(contexts):
        name = f"context-{number:03}.md"
        texts[name] = _article(context)
        for question in context["questions"]:
            if question["answer_from"] == "text":
                items.append(_item(question, name))
    return texts, items


def _article(context: Mapping[str, Any]) -> str:
    """The table first, then the paragraphs, as the set shows them."""
    rows = [[cell.replace("|", "/") for cell in row] for row in context["table"]["table"]]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, "|" + " --- |" * len(rows[0]))
    ordered = sorted(context["paragraphs"], key=lambda paragraph: paragraph["order"])
    return "\n\n".join(["\n".join(lines), *(p["text"] for p in ordered)]) + "\n"


def _item(question: Mapping[str, Any], article: str) -> Item:
    gold = question["answer"]
    parts = tuple(map(str, gold)) if isinstance(gold, list) else (str(gold),)
    return Item(question["question"], article, question["answer_type"], parts, question["scale"])


def is_matched(answer: Answer, item: Item) -> bool:
    """Whether an answer holds every part: a figure as a proven number, a wording as text."""
    if answer.status == "abstained":
        return False
    held = [*_values(answer), *_written_values(answer.text)]
    return all(_is_held(part, item, held, answer.text) for part in item.parts)


def _is_plainly_matched(text: str, item: Item) -> bool:
    held = _written_values(text)
    return all(_is_held(part, item, held, text) for part in item.parts)


def _is_held(part: str, item: Item, held: list[Decimal], text: str) -> bool:
    gold = figure_of(part)
    if gold is None:
        return _plain(part) in _plain(text)
    gold *= Decimal(10) ** SCALES[item.scale]
    places = max(0, -int(Decimal(part.strip("$%() ").replace(",", "") or 0).as_tuple().exponent)) \
        if item.kind == "arithmetic" else None  # fmt: skip
    half = Decimal(10) ** (SCALES[item.scale] - (places or 0)) / 2 if places is not None else 0
    return any(abs(abs(value) - abs(gold)) <= half for value in held)


def _values(answer: Answer) -> list[Decimal]:
    """What the numbers of the answer's text are proven by, whatever sentence they stand in."""
    known = {c.id: c.value for c in answer.calculations}
    known.update({name: figure.value for name, figure in answer.figures.items()})
    found = (known.get(number.proof) for number in answer.numbers)
    return [value for value in found if value is not None]


def _written_values(text: str) -> list[Decimal]:
    """Every numeral of a text with the scale word after it."""
    words = text.replace("$", " ").replace("%", " ").split()
    found = []
    for word, following in zip(words, [*words[1:], ""], strict=True):
        value = figure_of(word.strip('.,;:()[]“”"'))
        if value is not None:
            found.append(value * Decimal(10) ** WORDS.get(following.strip(".,;:").lower(), 0))
    return found


def figure_of(text: str) -> Decimal | None:
    """A part that is nothing but a figure ("$12.5 million", "15%", "(3.1)"), else None."""
    number, _, scale = text.strip().strip("$%").replace(",", "").partition(" ")
    if scale and scale.strip().lower() not in WORDS:
        return None
    try:
        value = Decimal(number.strip("$%()"))
    except InvalidOperation:
        return None
    return value * Decimal(10) ** WORDS.get(scale.strip().lower(), 0) if value.is_finite() else None


def _is_figure(part: str) -> bool:
    return figure_of(part) is not None


def _plain(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
