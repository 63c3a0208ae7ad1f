"""What is asked what it is, and sentences that only mention it."""

from __future__ import annotations

import pytest

from bot.language import meanings


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is a negative list?", "negative list"),
        ("what's a tropical night", "tropical night"),
        ("What is meant by the open period?", "open period"),
        ("What does loan-to-value mean?", "loan-to-value"),
        ("Define punctuality.", "punctuality"),
        ("What is the price of a loaf?", None),
        ("What is Bell Creek?", None),
        ("What is an estimate of sales for Norlund worth?", "estimate of sales for norlund worth"),
        ("What does it cost?", None),
    ],
)
def test_what_is_asked_for(question: str, thing: str | None) -> None:
    found = meanings.asked(question)
    assert (found.lower() if found else None) == thing


@pytest.mark.parametrize(
    ("thing", "text", "after", "told"),
    [
        ("negative list", "A nationwide negative list system for trade shows the way.", "", True),
        ("tropical night", "Tropical nights, when it stays warm, came thrice.", "", False),
        ("combined ratio", "The combined ratio fell again.", "It is claims over premiums.", False),
        ("combined ratio", "The combined ratio fell again last year.", "Sales rose.", True),
        ("red mark", "Of all houses 40 have a red mark, meaning that they go.", "", False),
        ("sluice", "The gate, called a sluice by all, was shut.", "", False),
        ("sluice", "The gate was shut.", "", False),
        ("drone", "A drone is an aircraft without a pilot.", "", False),
    ],
)
def test_what_only_mentions_a_thing(thing: str, text: str, after: str, told: bool) -> None:
    assert meanings.is_only_mentioned(thing, text, after) is told
