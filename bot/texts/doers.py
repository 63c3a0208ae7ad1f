"""Doers: who a question takes to have done something to another, and who is told to have done it.

"When did Orle buy Tarn?", where the articles tell that Moor bought Tarn and nowhere speak of Orle
and Tarn in one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.evidence.pages import Line
from bot.language import terms
from bot.yesno import telling

_NAME = r"(?:the )?[A-Z][\w’'&.-]*(?: (?:(?:of|and|the) )*[A-Z0-9][\w’'&.-]*)*"
_ASKED = re.compile(
    rf"\b(?i:when|why|how|where|what)\b[^?]*? did (?P<one>{_NAME}) (?P<verb>[a-z]{{3,}})"
    rf" (?P<other>{_NAME})(?=\W*$|,| (?:for|in|on|at|from|over|after|before|last|this)\b)"
)
# What is not told as done.
_OPEN = re.compile(
    r"\b(?:not|never|no|(?-i:may)|might|could|would|if|wants?|wanted|hop(?:es|ed)|plans?|planned|offer\w*"
    r"|bid|tried|failed|refused|denied)\b|n['’]t\b",
    re.IGNORECASE,
)
_BREAK = re.compile(r"[,;:()]|\b(?:and|but|while|as|after|when|that|from|against|for)\b")
# So many words stand between a verb and whom it is done to.
NEAR = 4


@dataclass(frozen=True, slots=True)
class Deed:
    """One who is taken to have done something to another."""

    one: str
    verb: str
    other: str

    @property
    def denied(self) -> str:
        """ "Orle did not buy Tarn"."""
        return f"{self.one} did not {self.verb} {self.other}"

    def is_told_of(self, line: Line) -> bool:
        """Whether a line speaks of both."""
        return _holds(line.stems, self.one) and _holds(line.stems, self.other)

    def is_of_another(self, text: str) -> bool:
        """Whether a sentence tells that somebody else did it to that very one."""
        if _OPEN.search(text) or _holds(terms.stems_of(text), self.one):
            return False
        known = terms.find(text)
        names = [*re.finditer(_NAME, text)]
        whom = next((n for n in names if _holds(terms.stems_of(n.group()), self.other)), None)
        who = names[0] if names and names[0].start() <= _AT_START else None
        if whom is None or who is None or who is whom:
            return False
        between = [t for t in known if who.end() <= t.start < whom.start()][-NEAR:]
        verb = next((t for t in between if t.stem == terms.stem(self.verb)), None)
        return verb is not None and not _BREAK.search(text[verb.end : whom.start()])


# Who does it opens the sentence, "on Monday" or the like before it.
_AT_START = 25


def read(question: str) -> Deed | None:
    """Who a question takes to have done what to whom; None where it names no two."""
    m = _ASKED.search(question)
    return Deed(m["one"], m["verb"], m["other"]) if m else None


def another(deed: Deed, lines: Sequence[Line]) -> Line | None:
    """The line that tells who else did it; None where any speaks of the two together."""
    if any(deed.is_told_of(line) for line in lines):
        return None
    return next((line for line in lines if deed.is_of_another(line.text)), None)


def _holds(stems: frozenset[str], name: str) -> bool:
    return all(telling.stands(stem, stems) for stem in terms.stems(name))
