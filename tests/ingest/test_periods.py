"""Periods: read, compared, described."""

from __future__ import annotations

import pytest

from ingest import periods


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("the first quarter of 2024", "2024-Q1"),
        ("Q3 2024", "2024-Q3"),
        ("the first 11 months of 2024", "2024-01/2024-11"),
        ("13 January 2025", "2025-01-13"),
        ("January 13, 2025", "2025-01-13"),
        ("last year", "2024"),
        ("FY24", "FY2024"),
        ("the year ended March 31, 2024", "FY2024"),
        ("in March", "2024-03"),
        ("1H24", "2024-H1"),
        ("the three months to June 2024", "2024-Q2"),
        ("in 2019", "2019"),
        ("nothing", None),
    ],
)
def test_periods_are_read(text: str, period: str | None) -> None:
    assert periods.parse(text, "2025-01-13") == period


@pytest.mark.parametrize(
    ("anchor", "text", "period"),
    [
        ("2024-Q3", "a year earlier", "2023-Q3"),
        ("2024-01/2024-11", "the same period last year", "2023-01/2023-11"),
        ("2024-Q1", "the previous quarter", "2023-Q4"),
    ],
)
def test_relative_periods_follow_their_anchor(anchor: str, text: str, period: str) -> None:
    [mention] = periods.find(text)
    assert periods.resolve(mention, anchor) == period


def test_a_year_holds_its_quarters_and_no_fiscal_year() -> None:
    assert periods.contains("2024", "2024-Q3")
    assert not periods.contains("2024-Q3", "2024")
    assert not periods.contains("2024", "FY2024")


def test_previous_keeps_the_kind() -> None:
    assert periods.previous("2024-Q1") == "2023-Q4"
    assert periods.previous("FY2024") == "FY2023"
    assert periods.previous("2024-03-01") == "2024-02-29"


def test_periods_sort_by_their_end() -> None:
    listed = ["2024", "2024-Q1", "2023-Q4", "2024-H1"]
    assert sorted(listed, key=periods.sort_key) == ["2023-Q4", "2024-Q1", "2024-H1", "2024"]


def test_periods_are_described() -> None:
    assert periods.describe("2024-Q1") == "the first quarter of 2024"
    assert periods.describe("2024-01/2024-11") == "the first eleven months of 2024"
    assert periods.describe("2025-01-13") == "January 13, 2025"


@pytest.mark.parametrize(
    ("period", "later"),
    [
        ("2024-12", "2025-01"),
        ("2024-Q4", "2025-Q1"),
        ("2024-H1", "2024-H2"),
        ("FY2024", "FY2025"),
        ("2024-02-28", "2024-02-29"),
        ("2024-01/2024-09", "2025-01/2025-09"),
    ],
)
def test_following_keeps_the_kind(period: str, later: str) -> None:
    assert periods.following(period) == later
    assert periods.previous(later) == period
