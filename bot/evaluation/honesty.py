"""Honest digits, checked apart from the code that renders them.

A shown number may not have a digit below the place of the first significant digit of its
interval's half-width (the convention of the Guide to the Expression of Uncertainty in
Measurement), must lie in its interval as rounded to that place, and a quoted figure must stand
in its source with the same digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from bot.answers import Answer, Calculation, Number

SCALES: Mapping[str, int] = {
    "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "quadrillion": 15,
    "basis": -2,
}  # fmt: skip
_NUMERAL = re.compile(
    r"(\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?!\d)|\d[\d,]*(?:\.\d+)?)(?:[\s-]?([a-z]+))?",
    re.IGNORECASE,
)
_GROUPING = re.compile(r"[,\s]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A numeral as written: its value and the size of its last significant place."""

    value: Decimal
    place: Decimal


def dishonest_numbers(answer: Answer) -> Iterator[str]:
    """A reason for each number of the text that shows more than its proof bears."""
    calculations = {calculation.id: calculation for calculation in answer.calculations}
    for number in answer.numbers:
        if number.proof in calculations:
            yield from _overstated(number, calculations[number.proof])
        elif number.proof in answer.figures:
            yield from _altered(number, answer.figure_texts.get(number.proof, ""))


def read(text: str) -> Shown | None:
    """The first numeral in digits of a text, with its scale word; None where there is none.

    Zeros that end a whole number are not taken as claimed: "18,400" claims hundreds.
    """
    match = _NUMERAL.search(text)
    if match is None:
        return None
    digits = Decimal(_GROUPING.sub("", match[1]))
    scale = Decimal(10) ** SCALES.get((match[2] or "").lower(), 0)
    exponent = int(digits.as_tuple().exponent)
    if exponent == 0 and digits:
        exponent = len(str(digits)) - len(str(digits).rstrip("0"))
    return Shown(digits * scale, Decimal(1).scaleb(exponent) * scale)


def _overstated(number: Number, calculation: Calculation) -> Iterator[str]:
    shown, low, high = read(number.text), calculation.low, calculation.high
    if shown is None or low is None or high is None:
        return
    half = (high - low) / 2
    if half and shown.place < Decimal(1).scaleb(half.adjusted()):
        yield f"{number.text} shows more digits than the interval [{low:f}, {high:f}] bears"
    low, high = sorted((abs(low), abs(high))) if low * high >= 0 else (Decimal(0), max(-low, high))
    if not low - shown.place / 2 <= shown.value <= high + shown.place / 2:
        yield f"{number.text} lies outside of [{low:f}, {high:f}]"


def _altered(number: Number, source: str) -> Iterator[str]:
    shown, stated = read(number.text), read(source)
    if shown and stated and shown.value != stated.value and not _holds(source, number.text):
        yield f"{number.text} is not what the source says: {source}"


def _holds(source: str, text: str) -> bool:
    """Whether the source holds the shown numerals, as a range holds its ends."""
    return all(match[1] in source for match in _NUMERAL.finditer(text))
