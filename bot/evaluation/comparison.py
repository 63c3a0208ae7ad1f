"""Comparison: what changed between two runs, check by check, and whether it is more than noise.

Checks that pass or fail are compared by McNemar's test over the questions that changed, shares
by a paired bootstrap of their mean. The invariants (quotes exact, numbers proven, digits honest)
may not fall at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.evaluation.checks import INVARIANTS
from bot.evaluation.runs import TIME, Run
from bot.evaluation.statistics import Change, Interval, difference, mcnemar

NOT_COMPARED = (TIME, "rightly abstained")  # of one question the latter never changes


@dataclass(frozen=True, slots=True)
class Compared:
    """One check in two runs, over the questions that both hold.

    before, after: its means there; rise: their difference and its interval
    """

    check: str
    before: float
    after: float
    change: Change
    rise: Interval
    is_share: bool

    @property
    def is_fall(self) -> bool:
        """Whether it fell, beyond noise; an invariant falls with the first question."""
        if self.check in INVARIANTS:
            return bool(self.change.worse)
        return self.rise.high < 0 if self.is_share else self.change.is_fall


def compare_runs(before: Run, after: Run) -> list[Compared]:
    """Each check that both runs made, NOT_COMPARED left out."""
    names = dict.fromkeys(name for row in after.rows for name in row.outcomes)
    compared = (_compare_check(name, before, after) for name in names if name not in NOT_COMPARED)
    return [found for found in compared if found is not None]


def falls(compared: Sequence[Compared]) -> list[Compared]:
    """The checks that fell beyond noise."""
    return [each for each in compared if each.is_fall]


def _compare_check(name: str, before: Run, after: Run) -> Compared | None:
    old, new = before.by_id(name), after.by_id(name)
    old = {key: value for key, value in old.items() if key in new}
    new = {key: value for key, value in new.items() if key in old}
    rise = difference(old, new)
    if rise is None:
        return None
    return Compared(
        check=name,
        before=sum(old.values()) / len(old),
        after=sum(new.values()) / len(new),
        change=_changes(old, new),
        rise=rise,
        is_share=not {*old.values(), *new.values()} <= {0.0, 1.0},
    )


def _changes(before: dict[str, float], after: dict[str, float]) -> Change:
    """Worse and better by any amount: a share that sank is as much a change as a failure."""
    worse = tuple(name for name in after if after[name] < before[name])
    better = tuple(name for name in after if after[name] > before[name])
    return Change(worse, better, mcnemar(len(worse), len(better)))
