"""Remarks beside a question, which it is declined with and asked again without."""

from __future__ import annotations

import pytest

from bot.asking import asides

NAMES = {"arvik", "wexholm"}


def _named(text: str) -> set[str]:
    return {word.strip(".,?") for word in text.lower().split()} & NAMES


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        (
            "Trade balance for 2024, in yuan. A surplus, I assume, and not a small one.",
            "Trade balance for 2024, in yuan.",
        ),
        (
            "The ferry did most of the work, i suspect. what share of passengers did it carry?",
            "what share of passengers did it carry?",
        ),
        (
            "How many beds are there (that's all i need) at Wexholm?",
            "How many beds are there at Wexholm?",
        ),
        (
            "What did the stadium cost - if you can say - in pounds?",
            "What did the stadium cost - in pounds?",
        ),
    ],
)
def test_remarks_are_left_out(question: str, plain: str) -> None:
    found = asides.plainer(question, _named)
    assert plain in found


@pytest.mark.parametrize(
    "question",
    [
        "How many beds are there?",
        "Take the year 2023. How many beds were there?",
        "I mean the hospital in wexholm. How many beds are there?",
        "Suppose that it grows by 5%. What will it come to?",
        "Exports of goods, imports of goods and services in 2024",
    ],
)
def test_what_narrows_a_question_stays(question: str) -> None:
    assert asides.plainer(question, _named) == []
