"""The questions for the operands of a calculation."""

from __future__ import annotations

import pytest

from bot import questions
from bot.deriving import operands


@pytest.mark.parametrize(
    ("question", "one", "other", "are_apart"),
    [
        ("What is the difference between wages in 2024 and rents in 2020?",
         "What was wages in 2024?", "What was rents in 2020?", True),
        ("How much higher were Chad's imports than Chad's exports in 2024?",
         "What was Chad's imports in 2024?", "What was Chad's exports in 2024?", False),
        ("What is the ratio of Birk's staff in May to its board?",
         "What was Birk's staff in May?", "What was Birk's board in May?", False),
    ],
)  # fmt: skip
def test_each_operand_is_asked_for(question: str, one: str, other: str, are_apart: bool) -> None:
    asked = operands.read(questions.parse(question))
    assert asked and (asked.one, asked.other) == (one, other)
    assert asked.are_apart == are_apart


@pytest.mark.parametrize(
    "question",
    ["How many more tonnes did they sell than buy?", "By how much did rents rise?", "Who won?"],
)
def test_nothing_is_asked_where_no_two_are_named(question: str) -> None:
    assert operands.read(questions.parse(question)) is None
