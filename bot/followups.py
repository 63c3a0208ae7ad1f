"""Follow-ups: a question that leans on the turn before it, made whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bot import mentions, terms
from ingest import units
from ingest.figures import lexicon

if TYPE_CHECKING:
    from bot.questions import Query

_UNIT_ONLY = re.compile(
    r"^(?:(?:and|but|what about|how about|how much|what|is|was|were|that|it|would|be|now|thanks|"
    r"thank you|ok|or|please|then|convert|converted|expressed|the same|same|so) ?,? ?)*"
    r"(?:in|into|to|as) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?|[$€£¥%])(?: terms)?[ ?.!]*$",
    re.IGNORECASE,
)
_WH = re.compile(
    r"^(?:by |in |at |to |from )?(?:how (?:much|many|fast|large|big|high|quickly|strongly|far)"
    r"|what|which|who|when|where)\b ?(?:percent|percentage|rate|share|year)?",
    re.IGNORECASE,
)


def _data() -> dict[str, Any]:
    return dict(terms.table("questions")["followup"])


def is_followup(text: str) -> bool:
    """Whether the question cannot stand alone.

    >>> is_followup("And imports?"), is_followup("What were imports in 2024?")
    (True, False)
    """
    flat = text.lower().strip(" ?.!")
    data = _data()
    if flat in data["whole"] or flat.startswith(tuple(data["openings"])):
        return True
    if _unit_only(flat):
        return True
    if mentions.shift(flat) and len(terms.find(flat)) <= 4:
        return True
    if _FRAGMENT.match(flat) or _uncounted(flat):
        return True
    return _has_pronoun(flat) or len(flat.split()) <= 2


# What is no question by itself: "as a percentage?", "per share?", "for the full year?".
_FRAGMENT = re.compile(r"(?:as an? (?!result)|per [a-z]|vs\.? |versus |compared (?:with|to) )")
# "How many are left?": of what is not said.
_UNCOUNTED = re.compile(r"^how many (?=(?:are|were|is|was|have|had|has|will|would)\b(?! there\b))")


def _uncounted(flat: str) -> bool:
    return bool(_UNCOUNTED.match(flat)) and len(terms.find(flat)) <= 3


def _has_pronoun(flat: str) -> bool:
    """A pronoun with nothing before it in the question that it could stand for."""
    pronouns = set(_data()["pronouns"])
    for m in terms.words(flat):
        if m.group() in pronouns and not _is_expletive(flat, m.start()):
            return not terms.find(flat[: m.start()]) or len(terms.find(flat)) <= 4
    return False


def _is_expletive(flat: str, at: int) -> bool:
    """ "it" of "was it true that", "that" of "the figure that ...", "this article"."""
    word = re.match(r"\w+", flat[at:])
    rest = flat[at + (word.end() if word else 0) :]
    if re.match(r" (?:true|clear|known|likely|possible|take|article|text|report|year)\b", rest):
        return True
    if word and word.group() == "it" and (_IMPERSONAL.match(rest) or _JUDGED.search(flat)):
        return True
    return bool(
        word
        and word.group() == "that"
        and len(terms.find(flat[:at])) >= 1
        and not _NO_RELATIVE.match(rest)
    )


_NO_RELATIVE = re.compile(r"$| (?:is|was|in|to|of|on|over|than|figure|number|sum|amount)\b")
# "Will it rain", "is it hot in May", "was it cheaper to fly than".
_IMPERSONAL = re.compile(r" (?:be )?(?:rain|snow|hail|freeze|hot|cold|warm|sunny|dark|worth)\b")
_JUDGED = re.compile(r"\b(?:is|was) it \w+(?: \w+)? (?:to|that|for) ")


def complete(text: str, previous: Query) -> str:
    """The follow-up with what it lacks taken from the previous question.

    >>> complete("And imports?", parse("What were exports in 2024?"))
    'What were imports in 2024?'
    """
    rest = _without_opening(text)
    flat = rest.lower().strip(" ?.!")
    if unit := _unit_only(flat):
        return _in_unit(unit, _bare(previous.text))
    if flat in {"total"} or not flat:
        return previous.text
    if flat in _data()["whole"]:
        return _reopened(flat, previous)
    if whole := _continued(flat, previous) or _at_another_time(rest, previous):
        return whole
    if (alike := _ONES.match(flat)) and terms.find(alike["which"]) and _is_phrase(rest):
        return _with_phrase(rest.strip(" ?.!")[: alike.end("which")], previous)
    if _has_pronoun(flat):
        return _pronouns_filled(rest, previous)
    if _is_phrase(rest):
        return _with_phrase(rest.strip(" ?.!"), previous)
    return _carried(rest, previous)


# "The smaller ones": of what was asked about.
_ONES = re.compile(r"(?P<which>.+) ones?$")


def _continued(flat: str, previous: Query) -> str | None:
    """The question before with this put behind it, or this with what is counted there."""
    if again := _AGAIN.match(flat):
        return f"{_bare(previous.text)} {again['rest']}?"
    if _FRAGMENT.match(flat):
        return f"{_bare(previous.text)} {flat}?"
    counted = _COUNTED.search(previous.text.lower()) if _uncounted(flat) else None
    return _UNCOUNTED.sub(f"How many {counted[1]} ", flat) + "?" if counted else None


def _at_another_time(rest: str, previous: Query) -> str | None:
    """The question before asked of another period, where no more than that is told."""
    if _COMPARING.search(rest.lower()):
        return None
    step = mentions.shift(rest)
    if step and not terms.find(rest[: step.start] + rest[step.end :]):
        return _with_period(rest[step.start : step.end].strip(), previous.text)
    found = mentions.periods(rest)
    if found and not terms.find(rest[: found[0].start] + rest[found[-1].end :]):
        return _with_period(rest[found[0].start : found[-1].end], previous.text)
    return None


_COUNTED = re.compile(
    r"\bhow many ((?:[a-z-]+ ){0,2}?(?:[a-z-]{3,}s|people|children|women|men|staff))\b"
)
# "What was it before?": the same is asked of another time.
_AGAIN = re.compile(
    r"^what (?:was|is|were|are|had) (?:it|that|they|those)(?: been)? "
    r"(?P<rest>(?:before|originally|previously|until|earlier|at first)\b.*)$"
)
_COMPARING = re.compile(
    r"\bhow (?:much|many) (?:percent |points |times )?"
    r"(?:more|less|fewer|higher|lower|larger|smaller)\b"
)


def _without_opening(text: str) -> str:
    rest = text.strip()
    while True:
        flat = rest.lower()
        opening = next((o for o in _data()["openings"] if flat.startswith(o)), None)
        if opening is None:
            return re.sub(r"^(?:thanks|thank you|ok|okay|great)[ ,.!]+", "", rest, flags=re.I)
        rest = rest[len(opening) :].strip(" ,")


def _unit_only(flat: str) -> str | None:
    """The unit, when the question asks for nothing but another one ("and in dollars?")."""
    m = _UNIT_ONLY.match(flat)
    return m["unit"] if m and units.parse(m["unit"]) else None


# "How many cents more", "By how much did it rise": what may be told in percent as well.
_BY_HOW_MUCH = re.compile(
    r"\b(?:by )?how (?:much|many)(?: (?!more|less|fewer)[a-z]+)?"
    r"(?= (?:more|less|fewer|higher|lower|dearer|cheaper|longer|shorter|larger|smaller)\b)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\b(?:value|worth)(?= of\b)", re.IGNORECASE)


def _in_unit(unit: str, question: str) -> str:
    """The question with another unit: "How many cents more" in percent is "How many percent more",
    and the value of a thing in tonnes its volume."""
    canonical = units.parse(unit) or unit
    if units.is_percent(canonical) and _BY_HOW_MUCH.search(question):
        return f"{_BY_HOW_MUCH.sub('By how many percent', question, count=1)}?"
    if not units.is_money(canonical) and not units.is_percent(canonical):
        question = _VALUE.sub("volume", question)
    return f"{_unitless(question)} in {unit}?"


_OTHER_UNIT = re.compile(
    r",? (?:in|into) (?:an? )?(?P<unit>[^\W\d]+(?: [^\W\d]+)?)(?: terms)?$", re.I
)


def _unitless(question: str) -> str:
    """The question without the unit that it asked for at its end."""
    m = _OTHER_UNIT.search(question)
    return question[: m.start()] if m and units.parse(m["unit"]) else question


def _bare(text: str) -> str:
    return text.strip().rstrip("?!. ")


_AUXILIARY = re.compile(r"^(?:is|are|was|were|did|does|do|has|have|had) ", re.IGNORECASE)


def _reopened(flat: str, previous: Query) -> str:
    """ "Why?" after "How much did exports grow?" is "Why did exports grow?"."""
    body = _WH.sub("", _bare(previous.text)).strip()
    opening = re.sub(r"^and ", "", flat)
    opening = _data()["means"].get(opening, opening)
    if " " in opening:
        body = _AUXILIARY.sub("", body)
    opening = re.sub(r" (?:so|is that|was that)$", "", opening)
    return f"{opening[:1].upper()}{opening[1:]} {body}?"


def _with_period(period: str, question: str) -> str:
    """The question with its period put out by this one, or with this one added."""
    text = _bare(question)
    found = mentions.periods(text)
    if not found:
        joint = "" if re.match(r"(?:in|for|during|a|the|one) ", period) else "in "
        return f"{text} {joint}{period}?"
    last = found[-1]
    before, after = text[: found[0].start], text[last.end :]
    period = mentions.same_as(period, last.value) or period
    if mentions.shift(period) and not period.startswith(("in ", "for ")):
        anchor = text[found[0].start : last.end]
        before = re.sub(r"\b(?:in|for|during)\s*$", "", before)
        return f"{before.rstrip()} {period} ({anchor}){after}?"
    period = re.sub(r"^(?:in|for|during) ", "", period)
    return f"{before}{period}{after}?"


def _subject(previous: Query) -> str:
    """What the previous question was about, as a phrase."""
    if previous.subquestions:
        return _subject(previous.subquestions[-1])
    parts = [*previous.measures[:1]] or [*previous.entities[:1]]
    return _without_verb(parts[0]) if parts else _WH.sub("", _bare(previous.text)).strip()


def _without_verb(phrase: str) -> str:
    """ "services exports" of "services exports earn"."""
    before, _, last = phrase.rpartition(" ")
    return before if before and last.lower() in lexicon.sure() else phrase


def _pronouns_filled(text: str, previous: Query) -> str:
    subject = _subject(previous)
    pattern = re.compile(
        r"\b(?P<own>its|their|his|her|theirs)\b|\b(?:it|they|them|that|this|those|these|he|she|him|"
        r"the former|the latter|both|there|one(?! (?!is|was|are|were|in|of|for|cost)[a-z]))\b",
        re.IGNORECASE,
    )
    spot = pattern.search(text)
    if not spot:
        return _carried(text, previous)
    filled = _of(subject) if spot["own"] else subject
    rest = text[spot.end() :]
    noun = re.match(r" (?:figure|number|amount|sum|total)\b", rest)
    whole = f"{text[: spot.start()]}{filled}{rest[noun.end() :] if noun else rest}"
    return _carried(whole, previous)


def _of(subject: str) -> str:
    """ "services'", "China's"."""
    return f"{subject}'" if subject.endswith("s") else f"{subject}'s"


def _is_phrase(text: str) -> bool:
    """Whether the rest is a bare noun phrase ("imports", "the second quarter in Spain")."""
    aux = set(terms.table("questions")["lists"]["aux"].split("|"))
    found = [w.group().lower() for w in terms.words(text)]
    wh = {"what", "how", "which", "who", "when", "where", "why", "whose"}
    return bool(found) and not (set(found) & (aux | wh)) and len(found) <= 8


def _with_phrase(phrase: str, previous: Query) -> str:
    """The previous question with its measure, entity or last phrase put in the new one's place."""
    if found := mentions.periods(phrase):
        period = phrase[found[0].start : found[-1].end]
        before = re.sub(r"\b(?:in|for|during)\s*$", "", phrase[: found[0].start])
        rest = f"{before.strip()} {phrase[found[-1].end :].strip()}".strip()
        return _with_period(period, _with_phrase(rest, previous))
    text = previous.text
    if said := _with_circumstance(phrase, _bare(text)):
        return said
    phrase = re.sub(r"^(?:for|in|of|from|with|to|at|among) ", "", phrase)
    old = _counterpart(phrase, previous)
    if old and old.lower() in text.lower():
        at = text.lower().rindex(old.lower())
        start = at
        if re.match(r"(?:the|an?) ", phrase, re.IGNORECASE):
            start = at - len(re.search(r"(?:\b(?:the|an?) )?$", text[:at], re.I)[0])  # type: ignore[index]
        after = text[at + len(old) :]
        if re.search(r"['’]s?$", phrase):
            after = re.sub(r"^['’]s?\b", "", after)
        return text[:start] + phrase + after
    return f"{_bare(text)} {phrase}?"


# "On paper", "by weight", "if I stay at home": how or on what terms, and no other thing.
_CIRCUMSTANCE = re.compile(
    r"(?P<how>by|on|round|around|under|over|without|via|through|after|before|if|when|excluding"
    r"|including|against|per) (?P<rest>.+)",
    re.IGNORECASE,
)


def _with_circumstance(phrase: str, text: str) -> str | None:
    """The question on other terms: in place of those that begin with the same word, or added."""
    m = _CIRCUMSTANCE.fullmatch(phrase)
    if m is None:
        return None
    told = re.search(
        rf"\b{m['how']} [^,;:]+?(?= (?:in|for|during|from|of) |$)", text, re.IGNORECASE
    )
    if told and told.start() > 0:
        return f"{text[: told.start()]}{phrase}{text[told.end() :]}?"
    return f"{text} {phrase}?"


def _counterpart(phrase: str, previous: Query) -> str | None:
    """What of the previous question the phrase replaces: a name a name, else the measure."""
    last = previous.subquestions[-1] if previous.subquestions else previous
    is_name = phrase[:1].isupper() or (phrase.isupper() and len(phrase) > 1)
    if is_name and last.entities:
        return last.entities[-1]
    nouns = [m for m in last.measures if not _HOW.search(last.text[: last.text.find(m)])]
    if not nouns:
        return last.entities[0] if last.entities else None
    return nouns[-1] if len(nouns) < len(last.measures) else nouns[0]


# "How effective is it against fever": what follows "how" is asked about no other thing.
_HOW = re.compile(r"^how $", re.IGNORECASE)


def _carried(text: str, previous: Query) -> str:
    """The question with the previous one's period, where it names none of its own."""
    if mentions.periods(text) or mentions.shift(text):
        return text
    found = mentions.periods(previous.text)
    if not found:
        return text
    period = previous.text[found[0].start : found[0].end]
    period = re.sub(r"^(?:in|of|for|during|by|on|since) ", "", period)
    return f"{_bare(text)} in {period}?"
