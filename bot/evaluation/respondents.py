"""Respondents: whatever answers a case, so that a bot and a plain baseline are judged alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.answers import Answer
from bot.evaluation.sets import Case
from bot.retrieval import Evidence
from ingest import Article


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the evidence that it was read from."""

    answer: Answer
    evidence: Evidence


class Respondent(Protocol):
    """Answers questions over its articles."""

    @property
    def articles(self) -> Mapping[str, Article]: ...

    def respond(self, case: Case) -> Reply:
        """Answer one case; raises BotError or IngestError where it cannot."""
        ...
