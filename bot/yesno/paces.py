"""Paces: two sides held against each other by every figure that may be theirs.

"Imports grew faster than exports", over "exports rose by 7.1%" and "imports by 2.3%". Nothing is
taken for likely here: each figure is called by its side's words and no others, and no pair of
figures, and no sentence, may tell it as it is supposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.evidence.pages import Found
from bot.language import terms
from bot.questions import Query
from bot.yesno import decisions, moves, sides, telling
from bot.yesno.sides import Sides
from ingest import Figure, periods
from ingest.figures import lexicon

NO_FACT = frozenset(["forecast", "target", "negated", "hypothetical"])


@dataclass(frozen=True, slots=True)
class Pace:
    """The figure of either side."""

    one: Figure
    other: Figure

    def holds(self, asked: Sides) -> bool | None:
        """Whether they bear out what is supposed; None where they leave it open."""
        told = decisions.held_above(decisions.span(self.one), decisions.span(self.other))
        return None if told is None else (told == "yes") == asked.is_more


def contrary(query: Query, cards: Sequence[Card], found: Sequence[Found]) -> Pace | None:
    """The figures by which surely the contrary holds of what a yes/no question supposes.

    cards: of the evidence's figures; found: its lines
    """
    asked = sides.read(query.text)
    if asked is None or asked.is_worth or query.assumed or query.negated or not asked.one:
        return None
    if any(sides.told(asked, f.line.text) for f in found):
        return None
    asked = _plain(asked)
    pairs = list(_pairs(asked, query, cards, _is_called))
    if not pairs:
        wider = list(_pairs(asked, query, cards, _may_be_called))
        told = any(pair.holds(asked) for pair in wider)
        pairs = [] if told else [p for p in wider if _is_of_one_sentence(p, cards)]
    pairs = _latest(pairs)
    against = [pair for pair in pairs if pair.holds(asked) is False]
    return against[0] if against and len(against) == len(pairs) else None


def is_against(question: str, figures: Sequence[Figure]) -> bool:
    """Whether two figures, in the order of the sides of a yes/no question, tell the contrary."""
    read = sides.read(question)
    asked = _plain(read) if read else None
    if asked is None or len(figures) != 2 or figures[0].unit != figures[1].unit:
        return False
    return Pace(*figures).holds(asked) is False


_OF_GROWTH = terms.stem_set(["outpace outstrip outgrow"])


def _plain(asked: Sides) -> Sides:
    """The sides without their verbs; what outpaces grows faster."""
    is_change = asked.is_change or bool(_OF_GROWTH & {*asked.shared})
    shared = tuple(s for s in asked.shared if s not in _verbs())
    return replace(asked, shared=shared, is_change=is_change)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    beaten = terms.table("questions")["lists"]["beat"].split("|")
    return frozenset(terms.stem(form) for form in (*lexicon.verbs(), *beaten)) | _OF_GROWTH


def _is_of_one_sentence(pair: Pace, cards: Sequence[Card]) -> bool:
    """Whether two figures are the only ones of their unit and kind in a sentence."""
    one, other = pair.one, pair.other
    alike = [
        c.figure for c in cards
        if c.figure.sentence_place == one.sentence_place
        and (c.figure.unit, c.figure.kind) == (one.unit, one.kind)
    ]  # fmt: skip
    return one.sentence_place == other.sentence_place and len(alike) == 2


def _pairs(asked: Sides, query: Query, cards: Sequence[Card], calls: _Calls) -> Iterator[Pace]:
    told = [c for c in cards if _is_told(c, asked, query)]
    mine = [c for c in told if calls(c, asked.one, asked.other, asked.shared)]
    theirs = [c for c in told if calls(c, asked.other, asked.one, asked.shared)]
    for x in mine:
        for y in theirs:
            if _are_alike(x.figure, y.figure):
                yield Pace(x.figure, y.figure)


def _is_told(card: Card, asked: Sides, query: Query) -> bool:
    figure = card.figure
    if figure.value is None or figure.claim in NO_FACT or card.is_heading:
        return False
    if (figure.kind == "change") != asked.is_change:
        return False
    return sides.may_be_of(figure, (*query.periods, *query.loose_periods))


class _Calls:
    """Whether a figure is called by a side and not by the other."""

    def __init__(self, is_sure: bool) -> None:
        self.is_sure = is_sure

    def __call__(
        self, card: Card, side: Sequence[str], other: Sequence[str], shared: Sequence[str]
    ) -> bool:
        held = card.measure | card.entity
        own = [s for s in side if not moves.is_time(s) and not s.isdigit()]
        if not own or not _all_stand(own, held) or _all_stand(other, held):
            return False
        around = held | card.unit | card.title | card.above | card.near.keys()
        if not _all_stand([s for s in shared if not moves.is_time(s)], around):
            return False
        return not self.is_sure or _is_just(card, (*side, *shared))


_is_called, _may_be_called = _Calls(is_sure=True), _Calls(is_sure=False)


def _all_stand(stems: Sequence[str], held: frozenset[str]) -> bool:
    return all(telling.stands(stem, held) for stem in stems)


def _is_just(card: Card, said: Sequence[str]) -> bool:
    """Whether the measure of a figure is told by no more words than are said."""
    rest = card.measure - linking.generic() - card.entity
    return all(telling.stands(s, frozenset(said)) for s in rest if not s.isdigit())


def _are_alike(one: Figure, other: Figure) -> bool:
    """Whether two figures are of one kind, unit, article and time, and against the same."""
    if one.unit != other.unit or one.kind != other.kind or one.article_id != other.article_id:
        return False
    if one.sentence != other.sentence and (one.period is None) != (other.period is None):
        return False
    return _same(one.period, other.period) and _same(one.basis, other.basis)


def _same(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def _latest(pairs: list[Pace]) -> list[Pace]:
    dated = [pair.one.period for pair in pairs if pair.one.period]
    if not dated:
        return pairs
    last = max(dated, key=periods.sort_key)
    return [pair for pair in pairs if pair.one.period in (None, last)]
