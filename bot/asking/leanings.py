"""Leanings: which of several ways to understand a question the evidence answers best.

A question that says little ("Who is the chair?", "How big was the loss?") may be one by itself, may
be asked of what the last answer was told of, or may lean on the question before. All are answered,
and a later way is taken only where its answer is clearly likelier.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers import Answer

Told = tuple[Answer, float]
"""An answer and how likely it is that it answers the question."""

# How much likelier an answer by another way must be than that by one before it.
AHEAD = 0.1


def best(told: Sequence[Told]) -> Answer:
    """The answer that is kept.

    told: by each way, the likeliest way first; not empty
    """
    first, *others = [one for one in told if one[0].status != "abstained"] or told[:1]
    for other in others:
        if other[1] > first[1] + AHEAD:
            first = other
    return first[0]
