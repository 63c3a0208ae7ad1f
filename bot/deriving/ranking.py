"""Ranking: which of several that a question names is the most, the least or the second of them.

"Which of rye, oats and wheat rose most?", "Which is bigger, exports or imports?", "Rank the three
lines by sales.": each is called by name, and what is compared is its level or its growth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Protocol

from bot.deriving.chains import Thing
from bot.evidence import families
from bot.language import roles, terms
from bot.nodes import Node, attempted, size_of, step
from bot.questions import Query
from ingest import Article

# How sure the most of several is that are called by name.
OF_NAMED = 0.95
# So many are ranked at most.
MAX_NAMED = 8


class Named(Protocol):
    """What the articles tell of a phrase."""

    def things(self, phrase: str) -> Sequence[Thing]:
        """The thing that it names, once for each unit that it is told in."""
        ...

    def row(self, phrases: Sequence[str]) -> Sequence[Thing]:
        """The things that several phrases name, told alike of each; none where one is not."""
        ...

    def levels(self, phrase: str) -> Sequence[Node]:
        """The figures that it calls by name, shares and rates too, and no changes."""
        ...

    def rates(self, phrase: str) -> Sequence[Node]:
        """The growth in percent that is told of what it names."""
        ...


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is ranked: its names; whether by growth; from the least; the place asked for, from 1."""

    names: tuple[str, ...]
    is_growth: bool = False
    is_least: bool = False
    place: int = 1


_OF_LIST = re.compile(
    r"^(?:which|what|who)(?: one)? (?:of|among|out of|from) (?P<a>.{3,200}? (?:and|or) .{2,60}?),?"
    r" (?:<verbs>|<grew>) (?P<rest>.*)$"
    r"|^(?:please )?(?:rank|order|sort|list) (?P<b>.{3,200}?)"
    r" (?:by|according to|in order of|from (?:largest|smallest|biggest|highest|lowest)|on) .*$"
    r"|^(?:which|what|who) (?P<rest2>[^?:,]{3,60})(?::|,| [-–—]) (?P<c>.{3,150}? or .{2,60})$"
    r"|^(?:which|what|who) (?P<rest3>[^?:,]{3,40}?(?:more|most|less|least|faster|fastest|slower"
    r"|slowest|bigger|larger|smaller)) (?P<d>[^,]{3,60} or [^,]{2,60})$"
    r"|^(?:which|what|who) (?P<rest4>.{3,60}?) (?:of|among|out of) (?P<e>.{3,150} and .{2,60})$"
)
_LISTED = re.compile(r",? (?:and|or|nor|vs\.?|versus) |, ")
_PLACES = {"second": 2, "runner-up": 2, "third": 3, "fourth": 4}
_LEAST = re.compile(
    r"\b(?:least|smallest|lowest|fewest|slowest|less|smaller|lower|slower|slowly|fewer|weakest|cheapest"
    r"|shrank|fell|worst)\b"
)
_COMPARES = re.compile(
    r"\b(?:most|least|more|less|fewer|fewest|best|worst|better|worse|second|third|fourth|first|top"
    r"|rank\w*|order|sort|leads?|ahead|behind"
    r"|(?:larg|bigg|small|high|low|great|fast|slow|quick|long|short|strong|weak|old|young|tall|heavi"
    r"|cheap|dear|light|wid|deep|near|furth|rich|poor|busi)(?:er|est))\b"
)
_FASTER = re.compile(
    r"\b(?:fast(?:er|est)|slow(?:er|est|ly)|quick(?:er|est|ly)|growth|percentage|rate|pace"
    r"|strong(?:er|est)ly)\b"
)


def read(question: str) -> Ranking | None:
    """What a question wants ranked, None where it names no several.

    >>> read("Which of rye, oats and wheat was the second largest?")
    Ranking(names=('rye', 'oats', 'wheat'), is_growth=False, is_least=False, place=2)
    """
    flat = " ".join(question.lower().replace("’", "'").rstrip("?! .").split())
    found = _of_list().search(flat)
    listed = next(filter(None, found.group("a", "b", "c", "d", "e")), "") if found else ""
    parts = _LISTED.split(listed) if listed else families.choices(flat)
    names = tuple(roles.phrase(part) for part in parts)
    if not 1 < len(names) <= MAX_NAMED or not all(map(terms.find, names)):
        return None
    rest = flat.replace(listed, " ") if listed else flat
    if not _COMPARES.search(rest):
        return None
    stems = terms.stems_of(rest)
    place = next((n for word, n in _PLACES.items() if word in rest.split()), 1)
    is_growth = bool(_FASTER.search(rest)) or not stems.isdisjoint(_growing())
    return Ranking(names, is_growth, bool(_LEAST.search(rest)), place)


@lru_cache(maxsize=1)
def _of_list() -> re.Pattern[str]:
    lists = terms.table("questions")["lists"]
    pattern = _OF_LIST.pattern.replace("<grew>", lists["grew"])
    return re.compile(pattern.replace("<verbs>", lists["verbs"]))


@lru_cache(maxsize=1)
def _growing() -> frozenset[str]:
    return terms.stem_set(w for w in terms.table("questions")["cues"]["growth"] if " " not in w)


def ways(query: Query, named: Named, articles: Mapping[str, Article]) -> Iterator[Node]:
    """The most or least of several that a question calls by name, the others after it in order;
    the one in another place with its rank."""
    found = (read(text) for text in (query.asked, query.text))
    ranking = max((r for r in found if r), key=lambda r: len(r.names), default=None)
    members = _members(ranking, named) if ranking else []
    if ranking is None or len(members) < len(ranking.names):
        return
    ordered = _ordered(members, articles)
    ordered = ordered if ranking.is_least else ordered[::-1]
    parameters = ("min",) if ranking.is_least else ()
    if ranking.place == 1:
        yield step("extremum", ordered, parameters, OF_NAMED)
    elif ranking.place <= len(ordered):
        asked = ordered.pop(ranking.place - 1)
        yield step("rank", (asked, *ordered), parameters, OF_NAMED)


def _members(ranking: Ranking, named: Named) -> list[Node]:
    """What is ranked, each by what it is called, in one unit; none where one is not told."""
    if ranking.is_growth:
        rates = [node for name in ranking.names for node in named.rates(name)[:1]]
        if len(rates) == len(ranking.names):
            return rates
    things = [{t.now.unit: t for t in named.things(name)} for name in ranking.names]
    unit = next((u for u in things[0] if all(u in of for of in things)), None)
    found = [of[unit] for of in things] if unit else list(named.row(ranking.names))
    if ranking.is_growth:
        grown = [_grown(thing) for thing in found]
        return [node for node in grown if node]
    if found:
        return [thing.now for thing in found]
    levels = [node for name in ranking.names for node in named.levels(name)[:1]]
    return levels if len({node.unit for node in levels}) == 1 else []


def _grown(thing: Thing) -> Node | None:
    """The growth that is told of a thing, or follows from what it was before."""
    then = thing.before
    rate = thing.rate or (step("growth", (thing.now, then)) if then else None)
    return rate and replace(rate, called=thing.now.called, measure=thing.now.measure)


def _ordered(members: Sequence[Node], articles: Mapping[str, Article]) -> list[Node]:
    """From the least to the most; [] where one has no known size."""
    sized = [(_size(node, articles), n) for n, node in enumerate(members)]
    known = [(size, n) for size, n in sized if size is not None]
    return [members[n] for _, n in sorted(known)] if len(known) == len(members) else []


def _size(node: Node, articles: Mapping[str, Article]) -> Decimal | None:
    if node.figure:
        return size_of(node.figure)
    made = attempted(node, articles)
    return made.calculations[made.result].value if made else None
