"""Dimensions: amounts that follow from what one of something takes and how many there are.

"Debt is to reach $4,150 a head", "the city has 486,000 inhabitants": the whole debt is the product;
"average attendance 18,420", "23 home matches": so is how many came to all of them; and of sales at
a price for each patient the quotient is how many patients there are. The units say what can be
multiplied or divided; the question names both figures by their measures, or asks for the total of
the one by the number of the other, and no two other figures may be meant as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.nodes import Node, leaf, step
from bot.questions import Query
from ingest import Figure, units

Cards = Sequence[Card]

# How sure a product or a quotient is of two figures that the question names, and no two others.
NAMED = 0.9
_TOTAL = re.compile(
    r"\b(?:total(?:s|led)?|whole|altogether|in all|overall|entire|sum|together"
    r"|(?:over|across|at|in|for|of|from) (?:all|the whole)|all)\b"
)
_AVERAGE = re.compile(r"\b(?:per|each|every|averages?|mean|a head|typical)\b")
_MANY = re.compile(r"\b(?:how many|number of) ((?:[a-z-]+ ){0,2}[a-z-]+)")
_OF_EACH = re.compile(r"\b(?:average|mean)\b")
_AVERAGES = terms.stems_of("average mean typical")
# A number of things is at least this many times a price that it is worth asking for.
MIN_NUMBER = 2


def ways(query: Query, cards: Cards) -> Iterator[Node]:
    """The products and quotients that a question asks for by the names of both figures."""
    said = query.text.lower()
    if query.form == "yesno" or query.operation in {"per_unit", "share", "growth", "difference"}:
        return
    asked = terms.stems_of(query.text)
    told = [c for c in cards if _is_level(c.figure) and _is_of_then(query, c.figure)]
    if _TOTAL.search(said) and not _AVERAGE.search(said):
        yield from _alone(list(_products(told, asked, _nouns(said))))
    if _MANY.search(said):
        yield from _alone(list(_quotients(told, asked, _nouns(said))))


def _nouns(said: str) -> list[str]:
    """What a question counts: one of the words after "how many"."""
    counted = _MANY.search(said)
    return counted[1].split() if counted else []


def _alone(found: Sequence[Node]) -> Iterator[Node]:
    """The one way, or several over the same values, none where they are told apart."""
    values = {tuple((f.value, f.unit) for f in node.leaves) for node in found}
    if len(values) == 1:
        yield found[0]


def _is_level(figure: Figure) -> bool:
    return figure.kind != "change" and not figure.claim == "negated" and bool(figure.value)


def _is_of_then(query: Query, figure: Figure) -> bool:
    return not query.periods or figure.period is None or figure.period in query.periods


# -- what each takes, times how many there are --------------------------------------------------


def _products(told: Cards, asked: frozenset[str], nouns: Sequence[str]) -> Iterator[Node]:
    """Of the total of a measure that the question names, or of the people whom it counts."""
    prices = [c for c in told if _is_for_each(c) and _is_asked(c, asked, nouns)]
    for price in _best(_of_named(prices, asked), asked):
        below = price.figure.unit.partition("/")[2]
        numbers = [c for c in told if _is_number_of(c, price, below, asked)]
        for number in _best(numbers, asked):
            yield step("product", [leaf(price.figure), leaf(number.figure)], score=NAMED)


def _is_asked(card: Card, asked: frozenset[str], nouns: Sequence[str]) -> bool:
    return _is_counted(card.figure.unit, nouns) or bool((_measure(card) - _AVERAGES) & asked)


def _is_counted(unit: str, nouns: Sequence[str]) -> bool:
    """Whether a question counts a noun: that itself, or people who may be called so."""
    told = [units.singular(noun) for noun in nouns]
    return unit in told or ("person" in told and units.are_alike("person", unit))


def _is_for_each(card: Card) -> bool:
    """Whether a figure is told of each: "$4,150 a head", "average attendance"."""
    top, _, below = card.figure.unit.partition("/")
    if below:
        return units.is_money(top) and units.is_count(below)
    is_number = units.is_count(top) or top == "1"
    return is_number and bool(_OF_EACH.search((card.figure.measure or "").lower()))


def _is_number_of(card: Card, price: Card, below: str, asked: frozenset[str]) -> bool:
    """Whether a number is of what a price is for, or of what the question has an average of."""
    figure, noun = card.figure, card.figure.unit
    if not units.is_count(noun) or not _are_of_one(figure, price.figure):
        return False
    if below:
        is_all = not units.are_persons(below) or "population" in (figure.measure or "")
        return units.are_alike(noun, below) and (is_all or terms.stems_of(noun) <= asked)
    is_beside = figure.article_id == price.figure.article_id
    return is_beside and terms.stems_of(noun) <= asked and noun != price.figure.unit


def _are_of_one(one: Figure, other: Figure) -> bool:
    """Of one owner, as far as both are told, which is known in two articles."""
    names = [terms.stems_of(f.entity or "") for f in (one, other)]
    if one.article_id != other.article_id:
        return bool(names[0]) and bool(names[1]) and _is_name_of(*names)
    return not names[0] or not names[1] or _is_name_of(*names) or one.sentence == other.sentence


def _is_name_of(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one


# -- an amount by what one takes ----------------------------------------------------------------


def _quotients(told: Cards, asked: frozenset[str], nouns: Sequence[str]) -> Iterator[Node]:
    """How many there are of what the question counts."""
    prices = [c for c in told if _is_price_of(c, nouns) and _measure(c) & asked]
    for price in _best(_of_named(prices, asked), asked):
        top = price.figure.unit.partition("/")[0]
        amounts = [c for c in told if c.figure.unit == top and _measure(c) & asked]
        amounts = [c for c in amounts if _may_be_made_of(c.figure, price.figure)]
        for amount in _best(amounts, asked):
            yield step("ratio", [leaf(amount.figure), leaf(price.figure)], score=NAMED)


def _is_price_of(card: Card, nouns: Sequence[str]) -> bool:
    top, _, below = card.figure.unit.partition("/")
    return units.is_money(top) and _is_counted(below, nouns)


def _may_be_made_of(amount: Figure, price: Figure) -> bool:
    is_more = (amount.value or 0) > MIN_NUMBER * (price.value or 0)
    return is_more and amount.article_id == price.article_id and _are_of_one(amount, price)


# -- what the question names --------------------------------------------------------------------


def _measure(card: Card) -> frozenset[str]:
    """The words that say what a figure measures."""
    return card.measure - linking.generic()


def _best(cards: Cards, asked: frozenset[str]) -> list[Card]:
    """Those that the question has most words of, by measure and owner."""
    fits = [len((_measure(card) | card.entity | card.unit) & asked) for card in cards]
    return [card for card, fit in zip(cards, fits, strict=True) if fit == max(fits)]


def _of_named(cards: Cards, asked: frozenset[str]) -> Cards:
    """Those of an owner whom the question names, all where it names none."""
    return [card for card in cards if card.entity & asked] or cards
