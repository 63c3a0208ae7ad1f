"""Which measure a phrase calls by its name."""

from __future__ import annotations

import pytest

from bot.evidence import callings, linking
from ingest import articles, figures

RAIL = """Freight in Velmora, 2024

Rail freight came to 40 million tonnes in 2024.
Container rail freight reached 12 million tonnes in 2024.
Timber haulage services rose to 3 million tonnes in 2024.
"""
HEALTH = """Clinics of Norvale

Outpatient visits reached 310,000 in 2024.
Emergency visits came to 95,000 in 2024.
Revenue was $40 million in 2024.
"""


def called(text: str, phrase: str, is_whole: bool = False) -> set[str]:
    article = articles.parse(text.encode(), "a.txt")
    cards = linking.cards(article, figures.find(article))
    way = callings.called_whole if is_whole else callings.called
    names = way(phrase, {callings.name_of(card) for card in cards})
    return {card.figure.measure or "" for card in cards if callings.name_of(card) in names}


@pytest.mark.parametrize(
    ("text", "phrase", "measures"),
    [
        (RAIL, "timber", {"timber haulage services"}),
        (RAIL, "containers", {"container rail freight"}),
        (RAIL, "rail freight", {"rail freight"}),
        (RAIL, "freight", set()),
        (RAIL, "coal", set()),
        (HEALTH, "emergency", {"emergency visits"}),
        (HEALTH, "visits", set()),
        (HEALTH, "the revenue", {"revenue"}),
        (HEALTH, "total", set()),
    ],
)
def test_what_a_phrase_calls(text: str, phrase: str, measures: set[str]) -> None:
    assert called(text, phrase) == measures


@pytest.mark.parametrize(
    ("text", "phrase", "measures"),
    [
        (RAIL, "rail freight", {"rail freight"}),
        (RAIL, "freight by container", set()),
        (HEALTH, "emergency visits", {"emergency visits"}),
        (HEALTH, "emergency visits of children", set()),
        (HEALTH, "revenue", set()),
    ],
)
def test_what_a_question_calls_by_every_word(text: str, phrase: str, measures: set[str]) -> None:
    assert called(text, phrase, is_whole=True) == measures
