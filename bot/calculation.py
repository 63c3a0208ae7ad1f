"""Calculation: steps in, proven results out.

Values are intervals (`bot.intervals`), operations and their laws are a table
(`bot.operations`), units go through `ingest.units`, and a leaf that is used twice moves as one.
What a law forbids is refused with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from bot import rendering
from bot.answers import Calculation
from bot.drafts import Step
from bot.errors import CalculationRefused
from bot.identities import Identity as Identity
from bot.identities import Part as Part
from bot.identities import read as _read_identities
from bot.intervals import DOWN, Evaluate, Interval, Quantity, enclose
from bot.operations import (
    OPERATIONS,
    Operand,
    Operands,
    Operation,
    best_of,
    factor,
    is_least,
    is_years,
    n_spans,
    n_years,
    shared,
    span_of,
    sure,
)
from ingest import Figure, units
from ingest.figures import between, names_measure

MAX_DEPTH = 4


def identities(corpus: Path | None = None) -> list[Identity]:
    """The identities of the table and of `<corpus>/identities.yaml`."""
    return _read_identities(corpus)


@dataclass(frozen=True, slots=True)
class _Term:
    """An operand with its place in the whole formula: how it is evaluated over a box of leaves."""

    operand: Operand
    evaluate: Callable[[Mapping[str, Interval]], Quantity]
    names: frozenset[str] = frozenset()
    depth: int = 0


class _Workings:
    """The terms of one set of steps, each computed once."""

    def __init__(self, figures: Mapping[str, Figure], texts: Mapping[str, str]) -> None:
        self.texts = texts
        self.box: dict[str, Interval] = {}
        self.points: dict[str, Interval | None] = {}
        self.quantities = between(list(figures.values()))
        self.terms = {id: self._leaf(id, figure) for id, figure in figures.items()}

    def _leaf(self, id: str, figure: Figure) -> _Term:
        told = self.quantities[figure.article_id, figure.start]
        operand = _leaf(id, _Same(figure), self.texts.get(id))
        if told not in operand.quantities:
            operand = replace(operand, quantities=frozenset([told]))
        name = f"{figure.article_id}:{figure.quantity}:{figure.unit}:{operand.range}"
        self.box[name] = operand.range
        self.points[name] = None if operand.value is None else Interval.at(operand.value)
        return _Term(operand, lambda leaves: Quantity.leaf(name, leaves[name]), frozenset([name]))

    def add(self, step: Step) -> Calculation:
        operation = OPERATIONS.get(step.operation)
        if operation is None:
            raise CalculationRefused(step.operation, "there is no such operation")
        terms = [self._term(step, id) for id in step.operands]
        assumed = _parameters(operation, step)
        is_amount = any("/" not in term.operand.unit for term in assumed)
        is_first = operation.name == "conversion" and is_amount
        terms = assumed + terms if is_first else terms + assumed
        operands = [term.operand for term in terms]
        _obey(operation, operands)
        evaluate = _composed(operation, terms, step.parameters)
        term, calculation = self._result(operation, step, terms, evaluate)
        self.terms[step.id] = term
        return calculation

    def _term(self, step: Step, id: str) -> _Term:
        if id not in self.terms:
            raise CalculationRefused(step.operation, f"there is no value {id}")
        return self.terms[id]

    def _result(
        self, operation: Operation, step: Step, terms: Sequence[_Term], evaluate: Evaluate
    ) -> tuple[_Term, Calculation]:
        operands = [term.operand for term in terms]
        depth = _depth(operation, terms)
        range = self._enclose(operation.name, evaluate)
        names = frozenset[str]().union(*(term.names for term in terms))
        if operation.is_of_ends:
            names = frozenset()
        value = self._value(evaluate, names)
        operand = _outcome(operation, step, operands, range, value)
        calculation = _calculation(operation, step, operands, operand, self.texts)
        return _Term(operand, evaluate, names, depth), calculation

    def _enclose(self, name: str, evaluate: Evaluate) -> Interval:
        try:
            return enclose(evaluate, self.box)
        except ZeroDivisionError as error:
            raise CalculationRefused(name, str(error)) from error

    def _value(self, evaluate: Evaluate, used: frozenset[str]) -> Decimal | None:
        """The result at the values as stated, None where a leaf on the way is a range."""
        points = {leaf: self.points[leaf] for leaf in used}
        if any(point is None for point in points.values()):
            return None
        box = self.box | {leaf: point for leaf, point in points.items() if point}
        try:
            at = evaluate(box).range
        except ZeroDivisionError:
            return None
        return DOWN.divide(DOWN.add(at.low, at.high), Decimal(2)).normalize(DOWN)


def compute(
    steps: Sequence[Step], figures: Mapping[str, Figure], texts: Mapping[str, str]
) -> dict[str, Calculation]:
    """Each step's result by its id, in order; raises CalculationRefused with the law it breaks.

    texts: each figure as its article writes it, by id.
    """
    if not steps:
        return {}
    told = tuple((id, _Same(figure)) for id, figure in figures.items())
    return dict(_computed(tuple(steps), told, tuple(texts.items())))


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A figure that equals itself alone: quicker to look up than by all that it holds."""

    figure: Figure

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.figure is self.figure

    def __hash__(self) -> int:
        return id(self.figure)


@lru_cache(maxsize=5_000)
def _leaf(id: str, same: _Same, text: str | None) -> Operand:
    return leaf(id, same.figure, text)


@lru_cache(maxsize=1_000)
def _computed(
    steps: tuple[Step, ...],
    figures: tuple[tuple[str, _Same], ...],
    texts: tuple[tuple[str, str], ...],
) -> Mapping[str, Calculation]:
    """What was computed a moment ago, as a way is looked at several times."""
    workings = _Workings({id: same.figure for id, same in figures}, dict(texts))
    return {step.id: workings.add(step) for step in steps}


def attempt(
    steps: Sequence[Step], figures: Mapping[str, Figure], texts: Mapping[str, str]
) -> tuple[dict[str, Calculation], dict[str, str]]:
    """The results of the legal steps, and for each of the others why it is refused."""
    workings = _Workings(figures, texts)
    done: dict[str, Calculation] = {}
    refused: dict[str, str] = {}
    for step in steps:
        try:
            if step.id in workings.terms:
                raise CalculationRefused(step.operation, f"{step.id} is told twice")
            done[step.id] = workings.add(step)
        except CalculationRefused as error:
            refused[step.id] = str(error)
    return done, refused


def claim_problem(
    step: Step,
    done: Mapping[str, Calculation],
    figures: Mapping[str, Figure],
    known: Sequence[Identity],
) -> str | None:
    """Why a step's measure, entity or period is not what its operands are about."""
    operands = [done.get(id) or figures.get(id) for id in step.operands]
    told = [operand for operand in operands if operand is not None]
    if step.entity and not _is_among(step.entity, [o.entity for o in told]):
        return f"{step.id}: its operands are not about {step.entity}"
    if step.identity is not None:
        return _identity_problem(step, [o.measure for o in told], known)
    if step.measure and step.operation in ("difference", "sum", "residual"):
        if not _is_measure_among(step.measure, [o.measure for o in told]):
            return f"{step.id}: nothing says that {step.measure} is this {step.operation}"
    return None


def _is_among(name: str, told: Sequence[str | None]) -> bool:
    known = [one.casefold() for one in told if one]
    return not known or name.casefold() in known


def _is_measure_among(name: str, told: Sequence[str | None]) -> bool:
    known = [one for one in told if one]
    return len(known) < len(told) or any(_is_like(name, one) for one in known)


def _is_like(one: str, other: str) -> bool:
    mine, theirs = set(one.casefold().split()), set(other.casefold().split())
    return mine <= theirs or theirs <= mine


def _identity_problem(
    step: Step, measures: Sequence[str | None], known: Sequence[Identity]
) -> str | None:
    """Whether an identity of that name gives this measure from these by this operation."""
    named = [identity for identity in known if identity.name == step.identity]
    if not named:
        return f"{step.id}: there is no identity {step.identity!r}"
    if any(_follows(identity, step, measures) for identity in named):
        return None
    return f"{step.id}: {step.measure} does not follow so from {step.identity}"


def _follows(identity: Identity, step: Step, measures: Sequence[str | None]) -> bool:
    """whole = sum of parts; a part = whole − the other parts; signed parts change sides."""
    names = [identity.whole, *(part.names for part in identity.parts)]
    signs = [-1, *(-1 if part.signed else 1 for part in identity.parts)]
    at = [_slot_of(names, measure) for measure in measures]
    result = _slot_of(names, step.measure)
    if result is None or result in at or len(set(at)) != len(at) or None in at:
        return False
    if {result, *at} != set(range(len(names))):
        return False
    wanted = {slot: signs[slot] * -signs[result] for slot in range(len(names))}
    given = [1] + [1 if step.operation == "sum" else -1] * (len(at) - 1)
    if step.operation not in ("sum", "difference", "residual"):
        return False
    return [wanted[slot] for slot in at if slot is not None] == given


def _slot_of(names: Sequence[Sequence[str]], measure: str | None) -> int | None:
    """Which of an identity's members a measure is: the one of the longest fitting name."""
    if measure is None:
        return None
    words = set(measure.casefold().split())
    fits = [
        (len(name.split()), -slot)
        for slot, group in enumerate(names)
        for name in group
        if set(name.split()) <= words
    ]
    return -max(fits)[1] if fits else None


def leaf(id: str, figure: Figure, text: str | None = None) -> Operand:
    """A figure as an operand: a change that goes down is negative."""
    is_down = figure.kind == "change" and figure.direction == "down" and not _is_negative(figure)
    range = Interval.of(figure.low, figure.high)
    value = figure.value
    written = rendering.measured(figure, text) if text else _own_text(figure)
    if is_down:
        range, written = -range, _negated(written)
        value = None if value is None else value.copy_negate()
    return Operand(
        id=id,
        unit=figure.unit,
        kind=figure.kind,
        text=written,
        measure=figure.measure,
        entity=figure.entity,
        period=None if is_datelined(figure) else figure.period,
        basis=figure.basis,
        base_period=figure.base_period,
        value=value,
        range=range,
        leaves=frozenset([id]),
        quantities=frozenset([(figure.article_id, figure.quantity)]),
        is_directed=figure.kind != "change" or bool(figure.direction) or _is_negative(figure),
        unsure=_unsure(figure),
        places=frozenset([(figure.article_id, figure.sentence.start, figure.sentence.end)]),
        claim=figure.claim,
    )


def problem(operation: str, figures: Sequence[Figure]) -> str | None:
    """The law that figures break in an operation, without computing it; None where they break
    none. What it allows may still be refused when it is computed."""
    operands = [_leaf(f"f{n}", _Same(figure), None) for n, figure in enumerate(figures)]
    try:
        _obey(OPERATIONS[operation], operands)
    except CalculationRefused as error:
        return str(error)
    return None


_TOLD = frozenset(["clause", "header"])


def _unsure(figure: Figure) -> frozenset[str]:
    """The slots that were taken from around a figure, or are no name that could be held to."""
    found: set[str] = {o.slot for o in figure.origins}
    unsure = found - {o.slot for o in figure.origins if o.how in _TOLD}
    if "measure" in found and not names_measure(figure.measure or ""):
        unsure.add("measure")
    return frozenset(unsure)


_DATELINES = frozenset(["dateline", "heading", "title"])


def is_datelined(figure: Figure) -> bool:
    """A day that stands above a text tells when it was written, not what a quantity is of."""
    is_day = figure.period is not None and len(figure.period) == 10 and figure.period[4] == "-"
    return is_day and any(o.slot == "period" and o.how in _DATELINES for o in figure.origins)


def _is_negative(figure: Figure) -> bool:
    return figure.value is not None and figure.value < 0


def _own_text(figure: Figure) -> str:
    try:
        return rendering.render(figure.value, figure.low, figure.high, figure.unit)
    except rendering.NoDigits:
        return str(figure.value)


def _negated(text: str) -> str:
    hedge, _, number = text.rpartition(" ") if " " in text and text[0].isalpha() else ("", "", text)
    return f"{hedge} {rendering.MINUS}{number}".strip()


_PARAMETER = re.compile(
    r"(?P<sign>[−–-]?)\s?(?P<symbol>[A-Z]{0,2}[$€£¥₹]?)(?P<number>\d[\d,]{0,20}(?:\.\d{1,20})?)"
    r"\s?(?P<scale>trillion|billion|million|thousand)?\s?(?P<unit>[^\d]{0,40})"
)
_SCALE = {"trillion": 12, "billion": 9, "million": 6, "thousand": 3}
_PARAMETER_UNITS = {
    "": "1",
    "%": "%",
    "percent": "%",
    "per cent": "%",
    "pp": "pp",
    "points": "pp",
    "percentage points": "pp",
    "percentage point": "pp",
    "times": "1",
}


def _parameters(operation: Operation, step: Step) -> list[_Term]:
    """The numbers of the question that the step assumes; words ("min") only choose."""
    if operation.name in ("extremum", "rank", "count", "spread"):
        return []
    is_carried_on = operation.name == "projection"
    told = [text for text in step.parameters if not (is_carried_on and is_years(text))]
    return [_assumed(step, text) for text in told]


def _assumed(step: Step, text: str) -> _Term:
    match = _PARAMETER.fullmatch(text.strip())
    unit = _parameter_unit(match) if match else None
    if match is None or unit is None:
        raise CalculationRefused(step.operation, f"{text!r} is not a number with a known unit")
    number = Decimal(match["number"].replace(",", "")).scaleb(_SCALE.get(match["scale"] or "", 0))
    value = number.copy_negate() if match["sign"] else number
    kind = "change" if unit == "%" else "level"
    shown = text.strip().replace("-", rendering.MINUS)
    operand = Operand(
        text, unit, kind, shown, value=value, range=Interval.at(value), is_assumed=True
    )
    return _Term(operand, lambda leaves: Quantity.constant(value))


_NOUN = re.compile(r"[a-z]{3,20}")


def _parameter_unit(match: re.Match[str]) -> str | None:
    word = (match["symbol"] or match["unit"] or "").strip().casefold()
    known = _PARAMETER_UNITS.get(word) or units.parse(match["symbol"] or match["unit"].strip())
    is_noun = _NOUN.fullmatch(word) is not None and units.is_count(noun := units.singular(word))
    return known or (noun if is_noun else None)


def _obey(operation: Operation, operands: Operands) -> None:
    least, most = operation.arity
    if not least <= len(operands) <= most:
        wanted = str(least) if least == most else f"{least} to {most}"
        raise CalculationRefused(operation.name, f"wants {wanted} values, not {len(operands)}")
    for law in operation.laws:
        reason = law(operands)
        if reason:
            raise CalculationRefused(operation.name, reason)


def _depth(operation: Operation, terms: Sequence[_Term]) -> int:
    depth = max(term.depth for term in terms) + (operation.name != "conversion")
    if depth > MAX_DEPTH:
        raise CalculationRefused(operation.name, f"nested more than {MAX_DEPTH} deep")
    return depth


def _composed(operation: Operation, terms: Sequence[_Term], parameters: Sequence[str]) -> Evaluate:
    operands = [term.operand for term in terms]
    formula = operation.choose(operands, parameters) if operation.choose else operation.formula
    factors = [_scaling(operation, operand, operands[0]) for operand in operands]

    def evaluate(leaves: Mapping[str, Interval]) -> Quantity:
        values = [term.evaluate(leaves) for term in terms]
        scaled = [v if f is None else v * f for v, f in zip(values, factors, strict=True)]
        return formula(scaled)

    return evaluate


def _scaling(operation: Operation, operand: Operand, first: Operand) -> Quantity | None:
    if operand.unit == first.unit or not operation.aligns:
        return None
    return Quantity.constant(factor(operand.unit, first.unit) or Decimal(1))


def _outcome(
    operation: Operation,
    step: Step,
    operands: Operands,
    range: Interval,
    value: Decimal | None,
) -> Operand:
    unit = operation.unit(operands)
    if operation.name == "count" and step.parameters:
        unit = step.parameters[0]
    is_spent = operation.name == "remainder" and range.high == 0
    if is_spent or (operation.name in ("residual", "remainder") and range.high < 0):
        raise CalculationRefused(operation.name, "the parts are more than the whole")
    chosen = operands[best_of(operands, step.parameters)] if operation.name == "extremum" else None
    return Operand(
        id=step.id,
        unit=unit,
        kind=operation.kind or operands[0].kind,
        text=chosen.text if chosen else _formula(operation, step, operands),
        is_compound=chosen is None or chosen.is_compound,
        measure=step.measure or shared(operands, "measure"),
        entity=step.entity or (chosen.entity if chosen else shared(operands, "entity")),
        period=step.period or (chosen.period if chosen else operation.period(operands)),
        basis=shared(operands, "basis"),
        value=value,
        range=_told(operation, range),
        unsure=_unsure_together(step, operands),
        places=frozenset[tuple[str, int, int]]().union(*(o.places for o in operands)),
        leaves=frozenset[str]().union(*(o.leaves for o in operands)),
        quantities=frozenset[tuple[str, int]]().union(*(o.quantities for o in operands)),
    )


def _unsure_together(step: Step, operands: Operands) -> frozenset[str]:
    """What no operand says for sure and the step does not tell either."""
    unsure = frozenset[str]().union(*(o.unsure for o in operands))
    return frozenset(
        slot
        for slot in unsure
        if not getattr(step, slot, None) and not any(sure(o, slot) for o in operands)
    )


def _told(operation: Operation, range: Interval) -> Interval:
    """A range that says only what every such result is says nothing: that it is not negative,
    that no more than all was lost, that a part is at most the whole."""
    if not range.high.is_infinite():
        return range
    least = -100 if operation.name == "growth" else 0
    return Interval.of(None, None) if range.low in (0, least) else range


def _calculation(
    operation: Operation,
    step: Step,
    operands: Operands,
    result: Operand,
    texts: Mapping[str, str],
) -> Calculation:
    low, high = _bound(result.range.low), _bound(result.range.high)
    text = _shown(operation, operands, result, low, high, texts)
    return Calculation(
        id=step.id,
        operation=step.operation,
        operands=step.operands,
        parameters=step.parameters,
        value=result.value,
        low=low,
        high=high,
        unit=result.unit,
        formula=f"{_formula(operation, step, operands)} = {text}",
        text=text,
        measure=result.measure,
        entity=result.entity,
        period=result.period,
        identity=step.identity,
    )


def _formula(operation: Operation, step: Step, operands: Operands) -> str:
    wording = operation.wording(operands)
    if operation.name == "spread":
        return f"{wording} ÷ {n_spans(operands[0].period, span_of(step.parameters))}"
    if operation.name == "projection" and (n := n_years(step.parameters)) > 1:
        return f"{wording}^{n}"
    if operation.name != "extremum":
        return wording
    return ("smallest " if is_least(step.parameters) else "largest ") + wording


def _bound(end: Decimal) -> Decimal | None:
    return None if end.is_infinite() else end


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def _shown(
    operation: Operation,
    operands: Operands,
    result: Operand,
    low: Decimal | None,
    high: Decimal | None,
    texts: Mapping[str, str],
) -> str:
    if operation.name == "extremum" and not result.is_compound:
        return result.text
    if operation.name == "consistency":
        is_met = result.range.low <= 0 <= result.range.high
        return "consistent" if is_met else "inconsistent"
    if operation.name == "rank" and low is not None:
        place = int(low)
        return _ORDINALS[place - 1] if place <= len(_ORDINALS) else f"{place}th"
    try:
        text = rendering.render(result.value, low, high, result.unit, _like(result, texts))
    except rendering.NoDigits as error:
        reason = f"the values are too close or too vague to leave a digit ({error})"
        raise CalculationRefused(operation.name, reason) from error
    is_bare = operation.name == "ratio" or result.kind not in ("ratio", "share")
    return text.removesuffix(" times") if is_bare else text


def _like(result: Operand, texts: Mapping[str, str]) -> str | None:
    """The wording of the first leaf, whose way of writing money is followed."""
    return next((texts[id] for id in sorted(result.leaves) if id in texts), None)
