"""Yes or no: from a number, two measures, a direction, a balance, or the words."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.evidence.pages import Pages
from bot.yesno import deciding
from ingest import articles, figures

TRADE = """Trade of Arcania

Exports of Arcania were 25 billion dollars in 2024, a rise of 8%.
Imports of Arcania were 19 billion dollars in 2024, a fall of 3%.
The finance minister did not resign. The harbour opened in May.
"""
CLINIC = """Clinic

The clinic treated 4,200 patients in 2023. More than 300 nurses work there.
Waiting times rose by 12%. Visitors are not allowed at night.
"""
ORLAND = """Trade of Orland, 2024

Orland's foreign trade grew by 12% to 448 billion crowns in 2024.
Exports rose by 10% to 220 billion crowns in 2024, and imports rose by 14%.
"""
FARMS = """Vinland's farms in 2024

Farm sales came to 300 million euros in 2024.
Grain sales came to 220 million euros in 2024. Fruit sales came to 80 million euros in 2024.
"""


def holds(text: str, question: str) -> str | None:
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    query = questions.parse(question)
    linker = derivation.linker_of(figures.find(article), known)
    search = derivation.Search(query, linker, identities(None))
    found = Pages(None).rank(question, known)
    decision = deciding.decide(query, search, known, found)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (TRADE, "Did exports exceed 20 billion dollars in 2024?", "yes"),
        (TRADE, "Did exports exceed 30 billion dollars in 2024?", "no"),
        (TRADE, "Were imports less than 20 billion dollars in 2024?", "yes"),
        (TRADE, "Were exports higher than imports in 2024?", "yes"),
        (TRADE, "Were imports higher than exports in 2024?", "no"),
        (TRADE, "Did imports grow more quickly than exports?", "no"),
        (TRADE, "Were exports a bigger part of trade than imports in 2024?", "yes"),
        (TRADE, "Did exports rise?", "yes"),
        (TRADE, "Did imports rise?", "no"),
        (TRADE, "Did exports rise in every port?", None),
        (TRADE, "Did imports fall in 2024?", "yes"),
        (TRADE, "Did Arcania sell more abroad than it bought in 2024?", "yes"),
        (TRADE, "Does Arcania export less than it imports?", "no"),
        (TRADE, "Did the finance minister resign?", "no"),
        (TRADE, "Did the harbour open in May?", "yes"),
        (CLINIC, "Did the clinic treat more than 4,000 patients?", "yes"),
        (CLINIC, "Did the clinic treat fewer than 4,000 patients?", "no"),
        (CLINIC, "Did waiting times fall?", "no"),
        (CLINIC, "Are visitors allowed at night?", "no"),
        (CLINIC, "Is the museum free on Sundays?", None),
        (TRADE, "Were exports a third higher than imports?", None),
        (
            TRADE,
            "The paper says 25 billion dollars and the bank 26 billion dollars: the same?",
            None,
        ),
        (ORLAND, "Did imports top 240 billion crowns in 2024?", "no"),
        (ORLAND, "Did exports clear 200 billion crowns?", "yes"),
        (ORLAND, "Did exports get past 250 billion crowns?", "no"),
        (ORLAND, "Did imports grow quicker than exports?", "yes"),
        (ORLAND, "Is 12% for trade consistent with exports up 10% and imports up 14%?", "yes"),
        (FARMS, "Were grain sales a bigger part of farm sales than fruit sales?", "yes"),
        (FARMS, "Were fruit sales a larger share of farm sales than grain sales?", "no"),
        (CLINIC, "Will the clinic close next year?", None),
        (CLINIC, "Is the clinic short of nurses?", None),
    ],
)
def test_a_decision(text: str, question: str, told: str | None) -> None:
    assert holds(text, question) == told
