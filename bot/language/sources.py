"""Sources: whether it is asked who put figures out, and whether a sentence tells who did.

"Which office put out the trade numbers?", "jobless figures from who?", "whose data is that?" want
"as reported by the Customs Office", "the statistics bureau said", or the line below a title that
tells who published it: "Customs Office, 14 March 2025".
"""

from __future__ import annotations

import re

_FIGURES = (
    r"(?:figures?|numbers?|data|statistics|stats|totals?|results?|tally|estimates?|census|index"
    r"|survey|readings?|rates?|bulletin|release|report|review|count)"
)
BODY = (
    r"(?:agency|office|body|authority|institution|institute|organi[sz]ation|department|ministry"
    r"|bureau|board|panel|outfit|council|commission|regulator|bank)"
)
_PUT_OUT = (
    r"(?:publish(?:es|ed)?|releas(?:es?|ed)|issu(?:es?|ed)|announc(?:es?|ed)|reports?|reported"
    r"|puts? out|gave out|gives? out|brought out|came out with|compil(?:es?|ed)|collect(?:s|ed)?"
    r"|produc(?:es?|ed)|provid(?:es?|ed)|suppl(?:y|ies|ied)|crunch(?:es|ed)?|counted"
    r"|work(?:s|ed) out)"
)
_WHO = rf"(?:who|whom|(?:which|what) (?:[a-z]+ ){{0,2}}?{BODY})"
_ASKED = re.compile(
    rf"\b{_WHO} (?:has |have |had |first |officially )?{_PUT_OUT}\b.{{0,60}}?\b(?:{_FIGURES}\b|\d)"
    rf"|\b{_FIGURES} .{{0,60}}?\b(?:from|by|according to) {_WHO}\b"
    rf"|\bfrom {_WHO} (?:do|does|did|are|is|were|was|come|came)\b.{{0,60}}?\b{_FIGURES}\b"
    rf"|\bby {_WHO} (?:was|were|is|are)\b.{{0,60}}?\b{_PUT_OUT}\b"
    rf"|\bwhere (?:do|does|did|are|is|were|was) .{{0,60}}?\b{_FIGURES}\b.{{0,40}}?\bfrom\b"
    rf"|\bwho (?:are|is|were|was) .{{0,60}}?\b{_FIGURES}\b.{{0,20}}?\bfrom\b"
    rf"|\b(?:whose|(?:which|what) (?:[a-z]+ ){{0,2}}?{BODY}['’]?s) {_FIGURES}\b"
    rf"|\b(?:which|what) (?:[a-z]+ )?{BODY}['’]?s?\b.{{0,40}}?\bfrom\W*$"
    rf"|\bsources? (?:for|of|behind) .{{0,60}}?(?:\b{_FIGURES}\b|\d)"
    rf"|\b(?:which|what) (?:[a-z]+ )?{BODY} (?:is|was|are|were) (?:quoted|cited|named)\b"
    rf"|\baccording to (?:whom|who|(?:which|what) (?:[a-z]+ )?{BODY})\b",
    re.IGNORECASE,
)
# What a question for a source is worded with, and no sentence that tells it need have.
SPENT = (
    "agency office body authority institution institute organisation organization department"
    " ministry bureau board panel outfit government council commission regulator figures numbers"
    " data statistics stats totals total result tally estimates publish publication release issue"
    " announce report put give bring compile collect produce provide supply crunch count work quote"
    " cite name source come use official state footnote article"
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DATE = rf"(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}},?) (?:19|20)\d\d"
_NAME = r"[A-Z][\w’'&-]*(?: (?:(?:of|and|for|the) )*[A-Z][\w’'&-]*)*"
# The line below a title that tells who published what follows, and when.
_HEAD = re.compile(
    rf"\W*(?:(?:[A-Z]?[a-z]+ ){{0,3}}by (?:the )?)?(?P<name>{_NAME})(?:, [a-z][a-z ]{{2,40}})?"
    rf"(?:,| [-–|·]) {_DATE}\W*$"
    rf"|\W*Published (?:on )?(?:{_DATE} )?by (?:the )?(?P<body>[\w ]+)"
)
_BODIES = re.compile(
    rf"\b(?:{BODY}|statistics|service|association|federation|union|university|customs|fund|society"
    r"|college|court|committee|chamber|group|centre|center|government|administration)\b|^(?-i:[A-Z]{3,6})$",
    re.IGNORECASE,
)
_SAYS = r"(?:said|says|reported|reports|published|released|announced|counted|registered)"
_TOLD = re.compile(
    r"\b(?:[Aa]ccording to|(?:reported|published|released|issued|compiled|announced|collected"
    r"|provided|put out) by|(?:data|figures|statistics|numbers) (?:from|of|by)) (?:the )?(?=[A-Z])"
    rf"|\b(?:[Aa]ccording to|by) (?:the|its|an?) (?:[a-z]+ ){{0,3}}{BODY}\b"
    rf"|\b{BODY} (?:of [A-Z]\w+ )?(?:[A-Z]\w+ )?{_SAYS}\b"
)
_SAYER = re.compile(rf"(?<=[\w*,”\"] )(?<![A-Z]\w )(?P<name>{_NAME})\W{{0,2}} {_SAYS}\b")


def asked(question: str) -> bool:
    """Whether it is asked who put figures out.

    >>> asked("Which office put out the jobless figures?"), asked("Who announced the merger?")
    (True, False)
    """
    return bool(_ASKED.search(question))


def holds(text: str) -> bool:
    """Whether a sentence tells who put figures out; a person who says something does not."""
    head = _HEAD.match(text)
    if _TOLD.search(text) or (head and (head["body"] or _is_body(head["name"]))):
        return True
    names = [m["name"] for m in _SAYER.finditer(text)]
    return any(" " not in name or _is_body(name) for name in names)


def _is_body(name: str) -> bool:
    """Whether a name is that of an office, and not of a place or a paper: "Tiber, 9 May 2026"."""
    return bool(_BODIES.search(name))


def published_by(text: str) -> str | None:
    """Whom the line below a title names: "Customs Office" of "Customs Office, 14 March 2025"."""
    m = _HEAD.match(text)
    return m["name"] if m and m["name"] and _is_body(m["name"]) else None
