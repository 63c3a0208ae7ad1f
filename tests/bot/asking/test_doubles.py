"""Two things asked at once are taken apart; what only looks like two stays whole."""

from __future__ import annotations

import pytest

from bot import questions
from bot.asking import doubles


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("What were sales and profit in 2024?", ["sales in 2024", "profit in 2024"]),
        ("revenue and net profit of Tarrant?", ["revenue of Tarrant", "net profit of Tarrant"]),
        ("export growth and import growth in 2024", ["export growth in 2024", "import growth in"]),
        ("length & height of the viaduct", ["length of the viaduct", "height of the viaduct"]),
        ("Wukong sales - units and money?", ["units of Wukong sales", "money was Wukong sales"]),
        ("solar power: size and growth in 2024?", ["How much was solar power in", "How fast did"]),
        ("the order in dollars, pounds and euros", ["in dollars", "in pounds", "in euros"]),
        ("What was the fine in both pounds and dollars?", ["fine in pounds?", "fine in dollars?"]),
        ("revenue of Tarrant - in euros and in zloty?", ["Tarrant - in euros?", "in zloty?"]),
        ("the growth rates of wheat and maize in 2024", ["rate of wheat in", "rate of maize in"]),
        ("growth of rail freight and of road freight?", ["of rail freight?", "of road freight?"]),
        ("What did adults and children each pay?", ["did adults pay?", "did children pay?"]),
        ("how fast did rents and wages rise respectively?", ["rents rise?", "wages rise?"]),
        ("rye harvest in 2024, level and growth rate", ["How much was rye", "How fast did rye"]),
        ("growth of rail freight vs road freight in 2024?", ["of rail freight", "of road freight"]),
        ("rail freight vs road freight growth", ["of rail freight?", "of road freight?"]),
        ("the total of rents together with the rate at which they rose", ["rents?", "of rents?"]),
        ("size (tonnes) + growth of the cod catch, 2024", ["How much was the cod", "How fast did"]),
    ],
)
def test_what_is_two(text: str, parts: list[str]) -> None:
    found = doubles.split(text)
    assert len(found) == len(parts)
    assert all(part in one for part, one in zip(parts, found, strict=True))


@pytest.mark.parametrize(
    "text",
    [
        "What were imports and exports in 2024?",
        "How much do sales and profit add up to?",
        "What is the difference between sales and profit?",
        "Did sales and profit rise?",
        "What is the exchange rate between pounds and dollars?",
        "the gap between the growth rates of wheat and maize",
        "How many men and women each applied?",
        "What did Bosnia and Herzegovina export?",
        "Did rents and wages each rise?",
        "research and development spending?",
        "fare and membership money?",
        "Going by its volume and its share, how big was the market?",
        "Trinidad and Tobago exports?",
        "What share of revenue and profit was that?",
        "in metres and in feet?",
        "sales" + " and profit" * 200,
    ],
)
def test_what_stays_whole(text: str) -> None:
    assert doubles.split(text) == []


def test_a_question_knows_its_parts() -> None:
    query = questions.parse("What were sales and profit in 2024?")
    assert [part.periods for part in query.subquestions] == [("2024",), ("2024",)]
    assert query.text == "What were sales and profit in 2024?"
