"""Calculation: golden formulas and refusals, then properties for every operation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import calculation
from bot.drafts import Step
from bot.errors import CalculationRefused, IdentitiesMalformed
from ingest import Article, Figure, Origin, Span, figures
from ingest.articles import Block

from .samples import interval, stated

CASES = yaml.safe_load(
    (Path(__file__).parents[1] / "data" / "calculations.yaml").read_text(encoding="utf-8")
)


def _figures(case: dict[str, Any]) -> tuple[dict[str, Figure], dict[str, str]]:
    figures, texts = {}, {}
    for n, (id, entry) in enumerate(case["figures"].items()):
        slots = dict(entry)
        text, unit = slots.pop("text"), slots.pop("unit")
        slots["sentence"] = Span(*slots.pop("sentence", (0, 200)))
        found = slots.pop("found", {})
        slots["origins"] = tuple(Origin(slot, how, 0, 0) for slot, how in found.items())
        figures[id] = stated(text, unit, start=slots.pop("start", 100 * n), **slots)
        texts[id] = text
    return figures, texts


def _steps(case: dict[str, Any]) -> list[Step]:
    steps = []
    for n, entry in enumerate(case["steps"], start=1):
        operation, *operands = entry["of"].split()
        parameters = tuple(str(p) for p in entry.get("with", ()))
        steps.append(Step(f"c{n}", operation, tuple(operands), parameters))
    return steps


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_golden(case: dict[str, Any]) -> None:
    figures, texts = _figures(case)
    if "refused" in case:
        with pytest.raises(CalculationRefused, match=case["refused"]):
            calculation.compute(_steps(case), figures, texts)
        return
    found = list(calculation.compute(_steps(case), figures, texts).values())[-1]
    assert found.formula == case["formula"]
    assert found.unit == case.get("result", found.unit)
    assert found.period == case.get("period", found.period)


def test_every_operation_has_a_golden_case_and_a_refusal() -> None:
    shown = {e["of"].split()[0] for case in CASES for e in case["steps"] if "refused" not in case}
    refused = {case["steps"][-1]["of"].split()[0] for case in CASES if "refused" in case}
    assert shown >= set(calculation.OPERATIONS)
    assert refused >= set(calculation.OPERATIONS)


def test_a_refusal_leaves_the_other_steps() -> None:
    figures = {"f1": stated("65", "medal", exact=True), "f2": stated("3%", "%", start=9)}
    figures["f3"] = stated("13", "medal", exact=True, start=20)
    steps = [Step("c1", "sum", ("f1", "f2")), Step("c2", "multiple", ("f1", "f3"))]
    done, refused = calculation.attempt(steps, figures, {"f1": "65", "f2": "3%"})
    assert list(done) == ["c2"]
    assert "do not mix" in refused["c1"]


# Identities


def test_identities_of_the_table_read() -> None:
    names = {identity.name for identity in calculation.identities()}
    assert {"total trade", "trade balance", "profit"} <= names


def test_a_corpus_adds_identities(tmp_path: Path) -> None:
    text = "- name: seats\n  whole: [seats]\n  parts: [{names: [held]}, {names: [vacant]}]\n"
    (tmp_path / "identities.yaml").write_text(text, encoding="utf-8")
    assert calculation.identities(tmp_path)[-1].name == "seats"


def test_malformed_identities_say_so(tmp_path: Path) -> None:
    (tmp_path / "identities.yaml").write_text("- whole: [x]\n", encoding="utf-8")
    with pytest.raises(IdentitiesMalformed, match="name"):
        calculation.identities(tmp_path)


def _measured(**measures: str) -> dict[str, Figure]:
    return {
        id: stated("5 million", "CNY", start=n * 10, measure=measure.replace("_", " "))
        for n, (id, measure) in enumerate(measures.items())
    }


@pytest.mark.parametrize(
    ("operation", "operands", "measure", "identity", "is_fine"),
    [
        ("residual", "total trade,exports", "imports", "total trade", True),
        ("residual", "exports,total trade", "imports", "total trade", False),
        ("sum", "total trade,exports", "imports", "total trade", False),
        ("sum", "exports,imports", "total trade", "total trade", True),
        ("difference", "exports,imports", "trade balance", "trade balance", True),
        ("difference", "imports,exports", "trade balance", "trade balance", False),
        ("residual", "total trade,exports", "tourism", "total trade", False),
        ("residual", "total trade,exports", "imports", "no such", False),
        ("residual", "total trade,exports", "imports", None, False),
        ("difference", "revenue,profit", "costs", "profit", True),
    ],
)
def test_a_claimed_measure_follows_from_its_identity(
    operation: str, operands: str, measure: str, identity: str | None, is_fine: bool
) -> None:
    first, second = operands.split(",")
    figures = _measured(f1=first, f2=second)
    step = Step("c1", operation, ("f1", "f2"), measure=measure, identity=identity)
    problem = calculation.claim_problem(step, {}, figures, calculation.identities())
    assert (problem is None) is is_fine


# Properties: true values, rounded as an article would, and the true result

Formula = Callable[..., Fraction]


def _rounded(true: Fraction, place: int, comparator: str | None) -> tuple[Decimal, Decimal]:
    """What an article states for a true value: the number and the size of its last place."""
    size = Decimal(1).scaleb(place)
    steps = true / Fraction(size)
    whole = round(steps)
    if comparator == "nearly" or comparator in ("less than", "up to"):
        whole = -((-steps.numerator) // steps.denominator)
    elif comparator in ("more than", "at least"):
        whole = steps.numerator // steps.denominator
    return whole * size, size


@st.composite
def _told(
    draw: st.DrawFn, sides: Sequence[str | None]
) -> tuple[Fraction, Decimal, Any, str | None]:
    """(true value, stated value, (low, high), comparator): never zero as stated."""
    true = Fraction(draw(st.integers(1_000, 99_999_999)), draw(st.sampled_from([1, 10, 1000, 7])))
    comparator = draw(st.sampled_from(list(sides)))
    magnitude = len(str(int(true))) - 1
    place = magnitude - draw(st.integers(1, 4))
    value, size = _rounded(true, place, comparator)
    return true, value, interval(value, size, comparator), comparator


def _figure(told: Any, unit: str, start: int, **slots: Any) -> Figure:
    _, value, (low, high), comparator = told
    base = stated("1", unit, start=start, **slots)
    return Figure(
        **{
            **{name: getattr(base, name) for name in base.__slots__},
            "value": value,
            "low": low,
            "high": high,
            "comparator": comparator,
        }
    )


_SIDES = (None, "about", "nearly", "more than", "less than", "up to", "at least")
_TWO = (None, "about", "nearly")
_YUAN: dict[str, Any] = {}
_RATE: dict[str, Any] = {"kind": "change"}
_RATIO: dict[str, Any] = {"kind": "rate"}

# operation → (true result, units and slots of its operands)
_PROPERTIES: dict[str, tuple[Formula, list[tuple[str, dict[str, Any]]]]] = {
    "difference": (lambda a, b: a - b, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "sum": (lambda a, b, c: a + b + c, [("CNY", _YUAN)] * 3),
    "residual": (lambda a, b: a - b, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "remainder": (lambda a: 100 - a, [("%", {"kind": "share"})]),
    "product": (lambda a, b: a * b, [("USD/copy", _RATIO), ("copy", _YUAN)]),
    "cross_rate": (lambda a, b: a / b, [("CNY/USD", _RATIO), ("EUR/USD", _RATIO)]),
    "share": (lambda a, b: a / b * 100, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "ratio": (lambda a, b: a / b, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "multiple": (lambda a, b: a / b, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "growth": (lambda a, b: (a - b) / b * 100, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "point_change": (lambda a, b: a - b, [("%", {"kind": "share"}), ("%", {"kind": "share"})]),
    "before_growth": (lambda a, g: a / (1 + g / 100), [("CNY", _YUAN), ("%", _RATE)]),
    "before_change": (
        lambda a, g: a + g,
        [("CNY", _YUAN), ("CNY", {"kind": "change", "direction": "down"})],
    ),
    "percent_of": (lambda s, a: s / 100 * a, [("%", {"kind": "share"}), ("CNY", _YUAN)]),
    "whole_of": (lambda a, s: a * 100 / s, [("CNY", _YUAN), ("%", {"kind": "share"})]),
    "projection": (lambda a, g: a * (1 + g / 100), [("CNY", _YUAN), ("%", _RATE)]),
    "absolute_growth": (lambda a, g: a - a / (1 + g / 100), [("CNY", _YUAN), ("%", _RATE)]),
    "average": (lambda a, b, c: (a + b + c) / 3, [("CNY", _YUAN)] * 3),
    "midpoint": (lambda a: a, [("CNY", _YUAN)]),
    "spread": (lambda a: a / 12, [("CNY", {"period": "2024"})]),
    "per_unit": (lambda a, b: a / b, [("USD", _YUAN), ("copy", _YUAN)]),
    "exchange_rate": (lambda a, b: a / b, [("CNY", _YUAN), ("USD", {"quantity": 0})]),
    "conversion": (lambda a, b: a / b, [("CNY", _YUAN), ("CNY/USD", {"kind": "rate"})]),
    "contribution": (lambda a, b: a / b * 100, [("CNY", _YUAN), ("CNY", _YUAN)]),
    "extremum": (lambda a, b: max(a, b), [("CNY", _YUAN), ("CNY", _YUAN)]),
    "rank": (lambda a, b: Fraction(1 if a > b else 2), [("CNY", _YUAN), ("CNY", _YUAN)]),
    "count": (lambda a, b: Fraction(2), [("CNY", _YUAN), ("CNY", _YUAN)]),
    "consistency": (lambda a, b: a - b, [("CNY", _YUAN), ("CNY", _YUAN)]),
}


def _steadily(n_examples: int) -> settings:
    """So many examples, the same each time, however long they take."""
    return settings(
        max_examples=n_examples,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


def _hold(operation: str, n_examples: int) -> None:
    true_result, wanted = _PROPERTIES[operation]

    @_steadily(n_examples)
    @given(st.lists(_told(_SIDES), min_size=len(wanted), max_size=len(wanted)))
    def holds(told: list[Any]) -> None:
        figures = {
            f"f{n}": _figure(one, unit, n * 10, **slots)
            for n, (one, (unit, slots)) in enumerate(zip(told, wanted, strict=True))
        }
        try:
            step = Step("c1", operation, tuple(figures))
            found = calculation.compute([step], figures, {})["c1"]
        except CalculationRefused:
            return
        truth = true_result(*(one[0] for one in told))
        assert found.low is None or Fraction(found.low) <= truth
        assert found.high is None or truth <= Fraction(found.high)
        assert_bears(found.text, found.low, found.high)

    holds()


def assert_bears(text: str, low: Decimal | None, high: Decimal | None) -> None:
    """The last place shown is not finer than the first digit of the half-width."""
    if low is None or high is None or low == high or not any(c.isdigit() for c in text):
        return
    half = (high - low) / 2
    if half < abs(high) * Decimal("1e-20"):
        return
    shown = "".join(c for c in text if c.isdigit() or c == ".").strip(".")
    scales = {"million": 6, "billion": 9, "trillion": 12}
    exponent = next((e for word, e in scales.items() if word in text), 0)
    digits = Decimal(shown) if "." in shown else Decimal(shown).normalize()
    assert int(digits.as_tuple().exponent) + exponent >= half.adjusted()


@pytest.mark.parametrize("operation", list(_PROPERTIES))
def test_interval_holds_the_true_result(operation: str) -> None:
    _hold(operation, 60)


@pytest.mark.soak
@pytest.mark.parametrize("operation", list(_PROPERTIES))
def test_interval_holds_the_true_result_at_length(operation: str) -> None:
    _hold(operation, 10_000)


def test_every_operation_has_a_property() -> None:
    assert set(_PROPERTIES) == set(calculation.OPERATIONS)


# Formulas in which a leaf stands twice: steps, and the true result of the figures f0, f1, f2

_TWICE: dict[str, tuple[list[Step], Formula]] = {
    "what is left, of the whole": (
        [Step("c1", "residual", ("f0", "f1")), Step("c2", "share", ("c1", "f0"))],
        lambda a, b, c: (a - b) / a * 100,
    ),
    "a part, of the sum of the parts": (
        [Step("c1", "sum", ("f0", "f1", "f2")), Step("c2", "share", ("f0", "c1"))],
        lambda a, b, c: a / (a + b + c) * 100,
    ),
    "times the average": (
        [Step("c1", "average", ("f0", "f1", "f2")), Step("c2", "multiple", ("f0", "c1"))],
        lambda a, b, c: 3 * a / (a + b + c),
    ),
    "the difference, of the sum": (
        [
            Step("c1", "difference", ("f0", "f1")),
            Step("c3", "sum", ("f0", "f1")),
            Step("c2", "ratio", ("c1", "c3")),
        ],
        lambda a, b, c: (a - b) / (a + b),
    ),
    "a share of what is left of a share": (
        [
            Step("c1", "residual", ("f0", "f1")),
            Step("c3", "sum", ("c1", "f0", "f2")),
            Step("c2", "ratio", ("c1", "c3")),
        ],
        lambda a, b, c: (a - b) / (2 * a - b + c),
    ),
}


def _hold_twice(name: str, n_examples: int, sides: Sequence[str | None]) -> None:
    steps, true_result = _TWICE[name]

    @_steadily(n_examples)
    @given(st.lists(_told(sides), min_size=3, max_size=3))
    def holds(told: list[Any]) -> None:
        figures = {f"f{n}": _figure(one, "CNY", n * 10) for n, one in enumerate(told)}
        try:
            found = calculation.compute(steps, figures, {})["c2"]
        except CalculationRefused:
            return
        truth = true_result(*(one[0] for one in told))
        assert found.low is None or Fraction(found.low) <= truth
        assert found.high is None or truth <= Fraction(found.high)

    holds()


@pytest.mark.parametrize("name", list(_TWICE))
@pytest.mark.parametrize("sides", [_TWO, _SIDES], ids=["bounded", "one-sided"])
def test_a_leaf_used_twice_holds_the_true_result(name: str, sides: Sequence[str | None]) -> None:
    _hold_twice(name, 25, sides)


@pytest.mark.soak
@pytest.mark.parametrize("name", list(_TWICE))
def test_a_leaf_used_twice_holds_the_true_result_at_length(name: str) -> None:
    _hold_twice(name, 10_000, _SIDES)


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(st.lists(_told(_TWO), min_size=2, max_size=2))
def test_a_leaf_used_twice_moves_as_one(told: list[Any]) -> None:
    """(a − b) / a holds the truth and is no wider than if the two a were strangers."""
    figures = {f"f{n}": _figure(one, "CNY", n * 10) for n, one in enumerate(told)}
    steps = [Step("c1", "residual", ("f0", "f1")), Step("c2", "share", ("c1", "f0"))]
    try:
        found = calculation.compute(steps, figures, {})["c2"]
    except CalculationRefused:
        return
    (a, _, (a_low, a_high), _), (b, _, (b_low, b_high), _) = told
    assert found.low is not None and found.high is not None
    assert Fraction(found.low) <= (a - b) / a * 100 <= Fraction(found.high)
    low = Fraction(a_low - b_high) / Fraction(a_high if a_low > b_high else a_low)
    high = Fraction(a_high - b_low) / Fraction(a_low)
    widest = (high - low) * 100 * (1 + Fraction(1, 10**20))
    assert Fraction(found.high) - Fraction(found.low) <= widest


def test_a_sum_takes_a_quantity_of_two_articles_once() -> None:
    told = {"f1": _in_article("a.txt", "25.45"), "f2": _in_article("b.txt", "25.5")}
    with pytest.raises(CalculationRefused, match="already among the values"):
        calculation.compute([Step("c1", "sum", ("f1", "f2"))], told, {})


def _in_article(id: str, billions: str) -> Figure:
    text = f"Exports came to {billions} billion yuan in 2024."
    blocks = (Block(0, len(text), "paragraph"),)
    [figure] = figures.find(Article(id, "", text, blocks, None, None, None, None, "", ""))
    return figure
