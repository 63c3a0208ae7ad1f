"""Nearness: which figure of a sentence the words around it belong to.

In "interest fell to 19% from 23%; local banks charge 28%" the banks stand as near to 23% as to 28%,
but a break lies between. A word belongs to the figure that it reaches over the fewest words, breaks
and other figures; what stands before the first figure, most often what all are about, belongs to
the others too, though less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from bot.language import terms

# What a break, and another figure, cost beside a word between.
BREAK, OTHER = 4, 6
# How far what stands before the first figure belongs to the others.
SHARED = 0.6
_BREAK = re.compile(
    r"[,;:](?=\s)|[()|–—]|\b(?:and|but|while|whereas|against|from|then)\b", re.IGNORECASE
)

Spans = tuple[tuple[int, int], ...]


@lru_cache(maxsize=5_000)
def owners(sentence: str, figures: Spans) -> Mapping[str, tuple[float, ...]]:
    """Of each stem of a sentence how far it belongs to each of the figures (0 to 1)."""
    words = terms.find(sentence)
    breaks = [m.start() for m in _BREAK.finditer(sentence)]
    head = min((start for start, _ in figures), default=0)
    found: dict[str, tuple[float, ...]] = {}
    for term in words:
        costs = [_cost(_between(term, span), words, breaks, figures) for span in figures]
        nearest, least = min(costs, default=0), SHARED if term.start < head else 0.0
        mine = tuple(1.0 if cost == nearest else least for cost in costs)
        found[term.stem] = tuple(map(max, found.get(term.stem, mine), mine))
    return found


def _between(term: terms.Term, figure: tuple[int, int]) -> tuple[int, int]:
    """The stretch between a word and a figure; empty where one holds the other."""
    return (figure[1], term.start) if term.start >= figure[0] else (term.end, figure[0])


def _cost(
    gap: tuple[int, int], words: Sequence[terms.Term], breaks: Sequence[int], figures: Spans
) -> int:
    def within(places: Iterable[int]) -> int:
        return sum(gap[0] <= place < gap[1] for place in places)

    n_words, n_others = within(w.start for w in words), within(start for start, _ in figures)
    return n_words + BREAK * within(breaks) + OTHER * n_others


@lru_cache(maxsize=5_000)
def distances(sentence: str, figure: tuple[int, int], others: Spans) -> Mapping[str, int]:
    """Of each stem of a sentence what lies between it and a figure: words, breaks, other figures.

    In a row of a table, whose cells stand apart by nature, words alone count.
    """
    words = [term for term in terms.find(sentence) if not figure[0] <= term.start < figure[1]]
    is_row = " | " in sentence
    breaks = [] if is_row else [m.start() for m in _BREAK.finditer(sentence)]
    found: dict[str, int] = {}
    for term in words:
        gap = _between(term, figure)
        cost = 1 + _cost(gap, words, breaks, () if is_row else others)
        found[term.stem] = min(found.get(term.stem, cost), cost)
    return found
