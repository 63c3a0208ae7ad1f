"""Rows: one question of a run, answered, checked and diagnosed, and its JSON form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.answers import Answer, to_json
from bot.errors import BotError
from bot.evaluation.checks import Check, Context, Outcome, is_gold
from bot.evaluation.failures import diagnose
from bot.evaluation.respondents import Reply, Respondent
from bot.evaluation.sets import Case
from bot.retrieval import Evidence
from ingest.errors import IngestError

N_RETRIEVED_KEPT = 10


@dataclass(frozen=True, slots=True)
class Row:
    """One question, its answer as JSON, what each check said of it, and what was retrieved.

    expected: the case as in its set; failure: why it failed, None where it did not
    retrieved: the best sentences before the reader: article, text, score, is_gold
    """

    id: str
    kind: str
    outcomes: Mapping[str, Outcome]
    tags: tuple[str, ...] = ()
    question: str = ""
    expected: Mapping[str, Any] = field(default_factory=dict)
    answer: Mapping[str, Any] = field(default_factory=dict)
    failure: str | None = None
    retrieved: tuple[Mapping[str, Any], ...] = ()

    def value(self, check: str) -> float | None:
        """What a check gave; None where it does not apply or was not made."""
        outcome = self.outcomes.get(check)
        return outcome.value if outcome else None

    def to_json(self) -> dict[str, Any]:
        """As a line of a run: what is empty and checks that do not apply are left out."""
        fields = ("id", "kind", "tags", "question", "failure", "expected", "answer", "retrieved")
        outcomes = {
            name: [outcome.value, outcome.reason] if outcome.reason else outcome.value
            for name, outcome in self.outcomes.items()
            if outcome.value is not None
        }
        item = {name: value for name in fields if (value := getattr(self, name))}
        return {**item, "outcomes": outcomes}

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Row:
        """A line of a run; raises ValueError, TypeError or KeyError where it is none."""
        outcomes = {
            name: Outcome(*found) if isinstance(found, list) else Outcome(found)
            for name, found in item["outcomes"].items()
        }
        lists = {name: tuple(item.get(name, ())) for name in ("tags", "retrieved")}
        return cls(**{**item, **lists, "outcomes": outcomes})


def answered(respondent: Respondent, case: Case, checks: Mapping[str, Check]) -> Row:
    """The row of one case; what the respondent raises becomes a failure that says so."""
    error = False
    try:
        reply = respondent.respond(case)
    except (BotError, IngestError) as raised:
        reply, error = _failed(case, raised), True
    context = Context.of(case, reply.answer, reply.evidence, respondent.articles)
    return Row(
        id=case.id,
        kind=case.kind,
        outcomes={name: check(context) for name, check in checks.items()},
        tags=case.tags,
        question=case.question,
        expected=case.to_json(),
        answer=to_json(reply.answer),
        failure="error" if error else diagnose(context),
        retrieved=tuple(_retrieved(context)),
    )


def _failed(case: Case, error: Exception) -> Reply:
    answer = Answer(case.question, case.question, "abstained", "", note=str(error))
    return Reply(answer, Evidence(()))


def _retrieved(context: Context) -> Iterator[Mapping[str, Any]]:
    for sentence in context.evidence.sentences[:N_RETRIEVED_KEPT]:
        text = context.articles[sentence.article_id].text
        yield {
            "article": sentence.article_id,
            "text": text[sentence.span.start : sentence.span.end],
            "score": round(sentence.score, 4),
            "is_gold": is_gold(sentence, context),
        }
