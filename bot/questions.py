"""Questions: what is asked, a follow-up made whole."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Form = Literal["figure", "text", "yesno", "list", "summary", "declined"]


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation and its answer's text ("" if never answered)."""

    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A number that the asker brings: a claim to check or an assumption to project with."""

    text: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Query:
    """A question, understood.

    text: the question made whole; asked: as it was typed
    form: what kind of answer is wanted
    operation: name of the table in `bot.calculation` when the wording asks for one ("share",
        "difference"), None for a plain look-up
    measures, entities, periods: as the question names them (periods as in `Figure.period`)
    unit: unit that the answer is wanted in, or None
    assumed: numbers that stand in the question
    subquestions: the parts, when several things are asked at once
    """

    text: str
    asked: str
    form: Form = "figure"
    operation: str | None = None
    measures: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    periods: tuple[str, ...] = ()
    unit: str | None = None
    assumed: tuple[Assumed, ...] = ()
    negated: bool = False
    subquestions: tuple[Query, ...] = ()
