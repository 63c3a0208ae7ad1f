"""Askers: what follows from an amount of the asker's and what the articles tell.

"How much is 2.9 trillion yuan in dollars?" at the rate that is told or implied; "How much is that
per head, for a population of 1.4 billion?" by the asker's own number; "homes per 1,000
inhabitants" so many times what one has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Protocol

from bot.deriving.chains import Thing
from bot.language import roles, terms
from bot.nodes import Node, step
from bot.questions import Query
from ingest import Figure, units


class Named(Protocol):
    """What the articles tell of a phrase or an amount."""

    def latest(self, phrase: str) -> list[Thing]:
        """The thing that it names, at the last time that is told, in each unit."""
        ...

    def rate(self, one: str, other: str) -> Node | None:
        """An exchange rate that is told or implied anywhere."""
        ...

    def told_amount(self, value: Decimal, unit: str) -> list[Figure]:
        """The figures of an amount."""
        ...

    def same_in(self, figure: Figure, unit: str) -> Node | None:
        """What a figure is told as in another unit beside it."""
        ...


def ways(query: Query, named: Named) -> Iterator[Node]:
    """What may answer, where the question brings an amount of its own; else nothing."""
    if len(query.assumed) == 1:
        yield from _converted(query, named)
        yield from _each(query, named)


# How sure an answer over the asker's own amount is.
SURE = 0.9

# -- in other money -----------------------------------------------------------------------------

_IN_MONEY = re.compile(
    r"(?:^(?:how (?:much|many|large|big)|what)\b(?: [a-z.$€£¥]+){0,5}? <amount>"
    r"|^(?:convert|turn|translate|express|put) <amount>|^<amount>)"
    r"(?: (?:be|worth|equal|correspond|come|amount|get|buy|make|convert\w*|expressed|equivalent))*"
    r"(?: to| in| into|$)"
)


def _converted(query: Query, named: Named) -> Iterator[Node]:
    amount, wanted = query.assumed[0], query.unit
    if not wanted or not units.is_money(wanted) or not units.is_money(amount.unit):
        return
    flat = query.text.lower().rstrip("?! .")
    asks = _IN_MONEY.pattern.replace("<amount>", re.escape(amount.text.lower()))
    if amount.unit == wanted or not re.search(asks, flat):
        return
    for figure in named.told_amount(amount.value, amount.unit):
        if told := named.same_in(figure, wanted):
            yield replace(told, score=SURE)
            return
    if rate := named.rate(amount.unit, wanted):
        yield Node(wanted, SURE, operation="conversion", parts=(rate,), parameters=(amount.text,))


# -- for each -----------------------------------------------------------------------------------

_EACH = re.compile(
    r"\b(?:per|for (?:each|every)|for every single|a) "
    r"(?P<one>head|capita|person|inhabitant|citizen|resident|household|[a-z]+)\b"
)
_X = re.compile(
    r"^(?:how (?:much|many)|what) (?:is|are|was|were|would|does|did|do) (?P<X>.+?)"
    r" (?:be |come to |make |amount to )?(?:per|for (?:each|every)|a) "
)
_PEOPLE = re.compile(r"\b(?:head|capita|person|inhabitant|citizen|resident|people|population)\b")


def _each(query: Query, named: Named) -> Iterator[Node]:
    """An amount that is told, by a number of people or things that the asker names."""
    number, flat = query.assumed[0], query.text.lower().rstrip("?! .")
    each, asked = _EACH.search(flat), _X.search(flat)
    if each is None or asked is None or number.value <= 0:
        return
    noun = "person" if _PEOPLE.search(flat) else units.singular(each["one"])
    is_number = number.unit == "1" or units.is_count(number.unit)
    phrase = roles.phrase(asked["X"])
    if not is_number or not terms.find(phrase):
        return
    of = "people" if noun == "person" else noun
    by = number.text if units.is_count(number.unit) else f"{number.text} {of}"
    for thing in named.latest(phrase):
        if units.is_money(thing.now.unit) or units.is_count(thing.now.unit):
            yield Node(
                f"{thing.now.unit}/{noun}",
                thing.score,
                operation="per_unit",
                parts=(thing.now,),
                parameters=(by,),
            )


# -- for each thousand --------------------------------------------------------------------------

_THOUSANDS = re.compile(
    r"\b(?:per|for (?:each|every)|(?:to|in) every) "
    r"(?P<n>[1-9][\d,]*|(?:a |one )?(?:hundred thousand|hundred|thousand|million))\b(?! ?%)"
)
_IN_DIGITS = {
    "hundred": "100",
    "thousand": "1,000",
    "hundred thousand": "100,000",
    "million": "1 million",
}


def scaled(query: Query, node: Node) -> Node:
    """A quotient for each of so many of what it is told of one, where so many are asked for."""
    asked = _THOUSANDS.search(query.text.lower())
    top, _, below = node.unit.partition("/")
    if asked is None or node.operation != "per_unit" or node.parameters:
        return node
    if not units.is_count(below) or "/" in below or not top:
        return node
    n = asked["n"].removeprefix("a ").removeprefix("one ")
    many = f"{_IN_DIGITS.get(n, n)} {_plural(below)}"
    return replace(step("product", [node], (many,), node.score), period=node.period)


def _plural(noun: str) -> str:
    return "people" if noun == "person" else noun if noun.endswith("s") else f"{noun}s"
