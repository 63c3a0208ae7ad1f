"""Leftovers: what an article calls the rest of a whole, whose size it leaves to the reader.

"£56.7m in all, of which the ministry pays £45m and the charity £2.7m; the rest will be borrowed":
who asks how much has to be borrowed wants the whole less all its parts. The whole may stand in a
sentence before ("Revenue was $2.18 billion. ... Industrial sales were $412 million, and consumer
goods made up the rest"): then each sentence of the paragraph tells one part.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.deriving.compounds import is_level
from bot.evidence import formers, linking
from bot.evidence.linking import Card, place_of
from bot.language import terms
from bot.nodes import Node, leaf, step
from bot.questions import Query
from ingest import Article, sentences, units

Cards = Sequence[Card]

# How sure the rest is that a question calls by the words that it is told with.
CALLED = 0.95
# The share of a question's own words that the rest, its whole and its parts have to hold.
HELD = 0.6
# What is less than this share of the others is a price or a number of another kind, and no part.
MIN_PART = 0.001
# So many parts are listed at most.
MAX_PARTS = 8

_REST = re.compile(
    r"\bthe (?:rest|remainder)\b(?! of (?!it\b|them\b|this\b|that\b|these\b|those\b))"
    r"|\bthe remaining (?=[a-z]+s\b)"
)
_BREAK = re.compile(r"[,;:] |\band ")
_OF = re.compile(r"^of (?:[a-z]+ ){0,3}[^a-z0-9]*$")
_OF_IT = re.compile(r"\bof (?:which|whom|them|these|those|that|it|this)\b")
# "The state pays 95 million euros of that": a part of what is told elsewhere.
_PART_OF_IT = re.compile(r"^ (?:[a-z]+ )?of (?:that|it|this|them|these|those)\b")
# What a part is told to be of at the opening of a sentence is told elsewhere, and no listed whole.
_OF_ANOTHER = re.compile(r"^\W*Of (?:the|its|their|these|those|this|that|them|it)\b")
_IN_ALL = re.compile(
    r"\b(?:in all|in total|altogether|total(?:s|led)?|overall|costs?|spent|spending"
    r"|c[ao]mes? to|amount(?:s|ed)? to)\b"
)
_ASKS = re.compile(r"\b(?:how (?:much|many|big|large|high)|what|size)\b")
# What speaks of what the sentence before names; and who asks what somebody has to pay.
_IT = re.compile(r"^\W*(?:It|This|That|They|These)\b")
_PAYS = re.compile(
    r"\b(?:pays?|paid|bears?|funds?|financ\w+|raises?|covers?|shoulders?|finds?|itself|themselves"
    r"|h[ei][mr]self|put in|chips? in|contribut\w+|left with|left for)\b"
)
# What a question for the rest may look like one for.
_ASKED = frozenset([None, "residual", "difference", "contribution"])
_SHARE = re.compile(r"%|\b(?:percent\w*|per cent|share|proportion|fraction|part)\b")


@dataclass(frozen=True, slots=True)
class _Left:
    """A sentence that tells of a rest.

    words: the stems of its clause, to the end of the sentence; payer: those before "the rest"
    own, after: the figures of its sentence, before and in the clause
    near, far: those of the sentences before it, in its paragraph and above, the nearest first
    """

    words: frozenset[str]
    payer: frozenset[str]
    own: Cards
    after: Cards
    near: Sequence[Cards]
    far: Sequence[Cards]


def ways(query: Query, articles: Mapping[str, Article], cards: Cards) -> Iterator[Node]:
    """What a whole leaves, where a question asks for what the rest of it is told to be."""
    said = query.text.lower()
    is_of_amount = _ASKS.search(said) and not _SHARE.search(said)
    if not is_of_amount or query.operation not in _ASKED:
        return
    told = linking.by_sentence(cards)
    for article in articles.values():
        for left in _lefts(article, told):
            members = _members(left)
            if members and _is_meant(query, article, left, members):
                yield step("residual", [leaf(c.figure) for c in members], score=CALLED)


def _lefts(article: Article, told: Mapping[tuple[str, int], Cards]) -> Iterator[_Left]:
    if not _REST.search(article.text.lower()):
        return
    spans = sentences.find(article)
    for i, span in enumerate(spans):
        text = article.text[span.start : span.end]
        rest = _REST.search(text.lower())
        block = next((b for b in article.blocks if b.start <= span.start < b.end), None)
        if rest is None or block is None or block.kind == "table":
            continue
        begin = max((m.end() for m in _BREAK.finditer(text, 0, rest.start())), default=0)
        own = sorted(told.get((article.id, span.start), ()), key=lambda c: c.figure.start)
        before = [(s.start, told.get((article.id, s.start), ())) for s in spans[:i][::-1]]
        yield _Left(
            terms.stems_of(_REST.sub(" ", text[begin:].lower())),
            terms.stems_of(text[begin : rest.start()]),
            [c for c in own if c.figure.start < span.start + begin],
            [c for c in own if c.figure.start >= span.start + begin],
            [own for start, own in before if start >= block.start],
            [own for start, own in before if start < block.start],
        )


def _members(left: _Left) -> tuple[Card, ...]:
    """The whole and its parts, none where they are not told or leave nothing."""
    row = _now(left.own)
    unit = _unit(row or [c for own in left.near for c in _now(own)])
    largest = max(map(_value, row), default=0.0)
    row = [c for c in row if c.figure.unit == unit and _value(c) > MIN_PART * largest]
    if len(row) > 1 and _sum(row[1:]) < _value(row[0]) and _tells_whole(row[0]):
        return _checked(left, row[0], row[1:])
    parts = row
    for own in left.near:
        if first := _first(own, unit, parts):
            parts = [first, *parts]
    wholes = [first for own in left.far if parts and (first := _first(own, unit, parts))]
    above = next((c for c in wholes if _value(c) > _sum(parts)), None)
    if row and _OF_ANOTHER.search(row[0].sentence):
        return ()
    if len(parts) > 2 and _sum(parts[1:]) < _value(parts[0]):
        is_sure = above is None or any(map(_tells_whole, parts))
        return _checked(left, parts[0], parts[1:]) if is_sure else ()
    return _checked(left, above, parts) if above else ()


def _tells_whole(first: Card) -> bool:
    """Whether a sentence says of its first figure that it is of all, or that others are of it."""
    begin = first.figure.sentence.start
    before = first.sentence[: first.figure.start - begin].lower()
    after = first.sentence[first.figure.end - begin :].lower()
    if _PART_OF_IT.search(after):
        return False
    return bool(_OF.search(before) or _OF_IT.search(after) or _IN_ALL.search(before + after))


def _checked(left: _Left, whole: Card, parts: Cards) -> tuple[Card, ...]:
    """Them, where more than one part is told and how much the rest is is not."""
    is_told = any(c.figure.unit == whole.figure.unit for c in left.after)
    return () if is_told or not 1 < len(parts) <= MAX_PARTS else (whole, *parts)


def _unit(cards: Cards) -> str | None:
    """The unit that most are of, money before numbers."""
    told = Counter(c.figure.unit for c in cards)
    return max(told, key=lambda unit: (units.is_money(unit), told[unit]), default=None)


def _first(own: Cards, unit: str | None, parts: Cards) -> Card | None:
    """The first figure of a sentence that may be a part beside others, or their whole."""
    found = (c for c in _now(own) if c.figure.unit == unit)
    return next((c for c in found if _value(c) > MIN_PART * _sum(parts)), None)


def _now(own: Cards) -> list[Card]:
    """The levels of a sentence, in order, but for those that stood before another."""
    levels = sorted((c for c in own if is_level(c.figure)), key=lambda c: c.figure.start)
    levels = [c for c in levels if not c.figure.claim and c.figure.unit != "1"]
    then = formers.found([place_of(c.figure) for c in levels], levels)
    return [c for c in levels if place_of(c.figure) not in then]


def _value(card: Card) -> float:
    return float(card.figure.value or 0)


def _sum(cards: Cards) -> float:
    return sum(map(_value, cards))


def _is_meant(query: Query, article: Article, left: _Left, members: Cards) -> bool:
    """Whether a question names the rest by words that are not those of its whole or of a part, and
    most of its other words are told of them."""
    asked = terms.stems_of(query.text) - linking.unspecific()
    of_others = frozenset[str]().union(*(c.measure | c.unit for c in members))
    told = left.words.union(*(terms.stems_of(c.sentence) for c in members))
    if _IT.match(members[0].sentence):
        told |= members[0].before
    told |= terms.stems_of(article.title) | of_others | linking.unspecific()
    named = (left.words & asked) - of_others - terms.stems_of(article.title)
    if _PAYS.search(query.text.lower()):
        named |= left.payer & asked
    times = {c.figure.period for c in members} - {None}
    is_of_time = not query.periods or not times or bool(times & set(query.periods))
    return bool(named) and is_of_time and len(asked & told) >= HELD * len(asked)
