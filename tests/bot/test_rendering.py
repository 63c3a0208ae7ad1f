"""Honest digits: golden cases, then what must hold for any interval."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from bot import rendering
from tests.bot.samples import stated

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "rendering.yaml").read_text(encoding="utf-8")
)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_golden(case: dict[str, str]) -> None:
    low, high = _decimal(case.get("low")), _decimal(case.get("high"))
    value = _decimal(case.get("value"))
    shown = rendering.render(value, low, high, case["unit"], case.get("like"))
    assert shown == case["shown"]


def test_near_equal_figures_leave_no_digit() -> None:
    with pytest.raises(rendering.NoDigits):
        rendering.render(Decimal(0), Decimal("-0.2"), Decimal("0.3"), "CNY")


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("1.84E+13", "18400000000000"),
        ("0.1", "0.1"),
        ("23762838468720.82166", "23762838468700"),
        ("0", "0"),
        ("-3.50", "-3.5"),
    ],
)
def test_plain_strings_for_scripts(value: str, plain: str) -> None:
    assert rendering.plain(Decimal(value)) == plain


def test_unbounded_is_null() -> None:
    assert rendering.plain(None) is None


@pytest.mark.parametrize(
    ("text", "unit", "value", "shown"),
    [
        ("52.8", "EUR", "52800000000", "€52.8 billion"),
        ("0.9", "km", "0.9", "0.9 km"),
        ("26", "%", "26", "26%"),
        ("£1.27 billion", "GBP", "1270000000", "£1.27 billion"),
        ("20", "medal", "20", "20"),
        ("1.7 million", "EUR", "1700000", "€1.7 million"),
        ("2024", "1", "2024", "2024"),
    ],
)
def test_a_figure_in_a_formula(text: str, unit: str, value: str, shown: str) -> None:
    figure = replace(stated("5", unit), value=Decimal(value))
    assert rendering.measured(figure, text) == shown
