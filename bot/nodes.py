"""Nodes: values on the way to an answer, and what becomes of them.

A node is a figure or an operation over other nodes. `realise` turns a tree of them into steps and
calculations through the laws of `bot.calculation`; `derivation_of` does so for an operation whose
figures are already known, each in its role.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial

from bot.answers import Calculation
from bot.calculation import compute
from bot.calculation import leaf as operand
from bot.drafts import Step
from bot.errors import CalculationRefused
from bot.language import tilings
from bot.operations import factor
from ingest import Article, Figure, periods


@dataclass(frozen=True, slots=True)
class Node:
    """A value on the way: a figure, or an operation over other nodes.

    score: how surely it is what its goal asked for
    called: the words of the question that call it by name
    """

    unit: str
    score: float
    figure: Figure | None = None
    operation: str = ""
    parts: tuple[Node, ...] = ()
    parameters: tuple[str, ...] = ()
    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    identity: str | None = None
    called: str | None = None

    @property
    def leaves(self) -> tuple[Figure, ...]:
        """Every figure below, in order."""
        if self.figure:
            return (self.figure,)
        return tuple(f for part in self.parts for f in part.leaves)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A way to the answer: figures by id, steps over them, and the id of the result.

    calculations: the steps' results; empty when the answer is a stated figure
    """

    result: str
    unit: str
    score: float
    figures: Mapping[str, Figure]
    steps: tuple[Step, ...] = ()
    calculations: Mapping[str, Calculation] = field(default_factory=dict)
    node: Node | None = None

    @property
    def is_stated(self) -> bool:
        return not self.steps


def leaf(figure: Figure, score: float = 0.9) -> Node:
    """A figure as a node."""
    return Node(
        figure.unit,
        score,
        figure,
        measure=figure.measure,
        entity=figure.entity,
        period=figure.period,
    )


# Their results are of another period than the figure that they begin with: by steps from it.
ELSEWHERE = {"before_growth": -1, "before_change": -1, "projection": 1}
# Those of one period and an earlier one: their result is of the first.
IN_TIME = frozenset(["growth", "point_change"])


def step(
    operation: str, parts: Sequence[Node], parameters: tuple[str, ...] = (), score: float = 0.9
) -> Node:
    """An operation over nodes, of their period where they share one."""
    told = {n.period for n in parts if n.period}
    if operation in IN_TIME:
        told &= {parts[0].period}
    is_elsewhere = operation in ELSEWHERE or len(told) != 1
    period = None if is_elsewhere else told.pop()
    return Node(
        unit=unit_of(operation, parts),
        score=score,
        operation=operation,
        parts=tuple(parts),
        parameters=parameters,
        period=period or tiled(operation, parts),
    )


def tiled(operation: str, parts: Sequence[Node]) -> str | None:
    """The period that those of a sum make up, or that parts leave of their whole's."""
    known = [part.period for part in parts if part.period]
    if len(known) < max(2, len(parts)):
        return None
    if operation == "residual":
        return tilings.rest(known[0], known[1:])
    span = tilings.joined(known) if operation == "sum" else None
    return tilings.named(span) if span else None


def unit_of(operation: str, parts: Sequence[Node]) -> str:
    """The unit of a result, as far as it can be told before it is computed."""
    first = parts[0].unit
    if operation in {"share", "growth", "contribution", "remainder"}:
        return "%"
    if operation == "product":
        return first.partition("/")[0]
    if operation == "cross_rate":
        return _crossed(first, parts[1].unit)
    if operation in {"ratio", "multiple"}:
        return "1"
    if operation in {"point_change", "difference"}:
        return "pp" if first in {"%", "pp"} else first
    if operation in {"per_unit", "exchange_rate"}:
        return f"{first}/{parts[1].unit}"
    if operation in {"count", "rank", "consistency"}:
        return {"count": "1", "rank": "rank"}.get(operation, first)
    if operation == "conversion":
        return _converted(first, parts[1].unit)
    return parts[1].unit if operation == "percent_of" else first


def _crossed(one: str, other: str) -> str:
    """The rate that two rates make: its first currency is above in its own, or below it."""
    mine, theirs = one.split("/"), other.split("/")
    left = [u for u in mine if u not in theirs] + [u for u in theirs if u not in mine]
    if len(left) != 2:
        return one
    return "/".join(left if mine[0] == left[0] else left[::-1])


def _converted(unit: str, rate: str) -> str:
    top, _, bottom = rate.partition("/")
    return bottom if unit == top else top


# -- from nodes to calculations -------------------------------------------------------------------


def realise(node: Node, articles: Mapping[str, Article]) -> Derivation:
    """The node as figures and steps with ids, computed.

    Raises CalculationRefused where a law forbids it or nothing can be told of the result.
    """
    figures: dict[str, Figure] = {}
    steps: list[Step] = []
    result = _number(node, figures, steps)
    texts = {id: articles[f.article_id].text[f.start : f.end] for id, f in figures.items()}
    calculations = compute(steps, figures, texts)
    done = calculations.get(result)
    if done and done.low is None and done.high is None and done.value is None:
        raise CalculationRefused(done.operation, "neither its value nor a bound is known")
    return Derivation(result, node.unit, node.score, figures, tuple(steps), calculations, node)


def attempted(node: Node, articles: Mapping[str, Article]) -> Derivation | None:
    """The node realised, or None where it is refused."""
    try:
        return realise(node, articles)
    except CalculationRefused:
        return None


def _number(node: Node, figures: dict[str, Figure], steps: list[Step]) -> str:
    if node.figure:
        known = next((id for id, f in figures.items() if f == node.figure), None)
        id = known or f"f{len(figures) + 1}"
        figures[id] = node.figure
        return id
    operands = tuple(_number(part, figures, steps) for part in node.parts)
    made = Step(
        f"c{len(steps) + 1}",
        node.operation,
        operands,
        node.parameters,
        node.measure,
        node.entity,
        node.period,
        node.identity,
    )
    steps.append(made)
    return made.id


# -- an operation over figures in their roles -----------------------------------------------------


def derivation_of(
    operation: str,
    figures: Sequence[Figure],
    articles: Mapping[str, Article],
    parameters: tuple[str, ...] = (),
    score: float = 1.0,
) -> Derivation:
    """The operation over figures that stand in its roles, in this order:

    difference [larger or asked, other]; sum [all]; average [all, or one range];
    residual [whole, part, ...]; share [part, whole]; ratio [numerator, denominator];
    growth, point_change [new, old];
    before_growth, absolute_change, projection [level, percent]; before_change [level, change];
    per_unit [total, count]; exchange_rate [amount, the same in another currency];
    conversion [amount, pair first, pair second] or [amount, rate]; percent_of [whole, percent];
    whole_of [part, percent]; extremum [winner, others ...]; rank [asked, others ...];
    count [each thing]; consistency [stated, parts ...].

    parameters: numbers of the question ("5%" to project with), the noun of what is counted, or
    "min" for a rank from the least. Raises CalculationRefused with the law that forbids it.
    """
    node = node_of(operation, figures, parameters)
    return realise(replace(node, score=score), articles)


def node_of(operation: str, figures: Sequence[Figure], parameters: tuple[str, ...] = ()) -> Node:
    """The tree of an operation over figures in the roles of `derivation_of`."""
    if not figures:
        raise CalculationRefused(operation, "there are no values")
    if operation == "stated":
        return leaf(figures[0])
    way = _WAYS.get(operation)
    return way(figures, parameters) if way else step(operation, _leaves(figures), parameters)


Parameters = tuple[str, ...]


def _leaves(figures: Iterable[Figure]) -> list[Node]:
    return [leaf(figure) for figure in figures]


def _difference(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """The larger less the smaller, whichever was asked for."""
    found = _leaves(figures)
    if len(found) == 2 and is_less(*figures):
        found.reverse()
    return step("difference", found, parameters)


def is_less(one: Figure, other: Figure) -> bool:
    """Whether the first is worth less, a fall being below zero."""
    mine, theirs = size_of(one), size_of(other)
    if mine is None or theirs is None:
        return False
    return mine * (factor(one.unit, other.unit) or 1) < theirs


def by_size(figures: Sequence[Figure]) -> list[Figure]:
    """From the least to the most, those of no known size left out."""
    sized = [(size, n) for n, f in enumerate(figures) if (size := size_of(f)) is not None]
    return [figures[n] for _, n in sorted(sized)]


def size_of(figure: Figure) -> Decimal | None:
    """What a figure is worth, a fall below zero; one end of it where only that is known."""
    told = operand("", figure)
    ends = (told.value, told.range.low, told.range.high)
    return next((end for end in ends if end is not None and end.is_finite()), None)


def _together(operation: str, figures: Sequence[Figure], parameters: Parameters) -> Node:
    """Each quantity once, though an article tells it twice."""
    once = {(f.article_id, f.quantity): f for f in reversed(figures)}
    return step(operation, _leaves([*once.values()][::-1]), parameters)


def _average(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """Of several; of one that is told as a range, its middle."""
    node = _together("average", figures, parameters)
    return node if len(node.parts) > 1 or not is_range(figures[0]) else step("midpoint", node.parts)


def is_range(figure: Figure) -> bool:
    """Whether a figure is told from one end to the other: "240 to 255 million"."""
    return figure.value is None and figure.low is not None and figure.high is not None


def _level_and_change(operation: str, figures: Sequence[Figure], parameters: Parameters) -> Node:
    """A level before its rate, in whichever order they come."""
    found = _leaves(figures)
    if len(found) == 2 and found[0].unit in {"%", "pp"} and found[1].unit not in {"%", "pp"}:
        found.reverse()
    return step(operation, found, parameters)


def _percent_of(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """The table of operations wants the share first."""
    found = _leaves(figures)
    if len(found) == 2 and not (found[0].unit == "%" and found[1].unit != "%"):
        found.reverse()
    return step("percent_of", found, parameters)


def _in_time(operation: str, figures: Sequence[Figure], parameters: Parameters) -> Node:
    """The later of two, where their own words tell, before the earlier."""
    found = _leaves(figures)
    if len(figures) == 2 and _is_surely_before(*figures):
        found.reverse()
    return step(operation, found, parameters)


def _is_surely_before(one: Figure, other: Figure) -> bool:
    if not (one.period and other.period and is_dated(one) and is_dated(other)):
        return False
    return periods.sort_key(one.period) < periods.sort_key(other.period)


def is_dated(figure: Figure) -> bool:
    """Whether its own words or its column tell a figure's period."""
    return any(o.slot == "period" and o.how in {"clause", "header"} for o in figure.origins)


def _conversion(figures: Sequence[Figure], parameters: Parameters) -> Node:
    amount, *rate = _leaves(figures)
    if len(rate) != 2:
        return step("conversion", (amount, *rate), parameters)
    return step("conversion", (amount, step("exchange_rate", rate)), parameters)


def _extremum(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """The first is the winner: the largest, or else the smallest."""
    first, *others = figures
    n_above = sum(is_less(first, other) for other in others)
    if n_above not in (0, len(others)):
        raise CalculationRefused("extremum", "the first is neither the largest nor the smallest")
    return step("extremum", _leaves(figures), ("min",) if n_above else parameters)


def _projection(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """A level carried on, once for each of the rates that are given."""
    level, *rates = _level_and_change("projection", figures, ()).parts
    for rate in rates:
        level = step("projection", (level, rate))
    for assumed in parameters:
        level = step("projection", (level,), (assumed,))
    return level if level.operation else step("projection", (level,))


def _consistency(figures: Sequence[Figure], parameters: Parameters) -> Node:
    """What is stated against what follows from the others."""
    stated, *parts = _leaves(figures)
    if _is_change_between(stated, parts):
        new, old = parts
        return step("consistency", (old, step("before_change", (new, stated))), parameters)
    if len(parts) > 1:
        operation = _follows_by(stated, parts)
        if operation == "sum" and any(is_less(figures[0], part) for part in figures[1:]):
            raise CalculationRefused("consistency", "a part is more than what is stated")
        parts = [step(operation, parts)]
    return step("consistency", (stated, *parts), parameters)


def _is_change_between(stated: Node, parts: Sequence[Node]) -> bool:
    """Whether a change in its own unit is told beside the two levels that it lies between."""
    are_levels = all(part.figure and part.figure.kind != "change" for part in parts)
    is_change = stated.figure is not None and stated.figure.kind == "change"
    return is_change and are_levels and len(parts) == 2 and stated.unit in {p.unit for p in parts}


def _follows_by(stated: Node, parts: Sequence[Node]) -> str:
    """The operation by which a stated value may follow from others."""
    are_other = all(part.unit not in {"%", "pp", stated.unit} for part in parts)
    if len(parts) != 2 or not are_other:
        return "sum"
    if stated.unit == "%":
        return "growth" if stated.figure and stated.figure.kind == "change" else "share"
    return "per_unit" if "/" in stated.unit else "sum"


_WAYS: Mapping[str, Callable[[Sequence[Figure], Parameters], Node]] = {
    "difference": _difference,
    "sum": partial(_together, "sum"),
    "average": _average,
    "count": partial(_together, "count"),
    "growth": partial(_in_time, "growth"),
    "point_change": partial(_in_time, "point_change"),
    "before_growth": partial(_level_and_change, "before_growth"),
    "absolute_change": partial(_level_and_change, "absolute_growth"),
    "absolute_growth": partial(_level_and_change, "absolute_growth"),
    "whole_of": partial(_level_and_change, "whole_of"),
    "projection": _projection,
    "percent_of": _percent_of,
    "conversion": _conversion,
    "extremum": _extremum,
    "consistency": _consistency,
}
