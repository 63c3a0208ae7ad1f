"""How sure a rate is, and whether two runs differ by more than noise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np

CONFIDENCE = 0.95
N_RESAMPLES = 2_000
SEED = 20_241_122  # the same run always prints the same interval


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean and its bootstrap interval at 95 percent."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """Questions that got worse and better between two runs, and the chance that it is noise.

    p: two-sided exact McNemar test over the questions that changed
    """

    worse: tuple[str, ...]
    better: tuple[str, ...]
    p: float

    @property
    def is_fall(self) -> bool:
        """Whether more got worse than better, beyond noise at 5 percent."""
        return len(self.worse) > len(self.better) and self.p < 1 - CONFIDENCE


def interval(values: Sequence[float]) -> Interval | None:
    """Percentile bootstrap of the mean (Efron 1979); None where there are no values.

    Where all values are equal a bootstrap claims certainty that a small sample does not give;
    for a rate of 0 or 1 the rule of three (Hanley 1983) bounds the far side instead.
    """
    if not values:
        return None
    mean = sum(values) / len(values)
    if mean in (0.0, 1.0) and set(values) <= {0.0, 1.0}:
        reach = min(1.0, 3 / len(values))
        return Interval(mean, max(0.0, mean - reach), min(1.0, mean + reach))
    low, high = _percentiles(_resampled_means(values))
    return Interval(mean, low, high)


def difference(before: Mapping[str, float], after: Mapping[str, float]) -> Interval | None:
    """Mean rise over the questions that both runs hold, with its paired bootstrap interval."""
    gains = [after[name] - before[name] for name in after if name in before]
    if not gains:
        return None
    low, high = _percentiles(_resampled_means(gains))
    return Interval(sum(gains) / len(gains), low, high)


def mcnemar(n_worse: int, n_better: int) -> float:
    """Two-sided exact p that so uneven a split of the changed is chance (McNemar 1947)."""
    n_changed = n_worse + n_better
    tail = sum(comb(n_changed, k) for k in range(min(n_worse, n_better) + 1))
    return float(min(1, tail * 2 / 2**n_changed))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The value that so many percent of the values do not exceed (nearest rank)."""
    if not values:
        return None
    ordered = sorted(values)
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(0, int(rank) - 1)]


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Chance that a positive scores above a negative, ties counting half (Mann and Whitney)."""
    if not positives or not negatives:
        return None
    won = sum((p > n) + (p == n) / 2 for p in positives for n in negatives)
    return won / (len(positives) * len(negatives))


def _resampled_means(values: Sequence[float]) -> np.ndarray:
    import numpy as np

    sample = np.asarray(values, dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(sample), (N_RESAMPLES, len(sample)))
    means: np.ndarray = sample[picks].mean(axis=1)
    return means


def _percentiles(means: np.ndarray) -> tuple[float, float]:
    import numpy as np

    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail])
    return float(low), float(high)
