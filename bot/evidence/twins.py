"""Twins: figures that a question fits equally well, because its measure leaves open which is meant.

"How much profit did it make?" of an article that tells the operating profit and the net profit:
neither is more asked for than the other, so both are told, each by its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.evidence import accounts
from bot.language import terms
from bot.nodes import Derivation
from ingest import Figure

# A twin needs this chance of being right; so many are told beside the first.
POSSIBLE, MAX_TWINS = 0.1, 2
# What a measure is of, after its own noun: "net profit attributable to shareholders".
_AFTER_HEAD = re.compile(
    r" (?:of|in|from|for|to|on|at|by|per|with|attributable|before|after|excluding|including)\b.*"
)


def of(question: str, found: Sequence[Derivation]) -> list[Derivation]:
    """Further stated figures as much asked for as the first of those found, by a question whose
    measure is the head of theirs and tells none of what sets them apart."""
    if not found or not found[0].is_stated:
        return []
    kept = [found[0]]
    asked = terms.stems_of(question)
    for other in found[1:]:
        if other.is_stated and other.score >= POSSIBLE:
            if all(_are_twins(_figure(k), _figure(other), asked) for k in kept):
                kept.append(other)
    return kept[1 : 1 + MAX_TWINS]


def _figure(way: Derivation) -> Figure:
    return way.figures[way.result]


def _are_twins(one: Figure, other: Figure, asked: frozenset[str]) -> bool:
    """One owner, period, unit and kind, one head that is asked for, and a word each before it that
    is not."""
    if _slots(one) != _slots(other) or one.quantity == other.quantity:
        return False
    if not accounts.is_one_name(one.entity, other.entity):
        return False
    (head, words), (other_head, other_words) = _parted(one), _parted(other)
    is_open = bool(words) and bool(other_words) and not (words | other_words) & asked
    return bool(head) and head == other_head and head in asked and is_open and words != other_words


def _slots(figure: Figure) -> tuple[str | None, ...]:
    return figure.period, figure.unit, figure.kind


def _parted(figure: Figure) -> tuple[str, frozenset[str]]:
    return _parted_measure(figure.measure or "")


@lru_cache(maxsize=10_000)
def _parted_measure(measure: str) -> tuple[str, frozenset[str]]:
    """The stem of a measure's head noun, and those of the words before it."""
    stems = terms.stems(_AFTER_HEAD.sub("", measure.lower()))
    return (stems[-1], frozenset(stems[:-1])) if stems else ("", frozenset())
