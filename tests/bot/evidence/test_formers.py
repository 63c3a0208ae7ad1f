"""Figures that are told as what stood before another, and ways that take them for what stands."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot import derivation, nodes, questions
from bot.evidence import formers
from bot.evidence.linking import Card, place_of
from bot.nodes import Node
from ingest import Article, Figure, articles, figures

TEXT = """The year of Brell

Sales rose to £14 million from £12 million.
Guests fell from 900 to 840.
The port handled 61 ships against 55 a year earlier.
The club has 210 members, against 400 in the town of Arvik.
A ticket now costs €29, up €4.
Staff numbered 72 (2023: 68).
Costs were £7 million.
The trial enrolled patients aged from 18 to 65 weeks of pregnancy.
"""


@pytest.fixture(scope="module")
def article() -> Article:
    return articles.parse(TEXT.encode(), "brell.txt")


@pytest.fixture(scope="module")
def cards(article: Article) -> tuple[Card, ...]:
    return derivation.linker_of(figures.find(article), {article.id: article}).cards


@pytest.fixture(scope="module")
def read(article: Article, cards: tuple[Card, ...]) -> Mapping[str, Figure]:
    return {article.text[c.figure.start : c.figure.end]: c.figure for c in cards}


@pytest.mark.parametrize(
    ("then", "now"),
    [
        ("£12 million", "£14 million"),
        ("900", "840"),
        ("55", "61 ships"),
        ("68", "72"),
        ("400", None),
        ("£7 million", None),
    ],
)
def test_what_stood_before_is_told_by_its_sentence(
    then: str, now: str | None, cards: tuple[Card, ...], read: Mapping[str, Figure]
) -> None:
    places = [place_of(figure) for figure in read.values()]
    known = formers.found(places, cards).get(place_of(read[then]))
    assert known == (place_of(read[now]) if now else None)


def kept(question: str, cards: tuple[Card, ...], *ways: Node) -> list[bool]:
    left = formers.of_now(questions.parse(question), ways, cards)
    return [way in left for way in ways]


def test_who_asks_for_what_stands_means_nothing_that_stood_before(
    cards: tuple[Card, ...], read: Mapping[str, Figure]
) -> None:
    now, then, costs = (read[text] for text in ("£14 million", "£12 million", "£7 million"))
    ways = [nodes.node_of("share", (costs, now)), nodes.node_of("share", (costs, then))]
    assert kept("What share of sales is costs at Brell?", cards, *ways) == [True, False]
    assert kept("What share of earlier sales is costs at Brell?", cards, *ways) == [True, True]
    assert kept("What share of sales is costs at Brell?", cards, ways[1]) == [True]


def test_what_stood_before_is_no_part_of_what_stands(
    cards: tuple[Card, ...], read: Mapping[str, Figure]
) -> None:
    now, then = read["£14 million"], read["£12 million"]
    ways = [
        nodes.node_of("share", (then, now)),
        nodes.node_of("residual", (now, then)),
        nodes.node_of("difference", (now, then)),
        nodes.node_of("growth", (now, then)),
        nodes.step("growth", [nodes.leaf(then), nodes.leaf(now)]),
    ]
    assert kept("How did sales at Brell do?", cards, *ways) == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("question", "figure", "is_kept"),
    [
        ("What was the old price of a ticket?", "€29", False),
        ("What were sales a year earlier?", "£14 million", False),
        ("What were sales a year earlier?", "£12 million", True),
        ("What does a ticket cost?", "€29", True),
        ("What were costs a year earlier?", "£7 million", True),
    ],
)
def test_what_was_before_is_not_what_has_become_of_it(
    question: str,
    figure: str,
    is_kept: bool,
    cards: tuple[Card, ...],
    read: Mapping[str, Figure],
) -> None:
    assert kept(question, cards, nodes.leaf(read[figure])) == [is_kept]
