"""Doubles: two things asked in one question ("sales and profit in 2024?"), taken apart.

Only what is plainly two: both sides are nouns that quantities are called by, or aspects of one
thing, or currencies. "Imports and exports" may be one measure, "research and development" a name:
they stay whole, and so does every question that wants the two put together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot import roles, terms
from ingest import units

MAX_CHARS = 300
_SIDE = r"(?:(?:net|gross|operating|total|annual) )?[a-z]+(?: (?:growth|rate|margin))?"
_AFTER = r"in|of|for|at|by|on|during|from|to|last|this|do|did|does|was|were|is|are|please|as|per"
_PAIR = re.compile(
    rf"(?<![\w-])(?P<a>{_SIDE}) (?:and|&|plus) (?:the |its |their )?(?P<b>{_SIDE})"
    rf"(?= (?:{_AFTER})\b| ?$|[?!,.;:])",
    re.IGNORECASE,
)
_ASPECTS = re.compile(
    r"(?P<x>[^:;?]{3,120}?)(?:[:;,]| [-–—]) ?(?P<a>[a-z]+) (?:and|&) (?P<b>[a-z]+)"
    r"(?P<tail>(?: (?:in|of|for|during) [^?,]{2,40})?)[?. ]*",
    re.IGNORECASE,
)
_CURRENCIES = re.compile(
    r"\b(?:in|into) (?P<list>[a-z]+(?:, [a-z]+){0,3},? and [a-z]+)\b", re.IGNORECASE
)


def _data() -> dict[str, Any]:
    return dict(terms.table("questions")["doubles"])


def split(text: str) -> list[str]:
    """The questions in a text that asks two or more at once; [] where it asks one.

    >>> split("What were sales and profit in 2024?")
    ['What were sales in 2024?', 'What were profit in 2024?']
    """
    if len(text) > MAX_CHARS or _is_one(text):
        return []
    return _by_currency(text) or _by_aspect(text) or _by_measure(text)


def _is_one(text: str) -> bool:
    """Whether the two belong to one question: a sum, a comparison, a yes or no."""
    flat = text.lower()
    openings = terms.table("questions")["lists"]["aux"]
    if re.match(rf"(?:{openings}|going|judging|given|using|based|taking|if)\b", flat):
        return True
    if any(re.search(rf"\b{re.escape(word)}\b", flat) for word in _data()["joint"]):
        return True
    return roles.read(text) is not None


def _by_currency(text: str) -> list[str]:
    m = _CURRENCIES.search(text)
    if not m:
        return []
    named = re.split(r",? and |, ", m["list"], flags=re.IGNORECASE)
    found = [units.parse(word.lower()) for word in named]
    if len(set(found)) < 2 or not all(unit and units.is_money(unit) for unit in found):
        return []
    return [f"{text[: m.start('list')]}{word}{text[m.end('list') :]}" for word in named]


def _by_aspect(text: str) -> list[str]:
    """ "Black Myth sales - units and money?"."""
    m, aspects = _ASPECTS.fullmatch(text), _data()["aspects"]
    if not m or not {m["a"].lower(), m["b"].lower()} <= set(aspects):
        return []
    return [
        f"{aspects[m[side].lower()].replace('{X}', m['x'].strip())}{m['tail']}?"
        for side in ("a", "b")
    ]


def _by_measure(text: str) -> list[str]:
    """ "sales and profit": each in the place of both."""
    for m in _PAIR.finditer(text):
        a, b = m["a"].lower(), m["b"].lower()
        if a != b and _is_quantity(a) and _is_quantity(b) and not _is_set(f"{a} and {b}"):
            return [f"{text[: m.start()]}{m[side]}{text[m.end() :]}" for side in ("a", "b")]
    return []


@lru_cache(maxsize=1)
def _quantities() -> frozenset[str]:
    listed = " ".join(terms.table("questions")["quantities"].values())
    return frozenset(listed.split()) - frozenset(_data()["no_measures"].split())


def _is_quantity(phrase: str) -> bool:
    """ "sales", "net profit", "export growth"."""
    words = phrase.split()
    return words[-1] in _quantities() or (
        words[-1] in {"growth", "rate", "margin"} and len(words) > 1
    )


def _is_set(phrase: str) -> bool:
    """Whether both together are the name of one measure."""
    return any(phrase in known for known in terms.table("linking")["phrases"])
