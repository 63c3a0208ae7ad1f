from __future__ import annotations

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
