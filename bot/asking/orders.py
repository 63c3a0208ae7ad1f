"""Orders: calculations that are ordered, or named as on a slip of paper, as questions for them.

"Strip travel out of services trade, what is left?", "Divide exports by imports", "undo the 7% rise:
what were exports?", "weight of travel in services trade, pct". What is held against what, and how,
is read by patterns (bot/data/orders.yaml) and put in the words in which such things are mostly
asked; everything after reads only those.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.language import mentions, roles, terms, vocabulary
from ingest import units

MAX_CHARS = 400


@dataclass(frozen=True, slots=True)
class _Order:
    """asks: the question, with roles in braces; tail: the unit that must be named, or "none"."""

    asks: str
    tail: str
    frame: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Tail:
    """What was typed before the unit that it ends with: percent, points or money, if any."""

    rest: str
    kind: str = ""
    unit: str = ""


def put(text: str) -> str:
    """The question that an order asks; any other text as it is.

    >>> put("Strip travel and freight out of the services total. What is left, in yuan?")
    'How much of total services was not travel and freight, in yuan?'
    >>> put("exports / total trade in percent, 2024")
    'What percentage of total trade was exports in 2024?'
    >>> put("How many people live in Tarrant?")
    'How many people live in Tarrant?'
    """
    if len(text) > MAX_CHARS:
        return text
    plain = _OF_NUMBER.sub("", " ".join(text.replace("’", "'").split()))
    if asked := _put(plain):
        return asked
    topic, _, rest = plain.partition(": ")
    asked = _put(rest) if rest and terms.find(topic) else None
    return f"{asked.rstrip('?')} ({topic})?" if asked else text


def _put(text: str) -> str | None:
    time = _time(text)
    tail = _tail(_without(text, time))
    for order in _orders():
        if order.tail and order.tail != (tail.kind or "none"):
            continue
        told = _roles(order.frame.fullmatch(tail.rest))
        if told and "{T}" in order.asks and time:
            told.setdefault("T", time)
        if told and told.keys() >= set(_ROLES.findall(order.asks)):
            return _asked(text, order.asks, told, tail, time)
    return None


def _asked(text: str, asks: str, told: dict[str, str], tail: _Tail, time: str) -> str:
    for name, said in told.items():
        asks = asks.replace(f"{{{name}}}", said)
    time = time or _lost(text, asks)
    then = f" in {time}" if time and time not in asks else ""
    is_said = tail.kind == "" or "percent" in asks
    unit = "" if is_said else f", in {tail.unit}"
    return f"{asks.rstrip('?')}{then}{unit}?"


@lru_cache(maxsize=1)
def _orders() -> list[_Order]:
    data: dict[str, Any] = terms.table("orders")
    lists = terms.table("questions")["lists"] | data["lists"]
    return [
        _Order(order["asks"], order.get("tail", ""), _compiled(frame, lists))
        for order in data["forms"]
        for frame in order["frames"]
    ]


_ROLES = re.compile(r"\{([A-Z])\}")
# What names a thing goes over no sign that ends a clause.
_ROLE = r"(?P<\1>(?:(?![:;!,.] | [-–—] )[^?]){2,100}?)"


def _compiled(frame: str, lists: dict[str, str]) -> re.Pattern[str]:
    named = re.sub(r"\{([A-Z]{1,2})\}", _ROLE, terms.filled(frame, lists))
    return re.compile(named, re.IGNORECASE)


def _roles(match: re.Match[str] | None) -> dict[str, str]:
    """What stands in each role, {AA} being another place of {A}; nothing where one names none."""
    told = {name[0]: said for name, said in match.groupdict().items() if said} if match else {}
    if any(_CLAUSE.search(said) for said in told.values()):
        return {}
    called = {name: said if name in "MJTU" else _called(said) for name, said in told.items()}
    things = [said for name, said in called.items() if name not in "TU"]
    return called if all(map(_is_thing, things)) else {}


def _is_thing(said: str) -> bool:
    """Whether words name something that is no time, with no bracket that is open."""
    is_named = bool(terms.find(roles.phrase(said)))
    return is_named and said.count("(") == said.count(")") and not _BARE.fullmatch(said)


# Words that make a clause of what would be a name, or leave its end loose.
_CLAUSE = re.compile(
    r"\b(?:what|whats|which|who|whom|whose|how|when|where|why|than|do|does|did)\b"
    r"|^(?:i|we|you|is|are|was|were|has|have|had|will|would|can|could|should|due|down|owed|thanks"
    r"|because|attributable|contributed|in|on|at|by|to|from|for|of|with|as|not|neither|there"
    r"|between|net|compare|percent)\b|\b(?:at|of|to|by|from|as|in|with|for)$",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:the |that |this )?(?:article|note|piece|story|report|text|tons|tonnes|kilos?|grams?|kg"
    r"|lbs?|pounds|ounces|day|time)",
    re.IGNORECASE,
)


# -- time and unit ------------------------------------------------------------------------------

# "(Of the 14.4)": the number that is taken apart, and "on the 2023 base", what growth is held to.
_OF_NUMBER = re.compile(
    r" \((?:out )?of (?:the |that )?[\d.,]+ ?(?:%|percent|points|pp)?\)"
    r"|,? on (?:the|a) \d{4} base\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?:[\s,(–]+(?:- )?(?:in|for|during|of)?\s*)(?P<year>(?:FY ?)?(?:19|20)\d\d)\b\)?(?![-/\d])"
    r"|(?<=\bthe )(?P<before>(?:FY ?)?(?:19|20)\d\d) ",
    re.IGNORECASE,
)


def _time(text: str) -> str:
    """The year that all is about, where one is named and nothing hangs on its place."""
    years = {m["year"] or m["before"] for m in _YEAR.finditer(text)}
    told = mentions.periods(text)
    is_one = len(years) == 1 and [period.value for period in told] == [*years]
    return years.pop() if is_one and not _OWN_YEAR.search(text) else ""


# "From what level in 2023 did it rise?", "doses from 2028".
_OWN_YEAR = re.compile(
    r"\b(?:level|implied|undo|reverse|unwind|back out|to what)\b"
    r"|\b(?:from|since|by|until|till|vs\.?|versus|than"
    r"|before|after|to|between|over|on) (?:FY ?)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)


def _lost(text: str, asked: str) -> str:
    """The time that a text names, where the question does not."""
    told = mentions.periods(text)
    is_lost = len(told) == 1 and not mentions.periods(asked)
    return text[told[0].start : told[0].end] if is_lost else ""


def _without(text: str, time: str) -> str:
    return _YEAR.sub("", text, count=1) if time else text


_ENDING = re.compile(
    r"(?:[\s,;:.?(–-]+(?:and )?(?:give me|expressed|stated|answer|result|please|pls))*"
    r"[\s,;:.?(–-]+(?:in |as |into |= ?)?(?:an? |the )?(?P<unit>[^\s,;?().]+(?: [a-z]+)??)"
    r"(?:,? (?:please|pls|figure|terms|value|amount))*[\s).?!]*$",
    re.IGNORECASE,
)
_KINDS = {
    "percent": re.compile(r"%|pct|percent(?:age)?|per cent|percentagewise", re.IGNORECASE),
    "points": re.compile(
        r"pps?|ppts?|points|(?:%|pct|percentage|percent) (?:points|pts)", re.IGNORECASE
    ),
}


def _tail(text: str) -> _Tail:
    """What an answer is wanted in, and the text before it."""
    match, plain = _ENDING.search(text), text.strip(" .?!=")
    if match is None:
        return _Tail(plain)
    rest, unit = text[: match.start()].strip(" ,;:.?!=(–-"), match["unit"]
    kind = next((kind for kind, shape in _KINDS.items() if shape.fullmatch(unit)), "")
    if not kind and units.is_money(units.parse(unit) or ""):
        kind = "money"
    is_end = bool(kind and rest) and not _HOW_MANY.search(rest)
    return _Tail(rest, kind, unit) if is_end else _Tail(plain)


# "How many per cent?": no unit at the end, but what is asked.
_HOW_MANY = re.compile(r"\b(?:how (?:many|much)|what|which|an?|the)$", re.IGNORECASE)


# -- what is held against what ------------------------------------------------------------------

_NUMBER = re.compile(
    r"(?<![\w/.-])[$€£¥]?\d[\d.,]* ?(?:bn|tn|trn|mn|m|k|(?:thousand|million|billion|trillion)s?)\b"
    r"(?: (?:yuan|dollars?|euros?|pounds?))? (?=[a-z])",
    re.IGNORECASE,
)
_TOTAL_OF = re.compile(
    r"^(?:the )?(?:[a-z]+ )?(?:total|figure|number|amount|value|level|sum)s? (?:for|of) (?=\w)",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?<=\w) (?:figures?|number|amount|lots?|stuff|bits?|things?|part|piece|total)$",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"(?:the )?(?P<what>[a-z-]+(?: [a-z-]+)?) total", re.IGNORECASE)
# "Travel n w/o the knowledge stuff".
_AND_WITHOUT = re.compile(r" (?:n|&|and|nor|or) (?:(?:w/o|without) )?", re.IGNORECASE)
_IN_MONEY = re.compile(r" in ([a-z]+)$", re.IGNORECASE)


def _uncapitalised(said: str) -> str:
    """A thing that opens a sentence as it is called within one."""
    first = re.match(r"(?:The|An?)(?= )|[A-Z][a-z]+(?![A-Za-z]| [A-Z])", said)
    is_plain = bool(first and vocabulary.is_ordinary(first[0]))
    return said[0].lower() + said[1:] if is_plain else said


def _called(said: str) -> str:
    """What a thing is called, without its number and what only says that it is one: "the 43.85trn
    foreign trade figure", "the services total"."""
    said = _AND_WITHOUT.sub(" and ", said.strip(" ,;:.?!/–-\"'"))
    money = _IN_MONEY.search(said)
    if money and units.is_money(units.parse(money[1]) or ""):
        said = said[: money.start()]
    unnumbered = _NUMBER.sub("", said)
    said = _uncapitalised(_TOTAL_OF.sub("", unnumbered if terms.find(unnumbered) else said))
    if total := _TOTAL.fullmatch(said):
        return f"total {total['what']}"
    return said if re.search(r"'s? ", said) else _LABEL.sub("", said)
