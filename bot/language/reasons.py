"""Reasons: a question for causes, however it is put, as one that says "why" or "reasons".

"To what does she credit the rise?", "imports up because of what?", "cruise traffic down - cause?",
"reason the race is later?", "which measures are credited with the boom?".
"""

from __future__ import annotations

import re

_TO_CAUSES = r"(?:credit|attribute|ascribe)"
_CREDITED = re.compile(
    rf"to what (?P<aux>do|does|did) (?P<who>[^?]+?) {_TO_CAUSES} (?P<what>[^?]+)"
    rf"|what (?P<aux2>do|does|did) (?P<who2>[^?]+?)"
    rf" (?:{_TO_CAUSES} (?P<what2>[^?]+?) to|put (?P<what3>[^?]+?) down to)\W*",
    re.IGNORECASE,
)
_DUE = (
    r"(?:(?:mainly|mostly|chiefly|largely|primarily) )?"
    r"(?:because of|bc(?: of)?|due to|owing to|thanks to|on account of|as a result of"
    r"|(?:caused|driven|fuel+ed|propelled|boosted|explained|brought about|prompted|triggered) by"
    r"|put down to|attribut(?:ed|able) to|credited to|blamed on)"
)
_NOUN = r"(?:main |chief |real )?(?:reasons?|causes?|drivers?|explanations?)"
_OPENS = r"(?:what|which|how|who|when|where|why|is|are|was|were|do|does|did|has|have|had|and)\b"
_BE = r"(?:is|are|was|were)"
_WHO_SAYS = r"(?:,? ?\(?(?:acc(?:ording)?\.? to|says|in the (?:view|opinion) of) [^?]+)"
# What is asked so, and how it is put instead; the first that fits.
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form, re.IGNORECASE), put)
    for form, put in (
        (rf"(?:to )?what {_BE} (?P<x>[^?,]+?) (?:put down|attributed|credited|due|owed|owing)"
         rf"(?: to)?(?P<y>{_WHO_SAYS}?)\W*", "What are the reasons for {x}{y}?"),
        (rf"what {_BE} (?P<x>[^?,]+?) (?:mainly |mostly |largely |chiefly |primarily )?"
         rf"(?:explained|caused|fuel+ed|boosted|propelled|brought about|prompted|triggered) by"
         rf"(?P<y>{_WHO_SAYS}?)\W*", "What are the reasons for {x}{y}?"),
        (rf"(?P<n>(?:what|which) [^?,]{{3,60}}?) {_BE} (?:credited|thanked|blamed) (?:with|for) "
         r"(?P<x>[^?]+?)(?P<y>)\W*", "{n} are the reasons for {x}?"),
        (rf"(?!{_OPENS})(?P<x>[^?:;]{{4,120}}?),?(?: [-–])? {_DUE} (?:what|which [a-z]+)\b"
         rf"(?P<y>{_WHO_SAYS}?)\W*", "Why {x}{y}?"),
        (rf"(?!{_OPENS})(?P<x>[^?:;]{{4,120}}?)"
         rf"(?:,| ?[-–:]+) ?(?:any |the |what )?{_NOUN}(?P<y>{_WHO_SAYS}?)\W*", "Why {x}{y}?"),
        (rf"(?:the |any )?{_NOUN} (?:why |that )?(?P<x>(?:the|its?|their|they|there|this)\b [^?]*?"
         rf"\b(?:{_BE}|has|have|had|went|will|did|does|[a-z]+ed|fell|rose|grew)\b[^?]*?)(?P<y>)\W*",
         "Why {x}?"),
    )
)  # fmt: skip


def asked(text: str) -> str:
    """A question for causes in plain words; any other text as it is.

    >>> asked("imports up because of what, according to the expert?")
    'Why imports up, according to the expert?'
    >>> asked("What is the dip put down to?")
    'What are the reasons for the dip?'
    """
    plain = text.strip()
    if m := _CREDITED.fullmatch(plain.rstrip(" ?")):
        aux, who = m["aux"] or m["aux2"], m["who"] or m["who2"]
        what = m["what"] or m["what2"] or m["what3"]
        return f"What reasons {aux} {who} name for {what.rstrip(' .')}?"
    for form, put in _FORMS:
        if m := form.fullmatch(plain):
            return put.format(**{**m.groupdict(), "y": m["y"] or ""})
    return text
