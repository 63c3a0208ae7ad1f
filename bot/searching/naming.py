"""Names that were typed small or plain, written as the articles write them: "norrlands boats",
"Gdansk".

Many people type without capitals, apostrophes and accents; what is a name is then told by the
evidence, where a word that always stands large and is no ordinary one is one. Without its accents a
name may be written by the bare letter or, as in German, with an e ("Koeln").
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from bot.language import terms
from bot.retrieval import Evidence
from ingest.figures import names

MIN_LETTERS = 4
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)
_WITH_E = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})


class Names:
    """The names that stand in the best sentences of the evidence and in its titles."""

    def __init__(self, evidence: Evidence) -> None:
        written = evidence.written
        small = {word for word in written if word.islower()}
        self._names = {word.lower(): word for word in written if _is_name(word, small)}
        plain = {low for word in written if (low := word.lower()).isascii()}
        accented = {word: name for word, name in self._names.items() if not word.isascii()}
        self._plain = {
            way: name for word, name in accented.items() for way in _plainly(word)
            if way not in plain
        }  # fmt: skip

    def put(self, text: str) -> str:
        """The text with names as they are written; "norrlands" is "Norrland's"."""
        return terms.exchanged(text, self._written)

    def of(self, text: str) -> set[str]:
        """The names of the evidence that stand in a text, in small letters."""
        return {w.group().lower() for w in terms.words(text)} & self._names.keys()

    def _written(self, word: str) -> str | None:
        low = word.lower()
        named = self._names if word.islower() else {}
        if found := named.get(low) or self._plain.get(low):
            return found
        bare = low.removesuffix("'s").removesuffix("’s").removesuffix("s")
        owner = named.get(bare) or self._plain.get(bare)
        if owner is None or not low.endswith("s"):
            return None
        return _peoples().get(word, f"{owner}'s")


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    """Those who live in a country by the small word: "americans" own nothing."""
    named = [name for group in terms.table("names")["peoples"] for name in group]
    return {name.lower(): name for name in named if name.endswith("s")}


def _plainly(word: str) -> set[str]:
    """A word in lower case without its accents: "köln" is "koln" or "koeln"."""
    return {_bare(word), _bare(word.translate(_WITH_E))}


def _bare(word: str) -> str:
    parted = unicodedata.normalize("NFKD", word.translate(_LETTERS))
    return "".join(letter for letter in parted if not unicodedata.combining(letter))


def _is_name(word: str, small: set[str]) -> bool:
    low = word.lower()
    return (
        len(word) >= MIN_LETTERS
        and word.isalpha()
        and word[0].isupper()
        and word[1:].islower()
        and not {low, f"{low}s", low.removesuffix("s")} & small
        and not names.names_nobody(low)
        and not names.is_listed(low)
    )
