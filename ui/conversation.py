"""The conversation of one browser tab, and how it is exported."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answers import Answer
    from bot.questions import Turn


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and its answer, or the message that stands in its place."""

    question: str
    answer: Answer | None = None
    trouble: str | None = None


def turns(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The answered questions, as history for the next one."""
    from bot.questions import Turn

    return [Turn(e.question, e.answer.text, e.answer) for e in exchanges if e.answer is not None]


def answers(exchanges: Sequence[Exchange]) -> list[Answer]:
    """The answers, in order."""
    return [exchange.answer for exchange in exchanges if exchange.answer is not None]


def as_markdown(exchanges: Sequence[Exchange]) -> str:
    """The conversation for people."""
    from bot.exports import markdown

    return markdown(answers(exchanges))


def as_json(exchanges: Sequence[Exchange]) -> str:
    """The conversation for scripts, fit for `quotient verify`."""
    from bot.exports import to_json

    return json.dumps(to_json(answers(exchanges)), ensure_ascii=False, indent=2)
