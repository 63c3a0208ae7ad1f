"""The time that is meant where a question names none and figures are told of several."""

from __future__ import annotations

from bot.deriving import latest
from bot.tagging.tags import Chance, Tags
from ingest import articles, figures

TABLE = """# Power in Tarrant

| Source (GWh) | 2022 | 2023 | 2024 |
|---|---|---|---|
| Wind | 500 | 600 | 700 |
| Solar | 100 | 150 | 210 |
"""


def _period(text: str) -> str | None:
    found = figures.find(articles.parse(text.encode(), "power.md"))
    tags = Tags(figures={(f.article_id, f.start): Chance(0.5, 0.2) for f in found})
    return latest.period(found, tags)


def test_the_last_of_several_years_is_meant() -> None:
    assert _period(TABLE) == "2024"


def test_figures_of_one_year_leave_nothing_to_choose() -> None:
    assert _period("# Rents\n\nRents in Drell were 900 euros in 2024.\n") is None


def test_a_forecast_is_no_latest_time() -> None:
    told = "# Rents\n\nRents were 900 euros in 2024. The bank expects rents of 990 euros in 2025.\n"
    assert _period(told) is None


def test_the_question_names_the_time() -> None:
    asked = latest.asked("How many times as much does wind give as solar?", "2024")
    assert asked == "How many times as much does wind give as solar in 2024?"
