"""Which times "both" stands for is told by the figures that were found."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.searching import both
from tests.bot.samples import stated
from tests.bot.searching.test_thesaurus import evidence

PERIODS = ("2023", "2024", "2024", "2023", "2019", "2025-Q1", "2025-Q2", "2024-Q4", "2025-Q1")
FOUND = replace(
    evidence("Sales rose."), figures=tuple(stated("4", "EUR", period=one) for one in PERIODS)
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("revenue for both years?", "revenue for 2023 and 2024?"),
        ("sales, both years", "sales, in 2023 and 2024"),
        ("sales in both quarters of 2025",
         "sales in the first quarter of 2025 and the second quarter of 2025"),
        # Named already, or not told.
        ("sales for both years, 2023 and 2019", "sales, 2023 and 2019"),
        ("sales in both halves of 2025", "sales in both halves of 2025"),
        ("both firms in 2024", "both firms in 2024"),
        ("ill within the two years", "ill within the two years"),
    ],
)  # fmt: skip
def test_what_both_stands_for(question: str, wanted: str) -> None:
    assert both.put(question, FOUND) == wanted
