"""Two figures by which a question is decided: cells of a row, a part and its whole."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from bot import questions
from bot.yesno import pairs
from ingest import Figure, articles, figures

GRID = """Power of Arcania

| GWh | 2024 | 2023 | 2022 |
|---|---|---|---|
| Wind | 4,620 | 4,850 | 4,760 |

| Injuries per million hours | Q1 2026 | Q4 2025 | Q1 2025 |
|---|---|---|---|
| Mine | 2.9 | 3.6 | 3.3 |
"""


def row(word: str) -> list[Figure]:
    article = articles.parse(GRID.encode(), "a.md")
    start = article.text.index(word)
    end = article.text.index("\n", start)
    return [f for f in figures.find(article) if start <= f.start < end]


def values(found: tuple[Figure, Figure] | None) -> list[Decimal | None] | None:
    return [f.value for f in found] if found else None


@pytest.mark.parametrize(
    ("question", "word", "told"),
    [
        ("Did wind output rise in 2024?", "Wind", ["4620", "4850"]),
        ("Did wind output rise in 2023?", "Wind", ["4850", "4760"]),
        ("Did wind output rise?", "Wind", ["4620", "4850"]),
        ("Did wind output rise between 2022 and 2024?", "Wind", ["4620", "4760"]),
        ("Did wind output rise in 2021?", "Wind", None),
        ("Did injuries fall over the year to March 2026?", "Mine", ["2.9", "3.3"]),
        ("Did injuries fall?", "Mine", ["2.9", "3.3"]),
        ("Did injuries fall on the previous quarter?", "Mine", ["2.9", "3.6"]),
    ],
)
def test_cells_of_two_times(question: str, word: str, told: list[str] | None) -> None:
    found = pairs.of_times(questions.parse(question), row(word), lambda f: 0.5)
    assert values(found) == ([Decimal(v) for v in told] if told else None)


def test_an_unlikely_row_is_of_nothing() -> None:
    query = questions.parse("Did wind output rise?")
    assert pairs.of_times(query, row("Wind"), lambda f: 0.1) is None


@pytest.mark.parametrize(
    ("text", "chances", "told"),
    [
        ("It costs $149 in Gera, and $349 in Ulm.", {149: (0.6, 0.3), 349: (0.5, 0.5)}, [149, 349]),
        ("It costs $149 in Gera, and $349 in Ulm.", {149: (0.2, 0.1), 349: (0.2, 0.2)}, None),
        (
            "It costs $149 in Gera, $155 in Bonn and $349 in Ulm.",
            {149: (0.5, 0.3), 155: (0.5, 0.3), 349: (0.5, 0.5)},
            None,
        ),
        ("It costs $149 in Gera. It is $349 in Ulm.", {149: (0.6, 0.3), 349: (0.5, 0.5)}, None),
        ("It sold 300 boats in 41 ports.", {300: (0.6, 0.3), 41: (0.5, 0.5)}, None),
    ],
)
def test_a_part_and_its_whole(
    text: str, chances: dict[int, tuple[float, float]], told: list[int] | None
) -> None:
    article = articles.parse(f"News\n\n{text}".encode(), "a.txt")
    known = {Decimal(value): both for value, both in chances.items()}

    def chance(at: int) -> pairs.Chance:
        return lambda f: known.get(f.value or Decimal(0), (0.0, 0.0))[at]

    found = pairs.of_parts(figures.find(article), chance(0), chance(1))
    assert values(found) == ([Decimal(v) for v in told] if told else None)
    assert re.search(r"\d", text)


SOLD = """Cars of Arcania

| Region | Cars sold | Previous year |
|---|---|---|
| North | 512 | 498 |

| Region | Cars sold | Staff |
|---|---|---|
| South | 612 | 48 |
"""


@pytest.mark.parametrize(("word", "told"), [("North", ["512", "498"]), ("South", None)])
def test_cells_under_the_previous_year(word: str, told: list[str] | None) -> None:
    article = articles.parse(SOLD.encode(), "a.md")
    start = article.text.index(word)
    end = article.text.index("\n", start)
    cells = [f for f in figures.find(article) if start <= f.start < end]
    found = pairs.of_headers(cells, article.text, lambda f: 0.5)
    assert values(found) == ([Decimal(v) for v in told] if told else None)
    assert pairs.of_headers(cells, article.text, lambda f: 0.1) is None
