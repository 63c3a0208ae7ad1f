"""Pools: the figures that ways to an answer are made of, and how likely each is in its role."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.evidence.linking import Card, place_of
from bot.tagging import Tags
from ingest import Figure

N_POOL = 14
N_ROLE = 6
# So many of each role's likeliest are also tried with the figures next to them in their sentence.
N_TIED, N_BESIDE = 4, 4
# A figure that belongs to another that is likely is this likely itself: one of a row.
IN_ROW = 0.3
MIN_POOLED = 0.003
FLOOR = 1e-4


@dataclass(frozen=True)
class Pool:
    """The figures most likely to be rested on, each quantity once, the best first.

    cards: of every figure of the evidence, these among them
    """

    tags: Tags
    figures: tuple[Figure, ...]
    cards: tuple[Card, ...] = ()

    @classmethod
    def of(cls, tags: Tags, cards: Sequence[Card]) -> Pool:
        ranked = sorted((card.figure for card in cards), key=lambda f: -tags.of(f).any)
        kept: dict[tuple[str, int, str], Figure] = {}
        for figure in ranked:
            kept.setdefault((figure.article_id, figure.quantity, figure.unit), figure)
            if len(kept) >= N_POOL:
                break
        likely = tuple(f for f in kept.values() if tags.of(f).any > MIN_POOLED)
        return cls(tags, likely, tuple(cards))

    @cached_property
    def others(self) -> tuple[Figure, ...]:
        """Every figure of the evidence, the likeliest first."""
        figures = [card.figure for card in self.cards]
        return tuple(sorted(figures, key=lambda f: -self.tags.of(f).any))

    @cached_property
    def _by_sentence(self) -> dict[tuple[str, int], list[Figure]]:
        found: dict[tuple[str, int], list[Figure]] = {}
        for figure in self.others:
            found.setdefault(figure.sentence_place, []).append(figure)
        return found

    def card_of(self, figure: Figure) -> Card:
        return self._by_place[place_of(figure)]

    @cached_property
    def _by_place(self) -> dict[tuple[str, int, str], Card]:
        return {place_of(card.figure): card for card in self.cards}

    @cached_property
    def by_first(self) -> list[Figure]:
        """The likeliest first operands first."""
        return sorted(self.figures, key=lambda f: -self.tags.of(f).first)

    @cached_property
    def by_second(self) -> list[Figure]:
        """The likeliest later operands first."""
        return sorted(self.figures, key=lambda f: -self.tags.of(f).second)

    def firsts(self) -> list[Figure]:
        return self.by_first[:N_ROLE]

    def seconds(self) -> list[Figure]:
        return self.by_second[:N_ROLE]

    @cached_property
    def pairs(self) -> list[tuple[Figure, Figure]]:
        """The likeliest of each role with each other, and with what stands beside them."""
        firsts, seconds = self.firsts(), self.seconds()
        found = [(a, b) for a in firsts for b in seconds if a is not b]
        found += [(a, b) for a in firsts[:N_TIED] for b in self._beside(a)]
        found += [(a, b) for b in seconds[:N_TIED] for a in self._beside(b)]
        return list({(place_of(a), place_of(b)): (a, b) for a, b in found}.values())

    def in_sentence(self, figure: Figure) -> list[Figure]:
        """The figures of a figure's sentence, the likeliest first."""
        return self._by_sentence[figure.article_id, figure.sentence.start]

    def _beside(self, figure: Figure) -> list[Figure]:
        """The nearest figures of its sentence."""
        own = self.in_sentence(figure)
        own = [f for f in own if f is not figure]
        return sorted(own, key=lambda f: abs(f.start - figure.start))[:N_BESIDE]

    @cached_property
    def _outside(self) -> float:
        return sum(self._left_out(f) for f in self.figures)

    def _left_out(self, figure: Figure) -> float:
        return math.log(max(FLOOR, 1 - self.tags.of(figure).any))

    def set_likelihood(self, members: Sequence[Figure]) -> float:
        """As `likelihood`, of figures told in one row: none of them is unlikely by itself."""
        chances = [(f, max(IN_ROW, self.tags.of(f).any)) for f in members]
        return self._outside + sum(
            math.log(chance) - (self._left_out(f) if f in self.figures else 0.0)
            for f, chance in chances
        )

    def led_likelihood(self, first: Figure, *others: Figure) -> float:
        """As `set_likelihood`, of a figure in the first role and what is told with another."""
        rest = [f for f in others if f is not first]
        total = self.set_likelihood(rest) - self._outside + self.likelihood([first])
        return total

    def likelihood(self, firsts: Sequence[Figure], seconds: Sequence[Figure] = ()) -> float:
        """Logarithm of the chance that these are rested on in these roles, and no others."""
        total = self._outside
        for role, members in (("first", firsts), ("second", seconds)):
            for figure in members:
                chance = getattr(self.tags.of(figure), role)
                known = figure in self.figures
                total += math.log(max(FLOOR, chance)) - (self._left_out(figure) if known else 0)
        return total


def are_together(one: Figure, other: Figure) -> bool:
    """Whether two figures stand in one sentence."""
    return one.article_id == other.article_id and one.sentence == other.sentence
