"""Currencies: which way one went, told by what another costs in it.

"Did the rupee lose against the dollar?" over "297 to the dollar, against 301 a year ago": the more
of a currency another costs, the less it is worth.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from bot.language import terms
from ingest import Figure, units


def way(question: str, new: Figure, old: Figure) -> Literal["up", "down"] | None:
    """Which way the currency went that a question names first, by two rates; None where they are
    none, or of other currencies."""
    if new.unit != old.unit or new.value is None or old.value is None or new.value == old.value:
        return None
    priced, _, in_which = new.unit.partition("/")
    if not (units.is_money(priced) and units.is_money(in_which)):
        return None
    asked = _first(question)
    if asked not in {priced, in_which, "currency"}:
        return None
    is_more = new.value > old.value
    return "up" if is_more == (asked == in_which) else "down"


def rates(figures: Sequence[Figure]) -> list[Figure]:
    """The figures that tell what one currency costs in another."""
    return [f for f in figures if all(map(units.is_money, f.unit.split("/"))) and "/" in f.unit]


def _first(question: str) -> str | None:
    """The unit of the first currency that a question names; "currency" where it only says so."""
    for word in terms.words(question.lower()):
        if word.group() in {"currency", "currencies"}:
            return "currency"
        unit = units.parse(word.group().removesuffix("'s").removesuffix("’s"))
        if unit and units.is_money(unit):
            return unit
    return None
