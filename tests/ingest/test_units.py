"""Units: names, kinds and conversion."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest import data, units


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
    ("a", "b"),
    [
        ("USD", "CNY"),
        ("%", "pp"),
        ("copy", "medal"),
        ("kg", "km"),
        ("°C", "°F"),
        ("t", "TEU"),
        ("year", "%"),
        ("ha", "EUR/ha"),
        ("t/ha", "t"),
    ],
)
def test_what_has_no_factor_is_refused(a: str, b: str) -> None:
    with pytest.raises(units.UnitMismatch, match="cannot be converted"):
        units.convert(Decimal(1), a, b)


def test_the_table_of_factors_is_that_of_the_registry() -> None:
    registry, table = units._registry(), data.load("pint")
    for named in table["factors"].values():
        plain, *others = (registry.Quantity(1, table["names"].get(u, u)) for u in named)
        for quantity, factor in zip(others, list(named.values())[1:], strict=True):
            told = Decimal(factor) / Decimal(next(iter(named.values())))
            assert abs(quantity.to(plain.units).magnitude / told - 1) < Decimal("1e-25")
    assert not any(unit in registry for unit in table["foreign"]["units"] if unit not in _READ)


_READ = {"dB", "decade"}  # known by name, without a factor


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


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("NOK", "DKK", True),
        ("USD", "AUD", True),
        ("NOK/person", "DKK/person", True),
        ("NOK/person", "DKK", False),
        ("USD", "GBP", False),
        ("km", "m", False),
    ],
)
def test_currencies_of_one_name(one: str, other: str, wanted: bool) -> None:
    assert units.are_namesakes(one, other) is wanted
