"""Roles: which operation the wording of a question asks for, and over what.

The templates are data (bot/data/questions.yaml). Each is compiled into one regular expression
whose roles match lazily; questions are cut to `MAX_CHARS` first, so the time stays bounded.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.language import mentions, terms
from ingest import units

MAX_CHARS = 300
_EDGES = (
    r"(?:the|a|an|of|in|on|for|from|to|by|that|was|were|is|are|did|does|do|has|have|had|came|and|"
    r"what|which|how|much|many|be|been|it|total|alone|as|with|than|its|their|all|money|amount|"
    r"would|will|there|at|country's|really|ever|then|overall|value|percent|together|combined)"
)
_SIZES = (
    r"(?:(?:big|large|high|great|small|low|strong|fast)"
    r" (?=(?:is|are|was|were|did|does|do|would|will)\b))?"
)
_HEAD = re.compile(rf"^{_SIZES}(?:{_EDGES}\b(?!-)['’]?s?[ ,]*{_SIZES})+", re.IGNORECASE)
_TAIL = re.compile(
    r"(?:[ ,]+(?:the|a|of|in|on|for|from|to|by|was|were|is|are|did|do|does|and|be|at|with|there|"
    r"has|had|have|together|combined|alone|come|came|total|would|than|each|make|add|that))+$",
    re.IGNORECASE,
)


_ASKER = re.compile(r"(?:you|we|i|one)\b")
_UNIT_TAIL = re.compile(r",? (?:in|as|into) (?:an? )?[a-z$€£%]+(?: points| terms)?$")


@dataclass(frozen=True, slots=True)
class Reading:
    """An operation and the phrases that play its roles, as (role, phrase)."""

    operation: str
    roles: tuple[tuple[str, str], ...] = ()


@lru_cache(maxsize=1)
def _templates() -> list[tuple[str, re.Pattern[str]]]:
    data = terms.table("questions")
    return [
        (operation, re.compile(expand(template, data["lists"])))
        for operation, templates in data["templates"].items()
        for template in templates
    ]


def expand(template: str, lists: Mapping[str, str]) -> str:
    for name, words in lists.items():
        template = template.replace(f"<{name}>", words)
    starts_open = template.startswith("{")
    pattern = re.sub(r"\{([A-Z])\}$", r"(?<!\\w)(?P<\1>.+)", template)
    pattern = re.sub(r"\{([A-Z])\}", r"(?<!\\w)(?P<\1>.+?)(?!\\w)", pattern)
    return ("" if starts_open else r"\b") + pattern + r"(?:$|\b|(?=\W))"


def read(text: str) -> Reading | None:
    """The first template that fits the question, or None.

    >>> read("What share of foreign trade were exports?").roles
    (('W', 'foreign trade'), ('P', 'exports'))
    """
    flat = text.lower().replace("’", "'").replace("per cent", "percent")
    flat = flat.replace("?", " ").rstrip(" .!")
    flat = " ".join(_without_units(flat).split())
    for operation, pattern in _templates():
        if m := pattern.search(flat[:MAX_CHARS]):
            names = sorted(m.groupdict(), key=m.start)
            found = tuple((name, phrase(m[name])) for name in names)
            if _are_roles(operation, found):
                return Reading(operation, found)
    return None


# "(imports = what is left)"
_MEANT = re.compile(r"\([^()=]*=[^()]*\)")
_ASIDE = re.compile(r"\((?:in )?(?:[a-z]+ )?([a-z$€£¥%]+)(?: [a-z]+)?\)")


def _without_units(flat: str) -> str:
    """The question without a currency in brackets: "trade (in yuan)", "trade (yuan increase)"."""

    def kept(aside: re.Match[str]) -> str:
        words = aside.group().strip("()").split()
        return "" if any(_is_currency(word) for word in words) else aside.group()

    return _ASIDE.sub(kept, _MEANT.sub("", flat))


def _are_roles(operation: str, found: tuple[tuple[str, str], ...]) -> bool:
    """Whether each phrase says something; for an exchange rate, whether it names a currency."""
    if operation == "exchange_rate":
        return all(any(_is_currency(w.group()) for w in terms.words(p)) for _, p in found)
    return all(terms.find(p) and not _ASKER.match(p) for _, p in found)


def _is_currency(word: str) -> bool:
    unit = units.parse(word)
    return unit is not None and units.is_money(unit)


def _within(text: str) -> str:
    """What stands inside of a bracket that is opened or closed elsewhere."""
    if text.count("(") > text.count(")"):
        return text.rpartition("(")[2]
    return text.partition(")")[0] if text.count(")") > text.count("(") else text


def phrase(text: str) -> str:
    """A role's words without their periods, question words and loose ends."""
    for mention in reversed(mentions.periods(text)):
        before = re.sub(r"\b(?:in|for|during|of|by|since)\s*$", "", text[: mention.start])
        text = f"{before.rstrip()} {text[mention.end :].lstrip()}"
    text = " ".join(_within(text).split()).strip(" ,.;:?!'\"")
    tail = _UNIT_TAIL.search(text)
    if tail and units.parse(re.sub(r"^,? ?\w+ (?:an? )?| terms$", "", tail.group())):
        text = text[: tail.start()]
    text = _TAIL.sub("", _HEAD.sub("", text + " ").strip())
    return re.sub(r"['’]s?$", "", text).strip(" ,.;:")
