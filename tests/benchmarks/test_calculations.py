"""What the right calculations come to, by what the questions call them, whatever the laws say."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot import nodes
from bot.nodes import Node
from ingest import Article, articles, figures
from tests.benchmarks import calculations

RENTS = "Rents came to €31 million in 2024, after €26 million in 2023."
HERD = "The herd counts 290 sheep; in 2019 it counted 310 sheep."
SALES = "Sales rose by 25% to €50 million."
PROFIT = "She expects a profit of €50 million to €56 million."
LAKE = "The lake is 6 metres deep in winter, 8 metres in spring."
PLAY = "Tickets cost €12 each; 4,000 tickets were sold."
DAM = "The dam sold 3,000 m³ of water at €2 a cubic metre."
FIELD = "Ravn has 96 wells, after 80 wells in 2020, when the field had 200 wells."
SEALS = "Of the 400 seals 25% carry a tag."
NURSES = "30 nurses are on leave, 20% of the staff."
QUAY = "The quay took 600 ships; 10% more are expected."
OUTPUT = "Output grew by 20% to 600 tonnes."
CHOIR = "The choir has 60 singers, after 50 singers in 2020."
BOATS = "Of 90 boats 30 boats sank and 20 boats were sold."
WELLS = "The 8 wells gave 400 barrels."
ROAD = "The road takes 2 km through the wood and 500 m over the moor."
AID = "The state gives €25 million. The region adds another €8 million."
ICE = "The glacier lost 1.84 cubic kilometres of ice, leaving 7.36 cubic kilometres."
POLICE = "The force has 2,240 officers, 95 fewer than planned."
FUND = "It wants a fund of €60 million, of which farmers would pay a quarter."

CASES = [
    ("absolute_growth", RENTS, ["€31 million", "€26 million"], "5000000"),
    ("absolute_growth", HERD, ["290 sheep", "310 sheep"], "20"),
    ("absolute_growth", SALES, ["€50 million", "25%"], "10000000"),
    ("midpoint", PROFIT, ["€50 million to €56 million"] * 2, "53000000"),
    ("midpoint", LAKE, ["6 metres", "8 metres"], "7"),
    ("conversion", PLAY, ["4,000 tickets", "€12"], "48000"),
    ("conversion", DAM, ["3,000 m³", "€2 a cubic metre"], "6000"),
    ("contribution", FIELD, ["96 wells", "80 wells", "200 wells"], "8"),
    ("percent_of", SEALS, ["400 seals", "25%"], "100"),
    ("whole_of", NURSES, ["30 nurses", "20%"], "150"),
    ("projection", QUAY, ["600 ships", "10%"], "660"),
    ("before_growth", OUTPUT, ["600 tonnes", "20%"], "500"),
    ("growth", CHOIR, ["60 singers", "50 singers"], "20"),
    ("residual", BOATS, ["90 boats", "30 boats", "20 boats"], "40"),
    ("per_unit", WELLS, ["400 barrels", "8 wells"], "50"),
    ("sum", ROAD, ["2 km", "500 m"], "2.5"),
    ("sum", ICE, ["7.36 cubic kilometres", "1.84 cubic kilometres"], "9.2"),
    ("sum", POLICE, ["2,240 officers", "95"], "2335"),
    ("percent_of", FUND, ["a quarter", "€60 million"], "15000000"),
    ("percent_of", FUND, ["€60 million", "a quarter"], "15000000"),
    ("sum", AID, ["€25 million", "€8 million"], "33000000"),
]
NAMES = [f"{operation}: {text[:30]}" for operation, text, _, _ in CASES]


@pytest.mark.parametrize(("operation", "text", "parts", "wanted"), CASES, ids=NAMES)
def test_value(operation: str, text: str, parts: list[str], wanted: str) -> None:
    told = calculations.value(_node(operation, text, parts))
    assert told is not None and abs(abs(told[0]) - Decimal(wanted)) < Decimal("1e-9")


@pytest.mark.parametrize(("operation", "text", "parts", "wanted"), CASES, ids=NAMES)
def test_the_bot_comes_to_the_same(
    operation: str, text: str, parts: list[str], wanted: str
) -> None:
    made = nodes.attempted(_node(operation, text, parts), {"news.txt": _article(text)})
    told = made and made.calculations[made.result].value
    assert told is None or abs(abs(told) - Decimal(wanted)) < Decimal("1e-6")


def test_a_range_is_no_value_to_add() -> None:
    assert (
        calculations.value(
            _node(
                "difference",
                f"{PROFIT} It was €40 million.",
                ["€50 million to €56 million", "€40 million"],
            )
        )
        is None
    )


def _node(operation: str, text: str, parts: list[str]) -> Node:
    article = _article(text)
    read = {article.text[f.start : f.end]: f for f in figures.find(article)}
    return calculations.node(operation, [read[part] for part in parts])


def _article(text: str) -> Article:
    return articles.parse(f"{text}\n".encode(), "news.txt")
