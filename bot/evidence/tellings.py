"""Tellings: which of several tellings of one thing a question asks for.

"Repairs are now put at 74 million, not the 58 million estimated in July": who asks for the latest
bill, or for the bill, means the 74, who asks what was first thought the 58; who asks what the
organisers counted, no figure of the police. The chance of a figure that is not asked for falls to
the one that is told in its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.evidence import claimants, editions, linking, revisions
from bot.evidence.linking import Card
from bot.evidence.revisions import Pair
from bot.language import terms
from bot.questions import Query
from ingest import Figure

Quantity = tuple[str, int]

_TODAY = (
    r"now(?:adays)?|latest|currently|today|these days|by now|so far|at present|present(?:ly)?"
    r"|meanwhile|any more|by this time"
)
_NOW_ASKED = re.compile(rf"\b(?:{_TODAY})\b")
_NEW_ASKED = re.compile(
    rf"\b(?:{_TODAY}|corrected|revised|restated|final(?:ly)?|updated|in the end|actual(?:ly)?"
    r"|really|in fact|in reality|eventually|ended up|turned out|after (?:the |its )?(?:correction"
    r"|revision|upgrade|increase|change|cut|rise))\b"
)
_BEFORE = (
    r"previous(?:ly)?|former(?:ly)?|(?:the|its|their|his|her|an) old|used to|earlier|beforehand"
    r"|hitherto|prior(?! to\b)|before(?: (?:the (?!tax)|(?:that|this|it|its|they|their|he|his|she"
    r"|her|being|raising|cutting)\b)|[?.]?$)"
    r"|(?:year|month|quarter|season|week|decade)s? (?:ago|(?:before|back)(?! \d))"
    r"|until (?:then|now|recently|last|[a-z]+uary|march|april|may|june|july|august|[a-z]+ber)\b"
)
_BEFORE_ASKED = re.compile(rf"\b(?:{_BEFORE})")
# "Before tax" is no time.
_BEFORE_A_CHANGE = (
    r"before (?!tax|the tax|interest|special|one-off|except|deprec|player|amort|\d|and\b)[a-z]"
)
_OLD_ASKED = re.compile(
    rf"\b(?:{_BEFORE}|{_BEFORE_A_CHANGE}|original(?:ly)?\b|initial(?:ly)?\b|at first\b"
    r"|first (?:published|reported|put|given|estimat\w+|thought|announced|count\w*|said|planned"
    r"|set|intended|meant|expected|hoped|quoted|named|guess\w*|forecast)|preliminary"
    r"|\bdid (?:[a-z']+ ){1,5}first [a-z]+\b|provisional(?:ly)?|wrong(?:ly)?\b|mistaken|erroneous"
    r"|false(?:ly)?\b|incorrect|faulty|at the (?:start|beginning|outset)"
    r"|when the (?:year|season) (?:began|started|opened))"
)
_PLAN_ASKED = re.compile(
    r"\b(?:plan(?:s|ned)?|budgeted|in the (?:[a-z]+ )?budget\b(?=[?]?$)|under the budget"
    r"|target(?:ed)?|goal|aim(?:ed|ing)?|hop(?:e|ed|ing)|expect\w*|forecast\w*"
    r"|fores(?:ee|een|aw)|predict\w*|supposed to|mean to|meant to|intend\w*|promis\w+|wanted"
    r"|want|ask(?:ed)? for|requested|estimate[ds]?|thought|voted|approved|allotted|quoted"
    r"|propos\w+|reckon\w*|permitted|allowed|earmarked|should|was to|were to|had been to"
    r"|count(?:ed)? on|look(?:ed|ing)? for|bet|pencil\w*|guidance|outlook"
    r"|set (?:it|them|him|her)sel(?:f|ves))\b"
)
_LIMIT_ASKED = re.compile(
    r"\b(?:may|allow\w*|permit\w*|at most|at best|maxim\w+|limit\w*|cap|caps|capped|ceiling"
    r"|legal\w*|lawful\w*|licen[cs]\w+|up to (?:what|which|how)|can|could|most|upper|bound)\b"
)
# What sets the one beside the other.
_BESIDE = re.compile(
    rf"\b(?:{editions.BESIDE}|by how (?:much|many)|by what|overrun|overshot|close|both|times"
    r"|missed|between|change[ds]?|how (?:much|many|far) (?:more|less|fewer|higher|lower|bigger"
    r"|above|below|over|under))\b|\bfrom .* to\b"
    r"|\bhow (?:much|far)\b.*\b(?:raised?|rise|lifted|lowered|cut|revised|corrected|grow|grew"
    r"|fall|fell|drop|go up|went up)\b"
)


def asked(query: Query, pair: Pair) -> Figure | None:
    """Which of two tellings a question asks for; None where it may be either."""
    flat = query.text.lower().replace("’", "'")
    if _BESIDE.search(flat):
        return None
    if pair.kind == "headed":
        return _of_column(query, pair)
    old, plan = _OLD_ASKED.search(flat), _PLAN_ASKED.search(flat)
    if any(found and _AND.search(flat[: found.start()]) for found in (old, plan)):
        return None
    if pair.kind == "limit":
        return _of_limit(query, flat, pair)
    if pair.kind == "before":
        return _of_time(query, flat, pair)
    is_new = bool(_NEW_ASKED.search(flat))
    if (is_new and old) or (is_new and not plan and _is_to_come(pair)):
        return None
    if old:
        return pair.then
    if pair.kind == "plan" and not is_new and plan:
        return None if pair.now.claim in _TO_COME else pair.then
    return pair.now if is_new or not _leans_back(query, pair) else None


# "Its sales, and what it had expected": both are asked for.
_AND = re.compile(r"\b(?:and|or)\b")
_TO_COME = frozenset(["forecast", "target", "hypothetical"])
_WISHED = terms.stem_set(["want demand propose seek would will"])


def _is_to_come(pair: Pair) -> bool:
    """Whether what is told beside the first telling is wished for, or not yet so."""
    return pair.now.claim in _TO_COME or bool(pair.words[1] & _WISHED)


def _leans_back(query: Query, pair: Pair) -> bool:
    """Whether a question has words of the first telling's own and none of the other's."""
    mine, theirs = pair.words
    said = frozenset(terms.stems(f"{query.text} {query.asked}"))
    return bool(said & (mine - theirs)) and not said & (theirs - mine)


def _of_limit(query: Query, flat: str, pair: Pair) -> Figure | None:
    """Whether what is allowed is asked for, or what there is."""
    if _LIMIT_ASKED.search(flat):
        return None if _NEW_ASKED.search(flat) else pair.then
    return None if _leans_back(query, pair) else pair.now


def _of_column(query: Query, pair: Pair) -> Figure | None:
    """Which of two cells is asked for, by what heads their columns; by the last turn first."""
    then, now = pair.words
    for said in (query.asked, query.text):
        asked = frozenset(terms.stems(said))
        if bool(asked & (then - now)) != bool(asked & (now - then)):
            return pair.then if asked & (then - now) else pair.now
    return None


def _of_time(query: Query, flat: str, pair: Pair) -> Figure | None:
    """Which of two levels of one thing is asked for, of which one was before the other."""
    if query.periods or query.loose_periods:
        return None
    now = _NOW_ASKED.search(flat)
    if now and (_is_to_come(pair) or _AND.search(flat[: now.start()])):
        return None
    is_new, is_old = bool(now), bool(_BEFORE_ASKED.search(flat))
    return None if is_new == is_old else pair.now if is_new else pair.then


def instead(
    query: Query, figures: Iterable[Figure], cards: Sequence[Card]
) -> dict[Quantity, Figure]:
    """Of some figures the tellings that a question does not ask for, with the one that it does.

    cards: of the evidence
    """
    wanted = {f.sentence_place for f in figures}
    found: dict[Quantity, Figure] = {}
    for place, own in linking.by_sentence(cards).items():
        for other, meant in _instead(query, own) if place in wanted else ():
            found.setdefault(quantity_of(other), meant)
    return {other: meant for other, meant in found.items() if quantity_of(meant) not in found}


def _instead(query: Query, cards: Sequence[Card]) -> Iterator[tuple[Figure, Figure]]:
    """Of the figures of a sentence those that are not asked for, with those that are."""
    yield from claimants.meant(query.text, cards)
    for pair in revisions.pairs(cards):
        meant = asked(query, pair)
        if meant is not None:
            yield (pair.now if meant is pair.then else pair.then), meant


def asks_one(query: Query) -> bool:
    """Whether a question asks for one telling among several: the first, the planned, the revised
    one, or somebody's."""
    cues = (_OLD_ASKED, _BEFORE_ASKED, _PLAN_ASKED, _NEW_ASKED)
    flat = query.text.lower()
    return bool(query.told_by) or any(cue.search(flat) for cue in cues)


def is_of_two(figure: Figure, cards: Sequence[Card]) -> bool:
    """Whether a figure is told beside another telling of the same, which has to be named with it.

    cards: of the evidence
    """
    place = figure.sentence_place
    own = [c for c in cards if c.figure.sentence_place == place]
    told = [(p.then, p.now) for p in revisions.pairs(own) if p.kind in {"plan", "wrong"}]
    told += claimants.beside(own)
    return quantity_of(figure) in {quantity_of(f) for pair in told for f in pair}


def quantity_of(figure: Figure) -> Quantity:
    return figure.article_id, figure.quantity if figure.quantity >= 0 else figure.start
