"""Straying: what a question names that other lines have better than those cited.

What is told of the whole answers nothing about a part: of "the operating profit of the automotive
segment" the group's row has the operating profit, and another row has the segment. So each word
piece of the question is set against the cited lines with what stands above them, and against all
other lines of the evidence, by the matcher's vectors (`bot.tagging.matching`), which know a thing
in other words too; what the others have better counts by how much the piece matters.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from bot.tagging.features import Floats, Inputs

# A piece that matters so much counts in full where the one that strays most is looked for.
MATTERS = 0.1
# Among the cosines of a line those of its own pieces, and of what stands above, by the matcher.
OWN, ABOVE = 1, 3


@dataclass(frozen=True, slots=True)
class Strays:
    """How much better other lines have the question's pieces: share of all, and the one most."""

    share: float
    most: float


NO_STRAYS = Strays(0.0, 0.0)


def strays(given: Inputs, weights: Floats, cited: Collection[tuple[str, int]]) -> Strays:
    """What strays of a question from the cited lines, by article and start.

    weights: how much each piece of the question matters
    """
    is_cited = np.array([key in cited for key in given.lines], dtype=bool)
    if not is_cited.any() or is_cited.all():
        return NO_STRAYS
    asked = given.asked_now > 0
    edges = given.line_edges[: len(given.lines)][:, asked]
    matters = weights[asked] / weights[asked].sum()
    here = edges[is_cited][:, :, [OWN, ABOVE]].max(axis=(0, 2))
    gaps = edges[~is_cited][:, :, OWN].max(axis=0) - here
    return Strays(
        share=float(matters @ np.maximum(0.0, gaps)),
        most=float((gaps * np.minimum(1.0, matters / MATTERS)).max()),
    )
