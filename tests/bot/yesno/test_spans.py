"""One thing at the two times that a question names."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import spans
from ingest import articles, figures

FARMS = """Milk of Vald

In 2024 milk came from 2,340 farms. In 2023 milk came from 2,410 farms.
"""
BEES = """Bees

| Species | 2023 | 2025 |
|---|---|---|
| Red bees | 3,040 | 2,615 |
| Blue bees | 900 | 1,200 |
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Was the bill higher in 2024 than in 2023?", ("2024", "2023")),
        ("Did more ships call in 2023 than in 2024?", ("2023", "2024")),
        ("Was the bill higher in 2024 than the year before?", ("2024", "2023")),
        ("Was the bill higher in 2024 than in Bergen in 2023?", None),
        ("Was the bill higher than in 2023?", None),
        ("Was the bill higher in 2024 than planned?", None),
        ("Did the bill rise in 2024?", None),
    ],
)
def test_the_two_times_that_are_named(question: str, told: tuple[str, str] | None) -> None:
    assert spans.asked(question) == told


@pytest.mark.parametrize(
    ("text", "question", "likely", "told"),
    [
        (FARMS, "Did more farms deliver milk in 2023 than in 2024?", "2340", "yes"),
        (FARMS, "Did fewer farms deliver milk in 2023 than in 2024?", "2340", "no"),
        (BEES, "Were more red bees seen in 2025 than in 2023?", "2615", "no"),
        (BEES, "Were more blue bees seen in 2025 than in 2023?", "1200", "yes"),
        (BEES, "Were more blue bees seen in 2025 than in 2019?", "1200", None),
        (BEES, "Did blue bees do better in 2025 than flies?", "1200", None),
    ],
)
def test_what_is_told_of_either_time(text: str, question: str, likely: str, told: str) -> None:
    article = articles.parse(text.encode(), "a.md")
    known, found = {article.id: article}, figures.find(article)
    chances = {
        (f.article_id, f.start): Chance(0.9 if f"{f.value}" == likely else 0.2) for f in found
    }
    query = questions.parse(question)
    tags = Tags(chances, classes={"text": 1.0})
    search = derivation.Search(query, derivation.linker_of(found, known), (), tags)
    decision = spans.decide(query, search, None, known)
    assert (decision.holds if decision else None) == told


def test_the_year_before_is_asked_for_by_its_number() -> None:
    article = articles.parse(FARMS.encode(), "a.md")
    known, found = {article.id: article}, figures.find(article)
    linker = derivation.linker_of(found, known)

    def search_of(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        likely = {"2340": 0.9, "2410": 0.5 if "in 2023" in text else 0.01}
        chances = {(f.article_id, f.start): Chance(likely.get(f"{f.value}", 0.0)) for f in found}
        tags = Tags(chances, classes={"text": 1.0})
        return derivation.Search(questions.parse(text), linker, (), tags)

    query = questions.parse("Did more farms deliver milk in 2024 than the year before?")
    alone = spans.decide(query, search_of(query.text), None, known)
    decision = spans.decide(query, search_of(query.text), search_of, known)
    assert alone is None
    assert decision is not None and decision.holds == "no"
