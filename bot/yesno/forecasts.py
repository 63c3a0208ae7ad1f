"""Forecasts: what was foreseen, planned or aimed at in one place, and what came of it in another.

"Did the chief constable's prediction come true?": the figure foreseen stands in last year's
article, what came of it in this year's; or both in one, some sentences apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.derivation import Search
from bot.evidence import lines
from bot.evidence.linking import Card
from bot.language import terms
from bot.nodes import attempted, is_range, leaf
from bot.questions import Query
from bot.tagging import Tags
from bot.yesno import decisions, limits, moves, telling
from bot.yesno.decisions import Decision
from bot.yesno.telling import Holds
from ingest import Article, Figure, periods

# Letters before and behind a figure in which it is called foreseen; a figure is likely asked about
# with this chance; what says otherwise is so many times less likely; what came of it is no so many
# times more or less.
BEFORE, BEHIND, LIKELY, CLEARER, FAR = 90, 40, 0.1, 2.0, 3
_FORESEEN = frozenset(["forecast", "target"])
_UNTRUE = frozenset(["forecast", "target", "negated", "hypothetical"])
_CUE = re.compile(
    r"\b(?:expect(?:s|ed|ing)?|forecasts?|predict(?:s|ed)?|foresees?|foresaw|hopes?|hoped|hoping"
    r"|plans?|planned|aims?|aimed|targets?|goal|wants?|wanted|should|will|has to be|have to be"
    r"|is to|are to|counts? on|counting on|reckons?|reckoned|pencils? in|promises?|promised"
    r"|guidance|outlook|projects|projected|budgets? for|budgeted)\b"
)


@dataclass(frozen=True, slots=True)
class _Way:
    """What came of something, what was foreseen, and how well the two fit what is asked."""

    came: Figure
    foreseen: Figure
    held: int
    chance: float


def decide(query: Query, search: Search, articles: dict[str, Article]) -> Decision | None:
    """What came of it held against what was foreseen; None where either is not surely meant."""
    if limits.supposed(query.text) is None or query.assumed or search.tags is None:
        return None
    words = _words(query)
    cards = [c for c in search.linker.cards if c.figure.kind != "change"]
    ahead = [c for c in cards if _is_foreseen(c.figure, articles)]
    after = [c for c in cards if _is_so(c) and c not in ahead]
    ways = [
        _way(came, foreseen, words, search.tags)
        for foreseen in ahead
        for came in after
        if _are_of_one_thing(came, foreseen) and _may_follow(came.figure, foreseen.figure, articles)
    ]
    ways = [w for w in ways if w.held and w.chance >= LIKELY and _is_of_then(w, query)]
    best = max(ways, key=lambda w: (w.held, _when(w), w.chance), default=None)
    holds = limits.held(query.text, best.came, best.foreseen) if best else None
    if best is None or holds is None:
        return None
    others = (
        w.chance for w in ways
        if (w.held, _when(w)) == (best.held, _when(best)) and _says(query, w) not in {holds, None}
    )  # fmt: skip
    made = [attempted(leaf(f), articles) for f in (best.came, best.foreseen)]
    if best.chance < CLEARER * max(others, default=0.0) or not all(made):
        return None
    return Decision(holds, tuple(m for m in made if m))


def _when(way: _Way) -> tuple[date, date]:
    """When what came about is of."""
    return periods.sort_key(way.came.period) if way.came.period else (date.min, date.min)


def _says(query: Query, way: _Way) -> Holds | None:
    return limits.held(query.text, way.came, way.foreseen)


def _words(query: Query) -> frozenset[str]:
    """What a question is about, but for what was foreseen and its times."""
    names = terms.stem_set(query.entities)
    spent = terms.stem_set([" ".join(decisions.data()["limits"]["words"].split())])
    held = terms.stems_of(limits.unnamed(query.text.lower())) - names - spent
    return frozenset(s for s in held if not s.isdigit() and not moves.is_time(s))


def _is_foreseen(figure: Figure, articles: dict[str, Article]) -> bool:
    """Whether a figure is told as what was to be."""
    if figure.claim in _FORESEEN:
        return True
    text = articles[figure.article_id].text.lower()
    first = max(figure.sentence.start, figure.start - BEFORE)
    before, behind = text[first : figure.start], text[figure.end : figure.end + BEHIND]
    return bool(
        _CUE.search(before) or re.match(r"[^.;]{0,25}\b(?:planned|expected|is the plan)", behind)
    )


def _is_so(card: Card) -> bool:
    """Whether a figure tells what came about."""
    return card.figure.value is not None and card.figure.claim not in _UNTRUE


def _is_of_then(way: _Way, query: Query) -> bool:
    """Whether what came, or what was foreseen, is of the time that is asked about."""
    told = f"{way.came.period} {way.foreseen.period}"
    return all(year in told for year in query.years)


def _are_of_one_thing(came: Card, foreseen: Card) -> bool:
    """Whether two figures are of one measure and unit, and of no two owners."""
    one, other = came.figure, foreseen.figure
    is_rate = one.unit.split("/")[0] == other.unit.split("/")[0]
    if not (is_rate or lines.are_of_one_unit(one, other)) or _is_of_other_size(one, other):
        return False
    is_called = bool(came.measure & foreseen.measure)
    return is_called and not (came.entity and foreseen.entity and not came.entity & foreseen.entity)


def _is_of_other_size(one: Figure, other: Figure) -> bool:
    low, high = (other.low, other.high) if is_range(other) else (other.value, other.value)
    if one.value is None or low is None or high is None:
        return True
    return one.value > FAR * high or low > FAR * one.value


def _may_follow(came: Figure, foreseen: Figure, articles: dict[str, Article]) -> bool:
    """Whether one may be what came of the other: of the same time, or told later of a later one."""
    text = articles[came.article_id].text
    is_row = "|" in text[came.sentence.start : came.sentence.end]
    if came.sentence == foreseen.sentence and came.article_id == foreseen.article_id:
        return is_row and came.period != foreseen.period
    if foreseen.period and came.period and foreseen.period[:4] == came.period[:4]:
        return True
    then, now = (articles[f.article_id].published for f in (foreseen, came))
    return bool(then and now and then < now and not foreseen.period)


def _way(came: Card, foreseen: Card, words: frozenset[str], tags: Tags) -> _Way:
    near = frozenset(foreseen.near)
    told = came.measure | came.entity | came.unit
    held = sum(telling.stands(w, told | near | foreseen.measure) for w in words)
    chance = decisions.chance(tags)
    return _Way(came.figure, foreseen.figure, held, chance(came.figure) + chance(foreseen.figure))
