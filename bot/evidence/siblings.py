"""Siblings: figures that one sentence tells alike of several owners, of whom a question names one.

"Exports to France were 40 tonnes, to Spain 30 and to Italy 20": who asks for Spain is told no
other of the three.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.nodes import Node
from bot.questions import Query
from ingest import Figure

Rows = Mapping[tuple[str, int], Sequence[Figure]]


def of_named(query: Query, nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without the figures of owners that are not named, beside one of whom is.

    cards: of the evidence
    """
    asked = frozenset(terms.stems(linking.spoken(query.text)))
    rows = _rows(cards)
    return [node for node in nodes if not _is_of_other(node, rows, asked)]


def _rows(cards: Sequence[Card]) -> Rows:
    """The figures of each sentence that is no row of a table."""
    owned = [card for card in cards if card.figure.entity and " | " not in card.sentence]
    return {
        place: [card.figure for card in own] for place, own in linking.by_sentence(owned).items()
    }


def _is_of_other(node: Node, rows: Rows, asked: frozenset[str]) -> bool:
    return node.figure is not None and _named_instead(node.figure, rows, asked)


def _named_instead(figure: Figure, rows: Rows, asked: frozenset[str]) -> bool:
    """Whether another figure is told beside one, alike, of an owner that is named instead."""
    own = rows.get(figure.sentence_place, ())
    others = [f for f in own if _is_sibling(f, figure)]
    return any(_is_named(f, asked) for f in others) and not _is_touched(figure, others, asked)


def _is_sibling(one: Figure, other: Figure) -> bool:
    is_alike = (one.unit, one.kind, one.period) == (other.unit, other.kind, other.period)
    return is_alike and one.quantity != other.quantity and one.entity != other.entity


def _is_named(figure: Figure, asked: frozenset[str]) -> bool:
    """Whether all words of a figure's owner stand in the question."""
    own = frozenset(terms.stems(figure.entity or ""))
    return bool(own) and all(linking.stands_in(stem, asked) for stem in own)


def _is_touched(figure: Figure, others: Sequence[Figure], asked: frozenset[str]) -> bool:
    """Whether a word that is the owner's alone stands in the question."""
    theirs = frozenset[str]().union(*(terms.stems(f.entity or "") for f in others))
    own = frozenset(terms.stems(figure.entity or "")) - theirs
    return not own or any(linking.stands_in(stem, asked) for stem in own)
