"""Numerals: what each number of a text is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest import numerals


def _read(text: str) -> list[tuple[str, str, Decimal | None]]:
    return [(text[n.start : n.end], n.kind, n.value) for n in numerals.scan(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("43.85 trillion", "43850000000000"),
        ("1,234,567.8", "1234567.8"),
        ("1.234.567,89", "1234567.89"),
        ("1,97,000", "197000"),
        ("12 345 678", "12345678"),
        ("two and a half million", "2500000"),
        ("three million two hundred thousand", "3200000"),
        ("two point five trillion", "2500000000000"),
        ("half a billion", "500000000"),
        ("a dozen", "12"),
        ("5 lakh crore", "5000000000000"),
        ("twenty-five", "25"),
        ("one hundred and five", "105"),
        ("2½ million", "2500000"),
        ("a quarter of a million", "250000"),
        ("three hundred thousand", "300000"),
    ],
)
def test_numbers_are_read_whole(text: str, value: str) -> None:
    [numeral] = numerals.scan(text)
    assert (numeral.start, numeral.end) == (0, len(text))
    assert numeral.value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("G20 and COVID-19 and 5G", ["identifier"] * 3),
        ("a Boeing 737 under Article 301", ["identifier"] * 2),
        ("pages 12 and 13", ["identifier"] * 2),
        ("in 2024 and 1999", ["year"] * 2),
        ("the 21st and the third", ["ordinal"] * 2),
        ("one of the few, no one", ["indefinite"] * 2),
        ("at 10:30 and 9 p.m.", ["time"] * 2),
        ("call +44 20 7946 0958 or 555-123-4567", ["identifier"] * 2),
        ("https://example.org/2024/5 and 192.168.0.1", ["identifier"] * 2),
        ("doubled", ["multiple"]),
        ("a third of voters, two-thirds", ["fraction"] * 2),
    ],
)
def test_numerals_are_told_apart(text: str, kinds: list[str]) -> None:
    assert [kind for _, kind, _ in _read(text)] == kinds
