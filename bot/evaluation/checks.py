"""Checks: each one question put to one answered case, giving a value and its reason.

A check gives None where it does not apply (a text question has no expected figure). Checks are
reported apart and never mixed into one number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer, AnswerSentence, Citation
from bot.evaluation.sets import Case, Excerpt, Expected
from bot.retrieval import Evidence
from ingest import Article, units

COVERED_SHARE = 0.5  # of an excerpt's characters that a citation must hold
NAMED_PROOFS = frozenset({"date", "identifier", "ordinal", "question"})


@dataclass(frozen=True, slots=True)
class Context:
    """One case and all that is known of how it was answered."""

    case: Case
    answer: Answer
    evidence: Evidence
    articles: Mapping[str, Article]


@dataclass(frozen=True, slots=True)
class Outcome:
    """value: 1.0 passed, 0.0 failed, between for shares; None where the check does not apply."""

    value: float | None
    reason: str = ""


Check = Callable[[Context], Outcome]
NOT_APPLICABLE = Outcome(None)


def right(context: Context) -> Outcome:
    """The expected value, words and yes or no; an abstention is never right here."""
    case, answer = context.case, context.answer
    if case.abstain:
        return NOT_APPLICABLE
    if answer.status == "abstained":
        return Outcome(0.0, "abstained")
    for reason in (*_missing_values(case, answer), *_missing_words(case, answer)):
        return Outcome(0.0, reason)
    if case.answer and not re.match(rf"{case.answer}\b", answer.text, re.IGNORECASE):
        return Outcome(0.0, f"does not open with {case.answer.capitalize()}")
    return Outcome(1.0)


def cited(context: Context) -> Outcome:
    """The share of the required excerpts that the citations cover."""
    required = context.case.requirements
    if not required:
        return NOT_APPLICABLE
    missing = [group[0].text for group in required if not _is_cited(group, context)]
    reason = f"not cited: {missing[0]}" if missing else ""
    return Outcome(1 - len(missing) / len(required), reason)


def citation_precision(context: Context) -> Outcome:
    """The share of the citations that cover a required excerpt."""
    excerpts = [excerpt for group in context.case.requirements for excerpt in group]
    citations = context.answer.citations
    if not excerpts or not citations or context.answer.status == "abstained":
        return NOT_APPLICABLE
    useful = [c for c in citations if any(_covers(c, e, context) for e in excerpts)]
    return Outcome(len(useful) / len(citations))


def right_and_cited(context: Context) -> Outcome:
    """Right, and every required excerpt cited."""
    parts = [part for part in (right(context), cited(context)) if part.value is not None]
    if context.case.abstain or not parts:
        return NOT_APPLICABLE
    for part in parts:
        if part.value != 1.0:
            return Outcome(0.0, part.reason)
    return Outcome(1.0)


def declined(context: Context) -> Outcome:
    """Of the unanswerable: whether the bot abstained."""
    if not context.case.abstain:
        return NOT_APPLICABLE
    abstained = context.answer.status == "abstained"
    return Outcome(float(abstained), "" if abstained else f"answered: {context.answer.text[:120]}")


def wrongly_abstained(context: Context) -> Outcome:
    """Of the answerable: whether the bot abstained (0 is good)."""
    if context.case.abstain:
        return NOT_APPLICABLE
    return Outcome(float(context.answer.status == "abstained"))


def quotes_exact(context: Context) -> Outcome:
    """Whether each quote stands in its article at its offsets."""
    for citation in context.answer.citations:
        article = context.articles.get(citation.article_id)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return Outcome(0.0, f"not in {citation.article_id}: {citation.quote[:80]}")
    return Outcome(1.0)


def numbers_proven(context: Context) -> Outcome:
    """Whether each numeral of the text has a proof that the answer holds."""
    answer = context.answer
    known = {*answer.figures, *(c.id for c in answer.calculations), *NAMED_PROOFS}
    spans = [(n.start, n.end) for n in answer.numbers if n.proof in known]
    for numeral in re.finditer(r"\d+", re.sub(r"\[\d+\]", _blank, answer.text)):
        if not any(start <= numeral.start() < end for start, end in spans):
            return Outcome(0.0, f"no proof of {numeral.group()}")
    return Outcome(1.0)


def recall_at(k: int) -> Check:
    """The share of the required excerpts among the k best sentences, before the reader."""

    def check(context: Context) -> Outcome:
        ranks = _ranks(context)
        if not ranks:
            return NOT_APPLICABLE
        return Outcome(sum(rank is not None and rank <= k for rank in ranks) / len(ranks))

    return check


def reciprocal_rank(context: Context) -> Outcome:
    """One over the rank of the first required excerpt among the retrieved sentences."""
    ranks = _ranks(context)
    if not ranks:
        return NOT_APPLICABLE
    found = [rank for rank in ranks if rank is not None]
    return Outcome(1 / min(found) if found else 0.0)


def seconds(context: Context) -> Outcome:
    """How long the answer took."""
    return Outcome(context.answer.seconds)


CHECKS: dict[str, Check] = {
    "right": right,
    "cited": cited,
    "right and cited": right_and_cited,
    "citation precision": citation_precision,
    "declined": declined,
    "wrongly abstained": wrongly_abstained,
    "quotes exact": quotes_exact,
    "numbers proven": numbers_proven,
    "recall at 5": recall_at(5),
    "recall at 10": recall_at(10),
    "reciprocal rank": reciprocal_rank,
    "seconds": seconds,
}


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _missing_values(case: Case, answer: Answer) -> Iterator[str]:
    """One expected figure must open the answer; several may stand anywhere in it."""
    sentences = answer.sentences if len(case.expected) > 1 else answer.sentences[:1]
    held = list(_held_values(answer, sentences))
    for expected in case.expected:
        if not any(_matches(expected, value, unit) for value, unit in held):
            said = ", ".join(f"{value:f} {unit}" for value, unit in held) or "no figure"
            yield f"expected {expected.value:f} {expected.unit}, got {said}"


def _held_values(
    answer: Answer, sentences: Sequence[AnswerSentence]
) -> Iterator[tuple[Decimal, str]]:
    """Value and unit of each proven figure and calculation in these sentences."""
    results = {c.id: ((c.value, c.low, c.high), c.unit) for c in answer.calculations}
    for name, figure in answer.figures.items():
        results[name] = ((figure.value, figure.low, figure.high), figure.unit)
    shown = {
        number.proof
        for number in answer.numbers
        if any(s.start <= number.start < s.end for s in sentences)
    }
    for name in sorted(shown & results.keys()):
        values, unit = results[name]
        yield from ((value, unit) for value in values[:1] if value is not None)
        if values[0] is None:
            yield from ((value, unit) for value in values[1:] if value is not None)


def _matches(expected: Expected, value: Decimal, unit: str) -> bool:
    try:
        same = units.convert(value, unit, expected.unit) if unit != expected.unit else value
    except ValueError:
        return False
    return expected.holds(same)


def _missing_words(case: Case, answer: Answer) -> Iterator[str]:
    said = _folded(answer.text)
    for group in case.words:
        if not any(_folded(word) in said for word in group):
            yield f"does not say {group[0]!r}"


def _folded(text: str) -> str:
    """Lower case, plain quotation marks and single spaces."""
    plain = text.lower().replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return " ".join(plain.split())


def _is_cited(group: Sequence[Excerpt], context: Context) -> bool:
    return any(
        _covers(citation, excerpt, context)
        for citation in context.answer.citations
        for excerpt in group
    )


def _covers(citation: Citation, excerpt: Excerpt, context: Context) -> bool:
    return citation.article_id == excerpt.article and _overlaps(
        (citation.start, citation.end), excerpt, context
    )


def _overlaps(span: tuple[int, int], excerpt: Excerpt, context: Context) -> bool:
    """Whether the span holds at least half of one occurrence of the excerpt."""
    for start, end in _occurrences(excerpt, context.articles):
        shared = min(span[1], end) - max(span[0], start)
        if shared >= COVERED_SHARE * (end - start):
            return True
    return False


def _occurrences(excerpt: Excerpt, articles: Mapping[str, Article]) -> Iterator[tuple[int, int]]:
    """Where the excerpt stands in its article, white space and quotation marks folded."""
    article = articles.get(excerpt.article)
    if article is None:
        return
    words = re.split(r"\s+", excerpt.text.strip())
    pattern = r"\s+".join(re.sub(r"['’‘]", "['’‘]", re.escape(word)) for word in words)
    for match in re.finditer(pattern, article.text):
        yield match.start(), match.end()


def _ranks(context: Context) -> list[int | None]:
    """For each required excerpt the rank, from 1, of the first retrieved sentence covering it."""
    return [_rank(group, context) for group in context.case.requirements]


def _rank(group: Sequence[Excerpt], context: Context) -> int | None:
    for rank, sentence in enumerate(context.evidence.sentences, start=1):
        span = (sentence.span.start, sentence.span.end)
        for excerpt in group:
            if sentence.article_id == excerpt.article and _overlaps(span, excerpt, context):
                return rank
    return None
