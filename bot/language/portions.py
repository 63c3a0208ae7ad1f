"""Portions: parts of a whole in words, and the two likely figures that one is held against.

"Were over half the beds taken?" over "there are 870 beds; 612 were taken": of the figures that are
likely asked about, each two that can be a part and its whole are held against the asker's portion,
and what the likeliest say is believed where the others say nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations

from ingest import Figure

_NUMBERS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen twenty"
).split()
_ORDINALS = "third quarter fifth sixth seventh eighth ninth tenth".split()
_PARTS = {"half": 2} | {name: n for n, name in enumerate(_ORDINALS, 3)}
FRACTION = rf"(?:(?:an?|{'|'.join(_NUMBERS[:9])}) (?:half|(?:{'|'.join(_ORDINALS)})s?)|half)"
_FRACTION = re.compile(rf"(?:(?P<n>[a-z]+) )?(?P<part>half|(?:{'|'.join(_ORDINALS)})s?)$")
_COUNT = rf"(?:{'|'.join(_NUMBERS)}|\d{{1,3}})"
_ONE_IN = re.compile(
    rf"\b(?P<n>{_COUNT}) (?:in|out of) (?:every )?(?P<of>{_COUNT}|a hundred)\b", re.IGNORECASE
)

Chance = Callable[[Figure], float]
# A figure that is likely asked about.
ASKED = 0.15


def value_of(words: str) -> Decimal | None:
    """What a portion in words is of one.

    >>> value_of("four fifths")
    Decimal('0.8')
    """
    m = _FRACTION.fullmatch(words.lower())
    if m is None:
        return None
    n = 1 if m["n"] in {None, "a", "an"} else _number(m["n"])
    of = _PARTS[m["part"].removesuffix("s")] if m["part"] != "half" else 2
    return Decimal(n) / of if n and n < of else None


def one_in(text: str) -> tuple[str, Decimal] | None:
    """ "one in five", "three out of ten": as it is said, and what it is of one.

    >>> one_in("Did more than one in five leave?")
    ('one in five', Decimal('0.2'))
    """
    m = _ONE_IN.search(text)
    n, of = (_number(m["n"]), _number(m["of"].split()[-1])) if m else (0, 0)
    return (m.group(), Decimal(n) / of) if m and 0 < n < of else None


def is_told(text: str) -> bool:
    """Whether a text tells a portion in words."""
    return bool(_TOLD.search(text) or one_in(text))


_TOLD = re.compile(
    rf"\b(?:{FRACTION}|most|mostly|mainly|majority|minority|bulk|all|none|few)\b|%|\bper ?cent\b",
    re.IGNORECASE,
)


def _number(word: str) -> int:
    if word.isdigit() or word == "hundred":
        return int(word) if word.isdigit() else 100
    return _NUMBERS.index(word.lower()) + 1 if word.lower() in _NUMBERS else 0


def of_whole(
    figures: Sequence[Figure], chance: Chance
) -> Iterator[tuple[float, tuple[Figure, Figure]]]:
    """Each two of the likely figures that may be a part and its whole, with their chance."""
    likely = [f for f in figures if _may_be_shared(f) and chance(f) >= ASKED]
    for one, other in combinations(likely, 2):
        if one.value == other.value or one.value is None or other.value is None:
            continue
        part, whole = (one, other) if abs(one.value) < abs(other.value) else (other, one)
        if not _are_beside(part, whole):
            yield chance(one) * chance(other), (part, whole)


def _may_be_shared(figure: Figure) -> bool:
    """Whether a figure is an amount, of which another may be a part."""
    return bool(figure.value) and figure.kind != "change" and figure.unit not in {"%", "pp"}


def _are_beside(one: Figure, other: Figure) -> bool:
    """Whether two figures are of different rows that stand side by side, neither a whole."""
    if one.article_id == other.article_id and one.sentence == other.sentence:
        return False
    if one.entity and other.entity and one.entity != other.entity:
        return True
    (head, _, row), (top, _, line) = ((f.measure or "").partition(", ") for f in (one, other))
    return bool(row and line) and head == top and row != line
