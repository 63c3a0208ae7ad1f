"""Tilings: periods that make up another exactly, with no gap and no overlap.

A year is its two halves, its four quarters, its twelve months, or nine months and a quarter; what
is left of a year without its last quarter is its first nine months. Days do not tile: a figure of
a day tells what stood then. A fiscal year is made up of its own parts alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise

from ingest import periods

Months = tuple[str, int, int]
"""The calendar ("FY" or none), the first month and the one after the last, counted from year 0."""

_YEAR = re.compile(r"\d{4}")


def years_on(period: str, step: int) -> str:
    """The same part so many years on, whatever form it has."""
    return _YEAR.sub(lambda m: str(int(m.group()) + step), period)


@lru_cache(maxsize=5_000)
def months(period: str) -> Months | None:
    """The whole months of a period; None of a day and of what is no period."""
    try:
        first, last = periods.bounds(period)
    except ValueError:
        return None
    if (last - first).days < 27:
        return None
    calendar = "FY" if period.startswith("FY") else ""
    return calendar, first.year * 12 + first.month, last.year * 12 + last.month + 1


def is_same(one: str, other: str) -> bool:
    """Whether two periods are one: "2025-H1" is "2025-01/2025-06"."""
    return one == other or months(one) == months(other) is not None


def is_tiled(whole: str, parts: Iterable[str]) -> bool:
    """Whether several periods make up a whole one."""
    return joined(parts) == months(whole) is not None


def joined(parts: Iterable[str]) -> Months | None:
    """What several periods make up that follow each other without a gap; None where they do not."""
    found = [months(part) for part in parts]
    known = sorted(span for span in found if span is not None)
    if len(known) < max(2, len(found)):
        return None
    if any(one[0] != other[0] or one[2] != other[1] for one, other in pairwise(known)):
        return None
    return known[0][0], known[0][1], known[-1][2]


def rest(whole: str, parts: Sequence[str]) -> str | None:
    """What several periods leave of a whole one that they begin or end: one period, or None."""
    of_whole, of_part = months(whole), joined(parts) if len(parts) > 1 else months(parts[0])
    if of_whole is None or of_part is None or of_whole[0] != of_part[0]:
        return None
    calendar, first, end = of_whole
    _, begins, ends = of_part
    if begins == first and ends < end:
        return named((calendar, ends, end))
    return named((calendar, first, begins)) if ends == end and first < begins else None


def named(span: Months) -> str | None:
    """A span of months as a period: 2025-H1, 2025-Q3, 2025-01/2025-09."""
    calendar, first, end = span
    year, month, size = (first - 1) // 12, (first - 1) % 12, end - first
    names = {12: "", 6: f"-H{month // 6 + 1}", 3: f"-Q{month // 3 + 1}", 1: f"-{month + 1:02}"}
    if size in names and month % size == 0:
        return f"{calendar}{year}{names[size]}"
    last = end - 2
    told = f"{year}-{month + 1:02}/{last // 12}-{last % 12 + 1:02}"
    return None if calendar else told
