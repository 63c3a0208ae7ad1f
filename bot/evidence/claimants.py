"""Claimants: who tells each of the figures of a sentence, where several tell of one thing.

"Police estimated the crowd at 60,000, the organisers spoke of 85,000": who asks what the organisers
counted means the 85,000.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.evidence import linking
from bot.evidence.lines import Line, are_of_one_unit
from bot.evidence.linking import Card
from bot.language import terms
from ingest import Figure, units

_SAYS = (
    r"(?:says?|said|claim(?:s|ed)?|reckon(?:s|ed)?|puts?|estimate[sd]?|counts?|counted|believe[sd]?"
    r"|speaks? of|spoke of|spoken of|thinks?|thought|calculate[sd]?|expect(?:s|ed)?|sees|saw|gives?"
    r"|gave|demand(?:s|ed)?|offer(?:s|ed)?|wants?|wanted|asks?|asked for|comes? to|came to"
    r"|arrives? at|arrived at|values?|valued|names?|named|predict(?:s|ed)?|forecasts?|told"
    r"|maintain(?:s|ed)?|insist(?:s|ed)?|admit(?:s|ted)?|concede[sd]?|report(?:s|ed)?|assume[sd]?"
    r"|suppose[sd]?|hopes? for|hoped for|considers?|considered|judge[sd]?|projects?|projected"
    r"|budget(?:s|ed)?|cites?|cited|prefer(?:s|red)?|propose[sd]?|recommend(?:s|ed)?|advise[sd]?"
    r"|registered|recorded|found|finds?|bets? on|stated?|states|answer(?:s|ed)|had it at"
    r"|fears?|feared|aim(?:s|ed)? (?:for|at)|works? with|worked with|holds? to|held to|stands? by"
    r"|shows?|showed|suggest(?:s|ed)?|promise[sd]?|warn(?:s|ed)? of|grants?|granted|plans?|planned"
    r"|announce[sd]?)"
)
_ACCOUNT = (
    r"(?:estimates?|count|tally|reckoning|calculations?|account|figures?|numbers?|view|eyes|opinion"
    r"|claim|version|forecasts?|projection|words|model|survey|poll|books|study|statistics|data"
    r"|measurements?|judg(?:e)?ment|assessment|books|guess)"
)
_NAME = r"(?:[\w'-]+ ){0,5}?[\w'-]+"

# -- in a sentence ------------------------------------------------------------------------------

_STRONG = re.compile(r"[;:]|,? \b(?:while|whereas|but|although|though|where)\b")
_WEAK = re.compile(r",| \band\b|\(")
_OF = re.compile(
    rf"\b(?P<whose>{_NAME})(?:'s?|s') (?:[a-z]+ )?{_ACCOUNT}\b"
    rf"|\baccording to (?P<source>{_NAME})(?=[,.;)]|$)"
    rf"|\b(?:by|on|in) the {_ACCOUNT} of (?P<of>{_NAME})(?=[,.;)]|$)"
    rf"|\b(?:by|on|in) (?:its|his|her|their) (?P<own>own)(?: {_ACCOUNT}\b|[,.;]|$)"
)
_THEY_SAY = re.compile(rf"^(?P<who>[^\d]*?)\b{_SAYS}\b")
_SAY_THEY = re.compile(
    rf", (?:{_SAYS} (?P<who>{_NAME}(?:, {_NAME})?)|(?P<they>{_NAME}) {_SAYS})(?=[,.;)]|$)"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a sentence; who: the words in lower case for who tells it, "" where nobody is
    named; before: what stands before it and belongs to it."""

    figure: Figure
    who: str
    before: str


def of_each(cards: Sequence[Card]) -> list[tuple[Figure, frozenset[str]]]:
    """The figures of a sentence with the words for who tells each; none where nobody is named."""
    return [(told.figure, stems_of(told)) for told in told_of(cards)]


def stems_of(told: Told) -> frozenset[str]:
    """The words that tell who tells a figure."""
    return frozenset(terms.stems(told.who)) - linking.unspecific() - _NOBODY


_SAYING = re.compile(rf"\b(?:{_SAYS}|{_ACCOUNT})\b")


def after_saying(text: str) -> str | None:
    """What follows the last word of a text by which somebody tells something; None without one."""
    *_, last = [None, *_SAYING.finditer(text)]
    return text[last.end() :] if last else None


def told_of(cards: Sequence[Card]) -> list[Told]:
    """The figures of a sentence with who tells each; none of a table's row."""
    line = Line.of(cards)
    if " | " in line.text:
        return []
    cuts = [0, *(_cut(line, i) for i in range(len(line.cards) - 1)), len(line.text)]
    strong = {m.start() for m in _STRONG.finditer(line.text)}
    told: list[Told] = []
    is_said = False
    for i, card in enumerate(line.cards):
        start, end = line.span(i)
        before, after = line.text[cuts[i] : start], line.text[end : cuts[i + 1]]
        who, said = _who(before, after, is_own=i == 0 or cuts[i] in strong)
        if who is None and is_said and _SHORT_OF.fullmatch(cards[0].sentence[cuts[i] : start]):
            who, said = before, True
        is_said = is_said or said
        told.append(Told(card.figure, who or "", before))
    return told


# What stands before a figure may name who tells it, with the verb of the clause before.
_SHORT_OF = re.compile(
    r"[;:,\s]*(?:(?:and|but|while|whereas) )?(?:[Tt]he |[a-z]+ (?=[A-Z])|(?=[A-Z]))"
    r"(?:[\w’'-]+ ){1,5}"
    r"(?:(?:at|of|only|nearer|about|around|some|even) )*[^\w]*"
)
_NOBODY = terms.stems_of(
    "it they he she that this there which who the a has had only about now first"
    " while whereas but although"
)


def _cut(line: Line, i: int) -> int:
    """Where what belongs to a figure ends and what belongs to the next begins."""
    end, gap = line.span(i)[1], line.following(i)
    strong = [m.start() for m in _STRONG.finditer(gap)]
    if strong:
        return end + strong[-1]
    weak = [m.start() for m in _WEAK.finditer(gap)]
    return end + (weak[0] if weak else 0)


def _who(before: str, after: str, is_own: bool) -> tuple[str | None, bool]:
    """Who tells a figure, and whether a verb before it says so.

    is_own: whether what follows it is said of it alone
    """
    for text in (before, after):
        if found := _OF.search(text):
            return next(name for name in found.groups() if name), False
    if is_own and (found := _SAY_THEY.search(after)):
        return found["who"] or found["they"], False
    if found := _THEY_SAY.match(before):
        return found["who"], True
    return None, False


# -- in a question ------------------------------------------------------------------------------

_ASKED = re.compile(
    rf"\baccording to (?P<a>[^,?]+)"
    rf"|\b(?:by|in|on|going by|per|from) (?P<b>{_NAME})(?:'s?|s') (?:[a-z]+ )?{_ACCOUNT}\b"
    rf"|\b(?P<c>{_NAME})(?:'s|s') (?:own )?{_ACCOUNT}\b"
    rf"|\bin the (?:view|eyes|opinion|words) of (?P<d>[^,?]+)"
    rf"|\b(?:by|on) the (?:count|reckoning|estimate) of (?P<e>[^,?]+)"
    rf"|\bif (?:you|one|we) (?:believes?|asks?|trusts?) (?P<f>[^,?]+)"
    rf"|\b(?:do|does|did) (?P<g>{_NAME}) (?:say|claim|reckon|put|count|estimate|believe|speak of"
    rf"|think|calculate|expect|want|demand|ask|offer|admit|concede|predict|forecast|see|value"
    rf"|propose|maintain|report|hope|foresee|assume|advise|recommend|register|record|give)\b"
    rf"|\b(?:do|does|did) (?P<h>{_NAME}) have to say\b"
)


def asked(question: str) -> frozenset[str]:
    """The words by which a question names whose telling it asks for."""
    found = _ASKED.search(question.lower().replace("’", "'"))
    who = next((name for name in found.groups() if name), "") if found else ""
    who += " own" if found and " own " in found[0] else ""
    return frozenset(terms.stems(who)) - linking.unspecific() - _NOBODY


def meant(question: str, cards: Sequence[Card]) -> list[tuple[Figure, Figure]]:
    """The figures of a sentence that others tell, each with that of the one who is asked."""
    named = asked(question)
    told = of_each(cards) if named else []
    pairs = []
    for figure, who in told:
        own = [g for g, his in told if _is_one(his, named) and may_be_one(g, figure)]
        is_anothers = bool(who) or any(figure.start < g.start for g in own)
        if len(own) == 1 and own[0] is not figure and is_anothers and not _is_one(who, named):
            pairs.append((figure, own[0]))
    return pairs


def beside(cards: Sequence[Card]) -> list[tuple[Figure, Figure]]:
    """The figures of a sentence that two tell of one thing."""
    told = [(figure, who) for figure, who in of_each(cards) if who]
    return [
        (one, other) for (one, who), (other, his) in pairwise(told)
        if who != his and may_be_one(one, other)
    ]  # fmt: skip


def may_be_one(one: Figure, other: Figure) -> bool:
    """Whether two figures may tell of one thing: where they are read as of two kinds, only if they
    are not far apart."""
    if are_of_one_unit(one, other):
        return True
    is_count = units.is_count(one.unit) and units.is_count(other.unit)
    if not (is_count or one.unit == other.unit) or not one.value or not other.value:
        return False
    return 1 <= abs(one.value / other.value) * APART <= APART**2


# What several tell of one thing is at most so many times as much.
APART = 3


def _is_one(who: frozenset[str], named: frozenset[str]) -> bool:
    return any(linking.likes(stem, who) for stem in named)
