"""Supposing: what something would come to, as an asker supposes it to move.

"If it keeps growing at 5% a year", "in ten years at this pace", "if it doubled", "if growth
halves": a rate of the asker's or the one that is told, so many years ahead, or so many times as
much. What is supposed is read from the question alone; the level is what it names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Protocol

from bot.deriving.chains import Thing
from bot.language import roles, terms
from bot.nodes import Node, step
from bot.operations import MAX_YEARS
from bot.questions import Assumed, Query
from ingest import periods


class Named(Protocol):
    """What the articles tell of a phrase."""

    def latest(self, phrase: str) -> list[Thing]:
        """The thing that it names, at the last time that is told, in each unit."""
        ...

    def time_of(self, thing: Thing) -> str | None:
        """The period of a thing, or else the one that its article is about."""
        ...


@dataclass(frozen=True, slots=True)
class Supposed:
    """What a question supposes.

    phrase: what moves; rate: "5%" or "-3%" of the asker's, None for the one that is told
    times: how many times as much, "" where nothing is multiplied; of_growth: whether the growth is
    n_years: years ahead, 0 where none are told; until: the period that is asked for
    """

    phrase: str
    rate: str | None = None
    times: str = ""
    of_growth: bool = False
    n_years: int = 0
    until: str | None = None


# How sure a move of what is called by name is that a question supposes.
SUPPOSED = 0.95

# -- reading ------------------------------------------------------------------------------------

_IS_SUPPOSED = re.compile(
    r"\b(?:if|assuming|suppos\w+|imagine|were to|given|provided)\b"
    r"|\bat (?:this|that|the same|the current|its current|their current|current|today's"
    r"|last year's|an?|half|twice|double) (?:\w+ )?(?:[\d.]+ ?% |[\d.]+ percent )?"
    r"(?:rate|pace|speed|growth|that|the)\b"
)
_MAIN = re.compile(
    r"\b(?:what|how (?:much|many|big|large|high)|where) (?:\w+ )?"
    r"(?:would|will|might|could|should|do|does) (?P<X>.+?)"
    r" (?:be|become|come to|stand(?: at)?|amount to|reach|total|grow to|fall to|rise to|end up)\b"
)
_IF = re.compile(
    r"\b(?:if|assuming|suppos(?:e|ing)|imagine)(?: that)? (?P<X>.+?)"
    r" (?:were to|was to|should|would|could|keeps?|kept|continues?|continued|had|<moved>)\b"
)
_OTHERS = frozenset("it they that this those these he she there things".split())
_FALLS = re.compile(
    r"\b(?:f[ae]ll(?:s|ing|en)?|shr[iau]nk(?:s|ing)?|drop(?:s|ped|ping)?|declin(?:e|es|ed|ing)"
    r"|decreas(?:e|es|ed|ing)|los(?:e|es|t|ing)|cut|contract(?:s|ed|ing)?|s[iau]nk|slump(?:s|ed)?"
    r"|lower|less|down)\b"
)
_TIMES = {
    "2 times": re.compile(r"\b(?:doubl(?:e|es|ed|ing)|twice)\b"),
    "3 times": re.compile(r"\btripl(?:e|es|ed|ing)|\bthree times\b"),
    "4 times": re.compile(r"\bquadrupl(?:e|es|ed|ing)|\bfour times\b"),
    "0.5 times": re.compile(r"\b(?:halv(?:e|es|ed|ing)|half)\b"),
}
_GROWTH = re.compile(
    r"\b(?:growth|growth rate|rate of growth|pace|rate)(?: of [a-z -]+?)? (?:were to |is |was )?"
    r"(?:halv|doubl|tripl|quadrupl)|\b(?:half|twice|double) (?:the|this|that|its|as) "
    r"(?:\w+ )?(?:rate|pace|speed|growth|fast)"
)
_KEEPS = re.compile(
    r"\b(?:keeps?|kept|continu\w+|maintain\w*|sustain\w*|again|once more|same|repeat\w*|pace|rate"
    r"|holds?|goes on|go on|carr(?:y|ies) on|as (?:fast|quickly|much) as)\b"
)
_NUMBERS = {
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "fifteen": 15, "twenty": 20,
}  # fmt: skip
_AHEAD = re.compile(
    r"\b(?:in|for|after|over(?: the)?(?: next| coming| following)?|during the next)"
    r" (?:another |the next )?(?P<n>\d{1,2}|[a-z]+) (?:more |further )?"
    r"(?P<unit>years?|decades?)\b(?! ago| earlier| before)"
    r"|\b(?P<m>\d{1,2}|[a-z]+) (?:more |further )?years? (?:from now|later|on|ahead|running)\b"
)
_NEXT = re.compile(r"\bnext year\b|\bthe (?:following|coming) year\b|\ba year (?:later|from now)\b")
_AFTER_NEXT = re.compile(r"\bthe year after next\b|\bin two years\b")


def read(query: Query) -> Supposed | None:
    """What a question supposes, None where it supposes no move.

    >>> from bot import questions
    >>> read(questions.parse("What would exports be if they doubled?")).times
    '2 times'
    """
    flat = " ".join(query.text.lower().replace("’", "'").replace("per cent", "percent").split())
    phrase = _phrase(flat) if _IS_SUPPOSED.search(flat) else None
    if not phrase:
        return None
    rate = _rate(query.assumed, flat)
    times = "" if rate else next((t for t, words in _TIMES.items() if words.search(flat)), "")
    if not rate and not times and not _KEEPS.search(flat):
        return None
    until = max(query.periods, key=periods.sort_key, default=None)
    of_growth = bool(times) and bool(_GROWTH.search(flat))
    return Supposed(phrase, rate, times, of_growth, _ahead(flat), until)


def _phrase(flat: str) -> str | None:
    """What is asked about, by name."""
    for pattern in (_MAIN, _supposition()):
        if found := pattern.search(flat):
            phrase = _NOT_YET.sub("", roles.phrase(found["X"]))
            if terms.find(phrase) and not set(phrase.split()) & _OTHERS:
                return phrase
    return None


# "trade growth" moves as trade does.
_NOT_YET = re.compile(r"(?:'s)? (?:growth|growth rate|rate of growth)$|^(?:growth|growth rate) in ")


def _supposition() -> re.Pattern[str]:
    moved = terms.table("questions")["lists"]["grew"]
    return re.compile(_IF.pattern.replace("<moved>", moved))


def _rate(assumed: tuple[Assumed, ...], flat: str) -> str | None:
    """The percentage that the asker names, below zero after a word for a fall."""
    told = [one for one in assumed if one.unit == "%" and one.value]
    if len(told) != 1:
        return None
    at = flat.find(told[0].text.lower())
    is_fall = bool(_FALLS.search(flat[max(0, at - REACH) : max(0, at)]))
    value = abs(told[0].value)
    return f"{'-' if is_fall or told[0].value < 0 else ''}{value.normalize():f}%"


# Characters before a rate that may say which way it goes.
REACH = 30


def _ahead(flat: str) -> int:
    """Years ahead, 0 where a question names none."""
    if found := _AHEAD.search(flat):
        n = found["n"] or found["m"]
        years = int(n) if n.isdigit() else _NUMBERS.get(n, 0)
        return min(MAX_YEARS, years * (10 if (found["unit"] or "").startswith("decade") else 1))
    return 1 if _NEXT.search(flat) else 0


# -- ways ---------------------------------------------------------------------------------------


def ways(query: Query, named: Named) -> Iterator[Node]:
    """What may answer: a level carried on as it is supposed to move, in each unit."""
    supposed = read(query)
    if supposed is None:
        return
    for thing in named.latest(supposed.phrase):
        if node := _moved(supposed, thing, named.time_of(thing)):
            yield replace(node, score=max(SUPPOSED, thing.score))


def _moved(supposed: Supposed, thing: Thing, then: str | None) -> Node | None:
    if supposed.times and not supposed.of_growth:
        is_now = supposed.until is None or supposed.until == then
        whole = replace(step("projection", (thing.now,), (supposed.times,)), period=supposed.until)
        return whole if is_now or supposed.n_years or then else None
    n = _n_years(supposed, then)
    if n < 1 or not (supposed.rate or thing.rate):
        return None
    rate = thing.rate
    if supposed.of_growth and rate:
        rate = step("projection", (rate,), (supposed.times,))
    told = (supposed.rate,) if supposed.rate else ()
    parts = (thing.now,) if supposed.rate or rate is None else (thing.now, rate)
    carried = step("projection", parts, (*told, f"{n} years") if n > 1 else told)
    return replace(carried, period=_later(then, n), measure=thing.now.measure)


def _n_years(supposed: Supposed, then: str | None) -> int:
    """From a level to what is asked for; 0 where that cannot be told."""
    if supposed.until is None or supposed.until == then:
        return supposed.n_years or 1
    if then is None:
        return 0
    found = (n for n in range(1, MAX_YEARS + 1) if periods.shift(then, years=n) == supposed.until)
    return next(found, 0)


def _later(then: str | None, n: int) -> str | None:
    return periods.shift(then, years=n) if then else None
