"""Links: figures that say the same quantity, in one article or in several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from ingest import units
from ingest.articles import Span
from ingest.figures import clauses
from ingest.figures.figure import Figure

Place = tuple[str, int]
"""A quantity or a figure: the id of an article, and where the first mention or it begins."""

_MAX_COMPARED = 8
_NO_AMOUNT = frozenset({"duration", "rank", "score", "ratio"})
_HEDGED = frozenset({"about", "nearly", "more than", "less than"})


def link(figures: Sequence[Figure], headings: Sequence[Span] = ()) -> list[Figure]:
    """Give repeats the `quantity` of their first mention; pairs have it already.

    A repeat has the same unit, kind and direction, the same value, and neither its measure, its
    entity nor its period speaks against it. In a heading or under a hedge it may be rounded.
    """
    heads = {(span.start, span.end) for span in headings}
    seen: dict[tuple[str | None, ...], list[Figure]] = {}
    linked: list[Figure] = []
    moved: dict[int, int] = {}
    for figure in figures:
        first = _first_mention(seen.get(_key(figure), []), figure, heads)
        if first is not None:
            moved[figure.quantity] = first.quantity
            figure = replace(figure, quantity=first.quantity)
        elif figure.quantity in moved:
            figure = replace(figure, quantity=moved[figure.quantity])
        seen.setdefault(_key(figure), []).append(figure)
        linked.append(figure)
    return linked


def between(figures: Sequence[Figure]) -> dict[Place, Place]:
    """The quantity that each figure tells: one and the same for its mentions in several articles.

    Keys are (article, start) of the figures, values (article, quantity). Two articles tell one
    quantity where unit, kind, direction and claim are the same, the head of the measure and the
    period or the entity, and the values differ by rounding only.
    """
    told = {(f.article_id, f.start): (f.article_id, f.quantity) for f in figures}
    same: dict[Place, Place] = {}
    known: dict[tuple[str | None, ...], list[Figure]] = {}
    for figure in figures:
        listed = known.setdefault(_key(figure), [])
        for other in listed[-_MAX_COMPARED:]:
            if _are_one_elsewhere(other, figure):
                one = _root(same, (figure.article_id, figure.quantity))
                same[one] = _root(same, (other.article_id, other.quantity))
        listed.append(figure)
    return {place: _root(same, quantity) for place, quantity in told.items()}


def _root(same: dict[Place, Place], quantity: Place) -> Place:
    """The quantity that stands for all that are the same as this one."""
    while same.get(quantity, quantity) != quantity:
        quantity = same[quantity]
    return quantity


def _key(figure: Figure) -> tuple[str | None, ...]:
    """What mentions of one quantity share as it stands: only those are compared."""
    return figure.unit, figure.kind, figure.direction


def _first_mention(
    earlier: Sequence[Figure], figure: Figure, headings: set[tuple[int, int]]
) -> Figure | None:
    if figure.kind in _NO_AMOUNT or figure.value is None or figure.measure is None:
        return None
    return next((f for f in earlier[-_MAX_COMPARED:] if _are_one(f, figure, headings)), None)


def _are_one(a: Figure, b: Figure, headings: set[tuple[int, int]]) -> bool:
    is_same = a.value == b.value
    if not is_same and not (_may_be_rounded(a, headings) or _may_be_rounded(b, headings)):
        return False
    if a.sentence == b.sentence or not _agree(a, b):
        return False
    return is_same or (_is_rounded(a, b) and _have_one_head(a, b))


def _may_be_rounded(figure: Figure, headings: set[tuple[int, int]]) -> bool:
    span = figure.sentence
    return figure.comparator in _HEDGED or (span.start, span.end) in headings


def _are_one_elsewhere(a: Figure, b: Figure) -> bool:
    """Whether figures of two articles tell one quantity: more must be told than in one article."""
    if a.article_id == b.article_id or a.measure is None or a.kind in _NO_AMOUNT:
        return False
    told = (a.period is not None and a.period == b.period) or (
        a.entity is not None and a.entity == b.entity
    )
    close = (a.value is not None and a.value == b.value) or _is_rounded(a, b)
    return told and close and a.claim == b.claim and _agree(a, b) and _have_one_head(a, b)


def _agree(a: Figure, b: Figure) -> bool:
    """Whether the measures share a word and neither entity nor period speaks against it."""
    shared = not set((a.measure or "").split()).isdisjoint((b.measure or "").split())
    return shared and _no_conflict(a.entity, b.entity) and _no_conflict(a.period, b.period)


def _have_one_head(a: Figure, b: Figure) -> bool:
    heads = [units.singular(clauses.head(f.measure)) for f in (a, b) if f.measure]
    return len(heads) == 2 and heads[0] == heads[1]


def _no_conflict(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b


def _is_rounded(a: Figure, b: Figure) -> bool:
    """Whether two values are no further apart than the last place of the coarser one."""
    if a.value is None or b.value is None:
        return False
    place = max(a.precision, b.precision)
    small = place * 2 <= max(abs(a.value), abs(b.value))
    return small and abs(a.value - b.value) <= place and place > Decimal(0)
