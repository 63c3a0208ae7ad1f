"""Intervals: what a value may honestly be, carried through a formula.

Bounds are Decimals and may be infinite. Lower bounds are rounded down and upper bounds up, so
that an interval always holds the true result.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from itertools import pairwise

DIGITS = 34
DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR)
UP = Context(prec=DIGITS, rounding=ROUND_CEILING)
INFINITY = Decimal("Infinity")
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """[low, high]; an end may be infinite."""

    low: Decimal
    high: Decimal

    @classmethod
    def of(cls, low: Decimal | None, high: Decimal | None) -> Interval:
        """The interval between two bounds, None where unbounded."""
        return cls(-INFINITY if low is None else low, INFINITY if high is None else high)

    @classmethod
    def at(cls, value: Decimal | int) -> Interval:
        """The interval that holds one value alone."""
        return cls(Decimal(value), Decimal(value))

    @property
    def is_exact(self) -> bool:
        return self.low == self.high

    def __add__(self, other: Interval) -> Interval:
        return Interval(DOWN.add(self.low, other.low), UP.add(self.high, other.high))

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def __sub__(self, other: Interval) -> Interval:
        return self + -other

    def __mul__(self, other: Interval) -> Interval:
        if self.low >= 0 and other.low >= 0:
            low, high = _times(DOWN, self.low, other.low), _times(UP, self.high, other.high)
            return Interval(low, high)
        ends = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_times(DOWN, a, b) for a, b in ends), max(_times(UP, a, b) for a, b in ends)
        )

    def inverse(self) -> Interval:
        """1 / self; ZeroDivisionError when self holds zero."""
        if self.low <= 0 <= self.high:
            raise ZeroDivisionError("the divisor may be zero")
        one = Decimal(1)
        return Interval(DOWN.divide(one, self.high), UP.divide(one, self.low))

    def __truediv__(self, other: Interval) -> Interval:
        if other.low <= 0 <= other.high:
            raise ZeroDivisionError("the divisor may be zero")
        if self.low >= 0 and other.low > 0:
            low, high = _over(DOWN, self.low, other.high), _over(UP, self.high, other.low)
            return Interval(low, high)
        ends = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_over(DOWN, a, b) for a, b in ends), max(_over(UP, a, b) for a, b in ends)
        )


def _times(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """A product in which zero times infinity is zero, as the end of an interval wants it."""
    return ZERO if not a or not b else context.multiply(a, b)


def _over(context: Context, a: Decimal, b: Decimal) -> Decimal:
    """A quotient; infinity over infinity counts as zero, its other limits are at other ends."""
    return ZERO if a.is_infinite() and b.is_infinite() else context.divide(a, b)


@dataclass(frozen=True, slots=True)
class Quantity:
    """An interval and its slopes: how it moves with each leaf of the formula, by leaf's name.

    Arithmetic follows the rules of differentiation, each slope itself an interval over the
    whole box (forward automatic differentiation in interval arithmetic).
    """

    range: Interval
    slopes: Mapping[str, Interval]

    @classmethod
    def leaf(cls, name: str, range: Interval) -> Quantity:
        return cls(range, {name: Interval.at(1)})

    @classmethod
    def constant(cls, value: Decimal | int) -> Quantity:
        return cls(Interval.at(value), {})

    def __add__(self, other: Quantity) -> Quantity:
        one = Interval.at(1)
        return Quantity(self.range + other.range, self._slopes(other, one, one))

    def __sub__(self, other: Quantity) -> Quantity:
        slopes = self._slopes(other, Interval.at(1), Interval.at(-1))
        return Quantity(self.range - other.range, slopes)

    def __mul__(self, other: Quantity) -> Quantity:
        return Quantity(self.range * other.range, self._slopes(other, other.range, self.range))

    def __truediv__(self, other: Quantity) -> Quantity:
        inverse = other.range.inverse()
        quotient = self.range / other.range
        return Quantity(quotient, self._slopes(other, inverse, -(quotient * inverse)))

    def _slopes(self, other: Quantity, mine: Interval, others: Interval) -> dict[str, Interval]:
        """The chain rule: my slopes times `mine` plus the other's slopes times `others`."""
        slopes = {name: slope * mine for name, slope in self.slopes.items()}
        for name, slope in other.slopes.items():
            part = slope * others
            slopes[name] = slopes[name] + part if name in slopes else part
        return slopes


Evaluate = Callable[[Mapping[str, Interval]], Quantity]


PIECES = 4  # into which a leaf is cut along which the formula's direction is not yet known
MAX_CUTS = 4


def enclose(evaluate: Evaluate, leaves: Mapping[str, Interval], n_cuts: int = 0) -> Interval:
    """The interval of a formula over a box of leaves, a leaf used twice moving as one.

    Leaves along which the formula is known to rise (or fall) all the way are put to their ends.
    A leaf along which neither is known is cut into pieces, which are enclosed one by one; after
    MAX_CUTS cuts it stays an interval. So the result always holds the true value, and is the
    narrowest possible when the formula is monotone in each leaf.
    """
    whole = evaluate(leaves)
    lows, highs = dict(leaves), dict(leaves)
    open_leaf = None
    for name, slope in whole.slopes.items():
        if slope.low >= 0:
            lows[name], highs[name] = _ends(leaves[name])
        elif slope.high <= 0:
            highs[name], lows[name] = _ends(leaves[name])
        elif _is_divisible(leaves[name]):
            open_leaf = name
    if open_leaf is not None and n_cuts < MAX_CUTS:
        return _pieced(evaluate, leaves, open_leaf, n_cuts + 1)
    low, high = evaluate(lows).range.low, evaluate(highs).range.high
    return Interval(max(low, whole.range.low), min(high, whole.range.high))


def _is_divisible(leaf: Interval) -> bool:
    return leaf.low.is_finite() and leaf.high.is_finite() and leaf.low < leaf.high


def _pieced(evaluate: Evaluate, leaves: Mapping[str, Interval], name: str, n_cuts: int) -> Interval:
    leaf = leaves[name]
    width = UP.divide(UP.subtract(leaf.high, leaf.low), Decimal(PIECES))
    cuts = [leaf.low, *(UP.add(leaf.low, width * n) for n in range(1, PIECES)), leaf.high]
    parts = [
        enclose(evaluate, {**leaves, name: Interval(low, high)}, n_cuts)
        for low, high in pairwise(cuts)
        if low <= high
    ]
    return Interval(min(p.low for p in parts), max(p.high for p in parts))


def _ends(leaf: Interval) -> tuple[Interval, Interval]:
    """Both ends of a leaf as points; an infinite end stays the whole leaf."""
    low = leaf if leaf.low.is_infinite() else Interval.at(leaf.low)
    high = leaf if leaf.high.is_infinite() else Interval.at(leaf.high)
    return low, high
