"""Yes or no by what a line tells."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.calculation import identities
from bot.evidence.pages import Pages
from bot.tagging.tags import CLASSES, Chance, Tags
from bot.yesno import attesting, deciding
from ingest import articles, figures


@pytest.mark.parametrize(
    ("chances", "question", "told"),
    [
        ((0.99, 0.1), "Did electricity get dearer for the Arvid?", "no"),
        ((0.8, 0.1), "Did electricity get dearer for the Arvid?", None),
        ((0.99, 0.1), "Did things improve for the Arvid?", None),
        ((0.6, 0.8), "Is its linen taxed?", "no"),
        ((0.8, 0.4), "Is its linen taxed?", None),
    ],
)
def test_a_likely_line_in_other_words(
    chances: tuple[float, float], question: str, told: str | None
) -> None:
    text = """Hotel Arvid

The bill for power came to 96,000 crowns, a fifth less than a year earlier. No duty is due on it.
"""
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    found = Pages(None).rank(question, known)
    lines = sorted((f for f in found if f.line.kind != "heading"), key=lambda f: f.line.start)
    places = [(f.line.article_id, f.line.start) for f in lines]
    tags = Tags({}, dict(zip(places, chances, strict=True)), dict.fromkeys(CLASSES, 0.0))
    query = questions.parse(question)
    linker = derivation.linker_of(figures.find(article), known)
    search = derivation.Search(query, linker, identities(None), tags, known)
    decision = deciding.decide(query, search, known, found)
    assert (decision.holds if decision else None) == told


@pytest.mark.parametrize(
    ("chances", "told"),
    [((0.6, 0.05), "no"), ((0.05, 0.6), "yes"), ((0.05, 0.05), "no"), ((0.5, 0.4), "no")],
)
def test_a_line_whose_figures_are_unlikely_is_passed_over(
    chances: tuple[float, float], told: str
) -> None:
    text = """Rents in Arcania

Rents for flats fell 2% in May. Rents for offices in Arcania rose 3% in May.
"""
    article = articles.parse(text.encode(), "a.txt")
    known = {article.id: article}
    lines = [x for x in Pages(None).page(article).lines if x.kind != "heading"]
    held = figures.find(article)
    likely = {
        (f.article_id, f.start): Chance(chances[f.sentence.start != lines[0].start]) for f in held
    }
    places = {(x.article_id, x.start): chance for x, chance in zip(lines, (0.9, 0.8), strict=True)}
    tags = Tags(likely, places, dict.fromkeys(CLASSES, 0.0))
    query = questions.parse("Did rents rise in May?")
    search = derivation.Search(
        query, derivation.linker_of(held, known), identities(None), tags, known
    )
    decision = deciding.decide(query, search, known, Pages(None).rank(query.text, known))
    assert decision is not None
    assert decision.holds == told


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Was 2024 the first year that sales were above $2 billion?", "yes"),
        ("Was 2023 the first time that sales were above $2 billion?", "no"),
        ("Was 2024 the first year that sales were above $3 billion?", None),
        ("Were sales above $2 billion in 2024?", None),
        ("Did sales pass $2 billion for the first time?", "yes"),
        ("Did sales pass $3 billion for the first time?", None),
        ("Did profits pass $2 billion for the first time?", None),
    ],
)
def test_what_was_so_for_the_first_time(question: str, told: str | None) -> None:
    text = "Sales\n\nIn 2024 sales of the mill passed $2 billion for the first time.\n"
    article = articles.parse(text.encode(), "a.txt")
    query = questions.parse(question)
    lines = Pages(None).rank(question, {article.id: article})
    decision = attesting.by_first_time(query, lines)
    assert (decision.holds if decision else None) == told
