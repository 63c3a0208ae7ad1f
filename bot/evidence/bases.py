"""Bases: the year that a question holds another against, told by the articles only as that.

"How much was it up on 2023?" asks for the year that 2023 is the base of; where no figure is of
2023 itself, it is looked for as that later year. So is "a year earlier (2023)" for 2023.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from bot.questions import Query
from ingest import Figure, periods

_AGAINST = re.compile(
    r"\b(?:vs\.?|versus|against|over|on|from|since|than|compared (?:with|to)|relative to)"
    r"(?: in)?(?: the year)? (?:19|20)\d\d\b"
)

_YEAR = re.compile(r"\d{4}")


def looks_back(query: Query) -> bool:
    """Whether the one year of a question is what another is held against: "up on 2023"."""
    return len(query.periods) == 1 and bool(_AGAINST.search(query.text.lower()))


def in_time_told(query: Query, figures: Iterable[Figure]) -> Query:
    """The question with its one period as the figures of the evidence tell it."""
    if len(query.periods) != 1:
        return query
    told = list(figures)
    asked, times = query.periods[0], {f.period for f in told}
    if looks_back(query) and asked not in times:
        later = {f.period for f in told if f.period and asked == _base(f)}
        last = max((p for p in times if p), key=periods.sort_key, default=None)
        return replace(query, periods=(last,)) if last is not None and later == {last} else query
    named = stepped(asked, -query.shift) if query.shift else None
    if named is None or not {asked, named}.isdisjoint(times):
        return query
    # "A year earlier (2023)": one that no figure is a year away from is not stepped from.
    is_near = stepped(named, 1) in times and named in query.text
    return replace(query, periods=(named,), shift=0) if is_near else query


def _base(figure: Figure) -> str | None:
    """The period that a change is told from; None where it is not told."""
    if figure.kind != "change" or figure.period is None:
        return None
    if figure.base_period is not None:
        return figure.base_period
    is_yearly = figure.basis == "year on year" or _YEAR.fullmatch(figure.period)
    return periods.shift(figure.period, years=-1) if is_yearly else None


@lru_cache(maxsize=5_000)
def stepped(period: str, step: int) -> str | None:
    """The period one step earlier (-1) or later (1) of the same length."""
    try:
        return periods.previous(period) if step < 0 else periods.following(period)
    except ValueError:
        return None
