"""Chains: ways of several steps over things that a question names, of which levels and growth are
told.

What two things have grown by together, what the rest of a whole has, how a share has moved, what
part of a rise is owed to one thing, what two things come to when both grow on: each follows from
the level of every thing and its growth. The wordings are data (bot/data/questions.yaml, `chains`).
A way is as sure as the thing that is named least surely.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from bot.language import roles, terms
from bot.nodes import Node, step
from bot.questions import Query

MAX_CHARS = 400
Found = Mapping[str, str]
"""The phrases of a question that play the roles of a chain."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a phrase names: how much of it there is, was before its growth, and will be after it.

    score: how surely it is what the phrase names; is_made: whether it is made of several
    rate: the growth in percent that is told of it
    """

    now: Node
    before: Node | None = None
    after: Node | None = None
    score: float = 0.9
    is_made: bool = False
    rate: Node | None = None


class Named(Protocol):
    """What the articles tell of a phrase."""

    def things(self, phrase: str, beside: Thing | None = None) -> Sequence[Thing]:
        """The thing that it names, once for each unit that it is told in.

        beside: what it is told with, by which a phrase that may mean several is understood
        """
        ...

    def row(self, phrases: Sequence[str]) -> Sequence[Thing]:
        """The things that several phrases name, told alike of each; none where one is not."""
        ...

    def rates(self, phrase: str) -> Sequence[Node]:
        """The growth in percent that is told of what it names."""
        ...

    def amounts(self, phrase: str) -> Sequence[Node]:
        """The amounts of money that fit it best."""
        ...

    def exchanges(self, phrase: str, money: str) -> Sequence[Node]:
        """The rate at which what it names is told in some money and in another."""
        ...


def ways(query: Query, named: Named) -> Iterator[Node]:
    """What may answer by a chain, where the wording asks for one; nothing where it does not."""
    for name, found in _read(query):
        yield from _CHAINS[name](found, named)


# -- wording ------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _templates() -> list[tuple[str, re.Pattern[str]]]:
    data = terms.table("questions")
    return [
        (name, re.compile(roles.expand(template, data["lists"] | data["chains"]["lists"])))
        for name in _CHAINS
        for template in data["chains"][name]
    ]


@lru_cache(maxsize=256)
def readings(question: str) -> tuple[tuple[str, Found], ...]:
    """The chains that a question asks for, with the phrases in their roles."""
    flat = question.lower().replace("’", "'").replace("per cent", "percent")
    flat = " ".join(flat.rstrip(" ?.!").split())[:MAX_CHARS]
    found: dict[str, Found] = {}
    for name, pattern in _templates():
        match = None if name in found else pattern.search(flat)
        if match is None:
            continue
        told = {role: _phrase(text) for role, text in match.groupdict().items() if text}
        if all(terms.find(phrase) for phrase in told.values()):
            found[name] = told
    return tuple(found.items())


def asks_rate_of(query: Query) -> bool:
    """Whether a question asks for a conversion at the rate of something that it names."""
    return any(name == "at_rate_of" for name, _ in _read(query))


def _read(query: Query) -> tuple[tuple[str, Found], ...]:
    """The chains of a question as it is understood, else as it was asked."""
    return readings(query.text) or readings(query.asked)


def _phrase(text: str) -> str:
    return _LEAD.sub("", roles.phrase(text))


_LEAD = re.compile(r"^(?:both|all|combined|total|sum of) ")


# -- things -------------------------------------------------------------------------------------

_LISTED = re.compile(r",? and |,? nor |,? or |, | plus | \+ | & ")
_REST = re.compile(
    r"^(?P<W>.{3,80}?),? (?:excluding|without|other than|apart from|aside from|besides|except for"
    r"|except|not counting|leaving out|leaving aside|not including|net of|bar|outside(?: of)?)"
    r" (?P<P>.{3,120})$"
)


def things(phrase: str, named: Named) -> Iterator[Thing]:
    """What a phrase stands for: one thing, the rest of one, or several together."""
    if rest := _REST.match(phrase):
        yield from rests(rest["W"], rest["P"], named)
        return
    told = list(named.things(phrase))
    yield from told or sums(phrase, named)


def sums(phrase: str, named: Named) -> Iterator[Thing]:
    """All that a phrase lists, together."""
    yield from (_made("sum", members) for members in _listed(phrase, named) if len(members) > 1)


def rests(whole: str, parts: str, named: Named) -> Iterator[Thing]:
    """What some parts leave of a whole."""
    wholes, is_told = {thing.now.unit: thing for thing in named.things(whole)}, False
    for members in _listed(parts, named):
        if (first := wholes.get(members[0].now.unit)) and _is_apart([first, *members]):
            is_told = True
            yield _made("residual", [first, *members])
    phrases = [p for part in _LISTED.split(parts) if terms.find(p := roles.phrase(part))]
    row = [] if is_told else named.row([whole, *phrases])
    if row:
        yield _made("residual", row)


def _listed(phrase: str, named: Named) -> Iterator[list[Thing]]:
    """The things of a list, each in one unit; a phrase that names one is none."""
    if one := list(named.things(phrase)):
        yield from ([thing] for thing in one)
        return
    phrases = [p for part in _LISTED.split(phrase) if terms.find(p := roles.phrase(part))]
    told = [{t.now.unit: t for t in named.things(p)} for p in phrases]
    if len(told) > 1 and not all(told):
        told = [{t.now.unit: t} for t in named.row(phrases)]
    if len(told) > 1:
        for unit in told[0]:
            members = [of[unit] for of in told if unit in of]
            if len(members) == len(told) and _is_apart(members):
                yield members


def _is_apart(members: Sequence[Thing]) -> bool:
    """Whether no two are the same, and all are of one time where that is told."""
    leaves = [thing.now.leaves for thing in members]
    times = {f.period for told in leaves for f in told if f.period}
    return len(set(leaves)) == len(leaves) and len(times) <= 1


def _made(operation: str, members: Sequence[Thing]) -> Thing:
    nows = [thing.now for thing in members]
    befores = [thing.before for thing in members]
    afters = [thing.after for thing in members]
    return Thing(
        step(operation, nows),
        step(operation, [n for n in befores if n]) if all(befores) else None,
        step(operation, [n for n in afters if n]) if all(afters) else None,
        min(thing.score for thing in members),
        is_made=True,
    )


# -- chains -------------------------------------------------------------------------------------


def _in_one_unit(found: Found, named: Named) -> Iterator[tuple[Thing, Thing]]:
    """A part and its whole."""
    yield from together(found["P"], found["W"], named)


def together(one: str, other: str, named: Named) -> Iterator[tuple[Thing, Thing]]:
    """What two phrases name, in one unit and of one time."""
    firsts, seconds = list(things(one, named)), list(things(other, named))
    if firsts and not seconds:
        seconds = list(named.things(other, firsts[0]))
    elif seconds and not firsts:
        firsts = list(named.things(one, seconds[0]))
    units = {thing.now.unit: thing for thing in reversed(seconds)}
    pairs = [(first, units[first.now.unit]) for first in firsts if first.now.unit in units]
    pairs = [pair for pair in pairs if _is_apart(pair)] or list(_pair(named.row([one, other])))
    yield from pairs


def _pair(row: Sequence[Thing]) -> Iterator[tuple[Thing, Thing]]:
    """The two of a row that has both."""
    if row:
        yield row[0], row[1]


def _told(node: Node, *of: Thing) -> Node:
    return replace(node, score=min(thing.score for thing in of))


def _grown(thing: Thing) -> Iterator[Node]:
    if thing.is_made and thing.before:
        yield _told(step("growth", (thing.now, thing.before)), thing)


def _risen(found: Found, named: Named) -> Iterator[Node]:
    """By how much, in its own unit, something has moved that follows from others."""
    for thing in named.things(found["X"]):
        if thing.is_made and thing.before:
            yield _told(step("difference", (thing.now, thing.before)), thing)


def _growth(found: Found, named: Named) -> Iterator[Node]:
    for thing in things(found["X"], named):
        yield from _grown(thing)


def _growth_of_sum(found: Found, named: Named) -> Iterator[Node]:
    for thing in sums(found["S"], named):
        yield from _grown(thing)


def _growth_of_rest(found: Found, named: Named) -> Iterator[Node]:
    for thing in rests(found["W"], found["P"], named):
        yield from _grown(thing)


def _rest(found: Found, named: Named) -> Iterator[Node]:
    for thing in rests(found["W"], found["P"], named):
        yield _told(thing.now, thing)


def _sum(found: Found, named: Named) -> Iterator[Node]:
    for thing in sums(found["S"], named):
        yield _told(thing.now, thing)


def _share_change(found: Found, named: Named) -> Iterator[Node]:
    for part, whole in _in_one_unit(found, named):
        if part.before and whole.before:
            now = step("share", (part.now, whole.now))
            before = step("share", (part.before, whole.before))
            yield _told(step("difference", (now, before)), part, whole)


def _share_of_change(found: Found, named: Named) -> Iterator[Node]:
    for part, whole in _in_one_unit(found, named):
        if part.before and whole.before:
            changes = [_change(thing) for thing in (part, whole)]
            yield _told(step("share", changes), part, whole)


def _change(thing: Thing) -> Node:
    """By how much a thing has grown, in its own unit."""
    assert thing.before is not None
    if thing.before.operation == "before_growth":
        return step("absolute_growth", thing.before.parts)
    return step("difference", (thing.now, thing.before))


def _later_share(found: Found, named: Named) -> Iterator[Node]:
    for part, whole in _in_one_unit(found, named):
        if part.after and whole.after:
            yield _told(step("share", (part.after, whole.after)), part, whole)


def _later_ratio(found: Found, named: Named) -> Iterator[Node]:
    for part, whole in _in_one_unit(found, named):
        if part.after and whole.after:
            yield _told(step("ratio", (part.after, whole.after)), part, whole)


def _gap(found: Found, named: Named) -> Iterator[Node]:
    """By how many points one thing has grown more than another."""
    for one in named.rates(found["A"])[:1]:
        for other in named.rates(found["B"])[:1]:
            pair = sorted((one, other), key=_signed, reverse=True)
            yield replace(step("difference", pair), score=min(one.score, other.score))


def _signed(rate: Node) -> Decimal:
    value = (rate.figure.value if rate.figure else None) or Decimal(0)
    is_fall = rate.figure is not None and rate.figure.direction == "down"
    return -abs(value) if is_fall else value


def _before(found: Found, named: Named) -> Iterator[Node]:
    for thing in things(found["X"], named):
        if thing.before and thing.before.parts[0].operation:
            yield _told(thing.before, thing)


def agreeing(rates: Sequence[Node], grown: Sequence[Thing]) -> Iterator[Node]:
    """A rate of growth that is told, against the one that follows from the others: of a whole from
    all its parts, or of what is left of a whole from the whole and the other parts.

    grown: what has grown, in the order of the rates
    """
    for rate, thing in zip(rates, grown, strict=True):
        others = [other for other in grown if other is not thing]
        for made in (_made("sum", others), *_left(others)):
            if made.before and _is_same(thing, made):
                now = made.now if thing.now.operation else thing.now
                yield step("consistency", (rate, step("growth", (now, made.before))))


def _left(things: Sequence[Thing]) -> Iterator[Thing]:
    """What the largest of some things is without the others."""
    told = [thing for thing in things if thing.now.figure]
    if len(told) == len(things):
        first = max(told, key=lambda t: (t.now.figure.value if t.now.figure else None) or 0)
        yield _made("residual", [first, *(t for t in told if t is not first)])


def _is_same(thing: Thing, made: Thing) -> bool:
    """Whether a thing is the rest that others leave, or its level is what others come to."""
    if thing.now.operation:
        return thing.now.leaves == made.now.leaves
    return _is_all(thing, made)


def _is_all(whole: Thing, parts: Thing) -> bool:
    value = whole.now.figure.value if whole.now.figure else None
    values = [f.value or Decimal(0) for f in parts.now.leaves]
    is_plain = parts.now.operation == "sum" and all(p.figure for p in parts.now.parts)
    return is_plain and value is not None and abs(sum(values) - value) <= value * SLACK


# By how much parts may miss their whole, as a share of it.
SLACK = Decimal("0.02")


def meant(query: Query) -> str:
    """The operation that is asked for: of what a part has brought of its whole's growth, points or
    the share of it."""
    said, operation = query.text.lower(), query.operation or ""
    is_share = query.unit == "%" or bool(_OF_GROWTH.search(said))
    is_of_growth = operation == "contribution" and is_share and not _IN_POINTS.search(said)
    return "share_of_growth" if is_of_growth else operation


_IN_POINTS = re.compile(r"\bpoints?\b")
_OF_GROWTH = re.compile(
    r"\b(?:what|which) (?:share|proportion|percent(?:age)?|pct|part|portion|fraction|%)(?: of|\b)"
    r"|\bhow (?:much|big a part) of\b"
)


def contributions(query: Query, part: str, whole: str, named: Named) -> Iterator[Node]:
    """What a part that is called by name has brought of its whole's growth."""
    way = _of_growth if meant(query) == "share_of_growth" else _added
    for one, other in together(part, whole, named):
        if node := way(one, other):
            yield _told(node, one, other)


def _added(part: Thing, whole: Thing) -> Node | None:
    """The points that a part has added to the growth of its whole."""
    if part.before is None or whole.before is None:
        return None
    if part.rate and whole.rate and part.rate.figure and whole.rate.figure:
        return step("contribution", (part.now, part.rate, whole.now, whole.rate))
    return step("contribution", (_change(part), whole.before))


def _of_growth(part: Thing, whole: Thing) -> Node | None:
    """The share of its whole's growth that a part has brought."""
    if part.before is None or whole.before is None:
        return None
    return step("share", (_change(part), _change(whole)))


def _at_rate_of(found: Found, named: Named) -> Iterator[Node]:
    """An amount in the money that another is told in besides, at the rate of these two."""
    for amount in named.amounts(found["A"]):
        for rate in named.exchanges(found["R"], amount.unit):
            if not set(rate.leaves) & set(amount.leaves):
                yield replace(step("conversion", (amount, rate)), score=amount.score)


_CHAINS: Mapping[str, Callable[[Found, Named], Iterator[Node]]] = {
    "growth_of_sum": _growth_of_sum,
    "growth_of_rest": _growth_of_rest,
    "growth": _growth,
    "risen": _risen,
    "rest": _rest,
    "sum": _sum,
    "share_change": _share_change,
    "share_of_change": _share_of_change,
    "later_share": _later_share,
    "later_ratio": _later_ratio,
    "gap": _gap,
    "before": _before,
    "at_rate_of": _at_rate_of,
}
