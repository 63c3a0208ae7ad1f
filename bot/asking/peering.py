"""Peering: what a question asks of several peers as a set.

"Which of the four wind farms generated the most?", "combined output of A, B, C and D", "how many of
the clubs made a loss?", "rank the hospitals by growth", "the gap between the dearest and the
cheapest town", "whose wages rose faster, A's or B's, and by how many points?".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from bot.language import superlatives, terms
from bot.language.superlatives import Move

Way = Literal["most", "least", "sum", "average", "count", "rank", "gap", "faster"]


@dataclass(frozen=True, slots=True)
class Peering:
    """What is asked of several.

    kind: what they are called ("wind farms"), "" where the question only names them
    n: how many they are said to be; measure: what is asked of each, in the question's words
    moves: where each is asked to have moved, or is ranked by its move
    sign: -1 for a loss that each is asked to have made, 1 for a profit, else 0
    is_balance: whether profits less losses are asked about; place: 2 for the second
    """

    way: Way
    kind: str
    n: int | None
    measure: str
    moves: Move | None = None
    sign: int = 0
    is_balance: bool = False
    place: int = 1


def read(text: str) -> Peering | None:
    """What a question asks of several peers; None where it asks nothing of a set.

    >>> read("Which of the four clubs sold the fewest season tickets?").kind
    'clubs'
    """
    flat = " ".join(text.lower().replace("’", "'").split()).rstrip(" ?.!")
    way = _way(flat)
    if way is None:
        return None
    kind, n = _kind(flat, way)
    ranked = superlatives.read(text)
    sign = _sign(flat) if way == "count" else 0
    return Peering(
        way=way,
        kind=kind,
        n=n,
        measure=_measure(flat, kind),
        moves=_moves(flat, way),
        sign=sign,
        is_balance=bool(_pattern("balance").search(flat)) or sign != 0,
        place=ranked.place if ranked else 1,
    )


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    return terms.table("peering")


def _any(words: Iterable[str]) -> str:
    return rf"\b(?:{'|'.join(map(re.escape, words))})\b"


@lru_cache(maxsize=32)
def _pattern(name: str) -> re.Pattern[str]:
    """One of the words or phrases of a row of the table."""
    told = _table()[name]
    return re.compile(_any(told if isinstance(told, list) else told.split()))


# -- the operation ------------------------------------------------------------------------------

_COUNT = re.compile(r"\bhow many of (?:the|these|those|our|all)\b")
_ENDS = re.compile(r"\bbetween the (?P<one>[a-z]+)(?: [a-z]+){0,2} and (?:the )?(?P<other>[a-z]+)")
_MORE_THAN = re.compile(
    r"\bhow (?:many|much) [a-z]+\b.{0,150}\bwith the (\w+)\b.{0,150}\bthan\b.{0,150}\bthe (\w+)$"
)


def _way(flat: str) -> Way | None:
    if _is_gap(flat):
        return "gap"
    if _pattern("faster").search(flat) and re.search(r"\b(?:or|and)\b", flat):
        return "faster"
    if _COUNT.search(flat):
        return "count"
    if re.match(rf"(?:(?:please|can you|could you) )*{_pattern('rank').pattern}", flat):
        return "rank"
    if found := superlatives.read(flat):
        return found.way
    if _pattern("average").search(flat) and _SEVERAL.search(flat):
        return "average"
    return "sum" if _pattern("sum").search(flat) or flat.startswith("total ") else None


_SEVERAL = re.compile(r"\b(?:the|all|these|those) [a-z]|, | and ")


def _is_gap(flat: str) -> bool:
    """Whether the two ends of a ranking are set against each other."""
    ends = _ENDS.search(flat) if _pattern("gap").search(flat) else _MORE_THAN.search(flat)
    return ends is not None and all(map(superlatives.ranks, ends.groups()))


def _moves(flat: str, way: Way) -> Move | None:
    if way == "count" and (found := _THAN.search(flat)):
        return "up" if _pattern("more").match(found["word"]) else "down"
    if way == "count" and (found := _WENT.search(flat)):
        return "up" if found["way"] == "up" else "down"
    if way in ("sum", "average", "gap"):
        return None
    return superlatives.moves(flat) or ("either" if way == "faster" else None)


_THAN = re.compile(
    r"\b(?P<word>more|higher|larger|longer|less|fewer|lower|smaller|shorter)\b.*"
    r"\bthan (?:in|the (?:year|season|month)|a year|before|last)\b"
)
_WENT = re.compile(r"\b(?:go|goes|went|gone|is|was|were|are) (?P<way>up|down)\b")


def _sign(flat: str) -> int:
    """-1 where it is asked who made a loss, 1 where who made a profit."""
    for sign, noun, phrases in ((-1, "lost", "losing"), (1, "gained", "gaining")):
        made, told = _pattern("made").pattern, _pattern(noun).pattern
        whole = _any(phrase.strip() for phrase in _table()[phrases].split(","))
        if re.search(rf"{made} (?:a |an )?(?:[a-z-]+ )?{told}|{whole}", flat):
            return sign
    return 0


# -- whom it is asked of ------------------------------------------------------------------------

_ALL = re.compile(r"\b(?:the|all|these|those|our)(?: the)? (?P<kind>[a-z][a-z' -]+)")
_WHICH = re.compile(r"(?:which|what)(?: one)?(?: of the)? (?P<kind>[a-z][a-z' -]+)")
_WITH = re.compile(r"\b(?:the|a) (?P<kind>(?:[a-z]+ )?[a-z]+) with the\b")
# A kind has no more words.
MAX_WORDS = 2


def _kind(flat: str, way: Way) -> tuple[str, int | None]:
    """What the peers are called, and how many they are said to be."""
    numbers = _table()["numbers"].split()
    number = rf"{'|'.join(numbers)}|[2-9]|1[0-2]"
    for told in re.finditer(rf"\b(?P<n>{number}) (?P<kind>[a-z][a-z' -]+)", flat):
        if kind := _plural(told["kind"]):
            n = told["n"]
            return kind, numbers.index(n) + 2 if n in numbers else int(n)
    if way in ("rank", "average", "count", "sum"):
        return next((k for m in _ALL.finditer(flat) if (k := _plural(m["kind"]))), ""), None
    return _singular(flat, way), None


def _singular(flat: str, way: Way) -> str:
    """What one of the peers is called: "Which town", "the dearest and the cheapest town"."""
    ends = _ENDS.search(flat) if way == "gap" else None
    owner = _WITH.search(flat) if way == "gap" else None
    which = _WHICH.match(flat) if way in ("most", "least") else None
    after = flat[ends.end() :] if ends else owner["kind"] if owner else ""
    return " ".join(superlatives.nouns(which["kind"] if which else after)[:MAX_WORDS])


def _plural(text: str) -> str:
    """The words of a phrase up to its first plural: "wind farms" of "wind farms generated"."""
    words = re.findall(r"[a-z'-]+", text)[: MAX_WORDS + 1]
    for at, word in enumerate(words):
        if word in _table()["stops"].split() or superlatives.ranks(word):
            return ""
        if re.search(r"(?:[^su]s|people|men)$", word) and not word.endswith("'s"):
            return " ".join(words[: at + 1])
    return ""


# -- what is measured ---------------------------------------------------------------------------

# Fewer letters tell nothing of what is measured.
SHORT = 4
_ASIDE = re.compile(r"\b(?:19|20)\d\d(?:[-/]\d\d)?\b|->|\([^)]*\)")


def _measure(flat: str, kind: str) -> str:
    """The words that tell what is measured: without those that ask and what the peers are called;
    where none are left, what the word that ranks speaks of."""
    text = _ASIDE.sub(" ", flat.replace(kind, " ") if kind else flat)
    spent = {*_table()["spent"].split(), *_table()["numbers"].split()}
    words = [w for w in re.findall(r"[a-z][a-z'-]*", text) if w not in spent]
    told = " ".join(words)
    spoken = sorted({s for one, _ in superlatives.within(flat) for s in one.speaks})
    return told if len(told) >= SHORT else " ".join([*words, *spoken])
