"""Names that were typed small, written as the articles write them: "norrlands boats".

Many people type without capitals and apostrophes; what is a name is then told by the evidence,
where a word that always stands large and is no ordinary one is one.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot import terms
from bot.retrieval import Evidence
from ingest.figures import names

MIN_LETTERS = 4
_CAPITAL = re.compile(r"[A-Z][^\W\d_A-Z]+")


class Names:
    """The names that stand in the best sentences of the evidence and in its titles."""

    def __init__(self, evidence: Evidence) -> None:
        written = evidence.written
        small = {word for word in written if word.islower()}
        self._names = {word.lower(): word for word in written if _is_name(word, small)}

    def put(self, text: str) -> str:
        """The text with names as they are written; "norrlands" is "Norrland's"."""
        return terms.exchanged(text, self._written)

    def _written(self, word: str) -> str | None:
        if not word.islower():
            return None
        if found := self._names.get(word):
            return found
        owner = self._names.get(word.removesuffix("s"))
        if owner is None or not word.endswith("s"):
            return None
        return _peoples().get(word, f"{owner}'s")


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    """Those who live in a country by the small word: "americans" own nothing."""
    named = [name for group in terms.table("names")["peoples"] for name in group]
    return {name.lower(): name for name in named if name.endswith("s")}


def _is_name(word: str, small: set[str]) -> bool:
    low = word.lower()
    return (
        len(word) >= MIN_LETTERS
        and bool(_CAPITAL.fullmatch(word))
        and not {low, f"{low}s", low.removesuffix("s")} & small
        and not names.names_nobody(low)
        and not names.is_listed(low)
    )
