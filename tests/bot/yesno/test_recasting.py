"""The question for a figure that a yes/no question hides."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot import questions
from bot.yesno import recasting


@pytest.mark.parametrize(
    ("question", "kind", "asked", "value", "unit"),
    [
        ("Did rice make up more than a fifth of farm exports?", "share",
         "What share of farm exports did rice make up?", "0.2", "1"),
        ("Did more than a quarter of runners come from abroad?", "share",
         "What share of runners come from abroad?", "0.25", "1"),
        ("Do Chad and Mali together take over 20% of the aid?", "share",
         "What share of the aid do Chad and Mali together take?", "20", "%"),
        ("Would a majority of voters rather have trams?", "share",
         "What share of voters rather have trams?", "0.5", "1"),
        ("Is more than half of the staff female?", "share",
         "What share of the staff is female?", "0.5", "1"),
        ("Were over 40% of the delays due to snow?", "share",
         "What share of the delays were due to snow?", "40", "%"),
        ("Were over half the beds taken?", "share",
         "What share of the beds were taken?", "0.5", "1"),
        ("Did over four fifths of the deaths occur at home?", "share",
         "What share of the deaths occur at home?", "0.8", "1"),
        ("Do most families save?", "share", "What share of families save?", "0.5", "1"),
        ("Does the museum show all of its coins?", "share",
         "What share of its coins does the museum show?", "1", "1"),
        ("Has the sequel made more than twice as much as the first film?", "times",
         "How many times as much as the first film has the sequel made?", "2", "1"),
        ("Does the clinic pay three times what the school does?", "times",
         "How many times what the school does does the clinic pay?", "3", "1"),
        ("Is it over 2.5 times the price?", "times", "How many times the price is it?", "2.5", "1"),
        ("Did Peru export over 2 million tonnes more than it imported?", "amount",
         "How much more did Peru export than it imported?", "2E+6", "t"),
        ("Do oats and rye exceed three quarters of sales?", "share",
         "What share of sales do oats and rye make up?", "0.75", "1"),
        ("Was the surplus above 7 trillion yuan?", "amount", "What was the surplus?",
         "7E+12", "CNY"),
        ("Did the clinic treat more than 4,000 patients in 2023?", "amount",
         "How many patients did the clinic treat in 2023?", "4000", "patient"),
        ("Was the toll no more than 4 euros in May?", "amount", "What was the toll in May?",
         "4", "EUR"),
        ("Did the toll stay below CHF 3?", "amount", "What was the toll?", "3", "CHF"),
        ("Was the toll 4 euros?", "amount", "What was the toll?", "4", "EUR"),
        ("Did output reach 20 TWh in 2023?", "amount", "What was output in 2023?", "20", "TWh"),
        ("Is the tower more than twice 100 m?", "amount", "What is the tower?", "200", "m"),
        ("Did more than 300 people attend the fair?", "amount",
         "How many people attend the fair?", "300", "person"),
        ("Did the Louvre reach 9 million visitors?", "amount",
         "How many visitors did the Louvre reach?", "9E+6", "visitor"),
        ("Were exports more than twice imports?", "times",
         "What is the ratio of exports to imports?", "2", "1"),
    ],
)  # fmt: skip
def test_a_hidden_question(question: str, kind: str, asked: str, value: str, unit: str) -> None:
    found = recasting.recast(questions.parse(question))
    assert found is not None
    assert (found.kind, found.text, found.held.value, found.held.unit) == (
        kind,
        asked,
        Decimal(value),
        unit,
    )


@pytest.mark.parametrize(
    "question",
    [
        "Did exports rise?",
        "Was the 4-euro toll abolished?",
        "Did it win twice in 2024?",
        "Did both farms reach 4 tonnes?",
        "Did prices rise by more than 5%?",
        "Has the price more than doubled?",
        "Did the team win the cup twice?",
        "Is it open most of the time?",
        "Did all go well?",
        "Did all that was left sell?",
        "Did half of them stay?",
        "Was it the first half of the year?",
        "How much of the land is farmed?",
    ],
)
def test_nothing_is_hidden(question: str) -> None:
    assert recasting.recast(questions.parse(question)) is None
