"""Sense: what nobody who asks in these words can mean, though no law forbids it.

"How many times as much" is never less than once; euros per pound are no pounds per euro; a share is
of the whole that is named, not of what is told beside the part. Each rule knows a way to an answer
by its operation and the words of the question.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from bot import families, linking, terms
from bot.nodes import Node, is_less
from bot.pools import are_together
from bot.questions import Query
from ingest import Figure, units


def is_meant(query: Query, node: Node) -> bool:
    """Whether a way may be what a question means, by its wording."""
    rule = _RULES.get(node.operation)
    return rule is None or rule(query, node)


# -- so many times ------------------------------------------------------------------------------

_TIMES = re.compile(r"\bhow many times\b|\btimes (?:as|more|over|larger|bigger|higher|greater)\b")
_FEWER = re.compile(r"\btimes (?:less|fewer|smaller|lower|cheaper|slower|rarer)\b")


def _is_times(query: Query, node: Node) -> bool:
    """A multiple that is asked for in times is of the more by the less."""
    said = query.text.lower()
    if len(node.parts) != 2 or not _TIMES.search(said) or _FEWER.search(said):
        return True
    above, below = node.parts
    return not (above.figure and below.figure and is_less(above.figure, below.figure))


# -- money for money ----------------------------------------------------------------------------

_CURRENCY = r"((?:[a-z]+ )?[a-z]{2,12})"
_FOR_ONE = r"(?:per|to (?:the|an?|one|each|every)|for (?:an?|one|each|every))"
_RATE = re.compile(rf"\b{_CURRENCY} {_FOR_ONE} {_CURRENCY}\b")


@lru_cache(maxsize=256)
def rate_asked(question: str) -> str | None:
    """The unit of the rate that a question asks for: "ringgit per US dollar" is MYR/USD."""
    for match in _RATE.finditer(question.lower().replace("-", " ")):
        above, below = (_currency(words) for words in match.groups())
        if above and below and above != below:
            return f"{above}/{below}"
    return None


def _currency(words: str) -> str | None:
    """A currency by two words, or by the first or last of them."""
    tried = (words, *words.split()[::-1])
    found = (units.parse(word) for word in tried)
    return next((unit for unit in found if unit and units.is_money(unit)), None)


def _is_right_way_up(query: Query, node: Node) -> bool:
    asked = rate_asked(query.text)
    return asked is None or node.unit != "/".join(reversed(asked.split("/")))


def in_money_told(query: Query, figures: Iterable[Figure]) -> Query:
    """The question with its "kroner" or "dollars" as those of the country that is told of.

    Only where nothing is told in the currency that the word alone stands for, and one other is.
    """
    if not query.unit or not units.is_money(query.unit):
        return query
    told = {unit for figure in figures for unit in figure.unit.split("/")}
    if query.unit in told:
        return query
    words = re.findall(r"[a-z]{4,}", query.text.lower())
    pairs = zip(["", *words], words, strict=False)
    plain = [w for last, w in pairs if not units.parse(f"{last} {w}") and units.parse(w)]
    meant = [units.called(units.singular(w)) for w in plain if units.parse(w) == query.unit]
    found = told & frozenset[str]().union(*meant)
    return replace(query, unit=found.pop()) if len(found) == 1 else query


# -- parts and wholes ---------------------------------------------------------------------------


def _is_of_whole(query: Query, node: Node) -> bool:
    """A share is not of another part, which is told beside it and of an owner not asked about."""
    if len(node.parts) != 2 or not all(part.figure for part in node.parts):
        return True
    part, whole = node.leaves
    if not are_together(part, whole) or not part.entity or not whole.entity:
        return True
    if part.entity == whole.entity or part.measure != whole.measure or part.kind != whole.kind:
        return True
    return families.is_whole(whole.entity) or _names(query, whole.entity)


def _names(query: Query, name: str) -> bool:
    asked = set(terms.stems(linking.spoken(query.text)))
    return any(linking.likes(stem, asked) for stem in terms.stems(name))


_RULES: Mapping[str, Callable[[Query, Node], bool]] = {
    "ratio": _is_times,
    "multiple": _is_times,
    "exchange_rate": _is_right_way_up,
    "cross_rate": _is_right_way_up,
    "per_unit": _is_right_way_up,
    "share": _is_of_whole,
}


# -- by what ------------------------------------------------------------------------------------

_BY = re.compile(
    r"\b(?:per|each|every|apiece|an?) +(?:single |one |of the |of its )?([a-z][a-z-]+)"
)


def of_what_is_named(query: Query, nodes: Sequence[Node]) -> list[Node]:
    """The ways without the quotients by something else, where some are by what the question names.

    "The price per aircraft" is by jets rather than by passengers, where jets are told.
    """
    said = [m[1] for m in _BY.finditer(query.text.lower())]
    stems = [s for word in said for s in terms.stems(word)]
    by = {id(n): _is_by(n, stems) for n in nodes if n.operation == "per_unit" and len(n.parts) == 2}
    if not any(by.values()):
        return list(nodes)
    return [node for node in nodes if by.get(id(node), True)]


def _is_by(node: Node, stems: Sequence[str]) -> bool:
    below = node.parts[1]
    own = set(terms.stems(f"{below.unit} {below.measure or ''}"))
    return any(linking.likes(stem, own) for stem in stems)
