"""Comparisons that a question takes for true."""

from __future__ import annotations

import pytest

from bot import proof, questions
from bot.drafts import Draft, DraftSentence, Source
from bot.texts import claims
from ingest import articles, figures

TRADE = "Trade in Velmora\n\nExports rose by 7.1% in 2024. Imports grew by 2.3% in 2024.\n"


@pytest.mark.parametrize(
    ("question", "asked", "denied"),
    [
        (
            "Why did imports grow faster than exports?",
            "Did imports grow faster than exports?",
            "Imports did not grow faster than exports",
        ),
        (
            "How come Brackley earned more than Moss?",
            "Did Brackley earn more than Moss?",
            "Brackley did not earn more than Moss",
        ),
        (
            "What explains services outpacing goods?",
            "Did services outpace goods?",
            "Services did not outpace goods",
        ),
        (
            "By how much did imports exceed exports?",
            "Did imports exceed exports?",
            "Imports did not exceed exports",
        ),
        (
            "How much wider are margins in Orm than in Tarn?",
            "Are margins in Orm wider than in Tarn?",
            "Margins in Orm are not wider than in Tarn",
        ),
        (
            "Why is tea so much dearer than coffee?",
            "Is tea so much dearer than coffee?",
            "Tea is not dearer than coffee",
        ),
    ],
)
def test_what_is_taken_for_true(question: str, asked: str, denied: str) -> None:
    assert claims.read(question) == claims.Claim(asked, denied)


@pytest.mark.parametrize(
    "question",
    [
        "Did imports grow faster than exports?",
        "Why would imports grow faster than exports?",
        "Why didn't imports grow faster than exports?",
        "Why did imports grow faster than expected?",
        "Why did imports grow by more than 7%?",
        "Why did exports fall?",
        "Which country bought more than Spain?",
    ],
)
def test_nothing_is_taken_for_true(question: str) -> None:
    assert claims.read(question) is None


@pytest.mark.parametrize(
    ("first", "is_told"), [("{f2} against {f1}", True), ("{f1} against {f2}", False)]
)
def test_a_denial_is_proven_by_both_figures(first: str, is_told: bool) -> None:
    article = articles.parse(TRADE.encode(), "a.txt")
    known = [f for f in figures.find(article) if f.unit == "%"]
    denied = "Imports did not grow faster than exports"
    told = first.replace("{f", "it was {f", 1) if not is_told else first
    said = (
        f"{denied}: {'imports grew by {f2}, and exports rose by {f1}' if is_told else told}. [1][2]"
    )
    draft = Draft(
        "answered",
        (DraftSentence(said, "quoted"),),
        tuple(Source(article.id, f.sentence.start, f.sentence.end) for f in known),
        {"f1": known[0], "f2": known[1]},
    )
    query = questions.parse("Why did imports grow faster than exports?")
    verdict = proof.check(draft, query, {article.id: article}, lambda _: figures.find(article))
    assert verdict.answer.text.startswith(denied) == is_told
