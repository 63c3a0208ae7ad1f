"""Tags: what the tagger says of a question beside its evidence."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

from ingest import Figure

# What a question asks for: a stated figure, words, or a result of an operation.
CLASSES = (
    "quoted", "text", "difference", "sum", "residual", "share", "ratio", "growth", "point_change",
    "before_growth", "absolute_growth", "projection", "average", "per_unit", "exchange_rate",
    "conversion", "before_change", "percent_of", "whole_of", "contribution", "extremum", "rank",
    "count", "consistency",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely the answer rests on a figure: as first operand (or alone), as a later one."""

    first: float = 0.0
    second: float = 0.0

    @property
    def any(self) -> float:
        return max(self.first, self.second)


NONE = Chance()


@dataclass(frozen=True)
class Tags:
    """One reading of a question beside windows of the evidence.

    figures: chances by article id and start of the figure; lines: by article id and start
    classes: chance of each of `CLASSES`; matches: of each line, how well it goes with the question
    """

    figures: Mapping[tuple[str, int], Chance] = field(default_factory=dict)
    lines: Mapping[tuple[str, int], float] = field(default_factory=dict)
    classes: Mapping[str, float] = field(default_factory=dict)
    matches: Mapping[tuple[str, int], float] = field(default_factory=dict)

    def of(self, figure: Figure) -> Chance:
        return self.figures.get((figure.article_id, figure.start), NONE)

    def line(self, article_id: str, start: int) -> float:
        return self.lines.get((article_id, start), 0.0)

    def match(self, article_id: str, start: int) -> float:
        return self.matches.get((article_id, start), 0.0)


def chance(logit: float) -> float:
    """The chance of a logit."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))
