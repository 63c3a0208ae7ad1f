"""Which of two likely figures is whose, by what their sentences mean."""

from __future__ import annotations

import pytest

from bot import questions
from bot.derivation import Search
from bot.evidence import linking
from bot.evidence.linking import Linker
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import assigning
from ingest import articles, figures

HOMES = """Building in Lorne

Completions came to 3,890 dwellings in 2024. Work started on 3,260 dwellings in 2024.
"""
BASKET = """Pell's web shop

A basket was worth £99 on average. The broker put it at £96.
"""
FUEL = """Norvane

| Item | 2024, million crowns |
|---|---|
| Kerosene | 131 |
| Payroll | 88 |
"""
# What stands for the meaning of a text: which of these its words are near to.
FIELDS = {
    "completions": {"finished", "completions"},
    "started": {"begun", "started", "start"},
    "worth": {"basket", "worth"},
    "broker": {"broker", "supposed"},
    "kerosene": {"fuel", "kerosene"},
    "payroll": {"staff", "payroll"},
}


def _holds(text: str, question: str, likely: float = 0.6) -> str | None:
    article = articles.parse(text.encode(), "a.md")
    known, found = {article.id: article}, figures.find(article)

    def meanings(asked: str) -> list[float]:
        words = set(asked.lower().split())
        said = [article.text[f.sentence.start : f.sentence.end].lower() for f in found]
        of = [next((name for name in FIELDS if name in line), "") for line in said]
        return [float(bool(words & FIELDS.get(name, set()))) for name in of]

    tags = Tags({(f.article_id, f.start): Chance(likely) for f in found}, classes={"text": 1.0})
    linker = Linker([linking.Deck(linking.cards(article, found))], meanings)
    query = questions.parse(question)
    decision = assigning.decide(query, Search(query, linker, (), tags), known)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (HOMES, "Were more homes finished than begun in Lorne?", "yes"),
        (HOMES, "Were fewer homes finished than begun in Lorne?", "no"),
        (BASKET, "Was the basket at Pell dearer than the broker had supposed?", "yes"),
        (BASKET, "Was the basket at Pell below what the broker had supposed?", "no"),
        (FUEL, "Did Norvane spend more on fuel than on staff?", "yes"),
        (FUEL, "Did Norvane spend less on fuel than on staff?", "no"),
        (FUEL, "Did Norvane spend more on planes than on hotels?", None),
        (FUEL, "Was staff nearer to the plan than fuel?", None),
        (HOMES, "Did the homes cost a lot?", None),
    ],
)
def test_figures_are_given_to_the_sides_that_their_sentences_are_nearer_to(
    text: str, question: str, told: str | None
) -> None:
    assert _holds(text, question) == told


def test_figures_that_are_hardly_asked_about_are_not_compared() -> None:
    assert _holds(FUEL, "Did Norvane spend more on fuel than on staff?", likely=0.2) is None
