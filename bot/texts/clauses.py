"""Clauses: what is told beside a question, as the ground on which it is asked.

"Given that exports fell, how large were imports?", "With exports falling, what ...?", "Who gains,
now that exports fell?" A clause is held true like what any question takes for granted, so it is
put as one: "How come exports fell?", "What made exports falling?".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARS = 400
_GIVEN = r"(?:given|seeing|considering|granted|now)(?: that)?|in view of the fact that|since|as"
_ASKS = (
    r"(?:(?:by|in|on|at|for|to|of|from) )?(?:how|what|which|who|whom|whose|when|where|why|did|does"
    r"|do|was|were|is|are|has|have|had)\b.+"
)
_FIRST = re.compile(rf"(?:{_GIVEN}) (?P<told>[^,]+(?:, [^,]+)?), (?P<asked>{_ASKS})", re.I)
_WITH = re.compile(
    rf"with (?P<who>[^,]+?) (?P<going>(?!during|including|following|according)[a-z]+ing)"
    rf"(?P<rest>(?: [^,]+)?), (?P<asked>{_ASKS})",
    re.I,
)
_LAST = re.compile(
    rf"(?P<asked>{_ASKS}?),? (?:given|seeing|considering|now) that (?P<told>[^,]+)", re.I
)
# "Since May" tells a time, and "since it fell" of what was asked before.
_NO_CLAUSE = re.compile(
    r"(?:the |last |this |early |late |mid-?)*(?:\d|(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december|spring|summer|autumn|winter|year|month|then|when"
    r"|it|they|he|she|this|that|these|those|there|you|we|i|a share|a part|of)\b)",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Ground:
    """What is told, as a question that takes it for granted, and what is asked on that ground."""

    told: str
    asked: str


def read(question: str) -> Ground | None:
    """The ground on which a question is asked; None where it tells none.

    >>> read("Given that exports fell, how large were imports?")
    Ground(told='How come exports fell?', asked='How large were imports?')
    """
    flat = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    if len(flat) > MAX_CHARS:
        return None
    if m := _WITH.fullmatch(flat):
        return _ground(f"What made {m['who']} {m['going']}{m['rest']}?", m["asked"], m["who"])
    m = _FIRST.fullmatch(flat) or _LAST.fullmatch(flat)
    return _ground(f"How come {m['told']}?", m["asked"], m["told"]) if m else None


def _ground(told: str, asked: str, clause: str) -> Ground | None:
    if _NO_CLAUSE.match(clause):
        return None
    return Ground(told, f"{asked[0].upper()}{asked[1:]}?")
