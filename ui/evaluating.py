"""The evaluation from the command line: progress on stderr, what is found on stdout."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from ui import terminal

if TYPE_CHECKING:
    from bot.evaluation import Evaluation, Work
    from bot.evaluation.comparison import Compared
    from bot.evaluation.runs import Progress
    from bot.evaluation.summaries import Rate

DEFAULT_QUESTIONS = "questions.yaml"
PASSED, FAILED = 0, 1
MAX_NAMED = 20  # questions that are named of those that changed, a check


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What was asked for on the command line; see `quotient eval --help`."""

    questions: Path | None = None
    baseline: Path | None = None
    report: Path | None = None
    fail_under: tuple[str, ...] = ()
    fresh: bool = False
    judge: str | None = None
    save: Path | None = None
    as_json: bool = False
    schema: bool = False
    draft: bool = False
    feedback: bool = False


def evaluate(settings: Settings, wish: Wish) -> int:
    """Do what was wished for; 1 where the run fell against its baseline or below a threshold."""
    if wish.schema:
        return _show_schema()
    if wish.feedback:
        return _show_feedback(settings)
    if wish.draft:
        return _show_draft(settings)
    evaluation = _run(settings, wish)
    if wish.save:
        from bot.evaluation import runs

        wish.save.parent.mkdir(parents=True, exist_ok=True)
        runs.save(runs.condense(evaluation.run), wish.save)
    _show(evaluation, wish)
    return PASSED if evaluation.is_passed else FAILED


def runs_folder(settings: Settings) -> Path:
    """Where runs are kept: beside the index and hidden like it, so that it may be built anew."""
    folder = settings.index_folder
    return folder.with_name(f".{folder.name.lstrip('.')}-runs")


def _show_schema() -> int:
    from bot.evaluation import schema

    terminal.result(json.dumps(schema(), ensure_ascii=False, indent=2))
    return PASSED


def _show_feedback(settings: Settings) -> int:
    from ui import feedback

    terminal.result(feedback.as_questions(settings).rstrip("\n"))
    return PASSED


def _show_draft(settings: Settings) -> int:
    from bot.evaluation import proposals, sets
    from ui.opening import open_bot

    with closing(open_bot(settings)) as bot:
        index = bot.index
        corpus = [
            proposals.Read(index.article(name), index.sentences(name), index.figures(name))
            for name in index.article_ids()
        ]
    terminal.result(sets.dump(proposals.propose(corpus)).rstrip("\n"))
    return PASSED


def _run(settings: Settings, wish: Wish) -> Evaluation:
    from bot import evaluation
    from bot.evaluation import bots, checks, judges
    from ui.opening import open_bot

    questions = wish.questions or settings.corpus / DEFAULT_QUESTIONS
    asked = dict(checks.CHECKS)
    if wish.judge:
        from bot.readers.providers import connect

        asked.update(judges.judges(connect(wish.judge)))
    evaluation.load(questions)  # what is wrong with the set is told before anything is opened
    with closing(open_bot(settings)) as bot:
        work = evaluation.Work(
            questions=questions,
            runs=runs_folder(settings),
            settings={**bots.described(settings), "judge": wish.judge},
            fingerprint=bots.fingerprint(bot),
            baseline=wish.baseline,
            report=wish.report,
            fail_under=wish.fail_under,
            fresh=wish.fresh,
            checks=asked,
        )
        return _assess(evaluation.BotRespondent(bot), work)


def _assess(respondent: object, work: Work) -> Evaluation:
    from bot import evaluation

    try:
        with _progress() as progress:
            return evaluation.evaluate(respondent, work, progress)  # type: ignore[arg-type]
    except KeyboardInterrupt:
        terminal.note("Stopped. What is done is kept; the same command goes on from there.")
        raise


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar on stderr with rate and time left; silent where stderr is not a terminal."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}", markup=False),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, disable=not console.is_terminal
    ) as bar:
        task = bar.add_task("Answering", total=None, rate="")

        def tell(done: int, total: int) -> None:
            speed = bar.tasks[0].speed
            rate = f"{speed:.1f} answers/s" if speed else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield tell


def _show(evaluation: Evaluation, wish: Wish) -> None:
    from bot.evaluation import summaries

    for problem in evaluation.unlocated:
        terminal.warning(problem)
    if wish.as_json:
        summary = summaries.to_json(evaluation.run, evaluation.compared)
        terminal.result(json.dumps(summary, ensure_ascii=False, indent=2))
    else:
        _show_rates(evaluation)
        _show_failures(evaluation)
        _show_changes(evaluation)
    _show_verdict(evaluation, wish)


def _show_rates(evaluation: Evaluation) -> None:
    from bot.evaluation import summaries

    run = evaluation.run
    before = {each.check: each for each in evaluation.compared}
    headings = ["check", "rate", "95% interval", "n", *(["before"] if before else []), *run.kinds]
    lines = [
        _line(rate, run.kinds, before.get(rate.check), bool(before))
        for rate in summaries.rates(run)
    ]
    title = f"{run.header.questions}: {len(run.rows)} questions"
    if seconds := summaries.times(run):
        title += f", {seconds[0]:.2f} s an answer (95% within {seconds[1]:.2f} s)"
    terminal.show_table(title, headings, lines)


def _line(
    rate: Rate, kinds: Sequence[str], before: Compared | None, with_before: bool
) -> list[str]:
    from bot.evaluation.pages import percent

    span = rate.interval
    line = [rate.check, percent(span.mean), f"{percent(span.low)} – {percent(span.high)}"]
    line.append(str(rate.n))
    if with_before:
        line.append(percent(before.before) if before else "")
    return line + [percent(rate.kinds[kind].mean) if kind in rate.kinds else "" for kind in kinds]


def _show_failures(evaluation: Evaluation) -> None:
    from bot.evaluation import summaries

    counts = summaries.failures(evaluation.run)
    if counts:
        told = ", ".join(f"{n} {failure}" for failure, n in counts.items())
        terminal.show_text(f"{sum(counts.values())} failed: {told}")


def _show_changes(evaluation: Evaluation) -> None:
    for each in evaluation.compared:
        change = each.change
        for word, names in (("worse", change.worse), ("better", change.better)):
            if names:
                terminal.show_text(f"{each.check}, {word}: {_named(names)}")


def _named(names: Sequence[str]) -> str:
    more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
    return ", ".join(names[:MAX_NAMED]) + more


def _show_verdict(evaluation: Evaluation, wish: Wish) -> None:
    from bot.evaluation.pages import chance, percent

    for fall in evaluation.falls:
        terminal.problem(
            f"{fall.check} fell from {percent(fall.before)} to {percent(fall.after)}, "
            f"more than noise (p {chance(fall.change.p)}): {_named(fall.change.worse)}"
        )
    for threshold in evaluation.missed:
        rate = evaluation.run.rate(threshold.check)
        shown = "no question" if rate is None else percent(rate)
        terminal.problem(f"{threshold.check}: {shown}, below {threshold.percent:g}%")
    if wish.report:
        terminal.note(f"Report: {wish.report / 'report.html'}")
    terminal.note(f"Run: {evaluation.path}")
