"""The evaluation, started from the command line and told in the terminal."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.settings import Settings
from ui import terminal
from ui.errors import FileUnusable

if TYPE_CHECKING:
    from bot.evaluation import Evaluation
    from bot.evaluation.summaries import Rate

QUESTIONS = "questions.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What `quotient eval` was told to do; `questions` None means the corpus's own set."""

    questions: Path | None = None
    baseline: Path | None = None
    report: Path | None = None
    fail_under: tuple[str, ...] = ()
    fresh: bool = False


def evaluate(settings: Settings, order: Order) -> bool:
    """Answer the questions and show how good the answers are; False where a threshold is missed."""
    from bot import evaluation
    from bot.evaluation import bots
    from ui.opening import open_bot

    questions = order.questions or settings.corpus / QUESTIONS
    if not questions.is_file():
        raise FileUnusable(questions, "there is no such question set; name one")
    with closing(open_bot(settings)) as bot, terminal.counting("Answering") as progress:
        work = evaluation.Work(
            questions=questions,
            runs=settings.index_folder / "runs",
            settings=bots.described(settings),
            fingerprint=bots.fingerprint(bot),
            baseline=order.baseline,
            report=order.report,
            fail_under=order.fail_under,
            fresh=order.fresh,
        )
        found = evaluation.evaluate(evaluation.BotRespondent(bot), work, progress)
    _show(found, order)
    return found.is_passed


def show_schema() -> None:
    """Write the JSON schema of a question set."""
    from bot.evaluation import schema

    terminal.result(json.dumps(schema(), ensure_ascii=False, indent=2))


def propose(settings: Settings, n: int) -> None:
    """Write about `n` questions over the corpus, for a person to look through."""
    from bot.evaluation import proposals, sets
    from ui.opening import open_bot

    with closing(open_bot(settings)) as bot:
        index = bot.index
        corpus = [
            proposals.Read(index.article(id), index.sentences(id), index.figures(id))
            for id in index.article_ids()
        ]
        terminal.result(sets.dump(proposals.propose(corpus, n)).rstrip("\n"))


def _show(found: Evaluation, order: Order) -> None:
    from bot.evaluation import summaries

    lines = [_line(rate) for rate in summaries.rates(found.run)]
    terminal.show_table(
        f"{len(found.run.rows)} questions", ["check", "of", "mean", "95 % interval"], lines
    )
    if times := summaries.times(found.run):
        terminal.result(f"seconds an answer: median {times[0]:.2f}, 95th percentile {times[1]:.2f}")
    for reason, n in summaries.failures(found.run).items():
        terminal.result(f"failed by {reason}: {n}")
    for compared in found.compared:
        verdict = "fell" if compared.is_fall else "held"
        terminal.result(
            f"{compared.check}: {compared.before:.3f} before, {compared.after:.3f} now: {verdict}"
        )
    _tell(found, order)


def _line(rate: Rate) -> list[str]:
    mean, low, high = rate.interval.mean, rate.interval.low, rate.interval.high
    return [rate.check, str(rate.n), f"{mean:.3f}", f"{low:.3f} to {high:.3f}"]


def _tell(found: Evaluation, order: Order) -> None:
    """What needs attention, and where the run and its report are."""
    for missed in found.missed:
        terminal.warning(f"{missed.check} lies below {missed.percent:g} %.")
    for citation in found.unlocated:
        terminal.warning(f"The articles do not hold what is expected: {citation}")
    terminal.note(f"The run is kept at {found.path}.")
    if order.report:
        terminal.note(f"The report is at {order.report / 'report.html'}.")
