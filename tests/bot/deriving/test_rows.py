"""Figures that are told alike of several things that a question names."""

from __future__ import annotations

import pytest

from bot import derivation
from bot.deriving import rows
from ingest import articles, figures

GAMES = """# Island Games of Ronsay, 2025

| Island | Gold | Silver | Total |
|---|---:|---:|---:|
| Faroyar | 41 | 33 | 74 |
| Ronsay | 34 | 38 | 72 |
| Saint Brannoc | 22 | 19 | 41 |

Ronsay sent 120 swimmers. Saint Brannoc had won 12 gold medals before.
"""
SHELVES = """# Belmar's budget for health and defence

| Spending (billion talers) | 2025 | 2026 |
|---|---|---|
| Health | 38.6 | 41.2 |
| Defence | 12.4 | 14.6 |
| Transport | 13.1 | 12.3 |
| Other | 44.2 | 43.5 |
"""
CARS = """# Kitahara sells fewer cars in China

Global retail sales in the quarter totaled 612,000 vehicles. By region they broke down as follows:

- Japan: 118,000
- Europe: 74,000
- China: 92,000
"""
POWER = """# Norrvane Energy in 2025

| Measure | 2025 | 2024 |
|---|---:|---:|
| Offshore output (TWh) | 5.6 | 6.7 |
| Onshore output (TWh) | 2.2 | 2.4 |
"""


def found(text: str, phrases: list[str], question: str, *asked: str) -> list[str] | None:
    article = articles.parse(text.encode(), "a.md")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    row = rows.find(phrases, question, asked, linker)
    return row and [str(f.value.normalize()) for f in (*row.figures, *row.before) if f.value]


@pytest.mark.parametrize(
    ("text", "phrases", "question", "expected"),
    [
        (GAMES, ["faroyar", "ronsay"], "How many gold medals did Faroyar and Ronsay win?",
         ["41", "34"]),
        (GAMES, ["medals did ronsay win", "faroyar"],
         "How many more silver medals did Ronsay win than Faroyar?", ["38", "33"]),
        (GAMES, ["brannoc", "ronsay"], "Which won more in total, Brannoc or Ronsay?",
         ["41", "72"]),
        (GAMES, ["gold medals did brannoc win", "faroyar"],
         "How many fewer gold medals did Brannoc win than Faroyar?", ["22", "41"]),
        (SHELVES, ["belmar's defence budget", "its transport budget"],
         "Is Belmar's defence budget bigger than its transport budget?",
         ["1.46E+10", "1.23E+10", "1.24E+10", "1.31E+10"]),
        (GAMES, ["faroyar", "ronsay"], "How many swimmers did Faroyar and Ronsay send?", None),
        (GAMES, ["faroyar", "valsund"], "How many gold medals did Faroyar and Valsund win?", None),
        (CARS, ["kitahara sell in china", "japan"],
         "How many vehicles did Kitahara sell in China and Japan together?", ["9.2E+4", "1.18E+5"]),
        (POWER, ["offshore output", "onshore output"], "Which output fell most, off- or onshore?",
         ["5.6", "2.2", "6.7", "2.4"]),
    ],
)  # fmt: skip
def test_a_row(text: str, phrases: list[str], question: str, expected: list[str] | None) -> None:
    assert found(text, phrases, question) == expected


def test_a_row_is_of_the_time_that_is_asked_for() -> None:
    question = "Which was larger in 2024, offshore output or onshore output?"
    assert found(POWER, ["offshore output", "onshore output"], question, "2024") == ["6.7", "2.4"]
    assert found(POWER, ["offshore output", "onshore output"], question, "2019") is None


def test_a_name_is_cut_out_of_its_phrase() -> None:
    article = articles.parse(GAMES.encode(), "a.md")
    linker = derivation.linker_of(figures.find(article), {article.id: article})
    phrases = ["gold medals did ronsay win", "saint brannoc"]
    row = rows.find(phrases, "How many more gold medals did Ronsay win than Saint Brannoc?", (),
                    linker)  # fmt: skip
    assert row is not None and row.names == ("ronsay", "saint brannoc")
