"""Runs: a question set answered and checked, question by question, and kept.

A run is a JSONL file: its header in the first line, then a row for each question as it is
answered, so that an interrupted run keeps what is done and can be taken up again. `condense`
leaves the answers out, for a baseline that is committed.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from bot.errors import BotError
from bot.evaluation.checks import CHECKS, Check, Outcome
from bot.evaluation.respondents import Respondent
from bot.evaluation.rows import Row, answered
from bot.evaluation.sets import Case

SCHEMA = 1
TIME = "seconds"
Progress = Callable[[int, int], None]


class RunMalformed(BotError):
    """A file that is not a run of this evaluation."""

    def __init__(self, path: Path, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path} is not a run of `quotient eval`: {reason}")


@dataclass(frozen=True, slots=True)
class Header:
    """What a run was made with; two runs with equal headers (but `started`) may be joined.

    questions: name of the set; questions_sha256: of its cases
    settings: corpus, model, embedding; fingerprint: of the index; versions: of packages and code
    """

    questions: str = ""
    questions_sha256: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    fingerprint: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    checks: tuple[str, ...] = tuple(CHECKS)
    started: str = ""

    def is_same_work(self, other: Header) -> bool:
        """Whether a row of one run may stand in the other."""
        mine, theirs = asdict(self), asdict(other)
        return {**mine, "started": ""} == {**theirs, "started": ""}


@dataclass(frozen=True, slots=True)
class Run:
    """All rows of one run and what it was made with."""

    rows: tuple[Row, ...]
    header: Header = field(default_factory=Header)

    def rate(self, check: str, kind: str | None = None) -> float | None:
        """Mean of a check over the rows that it applies to; None if there are none."""
        values = self.values(check, kind)
        return fmean(values) if values else None

    def values(self, check: str, kind: str | None = None) -> list[float]:
        """Each value that a check gave, rows that it does not apply to left out."""
        return [
            value
            for row in self.rows
            if kind in (None, row.kind) and (value := row.value(check)) is not None
        ]

    def by_id(self, check: str) -> dict[str, float]:
        """A check's value by question id, rows that it does not apply to left out."""
        values = {row.id: row.value(check) for row in self.rows}
        return {name: value for name, value in values.items() if value is not None}

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of question in the run, in order of their first."""
        return tuple(dict.fromkeys(row.kind for row in self.rows))


def run(
    respondent: Respondent,
    cases: Sequence[Case],
    *,
    checks: Mapping[str, Check] = CHECKS,
    header: Header | None = None,
    path: Path | None = None,
    progress: Progress = lambda done, total: None,
) -> Run:
    """Ask every case and check what is answered; with a path, each row is kept at once.

    A run at `path` that was made with the same header is taken up where it was left off.
    """
    header = header or Header()
    kept = _resumable(path, header) if path else {}
    rows = []
    with _Book(path, header, kept.values()) as book:
        for done, case in enumerate(cases):
            progress(done, len(cases))
            row = kept.get(case.id)
            if row is None:
                row = answered(respondent, case, checks)
                book.write(row)
            rows.append(row)
    progress(len(cases), len(cases))
    return Run(tuple(rows), header)


def load(path: Path) -> Run:
    """Read a run or a condensed one; raises RunMalformed."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        header, rows = _parse(lines)
    except OSError as error:
        raise RunMalformed(path, f"it cannot be read ({error.strerror})") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RunMalformed(path, f"{type(error).__name__}: {error}") from error
    return Run(tuple(rows), header)


def save(run: Run, path: Path) -> None:
    """Write a run as `load` reads it."""
    with _Book(path, run.header, run.rows):
        pass


def condense(run: Run) -> Run:
    """The run without answers, evidence and times: small, and the same on every machine."""
    rows = tuple(
        Row(row.id, row.kind, {n: Outcome(o.value) for n, o in row.outcomes.items() if n != TIME})
        for row in run.rows
    )
    header = Header(
        questions=run.header.questions,
        questions_sha256=run.header.questions_sha256,
        settings={"model": run.header.settings.get("model")},
        checks=run.header.checks,
    )
    return Run(rows, header)


class _Book:
    """The file of a run while it is written: rewritten from the kept rows, then appended to."""

    def __init__(self, path: Path | None, header: Header, kept: Any) -> None:
        self._file = None
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(path.name + ".new")
            self._file = fresh.open("w", encoding="utf-8", newline="\n")
            self._write({"schema": SCHEMA, **asdict(header)})
            for row in kept:
                self.write(row)
            fresh.replace(path)

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def write(self, row: Row) -> None:
        self._write(row.to_json())

    def _write(self, item: Mapping[str, Any]) -> None:
        if self._file:
            self._file.write(json.dumps(item, ensure_ascii=False, sort_keys=False) + "\n")
            self._file.flush()


def _resumable(path: Path, header: Header) -> dict[str, Row]:
    """The rows at `path` by question id, if they come from the same work."""
    try:
        found = load(path)
    except RunMalformed:
        return {}
    return {row.id: row for row in found.rows} if found.header.is_same_work(header) else {}


def _parse(lines: Sequence[str]) -> tuple[Header, list[Row]]:
    if not lines:
        raise ValueError("it is empty")
    first = json.loads(lines[0])
    if first.pop("schema", None) != SCHEMA:
        raise ValueError(f"its schema is not {SCHEMA}")
    header = Header(**{**first, "checks": tuple(first["checks"])})
    return header, list(_rows(lines[1:]))


def _rows(lines: Sequence[str]) -> Iterator[Row]:
    for number, line in enumerate(lines, start=1):
        try:
            yield Row.from_json(json.loads(line))
        except json.JSONDecodeError:
            if number < len(lines):  # only the last line can have been cut off by a kill
                raise
