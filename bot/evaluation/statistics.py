"""How sure a rate is, and whether two runs differ by more than noise."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    """Percentile bootstrap of the mean (Efron 1979); None where there are no values."""
    if not values:
        return None
    import numpy as np

    sample = np.asarray(values, dtype=float)
    picks = np.random.default_rng(SEED).integers(0, len(sample), (N_RESAMPLES, len(sample)))
    means = sample[picks].mean(axis=1)
    tail = (1 - CONFIDENCE) / 2 * 100
    low, high = np.percentile(means, [tail, 100 - tail])
    return Interval(float(sample.mean()), float(low), float(high))


def compare(before: dict[str, bool], after: dict[str, bool]) -> Change:
    """Compare pass and fail by question id, over the questions that both runs hold."""
    shared = [name for name in after if name in before]
    worse = tuple(name for name in shared if before[name] and not after[name])
    better = tuple(name for name in shared if after[name] and not before[name])
    n_changed = len(worse) + len(better)
    if not n_changed:
        return Change(worse, better, 1.0)
    from scipy.stats import binomtest

    return Change(worse, better, float(binomtest(len(worse), n_changed, 0.5).pvalue))
