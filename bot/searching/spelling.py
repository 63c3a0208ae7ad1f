"""Spelling: a word that was typed wrong, written as the articles write it: "exprots", "imprts".

The rules know such a word by its letters; the networks know only the pieces that it falls into. So
it is put right before they read: a word that no one knows (it is not whole among the word pieces of
the embedding model, nor is its singular, and it stands nowhere in the evidence) gives way to the
one word of the evidence that has a letter more or less, or two of them swapped. With a letter
changed it is as often another word ("dearer", dealer): of 5,285 training questions over the words
of their whole folders 14 misspelt words are put right so, and two others are changed. Names are
left alone: Norlund may be another than Norland. So does a word that lacks nothing but vowels
("forgn", "grwth") or one of two letters that are the same ("thicknes"), and the words that
questions are asked with are known as well as those of the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bot.language import terms
from bot.retrieval import Evidence

MIN_LETTERS = 5
# What differs in so many letters at the end only is another form: "exporter", "exported".
ENDING = 2


class Spelling:
    """The words of the best sentences of the evidence, for words that nobody knows.

    n_pieces: how many word pieces a word falls into
    """

    def __init__(self, evidence: Evidence, n_pieces: Callable[[str], int]) -> None:
        self._written = evidence.written | _asking()
        self._n_pieces = n_pieces

    def put(self, text: str) -> str:
        """The text with its misspelt words put right."""
        return terms.exchanged(text, self._meant)

    def _meant(self, word: str) -> str | None:
        if len(word) < MIN_LETTERS or not (word.isalpha() and word.islower()):
            return None
        if word in self._written or self._is_known(word):
            return None
        near = {other for other in self._written if _is_meant(word, other)}
        return near.pop() if len(near) == 1 else None

    def _is_known(self, word: str) -> bool:
        return 1 in (self._n_pieces(word), self._n_pieces(word.removesuffix("s")))


@lru_cache(maxsize=1)
def _asking() -> frozenset[str]:
    """Words that questions are asked with: quantities, how they move, what opens a question."""
    table = terms.table("questions")
    listed = [*table["quantities"].values(), *table["openings"], *table["typed"]["words"]]
    listed += [cue for cues in table["cues"].values() for cue in cues]
    return frozenset(word for entry in listed for word in entry.split() if len(word) >= MIN_LETTERS)


def _lacks_vowels(word: str, other: str) -> bool:
    """Whether a word is another one without some of its vowels."""
    if word.endswith("s") and other.startswith(word[:-1]):
        return False
    rest = iter(word[1:])
    wanted = next(rest, "")
    for letter in other[1:]:
        if letter == wanted:
            wanted = next(rest, "")
        elif letter not in "aeiou":
            return False
    return not wanted and len(word) < len(other)


def _single(word: str) -> str:
    """The word with each letter that stands twice standing once."""
    return re.sub(r"(.)\1", r"\1", word)


def _is_meant(word: str, other: str) -> bool:
    """Whether a word is another one misspelt, and no other form of it."""
    if len(other) < MIN_LETTERS or other[0] != word[0] or not (other.isalpha() and other.islower()):
        return False
    if _lacks_vowels(word, other) or (len(word) < len(other) and _single(word) == _single(other)):
        return True
    shared = min(len(word), len(other)) - ENDING + 1
    is_changed = len(word) == len(other) and sorted(word) != sorted(other)
    is_form = word[:shared] == other[:shared]
    return not (is_changed or is_form) and terms.is_within_one_edit(word, other)
