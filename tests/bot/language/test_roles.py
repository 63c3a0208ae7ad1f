"""Which operation a wording asks for, and the phrases that play its roles."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.language import roles

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[2] / "data" / "readings.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["asks"] or "nothing")
def test_a_reading(case: dict[str, Any]) -> None:
    reading = roles.read(case["asks"])
    assert (reading.operation if reading else None) == case["is"]
    if reading and "roles" in case:
        assert dict(reading.roles) == case["roles"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("the exports of the country in 2024", "exports of the country"),
        ("was revenue", "revenue"),
        ("China's", "China"),
        ("revenue in dollars", "revenue"),
        ("the cost, in euros", "cost"),
        ("wages did", "wages"),
        ("in 2024", ""),
    ],
)
def test_a_phrase_without_its_loose_ends(text: str, told: str) -> None:
    assert roles.phrase(text) == told


def test_a_long_question_takes_no_longer() -> None:
    assert roles.read("how much more " + "and more " * 5_000 + "than less") is None
