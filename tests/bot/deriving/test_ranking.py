"""Which of several that a question names is the most, the least or the second."""

from __future__ import annotations

import pytest

from bot import derivation
from bot.deriving import ranking
from bot.nodes import attempted
from tests.bot.deriving.test_chains import FARMS, LANDS, PORT, searched

CUP = """Handball cup, 2024

Arvik's attendance was 41,000 spectators in 2024.
The men's league drew 120,000 spectators in 2024.
The women's league drew 96,000 spectators in 2024.
Unemployment stood at 4.1% in 2024.
"""


@pytest.mark.parametrize(
    ("question", "names", "is_growth", "is_least", "place"),
    [
        ("Which of rye, oats and wheat was the largest?", ("rye", "oats", "wheat"), 0, 0, 1),
        ("Which was the second largest of rye, oats and wheat?", ("rye", "oats", "wheat"), 0, 0, 2),
        ("Which grew more slowly, rye or oats?", ("rye", "oats"), 1, 1, 1),
        ("Which grew fastest: rye, oats or wheat?", ("rye", "oats", "wheat"), 1, 0, 1),
        ("What is bigger, the dam or the bridge?", ("dam", "bridge"), 0, 0, 1),
        ("Which of rye, oats and exports was largest?", ("rye", "oats", "exports"), 0, 0, 1),
        ("Rank rye, oats and wheat by growth", ("rye", "oats", "wheat"), 1, 0, 1),
    ],
)
def test_what_is_ranked(
    question: str, names: tuple[str, ...], is_growth: int, is_least: int, place: int
) -> None:
    read = ranking.read(question)
    assert read == ranking.Ranking(names, bool(is_growth), bool(is_least), place)


@pytest.mark.parametrize(
    "question",
    [
        "What is the average of rye and oats?",
        "Which of rye and oats did the farmers sow?",
        "Which region grew fastest?",
        "What did rye and oats come to?",
        "Who won, Smith or Jones?",
    ],
)
def test_nothing_is_ranked(question: str) -> None:
    assert ranking.read(question) is None


def found(text: str, question: str) -> tuple[str, float] | None:
    search = searched(question, text)
    nodes = ranking.ways(search.query, derivation.Named(search), search.articles)
    made = [way for node in nodes if (way := attempted(node, search.articles))]
    if not made or made[0].node is None:
        return None
    value = made[0].calculations[made[0].result].value
    return str(made[0].node.parts[0].called), float(value or 0)


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (PORT, "Which grew faster, transit traffic or coastal traffic?", ("transit traffic", 12)),
        (PORT, "Which of transit traffic and coastal traffic was smaller?",
         ("coastal traffic", 204_000)),
        (PORT, "Which was larger, transit traffic or barge traffic?", None),
        (FARMS, "Which grew faster, grain sales or fruit sales?", ("grain sales", 10)),
        (FARMS, "Which grew more slowly, grain sales or fruit sales?", ("fruit sales", -20)),
        (LANDS, "Which is larger, exports or imports?", ("imports", 228e9)),
        (LANDS, "Which was the second largest of trade, exports and imports?", ("imports", 2)),
        (CUP, "Which drew more, the men's league or unemployment?", None),
    ],
)  # fmt: skip
def test_the_winner(text: str, question: str, expected: tuple[str, float] | None) -> None:
    assert found(text, question) == expected
