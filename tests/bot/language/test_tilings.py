"""Periods that make up another, and what parts leave of a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language import tilings


@pytest.mark.parametrize(
    ("whole", "parts", "is_tiled"),
    [
        ("2025", ["2025-H1", "2025-H2"], True),
        ("2025", ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"], True),
        ("2025", ["2025-01/2025-09", "2025-Q4"], True),
        ("2025-Q2", ["2025-05", "2025-04", "2025-06"], True),
        ("2025", ["2025-H1", "2025-Q4"], False),
        ("2025", ["2025-H1", "2025-H1"], False),
        ("2025", ["2025-H1", "2025-Q2", "2025-H2"], False),
        ("2025", ["2024-H1", "2024-H2"], False),
        ("2025", ["2025"], False),
        ("2025", ["2025-01-01", "2025-H2"], False),
        ("2025", ["FY2025-H1", "FY2025-H2"], False),
        ("FY2025", ["FY2025-H1", "FY2025-H2"], True),
        ("2025", ["last year", "2025-H2"], False),
    ],
)
def test_a_period_is_made_up_of_its_parts(whole: str, parts: list[str], is_tiled: bool) -> None:
    assert tilings.is_tiled(whole, parts) is is_tiled


@pytest.mark.parametrize(
    ("whole", "parts", "rest"),
    [
        ("2025-01/2025-09", ["2025-Q3"], "2025-H1"),
        ("2025", ["2025-Q4"], "2025-01/2025-09"),
        ("2025", ["2025-H1"], "2025-H2"),
        ("2025", ["2025-11", "2025-12"], "2025-01/2025-10"),
        ("FY2025", ["FY2025-H1"], "FY2025-H2"),
        ("2025", ["2025-02"], None),
        ("2025", ["2025"], None),
        ("2025", ["2024-H2"], None),
        ("2025", ["2025-03-01"], None),
        ("2025", ["FY2025-H1"], None),
    ],
)
def test_what_parts_leave(whole: str, parts: list[str], rest: str | None) -> None:
    assert tilings.rest(whole, parts) == rest


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        ("2025-H1", "2025-01/2025-06", True),
        ("2025-Q3", "2025-07/2025-09", True),
        ("2025-H1", "2025-Q1", False),
        ("2025-01-13", "2025-01-13", True),
        ("2025-01-13", "2025-01", False),
    ],
)
def test_two_names_of_one_period(one: str, other: str, is_same: bool) -> None:
    assert tilings.is_same(one, other) is is_same


@given(st.integers(1, 24_000), st.integers(1, 40))
def test_a_span_of_months_is_named_by_its_own_months(first: int, size: int) -> None:
    span = ("", 24_000 + first, 24_000 + first + size)
    named = tilings.named(span)
    assert named is not None and tilings.months(named) == span
