"""Intervals: they hold the true value, and are as narrow as can be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.intervals import INFINITY, Evaluate, Interval, Quantity, enclose

Formula = Callable[..., Any]
_ONE = Quantity.constant(1)

MONOTONE: dict[str, Formula] = {
    "part of parts": lambda x, y, z: x / (x + y + z),
    "what is left": lambda x, y, z: (x - y) / x,
    "difference of sum": lambda x, y, z: (x - y) / (x + y),
    "growth written twice": lambda x, y, z: (x - y) / y,
    "before growth": lambda x, y, z: x - x / (_ONE + y),
}
INVOLVED: dict[str, Formula] = {
    "what turns": lambda x, y, z: (x - y) * (x - z) / x,
    "product of parts": lambda x, y, z: x * (_ONE - x / y),
    "two shares": lambda x, y, z: x / (x + y) + y / (x + z),
}


def _evaluate(formula: Formula) -> Evaluate:
    def evaluate(leaves: Mapping[str, Interval]) -> Quantity:
        return formula(*(Quantity.leaf(name, leaves[name]) for name in "xyz"))

    return evaluate


def _values(formula: Formula, leaves: Mapping[str, Interval], n_steps: int) -> list[Decimal]:
    """The formula at a grid of points, the corners among them."""
    grids = [
        [leaf.low + (leaf.high - leaf.low) * step / n_steps for step in range(n_steps + 1)]
        for leaf in (leaves[name] for name in "xyz")
    ]
    evaluate = _evaluate(formula)
    points = (dict(zip("xyz", map(Interval.at, point), strict=True)) for point in product(*grids))
    return [evaluate(point).range.low for point in points]


def _noise(values: list[Decimal]) -> Decimal:
    """What the rounding of the test's own arithmetic may leave."""
    return max(abs(value) for value in values) * Decimal("1e-20")


_LEAVES = st.fixed_dictionaries(
    {
        name: st.builds(
            lambda middle, half: Interval(middle * (100 - half) / 100, middle * (100 + half) / 100),
            st.integers(10, 9999).map(Decimal),
            st.sampled_from([0, 1, 5, 20, 60]),
        )
        for name in "xyz"
    }
)


@pytest.mark.parametrize("name", list(MONOTONE))
def test_a_monotone_formula_is_as_narrow_as_its_corners(name: str) -> None:
    @settings(max_examples=10, deadline=None, derandomize=True, database=None)
    @given(_LEAVES)
    def is_narrow(leaves: dict[str, Interval]) -> None:
        values = _values(MONOTONE[name], leaves, 1)
        found = enclose(_evaluate(MONOTONE[name]), leaves)
        slack = (max(values) - min(values)) * Decimal("0.01")
        assert min(values) - slack - _noise(values) <= found.low <= min(values) + _noise(values)
        assert max(values) - _noise(values) <= found.high <= max(values) + slack + _noise(values)

    is_narrow()


@pytest.mark.parametrize("name", list(INVOLVED))
def test_an_involved_formula_is_held(name: str) -> None:
    @settings(max_examples=6, deadline=None, derandomize=True, database=None)
    @given(_LEAVES)
    def is_held(leaves: dict[str, Interval]) -> None:
        values = _values(INVOLVED[name], leaves, 4)
        found = enclose(_evaluate(INVOLVED[name]), leaves)
        assert found.low <= min(values) + _noise(values)
        assert max(values) - _noise(values) <= found.high

    is_held()


def test_a_leaf_without_an_end_stays_open() -> None:
    leaves = {
        "x": Interval(Decimal(5), INFINITY),
        "y": Interval(Decimal(2), Decimal(3)),
        "z": Interval(Decimal(1), INFINITY),
    }
    share = enclose(_evaluate(MONOTONE["part of parts"]), leaves)
    assert share.low <= 0
    assert share.high >= 5 / Decimal(8)
    left = enclose(_evaluate(MONOTONE["what is left"]), leaves)
    assert left.low <= Decimal("0.4")
    assert left.high >= 1
