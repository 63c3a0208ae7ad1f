"""Follow-ups: a question that leans on the turn before it, made whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

from bot import identities
from bot.asking import antecedents, sequels
from bot.language import mentions, superlatives, terms
from ingest import periods as dated
from ingest import units
from ingest.figures import lexicon

if TYPE_CHECKING:
    from bot.questions import Query

_WH = re.compile(
    r"^(?:by |in |at |to |from )?(?:how (?:much|many|fast|large|big|high|quickly|strongly|far)"
    r"|what|which|who|when|where)\b ?(?:percent|percentage|rate|share|year)?",
    re.IGNORECASE,
)


def _data() -> dict[str, Any]:
    return dict(terms.table("questions")["followup"])


Leaning = Literal["surely", "perhaps", "not"]


def is_followup(text: str) -> bool:
    """Whether the question surely cannot stand alone.

    >>> is_followup("And imports?"), is_followup("What were imports in 2024?")
    (True, False)
    """
    return leaning(text) == "surely"


def leaning(text: str) -> Leaning:
    """Whether a question leans on the one before: surely by its words ("And imports?", "Why did it
    fall?"), perhaps where it merely says little ("At what rent?", "Who is the chair?").

    >>> leaning("Who is the chair?"), leaning("Who is the chair of Wexcombe Rugby?")
    ('perhaps', 'not')
    """
    text = _spelt(text)
    flat = text.lower().strip(" ?.!")
    if flat in _data()["whole"] or _opened(text) or sequels.read(flat) or _is_short(flat):
        return "surely"
    if (mentions.shift(flat) and len(terms.find(flat)) <= 4) or _claimed(text) != text:
        return "surely"
    if _FRAGMENT.match(flat) or _ELLIPTIC.match(flat) or _uncounted(flat) or _has_pronoun(flat):
        return "surely"
    if _WHY_SO_MUCH.fullmatch(flat) or _PER.fullmatch(flat) or _one_sided(text):
        return "surely"
    if not _names_nothing(text):
        return "not"
    is_led = bool(_PREPOSITION.match(flat)) and _is_phrase(flat)
    opens = (_MOVED, _CHANGE, _SOURCE, _LED_WH, _WHY_CHANGE)
    return "surely" if is_led or any(p.match(flat) for p in opens) else "perhaps"


def says_nothing(text: str) -> bool:
    """Whether a question has hardly a word of its own, and asks what no word means: "Who takes
    over?", "How many before?"."""
    return len(terms.find(text)) < _FEW_TERMS and not _DEFINING.match(text)


_DEFINING = re.compile(r"what(?:['’]s| is| are) (?:an? |the )?[\w-]+\W*$", re.IGNORECASE)


def asks_the_same(text: str) -> bool:
    """Whether a follow-up asks the same of another time, in another unit or set against another
    thing ("And in 2023?", "What share is that?"): it wants an amount before it."""
    rest = _without_opening(_spelt(text))
    flat = rest.lower().strip(" ?.!")
    sequel = sequels.read(rest)
    is_of_amount = sequel is not None and not sequel.is_aside
    is_elsewhen = bool(_period_alone(rest) or _WHEN.fullmatch(flat))
    return is_of_amount or is_elsewhen or bool(_FRAGMENT.match(flat))


def names_a_thing(text: str) -> bool:
    """Whether a follow-up brings a thing of its own ("And imports?", "How much of it was rye?"),
    and not merely another way to ask of the same ("What share is that?", "Did it grow?")."""
    rest = _without_opening(_spelt(text))
    if mentions.names(text):
        return True
    if asks_the_same(text) or reopens(text):
        return False
    rest = _WH.sub("", rest)
    words = [rest[term.start : term.end].lower() for term in terms.find(rest)]
    return any(word not in lexicon.verbs() and not word.isdigit() for word in words)


def _opened(text: str) -> bool:
    """Whether it opens as what goes on: "And ...", "no, I meant ..."."""
    return bool(_CORRECTION.match(text)) or text.lower().startswith(tuple(_data()["openings"]))


_CORRECTION = re.compile(
    r"(?:(?:(?:no|nope|oops|wait|ah|oh|actually|rather|not that)\b ?[,.!:;–-]+ *"
    r"|(?:sorry|actually|i mean|i meant|i was asking (?:about|for)|make (?:that|it)|i said"
    r"|my mistake|correction)\b[ ,.!:;–-]*))+(?=\w)",
    re.IGNORECASE,
)
_ASKING = re.compile(
    r"(?:how|what|who|whose|whom|when|where|why|which|is|are|was|were|do|does|did|has|have|had|can"
    r"|could|will|would|should|list|name|define|explain|tell)\b",
    re.IGNORECASE,
)


def _is_short(flat: str) -> bool:
    """ "Imports?", "out of how many", "the other one": a word or two that ask nothing."""
    found = terms.words(flat)
    return len(found) == 1 or (len(found) <= 2 and not _ASKING.match(flat))


# "Out of how many", "at what cost per year?": asked with a preposition and no verb.
_LED_WH = re.compile(
    r"(?:up |down |out |a (?:rise|fall) )?"
    r"(?:of|from|for|by|at|to|with|over|in|on|since|until|among) "
    r"(?:how (?:many|much|long|far)|what|which|whom)"
    r"(?: (?!is|was|are|were|did|does|do|has|have|had|will|would|can|could)[\w%]+){0,4}$"
)


def _spelt(text: str) -> str:
    """ "thats" as "that's"."""
    return _JOINED.sub(r"\1's", text)


_JOINED = re.compile(r"\b(that|how|what|who|where)s\b", re.IGNORECASE)
# A question of so few terms and of no name cannot stand alone: "At what rent?", "who takes over?".
_FEW_TERMS = 2
# "How many more than in the first release?": of what is not said.
_ELLIPTIC = re.compile(
    r"(?P<head>(?:by )?how (?:much|many|far)"
    r"(?: (?:percent|per cent|percentage points?|points?|pct))?"
    r" (?:more|less|fewer|up|down|higher|lower|larger|smaller|bigger|longer|shorter|dearer|cheaper"
    r"|better|worse|above|below|over|under|ahead(?= of)|behind|short(?= of)))"
    r"(?P<rest>(?: (?!(?:is|are|was|were|did|does|do|has|have|had|will|would|can)\b)\S+){0,9})$",
    re.IGNORECASE,
)


# "How much faster did exports grow?": than what is not said.
_ONE_SIDED = re.compile(
    r"(?:by )?how much (?:[a-z]+er|more|less)"
    r" (?P<aux>is|are|was|were|did|does|do|has|have|had) (?P<what>(?!it\b|that\b|they\b)[^,;:?]+)$",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(
    r"\b(?:than|as|compared|against|versus|vs|over|on|from|since|before|after|between|if|when|per"
    r"|because|due|or|now|today)\b",
    re.IGNORECASE,
)


def _one_sided(text: str) -> bool:
    """Whether it asks how much more one thing is, of no time, and names nothing beside it."""
    is_of_time = mentions.periods(text) or mentions.shift(text)
    is_one = bool(_ONE_SIDED.match(_bare(text))) and not is_of_time
    return is_one and not _SET_AGAINST.search(text)


def _names_nothing(text: str) -> bool:
    return len(terms.find(text)) <= _FEW_TERMS and not mentions.names(text)


# What is no question by itself: "as a percentage?", "per share?", "for the full year?".
_FRAGMENT = re.compile(r"(?:as an? (?!result)|per [a-z]|vs\.? |versus |compared (?:with|to) )")
# "How many are left?": of what is not said.
_UNCOUNTED = re.compile(
    r"^how many (?=(?:are|were|is|was|have|had|has|will|would)\b(?! there\b))", re.IGNORECASE
)


def _uncounted(flat: str) -> bool:
    return bool(_UNCOUNTED.match(flat)) and len(terms.find(flat)) <= 3


def _has_pronoun(flat: str) -> bool:
    """A pronoun with nothing before it in the question that it could stand for."""
    pronouns = set(_data()["pronouns"])
    for m in terms.words(flat):
        is_there = m.group() == "there" and _THERE_IS.search(flat[: m.start()])
        if m.group() in pronouns and not is_there and not _is_expletive(flat, m.start()):
            before = flat[: m.start()]
            if not terms.find(before):
                return True
            return len(terms.find(flat)) <= 4 and not _stands_for(m.group(), before)
    return False


_THERE_IS = re.compile(r"how (?:many|much) .+\b(?:is|are|was|were|be|been) $")
_CLAUSE = re.compile(r"(?:,| (?:if|when|while|because|before|after|since|until|than|as|though)) ?$")
_MANY = frozenset("they them their theirs these those both".split())


def _stands_for(pronoun: str, before: str) -> bool:
    """Whether a thing of the same question is what a pronoun in a later clause stands for: "What
    would imports be if they grew 3%?"."""
    if not _CLAUSE.search(before):
        return False
    nouns = [before[t.start : t.end] for t in terms.find(before)]
    nouns = [noun for noun in nouns if not noun.endswith(("ed", "ing")) and noun.isalpha()]
    is_many = pronoun in _MANY
    return any((noun.endswith("s") and not noun.endswith("ss")) == is_many for noun in nouns)


def _is_expletive(flat: str, at: int) -> bool:
    """ "it" of "was it true that", "that" of "the figure that ...", "this article"."""
    word = re.match(r"\w+", flat[at:])
    rest = flat[at + (word.end() if word else 0) :]
    if re.match(
        r" (?:true|clear|known|likely|possible|take(?! up)|article|text|report|year)\b", rest
    ):
        return True
    if word and word.group() == "it" and (_IMPERSONAL.match(rest) or _JUDGED.search(flat)):
        return True
    return bool(
        word
        and word.group() == "that"
        and len(terms.find(flat[:at])) >= 1
        and not _NO_RELATIVE.match(rest)
        and not flat[:at].endswith("of ")
        and not _AFTER_AUXILIARY.search(flat[:at])
    )


_AFTER_AUXILIARY = re.compile(r"\b(?:is|are|was|were|did|does|do|has|have|had|will|would|can) $")


_NO_RELATIVE = re.compile(r"$|'s\b| (?:is|was|in|to|of|on|over|than|figure|number|sum|amount)\b")
# "Will it rain", "is it hot in May", "was it cheaper to fly than".
_IMPERSONAL = re.compile(r" (?:be )?(?:rain|snow|hail|freeze|hot|cold|warm|sunny|dark|worth)\b")
_JUDGED = re.compile(r"\b(?:is|was) it \w+(?: \w+)? (?:to|that|for) ")


def complete(
    text: str,
    previous: Query,
    told: str = "",
    period: str | None = None,
    owner: str | None = None,
) -> str:
    """The follow-up with what it lacks taken from the previous question.

    told: the answer to that question, where one is known; period: that of what it told
    owner: whom the conversation was about before, where that question names nobody

    >>> complete("And imports?", parse("What were exports in 2024?"))
    'What were imports in 2024?'
    """
    rest = _claimed(_at_that_time(_without_opening(_spelt(text)), previous))
    flat = rest.lower().strip(" ?.!")
    if unit := sequels.unit_only(flat):
        return _in_unit(unit, _bare(previous.text), sequels.rate_of(flat))
    if flat in {"total"} or not flat:
        return previous.text
    if whole := _of_answer(rest, previous, told):
        return whole
    if flat in _data()["whole"]:
        return _reopened(flat, previous)
    if moved := _stepped(rest, previous, period):
        return moved
    return _retold(flat, rest, previous, period) or _filled(flat, rest, previous, told, owner)


def _claimed(rest: str) -> str:
    """ "Is it more than 3%?" of "More than 3%, then?": a claim of the amount before."""
    m = _CLAIM.fullmatch(_bare(rest))
    if m is None or len(mentions.numbers(m["claim"])) != 1 or terms.find(_unnumbered(m["claim"])):
        return rest
    return f"Is it {m['claim'][:1].lower()}{m['claim'][1:]}?"


_CLAIM = re.compile(
    r"(?:so |and |but )?(?P<claim>(?:(?:more|less|fewer|higher|lower|larger|smaller|bigger|greater)"
    r" than|above|below|over|under|at least|at most) [^,;:?]+?)(?:,? then|,? right)?",
    re.IGNORECASE,
)


def _unnumbered(text: str) -> str:
    """A text without the amount that it names."""
    for m in sorted(mentions.numbers(text), key=lambda m: -m.start):
        text = f"{text[: m.start]}{text[m.end :]}"
    return text


def _stepped(rest: str, previous: Query, period: str | None) -> str | None:
    """The question before, asked of a step in time from what was told, where it names no time."""
    step = mentions.shift(rest)
    if step is None or period is None or mentions.periods(previous.text):
        return None
    said = rest[step.start : step.end]
    to = None if "last" in said.lower() else mentions.moved(period, said, int(step.value))
    if to is None or _period_alone(rest) is None or mentions.shift(previous.text):
        return None
    return f"{_bare(previous.text)} in {dated.describe(to)}?"


def points_there(text: str) -> bool:
    """Whether a question asks of what is "there": where the last answer was told of."""
    flat = text.lower().strip(" ?.!")
    return flat.endswith(" there") and not _THERE_IS.search(flat.removesuffix("there"))


def spoken(text: str) -> str:
    """A question as it was understood, in words that a person would write.

    >>> spoken("how high is the fee (Oslo)?")
    'About Oslo: how high is the fee?'
    """
    found = _ABOUT.fullmatch(text)
    if found and not mentions.periods(found["about"]):
        return f"About {found['about']}: {found['asked']}?"
    return f"{text[:1].upper()}{text[1:]}"


_ABOUT = re.compile(r"(?P<asked>[^()]+) \((?P<about>[^()]+)\)\?")


def reopens(text: str) -> bool:
    """Whether a follow-up is but another question word: "Why?"."""
    return _without_opening(_spelt(text)).lower().strip(" ?.!") in _data()["whole"]


def asks_why_it_moved(text: str) -> bool:
    """Whether a follow-up asks why what was told moved: "Why the drop?", "why did it fall?"."""
    flat = _without_opening(_spelt(text)).lower().strip(" ?.!")
    did = _WHY_DID_IT.fullmatch(flat)
    verb = lexicon.verbs().get(did["verb"]) if did else None
    return bool(_WHY_CHANGE.fullmatch(flat) or (verb and verb.role == "change"))


_WHY_DID_IT = re.compile(
    r"why (?:did|has|have) (?:it|they|that) (?P<verb>[a-z]+)"
    r"(?: (?:so much|up|down|then|that much))?"
)


def _of_answer(rest: str, previous: Query, told: str) -> str | None:
    """What is asked of the answer before or of its amount, in full."""
    sequel = sequels.read(rest)
    if sequel is None:
        return None
    if sequel.kind == "else":
        return f"What else do the articles say about {antecedents.named(previous)}?"
    if told and sequel.is_aside:
        return sequels.of_claim(sequel.kind, told)
    if what := _OF_THE_TWO.get(sequel.kind):
        return f"{what} {'two' if sequel.n == 2 else 'last'}?"
    form = _WITH_ANOTHER.get(sequel.kind)
    if form and sequel.phrase and not _SAYS_BOTH.search(rest):
        at = rest.lower().replace("’", "'").find(sequel.phrase)
        other = rest[at : at + len(sequel.phrase)]
        return _carried(form.format(that=antecedents.asked(previous), other=other), previous)
    if sequel.kind == "rest":
        return sequels.of_rest(sequels.unitless(previous.text))
    if sequel.kind == "share" and not sequel.phrase:
        return sequels.of_share(sequels.unitless(previous.text)) or _share_of_whole(previous)
    return None


# How it is put in full that several amounts are asked about together.
_OF_THE_TWO = {
    "gap": "What is the difference between the",
    "sum": "What is the sum of the",
    "mean": "What is the average of the",
    "ratio": "What is the ratio of the",
}


# How it is put in full that the amount before is taken together with another.
_WITH_ANOTHER = {
    "plus": "What is the sum of {that} and {other}?",
    "midway": "What is the average of {that} and {other}?",
    "times": "What is the ratio of {that} to {other}?",
    "more": "What is the difference between {that} and {other}?",
}
# "How many more is that than ...?" is whole with "that" put into words.
_SAYS_BOTH = re.compile(r"\bthan\b|\bhow many times\b", re.IGNORECASE)


def _share_of_whole(previous: Query) -> str | None:
    """ "What share of total trade were exports in 2024?", where an identity names the whole."""
    about = _subject(previous)
    named = wholes(about) if not previous.role("P") else ()
    if not named:
        return None
    verb = "were" if about.split(" of ")[0].endswith("s") else "was"
    return _carried(f"What share of {named[0]} {verb} {about}?", previous)


def wholes(part: str) -> tuple[str, ...]:
    """What a measure is a part of by an identity, by its names.

    >>> wholes("exports")[0]
    'total trade'
    """
    stems = terms.stems(part)
    for identity in identities.read():
        named = any(stems == terms.stems(n) for own in identity.parts for n in own.names)
        if named and stems and not any(own.signed for own in identity.parts):
            return identity.whole
    return ()


def _retold(flat: str, rest: str, previous: Query, period: str | None) -> str | None:
    """The question before asked of another time, or what it asked for compared."""
    if whole := _kept_up(rest, previous, period):
        return whole
    if whole := _continued(flat, rest, previous) or _at_another_time(rest, previous):
        return whole
    if _WHEN.fullmatch(flat):
        return _at(flat, previous.text)
    if (much := _WHY_SO_MUCH.fullmatch(flat)) and (body := _asked_body(previous)):
        return _carried(f"Why {body} {much['much']}?", previous)
    asked = antecedents.asked(previous)
    if why := _WHY_CHANGE.fullmatch(flat):
        of = antecedents.timeless(antecedents.grown(asked))
        return _carried(f"Why did {of} {why['way']}?", previous)
    if moved := _MOVED.match(flat):
        return f"{moved['how']} {moved['way']} is {asked}{moved['rest']}?"
    if grown := _GROWTH.fullmatch(_bare(rest)):
        of = antecedents.timeless(antecedents.grown(asked))
        return _carried(f"{grown['how']} of {of}{grown['rest']}?", previous)
    if _CHANGE.match(flat) and not mentions.names(rest):
        return f"{_bare(rest)} ({asked})?"
    if elliptic := _ELLIPTIC.match(_bare(rest)):
        return f"{elliptic['head']} is {asked}{elliptic['rest']}?"
    return None


# "In ten years", "by 2030", and "if they keep that up", "the same growth again".
_AHEAD = re.compile(
    r"\b(?:in (?:another )?[\w-]+ years?(?:['’] time|['’]s time)?|[\w-]+ years? from now"
    r"|(?:in|by|for|to) (?P<year>2\d{3}))\b",
    re.IGNORECASE,
)
_IT = r"(?:this|that|it|they|things|he|she|we|the (?:trend|growth|pace|rate))"
_ALIKE = (
    r"(?:(?:the|that|this|its|their|an?|at|with|by) )*"
    r"(?:(?:same|such|similar|equal|like)(?: (?:a|an))? )?"
    r"(?:pace|speed|growth|rise|increase|gain|jump|percentage|rate)(?: of growth| rate)?"
)
_KEPT_UP = re.compile(
    rf"\b(?:(?:at|with|by) (?:this|that|the same|its|their) "
    r"(?:(?:pace|speed)|(?:growth )?(?:rate|percentage)|growth)\b(?: of growth)?"
    rf"|if {_IT} (?:keeps?|kept|goes|go|went|continues?|continued|carry|carries|carried|stays?"
    r"|stayed)\b(?: (?:it|that|this|up|on|going|growing|rising|falling|so|like|as|before|the same"
    r"|at (?:this|that|the same) (?:pace|rate|speed)))*"
    rf"|{_IT} (?:(?:was|were|is|are) to )?(?:manages?|managed|do|does|did|pulls?|pulled|repeats?"
    r"|repeated|matche?s?|matched|achieves?|achieved|grows?|grew|rises?|rose|gets?|got)\b"
    r"(?: (?:it|that|this|so|off|by|as (?:much|fast|strongly)"
    rf"|(?:the|that) (?:same(?: thing| amount)?|feat)|{_ALIKE}))+"
    r"|(?:another|one more) year (?:like (?:that|this|it|2\d{3})|of (?:that|this|the same))"
    rf"|(?:the )?same(?: again)? {_ALIKE}|{_ALIKE} again"
    r"|(?:project|extrapolate|roll|extend|carry) (?:that|this|it)(?: (?:forward|on|ahead|out)\b)?)",
    re.IGNORECASE,
)
# That it goes on for one year more, where no year is named.
_AGAIN_SO = re.compile(
    r"\b(?:again|once more|one more (?:year|time)|another year|next year|the year after"
    r"|the following year|(?:a|one) (?:year|further year) (?:on|ahead|more|later)"
    r"|repeat(?:s|ed)?)\b",
    re.IGNORECASE,
)
_WOULD_BE = re.compile(
    r"(?:(?:what|where|how (?:much|many|large|big|high)|would|will|could|does|do|that|it|they|this"
    r"|those|these|them|be|we|us|stand|have|get|then|come to|mean|leave|leaves|bring|brings|take"
    r"|put|give|gives|make|end up|land|to|at|for|by|if|suppose|supposing|say|assume|assuming|and"
    r"|so|in|the|with|come|reach|now|yet)\b\W*)*",
    re.IGNORECASE,
)


def _kept_up(rest: str, previous: Query, period: str | None) -> str | None:
    """ "And in ten years, if they keep that up?", "the same growth again?": what was asked for,
    grown on as it grew; by one year where no time is named.

    period: that of what was told
    """
    ahead, kept = _AHEAD.search(rest), _KEPT_UP.search(rest)
    if kept is None or not (ahead or _AGAIN_SO.search(rest)):
        return None
    for said in (_KEPT_UP, _AHEAD, _AGAIN_SO):
        rest = said.sub(" ", rest)
    if not _WOULD_BE.fullmatch(re.sub(r"[ ,?.!]+", " ", rest).strip()):
        return None
    if before := _PROJECTED.fullmatch(previous.text):
        year = ahead["year"] if ahead and ahead["year"] else str(int(before["year"]) + 1)
        return f"{before['head']}{year}{before['tail']}"
    return _projected(previous, ahead, period)


# What a projection before was made whole as.
_PROJECTED = re.compile(
    r"(?P<head>What would .+ be in )(?P<year>2\d{3})(?P<tail> if growth went on .+)"
)


def _projected(previous: Query, ahead: re.Match[str] | None, period: str | None) -> str | None:
    """The question for what was asked for, at a time to come, else a year on."""
    of = antecedents.timeless(antecedents.grown(antecedents.asked(previous)))
    found = mentions.periods(previous.text)
    now = _undated(previous.text, found) if found else period or ""
    is_year = re.fullmatch(r"\d{4}", now) is not None
    if ahead is None and not is_year:
        return None
    when = ahead.group() if ahead else f"in {int(now) + 1}"
    when = re.sub(r"^(?:to|for) ", "in ", when, flags=re.IGNORECASE)
    if not found and not is_year:
        return f"What would {of} be {when} at this pace?"
    return f"What would {of} be {when} if growth went on at the pace of {now}?"


def _undated(text: str, found: Sequence[mentions.Mention]) -> str:
    """The last time that a text names, without what leads to it: "2024" of "in 2024"."""
    said = text[found[-1].start : found[-1].end]
    return re.sub(r"^(?:in|of|for|during|by|on|since) ", "", said)


def _filled(flat: str, rest: str, previous: Query, told: str = "", owner: str | None = None) -> str:
    """The follow-up with its pronoun put into words, or put into the question before."""
    if whole := _of_another(flat, rest, previous):
        return whole
    rest = _ASKED_AGAIN.sub("", rest)
    flat = rest.lower().strip(" ?.!")
    if (alike := _ONES.match(flat)) and terms.find(alike["which"]) and _is_phrase(rest):
        if kind := _of_other_kind(rest.strip(" ?.!")[: alike.end("which")], previous):
            return kind
        return _exchanging(rest.strip(" ?.!")[: alike.end("which")], previous)
    if _has_pronoun(flat):
        whole = _pronouns_filled(rest, previous, told, owner)
        return whole if antecedents.answered(previous, told) else _in_context(whole, previous)
    if _is_phrase(rest):
        return _exchanging(rest.strip(" ?.!"), previous)
    return _in_context(_carried(rest, previous), previous)


# "And the imports, what do those come to?"
_ASKED_AGAIN = re.compile(
    r", (?:what|how (?:much|many|large|big|high))(?:['’]s)?(?: (?:is|are|was|were|do|did|does))?"
    r" (?:it|they|that|those|these)(?: (?:come|came|amount|amounted|add up|added up) to| be)?"
    r"[?. ]*$",
    re.IGNORECASE,
)
_THAT_OF = re.compile(r"(?:that|those) (?:of|for|in) (?P<what>.+)", re.IGNORECASE)
_OF = re.compile(
    r"\bof (?!which\b|what\b|the total\b)(?P<what>[^,;:?]+?)"
    r"(?= (?:in|for|during|from|of|to|on|at|by|with|did|does|do|was|were|is|are|have|has)\b"
    r"|[,?]|$)",
    re.IGNORECASE,
)
_OWN = re.compile(r"\b(?P<what>[A-Z][\w-]*(?: [A-Z][\w-]*){0,3})['’]s? ")


def _of_another(flat: str, rest: str, previous: Query) -> str | None:
    """ "And that of barley?": the question before, of another thing than it was asked of."""
    that = _THAT_OF.fullmatch(_bare(rest))
    if that is None or mentions.periods(rest):
        return None
    what, text = that["what"], previous.text
    told = list(_OF.finditer(text))
    named = [m for m in told if _is_name(m["what"])] if _is_name(what) else []
    if _is_name(what) and not named and (owner := _OWN.search(text)):
        return f"{text[: owner.start()]}{what}'s {text[owner.end() :]}"
    if _is_name(what) and not named and (does := _name_that_does(previous)):
        return _exchanged(does, what, text)
    found = (named or told)[:1]
    if not found or (_is_name(what) and not named):
        return None
    return f"{text[: found[0].start('what')]}{what}{text[found[0].end('what') :]}"


def _name_that_does(previous: Query) -> str | None:
    """ "China" of "How much did China export?"."""
    named = [name for name in previous.entities if antecedents.is_subject(name, previous.text)]
    return named[0] if len(named) == 1 else None


def _exchanging(phrase: str, previous: Query) -> str:
    """The question before with a phrase of this one in its place, still about the same thing."""
    whole = _with_phrase(phrase, previous)
    if _SOURCE.match(phrase):
        return whole
    old = _counterpart(_PREPOSITION.sub("", phrase), previous) or ""
    return _in_context(whole, previous, re.sub(r"^the ", "", old))


# "Up how much on the year?", "by how much up?"
_MOVED = re.compile(
    r"(?:so )?(?P<way>up|down) (?:by )?(?P<how>how (?:much|many)(?: points| percent)?"
    r"|what percent(?:age)?)"
    r"(?P<rest>.*)$"
)
# "Why the drop?"
_WHY_CHANGE = re.compile(
    r"(?:so )?why (?:the|that|this|such an?) (?:[a-z]+ )?"
    r"(?P<way>drop|fall|rise|jump|increase|decrease|decline|surge|slump|change|gain|loss)"
)
# "Why so much more?"
_WHY_SO_MUCH = re.compile(
    r"(?:so |but )?(?:why|how come) (?P<much>(?:(?:so|that) (?:much|many) ?|so )?"
    r"(?:more|less|fewer|higher|lower|dearer|cheaper|bigger|smaller|larger|much|many|few|little"
    r"|high|low|big|small|late))"
)


def _against(rest: str, previous: Query) -> str | None:
    """ "How much faster did exports grow than imports?" after "By how much did imports grow?"."""
    other = antecedents.doer(previous.text) or _subject(previous)
    if not other or terms.stems_of(other) & terms.stems_of(rest):
        return None
    other = antecedents.timeless(other)
    the = "the " if f" the {other} ".lower() in f"{_bare(previous.text)} ".lower() else ""
    return _carried(f"{_bare(rest)} than {the}{other}?", previous)


def _asked_body(previous: Query) -> str | None:
    """What a question asks of its subject: "did glass cost" of "What did glass cost?"."""
    body = _WH.sub("", _bare(previous.text)).strip()
    return (
        body if _AUXILIARY.match(body) and not re.match(r"how many", previous.text, re.I) else None
    )


# "Percent change on the year?", "growth in %": of what was asked about.
_CHANGE = re.compile(
    r"(?:in )?(?:%|percent(?:age)?|per cent|growth|change|a rise|rise|increase|gap|difference)"
    r"(?: (?:change|growth|rise|fall|increase|up|down|more|less|in|on|against|from|to|of)\b.*)?$"
)


# "Growth on the year?", "the annual growth rate": how what was asked about moved.
_GROWTH = re.compile(
    r"(?P<how>(?:the )?(?:(?:percent(?:age)?|annual|yearly|year-on-year|yoy) )?"
    r"(?:growth|change|rise|increase)(?: rate)?)"
    r"(?P<rest>(?: (?:on|over|in|from|since) (?:the )?(?:\w+ )?(?:year|quarter|month|percent|%)"
    r"(?: (?:before|earlier))?)?)",
    re.IGNORECASE,
)


def _at(time: str, text: str) -> str:
    """A question asked of another time that has no date: "today", "last time", "in winter"."""
    found = mentions.periods(text)
    if len(found) == 1 and time == "before that" and (step := _step_of(found[0].value)):
        return _with_period(f"the {step} before", text)
    if found and _TIME.fullmatch(time):
        last = found[-1]
        before = re.sub(r"\b(?:in|for|during|at)\s*$", "", text[: found[0].start])
        text = f"{before.rstrip()} {text[last.end :].lstrip()}"
    return f"{_bare(text)} {time}?"


def _step_of(period: str) -> str | None:
    """How long a period is: "year" of "2024"."""
    return next((unit for unit, form in _STEPS.items() if form.fullmatch(period)), None)


def _in_context(text: str, previous: Query, put_out: str | None = None) -> str:
    """A question that names nothing, with what the one before was about: "Who died (Oslo)?".

    put_out: what of the question before has given way to a phrase of this one
    """
    about, n_terms = antecedents.thing(previous), len(terms.find(text))
    if mentions.names(text) or n_terms > _MOST_TERMS:
        return text
    if put_out is not None and about in {None, put_out}:
        return text
    if about is None and n_terms <= _FEW_TERMS:
        about = _subject(previous)
        about = None if terms.stems_of(about) & terms.stems_of(text) else about
    return f"{_bare(text)} ({about})?" if about and not _holds(text, about) else text


# A follow-up of more terms says itself what it is about.
_MOST_TERMS = 4


def _holds(text: str, phrase: str) -> bool:
    return set(terms.stems(phrase)) <= set(terms.stems(text))


_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
# A month whose year is not told.
_MONTH = re.compile(
    r"\b(?:in|than|of|by|since|for|until|to|from) (?:January|February|March|April|May|June"
    r"|July|August|September|October|November|December)\b(?! \d| of\b|['’]s)",
    re.IGNORECASE,
)


_THAT_TIME = re.compile(
    r" (?:in|at|during|for|over) that (?:same )?(?:quarter|year|month|season|period|time|half)\b",
    re.IGNORECASE,
)
_SAME_TIME = re.compile(
    r"\b(?:in |for )?(?:the )?same "
    r"(?:quarter|month|season|period|half|time|three months|six months) (?:(?:of|in) )?"
    r"(?:the (?:previous|prior|preceding) year|(?:the|a) year (?:before|earlier)"
    r"|last year)\b",
    re.IGNORECASE,
)


def _at_that_time(text: str, previous: Query) -> str:
    """The follow-up without "in that quarter", and "the same month of last year" a year earlier."""
    if mentions.periods(previous.text):
        text = _SAME_TIME.sub("a year earlier", _THAT_TIME.sub("", text))
    return _of_its_year(text, previous)


def _of_its_year(text: str, previous: Query) -> str:
    """The follow-up with the year of the question before at a month without one."""
    years = previous.years
    if len(years) != 1 or _YEAR.search(text):
        return text
    return _MONTH.sub(lambda m: f"{m.group()} {next(iter(years))}", text)


# "The smaller ones": of what was asked about.
_ONES = re.compile(r"(?P<which>.+) ones?$")


def _of_other_kind(which: str, previous: Query) -> str | None:
    """ "What does a diesel van cost?" of "And a diesel one?" after "What does a petrol van cost?":
    one thing of which the question says the kind, or of which it says none."""
    led = re.match(r"an? (?=\w)", which)
    found = [m for m in _A_THING.finditer(previous.text) if not units.parse(m["noun"])]
    if led is None or len(found) != 1:
        return None
    m = found[0]
    does = antecedents.doer(previous.text)
    words = m["thing"].split()
    if does and does.startswith(words[0]):
        words = does.split()
    end = m.start("thing") + len(" ".join(words))
    return f"{previous.text[: m.start()]}{which} {words[-1]}{previous.text[end:]}"


_A_THING = re.compile(r"\ban? (?P<thing>(?:[a-z-]+ )?(?P<noun>[a-z-]+))\b")


def _continued(flat: str, rest: str, previous: Query) -> str | None:
    """The question before with this put behind it, or this with what is counted there."""
    if _one_sided(rest) and (whole := _against(rest, previous)):
        return whole
    if per := _PER.fullmatch(flat):
        return f"{_bare(previous.text)} per {per['one']}?"
    if again := _AGAIN.match(flat):
        return f"{_bare(previous.text)} {again['rest']}?"
    if _FRAGMENT.match(flat):
        before = sequels.unitless(previous.text) if flat.startswith("as a") else previous.text
        return f"{_bare(before)} {flat}?"
    counted = _COUNTED.search(previous.text.lower()) if _uncounted(flat) else None
    return _UNCOUNTED.sub(f"How many {counted[1]} ", _bare(rest)) + "?" if counted else None


def _at_another_time(rest: str, previous: Query) -> str | None:
    """The question before asked of another period, where no more than that is told."""
    period = _period_alone(rest)
    return _with_period(period, previous.text) if period else None


def _period_alone(rest: str) -> str | None:
    """The period or step in time that is all that a question names."""
    if _COMPARING.search(rest.lower()):
        return None
    step = mentions.shift(rest)
    if step and not terms.find(rest[: step.start] + rest[step.end :]):
        return rest[step.start : step.end].strip()
    found = mentions.periods(rest)
    if found and not terms.find(rest[: found[0].start] + rest[found[-1].end :]):
        return rest[found[0].start : found[-1].end]
    return None


# "So how much per seat?"
_PER = re.compile(
    r"(?:so |and )?(?:how much|what) (?:(?:is|was|does|would) (?:that|it|this) "
    r"(?:(?:come|work|amount)(?: out)?(?: to| at)? |make |be )?)?(?:per|for each) (?P<one>[a-z]+)"
    r"(?: (?:is|was) (?:that|it))?"
)


def per_one(text: str) -> str | None:
    """What a follow-up asks an amount for one of: "seat" of "How much per seat?"."""
    m = _PER.fullmatch(_without_opening(_spelt(text)).lower().strip(" ?.!"))
    return m["one"] if m else None


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
    r"(?:more|less|fewer|up|down|higher|lower|larger|smaller)\b"
)


def _without_opening(text: str) -> str:
    rest = _CORRECTION.sub("", text.strip(), count=1)
    while True:
        flat = rest.lower()
        opening = next((o for o in _data()["openings"] if flat.startswith(o)), None)
        if opening is None:
            return re.sub(r"^(?:thanks|thank you|ok|okay|great)[ ,.!]+", "", rest, flags=re.I)
        rest = rest[len(opening) :].strip(" ,")


# "How many cents more", "By how much did it rise": what may be told in percent as well.
_BY_HOW_MUCH = re.compile(
    r"\b(?:by )?how (?:much|many)(?: (?!more|less|fewer)[a-z]+)?"
    r"(?= (?:more|less|fewer|higher|lower|dearer|cheaper|longer|shorter|larger|smaller)\b)",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\b(?:value|worth)(?= of\b)", re.IGNORECASE)


def _in_unit(unit: str, question: str, rate: str = "") -> str:
    """The question with another unit: "How many cents more" in percent is "How many percent more",
    and the value of a thing in tonnes its volume; rate: whose exchange rate it is told at."""
    canonical = units.parse(unit) or unit
    if units.is_percent(canonical) and _BY_HOW_MUCH.search(question):
        return f"{_BY_HOW_MUCH.sub('By how many percent', question, count=1)}?"
    if not units.is_money(canonical) and not units.is_percent(canonical):
        question = _VALUE.sub("volume", question)
    at = f", at the exchange rate implied by {rate}" if rate else ""
    return f"{sequels.unitless(question)} in {unit}{at}?"


def _bare(text: str) -> str:
    return text.strip().rstrip("?!. ")


_AUXILIARY = re.compile(r"^(?:is|are|was|were|did|does|do|has|have|had) ", re.IGNORECASE)


def _reopened(flat: str, previous: Query) -> str:
    """ "Why?" after "How much did exports grow?" is "Why did exports grow?"."""
    opening = re.sub(r"^and ", "", flat)
    if opening.startswith("why") and previous.text.lower().startswith("why "):
        return previous.text
    body = _WH.sub("", _HOW_SO.sub("", _bare(previous.text))).strip()
    opening = _data()["means"].get(opening, opening)
    if opening.startswith("who "):
        body = _AUXILIARY.sub("", body)
    opening = re.sub(r" (?:so|is that|was that)$", "", opening)
    if opening == "why" and (level := _LEVEL.match(body)):
        return _carried(f"Why did {antecedents.timeless(level['of'])} come to that?", previous)
    return f"{opening[:1].upper()}{opening[1:]} {body}?"


# "How tall is the tower?": how something is, of which another thing is asked.
_HOW_SO = re.compile(
    r"^how (?!much\b|many\b)[a-z]+ (?=(?:is|are|was|were|did|does|do|has|have|had) )", re.IGNORECASE
)
# "What were exports?": a level, of which it is asked why it is so much.
_LEVEL = re.compile(r"(?:is|are|was|were) (?!there\b)(?P<of>.+)", re.IGNORECASE)
# "Today" and "this season" of a question that is asked of another time.
_NOW = re.compile(r" (?:today|now|currently|at present|this (?:season|year|month|quarter))\b", re.I)


def _with_period(period: str, question: str) -> str:
    """The question with its period put out by this one, or with this one added."""
    text = _NOW.sub("", _bare(question))
    found = mentions.periods(text)
    if not found:
        joint = "" if re.match(r"(?:in|for|during|a|the|one|last|next|this) ", period) else "in "
        return f"{text} {joint}{period}?"
    last = found[-1]
    before, after = text[: found[0].start], re.sub(r"^/\d\d\b", "", text[last.end :])
    period = mentions.same_as(period, last.value) or period
    if mentions.shift(period) and not period.startswith(("in ", "for ")):
        anchor = text[found[0].start : last.end]
        if to := _step_off(period, anchor, last.value):
            return f"{before}{to}{after}?"
        before = re.sub(r"\b(?:in|for|during)\s*$", "", before)
        return f"{before.rstrip()} {period} ({anchor}){after}?"
    period = re.sub(r"^(?:in|for|during) ", "", period)
    said = text[found[0].start : found[0].end].lower()
    if said.startswith("the ") and re.match(r" [a-z]+", after) and not period.startswith("the "):
        period = f"the {period}"
    return f"{before}{period}{after}?"


def _step_off(step: str, anchor: str, value: str) -> str | None:
    """ "2023" for "the year before" a plain "2024", "October 2024" for "the month after that"."""
    plain = re.fullmatch(r"(?:the )?(\d{4})", anchor)
    moved = mentions.shift(step)
    if moved is None:
        return None
    if plain and "year" in step:
        return str(int(plain[1]) + int(moved.value))
    is_alike = any(unit in step and form.fullmatch(value) for unit, form in _STEPS.items())
    to = mentions.moved(value, step, int(moved.value)) if is_alike and "last" not in step else None
    return dated.describe(to) if to else None


# What a period looks like that a step of its own length leads away from.
_STEPS = {
    "month": re.compile(r"\d{4}-\d\d"),
    "quarter": re.compile(r"\d{4}-Q\d"),
    "half": re.compile(r"\d{4}-H\d"),
    "year": re.compile(r"\d{4}"),
}


def _subject(previous: Query) -> str:
    """What the previous question was about, as a phrase."""
    if previous.subquestions:
        return _subject(previous.subquestions[-1])
    if part := antecedents.part(previous):
        return part
    if does := antecedents.doer(previous.text):
        return does
    parts = [*previous.measures[:1]] or [*previous.entities[:1]]
    return _without_verb(parts[0]) if parts else _WH.sub("", _bare(previous.text)).strip()


def _without_verb(phrase: str) -> str:
    """ "services exports" of "services exports earn"."""
    before, _, last = phrase.rpartition(" ")
    return before if before and last.lower() in lexicon.sure() else phrase


def _pronouns_filled(text: str, previous: Query, told: str, owner: str | None) -> str:
    name = antecedents.answered(previous, told)
    whole = antecedents.filled(text, previous, _subject(previous), name, owner)
    return _carried(whole, previous)


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
        before = re.sub(r"\b(?:back )?(?:in|for|during|by|at)?\s*$", "", phrase[: found[0].start])
        rest = f"{before.strip()} {phrase[found[-1].end :].strip()}".strip()
        return _with_period(period, _with_phrase(rest, previous) if rest else previous.text)
    if ranked := superlatives.exchanged(phrase, previous.text):
        return ranked
    if whole := _owned(phrase, previous):
        return whole
    text = previous.text
    if _SOURCE.match(phrase):
        return f"{_BY_SOURCE.sub('', _bare(text))} {phrase}?"
    whole = _in_its_place(phrase, _bare(text)) or _place_for_place(phrase, _bare(text))
    whole = whole or _with_circumstance(phrase, _bare(text))
    if whole or (_PREPOSITION.match(phrase) and not _is_name(_PREPOSITION.sub("", phrase))):
        return whole or f"{_bare(text)} {phrase}?"
    phrase = _PREPOSITION.sub("", phrase)
    old = _counterpart(phrase, previous)
    if old and old.lower() in text.lower():
        return _exchanged(old, _as_a_verb(phrase, old, text), text)
    return f"{_bare(text)} {phrase}?"


_OWNED = re.compile(
    r"(?:the )?(?P<who>[A-Z][\w&-]*(?: [A-Z][\w&-]*)*)['’]s? (?P<what>[a-z][\w -]+)"
)


def _owned(phrase: str, previous: Query) -> str | None:
    """An amount of another owner: "What about Orbis's revenue?" puts out "Telvia's profit", and
    stands alone where the question before asked of no such thing."""
    m = _OWNED.fullmatch(phrase)
    if m is None or not _is_amount(m["what"]):
        return None
    if owner := _OWN.search(previous.text):
        after = [owner.end() + w.end() for w in terms.words(previous.text[owner.end() :])[:3]]
        ends = next((at for at in after if _is_amount(previous.text[owner.end() : at])), None)
        return f"{previous.text[: owner.start()]}{phrase}{previous.text[ends:]}" if ends else None
    verb = "were" if m["what"].endswith("s") and not m["what"].endswith("ss") else "was"
    return _carried(f"What {verb} {phrase}?", previous)


def _is_amount(noun: str) -> bool:
    """Whether a noun phrase ends with a word for an amount: "net revenue"."""
    listed = terms.table("questions")["quantities"].values()
    return noun.split()[-1] in {word for words in listed for word in words.split()}


# "According to the company": told by another.
_COUNT = (
    r"by (?:the )?[\w ]+['’]s? (?:own )?"
    r"(?:count|reckoning|figures?|estimate|tally|account|index|survey)"
)
_SOURCE = re.compile(rf"according to |{_COUNT}$", re.IGNORECASE)
_BY_SOURCE = re.compile(rf",? (?:according to [^,]+|{_COUNT})$", re.IGNORECASE)


def _exchanged(old: str, phrase: str, text: str) -> str:
    """A question with one of its phrases put out by another."""
    start = text.lower().rindex(old.lower())
    after = text[start + len(old) :]
    if re.search(r"['’]s? $", text[:start]):
        phrase = re.sub(r"^(?:the|an?) ", "", phrase, flags=re.IGNORECASE)
    if re.match(r"(?:the|an?) ", phrase, re.IGNORECASE):
        led = re.search(r"(?:\b(?:the|an?) )?$", text[:start], re.IGNORECASE)
        start = led.start() if led else start
    elif old[:1].isupper() and phrase[:1].isupper() and text[:start].lower().endswith(" the "):
        start -= len("the ")
    if re.search(r"['’]s?$", phrase):
        after = re.sub(r"^['’]s?\b", "", after)
    return text[:start] + phrase + after


_PREPOSITION = re.compile(
    r"^(?P<led>for|in|of|from|with|to|at|among|on|inside|outside|within|between) ", re.IGNORECASE
)
# "And today?", "two years back?": the same at another time, or as to a part of it.
_TIME = re.compile(
    r"today|now|nowadays|currently|originally|previously|initially|later|before|before that"
    r"|last time|next time|at first|at present"
    r"|(?:the )?(?:\w+ ){0,2}(?:year|month|season|week|day)s? (?:back|on|later|before that)"
    r"|(?:a|one|two) decades? (?:ago|back|earlier)"
    r"|(?:the )?(?:two|three|four|five|six|seven|eight|nine|ten|\d+) (?:year|month|week|day)s? "
    r"(?:before|earlier|ago|prior)"
    r"|(?:in (?:the )?)?(?:spring|summer|autumn|winter)"
)
_WHEN = re.compile(rf"(?:{_TIME.pattern}|overall|alone|online|together)")


def _in_its_place(phrase: str, text: str) -> str | None:
    """The question with what stands after the same preposition put out by this: "in the labs" goes
    in the place of "in Spain"."""
    led = _PREPOSITION.match(phrase)
    if led is None:
        return None
    if _leads_elsewhere(led["led"].lower(), text):
        return f"{text} {phrase}?"
    if placed := _place_for_place(phrase[led.end() :], text):
        return placed
    same = "in|on|at" if led["led"].lower() in {"in", "on", "at"} else led["led"]
    told = [
        m
        for m in re.finditer(rf"\b(?:{same}) (?!which\b|what\b)[^,;:]+?{_UP_TO}", text, re.I)
        if m.start() and not mentions.periods(m.group())
    ]
    return f"{text[: told[-1].start()]}{phrase}{text[told[-1].end() :]}?" if told else None


# What stands after one of these is no place of the kind that stands after the other.
_ELSEWHERE = {"from": "to|in|at|within", "to": "from|of"}


def _leads_elsewhere(led: str, text: str) -> bool:
    """Whether the one place of a question is where something goes, and this where it comes from:
    "from Germany" after "How many visitors came to Spain?"."""
    told = [m for m in mentions.names(text) if _is_place(m.value)]
    others = _ELSEWHERE.get(led)
    if len(told) != 1 or others is None:
        return False
    return bool(re.search(rf"\b(?:{others}) (?:the )?$", text[: told[0].start], re.IGNORECASE))


def _place_for_place(name: str, text: str) -> str | None:
    """The question with a country or people that it names put out by another one."""
    told = [m for m in mentions.names(text) if _is_place(m.value)] if _is_place(name) else []
    if len(told) != 1:
        return None
    start = told[0].start
    if re.match(r"the ", name, re.IGNORECASE) and text[:start].lower().endswith(" the "):
        start -= len("the ")
    return f"{text[:start]}{name}{text[told[0].end :]}?"


def _is_place(name: str) -> bool:
    bare = re.sub(r"^(?:the) ", "", name, flags=re.IGNORECASE).lower()
    return bare in _lands() or bare in _CONTINENTS


_CONTINENTS = frozenset(
    ["europe", "asia", "africa", "america", "north america", "south america", "latin america",
     "oceania", "australia", "the middle east", "middle east"]
)  # fmt: skip
_UP_TO = r"(?= (?:in|for|during|from|of|to|on|at|by|with|come|get|have|cost|make|be)\b|$)"


def _is_name(phrase: str) -> bool:
    bare = re.sub(r"^(?:the|an?) ", "", phrase, flags=re.IGNORECASE)
    return bare[:1].isupper() or bare.lower() in _lands()


@lru_cache(maxsize=1)
def _lands() -> frozenset[str]:
    """Countries and peoples as they are typed: "the uk", "germans"."""
    groups = terms.table("names")["peoples"]
    return frozenset(name.lower() for group in groups for name in group)


# "On paper", "by weight", "if I stay at home": how or on what terms, and no other thing.
_CIRCUMSTANCE = re.compile(
    r"(?P<how>by|on|round|around|under|over|without|via|through|after|before|if|when|excluding"
    r"|including|against|per|leaving (?:aside|out)|not counting|apart from|besides) (?P<rest>.+)",
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
    """What of the previous question the phrase replaces: a name a name, else the measure.

    "The keeper" is one who does something, like the name after "did".
    """
    last = previous.subquestions[-1] if previous.subquestions else previous
    if part := _part_or_counted(phrase, last):
        return part
    named = [name for name in last.entities if antecedents.is_subject(name, last.text)]
    if named and (_is_name(phrase) or phrase.lower().startswith("the ")):
        return named[0] if _is_name(phrase) else _with_noun(named[0], last.text)
    if _is_name(phrase) and last.entities:
        return last.entities[-1]
    nouns = [m for m in last.measures if not _HOW.search(last.text[: last.text.find(m)])]
    nouns = [m for noun in nouns if (m := _without_money(noun))]
    if not nouns:
        return last.entities[0] if last.entities else None
    return _of_one_kind(phrase, nouns) or _unnamed(nouns, last)


_COUNTED_OF = re.compile(
    r"\bhow many (?P<noun>(?:[a-z-]+ ){0,2}?[a-z-]+) (?:did|does|do|has|have|had|will) ",
    re.IGNORECASE,
)


_HOW_MUCH_DID = re.compile(r"\bhow much (?:did|does|do|has|have|had|will) ", re.IGNORECASE)


def _part_or_counted(phrase: str, last: Query) -> str | None:
    """What a phrase that is no name puts out: a part of a whole, or what somebody has many of."""
    part = sequels.part_of(last.text) or last.role("P")
    if part and _is_name(phrase) == _is_name(part):
        return part
    if done := _done(phrase, last.text):
        return done
    if _is_name(phrase) or phrase.lower().startswith("the "):
        return None
    counted = _COUNTED_OF.search(last.text)
    if counted is None:
        return _opposite(phrase, last.text) if _HOW_MUCH_DID.search(last.text) else None
    return _without_money(counted["noun"]) or _opposite(phrase, last.text)


_IS_DONE = re.compile(
    r"\b(?:was|were|is|are|been|be|got) (?P<done>[a-z]+)(?= (?:in|at|by|on|during|for|from)\b|\W*$)"
)


def _done(phrase: str, text: str) -> str | None:
    """What was done to somebody, that a phrase is another of: "hurt" of "How many were hurt?"."""
    found = _IS_DONE.search(text)
    return found["done"] if found and _is_done(phrase) and _is_done(found["done"]) else None


def _is_done(word: str) -> bool:
    return bool(_PARTICIPLE.fullmatch(word.lower()))


_PARTICIPLE = re.compile(
    r"[a-z]+(?:ed|wn)|hurt|lost|found|left|born|sold|built|made|held|won|sent|spent|taken|given"
    r"|written|driven|stolen|hired|sunk|cut"
)


def _opposite(phrase: str, text: str) -> str | None:
    """The word of a question whose opposite a phrase is: "export" of "did Chile export", for
    "imports"."""
    stems = terms.stems_of(phrase)
    for sides in terms.table("linking")["opposed"]:
        told = [terms.stems_of(side) for side in sides]
        for own, other in (told, told[::-1]):
            if stems & own:
                words = (w.group() for w in terms.words(text) if terms.stems_of(w.group()) & other)
                return next(words, None)
    return None


def _as_a_verb(phrase: str, old: str, text: str) -> str:
    """ "import" for "imports" in the place of the verb of "did Chile export"."""
    does = rf"\b(?:did|does|do|will|has|have|had) [^,;?]*\b{re.escape(old)}\b"
    if old != _opposite(phrase, text) or " " in phrase or not re.search(does, text, re.IGNORECASE):
        return phrase
    plain = phrase if old.endswith("s") else phrase.removesuffix("s")
    return f"{plain}ed" if old.endswith("ed") and not plain.endswith("ed") else plain


def _without_money(noun: str) -> str:
    """ "exports" of "yuan of exports"; nothing of "yuan"."""
    money, _, rest = noun.partition(" of ")
    return rest if units.is_money(units.parse(money) or "") else noun


def _with_noun(name: str, text: str) -> str:
    """ "Portuguese budget" of "What does the Portuguese budget assume"."""
    m = re.search(rf"{re.escape(name)} (?P<noun>[a-z-]+)(?= [a-z])", text)
    return m.group() if m and m["noun"] not in lexicon.verbs() else name


def _of_one_kind(phrase: str, nouns: Sequence[str]) -> str | None:
    """ "domestic routes" for "European routes": what has the same last word."""
    head = terms.stems(phrase)[-1:]
    return next((noun for noun in nouns if head and terms.stems(noun)[-1:] == head), None)


def _unnamed(nouns: Sequence[str], last: Query) -> str:
    """The noun phrase that names nothing, or of the first what it does not name: "gold" of
    "Ivorian gold"."""
    plain = [n for n in nouns if not any(name in n for name in last.entities)]
    plain = [n for n in plain if not n[:1].isupper()] or plain
    if plain:
        noun = plain[-1] if len(nouns) < len(last.measures) else plain[0]
        return _without_its_verb(noun, last.text)
    noun = _without_its_verb(nouns[0], last.text)
    led = next(
        (m for n in last.entities if (m := re.match(rf"{re.escape(n)}(?:['’]s?)? ", noun))), None
    )
    return noun[led.end() :] if led else noun


def _without_its_verb(phrase: str, text: str) -> str:
    """ "fertilisers" of "What do fertilisers cost": what is asked about without what it does."""
    aux, rest = r"\b(?:did|does|do|will|would|can|could)(?: the)?", r"(?!\w)(?: (?P<next>[a-z]+))?"
    does = re.search(rf"{aux} {re.escape(phrase)}{rest}", text, re.IGNORECASE)
    after = (does["next"] or "").lower() if does else ""
    if after in lexicon.verbs() and not after.endswith("ing"):
        return phrase
    words = phrase.split()
    verbs = lexicon.verbs() if does else lexicon.sure()
    found = [i for i, word in enumerate(words) if i and word.lower() in verbs]
    if does:
        found = [i for i in found if not re.search(r"[^s]s$", words[i])]
    at = found[-1] if found else len(words)
    is_cut = at == len(words) - 1 or (does and at < len(words))
    if not is_cut and words[-1].endswith("ed") and re.search(r"\b(?:was|were|is|are)\b", text):
        return " ".join(words[:-1]) or phrase
    return " ".join(words[:at]) if is_cut else phrase


# "How effective is it against fever": what follows "how" is asked about no other thing.
_HOW = re.compile(r"^how $", re.IGNORECASE)


_SINCE_THEN = re.compile(r"\b(?:now|today|nowadays|currently|so far|by then)\b", re.IGNORECASE)
_OF_NO_TIME = re.compile(r"(?:who|whose|where)\b", re.IGNORECASE)


def _carried(text: str, previous: Query) -> str:
    """The question with the previous one's period, where it names none of its own."""
    is_told = previous.form in {"figure", "yesno"} and not _OF_NO_TIME.match(text)
    is_dated = mentions.periods(text) or mentions.shift(text) or _SINCE_THEN.search(text)
    if is_dated or not is_told:
        return text
    found = mentions.periods(previous.text)
    if not found:
        return text
    period = previous.text[found[0].start : found[0].end]
    period = re.sub(r"^(?:in |of |for |during |by |on |since )?(?:the )?(?=\d)", "", period)
    period = re.sub(r"^(?:in|of|for|during|by|on|since) ", "", period)
    return f"{_bare(text)} in {period}?"
