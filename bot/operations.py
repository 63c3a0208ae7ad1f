"""Operations: a table of small functions, each with its law and its formula.

A law says when an operation has a meaning: percent and percentage points, one currency and
another, money and counts, a quarter and a year, a level and a change never mix. What is not known
(a figure without a period), or known only from what stands around a figure (a period of the
paragraph, an owner of the title), is not held against an operation.

Counts of different nouns: a share or a ratio of two counts always has a meaning ("cars for each
household"). They may also be added, compared and ranked when their nouns are of one kind
("people", "staff"; "units" of anything), when one noun is not written at its number, and when
they are told together: in one sentence, in one list or table. Else apples stay apples. So are
prices compared of which only one says what it is for ("€228 a tonne, feed wheat only €184"),
when they are told together or of one measure, and are of one size: an amount is else no price.

The names, and their operands in order:

    difference      one value, another                     "how many more"
    sum             the parts (2 to 50)                    of one unit, none twice
    residual        the whole, its parts                   what is left
    remainder       the shares told of one whole           percent: what they leave of a hundred
    share           the part, the whole                    percent; of two absolute growths: the
                                                           part of the whole's growth
    ratio, multiple one value, the other                   a bare number, "times as many"
    growth          the later level, the earlier level     percent
    point_change    the later percentage, the earlier      percentage points
    before_growth   the level, the percent that led to it  the earlier level
    before_change   the level, the change that led to it   the earlier level: 388 after a fall by
                                                           64 was 452; a percentage takes points
    projection      the level, a percent to come           a level to come; parameter "4 years":
                                                           after as many; "2 times": so many times
    absolute_growth the level, the percent that led to it  by how much it changed
    average         the values (2 to 50)                   of one unit
    per_unit        the amount, the number of units        an amount for each
    product         the amount for each, the number        the amount for all: €2.90 a dose x 60
                                                           million doses
    percent_of      the share, the whole                   the part: 38% of 2.1 million
    whole_of        the part, its share                    the whole: 2.1 million are 38% of it
    exchange_rate   one amount, the same in other money    a rate
    conversion      the amount, the rate                   the amount in the other currency
    cross_rate      two rates that share a currency        the rate of the other two
    contribution    part, its growth, whole, its growth    points of the whole's growth; or the
                    or the part's change, earlier whole    change over the earlier whole
    extremum        the values (2 to 200)                  the largest; parameter "min": smallest
    rank            the one ranked, then the others        1 is the largest; "min": the smallest
    count           the figures counted                    parameter: the noun that is counted
    consistency     what is stated, what it should be      yes where the interval of their
                                                           difference holds zero
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot import identities, rendering
from bot.errors import CalculationRefused
from bot.intervals import Interval, Quantity
from bot.language import tilings, vocabulary
from ingest import periods, units

_HUNDRED = Quantity.constant(100)
_ONE = Quantity.constant(1)


NOTHING = Interval(Decimal(0), Decimal(0))


@dataclass(frozen=True, slots=True)
class Operand:
    """What an operation is applied to: a figure, an earlier result or a number of the question.

    text: its wording inside a formula; is_compound: whether the wording needs parentheses
    leaves: ids of the figures below it; quantities: what those figures tell, so that one
    quantity told twice is noticed
    is_directed: false for a change of which nothing tells whether it is a rise or a fall
    unsure: the slots that are taken from around a figure and not told of it
    places: where it is told, by article
    claim: who stands for it, where it is no plain statement: a forecast, a target
    """

    id: str
    unit: str
    kind: str
    text: str
    is_compound: bool = False
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    basis: str | None = None
    base_period: str | None = None
    value: Decimal | None = None
    range: Interval = NOTHING
    leaves: frozenset[str] = frozenset()
    quantities: frozenset[tuple[str, int]] = frozenset()
    is_assumed: bool = False
    is_directed: bool = True
    unsure: frozenset[str] = frozenset()
    places: frozenset[tuple[str, int, int]] = frozenset()
    claim: str | None = None

    @property
    def inner(self) -> str:
        """The wording where a neighbour binds tighter: in parentheses when compound."""
        is_open = self.is_compound or self.text.startswith(rendering.MINUS)
        return f"({self.text})" if is_open else self.text


Operands = Sequence[Operand]
Law = Callable[[Operands], str | None]
Formula = Callable[[Sequence[Quantity]], Quantity]


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the table.

    laws: each gives the reason why the operands break it, or None
    formula: the arithmetic, on operands already in the first one's unit where `aligns` is true
    wording: the same formula as a person reads it, without the result
    unit, kind, period: of the result; without a kind it is that of the first operand
    choose: picks the formula by the operands and parameters, where one formula is not enough
    is_of_ends: whether the result follows from the ends of a range as told, so that it is exact
    """

    name: str
    arity: tuple[int, int]
    laws: tuple[Law, ...]
    formula: Formula
    wording: Callable[[Operands], str]
    unit: Callable[[Operands], str]
    kind: str | None = None
    choose: Callable[[Operands, Sequence[str]], Formula] | None = None
    period: Callable[[Operands], str | None] = lambda operands: shared(operands, "period")
    aligns: bool = True
    is_of_ends: bool = False


# Laws


def one_unit(operands: Operands) -> str | None:
    """All operands are of units that convert into each other by a fixed factor, or counts that
    may be put together."""
    first = operands[0]
    for other in operands[1:]:
        is_mixed = {first.unit, other.unit} == {"1", "%"}
        if is_mixed or (factor(other.unit, first.unit) is None and not _may_join(first, other)):
            return f"{_unit_name(first.unit)} and {_unit_name(other.unit)} do not mix"
    return None


def one_noun(operands: Operands) -> str | None:
    """What is averaged is counted by one noun: plants and employees have no average."""
    counted = [o for o in operands if units.is_count(o.unit)]
    for other in counted[1:]:
        if not units.are_alike(counted[0].unit, other.unit):
            return f"{_unit_name(counted[0].unit)} and {_unit_name(other.unit)} have no average"
    return None


def one_unit_or_counts(operands: Operands) -> str | None:
    """One unit, or counts of whatever nouns: one may be measured by the other."""
    return None if all(map(is_number_of, operands)) else one_unit(operands)


def unit_by_unit(operands: Operands) -> str | None:
    """One unit, counts, or an amount and what one of something costs: how many there are."""
    return None if _priced(operands) else one_unit_or_counts(operands)


def _priced(operands: Operands) -> str | None:
    """The noun of "a share" where an amount is measured by "$3 a share"."""
    amount, price = operands
    top, _, bottom = price.unit.partition("/")
    return bottom if bottom and units.is_money(top) and top == amount.unit else None


def is_number_of(operand: Operand) -> bool:
    """Whether it counts something, perhaps without a noun."""
    is_bare = operand.unit == "1" and operand.kind in ("level", "count", "change")
    return is_bare or units.is_count(operand.unit)


def _may_join(one: Operand, other: Operand) -> bool:
    """Whether two counts of different nouns, or two prices, may be added and compared."""
    if _is_price_again(one, other) or _is_price_again(other, one):
        return True
    if not (is_number_of(one) and is_number_of(other)):
        return False
    is_open = any(o.unit == "1" or "unit" in o.unsure for o in (one, other))
    return is_open or units.are_alike(one.unit, other.unit) or _are_together(one, other)


_PRICE_APART = 5
"""How many times one price may be another that is told beside it without what it is for."""


def _is_price_again(price: Operand, amount: Operand) -> bool:
    """ "€228 a tonne, feed wheat only €184": an amount that is a price like the other, and so
    are numbers of which only one says what time they are for: 33,800 vehicles, 27,500 a day."""
    top, _, bottom = price.unit.partition("/")
    if not bottom or top != amount.unit or not (units.is_money(top) or units.is_count(top)):
        return False
    if price.value is None or amount.value is None or not price.value:
        return False
    is_near = 1 <= abs(amount.value / price.value) * _PRICE_APART <= _PRICE_APART**2
    is_alike = bool(price.measure and amount.measure) and _is_like_measured(price, amount)
    return is_near and (is_alike or _are_together(price, amount))


_TOGETHER = 300
"""Characters between the sentences, items or rows of what is told together."""


def _are_together(one: Operand, other: Operand) -> bool:
    return all(
        any(_gap(place, near) <= _TOGETHER for near in one.places) for place in other.places
    ) and bool(one.places and other.places)


def _gap(one: tuple[str, int, int], other: tuple[str, int, int]) -> float:
    """Characters between two spans of one article."""
    if one[0] != other[0]:
        return float("inf")
    return max(0, other[1] - one[2], one[1] - other[2])


def one_kind(operands: Operands) -> str | None:
    """Levels with levels, changes with changes: 5% growth is not a 5% share."""
    kinds = {operand.kind == "change" for operand in operands}
    return "a level and a change do not mix" if len(kinds) > 1 else None


def one_kind_or_part(operands: Operands) -> str | None:
    """One kind, or what is told like a level beside the change that it is less than: "of the rise
    of €106 million €67 million came from jars"."""
    part, whole = operands
    is_of_change = whole.kind == "change" and part.kind in ("level", "count")
    is_less = part.range.high < whole.range.low and whole.unit not in ("%", "pp", "1")
    is_part = is_of_change and is_less and not whole.is_compound and _are_together(part, whole)
    return None if is_part and part.unit == whole.unit else one_kind(operands)


def one_kind_or_rates(operands: Operands) -> str | None:
    """One kind, or an interest rate and how much prices rose: both are percent in a time, and so
    is what was aimed at, is told as a rise in so many words, or of the very thing that rose."""
    are_rates = all(o.unit == "%" for o in operands) and all(
        o.kind in ("rate", "change") or _is_told_as_rate(o) or _is_open(o, operands)
        for o in operands
    )
    return None if are_rates else one_kind(operands)


def _is_open(share: Operand, operands: Operands) -> bool:
    """ "Sales grew 2.8%; sales were seen at 3.7%": a percentage of what the others measure."""
    return all(_is_like_measured(share, o) for o in operands)


def _is_told_as_rate(operand: Operand) -> bool:
    """ "A nominal rise of 4.6%", "the target of 2.5%"."""
    return bool(operand.claim) or bool(_RATE_WORDS.search((operand.measure or "").lower()))


_RATE_WORDS = re.compile(
    r"\b(?:rise|rises|growth|increase|increases|inflation|decline|fall|drop|target|goal|aim|forecast)\b"
)


def levels(operands: Operands) -> str | None:
    changes = [operand.text for operand in operands if operand.kind == "change"]
    return f"{changes[0]} is a change, not a level" if changes else None


def level_first(operands: Operands) -> str | None:
    return levels(operands[:1])


def sure(operand: Operand, slot: str) -> str | None:
    """The measure, entity or period that is told of an operand itself."""
    told: str | None = getattr(operand, slot)
    return None if slot in operand.unsure else told


def one_length(operands: Operands) -> str | None:
    """A quarter is not a year: known periods are of one length. A day is when something stood
    or was told, whatever time it is of."""
    told = [period for operand in operands if (period := sure(operand, "period"))]
    known = [period for period in told if _length(period) >= 1]
    for other in known[1:]:
        if _length(known[0]) != _length(other):
            return f"{_period_name(known[0])} and {_period_name(other)} are not of one length"
    return None


def one_length_or_row(operands: Operands) -> str | None:
    """Of one length, or one after the other without a gap: nine months and the last quarter."""
    told = [sure(operand, "period") for operand in operands]
    is_row = tilings.joined([period for period in told if period]) is not None
    return None if is_row and None not in told else one_length(operands)


def one_period(operands: Operands) -> str | None:
    """All known periods are the same."""
    known = [period for operand in operands if (period := sure(operand, "period"))]
    for other in known[1:]:
        if other != known[0]:
            return f"{_period_name(known[0])} is not {_period_name(other)}"
    return None


def part_within_whole(operands: Operands) -> str | None:
    """A part is of its whole's period, or of a part of that period of the same measure."""
    whole, *parts = operands
    of_whole = sure(whole, "period")
    for part in parts:
        of_part = sure(part, "period")
        if not of_whole or not of_part or of_whole == of_part:
            continue
        if part.measure != whole.measure or not periods.contains(of_whole, of_part):
            return f"{_period_name(of_part)} is not {_period_name(of_whole)}"
    return None


def two_periods(operands: Operands) -> str | None:
    """Growth is between two periods, the later one first; of one period, it is by how much one
    value is above another."""
    new, old = (sure(operand, "period") for operand in operands)
    if new and old and periods.sort_key(new) < periods.sort_key(old):
        return f"{_period_name(new)} is before {_period_name(old)}"
    return None


def one_thing_in_time(operands: Operands) -> str | None:
    """What changed from one period to another is one measure of one entity; within a period two
    may be compared: exports were 12% above imports."""
    new, old = (sure(operand, "period") for operand in operands)
    return None if new and new == old else one_entity(operands) or one_measure(operands)


def one_entity(operands: Operands) -> str | None:
    return _one_name(sure(operand, "entity") for operand in operands)


def one_measure(operands: Operands) -> str | None:
    """One measure, which may be told more narrowly once: "net profit", "profit"."""
    return _one_name((sure(operand, "measure") for operand in operands), is_narrowed=True)


def _one_name(names: Iterable[str | None], *, is_narrowed: bool = False) -> str | None:
    """Why these names, as far as they are known, are not one and the same."""
    known = [name for name in names if name]
    for other in known[1:]:
        mine, theirs = set(_content(known[0])), set(_content(other))
        if mine != theirs and not (is_narrowed and (mine <= theirs or theirs <= mine)):
            return f"{known[0]} is not {other}"
    return None


def _content(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", name.casefold())


def of_one_sort(operands: Operands) -> str | None:
    """What is added, averaged or taken off has something in common, as far as it is known.

    A length, an age or a score is added only to one of the same measure; anything else may be of
    another measure (exports and imports) or another entity, but not of both.
    """
    for i, one in enumerate(operands):
        for other in operands[i + 1 :]:
            measures = sure(one, "measure"), sure(other, "measure")
            if not all(measures) or _is_like_measured(one, other):
                continue
            owners = sure(one, "entity"), sure(other, "entity")
            is_strange = all(owners) and _one_name(owners)
            if is_strange or _is_of_its_own(one) or _is_of_its_own(other):
                return f"{one.measure} and {other.measure} have nothing in common"
    return None


def _is_like_measured(one: Operand, other: Operand) -> bool:
    mine, theirs = (vocabulary.content_stems(o.measure or "") for o in (one, other))
    return bool(mine & theirs)


def _is_of_its_own(operand: Operand) -> bool:
    """A length, a duration, a temperature, a rate, a score: one that pools with no other.

    Masses, energies, money and counts do: coal and gas, cargo and mail.
    """
    unit = operand.unit
    is_pooled = unit.isalpha() and factor(unit, "m") is None and not units.is_duration(unit)
    is_measured = units.is_physical(unit) or units.is_duration(unit)
    return operand.kind == "score" or (is_measured and not is_pooled)


def told_once(operands: Operands) -> str | None:
    """No quantity enters twice, though an article tells it twice or in two currencies."""
    seen: set[tuple[str, int]] = set()
    for operand in operands:
        if seen & operand.quantities:
            return f"{operand.text} is already among the values"
        seen |= operand.quantities
    return None


def told_once_in_time(operands: Operands) -> str | None:
    """A level has not grown from what its own growth says was before it; what several come to
    may have, from what each of them was."""
    new, old = operands
    is_of_several = new.quantities < old.quantities
    if is_of_several and len(old.quantities) > len(new.quantities) + 1:
        return None
    return told_once(operands)


def not_itself(operands: Operands) -> str | None:
    """A quantity is not compared with itself; it may be with a result that rests on it: the
    balance of exports and of what is left of all trade without them."""
    one, other = operands
    if one.quantities and one.quantities == other.quantities:
        return f"{one.text} and {other.text} are one quantity"
    return None


def no_repetition(operands: Operands) -> str | None:
    """What is rounded elsewhere is not told twice: 3,465,112 and "3.5 million", where neither
    owner, measure, time nor claim tells them apart and no sentence sets them side by side."""
    for i, one in enumerate(operands):
        for other in operands[i + 1 :]:
            if not (one.places & other.places) and _is_again(one, other):
                return f"{one.text} and {other.text} may be one quantity"
    return None


def not_alike(operands: Operands) -> str | None:
    """Two equal values that nothing tells apart: a ratio of 1, a share of 100%, no change."""
    one, other = operands
    if one.value == other.value and _is_again(one, other):
        return f"nothing tells {one.text} and {other.text} apart"
    return no_repetition(operands)


def _is_again(one: Operand, other: Operand) -> bool:
    """Whether two stated values may be one, told once more exactly than the other."""
    if one.is_assumed or other.is_assumed or len(one.leaves) != 1 or len(other.leaves) != 1:
        return False
    scale = factor(other.unit, one.unit)
    if scale is None or one.kind != other.kind:
        return False
    low, high = sorted((other.range.low * scale, other.range.high * scale))
    is_near = one.range.low <= high and low <= one.range.high
    return is_near and not any(_tells_apart(one, other, slot) for slot in _TELLING)


_TELLING = ("entity", "measure", "period", "basis", "claim")


def _tells_apart(one: Operand, other: Operand, slot: str) -> bool:
    mine, theirs = getattr(one, slot), getattr(other, slot)
    if slot == "claim":
        return bool(mine != theirs)
    return bool(mine and theirs and _content(mine) != _content(theirs))


def each_counts(operands: Operands) -> str | None:
    """What is added or taken off could change a digit: $912.4 million and $64 are no sum."""
    first = operands[0]
    scales = [factor(o.unit, first.unit) or Decimal(1) for o in operands]
    known = [
        (_size(o) * scale, (o.range.high - o.range.low) / 2 * scale, o)
        for o, scale in zip(operands, scales, strict=True)
        if _size(o) and not o.range.low.is_infinite() and not o.range.high.is_infinite()
    ]
    widest = max(known, key=lambda told: told[1], default=None)
    small = next((o for size, _, o in known if widest and size < widest[1]), None)
    return f"{small.text} changes no digit of {widest[2].text}" if small and widest else None


def _size(operand: Operand) -> Decimal:
    """Its value without a sign, of a range the far end."""
    told = operand.value
    return max(abs(operand.range.low), abs(operand.range.high)) if told is None else abs(told)


def money_counts(operands: Operands) -> str | None:
    """A part of an amount of money could change a digit of it: a ticket is no part of a budget."""
    return each_counts(operands) if units.is_money(operands[1].unit) else None


def no_part_with_whole(operands: Operands) -> str | None:
    """A part is not added to its whole: neither of a period nor of an identity."""
    for i, one in enumerate(operands):
        for other in operands[i + 1 :]:
            if _is_within(one, other) or _is_within(other, one):
                return f"one of {one.text} and {other.text} is a part of the other"
    return None


def no_rates_added(operands: Operands) -> str | None:
    is_rate = any(o.unit == "%" and o.kind in ("change", "rate") for o in operands)
    return "rates of change do not add up" if is_rate else None


def no_speeds(operands: Operands) -> str | None:
    """Speeds neither add up nor are they so much for each of something."""
    told = next((o for o in operands if o.unit in _SPEEDS), None)
    return f"{told.text} is a speed, no amount" if told else None


_SPEEDS = frozenset(["km/h", "m/s", "kn", "mi/h"])


def no_growth_averaged(operands: Operands) -> str | None:
    """Growth rates of several periods compound; their mean is not their average."""
    changes = {o.period for o in operands if o.kind == "change" and o.unit == "%"}
    return "growth rates of several periods do not average" if len(changes) > 1 else None


def last_positive(operands: Operands) -> str | None:
    return _positive(operands[-1])


def percents(operands: Operands) -> str | None:
    wrong = [o for o in operands if o.unit not in ("%", "pp")]
    return f"{wrong[0].text} is not a percentage" if wrong else None


def growth_to_come(operands: Operands) -> str | None:
    """A level and a relative change in percent, or how many times as much the asker supposes of it
    or of a rate of growth."""
    level, rate = operands
    if not _is_times(rate):
        return level_first(operands) or growth_last(operands)
    is_rate = level.kind == "change" and level.unit == "%"
    return None if is_rate or rate.range.low <= 0 else level_first(operands)


def _is_times(rate: Operand) -> bool:
    return rate.is_assumed and rate.unit == "1"


def growth_last(operands: Operands) -> str | None:
    """The last operand is a relative change in percent, of the period of the first."""
    level, rate = operands
    if rate.unit != "%" and not _is_fraction(rate):
        return f"{rate.text} is not a percentage"
    if rate.kind not in ("change", "rate"):
        return f"{rate.text} is a {rate.kind}, not a growth rate"
    if rate.range.low <= -100:
        return f"nothing is left after a fall of {rate.text}"
    if level.unit in ("%", "pp"):
        return f"{level.text} is itself a percentage"
    return None


def _is_fraction(rate: Operand) -> bool:
    """A growth rate told as a fraction: "a tenth more"; "doubled" is none."""
    return rate.unit == "1" and rate.kind == "change" and -1 < rate.range.low <= rate.range.high < 1


def change_last(operands: Operands) -> str | None:
    """The last operand is a signed change in the level's own unit, of a percentage in points."""
    level, change = operands
    if change.kind != "change" and not change.is_assumed:
        return f"{change.text} is a {change.kind}, not a change"
    if not change.is_directed:
        return f"{change.text} is told neither as a rise nor as a fall"
    if _points([level]) == "pp":
        return None if change.unit == "pp" else f"{change.text} is not in percentage points"
    if level.unit.startswith(f"{change.unit}/"):
        return None
    return one_unit(operands)


def a_share(operand: Operand) -> str | None:
    """A part of something: "38%", "a third"; neither growth nor points nor "three times"."""
    if operand.unit not in ("%", "1") or operand.kind == "change":
        return f"{operand.text} is no share of anything"
    if operand.kind not in ("share", "rate", "level") or operand.range.low < 0:
        return f"{operand.text} is a {operand.kind}, not a share"
    if operand.unit == "1" and operand.range.high > 1:
        return f"{operand.text} is more than the whole"
    return None


def share_of_amount(operands: Operands) -> str | None:
    """A share, and an amount that it may be taken of: of the same period and entity."""
    share, amount = operands
    if amount.unit in ("%", "pp") or (amount.unit == "1" and not is_number_of(amount)):
        return f"{amount.text} is itself a share"
    reason = a_share(share) or one_entity(operands)
    if reason or share.is_assumed or amount.is_assumed:
        return reason
    return part_within_whole((amount, share))


def share_last(operands: Operands) -> str | None:
    """An amount that is a part, and what share it is; there is something to measure by."""
    return share_of_amount(operands[::-1]) or _positive(operands[1])


def part_not_negative(operands: Operands) -> str | None:
    """What pulls the other way is no share of the whole."""
    part = operands[0]
    return f"{part.text} is below zero, no part of a whole" if part.range.high < 0 else None


def growth_of_level(operands: Operands) -> str | None:
    """A growth rate told of the same period and measure as the level it is applied to."""
    if operands[1].is_assumed:
        return None
    return one_period(operands) or one_measure(operands) or one_entity(operands)


def part_not_larger(operands: Operands) -> str | None:
    part, whole = operands
    scale = factor(whole.unit, part.unit) or Decimal(1)
    is_larger = part.range.low > whole.range.high * scale
    return f"{part.text} is more than the whole, {whole.text}" if is_larger else None


def linked_pair(operands: Operands) -> str | None:
    """Two currencies of one quantity: "7.5 trillion yuan ($1.05 trillion)", where one may be
    known by that alone; or of one measure: "exports of $8.1 billion", "in pesos exports came to
    7.5 trillion"."""
    one, other = operands
    are_one = one.quantities == other.quantities
    n_known = units.is_money(one.unit) + units.is_money(other.unit)
    if one.unit == other.unit or n_known + are_one < 2 or not n_known:
        return "an exchange rate is of one amount in two currencies"
    if are_one:
        return None
    is_apart = one_period(operands) or one_entity(operands) or levels(operands)
    if is_apart or not (_may_be_rate(one, other) and _is_like_measured(one, other)):
        return f"{one.text} and {other.text} are not one amount in two currencies"
    return None


def _may_be_rate(one: Operand, other: Operand) -> bool:
    if not one.value or not other.value:
        return False
    return 1 <= abs(one.value / other.value) * _RATE_APART <= _RATE_APART**2


_RATE_APART = 100_000
"""How much of one currency is as much as one of another, at most."""


def rate_fits(operands: Operands) -> str | None:
    amount, rate = operands
    top, _, bottom = rate.unit.partition("/")
    is_known = units.is_money(top) and units.is_money(bottom)
    if not bottom or not (is_known or _is_of_one_amount(rate)):
        return f"{rate.text} is not an exchange rate"
    if amount.unit not in (top, bottom):
        return f"{amount.text} is neither in {_unit_name(top)} nor in {_unit_name(bottom)}"
    of_amount, of_rate = sure(amount, "period"), sure(rate, "period")
    if of_amount and of_rate and not _overlap(of_amount, of_rate):
        return f"a rate of {_period_name(of_rate)} does not fit {_period_name(of_amount)}"
    return None


def _is_of_one_amount(rate: Operand) -> bool:
    """Whether a rate follows from one amount in two currencies."""
    return len(rate.leaves) == 2 and len(rate.quantities) == 1


def two_rates(operands: Operands) -> str | None:
    """Two exchange rates with one currency in common."""
    for rate in operands:
        if not all(map(units.is_money, rate.unit.split("/"))) or "/" not in rate.unit:
            return f"{rate.text} is not an exchange rate"
    if len(_crossed(operands)) != 2:
        return "the rates have no currency, or no other two, in common"
    one, other = (sure(operand, "period") for operand in operands)
    is_apart = one and other and not _overlap(one, other)
    return f"rates of {_period_name(one)} and {_period_name(other)}" if is_apart else None


def _crossed(operands: Operands) -> list[str]:
    """The currencies that stand in one of two rates only, in their order."""
    one, other = (operand.unit.split("/") for operand in operands)
    return [unit for unit in one if unit not in other] + [u for u in other if u not in one]


def for_each(operands: Operands) -> str | None:
    """What one of something takes, and how much or how many of it there is."""
    price, number = operands
    _, _, below = price.unit.partition("/")
    if not below and _is_price_of_one(price) and units.is_count(number.unit):
        return levels(operands)
    if not below and _is_average(price) and _is_number_of_others(number, price):
        return levels(operands) or one_entity(operands)
    if not below:
        return f"{price.text} is not an amount for each of something"
    is_counted = is_number_of(number) and units.is_count(below)
    if is_counted and (number.unit == "1" or units.are_alike(below, number.unit)):
        return levels(operands[1:])
    if factor(number.unit, below) is None:
        return f"{price.text} is not for {_unit_name(number.unit)}"
    return levels(operands[1:])


def _is_price_of_one(price: Operand) -> bool:
    """Money that is told as what one of something costs: a fine, a fare, the price of a ticket."""
    is_priced = _PRICE_OF_ONE.search((price.measure or "").lower()) and _size(price) < _TAKINGS
    return units.is_money(price.unit) and price.kind in ("level", "rate") and bool(is_priced)


def _is_average(operand: Operand) -> bool:
    """ "Average attendance", told as a number."""
    return is_number_of(operand) and bool(_AVERAGE.search((operand.measure or "").lower()))


def _is_number_of_others(number: Operand, average: Operand) -> bool:
    """Whether it counts what is no average, by another noun than an average does."""
    return (
        units.is_count(number.unit)
        and not _AVERAGE.search((number.measure or "").lower())
        and not units.are_alike(number.unit, average.unit)
    )


_AVERAGE = re.compile(r"\b(?:average|mean)\b")
# What tickets have brought in, and no price of one.
_TAKINGS = 1_000_000
_PRICE_OF_ONE = re.compile(
    r"\b(?:prices?|fares?|fines?|fees?|tolls?|tickets?|dividend)\b"
    r"(?!.*\b(?:income|revenue|total|rise)\b)"
)


def shares_of_one(operands: Operands) -> str | None:
    """Shares that are told together, in one sentence or list, of one time: those of one whole."""
    reasons = (a_share(operand) for operand in operands)
    if reason := next((r for r in reasons if r), None):
        return reason
    first = operands[0]
    apart = next((o for o in operands[1:] if not _are_together(first, o)), None)
    if apart:
        return f"nothing tells that {first.text} and {apart.text} are parts of one whole"
    return one_period(operands)


def two_units(operands: Operands) -> str | None:
    one, other = operands
    if any(o.unit in ("%", "pp", "1") and not is_number_of(o) for o in operands):
        return "a percentage is not a quantity per something"
    if factor(one.unit, other.unit) is not None:
        return f"both values are in {_unit_name(one.unit)}: that is a ratio"
    if units.is_money(one.unit) and units.is_money(other.unit):
        return "one currency for another is an exchange rate"
    return _spread_again(one, other)


def _spread_again(one: Operand, other: Operand) -> str | None:
    """What is told for each of something already is not spread once more, but over a number of
    those that it comes together of: tonnes a year by each hectare."""
    top, _, below = one.unit.partition("/")
    if below and (not units.is_duration(below) or factor(top, other.unit) is not None):
        return f"{one.text} is told for each of something already"
    if other.unit.startswith("1/"):
        return f"{other.text} is itself so many for each of something"
    return None


def contribution_fits(operands: Operands) -> str | None:
    """Level and growth of a part, level and growth of the whole; or change and earlier whole."""
    if len(operands) == 2:
        part = operands[0]
        if part.kind != "change" and not part.is_compound:
            return f"{part.text} is a level, not what has been added"
        return one_unit(operands) or last_positive(operands)
    if len(operands) != 4:
        return "a contribution is told from 2 or 4 values"
    part, part_growth, whole, whole_growth = operands
    return (
        one_unit((part, whole))
        or growth_last((part, part_growth))
        or growth_last((whole, whole_growth))
        or _positive(whole)
        or one_period([o for o in operands if not o.is_assumed])
    )


def one_of_these(operands: Operands) -> str | None:
    """Values of one measure, in one unit, that can be told apart; what follows from others may
    stand beside these."""
    stated = [operand for operand in operands if len(operand.leaves) == 1]
    return one_unit(operands) or one_kind(operands) or (told_once(stated) if stated else None)


def _positive(operand: Operand) -> str | None:
    if operand.range.low > 0:
        return None
    return f"{operand.text} is not known to be above zero, so nothing can be measured against it"


def told_as_range(operands: Operands) -> str | None:
    """One figure that is told from one end to the other, both of them known."""
    told = operands[0]
    is_range = told.value is None and len(told.quantities) == 1 and told.range.low < told.range.high
    if is_range and not told.range.low.is_infinite() and not told.range.high.is_infinite():
        return None
    return f"{told.text} is no range with two ends"


def amount_of_a_time(operands: Operands) -> str | None:
    """An amount or a count that comes together over a known time, no share or rate."""
    told = operands[0]
    is_amount = units.is_money(told.unit) or units.is_count(told.unit)
    if is_amount and told.kind in ("level", "count") and n_spans(told.period, "month"):
        return None
    return f"{told.text} is no amount of several months"


# Formulas


def _sum(values: Sequence[Quantity]) -> Quantity:
    total = values[0]
    for value in values[1:]:
        total = total + value
    return total


def _difference(values: Sequence[Quantity]) -> Quantity:
    return values[0] - values[1]


def _residual(values: Sequence[Quantity]) -> Quantity:
    return values[0] - _sum(values[1:])


def _remainder(operands: Operands, parameters: Sequence[str]) -> Formula:
    fractions = [_ONE if o.unit == "%" else _HUNDRED for o in operands]

    def formula(values: Sequence[Quantity]) -> Quantity:
        return _HUNDRED - _sum([v * f for v, f in zip(values, fractions, strict=True)])

    return formula


def _quotient(values: Sequence[Quantity]) -> Quantity:
    return values[0] / values[1]


def _share(values: Sequence[Quantity]) -> Quantity:
    return values[0] / values[1] * _HUNDRED


def _growth(values: Sequence[Quantity]) -> Quantity:
    """(new − old) / old, written so that neither value enters twice."""
    return (values[0] / values[1] - _ONE) * _HUNDRED


def _grown(rate: Quantity) -> Quantity:
    return _ONE + rate / _HUNDRED


def _before_growth(values: Sequence[Quantity]) -> Quantity:
    return values[0] / _grown(values[1])


def _fraction(share: Operand) -> Quantity:
    return _ONE / _HUNDRED if share.unit == "%" else _ONE


def _percent_of(operands: Operands, parameters: Sequence[str]) -> Formula:
    fraction = _fraction(operands[0])
    return lambda values: values[0] * fraction * values[1]


def _whole_of(operands: Operands, parameters: Sequence[str]) -> Formula:
    fraction = _fraction(operands[1])
    return lambda values: values[0] / (values[1] * fraction)


def _projection(operands: Operands, parameters: Sequence[str]) -> Formula:
    """A level after so many years of growth, or so many times as much."""
    if _is_times(operands[1]):
        return _product
    scale = _ONE if operands[1].unit == "%" else _HUNDRED

    def formula(values: Sequence[Quantity]) -> Quantity:
        level, grown = values[0], _grown(values[1] * scale)
        for _ in range(n_years(parameters)):
            level = level * grown
        return level

    return formula


_YEARS = re.compile(r"(\d{1,2}) years?")
MAX_YEARS = 50


def n_years(parameters: Sequence[str]) -> int:
    """For how many years growth is carried on: one where no parameter says."""
    told = (found for text in parameters if (found := _YEARS.fullmatch(text.strip())))
    return min(MAX_YEARS, next((int(found[1]) for found in told), 1))


def is_years(parameter: str) -> bool:
    """Whether a parameter of a projection says for how long, and no rate."""
    return _YEARS.fullmatch(parameter.strip()) is not None


def _absolute_growth(values: Sequence[Quantity]) -> Quantity:
    return values[0] - values[0] / _grown(values[1])


def _by_rate(formula: Formula) -> Callable[[Operands, Sequence[str]], Formula]:
    """The formula over a level and a rate that may be told as a fraction."""

    def chosen(operands: Operands, parameters: Sequence[str]) -> Formula:
        if operands[1].unit == "%":
            return formula
        return lambda values: formula((values[0], values[1] * _HUNDRED))

    return chosen


def _average(values: Sequence[Quantity]) -> Quantity:
    return _sum(values) / Quantity.constant(len(values))


def _midpoint(operands: Operands, parameters: Sequence[str]) -> Formula:
    """Of the ends as told, whatever the value in between is."""
    told = operands[0].range
    middle = Quantity.constant(told.low) + Quantity.constant(told.high)
    return lambda values: middle / Quantity.constant(2)


def n_spans(period: str | None, span: str) -> int | None:
    """How many months, quarters, weeks or days a period has; None where it has no whole number."""
    months = tilings.months(period or "")
    if period is None or months is None:
        return None
    n_months = months[2] - months[1]
    if span in _MONTHS and n_months > _MONTHS[span] and n_months % _MONTHS[span] == 0:
        return n_months // _MONTHS[span]
    return _IN_YEAR.get(span) if n_months == _IN_YEAR_MONTHS else None


_MONTHS = {"month": 1, "quarter": 3}
_IN_YEAR, _IN_YEAR_MONTHS = {"week": 52, "day": 365}, 12


def span_of(parameters: Sequence[str]) -> str:
    """What a level is spread over: months where nothing else is said."""
    return next(iter(parameters), "month")


def _spread(operands: Operands, parameters: Sequence[str]) -> Formula:
    n = n_spans(operands[0].period, span_of(parameters))
    if n is None:
        raise CalculationRefused("spread", f"{operands[0].text} is not told of several of them")
    return lambda values: values[0] / Quantity.constant(n)


def _contribution(values: Sequence[Quantity]) -> Quantity:
    if len(values) == 2:
        return values[0] / values[1] * _HUNDRED
    part, part_growth, whole, whole_growth = values
    change = _absolute_growth((part, part_growth))
    return change / _before_growth((whole, whole_growth)) * _HUNDRED


def _first(values: Sequence[Quantity]) -> Quantity:
    return values[0]


def _count(values: Sequence[Quantity]) -> Quantity:
    return Quantity.constant(len(values))


def _product(values: Sequence[Quantity]) -> Quantity:
    return values[0] * values[1]


def _conversion(operands: Operands, parameters: Sequence[str]) -> Formula:
    amount, rate = operands
    return _quotient if rate.unit.startswith(amount.unit + "/") else _product


def _is_divided(operands: Operands) -> bool:
    """Whether the currency that two rates share stands on one side of both."""
    (top, below), (other_top, other_below) = (operand.unit.split("/") for operand in operands)
    return top == other_top or below == other_below


def _cross_rate(operands: Operands, parameters: Sequence[str]) -> Formula:
    return _quotient if _is_divided(operands) else _product


def _for_all(operands: Operands, parameters: Sequence[str]) -> Formula:
    """The product, the number in the unit that the amount is for."""
    price, number = operands
    below = price.unit.partition("/")[2]
    scale = Quantity.constant((factor(number.unit, below) if below else None) or Decimal(1))
    return lambda values: values[0] * values[1] * scale


def _extremum(operands: Operands, parameters: Sequence[str]) -> Formula:
    winner = best_of(operands, parameters)
    return lambda values: values[winner]


def _rank(operands: Operands, parameters: Sequence[str]) -> Formula:
    """How many of the others are ahead of the first, plus one."""
    first, *others = operands
    wants_least = is_least(parameters)
    n_ahead = 0
    for other in others:
        ahead, behind = (first, other) if wants_least else (other, first)
        if ahead.range.low <= behind.range.high and behind.range.low <= ahead.range.high:
            raise CalculationRefused("rank", f"{_too_close(first, other)}")
        n_ahead += ahead.range.low > behind.range.high
    return lambda values: Quantity.constant(n_ahead + 1)


def best_of(operands: Operands, parameters: Sequence[str]) -> int:
    """The place of the largest operand (the smallest with the parameter "min").

    Refused when another one may be as large.
    """
    wants_least = is_least(parameters)
    places = range(len(operands))
    ends = [o.range.high if wants_least else o.range.low for o in operands]
    best = min(places, key=ends.__getitem__) if wants_least else max(places, key=ends.__getitem__)
    for place in places:
        other = operands[place].range
        beaten = ends[best] < other.low if wants_least else ends[best] > other.high
        if place != best and not beaten:
            raise CalculationRefused("extremum", _too_close(operands[best], operands[place]))
    return best


def is_least(parameters: Sequence[str]) -> bool:
    return any(p.casefold() in ("min", "minimum", "smallest", "lowest") for p in parameters)


def _too_close(one: Operand, other: Operand) -> str:
    return f"{one.text} and {other.text} are too close to tell apart"


# Wordings


def _joined(sign: str) -> Callable[[Operands], str]:
    def wording(operands: Operands) -> str:
        first, *rest = operands
        return f" {sign} ".join([first.text if sign in "+−" else first.inner, *_inner(rest)])

    return wording


def _inner(operands: Operands) -> list[str]:
    return [operand.inner for operand in operands]


def _share_wording(operands: Operands) -> str:
    return f"{operands[0].inner} ÷ {operands[1].inner}"


def _growth_wording(operands: Operands) -> str:
    new, old = _inner(operands)
    return f"({new} − {old}) ÷ {old}"


def _grown_wording(rate: Operand) -> str:
    if rate.text.startswith(rendering.MINUS):
        return f"(1 − {rate.text[1:]})"
    return f"(1 + {rate.inner})"


def _before_wording(operands: Operands) -> str:
    return f"{operands[0].inner} ÷ {_grown_wording(operands[1])}"


def _projection_wording(operands: Operands) -> str:
    level, rate = operands
    if _is_times(rate):
        return f"{level.inner} × {rate.text.removesuffix(' times')}"
    return f"{level.inner} × {_grown_wording(rate)}"


def _absolute_wording(operands: Operands) -> str:
    return f"{operands[0].inner} − {_before_wording(operands)}"


def _average_wording(operands: Operands) -> str:
    return f"({_joined('+')(operands)}) ÷ {len(operands)}"


def _midpoint_wording(operands: Operands) -> str:
    return f"midpoint of {operands[0].text}"


def _conversion_wording(operands: Operands) -> str:
    amount, rate = operands
    sign = "÷" if rate.unit.startswith(amount.unit + "/") else "×"
    return f"{amount.inner} {sign} {rate.inner}"


def _cross_wording(operands: Operands) -> str:
    return _joined("÷" if _is_divided(operands) else "×")(operands)


def _remainder_wording(operands: Operands) -> str:
    return " − ".join(["100%", *_inner(operands)])


def _contribution_wording(operands: Operands) -> str:
    if len(operands) == 2:
        return _share_wording(operands)
    part, whole = operands[:2], operands[2:]
    return f"({_absolute_wording(part)}) ÷ ({_before_wording(whole)})"


def _listed(operands: Operands) -> str:
    return "of " + _list(operands)


def _count_wording(operands: Operands) -> str:
    return f"count of {_list(operands)}"


def _rank_wording(operands: Operands) -> str:
    return f"rank of {operands[0].text} among {_list(operands)}"


def _list(operands: Operands) -> str:
    *most, last = [operand.text for operand in operands]
    return f"{', '.join(most)} and {last}" if most else last


def _against(operands: Operands) -> str:
    return f"{operands[0].text} against {operands[1].text}"


# Units and periods of results


def _same(operands: Operands) -> str:
    return operands[0].unit


def _joint(operands: Operands) -> str:
    """The unit of what is put together: of counts their common noun, "1" where they have none."""
    if not all(map(is_number_of, operands)):
        priced = [o.unit for o in operands if o.unit.startswith(f"{operands[0].unit}/")]
        return priced[0] if priced else operands[0].unit
    return units.common_noun([operand.unit for operand in operands]) or "1"


def _points(operands: Operands) -> str:
    return "pp" if operands[0].unit in ("%", "pp") else _joint(operands)


def _always(unit: str) -> Callable[[Operands], str]:
    return lambda operands: unit


def _per(operands: Operands) -> str:
    below = operands[1].unit
    return f"{operands[0].unit}/{'unit' if below == '1' else below}"


def _converted(operands: Operands) -> str:
    amount, rate = operands
    top, _, bottom = rate.unit.partition("/")
    return bottom if amount.unit == top else top


def _cross_unit(operands: Operands) -> str:
    """The rate of the two currencies that are left: "GBP/USD" by "EUR/USD" is "GBP/EUR"."""
    one, other = _crossed(operands)
    is_above = operands[0].unit.startswith(one)
    return f"{one}/{other}" if is_above else f"{other}/{one}"


def _of_all(operands: Operands) -> str:
    return operands[0].unit.partition("/")[0]


def _of_last(operands: Operands) -> str:
    return operands[-1].unit


def _earlier(operands: Operands) -> str | None:
    """The period that a growth rate looks back to."""
    level, rate = operands
    if rate.base_period:
        return rate.base_period
    period = level.period or rate.period
    is_yearly = rate.basis in (None, "year on year")
    return periods.previous(period) if period and is_yearly and _length(period) == 12 else None


def _joint_period(operands: Operands) -> str | None:
    """The one that all are of, or that they make up together."""
    told = [operand.period for operand in operands]
    span = tilings.joined([period for period in told if period]) if None not in told else None
    return tilings.named(span) if span else shared(operands, "period")


def _left_period(operands: Operands) -> str | None:
    """What the parts' periods leave of the whole's, where they are of a part of its time."""
    whole, *parts = [operand.period for operand in operands]
    told = [period for period in parts if period]
    if whole and len(told) == len(parts) and whole not in told:
        return tilings.rest(whole, told)
    return shared(operands, "period")


def _untold(operands: Operands) -> str | None:
    return None


def _of_first(operands: Operands) -> str | None:
    return operands[0].period


# Units, periods, names


def factor(unit: str, to: str) -> Decimal | None:
    """How many of `to` one of `unit` is; None where there is no fixed factor."""
    if unit == to:
        return Decimal(1)
    try:
        zero = units.convert(Decimal(0), unit, to)
        return None if zero else units.convert(Decimal(1), unit, to)
    except units.UnitMismatch:
        return None


def _unit_name(unit: str) -> str:
    return {"%": "percent", "pp": "percentage points", "1": "multiples"}.get(unit, unit)


_LENGTHS = {"H": 6, "Q": 3}


def _length(period: str | None) -> float:
    """Months of a period; a day is a small fraction of one."""
    if period is None:
        return 0
    start, _, end = period.partition("/")
    if end:
        return _months(end) - _months(start) + 1 if len(start) == len(end) == 7 else -1
    if len(start) >= 7 and start[5] in _LENGTHS:
        return _LENGTHS[start[5]]
    return {7: 1, 10: 1 / 31}.get(len(start), 12)


def _months(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:7])


def _period_name(period: str | None) -> str:
    return periods.describe(period) if period else "an unknown period"


def _overlap(one: str, other: str) -> bool:
    return one == other or periods.contains(one, other) or periods.contains(other, one)


def shared(operands: Operands, name: str) -> str | None:
    """What all operands that tell it agree on."""
    told = {getattr(operand, name) for operand in operands if not operand.is_assumed} - {None}
    return told.pop() if len(told) == 1 else None


def _is_within(part: Operand, whole: Operand) -> bool:
    """Whether one is known to be a part of the other."""
    if part.entity and whole.entity and part.entity != whole.entity:
        return False
    if part.measure and part.measure == whole.measure and part.period and whole.period:
        return part.period != whole.period and periods.contains(whole.period, part.period)
    if part.period != whole.period or not part.measure or not whole.measure:
        return False
    return any(i.is_sum_with(part.measure, whole.measure) for i in identities.read())


# The table


_TABLE = (
    Operation(
        "difference",
        (2, 2),
        (
            one_unit,
            one_kind_or_rates,
            one_length,
            not_itself,
            not_alike,
            of_one_sort,
            each_counts,
        ),
        _difference,
        _joined("−"),
        _points,
    ),
    Operation(
        "sum",
        (2, 50),
        (
            one_unit,
            one_kind,
            no_rates_added,
            told_once,
            no_repetition,
            no_part_with_whole,
            one_length_or_row,
            of_one_sort,
            each_counts,
            no_speeds,
        ),
        _sum,
        _joined("+"),
        _joint,
        period=_joint_period,
    ),
    Operation(
        "residual",
        (2, 50),
        (one_unit, one_kind, no_rates_added, told_once, part_within_whole, each_counts),
        _residual,
        _joined("−"),
        _same,
        period=_left_period,
    ),
    Operation(
        "remainder",
        (1, 50),
        (shares_of_one, told_once),
        _sum,
        _remainder_wording,
        _always("%"),
        kind="share",
        choose=_remainder,
        aligns=False,
    ),
    Operation(
        "share",
        (2, 2),
        (
            one_unit_or_counts,
            one_kind_or_part,
            not_itself,
            not_alike,
            last_positive,
            part_not_larger,
            part_not_negative,
            lambda operands: part_within_whole(operands[::-1]),
            money_counts,
        ),
        _share,
        _share_wording,
        _always("%"),
        kind="share",
        period=_of_first,
    ),
    Operation(
        "ratio",
        (2, 2),
        (unit_by_unit, one_kind, not_itself, not_alike, one_length, last_positive),
        _quotient,
        _joined("÷"),
        lambda operands: _priced(operands) or "1",
        kind="ratio",
    ),
    Operation(
        "multiple",
        (2, 2),
        (unit_by_unit, one_kind, not_itself, not_alike, one_length, last_positive),
        _quotient,
        _joined("÷"),
        lambda operands: _priced(operands) or "1",
        kind="ratio",
    ),
    Operation(
        "growth",
        (2, 2),
        (
            one_unit,
            levels,
            told_once_in_time,
            not_alike,
            one_length,
            two_periods,
            one_thing_in_time,
            last_positive,
        ),
        _growth,
        _growth_wording,
        _always("%"),
        kind="change",
        period=_of_first,
    ),
    Operation(
        "point_change",
        (2, 2),
        (percents, one_unit, one_kind_or_rates, one_length, not_alike, two_periods, one_entity),
        _difference,
        _joined("−"),
        _always("pp"),
        kind="change",
        period=_of_first,
    ),
    Operation(
        "before_growth",
        (2, 2),
        (level_first, growth_last, growth_of_level),
        _before_growth,
        _before_wording,
        _same,
        period=_earlier,
        aligns=False,
        choose=_by_rate(_before_growth),
    ),
    Operation(
        "before_change",
        (2, 2),
        (level_first, change_last, growth_of_level),
        _difference,
        _joined("−"),
        _same,
        period=_earlier,
    ),
    Operation(
        "projection",
        (2, 2),
        (growth_to_come,),
        _product,
        _projection_wording,
        _same,
        period=_untold,
        aligns=False,
        choose=_projection,
    ),
    Operation(
        "absolute_growth",
        (2, 2),
        (level_first, growth_last, growth_of_level),
        _absolute_growth,
        _absolute_wording,
        _same,
        kind="change",
        period=_of_first,
        aligns=False,
        choose=_by_rate(_absolute_growth),
    ),
    Operation(
        "average",
        (2, 50),
        (
            one_unit,
            one_kind,
            told_once,
            no_repetition,
            no_growth_averaged,
            no_part_with_whole,
            one_length,
            one_noun,
            of_one_sort,
        ),
        _average,
        _average_wording,
        _joint,
    ),
    Operation(
        "midpoint",
        (1, 1),
        (told_as_range,),
        _first,
        _midpoint_wording,
        _same,
        choose=_midpoint,
        aligns=False,
        is_of_ends=True,
    ),
    Operation(
        "spread",
        (1, 1),
        (amount_of_a_time,),
        _first,
        lambda operands: operands[0].inner,
        _same,
        choose=_spread,
        aligns=False,
    ),
    Operation(
        "per_unit",
        (2, 2),
        (two_units, levels, one_length, last_positive, lambda operands: no_speeds(operands[:1])),
        _quotient,
        _joined("÷"),
        _per,
        kind="rate",
        aligns=False,
    ),
    Operation(
        "product",
        (2, 2),
        (for_each, one_length),
        _product,
        _joined("×"),
        _of_all,
        kind="level",
        choose=_for_all,
        aligns=False,
    ),
    Operation(
        "percent_of",
        (2, 2),
        (share_of_amount,),
        _product,
        _joined("×"),
        _of_last,
        kind="level",
        choose=_percent_of,
        aligns=False,
    ),
    Operation(
        "whole_of",
        (2, 2),
        (level_first, share_last),
        _quotient,
        _joined("÷"),
        _same,
        choose=_whole_of,
        aligns=False,
    ),
    Operation(
        "exchange_rate",
        (2, 2),
        (linked_pair, last_positive),
        _quotient,
        _joined("÷"),
        _per,
        kind="rate",
        aligns=False,
    ),
    Operation(
        "conversion",
        (2, 2),
        (rate_fits, last_positive),
        _quotient,
        _conversion_wording,
        _converted,
        choose=_conversion,
        period=_of_first,
        aligns=False,
    ),
    Operation(
        "cross_rate",
        (2, 2),
        (two_rates, last_positive),
        _quotient,
        _cross_wording,
        _cross_unit,
        kind="rate",
        choose=_cross_rate,
        aligns=False,
    ),
    Operation(
        "contribution",
        (2, 4),
        (contribution_fits,),
        _contribution,
        _contribution_wording,
        _always("pp"),
        kind="change",
        aligns=False,
    ),
    Operation(
        "extremum",
        (2, 200),
        (one_of_these,),
        _first,
        _listed,
        _same,
        choose=_extremum,
        period=_untold,
    ),
    Operation(
        "rank",
        (2, 200),
        (one_of_these,),
        _count,
        _rank_wording,
        _always("rank"),
        kind="rank",
        choose=_rank,
        period=_of_first,
    ),
    Operation(
        "count", (1, 500), (told_once,), _count, _count_wording, _always("item"), kind="count"
    ),
    Operation(
        "consistency",
        (2, 2),
        (one_unit, one_kind, not_itself, one_period, one_entity),
        _difference,
        _against,
        _same,
    ),
)
OPERATIONS: Mapping[str, Operation] = {operation.name: operation for operation in _TABLE}
