"""Complements: a part that a question asks for by what the part that is told is not.

"There were 412 centenarians, 349 of them women": how many men there were is what the women leave.
So is how many were not women; who asks for "neither pilots nor cabin crew" means what all the parts
leave that are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from bot.evidence import linking
from bot.evidence.linking import Card
from bot.language import terms
from bot.questions import Query
from ingest import Figure, units

Told = tuple[Figure, ...]
"""A whole and the parts of it that are told."""

# Characters between a whole and a part that is told after it.
NEAR = 80
_DENIED = re.compile(
    r"\b(?:not|non|without|never|neither|other than|except|outside|yet to|still|remain\w*|left|"
    r"rest|others?|else|un[a-z]{4,})\b|n['’]t\b"
)
_LED = re.compile(r"\b(?:of (?:which|whom|them|these|those)|including|among them)\W*$")
_FOLLOWED = re.compile(r"^(?: [a-z-]+){0,2} of (?:them|those|these|which|whom)\b")
_OF = re.compile(
    r"^(?: [a-z-]+){0,2} of (?:the |its |their |these |those |a total of )?[^a-z0-9]*$"
)
_BETWEEN = re.compile(r", (?:and |or |nor )?| and | or | nor ")
_BREAK = re.compile(r"[,;.:()]| and ")


def asked(query: Query, cards: Sequence[Card]) -> Iterator[Told]:
    """The wholes and parts of the evidence of which a question asks for what they leave."""
    said = query.text.lower()
    stems = frozenset(terms.stems(said))
    is_asked = bool(_DENIED.search(said) or stems & _contrary().keys())
    if not is_asked or query.operation not in _ASKED:
        return
    told = (card for card in cards if card.figure.kind != "change" and card.figure.value)
    for own in linking.by_sentence(told).values():
        yield from _in_sentence(said, stems, own)


# Operations that a question for the other part may look like one for.
_ASKED = frozenset([None, "residual", "difference"])


def _in_sentence(said: str, stems: frozenset[str], cards: Sequence[Card]) -> Iterator[Told]:
    for whole in cards:
        for part in cards:
            if not _is_part(part, whole):
                continue
            if _is_contrary(stems, part):
                yield whole.figure, part.figure
            elif _DENIED.search(said) and _is_named(stems, part, whole):
                yield whole.figure, part.figure, *_further(said, stems, part, whole, cards)


def _further(
    said: str, stems: frozenset[str], part: Card, whole: Card, cards: Sequence[Card]
) -> list[Figure]:
    """The parts after the first one that the question names, too: all where it lists so many."""
    after = sorted((c for c in cards if c is not whole), key=lambda c: c.figure.start)
    after = [c for c in after if c.figure.start > part.figure.start]
    after = [c for c in after if _are_alike(c.figure, part.figure)]
    named = [c for c in after if _is_named(stems, c, whole)]
    is_all = bool(named) and len(after) + 1 == _n_listed(said)
    found = [c.figure for c in (after if is_all else named)]
    left = (whole.figure.value or 0) - sum(f.value or 0 for f in (part.figure, *found))
    return found if left > 0 else []


def _n_listed(said: str) -> int:
    """How many things a question lists after the word that leaves them out."""
    denied = _DENIED.search(said)
    return len(_BETWEEN.split(said[denied.end() :])) if denied else 0


def _is_part(part: Card, whole: Card) -> bool:
    """Whether their sentence tells one figure as part of the other."""
    one, other, begin = part.figure, whole.figure, part.figure.sentence.start
    if not _are_alike(one, other) or (one.value or 0) >= (other.value or 0):
        return False
    said = part.sentence.lower()
    if one.start < other.start:
        return bool(_OF.match(said[one.end - begin : other.start - begin]))
    gap, after = said[other.end - begin : one.start - begin], said[one.end - begin :]
    return len(gap) < NEAR and bool(_LED.search(gap) or _FOLLOWED.match(after))


def _are_alike(part: Figure, whole: Figure) -> bool:
    are_counts = all(units.is_count(f.unit) or f.unit == "1" for f in (part, whole))
    return part.unit == whole.unit or are_counts


def _is_contrary(stems: frozenset[str], part: Card) -> bool:
    """Whether a question has a contrary of the words of a part, and none of these."""
    own = _own(part)
    against = (_contrary().get(word, frozenset()) & own for word in stems)
    return any(held and not held & stems for held in against)


def _is_named(stems: frozenset[str], part: Card, whole: Card) -> bool:
    """Whether a question names a part by words that are not those of its whole."""
    of_both = set(terms.stems(f"{part.figure.unit} {whole.figure.measure or ''}"))
    return bool((_own(part) & stems) - of_both)


def _own(card: Card) -> frozenset[str]:
    """The words that say which part a figure is: those after it, else those before."""
    begin = card.figure.sentence.start
    after = _BREAK.split(card.sentence[card.figure.end - begin :], maxsplit=1)[0]
    found = frozenset(terms.stems(" ".join(after.split()[:7])))
    before = re.split(r"[,;:()]", card.sentence[: card.figure.start - begin])[-1]
    return found or frozenset(terms.stems(before))


@lru_cache(maxsize=1)
def _contrary() -> Mapping[str, frozenset[str]]:
    """The stems that each stem shuts out."""
    found: dict[str, frozenset[str]] = {}
    for pair in terms.table("phrasing")["shut_out"]:
        for mine, theirs in (pair, pair[::-1]):
            for stem in terms.stems(mine):
                found[stem] = found.get(stem, frozenset()) | frozenset(terms.stems(theirs))
    return found
