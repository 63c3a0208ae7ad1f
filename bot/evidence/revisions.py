"""Revisions: figures of one sentence that tell the same thing, as it was first put and as it is.

"Repairs are now put at 74 million, not the 58 million estimated in July", "rebuilt for 87 million
(planned: 64 million)", "published as 3.4%, later corrected to 3.1%".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from bot.evidence import formers
from bot.evidence.lines import Line, are_of_one_unit
from bot.evidence.linking import Card, place_of
from bot.language import terms
from ingest import Figure

Kind = Literal["before", "plan", "limit", "wrong", "headed"]


@dataclass(frozen=True, slots=True)
class Pair:
    """A figure that was first told, planned or true before, and what is told beside it instead.

    kind: "limit" where the first is what is allowed, "headed" where the columns of a table say so
    words: what stands by each
    """

    then: Figure
    now: Figure
    kind: Kind
    words: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())


def pairs(cards: Sequence[Card]) -> list[Pair]:
    """The pairs of tellings among the figures of one sentence."""
    line = Line.of(cards)
    if len(line.cards) < 2:
        return []
    if " | " in line.text:
        return _in_row(line.cards)
    found: list[Pair] = []
    for pair in (*_marked(line), *_by_now(line), *_of_time_told(line)):
        known = {place_of(f) for p in found for f in (p.then, p.now)}
        if not {place_of(pair.then), place_of(pair.now)} & known:
            found.append(pair)
    return [_worded(line, pair) for pair in found if not _is_as_if(line, pair)]


def _worded(line: Line, pair: Pair) -> Pair:
    """A pair with the words that stand by its figures."""
    then, now = (
        frozenset(terms.stems(f"{line.before(i)} {_after(line, i)}"))
        for i in (line.at(pair.then), line.at(pair.now))
    )
    return replace(pair, words=(then, now))


# -- what was first, by the words around it -----------------------------------------------------

_THE = r"(?:(?:the|an?|its|their|his|her|some|about|around|only|just|roughly|nearly|almost) ){0,3}"
_PLANNED = (
    r"(?:planned|budgeted|targeted|expected|forecast|foreseen|predicted|promised|wanted|approved"
    r"|estimated|announced|proposed|pencilled in|intended|quoted|hoped for|asked for|requested"
    r"|allotted|demanded|assumed|envisaged|calculated)"
)
_PLAN_NOUN = (
    r"(?:plans?|budgets?|targets?|goals?|forecasts?|estimates?|guidance|projections?|quotas?"
    r"|proposals?|drafts?|prospectus|aims?|outlook|expectations?)"
)
_FIRST = (
    r"(?:originally|initially|previously|formerly|at first|first|earlier|provisionally"
    r"|preliminary|provisional|original|initial|previous|former|old|prior)"
)
_AT_FIRST = r"(?:originally|initially|at first|provisionally)"
_MONTHS = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|spring|summer|autumn|winter|(?:19|20)\d\d)"
)
_WAS_PLAN = re.compile(
    rf"\b(?:{_PLANNED}|{_PLAN_NOUN}|had (?:expected|hoped|wanted|aimed|meant))\b"
)
# Right before a figure that is told as what is not so.
_AT = r"(?:(?:at|in|on|by|for|with|to|of|after|from) )?"
_NOT = re.compile(
    rf"(?:\binstead of|\brather than|\bno longer|(?<!whether or )\bnot) {_THE}[^\w]*"
    rf"(?:{_FIRST} |{_PLANNED} |between )*[^\w]*$"
)
_NOT_BUT = re.compile(rf"\bnot {_AT}[^\w]*$")
_BUT = re.compile(rf"^[^.;|]{{0,30}}?\bbut {_AT}{_THE}[^\w]*$")
_BY_PLAN = re.compile(
    rf"(?:\b(?:from|than|after|against|compared (?:with|to)|as against|versus|over|twice|beyond"
    rf"|beat|below|above|short of|beating|missing) {_THE}(?:[a-z]+ ){{0,2}}?)"
    rf"(?:{_FIRST}|{_PLANNED}|{_PLAN_NOUN})\b[^,;.|()]{{0,40}}$"
)
_BY_LIMIT = re.compile(
    rf"\b(?:ceilings?|caps?|limits?|maximum|upper bound|allowance)(?: for [a-z]+)?"
    rf"(?: (?:of|is|was|being|at|set at))? {_THE}[^\w]*$|\b(?:capped|limited) at $"
)
_ALLOWED = re.compile(
    r"^(?: [a-z-]+){0,2}? (?:(?:that|which) )?(?:(?:is|are|was|were|it is|they are) )?"
    r"(?:allowed|permitted|the law (?:allows|permits)|the (?:licence|permit) (?:allows|permits))\b"
)
_IN_BRACKETS = re.compile(
    rf"\((?:{_PLANNED}|{_PLAN_NOUN}|{_FIRST}|before|was)(?: (?:estimate|figure|plan|forecast))?"
    rf"[:,]? (?:at |as |{_THE})?[^\w]*$"
)
_HAD = re.compile(
    rf"\b(?:had|was|were) (?:\w+ ){{0,2}}?(?:been|spoken of|{_PLANNED}|put|said|given|thought"
    rf"|reported|published|hoped|counted on|aimed|named|set)\b[^:;.|()]{{0,45}}$"
    rf"|\b(?:was|were) (?:meant |supposed |due |planned )?to [a-z]+ [^,:;.|()]{{0,25}}$"
    rf"|\b(?:planned|reckoned|counted|calculated) (?:with|on|for) {_THE}[^\w]*$"
    rf"|\bhad (?:[a-z]+ ){{1,4}}?[^\w]*$"
    rf"|\b{_AT_FIRST} [^,:;.|()]{{0,40}}$|\bhaving {_FIRST} [^:;.|()]{{0,40}}$"
    rf"|\bwhere (?:it|there|that) (?:was|were|had been) [^\w]*$"
    rf"|\b(?:{_MONTHS}|last (?:year|month|week|season|autumn|spring|summer|winter))"
    rf" (?:it|they|he|she|there) (?:was|were) {_THE}[^\w]*$"
)
# By these what was told before was told of the very same.
_TOLD_SO = re.compile(
    rf"\b(?:spoken of|put|said|given|thought|reported|published|named|{_AT_FIRST})\b"
)
_AFTER = re.compile(
    rf"^(?: (?!short\b|above\b|below\b|ahead\b|more\b|less\b|fewer\b|over\b|under\b|out\b|away\b)"
    rf"[a-z-]+){{0,2}}? (?:{_FIRST} )?(?:had been |was |were |that (?:was|were) )?"
    rf"(?:{_PLANNED}|(?:in|of|by|under) (?:the|its|their) (?:[a-z]+ )?{_PLAN_NOUN}"
    rf"|(?:first|originally|initially|previously|earlier) (?:reported|published|thought|given|put"
    rf"|said|planned)|(?:had|has|have) been (?:voted|approved|agreed|allowed|set aside))\b"
    rf"|^ had been (?:voted|approved|agreed|allowed|set aside|earmarked)\b"
)
_BREAK = re.compile(
    r"[,;:(—–](?=\s|\w)|\b(?:and|but|while|whereas|where|after|from|against|compared|instead"
    r"|rather|not|than|as against)\b"
)


def _after(line: Line, i: int) -> str:
    """What follows a figure and belongs to it: up to a break, or a few words that say so."""
    following = line.following(i)
    cut = next((m.start() for m in _BREAK.finditer(following)), len(following))
    is_next = cut == len(following) and i + 1 < len(line.cards)
    return "" if is_next and not _AFTER.match(following) else following[:cut]


def _marked(line: Line) -> list[Pair]:
    """The figures that are told as what was first, with what is told instead; those that are told
    only as earlier last."""
    marked = {i: kind for i in range(len(line.cards)) if (kind := _kind(line, i))}
    found = [
        Pair(line.cards[i].figure, line.cards[now].figure, kind)
        for i, kind in marked.items()
        if (now := _partner(line, i, marked)) is not None
    ]
    return sorted(found, key=lambda pair: pair.kind == "before")


def _kind(line: Line, i: int) -> Kind | None:
    """How a figure is told as what was first, planned or before; None where it is not."""
    before, after = line.before(i), _after(line, i)
    is_but = _BUT.match(line.following(i))
    if _NOT.search(before) and not is_but:
        return "plan" if _WAS_PLAN.search(before[-NEAR:] + after) else "wrong"
    if is_but and _NOT_BUT.search(before):
        return "wrong"
    if _BY_LIMIT.search(before) or _ALLOWED.match(after):
        return "limit"
    if before.endswith(" to "):
        return None
    if _BY_PLAN.search(before) or _IN_BRACKETS.search(before):
        return "plan" if _WAS_PLAN.search(before[-NEAR:]) else "before"
    return "plan" if _AFTER.match(after) else _by_verb(before)


def _by_verb(before: str) -> Kind | None:
    """What the clause before a figure tells of it."""
    clause = re.split(r"[;,:]|\band\b", before)[-1]
    told = _HAD.search(clause)
    if not told or _SINCE_THEN.search(clause):
        return None
    said = clause[told.start() :]
    return "plan" if _WAS_PLAN.search(said) else "wrong" if _TOLD_SO.search(said) else "before"


def _partner(line: Line, i: int, marked: Mapping[int, Kind]) -> int | None:
    """What is told instead of a figure: the nearest of its unit before it, else the next where that
    is told as what is so now."""
    figures = [card.figure for card in line.cards]
    for at in range(i - 1, -1, -1):
        if are_of_one_unit(figures[i], figures[at]):
            return at if _is_weaker(marked.get(at), marked[i]) else None
    if i + 1 == len(figures) or not are_of_one_unit(figures[i], figures[i + 1]):
        return None
    is_now = _INSTEAD.match(line.text) or _THEN_NOW.search(line.following(i))
    return i + 1 if is_now else None


def _is_weaker(kind: Kind | None, other: Kind) -> bool:
    """Whether less speaks for a figure's being what was first than for another's."""
    return kind is None or (kind == "before" and other != "before")


# -- what is so, by the words around it ---------------------------------------------------------

_INSTEAD = re.compile(r"[^\w]*(?:instead of|rather than)\b")
_TODAY_TOLD = (
    r"now|nowadays|today|currently|at present|so far|in the end|actually|meanwhile|eventually"
    r"|to date|stands? at|ended up|turned out|at last count"
)
_PUT_RIGHT = (
    r"(?:has|have|had|was|were|is|are)(?: since| meanwhile| now| then| later)?(?: been)?"
    r" (?:corrected|revised|restated|raised|lowered|lifted|cut|changed|reduced|increased"
    r"|adjusted)(?: upwards?| downwards?)? to"
)
_FINAL = r"the final (?:count|figure|result|number|bill|cost)"
_THEN_NOW = re.compile(rf"\b(?:{_TODAY_TOLD}|has cost|have cost|{_PUT_RIGHT}|{_FINAL}|but|only)\b")
_SINCE_THEN = re.compile(rf"\b(?:{_TODAY_TOLD})\b")
_CORRECTED = re.compile(rf"^[^;]*?(?:[,)]|\b(?:that|which|and|but)) (?:{_PUT_RIGHT})\b|; {_FINAL}")
_PAST = re.compile(
    r"\b(?:was|were|had|in (?:19|20)\d\d|ago|last|used to|once|brought|said|thought|built|began"
    r"|started|opened|took|came|stood|numbered|cost|earned|paid|sold|made)\b"
)
_TODAY_AFTER = re.compile(r"(?: [a-z]+)? (?:now|today)\b")
_AS_IF = re.compile(r"\b(?:would|could|might|should) have\b")
_TILL_NOW = re.compile(r"^[^,;.]{0,12}\b(?:now|today|at present|currently)\b")
_OF_WHICH = re.compile(r"\b(?:of which|of them|of these|including|of whom)\b")


def _by_now(line: Line) -> Iterator[Pair]:
    """What was, and what is told right after it as what is now, or as what is right."""
    for i, (one, other) in enumerate(pairwise(line.cards)):
        then, now, gap = one.figure, other.figure, line.following(i)
        if not are_of_one_unit(then, now):
            continue
        if _CORRECTED.search(gap):
            yield Pair(then, now, "wrong")
        elif (_SINCE_THEN.search(gap) or _TODAY_AFTER.match(_after(line, i + 1))) and (
            _PAST.search(line.before(i))
        ):
            yield Pair(then, now, "plan" if _WAS_PLAN.search(line.before(i)) else "before")


def _is_as_if(line: Line, pair: Pair) -> bool:
    """Whether what is set against a telling never came about, is to come or is a part of it."""
    before, after = line.before(line.at(pair.now)), _after(line, line.at(pair.then))
    is_part = _OF_WHICH.search(f"{after} {before}")
    return bool(_AS_IF.search(before) or _TILL_NOW.match(after) or is_part)


# -- what stood before --------------------------------------------------------------------------

_OF_THEN = re.compile(
    r"\b(?:ago|(?:year|month|quarter|season)s? (?:earlier|before)|after|against|compared"
    r"|(?:last|previous) (?:year|month|quarter|season))\b"
)
_PUT = re.compile(
    r"\b(?:forecast|guidance|outlook|estimate|target|projection|prediction|expectation)s?\b"
    r"|\b(?:revis|correct|restat)\w+"
)
# So many characters before two figures may say what they are.
NEAR = 60


def _of_time_told(line: Line) -> Iterator[Pair]:
    """What stood before, or what a forecast was before it was changed."""
    places = {place_of(card.figure): card.figure for card in line.cards}
    for then, now in formers.found(places, line.cards).items():
        if now in places:
            pair = Pair(places[then], places[now], "before")
            first, last = sorted(line.span(line.at(f))[0] for f in (pair.then, pair.now))
            is_put = bool(_PUT.search(line.text[max(0, first - NEAR) : last]))
            is_of_then = bool(_OF_THEN.search(line.text[first : last + NEAR]))
            yield replace(pair, kind="wrong") if is_put and not is_of_then else pair


# -- in a table ---------------------------------------------------------------------------------

_THEN_HEAD = re.compile(
    rf"\b(?:{_PLANNED}|plan|budget|target|draft|forecast|first (?:estimate|count|release|figure)"
    r"|original|initial|preliminary|provisional|as published)\b"
)
_NOW_HEAD = re.compile(
    r"\b(?:actual|adopted|final|revised|corrected|outturn|result|achieved|delivered|spent|approved"
    r"|real|audited|definitive)\b"
)


def _in_row(cards: Sequence[Card]) -> list[Pair]:
    """The cells of a row that are headed as what was planned or first told, and as what is so."""
    heads = [f"{c.figure.measure or ''} {c.figure.entity or ''}".lower() for c in cards]
    then, now = (
        [c.figure for c, head in zip(cards, heads, strict=True) if of.search(head)]
        for of in (_THEN_HEAD, _NOW_HEAD)
    )
    if len(then) != 1 or len(now) != 1 or then == now:
        return []
    is_one = (then[0].unit, then[0].kind) == (now[0].unit, now[0].kind)
    words = tuple(frozenset(terms.stems(f"{f.measure} {f.entity}")) for f in (then[0], now[0]))
    return [Pair(then[0], now[0], "headed", (words[0], words[1]))] if is_one else []
