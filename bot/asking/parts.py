"""Parts: each question of a message made whole by the one before it.

"When was it published, and by whom?" asks by whom it was published; "what did fuel cost, and what
did staff?" what staff cost; "who runs it and how long has he?" how long the person who runs it has.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from bot.asking import antecedents, followups, splitting
from bot.language import mentions, terms
from ingest.figures import lexicon

if TYPE_CHECKING:
    from bot.questions import Query

# A part that names nothing and has so few terms is about what the one before names.
FEW_TERMS = 2
_ASKING = re.compile(
    r"(?P<wh>how (?:fast|much|many|quickly|strongly|far)|by how much|by what percentage) "
    r"(?P<aux>did|does|do|has|have|will) (?P<rest>[^?]{3,120})\W*",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(?:(?:in|at|to|from|by|for|since|with|on) )?(?P<wh>how (?:much|many|fast|large|big|high|long"
    r"|old|quickly|strongly|far)(?: [a-z-]+(?= (?:did|does|do|were|was|are|is|have|has)\b))?"
    r"|what|which|who|whom|when|where|why|how)\b(?:['’]s\b)? ?",
    re.IGNORECASE,
)
_CLAUSE = re.compile(
    rf"(?:by |at |in |from |to )?(?:how|what|when|who|where|why|which)\b.*"
    rf"\b(?:{splitting.AUXILIARY}|will|would|can|could|GREW)\b"
    r"|how many [a-z-]+ [a-z-]+",
    re.IGNORECASE,
)
_SAYS_WHO = re.compile(
    r"(?:who (?:says|said|reports|reported|claims|tells) (?:so|that|this|it|them|those)|says who"
    r"|according to whom|whose (?:figure|number|estimate)s? (?:is|are) (?:that|it|those))\W*",
    re.IGNORECASE,
)
_THERE = re.compile(r" (?:in |over )?there\b(?= *[?.!]*$)", re.IGNORECASE)
_PERSON = re.compile(r"\b(?P<of>his|her|their)\b(?= [a-z])|\b(?:he|she|him|they|them)\b", re.I)
_WHO = re.compile(
    r"^who(?:['’]s)? (?P<what>(?!(?:did|does|do|will)\b)[^?]+?)[?. ]*$", re.IGNORECASE
)
_SINCE = re.compile(r" (?:(?:since|until|till|from|by) )?(?:when|how long)$", re.IGNORECASE)
_THEY = re.compile(r"\b(?:it|they|them|he|she)\b", re.IGNORECASE)
_DID = re.compile(
    r"\b(?:did|does|do|has|have|had|will|would|can) (?P<what>(?:the |an? )?(?:[\w’'&-]+ ){1,4}?)"
    r"(?=(?P<verb>[a-z]+)\b)",
    re.IGNORECASE,
)
_TO = re.compile(
    r"^what (?:did|do|does) (?P<what>.+?) (?:come|amount|add up|stand|get) (?:to|at)\b", re.I
)
_IN_UNIT = re.compile(r" in (?:us )?(?:dollars|euros|pounds|yuan|yen|rupees|usd|eur|gbp)\b", re.I)
_WHICH_IS = re.compile(
    r"(?:and )?which(?: (?:one|year|quarter|of (?:them|these|those|the two)))? "
    r"(?:was|is|were|are|had|has|did|does|grew|rose|fell|cost|sold|made|earned|got)\b",
    re.IGNORECASE,
)


def whole(part: str, before: Sequence[Query], things: str = "", is_item: bool = False) -> str:
    """A part of a message with what it lacks taken from those before it.

    things: what the part before asks about at once: "Q2 and Q3"
    is_item: whether it is one of a list, which takes no other's place
    """
    last = before[-1]
    if _SAYS_WHO.fullmatch(part):
        return f"who reported {antecedents.asked(last)}?"
    if antecedents.thing(last) is None:
        part = _THERE.sub("", part)
    if things and _WHICH_IS.match(part):
        return f"{_bare(part)}: {things.replace(' and ', ' or ')} ({_about(last)})?"
    if (times := mentions.periods(things)) and len(times) > 1 and _grows(part):
        span = f" between {_said(things, times[0])} and {_said(things, times[-1])}?"
        return f"{_bare(_THEY.sub(lambda _: _timeless(last), part, count=1))}{span}"
    if bare := splitting.BARE.fullmatch(part.strip()):
        return _asked_anew(bare["wh"], last.text)
    part = _with_verb(part, before[0].text)
    if (of_person := _of_person(part, before)) != part:
        return of_person
    if _THEY.search(part) and (subject := _doer(last)) and not _comparing(part):
        return _timed(_THEY.sub(lambda _: subject, part, count=1), last)
    leaning = followups.leaning(part)
    if leaning == "not":
        return part
    is_clause = bool(_clause().match(part)) and not mentions.shift(part)
    if (leaning == "perhaps" or is_item or is_clause) and not _points(part):
        return _named(part, last)
    return followups.complete(part, _plain(last))


@lru_cache(maxsize=1)
def _clause() -> re.Pattern[str]:
    grew = terms.table("questions")["lists"]["grew"]
    return re.compile(_CLAUSE.pattern.replace("GREW", grew), _CLAUSE.flags)


# "What imports were in 2024", as it is asked indirectly.
_INDIRECT = re.compile(
    r"(?P<wh>what|who|where|when|how (?:much|big|large|high|long|old|tall|far|expensive))"
    r" (?P<what>(?:(?:the|its|their|an?) )?(?:[\w’'&-]+ ){0,3}?[\w’'&-]+)"
    r" (?P<be>was|were|is|are)(?P<tail>(?: (?:in|for|at|of|during|last|this)\b[^?]*)?[?. ]*)",
    re.IGNORECASE,
)


def direct(text: str) -> str:
    """A question that is asked indirectly, as it is asked of somebody.

    >>> direct("what imports were in 2024")
    'what were imports in 2024'
    """
    m = _INDIRECT.fullmatch(text)
    if m is None or re.search(rf"\b{splitting.AUXILIARY}\b", m["what"], re.IGNORECASE):
        return text
    return f"{m['wh']} {m['be']} {m['what']}{m['tail']}"


def _grows(part: str) -> bool:
    """Whether a part asks how something moved, and tells no time."""
    grew = terms.table("questions")["lists"]["grew"]
    is_told = mentions.periods(part) or mentions.shift(part)
    return not is_told and re.search(rf"\b(?:{grew})\b", part, re.IGNORECASE) is not None


def _said(text: str, time: mentions.Mention) -> str:
    return re.sub(r"^(?:in|for|during) ", "", text[time.start : time.end])


def _timeless(last: Query) -> str:
    """What a question asks for, without its time."""
    asked = antecedents.asked(last)
    for time in reversed(mentions.periods(asked)):
        before = re.sub(r" (?:in|for|during|of)$", "", asked[: time.start].rstrip())
        asked = f"{before} {asked[time.end :].strip()}".strip()
    return asked


def _bare(text: str) -> str:
    return text.strip().rstrip("?!. ")


def _asked_anew(wh: str, text: str) -> str:
    """The question with another question word: "when ..." after "where was it held"."""
    if _WHO.match(text):
        return f"{_bare(text)} {wh}?"
    body = _OPENING.sub("", _bare(text), count=1)
    return f"{wh} {body[:1].lower()}{body[1:]}?"


def _with_verb(part: str, first: str) -> str:
    """ "How fast did rail?" after "How fast did freight grow": with the verb of the first."""
    asked, before = _ASKING.fullmatch(part), _ASKING.fullmatch(first)
    if part == first or asked is None or before is None:
        return part
    table = terms.table("questions")
    verbs = lexicon.sure() | set(table["lists"]["grew"].split("|"))
    words = before["rest"].split()
    told = {word.lower() for word in asked["rest"].split()}
    is_whole = bool(told & verbs) or not told.isdisjoint(table["followup"]["pronouns"])
    if is_whole or asked["wh"].lower() != before["wh"].lower():
        return part
    at = next((i for i in range(len(words) - 1, 0, -1) if words[i].lower() in verbs), None)
    return part if at is None else f"{part.rstrip(' ?.!')} {' '.join(words[at:])}?"


def _of_person(part: str, before: Sequence[Query]) -> str:
    """ "How old is she?" after "Who runs the mill?": the person who does."""
    who = next((m for one in reversed(before) if (m := _WHO.match(one.text))), None)
    spot = _PERSON.search(part)
    if who is None or spot is None:
        return part
    told = _SINCE.sub("", who["what"])
    what = re.sub(r"^(?:is|was|are|were) ", "", told)
    is_named = what != told or "’s" in who.group()[:5] or "'s" in who.group()[:5]
    led = "the person " if re.match(r"(?:in|at|on|behind|from|with) ", what) else ""
    one = f"{led}{what}" if is_named else f"the person who {what}"
    return f"{part[: spot.start()]}{one}{'’s' if spot['of'] else ''}{part[spot.end() :]}"


def _doer(last: Query) -> str:
    """What does something in a question for no figure: "the lights" of "When did the lights go
    out?", "The Mill" of "Who directed The Mill?"."""
    if last.form == "figure" and not last.text.lower().startswith(("when", "where", "who")):
        return ""
    m = _DID.search(last.text)
    if m and m["verb"].lower() in lexicon.verbs():
        return m["what"].strip()
    made = re.match(r"who [a-z]+(?:ed|s|te|de|nt) (?P<what>.+?)[?. ]*$", last.text, re.IGNORECASE)
    return made["what"] if made else ""


def _comparing(part: str) -> bool:
    return re.search(r"\b(?:than|more|less|higher|lower)\b", part) is not None


def _points(part: str) -> bool:
    """Whether a part has a word that points back."""
    pronouns = set(terms.table("questions")["followup"]["pronouns"])
    return any(w.group().lower() in pronouns for w in terms.words(part))


def _named(part: str, last: Query) -> str:
    """A part of few words with the name and the time that the one before has."""
    if len(terms.find(part)) > FEW_TERMS or mentions.names(part):
        return part
    about = antecedents.thing(last)
    return _timed(f"{_bare(part)} ({about})?" if about else part, last)


def _timed(part: str, last: Query) -> str:
    """A part with the time of the one before, unless it has one."""
    found = mentions.periods(last.text)
    if not found or mentions.periods(part) or mentions.shift(part):
        return part
    time = re.sub(r"^(?:in|for|during|of) ", "", last.text[found[0].start : found[0].end])
    return f"{_bare(part)} in {time}?"


def _plain(last: Query) -> Query:
    """The part before as "that" stands for it: what it came to, in whatever unit, is the thing."""
    m = _TO.match(last.text)
    if m is None:
        return last
    text = f"What were {m['what']}{_IN_UNIT.sub('', last.text[m.end() :])}"
    return replace(last, text=text)


def _about(last: Query) -> str:
    """What a question asks for, as a phrase."""
    return antecedents.asked(last)
