"""Increments: parts of a change that an article tells as such, and what share of it they are.

"Of the €106 million increase in revenue, €67 million came from food jars"; "lorries account for 1.1
million tonnes of the correction": a part of a change is told like a level, and who asks what share
of the increase was due to jars is told none, but what the two come to. Of a row of a table that
tells two times the points follow that it has brought of its whole's change.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.evidence import families, linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.nodes import Node, leaf, step
from bot.questions import Query
from ingest import periods, units

Cards = Sequence[Card]

# How sure the share is of what a question calls by the words that the part is told with.
CALLED = 0.95
# Sentences back in which the change may be told that a part is of.
N_BEFORE = 3

_CHANGE = (
    r"(?:increase|rise|growth|gain|jump|surge|expansion|upturn|decrease|decline|fall|drop|cut"
    r"|reduction|slump|correction|revision|change|difference|gap|shortfall|overrun|improvement"
    r"|swing|savings?|additional|extra|additions?)"
)
_ASKS = re.compile(
    r"\b(?:share|proportion|part|portion|fraction|percent\w*|per cent|how much)\b(?!age points?)|%"
)
_POINTS = re.compile(r"\bpoints?\b")
_BROUGHT = re.compile(
    r"\b(?:contribut\w+|add(?:s|ed)?|due to|down to|owed to|thanks to|c[ao]me from|account\w*"
    r"|brought|bring|deliver\w*|explain\w*|attribut\w+)\b"
)
_FALL = re.compile(
    r"\b(?:falls?|drops?|declines?|decreases?|cuts?|reductions?|slumps?|fell|dropped|declined"
    r"|decreased|shrinkage|downturn|losses)\b"
)
_OF_CHANGE = re.compile(rf"\b{_CHANGE}\b")
_OPENS = re.compile(r"^\W*(?:out )?of (?:the|this|that|these|those|its|their)\b[^0-9]*$")
_PART_OF = re.compile(
    rf"^[^,;.]{{0,3}}\bof (?:the|this|that|its|their) (?:[a-z-]+ ){{0,2}}{_CHANGE}\b"
)
_OTHER = re.compile(r"\bthe (?:other|remaining) \W*$")
_BREAK = re.compile(r"[;:]|\. |, | and ")


def ways(query: Query, cards: Cards) -> Iterator[Node]:
    """The shares of a change, or the points of it, that a question may ask for."""
    said = query.text.lower()
    if _POINTS.search(said) and _BROUGHT.search(said) and query.form != "yesno":
        yield from _points(query, cards)
    elif _ASKS.search(said) and _OF_CHANGE.search(said) and not _POINTS.search(said):
        yield from _shares(query, cards)


# -- of a change that is told -------------------------------------------------------------------


def _shares(query: Query, cards: Cards) -> Iterator[Node]:
    """By the words of the parts."""
    told = linking.by_sentence(cards)
    pairs = list(_pairs(told))
    for part, whole in pairs:
        beside = [p for p, _ in pairs if p.figure.sentence_place == part.figure.sentence_place]
        if _is_asked(query, part, whole, len(beside)):
            yield step("share", [leaf(part.figure), leaf(whole.figure)], score=CALLED)


def _pairs(told: Mapping[tuple[str, int], Cards]) -> Iterator[tuple[Card, Card]]:
    """Each part of a change with the change."""
    places = sorted(told)
    for n, place in enumerate(places):
        own = sorted(told[place], key=lambda card: card.figure.start)
        before = [told[p] for p in places[max(0, n - N_BEFORE) : n] if p[0] == place[0]]
        for part in own:
            if part.figure.kind != "change" and " | " not in part.sentence:
                whole = _opened(part, own) or _named(part, own, before)
                if whole is not None:
                    yield part, whole


def _opened(part: Card, own: Cards) -> Card | None:
    """The change that a sentence opens with, of which it tells the part."""
    whole = own[0]
    head = whole.sentence[: whole.figure.start - whole.figure.sentence.start].lower()
    return whole if _OPENS.search(head) and _may_hold(whole, part) else None


def _named(part: Card, own: Cards, before: Sequence[Cards]) -> Card | None:
    """The last change told before a part that is said to be "of the correction"."""
    if not _is_of_change(part) and not (_is_other(part) and any(map(_has_part, before[-1:]))):
        return None
    rows = [[c for c in own if c.figure.start < part.figure.start], *before[::-1]]
    found = (card for row in rows for card in row if _may_hold(card, part))
    return next(found, None)


def _is_of_change(part: Card) -> bool:
    rest = part.sentence[part.figure.end - part.figure.sentence.start :].lower()
    return bool(_PART_OF.search(rest))


def _has_part(row: Cards) -> bool:
    return any(map(_is_of_change, row))


def _is_other(part: Card) -> bool:
    """ "The other 0.3 million tonnes", after a part of a change."""
    head = part.sentence[: part.figure.start - part.figure.sentence.start].lower()
    return bool(_OTHER.search(head))


def _may_hold(whole: Card, part: Card) -> bool:
    one, other = whole.figure, part.figure
    is_more = one.value is not None and other.value is not None and one.value > other.value > 0
    return one.kind == "change" and one.unit == other.unit and one.unit != "%" and is_more


def _is_asked(query: Query, part: Card, whole: Card, n_parts: int) -> bool:
    """Whether the question has words of a part that are not those of the change."""
    said = _OF_CHANGE.sub(" ", query.text.lower())
    asked = terms.stems_of(_BROUGHT.sub(" ", said)) - linking.unspecific()
    own = terms.stems_of(part.sentence if n_parts == 1 else _clause(part))
    own -= terms.stems_of(whole.sentence[: _end(whole)])
    return bool(own & asked)


def _end(card: Card) -> int:
    """Where the words end that stand with a figure: at the next break."""
    end = card.figure.end - card.figure.sentence.start
    found = _BREAK.search(card.sentence, end)
    return found.start() if found else len(card.sentence)


def _clause(card: Card) -> str:
    """The words that stand with a figure, from the last break to the next."""
    start = card.figure.start - card.figure.sentence.start
    begin = max((m.end() for m in _BREAK.finditer(card.sentence, 0, start)), default=0)
    return card.sentence[begin : _end(card)]


# -- of a table's whole -------------------------------------------------------------------------


def _points(query: Query, cards: Cards) -> Iterator[Node]:
    """Of a row that the question names, of the change of what the rows are parts of."""
    asked = terms.stems_of(query.text) - linking.unspecific()
    cells = [card for card in cards if " | " in card.sentence and _is_level(card)]
    for before in cells:
        for now in cells:
            if not _is_next(before, now) or not _is_named(now, asked):
                continue
            pair = (before, now) if _FALL.search(query.text.lower()) else (now, before)
            change = step("difference", [leaf(card.figure) for card in pair])
            if whole := _whole(before, now, cells, cards):
                yield step("contribution", (change, leaf(whole.figure)), score=CALLED)


def _is_level(card: Card) -> bool:
    figure = card.figure
    return figure.kind != "change" and figure.unit not in {"%", "pp"} and figure.value is not None


def _is_next(before: Card, now: Card) -> bool:
    """Whether two cells of a row tell one thing, at one time and at the next."""
    one, other = before.figure, now.figure
    is_row = one.sentence_place == other.sentence_place and one.unit == other.unit
    if not is_row or one.measure != other.measure or not one.period or not other.period:
        return False
    return periods.shift(one.period, years=1) == other.period


def _is_named(card: Card, asked: frozenset[str]) -> bool:
    """Whether the question has every word that a row opens with."""
    label = terms.stems_of(card.sentence.strip("| ").partition("|")[0])
    return bool(label) and label <= asked and not families.is_whole(" ".join(label))


def _whole(part: Card, now: Card, cells: Cards, cards: Cards) -> Card | None:
    """The least amount of a part's time that all rows of its column may be parts of, one that is
    told beside what became of it before others.

    now: the same part at the later time
    """
    column = [card for card in cells if _is_of_column(card, part)]
    total = sum(card.figure.value or 0 for card in column)
    rows = {card.figure.sentence_place for card in column}
    found = [
        card for card in cards
        if _is_level(card) and _may_be_all(card, part)
        and (card.figure.sentence_place not in rows or families.is_whole(card.figure.entity or ""))
        and (card.figure.value or 0) >= total
    ]  # fmt: skip
    then = {card.figure.sentence_place for card in cards if card.figure.period == now.figure.period}
    ranked = sorted(
        found, key=lambda card: (card.figure.sentence_place not in then, card.figure.value or 0)
    )
    return ranked[0] if ranked and total else None


def _is_of_column(card: Card, part: Card) -> bool:
    one, other = card.figure, part.figure
    is_alike = (one.article_id, one.unit, one.period) == (
        other.article_id, other.unit, other.period
    )  # fmt: skip
    ends = [(f.measure or "").rpartition(", ")[2] for f in (one, other)]
    is_one = ends[0] == ends[1] or not any(", " in (f.measure or "") for f in (one, other))
    return is_alike and is_one and not families.is_whole(card.sentence.strip("| ").split(" | ")[0])


def _may_be_all(card: Card, part: Card) -> bool:
    one, other = card.figure, part.figure
    are_alike = one.unit == other.unit or "1" in (one.unit, other.unit)
    is_count = units.is_count(one.unit) or one.unit in {other.unit, "1"}
    is_then = (one.article_id, one.period) == (other.article_id, other.period)
    return is_then and are_alike and is_count
