"""Asides: what an asker remarks beside the question: "Surplus, I assume.", "if it's no trouble".

A remark may also say what is meant, so a question is read with all of it first, and by itself only
where the articles do not answer it so. A remark that names a time, a number or somebody whom the
question does not name narrows it, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from bot.language import mentions, terms

_SENTENCE = re.compile(r"(?<=[\w)%”\"'][.?!;]) +(?=\S)")
_ASKS = re.compile(
    r"(?:[^,;]{0,60}, |and |but |so |by |in |of |for |at |to |with |on )?"
    r"(?:how|what|which|who|whom|whose|when|where|why|did|does|do|was|were|is|are|has|have|had)\b",
    re.IGNORECASE,
)


def plainer(question: str, named: Callable[[str], set[str]]) -> list[str]:
    """The question without remarks, in one or more ways.

    named: the names of the articles that stand in a text

    >>> plainer("Trade balance for 2024? A surplus, I assume, not a small one.", lambda text: set())
    ['Trade balance for 2024?']
    """
    found = _sentences(question)
    found += [_without_clauses(one) for one in (question, *found)]
    plain = dict.fromkeys(one for one in found if one != question and terms.find(one))
    told = named(question) | _told(question)
    return [one for one in plain if told <= named(one) | _told(one)]


def _sentences(text: str) -> list[str]:
    """The sentences that ask, each by itself, where there are others: the first, or those that ask
    by a word or a sign."""
    told = _SENTENCE.split(text)
    if len(told) < 2:
        return []
    asking = [one for one in told if one.rstrip().endswith("?") or _ASKS.match(one)]
    return asking if asking else told[:1]


def _without_clauses(text: str) -> str:
    """The text without remarks that are set off by commas, dashes or brackets."""
    rest = _clauses().sub(lambda m: m["end"] if m["end"] in "?.!" else "", text)
    return re.sub(r"\s+([?.!,])", r"\1", " ".join(rest.split())).strip(" ,–-")


@lru_cache(maxsize=1)
def _clauses() -> re.Pattern[str]:
    said = "|".join(terms.table("questions")["asides"])
    off = r"(?:[,;(]| [-–—]){1,3} ?"
    return re.compile(
        rf"{off}(?:and |but |or |so |though )?(?:{said})\b[^,;?!()–]{{0,40}}?"
        r"(?P<end>(?=,|;| [-–—])|[?.!]|\)|$)",
        re.IGNORECASE,
    )


def _told(text: str) -> set[str]:
    """The times, numbers and names of a text; what begins a sentence is no name by its capital."""
    starts = {0, *(m.end() for m in _SENTENCE.finditer(text))}
    names = {m.value.lower() for m in mentions.names(text) if m.start not in starts}
    numbers = {f"{number.value} {number.unit}" for number in mentions.numbers(text)}
    return names | numbers | {period.value for period in mentions.periods(text)}
