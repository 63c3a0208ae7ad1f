"""Leftovers: what an article calls the rest of a whole, whose size it leaves to the reader.

"£56.7m in all, of which the ministry pays £45m and the charity £2.7m; the rest will be borrowed":
who asks how much has to be borrowed wants the whole less all its parts. The whole may stand in a
sentence before ("Revenue was $2.18 billion. ... Industrial sales were $412 million, and consumer
goods made up the rest"): then each sentence of the paragraph tells one part. Parts may be told as
shares ("the state pays 70% of it and the town 20%; the owners must find the rest"): these leave a
share of a hundred, and what it comes to of the amount that is told before them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from bot.deriving.compounds import is_level, is_share
from bot.evidence import formers, linking
from bot.evidence.linking import Card, place_of
from bot.language import terms
from bot.nodes import Node, leaf, step
from bot.questions import Query
from ingest import Article, sentences, units

Cards = Sequence[Card]

# How sure the rest is that a question calls by the words that it is told with.
CALLED = 0.95
# The share of a question's own words that the rest, its whole and its parts have to hold.
HELD = 0.6
# What is less than this share of the others is a price or a number of another kind, and no part.
MIN_PART = 0.001
# So many parts are listed at most.
MAX_PARTS = 8

_REST = re.compile(
    r"\bthe (?:rest|remainder)\b(?! of (?!it\b|them\b|this\b|that\b|these\b|those\b))"
    r"|\bthe remaining (?=[a-z]+s\b)|\bthe others (?=are|were|is|will|ha[sd]|have|share|come|go)\b"
)
_BREAK = re.compile(r"[,;:] |\band ")
_OF = re.compile(r"^of (?:[a-z]+ ){0,3}[^a-z0-9]*$")
_OF_IT = re.compile(r"\bof (?:which|whom|them|these|those|that|it|this)\b")
# "The state pays 95 million euros of that": a part of what is told elsewhere.
_PART_OF_IT = re.compile(r"^ (?:[a-z]+ )?of (?:that|it|this|them|these|those)\b")
# What a part is told to be of at the opening of a sentence is told elsewhere, and no listed whole.
_OF_ANOTHER = re.compile(r"^\W*Of (?:the|its|their|these|those|this|that|them|it)\b")
_IN_ALL = re.compile(
    r"\b(?:in all|in total|altogether|total(?:s|led)?|overall|costs?|spent|spending"
    r"|c[ao]mes? to|amount(?:s|ed)? to)\b"
)
_ASKS = re.compile(r"\b(?:how (?:much|many|big|large|high)|what|size)\b")
# What speaks of what the sentence before names; and who asks what somebody has to pay.
_IT = re.compile(r"^\W*(?:It|This|That|They|These)\b")
_PAYS = re.compile(
    r"\b(?:pays?|paid|bears?|funds?|financ\w+|raises?|covers?|shoulders?|finds?|itself|themselves"
    r"|h[ei][mr]self|put in|chips? in|contribut\w+|left with|left for)\b"
)
# What a question for the rest may look like one for.
_ASKED = frozenset([None, "residual", "difference", "contribution", "share"])
_SHARE = re.compile(r"%|\b(?:percent\w*|per cent|share|proportion|fraction|part)\b")


@dataclass(frozen=True, slots=True)
class _Left:
    """A sentence that tells of a rest.

    words: the stems of its clause, to the end of the sentence; parts: those before the clause
    payer: those of the clause before "the rest"
    own, after: the figures of its sentence, before and in the clause
    near, far: those of the sentences before it, in its paragraph and above, the nearest first
    lead: the stems of the question above its paragraph, which it answers
    """

    words: frozenset[str]
    parts: frozenset[str]
    payer: frozenset[str]
    own: Cards
    after: Cards
    near: Sequence[Cards]
    far: Sequence[Cards]
    lead: frozenset[str]


def ways(query: Query, articles: Mapping[str, Article], cards: Cards) -> Iterator[Node]:
    """What a whole leaves, where a question asks for what the rest of it is told to be."""
    said = query.text.lower()
    is_of_share = bool(_SHARE.search(said))
    if not (is_of_share or _ASKS.search(said)) or query.operation not in _ASKED:
        return
    told = linking.by_sentence(cards)
    for article in articles.values():
        for left in _lefts(article, told):
            members = () if any(is_share(c.figure) for c in left.own) else _members(left)
            if members and _is_meant(query, article, left, members):
                if is_of_share and not _is_share_of(query, left, members[0]):
                    continue
                rest = step("residual", [leaf(c.figure) for c in members], score=CALLED)
                whole = leaf(members[0].figure)
                yield step("share", (rest, whole), score=CALLED) if is_of_share else rest
            elif node := _by_shares(query, article, left, is_of_share):
                yield node


def _lefts(article: Article, told: Mapping[tuple[str, int], Cards]) -> Iterator[_Left]:
    if not _REST.search(article.text.lower()):
        return
    spans = sentences.find(article)
    for i, span in enumerate(spans):
        text = article.text[span.start : span.end]
        rest = _REST.search(text.lower())
        block = next((b for b in article.blocks if b.start <= span.start < b.end), None)
        if rest is None or block is None or block.kind == "table":
            continue
        own = sorted(told.get((article.id, span.start), ()), key=lambda c: c.figure.start)
        begin = _begin(text, rest.start(), [c.figure.end - span.start for c in own])
        before = [(s.start, told.get((article.id, s.start), ())) for s in spans[:i][::-1]]
        yield _Left(
            terms.stems_of(_REST.sub(" ", text[begin:].lower())),
            terms.stems_of(text[:begin]),
            terms.stems_of(text[begin : rest.start()]),
            [c for c in own if c.figure.start < span.start + begin],
            [c for c in own if c.figure.start >= span.start + begin],
            [own for start, own in before if start >= block.start],
            [own for start, own in before if start < block.start],
            _lead(article, block.start),
        )


def _lead(article: Article, start: int) -> frozenset[str]:
    above = [article.text[b.start : b.end] for b in article.blocks if b.end <= start][-1:]
    return (
        terms.stems_of(above[0]) if above and above[0].rstrip(" *").endswith("?") else frozenset()
    )


def _begin(text: str, rest: int, ends: Sequence[int]) -> int:
    """Where the clause of a rest begins; its "and" is no break where no figure stands before it:
    "boats and tents make up the rest".

    ends: where the figures of the sentence end
    """
    begin = 0
    for found in _BREAK.finditer(text, 0, rest):
        is_joint = found[0].startswith("and") and not any(
            begin < end <= found.start() for end in ends
        )
        begin = begin if is_joint else found.end()
    return begin


# -- parts that are told as shares --------------------------------------------------------------


def _by_shares(query: Query, article: Article, left: _Left, is_of_share: bool) -> Node | None:
    """What shares, and amounts beside them, leave of a hundred or of the amount they are of."""
    shares = [c for c in left.own if is_share(c.figure)]
    if not shares or not 0 < sum(map(_percent, shares)) < WHOLE:
        return None
    whole = _whole_of(left, shares)
    parts = [c for c in _amounts(left.own) if whole and _is_beside(c, whole, shares)]
    members = [*([whole] if whole else []), *shares, *parts]
    is_told = any(is_share(c.figure) or _is_alike(c, whole) for c in left.after)
    around = members[0].before | members[0].above | left.lead
    is_one = len(shares) + len(parts) < MIN_SHARES
    if is_told or is_one or not _is_meant(query, article, left, members, around):
        return None
    if _is_of_parts(query, left, whole) or not all(_is_share_asked(query, c) for c in shares):
        return None
    rest = step("remainder", [leaf(c.figure) for c in shares], score=CALLED)
    if whole is None or (is_of_share and not parts):
        return rest if is_of_share or _HOW_MUCH_OF.search(query.text.lower()) else None
    amount = step("percent_of", [rest, leaf(whole.figure)], score=CALLED)
    if not parts:
        return amount
    amount = step("residual", [amount, *(leaf(c.figure) for c in parts)], score=CALLED)
    return step("share", (amount, leaf(whole.figure)), score=CALLED) if is_of_share else amount


# A single share that has a rest may be of anything told before; two are told of one whole.
WHOLE, MIN_SHARES = 100, 2
_HOW_MUCH_OF = re.compile(r"\bhow (?:much|many) of\b")


def _percent(card: Card) -> float:
    return _value(card) * (1 if card.figure.unit == "%" else WHOLE)


def _whole_of(left: _Left, shares: Cards) -> Card | None:
    """The amount that shares are told of: the last before them in their sentence, or the only one
    of its unit in the sentence before."""
    first = shares[0].figure.start
    before = [c for c in _amounts(left.own) if c.figure.start < first]
    above = next((found for own in chain(left.near, left.far[:1]) if (found := _amounts(own))), [])
    told = before[-1:] or [c for c in above if c.figure.unit == _unit(above)]
    of = terms.stems_of(" ".join(map(_of_what, shares))) - linking.generic()
    may_be = len(told) == 1 and (not of or bool(of & (told[0].measure | told[0].unit)))
    return told[0] if may_be else None


def _amounts(own: Cards) -> list[Card]:
    """The amounts of a sentence, those to come among them."""
    levels = [c for c in own if is_level(c.figure) and c.figure.unit != "1"]
    return sorted((c for c in levels if c.figure.claim != "negated"), key=lambda c: c.figure.start)


def _of_what(share: Card) -> str:
    """The noun that a share is told to be of: "residents"; "" of "this sum"."""
    after = share.sentence[share.figure.end - share.figure.sentence.start :]
    told = _OF_NOUN.match(after) or _OPENING.match(share.sentence)
    return told[1] if told else ""


_OF_NOUN = re.compile(
    r"^ ?(?:percent |per cent )?of (?!(?:that|it|this|them|these|those|which|whom)\b)"
    r"(?:the |all |its |their |our )?(?:(?:value|number|volume) of )?([a-z-]+)"
)
_OPENING = re.compile(r"^\W*Of (?:the |all |its |their |our )?([a-z-]+),")


def _is_share_asked(query: Query, share: Card) -> bool:
    """Whether a question names what a share is told to be of, where a noun tells that."""
    noun = units.singular(_of_what(share).lower())
    are_people = units.are_persons(noun) and bool(_PEOPLE.search(query.text.lower()))
    return are_people or terms.stems_of(noun) - linking.generic() <= terms.stems_of(query.text)


_PEOPLE = re.compile(r"\b(?:people|persons?|population|inhabitants|residents|citizens)\b")


def _is_share_of(query: Query, left: _Left, whole: Card) -> bool:
    """Whether a question names the whole that it asks for a share of, and no part."""
    told = whole.measure | whole.entity | terms.stems_of(whole.sentence)
    is_named = bool((told & terms.stems_of(query.text)) - left.words - linking.generic())
    return is_named and not _is_of_parts(query, left, whole)


def _is_of_parts(query: Query, left: _Left, whole: Card | None) -> bool:
    """Whether a question has more words of the parts than of the rest."""
    asked = terms.stems_of(query.text) - _idle()
    if whole and whole in left.own:
        end = whole.figure.end - whole.figure.sentence.start
        asked -= terms.stems_of(whole.sentence[:end])
    return len(asked & left.parts - left.words) > len(asked & left.words)


def _is_alike(card: Card, whole: Card | None) -> bool:
    return whole is not None and card.figure.unit == whole.figure.unit


def _is_beside(card: Card, whole: Card, shares: Cards) -> bool:
    """Whether an amount is a further part of the whole beside its shares."""
    is_after = card.figure.start > shares[0].figure.start
    return is_after and card.figure.unit == whole.figure.unit and _value(card) < _value(whole)


# -- parts that are told as amounts -------------------------------------------------------------


def _members(left: _Left) -> tuple[Card, ...]:
    """The whole and its parts, none where they are not told or leave nothing."""
    row = _now(left.own)
    unit = _unit(row or [c for own in left.near for c in _now(own)])
    largest = max(map(_value, row), default=0.0)
    row = [c for c in row if c.figure.unit == unit and _value(c) > MIN_PART * largest]
    if len(row) > 1 and _sum(row[1:]) < _value(row[0]) and _tells_whole(row[0]):
        return _checked(left, row[0], row[1:], n_least=1)
    parts = row
    for own in left.near:
        if first := _first(own, unit, parts):
            parts = [first, *parts]
    wholes = [first for own in left.far if parts and (first := _first(own, unit, parts))]
    above = next((c for c in wholes if _value(c) > _sum(parts)), None)
    if row and _OF_ANOTHER.search(row[0].sentence):
        return ()
    if len(parts) > 2 and _sum(parts[1:]) < _value(parts[0]):
        is_sure = above is None or any(map(_tells_whole, parts))
        return _checked(left, parts[0], parts[1:]) if is_sure else ()
    return _checked(left, above, parts) if above else ()


def _tells_whole(first: Card) -> bool:
    """Whether a sentence says of its first figure that it is of all, or that others are of it."""
    begin = first.figure.sentence.start
    before = first.sentence[: first.figure.start - begin].lower()
    after = first.sentence[first.figure.end - begin :].lower()
    if _PART_OF_IT.search(after):
        return False
    return bool(_OF.search(before) or _OF_IT.search(after) or _IN_ALL.search(before + after))


def _checked(left: _Left, whole: Card, parts: Cards, n_least: int = 2) -> tuple[Card, ...]:
    """Them, where so many parts are told and how much the rest is is not."""
    is_told = any(_is_alike(c, whole) for c in left.after)
    return () if is_told or not n_least <= len(parts) <= MAX_PARTS else (whole, *parts)


def _unit(cards: Cards) -> str | None:
    """The unit that most are of, money before numbers."""
    told = Counter(c.figure.unit for c in cards)
    return max(told, key=lambda unit: (units.is_money(unit), told[unit]), default=None)


def _first(own: Cards, unit: str | None, parts: Cards) -> Card | None:
    """The first figure of a sentence that may be a part beside others, or their whole."""
    found = (c for c in _now(own) if c.figure.unit == unit)
    return next((c for c in found if _value(c) > MIN_PART * _sum(parts)), None)


def _now(own: Cards) -> list[Card]:
    """The levels of a sentence, in order, but for those that stood before another."""
    levels = sorted((c for c in own if is_level(c.figure)), key=lambda c: c.figure.start)
    levels = [c for c in levels if not c.figure.claim and c.figure.unit != "1"]
    then = formers.found([place_of(c.figure) for c in levels], levels)
    return [c for c in levels if place_of(c.figure) not in then]


@lru_cache(maxsize=1)
def _idle() -> frozenset[str]:
    """Words that say nothing of what is left, nor of who gets it."""
    return terms.stems_of(
        "come comes came go goes went put make makes made account share part leave left whole all "
        "itself themselves himself herself own"
    )


def _value(card: Card) -> float:
    return float(card.figure.value or 0)


def _sum(cards: Cards) -> float:
    return sum(map(_value, cards))


def _is_meant(
    query: Query,
    article: Article,
    left: _Left,
    members: Cards,
    around: frozenset[str] = frozenset(),
) -> bool:
    """Whether a question names the rest by words that are not those of its whole or of a part, and
    most of its other words are told of them or around them."""
    asked = terms.stems_of(query.text) - linking.unspecific() - _idle()
    asked = frozenset(stem for stem in asked if units.parse(stem) is None)
    of_others = frozenset[str]().union(*(c.measure | c.unit for c in members))
    told = left.words.union(*(terms.stems_of(c.sentence) for c in members))
    if _IT.match(members[0].sentence):
        told |= members[0].before
    told |= terms.stems_of(article.title) | of_others | linking.unspecific() | around
    named = (left.words & asked) - of_others - terms.stems_of(article.title)
    if _PAYS.search(query.text.lower()):
        named |= left.payer & asked
    times = {c.figure.period for c in members} - {None}
    is_of_time = not query.periods or not times or bool(times & set(query.periods))
    return bool(named) and is_of_time and len(asked & told) >= HELD * len(asked)
