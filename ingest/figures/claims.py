"""Claims: whether a sentence states a quantity as a fact, a forecast, a target or not at all."""

from __future__ import annotations

from functools import cache

from ingest import data
from ingest.figures import scopes
from ingest.figures.figure import Claim
from ingest.figures.slots import Slots
from ingest.figures.statements import Statement


@cache
def _cues() -> dict[str, list[tuple[Claim, tuple[str, ...]]]]:
    """Cues by their first word, the longest first."""
    table = data.load("claims")["cues"]
    known: dict[str, list[tuple[Claim, tuple[str, ...]]]] = {}
    for name, cues in table.items():
        for cue in cues:
            words = tuple(cue.split())
            known.setdefault(words[0], []).append((name, words))
    for listed in known.values():
        listed.sort(key=lambda pair: -len(pair[1]))
    return known


def claim(statement: Statement, told: list[Slots]) -> None:
    """Set the claim of each quantity: the cue nearest before it, in its clause."""
    lows = list(statement.words)
    for dated in statement.dates:
        lows[dated.first : dated.after] = [""] * (dated.after - dated.first)
    found = list(_found(lows))
    if not found:
        return
    for index, slots in enumerate(told):
        quantity = statement.quantities[index]
        before = [
            c for at, c in found if at < quantity.first and _reaches(lows, at, quantity.first, c)
        ]
        slots.claim = before[-1] if before else None
    _revised(statement, told)


def _found(lows: list[str]) -> list[tuple[int, Claim]]:
    found: list[tuple[int, Claim]] = []
    cues = _cues()
    if cues.keys().isdisjoint(lows):
        return found
    for at, low in enumerate(lows):
        for name, cue in cues.get(low, ()):
            if tuple(lows[at : at + len(cue)]) == cue and not scopes.is_attribute(lows, at):
                found.append((at, name))
                break
    return found


_STOPS = frozenset({";", "but", "after", "compared", "from", "against", "versus", "while"})


def _reaches(lows: list[str], at: int, first: int, name: Claim) -> bool:
    """A cue holds until the clause ends."""
    if name in ("hypothetical", "revised"):
        return True
    return _STOPS.isdisjoint(lows[at:first])


def _revised(statement: Statement, told: list[Slots]) -> None:
    """What a revision started from was reported before it."""
    revised = [i for i, s in enumerate(told) if s.claim == "revised"]
    for i in revised[1:] if len(revised) > 1 else []:
        lead = statement.quantities[i].lead
        if statement.low(lead - 1) in ("from", "of") or statement.low(lead - 2) == "from":
            told[i].claim = "reported"
    if revised and statement.low(statement.quantities[revised[0]].lead - 1) == "from":
        told[revised[0]].claim = "reported"
