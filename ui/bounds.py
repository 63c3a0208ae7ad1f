"""The interval of a calculation in words: "between 18.39 trillion yuan and 18.41 trillion yuan"."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.answers import Calculation

_WIDE = Context(prec=60)


def describe(calculation: Calculation) -> str:
    """What the result honestly claims; rounded outwards, so that it stays true."""
    from bot.rendering import render

    low, high = rounded(calculation.low, calculation.high)
    unit = calculation.unit
    if low is not None and high is not None and low != high:
        return f"between {render(low, low, low, unit)} and {render(high, high, high, unit)}"
    if low is not None and low == high:
        return f"exactly {render(low, low, high, unit)}"
    if low is None and high is None:
        return "neither bound is known"
    return render(None, low, high, unit)


def rounded(low: Decimal | None, high: Decimal | None) -> tuple[Decimal | None, Decimal | None]:
    """Both ends, outwards, to the place of the first significant digit of the half-width."""
    if low is None or high is None or low == high:
        return low, high
    place = _WIDE.divide(_WIDE.subtract(high, low), Decimal(2)).adjusted()
    return _to_place(low, place, ROUND_FLOOR), _to_place(high, place, ROUND_CEILING)


def _to_place(value: Decimal, place: int, rounding: str) -> Decimal:
    return value.quantize(Decimal(1).scaleb(place), rounding=rounding, context=_WIDE)
