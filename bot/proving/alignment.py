"""Alignment: which words stand around a number, in a sentence and in an article.

"Net profit rose to £58.3m" is suspect where the article says "net profit rose to £39.4m" and
£58.3m is the operating profit: the words on both sides of each number are compared with those
around every figure of the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ingest import Figure

NEAR_WORDS = 6
LIKE = 4  # words and edges in common, from which on a place is taken for a figure's own
CLEARER = 2  # by how many more it has to be than with the number's own place
_WORD = re.compile(r"\{[fc]\d+\}|[^\W_]+")
_GAP = "{}"
_FILLED = " {f0} "

Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words before (nearest first) and after a figure, up to the ends of its sentence."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def n_common(self, other: Surroundings) -> int:
        """How many words agree, counted outwards from the figure; an end counts as one."""
        return _n_equal(self.before, other.before) + _n_equal(self.after, other.after)


@lru_cache(maxsize=4096)
def around(text: str, number: Stretch, numbers: tuple[Stretch, ...]) -> Surroundings:
    """The words around one of the `numbers` of a sentence, the others as empty slots."""
    spans = sorted(numbers)
    before = _masked(text, 0, number[0], spans)
    after = _masked(text, number[1], len(text), spans)
    return Surroundings(_words(before)[::-1][:NEAR_WORDS], _words(after)[:NEAR_WORDS])


def around_figure(text: str, figure: Figure, figures: Iterable[Figure]) -> Surroundings:
    """The words around a figure in its article; `figures` are those of its sentence."""
    low, high = figure.sentence.start, figure.sentence.end
    spans = tuple((other.start - low, other.end - low) for other in figures)
    return around(text[low:high], (figure.start - low, figure.end - low), spans)


def is_clearer(score: int, own: int) -> bool:
    """Whether a place is so much more like another figure's than like its own number's."""
    return score >= max(LIKE, own + CLEARER)


def _masked(text: str, start: int, end: int, spans: Sequence[Stretch]) -> str:
    """text[start:end] with its figures as empty slots."""
    parts = []
    for low, high in spans:
        if start <= low and high <= end:
            parts += [text[start:low], _FILLED]
            start = high
    return "".join([*parts, text[start:end]])


def _words(text: str) -> tuple[str, ...]:
    found = _WORD.findall(text.casefold())
    return tuple(_GAP if word[0] == "{" else word for word in found)


def _n_equal(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    n_equal = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return n_equal
        n_equal += mine != _GAP
    return n_equal + (len(one) == len(other) and n_equal > 0)
