"""Disputed: questions that ask what each of several says of one thing.

"How many jobs will go, according to whom?", "I keep seeing different numbers", "minister vs
director vs experts": the thing is asked about, and each number with who tells it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBERS = (
    r"(?:numbers?|figures?|estimates?|forecasts?|claims?|predictions?|projections?|sums?|amounts?"
    r"|expectations?|targets?|calculations?|guesses|counts?|totals?|versions?|views?|opinions?)"
)
_SAY = (
    r"(?:says?|said|claims?|claimed|expects?|expected|thinks?|reckons?|reckoned|forecasts?"
    r"|predicts?|predicted|promises?|promised|estimates?|estimated|hopes?|wants?"
    r"|counts?|puts?|tells?)"
)
_CUES = re.compile(
    rf"\baccording to (?:who(?:m|ever)?\b|(?:the )?(?:latest |various |different )?(?:{_NUMBERS} )?"
    rf"(?:of |from |by )?(?:each|every|all|both)\b(?: (?:of )?(?:the )?\w+)?)"
    rf"|\bwho {_SAY} (?:what|which|how (?:much|many))\b|\bwhich (?:side|one|article) says what\b"
    rf"|\bwhat (?:do|does|did) (?:each|every|both"
    rf"|all)(?: of)?(?: the)?(?: \w+)? (?:say|claim|expect"
    rf"|think|reckon|forecast|predict|estimate|put)\b(?: it at)?"
    rf"|\bfor (?:each|both|all) (?:of the )?(?:sides?|part(?:y|ies)|camps?)\b"
    rf"|\bdepend(?:s|ing) on (?:who|whom)\b(?: (?:one|you) asks?)?"
    rf"|\b(?:different|various|several|conflicting|differing|contradictory|competing|rival"
    rf"|two|three|four|five) {_NUMBERS}\b"
    rf"|\b(?:every|all|each)(?: of)?(?: the| known)? {_NUMBERS}\b|\b{_NUMBERS} (?:differ|diverge"
    rf"|vary|contradict)\w*|\b(?:opinions|views) differ\b|\bwhose {_NUMBERS}\b"
    rf"|\bcompare (?:the |all |both )?{_NUMBERS}\b(?: (?:of|for|on))?"
    rf"|^\W*(?:what|which)(?: are| were|'s| is) (?:the "
    rf"|all )?(?:various )?(?:expectations|forecasts"
    rf"|estimates|predictions|projections|claims|views)\b(?: (?:of|for|on|about|as to))?"
    rf"|^\W*(?:the )?(?:expectations|forecasts|estimates|predictions|projections) (?:of|for|on)\b"
)
_OF_LIST = re.compile(
    r"\b(?:according to|as told by|in the view of"
    r"|in the eyes of) (?P<list>[^?.;:]+?(?:,| and | or )"
    r"[^?.;:]+)"
)
_VERSUS = re.compile(r"\b(?:vs\.?|versus|v\.)(?= )")
_IN_BRACKETS = re.compile(r"\((?P<list>[^()\d]+,[^()\d]+)\)")
_OUTCOME = re.compile(
    r"\b(?:outcome|outturn|actual(?:ly)?|result|turned out|came out|in the end|reality|really)\b"
)
_WITH_OUTCOME = re.compile(
    r"\b(?:with|and|against|to|versus|vs\.?) (?:the |what )?(?:actual |final "
    r"|real )?(?:outcome|outturn"
    r"|result|reality|(?:really |actually )?(?:came (?:out|about)|happened|turned out))\b",
)
# Somebody foresees it, who is not named.
_FORESEEN = re.compile(
    r"\b(?:is|are|was|were|'s|been|being) (?:(?:now|currently|generally"
    r"|being) )?(?:expected|predicted"
    r"|forecast|anticipated|foreseen|projected)\b(?!.* by (?:the )?[A-Z])"
)
_LATEST = re.compile(r"\b(?:latest|newest|most recent|now|current(?:ly)?|today)\b")
# What sets the one beside the other asks for one answer.
_BESIDE = re.compile(
    r"\bby how (?:much|many|far)\b|\bhow (?:far|close|near)\b|\bhow (?:much"
    r"|many) (?:more|less|fewer"
    r"|higher|lower)\b|\b(?:difference|apart|gap|closest|nearest|average|mean|median|middle"
    r"|than|add up|altogether|highest|lowest|biggest|smallest|largest|right|wrong)\b"
)
_SENTENCES = re.compile(r"(?<=[?.!])\s+|\s+[-–—]\s+|;\s+")


@dataclass(frozen=True, slots=True)
class Disputed:
    """What is asked of several: the plain question; mouths: those that are named, () for all;
    with_outcome: whether what came of it is asked for, too; is_latest: only each one's newest."""

    plain: str
    mouths: tuple[str, ...] = ()
    with_outcome: bool = False
    is_latest: bool = False


def read(question: str) -> Disputed | None:
    """What a question asks of several; None where it asks for no more than one answer.

    >>> read("Savings of the merger? minister vs director vs experts").mouths
    ('minister', 'director', 'experts')
    """
    flat = question.replace("’", "'")
    parts = [part for part in _SENTENCES.split(flat.strip()) if part]
    if _BESIDE.search(flat.lower()):
        return None
    named = _versus(parts) or _listed(flat)
    cued = [part for part in parts if _CUES.search(part.lower())]
    if not named and not cued:
        return Disputed(question) if _FORESEEN.search(flat) else None
    left = parts
    if len(parts) > 1:
        left = [p for p in parts if p not in cued and not _VERSUS.search(p.lower())] or parts
    plain = " ".join(left)
    for cue in (_IN_BRACKETS, _OF_LIST) if named else ():
        plain = cue.sub(" ", plain)
    plain = re.sub(_WITH_OUTCOME.pattern, " ", plain, flags=re.IGNORECASE)
    plain = re.sub(_CUES.pattern, " ", plain, flags=re.IGNORECASE)
    plain = re.sub(r"\s+(?=[?.,!])|[\s,-]+(?=[?.]?$)", "", " ".join(plain.split())).strip(" ,-")
    with_outcome, latest = _OUTCOME.search(flat.lower()), _LATEST.search(flat.lower())
    return Disputed(plain or flat, named, bool(with_outcome), bool(latest))


_TOLD = (
    r"(?:figures?|estimates?|forecasts?|numbers?|sum|bill|targets?|claims?|aim|goal|count|guess"
    r"|expectations?|predictions?|projections?|promise|calculation|price tag|cost|savings goal)"
)
_HOW_MUCH = r"\b(?:by how (?:much|many)(?: [\w]+)?|how (?:much|far|many)(?: [\w]+)?)\b"
_REVISED = re.compile(
    rf"{_HOW_MUCH}.{{0,80}}?\b(?:has|have|had|did) (?P<who>.{{1,80}}?)"
    r" (?:mark(?:ed)? up|mark(?:ed)? down|raised?"
    r"|lift(?:ed)?|increased?|lower(?:ed)?|cut|reduced?|revised?|corrected?|changed?|pushed? up"
    rf"|trim(?:med)?|put up) (?P<own>its|his|her|their) (?:own )?(?P<what>.{{0,150}}\b{_TOLD}\b.*)",
    re.IGNORECASE,
)
_MISSED = re.compile(
    r"\bby how (?:much|many|far)(?: [\w]+)? (?:did|does|do|has|have|was|were) (?P<what>.{1,150}?)"
    r" (?:overshoot|overshot|exceed(?:ed)?|miss(?:ed)?|beat(?:en)?|top(?:ped)?|undershoot|undershot"
    r"|fall short of|fallen short of|(?:end(?:ed)?|c[oa]me|turn(?:ed)?)(?: up| in| out)?"
    r" (?:above|below|over|under|higher than|lower than)|above|below|differ(?:ed)? from) what"
    r" (?P<who>.{1,80}?) (?:(?:had|has|have) )?"
    r"(?:(?:first|originally|initially) )?(?:told|said|forecast"
    r"|promised|predicted|expected|announced|foresaw|estimated|hoped|planned|claimed|reckoned)\b",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\b(?:since|between|after|from|over)\b.*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Gap:
    """What lies between two tellings: of one mouth, earlier and later, or of one mouth and what
    came of it; plain: the question for what they tell."""

    plain: str
    who: str
    is_of_outcome: bool


def gap(question: str) -> Gap | None:
    """By how much somebody put a number up or down, or missed it; None where nothing such is asked.

    >>> gap("By how much has the club raised its estimate of the cost since May?").plain
    'What is the estimate of the cost?'
    """
    flat = question.replace("’", "'").strip(" ?.!")
    if found := _MISSED.search(flat):
        return Gap(f"How large was {found['what']}?", found["who"], True)
    if found := _REVISED.search(flat):
        what = _SINCE.sub("", found["what"]).strip(" ,")
        return Gap(f"What is the {what}?", found["who"], False)
    return None


_WHO = re.compile(
    rf"^\W*(?:and )?(?:who(?:se| was it that| is it that)?|which (?:\w+ )?(?:side"
    rf"|party|paper|one|article))"
    rf" (?:{_NUMBERS} (?:is|are|was)|{_SAY}|speaks? of|spoke of|talks? of|puts?)\b"
)


def asks_who(question: str) -> bool:
    """Whether a question asks who tells something: "Who says that only 150 came back?"."""
    return bool(_WHO.search(question.lower()))


def _versus(parts: list[str]) -> tuple[str, ...]:
    """ "minister vs director vs experts", as a question of its own."""
    for part in parts[1:]:
        names = [name.strip(" ?.!,") for name in _VERSUS.split(part)]
        if len(names) > 1 and all(names) and all(len(name.split()) < 5 for name in names):
            return tuple(names)
    return ()


def _listed(question: str) -> tuple[str, ...]:
    """Those who are named in a list: "according to the council, the contractor and the rest"."""
    found = _OF_LIST.search(question)
    if found is None and _CUES.search(question.lower()):
        found = _IN_BRACKETS.search(question)
    names = re.split(r",(?: and| or)? | and | or ", found["list"]) if found else []
    return tuple(name.strip(" ?.!,") for name in names if name.strip(" ?.!,"))
