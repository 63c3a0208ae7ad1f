"""Events: what is told while an answer is being made; the Answer itself is the last one."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers import Answer


@dataclass(frozen=True, slots=True)
class Status:
    """What the bot is doing right now ("Searching the articles")."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A proven sentence of the answer to come; what was shown is never taken back."""

    text: str


Event = Status | Sentence | Answer
