"""Slots: what is said about a quantity, gathered while it is found out."""

from __future__ import annotations

from dataclasses import dataclass, field

from ingest.figures.figure import Claim, Direction, How, Kind, Origin, Slot


@dataclass(slots=True)
class Slots:
    """What a quantity measures, for whom and when; None where nothing says so.

    is_base: it is only what another is measured against: "up from Y", "compared with Y"
    """

    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    base_period: str | None = None
    basis: str | None = None
    kind: Kind | None = None
    direction: Direction | None = None
    claim: Claim | None = None
    pair_of: int | None = None
    is_base: bool = False
    origins: list[Origin] = field(default_factory=list)

    def found(self, slot: Slot, how: How, start: int, end: int) -> None:
        """Note where a slot was found: text[start:end]."""
        self.origins.append(Origin(slot, how, start, end))
