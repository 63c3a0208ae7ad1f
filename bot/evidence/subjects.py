"""Subjects: what a figure or result is called in a sentence, as far as that is sure.

A measure, an owner or a period that was only guessed from around a figure makes a sentence that
nobody would write ("Tuesday's net income"), so each is said only where the article says it of
the figure itself or the question speaks of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.evidence import linking
from bot.language import terms
from bot.nodes import Node
from bot.questions import Query
from ingest import Figure, periods
from ingest.figures import names_measure

MAX_WORDS = 5
# Things that are called together by all their names.
MAX_JOINED = 4
# Longer words in capitals are no initials.
MAX_INITIALS = 4
_PLURAL = re.compile(r"(?:[^su]s|people|children|data|media|men|women|police|staff)$")
_SINGULAR = re.compile(r"(?:ss|us|is|news|gas|series|sales tax)$")
_HEAD_END = re.compile(r" (?:of|in|from|to|for|by|at|on|with|per|among|between|a|an|than|after) ")
_PARTICIPLE = re.compile(
    r"(.+) ([a-z]+ed|sold|built|made|lost|won|paid|sent|bought|born|held|spent)"
)
_CLEAN = re.compile(r"[a-z][a-z’'& -]*[a-z]", re.IGNORECASE)
# A name that has lost the apostrophe of its possessive.
_OWNED = re.compile(r"[A-Z][a-z]{2,}s [a-z]")
_PROPER = re.compile(r"[A-Z]\w*[A-Z0-9]")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_TOLD = frozenset(["clause", "header"])


def is_plural(phrase: str) -> bool:
    """Whether a measure takes a plural verb.

    >>> is_plural("copies sold"), is_plural("price of eggs"), is_plural("gross")
    (True, False, False)
    """
    first = _HEAD_END.split(phrase.lower())[0]
    if m := _PARTICIPLE.fullmatch(first):
        first = m[1]
    return bool(_PLURAL.search(first)) and not _SINGULAR.search(first)


def be(phrase: str) -> str:
    return "were" if is_plural(phrase) else "was"


def capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]


def with_article(measure: str) -> str:
    """ "the budget", "revenue", "exports": a singular that can be counted takes one."""
    first = _HEAD_END.split(measure)[0]
    mass = set(terms.table("phrasing")["mass"].split())
    is_bare = is_plural(measure) or (first.split()[-1].lower() in mass and first == measure)
    return measure if is_bare or measure.lower().startswith("the ") else f"the {measure}"


def is_rate(measure: str) -> bool:
    """Whether a measure is told in percent, so that it moves by points."""
    return bool(set(terms.table("phrasing")["rates"].split()) & set(measure.lower().split()))


def possessive(name: str) -> str:
    """ "China's", "Texas'"."""
    return f"{name}{'’' if name.endswith('s') else '’s'}"


def in_period(period: str | None) -> str:
    """ " in 2024", " in the first quarter of 2024", " on March 3, 2024" or ""."""
    if not period:
        return ""
    described = periods.describe(period)
    return f" on {described}" if _DAY.fullmatch(period) else f" in {described}"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a value is of; each None where it is not sure enough to be said.

    is_asked: whether the question speaks of the measure; is_called: whether it is in its words
    """

    measure: str | None = None
    entity: str | None = None
    period: str | None = None
    is_asked: bool = False
    is_called: bool = False

    @property
    def name(self) -> str | None:
        """ "China's exports", "the budget", or None where the measure is not sure."""
        if not self.measure or self.is_called:
            return self.measure
        if not self.entity or self.entity.lower() in self.measure.lower():
            return with_article(self.measure)
        return f"{possessive(self.entity)} {self.measure}"

    @property
    def when(self) -> str:
        return in_period(self.period)


def of_figure(figure: Figure, query: Query) -> Subject:
    """What is sure of a stated figure."""
    return Subject(
        measure=_measure(figure, query),
        entity=_entity(figure, query),
        period=_period(figure, query),
        is_asked=_asks_for(query, figure.measure),
    )


def of_node(node: Node, query: Query) -> Subject:
    """What is sure of a value on the way: of a result, what its parts share; a figure whose own
    measure cannot be said is called as the question calls it."""
    if node.figure:
        found = of_figure(node.figure, query)
        is_asked = found.is_asked or node.called is not None
        return replace(found, is_asked=is_asked) if found.measure else _as_asked(found, node, query)
    parts = [of_node(part, query) for part in node.parts]
    if node.operation == "conversion":
        return parts[0]
    if node.operation in _OF_FIRST and not node.measure:
        return replace(parts[0], period=node.period and _common([p.period for p in parts]))
    if node.operation == "sum" and not node.measure and (names := _all_named(parts)):
        period = _common([p.period for p in parts])
        return Subject(names, None, period, is_asked=True, is_called=True)
    return Subject(
        measure=node.measure or _common([p.measure for p in parts]),
        entity=node.entity or _common([p.entity for p in parts]),
        period=node.period and _common([p.period for p in parts]),
        is_asked=bool(node.measure) and _asks_for(query, node.measure),
    )


# What they are of is what they begin with; a rate is only told of it.
_OF_FIRST = frozenset(["absolute_growth", "before_growth", "projection"])


def as_typed(phrase: str, question: str) -> str:
    """What a question calls something, with its capitals and its article."""
    at = question.lower().find(phrase.lower())
    the = "the " if question[: max(0, at)].lower().endswith("the ") else ""
    typed = f"{the}{question[at : at + len(phrase)]}" if at >= 0 else phrase
    typed = typed.replace("'", "’")
    return lowered(typed) if at == 0 and not question[1:2].isupper() else typed


def _all_named(parts: Sequence[Subject]) -> str | None:
    """ "Travel and exports", where the question speaks of each by another name."""
    names = [part.name for part in parts if part.is_asked and part.name]
    is_all = 1 < len(names) == len(parts) <= MAX_JOINED and len(set(names)) == len(names)
    return f"{', '.join(names[:-1])} and {names[-1]}" if is_all else None


def _as_asked(found: Subject, node: Node, query: Query) -> Subject:
    own = f"{node.measure or ''} {node.entity or ''}"
    held = terms.stems_of(own) | terms.stems_of(linking.spoken(own))
    phrases = (node.called,) if node.called else query.measures
    for phrase in phrases:
        at = query.text.lower().find(phrase.lower())
        stems = terms.stems_of(phrase)
        is_so = bool(node.called) or (stems <= held and stems & terms.stems_of(node.measure or ""))
        if at >= 0 and is_so and _CLEAN.fullmatch(phrase) and _is_noun_phrase(phrase):
            written = as_typed(phrase, query.text)
            return Subject(written, None, found.period, is_asked=True, is_called=True)
    return found


def _common(told: Sequence[str | None]) -> str | None:
    """What all agree on."""
    return told[0] if told and len(set(told)) == 1 else None


def _is_told(figure: Figure, slot: str) -> bool:
    return any(o.slot == slot and o.how in _TOLD for o in figure.origins) or not figure.origins


def _measure(figure: Figure, query: Query) -> str | None:
    """The measure where it reads as a noun phrase and is one that measures are called by, or
    that the question speaks of."""
    names = [figure.entity, *query.entities]
    measure = _unowned(figure.measure or "", [name for name in names if name])
    if not _CLEAN.fullmatch(measure) or len(measure.split()) > MAX_WORDS:
        return None
    if not _is_noun_phrase(measure) or not _is_written(figure):
        return None
    if _OWNED.match(measure) or measure.lower() in {name.lower() for name in query.entities}:
        return None
    return measure if _asks_for(query, measure) or names_measure(measure) else None


def _unowned(measure: str, names: Sequence[str]) -> str:
    """A measure without its owner before it: "Chinas foreign trade" as "foreign trade"."""
    for name in names:
        owned = re.match(rf"{re.escape(name)}(?:['’]?s)? +(?=\w)", measure, re.IGNORECASE)
        if owned and not _PEOPLE.search(name):
            return measure[owned.end() :]
    return measure


# "European" routes are no routes that Europe owns.
_PEOPLE = re.compile(r"(?:ese|ish|[ie]an)$")
# A measure that leaves out more of its words in the article than an article is no phrase of it.
_LEFT_OUT = 4
# "’s ", after an owner that stands before it.
_OWNED_BY = 3


def _is_written(figure: Figure) -> bool:
    """Whether the article writes the measure in these words, "the" and "a" aside."""
    spans = [o for o in figure.origins if o.slot == "measure" and o.how != "header"]
    owners = {(o.start, o.end) for o in figure.origins if o.slot == "entity"}
    own = len(figure.entity or "") + _OWNED_BY
    gaps = [
        (o.end - o.start - len(figure.measure or ""), own if (o.start, o.end) in owners else 0)
        for o in spans
    ]
    return all(0 <= gap <= _LEFT_OUT + more for gap, more in gaps)


def _asks_for(query: Query, measure: str | None) -> bool:
    asked = set(terms.stems(linking.spoken(query.text))) | set(terms.stems(query.text))
    own = set(terms.stems(measure or ""))
    return bool(own) and own <= asked


def _is_noun_phrase(measure: str) -> bool:
    """No sentence in disguise: no small word at either end, no verb and no "it" inside."""
    words = measure.lower().split()
    data = terms.table("phrasing")
    small = set(data["not_first"].split())
    is_open = words[0] in small or words[-1] in small
    if set(words) <= set(data["vague"].split()):
        return False
    return (
        not is_open and not _is_clause(words) and not set(words) & set(data["not_inside"].split())
    )


def _is_clause(words: Sequence[str]) -> bool:
    """Whether the last word is what the plural before it does: "plates converge"."""
    if len(words) < 2 or not is_plural(words[-2]) or is_plural(words[-1]):
        return False
    is_done = _PARTICIPLE.fullmatch(" ".join(words))
    return not is_done and not names_measure(words[-1]) and words[-2] not in _IN_COMPOUNDS


# Plurals that stand before a noun: "goods trade".
_IN_COMPOUNDS = frozenset(
    "goods services sales arms sports savings earnings customs news series people data".split()
)


def _entity(figure: Figure, query: Query) -> str | None:
    """The owner, where the question names it, or where it names none and the article says so."""
    entity = figure.entity
    if not entity or is_no_owner(entity):
        return None
    entity = _unshouted(entity)
    if set(terms.stems(entity)) <= set(terms.stems(query.text)) and terms.stems(entity):
        return entity
    return entity if not query.entities and _is_told(figure, "entity") else None


def _unshouted(entity: str) -> str:
    """ "OSTER'S", the first word of a dateline, as "Oster"."""
    name = re.sub(r"['’][sS]$", "", entity)
    is_shouted = name.isupper() and len(name) > MAX_INITIALS and name.isalpha()
    return name.capitalize() if is_shouted else name


def is_whole_name(entity: str, text: str) -> bool:
    """Whether a name stands by itself somewhere in a text, not only as a part of longer names:
    "Lorne" is none where only "Port Lorne" and "the Lorne River" are told of."""
    places = list(re.finditer(rf"(?<!\w){re.escape(entity)}(?!\w)", text))
    return not places or any(
        not _is_capital_before(text, m.start()) and not _CAPITAL_AFTER.match(text, m.end())
        for m in places
    )


_CAPITAL_BEFORE = re.compile(r"([A-Z][a-z]+) $")
_CAPITAL_AFTER = re.compile(r" [A-Z][a-z]+")


def _is_capital_before(text: str, place: int) -> bool:
    """A small word that opens a sentence ("In Brazil") has a capital and is no part of a name."""
    before = _CAPITAL_BEFORE.search(text, max(0, place - 30), place)
    small = {"the", "a", "an", *terms.table("phrasing")["not_first"].split()}
    return before is not None and before[1].lower() not in small


def is_no_owner(entity: str) -> bool:
    """Days, months, sentence openers and peoples own nothing."""
    words = entity.split()
    if not entity[0].isupper() or len(words) > MAX_WORDS:
        return True
    data, lows = terms.table("phrasing"), set(entity.lower().split())
    if lows & set(data["not_in_owner"].split()) or lows <= set(data["not_alone"].split()):
        return True
    return bool(re.search(r"(?:ese|ish|ian)$|[,;:()|]|\d", entity))


def _period(figure: Figure, query: Query) -> str | None:
    """The period, where the article says it of the figure or the question asks for it.

    A day is said only where it is asked for: it may be that of the news.
    """
    if not figure.period:
        return None
    is_asked = any(figure.period == p or periods.contains(p, figure.period) for p in query.periods)
    is_told = _is_told(figure, "period") and not _DAY.fullmatch(figure.period)
    return figure.period if is_asked or is_told else None


def head_verb(subject: Subject, unit_class: str) -> str:
    """How a level is told: "came to" of amounts, "was" or "were" of all else."""
    name = subject.measure or ""
    if unit_class == "money" and not _is_price(name):
        return "came to"
    return be(name)


def _is_price(measure: str) -> bool:
    prices = set(terms.table("phrasing")["prices"].split())
    return bool(prices & set(measure.lower().split()))


def participle(measure: str) -> tuple[str, str] | None:
    """ "copies sold" as ("copies", "sold")."""
    m = _PARTICIPLE.fullmatch(measure)
    return (m[1], m[2]) if m else None


def lowered(text: str) -> str:
    return text if _PROPER.match(text) else text[:1].lower() + text[1:]
