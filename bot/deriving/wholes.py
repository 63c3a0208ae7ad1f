"""Wholes: what is told of something narrower than a question asks about, where that is told too.

"Services trade" is asked about: 2.9 trillion of knowledge-intensive services trade is none of it
where 7.5 trillion of services trade is told. And "more than $1 trillion" is not worked with where
what it bounds is told, but to see how far that is from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.evidence import linking
from bot.evidence.linking import Card, place_of
from bot.language import terms
from bot.nodes import Node
from bot.questions import Query
from ingest import Figure

# A bound is told of a quantity that it is so close to.
CLOSE = Decimal("0.1")
# Words are one where they are as like as this.
LIKE = 0.8
_MARK = re.compile(r"\b(?:mark|threshold|milestone|barrier|bound|limit)\b")
_OF_APART = frozenset(["difference", "ratio", "growth"])
Place = tuple[str, int, str]


def of_what_is_asked(query: Query, nodes: Sequence[Node]) -> list[Node]:
    """The ways without those over narrower things, and over bounds of what is told exactly."""
    figures = {place_of(f): f for node in nodes for f in node.leaves}
    instead = _narrower(query, list(figures.values()))
    bounds = {} if _MARK.search(query.text.lower()) else _bounds_among(list(figures.values()))
    return [n for n in nodes if not _is_narrow(n, instead) and not _is_of_bound(n, bounds)]


def _is_narrow(node: Node, instead: Mapping[Place, set[Place]]) -> bool:
    """Whether a figure of a way is narrower than what is asked for, which is no part of it."""
    own = {place_of(f) for f in node.leaves}
    return any(place in instead and not instead[place] & own for place in own)


def _is_of_bound(node: Node, bounds: Mapping[Place, set[Place]]) -> bool:
    """Whether something is worked out with a bound, but its distance from what it bounds."""
    if node.figure:
        return False
    own = {place_of(f) for f in node.leaves}
    held = [place for place in own if place in bounds]
    is_apart = node.operation in _OF_APART and any(bounds[place] & own for place in held)
    return bool(held) and not is_apart


# -- parts beside their whole -------------------------------------------------------------------

_OPENS = re.compile(
    r"^\W*(?:out )?of (?:the|its|these|those|all|their) [^\d]{0,12}$", re.IGNORECASE
)


def of_whole_told(query: Query, nodes: Sequence[Node], cards: Sequence[Card]) -> list[Node]:
    """The ways without those worked out with a part of what is asked for, where a sentence opens
    with their whole: "of the 279 new homes, 93 were subsidised", and no subsidy is asked about.

    cards: of the evidence
    """
    wholes = parts_told(query, cards)
    return [node for node in nodes if not (node.operation and _is_of_part(node, wholes))]


def parts_told(query: Query, cards: Sequence[Card]) -> dict[Place, Place]:
    """Parts that a question has no word of, with the wholes that their sentences open with."""
    asked = frozenset(terms.stems(linking.spoken(query.text)))
    found: dict[Place, Place] = {}
    for own in linking.by_sentence(cards).values():
        whole, *parts = sorted(own, key=lambda card: card.figure.start)
        begin = whole.figure.sentence.start
        if parts and _OPENS.match(whole.sentence[: whole.figure.start - begin]):
            of_whole = whole.sentence[: parts[0].figure.start - begin]
            alike = [part for part in parts if _is_less(part.figure, whole.figure)]
            for part in alike:
                beyond = terms.stems_of(whole.sentence[part.figure.end - begin :])
                if not (beyond - terms.stems_of(of_whole) - linking.unspecific()) & asked:
                    found[place_of(part.figure)] = place_of(whole.figure)
    return found


def _is_less(part: Figure, whole: Figure) -> bool:
    return part.unit == whole.unit and (part.value or 0) < (whole.value or 0)


def _is_of_part(node: Node, wholes: Mapping[Place, Place]) -> bool:
    """Whether something is worked out with a part and without its whole."""
    own = {place_of(f) for f in node.leaves}
    return any(place in wholes and wholes[place] not in own for place in own)


# -- bounds -------------------------------------------------------------------------------------


def _bounds_among(figures: Sequence[Figure]) -> dict[Place, set[Place]]:
    """The bounds of some figures, with what they bound."""
    found: dict[Place, set[Place]] = {}
    for bound in figures:
        exact = {place_of(f) for f in figures if bound.comparator and bounds(bound, f)}
        if exact:
            found[place_of(bound)] = exact
    return found


def bounds(bound: Figure, figure: Figure) -> bool:
    """Whether a hedged figure is told of the same quantity as an exact one, close to it."""
    value, near = figure.value, bound.value
    if bound.comparator is None or figure.comparator is not None or not value or not near:
        return False
    is_one = (bound.article_id, bound.unit) == (figure.article_id, figure.unit)
    is_then = None in (bound.period, figure.period) or bound.period == figure.period
    is_inside = (bound.low is None or bound.low <= value) and (
        bound.high is None or value <= bound.high
    )
    return is_one and is_then and is_inside and abs(value / near - 1) <= CLOSE


# -- narrower things ----------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    """What a figure's measure shares with a question, and what it says beyond it."""

    shared: frozenset[str]
    beyond: frozenset[str]


def _narrower(query: Query, figures: Sequence[Figure]) -> dict[Place, set[Place]]:
    """The figures of something narrower than asked for, with those of what is asked for."""
    asked = frozenset(terms.stems(linking.spoken(query.text))) - _neutral()
    wanted = [w for w in (_telling(query, p) for p in query.measures) if w]
    words = {place_of(f): _words(f, asked) for f in figures}
    whole = [f for f in figures if _is_whole(words[place_of(f)], wanted)]
    found: dict[Place, set[Place]] = {}
    for figure in figures:
        own = words[place_of(figure)]
        if not own.beyond or not any(phrase <= own.shared for phrase in wanted):
            continue
        instead = {
            place_of(other) for other in whole
            if _are_comparable(figure, other) and own.shared <= words[place_of(other)].shared
            and not (_is_asked(query, figure, asked) and not _is_asked(query, other, asked))
        }  # fmt: skip
        if instead:
            found[place_of(figure)] = instead
    return found


def _telling(query: Query, phrase: str) -> frozenset[str]:
    """The words of a phrase that say what is measured: none of whose it is, nor of a change."""
    names = terms.stem_set(query.entities)
    stems = frozenset(terms.stems(linking.spoken(phrase)))
    return stems - _neutral() - names - linking.unspecific()


def _words(figure: Figure, asked: Collection[str]) -> _Words:
    stems = frozenset(terms.stems(linking.spoken(figure.measure or ""))) - _neutral()
    stems -= frozenset(terms.stems(figure.entity or ""))
    liked = {stem: _liked(stem, asked) for stem in stems}
    shared = frozenset[str]().union(*liked.values())
    return _Words(shared, frozenset(stem for stem, found in liked.items() if not found))


def _liked(stem: str, words: Collection[str]) -> frozenset[str]:
    found = linking.likes(stem, words)
    return frozenset(word for word, likeness in found.items() if likeness >= LIKE)


def _is_whole(words: _Words, wanted: Sequence[frozenset[str]]) -> bool:
    """Whether a figure is of just what a phrase of the question names."""
    return not words.beyond and any(phrase <= words.shared for phrase in wanted)


def _is_asked(query: Query, figure: Figure, asked: frozenset[str]) -> bool:
    """Whether the question names whose a figure is, perhaps by a part of the name."""
    own = frozenset(terms.stems(figure.entity or ""))
    named = (frozenset(terms.stems(name)) for name in query.entities)
    return bool(own) and (own <= asked or any(name and name <= own for name in named))


def _are_comparable(one: Figure, other: Figure) -> bool:
    is_then = None in (one.period, other.period) or one.period == other.period
    return one.unit == other.unit and one.kind == other.kind and is_then


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    """Stems that name no thing: of changes, sums and sizes."""
    growth = terms.table("questions")["cues"]["growth"]
    added = terms.stem_set(["add added go went gone up down yoy"])
    return linking.generic() | added | frozenset(s for cue in growth for s in terms.stems(cue))
