"""What follows from an amount of the asker's and what the articles tell."""

from __future__ import annotations

import pytest

from bot import derivation
from bot.deriving import askers
from bot.nodes import attempted
from tests.bot.deriving.test_chains import BANKS, FARMS, LANDS, MINES, PORT, searched


def found(text: str, question: str) -> tuple[str, float] | None:
    search = searched(question, text)
    nodes = askers.ways(search.query, derivation.Named(search))
    made = [way for node in nodes if (way := attempted(node, search.articles))]
    if not made:
        return None
    way = made[0]
    value = way.figures[way.result].value if way.is_stated else way.calculations[way.result].value
    return way.unit, round(float(value or 0), 2)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (MINES, "How much is 330 million euros in dollars?", ("USD", 363e6)),
        (MINES, "What would 50 million dollars be in euros?", ("EUR", 45454545.45)),
        (MINES, "Convert 10 million euros to dollars", ("USD", 11e6)),
        (MINES, "How much is 660 million euros in dollars?", ("USD", 726e6)),
        (MINES, "How much is 330 million euros in pounds?", None),
        (FARMS, "How much is 330 million euros in dollars?", None),
        (BANKS, "Did deposits of 500 million euros exceed 600 million dollars?", None),
        (LANDS, "How much was foreign trade per head, for a population of 14 million?",
         ("crown/person", 32000)),
        (FARMS, "How much is that per farm?", None),
        (FARMS, "How much were grain sales for each farm, with 11,000 farms?", ("EUR/farm", 20000)),
        (PORT, "How much was total traffic per ship, with 2,000 ships?", ("container/ship", 420)),
        (PORT, "How much was barge traffic per ship, with 2,000 ships?", None),
    ],
)  # fmt: skip
def test_what_it_comes_to(text: str, question: str, expected: tuple[str, float] | None) -> None:
    assert found(text, question) == expected


TOWN = """Sorrel Bay in 2024

Of the 279 new homes, 93 were subsidised. Sorrel Bay had 27,900 inhabitants at the end of 2024.
The hospital has 1,120 beds and 1,010 doctors.
"""


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("New homes per 1,000 inhabitants in 2024?", 10.0),
        ("How many doctors per hundred beds are there?", 90.18),
        ("How many doctors per bed are there?", 0.9),
        ("How many homes were subsidised per 1,000 inhabitants?", 3.33),
    ],
)
def test_for_each_of_so_many(question: str, value: float) -> None:
    search = searched(question, TOWN)
    ways = [attempted(node, search.articles) for node in search.answers()]
    told = [way for way in ways if way and not way.is_stated]
    best = max(told, key=lambda way: way.score)
    assert round(float(best.calculations[best.result].value or 0), 2) == value
