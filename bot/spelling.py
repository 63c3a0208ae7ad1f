"""Spelling: a word that was typed wrong, written as the articles write it: "exprots", "imprts".

The rules know such a word by its letters; the networks know only the pieces that it falls into. So
it is put right before they read: a word that no one knows (it is not whole among the word pieces of
the embedding model, nor is its singular, and it stands nowhere in the evidence) gives way to the
one word of the evidence that has a letter more or less, or two of them swapped. With a letter
changed it is as often another word ("dearer", dealer): of 5,285 training questions over the words
of their whole folders 14 misspelt words are put right so, and two others are changed. Names are
left alone: Norlund may be another than Norland.
"""

from __future__ import annotations

from collections.abc import Callable

from bot import terms
from bot.retrieval import Evidence

MIN_LETTERS = 5
# What differs in so many letters at the end only is another form: "exporter", "exported".
ENDING = 2


class Spelling:
    """The words of the best sentences of the evidence, for words that nobody knows.

    n_pieces: how many word pieces a word falls into
    """

    def __init__(self, evidence: Evidence, n_pieces: Callable[[str], int]) -> None:
        self._written = evidence.written
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


def _is_meant(word: str, other: str) -> bool:
    """Whether a word is another one misspelt, and no other form of it."""
    if len(other) < MIN_LETTERS or other[0] != word[0] or not (other.isalpha() and other.islower()):
        return False
    shared = min(len(word), len(other)) - ENDING + 1
    is_changed = len(word) == len(other) and sorted(word) != sorted(other)
    is_form = word[:shared] == other[:shared]
    return not (is_changed or is_form) and terms.is_within_one_edit(word, other)
