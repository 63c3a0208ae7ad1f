"""The rows of a table, where a question asks whether something holds of all of them."""

from __future__ import annotations

import pytest

from bot import questions
from bot.evidence.pages import Pages
from bot.yesno import every
from ingest import articles, figures

YIELDS = """Harvest

| Crop | Area (ha) | Yield 2025 (t) | Yield 2024 (t) |
|---|---|---|---|
| Rye | 120 | 3.1 | 2.8 |
| Barley | 80 | 4.4 | 4.6 |
| Total | 200 | 3.6 | 3.5 |
"""
BRANCHES = """Parcels

| Branch | Parcels 2024 | Change (%) |
|---|---|---|
| Kilnhaven | 17,900 | +7 |
| Lochmoor | 12,600 | -4 |
"""
TWO = """Power

| GWh | 2024 | 2023 |
|---|---|---|
| Wind | 4,620 | 4,310 |
| Solar | 2,140 | 1,980 |
"""


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("Did every branch get busier?", True),
        ("Did all four crops yield more?", True),
        ("Was it more than in all of 2024?", False),
        ("Was it an all-time high?", False),
        ("Did exports rise each year?", False),
        ("Did exports rise?", False),
    ],
)
def test_all_of_several_things(question: str, is_asked: bool) -> None:
    assert every.is_asked(question) is is_asked


@pytest.mark.parametrize(
    ("text", "question", "row", "told"),
    [
        (YIELDS, "Did all crops yield more in 2025 than in 2024?", "Rye",
         [["3.1", "2.8"], ["4.4", "4.6"]]),
        (BRANCHES, "Did every branch grow?", "Kilnhaven", [["7"], ["-4"]]),
        (TWO, "Did every source grow in 2024?", "Wind", [["4620", "4310"], ["2140", "1980"]]),
        (TWO, "Did every source grow in 2021?", "Wind", []),
    ],
)  # fmt: skip
def test_the_rows_of_a_table(text: str, question: str, row: str, told: list[list[str]]) -> None:
    article = articles.parse(text.encode(), "a.md")
    line = next(x for x in Pages(None).page(article).lines if row in x.text)
    query = questions.parse(question)
    found, is_whole = every.of_rows(query, line, figures.find(article), article.text, lambda f: 0.5)
    assert [[str(f.value) for f in pair] for pair in found] == told
    assert is_whole


@pytest.mark.parametrize(
    ("question", "told", "holds", "is_but_one"),
    [
        ("Did both ports raise their profit?", "Net profit rose to €273m.", "yes", True),
        ("Did all islands lose guests?", "Capri lost 2,000 guests.", "yes", True),
        ("Did all islands lose guests?", "All the islands lost guests.", "yes", False),
        ("Did all islands lose guests?", "Capri was the one that gained.", "no", False),
        ("Did Capri lose guests?", "Capri lost 2,000 guests.", "yes", False),
    ],
)
def test_that_one_did_is_no_yes_for_all(
    question: str, told: str, holds: str, is_but_one: bool
) -> None:
    assert every.is_but_one(question, told, holds) is is_but_one
