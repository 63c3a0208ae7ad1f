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
        ("the financial year 2024-25", "FY2025"),
        ("the 2024-25 financial year", "FY2025"),
        ("the 2024/2025 season", "FY2025"),
        ("in the first nine months of FY2025", "2025-01/2025-09"),
        ("last March", "2024-03"),
        ("at the end of September", "2024-09"),
        ("late June", "2024-06"),
        ("Published: 2026-01-29", "2026-01-29"),
        ("the March 2024 quarter", "2024-Q1"),
        ("the half year to September 2024", "2024-04/2024-09"),
        ("the last quarter of 2024", "2024-Q4"),
        ("2024's first half", "2024-H1"),
        ("between March 2023 and February 2024", "2023-03/2024-02"),
        ("H1 2025/26", "2026-H1"),
        ("Q3 2023-24", "2024-Q3"),
        ("the third quarter of FY25", "2025-Q3"),
        ("the first half of 2025/26", "2026-H1"),
        ("the 26 weeks to 27 September 2025", "2025-04/2025-09"),
        ("13 weeks ended January 4, 2025", "2024-Q4"),
        ("the 52 weeks to 29 March 2025", "FY2025"),
        ("between 30 July and 10 August", "2024-07-30/2024-08-10"),
        ("27 December 2023 to 2 January 2024", "2023-12-27/2024-01-02"),
        ("he marched to march music", None),
        ("it may fall from may", None),
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
        ("2024-Q3", "the same quarter of last year", "2023-Q3"),
        ("2025-Q1", "the same three months of 2024", "2024-Q1"),
        ("2025-Q1", "the same quarter of 2023-24", "2024-Q1"),
        ("2024-Q4", "the same quarter of 2022-23", "2022-Q4"),
        ("FY2025", "the season before", "FY2024"),
        ("2024", "a decade earlier", "2014"),
        ("2025-04", "twelve months before", "2024-04"),
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


@pytest.mark.parametrize(
    ("period", "by", "moved"),
    [
        ("2024-Q1", {"years": -1}, "2023-Q1"),
        ("FY2025-Q3", {"years": -1}, "FY2024-Q3"),
        ("FY2025-Q1", {"months": -3}, "FY2024-Q4"),
        ("FY2025", {"years": -1}, "FY2024"),
        ("2024-02-29", {"years": -1}, "2023-02-28"),
        ("2024-01/2024-09", {"years": -1}, "2023-01/2023-09"),
        ("2024-01-31", {"months": -2}, "2023-11-30"),
        ("2024-Q1", {"months": -3}, "2023-Q4"),
        ("2024", {"months": -3}, None),
        ("2024", {"years": -3000}, None),
    ],
)
def test_a_period_is_shifted(period: str, by: dict[str, int], moved: str | None) -> None:
    assert periods.shift(period, **by) == moved


def test_a_season_is_not_guessed_from_a_day() -> None:
    [mention] = periods.find("last season")
    assert periods.resolve(mention, "2025-10-17") is None


def test_six_months_may_be_either_half() -> None:
    assert periods.is_part("-H1", "2024-H1") and periods.is_part("-H2", "2024-04/2024-09")
    assert not periods.is_part("-H1", "2024-H2") and not periods.is_part("-H1", "2024-Q1")


@pytest.mark.parametrize(
    ("months", "is_year"),
    [("-10/-09", True), ("-01/-12", True), ("-01/-09", False), ("-Q3", False), ("-06", False)],
)
def test_twelve_months_are_a_year(months: str, is_year: bool) -> None:
    assert periods.is_year(months) is is_year
