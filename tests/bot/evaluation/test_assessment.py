"""An evaluation is kept, taken up again, compared, held to thresholds and reported."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bot.evaluation import assessment, runs, sets
from bot.evaluation.assessment import Work
from tests.bot.evaluation import examples
from tests.bot.evaluation.examples import Scripted
from tests.bot.evaluation.test_runs import CASES, REPLIES


@pytest.fixture
def work(tmp_path: Path) -> Work:
    path = tmp_path / "questions.yaml"
    path.write_text(sets.dump(CASES), encoding="utf-8")
    return Work(questions=path, runs=tmp_path / "runs", settings={"model": None})


def test_run_is_kept_with_what_it_was_made_with(work: Work) -> None:
    done = assessment.evaluate(Scripted(REPLIES), work)
    header = runs.load(done.path).header
    assert done.is_passed
    assert header.versions["python"]
    assert len(header.versions["code"]) == 16
    assert header.questions == "questions.yaml"


def test_interrupted_evaluation_is_taken_up_where_it_was_left_off(work: Work) -> None:
    stopping = Scripted({**REPLIES, "mars": KeyboardInterrupt()})  # type: ignore[dict-item]
    with pytest.raises(KeyboardInterrupt):
        assessment.evaluate(stopping, work)
    going = Scripted(REPLIES)
    assert len(assessment.evaluate(going, work).run.rows) == 3
    assert going.asked == ["mars"]
    anew = Scripted(REPLIES)
    assessment.evaluate(anew, work)
    assert len(anew.asked) == 3


def test_fresh_begins_anew(work: Work) -> None:
    stopping = Scripted({**REPLIES, "mars": KeyboardInterrupt()})  # type: ignore[dict-item]
    with pytest.raises(KeyboardInterrupt):
        assessment.evaluate(stopping, work)
    anew = Scripted(REPLIES)
    assessment.evaluate(anew, replace(work, fresh=True))
    assert len(anew.asked) == 3


def test_report_is_three_files_and_serves_as_baseline(work: Work, tmp_path: Path) -> None:
    assessment.evaluate(Scripted(REPLIES), replace(work, report=tmp_path / "report"))
    written = {path.name for path in (tmp_path / "report").iterdir()}
    assert written == {"run.jsonl", "report.html", "summary.json"}
    summary = json.loads((tmp_path / "report/summary.json").read_text(encoding="utf-8"))
    assert summary["checks"]["right"]["mean"] == 0.5
    again = assessment.evaluate(Scripted(REPLIES), replace(work, baseline=tmp_path / "report"))
    assert again.is_passed
    assert again.compared


def test_fall_is_caught_with_its_questions_named(work: Work, tmp_path: Path) -> None:
    cases = [examples.case(id=f"mars-{n}", kind="unanswerable") for n in range(8)]
    work.questions.write_text(sets.dump(cases), encoding="utf-8")
    good = {case.id: examples.abstention() for case in cases}
    assessment.evaluate(Scripted(good), replace(work, report=tmp_path / "before"))
    bad = {case.id: examples.residual() for case in cases}
    after = assessment.evaluate(Scripted(bad), replace(work, baseline=tmp_path / "before"))
    assert not after.is_passed
    assert [(fall.check, len(fall.change.worse)) for fall in after.falls] == [("declined", 8)]


def test_missed_threshold(work: Work) -> None:
    done = assessment.evaluate(Scripted(REPLIES), replace(work, fail_under=("60", "declined=90")))
    assert [threshold.check for threshold in done.missed] == ["right"]
    assert not done.is_passed


def test_gold_that_no_article_holds_is_told(work: Work) -> None:
    cases = [examples.imports(cite=[{"article": "a.txt", "text": "never said"}])]
    work.questions.write_text(sets.dump(cases), encoding="utf-8")
    done = assessment.evaluate(Scripted(REPLIES), work)
    assert done.unlocated == ("imports: a.txt does not hold 'never said'",)


def test_bad_baseline_and_threshold_are_refused_before_anything_is_asked(work: Work) -> None:
    asked = Scripted(REPLIES)
    with pytest.raises(runs.RunMalformed):
        assessment.evaluate(asked, replace(work, baseline=work.questions))
    with pytest.raises(assessment.summaries.ThresholdMalformed):
        assessment.evaluate(asked, replace(work, fail_under=("good",)))
    assert asked.asked == []
