"""One thing held against another, each asked for by itself."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.yesno import beside
from ingest import articles, figures

PORT = """Port of Hulm

Grain exports came to 90 million euros in 2024. Timber imports came to 40 million euros in 2024.
Timber imports came to 55 million euros in 2020.

| million euros | 2023 | 2024 |
| --- | --- | --- |
| Pre-tax result | -21.6 | -5.1 |
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Were grain exports in 2024 higher than timber imports in 2024?", "yes"),
        ("Were timber imports in 2024 above grain exports in 2024?", "no"),
        ("Were timber imports in 2020 lower than grain exports in 2024?", "yes"),
        ("Did grain exports exceed timber imports in 2024?", "yes"),
        ("Were grain exports in 2024 more than twice timber imports in 2024?", "yes"),
        ("Were grain exports in 2024 more than twice timber imports in 2020?", "no"),
        ("Were timber imports in 2024 at least 40% of grain exports in 2024?", "yes"),
        ("Were timber imports in 2024 less than a third of grain exports in 2024?", "no"),
        ("Were timber imports lower in 2024 than in 2020?", "yes"),
        ("Were timber imports in 2024 higher than in 2020?", "no"),
        ("Was the pre-tax result in 2023 lower than in 2024?", "yes"),
        ("Did grain exports exceed 50 million euros?", None),
        ("Were grain exports higher than a year earlier?", None),
        ("Were grain exports above the average?", None),
        ("Were grain exports in 2024 higher than the price of bread in 2024?", None),
    ],
)
def test_two_things_that_are_named(question: str, told: str | None) -> None:
    article = articles.parse(PORT.encode(), "a.md")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = beside.decide(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        ("Is the Vald bridge taller than the Oll bridge?",
         "How tall is the Vald bridge?", "How tall is the Oll bridge?"),
        ("Is Ann's pay higher than Bob's?", "What was Ann's pay?", "What was Bob's pay?"),
        ("Was turnout in Ghent lower than that in Bruges?",
         "What was turnout in Ghent?", "What was turnout in Bruges?"),
        ("Was net profit in 2024 higher than a year earlier?",
         "What was net profit in 2024?", "What was net profit in 2023?"),
        ("Was scrap for mills cheaper in June 2024 than in May 2024?",
         "What did scrap for mills in June 2024 cost?",
         "What did scrap for mills in May 2024 cost?"),
    ],
)  # fmt: skip
def test_the_questions_for_both_sides(question: str, one: str, other: str) -> None:
    asked: list[str] = []

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        asked.append(text)
        return derivation.Search(questions.parse(text), derivation.linker_of([], {}), [])

    assert beside.decide(questions.parse(question), again, {}) is None
    assert asked == [one, other]
