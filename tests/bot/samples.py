"""Figures for tests, as an article would state them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from ingest import Figure, Span

_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}


def stated(text: str, unit: str, *, start: int = 0, article: str = "a", **slots: Any) -> Figure:
    """The figure that `text` states: its digits, its scale word and a `comparator` among slots.

    With `upto` among slots it is a range from these digits to that value.
    """
    upto = slots.pop("upto", None)
    digits = "".join(char for char in text if char.isdigit() or char == ".").strip(".")
    exponent = next((e for word, e in _SCALES.items() if word in text), 0)
    value = Decimal(digits).scaleb(exponent)
    is_exact = slots.pop("exact", False)
    place = Decimal(0) if is_exact else Decimal(1).scaleb(_exponent(digits) + exponent)
    low, high = interval(value, place, slots.get("comparator"))
    if upto is not None:
        low, high = value, Decimal(upto)
    slots = {
        "kind": "level",
        "comparator": None,
        "direction": None,
        "quantity": start,
        "sentence": Span(0, 200),
    } | slots
    return Figure(
        article_id=article,
        start=start,
        end=start + len(text),
        value=value if upto is None else None,
        low=low,
        high=high,
        unit=unit,
        precision=place,
        **slots,
    )


def _exponent(digits: str) -> int:
    return int(Decimal(digits).as_tuple().exponent)


def interval(
    value: Decimal, place: Decimal, comparator: str | None
) -> tuple[Decimal | None, Decimal | None]:
    """What a statement honestly claims."""
    half = place / 2
    return {
        None: (value - half, value + half),
        "about": (value - place, value + place),
        "nearly": (value - place, value),
        "more than": (value, None),
        "at least": (value, None),
        "less than": (None, value),
        "up to": (None, value),
    }[comparator]
