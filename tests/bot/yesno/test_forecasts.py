"""What was foreseen in one place, and what came of it in another."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import forecasts
from ingest import articles, figures

LAST = """---
date: 2024-03-22
---
# Crime in Norby, 2023

In 2023 the police of Norby recorded 61,840 offences.
For 2024 the chief constable expects between 62,000 and 64,000 offences.
"""
NOW = """---
date: 2025-03-20
---
# Crime in Norby, 2024

In 2024 the police of Norby recorded 59,710 offences. They cost the town $2 million.
"""
POWER = """# Power in Osta

| Technology | 2023 | 2024 | Target 2030 |
|---|---|---|---|
| Solar, MW | 1,720 | 2,385 | 4,500 |
| Coal, MW | 910 | 540 | 0 |
"""


@pytest.mark.parametrize(
    ("texts", "question", "told"),
    [
        ((LAST, NOW), "Did the chief constable's prediction of offences come true?", "no"),
        ((LAST, NOW), "Were there fewer offences in 2024 than forecast?", "yes"),
        ((LAST, NOW), "Were there more offences in 2024 than forecast?", "no"),
        ((LAST, NOW), "Did the cost meet the forecast?", None),
        ((LAST,), "Did the chief constable's prediction of offences come true?", None),
        ((LAST, NOW), "Did offences fall in 2024?", None),
        ((POWER,), "Has Osta reached its 2030 target for solar?", "no"),
    ],
)
def test_what_came_is_held_against_what_was_foreseen(
    texts: tuple[str, ...], question: str, told: str | None
) -> None:
    read = [articles.parse(text.encode(), f"{i}.md") for i, text in enumerate(texts)]
    known = {article.id: article for article in read}
    found = [figure for article in read for figure in figures.find(article)]
    tags = Tags({(f.article_id, f.start): Chance(0.2) for f in found}, classes={"text": 1.0})
    query = questions.parse(question)
    search = derivation.Search(query, derivation.linker_of(found, known), (), tags)
    decision = forecasts.decide(query, search, known)
    assert (decision.holds if decision else None) == told
