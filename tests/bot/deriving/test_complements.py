"""The other part of a whole, by what the part that is told is not."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.deriving import complements
from ingest import articles, figures

TEXTS = {
    "old": "There were 412 centenarians in Tavria, 349 of them women.",
    "schools": "Some 188 of 340 schools stay closed on Monday.",
    "goals": "Mork scored 214 goals, of which 58 were penalties.",
    "staff": "Brisa has 7,420 employees, of whom 1,060 are pilots and 2,380 cabin crew.",
    "spending": (
        "Spending came to 21.8 billion euros, of which 13.1 billion went on staff, 3.9 billion on "
        "medicines and 1.7 billion on buildings."
    ),
    "tickets": "The club sold 900 tickets, 40 of them for the opening night.",
}


@pytest.mark.parametrize(
    ("name", "question", "told"),
    [
        ("old", "How many male centenarians did Tavria have?", ["412 centenarians", "349"]),
        ("old", "How many women in Tavria are over a hundred?", None),
        ("old", "How many centenarians did Tavria have?", None),
        ("schools", "How many schools are open on Monday?", ["340 schools", "188"]),
        ("goals", "How many of Mork's goals were not penalties?", ["214 goals", "58"]),
        ("goals", "How many penalties did Mork score?", None),
        (
            "staff",
            "How many of Brisa's employees are neither pilots nor cabin crew?",
            ["7,420 employees", "1,060", "2,380 cabin crew"],
        ),
        (
            "spending",
            "What was left of spending besides staff, drugs and buildings?",
            ["21.8 billion euros", "13.1 billion", "3.9 billion", "1.7 billion"],
        ),
        ("tickets", "How many tickets were not sold for the final?", None),
        ("goals", "What share of Mork's goals were not penalties?", None),
    ],
)
def test_the_other_part(name: str, question: str, told: list[str] | None) -> None:
    article = articles.parse(f"News\n\n{TEXTS[name]}\n".encode(), f"{name}.txt")
    cards = derivation.linker_of(figures.find(article), {article.id: article}).cards
    found = complements.asked(questions.parse(question), cards)
    said = [[article.text[f.start : f.end] for f in members] for members in found]
    assert said == ([told] if told else [])
