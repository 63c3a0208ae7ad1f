"""Drafts: what a reader proposes, before anything is proven.

A reader never writes the digits of a figure. Its sentences hold slots, `{f3}` for a figure and
`{c1}` for the result of a calculation, and `[n]` for the n-th source; `bot.proof` renders and
checks them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ingest import Figure

Status = Literal["answered", "partial", "abstained"]


@dataclass(frozen=True, slots=True)
class Source:
    """A whole sentence or table row, text[start:end] of an article, that a draft may cite."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Step:
    """A calculation as a reader asks for it.

    operation: a name of the table in `bot.calculation`; operands: ids of figures ("f3") and of
    earlier steps ("c1"), in the order that the operation wants; parameters: numbers of the
    question that the operation assumes ("another 7.1%"), as typed.
    measure, entity, period: what the result is said to be ("imports", "China", "2024");
    identity: name of the identity it follows from, when it follows from one.
    """

    id: str
    operation: str
    operands: tuple[str, ...]
    parameters: tuple[str, ...] = ()
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class DraftSentence:
    """`text` with slots and [n]; kind "notice" asserts nothing about the subject, cites nothing."""

    text: str
    kind: Literal["quoted", "computed", "notice"]


@dataclass(frozen=True, slots=True)
class Draft:
    """What a reader proposes as the answer.

    figures: every figure that a slot or step names, by id ("f1")
    sources: what [1], [2] ... stand for
    nearest: ids of figures offered instead when the status is "abstained"
    chance: how likely it is that this answers the question, where the reader can tell
    """

    status: Status
    sentences: tuple[DraftSentence, ...]
    sources: tuple[Source, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()
    note: str | None = None
    nearest: tuple[str, ...] = ()
    chance: float = 1.0
