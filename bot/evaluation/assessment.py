"""Assessment: a question set run, kept, compared with a baseline, held to thresholds, reported."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from bot.evaluation import pages, runs, sets, summaries
from bot.evaluation.checks import CHECKS, Check
from bot.evaluation.comparison import Compared, compare_runs, falls
from bot.evaluation.respondents import Respondent
from bot.evaluation.runs import Header, Progress, Run
from bot.evaluation.sets import Case
from bot.evaluation.summaries import Threshold

RUN_FILE, PAGE_FILE, SUMMARY_FILE = "run.jsonl", "report.html", "summary.json"
PACKAGES = ("quotient", "chromadb", "langchain-core", "sentence-transformers", "numpy")
CODE = (".py", ".yaml", ".toml", ".json", ".txt")  # what makes an answer what it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is to be done.

    questions: a question set; runs: folder where runs are kept
    settings, fingerprint: of the respondent, so that only runs of the same are taken up again
    baseline: an earlier run or the folder of its report; report: folder to write this one's to
    fail_under: thresholds, "90" of the right answers or "cited=80"
    fresh: begin anew where an earlier run was interrupted
    """

    questions: Path
    runs: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    baseline: Path | None = None
    report: Path | None = None
    fail_under: tuple[str, ...] = ()
    fresh: bool = False
    checks: Mapping[str, Check] = field(default_factory=lambda: CHECKS)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A finished run and what is to be said of it.

    path: where the run is kept; unlocated: expected citations that no article holds
    """

    run: Run
    path: Path
    compared: tuple[Compared, ...] = ()
    missed: tuple[Threshold, ...] = ()
    unlocated: tuple[str, ...] = ()

    @property
    def falls(self) -> list[Compared]:
        """The checks that fell against the baseline, beyond noise."""
        return falls(self.compared)

    @property
    def is_passed(self) -> bool:
        """Whether nothing fell and no threshold was missed."""
        return not self.falls and not self.missed


def evaluate(
    respondent: Respondent, work: Work, progress: Progress = lambda done, total: None
) -> Evaluation:
    """Run the set; raises SetMalformed, RunMalformed and ThresholdMalformed before it begins.

    On KeyboardInterrupt what is done is kept, and the next call with the same work goes on.
    """
    cases = sets.load(work.questions)
    header = header_of(work, cases)
    thresholds = summaries.thresholds(work.fail_under, Run((), header))
    baseline = runs.load(_run_file(work.baseline)) if work.baseline else None
    path = _path(work, header, len(cases))
    run = runs.run(
        respondent, cases, checks=work.checks, header=header, path=path, progress=progress
    )
    evaluation = Evaluation(
        run,
        path,
        tuple(compare_runs(baseline, run)) if baseline else (),
        tuple(threshold for threshold in thresholds if threshold.is_missed(run)),
        tuple(sets.unlocated(cases, respondent.articles)),
    )
    if work.report:
        write_report(evaluation, work.report)
    return evaluation


def write_report(evaluation: Evaluation, folder: Path) -> None:
    """The page, the summary for scripts and the run itself, in one folder."""
    folder.mkdir(parents=True, exist_ok=True)
    summary = summaries.to_json(evaluation.run, evaluation.compared)
    page = pages.render(evaluation.run, evaluation.compared)
    runs.save(evaluation.run, folder / RUN_FILE)
    (folder / SUMMARY_FILE).write_text(
        json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8"
    )
    (folder / PAGE_FILE).write_text(page, encoding="utf-8")


def header_of(work: Work, cases: Sequence[Case]) -> Header:
    """What the run is made with; two runs with the same but for the time may be joined."""
    written = json.dumps([case.to_json() for case in cases], sort_keys=True)
    return Header(
        questions=work.questions.name,
        questions_sha256=hashlib.sha256(written.encode()).hexdigest(),
        settings=dict(work.settings),
        fingerprint=work.fingerprint,
        versions={**_versions(), "code": code_sha256()},
        checks=tuple(work.checks),
        started=datetime.now(UTC).isoformat(timespec="seconds"),
    )


@cache
def code_sha256() -> str:
    """Of everything that makes an answer: a run is not taken up again by other code."""
    digest = hashlib.sha256()
    for package in ("bot", "ingest"):
        for name, item in sorted(_sources(files(package), package)):
            digest.update(name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()[:16]


def _sources(folder: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    for item in folder.iterdir():
        inner = f"{name}/{item.name}"
        if item.is_dir():
            yield from _sources(item, inner)
        elif item.name.endswith(CODE):
            yield inner, item


def _versions() -> dict[str, str]:
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def _path(work: Work, header: Header, n_cases: int) -> Path:
    """The newest interrupted run of the same work, or a new file."""
    stem = work.questions.stem
    for path in [] if work.fresh else sorted(work.runs.glob(f"{stem}-*.jsonl"), reverse=True):
        if _is_interrupted(path, header, n_cases):
            return path
    moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
    return work.runs / f"{stem}-{moment}.jsonl"


def _is_interrupted(path: Path, header: Header, n_cases: int) -> bool:
    try:
        found = runs.load(path)
    except runs.RunMalformed:
        return False
    return found.header.is_same_work(header) and len(found.rows) < n_cases


def _run_file(path: Path) -> Path:
    return path / RUN_FILE if path.is_dir() else path
