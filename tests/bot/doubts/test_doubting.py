"""What is missing from what is about to be told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import questions
from bot.doubts import doubting
from bot.doubts.doubting import Told
from bot.doubts.straying import Strays
from bot.evidence.pages import Pages
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


def astray(question: str) -> Told:
    """What the tagger does not point at, and other lines have better."""
    return replace(told(question, 0.1, match=0.5), strays=Strays(0.4, 0.8))


@pytest.mark.parametrize(
    ("question", "containing", "name", "value"),
    [
        ("Why did fuel imports drop?", "Fuel", "no_cause", 1),
        ("Why do firms leave?", "Firms", "no_cause", 0),
        ("Which maker pays?", "maker", "says_not", 1),
        ("Does the maker pay?", "maker", "says_not", 0),
        ("Who will buy the stores?", "stores of", "to_come", 1),
    ],
)
def test_a_measure(question: str, containing: str, name: str, value: float) -> None:
    assert doubting.measures(told(question, containing=containing))[name] == value


@pytest.mark.parametrize(
    ("question", "years", "value"),
    [
        ("How full were the stores in 2019?", {"2025"}, 1),
        ("How full were the stores in 2025?", set(), 0),
        ("By how much did imports drop in 2024?", {"2024", "2025"}, 0),
        ("By how much did imports drop in 2021?", {"2024", "2025"}, 1),
        ("By how much did imports drop?", {"2024"}, 0),
    ],
)
def test_a_year_that_the_articles_are_not_of(question: str, years: set[str], value: float) -> None:
    asked = replace(told(question), years=frozenset(years), is_stated=True)
    assert doubting.measures(asked)["foreign_year"] == value
    assert not doubting.measures(replace(asked, is_stated=False))["foreign_year"]


def test_the_years_of_an_article() -> None:
    text = b"The fair of 2023/24\n\nTakings were 4m in 2021 and 5m in 2022; costs 3m in 2022."
    article = articles.parse(text, "fair.txt")
    found = doubting.years_of([article], figures.find(article))
    assert found >= {"2022", "2023", "2024"} and "2021" not in found


@pytest.mark.parametrize(
    ("question", "is_stated", "value"),
    [
        ("How full were the stores a year earlier?", True, 1),
        ("What were fuel imports the season before last season?", True, 1),
        ("How full were the stores the previous month?", True, 1),
        ("How full were the stores a year earlier?", False, 0),
        ("How full are the stores?", True, 0),
        ("How full were the stores last?", True, 0),
    ],
)
def test_a_time_before_that_is_not_told(question: str, is_stated: bool, value: float) -> None:
    asked = replace(told(question), is_stated=is_stated)
    assert doubting.measures(asked)["back"] == value


OWNED = """The clubs of the Belt League

Net debt of the league fell to 1.18 billion crowns.

| Club | Revenue, million crowns |
|---|---|
| Kolby Town | 241 |
| Aarsund | 318 |
"""


@pytest.mark.parametrize(
    ("names", "row", "value"),
    [
        (("Kolby Town",), "1.18", True),
        (("Kolby",), "1.18", True),
        (("Kolby Town",), "241", False),
        (("Belt League",), "1.18", False),
        # Nothing is told of it anywhere: it may be the league by another name.
        (("Danish Football",), "1.18", False),
        ((), "1.18", False),
    ],
)
def test_a_name_that_other_figures_have(names: tuple[str, ...], row: str, value: bool) -> None:
    article = articles.parse(OWNED.encode(), "belt.md")
    known = figures.find(article)
    own = [f for f in known if article.text[f.start : f.end].startswith(row)]
    told = [replace(f, entity=f.entity or "Belt League") for f in own]
    line = article.text[own[0].sentence.start : own[0].sentence.end]
    held = frozenset(doubting.terms.stems(f"{article.title} {line}"))
    assert told and doubting.is_anothers(names, told, known, held) is value


def test_words_that_stand_nowhere() -> None:
    found = doubting.measures(told("What salary do welders earn?"))
    assert found["missing"] == 1 and found["own"] == 0


def test_the_weights_are_those_of_the_measures() -> None:
    assert set(doubting.terms.table("doubting")["weights"]) == set(doubting.measures(told("How?")))


def test_what_the_tagger_points_at_is_doubted_less() -> None:
    likely = told("How full were the stores of the Union on 1 October?", 0.98)
    assert not doubting.is_doubtful(likely)
    strange = astray("How full will the stores of the Union in Britain be in 2019?")
    assert doubting.is_doubtful(strange)
    assert doubting.is_doubtful(replace(strange, score=0.2))


def test_what_strays_is_doubted_more() -> None:
    plain = told("How full were the stores of the Union on 1 October?", 0.6)
    assert not doubting.is_doubtful(plain)
    assert doubting.is_doubtful(replace(plain, strays=Strays(0.4, 0.8)))


def test_a_way_that_the_rules_are_sure_of_is_not_doubted() -> None:
    strange = astray("How full will the stores of the Union in Britain be in 2019?")
    article = articles.parse(TEXT.encode(), "a.txt")
    sure = replace(strange, figures=figures.find(article)[:1], score=0.8)
    assert not doubting.is_doubtful(sure)
    assert doubting.is_doubtful(replace(sure, score=0.3))


@pytest.mark.parametrize(
    ("names", "is_unnamed"),
    [(("Gaslund",), True), (("Union",), False), (("Oilmark",), False), (("Nowhere",), False)],
)
def test_a_name_that_stands_in_another_part_of_the_article(
    names: tuple[str, ...], is_unnamed: bool
) -> None:
    opening = "Stores of the Union. " + "They were filled early. " * 30
    text = f"{opening}\nIn Gaslund they stood empty. Oilmark had none. Some were full.\n"
    article = articles.parse(text.encode(), "a.txt")
    lines = doubting.terms.stems_of(text)
    held = doubting.terms.stems_of("Oilmark had none. Some were full.")
    assert doubting.is_unnamed(names, article, lines, held) is is_unnamed


@pytest.mark.parametrize(("match", "is_doubtful"), [(0.4, True), (0.8, False)])
def test_what_shares_no_word_must_match_well(match: float, is_doubtful: bool) -> None:
    asked = told("What salary do welders earn?", 0.98, match=match)
    assert not doubting.measures(asked)["coverage"]
    assert doubting.is_doubtful(asked) == is_doubtful
