"""Figures that a question fits equally well."""

from __future__ import annotations

import pytest

from bot import nodes
from bot.evidence import linking, twins
from ingest import articles, figures


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (
            "Hoshi's operating profit was ¥418 billion in 2024. "
            "Hoshi's net profit was ¥287 billion in 2024.",
            "How much profit did Hoshi make?",
            ["¥418 billion", "¥287 billion"],
        ),
        (
            "Hoshi's operating profit was ¥418 billion in 2024. "
            "Hoshi's net profit was ¥287 billion in 2024.",
            "What was Hoshi's operating profit?",
            ["¥418 billion"],
        ),
        (
            "Gross debt was £30 million in 2024. Net debt was £12 million in 2024.",
            "What is the debt?",
            ["£30 million", "£12 million"],
        ),
        (
            "Gross debt was £30 million in 2024. Net debt was £12 million in 2023.",
            "What is the debt?",
            ["£30 million"],
        ),
        (
            "Debt was £30 million in 2024. Net debt was £12 million in 2024.",
            "What is the debt?",
            ["£30 million"],
        ),
        (
            "Oil output was 30 tonnes in 2024. Gas exports were 12 tonnes in 2024.",
            "What was the output?",
            ["30 tonnes"],
        ),
    ],
)
def test_which_figures_are_told(text: str, question: str, told: list[str]) -> None:
    article = articles.parse(f"Accounts\n\n{text}\n".encode(), "a.md")
    cards = linking.cards(article, figures.find(article))
    ways = [nodes.attempted(nodes.leaf(c.figure), {article.id: article}) for c in cards]
    found = [way for way in ways if way is not None]
    kept = [found[0], *twins.of(question, found)]
    typed = [w.figures[w.result] for w in kept]
    assert [article.text[f.start : f.end] for f in typed] == told
