from __future__ import annotations

import pytest

from bot.language import verbless


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exports more than half of trade?", "Are exports more than half of trade?"),
        ("Kerro faster than Lindqvist", "Is Kerro faster than Lindqvist?"),
        ("solar < wind in 2024?", "Was solar less than wind in 2024?"),
        ("profit = 5 million?", "Is profit the same as 5 million?"),
        ("turnout below 60%?", "Is turnout less than 60%?"),
        ("women at least a third of the staff", "Are women at least a third of the staff?"),
        (
            "ridership past 1 million, first time ever?",
            "Did ridership surpass 1 million for the first time?",
        ),
        ("visitors past 2 million?", "Did visitors exceed 2 million?"),
        ("dengue cases down in March?", "Were dengue cases down in March?"),
        ("rents up 4% in 2024?", "Were rents up 4% in 2024?"),
        ("the drug a vaccine?", "Is the drug a vaccine?"),
        ("lithium part of the deal?", "Is lithium part of the deal?"),
        ("bus fares the biggest item of all?", "Are bus fares the biggest item of all?"),
        ("rail stronger growth than road?", "Did rail have stronger growth than road?"),
        ("goals in 2024 more than in 2023?", "Were goals in 2024 more than in 2023?"),
        ("jobless rate 5%?", "Is jobless rate 5%?"),
    ],
)
def test_a_yes_or_no_gets_the_verb_that_it_lacks(typed: str, meant: str) -> None:
    assert verbless.asked(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "exports up or down?",
        "how much more than imports?",
        "sales a day?",
        "price a barrel?",
        "growth as a percentage?",
        "rent growth over 5 years?",
        "people over 65?",
        "profit over the last 3 years",
        "countries with more than 5 million people",
        "number of firms with over 50 staff",
        "cars sold in 2024?",
        "output a year ago?",
        "rents up 4%",
        "Is solar less than wind?",
        "solar vs wind, difference more than 5?",
    ],
)
def test_what_asks_for_something_else_stays(text: str) -> None:
    assert verbless.asked(text) == text
