"""A small world to evaluate in: one article, answers over it, and a respondent with a script."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from bot.answers import Answer, AnswerSentence, Calculation, Citation, Number
from bot.errors import BotError
from bot.evaluation.checks import Context
from bot.evaluation.respondents import Reply
from bot.evaluation.sets import Case
from bot.retrieval import Evidence, ScoredSentence
from ingest import Article, Figure, Span

TEXT = "Exports reached 25.45 trillion yuan in 2024. Trade totalled 43.85 trillion yuan."
EXPORTS = Span(0, 44)
TRADE = Span(45, len(TEXT))
ARTICLE = Article("a.txt", "A", TEXT, (), None, None, None, None, "s", "f")
ARTICLES = {"a.txt": ARTICLE}
IMPORTS_TEXT = "Imports came to about 18.40 trillion yuan. [1][2]"


def case(**fields: Any) -> Case:
    defaults = {"id": "imports", "question": "Imports in 2024?", "kind": "computed"}
    return Case.model_validate({**defaults, **fields})


def imports(**fields: Any) -> Case:
    """A question that the answer `residual()` answers."""
    cite = [{"article": "a.txt", "text": TEXT[s.start : s.end]} for s in (EXPORTS, TRADE)]
    defaults = {"value": "18400000000000", "unit": "CNY", "operation": "residual", "cite": cite}
    return case(**{**defaults, **fields})


def citation(number: int, span: Span, quote: str | None = None) -> Citation:
    quote = TEXT[span.start : span.end] if quote is None else quote
    return Citation(number, "a.txt", "A", span.start, span.end, quote, (0, len(TEXT)), "s", "f")


def figure(value: str, text: str, unit: str = "CNY", **fields: Any) -> Figure:
    start = TEXT.index(text)
    number = Decimal(value)
    half = Decimal("5e9")
    return Figure(
        article_id="a.txt", start=start, end=start + len(text), value=number, low=number - half,
        high=number + half, unit=unit, kind="level", comparator=None, direction=None,
        precision=Decimal("1e10"), sentence=EXPORTS, quantity=start, **fields,
    )  # fmt: skip


def calculation(value: str = "18.40e12", half: str = "1e10") -> Calculation:
    centre, reach = Decimal(value), Decimal(half)
    return Calculation(
        "c1", "residual", ("f1", "f2"), (), centre, centre - reach, centre + reach, "CNY",
        "43.85 − 25.45 = about 18.40 trillion yuan", "about 18.40 trillion yuan",
    )  # fmt: skip


def residual(text: str = IMPORTS_TEXT, shown: str = "18.40 trillion yuan", **fields: Any) -> Answer:
    """Imports, computed from both sentences of the article."""
    start = text.index(shown)
    number = Number(shown, start, start + len(shown), "c1")
    defaults: dict[str, Any] = {
        "sentences": (AnswerSentence(0, len(text), "computed", (1, 2), ("c1",)),),
        "citations": (citation(1, EXPORTS), citation(2, TRADE)),
        "calculations": (calculation(),),
        "figures": {
            "f1": figure("43.85e12", "43.85 trillion yuan"),
            "f2": figure("25.45e12", "25.45 trillion yuan"),
        },
        "figure_texts": {"f1": "43.85 trillion yuan", "f2": "25.45 trillion yuan"},
        "numbers": (number,),
        "seconds": 0.05,
    }
    return Answer("Imports?", "Imports?", "answered", text, **{**defaults, **fields})


def quoting(**fields: Any) -> Answer:
    """Exports, quoted."""
    text = "Exports were 25.45 trillion yuan. [1]"
    defaults: dict[str, Any] = {
        "sentences": (AnswerSentence(0, len(text), "quoted", (1,), ("f2",)),),
        "citations": (citation(1, EXPORTS),),
        "figures": {"f2": figure("25.45e12", "25.45 trillion yuan")},
        "figure_texts": {"f2": "25.45 trillion yuan"},
        "numbers": (Number("25.45 trillion yuan", 13, 32, "f2"),),
    }
    return Answer("Exports?", "Exports?", "answered", text, **{**defaults, **fields})


def abstention() -> Answer:
    return Answer("Mars?", "Mars?", "abstained", "The articles do not say.", seconds=0.01)


def evidence(*spans: Span) -> Evidence:
    found = tuple(ScoredSentence("a.txt", span, 1 - n / 10) for n, span in enumerate(spans))
    return Evidence((), ARTICLES, found)


def context(
    case: Case, answer: Answer, retrieved: Evidence | None = None, articles: Any = None
) -> Context:
    retrieved = evidence(EXPORTS, TRADE) if retrieved is None else retrieved
    return Context.of(case, answer, retrieved, ARTICLES if articles is None else articles)


@dataclass
class Scripted:
    """Answers each question as written for its id; raises what is an error."""

    replies: Mapping[str, Answer | Exception]
    articles: Mapping[str, Article] = field(default_factory=lambda: ARTICLES)
    asked: list[str] = field(default_factory=list)

    def respond(self, case: Case) -> Reply:
        self.asked.append(case.id)
        reply = self.replies[case.id]
        if isinstance(reply, BaseException):
            raise reply
        return Reply(reply, evidence(EXPORTS, TRADE))


class Unreachable(BotError):
    """Stands for whatever a chat model may do."""
