"""What is clearly ahead in the articles of one thing."""

from __future__ import annotations

import pytest

from bot.nodes import Node
from bot.yesno import alone


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ([0.8, 0.3], 0.8),
        ([0.3, 0.25], None),
        ([0.15, 0.04], 0.15),
        ([0.15, 0.1], None),
        ([0.05], None),
        ([], None),
    ],
)
def test_the_best_is_clearly_ahead(scores: list[float], told: float | None) -> None:
    found = alone.best([Node("EUR", score) for score in scores], lambda one, other: one is other)
    assert (found.score if found else None) == told
