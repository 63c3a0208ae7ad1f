"""What a question narrows, and figures that are told of another thing."""

from __future__ import annotations

import pytest

from bot import questions
from bot.deriving import narrows
from bot.evidence import linking
from ingest import articles, figures

FREIGHT = """Freight in Velmora

Bulk cargo traffic, grain and ore among it, did well.
Bulk cargo traffic rose to 40 million tonnes in 2024.
Reefer cargo is handled at the eastern quay.
"""
SCHOOLS = """Schools of Orrin

Pupil numbers reached 31,000 in 2024.
Language courses are in demand. Courses cost the city $4 million in 2024.
"""
HARVEST = """Harvest report

Kappa harvested 120 tonnes of apples in 2023. Its cows gave 9 million litres of milk.
"""


def is_of_another(text: str, question: str, value: str) -> bool:
    article = articles.parse(text.encode(), "a.txt")
    cards = linking.cards(article, figures.find(article))
    card = next(c for c in cards if article.text[c.figure.start : c.figure.end] == value)
    query = questions.parse(question)
    return narrows.is_of_another(query, card, linking.unspecific(), article.text)


@pytest.mark.parametrize(
    ("text", "question", "value", "told"),
    [
        (FREIGHT, "How much was grain cargo traffic in 2024?", "40 million tonnes", True),
        (FREIGHT, "How much was reefer cargo traffic in 2024?", "40 million tonnes", True),
        (FREIGHT, "How much was bulk cargo traffic in 2024?", "40 million tonnes", False),
        (FREIGHT, "How much was loose cargo traffic in 2024?", "40 million tonnes", False),
        (SCHOOLS, "How much did language courses cost in 2024?", "$4 million", True),
        (SCHOOLS, "How much did the courses cost in 2024?", "$4 million", False),
        (SCHOOLS, "How large were pupil numbers?", "31,000", False),
        (HARVEST, "How many tonnes of apples did Kappa harvest?", "120 tonnes", False),
        (HARVEST, "How many litres of milk did its cows give?", "9 million litres", False),
    ],
)
def test_a_word_of_another_thing(text: str, question: str, value: str, told: bool) -> None:
    assert is_of_another(text, question, value) is told


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("How much of the harvest was barley?", ("barley", "harvest")),
        ("How many of its pupils were girls in 2024?", ("girls", "pupils")),
        ("How much of what the harvest came to in tonnes was barley?", ("barley", "the harvest")),
        ("How much of the budget was spent?", None),
        ("How much of the harvest was left?", None),
        ("How much barley was harvested?", None),
    ],
)
def test_a_part_of_a_whole(question: str, expected: tuple[str, str] | None) -> None:
    assert narrows.part_and_whole(question) == expected
