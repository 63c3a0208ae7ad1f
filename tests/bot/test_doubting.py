"""What is missing from what is about to be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import doubting, questions
from bot.doubting import Told
from bot.pages import Pages
from bot.tagging import Tags
from ingest import articles, figures

TEXT = """Gas stores

The stores of the Union were 83% full on 1 October 2025. Fuel imports dropped by 11%.
Firms leave because rents doubled. The maker, which Tavira did not name, pays €4m.
"""


def told(
    question: str, chance: float = 0.9, containing: str = "stores of", match: float = 0.7
) -> Told:
    article = articles.parse(TEXT.encode(), "a.txt")
    known, pages = {article.id: article}, Pages(None)
    cited = [f for f in pages.rank(question, known) if containing in f.line.text]
    places = [(f.line.article_id, f.line.start) for f in cited]
    tags = Tags(lines=dict.fromkeys(places, chance), matches=dict.fromkeys(places, match))
    return Told(
        questions.parse(question),
        cited,
        (),
        tags,
        pages.rarity(question, known),
    )


@pytest.mark.parametrize(
    ("question", "containing", "name", "value"),
    [
        ("How full are the stores?", "stores of", "name", 0),
        ("How full are the stores of Britain?", "stores of", "name", 1),
        ("How full were the stores of the Union in 2019?", "stores of", "other_year", 1),
        ("How full were the stores of the Union in 2025?", "stores of", "other_year", 0),
        ("Why did fuel imports drop?", "Fuel", "no_cause", 1),
        ("Why do firms leave?", "Firms", "no_cause", 0),
        ("Which maker pays?", "maker", "says_not", 1),
        ("Does the maker pay?", "maker", "says_not", 0),
        ("Who will buy the stores?", "stores of", "to_come", 1),
    ],
)
def test_a_measure(question: str, containing: str, name: str, value: float) -> None:
    assert doubting.measures(told(question, containing=containing))[name] == value


def test_words_that_stand_nowhere() -> None:
    found = doubting.measures(told("What salary do welders earn?"))
    assert found["missing"] == 1 and found["own"] == 0


def test_the_weights_are_those_of_the_measures() -> None:
    assert set(doubting.terms.table("doubting")["weights"]) == set(doubting.measures(told("How?")))


def test_what_the_tagger_points_at_is_doubted_less() -> None:
    likely = told("How full were the stores of the Union on 1 October?", 0.98)
    assert not doubting.is_doubtful(likely)
    strange = told("Who will fill the stores of the Union in Britain in 2019?", 0.1, match=0.5)
    assert doubting.is_doubtful(strange)
    assert doubting.is_doubtful(replace(strange, score=0.2))


def test_a_way_that_the_rules_are_sure_of_is_not_doubted() -> None:
    strange = told("Who will fill the stores of the Union in Britain in 2019?", 0.1, match=0.5)
    article = articles.parse(TEXT.encode(), "a.txt")
    sure = replace(strange, figures=figures.find(article)[:1], score=0.8)
    assert not doubting.is_doubtful(sure)
    assert doubting.is_doubtful(replace(sure, score=0.3))


@pytest.mark.parametrize(("match", "is_doubtful"), [(0.4, True), (0.8, False)])
def test_what_shares_no_word_must_match_well(match: float, is_doubtful: bool) -> None:
    asked = told("What salary do welders earn?", 0.98, match=match)
    assert not doubting.measures(asked)["coverage"]
    assert doubting.is_doubtful(asked) == is_doubtful
