"""Checks: each one question put to one answered case, giving a value and its reason.

A check gives None where it does not apply (a text question has no expected figure). Checks are
reported apart and never mixed into one number. A check of your own is any `Context -> Outcome`;
`bot.evaluation.judges` holds those that ask a chat model, which are off unless asked for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer, AnswerSentence, Calculation, Citation
from bot.evaluation.honesty import dishonest_numbers
from bot.evaluation.sets import Case, Expected
from bot.retrieval import Evidence, ScoredSentence
from ingest import Article, units
from ingest.errors import IngestError

COVERED_SHARE = 0.5  # of an excerpt's characters that a citation must hold
NAMED_PROOFS = frozenset({"date", "identifier", "ordinal", "question"})


@dataclass(frozen=True, slots=True)
class Place:
    """Where an excerpt stands: text[start:end] of an article."""

    article_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Context:
    """One case and all that is known of how it was answered.

    gold: for each citation that the case requires, the places any of which will do
    """

    case: Case
    answer: Answer
    evidence: Evidence
    articles: Mapping[str, Article]
    gold: tuple[tuple[Place, ...], ...] = ()

    @classmethod
    def of(
        cls, case: Case, answer: Answer, evidence: Evidence, articles: Mapping[str, Article]
    ) -> Context:
        """A context with its gold places found in the articles."""
        gold = tuple(
            tuple(
                Place(excerpt.article, *span)
                for excerpt in group
                for span in excerpt.spans(articles)
            )
            for group in case.requirements
        )
        return cls(case, answer, evidence, articles, gold)

    @property
    def is_abstention(self) -> bool:
        return self.answer.status == "abstained"


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: 1.0 passed, 0.0 failed, between for shares; None where the check does not apply."""

    value: float | None
    reason: str = ""


# Operations whose result is told with its direction in words.
FALLS = frozenset(["growth", "point_change", "absolute_growth", "difference"])
Check = Callable[[Context], Outcome]
NOT_APPLICABLE = Outcome(None)
PASSED = Outcome(1.0)


def right(context: Context) -> Outcome:
    """Of the answerable: the expected value, words and yes or no. An abstention is not right."""
    case, answer = context.case, context.answer
    if case.abstain or not (case.expected or case.words or case.answer):
        return NOT_APPLICABLE
    if context.is_abstention:
        return Outcome(0.0, "abstained")
    for reason in (*_missing_values(case, answer), *_missing_words(case, answer)):
        return Outcome(0.0, reason)
    if case.answer and not re.match(rf"{case.answer}\b", answer.text, re.IGNORECASE):
        return Outcome(0.0, f"does not open with {case.answer.capitalize()}")
    return PASSED


def cited(context: Context) -> Outcome:
    """Citation recall: the share of the required excerpts that the citations cover."""
    if not context.gold:
        return NOT_APPLICABLE
    missing = [n for n, places in enumerate(context.gold) if not _is_cited(places, context)]
    reason = f"not cited: {context.case.requirements[missing[0]][0].text}" if missing else ""
    return Outcome(1 - len(missing) / len(context.gold), reason)


def citation_precision(context: Context) -> Outcome:
    """The share of the citations that cover a required excerpt."""
    citations = context.answer.citations
    if not context.gold or not citations or context.is_abstention:
        return NOT_APPLICABLE
    useless = [c for c in citations if not any(_covers(c, p) for p in sum(context.gold, ()))]
    reason = f"not required: {useless[0].quote[:120]}" if useless else ""
    return Outcome(1 - len(useless) / len(citations), reason)


def right_and_cited(context: Context) -> Outcome:
    """Of the answerable: right, and every required excerpt cited."""
    parts = [part for part in (right(context), cited(context)) if part.value is not None]
    if context.case.abstain or not parts:
        return NOT_APPLICABLE
    return next((Outcome(0.0, part.reason) for part in parts if part.value != 1.0), PASSED)


def declined(context: Context) -> Outcome:
    """Abstention recall: of the unanswerable, whether the bot abstained."""
    if not context.case.abstain:
        return NOT_APPLICABLE
    if context.is_abstention:
        return PASSED
    return Outcome(0.0, f"answered: {context.answer.text[:120]}")


def rightly_abstained(context: Context) -> Outcome:
    """Abstention precision: of the abstentions, whether the question was unanswerable."""
    if not context.is_abstention:
        return NOT_APPLICABLE
    return PASSED if context.case.abstain else Outcome(0.0, "the articles hold the answer")


def attempted(context: Context) -> Outcome:
    """Of the answerable: whether the bot answered at all, rightly or not."""
    if context.case.abstain:
        return NOT_APPLICABLE
    return Outcome(0.0, "abstained") if context.is_abstention else PASSED


def quotes_exact(context: Context) -> Outcome:
    """Whether each quote stands in its article at its offsets."""
    for citation in context.answer.citations:
        article = context.articles.get(citation.article_id)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return Outcome(0.0, f"not in {citation.article_id}: {citation.quote[:80]}")
    return PASSED


def numbers_proven(context: Context) -> Outcome:
    """Whether each numeral of the text has a proof that the answer holds."""
    answer = context.answer
    known = {*answer.figures, *(c.id for c in answer.calculations), *NAMED_PROOFS}
    spans = [(n.start, n.end) for n in answer.numbers if n.proof in known]
    for numeral in re.finditer(r"\d+", re.sub(r"\[\d+\]", _blank, answer.text)):
        if not any(start <= numeral.start() < end for start, end in spans):
            return Outcome(0.0, f"no proof of {numeral.group()}")
    return PASSED


def digits_honest(context: Context) -> Outcome:
    """Whether no number shows digits that its proof does not bear."""
    return next((Outcome(0.0, reason) for reason in dishonest_numbers(context.answer)), PASSED)


def recall_at(k: int) -> Check:
    """The share of the required excerpts among the k best sentences, before the reader."""

    def check(context: Context) -> Outcome:
        ranks = gold_ranks(context)
        if not ranks:
            return NOT_APPLICABLE
        n_found = sum(rank is not None and rank <= k for rank in ranks)
        return Outcome(n_found / len(ranks), "" if n_found == len(ranks) else "not retrieved")

    return check


def reciprocal_rank(context: Context) -> Outcome:
    """One over the rank of the first required excerpt among the retrieved sentences."""
    ranks = gold_ranks(context)
    if not ranks:
        return NOT_APPLICABLE
    found = [rank for rank in ranks if rank is not None]
    return Outcome(1 / min(found) if found else 0.0, "" if found else "not retrieved")


def seconds(context: Context) -> Outcome:
    """How long the answer took."""
    return Outcome(context.answer.seconds)


CHECKS: dict[str, Check] = {
    "right": right,
    "right and cited": right_and_cited,
    "cited": cited,
    "citation precision": citation_precision,
    "quotes exact": quotes_exact,
    "numbers proven": numbers_proven,
    "digits honest": digits_honest,
    "declined": declined,
    "rightly abstained": rightly_abstained,
    "attempted": attempted,
    "recall at 5": recall_at(5),
    "recall at 10": recall_at(10),
    "reciprocal rank": reciprocal_rank,
    "seconds": seconds,
}
INVARIANTS = ("quotes exact", "numbers proven", "digits honest")  # one failure is one too many


def gold_ranks(context: Context) -> list[int | None]:
    """For each required excerpt the rank, from 1, of the first retrieved sentence covering it."""
    return [_rank(places, context.evidence.sentences) for places in context.gold]


def is_gold(sentence: ScoredSentence, context: Context) -> bool:
    """Whether a retrieved sentence covers a required excerpt."""
    return any(_holds(sentence, place) for place in sum(context.gold, ()))


def _rank(places: Sequence[Place], sentences: Sequence[ScoredSentence]) -> int | None:
    for rank, sentence in enumerate(sentences, start=1):
        if any(_holds(sentence, place) for place in places):
            return rank
    return None


def _holds(sentence: ScoredSentence, place: Place) -> bool:
    span = sentence.span
    return _overlaps(Place(sentence.article_id, span.start, span.end), place)


def _is_cited(places: Sequence[Place], context: Context) -> bool:
    return any(_covers(c, place) for c in context.answer.citations for place in places)


def _covers(citation: Citation, place: Place) -> bool:
    return _overlaps(Place(citation.article_id, citation.start, citation.end), place)


def _overlaps(found: Place, gold: Place) -> bool:
    """Whether `found` holds at least half of `gold`, or lies whole inside of it."""
    if found.article_id != gold.article_id:
        return False
    shared = min(found.end, gold.end) - max(found.start, gold.start)
    return shared >= COVERED_SHARE * (gold.end - gold.start)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _missing_values(case: Case, answer: Answer) -> Iterator[str]:
    """One expected figure must open the answer; several may stand anywhere in it."""
    sentences = answer.sentences if len(case.expected) > 1 else answer.sentences[:1]
    held = list(_held_values(answer, sentences))
    for expected in case.expected:
        if not any(_matches(expected, value, unit) for value, unit in held):
            said = ", ".join(f"{value:,f} {unit}" for value, unit in held) or "no figure"
            yield f"expected {expected.value:,f} {expected.unit}, got {said}"


def _held_values(
    answer: Answer, sentences: Sequence[AnswerSentence]
) -> Iterator[tuple[Decimal, str]]:
    """Value and unit of each proven figure and calculation in these sentences."""
    results = {c.id: ((c.value, c.low, c.high), c.unit) for c in answer.calculations}
    falls = {c.id for c in answer.calculations if _is_fall(c)}
    for name, figure in answer.figures.items():
        results[name] = ((figure.value, figure.low, figure.high), figure.unit)
    for name in _shown(answer, sentences):
        (value, *bounds), unit = results.get(name, ((None,), ""))
        stated = bounds if value is None else [value]
        yield from ((each, unit) for each in stated if each is not None)
        if name in falls and value is not None:
            yield -value, unit


def _is_fall(done: Calculation) -> bool:
    """Whether a change is below zero: the sentence tells it as a fall of so much."""
    return done.operation in FALLS and done.value is not None and done.value < 0


def _shown(answer: Answer, sentences: Sequence[AnswerSentence]) -> list[str]:
    """Ids of the proofs of the numbers in these sentences, in their order, none twice; without what
    a result is said to come from ("a rise of 28%, from 58 to 74" tells a rise)."""
    shown: list[str] = []
    for sentence in sentences:
        inside = (n for n in answer.numbers if sentence.start <= n.start < sentence.end)
        told = {number.proof: None for number in inside}
        grounds = {o for c in answer.calculations if _is_worked(c, told) for o in c.operands}
        shown += [proof for proof in told if proof not in grounds]
    return list(dict.fromkeys(shown))


def _is_worked(done: Calculation, told: Mapping[str, None]) -> bool:
    """Whether a result is told that is a number of its own, none of those it rests on."""
    return done.id in told and done.operation in _OF_TWO


_OF_TWO = frozenset(["growth", "point_change", "absolute_growth", "share", "ratio", "difference"])


def _matches(expected: Expected, value: Decimal, unit: str) -> bool:
    if any(same(unit, expected.unit) for same in (str.__eq__, _is_same_count, _is_price)):
        return expected.holds(value)
    try:
        return expected.holds(units.convert(value, unit, expected.unit))
    except IngestError:
        return False


def _is_same_count(unit: str, other: str) -> bool:
    """Whether two counts count the same: "medal" and "gold medal" do, and a bare number."""
    if "1" in (unit, other):
        return units.is_count(other if unit == "1" else unit)
    if not (units.is_count(unit) and units.is_count(other)):
        return False
    shorter, longer = sorted((unit, other), key=len)
    return longer == shorter or longer.endswith(f" {shorter}")


def _is_price(unit: str, money: str) -> bool:
    """Whether a quotient is asked for as money: "USD/copy" is a price in USD."""
    above, _, below = unit.partition("/")
    return above == money and units.is_money(above) and units.is_count(below)


def _missing_words(case: Case, answer: Answer) -> Iterator[str]:
    said = _folded(answer.text)
    for group in case.words:
        if not any(_is_said(_folded(word), said) for word in group):
            yield f"does not say {group[0]!r}"


def _is_said(word: str, text: str) -> bool:
    """Whether the text holds the word at a word's beginning; "5" is not said by "25" or "56"."""
    end = r"(?!\d)" if word[-1:].isdigit() else ""
    return re.search(rf"(?<!\w){re.escape(word)}{end}", text) is not None


_FOLDS = str.maketrans("’‘“”–—‑‐−", "''\"\"-----")


def _folded(text: str) -> str:
    """Lower case, plain quotation marks and dashes, single spaces."""
    return " ".join(text.lower().translate(_FOLDS).split())
