"""Alignment: a figure set into the words that an article has for another figure.

"Net profit rose to {f2}" is suspect where the article says "net profit rose to £39.4m" and f2 is
the operating profit. The words on both sides of each slot are compared with those around every
figure that was read. A figure that is typed, not named by a slot, says less of what is meant:
it has to stand among words that the article has around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.readers.sheets import plain
from ingest import Article, Figure

NEAR_WORDS = 6
OWN = 2  # words and edges in common that a typed figure needs with its own place
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


@dataclass(frozen=True, slots=True)
class _Mention:
    """A figure of a sentence, by a slot or typed; `ids` are what it may be."""

    start: int
    end: int
    ids: tuple[str, ...]
    is_typed: bool


class Frames:
    """What stands around every figure of a sheet."""

    def __init__(self, figures: Mapping[str, Figure], articles: Mapping[str, Article]) -> None:
        self._figures = figures
        self._articles = articles
        self._found = {id: self._of(id) for id in figures}
        self._surfaces = self._typed_forms()

    def misplaced(self, text: str) -> str | None:
        """What is wrong with the first figure of the sentence that stands where it should not."""
        mentions = self._mentions(text)
        spans = [(mention.start, mention.end) for mention in mentions]
        for mention in mentions:
            before = _masked(text, 0, mention.start, spans)
            around = _surroundings(before, _masked(text, mention.end, len(text), spans))
            problem = self._problem(text, mention, around)
            if problem:
                return problem
        return None

    def _problem(self, text: str, mention: _Mention, around: Surroundings) -> str | None:
        shown = text[mention.start : mention.end]
        scores = {id: around.n_common(frame) for id, frame in self._found.items()}
        is_own = {id: any(self._is_same(id, one) for one in mention.ids) for id in scores}
        own = max((score for id, score in scores.items() if is_own[id]), default=0)
        for id, score in scores.items():
            if not is_own[id] and score >= max(LIKE, own + CLEARER):
                return f"The article has {{{id}}} where you put {shown}"
        if mention.is_typed and own < OWN:
            return f"Write a slot such as {{{mention.ids[0]}}} instead of {shown}"
        return None

    def _mentions(self, text: str) -> list[_Mention]:
        slots = [_Mention(m.start(), m.end(), (m[1],), False) for m in _SLOT.finditer(text)]
        if self._surfaces is None:
            return slots
        typed = [
            _Mention(m.start(), m.end(), self._ids_of(m[0]), True)
            for m in self._surfaces.finditer(text)
        ]
        return sorted(slots + typed, key=lambda mention: mention.start)

    def _typed_forms(self) -> re.Pattern[str] | None:
        """The figures as their articles write them, the longest first."""
        forms = sorted({self._written(id) for id in self._figures}, key=len, reverse=True)
        if not forms:
            return None
        return re.compile(rf"(?<![\w{{.,-])(?:{'|'.join(map(re.escape, forms))})(?![\w-]|[.,]\d)")

    def _ids_of(self, written: str) -> tuple[str, ...]:
        return tuple(id for id in self._figures if self._written(id) == written)

    def _written(self, id: str) -> str:
        figure = self._figures[id]
        return plain(self._articles[figure.article_id].text[figure.start : figure.end])

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


def _masked(text: str, start: int, end: int, spans: Sequence[tuple[int, int]]) -> str:
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
