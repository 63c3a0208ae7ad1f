"""Runs keep each answer as it comes, survive an interruption, and are taken up again."""

from pathlib import Path

import pytest

from bot.answers import from_json
from bot.evaluation import runs
from bot.evaluation.runs import Header, Run
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted, case, imports

CASES = [
    imports(),
    imports(id="wrong", value="1", tags=["terse"]),
    case(id="mars", kind="unanswerable"),
]
REPLIES = {
    "imports": examples.residual(),
    "wrong": examples.residual(),
    "mars": examples.abstention(),
}
HEADER = Header(questions="seed", settings={"model": None}, versions={"code": "1"})


def test_rates_leave_out_what_does_not_apply() -> None:
    run = runs.run(Scripted(REPLIES), CASES)
    assert run.rate("right") == 0.5
    assert run.rate("declined") == 1
    assert run.rate("right", "unanswerable") is None
    assert run.kinds == ("computed", "unanswerable")
    assert [row.failure for row in run.rows] == [None, "wrong derivation", None]


def test_run_is_read_back_whole(tmp_path: Path) -> None:
    run = runs.run(Scripted(REPLIES), CASES, header=HEADER, path=tmp_path / "run.jsonl")
    again = runs.load(tmp_path / "run.jsonl")
    assert again.header == HEADER
    assert [row.to_json() for row in again.rows] == [row.to_json() for row in run.rows]
    assert from_json(again.rows[0].answer).text == examples.IMPORTS_TEXT
    assert again.rows[0].retrieved[0]["is_gold"]


def test_interrupted_run_keeps_what_is_done_and_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    stopping = Scripted({**REPLIES, "mars": KeyboardInterrupt()})  # type: ignore[dict-item]
    with pytest.raises(KeyboardInterrupt):
        runs.run(stopping, CASES, header=HEADER, path=path)
    assert len(runs.load(path).rows) == 2
    going = Scripted(REPLIES)
    run = runs.run(going, CASES, header=HEADER, path=path)
    assert going.asked == ["mars"]
    assert len(run.rows) == len(runs.load(path).rows) == 3


def test_line_cut_off_by_a_kill_is_asked_again(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    runs.run(Scripted(REPLIES), CASES, header=HEADER, path=path)
    path.write_text(path.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    going = Scripted(REPLIES)
    runs.run(going, CASES, header=HEADER, path=path)
    assert going.asked == ["mars"]


def test_other_work_is_not_taken_up(tmp_path: Path) -> None:
    path = tmp_path / "run.jsonl"
    runs.run(Scripted(REPLIES), CASES, header=HEADER, path=path)
    going = Scripted(REPLIES)
    other = Header(questions="seed", settings={"model": None}, versions={"code": "2"})
    runs.run(going, CASES, header=other, path=path)
    assert len(going.asked) == 3


def test_what_the_bot_raises_is_a_failure_that_says_so() -> None:
    replies = {**REPLIES, "mars": examples.Unreachable("no route")}
    run = runs.run(Scripted(replies), CASES)
    assert run.rows[2].failure == "error"
    assert run.rows[2].answer["note"] == "no route"


def test_progress_tells_done_and_total() -> None:
    told: list[tuple[int, int]] = []
    runs.run(Scripted(REPLIES), CASES, progress=lambda done, total: told.append((done, total)))
    assert told == [(0, 3), (1, 3), (2, 3), (3, 3)]


def test_condensed_run_is_small_and_has_the_same_rates(tmp_path: Path) -> None:
    run = runs.run(Scripted(REPLIES), CASES, header=HEADER)
    runs.save(runs.condense(run), tmp_path / "small.jsonl")
    small = runs.load(tmp_path / "small.jsonl")
    assert small.rate("right") == run.rate("right")
    assert small.values("seconds") == []
    assert (tmp_path / "small.jsonl").stat().st_size < 1500


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "nonsense", '{"schema": 1}', '{"schema": 1, "checks": []}\n{}\n{}']
)
def test_what_is_no_run_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "run.jsonl").write_text(text, encoding="utf-8")
    with pytest.raises(runs.RunMalformed, match="is not a run"):
        runs.load(tmp_path / "run.jsonl")
    with pytest.raises(runs.RunMalformed, match="cannot be read"):
        runs.load(tmp_path / "none.jsonl")


def test_empty_run_has_no_rates() -> None:
    assert Run(()).rate("right") is None
