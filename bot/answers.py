"""Answers: what reaches a reader, each part with its proof, and its JSON form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Any, Literal

from bot import rendering
from bot.drafts import Status
from bot.errors import AnswerMalformed
from ingest import Figure, Origin, Span


@dataclass(frozen=True, slots=True)
class Citation:
    """A whole sentence or table row; `quote` is text[start:end] of the article.

    passage: start and end of the retrieved passage around it, for display
    copies: ids of the articles that hold the same sentence and are near-duplicates of this one
    """

    number: int
    article_id: str
    title: str
    start: int
    end: int
    quote: str
    passage: tuple[int, int]
    sha256: str
    source_sha256: str
    copies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerSentence:
    """answer.text[start:end]; `proofs` are ids of figures and calculations that it rests on."""

    start: int
    end: int
    kind: Literal["quoted", "computed", "notice"]
    citations: tuple[int, ...]
    proofs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Number:
    """A numeral or number word of the answer's text and what proves it.

    proof: an id ("f1", "c1"), or "date", "identifier", "ordinal", "question"
    """

    text: str
    start: int
    end: int
    proof: str


@dataclass(frozen=True, slots=True)
class Calculation:
    """A result with its formula; operands are ids of figures and of earlier calculations.

    value: the result at the stated central values, None where only bounds are known
    low, high: its interval, None where unbounded
    """

    id: str
    operation: str
    operands: tuple[str, ...]
    parameters: tuple[str, ...]
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    unit: str
    formula: str
    text: str
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a chat model read and wrote for one answer."""

    input_tokens: int
    output_tokens: int


def added(one: Usage | None, other: Usage | None) -> Usage | None:
    """Both together; None where nothing is known of either."""
    if one is None or other is None:
        return one or other
    return Usage(one.input_tokens + other.input_tokens, one.output_tokens + other.output_tokens)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, complete: nothing else is needed to show it or to check it again.

    understood: the question made whole; text: plain text with [n]
    nearest: what the articles do hold, when the status is "abstained"
    """

    question: str
    understood: str
    status: Status
    text: str
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    calculations: tuple[Calculation, ...] = ()
    figures: Mapping[str, Figure] = field(default_factory=dict)
    figure_texts: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    nearest: str | None = None
    note: str | None = None
    reader: str = "extractive"
    usage: Usage | None = None
    seconds: float = 0.0
    id: str | None = None
    trace: Mapping[str, Any] = field(default_factory=dict)


# The JSON form. Figures are plain decimal strings; bounds are rounded outward.

SCHEMA = 1


def to_json(answer: Answer) -> dict[str, Any]:
    """The answer as a JSON object, stable for scripts; `from_json` reads it back."""
    return {
        "schema": SCHEMA,
        "id": answer.id,
        "question": answer.question,
        "understood": answer.understood,
        "status": answer.status,
        "text": answer.text,
        "sentences": [_sentence_to(sentence) for sentence in answer.sentences],
        "citations": [_citation_to(citation) for citation in answer.citations],
        "calculations": [_calculation_to(calculation) for calculation in answer.calculations],
        "figures": [
            _figure_to(id, figure, answer.figure_texts.get(id, ""))
            for id, figure in answer.figures.items()
        ],
        "numbers": [
            {"text": n.text, "start": n.start, "end": n.end, "proof": n.proof}
            for n in answer.numbers
        ],
        "nearest": answer.nearest,
        "note": answer.note,
        "reader": answer.reader,
        "usage": _usage_to(answer.usage),
        "seconds": round(answer.seconds, 3),
    }


def from_json(saved: Any) -> Answer:
    """An answer out of its JSON form; raises AnswerMalformed when it is not one."""
    if not isinstance(saved, Mapping):
        raise AnswerMalformed("it is no JSON object")
    if saved.get("schema") != SCHEMA:
        raise AnswerMalformed(f"its schema is {saved.get('schema')!r}, not {SCHEMA}")
    try:
        return _from_json(saved)
    except KeyError as error:
        raise AnswerMalformed(f"{error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise AnswerMalformed(str(error) or type(error).__name__) from error


def _from_json(saved: Mapping[str, Any]) -> Answer:
    status = saved["status"]
    if status not in ("answered", "partial", "abstained"):
        raise ValueError(f"no status {status!r}")
    figures = [(str(entry["id"]), entry) for entry in saved["figures"]]
    return Answer(
        question=str(saved["question"]),
        understood=str(saved["understood"]),
        status=status,
        text=str(saved["text"]),
        sentences=tuple(_sentence_from(entry) for entry in saved["sentences"]),
        citations=tuple(_citation_from(entry) for entry in saved["citations"]),
        calculations=tuple(_calculation_from(entry) for entry in saved["calculations"]),
        figures={id: _figure_from(entry) for id, entry in figures},
        figure_texts={id: str(entry["text"]) for id, entry in figures},
        numbers=tuple(
            Number(str(n["text"]), int(n["start"]), int(n["end"]), str(n["proof"]))
            for n in saved["numbers"]
        ),
        nearest=_text(saved["nearest"]),
        note=_text(saved["note"]),
        reader=str(saved["reader"]),
        usage=_usage_from(saved["usage"]),
        seconds=float(saved["seconds"]),
        id=_text(saved["id"]),
    )


def _sentence_to(sentence: AnswerSentence) -> dict[str, Any]:
    return {
        "start": sentence.start,
        "end": sentence.end,
        "kind": sentence.kind,
        "citations": list(sentence.citations),
        "proofs": list(sentence.proofs),
    }


def _sentence_from(entry: Mapping[str, Any]) -> AnswerSentence:
    kind = entry["kind"]
    if kind not in ("quoted", "computed", "notice"):
        raise ValueError(f"no kind of sentence {kind!r}")
    citations = tuple(int(number) for number in entry["citations"])
    proofs = tuple(str(id) for id in entry["proofs"])
    return AnswerSentence(int(entry["start"]), int(entry["end"]), kind, citations, proofs)


def _citation_to(citation: Citation) -> dict[str, Any]:
    return {
        "number": citation.number,
        "article": citation.article_id,
        "title": citation.title,
        "start": citation.start,
        "end": citation.end,
        "quote": citation.quote,
        "passage": {"start": citation.passage[0], "end": citation.passage[1]},
        "sha256": citation.sha256,
        "source_sha256": citation.source_sha256,
        "copies": list(citation.copies),
    }


def _citation_from(entry: Mapping[str, Any]) -> Citation:
    return Citation(
        number=int(entry["number"]),
        article_id=str(entry["article"]),
        title=str(entry["title"]),
        start=int(entry["start"]),
        end=int(entry["end"]),
        quote=str(entry["quote"]),
        passage=(int(entry["passage"]["start"]), int(entry["passage"]["end"])),
        sha256=str(entry["sha256"]),
        source_sha256=str(entry["source_sha256"]),
        copies=tuple(str(id) for id in entry.get("copies", ())),
    )


def _calculation_to(calculation: Calculation) -> dict[str, Any]:
    return {
        "id": calculation.id,
        "operation": calculation.operation,
        "formula": calculation.formula,
        "text": calculation.text,
        **interval_to(calculation),
        "unit": calculation.unit,
        "operands": list(calculation.operands),
        "parameters": list(calculation.parameters),
        "measure": calculation.measure,
        "entity": calculation.entity,
        "period": calculation.period,
        "identity": calculation.identity,
    }


def _calculation_from(entry: Mapping[str, Any]) -> Calculation:
    return Calculation(
        id=str(entry["id"]),
        operation=str(entry["operation"]),
        operands=tuple(str(id) for id in entry["operands"]),
        parameters=tuple(str(text) for text in entry.get("parameters", ())),
        value=_decimal(entry["value"]),
        low=_decimal(entry["low"]),
        high=_decimal(entry["high"]),
        unit=str(entry["unit"]),
        formula=str(entry["formula"]),
        text=str(entry["text"]),
        measure=_text(entry.get("measure")),
        entity=_text(entry.get("entity")),
        period=_text(entry.get("period")),
        identity=_text(entry.get("identity")),
    )


def interval_to(number: Calculation | Figure) -> dict[str, str | None]:
    """value, low and high as plain decimal strings, the bounds rounded outward."""
    return {
        "value": rendering.plain(number.value),
        "low": rendering.plain(number.low, rounding=ROUND_FLOOR),
        "high": rendering.plain(number.high, rounding=ROUND_CEILING),
    }


def _figure_to(id: str, figure: Figure, text: str) -> dict[str, Any]:
    return {
        "id": id,
        **interval_to(figure),
        "unit": figure.unit,
        "text": text,
        "article": figure.article_id,
        "start": figure.start,
        "end": figure.end,
        "measure": figure.measure,
        "entity": figure.entity,
        "period": figure.period,
        "kind": figure.kind,
        "comparator": figure.comparator,
        "direction": figure.direction,
        "basis": figure.basis,
        "base_period": figure.base_period,
        "claim": figure.claim,
        "precision": rendering.plain(figure.precision),
        "quantity": figure.quantity,
        "sentence": {"start": figure.sentence.start, "end": figure.sentence.end},
        "origins": [
            {"slot": origin.slot, "how": origin.how, "start": origin.start, "end": origin.end}
            for origin in figure.origins
        ],
    }


def _figure_from(entry: Mapping[str, Any]) -> Figure:
    return Figure(
        article_id=str(entry["article"]),
        start=int(entry["start"]),
        end=int(entry["end"]),
        value=_decimal(entry["value"]),
        low=_decimal(entry["low"]),
        high=_decimal(entry["high"]),
        unit=str(entry["unit"]),
        kind=entry["kind"],
        comparator=entry["comparator"],
        direction=entry["direction"],
        precision=_decimal(entry["precision"]) or Decimal(0),
        sentence=Span(int(entry["sentence"]["start"]), int(entry["sentence"]["end"])),
        quantity=int(entry["quantity"]),
        basis=_text(entry["basis"]),
        measure=_text(entry["measure"]),
        entity=_text(entry["entity"]),
        period=_text(entry["period"]),
        base_period=_text(entry["base_period"]),
        claim=entry["claim"],
        origins=tuple(_origin_from(origin) for origin in entry["origins"]),
    )


def _origin_from(entry: Mapping[str, Any]) -> Origin:
    return Origin(entry["slot"], entry["how"], int(entry["start"]), int(entry["end"]))


def _usage_to(usage: Usage | None) -> dict[str, int] | None:
    if usage is None:
        return None
    return {"input_tokens": usage.input_tokens, "output_tokens": usage.output_tokens}


def _usage_from(entry: Mapping[str, Any] | None) -> Usage | None:
    if entry is None:
        return None
    return Usage(int(entry["input_tokens"]), int(entry["output_tokens"]))


def _text(entry: Any) -> str | None:
    return None if entry is None else str(entry)


def _decimal(entry: Any) -> Decimal | None:
    """A plain decimal string; a JSON number is refused, for its digits may have been rounded."""
    if entry is None:
        return None
    if not isinstance(entry, str):
        raise ValueError(f"{entry!r} is no decimal string")
    value = Decimal(entry)
    if not value.is_finite():
        raise ValueError(f"{entry!r} is no finite number")
    return value
