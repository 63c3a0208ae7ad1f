"""The year that a question holds another against."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence import bases
from ingest import articles, figures

YEAR = """Harbour of Esmere

Traffic reached 840,000 containers in 2024, up 5% from a year earlier.
"""
SERIES = """Harbour of Esmere

Traffic was 800,000 containers in 2023.
Traffic reached 840,000 containers in 2024, up 5% from a year earlier.
"""
LATER = """Harbour of Esmere

Traffic rose by 3% in 2020 from a year earlier.
Traffic reached 840,000 containers in 2024, up 5% from a year earlier.
"""


@pytest.mark.parametrize(
    ("text", "question", "expected"),
    [
        (YEAR, "How much was traffic up on 2023?", ("2024",)),
        (YEAR, "traffic growth vs 2023", ("2024",)),
        (YEAR, "How much traffic was there in 2023?", ("2023",)),
        (YEAR, "How much was traffic up on 2022?", ("2022",)),
        (SERIES, "How much was traffic up on 2023?", ("2023",)),
        (LATER, "How much has traffic risen since 2019?", ("2019",)),
        (YEAR, "How large was traffic a year earlier (2023)?", ("2023",)),
        (YEAR, "How large was traffic a year earlier (2024)?", ("2023",)),
        (SERIES, "How large was traffic a year earlier (2024)?", ("2023",)),
    ],
)
def test_the_period_that_is_told(text: str, question: str, expected: tuple[str, ...]) -> None:
    told = figures.find(articles.parse(text.encode(), "a.txt"))
    assert bases.in_time_told(questions.parse(question), told).periods == expected
