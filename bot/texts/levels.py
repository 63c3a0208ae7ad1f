"""Levels: a number that a question takes something to have passed, where it did not.

"Why did the deficit go over £8bn?", where it was £7.83 billion. What is supposed is put as a yes/no
question; a no by a stated figure corrects it, unless any figure of just that may bear it out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot import questions
from bot.evidence import linking
from bot.evidence.linking import Card
from bot.evidence.subjects import capitalised
from bot.language import terms
from bot.questions import Assumed
from bot.yesno import holding, telling
from ingest import Figure

_PASS = (
    r"(?:(?:go|rise|grow|climb|get|move) (?:over|above|past|beyond)|exceed|surpass|top|pass"
    r"|(?:fall|drop|sink|go|slip|get) (?:below|under))"
)
_ASKED = re.compile(
    rf"^(?:so |and |but )?(?:why|when|how|how come) did (?P<of>.+?) (?P<rest>{_PASS} .+?)[ ?.!]*$",
    re.IGNORECASE,
)
NO_FACT = frozenset(["forecast", "target", "hypothetical", "negated"])


@dataclass(frozen=True, slots=True)
class Passed:
    """What is taken to have passed a number.

    of: the stems of what it is, names left out; asked: as a yes/no question; denied: not so
    """

    of: frozenset[str]
    asked: str
    denied: str
    number: Assumed

    def may_be(self, card: Card, periods: Iterable[str]) -> bool:
        """Whether a figure of just this may bear out that the number was passed."""
        figure, asked = card.figure, tuple(periods)
        if figure.claim in NO_FACT or self.held(figure) != "yes":
            return False
        if asked and figure.period:
            is_apart = max(linking.period_pair(p, figure.period) for p in asked) < 0.5
            return not is_apart and self._is_of(card)
        return self._is_of(card)

    def _is_of(self, card: Card) -> bool:
        return any(telling.stands(s, card.measure | card.entity) for s in self.of)

    def held(self, figure: Figure) -> telling.Holds | None:
        """What a figure says of the number."""
        value = holding.in_unit_of(self.number, figure.unit)
        if value is None or figure.kind == "change" or self.number.unit != figure.unit:
            return None
        return holding.compare(self.asked.lower(), self.number, value, figure.low, figure.high)


def read(question: str) -> Passed | None:
    """The number that a question takes something to have passed; None where it takes none."""
    flat = " ".join(question.replace("’", "'").split())
    m = _ASKED.match(flat)
    if m is None or telling.denial(flat.lower()) or re.search(r"%|\bnearly\b|\balmost\b", flat):
        return None
    asked = f"Did {m['of']} {m['rest']}?"
    numbers = questions.parse(asked).assumed
    if len(numbers) != 1:
        return None
    denied = f"{capitalised(m['of'])} did not {m['rest']}"
    names = terms.stem_set(_NAME.findall(m["of"]))
    of = terms.stems_of(m["of"])
    return Passed(of - names or of, asked, denied, numbers[0])


_NAME = re.compile(r"\b[A-Z][\w-]+")
