"""What follows from what each takes and how many there are."""

from __future__ import annotations

import pytest

from bot.deriving import dimensions
from bot.nodes import attempted
from tests.bot.deriving.test_chains import searched

CITY = """Marrow's budget for 2026

Debt is expected to reach $4,150 a head. The budget comes to $2.87 billion.
Marrow has 486,000 inhabitants.
"""
CLUB = """Calder United in 2024

| Season | Points | Average attendance |
|---|---|---|
| 2023 | 71 | 16,905 |
| 2024 | 84 | 18,420 |

The team played 23 home matches and 4 cup matches in 2024.
"""
PILL = """The pill of Brann

Vander expects peak sales of 620 million euros. Vander assumes a price of 2,400 euros per patient.
"""
PILLS = PILL + "Vander puts current sales at 480 million euros.\n"


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        (CITY, "What would Marrow's whole debt come to?", 2016.9e6),
        (CITY, "What would Marrow's debt come to for each inhabitant?", None),
        (CITY, "What is Marrow's whole budget?", None),
        (CLUB, "What was the total attendance over all home matches of 2024?", 423660),
        (CLUB, "How many people came in 2024 over all home matches?", 423660),
        (CLUB, "What was the average attendance at all home matches of 2024?", None),
        (CLUB, "How many points did Calder win in all matches of 2024?", None),
        (PILL, "At Vander's price and peak sales, how many patients would take it?", 258333),
        (PILL, "How many doctors would prescribe it at Vander's price and peak sales?", None),
        (PILL, "How many patients are there?", None),
        (PILLS, "At Vander's price and sales, how many patients would take it?", None),
    ],
)
def test_of_all_of_them(text: str, question: str, value: float | None) -> None:
    search = searched(question, text)
    nodes = dimensions.ways(search.query, search.linker.cards)
    made = [way for node in nodes if (way := attempted(node, search.articles))]
    told = [float(way.calculations[way.result].value or 0) for way in made]
    assert told == ([] if value is None else [pytest.approx(value, abs=1)])
