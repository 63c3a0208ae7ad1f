from __future__ import annotations

from decimal import Decimal

import pytest

from bot.language import mentions


@pytest.mark.parametrize(
    "text",
    [
        "foreign trade 2023 yuan",
        "wind power output 2023 MW",
        "turnout 2023 %",
        "rainfall 2023 mm?",
        "exports in 2023 dollars",
        "wheat harvest, 2023 tonnes",
    ],
)
def test_a_year_before_the_unit_that_is_wanted_is_a_year(text: str) -> None:
    assert [m.value for m in mentions.periods(text)] == ["2023"]
    assert mentions.numbers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "did the ticket cost 2023 yuan?",
        "is the peak 2014 metres high?",
        "Mount Olm 2014 metres high?",
        "more than 2019 euros?",
        "the 1500 metres",
        "wages 2000 yuan?",
        "a fee of 1951 pounds",
        "it reached 2023 tonnes",
    ],
)
def test_an_amount_of_as_much_is_no_year(text: str) -> None:
    assert mentions.periods(text) == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("above KSh 2.7 trillion", [("2.7E+12", "KES")]),
        ("over ₹500 crore", [("5E+9", "INR")]),
        ("above 38 °C", [("38", "°C")]),
        ("10 pence", [("0.1", "GBP")]),
        ("20 TWh", [("20", "TWh")]),
        ("40 basis points", [("0.4", "pp")]),
        ("1,000 dollars per ounce", [("1000", "USD/oz")]),
        ("between 3.7 and 5.8 billion dollars", [("3.7E+9", "USD"), ("5.8E+9", "USD")]),
        ("half a million people", [("5E+5", "person")]),
        ("before it dropped to 1.9m", [("1.9E+6", "1")]),
        ("the 100 m final", [("100", "m")]),
        ("three countries in twelve months", []),
        ("stage 9 on 18 March", []),
    ],
)
def test_numbers_are_read_as_in_an_article(text: str, told: list[tuple[str, str]]) -> None:
    found = [(n.value, n.unit) for n in mentions.numbers(text)]
    assert found == [(Decimal(value), unit) for value, unit in told]
