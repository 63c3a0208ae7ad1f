"""Alignment: a figure set into the words that an article has for another figure.

"Net profit rose to {f2}" is suspect where the article says "net profit rose to £39.4m" and f2 is
the operating profit. The words on both sides of each slot are compared with those around every
figure that was read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.readers.sheets import plain
from ingest import Article, Figure

NEAR_WORDS = 6
LIKE = 4  # words and edges in common, from which on a place is taken for a figure's own
CLEARER = 2
_SLOT = re.compile(r"\{([fc]\d+)\}")
_WORD = re.compile(r"\{[fc]\d+\}|[^\W_]+")
_GAP = "{}"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words before (nearest first) and after a figure, up to the ends of its sentence."""

    before: tuple[str, ...]
    after: tuple[str, ...]

    def n_common(self, other: Surroundings) -> int:
        """How many words agree, counted outwards from the figure; an end counts as one."""
        return _n_equal(self.before, other.before) + _n_equal(self.after, other.after)


class Frames:
    """What stands around every figure of a sheet."""

    def __init__(self, figures: Mapping[str, Figure], articles: Mapping[str, Article]) -> None:
        self._figures = figures
        self._articles = articles
        self._found = {id: self._of(id) for id in figures}

    def misplaced(self, text: str) -> tuple[str, str] | None:
        """A slot of the sentence and the figure whose place it takes, if there is one."""
        for slot in _SLOT.finditer(text):
            around = _surroundings(text[: slot.start()], text[slot.end() :])
            own = max((around.n_common(f) for f in self._own(slot[1])), default=0)
            for id, frame in self._found.items():
                likeness = around.n_common(frame)
                is_other = not self._is_same(id, slot[1])
                if is_other and likeness >= max(LIKE, own + CLEARER):
                    return slot[1], id
        return None

    def _own(self, id: str) -> list[Surroundings]:
        return [frame for other, frame in self._found.items() if self._is_same(other, id)]

    def _is_same(self, one: str, other: str) -> bool:
        if one == other or one not in self._figures or other not in self._figures:
            return one == other
        first, second = self._figures[one], self._figures[other]
        is_linked = (first.article_id, first.quantity) == (second.article_id, second.quantity)
        return is_linked or (first.value, first.unit) == (second.value, second.unit)

    def _of(self, id: str) -> Surroundings:
        figure = self._figures[id]
        text = self._articles[figure.article_id].text
        spans = sorted(
            (other.start, other.end)
            for other in self._figures.values()
            if (other.article_id, other.sentence) == (figure.article_id, figure.sentence)
        )
        start, end = figure.sentence.start, figure.sentence.end
        before = _masked(text, start, figure.start, spans)
        return _surroundings(before, _masked(text, figure.end, end, spans))


def _masked(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """text[start:end] with its figures as empty slots."""
    parts = []
    for low, high in spans:
        if start <= low and high <= end:
            parts += [text[start:low], " {f0} "]
            start = high
    return "".join([*parts, text[start:end]])


def _surroundings(before: str, after: str) -> Surroundings:
    return Surroundings(_words(before)[::-1][:NEAR_WORDS], _words(after)[:NEAR_WORDS])


def _words(text: str) -> tuple[str, ...]:
    found = _WORD.findall(plain(text).casefold())
    return tuple(_GAP if word[0] == "{" else word for word in found)


def _n_equal(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    n_equal = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return n_equal
        n_equal += mine != _GAP
    return n_equal + (len(one) == len(other) and n_equal > 0)
