"""Direct: the phrase of a sentence that answers a question by itself, cut out word for word.

"When did it open?" wants "On 2 December." before the sentence that says so. A phrase is cut only
where the sentence holds one of its kind that the question does not name: of two dates, two persons
or two places none is taken.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.evidence.subjects import capitalised
from bot.language import expecting, lists, mentions, sources, terms

# A phrase is at most this share of its sentence.
MOST = 0.75
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SEASON = r"(?:spring|summer|autumn|winter)"
_DATE = (
    rf"(?:(?:{_WEEKDAY},? )?{_DAY} {_MONTH}(?:,? {_YEAR})?"
    rf"|(?:{_WEEKDAY},? )?{_MONTH} {_DAY}(?:,? {_YEAR})?(?! ?(?:%|per|million|billion|thousand))"
    rf"|(?:(?:early|late|mid|the (?:start|middle|beginning|end) of)[ -])?(?:{_MONTH}|{_SEASON})"
    rf"(?:,? (?:of )?{_YEAR})?"
    rf"|(?:the )?(?:first|second|third|fourth) (?:half|quarter) of {_YEAR}"
    rf"|(?:(?:early|late|mid|the (?:start|middle|beginning|end) of)[ -])?{_YEAR}|{_WEEKDAY}"
    r"|\d{1,2}[:.]\d\d(?: ?[ap]\.?m\.?)?)"
)
_TIME = re.compile(
    rf"\b(?:(?i:on|in|by|since|until|till|from|at|before|after|during|around|about|for) "
    rf"(?:the )?)?{_DATE}\b"
)
_PLACE = re.compile(
    r"\b(?:in|at|near|to|from|outside|off) (?:the |central |northern |southern |eastern |western )*"
    r"[A-Z][\w’'-]*(?:(?: (?:of|and|the|upon|de|la|del))* [A-Z][\w’'-]*)*(?:, [A-Z][\w’'-]*"
    r"(?: [A-Z][\w’'-]*)*(?=[,.;]))?"
)
# What may follow a place: "from NHS contracts" is none.
_ENDS = re.compile(
    r"[,.;:)”\"]|$| [-–—(]| (?:and|in|on|at|by|with|to|last|next|where|which|that|this|for|from"
    r"|while|as|before|after|when|who|is|are|was|were|has|have|had|will|would|since|until|during)\b"
)
_CAUSE = re.compile(
    r"\b(?:because(?: of)?|owing to|due to|thanks to|on hopes of|as a result of) [^;:()–—]+?"
    r"(?=[;:()–—]|, (?:which|who|while|whereas|but|and (?:the|a|an|it|he|she|they|that|this) |said"
    r"|says|according)|[.!?]?[”\"]?$| [-–—] )"
)
_DATELINE = re.compile(r"^[^.!?]{0,80}? (?:-{1,2}|–|—) ")
_INITIALS = re.compile(r"(?<![\w’'-])((?:[\w’'-]+[ ]){1,9})\((?P<short>[A-Z][A-Za-z&]{1,7})\)")


def phrase(question: str, text: str, is_sure: bool = True) -> str | None:
    """The phrase of a sentence that answers, as a sentence: "On 2 December."; None if unsure.

    A phrase that is most of its sentence is none. Where it is not sure that the sentence answers,
    only what initials stand for is cut, a list, and who is told to have told something.
    """
    wanted = expecting.kinds(question)
    asked = terms.stems_of(question)
    body = _DATELINE.sub(lambda m: " " * len(m.group()), text)
    for kind, cut in _CUTS:
        if kind in wanted and (is_sure or kind in _ALWAYS):
            found = (cut(question, body, asked) or "").strip(" ,;")
            is_short = len(found) <= MOST * len(text)
            return f"{capitalised(found).removesuffix('.')}." if found and is_short else None
    return None


def _only(found: Sequence[str]) -> str | None:
    return found[0] if len(found) == 1 else None


def _meaning(question: str, text: str, asked: frozenset[str]) -> str | None:
    """ "Digital Economy Partnership Agreement" of "... Agreement (DEPA)"."""
    for m in _INITIALS.finditer(text):
        short, words = m["short"].upper(), m[1].split()[-len(m["short"]) - 3 :]
        starts = [i for i, word in enumerate(words) if word[0].upper() == short[0]]
        if short in question.upper():
            spelt = (words[i:] for i in reversed(starts) if _is_short_for(short, words[i:]))
            return " ".join(next(spelt, [])) or None
    return None


def _is_short_for(short: str, words: Sequence[str]) -> bool:
    """Whether letters are the initials of all words, or of those with capitals, one left out."""
    initials = "".join(part[0] for word in words for part in word.split("-") if part)
    capitals = "".join(c for c in initials if c.isupper())
    rest = iter(capitals)
    is_in_order = all(letter in rest for letter in short)
    return short == initials.upper() or (is_in_order and len(capitals) <= len(short) + 1)


def _cause(question: str, text: str, asked: frozenset[str]) -> str | None:
    found = _only([m.group() for m in _CAUSE.finditer(text)])
    return found if found and len(found.split()) > 2 else None


def _time(question: str, text: str, asked: frozenset[str]) -> str | None:
    found = [m.group() for m in _TIME.finditer(text)]
    if re.search(r"\b(?:until|till|how long|since)\b", question, re.IGNORECASE):
        return None
    return _only([one for one in found if not set(terms.stems(one)) <= asked])


def _place(question: str, text: str, asked: frozenset[str]) -> str | None:
    whole = [m for m in _PLACE.finditer(text) if _ENDS.match(text, m.end())]
    found = [m.group() for m in whole if not _TIME.search(m.group())]
    return _only([one for one in found if not set(terms.stems(one)) & asked])


def _person(question: str, text: str, asked: frozenset[str]) -> str | None:
    """The one name that the question does not name, of two words at least, and its "the"."""
    named = [m for m in mentions.names(text) if m.start or " " in m.value]
    found = [m for m in named if not set(terms.stems(m.value)) & asked]
    if len({m.value for m in found}) != 1 or len(found[0].value.split()) < 2:
        return None
    start = found[0].start
    if _LIES_IN.search(text[:start]):
        return None
    return "the " * text[:start].lower().endswith("the ") + found[0].value


_BODY = r"(?P<name>(?:the )?[A-Z][\w’'&-]*(?: (?:(?:of|and|for|the) )*[A-Z][\w’'&-]*)*)"
_SOURCE = re.compile(
    rf"\b(?:according to|(?:reported|published|released|issued|compiled|announced|put out) by"
    rf"|(?:data|figures|statistics|numbers) (?:from|of|by)) {_BODY}"
)


def _source(question: str, text: str, asked: frozenset[str]) -> str | None:
    """Who is told to have told: "as reported by the General Administration of Customs"."""
    found = [m["name"] for m in _SOURCE.finditer(text)]
    if not found and (named := sources.published_by(text)):
        found = [named]
    return _only([one for one in found if not set(terms.stems(one)) <= asked])


# A name after these is a place or a time.
_LIES_IN = re.compile(r"\b(?:at|in|on|near|from|to|since|until|outside)(?: the)? $", re.IGNORECASE)


def _listed(question: str, text: str, asked: frozenset[str]) -> str | None:
    return lists.cut(question, text)


# These are cut also where it is not sure that the sentence answers.
_ALWAYS = frozenset(["define", "list", "source"])
_CUTS = (
    ("define", _meaning),
    ("list", _listed),
    ("source", _source),
    ("byline", _person),
    ("when", _time),
    ("where", _place),
    ("why", _cause),
    ("who", _person),
)
