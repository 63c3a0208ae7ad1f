"""Shares of those who voted, and levels that are regained."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.evidence.pages import Pages
from bot.yesno import deciding, regaining, votes
from ingest import articles, figures

BALLOT = """Ballot at the brewery

A ballot in Vald ended with 1,214 votes for a strike and 387 against.
"""
RAILWAY = """Rail in Vald

The railway sold 94.6 million tickets in 2024 and topped the 92.1 million of 2019.
"""
AIRPORT = """Selat airport

Traffic of Selat recovered to 97.3% of the record set in 2019.
"""
TRAMS = """Trams of Arden

The trams carried 38.4 million passengers in 2024, still below the 40.9 million of 2019.
"""


def _told(way: object, text: str, question: str) -> str | None:
    article = articles.parse(text.encode(), "a.md")
    known = {article.id: article}
    query = questions.parse(deciding.plainly(question))
    search = derivation.Search(query, derivation.linker_of(figures.find(article), known), ())
    assert callable(way)
    decision = way(query, Pages(None).rank(question, known), search, known)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did more than three quarters of those voting in Vald back a strike?", "yes"),
        ("Did more than 80% of the voters in Vald back a strike?", "no"),
        ("Did a majority in Vald vote for the strike?", "yes"),
        ("Did a majority in Vald vote against the strike?", "no"),
        ("Did a majority in Bergen vote for the strike?", None),
        ("Did the brewery in Vald strike?", None),
    ],
)
def test_the_whole_is_what_both_sides_come_to(question: str, told: str | None) -> None:
    assert _told(votes.decide, BALLOT, question) == told


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (RAILWAY, "Has the railway got back above its 2019 ticket sales?", "yes"),
        (RAILWAY, "Are ticket sales of the railway still below those of 2019?", "no"),
        (RAILWAY, "Are ticket sales of the railway still below those of 2018?", None),
        (TRAMS, "Have the trams won back the passengers they had in 2019?", "no"),
        (TRAMS, "Are the trams still short of their passengers of 2019?", "yes"),
        (AIRPORT, "Has Selat airport traffic got back to its 2019 record?", "no"),
        (AIRPORT, "Is Selat airport traffic still below its 2019 record?", "yes"),
        (AIRPORT, "Has Selat airport traffic got back to its 2007 record?", None),
        (TRAMS, "How many passengers had the trams in 2019?", None),
    ],
)
def test_a_level_of_a_year_that_is_named(text: str, question: str, told: str | None) -> None:
    assert _told(regaining.decide, text, question) == told
