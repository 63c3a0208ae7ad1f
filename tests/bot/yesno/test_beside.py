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
        ("Did grain exports exceed 50 million euros?", None),
        ("Were grain exports higher than a year earlier?", None),
        ("Were grain exports above the average?", None),
        ("Were grain exports in 2024 higher than the price of bread in 2024?", None),
    ],
)
def test_two_things_that_are_named(question: str, told: str | None) -> None:
    article = articles.parse(PORT.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str, within: frozenset[str] | None = None) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = beside.decide(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told
