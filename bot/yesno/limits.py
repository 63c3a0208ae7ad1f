"""Limits: what was aimed at, planned, expected or allowed, and whether a sentence tells it kept.

"Did it hit its target?", "Did it stay within its budget?", "Did it cost more than planned?" A
sentence tells it by words ("£2m less than planned", "ahead of the forecast"), or by a figure and
one that it calls so ("93.7%, below the goal of 95%", "(target: 90%)").
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from bot.language import terms
from bot.nodes import is_range
from bot.yesno.telling import Holds
from ingest import Figure, units

Side = Literal["above", "below"]
# Letters between a figure and the word that makes it a limit.
NEAR = 40


@dataclass(frozen=True, slots=True)
class Supposed:
    """The side of its limit on which a question supposes something; being even is enough or not."""

    side: Side
    is_even: bool


_SUPPOSING = (
    ("overrun", Supposed("above", False)),
    ("within", Supposed("below", True)),
    ("above", Supposed("above", False)),
    ("below", Supposed("below", False)),
    ("met", Supposed("above", True)),
    ("over", Supposed("above", False)),
)


def _data() -> dict[str, Any]:
    return dict(terms.table("deciding")["limits"])


def supposed(question: str) -> Supposed | None:
    """What a question supposes of a limit; None where it speaks of none.

    >>> supposed("Did the club stay within its budget?")
    Supposed(side='below', is_even=True)
    """
    flat = question.lower().replace("’", "'")
    if not _word().search(flat) and not terms.has(flat, _data()["overrun"]):
        return None
    flat = _MORE_OF.sub(r"\1 than", flat)
    if _AS_MUCH.search(flat):
        return Supposed("above", True)
    for cues, told in _SUPPOSING:
        if terms.has(flat, _data()[cues]):
            is_low = is_better_low(flat)
            if cues == "below" and is_low and _MISSED.search(flat):
                return Supposed("above", False)
            return _WITHIN if cues == "met" and is_low else told
    return None


_MISSED = re.compile(r"\bmiss(?:ed)?\b")
# "as punctual as the contract demands"
_AS_MUCH = re.compile(
    r"\bas (?:punctual|good|high|fast|big|large|long|strong|deep|far|clean|full|quick) as\b"
)
# "more costs than it had aimed for": as "more than".
_MORE_OF = re.compile(r"\b(more|less|fewer) (?!than\b)(?:[a-z0-9-]+ ){1,4}than\b")


@lru_cache(maxsize=1)
def _word() -> re.Pattern[str]:
    """A word for what was aimed at, planned or allowed."""
    return re.compile(rf"\b(?:{'|'.join(_data()['words'].split())})\b")


def unnamed(phrase: str) -> str:
    """A phrase without its words for what was aimed at: "profit" of "its own profit forecast".

    >>> unnamed("the surplus it had hoped for")
    'the surplus it had for'
    """
    return " ".join(_word().sub(" ", phrase).split())


def is_better_low(said: str) -> bool:
    """Whether less is better of what is spoken of: costs, emissions, complaints."""
    return terms.has(said.lower(), _data()["lower"])


def is_called(question: str, number: str) -> bool:
    """Whether a question calls its number a limit: "its 85% target", "the cap of 3%"."""
    flat = question.lower().replace("’", "'")
    before, _, after = flat.partition(number.lower())
    if supposed(question) is None:
        return False
    words = rf"(?:{'|'.join(_data()['words'].split())})"
    near = re.match(rf"[ -](?:[a-z-]+ ){{0,3}}{words}\b", after)
    return bool(near or re.search(rf"\b{words} of (?:[a-z]+ ){{0,2}}\W?$", before))


def told(
    question: str, text: str, figures: Sequence[Figure], start: int, likely: Callable[..., float]
) -> Holds | None:
    """Whether a sentence tells what a question supposes of a limit.

    figures: those of the sentence, which begins at `start`; likely: how likely one is asked about
    """
    asked = supposed(question)
    if asked is None:
        return None
    flat = text.lower().replace("’", "'")
    if asked.is_even and _STILL.search(flat):
        return "no"
    if holds := _by_passive(question.lower(), flat):
        return holds
    sides = {side for side in ("above", "below") if _tells(side).search(flat)}
    if len(sides) == 1:
        return "yes" if asked.side in sides else "no"
    may_be_range = asked == _WITHIN or bool(_RANGE.search(question.lower()))
    return None if sides else _by_figures(asked, flat, figures, start, likely, may_be_range)


# "Prices were the one target that was beaten."
_PASSIVE = re.compile(
    r"\b(?:target|goal|aim|objective)s? (?:that |which )?(?:was|were|has been|have been|had been)"
    r" (?P<not>not )?(?P<how>beaten|met|reached|achieved|hit|missed)\b"
)
_KEPT = re.compile(r"\b(?:meet|met|reach|reached|achieved?|hit|beat|beaten|kept|keep)\b")
_FAILED = re.compile(r"\b(?:miss|missed|f[ae]ll short|fell short)\b")


def _by_passive(asked: str, flat: str) -> Holds | None:
    """What a sentence says became of a target, where it is asked whether that was met."""
    told, is_failed = _PASSIVE.search(flat), bool(_FAILED.search(asked))
    if told is None or not (is_failed or _KEPT.search(asked)):
        return None
    subject = terms.stems_of(flat[: told.start()])
    if subject and not subject & terms.stems_of(asked):
        return None
    is_met = (told["how"] != "missed") != bool(told["not"])
    return "yes" if is_met != is_failed else "no"


# "still above the target of 100 days": it is not met, whichever side is the better one.
_STILL = re.compile(
    r"\bstill (?:[a-z]+ ){0,2}(?:above|below|under|over|short of|off|away from) (?:[a-z'-]+ ){0,3}"
    r"(?:target|goal|limit|aim|cap|ceiling|objective|threshold)\b"
)


@lru_cache(maxsize=2)
def _tells(side: str) -> re.Pattern[str]:
    """ "below the goal", "ahead of what was planned", "less than forecast"."""
    cues = "|".join(map(re.escape, sorted(_data()["tells"][side], key=len, reverse=True)))
    words = "|".join(_data()["words"].split())
    return re.compile(rf"\b(?:{cues})\b(?: (?!and\b|but\b)[a-z'£$€\d.%,–-]+){{0,6}} (?:{words})\b")


def _by_figures(
    asked: Supposed,
    flat: str,
    figures: Sequence[Figure],
    start: int,
    likely: Callable[..., float],
    may_be_range: bool,
) -> Holds | None:
    """A figure held against the one that the sentence calls a limit."""
    marked = [f for f in figures if is_limit(f, figures, flat, start)]
    marked = marked or [f for f in figures if may_be_range and is_range(f)]
    if len(marked) != 1:
        return None
    limit = marked[0]
    others = [f for f in figures if f is not limit and f.unit == limit.unit]
    is_rate = limit.unit == "%" and is_range(limit)
    level = [f for f in others if (is_rate or f.kind != "change") and f.value is not None]
    if not level and not is_rate:
        # "It cut 420 jobs, against a target of 350."
        level = [f for f in others if f.unit not in {"%", "pp"} and f.value is not None]
    if not level and _BARE.match(flat[limit.end - start :]):
        # "a little over three months' costs; the policy demands six"
        level = [f for f in figures if f is not limit and _may_lend_unit(f)]
        level = level if len(level) == 1 else []
    if not level:
        return None
    return _held(asked, max(level, key=lambda f: (likely(f), -abs(f.start - limit.start))), limit)


_BARE = re.compile(r"\W*(?:$|[.;,)])")


def _may_lend_unit(figure: Figure) -> bool:
    """Whether a figure is a plain amount of something, whose unit a bare number may share."""
    is_plain = figure.unit not in {"%", "pp", "1"} and not units.is_money(figure.unit)
    return is_plain and figure.kind != "change" and figure.value is not None


def held(question: str, figure: Figure, limit: Figure) -> Holds | None:
    """Whether a figure keeps to its limit as a question supposes."""
    asked = supposed(question)
    return _held(asked, figure, limit) if asked else None


def may_be_held(figure: Figure, limit: Figure) -> bool:
    """Whether a figure of another sentence is an amount of a limit's kind."""
    is_other = figure.sentence != limit.sentence and figure.article_id == limit.article_id
    return is_other and figure.unit == limit.unit and figure.kind != "change"


def _held(asked: Supposed, figure: Figure, limit: Figure) -> Holds | None:
    value = figure.value
    low, high = (limit.low, limit.high) if is_range(limit) else (limit.value, limit.value)
    if value is None or low is None or high is None:
        return None
    if low <= value <= high:
        return "yes" if asked.is_even else "no"
    if asked == _WITHIN and is_range(limit):
        return "no"
    return "yes" if (value > high) == (asked.side == "above") else "no"


_WITHIN = Supposed("below", True)
_RANGE = re.compile(r"\b(?:range|band|corridor|bracket|guidance|guidelines)\b")


def is_limit(figure: Figure, figures: Sequence[Figure], flat: str, start: int) -> bool:
    """Whether a figure of a sentence, in lower case, is called a limit there."""
    a, b = figure.start - start, figure.end - start
    ends = [f.end - start for f in figures if f.end <= figure.start]
    starts = [f.start - start for f in figures if f.start >= figure.end]
    before = flat[max(0, a - NEAR, *ends, flat.rfind(". ", 0, a)) : a]
    after = flat[b : min([b + NEAR, *starts])]
    return bool(_NAMED.search(before) or _CALLED.match(after))


_NAMED = re.compile(
    r"\b(?:target|goal|covenant|limit|cap|ceiling|budget|quota|aim|forecast|threshold|plan|standard"
    r"|minimum|maximum|benchmark)s?"
    r"(?: (?:(?:[a-z]+ ){0,2}(?:in \d{4} )?(?:is|was)|of|being|at|set at|stands at))?"
    r":? ?\(?(?:the )?(?:no more than |no less than |at most |at least |up to )?$"
    r"|\b(?:capped|limited|budgeted)(?: at| to)? $|\b(?:had|was) (?:forecast|planned|promised) $"
    r"|\b(?:recommends|recommend|demands|requires|stipulates|prescribes) (?:at least |at most )?$"
    r"|\b(?:contract|rules?|policy|statutes?|licen[cs]e|regulator|law|agreement) (?:asks? for|wants"
    r"|calls? for|sets|requires|demands|allows|permits) (?:at least |at most |up to )?$"
    r"|\b(?:was|were) (?:supposed|meant|planned) to (?:[a-z]+ ){1,4}$"
    r"|\bhad (?:asked for|reckoned with|hoped for|applied for|counted on|budgeted for|wanted"
    r"|demanded|pledged|aimed for) (?:an? )?(?:[a-z-]+ (?:of )?){0,2}$"
    r"|\bhaving (?:budgeted for|planned|expected|hoped for|promised) (?:an? )?(?:[a-z]+ of )?$"
    r"|\bagainst an? (?:[a-z]+ )?(?:establishment|target|goal|plan|budget|quota|requirement) of $"
    r"|\b(?:analysts|economists|forecasters) (?:had )?(?:expected|forecast|predicted) $"
    r"|\bhad (?:planned|intended|meant|wanted|hoped|aimed|promised|expected) to [a-z]+ "
    r"(?:[a-z]+ ){0,2}$"
    r"|\b(?:budget|plan|licence|license|permit|law|contract|agreement) (?:had )?"
    r"(?:foreseen|foresees|foresaw|allows|allowed|permits|provides for|provided for) $"
    r"|\bhad (?:forecast|predicted|promised|expected) an? (?:[a-z-]+ ){1,3}of (?:between )?$"
)
_CALLED = re.compile(
    r" ?(?:[a-z]+ )?(?:that |which )?(?:the |its )?(?:[a-z]+ ){0,2}"
    r"(?:target|goal|covenant|limit|cap|ceiling|budget|quota|forecast|threshold|demands|requires"
    r"|permits|permitted|allows|allowed|promised|planned|expected|predicted|budgeted|pencilled in"
    r"|asked for|had hoped|supposed)\b"
)
