from __future__ import annotations

import pytest

from bot.asking import shorthand


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("trips w/o trains n buses", "trips without trains and buses"),
        (
            "prices up bc of what acc to the mayor",
            "prices up because of what according to the mayor",
        ),
        ("rents down bc there are more flats", "rents down because there are more flats"),
        ("record catch bc?", "record catch because of what?"),
        ("turbine output tho?", "turbine output?"),
        ("gap in pct pts", "gap in percentage points"),
        ("turnout up how many pp", "turnout up how many percentage points"),
        ("past 1tn usd?", "past 1 trillion dollars?"),
        ("over 40 trn yuan", "over 40 trillion yuan"),
        ("cheaper than 5 eur?", "cheaper than 5 euros?"),
        ("profit y/y", "profit year-on-year"),
        ("goals in 22/23", "goals in 2022/23"),
        ("whats the avg temp abt", "what's the average temp about"),
        ("medals in '24 vs '96", "medals in 2024 vs 1996"),
        ("how many calves were born in 24?", "how many calves were born in 2024?"),
    ],
)
def test_what_is_typed_in_short_is_put_in_full(typed: str, meant: str) -> None:
    assert shorthand.in_full(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "the ex president of the club",
        "rock 'n' roll in the '90s",
        "one in 24, or 1 in 20?",
        "ready in 24 hours?",
        "exports 2023 usd",
        "population of BC in 2021",
        "Company N grew",
        "pp. 12 of the report",
    ],
)
def test_what_is_no_shorthand_stays(text: str) -> None:
    assert shorthand.in_full(text) == text
