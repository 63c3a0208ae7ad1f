"""Couples: what is asked of the two amounts that were told last, by its wording.

"The gap between those two, in points", "add them up", "which one's larger?", "their ratio": people
say what is to be done and point at the two, at one and the other, or at nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest import units

Kind = Literal["gap", "sum", "mean", "ratio", "larger", "smaller"]
KINDS: frozenset[str] = frozenset(["gap", "sum", "mean", "ratio", "larger", "smaller"])


@dataclass(frozen=True, slots=True)
class Couple:
    """What is asked, of how many amounts, and the unit that it is wanted in ("" as they are)."""

    kind: Kind
    n: int = 2
    unit: str = ""


_THINGS = "figures|numbers|amounts|values|rates|sums|percentages|results|things|growth rates"
_SEVERAL = (
    r"(?:(?:both|all)(?: of)? (?:them|these|those)|them|they|these|those|both|each other"
    r"|one another|the pair"
    r"|(?:of )?(?:(?:the|those|these|both|all|all the) )?(?:last |latter |above )?"
    r"(?:two|three|four)(?: of (?:them|these|those)|"
    rf" (?:{_THINGS}|ones))?"
    rf"|(?:the|those|these|both|both the) (?:{_THINGS})"
    r"|(?:the )?(?:first|former|one) and (?:the )?(?:second|latter|other|last)(?: ones?)?)"
)
_ONE = (
    r"(?:the )?(?:one|other|first|second|latter|former|last|bigger|larger|higher|smaller|lower)"
    r"(?: (?:one|figure|number|amount))?"
)
_THAT = r"(?:that|this|it|those|these|they)"
_WHAT = (
    r"(?:(?:what|how (?:much|big|large|wide|high))(?:['’]?s| is| was| are| were| would| will)?"
    r"(?: be)? |and |calculate |compute |work out )?(?:the |a |an |their )?"
)
_AUX = r"(?:is|was|are|were|do|does|did|would|will)"
_HOW_MUCH = r"(?:by )?(?:how (?:much|many|far)|what)(?: (?:percentage |pct )?points?| margin)?"
_MORE = (
    r"(?:more|less|fewer|higher|lower|larger|bigger|smaller|dearer|cheaper|faster|slower|longer"
    r"|shorter)"
)
_JOINTLY = (
    r"(?:(?:all |both |taken |put |added )?together|combined|in total|in all|altogether|in sum"
    r"|added up|summed(?: up)?|all told)"
)
_MAKE = r"(?:make|come(?: out)?(?: to| at)?|amount to|give|be|get|add up to|run to|total|sum to)"
_MANY = r"(?:larger|bigger|higher|greater|more|dearer|longer|faster|stronger|ahead|in front)"
_FEW = r"(?:lower|smaller|less|fewer|cheaper|shorter|slower|weaker|behind)"
_MOST = r"(?:largest|biggest|highest|greatest|most|fastest|strongest)"
_LEAST = r"(?:lowest|smallest|least|fewest|slowest|weakest)"
_GREW = r"(?:grew|rose|increased|climbed|expanded|gained|went up|moved up|is growing|has grown)"
_WHICH = rf"(?:which|who|what)(?: (?:one|of {_SEVERAL}))?"
_OF_SEVERAL = rf"(?:which|who)(?: one)? of {_SEVERAL}"
_BE = r"(?:['’]?s| is| was| are| were)"


def _ranked(more: str, most: str) -> str:
    return (
        rf"{_WHICH}{_BE} (?:the )?{more}(?: one)?"
        rf"|{_WHICH} {_GREW} (?:the |by )*{more}"
        rf"|{_OF_SEVERAL}(?:{_BE}| {_GREW}) (?:the )?(?:{more}|{most})"
    )


_ASKED: Mapping[Kind, re.Pattern[str]] = {
    "gap": re.compile(
        rf"{_WHAT}(?:absolute |net |percentage[- ]point |point )?"
        r"(?:difference|gap|spread|margin|differential|diff|distance|delta)"
        rf"(?: (?:between|of|separating) {_SEVERAL})?"
        rf"|how far apart {_AUX} {_SEVERAL}"
        rf"|{_HOW_MUCH} (?:do|did|does) {_SEVERAL} differ(?: by)?"
        rf"|{_HOW_MUCH} {_MORE} {_AUX} (?:{_THAT}|{_ONE})(?: than {_ONE})?"
        rf"|{_HOW_MUCH} (?:do|did|does) {_ONE} (?:beat|exceed|outstrip|outpace|outdo|top) {_ONE}"
        rf"|(?:subtract|take|deduct) {_ONE} (?:away )?(?:from|off) {_ONE}"
        rf"|(?:subtract|deduct) {_SEVERAL}"
        rf"|{_ONE} (?:minus|less|take away) {_ONE}"
    ),
    "sum": re.compile(
        r"(?:(?:all |both |taken )?together|(?:both |all )?combined)"
        rf"|{_SEVERAL} {_JOINTLY}"
        rf"|{_WHAT}(?:grand |overall |combined )?(?:sum|total)(?: (?:of|for|over|from) {_SEVERAL})"
        r"|(?:the )?sum|(?:the |a )?(?:combined|grand) (?:total|sum|figure|amount|value)"
        rf"|(?:if (?:you|i|we) |when (?:you|i|we) )?(?:add|put|take|sum|tot|lump)"
        rf" (?:up )?{_SEVERAL}(?: (?:up|together))?(?: (?:what|how much).*)?"
        r"|(?:add|sum|tot) up"
        rf"|(?:what|how (?:much|many)) {_AUX} (?:{_SEVERAL}|{_THAT})(?: {_MAKE})? {_JOINTLY}"
        rf"|(?:what|how (?:much|many)) {_AUX} {_SEVERAL} (?:add up to|come to|total|sum to)"
    ),
    "mean": re.compile(
        rf"{_WHAT}(?:simple |arithmetic )?(?:average|mean)(?: (?:of|for|between|over) {_SEVERAL})"
        rf"|average {_SEVERAL}(?: out)?|{_SEVERAL} on average"
    ),
    "ratio": re.compile(
        rf"{_WHAT}ratio(?: (?:of|between) {_SEVERAL})?"
        rf"|how many times(?: (?:as (?:big|large|much|many|high)(?: as)?|{_MORE}(?: than)?))?"
        rf" (?:{_ONE} )?{_AUX} {_ONE}(?: (?:than|as) {_ONE})?"
        rf"|{_ONE} (?:divided by|over) {_ONE}"
    ),
    "larger": re.compile(rf"{_ranked(_MANY, _MOST)}|compare {_SEVERAL}|how do {_SEVERAL} compare"),
    "smaller": re.compile(_ranked(_FEW, _LEAST)),
}
_COUNTED = {"three": 3, "four": 4}
_IN = re.compile(
    r"[ ,]+(?:in|as|expressed in|measured in) "
    r"(?:(?P<points>(?:percentage |pct |percent )?(?:points?|pts)|pp)"
    r"|(?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥]))$"
)


def read(flat: str) -> Couple | None:
    """What a question without opening words, in small letters, asks of several amounts that were
    told; None where it asks something else.

    >>> read("the gap between those two, in points")
    Couple(kind='gap', n=2, unit='pp')
    """
    tail = _IN.search(flat)
    unit = "pp" if tail and tail["points"] else units.parse(tail["unit"]) if tail else ""
    if unit is None or (unit and unit != "pp" and not units.is_money(unit)):
        return None
    rest = flat[: tail.start()] if tail else flat
    rest = re.sub(r"^(?:what|how)s\b", lambda m: f"{m.group()[:-1]}'s", rest)
    n = next((n for word, n in _COUNTED.items() if re.search(rf"\b{word}\b", rest)), 2)
    kind = next((kind for kind, asked in _ASKED.items() if asked.fullmatch(rest)), None)
    return Couple(kind, n, unit) if kind else None
