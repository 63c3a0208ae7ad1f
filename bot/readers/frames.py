"""Frames: a figure set into the words that an article has for another figure.

The proof looks at the cited sentences alone (`bot.proving.placing`); here every figure that a model
was shown is compared, so that it can be told which one it should have named. A figure that is
typed, not named by a slot, says less of what is meant: it has to stand among words that the article
has around it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.proving.alignment import Surroundings, around, around_figure, is_clearer
from bot.readers.sheets import plain
from ingest import Article, Figure

OWN = 2  # words and edges in common that a typed figure needs with its own place
_SLOT = re.compile(r"\{([fc]\d+)\}")


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
        spans = tuple((mention.start, mention.end) for mention in mentions)
        for mention, span in zip(mentions, spans, strict=True):
            problem = self._problem(text, mention, around(text, span, spans))
            if problem:
                return problem
        return None

    def _problem(self, text: str, mention: _Mention, words: Surroundings) -> str | None:
        shown = text[mention.start : mention.end]
        scores = {id: words.n_common(frame) for id, frame in self._found.items()}
        is_own = {id: any(self._is_same(id, one) for one in mention.ids) for id in scores}
        own = max((score for id, score in scores.items() if is_own[id]), default=0)
        for id, score in scores.items():
            if not is_own[id] and is_clearer(score, own):
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
        beside = [
            other
            for other in self._figures.values()
            if (other.article_id, other.sentence) == (figure.article_id, figure.sentence)
        ]
        return around_figure(self._articles[figure.article_id].text, figure, beside)
