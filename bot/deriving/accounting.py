"""Accounting: amounts of which a sentence tells what part something makes up.

"Trains lost 2.4 million minutes. Faults accounted for 38% of the lost minutes": who asks how many
were lost by faults is told neither of the two, but what they come to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.deriving.pools import are_together
from bot.evidence import linking
from bot.evidence.linking import Card, place_of
from bot.language import nearness, terms
from bot.nodes import Node, leaf, step
from bot.questions import Query
from ingest import Figure, units

Rows = Mapping[tuple[str, int], Sequence[Card]]
"""The cards of each sentence."""

_OF = re.compile(
    r"^[^\w]*(?:of|off) (?:(?P<it>that|this|these|those|them|it|which)\b|(?P<what>[^,.;:|]{1,50}))"
)


def of_parts(query: Query, nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without the amounts of a part of which the question names what makes it up.

    cards: of the evidence
    """
    asked = _asked(query)
    rows = linking.by_sentence(cards)
    wholes = {
        place_of(amount)
        for node in nodes
        if node.operation == "percent_of" and all(part.figure for part in node.parts)
        for share, amount in [node.leaves]
        if share.unit == "%" and _is_part_asked(share, amount, asked, rows)
    }
    return [n for n in nodes if not (n.figure and place_of(n.figure) in wholes)]


def of_named_wholes(nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without shares of another amount than the one that the words after a share name,
    where one is: "60% of the councils' figure" is of the amount that the councils have told.

    cards: of the evidence
    """
    rows = linking.by_sentence(cards)
    told: dict[object, set[object]] = {}
    for node in nodes:
        if _is_share_taken(node):
            share, amount = node.leaves
            named = _named(_card_of(share, rows))
            if named and named <= terms.stems_of(_card_of(amount, rows).sentence):
                told.setdefault(place_of(share), set()).add(place_of(amount))
    return [n for n in nodes if not _is_of_unnamed(n, told)]


# How sure a share is of the one amount that its words name.
NAMED = 0.9
_HOW_MUCH = re.compile(r"\bhow (?:much|big|large)\b|^what (?:sum|amount)\b")


def ways(query: Query, cards: Sequence[Card]) -> Iterator[Node]:
    """The shares of an amount that their words name, where the question has words of theirs."""
    if not _HOW_MUCH.search(query.text.lower()) or query.operation is not None:
        return
    asked = _asked(query)
    for share in cards:
        named = _named(share) if share.figure.unit == "%" else frozenset[str]()
        own = terms.stems_of(share.sentence) - named - linking.unspecific()
        if not named or not own & asked or share.figure.kind == "change":
            continue
        amounts = [c for c in cards if _is_amount(c, share) and named <= terms.stems_of(c.sentence)]
        if len({c.figure.value for c in amounts}) == 1:
            parts = [leaf(share.figure), leaf(amounts[0].figure)]
            yield step("percent_of", parts, score=NAMED)


def _is_amount(card: Card, share: Card) -> bool:
    """Whether a card is of money, told in another sentence of the same article."""
    one, other = card.figure, share.figure
    is_level = one.kind != "change" and units.is_money(one.unit)
    return is_level and one.article_id == other.article_id and one.sentence != other.sentence


def _is_of_unnamed(node: Node, told: Mapping[object, set[object]]) -> bool:
    if not _is_share_taken(node):
        return False
    share, amount = map(place_of, node.leaves)
    return share in told and amount not in told[share]


def _is_share_taken(node: Node) -> bool:
    """Whether a way takes a share of an amount, both told."""
    if node.operation != "percent_of" or not all(part.figure for part in node.parts):
        return False
    return node.leaves[0].unit in {"%", "1"}


def _named(share: Card) -> frozenset[str]:
    """Whose amount a share is said to be of: the stems of "the councils' figure", no others."""
    after = share.sentence[share.figure.end - share.figure.sentence.start :].lower()
    told = _OF_WHOSE.match(after)
    return terms.stems_of(told["whose"]) if told else frozenset()


_OF_WHOSE = re.compile(
    r"^\W*(?:percent |per cent )?of (?:the )?(?P<whose>[\w -]{3,40}?)(?:['’]s?|s['’])? (?:own )?"
    r"(?:figures?|sums?|estimates?|amounts?|numbers?|totals?|budgets?|bills?|prices?)\b"
)


def _asked(query: Query) -> frozenset[str]:
    """The words of a question that say what it is about."""
    found = frozenset(terms.stems(linking.spoken(query.text)))
    return found - linking.generic() - frozenset(s for s in found if s[:1].isdigit())


def _is_part_asked(share: Figure, amount: Figure, asked: frozenset[str], rows: Rows) -> bool:
    """Whether a question has a word of what a share is told of, that is not told of the amount."""
    card, whole = _card_of(share, rows), _card_of(amount, rows)
    if " | " in card.sentence or not _is_of(card, whole):
        return False
    mine, theirs = _words(card, rows), _words(whole, rows)
    return any(
        linking.stands_in(stem, mine) and not linking.stands_in(stem, theirs) for stem in asked
    )


def _is_of(card: Card, whole: Card) -> bool:
    """Whether the words after a share say that it is of an amount, which stands before it."""
    share, amount = card.figure, whole.figure
    if share.article_id != amount.article_id or amount.start > share.start:
        return False
    told = _OF.match(card.sentence[share.end - share.sentence.start :].lower())
    if told is None:
        return False
    if told["it"]:
        return are_together(share, amount) or share.sentence.start - amount.sentence.end < NEXT
    own = frozenset(terms.stems(f"{amount.measure or ''} {_noun(amount.unit)}"))
    return bool(own & frozenset(terms.stems(told["what"])))


# Characters between two sentences that follow each other.
NEXT = 4


def _noun(unit: str) -> str:
    return "" if units.is_money(unit) else unit


def _card_of(figure: Figure, rows: Rows) -> Card:
    own = rows[figure.article_id, figure.sentence.start]
    return next(card for card in own if place_of(card.figure) == place_of(figure))


def _words(card: Card, rows: Rows) -> frozenset[str]:
    """The words of a sentence that belong to one of its figures."""
    figure = card.figure
    begins = figure.sentence.start
    row = [c.figure for c in rows[figure.article_id, begins]]
    spans = tuple((f.start - begins, f.end - begins) for f in row)
    held = nearness.owners(card.sentence, spans)
    at = spans.index((figure.start - begins, figure.end - begins))
    near = frozenset(stem for stem, shares in held.items() if shares[at] >= 1.0)
    return near | frozenset(terms.stems(figure.entity or ""))
