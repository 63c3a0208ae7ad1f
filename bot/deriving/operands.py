"""Operands: each of the two things that a calculation names, asked for by itself.

"How much higher were exports in 2024 than imports in May?" asks "What were exports in 2024?" and
"What were imports in May?". What each of these is surely answered with may be calculated with,
where the question as a whole does not point as surely at two figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot.deriving import candidates
from bot.language import mentions, terms
from bot.nodes import Node, node_of
from bot.questions import Query
from ingest import Figure

OPENING = "What was "
# The places that two operands have in an operation.
_PLACES = {
    "difference": ("A", "B"), "ratio": ("A", "B"), "growth": ("A", "B"), "sum": ("A", "B"),
    "average": ("A", "B"), "share": ("P", "W"), "point_change": ("A", "B"),
}  # fmt: skip
_NO_NAME = re.compile(
    r"\b(?:is|are|was|were|do|does|did|has|have|had|than|which|who|that|how|what|it|they|them"
    r"|together|respectively|each|both)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"(?:\b(?:in|for|during|of|by|since|at|on|over) )?(?:the )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """The questions for both operands of an operation, in its order.

    are_apart: whether each is asked for at a time of its own
    """

    operation: str
    one: str
    other: str
    are_apart: bool


def read(query: Query) -> Asked | None:
    """The questions for the operands that a question names; None where it names no two.

    >>> from bot import questions
    >>> asked = read(questions.parse("What is the difference between wages in 2024 and rents?"))
    >>> asked.one, asked.other
    ('What was wages in 2024?', 'What was rents?')
    """
    places, roles = _PLACES.get(query.operation or ""), dict(query.roles)
    if places is None or len(roles) != len(places) or not all(p in roles for p in places):
        return None
    one, other = (roles[place] for place in places)
    if any(_NO_NAME.search(phrase) or not terms.find(phrase) for phrase in (one, other)):
        return None
    spans = _span(query.text, one), _span(query.text, other)
    if spans[0] is None or spans[1] is None or spans[0][0] == spans[1][0]:
        return None
    return of_spans(query, query.operation or "", spans[0], spans[1])


def of_spans(query: Query, operation: str, one: tuple[int, int], other: tuple[int, int]) -> Asked:
    """The questions for two operands that stand at spans of a question's text."""
    said = [_with_time(query, one, other), _with_time(query, other, one)]
    said = [_with_name(query, text, said[1 - i]) for i, text in enumerate(said)]
    times = [{m.value for m in mentions.periods(text)} for text in said]
    first, second = (f"{OPENING}{text}?" for text in said)
    return Asked(operation, first, second, all(times) and times[0] != times[1])


def _span(text: str, phrase: str) -> tuple[int, int] | None:
    """Where a phrase of a question stands in it, a time that was left out of it included."""
    told = r"\W+(?:[^,?]{0,30}?\W+)?".join(re.escape(word) for word in phrase.split())
    found = re.finditer(rf"(?<!\w)(?=({told})(?!\w))", text, re.IGNORECASE)
    return min((m.span(1) for m in found), key=lambda span: span[1] - span[0], default=None)


def _with_time(query: Query, span: tuple[int, int], other: tuple[int, int]) -> str:
    """A phrase with the time that stands behind it, or behind both."""
    text = query.text
    told = text[span[0] : span[1]]
    if mentions.periods(told):
        return told
    found = mentions.periods(text)
    own = [m for m in found if span[1] <= m.start and not (span[1] <= other[0] < m.start)]
    shared = own or [m for m in found if not other[0] <= m.start < other[1]]
    if not shared and len(query.periods) == 1:
        shared = found
    if not shared:
        return told
    m = shared[0]
    lead = _LEAD.search(text[max(0, m.start - 12) : m.start])
    return f"{told} {lead.group() if lead else ''}{text[m.start : m.end]}".replace("  ", " ")


def _with_name(query: Query, told: str, other: str) -> str:
    """A phrase with the one name of the question, where only the other phrase has it."""
    names = query.entities
    if len(names) != 1 or names[0].lower() in told.lower():
        return told
    return f"{names[0]}'s {re.sub(r'^the ', '', told)}"


def way(asked: Asked, answers: Callable[[str], Sequence[Node]], least: float) -> Node | None:
    """The operation over what both are surely answered with; None where one is not.

    answers: the ways to answer a question, with the chance that each is right
    """
    one, other = (told(answers(text), least) for text in (asked.one, asked.other))
    if one is None or other is None or one[0].place == other[0].place:
        return None
    a, b = one[0], other[0]
    if not candidates.converts(a.unit, b.unit):
        return None
    made = node_of(asked.operation, (a, b))
    return replace(made, score=min(one[1], other[1]))


def told(nodes: Sequence[Node], least: float) -> tuple[Figure, float] | None:
    """The stated figure that a question is surely answered with, and how surely."""
    best = max(nodes, key=lambda n: n.score, default=None)
    if best is None or best.figure is None or best.score < least:
        return None
    return best.figure, best.score
