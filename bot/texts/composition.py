"""Composition: sentences, sources, figures and steps gathered into one draft."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from bot.drafts import Draft, DraftSentence, Source, Status, Step
from bot.nodes import Derivation
from ingest import Figure


@dataclass
class Composer:
    """Numbers what is cited and named, each thing once.

    is_bare: whether a result is told with nothing named beside it
    is_sure: whether what was told last needs no doubting
    score: how well the way fits to the last value that was told; None where none was
    rival: how well the best way to another value fits
    are_twins: whether several figures were told last that the question may mean alike
    is_open: whether what is told leaves open what was asked
    note: what is said of the answer beside it
    """

    is_bare: bool = False
    is_sure: bool = False
    score: float | None = None
    rival: float = 0.0
    are_twins: bool = False
    is_open: bool = False
    note: str | None = None
    sources: list[Source] = field(default_factory=list)
    figures: dict[str, Figure] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    sentences: list[DraftSentence] = field(default_factory=list)

    def copy(self) -> Composer:
        """The same so far, to be gone on with apart."""
        return Composer(
            self.is_bare,
            note=self.note,
            sources=[*self.sources],
            figures={**self.figures},
            steps=[*self.steps],
            sentences=[*self.sentences],
        )

    def cite(self, article_id: str, start: int, end: int) -> str:
        """The mark of a source, "[2]"."""
        source = Source(article_id, start, end)
        if source not in self.sources:
            self.sources.append(source)
        return f"[{self.sources.index(source) + 1}]"

    def cite_figure(self, figure: Figure) -> str:
        return self.cite(figure.article_id, figure.sentence.start, figure.sentence.end)

    def name(self, figure: Figure) -> str:
        """The id of a figure."""
        known = next((id for id, f in self.figures.items() if f == figure), None)
        id = known or f"f{len(self.figures) + 1}"
        self.figures[id] = figure
        return id

    def take(self, derivation: Derivation) -> str:
        """The id of a derivation's result, its figures and steps numbered anew."""
        return self.ids(derivation)[derivation.result]

    def ids(self, derivation: Derivation) -> dict[str, str]:
        """How each figure and step of a derivation is called here."""
        ids: dict[str, str] = {id: self.name(f) for id, f in derivation.figures.items()}
        for step in derivation.steps:
            ids[step.id] = self._step(step, ids)
        return ids

    def _step(self, step: Step, ids: Mapping[str, str]) -> str:
        operands = tuple(ids[o] for o in step.operands)
        for known in self.steps:
            if replace(known, id=step.id) == replace(step, operands=operands):
                return known.id
        new = replace(step, id=f"c{len(self.steps) + 1}", operands=operands)
        self.steps.append(new)
        return new.id

    def marks(self, derivation: Derivation) -> str:
        """The marks of every sentence that a derivation rests on."""
        marks = [self.cite_figure(f) for f in derivation.figures.values()]
        return "".join(dict.fromkeys(marks))

    def say(self, text: str, kind: Literal["quoted", "computed", "notice"]) -> None:
        """A sentence, unless it was said before, perhaps after "Yes:", or as a part of what one
        source tells."""
        if not any(_holds(said, text) for said in self.sentences):
            self.sentences.append(DraftSentence(text, kind))

    def draft(
        self, status: Status, note: str | None = None, nearest: tuple[str, ...] = ()
    ) -> Draft:
        return Draft(
            status=status,
            sentences=tuple(self.sentences),
            sources=tuple(self.sources),
            figures=dict(self.figures),
            steps=tuple(self.steps),
            note=note or self.note,
            nearest=nearest,
        )


_MARKED = re.compile(r"(?P<body>.+?)[.!?]? (?P<marks>(?:\[\d+\])+)")


def _holds(said: DraftSentence, text: str) -> bool:
    """Whether a sentence holds all of another: the same, or a phrase of the same source."""
    if said.text.endswith(text):
        return True
    one, other = _MARKED.fullmatch(said.text), _MARKED.fullmatch(text)
    if one is None or other is None or one["marks"] != other["marks"] or "{" in text:
        return False
    return other["body"].casefold() in one["body"].casefold()
