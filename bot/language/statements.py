"""Statements: what is put as a statement, and is to be said to hold or not.

"exports grew faster than imports, right?", "so travel is the bigger one?", "Spain sold more than
Italy?", "My boss claims that prices fell. Is he right?": as the question whether it is so. Who
claims it, and how it is asked whether it holds, is data (bot/data/questions.yaml, `statements`).
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.language import terms, verbless
from ingest.figures import lexicon

_TAG = re.compile(
    r"(?P<told>[^?]{8,300}?)(?:,| -| –)? ?\b(?:right|correct|true|yes|no|innit|am i right"
    r"|is that (?:right|correct|so|true)"
    r"|(?:is|are|was|were|do|does|did|has|have|had|will|would)n['’]t (?:it|they|he|she|there|that)"
    r"|or (?:not|no))[^\w?]*\?\W*",
    re.IGNORECASE,
)
_ASKING = r"what|which|who|whom|whose|how|when|where|why|whether|if"
_ASKS = re.compile(rf"\b(?:{_ASKING})\b", re.IGNORECASE)
_COPULA = re.compile(
    r"(?<=\w )(?<!that )(?<!there )(?P<be>is|are|was|were|will|would)\b(?= (?:\w|[$€£]))",
    re.IGNORECASE,
)
# These are past and nothing else, so that what they stand in is a statement; a participle is one
# only beside "than": "cars sold in 2024?" asks for a figure.
_PAST = frozenset("rose grew fell sank shrank went overtook took gave has have had did".split())
# So many words that say something make a statement.
LEAST = 2


def asked(text: str) -> str:
    """The question whether a statement holds; any other text as it is.

    >>> asked("exports were larger than imports, right?")
    'Were exports larger than imports?'
    >>> asked("So Spain sold more than Italy?")
    'Did Spain sold more than Italy?'
    >>> asked("Someone told me that prices fell. Is that true?")
    'Did prices fell?'
    >>> asked("any deaths at the plant in 2024?")
    'Were there any deaths at the plant in 2024?'
    >>> asked("Any tips for new firms?")
    'What are the tips for new firms?'
    >>> asked("My boss says that prices fell. Is he wrong?")
    'Is it untrue that prices fell?'
    """
    if claim := _told(text, "denied"):
        return f"{_UNTRUE} {claim}?"
    if wanted := _ANY_TOLD.fullmatch(text.strip()):
        noun = wanted["noun"].lower()
        return f"What {'are' if noun.endswith('s') else 'is'} the {noun}{wanted['rest']}?"
    if _ANY.fullmatch(text.strip()):
        return f"Were there {text.strip()[0].lower()}{text.strip()[1:]}"
    text = _claimed(text)
    tagged = _TAG.fullmatch(text)
    told = tagged["told"] if tagged else text.rstrip("?! ")
    told = _OPENING.sub("", told.strip(" ,-–"))
    if not _is_whole(told):
        return text
    if _starts_asking(told):
        return f"{told}?" if tagged and _SET_OFF.search(text) else text
    is_put = bool(tagged) or (text.rstrip().endswith("?") and _is_statement(told))
    if not is_put or _ASKS.search(told):
        return verbless.asked(text)
    put = f"{told}?" if _is_statement(told) else verbless.asked(f"{told}?")
    return put if put != f"{told}?" else _fronted(told)


# "Any tips for new firms?" wants to hear them.
_ANY_TOLD = re.compile(
    r"any (?P<noun>(?:tip|hint|recommendation"
    r"|suggestion|explanation|example|comment|prediction|forecast|lesson)s?|advice|guidance"
    r"|feedback)(?P<rest>[^?:,;]{4,100})\?\W*",
    re.IGNORECASE,
)
# "any deaths at the plant?", and no "any idea why?", "any news on the bridge?".
_ANY = re.compile(
    r"any (?!idea|news|updates?\b|info|figures?\b|numbers?\b|data\b|details?\b|more\b|other\b|one\b"
    r"|luck|chance|word\b|of\b|reason)[^?:,;]{4,100}\?\W*",
    re.IGNORECASE,
)


def _claimed(text: str) -> str:
    """What somebody claims, or is asked to be true, as a statement that is doubted."""
    told = _told(text, "frames")
    return f"{told}, right?" if told else text


_UNTRUE = "Is it untrue that"


def denied(text: str) -> str | None:
    """The question whether something is so, of one that asks whether it is not; None of others.

    >>> denied(asked("Would it be wrong to say that prices fell?"))
    'Did prices fell?'
    """
    if not text.startswith(f"{_UNTRUE} "):
        return None
    return asked(f"{text[len(_UNTRUE) :].strip(' ?')}, right?")


def _told(text: str, frames: str) -> str:
    """What is told within one of some frames; "" where it stands in none."""
    flat = text.replace("’", "'")
    for frame in _frames(frames):
        found = frame.fullmatch(flat)
        if found and _is_whole(found["told"]) and not _starts_asking(found["told"]):
            return str(found["told"]).strip(" ,.;:?!")
    return ""


@lru_cache(maxsize=2)
def _frames(name: str) -> list[re.Pattern[str]]:
    data = terms.table("questions")["statements"]
    told = (terms.filled(frame, data["lists"]) for frame in data[name])
    return [re.compile(frame, re.IGNORECASE) for frame in told]


_OPENING = re.compile(r"^(?:(?:and|but) )?(?:so |then )?,? ?", re.IGNORECASE)
_SET_OFF = re.compile(r"(?:,| -| –) ?[^,?–]{2,20}\?\W*$")


def _is_whole(told: str) -> bool:
    """Whether words say something of something, and hold no other question."""
    return len(terms.find(told)) >= LEAST and not (
        ", " in told and _starts_asking(told.rpartition(", ")[2])
    )


def _starts_asking(told: str) -> bool:
    first = re.match(r"\w+", told)
    return bool(first and first.group().lower() in _askers())


@lru_cache(maxsize=1)
def _askers() -> frozenset[str]:
    return frozenset(terms.table("questions")["lists"]["aux"].split("|")) | set(_ASKING.split("|"))


def tells(text: str) -> bool:
    """Whether words tell that something is so, by their verb: "exports outran imports"."""
    return _is_whole(text) and _is_statement(text)


@lru_cache(maxsize=1)
def _beaten() -> frozenset[str]:
    """Past forms of verbs that set one thing above another: "outran", "surpassed"."""
    listed = terms.table("questions")["lists"]["beat"].split("|")
    return frozenset(w for w in listed if w.endswith(("ed", "an", "ew", "id", "ook")))


def _is_statement(told: str) -> bool:
    """Whether words have a verb that makes them a statement."""
    if re.search(r"[?:;]", told):
        return False
    words = {m.group().lower() for m in list(terms.words(told))[1:]}
    if _COPULA.search(told) or words & (_PAST | _beaten()):
        return True
    past = {w for w in words if w.endswith("ed") or w in lexicon.sure()}
    return " than " in told and bool(past)


def _fronted(told: str) -> str:
    """A statement as a question: its "is" before it, else "Did"."""
    m = _COPULA.search(told)
    if m is None:
        return f"Did {told}?"
    rest = " ".join(f"{told[: m.start()]}{told[m.end() :]}".split())
    return f"{m['be'].capitalize()} {rest}?"
