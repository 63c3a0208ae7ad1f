"""Reading: from an article to its figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ingest import units
from ingest.articles import Article, Block, Span
from ingest.figures import statements
from ingest.figures.figure import Figure, Kind
from ingest.figures.quantities import Quantity
from ingest.figures.statements import Statement

VERSION = 1
"""Moves with the rules, so that an index knows when to read its figures again."""

_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[^\W_a-z])|\n+")
_HAS_NUMBER = re.compile(r"\d")


def find(article: Article) -> list[Figure]:
    """The figures of an article, in order of where they stand."""
    found: list[Figure] = []
    for block, span in _sentences(article):
        statement = statements.read(article.text, span, block)
        for quantity in statement.quantities:
            found.append(_figure(article, statement, quantity))
    return found


def _sentences(article: Article) -> Iterator[tuple[int, Span]]:
    for index, block in enumerate(article.blocks):
        for span in _cut(article.text, block):
            yield index, span


def _cut(text: str, block: Block) -> Iterator[Span]:
    start = block.start
    for match in _END.finditer(text, block.start, block.end):
        if match.start() > start:
            yield Span(start, match.start())
        start = match.end()
    if start < block.end:
        yield Span(start, block.end)


def _figure(article: Article, statement: Statement, quantity: Quantity) -> Figure:
    unit = quantity.unit or "1"
    low, high = interval(quantity, unit)
    period = _period(statement, quantity)
    return Figure(
        article_id=article.id,
        start=quantity.start,
        end=quantity.end,
        value=quantity.value,
        low=low,
        high=high,
        unit=unit,
        kind=_kind(quantity, unit),
        comparator=quantity.comparator,
        direction=None,
        precision=_precision(quantity, unit),
        sentence=statement.span,
        quantity=quantity.start,
        measure=quantity.noun,
        period=period,
    )


def _kind(quantity: Quantity, unit: str) -> Kind:
    forms: dict[str, Kind] = {
        "score": "score",
        "rank": "rank",
        "odds": "ratio",
        "multiple": "ratio",
    }
    if quantity.form in forms:
        return forms[quantity.form]
    if units.is_duration(unit):
        return "duration"
    if "/" in unit:
        return "rate"
    return "count" if units.is_count(unit) else "level"


def _period(statement: Statement, quantity: Quantity) -> str | None:
    near = sorted(statement.dates, key=lambda d: abs(d.first - quantity.first))
    return next((d.period for d in near if d.period), None)


def _precision(quantity: Quantity, unit: str) -> Decimal:
    if quantity.form in ("score", "rank"):
        return Decimal(0)
    exact = units.is_count(unit) and quantity.comparator is None and quantity.place == 1
    return Decimal(0) if exact and quantity.low is None else quantity.place


def interval(quantity: Quantity, unit: str) -> tuple[Decimal | None, Decimal | None]:
    """What the statement honestly claims: see DESIGN's honest digits in `Figure`."""
    place = _precision(quantity, unit)
    if quantity.form == "score":
        return None, None
    if quantity.low is not None and quantity.high is not None:
        return quantity.low - place / 2, quantity.high + place / 2
    value = quantity.value
    if value is None:
        return None, None
    if quantity.comparator == "±" and quantity.spread is not None:
        return value - quantity.spread, value + quantity.spread
    return _around(value, place, quantity.comparator)


def _around(
    value: Decimal, place: Decimal, comparator: str | None
) -> tuple[Decimal | None, Decimal | None]:
    if comparator in ("more than", "at least"):
        return value, None
    if comparator in ("less than", "up to"):
        return None, value
    if comparator == "nearly":
        return value - place, value
    width = place if comparator == "about" else place / 2
    return value - width, value + width
