"""Recasting: the question for a figure that a yes/no question hides.

"Did rice make up more than a fifth of exports?" is decided by what "What share of exports did
rice make up?" is answered with, "Has it made twice as much as the first film?" by "How many times
as much as the first film has it made?". What is asked for so is looked for like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from bot.language import mentions, portions, terms
from bot.questions import Assumed, Query
from ingest import units

Kind = Literal["share", "times", "amount"]
MAX_CHARS = 300


@dataclass(frozen=True, slots=True)
class Recast:
    """The hidden question, and the asker's number that its answer is held against.

    part: what a share is asked of beside its whole, "did rice make up"
    """

    kind: Kind
    text: str
    held: Assumed
    part: str = ""


_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
_MORE = (
    r"(?:(?:no |not )?(?:more|less|fewer|higher|lower|bigger|smaller|larger|greater) than|over"
    r"|under|above|below|at least|at most|nearly|almost|about|around|roughly|up to|exceed|exceeded"
    r"|exceeds|reach|reached|top|topped|pass|passed|beat|clear|cleared|surpass|surpassed|come to"
    r"|amount to|go (?:over|above|beyond)|get (?:over|past|above|beyond))"
)
_PART = (
    rf"(?:{portions.FRACTION}|\d{{1,2}}(?:\.\d+)?\s?(?:%|per ?cent)"
    r"|(?:an?|the) (?:absolute |outright |clear )?majority)"
)
_SHARE = re.compile(
    rf"^(?P<pre>{_AUX}\b.*?) ?\b(?:(?P<by>{_MORE}) )?"
    rf"(?:(?P<n>{_PART}|most|all) of|(?P<half>half)(?= (?:the|its|their|his|her|our|all)\b)) "
    r"(?P<post>.+)$",
    re.IGNORECASE,
)
_MOST = re.compile(
    rf"^(?P<pre>{_AUX}) (?P<n>most|all) (?P<post>(?!of\b|the time\b|likely\b|in all\b).+)$",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"^(?P<pre>{_AUX}\b.+?) (?:{_MORE} )?(?P<n>twice|double|triple|treble|thrice"
    r"|(?:two|three|four|five|six|ten|\d{1,2}(?:\.\d+)?) times) (?P<post>.+)$",
    re.IGNORECASE,
)
_NO_WHOLE = re.compile(
    r"(?:them|it|us|you|that|this|go|be|well|the (?:time|year|season|century|decade|month))\b", re.I
)
_OF_TIME = re.compile(r"\b(?:first|second|last|next|previous|latest|in)$", re.I)
_ALONE = re.compile(r"\b(?:by|rise|rose|grow|grew|fall|fell|cost|cut|up|down)\b[^?]{0,12}$", re.I)
_VALUES = {"most": "0.5", "all": "1", "twice": "2", "double": "2", "triple": "3", "treble": "3"}
_VALUES |= {"thrice": "3", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_VALUES |= {"ten": "10"}


def recast(query: Query) -> Recast | None:
    """The question for a figure that a yes/no question hides; None where it hides none."""
    return _recast(query.text, query.assumed)


@lru_cache(maxsize=256)
def _recast(text: str, assumed: tuple[Assumed, ...]) -> Recast | None:
    flat = " ".join(text[:MAX_CHARS].replace("’", "'").rstrip("?! .").split())
    return _share(flat) or _times(flat) or amount(flat, assumed)


@lru_cache(maxsize=1)
def verbs() -> frozenset[str]:
    """Stems of words that join a part to its whole and are neither."""
    return terms.stem_set([
        "make made makes account accounted form represent represented constitute take took taken"
        " have has had win won get got contribute contributed supply already now still together"
    ])  # fmt: skip


_TOGETHER = re.compile(
    rf"^{_AUX} (?P<named>[^?]+? and [^?]+?) (?:together|combined|between them|taken together)\b",
    re.I,
)


def n_together(text: str) -> int:
    """How many things a question takes together, "Chad and Mali together"; 0 where it does not."""
    m = _TOGETHER.match(text)
    return len(re.split(r",(?: and)?| and ", m["named"])) if m else 0


def _share(flat: str) -> Recast | None:
    m = _SHARE.match(flat) or _MOST.match(flat)
    if m is None or _NO_WHOLE.match(m["post"]) or _OF_TIME.search(m["pre"]):
        return None
    held = _held(m["n"] or m["half"])
    if held is None:
        return None
    pre = m["pre"]
    if _DOES.match(pre) and _REACHES.fullmatch(m.groupdict().get("by") or ""):
        pre = f"{pre} make up"
    part = re.sub(rf"^{_AUX}\b ?", "", pre, flags=re.IGNORECASE)
    return Recast("share", f"What share of {_turned(m['post'], pre)}?", held, part)


# "Do wheat and rye exceed half of sales?": a verb of the number, so what they make up is asked.
_DOES = re.compile(r"(?:do|does|did)\b", re.IGNORECASE)
_REACHES = re.compile(
    r"exceeds?|exceeded|reach|top|pass|beat|clear|surpass|come to|amount to|(?:go|get) [a-z]+",
    re.IGNORECASE,
)


def _times(flat: str) -> Recast | None:
    m = _TIMES.match(flat)
    held = _held(m["n"]) if m else None
    if m is None or held is None or not re.match(r"(?:as|what|the|that|its|an?)\b", m["post"]):
        return None
    return Recast("times", f"How many times {_turned(m['post'], m['pre'])}?", held)


def amount(flat: str, assumed: tuple[Assumed, ...]) -> Recast | None:
    """ "Was the surplus above 7 trillion yuan?" asks "How much was the surplus?"."""
    if len(assumed) != 1 or assumed[0].unit == "1":
        return None
    held = assumed[0]
    m = re.match(
        rf"(?P<pre>{_AUX}\b.+?) (?:{_MORE} ){re.escape(held.text)}(?P<post>.*)$", flat, re.I
    )
    if m is None or not terms.find(m["pre"]) or _ALONE.search(m["pre"]):
        return None
    is_counted = units.is_count(held.unit)
    if beside := _BESIDE.match(m["post"]):
        lead = f"{m['pre'][0].lower()}{m['pre'][1:]}"
        return Recast("amount", f"How much {beside['more']} {lead} {beside['than']}?", held)
    asked = f"How many {held.text.split(' ', 1)[-1]}" if is_counted else "How much"
    return Recast("amount", f"{asked} {m['pre'][0].lower()}{m['pre'][1:]}{m['post']}?", held)


# "Did it sell over 2 million tonnes | more than it bought?"
_BESIDE = re.compile(r" (?P<more>more|less|fewer|higher|lower) (?P<than>than .+)$", re.IGNORECASE)


def _turned(post: str, pre: str) -> str:
    """What is asked about in front, the verb behind it: "starters" + "Did" + "come from abroad"."""
    rest = re.sub(rf"^{_AUX}\b ?", "", pre, flags=re.IGNORECASE)
    if rest or pre.strip().lower() not in {"is", "are", "was", "were"}:
        return f"{post} {pre[0].lower()}{pre[1:]}" if rest else post
    return _PREDICATE.sub(f" {pre.strip().lower()}", post, count=1)


# "(Are half of) the members | women", "(was most of) the loss | due to fuel".
_PREDICATE = re.compile(
    r"(?<=\w)(?= (?:from|due|owed|made|held|spent|sold|paid|[a-z]{3,}ed|in|on|by|under|abroad)\b)"
    r"|(?<=\w)(?= [\w-]+$)"
)


def _held(words: str) -> Assumed | None:
    flat = words.lower()
    known = _VALUES.get(flat.split()[0]) if not flat.startswith(("one ", "a ")) else None
    if known and (len(flat.split()) == 1 or flat.endswith("times")):
        return Assumed(words, Decimal(known), "1")
    if flat.endswith("majority"):
        return Assumed(words, Decimal("0.5"), "1")
    if flat.endswith("times"):
        return Assumed(words, Decimal(flat.split()[0]), "1")
    if part := portions.value_of(flat):
        return Assumed(words, part, "1")
    number = next(iter(mentions.numbers(flat)), None)
    return Assumed(words, number.value, number.unit) if number else None
