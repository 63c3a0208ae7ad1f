"""Two runs are compared question by question, and a fall beyond noise is told from noise."""

from bot.evaluation import runs, summaries
from bot.evaluation.checks import Outcome
from bot.evaluation.comparison import compare_runs, falls
from bot.evaluation.rows import Row
from bot.evaluation.runs import Run


def run_of(check: str, values: dict[str, float]) -> Run:
    return Run(tuple(Row(name, "text", {check: Outcome(v)}) for name, v in values.items()))


def numbered(*values: float) -> dict[str, float]:
    return {f"q{n}": value for n, value in enumerate(values)}


def test_fall_names_its_questions() -> None:
    before = run_of("declined", numbered(*[1.0] * 10))
    after = run_of("declined", numbered(*[0.0] * 7, *[1.0] * 3))
    (found,) = falls(compare_runs(before, after))
    assert found.change.worse == ("q0", "q1", "q2", "q3", "q4", "q5", "q6")
    assert (found.before, found.after) == (1.0, 0.3)


def test_few_changes_are_noise() -> None:
    before = run_of("right", numbered(*[1.0] * 20))
    after = run_of("right", numbered(*[0.0] * 3, *[1.0] * 17))
    (found,) = compare_runs(before, after)
    assert len(found.change.worse) == 3
    assert not found.is_fall


def test_one_quote_that_is_not_exact_is_a_fall() -> None:
    before = run_of("quotes exact", numbered(1, 1, 1))
    after = run_of("quotes exact", numbered(1, 0, 1))
    assert [found.check for found in falls(compare_runs(before, after))] == ["quotes exact"]


def test_share_falls_by_its_paired_bootstrap() -> None:
    before = run_of("cited", numbered(*[0.9] * 30))
    after = run_of("cited", numbered(*[0.8] * 30))
    assert falls(compare_runs(before, after))
    assert not falls(compare_runs(after, before))


def test_only_questions_of_both_runs_are_compared() -> None:
    before, after = run_of("right", {"a": 1, "b": 1}), run_of("right", {"b": 1, "c": 0})
    (found,) = compare_runs(before, after)
    assert (found.before, found.after) == (1, 1)
    assert compare_runs(run_of("right", {"x": 1}), after) == []


def test_times_are_not_compared() -> None:
    slow = run_of(runs.TIME, numbered(1, 2))
    assert compare_runs(slow, slow) == []


def test_summary_is_json() -> None:
    import json

    before, after = run_of("right", numbered(1, 1)), run_of("right", numbered(1, 0))
    summary = json.loads(json.dumps(summaries.to_json(after, compare_runs(before, after))))
    assert summary["checks"]["right"]["mean"] == 0.5
    assert summary["compared"][0]["change"]["worse"] == ["q1"]
