"""Links: figures of one article that say the same quantity."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from ingest.figures.figure import Figure

Key = tuple[str, str | None, str, str | None, Decimal | None, Decimal | None]


def link(figures: list[Figure], text: str) -> list[Figure]:
    """Give repeats the `quantity` of their first mention; pairs have it already.

    A repeat has the same value, unit, kind and direction, and neither its measure's head, its
    entity nor its period speaks against it.
    """
    seen: dict[Key, list[Figure]] = {}
    linked: list[Figure] = []
    moved: dict[int, int] = {}
    for figure in figures:
        first = _first_mention(seen.get(_key(figure), []), figure)
        if first is not None:
            moved[figure.quantity] = first.quantity
            figure = replace(figure, quantity=first.quantity)
        elif figure.quantity in moved:
            figure = replace(figure, quantity=moved[figure.quantity])
        seen.setdefault(_key(figure), []).append(figure)
        linked.append(figure)
    return linked


def _key(figure: Figure) -> Key:
    value = figure.value if figure.value is not None else None
    ends = (figure.low, figure.high) if value is None else (None, None)
    return (figure.unit, figure.direction, figure.kind, str(ends), value, None)


_MAX_COMPARED = 8


def _first_mention(earlier: list[Figure], figure: Figure) -> Figure | None:
    if figure.kind in ("duration", "rank", "score", "ratio") or figure.value is None:
        return None
    return next((f for f in earlier[:_MAX_COMPARED] if _agree(f, figure)), None)


def _agree(a: Figure, b: Figure) -> bool:
    if a.measure is None or b.measure is None or a.sentence == b.sentence:
        return False
    return (
        _no_conflict(a.entity, b.entity)
        and _no_conflict(a.period, b.period)
        and bool(set(a.measure.split()) & set(b.measure.split()))
    )


def _no_conflict(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b
