"""Sequels: questions for what follows from the answer that was just given, by their wording.

"In dollars?", "what share is that?", "and the rest?" are asked of the very amount that was told;
"are you sure?", "who says so?", "when was that?" of the answer, and leave its subject as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from bot.asking import couples
from ingest import units

Kind = Literal[
    "unit",
    "share",
    "rest",
    "more",
    "times",
    "plus",
    "midway",
    "above",
    "below",
    "gap",
    "sum",
    "mean",
    "ratio",
    "larger",
    "smaller",
    "sure",
    "who",
    "when",
    "else",
]


@dataclass(frozen=True, slots=True)
class Sequel:
    """What is asked: its kind; what the amount is set against, in words, or whose exchange rate it
    is told at; the unit to tell it in; of how many amounts it is asked."""

    kind: Kind
    phrase: str = ""
    unit: str = ""
    n: int = 1

    @property
    def is_aside(self) -> bool:
        """Whether it asks of the answer and not of its amount: what is talked about stays."""
        return self.kind in {"sure", "who", "when", "else"}


_UNIT_ONLY = re.compile(
    r"^(?:(?:and|but|what about|how about|how much|what['’]s|what|is|was|were|are|does|do|did|will"
    r"|that|it|they|this|those|these|them|would|be|mean|make|come|comes|to|out|now|thanks|thank you"
    r"|ok|or|please|then|convert|converted|turn|put|translate|give|express|change|me|can you"
    r"|could you|roughly|about|expressed|the same|same|so|(?:the|that|this) (?:amount|figure|sum"
    r"|number)) ?,? ?)*"
    r"(?:in|into|to|as) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥%])(?: terms)?[ ?.!]*$",
    re.IGNORECASE,
)
# "How many dollars is that?", "so that's how much in dollars?"
_UNIT_COUNTED = re.compile(
    r"^(?:(?:and|so|ok|now|roughly|about) )*(?:(?:that|it|this)['’]?s? (?:is |was )?)?"
    r"(?:how (?:many|much)(?: in)?|what in) (?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥])"
    r"(?: (?:is|was|were|are|would|does|did|do) (?:that|it|this|they|those)"
    r"(?: (?:be|make|come to|amount to))?)?[ ?.!]*$",
    re.IGNORECASE,
)
# "In dollars, at the rate the article's own total implies".
_AT_RATE = re.compile(
    r",? (?:at|using|with|going by|by|on|based on|applying|given|if (?:you|we) (?:use|apply)"
    r"|assuming) (?P<rate>(?:.*\b)?(?:rates?|conversion|parity)\b.*)$",
    re.IGNORECASE,
)
_OF_RATES = re.compile(
    r"\b(?:the|that|this|its|an?|own|same|articles?(?:['’]s)?|texts?(?:['’]s)?|reports?(?:['’]s)?"
    r"|implied|implies|imply|implicit|exchange|conversion|currency|money|rates?|parity|by|from|of"
    r"|for|as|in|with|which|there|used|given|follows?|following|stated|quoted|told|mentioned"
    r"|itself|is|has|have|uses?|gives?|total|one)\b|['’]s\b"
)
_THAT = r"(?:that|this|it|those|these|they)"
_BE = r"(?:is|was|are|were|does|did|do|would|will)"
_SHARE = r"(?:what|which) (?:share|percentage|percent|proportion|part|fraction|portion)"
_MORE = (
    r"(?:by )?how (?:much|many)"
    r" (?:more|less|fewer|higher|lower|larger|bigger|smaller|dearer|cheaper)"
)
_WHAT_IS = r"(?:(?:what|how (?:much|big|large|wide))(?:['’]?s| is| was| are| were| would be)? )?"
_AS_MUCH = r"(?:as (?:much|many|large|big|high)|more|larger|bigger|higher)"
_ASKED: Mapping[Kind, re.Pattern[str]] = {
    "share": re.compile(
        r"(?:(?:what|which|as an?|in|as) )?(?:share|percentage|percent|per cent|pct|%|proportion"
        r"|fraction|portion) of (?P<U>(?:(?:the|its|their) )?(?:total|whole|overall|entire|all)"
        rf"(?: (?!{_BE}\b)[\w-]+){{0,3}})"
        rf"|{_SHARE}(?: of (?P<X>.+?))? {_BE} {_THAT}(?: (?:of|in) (?P<Y>.+))?"
        r"(?: (?:make up|makes up|made up|account for|come to|represent|be))?"
        rf"|how much of (?P<Z>.+) {_BE} {_THAT}"
        rf"|(?:(?:what {_BE}|express|put|give(?: me)?) {_THAT} )?(?:as|in) (?:an? )?"
        r"(?:share|percentage|percent|per cent|%|proportion|fraction) of (?P<V>.+)"
    ),
    "rest": re.compile(
        r"(?:what (?:is|was|are|were|about|of) |how (?:much|many|large|big) (?:is|was|are|were) )?"
        r"(?:the|all the) (?:rest|remainder|others|other ones|remaining ones?)"
        r"|(?:what|how (?:much|many)) (?:is|was|are|were|does that|did that|do they) "
        r"(?:left|leave|remaining)(?: over)?"
    ),
    "more": re.compile(
        rf"{_MORE} than (?P<X>.+) {_BE} {_THAT}|{_MORE} {_BE} {_THAT} than (?P<Y>.+)"
        rf"|how far (?:apart |away )?{_BE} {_THAT} from (?P<Z>.+)"
        rf"|{_WHAT_IS}(?:the |its )?(?:difference|gap|distance|spread|margin)"
        rf" (?:to|from|with|between {_THAT} and) (?P<U>.+)"
        rf"|(?:by )?how (?:much|far) (?:do|does|did) {_THAT} (?:exceed|top|surpass|fall short of"
        r"|differ from|trail|lag|lag behind) (?P<V>.+)"
        rf"|(?:subtract|deduct|take) {_THAT} from (?P<T>.+)"
        rf"|(?:subtract|deduct|take) (?P<S>.+) from {_THAT}|{_THAT} minus (?P<R>.+)"
    ),
    "times": re.compile(
        rf"how many times (?:(?:the|{_AS_MUCH} (?:as|than)) )?(?P<X>.+?) {_BE} {_THAT}"
        rf"|how many times {_AS_MUCH} {_BE} {_THAT} (?:than|as) (?P<Y>.+)"
        rf"|{_WHAT_IS}(?:the |its )?ratio (?:of {_THAT} )?(?:to|with) (?P<Z>.+)"
        rf"|{_WHAT_IS}(?:divide )?{_THAT} (?:divided )?by (?P<U>.+)|divided by (?P<V>.+)"
    ),
    "plus": re.compile(
        rf"add (?P<X>.+) to {_THAT}|add {_THAT} (?:up )?(?:to|and|with) (?P<Y>.+)"
        rf"|{_WHAT_IS}(?:{_THAT} )?(?:(?:taken |put |added )?together|combined|added up) with"
        rf" (?P<Z>.+)|{_WHAT_IS}{_THAT} plus (?P<U>.+)|plus (?P<V>(?!or\b).+)"
        rf"|{_WHAT_IS}(?:the )?(?:sum|total) of {_THAT} and (?P<T>.+)"
    ),
    "midway": re.compile(
        rf"{_WHAT_IS}(?:the )?(?:average|mean) of (?:{_THAT} and (?P<X>.+)|(?P<Y>.+) and {_THAT})"
    ),
    "above": re.compile(
        rf"(?:is|was|are|were) {_THAT} (?:(?:a lot|much|far|any) )?"
        r"(?:more|higher|larger|bigger|greater|better|above|over)"
        r"(?: than)? (?P<X>.+)"
    ),
    "below": re.compile(
        rf"(?:is|was|are|were) {_THAT} (?:(?:a lot|much|far|any) )?"
        r"(?:less|fewer|lower|smaller|worse|below|under)"
        r"(?: than)? (?P<X>.+)"
    ),
    "sure": re.compile(
        r"(?:are you )?(?:really|sure|certain|positive)(?: about (?:that|this|it))?|says? what"
        r"|is (?:that|this|it) (?:so|true|right|correct|certain|really so)|are you"
        rf"|where (?:does|did|do|is) {_THAT} (?:come )?from|where do you (?:have|get) {_THAT} from"
        r"|(?:what(?:'s| is) )?(?:the |your )?(?:source|evidence|proof)s?(?: (?:for|of) that)?"
        r"|how do you know(?: that)?"
        r"|where (?:is|does) (?:that|it) (?:written|say (?:that|so)|stand)"
    ),
    "who": re.compile(
        r"(?:says who|according to whom?"
        r"|who (?:said|says|told|reported|reports|published) (?:so|that|this|it)"
        r"|who (?:told|tells|informed) (?:us|you|them|me) (?:so|that|this|it))"
    ),
    "when": re.compile(r"when (?:was|is) (?:that|this|it)|(?:for|of|in) (?:which|what) year"),
    "else": re.compile(
        r"(?:what|anything|something) (?:else|more)(?: (?:is there|can you (?:say|tell me)|do they"
        r" say|is (?:said|known)))?(?: about (?:that|this|it|them))?"
        r"|(?:tell me )?more(?: about (?:that|this|it|them))?|go on|and then what"
    ),
}
_ENDING = re.compile(r"(?:[ ,]+(?:then|now|please|again|roughly|exactly|in all|tho|though|btw))+$")
_WHOLE = frozenset(["the total", "the whole", "the lot", "everything", "it all", "all of it"])
_OPENING = re.compile(r"^(?:(?:and|so|but|ok|okay|hm+|wow|oh|thanks|now)\b[ ,.!]*)+")


def read(asked: str) -> Sequel | None:
    """What a question asks of the answer before it; None where it asks something else.

    >>> read("And in dollars?").unit, read("What share of trade is that?").phrase
    ('USD', 'trade')
    """
    flat = _ENDING.sub("", asked.lower().replace("’", "'").strip(" ?.!"))
    if unit := unit_only(flat):
        return Sequel("unit", rate_of(flat), units.parse(unit) or unit)
    flat = _OPENING.sub("", flat)
    if couple := couples.read(flat):
        return Sequel(couple.kind, unit=couple.unit, n=couple.n)
    for kind, pattern in _ASKED.items():
        if found := pattern.fullmatch(flat):
            phrase = next((text for text in found.groupdict().values() if text), "")
            return Sequel(kind, "" if phrase in _WHOLE else phrase)
    return None


def unit_only(flat: str) -> str | None:
    """The unit, when the question asks for nothing but another one ("and in dollars?"), perhaps at
    a rate: "convert that to dollars at the rate implied by the total"."""
    rest = _AT_RATE.sub("", flat)
    m = _UNIT_ONLY.match(rest) or _UNIT_COUNTED.match(rest)
    unit = units.parse(m["unit"]) if m else None
    if m is None or unit is None or (m.re is _UNIT_COUNTED and not units.is_money(unit)):
        return None
    return str(m["unit"])


def rate_of(flat: str) -> str:
    """Whose exchange rate an amount is to be told at: "services" of "in dollars, at the rate
    implied by the services total"; "" where the rate is not told from others."""
    m = _AT_RATE.search(flat)
    return " ".join(_OF_RATES.sub(" ", m["rate"]).split()) if m else ""


# -- in words -------------------------------------------------------------------------------------

_MAX_CLAIM = 110
_MARKS = re.compile(r"\s*\[\d+\]")
_OPENED = {"sure": "Are you sure of this", "who": "Who says this", "when": "When was this"}


def of_claim(kind: Kind, told: str) -> str | None:
    """A question for the ground of an answer in full: "Who says this: “Exports rose by 7.1%”?".

    told: the answer's text; None where its first sentence is too long to be said again
    """
    claim = _MARKS.split(told, maxsplit=1)[0].strip().rstrip(".!?")
    if not claim or len(claim) > _MAX_CLAIM or kind not in _OPENED:
        return None
    return f"{_OPENED[kind]}: “{claim}”?"


_PART = re.compile(
    r"(?P<head>(?:how (?:much|many)|what share|what percentage) of (?P<W>.+?)) "
    r"(?P<be>was|were|is|are) (?P<not>not )?(?P<part>.+)",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"(?P<head>(?:how (?:much|many)|what share|what percentage) of (?P<W>.+?)) "
    r"(?P<verb>came|comes?|went|goes|go|belong(?:s|ed)?|fell|falls?|flow(?:s|ed)?|stem(?:s|med)?)\b"
    r"(?P<part>.+)",
    re.IGNORECASE,
)


def part_of(question: str) -> str | None:
    """The part that a question asks for of a whole: "travel" of "How much of trade was travel?",
    "trade without travel" of "How much of trade was not travel?"."""
    text = _CONTEXT.sub("", unitless(question))
    if made := _MADE.fullmatch(text):
        return re.sub(r"^ (?:from|to|on|into) ", "", made["part"]).strip()
    m = _PART.fullmatch(text)
    if m is None:
        return None
    return f"{m['W']} without {m['part']}" if m["not"] else m["part"]


# "(Oslo)": what a question that names nothing was said to be about.
_CONTEXT = re.compile(r" \([^()]*\)$")
_OTHER_UNIT = re.compile(
    r",? (?:in|into) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥])(?: terms)?$",
    re.IGNORECASE,
)


def unitless(question: str) -> str:
    """A question without its mark and the unit that it asks for at its end."""
    text = question.strip().rstrip("?!. ")
    m = _OTHER_UNIT.search(text)
    return text[: m.start()] if m and units.parse(m["unit"]) else text


def of_rest(previous: str) -> str | None:
    """The question for what a part leaves of its whole: "How much of trade was not travel?"."""
    text = previous.rstrip(" ?.!")
    if (m := _PART.fullmatch(text)) and not m["not"]:
        return f"{m['head']} {m['be']} not {m['part']}?"
    if m := _MADE.fullmatch(text):
        verb = _PLAIN.get(m["verb"].lower(), re.sub(r"(?:s|ed|med)$", "", m["verb"].lower()))
        return f"{m['head']} did not {verb}{m['part']}?"
    return None


_PLAIN = {"came": "come", "went": "go", "goes": "go", "fell": "fall"}


def of_share(previous: str) -> str | None:
    """The question for a part as a share of its whole: "What share of trade was travel?"."""
    text = previous.rstrip(" ?.!")
    if not re.match(r"how (?:much|many) of .+ .+", text, re.IGNORECASE):
        return None
    return re.sub(r"^how (?:much|many) of", "What share of", text, flags=re.IGNORECASE) + "?"
