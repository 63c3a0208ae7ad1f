"""What a question may ask for, by the times that its evidence tells of."""

from __future__ import annotations

import pytest

from bot import questions
from bot.doubts import possible
from bot.tagging import Tags
from ingest import articles, figures


@pytest.mark.parametrize(
    ("question", "text", "is_kept"),
    [
        ("What were imports in 2024?", "Imports grew by 2.3% in 2024.", False),
        ("What were imports in 2023?", "Imports grew by 2.3% in 2024.", True),
        ("What were imports before the rise?", "Imports grew by 2.3% in 2024.", True),
        ("What were sales in May 2024?", "Sales rose by 4% in June 2024.", True),
        ("What were sales in July 2024?", "Sales rose by 4% in June 2024.", False),
        ("What were sales in 2024?", "Sales rose by 4%.", True),
    ],
)
def test_what_was_before_a_change(question: str, text: str, is_kept: bool) -> None:
    article = articles.parse(f"Trade\n\n{text}\n".encode(), "a.md")
    tags = Tags(classes={"before_growth": 0.7, "quoted": 0.2, "residual": 0.1})
    query = questions.parse(question)
    found = possible.kept(tags, query, figures.find(article)).classes
    assert (found["before_growth"] > 0) == is_kept
    assert sum(found.values()) == pytest.approx(1)
    assert found["quoted"] == pytest.approx(2 * found["residual"])
