"""Ties: how the figures of one calculation stand to each other, and to the question, in the text.

A level and its change stand in one sentence, a part and its whole are told of one measure, and what
a difference is asked of is told alike of two. How much each of these counts depends on the kind of
operation, so a measure is given for each kind and is 0 for the others.
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from statistics import fmean

import numpy as np

from bot.evidence import linking
from bot.evidence.linking import Floats, Linker
from bot.language import terms
from bot.nodes import Node
from ingest import Figure

# Operations whose figures stand to each other in one way.
KINDS: dict[str, frozenset[str]] = {
    "change": frozenset(["before_growth", "absolute_growth", "before_change", "projection"]),
    "time": frozenset(["growth", "point_change"]),
    "compared": frozenset(["difference", "ratio", "multiple"]),
    "part": frozenset(["share", "residual", "remainder", "contribution"]),
    "shared": frozenset(["percent_of", "whole_of", "product"]),
    "per": frozenset(["per_unit"]),
    "series": frozenset(
        [
            "sum",
            "average",
            "midpoint",
            "extremum",
            "rank",
            "count",
            "consistency",
        ]
    ),
    "money": frozenset(["conversion", "exchange_rate", "cross_rate"]),
}
# What is measured of each kind: that it is one, how far apart in the text its figures stand, how
# alike their measures are, how many others stand between them.
OF_KIND = ("is", "apart", "alike", "between")
MEASURES = (
    "covered",
    "least",
    "same_unit",
    "named_per",
    *(f"{m}_{kind}" for kind in KINDS for m in OF_KIND),
)
# Figures of two articles are this far apart, of two sentences at most and at least this far.
OTHER_ARTICLE, FAR, NEXT = 1.5, 1.2, 0.3
# Characters between sentences over which the distance grows by a quarter of a logarithm.
STRETCH = 150
# Measures of which nothing is told are this much alike.
UNTOLD = 0.3
MOST_BETWEEN = 3


class Ties:
    """The ties of figures within one question's evidence."""

    def __init__(self, text: str, linker: Linker) -> None:
        """text: the question"""
        self._cards, self._linker = linker.cards, linker
        self._stems = list(dict.fromkeys(terms.stems(linking.spoken(text))))
        self._named: dict[str, bool] = {}

    def measures(self, node: Node) -> dict[str, float]:
        """The `MEASURES` of a way to an answer, each about between 0 and 1.5."""
        leaves = node.leaves
        covered, least = self._covered(leaves)
        found = dict.fromkeys(MEASURES, 0.0)
        found |= {"covered": covered, "least": least}
        kind = next((k for k, names in KINDS.items() if node.operation in names), None)
        if kind is None:
            return found
        found[f"is_{kind}"] = 1.0
        if len(leaves) > 1:
            found["named_per"] = float(kind == "per" and self._names(leaves[-1]))
            found["same_unit"] = float(len({f.unit for f in leaves}) == 1)
            found[f"apart_{kind}"] = fmean(_apart(*pair) for pair in pairwise(leaves))
            found[f"alike_{kind}"] = fmean(_alike(*pair) for pair in pairwise(leaves))
            found[f"between_{kind}"] = self._between(leaves)
        return found

    def _covered(self, leaves: Sequence[Figure]) -> tuple[float, float]:
        """The share of the question's words that stands by the figures, and by the least of them.

        By the weights of `bot.evidence.linking`: a rare word counts for more, one in a heading for
        less.
        """
        places = [self._linker.place_of(f) for f in leaves]
        held = self._held[:, places]
        return float(held.max(axis=1).sum()), float(held.sum(axis=0).min())

    @cached_property
    def _held(self) -> Floats:
        """How much of the question each of its words is, by each card (words, cards)."""
        worths = [self._linker.worth(stem) for stem in self._stems]
        if not sum(worths):
            return np.zeros((1, len(self._cards)))
        held = [w * self._linker.held_by(s) for w, s in zip(worths, self._stems, strict=True)]
        return np.stack(held) / sum(worths)

    def _names(self, below: Figure) -> bool:
        """Whether the question names what a quotient is by."""
        said = f"{below.unit} {below.measure or ''}"
        if said not in self._named:
            own = terms.stems(said)
            fits = (linking.same(stem, other) for stem in self._stems for other in own)
            self._named[said] = any(fit >= linking.SYNONYM for fit in fits)
        return self._named[said]

    def _between(self, leaves: Sequence[Figure]) -> float:
        """How many other figures stand between those of one sentence, as a share of a few."""
        if len({(f.article_id, f.sentence) for f in leaves}) > 1:
            return 0.0
        starts = self._starts[leaves[0].article_id]
        own = [f.start for f in leaves]
        n_all = bisect.bisect_right(starts, max(own)) - bisect.bisect_left(starts, min(own))
        return min(MOST_BETWEEN, max(0, n_all - len(own))) / MOST_BETWEEN

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for card in self._cards:
            found.setdefault(card.figure.article_id, []).append(card.figure.start)
        return {id: sorted(starts) for id, starts in found.items()}


def _apart(one: Figure, other: Figure) -> float:
    """How far apart two figures stand: 0 within a sentence."""
    if one.article_id != other.article_id:
        return OTHER_ARTICLE
    if one.sentence == other.sentence:
        return 0.0
    gap = max(0, abs(one.sentence.start - other.sentence.start) - 40)
    return min(FAR, NEXT + math.log1p(gap / STRETCH) / 4)


def _alike(one: Figure, other: Figure) -> float:
    """The share of their measures' words that two figures have in common."""
    mine, theirs = (set(terms.stems(linking.spoken(f.measure or ""))) for f in (one, other))
    return len(mine & theirs) / len(mine | theirs) if mine | theirs else UNTOLD
