"""Two sides held against each other by every figure that may be theirs."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.evidence.pages import Pages
from bot.yesno import paces
from ingest import articles, figures

TEXT = """Trade in Velmora

Exports rose by 7.1% to 84.2 billion crowns in 2024. Imports grew by 2.3% to 79.5 billion crowns
in 2024. Services exports grew by 11.2% in 2024.

The striker Joss Moss earned 4.2 million pounds, while the goalkeeper Ian Brackley earned 2.9
million pounds.

Rail freight fell by 3% in 2024, road freight by 5% in 2024. Barge traffic is forecast to grow by
4% in 2025 and tram traffic by 6% in 2025.
"""


def told(question: str) -> tuple[str, str] | None:
    article = articles.parse(TEXT.encode(), "a.txt")
    known = {article.id: article}
    linker = derivation.linker_of(figures.find(article), known)
    query = questions.parse(question)
    pace = paces.contrary(query, linker.cards, Pages(None).rank(question, known))
    if pace is None:
        return None
    one, other = (article.text[f.start : f.end] for f in (pace.one, pace.other))
    assert paces.is_against(question, (pace.one, pace.other))
    assert not paces.is_against(question, (pace.other, pace.one))
    return one, other


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Did imports grow faster than exports?", ("2.3%", "7.1%")),
        ("Did imports outpace exports?", ("2.3%", "7.1%")),
        ("Did exports grow slower than imports?", ("7.1%", "2.3%")),
        ("Did imports exceed exports?", ("79.5 billion crowns", "84.2 billion crowns")),
    ],
)
def test_the_contrary_is_told_by_figures(question: str, figures: tuple[str, str]) -> None:
    assert told(question) == figures


@pytest.mark.parametrize(
    "question",
    [
        "Did exports grow faster than imports?",
        "Did exports exceed imports?",
        "Did exports grow slower than imports in 2023?",
        "Did car exports grow slower than imports?",
        "Did barge traffic grow faster than tram traffic?",
        "Did imports grow better than exports?",
    ],
)
def test_nothing_is_told(question: str) -> None:
    assert told(question) is None
