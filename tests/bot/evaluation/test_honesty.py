"""Honest digits are checked by other code than that which renders them."""

from decimal import Decimal

import pytest

from bot.answers import Number
from bot.evaluation import honesty
from tests.bot.evaluation import examples


@pytest.mark.parametrize(
    ("text", "value", "place"),
    [
        ("about 18.40 trillion yuan", "18.40e12", "1e10"),
        ("45 medals", "45", "1"),
        ("18,400", "18400", "100"),
        ("7.14 yuan per dollar", "7.14", "0.01"),
        ("25 basis points", "0.25", "0.01"),
        ("1.0%", "1.0", "0.1"),
        ("0", "0", "1"),
        ("SEK 24 350 million", "24350000000", "10000000"),
        ("12 134 seats", "12134", "1"),
        ("3 2024", "3", "1"),
    ],
)
def test_a_numeral_claims_its_last_place(text: str, value: str, place: str) -> None:
    shown = honesty.read(text)
    assert shown is not None
    assert (shown.value, shown.place) == (Decimal(value), Decimal(place))


@pytest.mark.parametrize(
    ("shown", "is_honest"),
    [
        ("18.40 trillion yuan", True),
        ("18.4 trillion yuan", True),
        ("18 trillion yuan", True),
        ("18.401 trillion yuan", False),
        ("18.43 trillion yuan", False),
        ("19 trillion yuan", False),
    ],
)
def test_calculation_may_show_what_its_interval_bears(shown: str, is_honest: bool) -> None:
    answer = examples.residual(f"Imports came to about {shown}.", shown)
    assert (list(honesty.dishonest_numbers(answer)) == []) is is_honest


def test_fall_is_shown_without_its_sign() -> None:
    answer = examples.residual(
        calculations=(examples.calculation("-18.40e12"),),
    )
    assert list(honesty.dishonest_numbers(answer)) == []


def test_quoted_figure_keeps_its_digits() -> None:
    assert list(honesty.dishonest_numbers(examples.quoting())) == []
    altered = examples.quoting(numbers=(Number("25.5 trillion yuan", 13, 31, "f2"),))
    assert list(honesty.dishonest_numbers(altered)) == [
        "25.5 trillion yuan is not what the source says: 25.45 trillion yuan"
    ]
