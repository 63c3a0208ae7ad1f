"""Names typed small are written as the articles write them."""

from __future__ import annotations

import pytest

from bot.searching.naming import Names
from tests.bot.searching.test_thesaurus import evidence

TOLD = (
    "The ferries of Norrland were full in July, said Ana Skagerak.",
    "Last year Treasury bonds and Tidal Power fell; the treasury sold few of them.",
    "Crops failed in Ostmark. Sales there fell.",
    "An American buyer paid 4m.",
)


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how punctual are norrlands boats", "how punctual are Norrland's boats"),
        ("what did skagerak say of norrland?", "what did Skagerak say of Norrland?"),
        ("harvest in ostmark?", "harvest in Ostmark?"),
        ("what do americans pay?", "what do Americans pay?"),
        # No names: words that stand small as well, ordinary ones, other words.
        ("what did the treasury sell?", "what did the treasury sell?"),
        ("how much power did it sell?", "how much power did it sell?"),
        ("did crops fail in july?", "did crops fail in july?"),
        ("how punctual are Norrland's boats", "how punctual are Norrland's boats"),
        ("what of nordland?", "what of nordland?"),
    ],
)
def test_names_are_written_as_in_the_articles(question: str, wanted: str) -> None:
    assert Names(evidence(*TOLD)).put(question) == wanted


ACCENTED = ("The port of Gdańsk and the mill at Österby grew.", "A café in Köln closed, said Jørn.")


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("how big is the port of gdansk?", "how big is the port of Gdańsk?"),
        ("Did Osterby's mill grow?", "Did Österby's mill grow?"),
        ("what did Jorn say of Koeln?", "what did Jørn say of Köln?"),
        # No name, and another one.
        ("which cafe closed?", "which cafe closed?"),
        ("what of Osterlund?", "what of Osterlund?"),
    ],
)
def test_accents_may_be_left_out(question: str, wanted: str) -> None:
    assert Names(evidence(*ACCENTED)).put(question) == wanted
