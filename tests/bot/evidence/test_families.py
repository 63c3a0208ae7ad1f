"""Figures told alike of several owners or times, and which of them a question names."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.evidence import families, linking
from ingest import Figure, articles, figures

TABLE = """# Harbours

| Harbour | Boats | Crew |
|---|---|---|
| Arvik | 50 | 210 |
| Borg | 20 | 330 |
| Dalsund | 35 | 90 |
| Total | 105 | 630 |
"""


def told(question: str) -> derivation.Derivation | None:
    article = articles.parse(TABLE.encode(), "a.md")
    found = derivation.derive(
        questions.parse(question), figures.find(article), {article.id: article}, []
    )
    return found[0] if found else None


@pytest.mark.parametrize(
    ("question", "operation", "text"),
    [
        ("Which harbour has the most boats?", "extremum", "50"),
        ("Which harbour has the fewest boats?", "extremum", "20"),
        ("Which harbour has the largest crew?", "extremum", "330"),
        ("Where does Dalsund rank by boats?", "rank", "second"),
        ("Where does Dalsund rank by crew?", "rank", "third"),
    ],
)
def test_what_is_asked_of_a_column(question: str, operation: str, text: str) -> None:
    done = told(question)
    assert done is not None and done.steps[-1].operation == operation
    assert done.calculations[done.result].text.split()[0] == text


def members(figures_: list[Figure]) -> list[str | None]:
    return [f.entity for f in figures_]


def test_a_total_is_no_member() -> None:
    done = told("Which harbour has the most boats?")
    assert done is not None and "Total" not in members([*done.figures.values()])


@pytest.mark.parametrize(
    ("phrase", "name"), [("Borg", "Borg"), ("the harbour of Arvik", "Arvik"), ("Oslo", None)]
)
def test_the_member_that_a_phrase_names(phrase: str, name: str | None) -> None:
    article = articles.parse(TABLE.encode(), "a.md")
    column = [f for f in figures.find(article) if f.measure and "boat" in f.measure]
    found = families.asked_member(column, phrase)
    assert (found.entity if found else None) == name


LIST = """# House prices

Prices by type:

* detached: €412,000, down 0.9%
* semi-detached: €297,500, down 0.4%
* terraced: €243,800, up 0.1%
* flats: €206,300, down 1.2%

Asked what worries them most, 38% named prices, 21% health care, 17% farming and 6% the climate.
Slices make up 41% of sales by weight, cream cheese 17%, mozzarella 14%, and hard cheese 12%.
"""


def family(text: str, seed: str, question: str) -> families.Family:
    """The first family of the figure that is written so."""
    article = articles.parse(text.encode(), "a.md")
    cards = linking.cards(article, figures.find(article))
    own = next(c for c in cards if article.text[c.figure.start : c.figure.end] == seed)
    return next(families.find([linking.Link(own, 1, 1, 0, 1, 1, 1)], cards, question))


@pytest.mark.parametrize(
    ("seed", "question", "wanted"),
    [
        ("€243,800", "Average price of the four types?", ["412000", "297500", "243800", "206300"]),
        ("€243,800", "Mean price of terraced houses and flats?", ["243800", "206300"]),
        ("38%", "What worries voters most?", ["38", "21", "17", "6"]),
        ("14%", "Share of mozzarella and hard cheese together?", ["14", "12"]),
        ("41%", "What sells best?", ["41", "17", "14", "12"]),
    ],
)
def test_what_is_told_side_by_side(seed: str, question: str, wanted: list[str]) -> None:
    found = family(LIST, seed, question)
    assert [str(f.value) for f in found.members] == wanted


@pytest.mark.parametrize(
    ("seed", "phrase", "value"),
    [
        ("38%", "health care", "21"),
        ("38%", "the climate", "6"),
        ("41%", "mozzarella", "14"),
        ("€243,800", "flats", "206300"),
        ("41%", "butter", None),
    ],
)
def test_the_member_by_its_label(seed: str, phrase: str, value: str | None) -> None:
    found = family(LIST, seed, "Where does it rank?").asked(phrase)
    assert (str(found.value) if found else None) == value


def test_a_row_that_no_owner_heads_is_of_the_whole_column() -> None:
    article = articles.parse(TABLE.encode(), "a.md")
    boats = {str(f.value): f for f in figures.find(article) if f.measure and "boat" in f.measure}
    crew = next(f for f in figures.find(article) if f.measure and "crew" in f.measure)
    assert families.is_whole_of(boats["105"], boats["50"])
    assert not families.is_whole_of(boats["20"], boats["50"])
    assert not families.is_whole_of(boats["105"], crew)
