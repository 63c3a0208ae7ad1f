"""Ages: the groups that people are told apart by, "15- to 24-year-olds", "aged 30 to 44".

Such a group says who is counted and is no quantity of its own, so it stays a part of the phrase
that it stands in.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Group(NamedTuple):
    """text[start:end]; is_name: whether it names people ("over-65s") and tells no age of them."""

    start: int
    end: int
    is_name: bool


_AGE = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-\w+)?|ten|eleven"
    r"|twelve|\w{3,5}teen|five|six|seven|eight|nine|four|three|two|one)"
)
_JOINED = rf"{_AGE}(?:[- ]years?[- ]olds?)?-?"
_SPAN = rf"{_JOINED}(?: to |[-–]| – ){_AGE}"
_NAMED = (
    rf"(?:{_SPAN}|{_JOINED} (?:and|or) {_AGE}|{_AGE})[- ]years?[- ]olds"
    r"|(?:under|over)[- ](?:\d{1,2}s|fives|tens|elevens|twelves|\w{3,5}teens|twenties|thirties"
    r"|forties|fifties|sixties|seventies|eighties)"
    r"|(?:under|over)-(?:\d{1,2}|fives?)(?= (?:mortality|deaths?|population|age group)\b)"
)
_AGED = (
    rf"\b(?:aged|ages) (?:between {_AGE} and {_AGE}|{_SPAN}|(?:under|over|at least|up to) {_AGE}"
    rf"|{_AGE}(?= (?:and|or) (?:over|above|older|under|younger|below|up)\b|\+))(?: years| months)?"
    r"(?: (?:and|or) (?:over|above|older|under|younger|below|up)\b)?"
)
_ASIDE = rf"(?<=\(){_SPAN} years?(?=\))"
_GROUP = re.compile(rf"\b(?P<named>{_NAMED})\b|{_AGED}|{_ASIDE}", re.IGNORECASE)
_SIGN = re.compile(
    r"olds\b|\bage[ds]\b|\b(?:und|ov)er[- ][\dtefs]|\(\d+[^()]* years?\)", re.IGNORECASE
)


def are_people(words: str) -> bool:
    """Whether words end with people of an age: "over-65s", "women aged 30 to 44"."""
    return any(group.end == len(words) for group in find(words, 0, len(words)))


def find(text: str, start: int, end: int) -> list[Group]:
    """The groups in text[start:end], in order."""
    if _SIGN.search(text, start, end) is None:
        return []
    found = _GROUP.finditer(text, start, end)
    return [Group(m.start(), m.end(), m["named"] is not None) for m in found]
