"""Calculations: what the questions of tests/data/training call an operation, as the bot reckons it.

Their words are wider than the table's: an absolute change lies between two levels or follows from
a level and its rate, a middle is given by one range or by its two ends, and what is converted may
be a number by what each of it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from bot import nodes
from bot.calculation import leaf as operand
from bot.nodes import Node, node_of, step
from bot.operations import factor
from ingest import Figure, units

Value = tuple[Decimal, str]


def node(operation: str, figures: Sequence[Figure]) -> Node:
    """The operation over figures in the order of the question; CalculationRefused without any."""
    way = _WAYS.get(operation)
    made = way(figures) if way else None
    return made or node_of(operation, figures)


def _absolute_growth(figures: Sequence[Figure]) -> Node | None:
    """By how much something changed: between two levels, or by a rate."""
    is_by_rate = any(_is_rate_of_change(figure) for figure in figures)
    return None if is_by_rate else node_of("difference", figures)


def _is_rate_of_change(figure: Figure) -> bool:
    return figure.unit == "%" or (figure.unit == "1" and figure.kind == "change")


def _midpoint(figures: Sequence[Figure]) -> Node | None:
    """Of one range, which may be named for each of its ends; or of two figures."""
    is_one = len({(f.article_id, f.start) for f in figures}) == 1
    return step("midpoint", [nodes.leaf(figures[0])]) if is_one else node_of("average", figures)


def _conversion(figures: Sequence[Figure]) -> Node | None:
    """Money by a rate or a pair; anything else by what each of it is, has or costs."""
    if len(figures) != 2 or any(_is_rate_of_money(figure) for figure in figures):
        return None
    number, each = figures
    if "/" in number.unit and "/" not in each.unit:
        number, each = each, number
    return step("product", [nodes.leaf(each), nodes.leaf(number)])


def _is_rate_of_money(figure: Figure) -> bool:
    return "/" in figure.unit and all(map(units.is_money, figure.unit.split("/")))


def _percent_of(figures: Sequence[Figure]) -> Node | None:
    """Of a fraction that is named before its whole: "a quarter of €60 million"."""
    if len(figures) != 2 or figures[0].unit != "1" or figures[0].kind != "share":
        return None
    return node_of("percent_of", figures[::-1])


def _contribution(figures: Sequence[Figure]) -> Node | None:
    """A part's later and earlier level, and the earlier whole."""
    if len(figures) != 3:
        return None
    new, old, whole = (nodes.leaf(figure) for figure in figures)
    return step("contribution", (step("difference", (new, old)), whole))


_WAYS: Mapping[str, Callable[[Sequence[Figure]], Node | None]] = {
    "absolute_growth": _absolute_growth,
    "midpoint": _midpoint,
    "conversion": _conversion,
    "percent_of": _percent_of,
    "contribution": _contribution,
}


# -- what it comes to, whatever the laws say ------------------------------------------------------


def value(made: Node) -> Value | None:
    """What a node comes to by arithmetic alone, None where a value is not known.

    A law that refuses a right calculation, or a figure whose unit or kind is misread, does not
    change what is right.
    """
    if made.figure:
        told = operand("", made.figure).value
        return None if told is None else (told, made.unit)
    parts = [value(part) for part in made.parts]
    reckon = _ARITHMETIC.get(made.operation)
    if made.operation == "midpoint":
        return _middle(made)
    if reckon is None or None in parts:
        return None
    told = [part for part in parts if part]
    if made.operation in _OF_SIZES and len(set(map(_is_change, made.parts))) > 1:
        told = [(abs(size), unit) for size, unit in told]
    aligned = [part[0] * _factor(made.operation, n, told) for n, part in enumerate(told)]
    try:
        return reckon(aligned), made.unit
    except ArithmeticError:
        return None


_OF_SIZES = frozenset(["sum", "residual", "difference"])
"""What was lost is put to what is left, and taken off what there was."""


def _is_change(part: Node) -> bool:
    return part.figure is not None and part.figure.kind == "change"


def _middle(made: Node) -> Value | None:
    figure = made.parts[0].figure
    if figure is None or figure.low is None or figure.high is None:
        return None
    return (figure.low + figure.high) / 2, made.unit


def _factor(operation: str, n: int, told: Sequence[Value]) -> Decimal:
    """What a value is multiplied by: into the unit of the first, a fraction into percent."""
    unit = told[n][1]
    if _RATES.get(operation) == n and unit == "1":
        return _HUNDRED
    if operation in _UNALIGNED or operation in _RATES:
        return Decimal(1)
    return factor(unit, told[0][1]) or Decimal(1)


# Where the rate stands among the operands.
_RATES = {"percent_of": 0, "whole_of": 1, "projection": 1, "before_growth": 1, "absolute_growth": 1}
_UNALIGNED = frozenset(["per_unit", "exchange_rate", "product", "conversion"])
_HUNDRED = Decimal(100)
_ARITHMETIC: Mapping[str, Callable[[Sequence[Decimal]], Decimal]] = {
    "difference": lambda v: v[0] - v[1],
    "point_change": lambda v: v[0] - v[1],
    "before_change": lambda v: v[0] - v[1],
    "sum": lambda v: sum(v, Decimal(0)),
    "residual": lambda v: v[0] - sum(v[1:], Decimal(0)),
    "average": lambda v: sum(v, Decimal(0)) / len(v),
    "ratio": lambda v: v[0] / v[1],
    "per_unit": lambda v: v[0] / v[1],
    "exchange_rate": lambda v: v[0] / v[1],
    "share": lambda v: v[0] / v[1] * _HUNDRED,
    "contribution": lambda v: v[0] / v[1] * _HUNDRED,
    "growth": lambda v: (v[0] / v[1] - 1) * _HUNDRED,
    "product": lambda v: v[0] * v[1],
    "percent_of": lambda v: v[0] / _HUNDRED * v[1],
    "whole_of": lambda v: v[0] / v[1] * _HUNDRED,
    "before_growth": lambda v: v[0] / (1 + v[1] / _HUNDRED),
    "absolute_growth": lambda v: v[0] - v[0] / (1 + v[1] / _HUNDRED),
    "projection": lambda v: v[0] * (1 + v[1] / _HUNDRED),
}
