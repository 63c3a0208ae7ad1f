"""Which of two figures lies nearer to a third."""

from __future__ import annotations

import pytest

from bot import questions
from bot.yesno import nearing
from ingest import Figure, articles, figures

CROP = """The crop of Orvan

Agrolisk had forecast 23.5 million tonnes for 2025. The trade house Pell had forecast 21.6 million
tonnes for 2025. Growers brought in 23.2 million tonnes in 2025. In 2019 it was 30 million tonnes.
"""
PAY = """Dairy

The union had demanded 4% for 2025. Management had offered 1.5% for 2025. In 2025 pay was 2.6%.
"""
GUESTS = """Guests

The hotels had forecast 5.5 million nights. The board had forecast 5.7 million nights.
"""


def _told(text: str, question: str, one: str, other: str) -> tuple[str, str] | None:
    found = figures.find(articles.parse(text.encode(), "a.txt"))

    def of(value: str) -> Figure:
        return next(f for f in found if f.value and f"{f.value.normalize():f}" == value)

    query = questions.parse(question)
    held = nearing.held(query, of(one), of(other), found, lambda _: 0.5)
    return (held[0], f"{held[1].value:f}") if held else None


@pytest.mark.parametrize(
    ("text", "question", "one", "other", "told"),
    [
        (CROP, "Was Agrolisk nearer the crop of 2025 than Pell?", "23500000", "21600000",
         ("yes", "23200000")),
        (CROP, "Was Pell closer to the crop of 2025 than Agrolisk?", "21600000", "23500000",
         ("no", "23200000")),
        (PAY, "Is pay in 2025 nearer to the offer than to the demand?", "1.5", "4",
         ("yes", "2.6")),
        (GUESTS, "Were the hotels nearer the mark than the board?", "5500000", "5700000", None),
    ],
)  # fmt: skip
def test_the_nearer_of_two_is_told_by_what_came(
    text: str, question: str, one: str, other: str, told: tuple[str, str] | None
) -> None:
    assert _told(text, question, one, other) == told


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Was the bank's guess nearer to the result than the ministry's?", True),
        ("Did the society come closer to the truth than the state?", True),
        ("Were the two closer together than in May?", False),
        ("Does the bridge stand closer to the port?", False),
        ("Was the harvest larger than forecast?", False),
    ],
)
def test_what_asks_for_the_nearer(question: str, is_asked: bool) -> None:
    assert nearing.is_asked(question) is is_asked
