"""Changing: how far something has moved, where a question holds that against a number.

"Did net debt go up by more than £20m?", "Has the waiting list lengthened by more than a tenth?",
"Did bans more than double?" are decided by two levels of one sentence or row, the later and the
earlier one, or by what "By how much did net debt go up?" is answered with.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.evidence.pages import Line
from bot.nodes import attempted, leaf, node_of
from bot.questions import Assumed, Query
from bot.yesno import decisions, holding, moves, pairs, recasting
from bot.yesno.decisions import Decision
from ingest import Article, Figure, units

# Either level is asked about with this chance, one of them with that.
EITHER, ONE = 0.05, 0.35
_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|will|would)"
_HOW = (
    r"(?:(?:no |not )?(?:more|less|fewer) than|over|under|at least|at most|nearly|almost|about"
    r"|around|roughly|as much as|well over)"
)
_BY = re.compile(
    rf"\b(?:by (?:{_HOW} |between |from )?|(?<=up )(?:{_HOW} )?|(?<=down )(?:{_HOW} )?)$"
)
_AT_ONCE = re.compile(
    rf"(?P<verb>\b(?:lose|lost|shed|gain|gained|add|added|drop|dropped) )(?:{_HOW} )?$"
)
# Verbs that multiply, with by how much.
_MULTIPLIED = {
    "double": 2, "doubled": 2, "twofold": 2, "triple": 3, "tripled": 3, "treble": 3, "trebled": 3,
    "threefold": 3, "quadruple": 4, "quadrupled": 4, "fourfold": 4, "quintuple": 5,
    "quintupled": 5, "fivefold": 5, "sixfold": 6, "tenfold": 10,
}  # fmt: skip
_TIMES = re.compile(
    rf"\b(?:{_HOW} )?(?:(?P<times>{'|'.join(_MULTIPLIED)})|(?P<halve>halve|halved))\b"
    r"(?! (?:the|its|what|that|as)\b)"
)
_LONGER = re.compile(r"\b(?:lengthen|widen|swell|swelled|worsen|mount)")


@dataclass(frozen=True, slots=True)
class Asked:
    """The number that a move is held against, the operation that tells it, and which way it is.

    upto: the other end of a range, "by between 3% and 5%"
    """

    held: Assumed
    operation: str
    way: moves.Way
    upto: Assumed | None = None


def read(query: Query) -> Asked | None:
    """What a question holds a move against; None where it holds none against a number."""
    flat = query.text.lower()
    if m := _TIMES.search(flat):
        value = Decimal(_MULTIPLIED[m["times"]]) if m["times"] else Decimal("0.5")
        way: moves.Way = "up" if m["times"] else "down"
        return Asked(Assumed(m["times"] or m["halve"], value, "1"), "ratio", way)
    held, upto = recasting.ends(query.text, query.assumed)
    if held is None:
        return None
    before, _, after = flat.partition(held.text.lower())
    if upto:
        after = after.partition(upto.text.lower())[2]
    by = _BY.search(before) or _AT_ONCE.search(before)
    if by is None:
        return None
    # "than half" compares with no other thing: what is left supposes a move, or none.
    rest = f"{before[: by.start()]}{by['verb'] if 'verb' in by.re.groupindex else ''}{after}"
    asked = moves.supposed(rest)
    way_asked = asked.way if asked else "up" if _LONGER.search(flat) else None
    if way_asked not in {"up", "down"}:
        return None
    is_part = held.unit == "%" or (held.unit == "1" and held.value < 1)
    return Asked(held, "growth" if is_part else "difference", way_asked, upto)


def pair(
    query: Query,
    line: Line,
    figures: Sequence[Figure],
    text: str,
    chance: Callable[[Figure], float],
) -> tuple[Figure, Figure] | None:
    """A later and an earlier level of a line; figures: those of the line; text: of its article."""
    if "|" in line.text:
        return pairs.of_times(query, figures, chance) or pairs.of_headers(figures, text, chance)
    found = [
        (max(chance(new), chance(old)), new, old)
        for new, old in moves.levels(line.text, figures, line.start)
        if min(chance(new), chance(old)) >= EITHER and new.value and old.value
    ]
    found += [(max(map(chance, told)), *told) for told in _apart(line, figures, chance)]
    best = max(found, key=lambda told: told[0], default=None)
    return (best[1], best[2]) if best and best[0] >= ONE else None


_THEN = re.compile(r"\b(?:against|compared (?:with|to)|(?:up|down) from|after|instead of)\b")


def _apart(
    line: Line, figures: Sequence[Figure], chance: Callable[[Figure], float]
) -> list[tuple[Figure, Figure]]:
    """The only two likely levels of a unit, the earlier one behind "against", though other words
    and figures stand between: "21,700 tonnes, equal to 0.9% of the food, against 24,600 tonnes"."""
    likely = [f for f in figures if f.kind != "change" and chance(f) >= ONE and f.value]
    found = []
    for unit in {f.unit for f in likely}:
        alike = sorted((f for f in likely if f.unit == unit), key=lambda f: f.start)
        if len(alike) == 2:
            new, old = alike
            between = line.text[new.end - line.start : old.start - line.start]
            found += [(new, old)] if _THEN.search(between.lower()) else []
    return found


def may_be_held(asked: Asked, unit: str) -> bool:
    """Whether levels of a unit can have moved by the asker's amount."""
    if asked.operation != "difference":
        return unit not in {"%", "pp"} or asked.operation == "ratio"
    return (
        asked.held.unit == unit
        or (units.is_count(unit) and asked.held.unit == "1")
        or (units.is_count(unit) and units.is_count(asked.held.unit))
    )


def held(
    query: Query, asked: Asked, found: tuple[Figure, Figure], articles: dict[str, Article]
) -> Decision | None:
    """What a later and an earlier level tell of a move that is held against a number."""
    new, old = (attempted(leaf(f), articles) for f in found)
    if new is None or old is None:
        return None
    went = decisions.held_above(holding.bounds(new), holding.bounds(old))
    if went is None or (went == "yes") != (asked.way == "up"):
        return None if went is None else Decision("no", (new, old))
    made = attempted(node_of(asked.operation, found), articles)
    value = holding.in_unit_of(asked.held, made.unit) if made else None
    if made is None or value is None:
        return None
    low, high = holding.likely_bounds(made)
    if asked.operation != "ratio" and low is not None and high is not None and high <= 0:
        low, high = -high, -low
    is_half = asked.way == "down" and asked.operation == "ratio"
    flat = query.text.lower()
    if is_half:
        holds = holding.below(value, low, high)
    elif asked.operation == "ratio":
        is_rough = holding.ROUGHLY.search(flat[: flat.find(asked.held.text)])
        holds = holding.above(value, low, high)
        holds = holding.equal(value, low, high, holding.ROUGH) if is_rough else holds
    elif asked.upto:
        holds = holding.between(value, holding.in_unit_of(asked.upto, made.unit), (low, high))
    else:
        holds = holding.compare(flat, asked.held, value, low, high)
    return Decision(holds, (made,)) if holds else None


_MOVED = re.compile(
    rf"^(?P<pre>(?P<aux>{_AUX})\b .+?)(?P<verb> [a-z]+)?"
    rf"(?P<by> (?:by )?(?:{_HOW} |between |from )?)$",
    re.IGNORECASE,
)
# What moves by a verb that multiplies or halves, behind "has", behind "did", and behind "was".
_PLAIN = {
    "up": {"has": "grown", "have": "grown", "had": "grown", "did": "grow", "will": "grow"},
    "down": {"has": "fallen", "have": "fallen", "had": "fallen", "did": "fall", "will": "fall"},
}


def hidden(query: Query, asked: Asked) -> str | None:
    """The question how far something moved, without the number that this is held against.

    "By how much did sales grow from 2020 to 2024?" of "Did sales grow by more than a third from
    2020 to 2024?", and of "Did sales more than double from 2020 to 2024?".
    """
    before, number, after = query.text.partition(asked.held.text)
    if asked.upto:
        after = after.partition(asked.upto.text)[2]
    m = _MOVED.match(before) if number else None
    if m is None:
        return None
    aux, pre, verb = m["aux"].lower(), m["pre"], (m["verb"] or "").strip()
    if _TIMES.fullmatch(asked.held.text.lower()):
        pre, verb = f"{pre} {verb}".rstrip(), _PLAIN[asked.way].get(aux, "")
    if not verb:
        return None
    return f"By how much {pre[0].lower()}{pre[1:]} {verb}{after.rstrip('?! .')}?"
