"""Told amounts: what an answer of a conversation tells, and which of the last go together.

A result is the tree of its figures, so that what follows from it rests on these.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.answers import Answer
from bot.asking import couples, sequels
from bot.nodes import Node, leaf
from bot.questions import Turn, parse
from ingest import Figure

# What goes together was told within so many turns.
_BACK = 5


def amount(told: Answer) -> Node | None:
    """The amount that an answer tells: its last result, else the figure that its reader named
    first; None of a yes or no and of words.

    A result is the tree of its figures, so that a next step rests on these.
    """
    if re.match(r"(?:yes|no)\b", told.text, re.IGNORECASE):
        return None
    said = sorted({n.proof for n in told.numbers}, key=lambda id: (len(id), id))
    if results := [c.id for c in told.calculations if c.id in said]:
        return _node(results[-1], told)
    figures = [told.figures[id] for id in said if id in told.figures]
    first = next(iter(figures), None)
    if first is None or sum(figure.unit == first.unit for figure in figures) == 1:
        return leaf(first) if first else None
    return leaf(_of_part(told) or first)


def _of_part(told: Answer) -> Figure | None:
    """Of several figures of one sentence the one right after the part that was asked for: "97,500
    tonnes of herring and cod 41,800" tells 41,800 of cod."""
    part = sequels.part_of(told.understood)
    at = told.text.lower().find(part.lower()) if part else -1
    after = (n for n in told.numbers if n.proof in told.figures and n.start > at)
    found = next(after, None) if at >= 0 and part else None
    is_near = found is not None and part is not None and found.start - at - len(part) <= NEAR_PART
    return told.figures[found.proof] if found and is_near else None


# A figure of a part stands within so many characters after its name.
NEAR_PART = 24


def _node(id: str, told: Answer) -> Node:
    if id in told.figures:
        return leaf(told.figures[id])
    done = next(c for c in told.calculations if c.id == id)
    return Node(
        unit=done.unit,
        score=1.0,
        operation=done.operation,
        parts=tuple(_node(operand, told) for operand in done.operands),
        parameters=done.parameters,
        measure=done.measure,
        entity=done.entity,
        period=done.period,
        identity=done.identity,
    )


def several(turns: Sequence[Turn], n: int, unit: str) -> tuple[Node, ...]:
    """The last amounts of one unit that the turns told, the earliest first; none where fewer were
    told. What was made of several ("the gap?") is none of them, and told again in another unit one
    is still the same.

    turns: those that were answered, oldest first; n: how many; unit: "pp" where they are percent
    """
    told = [turn for turn in turns if not _is_of_several(turn)][-_BACK:]
    while told:
        found = _alike(told, n, unit)
        if found or not _is_again(told[-1]):
            return found
        told.pop()
    return ()


def _alike(turns: Sequence[Turn], n: int, unit: str) -> tuple[Node, ...]:
    """The last amounts in the unit that the last turn told above all."""
    rows = [_in_order(turn) for turn in turns]
    last = rows[-1][0].unit if rows[-1] else None
    if last is None or (unit == "pp" and last != "%"):
        return ()
    found: list[Node] = []
    for turn, row in zip(reversed(turns), reversed(rows), strict=True):
        alike = [node for node in row if node.unit == last]
        own = alike[::-1] if _is_double(turn) else alike[:1]
        found += [node for node in own if all(node.leaves != one.leaves for one in found)]
    return tuple(reversed(found[:n])) if len(found) >= n else ()


def _is_of_several(turn: Turn) -> bool:
    sequel = sequels.read(turn.question)
    return sequel is not None and sequel.kind in couples.KINDS


def _is_again(turn: Turn) -> bool:
    sequel = sequels.read(turn.question)
    return sequel is not None and sequel.kind == "unit"


def _is_double(turn: Turn) -> bool:
    """Whether several things were asked at once."""
    return bool(turn.told and parse(turn.told.understood, is_leaning=False).subquestions)


def _in_order(turn: Turn) -> list[Node]:
    """The amounts of an answer: percents first where these were asked for, else that which it
    tells above all."""
    if turn.told is None or (that := amount(turn.told)) is None:
        return []
    nodes = [that, *(n for n in _said(turn.told) if n.leaves != that.leaves)]
    if _is_double(turn):
        nodes = [*_said(turn.told)] or nodes
    query = parse(turn.told.understood, is_leaning=False)
    is_percent = query.unit == "%" or query.operation in {"growth", "share"}
    is_percent = is_percent or query.wants[:1] == ("percent",)
    return sorted(nodes, key=lambda node: is_percent and node.unit != "%")


def _said(told: Answer) -> Iterator[Node]:
    """The results of an answer, else its figures, in the order that it says them."""
    done = {c.id for c in told.calculations}
    said = dict.fromkeys(n.proof for n in sorted(told.numbers, key=lambda n: n.start))
    results = [id for id in said if id in done]
    for id in results or said:
        if id in done or id in told.figures:
            yield _node(id, told)
