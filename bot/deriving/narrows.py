"""Narrows: what a question narrows in words of its own, and a figure that is told of another thing.

"Telecommunications services" are asked about: what is told of knowledge-intensive services is told
of a neighbour, if the article knows telecommunications at all; "financial services" are a part of
services that the article names, and no figure of all services is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import pairwise

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.questions import Query


def is_of_another(query: Query, card: Card, told: Collection[str], text: str) -> bool:
    """Whether a question narrows the measure of a figure by a word that its article has elsewhere:
    before the same noun, or anywhere where the measure is narrowed by a word of its own.

    told: words that describe no figure; nor do those that the figure is written with, its unit
    """
    asked = frozenset(terms.stems(linking.spoken(query.text)))
    has_own = bool(card.measure - asked - linking.generic() - card.entity)
    known, next_to = _words(text)
    written = terms.stems_of(text[card.figure.start : card.figure.end])
    return any(
        pair in next_to or (has_own and pair[0] in known)
        for pair in narrowing(query, card, {*told, *written})
    )


def narrowing(query: Query, card: Card, told: Collection[str]) -> Iterable[tuple[str, str]]:
    """The words of the question that stand right before one of a figure's measure and nowhere by
    the figure, each with that word."""
    held = _held(card)
    names = terms.stem_set(query.entities) | linking.generic()
    for phrase in query.measures:
        for word, noun in pairwise(terms.stems(phrase)):
            is_new = word not in told and word not in names and not _NUMBER.fullmatch(word)
            if is_new and noun in card.measure and not linking.likes(word, held):
                yield word, noun


_NUMBER = re.compile(r"[\d.,]+|hundred|thousand|million|billion|trillion|bn|mn|tn")


def _held(card: Card) -> frozenset[str]:
    places = (card.measure, card.entity, card.above, card.title, card.unit)
    return frozenset(card.near).union(*places)


_OF_WHOLE = re.compile(
    r"\bhow (?:much|many) of (?:the |its |their )?(?P<W>.{3,80}?) (?:was|were|is|are) "
    r"(?P<P>(?!(?:not|neither|left|in|from|by|due|of|that|it|under|over|to|for|there)\b)"
    r"(?!\w+(?:ed|en|ing)\b|(?:spent|paid|lost|sold|made|won|cut|kept|sent|put)\b).{3,60}?)"
    r"(?:,? \(?(?:in|during|for) .*)?$"
)


@lru_cache(maxsize=256)
def part_and_whole(question: str) -> tuple[str, str] | None:
    """The two of "How much of the trade was imports?"."""
    found = _OF_WHOLE.search(question.lower().rstrip("?! ."))
    return (found["P"], _AMOUNTED.sub("", found["W"])) if found else None


# "How much of what the harvest came to in tonnes was barley?"
_AMOUNTED = re.compile(r"^what |\b (?:comes?|came|amounts?|amounted|totals?|totalled) (?:to\b)?.*$")


def is_of_whole(query: Query, card: Card) -> bool:
    """Whether a figure is of the whole of which a part is asked for that it says nothing of."""
    named = part_and_whole(query.text)
    if named is None:
        return False
    part, whole = (terms.stems_of(linking.spoken(phrase)) - linking.generic() for phrase in named)
    own = card.measure | card.entity
    return bool(whole) and whole <= own and not any(linking.likes(s, _held(card)) for s in part)


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The stems of an article, and those that stand side by side."""
    stems = terms.stems(text)
    return frozenset(stems), frozenset(pairwise(stems))
