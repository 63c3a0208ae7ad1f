"""Whether a figure lies inside a range."""

from __future__ import annotations

import pytest

from bot import derivation, questions
from bot.tagging import Tags
from bot.tagging.tags import Chance
from bot.yesno import ranges
from ingest import articles, figures

BANK = """Halden Bank

The solvency ratio was 168% at the end of 2024. The board aims for between 150% and 180%.
"""
TRADE = """Services of Varen

The surplus came to 12.8 billion crowns in 2024. The bank had expected between 13 and 14 billion
crowns. In 2023 the surplus had been 13.5 billion crowns.
"""
HERRING = """Landings at Vest

Boats landed 204,000 tonnes of fish in 2025, of which herring made up 83,000 tonnes.
The directorate had forecast landings of 200,000 to 208,000 tonnes.
"""
FUND = """Reserves

The reserves cover 2.5 months. The policy asks for 3 to 6 months.
"""


def _holds(text: str, question: str) -> str | None:
    article = articles.parse(text.encode(), "a.txt")
    known, found = {article.id: article}, figures.find(article)
    tags = Tags({(f.article_id, f.start): Chance(0.5) for f in found}, classes={"text": 1.0})
    query = questions.parse(question)
    search = derivation.Search(query, derivation.linker_of(found, known), (), tags)
    decision = ranges.decide(query, search, lambda _: search, known)
    return decision.holds if decision else None


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (BANK, "Is Halden's solvency ratio within the board's target band?", "yes"),
        (BANK, "Was the solvency ratio outside the board's range?", "no"),
        (TRADE, "Did the surplus of 2024 land in the range that the bank had named?", "no"),
        (TRADE, "Did the surplus of 2023 fall inside the bank's forecast?", "yes"),
        (TRADE, "Did the surplus come in within the bank's range?", None),
        (HERRING, "Did the landings come in within the range forecast by the directorate?", "yes"),
        (FUND, "Are the reserves within the policy?", "no"),
        (FUND, "Do the reserves cover 2.5 months?", None),
        (BANK, "Did the solvency ratio fall in 2024?", None),
    ],
)
def test_a_figure_lies_inside_the_range_named_for_it(
    text: str, question: str, told: str | None
) -> None:
    assert _holds(text, question) == told


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Did turnover finish inside the guidance?", True),
        ("Was frost damage outside the bounds of the estimate?", True),
        ("Did it land in the range that was announced in May?", True),
        ("Is the mountain range in the north?", False),
        ("Did the band play in the hall?", False),
        ("Did prices fall within a year?", False),
        ("Is the station within a mile of the port?", False),
    ],
)
def test_what_asks_about_a_range(question: str, is_asked: bool) -> None:
    assert ranges.is_asked(question) is is_asked


@pytest.mark.parametrize(
    ("text", "question", "is_named"),
    [
        (HERRING, "Did the landings come in within the range forecast?", True),
        (HERRING, "Did the landings exceed the quota?", False),
        ("Inflation\n\nThe bank aims at 3%, with one point either way.\n",
         "Was inflation inside the bank's band?", False),
    ],
)  # fmt: skip
def test_a_range_that_is_told_is_what_is_meant(text: str, question: str, is_named: bool) -> None:
    article = articles.parse(text.encode(), "a.txt")
    found = figures.find(article)
    tags = Tags({(f.article_id, f.start): Chance(0.5) for f in found}, classes={"text": 1.0})
    query = questions.parse(question)
    linker = derivation.linker_of(found, {article.id: article})
    assert ranges.is_named(query, derivation.Search(query, linker, (), tags)) is is_named
