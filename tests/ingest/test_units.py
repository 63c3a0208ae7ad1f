"""Units: names, kinds and conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest import units


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("dollars", "USD"),
        ("Australian dollars", "AUD"),
        ("km", "km"),
        ("square kilometres", "km²"),
        ("per cent", "%"),
        ("percentage points", "pp"),
        ("barrels a day", "bbl/day"),
        ("mm per year", "mm/year"),
        ("gigawatts", "GW"),
        ("wombats", None),
    ],
)
def test_units_are_named(text: str, unit: str | None) -> None:
    assert units.parse(text) == unit


@pytest.mark.parametrize(
    ("value", "a", "b", "result"),
    [
        ("3", "GW", "MW", "3000"),
        ("2", "t", "kg", "2000"),
        ("90", "minute", "hour", "1.5"),
        ("7.1", "%", "1", "0.071"),
        ("36", "km/h", "m/s", "10"),
        ("1", "mi", "km", "1.609344"),
    ],
)
def test_conversion_is_exact(value: str, a: str, b: str, result: str) -> None:
    assert units.convert(Decimal(value), a, b) == Decimal(result)


@pytest.mark.parametrize(
    ("a", "b"), [("USD", "CNY"), ("%", "pp"), ("copy", "medal"), ("kg", "km"), ("°C", "°F")]
)
def test_what_has_no_factor_is_refused(a: str, b: str) -> None:
    with pytest.raises(units.UnitMismatch, match="cannot be converted"):
        units.convert(Decimal(1), a, b)


@pytest.mark.parametrize(
    ("plural", "singular"),
    [("copies", "copy"), ("people", "person"), ("houses", "house"), ("businesses", "business")],
)
def test_singular(plural: str, singular: str) -> None:
    assert units.singular(plural) == singular


def test_kinds_of_unit() -> None:
    assert units.is_money("CNY") and not units.is_money("CNY/USD")
    assert units.is_percent("%") and not units.is_percent("pp")
    assert units.is_count("copy") and not units.is_count("GW") and not units.is_count("1")
