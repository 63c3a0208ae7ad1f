"""The asker's number: in which unit, and on which side of it something lies."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot import questions
from bot.nodes import node_of, realise
from bot.yesno import holding
from ingest import articles, figures


@pytest.mark.parametrize(
    ("value", "own", "unit", "told"),
    [
        ("0.5", "1", "%", "50"),
        ("0.5", "1", "CNY", None),
        ("0.5", "1", "1", "0.5"),
        ("20", "1", "%", "20"),
        ("400", "1", "boat", "400"),
        ("2", "km", "m", "2000"),
        ("2", "km", "CNY", None),
    ],
)
def test_the_askers_number_in_a_unit(value: str, own: str, unit: str, told: str | None) -> None:
    found = holding.in_unit_of(questions.Assumed(value, Decimal(value), own), unit)
    assert found == (Decimal(told) if told else None)


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("nearly half", "Do warehouses make up nearly half?", "yes"),
        ("half", "Do warehouses make up half?", "no"),
        ("half", "Do warehouses make up more than half?", "no"),
        ("half", "Is that less than half?", "yes"),
    ],
)
def test_nearly_is_near(text: str, question: str, told: str) -> None:
    half = questions.Assumed("half", Decimal("0.5"), "1")
    low, high = Decimal("0.488"), Decimal("0.489")
    assert text in question
    assert holding.compare(question.lower(), half, half.value, low, high) == told


@pytest.mark.parametrize(
    ("value", "low", "high", "is_worth"),
    [
        ("0.5", "0.27", "0.28", True),
        ("0.25", "0.0139", "0.0140", False),
        ("2", "2.5", "2.6", True),
        ("0.1", "0.65", "0.66", False),
    ],
)
def test_a_share_that_one_would_ask_about(value: str, low: str, high: str, is_worth: bool) -> None:
    asked = holding.is_worth_asking(Decimal(value), Decimal(low), Decimal(high))
    assert asked is is_worth


@pytest.mark.parametrize(
    ("value", "high", "is_short"),
    [("2", "1.5", True), ("2", "1.1", True), ("2", "1.7", False), ("3", "1.65", True),
     ("2", "4", False), ("2", None, False)],
)  # fmt: skip
def test_a_multiple_far_short_of_the_askers(value: str, high: str | None, is_short: bool) -> None:
    told = (None, Decimal(high) if high else None)
    assert holding.is_far_short(Decimal(value), told) is is_short


def test_a_result_lies_likely_within_two_thirds_of_its_interval() -> None:
    text = "Farms\n\nOutput was 173 GWh in 2024. Output was 158 GWh in 2023.\n"
    article = articles.parse(text.encode(), "a.txt")
    told = [f for f in figures.find(article) if f.unit == "GWh"]
    made = realise(node_of("growth", told), {article.id: article})
    (low, high), (floor, ceiling) = holding.likely_bounds(made), holding.bounds(made)
    assert low is not None and high is not None and floor is not None and ceiling is not None
    assert floor < 9 < low < high
    assert round(high - low, 9) == round((ceiling - floor) * 2 / 3, 9)
