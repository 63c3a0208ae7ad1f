"""Rendering: honest digits, in words that a person would write.

A result is shown to the place of the first significant digit of its half-width (the convention
of the Guide to the Expression of Uncertainty in Measurement), plain where its whole interval
rounds to the same digits, else with "about". One bound gives "at least" or "at most"; no bound
gives "roughly". Of what was divided no more than four significant digits are shown after the point,
however close its bounds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from ingest import Figure, data, units

MINUS = "−"
EXACT_DIGITS = 15  # an exact result with more digits than these is shown rounded
ROUNDED_DIGITS = 4  # significant digits of an exact result that never ends, such as 1/3, and of
# any quotient: "42.48%", "15.09 francs per ticket"
BOUND_DIGITS = 3  # significant digits of a one-sided result
FEW = 100  # from so many on, things that are counted are shown whole
ROUGH_DIGITS = 2  # significant digits where nothing bounds the result
_NOISE = Decimal("1e-20")  # half-widths that only rounding of the arithmetic leaves
_WIDE = Context(prec=60)
_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_SYMBOL_FIRST = re.compile(r"^[−+-]?(?:[A-Z]{1,3})?[$€£¥₹₩₽₺₪฿₱₫₦]")


@cache
def _styles() -> Mapping[str, Any]:
    text = files("bot").joinpath("data", "styles.yaml").read_text(encoding="utf-8")
    styles: Mapping[str, Any] = data.parse(text)
    return styles


class NoDigits(ArithmeticError):
    """The interval is so wide that no digit of the result can honestly be shown."""


def render(
    value: Decimal | None,
    low: Decimal | None,
    high: Decimal | None,
    unit: str,
    like: str | None = None,
) -> str:
    """A result with its unit and hedge: "about 18.40 trillion yuan", "45 medals".

    value may be None when low or high is not; `like` is the text of a figure whose way of
    writing money ("$6.1 trillion" or "6.1 trillion dollars") is followed. Raises NoDigits.
    """
    if low is not None and high is not None:
        return _bounded(low, high, unit, like)
    if low is not None:
        return "at least " + _write(_significant(low, BOUND_DIGITS, ROUND_FLOOR), unit, like)
    if high is not None:
        return "at most " + _write(_significant(high, BOUND_DIGITS, ROUND_CEILING), unit, like)
    if value is None:
        raise NoDigits("neither bound nor value is known")
    return "roughly " + _write(_significant(value, ROUGH_DIGITS), unit, like)


def _bounded(low: Decimal, high: Decimal, unit: str, like: str | None) -> str:
    half, middle = halves(low, high)
    if half <= abs(middle) * _NOISE:
        return _exact(middle, unit, like)
    place = half.adjusted()
    if abs(middle) >= FEW and (unit == "1" or units.is_count(unit)):
        place = max(place, 0)
    if unit in ("%", "1") or "/" in unit:
        place = max(place, min(middle.adjusted() - ROUNDED_DIGITS + 1, 0))
    shown = _round(middle, place)
    if not shown or half >= abs(middle):
        raise NoDigits(f"anything between {low} and {high}")
    is_plain = _round(low, place) == _round(high, place)
    return ("" if is_plain else "about ") + _write(shown, unit, like, place)


def halves(low: Decimal, high: Decimal) -> tuple[Decimal, Decimal]:
    """The half-width and the middle of an interval."""
    half = _WIDE.divide(_WIDE.subtract(high, low), Decimal(2))
    return half, _WIDE.add(low, half)


def _exact(value: Decimal, unit: str, like: str | None) -> str:
    if not value or len(_digits(value).as_tuple().digits) <= EXACT_DIGITS:
        return _write(_digits(value), unit, like)
    return "about " + _write(_significant(value, ROUNDED_DIGITS), unit, like)


def _digits(value: Decimal) -> Decimal:
    """The value without trailing zeros."""
    return _WIDE.plus(value).normalize(_WIDE)


def _round(value: Decimal, place: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    return value.quantize(Decimal(1).scaleb(place), rounding=rounding, context=_WIDE)


def _significant(value: Decimal, n_digits: int, rounding: str = ROUND_HALF_EVEN) -> Decimal:
    if not value:
        return Decimal(0)
    place = value.adjusted() - n_digits + 1
    return _digits(_round(value, place, rounding))


def _write(value: Decimal, unit: str, like: str | None, place: int | None = None) -> str:
    """The number, shown to 10**place (all its digits when None), with its unit."""
    sign = MINUS if value < 0 else ""
    magnitude = abs(value)
    exponent, scale = _scale(magnitude, unit)
    number = _number(
        magnitude.scaleb(-exponent, _WIDE), None if place is None else place - exponent
    )
    return sign + _with_unit(number, scale, unit, like, is_one=value == 1)


def _scale(magnitude: Decimal, unit: str) -> tuple[int, str]:
    if unit in ("%", "pp"):
        return 0, ""
    for exponent, word in _SCALES:
        if magnitude.adjusted() >= exponent:
            return exponent, " " + word
    return 0, ""


def _number(value: Decimal, place: int | None) -> str:
    if place is None:
        value = _digits(value)
        place = int(value.as_tuple().exponent)
    return f"{_round(value, min(place, 0)):,f}"


def _with_unit(number: str, scale: str, unit: str, like: str | None, is_one: bool) -> str:
    if unit == "%":
        return f"{number}%"
    if unit == "pp":
        return f"{number} percentage point" + ("" if is_one else "s")
    if unit == "1":
        return f"{number}{scale} times"
    top, _, bottom = unit.partition("/")
    shown = _top(number, scale, top, like, is_one)
    return f"{shown} per {_one(bottom)}" if bottom else shown


def _top(number: str, scale: str, unit: str, like: str | None, is_one: bool) -> str:
    currency = _styles()["currencies"].get(unit)
    if currency and "symbol" in currency and _is_symbol_wanted(currency, like):
        return f"{currency['symbol']}{number}{scale}"
    return f"{number}{scale} {_as_in(like, _one(unit) if is_one else _many(unit))}"


def _as_in(like: str | None, name: str) -> str:
    """A currency's name, without its country where a source leaves that out: "pesos"."""
    country, _, bare = name.rpartition(" ")
    is_left_out = bool(like and country and country not in like and bare in like.split())
    return bare if is_left_out else name


def _is_symbol_wanted(currency: Mapping[str, Any], like: str | None) -> bool:
    usual: bool = currency.get("symbol_first", False)
    if like is None:
        return usual
    if currency["symbol"] in like:
        return bool(_SYMBOL_FIRST.match(like.strip()))
    return usual and currency["many"] not in like and currency["one"] not in like


def _one(unit: str) -> str:
    currency = _styles()["currencies"].get(unit)
    return str(currency["one"] if currency else _styles()["singulars"].get(unit, unit))


def _many(unit: str) -> str:
    """The plural of a unit; SI symbols and ISO codes stay as they are."""
    styles = _styles()
    if unit in styles["currencies"]:
        return str(styles["currencies"][unit]["many"])
    head, _, last = unit.rpartition(" ")
    return f"{head} {_plural(last)}".strip()


def _plural(noun: str) -> str:
    known = _styles()["plurals"].get(noun)
    if known:
        return str(known)
    if len(noun) <= 3 and noun not in _styles()["short_nouns"]:
        return noun
    if not noun.isalpha() or noun.isupper():
        return noun
    if re.search(r"(?:s|x|z|ch|sh)$", noun):
        return noun + "es"
    if re.search(r"[^aeiou]y$", noun):
        return noun[:-1] + "ies"
    return noun + "s"


def figure(figure: Figure, text: str) -> str:
    """A figure as its source wrote it, with its comparator: "about 2.05 trillion yuan"."""
    return _hedged(figure, text)


def _hedged(figure: Figure, text: str) -> str:
    if figure.comparator is None:
        return text
    words = _styles()["comparators"][figure.comparator]
    if words == "less than" and units.is_count(figure.unit):
        words = "fewer than"
    return f"{words} {text}"


_BARE = re.compile(r"[−+-]?(?P<number>\d[\d,]*(?:\.\d+)?)(?: (?P<scale>thousand|[mbt]r?illion))?")
_THOUSANDS = {0: "", 3: " thousand", 6: " million", 9: " billion", 12: " trillion"}


def is_bare(figure: Figure, text: str) -> bool:
    """Whether a figure's own words are a number alone, its unit standing elsewhere."""
    is_counted = figure.unit == "1" or units.is_count(figure.unit)
    return not is_counted and bool(_BARE.fullmatch(text))


def is_number(text: str) -> bool:
    """Whether a text is a number alone, its scale perhaps with it."""
    return bool(_BARE.fullmatch(text))


def measured(figure: Figure, text: str) -> str:
    """A figure in a formula: as its source wrote it, with the scale and the unit that stand
    elsewhere, over its column: "52.8" as "52.8 billion dollars". Counts need no noun."""
    written = text
    bare = _BARE.fullmatch(text)
    if bare and figure.value and is_bare(figure, text):
        number = Decimal(bare["number"].replace(",", ""))
        times = _WIDE.divide(abs(figure.value), number) if number else Decimal(1)
        scale = next((w for e, w in _THOUSANDS.items() if times == Decimal(10) ** e), None)
        if scale is not None:
            is_one = abs(figure.value) == 1
            written = _with_unit(bare["number"], scale, figure.unit, None, is_one)
            written = f"{text[: bare.start('number')]}{written}"
    return _hedged(figure, written + counted(figure, text))


def counted(figure: Figure, text: str) -> str:
    """The scale of a count that stands alone in a column told in thousands or more: " thousand" of
    "5,700" for 5.7 million bags; "" where its column tells none."""
    bare = _BARE.fullmatch(text)
    number = Decimal(bare["number"].replace(",", "")) if bare and not bare["scale"] else None
    if (
        not number
        or figure.value is None
        or not (figure.unit == "1" or units.is_count(figure.unit))
    ):
        return ""
    times = _WIDE.divide(abs(figure.value), number)
    return next((w for e, w in _THOUSANDS.items() if e and times == Decimal(10) ** e), "")


def beside(figure: Figure, text: str) -> tuple[str, str]:
    """What stands before and after a figure's own words when it is told with the scale and the unit
    that its column has: ("$", " million") of "640"; two empty texts where it has its own."""
    if figure.comparator is not None or not is_number(text):
        return "", ""
    before, found, after = measured(figure, text).partition(text)
    if not found:
        return "", ""
    return before, after or ("" if before else counted(figure, text))


def unit_words(unit: str) -> str:
    """The words that a unit is told in: "Canadian dollar Canadian dollars"."""
    parts = [part for part in unit.split("/") if part not in ("1", "%", "pp")]
    return " ".join(f"{_one(part)} {_many(part)}" for part in parts)


def plain(value: Decimal | None, n_digits: int = 12, rounding: str = ROUND_HALF_EVEN) -> str | None:
    """A plain decimal string for scripts: no exponent, at most `n_digits` significant digits."""
    if value is None or value.is_infinite():
        return None
    if not value:
        return "0"
    return f"{_significant(value, n_digits, rounding):f}"
