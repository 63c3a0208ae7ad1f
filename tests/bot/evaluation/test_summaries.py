"""A run is summed up check by check, and held against thresholds."""

import pytest

from bot.evaluation import runs, summaries
from tests.bot.evaluation.examples import Scripted
from tests.bot.evaluation.test_runs import CASES, REPLIES

RUN = runs.run(Scripted(REPLIES), CASES)


def test_each_check_has_its_own_rate_and_interval() -> None:
    found = {rate.check: rate for rate in summaries.rates(RUN)}
    assert found["right"].n == 2
    assert found["right"].interval.mean == 0.5
    assert found["declined"].kinds.keys() == {"unanswerable"}
    assert "seconds" not in found


def test_times_and_failures() -> None:
    assert summaries.times(RUN) == (0.05, 0.05)
    assert summaries.failures(RUN) == {"wrong derivation": 1}


@pytest.mark.parametrize(
    ("text", "is_missed"),
    [("50", False), ("50.1%", True), ("declined=100", False), ("cited = 99", False)],
)
def test_threshold(text: str, is_missed: bool) -> None:
    (threshold,) = summaries.thresholds([text], RUN)
    assert threshold.is_missed(RUN) is is_missed


@pytest.mark.parametrize("text", ["", "good", "all=90", "right=200", "right="])
def test_threshold_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(summaries.ThresholdMalformed, match="Give a percentage"):
        summaries.thresholds([text], RUN)
