"""Recasting: the question for a figure that a yes/no question hides.

"Did rice make up more than a fifth of exports?" is decided by what "What share of exports did
rice make up?" is answered with, "Has it made twice as much as the first film?" by "How many times
as much as the first film has it made?". What is asked for so is looked for like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
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
    upto: the other end of a range, "between 3 and 5 tonnes"
    """

    kind: Kind
    text: str
    held: Assumed
    part: str = ""
    upto: Assumed | None = None


_AUX = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should)"
_MORE = (
    r"(?:(?:no |not )?(?:more|less|fewer|higher|lower|bigger|smaller|larger|greater) than|over"
    r"|under|above|below|at least|at most|nearly|almost|about|around|roughly|approximately|circa"
    r"|close to|near|in the region of|up to|exceed|exceeded"
    r"|exceeds|reach|reached|top|topped|pass|passed|beat|clear|cleared|surpass|surpassed|come to"
    r"|amount to|go (?:over|above|beyond)"
    r"|get (?:over|past|above|beyond))"
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
_MOVED = re.compile(r"\b(?:by|up|down)\b[^?]{0,12}$", re.I)
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
    held = number_of(m["n"] or m["half"])
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


_EXCEEDS = re.compile(r" (?:exceed|surpass|top|beat|reach|amount to|come to|equal|total)$", re.I)
# The other side of "twice": a thing, not "twice a year", "three times in May".
_SIDE = re.compile(
    r"(?:as|what|the|that|its)\b|an? (?!year|month|week|day|season|quarter)|(?-i:[A-Z])"
    r"|(?!in|at|by|on|over|since|from|during|before|after|for|to|per|each|every|more|less)[a-z]{4,}",
    re.IGNORECASE,
)


def _times(flat: str) -> Recast | None:
    m = _TIMES.match(flat)
    held = number_of(m["n"]) if m else None
    if m is None or held is None or not _SIDE.match(m["post"]):
        return None
    aux, _, subject = m["pre"].partition(" ")
    is_of_being = _IS.match(aux)
    if _DOES.match(aux) and (verb := _EXCEEDS.search(subject)):
        is_of_being, subject = verb, subject[: verb.start()]
    if is_of_being and terms.find(subject) and re.match(r"(?:that|what|as)\b", m["post"]) is None:
        return Recast("times", f"What is the ratio of {subject} to {m['post']}?", held)
    return Recast("times", f"How many times {_turned(m['post'], m['pre'])}?", held)


def amount(flat: str, assumed: tuple[Assumed, ...]) -> Recast | None:
    """ "Was the surplus above 7 trillion yuan?" asks "How much was the surplus?"."""
    held, upto = ends(flat, assumed)
    if _OF_EACH.search(flat):
        return None
    if held is None or (held.unit == "1" and not _BARE_NUMBER.fullmatch(held.text)):
        return None
    m = _compared(held.text, upto.text if upto else "").match(flat)
    if m is None or not terms.find(m["pre"]):
        return _counted(flat, held, upto)
    if _alone(m["pre"]).search(m["pre"]):
        return None
    is_bare = not (m["range"] if upto else m["more"])
    if is_bare and not _may_be_equal(m["pre"], m["post"]):
        return None
    if beside := _BESIDE.match(m["post"]):
        lead = f"{m['pre'][0].lower()}{m['pre'][1:]}"
        return Recast(
            "amount", f"How much {beside['more']} {lead} {beside['than']}?", held, "", upto
        )
    pre = _ADVERB.sub("", m["pre"])
    noun = _noun_of(held) or (_noun_of(upto) if upto else "")
    if _DOES.match(pre) and not noun and _is_of_being(m, upto):
        # "Did sales amount to $3", "Does the price stay below 5 euros": what these were, are.
        aux, _, subject = pre.partition(" ")
        was = "was" if aux.lower() == "did" else "is"
        return Recast("amount", f"What {was} {subject}{m['post']}?", held, "", upto)
    lead = f"{pre[0].lower()}{pre[1:]}"
    lead += " reach" if noun and _DOES.match(pre) and _is_of_being(m, upto) else ""
    asked = f"How many {noun}" if noun else "What" if _IS.match(pre) else "How much"
    return Recast("amount", f"{asked} {lead}{m['post']}?", held, "", upto)


# What is asked of several at once has no one answer.
_OF_EACH = re.compile(
    r"\b(?:both|each of|either of|neither|all (?:two|three|four|five|the))\b", re.I
)
# "730,000", "4.5": no "third", no number of a few.
_BARE_NUMBER = re.compile(
    r"\d[\d,]*\d(?:\.\d+)?(?: (?:million|billion|trillion|thousand))?|\d\.\d+"
)


def _alone(pre: str) -> re.Pattern[str]:
    """What nothing can be asked of that ends so: a move, and after "did" a verb of one."""
    return _MOVED if _IS.match(pre) else _ALONE


_IS = re.compile(r"(?:is|are|was|were)\b", re.IGNORECASE)


def _noun_of(held: Assumed) -> str:
    """What a number counts, as the asker calls it; "" where it measures."""
    if not units.is_count(held.unit):
        return ""
    return _QUANTITY.sub("", held.text)


_QUANTITY = re.compile(
    r"^(?:[\d.,]+|[a-z-]+(?= (?:hundred|thousand|million|billion)))? ?"
    r"(?:(?:hundred|thousand|million|billion|trillion|mn|bn|tn|m|k)\b ?)*",
    re.IGNORECASE,
)


def _counted(flat: str, held: Assumed, upto: Assumed | None) -> Recast | None:
    """ "Did more than 300 people attend?": how many did."""
    noun = _noun_of(held)
    m = _compared_first(held.text).match(flat) if noun and upto is None else None
    if m is None or not terms.find(m["post"]):
        return None
    aux = "" if _DOES.match(m["pre"]) else f" {m['pre'].lower()}"
    return Recast("amount", f"How many {noun}{aux}{m['post']}?", held)


@lru_cache(maxsize=256)
def _compared_first(held: str) -> re.Pattern[str]:
    """A question that begins with its number, cut there."""
    return re.compile(
        rf"(?P<pre>{_AUX}) (?P<more>{_told()} |{_MORE} )?{re.escape(held)}(?P<post> .+)$", re.I
    )


@lru_cache(maxsize=1)
def _told() -> str:
    """Words that compare with a number, the longer first."""
    data = terms.table("deciding")
    cues = {cue for name in ("more", "least", "less", "most") for cue in data[name]}
    return f"(?:{'|'.join(re.escape(cue) for cue in sorted(cues, key=len, reverse=True))})"


def ends(flat: str, assumed: tuple[Assumed, ...]) -> tuple[Assumed | None, Assumed | None]:
    """The number that something is held against and, of a range, the upper one; "twice 4 tonnes"
    are 8."""
    if len(assumed) == 1:
        return assumed[0], None
    if len(assumed) != 2:
        return None, None
    one, other = assumed
    between = flat[flat.find(one.text) + len(one.text) : flat.rfind(other.text)]
    if between in {" ", " the ", " of ", " as much as "} and one.unit == "1" and one.value > 1:
        text = flat[flat.find(one.text) : flat.rfind(other.text) + len(other.text)]
        return Assumed(text, one.value * other.value, other.unit), None
    if between.strip() in {"and", "to", "-", "–"} and one.unit in {other.unit, "1"}:
        return replace(one, unit=other.unit), other
    return None, None


@lru_cache(maxsize=256)
def _compared(held: str, upto: str) -> re.Pattern[str]:
    """A yes/no question, cut at the number or the range that something is held against."""
    if upto:
        ends = rf"{re.escape(held)} ?(?:and|to|-|–) ?{re.escape(upto)}"
        return re.compile(
            rf"(?P<pre>{_AUX}\b.+?) (?:{_LYING} )?(?P<range>(?:(?:some|any)where )?"
            r"(?:between|from|within|(?:in|inside|within) the (?:range|band|region|bracket)"
            rf" (?:of|from|between)))(?: about| roughly)? {ends}(?P<post>.*)$",
            re.IGNORECASE,
        )
    return re.compile(
        rf"(?P<pre>{_AUX}\b.+?) (?P<more>(?:{_LYING} )?(?:{_told()}|{_MORE}|{_LYING}) "
        rf"|(?:exactly|precisely|just|only|really|indeed) )?{re.escape(held)}(?P<post>.*)$",
        re.IGNORECASE,
    )


# Verbs that only say what something is; a pronoun or an adverb in the middle is no subject.
_LYING = (
    r"(?:lie|lay|fall|stay|stand|stood|remain|come in|come out|end up|end|land|be|equal|total|come"
    r" to|amount to|add up to|run to|stand at|sit at|at)"
)
_ADVERB = re.compile(r" (?:actually|really|ever|indeed)$", re.IGNORECASE)
_OF_BEING = re.compile(
    rf"(?:{_LYING}|exceed|reach|hit|top|pass|beat|clear|surpass|fall short of|not reach|stay under"
    r"|fall below|miss|not exceed|never exceed|go (?:over|above|beyond)"
    r"|get (?:over|past|above|beyond))"
    r"\b",
    re.IGNORECASE,
)


def _is_of_being(m: re.Match[str], upto: Assumed | None) -> bool:
    """Whether the verb of a question says no more than how much its subject is."""
    if upto:
        before = m.string[len(m["pre"]) : m.start("range")]
        return bool(_OF_BEING.match(before.strip()))
    return bool(m["more"]) and bool(_OF_BEING.match(m["more"]))


def _may_be_equal(pre: str, post: str) -> bool:
    """Whether a number right behind a subject is what this is said to be: "was the price 4 euros"
    and not "was the 4-euro toll"."""
    return pre.lower().split()[-1] not in _OPEN and bool(_GOES_ON.match(post))


_GOES_ON = re.compile(
    r"$| (?:in|at|by|on|for|from|during|last|this|to|over|since|after|before|per|a|each|every|of"
    r"|when|while|as|under|through|throughout|within|all|altogether|overall|then|now|today)\b"
)
_OPEN = frozenset(
    "the a an of in to at by for from with on and or than as its their his her our this that these"
    " those all some each every about is are was were".split()
)


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


def number_of(words: str) -> Assumed | None:
    """What a number, a part or a multiple comes to: "half" is 0.5."""
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
