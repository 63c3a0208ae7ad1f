"""Claims: comparisons that a question takes for true, put as yes/no questions.

"Why did imports grow faster than exports?" takes for true what "Did imports grow faster than
exports?" asks; so do "How come imports grew faster", "What explains imports outpacing exports" and
"By how much did imports exceed exports?".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.evidence.subjects import capitalised
from bot.yesno import deciding, paces, telling
from ingest import Figure
from ingest.figures import lexicon

MAX_CHARS = 300
_AUX = r"(?:did|does|do|has|have|had|is|are|was|were)"
_COMP = (
    r"(?:more|less|fewer|better|worse|(?!number|other|over|after|under|order|quarter|per|paper"
    r"|whether|river|power|water|winter|summer|former|never|ever|member|offer)[a-z]{3,}er)"
)
_BEAT = (
    r"(?:exceed|outpace|outstrip|outnumber|outweigh|outsell|outgrow|outrun|outperform|overtake"
    r"|surpass|top|beat|trail|lag behind|dwarf|eclipse|outspend|outearn|outdo)"
)
_FRAMES = tuple(
    (re.compile(frame, re.IGNORECASE), made)
    for frame, made in (
        (rf"(?:why|when|where|how) (?P<aux>{_AUX}) (?P<said>.+)", "{aux} {said}"),
        (
            r"(?:what(?: has| had)?|who) (?:made|makes|make|let|lets|helped|caused|led)"
            r" (?P<said>.+)",
            "did {said}",
        ),
        (
            rf"(?:by )?how (?:much|far) (?P<aux>did|does|do) (?P<said>.+? {_BEAT} .+)",
            "{aux} {said}",
        ),
        (
            rf"(?:by )?how (?:much|many|far) (?P<comp>{_COMP}(?: [a-z-]+){{0,3}}?)"
            rf" (?P<aux>{_AUX}) (?P<said>.+?) (?P<than>than .+)",
            "{aux} {said} {comp} {than}",
        ),
    )
)
_STATED = re.compile(
    rf"(?:why is it that|how come|how is it that)(?: that)? (?P<who>.+?) (?P<verb>[a-z]+)"
    rf" (?P<more>(?:(?:by|a|an|so|much|far|even) )*{_COMP} .*?than .+)",
    re.IGNORECASE,
)
_GOING = re.compile(
    r"what (?:explains?|explained|is behind|was behind|lies behind|lay behind|caused|led to"
    r"|accounts for|drove) (?P<who>.+?) (?P<verb>[a-z]+ing) (?P<rest>.+)",
    re.IGNORECASE,
)
_OPEN = re.compile(
    r"\b(?:if|would|will|could|should|might|not|never|or|expected|forecast|projected|whether"
    r"|likely|once|rather|no|nor|usual|usually|normal|ever|than (?:before|expected|planned|usual"
    r"|that|this|those|they|it|he|she|in the|a year|last|any|all|most|other|others|average"
    r"|\W?\d))\b|n['’]t\b|\b(?:\d{1,2}|two|three|four|five|six|ten) times\b|\btwice\b"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What is taken for true: as a yes/no question, and denied."""

    asked: str
    denied: str


@lru_cache(maxsize=256)
def read(question: str) -> Claim | None:
    """The comparison that a question takes for true; None where it takes none.

    >>> read("How come imports grew faster than exports?").denied
    'Imports did not grow faster than exports'
    """
    flat = " ".join(question.replace("’", "'").split()).rstrip(" ?!.")
    flat = re.sub(r"^(?:so|and|but) ", "", flat, flags=re.IGNORECASE)
    if len(flat) > MAX_CHARS or _OPEN.search(flat.lower()) or telling.denial(flat.lower()):
        return None
    for asked in _asked(flat):
        if denied := _denied(asked):
            return Claim(f"{asked[0].upper()}{asked[1:]}?", denied)
    return None


def is_denied(question: str, figures: Sequence[Figure]) -> bool:
    """Whether two figures, in the order of the sides, tell the contrary of what is taken."""
    claim = read(question)
    return claim is not None and paces.is_against(claim.asked, figures)


def _asked(flat: str) -> list[str]:
    """The yes/no questions that a question may take for answered with yes, in plain words."""
    made = [made.format(**m.groupdict()) for frame, made in _FRAMES if (m := frame.fullmatch(flat))]
    if m := _STATED.fullmatch(flat):
        who, verb, more = m["who"], m["verb"].lower(), m["more"]
        is_be = verb in {"is", "are", "was", "were"}
        made.append(f"{verb} {who} {more}" if is_be else f"did {who} {base(verb)} {more}")
    if m := _GOING.fullmatch(flat):
        made.append(f"did {m['who']} {base(m['verb'].lower())} {m['rest']}")
    return [deciding.plainly(_AFTER.split(asked)[0]) for asked in made]


# What is asked beside it: "in 2024" stays, "even though sales fell" does not.
_AFTER = re.compile(
    r",| (?:even though|although|though|despite|while|whereas|so that|because|when|after)\b",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    rf"(?P<aux>did|does|do|has|have|had) (?P<who>.+?)"
    rf" (?P<verb>[a-z]+(?: by| an?| so| much| far| even)*) (?P<rest>{_COMP}\b.*? than .+)"
    rf"|(?P<aux2>{_AUX}) (?P<who2>.+?) (?P<rest2>{_BEAT}(?:en|ed|d)? .+)"
    rf"|(?P<aux3>is|are|was|were) (?P<who3>.+?)"
    rf" (?:(?:so|much|far|even) )*(?P<rest3>{_COMP}\b.*? than .+)",
    re.IGNORECASE,
)


def _denied(asked: str) -> str | None:
    """ "Imports did not grow faster than exports"."""
    m = _SUPPOSED.fullmatch(asked)
    if m is None:
        return None
    if m["aux"]:
        verb = re.sub(r"(?: (?:so|much|far|even))+$", "", m["verb"])
        if base(verb.split()[0].lower()) not in {v.lemma for v in lexicon.verbs().values()}:
            return None
        return f"{capitalised(m['who'])} {m['aux'].lower()} not {verb} {m['rest']}"
    who, aux, rest = (m["who2"], m["aux2"], m["rest2"]) if m["aux2"] else (
        m["who3"], m["aux3"], m["rest3"]
    )  # fmt: skip
    return f"{capitalised(who)} {aux.lower()} not {rest}"


def base(verb: str) -> str:
    """The form of a verb that stands after "did": "grew", "growing" and "grow" alike.

    >>> base("outpacing")
    'outpace'
    """
    known = lexicon.verbs()
    if verb in known:
        return known[verb].lemma
    stem = re.sub(r"(?:ing|ed|s)$", "", verb)
    for form in (f"{stem}e", stem, stem[:-1]):
        if re.fullmatch(_BEAT, form) or (form in known and form != verb):
            return form
    return verb
