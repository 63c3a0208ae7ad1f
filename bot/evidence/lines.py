"""Lines: a sentence with its figures in their order, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evidence.linking import Card, place_of
from ingest import Figure, units


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence in lower case and its figures in their order, each quantity once."""

    text: str
    cards: tuple[Card, ...]

    @classmethod
    def of(cls, cards: Sequence[Card]) -> Line:
        kept: dict[tuple[bool, int], Card] = {}
        for card in sorted(cards, key=lambda c: c.figure.start):
            figure = card.figure
            is_known = figure.quantity >= 0
            kept.setdefault((is_known, figure.quantity if is_known else figure.start), card)
        return cls(cards[0].sentence.lower().replace("’", "'"), tuple(kept.values()))

    def span(self, i: int) -> tuple[int, int]:
        """Where a figure stands in the text."""
        figure = self.cards[i].figure
        begin = figure.sentence.start
        return figure.start - begin, figure.end - begin

    def before(self, i: int) -> str:
        """What stands between a figure and the one before it."""
        return self.text[self.span(i - 1)[1] if i else 0 : self.span(i)[0]]

    def following(self, i: int) -> str:
        """What stands between a figure and the next one."""
        end = self.span(i + 1)[0] if i + 1 < len(self.cards) else len(self.text)
        return self.text[self.span(i)[1] : end]

    def at(self, figure: Figure) -> int:
        return [place_of(card.figure) for card in self.cards].index(place_of(figure))


def are_of_one_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures may tell of one thing: in one unit, which a count may leave out."""
    is_count = all(units.is_count(f.unit) or f.unit == "1" for f in (one, other))
    is_one = one.unit == other.unit or (is_count and "1" in {one.unit, other.unit})
    return is_one and all((one.kind == kind) == (other.kind == kind) for kind in _UNLIKE)


_UNLIKE = ("change", "ratio")
