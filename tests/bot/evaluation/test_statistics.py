"""Intervals and comparisons say how sure they are, and always the same."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.evaluation import statistics

RATES = st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=1, max_size=40)


@settings(deadline=None)
@given(RATES)
def test_interval_holds_its_mean_and_stays_a_rate(values: list[float]) -> None:
    found = statistics.interval(values)
    assert found is not None
    assert 0 <= found.low <= found.mean + 1e-9
    assert found.mean - 1e-9 <= found.high <= 1


def test_interval_is_the_same_every_time_and_narrows_with_more_questions() -> None:
    few, many = [1.0, 0.0] * 5, [1.0, 0.0] * 200
    assert statistics.interval(few) == statistics.interval(few)
    narrow, wide = statistics.interval(many), statistics.interval(few)
    assert narrow and wide
    assert narrow.high - narrow.low < 0.11 < wide.high - wide.low


def test_perfect_rate_of_few_is_no_certainty() -> None:
    assert statistics.interval([1.0] * 10) == statistics.Interval(1.0, 0.7, 1.0)
    assert statistics.interval([0.0] * 30) == statistics.Interval(0.0, 0.0, 0.1)
    assert statistics.interval([]) is None


@pytest.mark.parametrize(
    ("n_worse", "n_better", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (10, 2, 0.0386), (3, 3, 1.0)],
)
def test_mcnemar_is_the_exact_binomial(n_worse: int, n_better: int, p: float) -> None:
    assert statistics.mcnemar(n_worse, n_better) == pytest.approx(p, abs=1e-4)


def test_only_a_fall_beyond_noise_is_one() -> None:
    assert statistics.Change(tuple("abcdef"), (), statistics.mcnemar(6, 0)).is_fall
    assert not statistics.Change(tuple("abcde"), (), statistics.mcnemar(5, 0)).is_fall
    assert not statistics.Change((), tuple("abcdefgh"), statistics.mcnemar(0, 8)).is_fall


def test_difference_is_paired() -> None:
    before = {str(n): n / 100 for n in range(50)}
    after = {name: value + 0.1 for name, value in before.items()}
    rise = statistics.difference(before, after)
    assert rise is not None
    assert rise.low == pytest.approx(rise.high) == pytest.approx(0.1)
    assert statistics.difference(before, {}) is None


def test_percentile_is_a_value_that_occurred() -> None:
    values = [float(n) for n in range(1, 21)]
    assert statistics.percentile(values, 50) == 10
    assert statistics.percentile(values, 95) == 19
    assert statistics.percentile([3.0], 95) == 3
    assert statistics.percentile([], 50) is None


def test_auroc_counts_ties_half() -> None:
    assert statistics.auroc([2, 3], [0, 1]) == 1
    assert statistics.auroc([1, 1], [1, 1]) == 0.5
    assert statistics.auroc([], [1]) is None
