"""Runs: a question set answered and checked, question by question."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean
from typing import Any

from bot.answers import to_json
from bot.chain import Asked, Bot
from bot.evaluation.checks import CHECKS, Check, Context, Outcome
from bot.evaluation.sets import Case

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Row:
    """One question's answer as JSON, what each check said of it, and what was retrieved."""

    id: str
    kind: str
    tags: tuple[str, ...]
    question: str
    answer: Mapping[str, Any]
    outcomes: Mapping[str, Outcome]
    retrieved: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """All rows of one run and the settings that it was made with."""

    rows: tuple[Row, ...]
    settings: Mapping[str, Any] = field(default_factory=dict)

    def rate(self, check: str, kind: str | None = None) -> float | None:
        """Mean of a check over the rows that it applies to; None if there are none."""
        values = self.values(check, kind)
        return fmean(values) if values else None

    def values(self, check: str, kind: str | None = None) -> list[float]:
        """Each value that a check gave, rows that it does not apply to left out."""
        rows = (row for row in self.rows if kind in (None, row.kind))
        found = (row.outcomes[check].value for row in rows)
        return [value for value in found if value is not None]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of question in the run, in order of their first."""
        return tuple(dict.fromkeys(row.kind for row in self.rows))


def run(
    bot: Bot,
    cases: Sequence[Case],
    *,
    checks: Mapping[str, Check] = CHECKS,
    progress: Progress = lambda done, total: None,
    settings: Mapping[str, Any] | None = None,
) -> Run:
    """Ask every case of the bot and check what it answers."""
    rows = []
    for row in answer_all(bot, cases, checks):
        rows.append(row)
        progress(len(rows), len(cases))
    return Run(tuple(rows), settings or {})


def answer_all(bot: Bot, cases: Sequence[Case], checks: Mapping[str, Check]) -> Iterator[Row]:
    """One row a case, as each is answered."""
    articles = {name: bot.index.article(name) for name in bot.index.article_ids()}
    for case in cases:
        retrieved = bot.chain.retrieve(Asked(case.question, bot.turns(case.history)))
        context = Context(case, bot.chain.answer(retrieved), retrieved.evidence, articles)
        texts = tuple(
            articles[s.article_id].text[s.span.start : s.span.end]
            for s in retrieved.evidence.sentences[:10]
        )
        outcomes = {name: check(context) for name, check in checks.items()}
        yield Row(
            case.id, case.kind, case.tags, case.question, to_json(context.answer), outcomes, texts
        )
