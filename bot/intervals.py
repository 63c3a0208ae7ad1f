"""Intervals: what a value may honestly be, carried through a formula.

Bounds are Decimals and may be infinite. Lower bounds are rounded down and upper bounds up, so
that an interval always holds the true result.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from heapq import heappop, heappush

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


MAX_BOXES = 32  # into which the leaves are cut to find either end
CLOSE = Decimal("0.001")  # of the result's width: how near an end has to be found


def enclose(evaluate: Evaluate, leaves: Mapping[str, Interval]) -> Interval:
    """The interval of a formula over a box of leaves, a leaf used twice moving as one.

    Leaves along which the formula is known to rise (or fall) all the way are put to their ends:
    where that is all of them, the interval is the narrowest possible. The others are cut in two
    where the formula is lowest (highest), again and again, until an end is found closely or the
    box is cut into MAX_BOXES. Whatever is left open only widens the result: it always holds the
    true value.
    """
    whole = evaluate(leaves)
    least, most = _Search(evaluate, whole, leaves, False), _Search(evaluate, whole, leaves, True)
    margin = ZERO
    if least.reached.is_finite() and most.reached.is_finite():
        margin = UP.multiply(abs(UP.subtract(most.reached, least.reached)), CLOSE)
    return Interval(least.end(margin), most.end(margin))


class _Search:
    """The search for one end of a formula's range: boxes, the one that may reach furthest first.

    The largest value is looked for as the smallest of the formula with its sign turned.
    """

    def __init__(
        self,
        evaluate: Evaluate,
        whole: Quantity,
        leaves: Mapping[str, Interval],
        is_high: bool,
    ) -> None:
        self._evaluate, self._is_high = evaluate, is_high
        self._boxes: list[tuple[Decimal, int, _Box]] = []
        self._n_boxes = 0
        self._best = INFINITY
        self._add(leaves, whole)

    @property
    def is_open(self) -> bool:
        return self._boxes[0][2].widest is not None

    @property
    def reached(self) -> Decimal:
        """The furthest value that the formula is known to take."""
        return self._best.copy_negate() if self._is_high else self._best

    def end(self, margin: Decimal) -> Decimal:
        """A bound that the formula does not pass, within `margin` of the best where it can be."""
        while self.is_open and self._n_boxes < MAX_BOXES:
            bound, _, box = self._boxes[0]
            if self._best <= DOWN.add(bound, margin):
                break
            heappop(self._boxes)
            for half in box.halves():
                self._add(half, self._evaluate(half))
        bound = self._boxes[0][0]
        return bound.copy_negate() if self._is_high else bound

    def _add(self, leaves: Mapping[str, Interval], whole: Quantity) -> None:
        pinned, open_slopes = _pinned(leaves, whole, self._is_high)
        inner = self._evaluate(pinned) if len(open_slopes) < len(whole.slopes) else whole
        bound = max(self._low(whole.range), self._low(inner.range))
        if open_slopes:
            middle = self._evaluate({name: _middle(leaf) for name, leaf in pinned.items()}).range
            bound = max(bound, self._by_slopes(middle, pinned, inner))
            self._best = min(self._best, self._high(middle))
        else:
            self._best = min(self._best, self._high(inner.range))
        self._n_boxes += 1
        box = _Box(pinned, _widest(pinned, open_slopes))
        heappush(self._boxes, (bound, self._n_boxes, box))

    def _by_slopes(
        self, middle: Interval, leaves: Mapping[str, Interval], inner: Quantity
    ) -> Decimal:
        """The bound by the mean value theorem: from the middle, no slope leads further."""
        reach = middle
        for name, slope in inner.slopes.items():
            reach = reach + slope * (leaves[name] - _middle(leaves[name]))
        return self._low(reach)

    def _low(self, range: Interval) -> Decimal:
        return range.high.copy_negate() if self._is_high else range.low

    def _high(self, range: Interval) -> Decimal:
        return range.low.copy_negate() if self._is_high else range.high


@dataclass(frozen=True, slots=True)
class _Box:
    """Leaves, and the one to cut next; None where nothing is left to cut."""

    leaves: Mapping[str, Interval]
    widest: str | None

    def halves(self) -> Iterator[Mapping[str, Interval]]:
        if self.widest is not None:
            leaf = self.leaves[self.widest]
            cut = _middle(leaf).low
            yield {**self.leaves, self.widest: Interval(leaf.low, cut)}
            yield {**self.leaves, self.widest: Interval(cut, leaf.high)}


def _pinned(
    leaves: Mapping[str, Interval], whole: Quantity, is_high: bool
) -> tuple[dict[str, Interval], dict[str, Interval]]:
    """The leaves, those of known direction at their ends, and the slopes of the others."""
    pinned, open_slopes = dict(leaves), {}
    for name, slope in whole.slopes.items():
        low, high = _ends(leaves[name])
        if slope.low >= 0:
            pinned[name] = high if is_high else low
        elif slope.high <= 0:
            pinned[name] = low if is_high else high
        elif not leaves[name].is_exact:
            open_slopes[name] = slope
    return pinned, open_slopes


def _widest(leaves: Mapping[str, Interval], slopes: Mapping[str, Interval]) -> str | None:
    """The open leaf over which the formula is least known."""
    divisible = [name for name in slopes if _is_divisible(leaves[name])]
    return max(divisible, key=lambda name: _doubt(leaves[name], slopes[name]), default=None)


def _doubt(leaf: Interval, slope: Interval) -> Decimal:
    return (slope.high - slope.low) * (leaf.high - leaf.low)


def _is_divisible(leaf: Interval) -> bool:
    """Whether a leaf has a middle that is neither of its ends."""
    return (
        leaf.low.is_finite() and leaf.high.is_finite() and leaf.low < _middle(leaf).low < leaf.high
    )


def _middle(leaf: Interval) -> Interval:
    """Some value of a leaf, halfway where it is bounded."""
    if leaf.low.is_infinite() or leaf.high.is_infinite():
        finite = [end for end in (leaf.low, leaf.high) if end.is_finite()]
        return Interval.at(finite[0] if finite else ZERO)
    return Interval.at(DOWN.divide(DOWN.add(leaf.low, leaf.high), Decimal(2)))


def _ends(leaf: Interval) -> tuple[Interval, Interval]:
    """Both ends of a leaf as points; an infinite end stays the whole leaf."""
    low = leaf if leaf.low.is_infinite() else Interval.at(leaf.low)
    high = leaf if leaf.high.is_infinite() else Interval.at(leaf.high)
    return low, high
