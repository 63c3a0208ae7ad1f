"""Doubles: two things asked in one question ("sales and profit in 2024?"), taken apart.

Only what is plainly two: both sides are nouns that quantities are called by, or aspects of one
thing, or currencies. "Imports and exports" may be one measure, "research and development" a name:
they stay whole, and so does every question that wants the two put together.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.language import mentions, roles, terms
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
    r"(?P<x>[^:;?]{3,120}?)(?P<year>(?: in)? (?:19|20)\d\d)?(?:[:;,]| [-–—]) ?"
    r"(?P<a>[a-z]+)(?: rate)? (?:and|&) (?P<b>[a-z]+)(?: rate)?"
    r"(?P<tail>(?: (?:in|of|for|during) [^?,]{2,40})?)[?. ]*",
    re.IGNORECASE,
)
_CURRENCIES = re.compile(
    r"\b(?:in|into) (?:both )?"
    r"(?P<list>[a-z]+(?:, (?:in )?[a-z]+){0,3},? and (?:in(?:to)? )?[a-z]+)\b",
    re.IGNORECASE,
)
# Words that make a rate of two currencies.
_OF_RATE = re.compile(r"\b(?:rate|per|between|ratio|convert\w*)\b", re.IGNORECASE)
# "Size and growth of the market", "level + change of rents, 2024".
_OF_ONE = re.compile(
    r"(?:(?:what|how) (?:was|were|is|are) )?(?:the )?(?P<a>[a-z]+)(?: \([a-z ]+\))?"
    r" ?(?:and|&|\+|plus) ?(?:the )?(?P<b>[a-z]+)(?: rate)?(?: \([a-z %]+\))?"
    r" (?:of|for|in) (?P<x>[^?]{3,120}?)(?P<year>,? (?:(?:in|for|during) )?(?:19|20)\d\d)?[?. ]*",
    re.IGNORECASE,
)
# Words by which what is told of two is told of each.
_EACH = re.compile(r",? (?:each|respectively|separately)\b", re.IGNORECASE)
_APART = re.compile(r"\b(?:each|respectively|separately|both)\b", re.IGNORECASE)
_THING = r"[a-z0-9][\w'’&-]*(?: [\w'’&-]+){0,4}?"
_SUBJECTS = re.compile(
    rf"\b(?:did|do|does|were|was|are|is|have|has) (?:both )?(?P<a>{_THING}) and (?P<b>{_THING})"
    r"(?= (?:each|come|came|amount|reach|cost|make|made|earn|stand|take|took|bring|sell|sold|get"
    r"|got|pay|paid|add|produce|spend|spent|(?:GREW))\b)",
    re.IGNORECASE,
)
# "The growth rates of exports and imports", "growth of exports and of imports".
_PLURALS = r"growth rates|rates|increases|rises|declines|values|levels|sizes|totals|amounts|prices"
_LAST = r"(?= (?:in|during|for|over|last|this|by) |,|[?.]|$)"
_OF_TWO = re.compile(
    rf"\b(?P<head>{_PLURALS}) (?P<of>of|for|in) (?:both )?(?P<a>{_THING}) and (?:of |for |in )?"
    rf"(?P<b>{_THING}){_LAST}"
    rf"|\b(?P<of2>of|for) (?P<a2>{_THING}) and (?P=of2) (?P<b2>{_THING}){_LAST}",
    re.IGNORECASE,
)


def _data() -> dict[str, Any]:
    return dict(terms.table("questions")["doubles"])


def split(text: str) -> list[str]:
    """The questions in a text that asks two or more at once; [] where it asks one.

    >>> split("What were sales and profit in 2024?")
    ['What were sales in 2024?', 'What were profit in 2024?']
    """
    if len(text) > MAX_CHARS or asks_whether(text):
        return []
    if found := _by_currency(text):
        return found
    if found := _and_growth(text) or _against(text):
        return found
    if found := [] if is_joint(text) else _by_subject(text) or _by_head(text) or _of_one(text):
        return found
    return [] if _is_one(text) else _by_aspect(text) or _by_measure(text)


def _is_one(text: str) -> bool:
    """Whether the two belong to one question: a sum, a comparison."""
    return is_joint(text) or roles.read(text) is not None


def asks_whether(text: str) -> bool:
    """A yes or no, or what follows from what is supposed."""
    openings = terms.table("questions")["lists"]["aux"]
    opened = rf"(?:{openings}|going|judging|given|using|based|taking|if)\b"
    return re.match(opened, text.lower()) is not None


def is_joint(text: str) -> bool:
    """Whether a word asks for both together."""
    flat = text.lower()
    return any(re.search(rf"\b{re.escape(word)}\b", flat) for word in _data()["joint"])


def _by_currency(text: str) -> list[str]:
    m = _CURRENCIES.search(text)
    if not m or _OF_RATE.search(text):
        return []
    named = re.split(r",? and (?:in(?:to)? )?|, (?:in )?", m["list"], flags=re.IGNORECASE)
    found = [units.parse(word.lower()) for word in named]
    if len(set(found)) < 2 or not all(unit and units.is_money(unit) for unit in found):
        return []
    before = re.sub(r"\bboth $", "", text[: m.start("list")], flags=re.IGNORECASE)
    return [f"{before}{word}{text[m.end('list') :]}" for word in named]


def _by_subject(text: str) -> list[str]:
    """ "What did travel and freight each come to?": one question of each."""
    m = _subjects().search(text) if _APART.search(text) else None
    if not m or _is_open(m["a"]) or _is_open(m["b"]):
        return []
    before = re.sub(r"\bboth $", "", text[: m.start("a")], flags=re.IGNORECASE)
    after = _EACH.sub("", text[m.end("b") :])
    return [f"{before}{m[side]}{after}" for side in ("a", "b")]


@lru_cache(maxsize=1)
def _subjects() -> re.Pattern[str]:
    grew: str = terms.table("questions")["lists"]["grew"]
    return re.compile(_SUBJECTS.pattern.replace("GREW", grew), _SUBJECTS.flags)


def _is_open(phrase: str) -> bool:
    """Whether a phrase is none by itself: "between", "it"."""
    return not terms.find(phrase)


def _by_head(text: str) -> list[str]:
    """ "The growth rates of exports and imports", "growth of exports and of imports"."""
    m = _OF_TWO.search(_EACH.sub("", text))
    if not m:
        return []
    text = m.string
    first, sides = m.start("head") if m["head"] else m.start("of2"), ("a", "b")
    lead = f"{units.singular(m['head'])} {m['of']}" if m["head"] else m["of2"]
    if not m["head"]:
        sides = ("a2", "b2")
    if any(_is_open(m[side]) or terms.has(m[side], ["and"]) for side in sides):
        return []
    return [f"{text[:first]}{lead} {m[side]}{text[m.end() :]}" for side in sides]


def _of_one(text: str) -> list[str]:
    """ "Size and growth of the market"."""
    m, aspects = _OF_ONE.fullmatch(text), _data()["aspects"]
    if not m or not {m["a"].lower(), m["b"].lower()} <= set(aspects):
        return []
    asked = [aspects[m[side].lower()].replace("{X}", m["x"].strip(" ,")) for side in ("a", "b")]
    when = f" in {m['year'][-4:]}" if m["year"] else ""
    return [f"{one}{when}?" for one in asked] if asked[0] != asked[1] else []


# "The growth of rail vs road freight".
_VERSUS = re.compile(
    rf"(?P<head>(?:the )?(?:growth|increase|rise)(?: rates?)? (?:of|in|for)) (?P<a>{_THING})"
    rf" (?:vs\.?|versus) (?P<b>{_THING})(?P<tail>,? (?:in|for|during) [^?,]{{2,30}})?[?. ]*"
    rf"|(?P<a2>{_THING}) (?:vs\.?|versus) (?P<b2>{_THING}) (?:growth|increase)(?: rates?)?"
    r"(?P<tail2>,? (?:(?:in|for|during) )?(?:19|20)\d\d)?[?. ]*",
    re.IGNORECASE,
)
# "What were sales and how fast they grew", "the total of exports together with the rate at which".
_AND_GROWTH = re.compile(
    r"(?P<x>[^?]{3,120}?),? (?:and|&|plus|along with|together with|as well as) (?:also )?"
    r"(?:the (?:rate|pace|percentage) (?:at|by) which|how (?:fast|quickly)|by (?:how much|what "
    r"(?:percent|percentage))) (?:it|they|that|those|these) (?:has |have )?(?:GREW)[?. ]*",
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"^(?:(?:what|how (?:much|large|big|high)) (?:was|were|is|are) )?(?:the )?"
    r"(?:(?:total|value|level|size|amount|volume) of )?(?:the )?",
    re.IGNORECASE,
)


def _against(text: str) -> list[str]:
    """The growth of one thing beside that of another: both are asked for."""
    m = _VERSUS.fullmatch(text)
    sides = ("a", "b") if m and m["a"] else ("a2", "b2")
    if not m or any(_is_open(m[side]) or mentions.periods(m[side]) for side in sides):
        return []
    head, tail = m["head"] or "growth of", m["tail"] or m["tail2"] or ""
    return [f"{head} {m[side]}{tail}?" for side in sides]


def _and_growth(text: str) -> list[str]:
    """How much of a thing there is, and how it has grown."""
    m = _growing().fullmatch(text)
    about = _SIZE.sub("", m["x"]) if m else ""
    return [f"{m['x']}?", f"growth of {about}?"] if m and not _is_open(about) else []


@lru_cache(maxsize=1)
def _growing() -> re.Pattern[str]:
    grew: str = terms.table("questions")["lists"]["grew"]
    return re.compile(_AND_GROWTH.pattern.replace("GREW", grew), _AND_GROWTH.flags)


def _by_aspect(text: str) -> list[str]:
    """ "Black Myth sales - units and money?"."""
    m, aspects = _ASPECTS.fullmatch(text), _data()["aspects"]
    if not m or not {m["a"].lower(), m["b"].lower()} <= set(aspects):
        return []
    when = f" in {m['year'][-4:]}" if m["year"] else ""
    return [
        f"{aspects[m[side].lower()].replace('{X}', m['x'].strip())}{m['tail']}{when}?"
        for side in ("a", "b")
    ]


def _by_measure(text: str) -> list[str]:
    """ "sales and profit": each in the place of both."""
    for m in _PAIR.finditer(text):
        a, b = m["a"].lower(), m["b"].lower()
        if text[: m.start()].endswith(", "):
            return []
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
