"""What every reader is: evidence in, draft out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.drafts import Draft
from bot.questions import Query, Turn
from bot.retrieval import Evidence


class Reader(Protocol):
    """Proposes an answer from the evidence; whatever it proposes is checked by `bot.proof`."""

    name: str

    def read(
        self,
        query: Query,
        evidence: Evidence,
        history: Sequence[Turn] = (),
        objections: Sequence[str] = (),
    ) -> Draft:
        """Draft an answer; `objections` are the proof's reasons against an earlier draft."""
        ...
