"""Formers: figures that are told as what stood before another of their sentence.

"Sales rose to 14 million from 12 million": who asks for sales, for their share of something or for
what there is per head, means the 14 million; nobody asks what share of the one the other is; and
what has grown has grown from the 12.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.evidence import linking
from bot.evidence.linking import Card, place_of
from bot.nodes import Node
from bot.questions import Query
from ingest import Figure, units

Place = tuple[str, int, str]

_HEDGE = r"(?:(?:about|around|some|nearly|almost|only|just|roughly|a|an|the) ){0,2}[^\w]*"
_THEN = (
    r"(?:the|a) (?:year|month|quarter|week|season|decade|day) (?:ago|earlier|before|previously)|"
    r"(?:the )?(?:year|month|quarter|week|season|decade)[- ](?:ago|earlier|before)|"
    r"(?:the|its|their) (?:previous|preceding|prior|last) (?:year|month|quarter|week|season)|"
    r"(?:in|for|of) (?:[a-z]+ )?(?:19|20)\d\d|last (?:year|month|quarter|week|season)|"
    r"previously|earlier|before|until (?:now|then)|(?:twelve|six|three|two) months (?:ago|earlier)"
)
_SINCE = re.compile(rf"^[^.;:|]{{0,40}}?\b(?:from|after)\s+{_HEDGE}$")
_AGAINST = re.compile(
    rf"^[^.;:|]{{0,40}}?\b(?:against|compared (?:with|to)|versus|vs\.?)\s+(?P<whose>{_HEDGE}|last "
    rf"(?:year|month|quarter|week|season)['’]s [^\w]*)$"
)
_OF_THEN = re.compile(rf"^[^.,;|]{{0,30}}?\b(?:{_THEN})\b")
_DATED = re.compile(r"^[^;:|]{0,80}?\((?:in )?(?:19|20)\d\d(?:/\d\d)?(?: was)?:? ?[^\w]*$")
_BEGUN = re.compile(rf"\bfrom\s+{_HEDGE}$")
_ENDED = re.compile(rf"^\W*(?:[a-z-]+ ){{0,3}}?to\s+{_HEDGE}$")
_BEFORE = re.compile(
    r"\b(?:before|earlier|previous|previously|prior|preceding|former|formerly|old|older|original|"
    r"originally|used to|last|from|ago|until|start(?:ed)?|then|back|first|initial|initially|once|"
    r"past|since|now|today|present|presently|current|currently|begin|beginning|opening|against|"
    r"year-ago|yet)\b"
)


def of_now(query: Query, nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without those that take what stood before for a part of what stands now, or for what
    stands now.

    cards: of the evidence
    """
    now = found({place_of(f) for node in nodes for f in node.leaves}, cards)
    told = {place_of(card.figure): card.figure for card in cards}
    kept = [node for node in nodes if not _is_turned(node, now)]
    if asks_before(query):
        kept = [n for n in kept if not (n.figure and _is_told_now(n.figure, now, cards))]
    if _BEFORE.search(query.text.lower()) or query.shift or query.loose_periods:
        return kept
    keys = {_key(node) for node in kept}
    instead = {then: p for then, p in now.items() if _is_asked(query, told[p].period)}
    return [node for node in kept if not _is_late(node, instead, keys)]


_AGO = re.compile(
    r"\bold (?:price|rate|level|figure|value|number|wage|fee|fare|total|record)\b|"
    r"\bbefore(?:hand\b| (?:the|that|this|it|its|they|their|he|she)\b)|"
    r"\b(?:year|month|quarter|season|week)s? (?:before|earlier|previously|ago)\b|"
    r"\bprevious(?:ly)?\b|\bprior to\b|\bused to\b|\bformerly\b|\boriginal(?:ly)?\b"
)


def asks_before(query: Query) -> bool:
    """Whether a question asks for what was before: "the old price", "a year earlier"."""
    return bool(_AGO.search(f"{query.text} {query.asked}".lower()))


def _is_told_now(figure: Figure, now: Mapping[Place, Place], cards: Sequence[Card]) -> bool:
    """Whether a level is told as what something has become: from another, or by a change."""
    place = place_of(figure)
    if place in now or not _is_level(figure) or figure.unit in {"%", "pp"}:
        return False
    if place in now.values():
        return True
    own = [c for c in cards if c.figure.sentence == figure.sentence]
    own = [c for c in own if c.figure.article_id == figure.article_id]
    before = own[0].sentence[: figure.start - figure.sentence.start].lower() if own else ""
    return not _OTHER.search(before) and any(_is_change_of(c.figure, figure) for c in own)


_OTHER = re.compile(
    r"\b(?:from|against|compared (?:with|to)|after|versus|vs\.?|than|on|was|had been|were)\s+"
    r"[^\w]*(?:[a-z]+ ){0,2}[^\w]*$"
)


def _is_change_of(change: Figure, level: Figure) -> bool:
    is_move = change.kind == "change" and change.direction is not None
    is_one = (change.measure, change.entity) == (level.measure, level.entity)
    return is_move and is_one and change.unit in {"%", "pp", level.unit}


def _is_turned(node: Node, now: Mapping[Place, Place]) -> bool:
    """Whether one of two figures was before the other, and they are set so as nobody would."""
    if len(node.parts) != 2 or not all(part.figure for part in node.parts):
        return False
    one, other = map(place_of, node.leaves)
    if node.operation in _OF_PARTS:
        return now.get(one) == other or now.get(other) == one
    return node.operation in _IN_TIME and now.get(one) == other


_OF_PARTS = frozenset(["share", "residual", "percent_of"])
_IN_TIME = frozenset(["growth", "point_change"])


def _is_asked(query: Query, period: str | None) -> bool:
    """Whether what stands now is of the time that a question asks for, if it asks for any."""
    return not query.periods or period in query.periods


def _is_late(node: Node, instead: Mapping[Place, Place], keys: Collection[object]) -> bool:
    """Whether a way takes what stood before, where the same way over what stands now is another."""
    own = {place_of(f) for f in node.leaves}
    late = {p: instead[p] for p in own if p in instead and instead[p] not in own}
    return any(_key(node, {then: now}) in keys for then, now in late.items())


def _key(node: Node, instead: Mapping[Place, Place] | None = None) -> object:
    if node.figure:
        place = place_of(node.figure)
        return (instead or {}).get(place, place)
    return (node.operation, node.parameters, tuple(_key(part, instead) for part in node.parts))


# -- in the text --------------------------------------------------------------------------------


def found(places: Iterable[Place], cards: Sequence[Card]) -> dict[Place, Place]:
    """What the formers among the figures at some places have become."""
    wanted = {(article_id, start) for article_id, start, _ in places}
    held: dict[Place, Place] = {}
    for own in linking.by_sentence(cards).values():
        if any((c.figure.article_id, c.figure.start) in wanted for c in own):
            held |= _in_sentence(own)
    return held


def _in_sentence(cards: Sequence[Card]) -> dict[Place, Place]:
    told = sorted((c for c in cards if _is_level(c.figure)), key=lambda c: c.figure.start)
    held: dict[Place, Place] = {}
    for i, card in enumerate(told):
        for later in told[i + 1 :]:
            if _is_one_unit(card.figure, later.figure) and later.figure.start >= card.figure.end:
                if former := _former(card, later):
                    then, now = former
                    held.setdefault(place_of(then), place_of(now))
                break
    return held


def _is_one_unit(one: Figure, other: Figure) -> bool:
    """Whether two figures are told in one unit, of which one may be left out."""
    is_count = all(units.is_count(f.unit) or f.unit == "1" for f in (one, other))
    return one.unit == other.unit or (is_count and "1" in {one.unit, other.unit})


def _is_level(figure: Figure) -> bool:
    return figure.kind != "change" and figure.value is not None


def _former(one: Card, other: Card) -> tuple[Figure, Figure] | None:
    """Of two figures of a sentence, in their order, the one that was before, and what it became."""
    a, b, sentence = one.figure, other.figure, one.sentence.lower()
    if a.quantity == b.quantity:
        return None
    begin = a.sentence.start
    before, after = sentence[: a.start - begin], sentence[b.end - begin :]
    gap = sentence[a.end - begin : b.start - begin]
    if _BEGUN.search(before) and _ENDED.match(gap):
        return a, b
    is_since = _SINCE.match(gap) or _DATED.match(gap)
    against = _AGAINST.match(gap)
    is_then = against and ("last" in against["whose"] or _OF_THEN.match(after))
    return (b, a) if is_since or is_then else None
