"""Mending: a chat model's draft and the proof, back and forth.

Each sentence is proven as soon as it is closed, and shown only then. What the proof rejects
goes back to the model with the reasons, at most `MAX_MENDS` times; what was shown stays, word
for word, and what still fails is dropped.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from langchain_core.runnables import RunnableConfig

from bot.answers import Answer, Usage, added
from bot.drafts import Draft
from bot.errors import ModelError
from bot.events import Sentence, Status
from bot.proof import Verdict
from bot.questions import Query
from bot.readers.model import Reading
from bot.readers.replies import EMPTY, select
from bot.retrieval import Evidence

MAX_MENDS = 2


class GrowingReader(Protocol):
    """A reader whose draft can be followed while it grows, and mended."""

    name: str

    def drafts(
        self,
        query: Query,
        evidence: Evidence,
        objections: Sequence[str] = (),
        standing: Draft = EMPTY,
        config: RunnableConfig | None = None,
    ) -> Iterator[Reading | Status]:
        """See `bot.readers.model.ModelReader.drafts`."""
        ...


@dataclass(slots=True)
class Mending:
    """One question's way to a proven answer; `events` runs it, the rest is its outcome.

    check: the proof, for this question and its evidence
    answer: what stands in the end, None where nothing does
    abstention: the model's own draft where it found no answer in the evidence
    failure: what ended it early; is_unreadable: whether no reply held a sentence
    """

    reader: GrowingReader
    check: Callable[[Draft], Verdict]
    query: Query
    evidence: Evidence
    config: RunnableConfig | None = None
    answer: Answer | None = None
    abstention: Draft | None = None
    failure: ModelError | None = None
    usage: Usage | None = None
    is_unreadable: bool = True
    _best: Draft = EMPTY
    _standing: Draft = EMPTY
    _shown: str = ""

    def events(self) -> Iterator[Status | Sentence]:
        """What happens on the way; the outcome stands when they are over."""
        objections: Sequence[str] = ()
        try:
            for attempt in range(1 + MAX_MENDS):
                if attempt:
                    yield Status("Mending what could not be proven")
                objections = yield from self._attempt(objections)
                if not objections:
                    break
        except ModelError as error:
            self.failure = error
        yield from self._settle()

    def _attempt(
        self, objections: Sequence[str]
    ) -> Generator[Status | Sentence, None, Sequence[str]]:
        """One reply of the model; returns what is to be told back about it."""
        reading, is_sound = Reading(self._standing), True
        steps = self.reader.drafts(
            self.query, self.evidence, objections, self._standing, self.config
        )
        for step in steps:
            if isinstance(step, Status):
                yield step
                continue
            reading = step
            if is_sound and not step.is_complete:
                sentence = self._next_shown(step)
                is_sound = sentence is not None
                if sentence:
                    yield sentence
        yield Status("Checking the answer")
        self.usage = added(self.usage, reading.usage)
        return self._weigh(reading)

    def _next_shown(self, reading: Reading) -> Sentence | None:
        """The newest sentence, if it and all before it are proven; it stands from now on."""
        verdict = self.check(reading.draft)
        text = verdict.answer.text
        is_proven = not verdict.objections and not reading.objections
        if not is_proven or not text.startswith(self._shown) or text == self._shown:
            return None
        new, self._shown, self._standing = text[len(self._shown) :], text, reading.draft
        return Sentence(new.strip())

    def _weigh(self, reading: Reading) -> Sequence[str]:
        """Keep what is proven of a whole reply; the objections of the reader and the proof."""
        draft = reading.draft
        if not draft.sentences and not reading.objections:
            self.abstention = draft
        self.is_unreadable = self.is_unreadable and not draft.sentences
        if not draft.sentences:
            return reading.objections
        verdict = self.check(draft)
        failed = {objection.sentence for objection in verdict.objections}
        places = [place for place in range(len(draft.sentences)) if place not in failed]
        if len(places) >= len(self._best.sentences):
            kept = select(draft, places)
            is_whole = not failed and not reading.objections
            self._best = kept if is_whole or not places else replace(kept, status="partial")
        return (*reading.objections, *verdict.messages)

    def _settle(self) -> Iterator[Sentence]:
        """The answer, beginning with what was shown; none where nothing is left."""
        drafts = [draft for draft in (self._best, self._standing) if draft.sentences]
        for draft in drafts:
            answer = self.check(draft).answer
            if answer.status != "abstained" and answer.text.startswith(self._shown):
                status = "partial" if self.failure else answer.status
                self.answer = replace(answer, reader=self.reader.name, status=status)
                break
        if self.answer is not None:
            for sentence in self.answer.sentences:
                if sentence.start >= len(self._shown):
                    yield Sentence(self.answer.text[sentence.start : sentence.end])
