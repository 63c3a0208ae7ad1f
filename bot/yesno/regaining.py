"""Regaining: whether something is back at a level that it had in a year that is named.

"Have sales got back above their 2019 level?" over "94.6 million in 2024 topped the 92.1 million of
2019": of a sentence the level of that year, and a later one of its unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from bot.derivation import Search
from bot.evidence.pages import Found
from bot.language import tilings
from bot.nodes import attempted, leaf
from bot.questions import Query
from bot.yesno import decisions
from bot.yesno.decisions import Decision
from ingest import Article, Figure, periods

_ABOVE = re.compile(
    r"\b(?:back (?:above|over|to|at|up|on)|regain(?:ed|s)?|recover(?:ed|s)?|won back|win back"
    r"|returned? to|caught up with|made up (?:the )?ground|above|over|exceed(?:ed|s)?|topped?"
    r"|surpass(?:ed|es)?|beat(?:en)?|overtaken|more than|higher than|as (?:many|much|high) as"
    r"|at least)\b"
)
_BELOW = re.compile(
    r"\b(?:below|under|behind|short of|less than|fewer than|lower than|worse than)\b"
)


def decide(
    query: Query, lines: Sequence[Found], search: Search, articles: dict[str, Article]
) -> Decision | None:
    """A level of the year that is named held against a later one of its sentence."""
    flat = query.text.lower()
    is_above, is_below = bool(_ABOVE.search(flat)), bool(_BELOW.search(flat))
    if is_above == is_below or query.assumed or query.negated or len(query.years) != 1:
        return None
    for near in lines:
        if not decisions.is_surely_of_question(query, near, search.tags, articles):
            continue
        if told := _of_share(query, near):
            return told if is_above else decisions.turned(told)
        figures = decisions.figures_of([near], search)
        for then in figures.get((near.line.article_id, near.line.start), ()):
            now = _later(then, figures[near.line.article_id, near.line.start], query)
            made = [attempted(leaf(f), articles) for f in (now, then) if f]
            holds = _held(now, then) if now and all(made) else None
            if holds:
                told = Decision("yes" if holds == "yes" else "no", found=near)
                return told if is_above else decisions.turned(told)
    return None


def _of_share(query: Query, near: Found) -> Decision | None:
    """ "Traffic recovered to 97.3% of the record set in 2019"."""
    m = _SHARE_OF.search(near.line.text)
    if m is None or m["year"] not in query.years:
        return None
    return Decision("yes" if Decimal(m["share"]) >= 100 else "no", found=near)


_SHARE_OF = re.compile(
    r"\b(?P<share>\d{2,3}(?:\.\d+)?)(?:%| per ?cent) of (?:the|its|their|what)\b[^.;]{0,40}"
    r"\b(?P<year>(?:19|20)\d\d)\b"
)


def _later(then: Figure, figures: Sequence[Figure], query: Query) -> Figure | None:
    """The level of a sentence that is held against that of the year that is named."""
    if not then.period or then.kind == "change" or then.value is None:
        return None
    if not any(tilings.is_same(then.period, year) for year in query.years):
        return None
    alike = [
        f for f in figures
        if f is not then and f.unit == then.unit and f.kind != "change" and f.value is not None
        and f.period and periods.sort_key(f.period) > periods.sort_key(then.period)
    ]  # fmt: skip
    return alike[0] if len(alike) == 1 else None


def _held(now: Figure, then: Figure) -> str | None:
    """Whether a level is above another, as they are told: "topped the 92.1 million"."""
    if now.value is None or then.value is None or now.value == then.value:
        return None
    return "yes" if now.value > then.value else "no"
