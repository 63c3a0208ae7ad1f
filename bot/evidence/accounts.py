"""Accounts: what else the articles tell of the quantity that is about to be told.

A release and the one that revises it, two papers on one flood, a figure rounded by one article and
exact in another, one that could be worked out and is stated: of the same measure, owner, period and
unit another article may tell something else. What revises wins and what is more exact wins; what
merely differs is told beside it, the later first where what is told is of no period.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from bot.evidence import callings, linking, revisions
from bot.evidence.linking import Card
from bot.language import tilings
from bot.nodes import Derivation
from ingest import Article, Figure, periods

Kind = Literal["exact", "revises", "differs", "stated"]

# Accounts of one thing differ by so many times at most, those whose measures differ by a word by
# this part; a result and what is stated instead by this part.
APART, NEAR, AGREES = Decimal(2), Decimal("0.1"), Decimal("0.05")
# Days between two articles that tell of one event, whose figures are of no period.
ONE_EVENT = 45

_PUT_RIGHT = re.compile(
    r"\b(?:revis(?:ed|es|ions?)|correct(?:ed|s|ions?)|restate[sd]?|recount(?:ed)?"
    r"|first estimates?|(?:not|instead of|rather than) (?:the )?[€£$¥]?\d)",
    re.IGNORECASE,
)
# The kinds of pairs of tellings of which the first no longer holds.
_REPLACED = ("wrong", "plan")
_CLAIMED = ("forecast", "target", "negated", "hypothetical")


@dataclass(frozen=True, slots=True)
class Account:
    """Another figure of the same quantity, and what it is to the one that was chosen.

    kind: "exact" where both agree and it has more digits, "revises" where it puts the other right,
        "stated" where the other was worked out, "differs" where neither is better
    """

    figure: Figure
    kind: Kind


def of(way: Derivation, cards: Sequence[Card], articles: Mapping[str, Article]) -> Account | None:
    """What another sentence tells of the quantity that a way leads to; None where nothing does.

    cards: of the evidence
    """
    if way.is_stated:
        told = way.figures[way.result]
        own = next((card for card in cards if card.figure == told), None)
        found = [a for c in cards if own and (a := _beside(own, c, articles))]
        found += [Account(now, "revises") for now in _put_right(told, cards, articles)]
    else:
        found = [a for c in cards if (a := _stated(way, c))]
    order: tuple[Kind, ...] = ("revises", "stated", "exact", "differs")
    return min(found, key=lambda a: (order.index(a.kind), a.figure.precision), default=None)


# -- instead of a result ------------------------------------------------------------------------


def _stated(way: Derivation, card: Card) -> Account | None:
    """A stated figure of what was worked out as it was before or will be."""
    node, figure = way.node, card.figure
    if node is None or node.operation != "before_growth" or figure.kind not in ("level", "count"):
        return None
    start = node.parts[0].figure
    result = way.calculations[way.result]
    if start is None or result.value is None or not figure.value:
        return None
    is_one = start.measure == figure.measure and is_one_name(start.entity, figure.entity)
    if not is_one or figure.unit != start.unit or figure.claim in _CLAIMED:
        return None
    is_then = bool(figure.period) and tilings.is_same(figure.period or "", result.period or "")
    is_near = abs(figure.value - result.value) <= AGREES * abs(result.value)
    return Account(figure, "stated") if is_then and is_near else None


# -- beside a figure ----------------------------------------------------------------------------


def _beside(own: Card, other: Card, articles: Mapping[str, Article]) -> Account | None:
    """What a figure of another article is to one, where both are of one quantity."""
    one, two = own.figure, other.figure
    if one.article_id == two.article_id or not _are_one(own, other, articles):
        return None
    if _overlap(one, two):
        return Account(two, "exact") if two.precision < one.precision else None
    if _puts_right(two, articles) and not _puts_right(one, articles):
        return Account(two, "revises")
    return Account(two, "differs") if _measure(own) == _measure(other) else None


def _put_right(
    told: Figure, cards: Sequence[Card], articles: Mapping[str, Article]
) -> Iterator[Figure]:
    """What another article tells instead of a figure that it repeats: "$298 million, not $265
    million"."""
    repeated = {
        card.figure.sentence_place
        for card in cards
        if card.figure.article_id != told.article_id and _is_repeated(told, card.figure)
    }
    for place, own in linking.by_sentence(cards).items() if repeated else ():
        for pair in revisions.pairs(own) if place in repeated else ():
            if pair.kind in _REPLACED and _is_repeated(told, pair.then):
                if _is_of_one_owner(told, pair.now, articles):
                    yield pair.now


def _is_repeated(told: Figure, other: Figure) -> bool:
    return told.value is not None and (told.value, told.unit) == (other.value, other.unit)


def _are_one(own: Card, other: Card, articles: Mapping[str, Article]) -> bool:
    """One unit and kind, owner, period, and measure, or one that has a word more and is near."""
    one, two = own.figure, other.figure
    if (one.unit, one.kind) != (two.unit, two.kind) or two.claim in _CLAIMED:
        return False
    if one.kind not in ("level", "count") or not one.value or not two.value:
        return False
    mine, theirs = _measure(own), _measure(other)
    is_alike = mine == theirs or (len(mine ^ theirs) == 1 and (mine < theirs or theirs < mine))
    ratio = abs(one.value / two.value)
    limit = APART if mine == theirs else 1 + NEAR
    if not mine or not theirs or not is_alike or not 1 / limit <= ratio <= limit:
        return False
    return _is_of_one_owner(one, two, articles) and _is_of_one_time(one, two, articles)


def _measure(card: Card) -> frozenset[str]:
    return callings.name_of(card).measure


def _is_of_one_owner(one: Figure, two: Figure, articles: Mapping[str, Article]) -> bool:
    """One name, or a name that stands in the article of the figure that has none."""
    if one.entity and two.entity:
        return is_one_name(one.entity, two.entity)
    named, bare = (one, two) if one.entity else (two, one)
    article = articles[bare.article_id]
    return bool(named.entity) and (named.entity or "") in f"{article.title} {article.text}"


def is_one_name(one: str | None, two: str | None) -> bool:
    """ "Veltra" and "Veltra Group"; none and none."""
    first, second = (frozenset((name or "").lower().split()) for name in (one, two))
    return first == second or bool(first and second and (first < second or second < first))


def _is_of_one_time(one: Figure, two: Figure, articles: Mapping[str, Article]) -> bool:
    """One period; where neither has one, articles that were published near each other."""
    if one.period and two.period:
        return tilings.is_same(one.period, two.period)
    if one.period or two.period:
        return False
    days = [_day(articles[figure.article_id].published) for figure in (one, two)]
    return None not in days and abs((days[0] - days[1]).days) <= ONE_EVENT  # type: ignore[operator]


def _day(published: str | None) -> date | None:
    is_day = len(published or "") == len("2025-01-31")
    return periods.bounds(published)[0] if published and is_day else None


def _overlap(one: Figure, two: Figure) -> bool:
    """Whether the same value may be meant by both."""
    if None in (one.low, one.high, two.low, two.high):
        return True
    return one.low <= two.high and two.low <= one.high  # type: ignore[operator]


def _puts_right(figure: Figure, articles: Mapping[str, Article]) -> bool:
    """Whether a figure is told as one that revises another."""
    told = articles[figure.article_id].text[figure.sentence.start : figure.sentence.end]
    return figure.claim == "revised" or bool(_PUT_RIGHT.search(told))


def is_later(one: Figure, two: Figure, articles: Mapping[str, Article]) -> bool:
    """Whether the first of two figures without a period is of the article published later."""
    first, second = (articles[figure.article_id].published or "" for figure in (one, two))
    return one.period is None and bool(second) and first > second


def note(one: Figure, two: Figure, articles: Mapping[str, Article]) -> str:
    """ "The articles differ here: Ollmouth Herald, March 4, 2025, and Courier, March 6, 2025." """
    first, second = (_origin(articles[figure.article_id]) for figure in (one, two))
    return f"The articles differ here: {first}, and {second}."


def _origin(article: Article) -> str:
    name = article.source or article.title
    return f"{name}, {periods.describe(article.published)}" if article.published else name
