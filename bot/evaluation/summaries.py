"""Summaries: what a run comes to, each check apart, with how sure it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from bot.errors import BotError
from bot.evaluation.checks import CHECKS
from bot.evaluation.comparison import Compared
from bot.evaluation.failures import FAILURES
from bot.evaluation.runs import TIME, Run
from bot.evaluation.statistics import Interval, interval, percentile

DEFAULT_CHECK = "right"


class ThresholdMalformed(BotError):
    def __init__(self, text: str, known: Sequence[str]) -> None:
        self.text = text
        super().__init__(
            f"--fail-under {text!r} is not understood. Give a percentage of right answers (90), "
            f'or of another check ("cited=80"): {", ".join(known)}.'
        )


@dataclass(frozen=True, slots=True)
class Rate:
    """A check over the questions that it applies to, and by their kinds."""

    check: str
    n: int
    interval: Interval
    kinds: Mapping[str, Interval]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A check's mean may not lie below `percent`."""

    check: str
    percent: float

    def is_missed(self, run: Run) -> bool:
        """Whether the run lies below; a check that applied to no question is missed."""
        rate = run.rate(self.check)
        return rate is None or rate * 100 < self.percent


def rates(run: Run) -> list[Rate]:
    """Each check of the run that applied to a question, times left out."""
    names = (name for name in _checks(run) if name != TIME)
    return [rate for name in names if (rate := _rate(run, name)) is not None]


def times(run: Run) -> tuple[float, float] | None:
    """Median and 95th percentile of the seconds that an answer took."""
    seconds = run.values(TIME)
    median, slow = percentile(seconds, 50), percentile(seconds, 95)
    return None if median is None or slow is None else (median, slow)


def failures(run: Run) -> dict[str, int]:
    """How many questions failed, by why."""
    found = Counter(row.failure for row in run.rows)
    return {failure: found[failure] for failure in FAILURES if found[failure]}


def thresholds(texts: Sequence[str], run: Run) -> list[Threshold]:
    """What `--fail-under` says: "90" or "cited=80"; raises ThresholdMalformed."""
    return [_threshold(text, _checks(run)) for text in texts]


def to_json(run: Run, compared: Sequence[Compared] = ()) -> dict[str, Any]:
    """The summary for scripts."""
    seconds = times(run)
    return {
        "schema": 1,
        "run": asdict(run.header),
        "n_questions": len(run.rows),
        "checks": {rate.check: _rate_to_json(rate) for rate in rates(run)},
        "seconds": {"p50": seconds[0], "p95": seconds[1]} if seconds else None,
        "failures": failures(run),
        "failed": {row.id: row.failure for row in run.rows if row.failure},
        "compared": [{**asdict(each), "is_fall": each.is_fall} for each in compared],
    }


def _checks(run: Run) -> list[str]:
    return list(dict.fromkeys([*CHECKS, *run.header.checks]))


def _rate(run: Run, check: str) -> Rate | None:
    values = run.values(check)
    found = interval(values)
    if found is None:
        return None
    by_kind = {kind: interval(run.values(check, kind)) for kind in run.kinds}
    kinds = {kind: each for kind, each in by_kind.items() if each is not None}
    return Rate(check, len(values), found, kinds)


def _rate_to_json(rate: Rate) -> dict[str, Any]:
    kinds = {kind: asdict(found) for kind, found in rate.kinds.items()}
    return {"n": rate.n, **asdict(rate.interval), "kinds": kinds}


def _threshold(text: str, known: Sequence[str]) -> Threshold:
    check, _, percent = text.rpartition("=")
    check = check.strip() or DEFAULT_CHECK
    try:
        value = float(percent.removesuffix("%"))
    except ValueError as error:
        raise ThresholdMalformed(text, known) from error
    if check not in known or not 0 <= value <= 100:
        raise ThresholdMalformed(text, known)
    return Threshold(check, value)
