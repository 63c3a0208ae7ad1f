"""Figures of something narrower than what is asked for, and bounds of what is told exactly."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot import nodes, questions
from bot.deriving import wholes
from bot.evidence import linking
from bot.nodes import Node
from ingest import Figure, articles, figures

TEXT = """Arvik's fisheries in 2024

Fish exports came to 800 million euros in 2024, a rise of 5%.
Frozen fish exports came to 200 million euros in 2024, a rise of 9%.
Smoked salmon exports came to 90 million euros in 2024.
Tourism revenue surpassed 1 billion euros in 2024. Tourism revenue was 1.04 billion euros in 2024.
"""


@pytest.fixture(scope="module")
def read() -> Mapping[str, Figure]:
    article = articles.parse(TEXT.encode(), "arvik.txt")
    return {article.text[f.start : f.end]: f for f in figures.find(article)}


def kept(question: str, *ways: Node) -> list[bool]:
    left = wholes.of_what_is_asked(questions.parse(question), ways)
    return [way in left for way in ways]


def grown(read: Mapping[str, Figure], level: str, rate: str) -> Node:
    return nodes.node_of("before_growth", (read[level], read[rate]))


@pytest.mark.parametrize(
    ("question", "are_kept"),
    [
        ("What had fish exports been a year earlier?", [True, False]),
        ("How much had been earned by fish exports in 2023?", [True, False]),
        ("How much had fish exports gone up from a year earlier?", [True, False]),
        ("What had frozen fish exports been a year earlier?", [True, True]),
        ("What had exports from the freezers been a year earlier?", [True, True]),
    ],
)
def test_what_is_narrower_yields_to_what_is_asked_for(
    question: str, are_kept: list[bool], read: Mapping[str, Figure]
) -> None:
    whole = grown(read, "800 million euros", "5%")
    part = grown(read, "200 million euros", "9%")
    assert kept(question, whole, part) == are_kept


def test_what_is_called_otherwise_is_not_narrower() -> None:
    text = "Revenue came to £412 million in 2024. Europe brought in £203 million in 2024."
    whole, part = figures.find(articles.parse(text.encode(), "a.txt"))
    question = "How much revenue did Europe make in 2024?"
    assert kept(question, nodes.leaf(whole), nodes.leaf(part)) == [True, True]


def test_a_part_stays_beside_its_whole(read: Mapping[str, Figure]) -> None:
    whole, frozen = read["800 million euros"], read["200 million euros"]
    smoked = read["90 million euros"]
    of_whole = nodes.node_of("share", (smoked, whole))
    of_frozen = nodes.node_of("share", (smoked, frozen))
    question = "What share of fish exports was smoked salmon?"
    assert kept(question, of_whole, of_frozen) == [True, False]


@pytest.mark.parametrize(
    ("question", "operation", "is_kept"),
    [
        ("What are tourism revenue and fish exports together?", "sum", False),
        ("By how much did tourism revenue pass the mark of a billion?", "difference", True),
        ("How much more was tourism revenue than what it surpassed?", "difference", True),
    ],
)
def test_nothing_is_worked_out_with_a_bound_but_its_distance(
    question: str, operation: str, is_kept: bool, read: Mapping[str, Figure]
) -> None:
    exact, bound = read["1.04 billion euros"], read["1 billion euros"]
    way = nodes.node_of(operation, (exact, bound))
    assert kept(question, nodes.leaf(exact), way) == [True, is_kept]
    assert kept(question, nodes.leaf(exact), nodes.leaf(bound)) == [True, True]


@pytest.mark.parametrize(
    ("text", "is_bound"),
    [
        ("Sales passed more than $1 billion in 2023; at the till it was $1.05 billion.", True),
        ("Nearly 500 people came in May; 486 people were counted in May.", True),
        ("Sales were more than $1 billion in 2023. Costs were $1.6 billion.", False),
        ("Sales were more than $1 billion in 2023. In 2022 they were $1.02 billion.", False),
        ("At least 300 ships called in 2023, and 290 ships left in 2023.", False),
        ("Sales were more than $1 billion. Costs were 1.05 billion euros.", False),
    ],
)
def test_a_bound_is_of_the_exact_figure_that_it_holds(text: str, is_bound: bool) -> None:
    found = figures.find(articles.parse(text.encode(), "a.txt"))
    hedged = next(f for f in found if f.comparator)
    exact = next(f for f in found if not f.comparator and f is not hedged)
    assert wholes.bounds(hedged, exact) is is_bound
    assert not wholes.bounds(exact, hedged)


TOWN = """Homes in 2024

Of the 279 new homes, 93 were subsidised. The town had 27,900 inhabitants.
"""


@pytest.mark.parametrize(
    ("question", "is_kept"),
    [
        ("How many new homes were there per inhabitant?", False),
        ("How many subsidised homes were there per inhabitant?", True),
    ],
)
def test_a_part_is_not_worked_with_where_its_whole_is_asked_for(
    question: str, is_kept: bool
) -> None:
    article = articles.parse(TOWN.encode(), "town.txt")
    told = figures.find(article)
    by_value = {f.value: f for f in told}
    part, whole = nodes.leaf(by_value[93]), nodes.leaf(by_value[279])
    number = nodes.leaf(by_value[27900])
    ways = [nodes.step("per_unit", [one, number]) for one in (part, whole)]
    cards = linking.cards(article, told)
    left = wholes.of_whole_told(questions.parse(question), [*ways, part], cards)
    assert [way in left for way in (*ways, part)] == [is_kept, True, True]
