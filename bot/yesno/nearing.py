"""Nearing: which of two figures lies nearer to a third.

"Was the ministry's forecast closer to the result than the bank's?" is decided by the figures of the
two sides and by the likely one of their unit and size that tells what came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal

from bot.language import tilings
from bot.questions import Query
from bot.yesno.telling import Holds
from ingest import Figure

# What the two are held against is asked about with this chance; none so much less likely counts.
ASKED, AS_LIKELY = 0.1, 0.5
# It is not so many times more or less than both.
FAR = 2
_NEARER = re.compile(r"\b(?:nearer|closer)\b(?! together)[^?]* than\b")


def is_asked(question: str) -> bool:
    """Whether it is asked which of two lies nearer to something.

    >>> is_asked("Was the bank's guess nearer to the result than the ministry's?")
    True
    """
    return bool(_NEARER.search(question.lower()))


def held(
    query: Query,
    one: Figure,
    other: Figure,
    figures: Sequence[Figure],
    chance: Callable[[Figure], float],
) -> tuple[Holds, Figure] | None:
    """Whether the one lies nearer than the other, and to what; None where that is not clear."""
    may = [f for f in figures if chance(f) >= ASKED and _may_be_mark(f, one, other, query)]
    best = max(map(chance, may), default=0.0)
    told = [
        (chance(f), _nearer(one.value, other.value, f.value), f)
        for f in may
        if chance(f) >= AS_LIKELY * best
    ]
    if not told or len({holds for _, holds, _ in told}) > 1:
        return None
    _, holds, mark = max(told, key=lambda way: way[0])
    return (holds, mark) if holds else None


def _may_be_mark(figure: Figure, one: Figure, other: Figure, query: Query) -> bool:
    """Whether a figure may tell what came: of the same unit, size and time, and no forecast."""
    if figure.claim in {"forecast", "target", "hypothetical"} or figure in (one, other):
        return False
    if figure.value is None or one.value is None or other.value is None:
        return False
    if figure.unit not in {one.unit, other.unit} or figure.value in {one.value, other.value}:
        return False
    named = [tilings.is_same(figure.period, p) for p in query.periods] if figure.period else []
    less, more = sorted((abs(one.value), abs(other.value)))
    is_of_size = less <= FAR * abs(figure.value) and abs(figure.value) <= FAR * more
    return is_of_size and (not named or any(named))


def _nearer(one: Decimal | None, other: Decimal | None, mark: Decimal | None) -> Holds | None:
    if one is None or other is None or mark is None:
        return None
    mine, theirs = abs(one - mark), abs(other - mark)
    return None if mine == theirs else "yes" if mine < theirs else "no"
