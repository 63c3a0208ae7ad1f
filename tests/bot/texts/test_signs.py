"""What a question takes to have been lost or gained, where the figures tell the other."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.texts import premises, signs
from ingest import articles, figures

TEXT = """Results in Orland

Harrow Town lost 3.4 million pounds in 2024, after a profit of 1.1 million pounds in 2023.
Dunmere FC made a profit of 2.2 million pounds in 2024.

Kestrel Air made an operating profit of 9 million pounds in 2024.

Velmora's trade surplus came to 4.7 billion crowns in 2024.
"""


def told(question: str) -> str | None:
    article = articles.parse(TEXT.encode(), "a.txt")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    figure = signs.contrary(questions.parse(question), linker.cards)
    return article.text[figure.start : figure.end] if figure else None


@pytest.mark.parametrize(
    ("question", "denied", "figure"),
    [
        (
            "How large was Velmora's trade deficit in 2024?",
            "There was no trade deficit",
            "4.7 billion crowns",
        ),
        (
            "How much profit did Harrow Town make in 2024?",
            "There was no profit",
            "3.4 million pounds",
        ),
        ("How much did Dunmere FC lose in 2024?", "There was no loss", "2.2 million pounds"),
        ("Why did Dunmere FC make losses?", "There was no loss", "2.2 million pounds"),
    ],
)
def test_the_other_sign_is_told(question: str, denied: str, figure: str) -> None:
    assert told(question) == figure
    assert denied in premises.denials(question)


@pytest.mark.parametrize(
    "question",
    [
        "How large was Velmora's trade surplus in 2024?",
        "How large was Velmora's budget deficit in 2024?",
        "How large was Belmark's trade deficit in 2024?",
        "How much profit did Harrow Town make in 2023?",
        "How much did Harrow Town lose in 2024?",
        "How large was Kestrel Air's net loss in 2024?",
        "How much profit would Harrow Town make?",
        "Did Harrow Town make a profit in 2024?",
    ],
)
def test_nothing_is_told(question: str) -> None:
    assert told(question) is None
