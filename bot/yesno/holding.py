"""Holding: a result against a number of the asker's, "did exports exceed 20 trillion yuan?"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Any

from bot.language import terms
from bot.nodes import Derivation
from bot.questions import Assumed
from bot.yesno.telling import Holds
from ingest import units

# How many times a share that is worked out may be the one that is asked about, or this it.
FAR = Decimal("2.5")
# This share of the asker's multiple a result reaches where it says anything of it.
SHORT = Decimal("0.8")
# By how much a number may be missed, asked plainly or with "nearly".
EXACT, ROUGH = Decimal("0.005"), Decimal("0.1")

Range = tuple[Decimal | None, Decimal | None]


def _data() -> dict[str, Any]:
    return terms.table("deciding")


def bounds(made: Derivation) -> Range:
    """The interval of a derivation's result."""
    if made.is_stated:
        figure = made.figures[made.result]
        return figure.low, figure.high
    calculation = made.calculations[made.result]
    return calculation.low, calculation.high


def likely_bounds(made: Derivation) -> Range:
    """The inner two thirds of the interval of a result over two rounded figures.

    Where each is anywhere in its own interval alike, the result lies outside on either side with
    a chance of 1 in 18: it is past an end only where both are rounded far, and opposite ways.
    """
    low, high = bounds(made)
    if made.is_stated or low is None or high is None:
        return low, high
    sixth = (high - low) / 6
    return low + sixth, high - sixth


def _scaled(value: Decimal, near: Decimal) -> Decimal:
    """A bare number in the thousands, millions or billions that are spoken of."""
    ways = [value.scaleb(places) for places in (0, 3, 6, 9, 12)]
    return min(ways, key=lambda way: abs((abs(near) / way).ln())) if near and value else value


def middle(told: Range) -> Decimal | None:
    """The middle of an interval, or the end that it has."""
    low, high = told
    return (low + high) / 2 if low is not None and high is not None else low or high


def is_within(value: Decimal, told: Range) -> bool:
    """Whether a value lies inside an interval, so that this is neither above nor below it."""
    low, high = told
    return low is not None and high is not None and low < value < high


def in_unit_of(assumed: Assumed, unit: str, near: Decimal | None = None) -> Decimal | None:
    """The asker's number in a unit: "half" is 50% of something and no amount of money.

    near: what it is held against; a bare "700" beside 650 million euros means millions
    """
    if assumed.unit == unit or {assumed.unit, unit} <= {"%", "pp"}:
        return assumed.value
    if assumed.unit == "1":
        is_part = assumed.value <= 1
        if unit in {"%", "pp"}:
            return assumed.value * 100 if is_part else assumed.value
        if unit != "1" and is_part:
            return None
        return assumed.value if near is None or unit == "1" else _scaled(assumed.value, near)
    if units.is_count(assumed.unit) and units.is_count(unit):
        return assumed.value
    if units.is_money(assumed.unit) and unit.split("/")[0] == assumed.unit:
        # "above 7 yuan per dollar", "below €600" of a price per tonne
        return assumed.value
    try:
        return units.convert(assumed.value, assumed.unit, unit)
    except units.UnitMismatch:
        return None


def compare(
    text: str, assumed: Assumed, value: Decimal, low: Decimal | None, high: Decimal | None
) -> Holds | None:
    """Whether an interval lies as a question, in lower case, supposes of its number's value."""
    if assumed.text.lower().endswith("majority"):
        return above(value, low, high)
    before = text[: text.find(assumed.text.lower())]
    after = text[text.find(assumed.text.lower()) + len(assumed.text) :][:10]
    relation = relation_of(before, after)
    if relation in ("more", "least"):
        return above(value, low, high)
    if relation in ("less", "most"):
        return below(value, low, high)
    return equal(value, low, high, ROUGH if ROUGHLY.search(before) else EXACT)


def relation_of(before: str, after: str = "") -> str | None:
    """How a number is compared, by the last words before it that say so, or by those behind it.

    >>> relation_of("were sales of higher grades no more than "), relation_of("were sales ")
    ('most', None)
    """
    data = _data()
    for relation in ("least", "most"):
        if terms.has(after, [cue for cue in data[relation] if cue.startswith("or ")]):
            return relation
    told = [(m.end(), -m.start(), m["cue"].lower()) for m in _cues().finditer(before)]
    if not told:
        return None
    cue = max(told)[2]
    return next(name for name in _RELATIONS if cue in data[name])


_RELATIONS = ("most", "least", "less", "more")


@lru_cache(maxsize=1)
def _cues() -> re.Pattern[str]:
    """Words that compare with a number, the longer first."""
    cues = {cue for name in _RELATIONS for cue in _data()[name]}
    told = "|".join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))
    return re.compile(rf"\b(?P<cue>{told})\b", re.IGNORECASE)


ROUGHLY = re.compile(
    r"\b(?:nearly|almost|about|around|roughly|close to|near|circa|in the region of|approximately"
    r"|practically) $"
)


def above(value: Decimal, low: Decimal | None, high: Decimal | None) -> Holds | None:
    """Whether all of an interval is above a value; None where a part is."""
    if low is not None and low >= value:
        return "yes"
    return "no" if high is not None and high <= value else None


def below(value: Decimal, low: Decimal | None, high: Decimal | None) -> Holds | None:
    """Whether all of it is below."""
    told = above(value, low, high)
    return {"yes": "no", "no": "yes"}.get(told or "")  # type: ignore[return-value]


def equal(value: Decimal, low: Decimal | None, high: Decimal | None, by: Decimal) -> Holds | None:
    """Within the interval, or so small a part beside it."""
    if low is None or high is None:
        return None
    slack = abs(value) * by
    return "yes" if low - slack <= value <= high + slack else "no"


def between(value: Decimal, upto: Decimal | None, told: Range) -> Holds | None:
    """Whether an interval lies inside the asker's range; None where it crosses an end."""
    low, high = told
    if upto is None or low is None or high is None:
        return None
    if value <= low and high <= upto:
        return "yes"
    return "no" if high <= value or upto <= low else None


def is_worth_asking(value: Decimal, low: Decimal | None, high: Decimal | None) -> bool:
    """Whether a share or multiple lies where one would ask whether it is over or under a value."""
    if low is None or high is None or not value:
        return False
    return FAR * abs(high) >= abs(value) and abs(low) <= FAR * abs(value)


def is_far_short(value: Decimal, told: Range) -> bool:
    """Whether a multiple that is worked out is so much less than the asker's that it more likely
    rests on other figures than denies it."""
    high = told[1]
    return high is not None and abs(high) < SHORT * abs(value)


def is_part(assumed: Assumed) -> bool:
    """ "a quarter" of something."""
    return assumed.unit == "1" and assumed.value < 1
