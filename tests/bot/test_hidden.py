"""Yes or no by the answer to a question that is hidden in another."""

from __future__ import annotations

import pytest

from bot import derivation, hidden, questions
from bot.calculation import identities
from ingest import articles, figures

FARMS = """Vinland's farms in 2024

Farm sales came to 300 million euros in 2024.
Grain sales came to 220 million euros in 2024. Fruit sales came to 80 million euros in 2024.
"""


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Did grain make up more than half of farm sales?", "yes"),
        ("Did fruit make up more than half of farm sales?", "no"),
        ("Did fruit make up more than a quarter of farm sales?", "yes"),
        ("Did farm sales rise?", None),
    ],
)
def test_a_share_that_is_hidden_is_held_against_the_number(question: str, told: str | None) -> None:
    article = articles.parse(FARMS.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)

    def again(text: str) -> derivation.Search:
        return derivation.Search(questions.parse(text), linker, identities(None))

    decision = hidden.by_recast(questions.parse(question), again, known)
    assert (decision.holds if decision else None) == told
