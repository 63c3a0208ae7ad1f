"""Answers: what reaches a reader, each part with its proof, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from bot.drafts import Status
from ingest import Figure


@dataclass(frozen=True, slots=True)
class Citation:
    """A whole sentence or table row; `quote` is text[start:end] of the article.

    passage: start and end of the retrieved passage around it, for display
    """

    number: int
    article_id: str
    title: str
    start: int
    end: int
    quote: str
    passage: tuple[int, int]
    sha256: str
    source_sha256: str


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """answer.text[start:end]; `proofs` are ids of figures and calculations that it rests on."""

    start: int
    end: int
    kind: Literal["quoted", "computed", "notice"]
    citations: tuple[int, ...]
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral or number word of the answer's text and what proves it.

    proof: an id ("f1", "c1"), or "date", "identifier", "ordinal", "question"
    """

    text: str
    start: int
    end: int
    proof: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result with its formula; operands are ids of figures and of earlier calculations.

    value: the result at the stated central values, None where only bounds are known
    low, high: its interval, None where unbounded
    """

    id: str
    operation: str
    operands: tuple[str, ...]
    parameters: tuple[str, ...]
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    formula: str
    text: str
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a chat model read and wrote for one answer."""

    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, complete: nothing else is needed to show it or to check it again.

    understood: the question made whole; text: plain text with [n]
    nearest: what the articles do hold, when the status is "abstained"
    """

    question: str
    understood: str
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    figure_texts: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    nearest: str | None = None
    note: str | None = None
    reader: str = "extractive"
    usage: Usage | None = None
    seconds: float = 0.0
    id: str | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)
