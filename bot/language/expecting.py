"""Expecting: what a question in words wants of a sentence, and whether a sentence holds it.

"Who" wants a person or a body that the question does not name, "when" a time, "where" a place,
"why" a word of cause. Light signs, no understanding: they are worth a little in a choice.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from bot.language import lists, mentions, sources, terms

_YEAR = r"(?:1[5-9]|20)\d\d"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
)
TIME = re.compile(
    rf"\b(?:{_YEAR}|{_MONTH}|{_WEEKDAY}|\d{{1,2}}[:.]\d\d(?= ?[ap]\.?m|\b)|noon|midnight|today"
    r"|yesterday|tomorrow|(?:this|next|last|in|by|since|until|late|early|mid|every) "
    r"(?:the )?(?:spring|summer|autumn|winter|fall|week|month|year|night|quarter|Christmas|Easter)"
    r"|(?:a|two|three|four|five|six|seven|eight|nine|ten|\d+)"
    r" (?:years?|months?|weeks?|days?) ago)\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|from|to|of|on|off|around|outside|across|between|into|towards?|via|through) "
    r"(?:the |central |northern |southern |eastern |western )*(?P<name>[A-Z][\w’'-]+)"
)
_DATELINE = re.compile(r"^[A-Z]{3,}[A-Z ,]*\b")
_BYLINE = re.compile(
    r"^[*_ ]*(?:by|analysts?|authors?|editors?|reporting by|prepared by|written by|text|words"
    r"|report(?:ed|er)?)\b:? +[A-Z]|\b(?:analyst|author|prepared by|written by|reporting by"
    r"|editor):? +[A-Z]",
    re.IGNORECASE,
)
_SAID = re.compile(r"[“”\"]|\b(?:said|says|told|called|calls|warned|argues?|argued|according to)\b")


# "What is DEPA?"
_INITIALS = re.compile(r"[Ww]hat(?: is|['’]s| are)(?: the| an?)? [A-Z][A-Za-z&]*[A-Z]\w* ?\??$")


_ADVICE = re.compile(
    r"\b(?:should|must|needs? to|ought to|recommend\w*|advis\w+|suggest\w*|vital|essential|crucial"
    r"|important|consider|better to|would do well)\b",
    re.IGNORECASE,
)


def _data() -> dict[str, Any]:
    return terms.table("expecting")


@lru_cache(maxsize=2_000)
def kinds(question: str) -> frozenset[str]:
    """What a question wants: "list", or names of `asked` in bot/data/expecting.yaml ("who")."""
    flat = question.lower().replace("’", "'")
    found = {k for k, cues in _data()["asked"].items() if terms.has(flat, cues)}
    if lists.asked(question):
        found.add("list")
    if sources.asked(flat):
        found.add("source")
    return frozenset(found | {"define"} if _INITIALS.match(question) else found)


# What is wanted so is worded in words of its own, which stand for nothing in an article.
_WORDED = ("why", "advice", "source", "define", "where")


def worded(question: str) -> frozenset[str]:
    """The stems of the words of a question that only say what it wants: "source", "reasons"."""
    flat = question.lower().replace("’", "'")
    cues = [cue for kind in _WORDED for cue in terms.found(flat, _data()["asked"][kind])]
    stems = terms.stem_set(cues)
    return stems | terms.stem_set([sources.SPENT]) if sources.asked(flat) else stems


def holds(kind: str, text: str, asked: frozenset[str]) -> bool:
    """Whether a sentence holds what is wanted; `asked` are the stems of the question."""
    return _SIGNS[kind](text, asked)


def _holds_person(text: str, asked: frozenset[str]) -> bool:
    names = [m.value for m in mentions.names(text)]
    return any(not set(terms.stems(name)) <= asked for name in names)


def _holds_place(text: str, asked: frozenset[str]) -> bool:
    if _DATELINE.match(text):
        return True
    found = [m["name"] for m in _PLACE.finditer(text) if not TIME.match(m["name"])]
    return any(not set(terms.stems(name)) <= asked for name in found)


def _holds_office(text: str, asked: frozenset[str]) -> bool:
    return terms.has(text.lower(), _data()["offices"])


def _holds_treasurer(text: str, asked: frozenset[str]) -> bool:
    return terms.has(text.lower(), _data()["treasurers"])


def _holds_cause(text: str, asked: frozenset[str]) -> bool:
    return terms.has(text.lower(), _data()["causes"])


def _holds_meaning(text: str, asked: frozenset[str]) -> bool:
    return terms.has(text.lower(), _data()["definitions"]) or "(" in text


def holds_agent(text: str, asked: frozenset[str]) -> bool:
    """Whether a sentence names anybody, or any body, that the question (its stems) does not."""
    if _BYLINE.search(text):
        return True
    names = [m.value for m in mentions.names(text) if not m.start and " " in m.value]
    names += _LARGE.findall(text)
    if any(_is_new(terms.stems_of(name), asked) for name in names) or _BY.search(text):
        return True
    if any(terms.stem(word) not in asked for word in _DOERS.findall(text)):
        return True
    bodies = terms.stem_set([_data()["bodies"]])
    return any(stem in bodies and stem not in asked for stem in terms.stems_of(text))


# What is done by somebody.
_BY = re.compile(r"\bby (?:an?|its|their|his|her) (?:own )?[a-z]{3,}")


def _is_new(name: frozenset[str], asked: frozenset[str]) -> bool:
    """Whether a name is none of the question's: it shares no word, or two of it are its own
    ("Minister Ada Moor")."""
    return bool(name) and (not name & asked or len(name - asked) > 1)


# Those who do something: "rescuers", "economists".
_DOERS = re.compile(r"\b[a-z]{3,}(?:ers|ors|ists|ians|men)\b(?<!numbers)(?<!others)")
# Words written large within a sentence.
_LARGE = re.compile(r"(?<=[\w,;)] )[A-Z]\w*(?:[ :]+[A-Z]\w*)*")


_SIGNS = {
    "who": _holds_person,
    "when": lambda text, _: bool(TIME.search(text)),
    "where": _holds_place,
    "why": _holds_cause,
    "define": _holds_meaning,
    "said": lambda text, _: bool(_SAID.search(text)),
    "byline": lambda text, _: bool(_BYLINE.search(text)),
    "lead": _holds_office,
    "list": lists.holds,
    "source": lambda text, _: sources.holds(text),
    "advice": lambda text, _: bool(_ADVICE.search(text)),
    "treasurer": _holds_treasurer,
}
