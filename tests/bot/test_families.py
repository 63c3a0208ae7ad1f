"""Figures told alike of several owners or times, and which of them a question names."""

from __future__ import annotations

import pytest

from bot import derivation, families, questions
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
