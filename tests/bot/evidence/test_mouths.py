"""What several tell of one thing."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from bot import questions
from bot.evidence import linking, mouths
from ingest import articles, figures


@dataclass(frozen=True)
class Dispute:
    """Articles, a question, the figure that is found first, and all that is told of the same."""

    texts: tuple[str, ...]
    question: str
    chosen: str
    told: frozenset[str]


WEIR = (
    "A weir for Velm\nVelm Herald, 4 March 2024\n\n"
    "Minister Ada Roth told parliament that the Velm weir would cost €60 million. The Anglers'"
    " League reckons with €95 million, because it counts the fish ladder."
    " Work on a footpath cost €4 million."
)
DEARER = (
    "Velm weir dearer\nBrecht Courier, 9 June 2025\n\n"
    "The Velm weir will cost €71 million, its builder announced. The Court of Audit, which has"
    " looked at the project for the first time, arrives at €80 million.\n\n"
    "| Item | €m |\n|---|---|\n| Concrete | 40 |\n"
)
STRIKE = (
    "Strike at Tarnholm\nTarnholm Mail, 3 May 2025\n\n"
    "How many stayed at home? The management says 400 workers. The union counts 650.\n\n"
    "How many buses ran? The company says 410."
)
OTHER_WEIR = (
    "A weir for Orla\nOrla Post, 1 May 2024\n\n"
    "Orla wants a weir. Orla's mayor says that the Orla weir would cost €66 million."
)
CASES = [
    Dispute(
        (WEIR, DEARER), "What will the Velm weir cost?", "€71 million",
        frozenset(["€60 million", "€95 million", "€71 million", "€80 million"]),
    ),
    Dispute(
        (STRIKE,), "How many stayed at home?", "400 workers", frozenset(["400 workers", "650"])
    ),
    Dispute((WEIR, OTHER_WEIR), "What will the Velm weir cost?", "€60 million",
            frozenset(["€60 million", "€95 million"])),
    # What is told as a fact is no claim.
    Dispute(
        (WEIR,), "What did the footpath at Velm cost?", "€4 million", frozenset(["€4 million"])
    ),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.question} {case.chosen}")
def test_what_is_told_of_one_thing(case: Dispute) -> None:
    read = [articles.parse(text.encode(), f"{i}.md") for i, text in enumerate(case.texts)]
    by_id = {article.id: article for article in read}
    cards = [card for a in read for card in linking.cards(a, figures.find(a))]
    surfaces = {
        c.figure: by_id[c.figure.article_id].text[c.figure.start : c.figure.end] for c in cards
    }
    chosen = next(f for f, surface in surfaces.items() if surface == case.chosen)
    query = questions.parse(case.question)
    told = mouths.of(chosen, query, cards, by_id, lambda _: False)
    assert told[0].figure == chosen
    assert {surfaces[t.figure] for t in told} == case.told


def test_who_tells_a_number() -> None:
    article = articles.parse(STRIKE.encode(), "a.md")
    cards = linking.cards(article, figures.find(article))
    query = questions.parse("Who says that 650 workers stayed at home?")
    told = mouths.of_number(query, cards, {article.id: article})
    assert [(t.figure.value, sorted(t.names)) for t in told] == [(650, ["union"]), (400, ["manag"])]


@pytest.mark.parametrize(
    ("question", "n_held"),
    [
        ("What will the Velm weir cost?", (2, 2)),
        ("What will the Velm ferry cost?", (1, 2)),
        ("And to buy a weir?", (1, 1)),
    ],
)
def test_how_much_of_what_is_asked_stands_there(question: str, n_held: tuple[int, int]) -> None:
    article = articles.parse(WEIR.encode(), "a.md")
    cards = linking.cards(article, figures.find(article))
    told = mouths.tellings(article, cards)
    assert mouths.n_held(told, questions.parse(question), {article.id: article}) == n_held
