"""What kind of figure a question wants, and figures that are told of another kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import questions
from bot.deriving import wanted
from bot.evidence import linking
from ingest import articles, figures

REPORT = """Northline in 2024

Northline ran 41,000 trains in 2024. Its planes were 82% full, and 651,000 people flew to Spain.
The 31 crossings cost £4 million. It sold 3,300 season tickets at £120 each.
Freight came to 18,640 tonnes in the first quarter of 2024, worth £9 million.
The northern glacier lost 160 m between 1985 and 1995.
Trade in grain came to €7.5 billion in 2024. Exports of wool were €3 billion in 2024.
The spire is 84 m tall and weighs 900 tonnes. The game sold 25 million copies worldwide.
The Kingdom pays 1,200 marks for each.
Sales of flour rose by 9% in 2024. Bread makes up 14% of its turnover.
"""


def _card(value: str) -> linking.Card:
    article = articles.parse(REPORT.encode(), "a.txt")
    cards = linking.cards(article, figures.find(article))
    found = (c for c in cards if article.text[c.figure.start :].startswith(value))
    return next(found)


@pytest.mark.parametrize(
    ("question", "value", "is_told"),
    [
        ("How full were the planes to Spain?", "651,000", False),
        ("How full were the planes?", "82%", True),
        ("What did the crossings cost?", "31", False),
        ("What did the crossings cost?", "£4 million", True),
        ("How many crossings are there?", "31", True),
        ("What is the price of a season ticket?", "3,300", False),
        ("How many tonnes of freight were carried?", "£9 million", False),
        ("How many tonnes of freight were carried?", "18,640 tonnes", True),
        ("How many of the planes were full?", "82%", True),
        ("How tall is the spire?", "900 tonnes", False),
        ("What is the height of the spire?", "84 m", True),
        ("What was the punctuality rate?", "41,000", False),
        ("What did it cost, and how many were there?", "31", True),
        ("What does the Kingdom pay, in marks?", "1,200 marks", True),
        ("How much freight was there in the second quarter?", "18,640 tonnes", False),
        ("How much freight was there in the first quarter of 2024?", "18,640 tonnes", True),
        ("How much freight was there in 2024?", "18,640 tonnes", True),
        ("What were exports of grain in 2024?", "€7.5 billion", False),
        ("What were exports of grain, as distinct from imports?", "€7.5 billion", False),
        ("What was the trade in grain?", "€7.5 billion", True),
        ("What were imports and exports of grain together?", "€7.5 billion", True),
        ("What were exports of wool in 2024?", "€3 billion", True),
        ("What share of turnover is flour?", "9%", False),
        ("What share of turnover is bread?", "14%", True),
        ("By what percentage did flour sales rise?", "9%", True),
    ],
)
def test_a_figure_is_of_the_kind_that_is_asked_for(
    question: str, value: str, is_told: bool
) -> None:
    assert wanted.is_wanted(questions.parse(question), _card(value).figure) is is_told


@pytest.mark.parametrize(
    ("question", "period", "is_told"),
    [
        ("How much did it lose between 1975 and 1985?", "1985/1995", False),
        ("How much did it lose between 1985 and 1995?", "1985/1995", True),
        ("How much did it lose from 1985 to 1995?", "1990", True),
        ("How much did it lose in the June quarter?", "2025-Q2", True),
        ("How much did it lose in the June quarter?", "2025-Q1", False),
        ("How much did it lose in June?", "2025-H1", True),
        ("How much did it lose in the first half?", "2025-04/2025-09", True),
        ("How much did it lose in March 2024?", "2024-Q1", True),
        ("How much did it lose in March 2024?", "2023-03", False),
    ],
)
def test_a_part_of_a_year_or_a_span_of_years(question: str, period: str, is_told: bool) -> None:
    figure = replace(_card("£4 million").figure, period=period)
    assert wanted.is_wanted(questions.parse(question), figure) is is_told


@pytest.mark.parametrize(
    ("question", "is_of_world"),
    [
        ("How many copies were sold in Norway?", True),
        ("How many copies were sold inside Norway in 2024?", True),
        ("How many copies were sold?", False),
        ("How many copies were sold worldwide, not only in Norway?", False),
    ],
)
def test_the_world_is_no_part_of_it(question: str, is_of_world: bool) -> None:
    assert wanted.is_of_world(questions.parse(question), _card("25 million copies")) is is_of_world
