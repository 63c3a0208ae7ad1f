"""Ways of several steps that a question asks for outright."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.deriving import reckoning
from bot.nodes import attempted
from ingest import Article, articles, figures

TRADE = """Port of Esmere, 2024

Total traffic rose by 5% to 840,000 containers in 2024.
Transit traffic rose by 12% to 280,000 containers in 2024.
"""
HALVES = """Brell & Sons

Revenue reached £1,187 million in the first nine months of 2025.
Revenue in the third quarter of 2025 was £413 million.
"""
TOURISM = """Ferries of Orrin, 2024

The ferries carried 2.4 million passengers in 2024.
Ticket revenue was 90 million euros in the first half of 2024.
The average monthly catering revenue was 3 million euros in 2024.
Occupancy was 61% in 2024.
"""
STAFF = """Ferries of Orrin, 2024

The company had 1,240 sailors, of whom 310 were women.
"""
GUIDANCE = """Hartwell Foods, 2026

Underlying profit was £231 million in 2025.
The board expects underlying profit of between £240 million and £255 million in 2026.
"""


def found(text: str, question: str) -> set[float]:
    """What the ways come to."""
    article: Article = articles.parse(text.encode(), "a.txt")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    query = questions.parse(question)
    nodes = reckoning.ways(query, derivation.goal_of(query), linker)
    made = [way for node in nodes if (way := attempted(node, {article.id: article}))]
    values = [way.calculations[way.result].value for way in made]
    return {round(float(value), 2) for value in values if value is not None}


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (HALVES, "What was revenue in the first six months of 2025?", 774e6),
        (HALVES, "What was revenue in the third quarter of 2025?", None),
        (HALVES, "How much did revenue grow in the first six months of 2025?", None),
        (TRADE, "If transit traffic grows as in 2024, how large will it be in 2025?", 313_600),
        (TRADE, "How large will transit traffic be in 2025?", None),
        (TRADE, "How many points did transit traffic add to total traffic growth?", 3.75),
        (TRADE, "Of the 5% rise, how many points came from transit traffic?", 3.75),
        (GUIDANCE, "What is the midpoint of the range for underlying profit?", 247.5e6),
        (GUIDANCE, "middle of what Hartwell expects of its profit", 247.5e6),
        (GUIDANCE, "What range does Hartwell expect for underlying profit?", None),
        (HALVES, "What is the midpoint of the range for revenue?", None),
        (TOURISM, "How many passengers did the ferries carry per month on average?", 200_000),
        (TOURISM, "average weekly passengers of the ferries in 2024", 46153.85),
        (TOURISM, "What was the average quarterly ticket revenue?", 45e6),
        (TOURISM, "What was the average monthly catering revenue in 2024?", None),
        (TOURISM, "What was occupancy in an average month?", None),
        (TOURISM, "How many passengers did the ferries carry a month earlier?", None),
        (TRADE, "How many containers of transit traffic came from abroad?", None),
        (STAFF, "How many male sailors did the company have?", 930),
        (STAFF, "How many female sailors did the company have?", None),
    ],
)
def test_what_is_asked_for_outright(text: str, question: str, expected: float | None) -> None:
    told = found(text, question)
    assert expected in told if expected else not told


def test_growth_is_carried_on_year_by_year() -> None:
    told = found(TRADE, "If total traffic keeps growing so in 2025 and 2026, how large is it then?")
    assert 926_100 in told
