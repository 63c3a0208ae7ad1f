"""Sequels: questions for what follows from the answer that was just given, by their wording.

"In dollars?", "what share is that?", "and the rest?" are asked of the very amount that was told;
"are you sure?", "who says so?", "when was that?" of the answer, and leave its subject as it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from ingest import units

Kind = Literal[
    "unit",
    "share",
    "rest",
    "more",
    "times",
    "above",
    "below",
    "gap",
    "sum",
    "larger",
    "smaller",
    "sure",
    "who",
    "when",
    "else",
]


@dataclass(frozen=True, slots=True)
class Sequel:
    """What is asked: its kind; what the amount is set against, in words; the unit to tell it in."""

    kind: Kind
    phrase: str = ""
    unit: str = ""

    @property
    def is_aside(self) -> bool:
        """Whether it asks of the answer and not of its amount: what is talked about stays."""
        return self.kind in {"sure", "who", "when", "else"}


_UNIT_ONLY = re.compile(
    r"^(?:(?:and|but|what about|how about|how much|what['’]s|what|is|was|were"
    r"|are|that|it|they|would|be|now|thanks|thank you|ok|or|please|then|convert|converted"
    r"|expressed|the same|same|so) ?,? ?)*"
    r"(?:in|into|to|as) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥%])(?: terms)?[ ?.!]*$",
    re.IGNORECASE,
)
_THAT = r"(?:that|this|it|those|these|they)"
_BE = r"(?:is|was|are|were|does|did|do|would|will)"
_SHARE = r"(?:what|which) (?:share|percentage|percent|proportion|part|fraction|portion)"
_MORE = (
    r"(?:by )?how (?:much|many)"
    r" (?:more|less|fewer|higher|lower|larger|bigger|smaller|dearer|cheaper)"
)
_WHICH = r"which (?:one )?(?:of (?:them|the two|those|these) )?(?:is|was|are|were)"
_AS_MUCH = r"(?:as (?:much|many|large|big|high)|more|larger|bigger|higher)"
_ASKED: Mapping[Kind, re.Pattern[str]] = {
    "share": re.compile(
        rf"{_SHARE}(?: of (?P<X>.+?))? {_BE} {_THAT}(?: (?:of|in) (?P<Y>.+))?"
        r"(?: (?:make up|makes up|made up|account for|come to|represent|be))?"
        rf"|how much of (?P<Z>.+) {_BE} {_THAT}|as an? (?:share|percentage|proportion) of (?P<V>.+)"
    ),
    "rest": re.compile(
        r"(?:what (?:is|was|are|were|about|of) |how (?:much|many|large|big) (?:is|was|are|were) )?"
        r"(?:the|all the) (?:rest|remainder|others|other ones|remaining ones?)"
        r"|(?:what|how (?:much|many)) (?:is|was|are|were|does that|did that|do they) "
        r"(?:left|leave|remaining)(?: over)?"
    ),
    "more": re.compile(
        rf"{_MORE} than (?P<X>.+) {_BE} {_THAT}|{_MORE} {_BE} {_THAT} than (?P<Y>.+)"
    ),
    "times": re.compile(
        rf"how many times (?:(?:the|{_AS_MUCH} (?:as|than)) )?(?P<X>.+?) {_BE} {_THAT}"
        rf"|how many times {_AS_MUCH} {_BE} {_THAT} (?:than|as) (?P<Y>.+)"
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
    "gap": re.compile(
        r"(?:what(?:'s| is| was) )?(?:the )?(?:difference|gap)(?: between (?:them|the two|those))?"
        rf"|{_MORE} (?:is|was|are|were) {_THAT}"
    ),
    "sum": re.compile(
        r"(?:both |all )?together|(?:both |all )?combined|(?:and )?the sum(?: of (?:them|both))?"
        r"|what do (?:they|the two|both) (?:add up|come) to(?: together)?"
    ),
    "larger": re.compile(rf"{_WHICH} (?:the )?(?:higher|larger|bigger|greater|more|dearer|longer)"),
    "smaller": re.compile(rf"{_WHICH} (?:the )?(?:lower|smaller|less|fewer|cheaper|shorter)"),
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
        r"|who (?:said|says|told|reported|reports|published) (?:so|that|this|it))"
    ),
    "when": re.compile(r"when (?:was|is) (?:that|this|it)|(?:for|of|in) (?:which|what) year"),
    "else": re.compile(
        r"(?:what|anything|something) (?:else|more)(?: (?:is there|can you (?:say|tell me)|do they"
        r" say|is (?:said|known)))?(?: about (?:that|this|it|them))?"
        r"|(?:tell me )?more(?: about (?:that|this|it|them))?|go on|and then what"
    ),
}
_ENDING = re.compile(r"(?:[ ,]+(?:then|now|please|again|roughly|exactly|in all))+$")
_WHOLE = frozenset(["the total", "the whole", "the lot", "everything", "it all", "all of it"])
_OPENING = re.compile(r"^(?:(?:and|so|but|ok|okay|hm+|wow|oh|thanks|now)\b[ ,.!]*)+")


def read(asked: str) -> Sequel | None:
    """What a question asks of the answer before it; None where it asks something else.

    >>> read("And in dollars?").unit, read("What share of trade is that?").phrase
    ('USD', 'trade')
    """
    flat = _ENDING.sub("", asked.lower().replace("’", "'").strip(" ?.!"))
    if unit := unit_only(flat):
        return Sequel("unit", unit=units.parse(unit) or unit)
    flat = _OPENING.sub("", flat)
    for kind, pattern in _ASKED.items():
        if found := pattern.fullmatch(flat):
            phrase = next((text for text in found.groupdict().values() if text), "")
            return Sequel(kind, "" if phrase in _WHOLE else phrase)
    return None


def unit_only(flat: str) -> str | None:
    """The unit, when the question asks for nothing but another one ("and in dollars?")."""
    m = _UNIT_ONLY.match(flat)
    return m["unit"] if m and units.parse(m["unit"]) else None


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
    r",? (?:in|into) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?)(?: terms)?$", re.IGNORECASE
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
