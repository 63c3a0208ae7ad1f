"""Kinds: what sort of quantity one is, by its unit, its form and what it measures."""

from __future__ import annotations

from ingest import data, numerals, units
from ingest.figures import lexicon
from ingest.figures.figure import Kind
from ingest.figures.quantities import Quantity
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement


def is_money(quantity: Quantity) -> bool:
    return units.is_money(quantity.unit or "")


def is_ratio(quantity: Quantity) -> bool:
    return quantity.unit in (None, "%", "pp", "1", "‰")


def is_amount(unit: str) -> bool:
    """Money, a weight or a volume: what is told of things by millions and no number of them."""
    return units.is_money(unit) or (units.is_physical(unit) and "/" not in unit)


def is_told_in(quantity: Quantity) -> bool:
    """Whether a quantity is told in a unit or currency, or with the noun that it counts."""
    return quantity.noun is not None or is_amount(quantity.unit or "")


def is_lasting(quantity: Quantity) -> bool:
    return units.is_duration(quantity.unit or "")


def is_scaled(statement: Statement, q: Quantity) -> bool:
    """Whether a quantity is told in millions or the like."""
    scales, loose = numerals.words().scales, numerals.words().loose
    inside = range(q.first, q.after)
    return any(statement.low(k) in scales or statement.raw(k) in loose for k in inside)


def class_of(quantity: Quantity) -> str:
    """What kind of unit a verb's dimension depends on."""
    unit = quantity.unit or ""
    if units.is_money(unit.partition("/")[0]):
        return "money"
    if units.is_duration(unit.partition("/")[0]):
        return "time"
    return str(data.load("natures")["units"].get(unit, ""))


def kind_of(quantity: Quantity, made: Slots, after: str) -> Kind:
    forms: dict[str, Kind] = {"score": "score", "rank": "rank", "odds": "ratio", "age": "duration"}
    if quantity.form in forms:
        return forms[quantity.form]
    unit = quantity.unit or "1"
    if quantity.form == "fraction" and unit == "1":
        return "share"
    if unit in ("%", "‰"):
        words = set((made.measure or "").split())
        shared = after == "of" or "share" in words or "stake" in words
        return "rate" if words & lexicon.words("cues", "rates") and not shared else "share"
    if unit == "pp":
        return "change"
    return kind_by_unit(quantity, unit)


def kind_by_unit(quantity: Quantity, unit: str) -> Kind:
    if quantity.form == "multiple":
        return "ratio"
    if units.is_duration(unit):
        return "duration"
    if "/" in unit:
        return "rate"
    return "count" if units.is_count(unit) else "level"
