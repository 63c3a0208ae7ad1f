"""Pairs: the two figures by which a question is decided that no sentence answers in words.

"Did wind output rise?" over a table's row: the cell of the period that is asked about and the one
before it. "Is it more than half of the price?": of the likely figures a part and a whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import permutations, takewhile

from bot.language import tilings
from bot.questions import Query
from ingest import Figure, periods

Chance = Callable[[Figure], float]
# A cell that is asked about is at least this likely; another of its row may be half as likely.
ASKED, HALF = 0.3, 0.5
# A part and a whole are at least this likely, and together so much likelier than any other two.
PART, WHOLE, AHEAD = 0.25, 0.15, 1.3
_STEP = re.compile(r"\b(?:previous|last|preceding|prior) quarter|\bquarter (?:before|earlier)")


def of_times(query: Query, cells: Sequence[Figure], chance: Chance) -> tuple[Figure, Figure] | None:
    """Of a row's cells the one asked about, and the one of an earlier time to hold it against."""
    dated = [f for f in cells if f.period and f.kind != "change" and f.value is not None]
    one = _asked(query, dated, chance)
    if one is None:
        return None
    alike = [f for f in dated if f.unit == one.unit and f.measure == one.measure]
    earlier = [f for f in alike if _is_before(f, one)]
    if len(query.periods) > 1:
        earlier = [f for f in earlier if any(_is_of(f, p) for p in query.periods)]
    then = tilings.years_on(one.period or "", -1)
    other = next((f for f in earlier if f.period == then), None)
    if other is None or _STEP.search(query.text.lower()):
        other = max(earlier, key=lambda f: periods.sort_key(f.period or ""), default=None)
    return (one, other) if other else None


_BEFORE = re.compile(
    r"\b(?:previous|last|prior|preceding)\b|\b(?:year|season|quarter|month) (?:before|earlier|ago)"
    r"|\b(?:before|earlier)$",
    re.IGNORECASE,
)


def of_headers(cells: Sequence[Figure], text: str, chance: Chance) -> tuple[Figure, Figure] | None:
    """Of a row's cells the likely one, and that of the same unit under "previous year".

    text: of the article
    """
    told = [(f, _header_of(f, text)) for f in cells if f.value is not None and f.kind != "change"]
    now = [f for f, header in told if not _BEFORE.search(header)]
    then = [f for f, header in told if _BEFORE.search(header)]
    if len(then) != 1:
        return None
    alike = [f for f in now if f.unit == then[0].unit and f.measure == then[0].measure]
    likely = [f for f in alike if max(chance(f), chance(then[0])) >= ASKED]
    return (likely[0], then[0]) if len(likely) == 1 else None


# "over the year to March": what is named is where the span ends.
_SPAN = re.compile(r"\b(?:over|in|during) the (?:past )?(?:year|twelve months|12 months) to\b")


def _header_of(cell: Figure, text: str) -> str:
    """What stands above a cell of a table written with bars; "" where it is no such table."""
    start = text.rfind("\n", 0, cell.start) + 1
    n = text.count("|", start, cell.start)
    rows = text[:start].rstrip("\n").split("\n")
    above = list(takewhile(lambda row: "|" in row, reversed(rows)))
    columns = above[-1].split("|") if above and n else []
    return columns[n].strip() if n < len(columns) else ""


def _asked(query: Query, dated: Sequence[Figure], chance: Chance) -> Figure | None:
    """The latest of the likely cells, of those of the period that is named."""
    named = [f for f in dated if any(_is_of(f, p) for p in query.periods)]
    if query.periods and not named and not _SPAN.search(query.text.lower()):
        return None
    found = named or dated
    best = max(map(chance, found), default=0.0)
    likely = [f for f in found if chance(f) >= HALF * best] if best >= ASKED else []
    return max(likely, key=lambda f: periods.sort_key(f.period or ""), default=None)


def _is_of(figure: Figure, period: str) -> bool:
    return figure.period is not None and tilings.is_same(figure.period, period)


def _is_before(figure: Figure, other: Figure) -> bool:
    """Whether a figure is of an earlier period of the same length."""
    mine, theirs = figure.period or "", other.period or ""
    is_as_long = len(mine) == len(theirs)
    return is_as_long and periods.sort_key(mine) < periods.sort_key(theirs)


def of_parts(
    figures: Sequence[Figure], first: Chance, later: Chance
) -> tuple[Figure, Figure] | None:
    """The two figures of one unit that are surely the likeliest as a part and as its whole.

    first, later: how likely a figure is asked about as the one and as the other
    """
    known = [f for f in figures if f.value and f.kind != "change"]
    ranked = sorted(
        (
            (-first(a) * later(b), i, (a, b))
            for i, (a, b) in enumerate(permutations(known, 2))
            if first(a) >= PART and later(b) >= WHOLE and _may_be_shared(a, b)
        ),
    )
    if not ranked:
        return None
    best, _, pair = ranked[0]
    rivals = (score for score, _, other in ranked[1:] if set(map(id, other)) != set(map(id, pair)))
    return pair if best <= AHEAD * next(rivals, 0.0) else None


def _may_be_shared(a: Figure, b: Figure) -> bool:
    """Of one unit and sentence, and not one thing at two times."""
    is_together = a.sentence == b.sentence and a.article_id == b.article_id
    if a.unit != b.unit or not is_together or a.value == b.value:
        return False
    return a.measure != b.measure or a.entity != b.entity or a.period == b.period
